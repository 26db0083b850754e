"""`fupin query`: questions to the published snapshot."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands.output import QueryFormat, as_csv, as_json, print_table
from pipelines.errors import FupinError
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

_BINARY = (QueryFormat.parquet, QueryFormat.arrow)


def query(
    settings: Settings, sql: str, parameters: Mapping[str, str], output: QueryFormat | None, target: Path | None
) -> None:
    """Runs SQL on the snapshot and prints or writes its result.

    Args:
        settings: where the snapshot is.
        sql: one statement that returns rows.
        parameters: values of its `$name`s; they are bound, so nothing in them is read as SQL.
        output: the format; without one, what the ending of `target` says, or a table on standard output.
        target: the file to write.

    Raises:
        FupinError: the statement fails, or the target cannot be written.
        SnapshotMissingError: nothing published yet.
    """
    output = output or _format_of(target)
    if output is QueryFormat.table and target is not None:
        raise FupinError(f"{target}: a file is written as csv, json, parquet or arrow; choose one with --format")
    if output in _BINARY and target is None and sys.stdout.isatty():
        raise FupinError(f"{output.capitalize()} is binary: name a file with --output, or send it into a pipe")
    with open_snapshot(settings) as connection:
        relation = ask(connection, sql, parameters)
        with failing_queries():
            if output in _BINARY:
                try:
                    _write_binary(relation, output, target)
                except OSError as error:
                    raise _unwritable(target, error) from error
                return
            columns, rows = relation.columns, relation.fetchall()
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


def ask(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, str] | None = None
) -> duckdb.DuckDBPyRelation:
    """The relation that one statement returns.

    Raises:
        FupinError: the statement fails, there are several, or it returns no rows.
    """
    given = dict(parameters or {})
    with failing_queries():
        statements = connection.extract_statements(sql)
        if len(statements) > 1:
            raise FupinError("the query fails: it is more than one statement; ask one at a time")
        named = statements[0].named_parameters if statements else set()
        if missing := sorted(named - given.keys()):
            raise FupinError(f"the query fails: there is no value for ${missing[0]}; add -p {missing[0]}=VALUE")
        if strange := sorted(given.keys() - named):
            raise FupinError(f"the query fails: it has no ${strange[0]}")
        relation = connection.sql(sql, params=given) if given else connection.sql(sql)
    if relation is None:
        raise FupinError("the statement returns no rows")
    return relation


@contextlib.contextmanager
def failing_queries() -> Iterator[None]:
    """Turns what DuckDB says about a statement into one line."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise FupinError(f"the query fails: {str(error).strip().splitlines()[0]}") from error


def read_query(file: Path) -> str:
    """The SQL of a file.

    Raises:
        FupinError: it cannot be read, or is no text.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FupinError(f"{file}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise FupinError(f"{file}: is no UTF-8 text (byte {error.start + 1})") from error


def read_parameters(given: Sequence[str]) -> dict[str, str]:
    """Values by name.

    Args:
        given: `name=value` each; the value is what follows the first `=`.

    Raises:
        FupinError: one without a name, or a name given twice.
    """
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        name = name.strip().removeprefix("$")
        if not sign or not name:
            raise FupinError(f"{text}: a parameter is written name=value, and stands in the query as $name")
        if name in found:
            raise FupinError(f"{text}: the parameter {name} is given twice")
        found[name] = value
    return found


def _unwritable(target: Path | None, error: OSError) -> FupinError:
    return FupinError(f"{target or 'standard output'}: cannot be written: {error.strerror or error}")


def _format_of(target: Path | None) -> QueryFormat:
    if target is None:
        return QueryFormat.table
    ending = target.suffix.removeprefix(".").lower()
    return QueryFormat(ending) if ending in ("json", *_BINARY) else QueryFormat.csv


def _write_binary(relation: duckdb.DuckDBPyRelation, output: QueryFormat, target: Path | None) -> None:
    """Parquet, or Arrow's stream of record batches."""
    import pyarrow as pa
    from pyarrow import parquet

    table = relation.to_arrow_table()
    with target.open("wb") if target is not None else contextlib.nullcontext(sys.stdout.buffer) as file:
        if output is QueryFormat.parquet:
            parquet.write_table(table, file)
            return
        with pa.ipc.new_stream(file, table.schema) as writer:
            writer.write_table(table)
