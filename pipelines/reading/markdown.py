"""Markdown: `#` headings, pipe tables, everything else as paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.reading.assemble import Assembler
from pipelines.reading.document import Cell, Content, Table

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_RULE_SIGNS = set("|-: \t")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")


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
    lines = text.split("\n")
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
            tables.append(_table(rows, f"table {len(tables) + 1}", out.last))
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
            paragraph.append(line.strip())
        index += 1
    flush()
    return Content(out.text, tuple(out.blocks), tuple(tables))


def _table(rows: list[str], sheet: str, caption: str) -> Table:
    cells = []
    for number, row in enumerate(rows):
        for column, cell in enumerate(re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))):
            shown = cell.replace("\\|", "|").strip(" *_`")
            if shown:
                cells.append(Cell(number, column, shown))
    return Table(sheet, caption if len(caption) <= 200 else "", tuple(cells))
