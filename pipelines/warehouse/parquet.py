"""Writes the figures and facts of a report version as Parquet: the evidence that any engine can read."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict, fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.checking.verdict import Check
from pipelines.errors import FupinError
from pipelines.frames import FIGURE_COLUMNS, NON_FIGURE_COLUMNS, figure_rows, non_figure_rows
from pipelines.meaning.facts import Claim, Composition, FundFact, ResultFact, TargetFact
from pipelines.report import ReportVersion
from pipelines.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

_INTEGERS = frozenset({"figure_id", "start", "end", "parent", "check_id", "group_declared", "group_listed"})
_LISTS = frozenset({"operands", "suspects"})
_DECIMALS = frozenset(
    {"value_stated", "scale", "value", "low", "high", "value_low", "value_high"}
    | {"amount_cny", "amount_low_cny", "amount_high_cny"}
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
    document, facts = version.document, version.facts
    figures = settings.figures / document.report_id / f"{document.content_hash}.parquet"
    _write(figures, figure_rows(version), FIGURE_COLUMNS)
    folder = settings.facts / document.report_id / document.content_hash
    _write(folder / "non_figures.parquet", non_figure_rows(version), NON_FIGURE_COLUMNS)
    for name, rows, record in (
        ("funds", facts.funds, FundFact),
        ("results", facts.results, ResultFact),
        ("targets", facts.targets, TargetFact),
        ("claims", facts.claims, Claim),
        ("compositions", facts.compositions, Composition),
        ("checks", version.checks, Check),
    ):
        columns = tuple(field.name for field in fields(record))
        _write(folder / f"{name}.parquet", [asdict(row) for row in rows], columns)
    return figures


def _write(path: Path, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    arrays = [pa.array([_exact(row[name]) for row in rows], _type(name)) for name in columns]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part")
        os.close(handle)
        try:
            parquet.write_table(pa.table(arrays, names=list(columns)), name, compression="zstd")
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise FupinError(f"{path}: cannot be written: {error.strerror or error}") from error


def _exact(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    return round(value, 6) if isinstance(value, Decimal) else value


def _type(name: str) -> pa.DataType:
    import pyarrow as pa

    if name in _DECIMALS:
        return pa.decimal128(38, 6)
    if name in _INTEGERS or name.endswith("_figure_id"):
        return pa.int64()
    if name in _LISTS:
        return pa.list_(pa.int64())
    return pa.bool_() if name.startswith(("is_", "open_")) or name == "exhaustive" else pa.string()
