"""What the pages are made of, read from the snapshot: small tables at once, the figures of a version when asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.publishing.failures import open_failures
from pipelines.publishing.names import indicator_names
from pipelines.publishing.overdue import Overdue, overdue_reports
from pipelines.publishing.site.links import failure_places
from pipelines.publishing.site.values import CONTRADICTED, Values
from pipelines.review.causes import Handled, read_handled
from pipelines.settings import Settings
from pipelines.warehouse.broken import broken_indicators

if TYPE_CHECKING:
    import duckdb

Names = dict[str, dict[str, tuple[str, str]]]
_UNREAD_SHOWN = 12
_DIMENSIONS = ("program", "source", "stage", "measure", "beneficiary", "region")
_TABLES = {"source": "dim_fund_source", "stage": "dim_flow_stage"}
_VERSIONS = f"""
SELECT
    r.report_version_key AS key, r.report_id, r.version_no AS number, r.content_hash, r.title, r.region_code, r.series,
    r.period_code, r.language, r.publisher, r.media_type, r.is_current, r.report_status AS status,
    strftime(r.ingested_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M') AS ingested, r.retraction_reason,
    coalesce(f.figures, 0) AS figures, coalesce(f.disputed, 0) AS disputed, coalesce(n.unread, 0) AS unread,
    concat_ws('/', f.made, c.made, k.made, n.made, v.made, f.disputed) AS made
FROM core.dim_report AS r
LEFT JOIN (
    SELECT report_version_key, count(*) AS figures,
        count(*) FILTER (status <> 'ok' OR figure_key IN (SELECT figure_key FROM {CONTRADICTED})) AS disputed,
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
_DEFINITIONS = "SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'indicator' ORDER BY table_name"
_REGIONS = """
SELECT region_code, region_level, coalesce(parent_code, '') FROM core.region
WHERE region_code <> 'unknown' ORDER BY region_code
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


class Place(NamedTuple):
    """What a region is: province, prefecture, county, group or country, and the code of the one above, else empty."""

    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator means, as its statement declares."""

    name: str
    purpose: str
    formula: str
    unit: str


@dataclass
class Data:
    """What all pages share.

    Attributes:
        versions: of all reports, by report and number.
        values: of all indicators, read when they are asked for.
        regions: region → what it is.
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
    values: Values
    regions: dict[str, Place]
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

    @cached_property
    def shown_regions(self) -> dict[str, Place]:
        """Regions with a page: those that a current report is about or that have a value, with those above them."""
        codes = {version.region_code for version in self.current.values()} | self.values.by_region.keys()
        codes |= {self.regions[code].parent for code in codes if code in self.regions}
        return {code: place for code, place in self.regions.items() if code in codes}


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
    values = Values(connection, indicators)
    versions = [Version(*row) for row in rows(_VERSIONS)]
    failures = open_failures(connection, resolved_too=True)
    return Data(
        versions=versions,
        values=values,
        regions={code: Place(*row) for code, *row in rows(_REGIONS)},
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
