"""Cheap checks before any parser sees a file: is it there, how large is it, what would it unpack to."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

from pipelines.errors import ReportError
from pipelines.reading.folders import is_report_folder

_MAX_ZIP_RATIO = 200
_MAX_ZIP_ENTRIES = 10_000


def check_file(path: Path, report_id: str, max_bytes: int) -> None:
    """Looks at a file from outside: nothing of it is read, and nothing that could make a reader wait is opened.

    Raises:
        ReportError: missing, a folder that is no report, a pipe or device, unreadable, or larger than `max_bytes`.
    """
    try:
        status = path.stat()
        if is_report_folder(path):
            return  # its files are looked at one by one
        if stat.S_ISDIR(status.st_mode):
            raise ReportError(report_id, "is a folder, not a report")
        if not stat.S_ISREG(status.st_mode):
            raise ReportError(report_id, "is no file but a pipe, a socket or a device")
        size = status.st_size
        if size > max_bytes:
            raise ReportError(report_id, f"is {size:,} bytes, the limit is {max_bytes:,} (FUPIN_MAX_FILE_MB)")
        path.open("rb").close()
    except FileNotFoundError as error:
        raise ReportError(report_id, "no such file") from error
    except OSError as error:
        raise ReportError(report_id, f"cannot be read: {error.strerror or error}") from error


def read_bytes(path: Path, report_id: str, max_bytes: int) -> bytes:
    """The file's bytes.

    Raises:
        ReportError: as `check_file`, or empty, or grown beyond `max_bytes` while it was read.
    """
    check_file(path, report_id, max_bytes)
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise ReportError(report_id, f"cannot be read: {error.strerror or error}") from error
    if len(data) > max_bytes:
        raise ReportError(report_id, f"grew beyond {max_bytes:,} bytes while it was read")
    if not data.strip():
        raise ReportError(report_id, "is empty")
    return data


def zip_entries(data: bytes, report_id: str, max_bytes: int) -> list[zipfile.ZipInfo]:
    """The parts of a zip archive, or of a document that is one inside.

    Raises:
        ReportError: damaged, or unpacking to more bytes or parts than a report has.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise ReportError(report_id, "is a damaged zip archive or workbook") from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > _MAX_ZIP_ENTRIES or unpacked > 16 * max_bytes or unpacked > _MAX_ZIP_RATIO * max(packed, 4096):
        raise ReportError(report_id, f"unpacks to {unpacked:,} bytes in {len(entries):,} parts, which no report needs")
    return entries
