"""Writes the figures and facts of a report version as Parquet: the evidence that any engine can read."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.frames import Columns, tables
from pipelines.report import ReportVersion
from pipelines.settings import Settings
from pipelines.warehouse.rows import exact_array

if TYPE_CHECKING:
    import pyarrow as pa

_INTEGERS = frozenset({"figure_id", "start", "end", "parent", "check_id", "group_declared", "group_listed"})
_FACTS = ("non_figures", "funds", "results", "targets", "claims", "compositions", "checks")
_LISTS = frozenset({"operands", "suspects"})
_DECIMALS = frozenset(
    {"value_stated", "scale", "value", "low", "high", "value_low", "value_high"}
    | {"amount", "amount_low", "amount_high", "amount_cny", "amount_low_cny", "amount_high_cny"}
    | {"computed_low", "computed_high", "stated_low", "stated_high"}
)


def write_parquet(settings: Settings, version: ReportVersion) -> Path:
    """Writes all tables of a version; a second write of the same version gives the same files.

    Returns:
        The file of its figures, `<figures>/<report id>/<content hash>.parquet`; non-figures and facts lie below
        `<facts>/<report id>/<content hash>/`.

    Raises:
        FupinError: the disk refuses the files.
    """
    document = version.document
    found = tables(version)
    figures = settings.figures / document.report_id / f"{document.content_hash}.parquet"
    _write(figures, found.pop("figures"))
    folder = settings.facts / document.report_id / document.content_hash
    for name, columns in found.items():
        _write(folder / f"{name}.parquet", columns)
    return figures


def arrow_table(columns: Columns) -> pa.Table:
    """Columns in the types in which they are kept."""
    import pyarrow as pa

    arrays = [
        exact_array(values) if name in _DECIMALS else pa.array(values, _type(name)) for name, values in columns.items()
    ]
    return pa.table(arrays, names=list(columns))


def is_kept(settings: Settings, report_id: str, content_hash: str) -> bool:
    """Whether all files of a version are there and can be read."""
    from pyarrow import ArrowException, parquet

    folder = settings.facts / report_id / content_hash
    paths = [settings.figures / report_id / f"{content_hash}.parquet", *(folder / f"{name}.parquet" for name in _FACTS)]
    try:
        for path in paths:
            with parquet.ParquetFile(path) as file:
                for group in range(file.num_row_groups):
                    file.read_row_group(group)
    except (OSError, ArrowException):
        return False
    return True


def _write(path: Path, columns: Columns) -> None:
    from pyarrow import parquet

    names = tuple(columns)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part")
        os.close(handle)
        try:
            if len(columns[names[0]]):
                parquet.write_table(arrow_table(columns), name, compression="zstd")
            else:
                Path(name).write_bytes(_without_rows(names))
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise FupinError(f"{path}: cannot be written: {error.strerror or error}") from error


@lru_cache(maxsize=16)
def _without_rows(columns: tuple[str, ...]) -> bytes:
    """The file of a table without rows; most reports have several."""
    import pyarrow as pa
    from pyarrow import parquet

    sink = pa.BufferOutputStream()
    parquet.write_table(arrow_table(dict.fromkeys(columns, ())), sink, compression="zstd")
    return bytes(sink.getvalue())


def _type(name: str) -> pa.DataType:
    import pyarrow as pa

    if name in _INTEGERS or name.endswith("_figure_id"):
        return pa.int64()
    if name in _LISTS:
        return pa.list_(pa.int64())
    return pa.bool_() if name.startswith(("is_", "open_")) or name == "exhaustive" else pa.string()
