"""Zip archives: all files of one archive are one report, in the stated order or that of their names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipelines.errors import ReportError
from pipelines.reading.assemble import joined
from pipelines.reading.cells import MAX_CELLS
from pipelines.reading.damage import parsing
from pipelines.reading.detect import UnsupportedError
from pipelines.reading.document import Content, Statement
from pipelines.reading.folders import PACKAGE_FILE, REPORT_FILE, SIDECAR
from pipelines.reading.formats import FOLDER, PACKAGE, ZIP, Format
from pipelines.reading.guard import zip_entries

if TYPE_CHECKING:
    from pipelines.reading.datapackage import Package

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_STATED = ("publisher", "region", "period", "series", "language", "published", "licence")


Members = dict[str, Callable[[], bytes]]


def open_zip(data: bytes, report_id: str, max_bytes: int) -> Members:
    """The members of an archive by name, each unpacked when it is called for; hidden and empty ones are left out.

    Raises:
        ReportError: protected, damaged, or unpacking to more than a report needs; names the member as the place.
    """
    found = [(_name(entry), entry) for entry in zip_entries(data, report_id, max_bytes) if not entry.is_dir()]
    members: Members = {}
    for name, entry in sorted((name, entry) for name, entry in found if entry.file_size and not _is_hidden(name)):
        if entry.flag_bits & _ENCRYPTED:
            raise ReportError(report_id, "is protected by a password", name)
        if entry.file_size > max_bytes:
            raise ReportError(report_id, f"is {entry.file_size:,} bytes, the limit is {max_bytes:,}", name)

        def unpacked(name: str = name, entry: zipfile.ZipInfo = entry) -> bytes:
            with parsing(report_id, ZIP, name), zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.read(entry)

        members[name] = unpacked
    return members


def with_sidecar(members: Members) -> tuple[str, str] | None:
    """Names of a file and of the report file beside it, where an archive holds these two and nothing else."""
    if len(members) != 2:
        return None
    name, beside = sorted(members, key=len)
    return (name, beside) if beside == name + SIDECAR else None


def read_members(members: Members, report_id: str, read: Callable[[str, bytes], Content]) -> tuple[Format, Content]:
    """What the files of one report hold, each read like a file of its own.

    Args:
        members: of an archive, or of a folder as it was archived.
        report_id: named in errors.
        read: reads one member, given its name and bytes.

    Returns:
        The kind of the whole, and its content: texts joined in the stated order or that of the names, with the name as
        section; tables whose `sheet` begins with the member's name; members that are not read are listed as such. One
        member alone gives what it holds.

    Raises:
        ReportError: nothing readable in it, or an error of a member, which names it as the place.
    """
    statement, order = Statement(), list(members)
    if REPORT_FILE in members:
        from pipelines.reading.statement import read_statement

        parts = [name for name in members if name != REPORT_FILE]
        statement, listed = read_statement(members[REPORT_FILE](), report_id, REPORT_FILE, parts)
        order = listed or parts
    packages = _packages(members, order, report_id, read)
    described = {file for package in packages.values() for file in package.files}
    only_package = REPORT_FILE not in members and PACKAGE_FILE in packages
    found: list[tuple[str, Content]] = []
    unread = [f"{name}: is not listed in {REPORT_FILE}" for name in members
              if name not in (*order, REPORT_FILE) and name not in described]  # fmt: skip
    for name in order:
        if name in packages:
            found.append((name, packages[name].content))
        elif name not in described and name.endswith(SIDECAR):
            raise ReportError(report_id, f"only the whole report has a {REPORT_FILE}", name)
        elif name not in described and only_package:
            unread.append(f"{name}: is not named in {PACKAGE_FILE}")
        elif name not in described:
            _read_one(name, members, report_id, read, found, unread)
    if not found:
        raise ReportError(report_id, "holds no file that can be read", unread[0] if unread else None)
    kind = PACKAGE if only_package else FOLDER if REPORT_FILE in members else ZIP
    content = _joined(found, unread, report_id)
    return kind, replace(content, statement=overridden(content.statement, statement))


def _packages(
    members: Members, order: Sequence[str], report_id: str, read: Callable[[str, bytes], Content]
) -> dict[str, Package]:
    descriptors = [name for name in order if PurePosixPath(name).name == PACKAGE_FILE]
    if not descriptors:
        return {}
    from pipelines.reading.datapackage import read_package

    return {name: read_package(name, members, report_id, read) for name in descriptors}


def _read_one(
    name: str, members: Members, report_id: str, read: Callable[[str, bytes], Content],
    found: list[tuple[str, Content]], unread: list[str],
) -> None:  # fmt: skip
    try:
        found.append((name, read(name, members[name]())))
    except UnsupportedError as error:
        unread.append(f"{name}: {error.cause}")
    except ReportError as error:
        place = f"{name}, {error.place}" if error.place and error.place != name else name
        raise ReportError(report_id, error.cause, place) from error


def _joined(found: Sequence[tuple[str, Content]], unread: Sequence[str], report_id: str) -> Content:
    if sum(len(table.cells) for _, content in found for table in content.tables) > MAX_CELLS:
        raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells")
    if len(found) == 1:
        return replace(found[0][1], unread=(*found[0][1].unread, *unread))
    text, blocks = joined((name, content.text, content.blocks) for name, content in found)
    tables = tuple(replace(table, sheet=f"{name}/{table.sheet}") for name, content in found for table in content.tables)
    noted = [f"{name}: {note}" for name, content in found for note in content.unread]
    # what one of several files states of itself is not said of the others; a package speaks for its folder
    statement = next((content.statement for name, content in found if name == PACKAGE_FILE), Statement())
    return Content(text, blocks, tables, (*noted, *unread), statement)


def overridden(stated: Statement, by: Statement) -> Statement:
    """A statement with what another one states in place of it."""
    places = dict(stated.places) | dict(by.places)
    values = {field: getattr(by, field) or getattr(stated, field) for field in _STATED}
    return Statement(**values, places=tuple(places.items()))


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
