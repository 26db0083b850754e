"""Exports as comma-separated text: UTF-8, one file per table, no cell that a spreadsheet program would compute."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.publishing.cells import csv_line
from pipelines.publishing.exports.tables import Table

if TYPE_CHECKING:
    import duckdb


def write_csv(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path) -> None:
    """Writes `SCHEMA/TABLE.csv` with a header line; NULL is empty, lists are JSON."""
    for table in tables:
        write_table(connection, table, folder / table.schema / f"{table.name}.csv")


def write_table(connection: duckdb.DuckDBPyConnection, table: Table, path: Path) -> None:
    """Writes one table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(csv_line(column.name for column in table.columns))
        file.writelines(map(csv_line, table.rows(connection)))
