"""Parquet: one table of plain columns, with its column names as header."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from pipelines.errors import ReportError
from pipelines.reading.cells import MAX_CELLS, Filling
from pipelines.reading.damage import parsing
from pipelines.reading.document import Content, Table
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
    filling = Filling()
    filling.lines(0, [[column.name for column in schema]])
    header, first = filling.count, 1
    single = [pa.types.is_float32(column.type) or pa.types.is_float16(column.type) for column in schema]
    with parsing(report_id, PARQUET):
        for batch in file.iter_batches(_BATCH):
            for number, column in enumerate(batch.columns):
                texts = [_shown(value, single=single[number]) for value in column.to_pylist()]
                filling.column(number, first, texts)
            first += batch.num_rows
    if filling.count == header:
        raise ReportError(report_id, "holds no cell")
    return Content(tables=(Table("parquet", "", filling.cells(), has_numbers=True),))


def _shown(value: Any, *, single: bool) -> str:  # noqa: ANN401 - any value of a column
    if isinstance(value, float):
        if value != value:
            return ""
        if single:
            return format(Decimal(format(value, ".7g")), "f")
    return shown(value)
