"""The cells of a table by column: of a long one most texts return, so that each is kept and looked at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from itertools import chain, compress, groupby, islice, repeat
from operator import itemgetter
from typing import NamedTuple

from pipelines.columns import Coded, Codes, Column, Run, rule
from pipelines.reading.cell_text import cell_text
from pipelines.reading.progress import EVERY, tell

# a report of more cells is a database; the limit keeps memory in bounds
MAX_CELLS = 12_000_000
# cells that are put into order one by one
_MANY = 50_000
Place = tuple[int, int]
Span = tuple[int, int]


class Cell(NamedTuple):
    """One non-empty cell of a table; merged cells appear once, with their span.

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
        return address(column_letters(self.column), self.row)


@rule
def address(letters: str, row: int) -> str:
    """A cell in spreadsheet notation, by the letters of its column and its row from 0 on."""
    return f"{letters}{row + 1}"


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """The letters of a column, `A` for 0."""
    letters, n = "", column + 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Filled(NamedTuple):
    """The cells of one column from the top down: their rows, and their texts, none of which is empty or there twice."""

    rows: Run | Codes
    texts: Coded[str]


def place_of(rows: Run | Codes, row: int) -> int:
    """Which of some rows a row is; -1 for none."""
    if isinstance(rows, Run):
        return row - rows.first if 0 <= row - rows.first < rows.length else -1
    place = bisect_left(rows, row)
    return place if place < len(rows) and rows[place] == row else -1


class Cells(Column[Cell]):
    """The cells of a table in row-major order.

    Attributes:
        columns: column → its cells; those without a cell are left out.
        spans: row and column of a merged cell → how many rows and columns it covers.
    """

    __slots__ = ("columns", "spans")
    columns: dict[int, Filled]
    spans: dict[Place, Span]

    def __init__(self, columns: Mapping[int, Filled], spans: Mapping[Place, Span]) -> None:
        self.columns, self.spans = dict(sorted(columns.items())), dict(spans)
        if any(len(rows) != len(texts) for rows, texts in self.columns.values()):
            raise ValueError("cells that do not fit their rows")

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> Cells:
        """Cells that a parser makes one by one; where two stand at one place, both texts are kept."""
        texts: dict[int, dict[int, str]] = {}
        spans: dict[Place, Span] = {}
        for row, column, text, *span in cells:
            of_column = texts.setdefault(column, {})
            of_column[row] = f"{of_column[row]}\n{text}" if row in of_column else text
            if span != [1, 1]:
                spans[row, column] = span[0], span[1]
        filling = Filling()
        for column, of_column in texts.items():
            rows = sorted(of_column)
            filling.add(column, rows, [of_column[row] for row in rows])
        return filling.cells(spans)

    def __len__(self) -> int:
        return sum(len(filled.rows) for filled in self.columns.values())

    @property
    def height(self) -> int:
        """Rows down to the last that has a cell."""
        return max((rows[-1] + 1 for rows, _ in self.columns.values()), default=0)

    def __iter__(self) -> Iterator[Cell]:
        spans, each = self.spans, []
        for column, (rows, texts) in self.columns.items():
            each.append(zip(rows, repeat(column), texts))
        # few are sooner put into order all at once
        ordered = merge(*each) if len(self) > _MANY else sorted(chain.from_iterable(each), key=itemgetter(0))
        for row, column, text in ordered:
            yield Cell(row, column, text, *spans.get((row, column), (1, 1)))

    def at(self, place: int) -> Cell:
        """The cell at a place, looked for from the first one on."""
        return next(islice(self, place, None))

    def __reduce__(self) -> tuple[type[Cells], tuple[dict[int, Filled], dict[Place, Span]]]:
        return Cells, (self.columns, self.spans)

    def text(self, row: int, column: int) -> str:
        """The text of the cell at a place; empty where there is none."""
        filled = self.columns.get(column)
        place = -1 if filled is None else place_of(filled.rows, row)
        return filled.texts[place] if filled is not None and place >= 0 else ""

    def distinct(self) -> Iterator[Sequence[str]]:
        """The distinct texts of each column."""
        return (filled.texts.values for filled in self.columns.values())

    def first(self, count: int) -> Iterator[str]:
        """The texts of the first cells of each column, so many of each."""
        for _, texts in self.columns.values():
            yield from map(texts.values.__getitem__, texts.codes[:count])

    def respoken(self, speak: Callable[[str], str]) -> Cells:
        """The same cells with other texts."""
        columns = {}
        for column, (rows, texts) in self.columns.items():
            spoken = list(map(speak, texts.values))
            columns[column] = Filled(rows, _of_codes(spoken, texts.codes) if spoken != texts.values else texts)
        return Cells(columns, self.spans)


def _of_codes(values: Sequence[str], codes: Codes) -> Coded[str]:
    """A column of values of which some may be equal."""
    known: dict[str, int] = {}
    places = [known.setdefault(value, len(known)) for value in values]
    if len(known) == len(places):
        return Coded(values, codes)
    return Coded(list(known), Codes(map(places.__getitem__, codes)))


class _Known(dict[str, int]):
    """A text as it stands in a file → the code of the text of its cell; -1 for one without any."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, int] = {}

    def __missing__(self, text: str) -> int:
        shown = cell_text(text)
        code = self[text] = self.texts.setdefault(shown, len(self.texts)) if shown else -1
        return code


class _Growing:
    """One column as it is read."""

    __slots__ = ("codes", "first", "known", "rows")

    def __init__(self, first: int, known: _Known) -> None:
        self.first, self.known, self.codes = first, known, Codes()
        self.rows: Codes | None = None  # as long as they run on from the first

    def add(self, rows: Sequence[int], codes: Sequence[int]) -> None:
        if self.rows is None and (rows[0] != self.first + len(self.codes) or rows[-1] - rows[0] != len(rows) - 1):
            self.rows = Codes(range(self.first, self.first + len(self.codes)))
        if self.rows is not None:
            self.rows.extend(rows)
        self.codes.extend(codes)

    def filled(self) -> Filled:
        rows = Run(self.first, len(self.codes)) if self.rows is None else self.rows
        return Filled(rows, Coded(list(self.known.texts), self.codes))


class Filling:
    """Cells as they are read, by row or by column, from the top down.

    Attributes:
        count: how many there are so far.
    """

    def __init__(self) -> None:
        self._columns: dict[int, _Growing] = {}
        self.count, self._told = 0, 0

    def lines(self, first: int, lines: Iterable[Sequence[str]]) -> None:
        """Texts by row, of rows that follow each other from one on."""
        for _, alike in groupby(lines, len):
            block = list(alike)
            for column, texts in enumerate(zip(*block, strict=True)):
                self.column(column, first, texts)
            first += len(block)

    def column(self, column: int, first: int, texts: Sequence[str]) -> None:
        """Texts of a column below each other from a row on, as they stand in a file; an empty one leaves no cell."""
        self.add(column, range(first, first + len(texts)), texts)

    def add(self, column: int, rows: Sequence[int], texts: Collection[str]) -> None:
        """Texts of a column in some rows."""
        of = self._columns.get(column)
        known = _Known() if of is None else of.known
        codes = list(map(known.__getitem__, texts))
        if -1 in codes:
            filled = [code >= 0 for code in codes]
            rows, codes = list(compress(rows, filled)), list(compress(codes, filled))
        if not codes:
            return
        if of is None:
            of = self._columns[column] = _Growing(rows[0], known)
        of.add(rows, codes)
        self.count += len(codes)
        if rows[-1] - self._told >= EVERY:
            self._told = rows[-1]
            tell("reading", rows[-1] + 1)

    def cells(self, spans: Mapping[Place, Span] | None = None) -> Cells:
        """What has been read."""
        found = Cells({column: of.filled() for column, of in self._columns.items()}, {})
        found.spans |= {at: span for at, span in (spans or {}).items() if span != (1, 1) and found.text(*at)}
        return found
