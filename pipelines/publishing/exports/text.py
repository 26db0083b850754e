"""Exports as comma-separated text: UTF-8, one file per table, no cell that a spreadsheet program would compute."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.publishing.cells import cell
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
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        writer.writerows([cell(value) for value in row] for row in table.rows(connection))
