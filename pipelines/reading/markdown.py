"""Markdown: `#` headings, pipe tables, everything else as paragraphs; raised and deleted text within a line."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.patterns import regex
from pipelines.reading.assemble import Assembler
from pipelines.reading.cell_text import cell_text
from pipelines.reading.cells import Cell, Cells
from pipelines.reading.document import Content, Table
from pipelines.reading.raised import raised
from pipelines.reading.wrapped import prose

_HEADING = regex(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_RULE = regex(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_RULE_SIGNS = set("|-: \t")
# with the blank behind it, where one stands before it too
_DELETED = regex(r"(?:~~(?=\S)(?:(?!~~).)+~~|<(del|s|strike)>.*?</\1>)", re.IGNORECASE)
_DELETED_WORD = regex(rf"(?<=\s){_DELETED.pattern}\s", re.IGNORECASE)
_RAISED = regex(r"<sup>(.*?)</sup>|\^([^\s^\[\]]{1,10})\^", re.IGNORECASE)
_FOOTNOTE = regex(r"\[\^([^\]\s]{1,20})\]:?")
_LINE_BREAK = regex(r"<br\s*/?>", re.IGNORECASE)
_ITEM = regex(r"\s+(?:[-*+]|\d{1,2}[.)])\s")  # how deep an item of a list stands, its blanks say
_FENCE = regex(r"\s{0,3}(```|~~~)")


def has_pipe_table(text: str) -> bool:
    """Whether a text holds a table that only Markdown writes: a line of fields over a line of dashes and bars."""
    return any(
        "|" in above and "|" in line and not set(line) - _RULE_SIGNS and _RULE.match(line)
        for above, line in pairwise(text.split("\n"))
    )


def read_markdown(text: str) -> Content:
    """Text without its heading marks, blocks, and pipe tables with the line above them as caption.

    Returns:
        Canonical text, its blocks, its tables.
    """
    out = Assembler()
    tables: list[Table] = []
    lines = _inline(prose(text)).split("\n")
    paragraph: list[str] = []

    def flush() -> None:
        out.add("\n".join(paragraph), "paragraph")
        paragraph.clear()

    index = 0
    while index < len(lines):
        line = lines[index]
        heading = _HEADING.match(line)
        begins_table = (
            "|" in line and index + 1 < len(lines) and _RULE.match(lines[index + 1]) and "-" in lines[index + 1]
        )
        if begins_table:
            flush()
            rows = [line]
            index += 2
            while index < len(lines) and "|" in lines[index]:
                rows.append(lines[index])
                index += 1
            tables.append(_table(rows, f"table {len(tables) + 1}", out.announcement()))
            continue
        if heading:
            flush()
            out.add(heading.group(1), "heading")
        elif not line.strip() or _FENCE.match(line):
            flush()
        elif line.lstrip().startswith("【"):
            flush()
            mark, bracket, rest = line.partition("】")
            out.add(mark + bracket, "heading")
            paragraph.append(rest.strip())
        else:
            paragraph.append(line.rstrip() if _ITEM.match(line) else line.strip())
        index += 1
    flush()
    return Content(out.text, tuple(out.blocks), tuple(tables))


def _inline(text: str) -> str:
    """A text without what is deleted in it; raised text and the marks of notes in raised characters."""
    text = _RAISED.sub(lambda mark: raised(mark[1] or mark[2] or ""), _DELETED.sub("", _DELETED_WORD.sub("", text)))
    return _FOOTNOTE.sub(lambda mark: raised(f"[{mark[1]}]"), text)


def _table(rows: list[str], sheet: str, caption: str) -> Table:
    cells = []
    for number, row in enumerate(rows):
        for column, cell in enumerate(re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))):
            shown = cell_text(_LINE_BREAK.sub("\n", cell.replace("\\|", "|")).strip(" *_`"))
            if shown:
                cells.append(Cell(number, column, shown))
    return Table(sheet, caption if len(caption) <= 200 else "", Cells.of(cells))
