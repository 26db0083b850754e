"""`fupin query` and `fupin failures`: questions to the published snapshot."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.commands.output import Format, QueryFormat, as_csv, as_json, print_table
from pipelines.errors import FupinError
from pipelines.publishing.failures import COLUMNS, open_failures
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings


def query(settings: Settings, sql: str, output: QueryFormat, target: Path | None) -> None:
    """Runs SQL on the snapshot and prints or writes its result.

    Raises:
        FupinError: the statement fails, or the target cannot be written.
        SnapshotMissingError: nothing published yet.
    """
    import duckdb

    with open_snapshot(settings) as connection:
        try:
            relation = connection.sql(sql)
            if relation is None:
                raise FupinError("the statement returns no rows")
            columns = relation.columns
            if output is QueryFormat.parquet:
                _parquet(relation, target)
                return
            rows = relation.fetchall()
        except duckdb.Error as error:
            raise FupinError(f"the query fails: {str(error).strip().splitlines()[0]}") from error
    if output is QueryFormat.table and target is None:
        print_table(columns, rows)
        return
    text = as_json(columns, rows) if output is QueryFormat.json else as_csv(columns, rows)
    if target is None:
        sys.stdout.write(text)
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FupinError(f"{target}: cannot be written: {error.strerror or error}") from error


def _parquet(relation: object, target: Path | None) -> None:
    from pyarrow import parquet

    table = relation.to_arrow_table()  # type: ignore[attr-defined]
    if target is None and sys.stdout.isatty():
        raise FupinError("Parquet is binary: name a file with --output, or send it into a pipe")
    try:
        if target is None:
            parquet.write_table(table, sys.stdout.buffer)
        else:
            parquet.write_table(table, target)
    except OSError as error:
        raise FupinError(f"{target}: cannot be written: {error.strerror or error}") from error


def failures(settings: Settings, output: Format, severity: str | None, report: str | None) -> None:
    """Prints the open failures of current reports, the gravest first, each with where it comes from."""
    with open_snapshot(settings) as connection:
        found = open_failures(connection, severity, report)
    rows = [tuple(failure[name] for name in COLUMNS) for failure in found]
    if output is Format.csv:
        sys.stdout.write(as_csv(COLUMNS, rows))
        return
    if output is Format.json:
        sys.stdout.write(as_json(COLUMNS, rows))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if not found:
        console.print("No open failure.")
        return
    colours = {"critical": "bold red", "error": "red", "warning": "yellow"}
    seen: tuple[str, str | None] | None = None
    for failure in found:
        cause = (failure["report"], failure["root_cause"])
        if cause != seen or failure["root_cause"] is None:
            heading = Text(f"\n{failure['severity']:<8} ", style=colours.get(failure["severity"], ""))
            heading.append(f"{failure['report']}", style="bold")
            if failure["root_cause"]:
                heading.append(f"  {failure['root_cause']}")
            if failure["suspect"]:
                heading.append(f"  suspect: {failure['suspect']}", style="bold")
            console.print(heading)
            if failure["sentence"]:
                console.print(Text(f"  [{failure['place']}] {failure['sentence']}", style="dim"))
        seen = cause
        console.print(Text(f"  {failure['rule']}: {failure['finding']}"))
        if failure["formula"]:
            console.print(Text(f"    {failure['formula']}", style="dim"))
    console.print(Text(f"\n{len(found)} open failures."))
