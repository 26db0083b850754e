"""The rows of report versions: which one counts of a report, its facts, and the contents that are kept out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipelines.catalog.registry import precedence
from pipelines.report import ReportVersion
from pipelines.warehouse.dimensions import add_missing, period_rows, unit_rows
from pipelines.warehouse.facts import fact_columns, version_key
from pipelines.warehouse.history import log_version
from pipelines.warehouse.readings import record_reading
from pipelines.warehouse.rows import insert, insert_columns

if TYPE_CHECKING:
    import duckdb

FACT_TABLES = (
    *("fact_figure", "fact_number", "fact_fund", "fact_result", "fact_target", "fact_claim", "fact_check"),
    *("bridge_composition", "fact_proposal"),
)


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
    periods = set().union(*map(_periods, versions))
    units = {figure.unit for version in versions for figure in version.reading.figures}
    add_missing(connection, "dim_period", "period_key", period_rows(periods))
    add_missing(connection, "dim_unit", "unit_key", unit_rows(units))
    # one statement per table: that of each version takes longer than its rows
    stacked: dict[str, dict[str, list[Any]]] = {}
    for version in versions:
        _enter(connection, version, moment)
        for table, columns in fact_columns(version).items():
            kept = stacked.setdefault(table, {name: [] for name in columns})
            for name, values in columns.items():
                kept[name].extend(values)
    return {table: insert_columns(connection, f"core.{table}", columns) for table, columns in stacked.items()}


def _enter(connection: duckdb.DuckDBPyConnection, version: ReportVersion, moment: datetime.datetime) -> None:
    """Makes a version the current one of its report, without its facts; those of an earlier reading are deleted."""
    document, identity = version.document, version.identity
    owner = version_key(version)
    connection.execute(
        "DELETE FROM quality.quarantine WHERE report_id = ? AND content_hash = ?",
        [document.report_id, document.content_hash],
    )
    earlier = connection.execute(
        "SELECT report_version_key, version_no, is_current, supersedes_key, ingested_at FROM core.dim_report "
        "WHERE report_id = ? ORDER BY 2",
        [document.report_id],
    ).fetchall()
    if any(row[0] == owner for row in earlier):
        for table in FACT_TABLES:
            connection.execute(f"DELETE FROM core.{table} WHERE report_version_key = ?", [owner])
    number = next((row[1] for row in earlier if row[0] == owner), len(earlier) + 1)
    # a new reading of the version that counts changes neither when it came nor what it replaced
    reread = next((row for row in earlier if row[2] and row[0] == owner), None)
    current = reread[3] if reread else next((row[0] for row in earlier if row[2]), None)
    connection.execute(
        "UPDATE core.dim_report SET is_current = FALSE, report_status = 'superseded' "
        "WHERE report_id = ? AND is_current",
        [document.report_id],
    )
    connection.execute("DELETE FROM core.dim_report WHERE report_version_key = ?", [owner])
    insert(
        connection,
        "core.dim_report",
        [
            {
                "report_version_key": owner,
                "report_id": document.report_id,
                "version_no": number,
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
                "supersedes_key": current,
                "ingested_at": (reread[4] if reread else moment).isoformat(),
            }
        ],
    )
    record_reading(connection, version, owner)
    if reread is None:
        log_version(connection, moment, "loaded", owner)


def _periods(version: ReportVersion) -> set[str]:
    """Codes of all periods that a version speaks of."""
    return {meaning.period.code for meaning in version.meanings} | {version.identity.period.code}


def record_quarantine(connection: duckdb.DuckDBPyConnection, report: str, content_hash: str, cause: str) -> None:
    """Enters one content into the quarantine, once."""
    connection.execute(
        "DELETE FROM quality.quarantine WHERE report_id = ? AND content_hash = ?", [report, content_hash]
    )
    now = datetime.datetime.now(datetime.UTC).isoformat()
    insert(
        connection,
        "quality.quarantine",
        [{"report_id": report, "content_hash": content_hash, "cause": cause, "quarantined_at": now}],
    )
