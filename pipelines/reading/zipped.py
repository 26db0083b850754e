"""Zip archives: all reports in one archive are one report, in the order of their names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from pipelines.errors import ReportError
from pipelines.reading.assemble import joined
from pipelines.reading.damage import parsing
from pipelines.reading.detect import UnsupportedError
from pipelines.reading.document import MAX_CELLS, Content, Table
from pipelines.reading.formats import ZIP
from pipelines.reading.guard import zip_entries

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


def read_zip(data: bytes, report_id: str, max_bytes: int, read: Callable[[str, bytes], Content]) -> Content:
    """What the members of an archive hold, each read like a file of its own.

    Args:
        data: the archive.
        report_id: named in errors.
        max_bytes: a larger member is refused.
        read: reads one member, given its name and bytes.

    Returns:
        Texts joined in the order of the members' names, with the name as section; tables whose `sheet` begins with the
        member's name; members of formats that are not read are listed as such. One member alone gives what it holds.

    Raises:
        ReportError: protected, damaged, nothing readable in it; an error of a member names it as the place.
    """
    members = [
        (_name(entry), entry)
        for entry in zip_entries(data, report_id, max_bytes)
        if not entry.is_dir() and entry.file_size
    ]
    members = sorted((name, entry) for name, entry in members if not _is_hidden(name))
    found: list[tuple[str, Content]] = []
    unread: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name, entry in members:
            if entry.flag_bits & _ENCRYPTED:
                raise ReportError(report_id, "is protected by a password", name)
            if entry.file_size > max_bytes:
                raise ReportError(report_id, f"is {entry.file_size:,} bytes, the limit is {max_bytes:,}", name)
            with parsing(report_id, ZIP, name):
                content = archive.read(entry)
            try:
                found.append((name, read(name, content)))
            except UnsupportedError as error:
                unread.append(f"{name}: {error.cause}")
            except ReportError as error:
                place = f"{name}, {error.place}" if error.place else name
                raise ReportError(report_id, error.cause, place) from error
    if not found:
        raise ReportError(report_id, "is a zip archive without a file that can be read", unread[0] if unread else None)
    if sum(len(table.cells) for _, content in found for table in content.tables) > MAX_CELLS:
        raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells")
    if len(found) == 1:
        return replace(found[0][1], unread=(*found[0][1].unread, *unread))
    text, blocks = joined((name, content.text, content.blocks) for name, content in found)
    tables = tuple(
        Table(f"{name}/{table.sheet}", table.caption, table.cells)
        for name, content in found
        for table in content.tables
    )
    noted = [f"{name}: {note}" for name, content in found for note in content.unread]
    return Content(text, blocks, tables, (*noted, *unread))


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's name; without the mark of UTF-8 it is in the code page of who packed it, often a Chinese one."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        packed = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return packed.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in PurePosixPath(name).parts)
