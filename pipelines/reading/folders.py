"""Which files make up one report: a folder with a report file, a file with one beside it, or a file alone.

The files of such a report travel as one archive with fixed dates, so that it has one hash, is kept as one file, and is
read from the archive as it was read from the landing zone.
"""

from __future__ import annotations

import os
import stat
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import ReportError, said

if TYPE_CHECKING:
    from pipelines.settings import Settings

REPORT_FILE = "report.yml"
PACKAGE_FILE = "datapackage.json"
SIDECAR = f".{REPORT_FILE}"
_MOST_PARTS = 1000
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def is_report_folder(path: Path) -> bool:
    """Whether a folder is one report: it holds a report file or the descriptor of a data package."""
    try:
        if path.is_symlink() or not path.is_dir():
            return False
        return any((path / name).is_file() for name in (REPORT_FILE, PACKAGE_FILE))
    except OSError:
        return False


def sidecar_of(path: Path) -> Path | None:
    """The report file beside a file; None where there is none."""
    beside = path.with_name(path.name + SIDECAR)
    return beside if not path.name.endswith(SIDECAR) and os.path.lexists(beside) else None


def has_parts(path: Path) -> bool:
    """Whether a report is made of more than one file."""
    return is_report_folder(path) or sidecar_of(path) is not None


def parts(path: Path, report_id: str) -> list[tuple[str, Path]]:
    """The files of a report of several, hidden ones left out: their names within it, in order, and where they lie.

    Raises:
        ReportError: a folder cannot be listed, there are too many files, or one of them is a link that leads out of the
            report, a link to a folder, or no file at all.
    """
    if not is_report_folder(path):
        beside = sidecar_of(path)
        found = [path] if beside is None else [path, beside]
        base, top = path.parent, path.parent
    else:
        found, base, top = _below(path, report_id), path, path
    named = sorted((part.relative_to(base).as_posix(), part) for part in found)
    if len(named) > _MOST_PARTS:
        raise ReportError(report_id, f"has {len(named):,} files, the limit is {_MOST_PARTS:,}")
    for name, part in named:
        if cause := _refusal(part, top):
            raise ReportError(report_id, cause, name)
    return named


def _below(folder: Path, report_id: str) -> list[Path]:
    found: list[Path] = []

    def closed(error: OSError) -> None:
        raise ReportError(report_id, f"a folder in it cannot be listed: {error.strerror or said(error)}") from error

    for place, folders, files in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not _is_hidden(name)]
        found += [Path(place, name) for name in (*files, *folders) if not _is_hidden(name)]
        found = [part for part in found if part.is_symlink() or not part.is_dir()]
    return found


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _refusal(part: Path, top: Path) -> str:
    """Why a file must not be opened as part of a report; empty if it may."""
    try:
        target, status = part.resolve(), part.stat()
    except FileNotFoundError:
        return "is a link to a file that does not exist"
    except (RuntimeError, OSError) as error:
        return f"cannot be read: {getattr(error, 'strerror', None) or 'a link that leads back to itself'}"
    if part.is_symlink() and not target.is_relative_to(top.resolve()):
        return "is a link that leads out of the report's folder; copy the file instead"
    if stat.S_ISDIR(status.st_mode):
        return "is a link to a folder, and such links are not followed"
    return "" if stat.S_ISREG(status.st_mode) else "is no file but a pipe, a socket or a device"


def bundled(path: Path, report_id: str, max_bytes: int) -> bytes:
    """All files of a report as one archive; the same files always give the same bytes.

    Raises:
        ReportError: as `parts`, or a file cannot be read, or all of them are larger than `max_bytes`.
    """
    out, total = BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts(path, report_id):
            try:
                with part.open("rb") as file:
                    size = os.fstat(file.fileno()).st_size
                    if total + size > max_bytes:
                        raise ReportError(report_id, f"its files are more than {max_bytes:,} bytes (FUPIN_MAX_FILE_MB)")
                    # a file that grows is taken up to the size that it had
                    data = file.read(size)
            except OSError as error:
                raise ReportError(report_id, f"cannot be read: {error.strerror or error}", name) from error
            total += len(data)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system = 3
            archive.writestr(entry, data)
    return out.getvalue()


def report_of(settings: Settings, path: Path) -> Path:
    """The report that a path belongs to: the folder around a part of it, the file that a report file is about."""
    folders = [place for place in (path, *path.parents) if place.is_relative_to(settings.raw.resolve())]
    whole = next((place for place in folders[-2::-1] if is_report_folder(place)), None)
    if whole is not None:
        return whole
    about = path.with_name(path.name.removesuffix(SIDECAR))
    return about if about.is_file() else path
