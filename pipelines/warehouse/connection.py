"""The one writing connection to the warehouse: taken under an inter-process lock, always closed."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError, WarehouseLockedError
from pipelines.settings import Settings
from pipelines.warehouse.lake import committed, is_lake, open_lake
from pipelines.warehouse.literals import quoted

if TYPE_CHECKING:
    import duckdb

# what every DuckDB client since 1.2 reads; a default 2.x file is unreadable for 1.x clients
STORAGE_VERSION = "v1.2.0"
# rows that are written, and squeezed, at once: a load writes the last group of a table anew, so that the usual 122,880
# would be written several times while a group fills, and take more memory
_GROUP = 32_768
# what DuckDB says of a file that is cut off, overwritten or otherwise no longer what it wrote
_DAMAGE = ("not a valid DuckDB", "Could not read enough", "orrupt", "hecksum", "erialization Error", "INTERNAL Error")


@contextmanager
def open_warehouse(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may write: to a file as the only one of all processes, to a lake as the only one of this home.

    Yields:
        The connection; schemas `core`, `indicator`, `quality` are those of the warehouse file.

    Raises:
        WarehouseLockedError: another process holds the lock, or the file, longer than the settings allow to wait.
        FupinError: the file cannot be opened or the disk refuses it.
    """
    with writer_lock(settings), _opened(settings) as connection:
        yield connection


def _opened(settings: Settings) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    if settings.is_lake:
        return open_lake(settings)
    return attached(settings, settings.warehouse)


def checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Brings a warehouse file up to date with its log; a lake has none, and is tidied up when nobody writes it."""
    if not is_lake(connection):
        connection.execute("CHECKPOINT warehouse")


@contextmanager
def writer_lock(settings: Settings) -> Iterator[None]:
    """The turn of the one process that writes; the operating system gives it back when the process dies.

    Raises:
        WarehouseLockedError: another process holds it longer than the settings allow to wait; says which, since when.
        FupinError: the folder of the warehouse cannot be created.
    """
    from filelock import FileLock, Timeout

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FupinError(f"{settings.home}: cannot be created: {error.strerror}") from error
    lock = FileLock(settings.warehouse.with_suffix(".lock"))
    holder = settings.warehouse.with_suffix(".holder")
    try:
        lock.acquire(timeout=settings.lock_timeout_seconds)
    except Timeout as error:
        by = f" (process {holder.read_text().strip()})" if holder.exists() else ""
        waited = f"gave up after {settings.lock_timeout_seconds:g} s"
        raise WarehouseLockedError(f"{settings.warehouse}: another load is writing it{by}; {waited}") from error
    try:
        now = datetime.datetime.now().astimezone()
        holder.write_text(f"{os.getpid()}, since {now:%Y-%m-%d %H:%M:%S}")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def attached(settings: Settings, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that writes one file, under the name `warehouse`; to be opened under the lock only.

    Raises:
        WarehouseLockedError: another program has the file open.
        FupinError: the file cannot be opened.
    """
    import duckdb

    connection = duckdb.connect(config=settings.duckdb_limits)
    try:
        try:
            options = f"STORAGE_VERSION '{STORAGE_VERSION}', ROW_GROUP_SIZE {_GROUP}"
            connection.execute(f"ATTACH {quoted(str(path))} AS warehouse ({options})")
        except duckdb.Error as error:
            message = " ".join(str(error).split())
            if "lock" in message.lower():
                raise WarehouseLockedError(f"{path}: another program has it open") from error
            if any(sign in message for sign in _DAMAGE):
                raise FupinError(
                    f"{path}: is damaged; run `fupin rebuild` to make it anew from the archive ({message[:120]})"
                ) from error
            raise FupinError(f"{path}: cannot be opened: {message[:200]}") from error
        connection.execute("USE warehouse")
        connection.execute("SET enable_progress_bar = false")  # which would write into what `python -c` prints
        connection.execute("SET TimeZone = 'UTC'")
        try:
            yield connection
        except duckdb.IOException as error:
            # what was committed is in DuckDB's log beside the file, and is there when it is opened again
            cause = " ".join(str(error).split()).rpartition("Original error: ")[2]
            raise FupinError(f"{path}: {cause.replace(str(path), path.name)[:200]}") from error
    finally:
        connection.close()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commits at the end, rolls everything back on any error.

    Raises:
        ConflictError: the warehouse is a lake, and another change was committed first.
    """
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    committed(connection)
