"""One file to one Document: the single gate through which every format goes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal

from pipelines.collector import collector_paused
from pipelines.errors import ReportError
from pipelines.reading import formats
from pipelines.reading.characters import check_characters, one_line_errors
from pipelines.reading.detect import recognize
from pipelines.reading.document import Content, Document
from pipelines.reading.folders import bundled, has_parts
from pipelines.reading.formats import Format
from pipelines.reading.guard import read_bytes
from pipelines.reading.sentence import is_sentence

_LANGUAGE_ROWS = 2_000


def read_document(path: Path, report_id: str, max_bytes: int) -> Document:
    """Reads a report of any supported format.

    Everything that parses a file happens below this call, so a sandboxed child process belongs here and nowhere else.

    Args:
        path: the file, or the folder of a report of several files.
        report_id: its name in errors and in the warehouse.
        max_bytes: a larger file is refused.

    Returns:
        The document; `text` is empty for a report that is tables only.

    Raises:
        ReportError: missing, empty, too large, damaged, protected or unsupported; names the file and the cause.
    """
    data = bundled(path, report_id, max_bytes) if has_parts(path) else read_bytes(path, report_id, max_bytes)
    with collector_paused(), one_line_errors():
        kind, content = _read(path.name, data, report_id, max_bytes)
        content = _with_its_sentence(content)
        check_characters(content, report_id)
    return Document(
        report_id=report_id,
        content_hash=hashlib.sha256(data).hexdigest(),
        media_type=kind.media_type,
        language=content.statement.language or _language(content),
        title=_title(content),
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
        unread=content.unread,
        statement=content.statement,
    )


def _with_its_sentence(content: Content) -> Content:
    """A document that is one sentence has no title, even where its layout says so; else nothing of it were read."""
    blocks = content.blocks
    if len(blocks) == 1 and not content.tables and blocks[0].kind == "title" and is_sentence(content.text):
        return replace(content, blocks=(replace(blocks[0], kind="paragraph"),))
    return content


def _read(name: str, data: bytes, report_id: str, max_bytes: int, *, inside: bool = False) -> tuple[Format, Content]:
    """Format and content of a file, or of one inside an archive."""
    if inside and not data.strip():
        raise ReportError(report_id, "is empty")
    found = recognize(name, data, report_id, max_bytes)
    if found.kind is not formats.ZIP:
        return found.kind, _parser(found.kind)(data, found.text, report_id)
    if inside:
        raise ReportError(report_id, "is an archive in an archive")
    from pipelines.reading.zipped import open_zip, overridden, read_members, with_sidecar

    members = open_zip(data, report_id, max_bytes)
    pair = with_sidecar(members)
    if pair is not None:
        from pipelines.reading.statement import read_statement

        statement, _ = read_statement(members[pair[1]](), report_id, pair[1], None)
        kind, content = _read(pair[0], members[pair[0]](), report_id, max_bytes)
        return kind, replace(content, statement=overridden(content.statement, statement))

    def member(inner: str, content: bytes) -> Content:
        return _read(inner, content, report_id, max_bytes, inside=True)[1]

    return read_members(members, report_id, member)


def _parser(kind: Format) -> Callable[[bytes, str, str], Content]:
    """The reader of one format, of bytes, decoded text and name; modules load when needed, so commands stay fast."""
    if kind is formats.TEXT:
        from pipelines.reading.aligned import read_plain

        return lambda _data, text, _name: read_plain(text)
    if kind is formats.MARKDOWN:
        from pipelines.reading.markdown import read_markdown

        return lambda _data, text, _name: read_markdown(text)
    if kind is formats.DELIMITED:
        from pipelines.reading.delimited import read_delimited

        return lambda _data, text, name: read_delimited(text, name)
    if kind is formats.IATI:
        from pipelines.reading.iati import read_iati

        return lambda _data, text, name: read_iati(text, name)
    if kind in (formats.JSON, formats.JSON_LINES):
        from pipelines.reading.records import read_json, read_json_lines

        reader = read_json if kind is formats.JSON else read_json_lines
        return lambda _data, text, name: reader(text, name)
    if kind is formats.HTML:
        from pipelines.reading.html import read_html as read
    elif kind is formats.XLSX:
        from pipelines.reading.xlsx import read_xlsx as read
    elif kind is formats.XLS:
        from pipelines.reading.xls import read_xls as read
    elif kind is formats.ODS:
        from pipelines.reading.ods import read_ods as read
    elif kind is formats.DOCX:
        from pipelines.reading.word import read_word as read
    elif kind is formats.PDF:
        from pipelines.reading.pdf import read_pdf as read
    else:
        from pipelines.reading.parquet import read_parquet as read
    return lambda data, _text, name: read(data, name)


def _language(content: Content) -> Literal["en", "zh"]:
    # the first rows of a large table hold its words
    texts = chain.from_iterable(table.cells.first(_LANGUAGE_ROWS) for table in content.tables)
    letters = content.text + " ".join(texts)
    chinese, english = sum(map(len, re.findall("[一-鿿]+", letters))), 0
    for run in re.finditer("[A-Za-z]+", letters):
        english += run.end() - run.start()
        if english >= chinese:
            break
    return "zh" if chinese > english else "en"


def _title(content: Content) -> str:
    for block in content.blocks:
        if block.kind == "title":
            return content.text[block.start : block.end].strip()
    for table in content.tables:
        if table.caption or table.cells:
            return table.caption or table.cells[0].text
    return ""
