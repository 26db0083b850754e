"""One indicator value down to the sentences and cells it rests on, with what was checked and corrected on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.catalog.reasons import reason_in
from pipelines.catalog.sentences import retold
from pipelines.errors import FupinError
from pipelines.publishing.names import find_indicator, find_period, find_region

if TYPE_CHECKING:
    import duckdb

_VALUES = """
SELECT region_code, region_name_en, period_code, basis, value, value_low, value_high, unit, numerator, denominator,
    disputed_count, reason, {member} AS member_code
FROM indicator.{name} WHERE region_code = ? AND period_code = ? ORDER BY member_code, basis DESC
"""
# claims stand on their subject and base, totals on their parts; a figure is followed once, on its shortest way
_BENEATH = """
WITH RECURSIVE step AS (
    SELECT figure_key AS above, subject_figure_key AS figure_key, 'subject' AS relation FROM core.fact_claim
    WHERE subject_figure_key IS NOT NULL
    UNION ALL
    SELECT figure_key, base_figure_key, 'base' FROM core.fact_claim WHERE base_figure_key IS NOT NULL
    UNION ALL
    SELECT parent_figure_key, child_figure_key, 'part' FROM core.bridge_composition
), reached AS (
    SELECT operand AS relation, figure_key, 0 AS depth, operand AS way, CAST(NULL AS BIGINT) AS above
    FROM indicator.lineage
    WHERE indicator = ? AND region_code = ? AND period_code = ? AND basis = ? AND member_code = ?
    UNION
    SELECT step.relation, step.figure_key, reached.depth + 1, reached.way, reached.figure_key
    FROM reached JOIN step ON step.above = reached.figure_key
    WHERE reached.depth < 8
), shortest AS (
    SELECT *, row_number() OVER (PARTITION BY way, figure_key ORDER BY depth, relation, above) AS choice FROM reached
)
SELECT s.way, s.relation, s.depth, s.above, f.figure_key, f.printed_text, f.value, f.value_low, f.value_high,
    f.unit_code, f.role, f.status, f.section,
    coalesce(f.sheet || ' ' || f.cell, concat_ws(', ', nullif(f.section, ''), 'character ' || (f.start_offset + 1)), '')
        AS place,
    f.row_path, f.column_path, f.sentence, r.report_id, r.title, r.version_no, r.content_hash, f.sureness,
    v.reviewed_by, CAST(v.reviewed_at AS VARCHAR), f.figure_id
FROM shortest AS s
JOIN core.fact_figure AS f ON f.figure_key = s.figure_key
JOIN core.dim_report AS r ON r.report_version_key = f.report_version_key
LEFT JOIN core.fact_review AS v ON v.figure_key = f.figure_key
WHERE s.choice = 1
ORDER BY s.way DESC, s.depth, f.figure_id, f.figure_key
"""
_CHECKS = """
WITH operand AS (
    SELECT check_key, check_id, rule_key, report_version_key, verdict, severity, message, said,
        unnest(operand_figure_keys) AS figure_key
    FROM core.fact_check WHERE assumption = ''
)
SELECT c.figure_key, d.rule_code, c.verdict, c.severity, c.message, f.failure_id, c.said
FROM operand AS c
JOIN core.dim_rule AS d ON d.rule_key = c.rule_key
JOIN core.dim_report AS r ON r.report_version_key = c.report_version_key AND r.is_current
LEFT JOIN quality.failure AS f ON f.check_key = c.check_key AND f.failure_state = 'open'
WHERE list_contains(?::BIGINT[], c.figure_key)
GROUP BY ALL ORDER BY min(c.check_id), d.rule_code, c.message
"""
_CORRECTIONS = """
SELECT figure_key, correction_id, status, proposed_value, proposed_low, proposed_high, reason, said
FROM core.correction WHERE list_contains(?::BIGINT[], figure_key) ORDER BY correction_id
"""


@dataclass(frozen=True, slots=True)
class TracedCheck:
    """A check that a figure takes part in; its failure's short id where it fails."""

    rule: str
    verdict: str
    severity: str
    message: str
    failure_id: str | None


@dataclass(frozen=True, slots=True)
class TracedCorrection:
    """A value to read in place of a printed one, in the figure's unit."""

    correction_id: str
    status: str
    proposed: Decimal
    low: Decimal
    high: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class TracedFigure:
    """One printed number below an indicator value.

    Attributes:
        operand: of the formula that it stands below: numerator or denominator.
        relation: what it is to the figure above it; the operand itself at depth 0.
        depth: steps below the value.
        above: key of the figure above; None at depth 0.
        figure_key: its key in `core.fact_figure`.
        printed: as printed.
        value: in `unit`, with all that it can stand for from `low` to `high`.
        role: what it does in its statement.
        status: ok, disputed, quarantined or ambiguous.
        section: heading or caption above it.
        place: section and character, or sheet and cell.
        row_path: row headers of a cell.
        column_path: column headers of a cell.
        sentence: in which it stands, or its cell.
        report: path below the landing zone.
        title: of the report.
        version: of the report.
        content_hash: of the version's bytes; its name in the archive.
        sureness: the least sure grade of its meaning.
        reviewed_by: who looked at it last, as initials; None where nobody did.
        reviewed_at: when, as an ISO date.
        checks: that it takes part in.
        corrections: of it.
    """

    operand: str
    relation: str
    depth: int
    above: int | None
    figure_key: int
    printed: str
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    role: str
    status: str
    section: str
    place: str
    row_path: str | None
    column_path: str | None
    sentence: str
    report: str
    title: str
    version: int
    content_hash: str
    sureness: str
    reviewed_by: str | None
    reviewed_at: str | None
    checks: Sequence[TracedCheck]
    corrections: Sequence[TracedCorrection]


@dataclass(frozen=True, slots=True)
class Trace:
    """One value of an indicator, in `unit`, and the figures below it; `reason` says why a value is missing.

    The name of an indicator with several rows for a region and period, such as `share_by_program`, is followed by the
    code of the row.
    """

    indicator: str
    meaning: str
    region_code: str
    region_name_en: str
    period_code: str
    basis: str
    value: Decimal | None
    value_low: Decimal | None
    value_high: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    disputed_count: int
    reason: str | None
    figures: Sequence[TracedFigure]


def trace(
    connection: duckdb.DuckDBPyConnection, indicator: str, region: str, period: str, language: str = "en"
) -> list[Trace]:
    """The values of one indicator for a region and period, as reported and, where there is one, adjusted.

    Args:
        connection: to the snapshot.
        indicator: its name.
        region: code, English or Chinese name.
        period: code or year.
        language: of the findings and reasons, `en` or `zh`.

    Raises:
        FupinError: a name is unknown, or the indicator has no row there.
    """
    name = find_indicator(connection, indicator)
    region_code, period_code = find_region(connection, region), find_period(connection, period)
    has_members = connection.execute(
        "SELECT 1 FROM duckdb_columns() WHERE schema_name = 'indicator' AND table_name = ? "
        "AND column_name = 'member_code'",
        [name],
    ).fetchone()
    query = _VALUES.format(name=name, member="member_code" if has_members else "''")
    rows = connection.execute(query, [region_code, period_code]).fetchall()
    if not rows:
        raise FupinError(f"{name}: has no row for {region} in {period}{_instead(connection, name)}")
    comment = connection.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = 'indicator' AND table_name = ?", [name]
    ).fetchone()
    meaning = (comment[0] if comment else "").partition(" Unit: ")[0]
    return [
        Trace(
            *(
                f"{name} {member}".strip(),
                meaning,
                *row[:-1],
                reason_in(row[-1] or "", language) or None,
                _figures(connection, [name, row[0], *row[2:4], member or "none"], language),
            )
        )
        for *row, member in rows
    ]


def _instead(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    rows = connection.execute(
        f"SELECT DISTINCT region_name_en, period_code FROM indicator.{name} ORDER BY ALL LIMIT 7"
    ).fetchall()
    if not rows:
        return " and none at all: no report prints what it needs"
    listed = ", ".join(f"{place} {period}" for place, period in rows[:6])
    return f"; it has {listed}{', …' if len(rows) > 6 else ''}"


def _figures(connection: duckdb.DuckDBPyConnection, value: Sequence[Any], language: str) -> list[TracedFigure]:
    rows = connection.execute(_BENEATH, list(value)).fetchall()
    keys = sorted({row[4] for row in rows})
    checks: dict[int, list[TracedCheck]] = {}
    for key, rule, verdict, severity, message, failure_id, said in connection.execute(_CHECKS, [keys]).fetchall():
        finding = message if language == "en" else retold(said, "message", message, language)
        checks.setdefault(key, []).append(TracedCheck(rule, verdict, severity, finding, failure_id))
    corrections: dict[int, list[TracedCorrection]] = {}
    for key, name, status, proposed, low, high, reason, said in connection.execute(_CORRECTIONS, [keys]).fetchall():
        why = reason if language == "en" else retold(said, "reason", reason, language)
        corrections.setdefault(key, []).append(TracedCorrection(name, status, proposed, low, high, why))
    return [TracedFigure(*(*row[:-1], checks.get(row[4], ()), corrections.get(row[4], ()))) for row in _in_order(rows)]


def _in_order(rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Each figure followed by those beneath it."""
    below: dict[tuple[str, int | None], list[tuple[Any, ...]]] = {}
    for row in rows:
        below.setdefault((row[0], row[3]), []).append(row)
    ordered: list[tuple[Any, ...]] = []

    def follow(row: tuple[Any, ...]) -> None:
        ordered.append(row)
        for under in below.get((row[0], row[4]), ()):
            follow(under)

    for row in rows:
        if row[3] is None:
            follow(row)
    return ordered
