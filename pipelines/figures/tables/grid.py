"""A sheet, or a part of it, by row and by column; a line of cells is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipelines.columns import Coded, Codes, Run, coded
from pipelines.reading.cells import Cell, Cells, Filled, place_of

Line = Mapping[int, Cell]

_LARGEST_SPAN = 1000


class Grid(Mapping[int, Line]):
    """Row → column → the cell there, both in order; a merged cell stands at every place that it covers.

    Attributes:
        rows: those that have a cell.
        columns: those that have one in these rows.
        merged: row → column → the merged cell there.
        shows_people: whether the names of people are shown as they are.
    """

    def __init__(
        self,
        cells: Cells,
        rows: Sequence[int],
        columns: Sequence[int],
        merged: Mapping[int, Mapping[int, Cell]],
        *,
        shows_people: bool = False,
    ) -> None:
        self.shows_people = shows_people
        self._cells, self.rows = cells, rows
        self._rows = rows if isinstance(rows, range) else frozenset(rows)
        self.merged = {row: line for row, line in merged.items() if row in self._rows}
        self._filled = {
            column: filled
            for column in columns
            if (filled := cells.columns.get(column)) is not None and self._touches(filled)
        }
        self.columns = sorted(self._filled.keys() | {column for line in self.merged.values() for column in line})

    @classmethod
    def of(cls, cells: Cells, *, shows_people: bool = False) -> Grid:
        """All of a sheet."""
        merged: dict[int, dict[int, Cell]] = {}
        for (row, column), span in sorted(cells.spans.items()):
            cell = Cell(row, column, cells.text(row, column), *span)
            for down in range(min(cell.row_span, _LARGEST_SPAN)):
                for right in range(min(cell.column_span, _LARGEST_SPAN)):
                    if not (down or right) or not cells.text(row + down, column + right):
                        merged.setdefault(row + down, {}).setdefault(column + right, cell)
        rows = _union([filled.rows for filled in cells.columns.values()], merged)
        return cls(cells, rows, list(cells.columns), merged, shows_people=shows_people)

    def part(self, rows: Sequence[int]) -> Grid:
        """Some of its rows."""
        if len(rows) == len(self.rows):
            return self
        return Grid(self._cells, rows, self.columns, self.merged, shows_people=self.shows_people)

    def beside(self, above: Sequence[int], below: Sequence[int], columns: range) -> Grid:
        """Some rows, and of rows below them what stands in some columns."""
        whole = set(above)
        merged, kept = {}, {}
        for row, line in self.merged.items():
            merged[row] = {column: cell for column, cell in line.items() if row in whole or column in columns}
        for column, (rows, texts) in self._filled.items():
            told = [(row, text) for row, text in zip(rows, texts, strict=True) if row in whole or column in columns]
            if told:
                kept[column] = Filled(Codes(row for row, _ in told), coded(text for _, text in told))
        there = whole.union(*(of.rows for of in kept.values()), (row for row, line in merged.items() if line))
        both = [row for row in self.rows if row in there and (row in whole or row >= below[0])]
        return Grid(Cells(kept, {}), both, list(kept), merged, shows_people=self.shows_people)

    def _touches(self, filled: Filled) -> bool:
        return any(row in self._rows for row in filled.rows)

    def __getitem__(self, row: int) -> Line:
        if row not in self._rows:
            raise KeyError(row)
        line = {}
        for column, (rows, texts) in self._filled.items():
            if (place := place_of(rows, row)) >= 0:
                line[column] = Cell(row, column, texts.at(place))
        if not (over := self.merged.get(row)):
            return line
        line |= over
        return {column: line[column] for column in sorted(line)}

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, row: object) -> bool:
        return row in self._rows

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell at a place of one of its rows."""
        if (over := self.merged.get(row)) and column in over:
            return over[column]
        filled = self._filled.get(column)
        place = -1 if filled is None else place_of(filled.rows, row)
        return Cell(row, column, filled.texts.at(place)) if filled is not None and place >= 0 else None

    def texts(self, column: int, rows: Sequence[int]) -> Coded[str | None]:
        """The texts of a column in some of its rows, the distinct ones from the top down; None where no cell is."""
        over = {row: line[column].text for row, line in self.merged.items() if column in line}
        filled = self._filled.get(column)
        if filled is None:
            return coded(map(over.get, rows))
        codes = None if over else _run(filled, rows)
        if codes is None:
            return coded(map((dict(zip(filled.rows, filled.texts, strict=True)) | over).get, rows))
        new = {code: place for place, code in enumerate(dict.fromkeys(codes))}
        return Coded([filled.texts.values[code] for code in new], Codes(map(new.__getitem__, codes)))

    def rows_with(self, column: int, text: str) -> list[int]:
        """The rows in which a text stands in a column, or a merged cell in any."""
        rows = set(self.merged)
        if (filled := self._filled.get(column)) is not None and text in filled.texts.values:
            wanted = filled.texts.values.index(text)
            rows |= {row for row, code in zip(filled.rows, filled.texts.codes, strict=True) if code == wanted}
        return sorted(row for row in rows if row in self._rows)


def _union(parts: Sequence[Run | Codes], others: Mapping[int, object]) -> Sequence[int]:
    """All rows, in order."""
    if not parts:
        return []
    first, last = min(of[0] for of in parts), max(of[-1] for of in parts)
    runs = any(isinstance(of, Run) and len(of) == last - first + 1 for of in parts)
    if runs and all(first <= row <= last for row in others):
        return range(first, last + 1)
    found = sorted(set(others).union(*parts))
    return range(found[0], found[-1] + 1) if found[-1] - found[0] == len(found) - 1 else found


def _run(filled: Filled, rows: Sequence[int]) -> Sequence[int] | None:
    """The codes of rows that run on, as those of the column do; None for others."""
    if not isinstance(filled.rows, Run) or not isinstance(rows, range) or not rows:
        return None
    first, last = place_of(filled.rows, rows[0]), place_of(filled.rows, rows[-1])
    return filled.texts.codes[first : last + 1] if first >= 0 and last >= 0 else None
