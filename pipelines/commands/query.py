"""`fupin query` and `fupin failures`: questions to the published snapshot."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from pipelines.commands.output import Format, QueryFormat, as_csv, as_json, console, print_table
from pipelines.errors import FupinError
from pipelines.publishing.failures import COLUMNS, open_failures
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings


def query(settings: Settings, sql: str, output: QueryFormat | None, target: Path | None) -> None:
    """Runs SQL on the snapshot and prints or writes its result.

    Args:
        settings: where the snapshot is.
        sql: one statement that returns rows.
        output: the format; without one, what the ending of `target` says, or a table on standard output.
        target: the file to write.

    Raises:
        FupinError: the statement fails, or the target cannot be written.
        SnapshotMissingError: nothing published yet.
    """
    import duckdb

    output = output or _format_of(target)
    if output is QueryFormat.table and target is not None:
        raise FupinError(f"{target}: a file is written as csv, json or parquet; choose one with --format")
    with open_snapshot(settings) as connection:
        try:
            relation = connection.sql(sql)
            if relation is None:
                raise FupinError("the statement returns no rows")
            if output is QueryFormat.parquet:
                _parquet(relation, target)
                return
            columns, rows = relation.columns, relation.fetchall()
        except duckdb.Error as error:
            raise FupinError(f"the query fails: {str(error).strip().splitlines()[0]}") from error
        except OSError as error:
            raise _unwritable(target, error) from error
    if output is QueryFormat.table:
        print_table(columns, rows)
        return
    text = as_json(columns, rows) if output is QueryFormat.json else as_csv(columns, rows)
    if target is None:
        sys.stdout.write(text)
        return
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(target: Path | None, error: OSError) -> FupinError:
    return FupinError(f"{target or 'standard output'}: cannot be written: {error.strerror or error}")


def _format_of(target: Path | None) -> QueryFormat:
    if target is None:
        return QueryFormat.table
    ending = target.suffix.removeprefix(".").lower()
    return QueryFormat(ending) if ending in ("json", "parquet") else QueryFormat.csv


def _parquet(relation: object, target: Path | None) -> None:
    from pyarrow import parquet

    table = relation.to_arrow_table()  # type: ignore[attr-defined]
    if target is None and sys.stdout.isatty():
        raise FupinError("Parquet is binary: name a file with --output, or send it into a pipe")
    with target.open("wb") if target is not None else contextlib.nullcontext(sys.stdout.buffer) as file:
        parquet.write_table(table, file)


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
    from rich.padding import Padding
    from rich.text import Text

    out = console()

    def print_indented(text: str, columns: int, style: str = "") -> None:
        if out.soft_wrap:
            out.print(Text(" " * columns + text))
        else:
            out.print(Padding(Text(text, style=style), (0, 0, 0, columns), expand=False))

    if not found:
        out.print("No open failure.")
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
            out.print(heading)
            if failure["sentence"]:
                print_indented(f"[{failure['place']}] {failure['sentence']}", 2, "dim")
        seen = cause
        print_indented(f"{failure['rule']}: {failure['finding']}", 2)
        if failure["formula"]:
            print_indented(failure["formula"], 4, "dim")
    out.print(f"\n{len(found)} open failure{'' if len(found) == 1 else 's'}.")
