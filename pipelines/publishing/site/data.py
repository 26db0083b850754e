"""What the pages are made of, read from the snapshot: small tables at once, the figures of a version when asked for."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.publishing.failures import open_failures
from pipelines.publishing.indicator_rows import indicator_rows_query
from pipelines.publishing.names import indicator_names
from pipelines.publishing.overdue import Overdue, overdue_reports
from pipelines.publishing.site.links import failure_places
from pipelines.review.causes import Handled, read_handled
from pipelines.settings import Settings
from pipelines.warehouse.broken import broken_indicators

if TYPE_CHECKING:
    import duckdb

Names = dict[str, dict[str, tuple[str, str]]]
_UNREAD_SHOWN = 12
_DIMENSIONS = ("program", "source", "stage", "measure", "beneficiary", "region")
_TABLES = {"source": "dim_fund_source", "stage": "dim_flow_stage"}
_VERSIONS = """
SELECT
    r.report_version_key AS key, r.report_id, r.version_no AS number, r.content_hash, r.title, r.region_code, r.series,
    r.period_code, r.language, r.publisher, r.media_type, r.is_current, r.report_status AS status,
    strftime(r.ingested_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M') AS ingested, r.retraction_reason,
    coalesce(f.figures, 0) AS figures, coalesce(f.disputed, 0) AS disputed, coalesce(n.unread, 0) AS unread,
    concat_ws('/', f.made, c.made, k.made, n.made, v.made) AS made
FROM core.dim_report AS r
LEFT JOIN (
    SELECT report_version_key, count(*) AS figures, count(*) FILTER (status <> 'ok') AS disputed,
        bit_xor(hash(fact_figure)) AS made
    FROM core.fact_figure GROUP BY report_version_key
) AS f USING (report_version_key)
LEFT JOIN (
    SELECT report_version_key, bit_xor(hash(fact_check)) AS made FROM core.fact_check GROUP BY report_version_key
) AS c USING (report_version_key)
LEFT JOIN (
    SELECT report_version_key, bit_xor(hash(correction)) AS made FROM core.correction GROUP BY report_version_key
) AS k USING (report_version_key)
LEFT JOIN (
    SELECT report_version_key, bit_xor(hash(fact_number)) AS made, count(*) FILTER (reason = 'unread') AS unread
    FROM core.fact_number GROUP BY report_version_key
) AS n USING (report_version_key)
LEFT JOIN (
    SELECT report_version_key, bit_xor(hash(fact_review)) AS made FROM core.fact_review GROUP BY report_version_key
) AS v USING (report_version_key)
ORDER BY r.report_id, r.version_no
"""
_RUNS = """
SELECT strftime(validated_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M') AS at, checks_failing_critical, checks_failing_error,
    checks_failing_warning, checks_failing_info
FROM quality.validation_run WHERE report_id IS NULL ORDER BY validated_at, run_key
"""
# the end of the run before the last one; what is later came with the last
_RUN_BEFORE = """
SELECT coalesce(max(validated_at), TIMESTAMPTZ '1970-01-01') FROM (
    SELECT validated_at, row_number() OVER (ORDER BY validated_at DESC, run_key) AS age
    FROM quality.validation_run WHERE report_id IS NULL
) WHERE age = 2
"""
_EVENTS = f"""
SELECT event_kind AS kind, failure_id AS id, report_id AS report, severity, rule_code AS rule, message, said
FROM quality.failure_event
WHERE event_at > ({_RUN_BEFORE})
ORDER BY list_position(['new', 'changed', 'resolved'], event_kind),
    list_position(['critical', 'error', 'warning', 'info'], severity), report_id, failure_id
"""
_NEW_REPORTS = f"""
SELECT report_id, version_no FROM core.dim_report
WHERE ingested_at > ({_RUN_BEFORE})
ORDER BY report_id
"""
_UNREAD = f"""
SELECT report_id, place, printed_text, why FROM quality.unread_number
ORDER BY report_id, number_no LIMIT {_UNREAD_SHOWN}
"""
_REVIEWED = """
SELECT indicator, region_code, period_code, CASE member_code WHEN 'none' THEN '' ELSE member_code END, basis,
    figure_count, reviewed_count, unsure_count, disputed_count
FROM indicator.reviewed ORDER BY ALL
"""
_REVIEWED_IN_ALL = """
SELECT indicator, figure_count, reviewed_count, unsure_count, disputed_count FROM indicator.reviewed_by_indicator
"""
_DEFINITIONS = "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'indicator' ORDER BY table_name"
_BELOW = """
SELECT l.indicator, l.region_code, l.period_code,
    CASE l.member_code WHEN 'none' THEN '' ELSE l.member_code END, l.basis, l.operand,
    f.printed_text AS text, f.figure_id, r.report_id, r.version_no
FROM indicator.lineage AS l
JOIN core.fact_figure AS f USING (figure_key)
JOIN core.dim_report AS r USING (report_version_key)
ORDER BY l.indicator, l.region_code, l.period_code, l.member_code, l.basis, l.operand DESC, r.report_id, r.version_no,
    f.figure_id
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one report, with what its pages show at their top; `made` changes with anything it holds."""

    key: int
    report_id: str
    number: int
    content_hash: str
    title: str
    region_code: str
    series: str
    period_code: str
    language: str
    publisher: str | None
    media_type: str
    is_current: bool
    status: str
    ingested: str
    retraction_reason: str | None
    figures: int
    disputed: int
    unread: int
    made: str


class Value(NamedTuple):
    """One value of an indicator; `member` is what it is about beyond region and period, else empty."""

    indicator: str
    region_code: str
    region_name_en: str
    region_name_zh: str
    period_code: str
    member: str
    member_name_en: str | None
    member_name_zh: str | None
    basis: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    disputed: int
    reason: str | None


class Below(NamedTuple):
    """One figure that a value rests on."""

    indicator: str
    region_code: str
    period_code: str
    member: str
    basis: str
    operand: str
    text: str
    figure_id: int
    report_id: str
    version_no: int


class Looked(NamedTuple):
    """How many figures a value or an indicator rests on, and how many of them are reviewed, unsure and disputed."""

    figures: int
    reviewed: int
    unsure: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator means, as its statement declares."""

    name: str
    purpose: str
    formula: str
    unit: str


@dataclass(slots=True)
class Data:
    """What all pages share.

    Attributes:
        versions: of all reports, by report and number.
        values: of all indicators.
        below: (indicator, region, period, member, basis) → the figures below.
        looked: the same keys → how many of these figures are reviewed, unsure and disputed.
        looked_in_all: name of an indicator → the same of all figures below it, each counted once.
        definitions: of the indicators, by name.
        broken: names of indicators that the last load could not compute; their values are those of an earlier one.
        failures: as `open_failures` lists them, resolved ones too.
        runs: moment and failing checks by severity, oldest first.
        events: what the last run changed about failures.
        arrived: report and version that came with the last run.
        overdue: yearly reports that are late.
        unread: report, place, text and cause of the first numbers of current versions that were not read.
        names: dimension → code → its English and Chinese name.
        rules: code → its English and Chinese text.
        current: report → its current version.
        handled: failure id → what people said about its root cause.
        places: failure id → where its arithmetic is written out.
    """

    versions: list[Version]
    values: list[Value]
    below: dict[tuple[str, str, str, str, str], list[Below]]
    looked: dict[tuple[str, str, str, str, str], Looked]
    looked_in_all: dict[str, Looked]
    definitions: list[Definition]
    broken: frozenset[str]
    failures: list[dict[str, Any]]
    runs: list[tuple[Any, ...]]
    events: list[dict[str, Any]]
    arrived: list[tuple[str, int]]
    overdue: list[Overdue]
    unread: list[tuple[str, str, str, str]]
    names: Names
    rules: dict[str, tuple[str, str]]
    current: dict[str, Version] = field(default_factory=dict)
    handled: dict[str, Handled] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def read_data(connection: duckdb.DuckDBPyConnection, settings: Settings, today: datetime.date) -> Data:
    """Everything but figures and texts.

    Args:
        connection: to the snapshot.
        settings: when a report is due, and where decisions are.
        today: the day that decides what is overdue.
    """

    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    indicators = indicator_names(connection)
    below = defaultdict(list)
    for one in map(Below._make, rows(_BELOW)):
        below[one.indicator, one.region_code, one.period_code, one.member, one.basis].append(one)
    versions = [Version(*row) for row in rows(_VERSIONS)]
    failures = open_failures(connection, resolved_too=True)
    order = "ORDER BY indicator, region_code, member_code, period_code, basis DESC"
    return Data(
        versions=versions,
        values=[Value._make(row) for row in rows(f"FROM ({indicator_rows_query(indicators)}) {order}")],
        below=dict(below),
        looked={row[:5]: Looked(*row[5:]) for row in rows(_REVIEWED)},
        looked_in_all={name: Looked(*counts) for name, *counts in rows(_REVIEWED_IN_ALL)},
        definitions=[_definition(name, comment) for name, comment in rows(_DEFINITIONS) if name in set(indicators)],
        broken=frozenset(broken_indicators(connection)),
        failures=failures,
        runs=rows(_RUNS),
        events=[
            dict(zip(("kind", "id", "report", "severity", "rule", "message", "said"), row, strict=True))
            for row in rows(_EVENTS)
        ],
        arrived=rows(_NEW_REPORTS),
        overdue=overdue_reports(connection, today, settings.report_due_days),
        unread=rows(_UNREAD),
        names={dimension: _names(rows(_members(dimension))) for dimension in _DIMENSIONS},
        rules={
            code: (english, chinese)
            for code, english, chinese in rows("SELECT rule_code, text_en, text_zh FROM core.dim_rule")
        },
        current={version.report_id: version for version in versions if version.is_current},
        handled=read_handled(settings.decisions),
        places=failure_places(failures),
    )


def _members(dimension: str) -> str:
    table = _TABLES.get(dimension, f"dim_{dimension}")
    return f"SELECT {dimension}_code, name_en, name_zh FROM core.{table} ORDER BY ALL"


def _names(rows: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    return {code: (english, chinese) for code, english, chinese in rows}


def _definition(name: str, comment: str) -> Definition:
    """The parts of a comment as the warehouse writes it."""
    purpose, _, rest = comment.partition(". Formula: ")
    formula, _, rest = rest.partition(". Unit: ")
    return Definition(name, purpose, formula, rest.partition(". Grain: ")[0])
