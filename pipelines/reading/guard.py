"""Cheap checks before any parser sees a file: is it there, how large is it, what would it unpack to."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from pipelines.errors import ReportError

_MAX_ZIP_RATIO = 200
_MAX_ZIP_ENTRIES = 10_000


def read_bytes(path: Path, report_id: str, max_bytes: int) -> bytes:
    """The file's bytes.

    Raises:
        ReportError: missing, a folder, unreadable, empty, or larger than `max_bytes`.
    """
    if path.is_dir():
        raise ReportError(report_id, "is a folder, not a report")
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise ReportError(report_id, f"is {size:,} bytes, the limit is {max_bytes:,} (FUPIN_MAX_FILE_MB)")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReportError(report_id, "no such file") from error
    except OSError as error:
        raise ReportError(report_id, f"cannot be read: {error.strerror or error}") from error
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
