"""Parquet: one table of plain columns, with its column names as header."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from pipelines.errors import ReportError
from pipelines.reading.cell_text import cell_text
from pipelines.reading.damage import parsing
from pipelines.reading.document import MAX_CELLS, Cell, Content, Table
from pipelines.reading.formats import PARQUET
from pipelines.reading.values import shown

_BATCH = 50_000


def read_parquet(data: bytes, report_id: str) -> Content:
    """The file as one table named `parquet`; decimals keep their scale, missing values are empty cells.

    Raises:
        ReportError: a damaged file, a nested column, too many cells, or none.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with parsing(report_id, PARQUET):
        file = pq.ParquetFile(io.BytesIO(data))
    schema = file.schema_arrow
    for column in schema:
        if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
            raise ReportError(report_id, "holds no plain values; only flat columns are read", f"column {column.name}")
    if file.metadata.num_rows * len(schema) > MAX_CELLS:
        raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells")
    cells = [Cell(0, number, name) for number, column in enumerate(schema) if (name := cell_text(column.name))]
    header, first = len(cells), 1
    single = [pa.types.is_float32(column.type) or pa.types.is_float16(column.type) for column in schema]
    with parsing(report_id, PARQUET):
        for batch in file.iter_batches(_BATCH):
            columns = [column.to_pylist() for column in batch.columns]
            for row in range(batch.num_rows):
                for number, values in enumerate(columns):
                    if text := _shown(values[row], single=single[number]):
                        cells.append(Cell(first + row, number, text))
            first += batch.num_rows
    if len(cells) == header:
        raise ReportError(report_id, "holds no cell")
    return Content(tables=(Table("parquet", "", tuple(cells)),))


def _shown(value: Any, *, single: bool) -> str:  # noqa: ANN401 - any value of a column
    if isinstance(value, float):
        if value != value:
            return ""
        if single:
            return format(Decimal(format(value, ".7g")), "f")
    return cell_text(shown(value))
