"""Inserts rows of plain values exactly: decimals travel as text, DuckDB casts them to the column's type."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.errors import FupinError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

Row = dict[str, Any]
PLACES = 6  # of nearly all decimals of the warehouse


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

    kinds = set(map(type, values)) - {type(None)}
    if not kinds:
        return pa.nulls(len(values), pa.string())
    if kinds == {int}:
        return pa.array(values, pa.int64())
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {str}:
        return pa.array(values, pa.string())
    if kinds == {Decimal}:
        return exact_array(values, places)
    return pa.array(map(_text, values), pa.string())


def exact_array(values: Sequence[Decimal | None], places: int = PLACES) -> pa.Array:
    """Decimals with so many places; those with more are rounded."""
    import pyarrow as pa

    kind = pa.decimal128(38, places)
    try:
        return pa.array(values, kind)
    except pa.ArrowInvalid:
        return pa.array([None if value is None else round(value, places) for value in values], kind)


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
