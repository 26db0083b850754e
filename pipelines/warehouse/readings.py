"""Which reader read a version, and what came out of it: so that after a change only what it changes is loaded again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.columns import joined
from pipelines.versions.tables import Columns, tables
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.parquet import arrow_table
from pipelines.warehouse.rows import insert

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

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


def reading_hash(version: ReportVersion) -> str:
    """SHA-256 of what was read: identity, figures, facts, checks and proposals; the same in every process."""
    return reading_hashes([version], [tables(version)])[0]


def reading_hashes(versions: Sequence[ReportVersion], found: Sequence[Mapping[str, Columns]]) -> list[str]:
    """The same of many versions, whose columns are turned together.

    Args:
        versions: as read, at least one.
        found: the tables of each.
    """
    digests = [hashlib.sha256(repr(_identity(version)).encode()) for version in versions]
    for digest, version in zip(digests, versions, strict=True):
        if version.reviewed:
            digest.update(repr(version.reviewed).encode())
    for name in sorted(found[0]):
        parts = [one[name] for one in found]
        names = tuple(parts[0])
        whole = arrow_table({column: joined(part[column] for part in parts) for column in names})
        at = 0
        for digest, part in zip(digests, parts, strict=True):
            rows = len(part[names[0]])
            digest.update(_digested(name, whole.slice(at, rows)) if rows else _digested_empty(name, names))
            at += rows
    return [digest.hexdigest() for digest in digests]


def _identity(version: ReportVersion) -> tuple[object, ...]:
    return version.identity, version.document.media_type, version.reading.numbers_found, version.proposals


def _digested(name: str, table: pa.Table) -> bytes:
    """The bytes of a table that are hashed, whatever it was cut from."""
    import pyarrow as pa

    parts: list[bytes | memoryview] = [f"\0{name} {table.num_rows}".encode()]
    for column, chunked in zip(table.column_names, table.columns, strict=True):
        parts.append(f"\0{column}\0".encode())
        for chunk in chunked.chunks:
            fresh = pa.concat_arrays([chunk[:0], chunk])
            parts += [b"-" if buffer is None else memoryview(buffer) for buffer in fresh.buffers()]
    return b"".join(parts)


@lru_cache(maxsize=16)
def _digested_empty(name: str, columns: tuple[str, ...]) -> bytes:
    """The same of a table without rows; most reports have several."""
    return _digested(name, arrow_table(dict.fromkeys(columns, ())))


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
