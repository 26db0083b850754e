"""What a run does to files, without Dagster: worker processes and the command line load this quickly."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError, ReportError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.report import ReportVersion

_CHUNK = 1 << 20
_POOL_FROM = 8


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file to be read: its report id, where it lies, and the hash of its content (empty if unreadable)."""

    report_id: str
    path: Path
    content_hash: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, with the cause in one line."""

    file: RawFile
    cause: str


def raw_files(settings: Settings) -> list[RawFile]:
    """All files of the landing zone by report id; hidden files and its README are left out.

    Raises:
        FupinError: the landing zone is missing or cannot be listed.
    """
    if not settings.raw.is_dir():
        raise FupinError(f"{settings.raw}: no such folder; create it or set FUPIN_RAW")
    try:
        paths = sorted(path for path in settings.raw.rglob("*") if path.is_file())
    except OSError as error:
        raise FupinError(f"{settings.raw}: cannot be listed: {error.strerror or error}") from error
    found = []
    for path in paths:
        below = path.relative_to(settings.raw)
        if any(part.startswith((".", "~$")) for part in below.parts) or below.as_posix() == "README.md":
            continue
        found.append(RawFile(below.as_posix(), path, hash_of(path)))
    return found


def hash_of(path: Path) -> str:
    """SHA-256 of a file's bytes; empty where it cannot be read, which the reading room then reports."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def new_files(files: Iterable[RawFile], loaded: dict[str, set[str]]) -> list[RawFile]:
    """Files whose content has neither been loaded nor been kept out before."""
    return [file for file in files if file.content_hash not in loaded.get(file.report_id, set())]


def read_file(file: RawFile, max_bytes: int) -> ReportVersion | Unread:
    """One file through reading, figures, meaning and arithmetic; a bad file becomes a value, not an exception."""
    from pipelines.report import read_version

    try:
        return read_version(file.path, file.report_id, max_bytes)
    except ReportError as error:
        return Unread(file, f"{f'{error.place}: ' if error.place else ''}{error.cause}")
    except RecursionError:
        return Unread(file, "is nested too deeply")
    except MemoryError:
        return Unread(file, "needs more memory than there is")


def read_files(
    files: Sequence[RawFile], settings: Settings, done: Callable[[RawFile], None] = lambda _file: None
) -> list[ReportVersion | Unread]:
    """Reads files, many of them in a process pool, and reports each as it is done.

    Returns:
        One result per file, in the files' order.

    Raises:
        CatalogError: a catalogue of the project is malformed; no file can be read then.
    """
    limit = settings.max_file_mb * 1024 * 1024
    if len(files) < _POOL_FROM or settings.workers == 1:
        results = []
        for file in files:
            results.append(read_file(file, limit))
            done(file)
        return results
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(settings.workers, mp_context=get_context("spawn")) as pool:
        pending = []
        for file in files:
            future = pool.submit(read_file, file, limit)
            future.add_done_callback(lambda _future, file=file: done(file))  # type: ignore[misc]
            pending.append(future)
        return [future.result() for future in pending]
