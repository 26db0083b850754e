"""PDF: text as paragraphs without what repeats on every page, and ruled tables; others are listed as not read."""

from __future__ import annotations

import io
import re
from collections import Counter
from statistics import median
from typing import Any

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.announced import announcement
from pipelines.reading.assemble import Part, assembled
from pipelines.reading.cells import MAX_CELLS, Cell, Cells
from pipelines.reading.damage import parsing
from pipelines.reading.document import Content, Table
from pipelines.reading.formats import PDF
from pipelines.reading.pdf_lines import Line
from pipelines.reading.pdf_page import Page, RuledTable, read_page
from pipelines.reading.pdf_paragraphs import paragraphs
from pipelines.reading.pdf_tables import ruled_tables

_MAX_PAGES = 3000
_EDGE_LINES = 3
_PAGE_NUMBER = regex(r"\W*(?:第\s*|page\s*|p\.\s*)?\d{1,4}(?:\s*页)?(?:\s*(?:of|/|共)\s*\d{1,4}\s*页?)?\W*", re.I)
_HEADING_SIZE = 1.15
_SAME_EDGE = 3.0  # points by which a table's columns may shift from page to page


def read_pdf(data: bytes, report_id: str) -> Content:
    """Text and ruled tables of a PDF.

    Returns:
        Canonical text, a block per paragraph; headings are larger than the text, or found in the words. Tables of more
        than one row and column whose cells are ruled. `unread` lists tables without rules and pages without text.

    Raises:
        ReportError: damaged, protected by a password, or without any text, such as a scan.
    """
    import pypdfium2

    with parsing(report_id, PDF):
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise ReportError(report_id, "is protected by a password") from error
            raise
    try:
        if len(document) > _MAX_PAGES:
            raise ReportError(report_id, f"has more than {_MAX_PAGES:,} pages")
        pages = _pages(document, data, report_id)
    finally:
        document.close()
    _drop_furniture(pages)
    unread = [note for page in pages for note in page.unread]
    lines = [line for page in pages for line in page.lines]
    tables = _tables(pages, report_id)
    if not lines and not tables:
        raise ReportError(report_id, unread[0] if unread else "holds no text: a scan must be recognised first")
    unread += [f"page {page.number}: an image without text" for page in pages if page.image_only and not page.tables]
    text, blocks = assembled(_parts(lines))
    return Content(text, blocks, tables, tuple(unread))


def _pages(document: Any, data: bytes, report_id: str) -> list[Page]:  # noqa: ANN401 - pypdfium2 has no types
    pages = []
    with ruled_tables(io.BytesIO(data)) as find:
        for index in range(len(document)):
            with parsing(report_id, PDF, f"page {index + 1}"):
                pages.append(read_page(document[index], index + 1, find))
    return pages


def _drop_furniture(pages: list[Page]) -> None:
    """Takes out lines at the top and bottom that repeat from page to page but for their numbers, and page numbers."""
    edges = [_edges(page) for page in pages]
    masks = Counter(mask for lines in edges for mask in {_mask(line) for line in lines})
    for page, lines in zip(pages, edges, strict=True):
        repeated = [line for line in lines if masks[_mask(line)] >= max(2, len(pages) / 3)]
        outer = [line for line in lines if line.top in (lines[0].top, lines[-1].top)]
        numbers = [
            line
            for line in outer
            if _PAGE_NUMBER.fullmatch(line.text) and re.search(rf"(?<!\d){page.number}(?!\d)", line.text)
        ]
        page.lines = [line for line in page.lines if line not in repeated and line not in numbers]


def _edges(page: Page) -> list[Line]:
    """The first and last lines of a page, from the top down."""
    ordered = sorted(page.lines, key=lambda line: line.top)
    return ordered if len(ordered) <= 2 * _EDGE_LINES else ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]


def _mask(line: Line) -> str:
    """A line without its digits, with the height at which it stands."""
    return f"{re.sub(r'[0-9]+', '#', line.text)}@{round(line.top / 10)}"


def _parts(lines: list[Line]) -> list[Part]:
    """Paragraphs, and as headings those that are larger than most of the text and no sentence."""
    if not lines:
        return []
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0]
    parts: list[Part] = []
    for paragraph in paragraphs(lines):
        larger = median(line.size for line in paragraph.lines) >= _HEADING_SIZE * usual
        parts.append((paragraph.text, "heading" if larger and len(paragraph.text) <= 120 else "paragraph"))
    return parts


def _tables(pages: list[Page], report_id: str) -> tuple[Table, ...]:
    """All ruled tables; one that goes on at the top of the next page under the same columns is one table."""
    found: list[tuple[str, list[RuledTable]]] = []
    previous: tuple[Page, RuledTable] | None = None
    for page in pages:
        for table in page.tables:
            if previous is not None and _goes_on(*previous, page, table):
                found[-1][1].append(table)
            else:
                above = [line for line in page.lines if line.bottom <= table.top + 1]
                above.sort(key=lambda line: line.bottom)
                earlier = max((other.bottom for other in page.tables if other.bottom <= table.top), default=0)
                since = sum(line.bottom <= earlier for line in above)
                found.append((announcement([line.text for line in above], since), [table]))
            previous = page, table
    tables = []
    for number, (caption, parts) in enumerate(found, 1):
        cells: list[Cell] = []
        first, head = 0, [cell.text for cell in parts[0].cells if cell.row == 0]
        for part in parts:
            # a header printed again on the next page is shown once
            again = part is not parts[0] and [cell.text for cell in part.cells if cell.row == 0] == head
            for cell in part.cells:
                if not (again and cell.row == 0):
                    row = cell.row - int(again) + first
                    cells.append(Cell(row, cell.column, cell.text, cell.row_span, cell.column_span))
            first += part.rows - int(again)
        if len(cells) > MAX_CELLS:
            raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", f"table {number}")
        tables.append(Table(f"table {number}", caption, Cells.of(cells)))
    return tuple(tables)


def _goes_on(page: Page, table: RuledTable, following: Page, other: RuledTable) -> bool:
    """Whether nothing stands between two tables and their columns are the same."""
    return (
        following.number == page.number + 1
        and len(table.edges) == len(other.edges)
        and all(abs(left - right) <= _SAME_EDGE for left, right in zip(table.edges, other.edges, strict=True))
        and not any(line.top >= table.bottom for line in page.lines)
        and not any(line.bottom <= other.top for line in following.lines)
        and table is page.tables[-1]
        and other is following.tables[0]
    )
