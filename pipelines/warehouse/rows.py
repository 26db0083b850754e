"""Inserts rows of plain values exactly: decimals travel as text, DuckDB casts them to the column's type."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.errors import FupinError
from pipelines.warehouse.arrays import PLACES, arrow_array, exact_array, kinds_of

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Row = dict[str, Any]


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row], places: int = PLACES) -> None:
    """Inserts rows by column name and asserts that as many arrived.

    Args:
        connection: inside a transaction.
        table: qualified name.
        rows: all with the same keys, which are columns of the table.
        places: of decimals; those with more are rounded.

    Raises:
        FupinError: other rows than given arrived.
    """
    if rows:
        insert_columns(connection, table, {name: [row[name] for row in rows] for name in rows[0]}, places)


def insert_columns(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Sequence[Any]], places: int = PLACES
) -> int:
    """Inserts rows given by column, and asserts that as many arrived.

    Args:
        connection: inside a transaction.
        table: qualified name.
        columns: columns of the table, as many values in each.
        places: of decimals; those with more are rounded.

    Returns:
        How many rows there are.

    Raises:
        FupinError: other rows than given arrived.
    """
    rows = len(next(iter(columns.values())))
    if not rows:
        return 0
    import pyarrow as pa

    incoming = pa.table({name: _array(values, places) for name, values in columns.items()})
    connection.register("incoming", incoming)
    try:
        told = connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming").fetchone()
    finally:
        connection.unregister("incoming")
    arrived = int(told[0]) if told else 0
    if arrived != rows:
        raise FupinError(f"{table}: {rows} rows given, {arrived} loaded")
    return rows


def _array(values: Sequence[Any], places: int) -> pa.Array:
    """Texts and whole numbers as they are; anything else as text."""
    import pyarrow as pa

    kinds = kinds_of(values) - {type(None)}
    if not kinds:
        return pa.nulls(len(values), pa.string())
    if kinds == {Decimal}:
        return arrow_array(values, lambda plain: exact_array(plain, places))
    known = {int: pa.int64(), bool: pa.bool_(), str: pa.string()}
    if len(kinds) == 1 and (kind := known.get(next(iter(kinds)))) is not None:
        return arrow_array(values, lambda plain: pa.array(plain, kind))
    return arrow_array(values, lambda plain: pa.array(map(_text, plain), pa.string()))


def _text(value: Any) -> str | None:  # noqa: ANN401 - any value of a column
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(round(value, 6), "f")
    if isinstance(value, (list, tuple)):
        if not value:
            return "[]"
        return json.dumps(value, ensure_ascii=False)
    return str(value)
