"""`fupin export`: the snapshot in formats that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.output import near
from pipelines.publishing.exports.export import ExportFormat


def export(
    target: Annotated[Path, typer.Option("--output", "-o", help="Folder: new, empty, or with an earlier export.")],
    kind: Annotated[ExportFormat, typer.Option("--format", help="What to write.")] = ExportFormat.parquet,
    tables: Annotated[
        list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table; can be repeated.")
    ] = None,
    licence: Annotated[
        str | None, typer.Option(help="Licence of the figures for a data package, such as CC-BY-4.0.")
    ] = None,
) -> None:
    r"""Write the star and the indicators into a folder, as Parquet, CSV, Excel, data package or SDMX.

    Only current report versions are written. The same content gives the same bytes; export.json lists every file with
    its hash. A folder with anything but an export in it is left alone.

    \b
    Examples:
      fupin export --format xlsx -o ~/Desktop/fupin
      fupin export --format parquet --table fact_fund --table dim_region -o funds
      fupin export --format datapackage --licence CC-BY-4.0 -o package
    """
    from pipelines.publishing.exports.export import export as write
    from pipelines.publishing.snapshot import open_snapshot
    from pipelines.settings import settings

    with open_snapshot(settings()) as connection:
        done = write(connection, kind, target, tables or (), licence)
    counted = f"{done.tables} table{'' if done.tables == 1 else 's'} in {done.files} files"
    print(f"{counted}, {done.size:,} bytes: {near(target)}")
