"""What every format becomes: one Document with a canonical text and tables, each part with its locator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pipelines.packing import packed, unpacked

# a report of more cells is a database; the limit keeps memory in bounds
MAX_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A stretch of the canonical text.

    Attributes:
        start: first code point in `Document.text`.
        end: one past the last code point.
        kind: `title` (first heading of the document), `heading` (section heading), `paragraph`.
        section: heading under which the block stands, without its brackets; empty before the first one.
    """

    start: int
    end: int
    kind: Literal["title", "heading", "paragraph"]
    section: str


class Cell(NamedTuple):
    """One non-empty cell of a table; merged cells appear once, with their span.

    A tuple, because a table may have more than a million of them.

    Attributes:
        row: 0-based row in the sheet.
        column: 0-based column in the sheet.
        text: as shown in the report, stripped.
        row_span: rows the cell covers.
        column_span: columns the cell covers.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1

    @property
    def address(self) -> str:
        """The cell in spreadsheet notation, such as `C7`."""
        return f"{_letters(self.column)}{self.row + 1}"


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    """The letters of a column, `A` for 0."""
    letters, n = "", column + 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document.

    Attributes:
        sheet: worksheet name; `table 1`, `table 2`, … where tables have no name; `csv` for delimited text.
        caption: the text that announces the table (HTML caption, heading above it), may be empty.
        cells: non-empty cells in row-major order.
    """

    sheet: str
    caption: str
    cells: tuple[Cell, ...]

    def __getstate__(self) -> tuple[Any, ...]:
        """By column, for the way out of a child process."""
        return self.sheet, self.caption, packed(self.cells)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """From columns."""
        for name, value in zip(("sheet", "caption"), state[:2], strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "cells", unpacked(state[2], Cell, {}))


@dataclass(frozen=True, slots=True)
class Content:
    """What the reader of one format returns; the attributes are those of `Document`."""

    text: str = ""
    blocks: tuple[TextBlock, ...] = ()
    tables: tuple[Table, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    r"""A report as read.

    Attributes:
        report_id: path of the file below `raw/`, with `/`; the report's name everywhere.
        content_hash: SHA-256 of the file's bytes, hexadecimal.
        media_type: such as `text/plain`, found by content where possible.
        language: `en` or `zh`, the language most of the text is in.
        title: first heading; the caption or first cell text of a table-only report; may be empty.
        text: canonical text, newlines as `\n`, full-width digits and CJK radicals folded one to one; may be empty.
        blocks: ordered, not overlapping, every non-blank character of `text` is in exactly one.
        tables: in document order.
        unread: what the file shows and this document does not hold, one short phrase with its place each.
    """

    report_id: str
    content_hash: str
    media_type: str
    language: Literal["en", "zh"]
    title: str
    text: str
    blocks: tuple[TextBlock, ...]
    tables: tuple[Table, ...]
    unread: tuple[str, ...] = ()
