"""The figures of a version with their readings, facts and checks, as their page shows them."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.publishing.site.values import CONTRADICTED

if TYPE_CHECKING:
    import duckdb

# keys are put into the statements as numbers: with a parameter DuckDB would load pandas; many versions are read at
# once, since a statement takes hardly longer for them than for one
_FIGURES = """
SELECT
    f.report_version_key, f.figure_id, f.figure_key, f.section, f.start_offset, f.end_offset, f.sheet, f.cell,
    f.sentence, f.printed_text, CAST(f.value AS VARCHAR), CAST(f.value_low AS VARCHAR), CAST(f.value_high AS VARCHAR),
    f.unit_code, f.qualifier, f.role,
    CASE WHEN f.figure_key IN (SELECT figure_key FROM {contradicted}) THEN 'disputed' ELSE f.status END,
    coalesce(g.program_code, ''), coalesce(s.source_code, ''),
    coalesce(t.stage_code, ''), coalesce(m.measure_code, ''), coalesce(b.beneficiary_code, ''),
    coalesce(r.region_code, ''), coalesce(p.period_code, ''), coalesce(w.figure_id, 0), coalesce(f.link, ''),
    coalesce(k.kind, ''), f.sureness, f.item, coalesce(v.reviewed_by, ''), coalesce(CAST(v.reviewed_at AS VARCHAR), '')
FROM core.fact_figure AS f
LEFT JOIN core.dim_program AS g USING (program_key)
LEFT JOIN core.dim_fund_source AS s USING (source_key)
LEFT JOIN core.dim_flow_stage AS t USING (stage_key)
LEFT JOIN core.dim_measure AS m USING (measure_key)
LEFT JOIN core.dim_beneficiary AS b USING (beneficiary_key)
LEFT JOIN core.dim_region AS r USING (region_key)
LEFT JOIN core.dim_period AS p USING (period_key)
LEFT JOIN core.fact_review AS v ON v.figure_key = f.figure_key
LEFT JOIN (SELECT figure_key, figure_id FROM core.fact_figure WHERE report_version_key IN ({versions})) AS w
    ON w.figure_key = f.parent_figure_key
LEFT JOIN (
    SELECT figure_key, 'fund' AS kind FROM core.fact_fund WHERE report_version_key IN ({versions})
    UNION ALL SELECT figure_key, 'result' FROM core.fact_result WHERE report_version_key IN ({versions})
    UNION ALL SELECT figure_key, 'target' FROM core.fact_target WHERE report_version_key IN ({versions})
    UNION ALL SELECT figure_key, 'claim' FROM core.fact_claim WHERE report_version_key IN ({versions})
) AS k ON k.figure_key = f.figure_key
WHERE f.report_version_key IN ({versions}) AND f.figure_id <= {last}
ORDER BY f.report_version_key, f.figure_id
"""
_CHECKS = """
SELECT DISTINCT
    c.report_version_key, o.figure_key, c.check_id, d.rule_code, c.verdict, c.severity, c.message,
    coalesce(x.failure_id, '')
FROM core.fact_check AS c
CROSS JOIN unnest(c.operand_figure_keys) AS o (figure_key)
JOIN core.dim_rule AS d USING (rule_key)
LEFT JOIN quality.failure AS x ON x.check_key = c.check_key AND x.failure_state = 'open'
WHERE c.report_version_key IN ({versions}) AND c.assumption = ''
ORDER BY o.figure_key, c.check_id
"""
_CORRECTIONS = """
SELECT report_version_key, figure_key, correction_id, status, proposed_value, reason FROM core.correction
WHERE report_version_key IN ({versions}) ORDER BY ALL
"""
_UNREAD = """
SELECT report_version_key, coalesce(sheet || ' ' || cell, cell, section), sentence, printed_text, why
FROM core.fact_number WHERE report_version_key IN ({versions}) AND reason = 'unread'
QUALIFY row_number() OVER (PARTITION BY report_version_key ORDER BY number_no) <= {unread}
ORDER BY report_version_key, number_no
"""
# how many numbers of a version that were not read its page lists
UNREAD_SHOWN = 200
FAILING = ("fails", "fails_if_nested", "suspect")


class Figure(NamedTuple):
    """One figure as printed, with its reading; codes of its meaning are empty or `unknown` where nothing tells them."""

    figure_id: int
    key: int
    section: str
    start: int | None
    end: int | None
    sheet: str | None
    cell: str | None
    sentence: str
    text: str
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    qualifier: str
    role: str
    status: str
    program: str
    source: str
    stage: str
    measure: str
    beneficiary: str
    region: str
    period: str
    parent: int
    link: str
    fact: str
    sureness: str
    item: str = ""
    reviewed_by: str = ""
    reviewed_at: str = ""

    @property
    def place(self) -> str:
        """Where it stands: sheet, cell and the item of its row, or section."""
        if not self.sheet:
            return self.section
        return f"{self.sheet} {self.cell}{f': {self.item}' if self.item else ''}"


# the values of a figure's fields, its numbers as text, and the place of these among them
_Row = tuple[Any, ...]
_VALUES = slice(Figure._fields.index("value"), Figure._fields.index("high") + 1)


class Check(NamedTuple):
    """One check that a figure takes part in; `failure_id` is empty where it holds."""

    figure_key: int
    check_id: int
    rule: str
    verdict: str
    severity: str
    message: str
    failure_id: str


class Correction(NamedTuple):
    """A value to read in place of a printed one."""

    figure_key: int
    correction_id: str
    status: str
    value: Decimal
    reason: str


class Unread(NamedTuple):
    """A number that was not read, where it stands, and what was not understood."""

    place: str
    sentence: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the snapshot holds of a version beside its row.

    Attributes:
        rows: its figures in reading order, as plain values, which are read and handed to another process sooner.
        checks: figure key → the checks that it takes part in.
        corrections: figure key → its corrections.
        unread: the first numbers that were not read, in reading order.
    """

    rows: list[_Row] = field(default_factory=list)
    checks: dict[int, list[Check]] = field(default_factory=lambda: defaultdict(list))
    corrections: dict[int, list[Correction]] = field(default_factory=lambda: defaultdict(list))
    unread: list[Unread] = field(default_factory=list)

    def __reduce__(self) -> tuple[Any, ...]:
        """Its rows as they lie in memory, which takes a third of the time that other ways to hand them over take."""
        return _handed_over, (marshal.dumps(self.rows), self.checks, self.corrections, self.unread)

    def figures(self) -> list[Figure]:
        """Its figures in reading order, made anew."""
        return list(map(_figure, self.rows))


def _handed_over(rows: bytes, *others: Any) -> Evidence:  # noqa: ANN401 - fields of the class
    return Evidence(marshal.loads(rows), *others)  # noqa: S302 - of the process that has started this one


def read_evidence(connection: duckdb.DuckDBPyConnection, versions: Collection[int], last: int) -> dict[int, Evidence]:
    """Version key → its evidence.

    Args:
        connection: to the snapshot.
        versions: keys of those that are asked for, at least one.
        last: number of the last figure of each that is read.
    """
    keys = ", ".join(str(int(key)) for key in versions)

    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query.format(versions=keys, last=int(last), unread=UNREAD_SHOWN)).fetchall()

    found = {key: Evidence(figures) for key, figures in _read_rows(connection, versions, last).items()}
    for version, *row in rows(_CHECKS):
        found[version].checks[row[0]].append(Check._make(row))
    for version, *row in rows(_CORRECTIONS):
        found[version].corrections[row[0]].append(Correction._make(row))
    for version, *row in rows(_UNREAD):
        found[version].unread.append(Unread._make(row))
    return found


def read_figures(
    connection: duckdb.DuckDBPyConnection, versions: Collection[int], last: int
) -> dict[int, list[Figure]]:
    """Version key → its figures in reading order, up to a last one."""
    return {key: list(map(_figure, rows)) for key, rows in _read_rows(connection, versions, last).items()}


def _figure(row: _Row) -> Figure:
    first, numbers = _VALUES.start, map(Decimal, row[_VALUES])
    return Figure(*row[:first], *numbers, *row[_VALUES.stop :])


def _read_rows(connection: duckdb.DuckDBPyConnection, versions: Collection[int], last: int) -> dict[int, list[_Row]]:
    keys = ", ".join(str(int(key)) for key in versions)
    # one figure has one fact; should a damaged warehouse say otherwise, the figure is still shown once
    found: dict[int, dict[int, _Row]] = {key: {} for key in versions}
    query = _FIGURES.format(versions=keys, last=int(last), contradicted=CONTRADICTED)
    for row in connection.execute(query).fetchall():
        found[row[0]][row[1]] = row[1:]
    return {key: list(rows.values()) for key, rows in found.items()}
