"""The published snapshot: a read-only copy of the warehouse that people, tools and pages open."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pipelines.errors import FupinError, SnapshotMissingError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.history import IS_RENAMED, withdrawn_contents
from pipelines.warehouse.lake import connect_lake_reader
from pipelines.warehouse.literals import quoted
from pipelines.warehouse.manifest import assert_not_lost
from pipelines.warehouse.runs import sync_runs

if TYPE_CHECKING:
    import duckdb

_PART = ".snapshot"
# of Linux: makes a file share the blocks of another one
_CLONE = 0x40049409


def publish(settings: Settings) -> Path:
    """Puts a copy of the warehouse in the place of the earlier snapshot, in one rename.

    A reader that has the earlier one open keeps it until it opens again. Of a lake nothing is copied.

    Returns:
        The snapshot's path.

    Raises:
        FupinError: nothing to publish yet, or the disk refuses the copy; the earlier snapshot stays.
        WarehouseLockedError: another process is loading.
    """
    if not settings.warehouse.exists():
        raise FupinError(f"{settings.warehouse}: no warehouse to publish yet; run `fupin run` first")
    target = settings.snapshot
    if settings.is_lake:
        # readers open the lake itself; its snapshots are whole from the moment of their commit
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
        return target
    with open_warehouse(settings) as connection:
        sync_runs(connection, settings)
        connection.execute("CHECKPOINT warehouse")
        connection.execute("USE memory")
        connection.execute("DETACH warehouse")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for left in target.parent.glob(f"{_PART}*"):
                # a killed process leaves its copy; no other one can be writing under the warehouse's lock
                left.unlink(missing_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=_PART)
            os.close(handle)
            try:
                copy_file(settings.warehouse, Path(name))
                Path(name).chmod(0o644)
                Path(name).replace(target)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise FupinError(f"{target}: cannot be published: {error.strerror or error}") from error
    return target


def copy_file(source: Path, target: Path) -> None:
    """Copies a file and waits for the disk; where the file system can, both share their blocks until one is written.

    Never a hard link: DuckDB writes in place, and readers would see it.
    """
    with source.open("rb") as original, target.open("wb") as copied:
        try:
            ioctl(copied.fileno(), _CLONE, original.fileno())
        except OSError:
            # another file system, or one that shares no blocks
            shutil.copyfile(source, target)
        os.fsync(copied.fileno())


def ensure_snapshot(settings: Settings) -> bool:
    """Publishes anew where the snapshot was deleted or damaged and the warehouse is there.

    Returns:
        Whether it had to.

    Raises:
        FupinError: there is nothing to publish it from any more; names the command that helps.
        WarehouseLockedError: another process is loading, and will publish.
    """
    assert_not_lost(settings)
    if not settings.warehouse.exists():
        return False
    try:
        with open_snapshot(settings) as connection:
            connection.execute("SELECT fingerprint FROM quality.schema_version").fetchone()
        return False
    except (FupinError, duckdb_errors()):
        publish(settings)
        return True


def is_snapshot_outdated(settings: Settings) -> bool:
    """Whether the snapshot is of another version of the program, or cannot be opened."""
    from pipelines.warehouse.schema import is_of_other_schema

    try:
        with open_snapshot(settings) as connection:
            return is_of_other_schema(connection, settings.sql / "schema")
    except SnapshotMissingError:
        return settings.warehouse.exists()
    except (FupinError, duckdb_errors()):
        return True


def duckdb_errors() -> type[Exception]:
    """The class of all errors of DuckDB, imported where one is to be caught."""
    import duckdb

    return duckdb.Error


@contextmanager
def open_snapshot(settings: Settings, *, sparing: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can only read the snapshot: no other file, no network, no changed setting.

    Args:
        settings: where it is, and the limits of the connection.
        sparing: takes one thread: for many small questions, of which threads that wait for each other cost a fourth.

    Yields:
        The connection; `core`, `indicator` and `quality` are its schemas.

    Raises:
        SnapshotMissingError: nothing has been published yet.
        FupinError: the snapshot cannot be opened.
    """
    with _KEEPER.opened(settings, sparing=sparing) as connection:
        yield connection


@contextmanager
def snapshot_kept_open() -> Iterator[None]:
    """Within it, what opens the snapshot many times opens its file once, and once more when another takes its place."""
    _KEEPER.keeps = True
    try:
        yield
    finally:
        _KEEPER.keeps = False
        _KEEPER.let_go()


class _Keeper:
    """Holds one connection to the snapshot, beside which DuckDB gives others to the same file at once."""

    def __init__(self) -> None:
        self.keeps = False
        self._held: duckdb.DuckDBPyConnection | None = None
        self._file = (0, 0)

    @contextmanager
    def opened(self, settings: Settings, *, sparing: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the file that is the snapshot now; a run, which keeps it open, is sparing."""
        now = _identity(settings.snapshot)
        if self.keeps and not settings.is_lake and self._file != now:
            # as long as it is held, DuckDB takes the earlier file for the one that has its name
            self.let_go()
            self._held, self._file = connect_snapshot(settings, settings.snapshot, sparing=True), now
        connection = connect_snapshot(settings, settings.snapshot, sparing=sparing)
        try:
            yield connection
        finally:
            connection.close()

    def let_go(self) -> None:
        """Closes what is held."""
        if self._held is not None:
            self._held.close()
        self._held, self._file = None, (0, 0)


_KEEPER = _Keeper()


def _identity(path: Path) -> tuple[int, int]:
    """Which file has a name now: numbers of files are used again, one with a time is not."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_ino, found.st_ctime_ns


_OPENING = Lock()  # what a process asks of a file holds for all its connections, so that it is asked by one at a time


def connect_snapshot(settings: Settings, path: Path, *, sparing: bool = False) -> duckdb.DuckDBPyConnection:
    """Opens one snapshot as `open_snapshot` does; the caller closes it.

    Args:
        settings: the limits of the connection.
        path: the snapshot.
        sparing: as for `open_snapshot`, where no other connection of this process is open.

    Raises:
        SnapshotMissingError: there is none.
        FupinError: it cannot be opened.
    """
    import duckdb

    if path == settings.snapshot and settings.is_lake:
        return connect_lake_reader(settings)
    if not path.exists():
        raise SnapshotMissingError(f"{path}: nothing published yet; run `fupin run` first")
    # a name in a query is never a variable of the program that asks
    apart: dict[str, bool | str] = {"python_enable_replacements": False, "memory_limit": settings.query_memory}
    # one that cannot be written to is noticed when a query needs it
    spill = Path(os.environ.get("TMPDIR") or "/tmp") / f"fupin-query-{os.getpid()}"  # noqa: S108
    try:
        with _OPENING:
            connection = duckdb.connect(str(path), read_only=True, config={**settings.duckdb_limits, **apart})
            locked = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
            if locked is not None and locked[0]:
                return connection  # the settings are those of all connections of a process to one file
            if sparing:
                connection.execute("SET threads = 1")
            connection.execute(f"SET temp_directory = {quoted(str(spill))}")
            connection.execute(f"SET max_temp_directory_size = {quoted(settings.query_spill)}")
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            return connection
    except duckdb.Error as error:
        raise FupinError(f"{path}: cannot be opened: {' '.join(str(error).split())[:200]}") from error


class Contents(dict[str, set[str]]):
    """Report id → hashes of its contents that need no run.

    Attributes:
        withdrawn: hashes of contents that somebody withdrew, which need no run under any name.
    """

    withdrawn: frozenset[str] = frozenset()


def loaded_contents(settings: Settings) -> Contents:
    """The contents that need no run: of each report the current one, withdrawn ones and those kept out.

    Read from the snapshot, so no lock is taken; empty before anything was published. A file that got back an earlier
    name is read again. A snapshot that was made before reports
    could be withdrawn has none that were.
    """
    found = Contents()
    try:
        with open_snapshot(settings) as connection:
            known = connection.execute("SELECT 1 FROM duckdb_columns() WHERE column_name = 'report_status'").fetchone()
            kept = f"report_status <> 'superseded' AND {IS_RENAMED} IS NOT TRUE" if known else "is_current"
            rows = connection.execute(
                f"SELECT report_id, content_hash FROM core.dim_report WHERE {kept} "
                "UNION ALL SELECT report_id, content_hash FROM quality.quarantine"
            ).fetchall()
            found.withdrawn = withdrawn_contents(connection) if known else frozenset()
    except SnapshotMissingError:
        return found
    for report_id, content_hash in rows:
        found.setdefault(report_id, set()).add(content_hash)
    return found


def known_contents(settings: Settings) -> set[tuple[str, str]]:
    """Report id and content hash of all that was ever loaded or kept out; empty before anything was published."""
    try:
        with open_snapshot(settings) as connection:
            return set(
                connection.execute(
                    "SELECT report_id, content_hash FROM core.dim_report "
                    "UNION SELECT report_id, content_hash FROM quality.quarantine"
                ).fetchall()
            )
    except SnapshotMissingError:
        return set()
