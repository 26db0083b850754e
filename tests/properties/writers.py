# ruff: noqa: E501
"""Documents that know what they print, and the writers of every format.

Nothing here asks the reader anything.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Literal
from xml.sax.saxutils import escape as xml

from tests.fixtures import written

HIGH = dict(
    zip("0123456789()[]abc", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾ᵃᵇᶜ", strict=True)
)  # how a raised mark stands in a text without layout
# figure: an ordinary number, which must be read; careful: read rightly or named unread; unread: must be named;
# loose: as careful, but it may be classified too, for it has no unit; other: no quantity at all
Expect = Literal["figure", "careful", "unread", "loose", "other"]
Value = Decimal | tuple[Decimal, Decimal]  # a number, or what an open one reaches from and to


class Raised(str):
    """The mark of a note or a power, printed high."""

    __slots__ = ()


Part = str | Raised


@dataclass(frozen=True)
class Number:
    """A printed number with its unit.

    Attributes:
        form: how it is written, to tell failures apart.
        parts: as printed.
        readings: the values of the figures it may become, each reading whole; empty where it is no quantity.
        expect: what must become of it.
        unit: code that its figures must have; empty where the print leaves it open.
    """

    form: str
    parts: tuple[Part, ...]
    readings: tuple[tuple[Value, ...], ...]
    expect: Expect = "figure"
    unit: str = ""

    @property
    def shown(self) -> str:
        return shown(self.parts)


Line = tuple[str | Raised | Number, ...]


def shown(parts: Sequence[Part]) -> str:
    """A line with its raised marks as the characters of Unicode that are raised by themselves."""
    return "".join("".join(HIGH[sign] for sign in part) if isinstance(part, Raised) else part for part in parts)


def flat(line: Line) -> list[Part]:
    return [part for piece in line for part in (piece.parts if isinstance(piece, Number) else (piece,))]


@dataclass(frozen=True)
class Box:
    """A cell of a printed table.

    Attributes:
        parts: as printed; no parts is a blank cell.
        number: what stands in it, None for words.
        kind: `head` and `label` name others, `missing` says that there is no number, `body` is where one is expected.
        stored: what a workbook holds, where that is a number with a format: value and format.
        spans: rows and columns that it covers.
    """

    parts: tuple[Part, ...] = ()
    number: Number | None = None
    kind: Literal["head", "label", "missing", "body"] = "label"
    stored: tuple[float, str] | None = None
    spans: tuple[int, int] = (1, 1)

    @property
    def shown(self) -> str:
        return shown(self.parts)


@dataclass(frozen=True)
class Grid:
    """A printed table: `rows` hold a box or None where a merged one covers the place."""

    caption: str
    rows: tuple[tuple[Box | None, ...], ...]

    def boxes(self) -> Iterator[tuple[int, int, Box]]:
        for row, line in enumerate(self.rows):
            for column, box in enumerate(line):
                if box is not None:
                    yield row, column, box


Block = tuple[Literal["title", "heading", "paragraph", "item", "table"], "Line | Grid"]
Story = Sequence[Block]


def as_text(story: Story, wrap: int = 0) -> bytes:
    """Plain text; `wrap` breaks lines at blanks, as some do by hand."""
    lines = []
    for kind, line in story:
        assert not isinstance(line, Grid)
        whole = shown(flat(line))
        lines.append(_wrapped(whole, wrap) if wrap and kind == "paragraph" else whole)
    return ("\n\n" if wrap else "\n").join(lines).encode()


def _wrapped(text: str, width: int) -> str:
    import textwrap

    return "\n".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def as_markdown(story: Story) -> bytes:
    def raised(parts: Sequence[Part]) -> str:
        return "".join(f"<sup>{part}</sup>" if isinstance(part, Raised) else part for part in parts)

    out = []
    for kind, what in story:
        if isinstance(what, Grid):
            rows = [
                "| " + " | ".join(raised(box.parts).replace("\n", "<br>") if box else "" for box in row) + " |"
                for row in what.rows
            ]
            out.append("\n".join([what.caption, "", rows[0], "|" + "---|" * len(what.rows[0]), *rows[1:]]))
        else:
            out.append({"title": "# ", "heading": "## ", "item": "- "}.get(kind, "") + raised(flat(what)))
    return "\n\n".join(out).encode()


def _marked(parts: Sequence[Part], tag: str, line_break: str) -> str:
    return "".join(
        f"<{tag}>{xml(part)}</{tag}>" if isinstance(part, Raised) else xml(part).replace("\n", line_break)
        for part in parts
    )


def as_html(story: Story) -> bytes:
    out = []
    for kind, what in story:
        if isinstance(what, Grid):
            body = ""
            for row in what.rows:
                cells = ""
                for box in row:
                    if box is not None:
                        tag = "th" if box.kind == "head" else "td"
                        spans = f' rowspan="{box.spans[0]}" colspan="{box.spans[1]}"' if box.spans != (1, 1) else ""
                        cells += f"<{tag}{spans}>{_marked(box.parts, 'sup', '<br>')}</{tag}>"
                body += f"<tr>{cells}</tr>"
            out.append(f"<table><caption>{escape(what.caption)}</caption>{body}</table>")
        else:
            tag = {"title": "h1", "heading": "h2", "item": "li"}.get(kind, "p")
            inner = f"<{tag}>{_marked(flat(what), 'sup', '<br>')}</{tag}>"
            out.append(f"<ul>{inner}</ul>" if kind == "item" else inner)
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(out)}</body></html>'.encode()


def as_docx(story: Story) -> bytes:
    import docx

    document = docx.Document()

    def fill(paragraph, parts: Sequence[Part]) -> None:
        for part in parts:
            run = paragraph.add_run(str(part))  # a newline becomes a break
            if isinstance(part, Raised):
                run.font.superscript = True

    for kind, what in story:
        if isinstance(what, Grid):
            document.add_paragraph(what.caption)
            table = document.add_table(len(what.rows), len(what.rows[0]))
            for row, column, box in what.boxes():
                cell = table.cell(row, column)
                if box.spans != (1, 1):
                    cell = cell.merge(table.cell(row + box.spans[0] - 1, column + box.spans[1] - 1))
                fill(cell.paragraphs[0], box.parts)
        else:
            style = {"title": "Title", "heading": "Heading 1", "item": "List Bullet"}.get(kind)
            fill(document.add_paragraph(style=style), flat(what))
    return _saved(document)


def as_pdf(story: Story, size: float = 10, width: float = 500) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import KeepTogether, Paragraph, Table, TableStyle

    font = written._font()
    out = []
    for kind, what in story:
        chinese = any("一" <= sign <= "鿿" for sign in (what.caption if isinstance(what, Grid) else shown(flat(what))))
        scale = {"title": 1.6, "heading": 1.25}.get(kind, 1)
        style = ParagraphStyle("text", fontName=font, fontSize=size * scale, leading=1.5 * size * scale, spaceAfter=size,
                               wordWrap="CJK" if chinese else None)  # fmt: skip
        if isinstance(what, Grid):
            small = ParagraphStyle("cell", fontName=font, fontSize=8, leading=10)
            rows = [
                [Paragraph(_marked(box.parts, "super", "<br/>"), small) if box else "" for box in row]
                for row in what.rows
            ]
            spans = [("SPAN", (column, row), (column + box.spans[1] - 1, row + box.spans[0] - 1))
                     for row, column, box in what.boxes() if box.spans != (1, 1)]  # fmt: skip
            table = Table(rows, colWidths=[width / len(rows[0])] * len(rows[0]))
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), *spans]))
            out.append(KeepTogether([Paragraph(xml(what.caption), style), table]))
        else:
            out.append(Paragraph(_marked(flat(what), "super", "<br/>"), style))
    return written.pdf_of(out, (width + 95, 842))


def _above(grid: Grid) -> list[str]:
    return [grid.caption] if grid.caption else []


def sheet_rows(grid: Grid) -> list[list[str]]:
    """A table as rows of texts with its caption above; what a merged cell covers is blank."""
    width = len(grid.rows[0])
    top = [[line, *[""] * (width - 1)] for line in _above(grid)]
    return top + [[box.shown if box else "" for box in row] for row in grid.rows]


def as_csv(grid: Grid, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return written.as_csv(sheet_rows(grid), encoding, delimiter)


def as_json(grid: Grid) -> bytes:
    import json

    names = [box.shown if box else "" for box in grid.rows[0]]
    records = [
        {name: box.shown for name, box in zip(names, row, strict=True) if box is not None} for row in grid.rows[1:]
    ]
    return json.dumps({"title": grid.caption, "records": records}, ensure_ascii=False).encode()


def as_xlsx(grid: Grid) -> bytes:
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = openpyxl.Workbook()
    sheet = book.active
    top = _above(grid)
    for row, line in enumerate(top, 1):
        sheet.cell(row, 1, line)
    for row, column, box in grid.boxes():
        cell = sheet.cell(row + len(top) + 1, column + 1)
        if box.stored is not None:
            cell.value, cell.number_format = box.stored
        elif any(isinstance(part, Raised) for part in box.parts):
            raised = InlineFont(vertAlign="superscript")
            cell.value = CellRichText(
                *(TextBlock(raised, str(part)) if isinstance(part, Raised) else part for part in box.parts)
            )
        elif box.shown.startswith("#") and box.number is not None:
            cell.value, cell.data_type = box.shown, "e"
        elif box.parts:
            cell.value, cell.data_type = box.shown, "s"
        if box.spans != (1, 1):
            sheet.merge_cells(
                start_row=cell.row, start_column=cell.column,
                end_row=cell.row + box.spans[0] - 1, end_column=cell.column + box.spans[1] - 1,
            )  # fmt: skip
    return _saved(book)


def as_xls(grid: Grid) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet")
    top = _above(grid)
    for row, line in enumerate(top):
        sheet.write(row, 0, line)
    for row, column, box in grid.boxes():
        value, style = box.shown, xlwt.easyxf()
        if box.stored is not None:
            value, style = box.stored[0], xlwt.easyxf(num_format_str=box.stored[1])
        place = row + len(top)
        if box.spans != (1, 1):
            sheet.write_merge(place, place + box.spans[0] - 1, column, column + box.spans[1] - 1, value, style)
        elif box.parts:
            sheet.write(place, column, value, style)
    return _saved(book)


def as_ods(grid: Grid) -> bytes:
    def cell(box: Box | None) -> str:
        if box is None:
            return "<table:covered-table-cell/>"
        if not box.parts:
            return "<table:table-cell/>"
        spans = f' table:number-rows-spanned="{box.spans[0]}" table:number-columns-spanned="{box.spans[1]}"'
        kind = (
            f'office:value-type="{"percentage" if "%" in box.stored[1] else "float"}" office:value="{box.stored[0]!r}"'
            if box.stored is not None
            else 'office:value-type="string"'
        )
        lines = "".join(f"<text:p>{xml(line)}</text:p>" for line in box.shown.split("\n"))
        return f"<table:table-cell {kind}{spans}>{lines}</table:table-cell>"

    rows = [[Box((line,))] for line in _above(grid)] + [list(row) for row in grid.rows]
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    return written.ods_of(f'<table:table table:name="Sheet">{body}</table:table>')


def _saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
