"""`fupin query`: questions to the published snapshot."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.commands.output import QueryFormat, as_csv, as_json, print_table
from pipelines.errors import FupinError
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

_BINARY = (QueryFormat.parquet, QueryFormat.arrow)
# all others change something, or the state of the connection
_QUESTIONS = ("SELECT", "EXPLAIN")
_CHUNK = 10_000
# rows of a table for people, which is laid out as a whole
_SHOWN = 10_000
# seconds after which an interruption that had no effect ends the process
_GRACE = 5.0


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
    with open_snapshot(settings) as connection, limited(connection, settings.query_seconds):
        relation = ask(connection, sql, parameters)
        with failing_queries():
            if output is QueryFormat.table:
                print_relation(relation)
                return
            try:
                if output in _BINARY:
                    _write_binary(relation, output, target)
                else:
                    _write_text(relation, output, target)
            except OSError as error:
                raise _unwritable(target, error) from error


@contextlib.contextmanager
def limited(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Ends what takes longer than it may; the process, where DuckDB does not notice, as while it plans or spills.

    Args:
        connection: that is asked meanwhile.
        seconds: after which it is interrupted.

    Raises:
        FupinError: the time was up.
    """
    told = f"the query fails: it took longer than {seconds:g} seconds (FUPIN_QUERY_SECONDS)"
    is_over = threading.Event()

    def interrupt() -> None:
        is_over.set()
        connection.interrupt()

    def end() -> None:
        sys.stderr.write(f"error: {told}\n")
        sys.stderr.flush()
        os._exit(1)

    timers = (threading.Timer(seconds, interrupt), threading.Timer(seconds + _GRACE, end))
    for timer in timers:
        timer.daemon = True
        timer.start()
    try:
        yield
    except FupinError as error:
        raise FupinError(told) if is_over.is_set() else error from error
    finally:
        for timer in timers:
            timer.cancel()


def print_relation(relation: duckdb.DuckDBPyRelation) -> None:
    """Prints the first rows as a table, and says where there are more."""
    rows = relation.fetchmany(_SHOWN + 1)
    print_table(relation.columns, rows[:_SHOWN])
    if len(rows) > _SHOWN:
        print(f"There are more rows; --format csv gives all, this table the first {_SHOWN:,}.", file=sys.stderr)


def _rows(relation: duckdb.DuckDBPyRelation) -> Iterator[tuple[Any, ...]]:
    """The rows as they are made, never all of them at once."""
    while rows := relation.fetchmany(_CHUNK):
        yield from rows


def _write_text(relation: duckdb.DuckDBPyRelation, output: QueryFormat, target: Path | None) -> None:
    # what fails at once leaves a file that was there before as it was
    rows = itertools.chain(relation.fetchmany(_CHUNK), _rows(relation))
    with target.open("w", encoding="utf-8") if target is not None else contextlib.nullcontext(sys.stdout) as file:
        file.writelines((as_json if output is QueryFormat.json else as_csv)(relation.columns, rows))


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
        if statements and statements[0].type.name not in _QUESTIONS:
            kind = statements[0].type.name.replace("_", " ")
            raise FupinError(f"the query fails: {kind} is no question; ask with SELECT, FROM, DESCRIBE or EXPLAIN")
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
        # what DuckDB proposes stands below its first line, and above the place
        told = str(error).partition("\n\nLINE ")[0]
        raise FupinError(f"the query fails: {' '.join(told.split())}") from error


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

    batches = relation.to_arrow_reader(_CHUNK)
    with target.open("wb") if target is not None else contextlib.nullcontext(sys.stdout.buffer) as file:
        if output is QueryFormat.parquet:
            with parquet.ParquetWriter(file, batches.schema) as rows:
                for batch in batches:
                    rows.write_batch(batch)
            return
        with pa.ipc.new_stream(file, batches.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
