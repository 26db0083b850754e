"""The warehouse as a DuckLake: its catalogue in PostgreSQL, its data as Parquet files on a disk or an object store.

Many machines load into it and read from it. A load is one transaction of the lake, so every snapshot is whole, and
earlier ones can be asked (`AT (VERSION => n)`). The statements of `sql/` run as they are; what a lake does not have –
primary keys, comments on macros and on columns of views – is left out here, and keys are asserted instead.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pipelines.errors import ConflictError, FupinError, SnapshotMissingError
from pipelines.patterns import regex
from pipelines.settings import Settings
from pipelines.warehouse.extensions import load_extensions
from pipelines.warehouse.literals import quoted

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")
_KEY = regex(r"(\w+) BIGINT PRIMARY KEY")
_S3 = (("KEY_ID", "AWS_ACCESS_KEY_ID"), ("SECRET", "AWS_SECRET_ACCESS_KEY"), ("REGION", "AWS_REGION"))
_PAUSE_SECONDS, _MOST_TURNS = 0.5, 20


@contextmanager
def open_lake(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes the lake, under the name `warehouse`; others may write it at the same time.

    Raises:
        FupinError: the extra is not installed, the settings do not say where the lake is, or it cannot be opened.
    """
    connection = _connect(settings, "")
    try:
        settings.warehouse.touch()
        yield connection
    finally:
        connection.close()


def connect_lake_reader(settings: Settings, version: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that can only read the lake, and sees one snapshot of it for as long as it is open.

    Args:
        settings: where the lake is.
        version: number of the snapshot; None for the newest.

    Raises:
        SnapshotMissingError: nothing has been loaded into the lake yet.
        FupinError: as `open_lake`, or there is no such snapshot.
    """
    if version is None:
        with _connect(settings, ", READ_ONLY, CREATE_IF_NOT_EXISTS false") as newest:
            row = newest.execute("FROM warehouse.current_snapshot()").fetchone()
            made = newest.execute(
                "SELECT 1 FROM duckdb_tables() WHERE database_name = 'warehouse' AND schema_name = 'indicator' LIMIT 1"
            ).fetchone()
        if row is None or made is None:
            raise SnapshotMissingError(f"{_named(settings)}: nothing loaded yet; run `fupin run` first")
        version = int(row[0])
    connection = _connect(settings, f", READ_ONLY, CREATE_IF_NOT_EXISTS false, SNAPSHOT_VERSION {version}")
    if "://" not in settings.lake_folder:
        # statements may read the lake's own files, and nothing else
        connection.execute(f"SET allowed_directories = [{quoted(f'{settings.lake_folder}/')}]")
        connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def is_lake(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a connection's warehouse is a lake, not a file."""
    row = connection.execute("SELECT type FROM duckdb_databases() WHERE database_name = current_database()").fetchone()
    return row is not None and row[0] == "ducklake"


def without_keys(sql: str) -> str:
    """A statement that creates a table, without the primary key that a lake does not have."""
    return sql.replace(" PRIMARY KEY", " NOT NULL")


def assert_keys(connection: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> None:
    """What a primary key would assert in a file.

    Args:
        connection: inside the transaction of a load.
        tables: name in `core` → statement that creates it in a file.

    Raises:
        FupinError: a key stands for several rows.
    """
    for name, sql in tables.items():
        if found := _KEY.search(sql):
            double = f"SELECT {found[1]} FROM core.{name} GROUP BY {found[1]} HAVING count(*) > 1 LIMIT 1"
            if row := connection.execute(double).fetchone():
                raise FupinError(f"core.{name}: {found[1]} {row[0]} stands for several rows")


def claim_turn(connection: duckdb.DuckDBPyConnection) -> None:
    """Has the lake refuse all but one of the changes that are made at the same time.

    A snapshot alone would let two loads through that do not write the same rows; but each computes indicators and
    checks across reports on what it sees, and would miss the other.
    """
    connection.execute("UPDATE quality.schema_version SET view_fingerprint = view_fingerprint")


def retried(change: Callable[[], T]) -> T:
    """Makes a change again as long as others commit theirs first; each time one of them gets on.

    Raises:
        ConflictError: it was others' turn too often.
    """
    for turn in range(_MOST_TURNS):
        try:
            return change()
        except ConflictError:
            if turn == _MOST_TURNS - 1:
                raise
            time.sleep(_PAUSE_SECONDS * random.uniform(1, 2 + min(turn, 8)))  # noqa: S311 - no secret
    raise AssertionError("the last turn returns or raises")


def committed(connection: duckdb.DuckDBPyConnection) -> None:
    """Commits.

    Raises:
        ConflictError: another change came first; this one was rolled back.
    """
    import duckdb

    try:
        connection.execute("COMMIT")
    except duckdb.TransactionException as error:
        if "conflict" not in str(error):
            raise
        raise ConflictError(f"another load was committed first: {' '.join(str(error).split())[:200]}") from error


def _connect(settings: Settings, options: str) -> duckdb.DuckDBPyConnection:
    import duckdb

    if not settings.lake_catalog.get_secret_value():
        raise FupinError("FUPIN_WAREHOUSE=ducklake needs FUPIN_LAKE_CATALOG: postgresql://user@host/database")
    connection = duckdb.connect(config=settings.duckdb_limits)
    try:
        load_extensions(connection, ("ducklake", "postgres_scanner"))
        _open_store(connection, settings)
        place = f"ducklake:postgres:{settings.lake_catalog.get_secret_value()}"
        connection.execute(f"ATTACH {quoted(place)} AS warehouse (DATA_PATH {quoted(settings.lake_folder)}{options})")
        connection.execute("USE warehouse")
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET TimeZone = 'UTC'")
    except duckdb.Error as error:
        connection.close()
        said = " ".join(str(error).replace(settings.lake_catalog.get_secret_value(), _named(settings)).split())
        if "does not exist" in said and "READ_ONLY" in options:
            raise SnapshotMissingError(f"{_named(settings)}: nothing loaded yet; run `fupin run` first") from error
        raise FupinError(f"{_named(settings)}: the lake cannot be opened: {said[:300]}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _open_store(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Makes the data's place known: S3-compatible stores to DuckDB itself, others through fsspec."""
    scheme = urlsplit(settings.lake_folder).scheme
    if not scheme:
        Path(settings.lake_folder).mkdir(parents=True, exist_ok=True)
    elif scheme == "s3":
        load_extensions(connection, ("httpfs",))
        given = [f"{name} {quoted(os.environ[variable])}" for name, variable in _S3 if variable in os.environ]
        if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
            at = urlsplit(endpoint)
            given += [f"ENDPOINT {quoted(at.netloc)}", f"USE_SSL {at.scheme == 'https'}", "URL_STYLE 'path'"]
        connection.execute(f"CREATE SECRET (TYPE s3{''.join(f', {one}' for one in given)})")
    else:
        import fsspec

        try:
            connection.register_filesystem(fsspec.filesystem(scheme))
        except (ImportError, ValueError) as error:
            raise FupinError(f"FUPIN_LAKE_DATA: {scheme}:// cannot be used: {error}") from error


def _named(settings: Settings) -> str:
    """The catalogue for messages: without password and parameters."""
    parts = urlsplit(settings.lake_catalog.get_secret_value())
    return f"{parts.hostname or 'localhost'}{parts.path}"
