"""Exports as Parquet: a file per table, or per region and period where the rows have both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipelines.publishing.exports.tables import Table

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_FILE = "part-0.parquet"


def write_parquet(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path) -> None:
    """Writes `SCHEMA/TABLE/region=CODE/period=CODE/part-0.parquet` for facts and indicators, else one file.

    `region` and `period` are the codes; the columns of the table itself are all in the files, with their exact types.
    """
    for table in tables:
        place = folder / table.schema / table.name
        query = _partitioned(table)
        first = next(table.rows(connection), None)
        if query is None or first is None:
            _write_file(place / _FILE, table.batches(connection))
            continue
        for region, period, batches in _partitions(table, connection, query):
            _write_file(place / f"region={quote(region)}" / f"period={quote(period)}" / _FILE, batches)


def _partitioned(table: Table) -> str | None:
    """The table's rows behind their region and period, in this order; None where they have none, or as dimensions."""
    names = [column.name for column in table.columns]
    listed = ", ".join(f"rows.{name}" for name in names)
    if {"region_key", "period_key"} <= set(names):
        return (
            f"SELECT region.region_code AS region, period.period_code AS period, {listed} FROM ({table.query}) AS rows "
            "JOIN core.dim_region AS region USING (region_key) JOIN core.dim_period AS period USING (period_key) "
            "ORDER BY ALL"
        )
    if {"region_code", "period_code"} <= set(names) and not table.name.startswith("dim_"):
        return (
            f"SELECT region_code AS region, period_code AS period, {listed} FROM ({table.query}) AS rows ORDER BY ALL"
        )
    return None


def _partitions(
    table: Table, connection: duckdb.DuckDBPyConnection, query: str
) -> Iterator[tuple[str, str, list[pa.Table]]]:
    """Region, period and rows of each partition, one after the other."""
    import pyarrow as pa
    import pyarrow.compute as pc

    current: tuple[str, str] | None = None
    waiting: list[pa.Table] = []
    for batch in table.batches(connection, query):
        codes = pa.chunked_array(pc.binary_join_element_wise(batch["region"], batch["period"], "\x1f"))
        runs = pc.run_end_encode(codes.combine_chunks())
        start = 0
        for end in runs.run_ends.to_pylist():
            piece = batch.slice(start, end - start)
            found = (piece["region"][0].as_py(), piece["period"][0].as_py())
            if current is not None and found != current:
                yield *current, waiting
                waiting = []
            current = found
            waiting.append(piece.drop_columns(["region", "period"]))
            start = end
    if current is not None:
        yield *current, waiting


def _write_file(path: Path, batches: Iterator[pa.Table] | list[pa.Table]) -> None:
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    writer = None
    try:
        for batch in batches:
            writer = writer or parquet.ParquetWriter(path, batch.schema, compression="zstd")
            writer.write_table(batch.combine_chunks())
    finally:
        if writer is not None:
            writer.close()
