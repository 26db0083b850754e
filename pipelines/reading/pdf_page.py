"""One page of a PDF: its characters as lines, those in ruled cells as tables, and tables without rules set aside."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from pipelines.reading.cell_text import cell_text
from pipelines.reading.decoding import canonical
from pipelines.reading.document import Cell
from pipelines.reading.raised import joined

_SCALE = 20  # device units per point, so that whole device units are fine enough
# a gap that no word space reaches, in heights of a line
_COLUMN_GAP = 0.8
_AMOUNT = re.compile(
    r"[-−+(（]?\s*[¥￥$€]?\s*\d[\d,.' ]*\s*%?\s*[一-鿿a-zA-Z*]{0,4}\s*[)）]?|[-–—…]+|n/?a", re.IGNORECASE
)
_LONGEST_AMOUNT = 40
_LEAST_ROWS = 3
_UNKNOWN = "\ufffd"
_ITEM = re.compile(r"[(（]?\d{1,2}[.．、)）]")
# the size of a raised character, and by how much its foot is higher, as shares of its neighbour's height
_SMALLER, _RAISED_BY = 0.9, 0.2
_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character and its box in points, from the top left corner of the page as shown.

    `exact` tells that the box is that of its font, from descent to ascent, and not that of the ink.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    exact: bool = True

    @property
    def height(self) -> float:
        """In step with the font's size, where the box is exact."""
        return self.bottom - self.top


@dataclass(slots=True)
class Line:
    """A printed line.

    `words` are its stretches between wide gaps, with their left and right ends; `column` counts the groups of lines on
    its page that are read one after the other.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int
    words: list[tuple[float, float, str]]
    column: int = 0

    @property
    def size(self) -> float:
        """Height of the line, in step with its font's size."""
        return self.bottom - self.top


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
    from pipelines.reading.pdf_columns import in_columns

    for column, group in enumerate(in_columns(_lines(outside, number))):
        lines, notes = without_unruled(group)
        found.lines += [replace(line, column=column) for line in lines]
        found.unread += [f"page {number}: {note}" for note in notes]
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
        text = cell_text("\n".join(line.text for line in _lines(inside.get(number, []), 0)))
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
    """Why the rules do not tell the cells of a table, empty where they do."""
    for glyphs in inside.values():
        lines = _lines(glyphs, 0)
        if len(lines) > 1 and all(is_amount(line.text) for line in lines):
            return "without rules between its rows"
    top, bottom = min(box[1] for box in grid.boxes), max(box[3] for box in grid.boxes)
    beside = [line for line in _lines(rest, 0) if top < (line.top + line.bottom) / 2 < bottom]
    if sum(len(line.text) <= 20 for line in beside) >= 2:
        return "that is open at a side"
    return ""


def _opening(table: RuledTable) -> str:
    return " ".join(" ".join(cell.text for cell in table.cells).split())[:60]


def _lines(glyphs: list[Glyph], page: int) -> list[Line]:
    """Characters as lines: broken where the file breaks them, and where the next one stands higher or lower."""
    lines: list[Line] = []
    current: list[Glyph] = []

    def end() -> None:
        printed = [glyph for glyph in current if glyph.text.strip()]
        if printed:
            lines.append(_line(printed, current, page))
        current.clear()

    last: Glyph | None = None
    broken = False
    for glyph in glyphs:
        if glyph.text == "\n":
            broken = True
            continue
        if last is not None and (broken or glyph.text.strip()):
            shared = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
            apart = shared < 0.3 * min(last.height, glyph.height)
            if apart or (broken and not _goes_on(last, glyph)):
                end()
                last = None
        broken = False
        current.append(glyph)
        last = glyph if glyph.text.strip() else last
    end()
    return lines


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Whether a line goes on over a break: the parser breaks lines before and behind raised and lowered characters."""
    larger = max(last.height, glyph.height)
    return min(last.height, glyph.height) < _SMALLER * larger and -0.3 < (glyph.left - last.right) / larger < 0.5


def _line(printed: list[Glyph], glyphs: list[Glyph], page: int) -> Line:
    height = median(glyph.height for glyph in printed)
    words: list[list[Glyph]] = [[]]
    previous: Glyph | None = None
    for glyph in glyphs:
        if glyph.text.strip() and previous is not None and glyph.left - previous.right > _COLUMN_GAP * height:
            words.append([])
        words[-1].append(glyph)
        previous = glyph if glyph.text.strip() else previous
    texts = [canonical(re.sub(r"\s+", " ", joined(_pieces(word)))).strip() for word in words]
    # raised and lowered characters make no line higher
    usual = [glyph for glyph in printed if glyph.height >= _SMALLER * height]
    return Line(
        # letters that stand far apart are words, whether or not the file has a space between them
        " ".join(texts).strip(),
        min(glyph.left for glyph in printed),
        min(glyph.top for glyph in usual),
        max(glyph.right for glyph in printed),
        max(glyph.bottom for glyph in usual),
        page,
        [(group[0].left, group[-1].right, text) for group, text in zip(words, texts, strict=True)],
    )


def _pieces(glyphs: list[Glyph]) -> Iterator[tuple[str, bool]]:
    """Characters with whether each is raised: smaller than the one before it, and with its foot higher."""
    printed = [glyph for glyph in glyphs if glyph.text.strip()]
    # a mark may stand before the first word of its note
    base = max(printed[:4], key=lambda glyph: glyph.height, default=None)
    for glyph in glyphs:
        high = (
            base is not None
            and glyph.exact
            and glyph.height < _SMALLER * base.height
            and base.bottom - glyph.bottom > _RAISED_BY * base.height
        )
        if glyph.text.strip() and not high:
            base = glyph if base is None or glyph.height >= _SMALLER * base.height else base
        yield glyph.text, high


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that stand side by side, from the top down."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def without_unruled(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines that are no table, and a note for each run of rows of figures that no rules divide.

    Three rows of figures are a table, and so are fewer whose short cells stand below each other or below headers.
    """
    rows = rows_of(lines)
    dropped: list[Line] = []
    notes = []
    place = 0
    while place < len(rows):
        end = place
        while end < len(rows) and _is_row(rows[end]):
            end += 1
        first = place
        # headers and a caption's unit stand in columns too, or break off in them
        while end > place and first and len(_words(rows[first - 1])) > 1 and rows[first - 1][0] not in dropped:
            first -= 1
        small = max(first, place - 1)
        if end - place >= _LEAST_ROWS or (_is_small_table(rows[small:end]) and not _is_justified(rows, small, end)):
            first = first if end - place >= _LEAST_ROWS else small
            dropped += [line for row in rows[first:end] for line in row]
            opening = " ".join(word for _, _, word in _words(rows[first]))[:60]
            notes.append(f"a table of {end - first} rows without rules (“{opening}”)")
        place = max(end, place + 1)
    return [line for line in lines if not any(line is gone for gone in dropped)], notes


def _is_small_table(rows: Sequence[list[Line]]) -> bool:
    """Whether a few rows have as many short cells each, one below the other at an edge or in the middle."""
    found = [_words(row) for row in rows]
    if len(found) < 2 or len({len(words) for words in found}) > 1:
        return False
    if any(len(text) > _LONGEST_AMOUNT for words in found for _, _, text in words):
        return False
    height = rows[0][0].size
    near = all(other[0].top - one[0].bottom < 2 * height for one, other in pairwise(rows))
    columns = zip(*found, strict=True)
    return near and all(
        any(max(edges) - min(edges) < 0.5 * height for edges in _edges_of(column)) for column in columns
    )


def _is_justified(rows: Sequence[list[Line]], first: int, end: int) -> bool:
    """Whether rows begin and end where the prose above or below them does, so that their gaps are wide blanks."""
    size = rows[first][0].size
    left, right = _extent(rows[first])
    for neighbour in (*rows[max(first - 1, 0) : first], *rows[end : end + 1]):
        near = (
            min(abs(neighbour[0].top - rows[end - 1][0].bottom), abs(rows[first][0].top - neighbour[0].bottom)) < size
        )
        start, stop = _extent(neighbour)
        if near and not _is_row(neighbour) and abs(start - left) < 0.3 * size and abs(stop - right) < 0.3 * size:
            return True
    return False


def _extent(row: list[Line]) -> tuple[float, float]:
    return min(line.left for line in row), max(line.right for line in row)


def _edges_of(column: Sequence[tuple[float, float, str]]) -> Iterator[list[float]]:
    yield [left for left, _, _ in column]
    yield [right for _, right, _ in column]
    yield [(left + right) / 2 for left, right, _ in column]


def _words(row: list[Line]) -> list[tuple[float, float, str]]:
    return sorted(word for line in row for word in line.words)


def _is_row(row: list[Line]) -> bool:
    """Whether what stands at one height is a row of a table: several columns, most of them amounts."""
    words = [text for _, _, text in _words(row)]
    # the number of an item of a list is no amount
    amounts = sum(is_amount(text) for text in words[int(bool(_ITEM.fullmatch(words[0]))) :])
    return len(words) > 1 and amounts >= max(1, (len(words) - 1) / 2)


def is_amount(text: str) -> bool:
    """Whether a stretch of a line is a number alone, with its sign and unit, or what stands for a missing one."""
    return len(text) <= _LONGEST_AMOUNT and bool(_AMOUNT.fullmatch(text))
