"""What a run does to files, without Dagster, so that the command line loads it quickly."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError, ReportError
from pipelines.patterns import regex
from pipelines.reading.folders import REPORT_FILE, SIDECAR, bundled, has_parts, is_report_folder, parts
from pipelines.review.files import read_reviews
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.publishing.snapshot import Contents
    from pipelines.reading.sandbox import Sandbox
    from pipelines.review.files import ReviewFile
    from pipelines.versions.version import ReportVersion

_CHUNK = 1 << 20
_NO_LIMIT = 1 << 62
# reports of a run: one over more has nothing to show for too long, and holds too much in memory
BATCH = 500
# so many files are worth being sent to other machines, and so many the start of one more child
_SHARED_FROM = 8
_A_CHILD = 16
# what browsers and transfer programs call a file until it is complete
UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp")

# control characters, line and paragraph separators, marks that turn the direction of writing, bytes of no character
_UNPRINTABLE = regex(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RawFile:
    """One report to be read.

    Attributes:
        report_id: its report.
        path: where its file or folder lies.
        content_hash: of its content; empty if it is unreadable or refused.
        refusal: why it is not even opened; empty for a file like any other.
    """

    report_id: str
    path: Path
    content_hash: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, with the cause in one line."""

    file: RawFile
    cause: str


def hash_of(path: Path, max_bytes: int = _NO_LIMIT) -> str:
    """SHA-256 of a report's bytes; empty where it cannot be read, which the reading room then reports.

    A file that grows is hashed up to the size it had. A report of several files has the hash of all of them.
    """
    digest = hashlib.sha256()
    if has_parts(path):
        try:
            return hashlib.sha256(bundled(path, path.name, max_bytes)).hexdigest()
        except ReportError:
            return ""
    try:
        with path.open("rb") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0 and (chunk := file.read(min(_CHUNK, left))):
                digest.update(chunk)
                left -= len(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def raw_files(settings: Settings, hashed: Callable[[Path, int], str] = hash_of) -> list[RawFile]:
    """All reports of the landing zone by report id; hidden files and its README are left out.

    So are files whose ending says that a program is still writing them. A folder with a report file is one report, and
    so is a file with a report file beside it. Links, pipes and devices are listed as well, with the reason why they are
    refused.

    Args:
        settings: where the landing zone is.
        hashed: gives the hash of a report of at most so many bytes.

    Raises:
        FupinError: the landing zone is missing or cannot be listed.
    """
    if not settings.raw.is_dir():
        raise FupinError(f"{settings.raw}: no such folder; create it or set FUPIN_RAW")
    found = []
    for path in sorted(_entries(settings.raw)):
        below = path.relative_to(settings.raw)
        if any(part.startswith((".", "~$")) for part in below.parts) or below.as_posix() == "README.md":
            continue
        if path.name.lower().endswith(UNFINISHED):
            continue
        found.append(raw_file(settings, below.as_posix(), path, hashed))
    return found


def _entries(landing_zone: Path) -> list[Path]:
    """Everything below the landing zone; of folders the reports, the links and those that cannot be listed."""
    found: list[Path] = []

    def closed(error: OSError) -> None:
        if Path(error.filename) == landing_zone:
            raise FupinError(f"{landing_zone}: cannot be listed: {error.strerror}") from error
        found.append(Path(error.filename))

    for place, folders, files in os.walk(landing_zone, onerror=closed):
        if Path(place) != landing_zone and is_report_folder(Path(place)):
            found.append(Path(place))
            folders.clear()
            continue
        # a report file beside another file is part of that one's report
        alone = [
            name for name in files if name.removesuffix(SIDECAR) == name or name.removesuffix(SIDECAR) not in files
        ]
        names = [*alone, *(name for name in folders if Path(place, name).is_symlink())]
        found += [Path(place, name) for name in names]
    return found


def raw_file(settings: Settings, report_id: str, path: Path, hashed: Callable[[Path, int], str] = hash_of) -> RawFile:
    """One file as it lies there now, with the reason why it is refused, if it is; its report id is made printable."""
    refusal = _refusal(settings, path)
    limit = settings.max_file_mb * 1024 * 1024
    return RawFile(printable(report_id), path, "" if refusal else hashed(path, limit), refusal)


def stamps(path: Path) -> tuple[tuple[int, ...], ...] | None:
    """How a report's files look: one that still grows, was edited or replaced looks different.

    Returns:
        Size in bytes, times of the last change of content and of the entry in nanoseconds, and number of each file;
        None where one cannot be seen.
    """
    try:
        files = [part for _, part in parts(path, path.name)] if has_parts(path) else [path]
        # a link that leads nowhere is complete, and refused by the run
        found = [file.stat() if file.exists() else file.lstat() for file in files]
    except ReportError:
        return ()
    except OSError:
        return None
    return tuple((one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino) for one in found)


def printable(name: str) -> str:
    """A file's name in one line; signs that cannot be printed, and bytes of no character, as their numbers."""
    return _UNPRINTABLE.sub(lambda sign: "".join(f"\\x{byte:02x}" for byte in os.fsencode(sign.group())), name)


def _refusal(settings: Settings, path: Path) -> str:
    """Why a file must not be opened: its name, what it is, or where its link leads; empty if it may."""
    landed = path.is_relative_to(settings.raw)
    if _UNPRINTABLE.search(str(path.relative_to(settings.raw)) if landed else path.name):
        return "has a name with signs that cannot be printed; rename the file"
    try:
        target, status = path.resolve(), path.stat()
    except FileNotFoundError:
        return f"is a link to {printable(str(path.readlink()))}, which does not exist" if path.is_symlink() else ""
    except RuntimeError:
        # what resolving a path raises for links in a circle
        return "is a link that leads back to itself"
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    if landed and not target.is_relative_to(settings.raw.resolve()):
        return f"is a link that leads out of {settings.raw.name}/, to {printable(str(target))}; copy the file instead"
    if has_parts(path):
        return _refusal_of_parts(path)
    if stat.S_ISDIR(status.st_mode):
        linked = path.is_symlink()
        return (
            f"is a {'link to a folder, and such links are not followed' if linked else 'folder that cannot be listed'}"
        )
    if not stat.S_ISREG(status.st_mode):
        return "is no file but a pipe, a socket or a device"
    if path.name.endswith(SIDECAR):
        return f"is about {path.name.removesuffix(SIDECAR)}, which is not beside it"
    if landed and path == settings.raw / REPORT_FILE:
        return "is a report file without a folder of its own; put it there with the files that it is about"
    limit = settings.max_file_mb * 1024 * 1024
    if status.st_size > limit:
        return f"is {status.st_size:,} bytes, the limit is {limit:,} (FUPIN_MAX_FILE_MB)"
    return ""


def _refusal_of_parts(path: Path) -> str:
    """Why a report of several files must not be opened; empty if it may."""
    try:
        names = [name for name, _ in parts(path, path.name)]
    except ReportError as error:
        return f"{f'{error.place}: ' if error.place else ''}{error.cause}"
    odd = next((name for name in names if _UNPRINTABLE.search(name)), None)
    return f"{printable(odd)}: has a name with signs that cannot be printed; rename the file" if odd is not None else ""


def new_files(files: Iterable[RawFile], loaded: Contents) -> list[RawFile]:
    """Files whose content has neither been loaded nor been kept out before, nor been withdrawn under any name."""
    return [
        file
        for file in files
        if file.content_hash not in loaded.get(file.report_id, ()) and file.content_hash not in loaded.withdrawn
    ]


def read_files(
    files: Sequence[RawFile],
    settings: Settings,
    done: Callable[[RawFile], None] = lambda _file: None,
    far: Callable[[RawFile, str, int], None] = lambda _file, _step, _rows: None,
    sandbox: Sandbox[ReportVersion] | None = None,
) -> list[ReportVersion | Unread]:
    """Reads files in guarded child processes, many files in several at a time, and reports each as it is done.

    Where a sandbox is given, its children read; otherwise some are started and end with this call. Of a long file the
    steps and rows are told to `far` while it is read.

    Where the settings name a scheduler, many files are read by its workers, each in the same guarded way.

    What people decided about readings is applied here, to whatever way a report is read.

    Returns:
        One result per file, in the files' order; a bad file is a value, not an exception.

    Raises:
        CatalogError: a catalogue of the project is malformed; no file can be read then.
        FupinError: no child process can be started, or the workers of the scheduler cannot be used.
    """
    decisions = read_reviews(settings.decisions)
    results: dict[RawFile, ReportVersion | Unread] = {}
    for file in files:
        if file.refusal:
            results[file] = Unread(file, file.refusal)
            done(file)
    opened = [file for file in files if not file.refusal]
    pairs = [(file.path, file.report_id) for file in opened]
    read = _read(
        settings,
        sandbox or children_for(settings),
        pairs,
        lambda index: done(opened[index]),
        lambda index, step, rows: far(opened[index], step, rows),
    )
    for file, result in zip(opened, read, strict=True):
        if isinstance(result, ReportError):
            results[file] = Unread(file, f"{f'{result.place}: ' if result.place else ''}{result.cause}")
        elif file.content_hash not in ("", result.document.content_hash):
            # edited, or another file or a link by now: it is not what was looked at and found to be allowed
            results[file] = Unread(file, "changed while it was read")
        else:
            results[file] = _decided(result, decisions.get(file.report_id))
    return [results[file] for file in files]


def _decided(version: ReportVersion, decisions: ReviewFile | None) -> ReportVersion:
    """A version as people have decided about it."""
    if decisions is None:
        return version
    from pipelines.review.decided import with_decisions  # it reads and checks anew, and so imports all that does

    return with_decisions(version, decisions)


def _read(
    settings: Settings,
    sandbox: Sandbox[ReportVersion],
    files: Sequence[tuple[Path, str]],
    done: Callable[[int], None],
    far: Callable[[int, str, int], None],
) -> list[ReportVersion | ReportError]:
    """Reads files where it is worth it: few in one child, many in several, or on the workers of a scheduler."""
    if settings.scheduler and len(files) >= _SHARED_FROM:
        from pipelines.scaling.workers import read_on_workers

        return read_on_workers(settings, files, done)
    children = min(settings.processes, 1 + len(files) // _A_CHILD)
    return sandbox.read_all(files, children, done, far)


def children_for(settings: Settings, *, keeps: bool = False) -> Sandbox[ReportVersion]:
    """What reads reports in child processes, which stay from call to call if it keeps them."""
    from pipelines.reading.sandbox import Sandbox
    from pipelines.versions.version import ReportVersion, reader

    return Sandbox(reader(settings), ReportVersion, settings, keeps=keeps)
