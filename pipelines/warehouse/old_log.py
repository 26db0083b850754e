"""What the old warehouse knows of its history before it is rebuilt; one of an older release has no log of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.errors import FupinError, WarehouseLockedError
from pipelines.settings import Settings
from pipelines.warehouse.connection import attached
from pipelines.warehouse.manifest import Entry, append_entries, read_manifest, sync_manifest

if TYPE_CHECKING:
    import duckdb


def remember_old_log(settings: Settings) -> bool:
    """Brings the archive's copy of the log up to date with the warehouse, whichever statements made it.

    Args:
        settings: where archive and warehouse are; the lock is held.

    Returns:
        Whether there is a warehouse that can be read; a damaged one is left to be replaced.

    Raises:
        WarehouseLockedError: another program has the warehouse open.
        FupinError: the disk refuses the copy.
    """
    if not settings.warehouse.exists():
        return False
    try:
        with attached(settings, settings.warehouse) as connection:
            connection.execute("CHECKPOINT warehouse")
            names = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            if "version_event" in names:
                sync_manifest(connection, settings.archive)
            elif "dim_report" in names and not read_manifest(settings.archive):
                append_entries(settings.archive, _loads(connection))
    except WarehouseLockedError:
        raise
    except FupinError as error:
        if str(settings.warehouse) not in str(error):
            raise
        return False
    return True


def _loads(connection: duckdb.DuckDBPyConnection) -> list[Entry]:
    """One entry per version in the order in which they were loaded last, so that the same ones count in the end."""
    rows = connection.execute(
        "SELECT ingested_at, report_id, content_hash FROM core.dim_report ORDER BY ingested_at, report_id, version_no"
    ).fetchall()
    return [
        {"no": number, "at": at.isoformat(), "kind": "loaded", "report": report, "content": content}
        for number, (at, report, content) in enumerate(rows, 1)
    ]
