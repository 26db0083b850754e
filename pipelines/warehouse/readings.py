"""Which reader read a version, and what came out of it: so that after a change only what it changes is loaded again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.versions.tables import Columns, tables
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.parquet import arrow_table
from pipelines.warehouse.rows import insert

if TYPE_CHECKING:
    import duckdb

_PACKAGE = Path(__file__).resolve().parent.parent
_ROOMS = ("reading", "figures", "meaning", "checking", "versions", "review", "suites", "catalog")
_MODULES = ("columns.py",)
_KINDS = frozenset({".py", ".yml", ".yaml", ".csv"})
# descriptions of columns and decisions about printed numbers do not change what is read
_NOT_READ = ("catalog/corrections/", "catalog/columns.yml")


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Fingerprint of all code and catalogues that decide what is read of a report."""
    return fingerprint(_PACKAGE)


def fingerprint(package: Path) -> str:
    """The same of any copy of the package.

    Args:
        package: the folder `pipelines`.
    """
    files = [path for room in _ROOMS for path in (package / room).rglob("*") if path.suffix in _KINDS]
    digest = hashlib.sha256()
    for path in sorted([*files, *(package / name for name in _MODULES)]):
        name = path.relative_to(package).as_posix()
        if not name.startswith(_NOT_READ):
            digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def reading_hash(version: ReportVersion, found: Mapping[str, Columns] | None = None) -> str:
    """SHA-256 of what was read: identity, figures, facts, checks and proposals; the same in every process.

    Args:
        version: as read.
        found: its tables, if somebody has laid them out already.
    """
    identity = (version.identity, version.document.media_type, version.reading.numbers_found, version.proposals)
    digest = hashlib.sha256(repr(identity).encode())
    if version.reviewed:
        digest.update(repr(version.reviewed).encode())
    for name, columns in sorted((tables(version) if found is None else found).items()):
        names = tuple(columns)
        digest.update(_digested(name, columns) if len(columns[names[0]]) else _digested_empty(name, names))
    return digest.hexdigest()


def _digested(name: str, columns: Columns) -> bytes:
    """The bytes of a table that are hashed."""
    table = arrow_table(columns)
    parts: list[bytes | memoryview] = [f"\0{name} {table.num_rows}".encode()]
    for column, chunks in zip(table.column_names, table.columns, strict=True):
        parts.append(f"\0{column}\0".encode())
        parts += [
            b"-" if buffer is None else memoryview(buffer) for chunk in chunks.chunks for buffer in chunk.buffers()
        ]
    return b"".join(parts)


@lru_cache(maxsize=16)
def _digested_empty(name: str, columns: tuple[str, ...]) -> bytes:
    """The same of a table without rows; most reports have several."""
    return _digested(name, dict.fromkeys(columns, ()))


def reader_of(version: ReportVersion) -> str:
    """What decided a reading: the reader and, where there are any, the decisions of people."""
    return reader_with(version.decisions)


def reader_with(decisions: str) -> str:
    """The same of a report whose file of decisions has a fingerprint, empty for none."""
    return f"{reader_version()}+{decisions}" if decisions else reader_version()


def record_readings(
    connection: duckdb.DuckDBPyConnection, hashes: Mapping[int, str], readers: Mapping[int, str]
) -> None:
    """Keeps who read versions that are loaded now, and what came out.

    Args:
        connection: inside the transaction of the load.
        hashes: key of a version → hash of what was read.
        readers: key of a version → what decided its reading, see `reader_of`.
    """
    connection.execute(
        "DELETE FROM quality.reading WHERE report_version_key IN (SELECT unnest($owners::BIGINT[]))",
        {"owners": list(hashes)},
    )
    now = _now()
    rows = [
        {"report_version_key": owner, "reading_hash": found, "reader_version": readers[owner], "read_at": now}
        for owner, found in hashes.items()
    ]
    insert(connection, "quality.reading", rows)


def confirm_readings(connection: duckdb.DuckDBPyConnection, readers: Mapping[int, str]) -> None:
    """Enters that some versions are read now as they were loaded.

    Args:
        connection: inside a transaction.
        readers: key of a version → what decided its reading, see `reader_of`.
    """
    now = _now()
    for reader in set(readers.values()):
        owners = [owner for owner, one in readers.items() if one == reader]
        connection.execute(
            "UPDATE quality.reading SET reader_version = ?, read_at = ? WHERE list_contains(?, report_version_key)",
            [reader, now, owners],
        )


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat()
