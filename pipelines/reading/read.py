"""One file to one Document: the single gate through which every format goes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipelines.reading.decoding import decode
from pipelines.reading.document import Document, Table, TextBlock
from pipelines.reading.guard import MEDIA_TYPES, media_type, read_bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What a format module returns: canonical text with its blocks, and tables."""

    text: str
    blocks: tuple[TextBlock, ...]
    tables: tuple[Table, ...]


def read_document(path: Path, report_id: str, max_bytes: int) -> Document:
    """Reads a report of any supported format.

    Everything that parses a file happens below this call, so a sandboxed child process belongs here and nowhere else.

    Args:
        path: the file.
        report_id: its name in errors and in the warehouse.
        max_bytes: a larger file is refused.

    Returns:
        The document; `text` is empty for a report that is tables only.

    Raises:
        ReportError: missing, empty, too large, binary, damaged or unsupported; names the file and the cause.
    """
    data = read_bytes(path, report_id, max_bytes)
    kind = media_type(path, data, report_id, max_bytes)
    content = _parser(kind)(path, data, report_id)
    return Document(
        report_id=report_id,
        content_hash=hashlib.sha256(data).hexdigest(),
        media_type=kind,
        language=_language(content),
        title=_title(content),
        text=content.text,
        blocks=content.blocks,
        tables=content.tables,
    )


def _parser(kind: str) -> Callable[[Path, bytes, str], Content]:
    """The reader of one media type; modules load when they are first needed, for the sake of fast commands."""
    if kind == MEDIA_TYPES[".txt"]:
        from pipelines.reading.text import read_text

        return lambda _path, data, report_id: Content(*read_text(decode(data, report_id)), ())
    if kind == MEDIA_TYPES[".md"]:
        from pipelines.reading.markdown import read_markdown

        return lambda _path, data, report_id: Content(*read_markdown(decode(data, report_id)))
    if kind == MEDIA_TYPES[".html"]:
        from pipelines.reading.html import read_html

        return lambda _path, data, report_id: Content(*read_html(data, report_id))
    if kind == MEDIA_TYPES[".csv"]:
        from pipelines.reading.delimited import read_delimited

        return lambda _path, data, report_id: Content("", (), read_delimited(decode(data, report_id), report_id))
    from pipelines.reading.workbook import read_workbook

    return lambda path, _data, report_id: Content("", (), read_workbook(path, report_id))


def _language(content: Content) -> Literal["en", "zh"]:
    cells = " ".join(cell.text for table in content.tables for cell in table.cells)
    letters = content.text + cells
    chinese = len(re.findall(r"[一-鿿]", letters))
    return "zh" if chinese > len(re.findall(r"[A-Za-z]", letters)) else "en"


def _title(content: Content) -> str:
    for block in content.blocks:
        if block.kind == "title":
            return content.text[block.start : block.end].strip()
    for table in content.tables:
        if table.caption or table.cells:
            return table.caption or table.cells[0].text
    return ""
