"""Carries over what only the old warehouse knows: what was refused, what failed since when, what was validated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# what identifies a row: one that the new warehouse has as well gives way to that of the old one
CARRIED = {
    "quarantine": ("report_id", "content_hash"),
    "failure": ("failure_key",),
    "failure_event": ("event_key",),
    "validation_result": (),
    "validation_run": ("report_id", "content_hash"),
    "validated_table": ("suite",),
    "failing_row": ("suite",),
    "run": ("run_id",),
    "run_room": ("run_id", "room"),
}
# columns that earlier versions of a table lack, with what their rows have there
_SINCE = {"run": {"unread_out": "0"}}


def carry_over(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Copies the rows of a table of `quality` from the database `old`.

    Args:
        connection: to the new warehouse, with the old one attached, inside a transaction.
        table: a key of `CARRIED`, in their order.

    Returns:
        Why nothing could be carried over; empty where it was.
    """
    columns, new = _columns(connection, "old", table), _columns(connection, "warehouse", table)
    if not columns:
        return "the old warehouse has none"
    since = {name: value for name, value in _SINCE.get(table, {}).items() if name not in columns}
    lacking = [name for name, is_needed in new.items() if is_needed and name not in columns and name not in since]
    if lacking:
        return f"the old one lacks {', '.join(lacking)}"
    if table == "validation_result":
        # results go with their runs, which are compared below: here only those of runs that will be replaced
        connection.execute(
            "DELETE FROM quality.validation_result WHERE run_key IN (SELECT n.run_key FROM quality.validation_run AS n "
            "JOIN old.quality.validation_run AS o ON n.report_id IS NOT DISTINCT FROM o.report_id "
            "AND n.content_hash IS NOT DISTINCT FROM o.content_hash)"
        )
    else:
        same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM o.{name}" for name in CARRIED[table])
        connection.execute(
            f"DELETE FROM quality.{table} AS n WHERE EXISTS (SELECT 1 FROM old.quality.{table} AS o WHERE {same})"
        )
    shared = [name for name in new if name in columns]
    names, values = ", ".join([*shared, *since]), ", ".join([*shared, *since.values()])
    connection.execute(f"INSERT INTO quality.{table} ({names}) SELECT {values} FROM old.quality.{table}")
    return ""


def _columns(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> dict[str, bool]:
    """Name → whether it must have a value."""
    rows = connection.execute(
        "SELECT column_name, NOT is_nullable FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'quality' AND table_name = ? ORDER BY column_index",
        [database, table],
    ).fetchall()
    return dict(rows)
