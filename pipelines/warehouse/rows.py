"""Inserts rows of plain values exactly: decimals travel as text, DuckDB casts them to the column's type."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.errors import FupinError

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Inserts rows by column name and asserts that as many arrived.

    Args:
        connection: inside a transaction.
        table: qualified name.
        rows: all with the same keys, which are columns of the table.

    Raises:
        FupinError: other rows than given arrived.
    """
    if not rows:
        return
    import pyarrow as pa

    columns = list(rows[0])
    incoming = pa.table({name: pa.array([_text(row[name]) for row in rows], pa.string()) for name in columns})
    before = _count(connection, table)
    connection.register("incoming", incoming)
    try:
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
    finally:
        connection.unregister("incoming")
    arrived = _count(connection, table) - before
    if arrived != len(rows):
        raise FupinError(f"{table}: {len(rows)} rows given, {arrived} loaded")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _text(value: Any) -> str | None:  # noqa: ANN401 - any value of a column
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(round(value, 6), "f")
    if isinstance(value, (list, tuple)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
