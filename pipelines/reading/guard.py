"""Cheap checks before any parser sees a file: is it there, how large is it, what is it really."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

from pipelines.errors import ReportError

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SUPPORTED = ", ".join(MEDIA_TYPES)
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}
_ZIP = b"PK\x03\x04"
_MAX_ZIP_RATIO = 200
_MAX_ZIP_ENTRIES = 10_000


def check_file(path: Path, report_id: str, max_bytes: int) -> None:
    """Looks at a file from outside: nothing of it is read, and nothing that could make a reader wait is opened.

    Raises:
        ReportError: missing, a folder, a pipe or device, unreadable, or larger than `max_bytes`.
    """
    try:
        status = path.stat()
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


def media_type(path: Path, data: bytes, report_id: str, max_bytes: int) -> str:
    """What the file is, by its content first and its ending second.

    Raises:
        ReportError: content that no reader of this installation handles, or an archive that unpacks beyond limits.
    """
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:200]):
            raise ReportError(report_id, f"is {name}; supported are {SUPPORTED}")
    suffix = path.suffix.lower()
    if data.startswith(_ZIP):
        return _zip_type(path, report_id, max_bytes)
    if suffix == ".xlsx":
        raise ReportError(report_id, "is not an .xlsx workbook: no zip archive")
    if suffix not in MEDIA_TYPES:
        raise ReportError(report_id, f"type {suffix or '(no ending)'} is not supported; supported are {SUPPORTED}")
    return MEDIA_TYPES[suffix]


def _zip_type(path: Path, report_id: str, max_bytes: int) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise ReportError(report_id, "is a damaged zip archive or workbook") from error
    if "xl/workbook.xml" not in names:
        kind = "a Word document" if "word/document.xml" in names else "a zip archive"
        raise ReportError(report_id, f"is {kind}; supported are {SUPPORTED}")
    if len(entries) > _MAX_ZIP_ENTRIES or unpacked > 16 * max_bytes or unpacked > _MAX_ZIP_RATIO * max(packed, 4096):
        raise ReportError(report_id, f"unpacks to {unpacked:,} bytes in {len(entries):,} parts, which no report needs")
    return MEDIA_TYPES[".xlsx"]
