"""One page of a PDF: its text in reading order, its ruled tables, and what is on it and cannot be read."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from pipelines.reading.cell_text import cell_text
from pipelines.reading.cells import Cell
from pipelines.reading.pdf_columns import in_columns
from pipelines.reading.pdf_lines import Glyph, Line, is_amount, lines_of
from pipelines.reading.pdf_unruled import without_unruled

_SCALE = 20  # device units per point, so that whole device units are fine enough
_UNKNOWN = "\ufffd"
_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"


@dataclass(frozen=True, slots=True)
class Grid:
    """The ruled cells of a table as boxes (left, top, right, bottom) in points."""

    boxes: tuple[tuple[float, float, float, float], ...]

    def turned(self, turns: int, width: float, height: float) -> Grid:
        """The grid on a page that was turned clockwise by quarters."""
        boxes = self.boxes
        for _ in range(turns):
            boxes = tuple((height - bottom, left, height - top, right) for left, top, right, bottom in boxes)
            width, height = height, width
        return Grid(boxes)


@dataclass(slots=True)
class RuledTable:
    """A table of a page: its cells by row and column, and where its columns begin and end."""

    cells: list[Cell]
    rows: int
    edges: list[float]
    top: float
    bottom: float


@dataclass(slots=True)
class Page:
    """What a page holds."""

    number: int
    lines: list[Line]
    tables: list[RuledTable]
    unread: list[str] = field(default_factory=list)
    image_only: bool = False


def read_page(page: Any, number: int, find_grids: Callable[[int], list[Grid]]) -> Page:  # noqa: ANN401
    """Reads one page.

    Args:
        page: of pypdfium2.
        number: from 1.
        find_grids: finds ruled cells of a page by its number; asked only where something is drawn.
    """
    import pypdfium2.raw as pdfium

    kinds = {item.type for item in page.get_objects()}
    stream = _characters(page)
    turns = _turns(stream)
    if turns:
        stream = _characters(page, turns)
    grids = find_grids(number) if pdfium.FPDF_PAGEOBJ_PATH in kinds and stream else []
    grids = [grid.turned(turns, *page.get_size()) for grid in grids]
    found = Page(number, [], [])
    outside = stream
    for grid in grids:
        inside, rest = _split(outside, grid)
        table = _table(inside, grid)
        if table is None:
            continue
        reason = _unreliable(inside, grid, rest)
        outside = rest
        if reason:
            found.unread.append(f"page {number}: a table {reason} (“{_opening(table)}”)")
        else:
            found.tables.append(table)
    found.tables.sort(key=lambda table: table.top)
    for column, group in enumerate(in_columns(lines_of(outside, number))):
        lines, notes = without_unruled(group)
        found.lines += [replace(line, column=column) for line in lines]
        found.unread += [f"page {number}: {note}" for note in notes]
    found.unread += [f"page {number}: {note}" for note in _written_over(page)]
    if unknown := sum(glyph.text == _UNKNOWN for glyph in stream):
        found.unread.append(f"page {number}: {unknown:,} characters that its fonts do not name")
    found.image_only = pdfium.FPDF_PAGEOBJ_IMAGE in kinds and not any(glyph.text.strip() for glyph in stream)
    return found


def _turns(glyphs: list[Glyph]) -> int:
    """By how many quarters a page must be turned clockwise for most of its text to run from left to right."""
    directions = [0, 0, 0, 0]
    for one, other in pairwise(glyphs):
        if one.text.strip() and other.text.strip():
            across = other.left + other.right - one.left - one.right
            down = other.top + other.bottom - one.top - one.bottom
            if abs(across) > abs(down):
                directions[0 if across > 0 else 2] += 1
            else:
                directions[3 if down > 0 else 1] += 1
    return directions.index(max(directions))


def _characters(page: Any, turns: int = 0) -> list[Glyph]:  # noqa: ANN401
    """Characters in the order of the file; a line break has no box and stands as a newline.

    Args:
        page: of pypdfium2.
        turns: quarters by which the page is turned clockwise beyond how it is shown.
    """
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    width, height = (round(side * _SCALE) for side in page.get_size()[:: -1 if turns % 2 else 1])
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown_at(across: float, up: float) -> tuple[float, float]:
        # the page may be turned or cut; its own transformation knows
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, turns, across, up, x, y)
        return x.value / _SCALE, y.value / _SCALE

    glyphs = []
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        # a font that does not say what its characters mean may have printed a digit
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else _UNKNOWN
        if character in "\r\n":
            glyphs.append(Glyph("\n", 0, 0, 0, 0))
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box) or box.right - box.left <= 0:
            if not pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
                continue
            edges, exact = (left.value, right.value, bottom.value, top.value), False
        else:
            edges, exact = (box.left, box.right, box.bottom, box.top), True
        one, other = shown_at(edges[0], edges[2]), shown_at(edges[1], edges[3])
        glyphs.append(
            Glyph(
                character,
                min(one[0], other[0]),
                min(one[1], other[1]),
                max(one[0], other[0]),
                max(one[1], other[1]),
                exact,
            )
        )
    return glyphs


def _written_over(page: Any) -> Iterator[str]:  # noqa: ANN401
    """Fields that were filled in and texts that were typed onto a page; neither is part of its text."""
    import pypdfium2.raw as pdfium

    found = {"filled-in field": 0, "typed note": 0}
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        name, key = {
            pdfium.FPDF_ANNOT_WIDGET: ("filled-in field", b"V"),
            pdfium.FPDF_ANNOT_FREETEXT: ("typed note", b"Contents"),
        }.get(kind, ("", b""))
        # two bytes are the end of an empty text
        if name and pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0) > 2:
            found[name] += 1
        pdfium.FPDFPage_CloseAnnot(annotation)
    for name, count in found.items():
        if count:
            yield f"{count:,} {name}{'' if count == 1 else 's'}"


def _split(glyphs: list[Glyph], grid: Grid) -> tuple[dict[int, list[Glyph]], list[Glyph]]:
    """Characters by the number of the ruled cell that they stand in, and the rest."""
    inside: dict[int, list[Glyph]] = {}
    rest = []
    for glyph in glyphs:
        across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        box = None
        if glyph.text != "\n":
            box = next(
                (
                    number
                    for number, (left, top, right, bottom) in enumerate(grid.boxes)
                    if left <= across <= right and top <= down <= bottom
                ),
                None,
            )
        if box is None:
            rest.append(glyph)
        else:
            inside.setdefault(box, []).append(glyph)
    return inside, rest


def _table(inside: dict[int, list[Glyph]], grid: Grid) -> RuledTable | None:
    """The table of a grid; None where it is a mere frame, of one row or one column."""
    across = _edges(edge for box in grid.boxes for edge in (box[0], box[2]))
    down = _edges(edge for box in grid.boxes for edge in (box[1], box[3]))
    if len(across) < 3 or len(down) < 3:
        return None
    cells = []
    for number, (left, top, right, bottom) in enumerate(grid.boxes):
        text = cell_text("\n".join(line.text for line in lines_of(inside.get(number, []), 0)))
        # a word broken within a narrow cell has no space of its own
        text = re.sub(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])", "", text)
        row, column = _at(down, top), _at(across, left)
        if text:
            cells.append(Cell(row, column, text, _at(down, bottom) - row, _at(across, right) - column))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return RuledTable(cells, len(down) - 1, across, down[0], down[-1]) if cells else None


def _edges(values: Iterable[float]) -> list[float]:
    """Distinct positions; rules that lie closer than three points are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 3:
            found.append(value)
    return found


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - value))


def _unreliable(inside: dict[int, list[Glyph]], grid: Grid, rest: list[Glyph]) -> str:
    """Why the rules do not tell the cells of a table, empty where they do.

    Amounts below each other beside another cell of several lines are several rows; alone they are one cell.
    """
    rows: dict[int, list[list[Line]]] = {}
    for number, glyphs in inside.items():
        if lines := lines_of(glyphs, 0):
            rows.setdefault(round(grid.boxes[number][1] / 3), []).append(lines)
    for cells in rows.values():
        stacked = any(len(lines) > 1 and all(is_amount(line.text) for line in lines) for lines in cells)
        if stacked and sum(len(lines) > 1 for lines in cells) > 1:
            return "without rules between its rows"
    top, bottom = min(box[1] for box in grid.boxes), max(box[3] for box in grid.boxes)
    beside = [line for line in lines_of(rest, 0) if top < (line.top + line.bottom) / 2 < bottom]
    if sum(len(line.text) <= 20 for line in beside) >= 2:
        return "that is open at a side"
    return ""


def _opening(table: RuledTable) -> str:
    return " ".join(" ".join(cell.text for cell in table.cells).split())[:60]
