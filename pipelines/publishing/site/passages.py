"""A report's text and tables cut into pages, with the figures of each page marked in place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import digits
from typing import NamedTuple

from pipelines.publishing.site.evidence import Figure
from pipelines.publishing.site.links import FIGURES_PER_PAGE
from pipelines.reading.cells import Cell, Place, column_letters
from pipelines.reading.document import Document, Table, TextBlock

# what a page shows without leaving anything out, in characters and in cells
_TEXT = 60_000
_CELLS = 3_000
_COLUMNS = 40
_HEADER_ROWS = 5
# what is left at both ends of a stretch without figures where a page is too long
_KEPT = 200
_CELL_TEXT = 300


class Segment(NamedTuple):
    """A stretch of text; with its figure where it is one, and without text where something is left out."""

    text: str
    figure: Figure | None = None

    @property
    def left_out(self) -> bool:
        """Whether it stands for what is not shown."""
        return not self.text and self.figure is None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of text."""

    kind: str
    segments: tuple[Segment, ...]


class GridCell(NamedTuple):
    """A cell as a page shows it."""

    segments: tuple[Segment, ...]
    row_span: int
    column_span: int
    is_header: bool


_EMPTY = GridCell((), 1, 1, False)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one table; `is_cut` where some rows or columns are not shown."""

    sheet: str
    caption: str
    rows: tuple[tuple[GridCell, ...], ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """What one page shows of a report."""

    paragraphs: tuple[Paragraph, ...]
    grids: tuple[Grid, ...]


def passage(document: Document, figures: Sequence[Figure], page: int) -> Passage:
    """One page of a report: what lies from its first figure up to the first of the next page.

    Args:
        document: the report.
        figures: of all its pages, in reading order; `figure_id` counts them from 1.
        page: from 1.
    """
    first, last = (page - 1) * FIGURES_PER_PAGE, page * FIGURES_PER_PAGE
    own = figures[first:last]
    return Passage(tuple(_paragraphs(document, figures, own, page)), tuple(_grids(document.tables, figures, own, page)))


def _paragraphs(document: Document, figures: Sequence[Figure], own: Sequence[Figure], page: int) -> Iterable[Paragraph]:
    marked = [figure for figure in figures if figure.start is not None and figure.end is not None]
    starts = [block.start for block in document.blocks]
    begin, end = 0, len(starts)
    here = [figure.start for figure in own if figure.start is not None]
    later = [f.start for f in marked if own and f.figure_id > own[-1].figure_id and f.start is not None]
    if page > 1:
        begin = bisect_right(starts, here[0]) - 1 if here else end
    if later:
        end = bisect_right(starts, later[0]) if later[0] not in starts else starts.index(later[0])
    blocks = document.blocks[max(begin, 0) : end]
    is_long = sum(block.end - block.start for block in blocks) > _TEXT
    by_block: dict[int, list[Figure]] = defaultdict(list)
    for figure in marked:
        by_block[bisect_right(starts, figure.start or 0) - 1].append(figure)
    left_out = False
    for number, block in enumerate(blocks, max(begin, 0)):
        if is_long and block.kind == "paragraph" and not by_block[number]:
            if not left_out:
                yield Paragraph("paragraph", (Segment(""),))
            left_out = True
            continue
        left_out = False
        yield Paragraph(block.kind, tuple(_segments(document.text, block, by_block[number], is_long)))


def _segments(text: str, block: TextBlock, figures: Sequence[Figure], is_long: bool) -> Iterable[Segment]:
    at = block.start
    for number, figure in enumerate(figures):
        later = figures[number + 1].start if number + 1 < len(figures) else None
        start, end = _extent(text, figure, at, block.end if later is None else min(later, block.end))
        # a place that does not fit the text is not marked; the figure stands in the list below
        if start < at or end > block.end or start >= end:
            continue
        yield from _plain(text[at:start], is_long)
        yield Segment(text[start:end], figure)
        at = end
    yield from _plain(text[at : block.end], is_long)


def _extent(text: str, figure: Figure, first: int, last: int) -> tuple[int, int]:
    """Where a figure stands with its scale and unit, as it is printed; where these stand apart, its number alone."""
    start, end, size = figure.start or 0, figure.end or 0, len(figure.text)
    found = text.find(figure.text, max(first, end - size), min(last, start + size))
    return (found, found + size) if 0 <= found <= start and found + size >= end else (start, end)


def _plain(text: str, is_long: bool) -> Iterable[Segment]:
    if not text:
        return
    if not is_long or len(text) <= 2 * _KEPT:
        yield Segment(text)
        return
    yield from (Segment(text[:_KEPT]), Segment(""), Segment(text[-_KEPT:]))


def _grids(tables: Sequence[Table], figures: Sequence[Figure], own: Sequence[Figure], page: int) -> Iterable[Grid]:
    all_sheets = {figure.sheet for figure in figures}
    by_cell: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.sheet and figure.cell:
            by_cell[figure.sheet, figure.cell].append(figure)
    here: dict[str, set[str]] = defaultdict(set)
    for figure in own:
        if figure.sheet and figure.cell:
            here[figure.sheet].add(figure.cell)
    for table in tables:
        if table.sheet in here or (page == 1 and table.sheet not in all_sheets and len(table.cells) <= _CELLS):
            yield _grid(table, by_cell, here[table.sheet], page)


def _grid(table: Table, by_cell: dict[tuple[str, str], list[Figure]], here: set[str], page: int) -> Grid:
    marks, rows, filled_rows, is_wide = dict[Place, list[Figure]](), set[int](), set[int](), False
    filled = list(table.cells)
    letters = {cell.rstrip(digits) for sheet, cell in by_cell if sheet == table.sheet}
    marking = {column for column in {cell.column for cell in filled} if column_letters(column) in letters}
    for cell in filled:
        filled_rows.add(cell.row)
        is_wide = is_wide or cell.column >= _COLUMNS
        if cell.column not in marking:
            continue
        address = cell.address
        if found := by_cell.get((table.sheet, address)):
            marks[cell.row, cell.column] = found
        if address in here:
            rows.add(cell.row)
    marked = {row for row, _ in marks}
    lowest = max(filled_rows, default=0)
    first, last = min(rows, default=0), max(rows, default=lowest)
    first_marked = min(marked, default=1)
    head = {row for row in filled_rows if row < first_marked}
    if first == min(marked, default=0):
        first = 0
    if last == max(marked, default=last):
        last = lowest
    shown = set(sorted(head)[-_HEADER_ROWS:]) | set(range(first, last + 1))
    cells = [cell for cell in filled if cell.row in shown and cell.column < _COLUMNS]
    is_cut = is_wide or len(cells) > _CELLS or not filled_rows <= shown
    cells = cells[:_CELLS]
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_row[cell.row].append(cell)
    order = sorted(by_row)
    wide = max((cell.column + cell.column_span for cell in cells), default=0)
    place = {row: number for number, row in enumerate(order)}
    taken: set[tuple[int, int]] = set()
    alike: dict[tuple[str, bool], GridCell] = {}
    lines = []
    for row in order:
        line, own_row, is_header = [], {cell.column: cell for cell in by_row[row]}, row in head
        for column in range(min(wide, _COLUMNS)):
            if (row, column) in taken:
                continue
            own = own_row.get(column)
            if own is None:
                line.append(_EMPTY)
                continue
            below = across = 1
            marked_by = marks.get((row, column))
            if (own.text, is_header) in alike and not marked_by and own.row_span == own.column_span == 1:
                line.append(alike[own.text, is_header])
                continue
            if own.row_span > 1 or own.column_span > 1:
                below = bisect_left(order, row + max(own.row_span, 1)) - place[row]
                across = max(1, min(own.column_span, _COLUMNS - column))
                covered = order[place[row] : place[row] + below]
                taken |= {(other, column + step) for other in covered for step in range(across)}
            line.append(GridCell(_cell_segments(own.text, marked_by), below, across, is_header))
            if not marked_by and below == across == 1:
                alike[own.text, is_header] = line[-1]
        lines.append(tuple(line))
    return Grid(table.sheet, table.caption, tuple(lines), is_cut)


def _cell_segments(text: str, figures: Sequence[Figure] | None) -> tuple[Segment, ...]:
    if figures:
        return tuple(_marked_segments(text, figures))
    return (Segment(text),) if len(text) <= _CELL_TEXT else (Segment(text[:_CELL_TEXT]), Segment(""))


def _marked_segments(text: str, figures: Sequence[Figure]) -> Iterable[Segment]:
    at = 0
    for number, figure in enumerate(figures):
        start = text.find(figure.text, at)
        if start < 0 or len(text) > _CELL_TEXT:
            # printed otherwise than the cell reads, such as a scale that the header gives: the cell is the mark
            yield Segment((text[at : at + _CELL_TEXT] if not number else "") or figure.text, figure)
            at = len(text)
            continue
        yield from _plain(text[at:start], is_long=False)
        yield Segment(figure.text, figure)
        at = start + len(figure.text)
    yield from _plain(text[at:], is_long=False)
