"""The rows of report versions: which one counts of a report, its facts, and the contents that are kept out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.catalog.registry import precedence
from pipelines.columns import column, joined
from pipelines.versions.tables import tables
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.dimensions import add_missing, country_rows, period_rows, unit_rows
from pipelines.warehouse.facts import fact_columns, version_key
from pipelines.warehouse.history import log_versions
from pipelines.warehouse.readings import reader_of, reading_hashes, record_readings
from pipelines.warehouse.rows import Row, insert, insert_columns

if TYPE_CHECKING:
    import duckdb

FACT_TABLES = (
    *("fact_figure", "fact_number", "fact_fund", "fact_result", "fact_target", "fact_claim", "fact_check"),
    *("bridge_composition", "fact_proposal", "fact_review"),
)
# versions whose rows are in memory once more
_AT_ONCE = 100


def insert_versions(
    connection: duckdb.DuckDBPyConnection, versions: Sequence[ReportVersion], moment: datetime.datetime
) -> dict[str, int]:
    """Replaces the rows of some versions and makes them the current ones, from a moment on.

    Args:
        connection: inside a transaction.
        versions: at most one per report.
        moment: of the load.

    Returns:
        Rows per table.
    """
    if not versions:
        return {}
    periods = set().union(*map(_periods, versions))
    units = set().union(*(column(version.reading.figures, "unit") for version in versions))
    add_missing(connection, "dim_period", "period_key", period_rows(periods))
    add_missing(connection, "dim_unit", "unit_key", unit_rows(units))
    add_missing(connection, "dim_region", "region_key", country_rows(set().union(*map(_regions, versions))))
    # one statement per table for many versions: that of each takes longer than its rows
    _enter(connection, versions, moment)
    hashes: list[str] = []
    loaded: Counter[str] = Counter()
    for start in range(0, len(versions), _AT_ONCE):
        some = versions[start : start + _AT_ONCE]
        found = list(map(tables, some))
        hashes += reading_hashes(some, found)
        stacked: dict[str, dict[str, list[Sequence[Any]]]] = {}
        for version, of_version in zip(some, found, strict=True):
            for table, columns in fact_columns(version, of_version).items():
                kept = stacked.setdefault(table, {name: [] for name in columns})
                for name, values in columns.items():
                    kept[name].append(values)
        for table in tuple(stacked):
            columns = {name: joined(values) for name, values in stacked.pop(table).items()}
            loaded[table] += insert_columns(connection, f"core.{table}", columns)
    readers = {version_key(version): reader_of(version) for version in versions}
    record_readings(connection, dict(zip(readers, hashes, strict=True)), readers)
    return dict(loaded)


def _enter(connection: duckdb.DuckDBPyConnection, versions: Sequence[ReportVersion], moment: datetime.datetime) -> None:
    """Makes versions the current ones of their reports, without their facts; those of earlier readings are deleted."""
    owners = list(map(version_key, versions))
    reports = {"reports": [version.document.report_id for version in versions]}
    _forget_quarantined(connection, [(v.document.report_id, v.document.content_hash) for v in versions])
    earlier: dict[str, list[_Earlier]] = {}
    for report, *row in connection.execute(
        "SELECT report_id, report_version_key, version_no, is_current, supersedes_key, ingested_at "
        "FROM core.dim_report WHERE report_id IN (SELECT unnest($reports::VARCHAR[])) ORDER BY version_no",
        reports,
    ).fetchall():
        earlier.setdefault(report, []).append(_Earlier(*row))
    if earlier:
        _make_room(connection, {one.owner for found in earlier.values() for one in found} & set(owners), reports)
    rows: list[Row] = []
    new: list[int] = []
    for version, owner in zip(versions, owners, strict=True):
        found = earlier.get(version.document.report_id, [])
        # a new reading of the version that counts changes neither when it came nor what it replaced
        reread = next((one for one in found if one.is_current and one.owner == owner), None)
        rows.append(
            _report_row(version, owner)
            | {
                "version_no": next((one.number for one in found if one.owner == owner), len(found) + 1),
                "supersedes_key": reread.replaced if reread else next((o.owner for o in found if o.is_current), None),
                "ingested_at": (reread.ingested if reread else moment).isoformat(),
            }
        )
        if reread is None:
            new.append(owner)
    insert(connection, "core.dim_report", rows)
    log_versions(connection, moment, "loaded", new)


class _Earlier(NamedTuple):
    """A version that its report has already."""

    owner: int
    number: int
    is_current: bool
    replaced: int | None
    ingested: datetime.datetime


def _make_room(connection: duckdb.DuckDBPyConnection, again: Collection[int], reports: dict[str, list[str]]) -> None:
    """Deletes the rows of versions that come again; of some reports no version counts any more."""
    owners = {"owners": sorted(again)}
    for table in FACT_TABLES if again else ():
        connection.execute(
            f"DELETE FROM core.{table} WHERE report_version_key IN (SELECT unnest($owners::BIGINT[]))", owners
        )
    connection.execute(
        "UPDATE core.dim_report SET is_current = FALSE, report_status = 'superseded' "
        "WHERE is_current AND report_id IN (SELECT unnest($reports::VARCHAR[]))",
        reports,
    )
    connection.execute(
        "DELETE FROM core.dim_report WHERE report_version_key IN (SELECT unnest($owners::BIGINT[]))", owners
    )


def _report_row(version: ReportVersion, owner: int) -> Row:
    """What a version itself tells of its row in `core.dim_report`."""
    document, identity = version.document, version.identity
    return {
        "report_version_key": owner,
        "report_id": document.report_id,
        "content_hash": document.content_hash,
        "title": identity.title,
        "region_code": identity.region.code,
        "period_code": identity.period.code,
        "series": identity.series,
        "language": identity.language,
        "publisher": identity.publisher or None,
        "published_on": identity.published or None,
        "licence": identity.licence or None,
        "stated_in": "; ".join(f"{name}: {place}" for name, place in identity.stated) or None,
        "media_type": document.media_type,
        "precedence": precedence().rank(identity.series, identity.language),
        "numbers_found": version.reading.numbers_found,
        "is_current": True,
        "report_status": "current",
    }


def _periods(version: ReportVersion) -> set[str]:
    """Codes of all periods that a version speaks of."""
    return {*column(column(version.meanings, "period"), "code"), version.identity.period.code}


def _regions(version: ReportVersion) -> set[str]:
    """Codes of all regions that a version speaks of."""
    return {*column(column(version.meanings, "region"), "code"), version.identity.region.code}


def record_quarantine(connection: duckdb.DuckDBPyConnection, kept_out: Iterable[tuple[str, str, str]]) -> None:
    """Enters contents into the quarantine, each once.

    Args:
        connection: inside a transaction.
        kept_out: report, content hash and cause of each; the last cause of a content counts.
    """
    causes = {(report, content_hash): cause for report, content_hash, cause in kept_out}
    _forget_quarantined(connection, list(causes))
    now = datetime.datetime.now(datetime.UTC).isoformat()
    insert(
        connection,
        "quality.quarantine",
        [
            {"report_id": report, "content_hash": content_hash, "cause": cause, "quarantined_at": now}
            for (report, content_hash), cause in causes.items()
        ],
    )


def _forget_quarantined(connection: duckdb.DuckDBPyConnection, contents: Sequence[tuple[str, str]]) -> None:
    if contents:
        connection.execute(
            "DELETE FROM quality.quarantine WHERE (report_id, content_hash) IN "
            "(SELECT unnest($reports::VARCHAR[]), unnest($hashes::VARCHAR[]))",
            {"reports": [report for report, _ in contents], "hashes": [found for _, found in contents]},
        )
