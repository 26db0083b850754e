"""Writes the snapshot, or some of its tables, into a folder in one of several formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.publishing.exports.folder import replaced_folder

if TYPE_CHECKING:
    import duckdb


class ExportFormat(StrEnum):
    """Formats of an export."""

    parquet = "parquet"
    csv = "csv"
    xlsx = "xlsx"
    datapackage = "datapackage"
    sdmx = "sdmx"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: how many tables and files, and the bytes of the latter."""

    tables: int
    files: int
    size: int


def export(
    connection: duckdb.DuckDBPyConnection,
    kind: ExportFormat,
    target: Path,
    wanted: Sequence[str] = (),
    licence: str | None = None,
) -> Exported:
    """Exports current report versions; the same content gives the same bytes.

    Args:
        connection: to the snapshot.
        kind: the format.
        target: a new or empty folder, or one that holds an earlier export.
        wanted: tables; none means all. For `sdmx`, indicators.
        licence: under which the reports' figures are passed on, such as `CC-BY-4.0`; for `datapackage`.

    Raises:
        FupinError: a table is unknown, the target holds something else, or it cannot be written.
    """
    from pipelines.publishing.exports import datapackage, parquet, sdmx, text, workbook
    from pipelines.publishing.exports.tables import export_tables

    if licence is not None and kind is not ExportFormat.datapackage:
        raise FupinError("only a data package says its licence; leave --licence out, or choose --format datapackage")
    tables = export_tables(connection, wanted)
    with replaced_folder(target, kind) as folder:
        if kind is ExportFormat.parquet:
            parquet.write_parquet(connection, tables, folder)
        elif kind is ExportFormat.csv:
            text.write_csv(connection, tables, folder)
        elif kind is ExportFormat.xlsx:
            workbook.write_workbook(connection, tables, folder)
        elif kind is ExportFormat.datapackage:
            datapackage.write_datapackage(connection, tables, folder, licence)
        else:
            tables = sdmx.write_sdmx(connection, tables, folder, is_choice=bool(wanted))
    sizes = [path.stat().st_size for path in target.rglob("*") if path.is_file()]
    return Exported(len(tables), len(sizes), sum(sizes))
