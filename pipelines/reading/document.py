"""What every format becomes: one Document with a canonical text and tables, each part with its locator."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from pipelines.reading.cells import Cells


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A stretch of the canonical text.

    Attributes:
        start: first code point in `Document.text`.
        end: one past the last code point.
        kind: `title` (first heading of the document, which a first line that is a sentence is not), `heading` (section
            heading), `paragraph`, `furniture` (the links and the foot of a page, which tell nothing of the report).
        section: heading under which the block stands, without its brackets; empty before the first one.
    """

    start: int
    end: int
    kind: Literal["title", "heading", "paragraph", "furniture"]
    section: str


class StatedCode(NamedTuple):
    """One attribute of meaning that a format states in its own fields, where others leave it to words.

    Attributes:
        attribute: `program`, `source`, `stage`, `region` or `period`.
        code: of the catalogue; empty where what is stated has no code there, or where nothing is stated.
        words: what the file says; empty where it says nothing, and what the report is about holds then.
    """

    attribute: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class StatedColumn:
    """What a format states of one column.

    Attributes:
        column: 0-based.
        kind: `label`, `value`, or `ignored` for labels that say nothing about a row.
        unit: code of its unit; empty where rows or words tell it.
        scale: exact factor of its numbers.
        role: role of its figures; empty where words tell it.
        decimals: the sign between a whole and its decimals; empty where the numbers show it.
        codes: attributes of meaning.
    """

    column: int
    kind: Literal["label", "value", "ignored"]
    unit: str = ""
    scale: Decimal = Decimal(1)
    role: str = ""
    decimals: Literal["", "point", "comma"] = ""
    codes: tuple[StatedCode, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedRow:
    """What a format states of one row.

    Attributes:
        row: 0-based.
        unit: words of its unit.
        codes: attributes of meaning.
        superseded_by: row that replaces this one; None for a row that holds.
        additive: whether its numbers may be summed with those of other rows.
    """

    row: int
    unit: str = ""
    codes: tuple[StatedCode, ...] = ()
    superseded_by: int | None = None
    additive: bool = True


@dataclass(frozen=True, slots=True)
class Stated:
    """How a table is to be read, by the fields and the schema of its format.

    Attributes:
        origin: what states it, for people.
        columns: every column of the table.
        rows: rows of which something is stated.
        independent: whether each row stands for itself, so that no row or column is looked at as a total of others.
    """

    origin: str
    columns: tuple[StatedColumn, ...]
    rows: tuple[StatedRow, ...] = ()
    independent: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document.

    Attributes:
        sheet: worksheet name; `table 1`, `table 2`, … where tables have no name; `csv` for delimited text.
        caption: the text that announces the table (HTML caption, heading above it), may be empty.
        cells: those that are not empty.
        stated: how it is to be read, where its format says so; its first row are then its headers.
        has_numbers: whether its format keeps numbers as such, so that their decimals are certain.
    """

    sheet: str
    caption: str
    cells: Cells
    stated: Stated | None = None
    has_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated about a report as a whole, each empty where nothing is.

    Attributes:
        publisher: who published it.
        region: code of the region it is about.
        period: code of its period.
        series: kind of report.
        language: `en` or `zh`.
        published: ISO date.
        licence: as named.
        places: key → the file that states it.
    """

    publisher: str = ""
    region: str = ""
    period: str = ""
    series: str = ""
    language: Literal["", "en", "zh"] = ""
    published: str = ""
    licence: str = ""
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What the reader of one format returns; the attributes are those of `Document`."""

    text: str = ""
    blocks: tuple[TextBlock, ...] = ()
    tables: tuple[Table, ...] = ()
    unread: tuple[str, ...] = ()
    statement: Statement = Statement()


@dataclass(frozen=True, slots=True)
class Document:
    r"""A report as read.

    Attributes:
        report_id: path of the file below `raw/`, with `/`; the report's name everywhere.
        content_hash: SHA-256 of the file's bytes, hexadecimal.
        media_type: such as `text/plain`, found by content where possible.
        language: `en` or `zh`, the language most of the text is in.
        title: first heading; without one the caption or first cell text of the first table; may be empty.
        text: canonical text, newlines as `\n`, full-width digits and CJK radicals folded one to one; may be empty.
        blocks: ordered, not overlapping, every non-blank character of `text` is in exactly one.
        tables: in document order.
        unread: what the file shows and this document does not hold, one short phrase with its place each.
        statement: what the file, or a file that goes with it, states about the report.
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
    statement: Statement = Statement()
