"""`fupin query`: questions to the published snapshot."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from pipelines.commands.output import QueryFormat, as_csv, as_json, print_table
from pipelines.errors import FupinError
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
