"""The numbers of a table's columns before their units are known, and which columns make up which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.figures.tables.cells import written
from pipelines.figures.tables.layout import Layout, texts_of
from pipelines.patterns import regex

_TWICE = 2  # a number that returns tells no more than that
_FEWEST = 2  # numbers, or rows, that must agree
_ASKED_ROWS = 200
_MOST_PARTS = 8
_HUNDRED = regex(r"100(?:[.,]0+)?")


@dataclass(slots=True)
class ColumnSums:
    """What the numbers of one table tell; each is asked once."""

    layout: Layout
    _numbers: dict[int, list[Decimal]] = field(default_factory=dict)
    _sums: dict[tuple[int, ...], bool] = field(default_factory=dict)
    _base: bool | None = None

    def numbers(self, column: int) -> list[Decimal]:
        """The distinct plain numbers of a column, those that return twice."""
        if column not in self._numbers:
            decimals = self.layout.decimals.get(column, "point")
            read = [
                (written(text, decimals, self.layout.marks), count)
                for text, count in texts_of(self.layout, column).items()
                if text not in self.layout.doubtful.get(column, ())
            ]
            self._numbers[column] = [
                one.value * one.scale
                for one, count in read
                if one is not None and not one.behind
                for _ in range(min(count, _TWICE))
            ]
        return self._numbers[column]

    def are_of_base(self) -> bool:
        """Whether all columns are 100 in one year: index numbers, of which that year is the base."""
        if self._base is None:
            columns, years = self.layout.columns, [at for at, of in self.layout.kinds.items() if of.kind == "year"]
            texts = [self.layout.texts(column) for column in columns] if years and len(columns) > _FEWEST else []
            self._base = any(
                all(text and _HUNDRED.fullmatch(text) for text in line) for line in zip(*texts, strict=True)
            )
        return self._base

    def adds_up(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether a column is the sum of others in most of its rows."""
        key = (whole, *parts)
        if key not in self._sums:
            rows = self.layout.body_rows[:_ASKED_ROWS]
            told = [(row, total) for row in rows if (total := self._sum(row, [whole]))]
            held = sum(self._sum(row, parts) == total for row, total in told)
            self._sums[key] = held >= _FEWEST and 2 * held > len(told)
        return self._sums[key]

    def _sum(self, row: int, columns: Sequence[int]) -> Decimal:
        line = self.layout.rows[row]
        texts = ((place, line[place].text) for place in columns if place in line)
        read = (written(text, self.layout.decimals.get(place, "point"), self.layout.marks) for place, text in texts)
        return sum((one.value * one.scale for one in read if one is not None), Decimal(0))

    def makes_up(self, whole: int, column: int) -> bool:
        """Whether a column and those beside it make up one left of them."""
        behind = [place for place in self.layout.columns if place > whole]
        ends = range(behind.index(column) + 1, len(behind) + 1)
        return any(self.adds_up(whole, behind[:end]) for end in ends)

    def is_part(self, column: int, may_be_whole: Callable[[int], bool]) -> bool:
        """Whether a column and those beside it make up the next one, of some that may be it."""
        columns = self.layout.columns
        place = columns.index(column)
        near = range(max(place - _MOST_PARTS, 0), min(place + _MOST_PARTS + 1, len(columns)))
        for whole in near:
            if whole == place or not may_be_whole(columns[whole]):
                continue
            ends = [end for end in near if (end <= place if whole > place else end >= place) and abs(whole - end) > 1]
            runs = (columns[end:whole] if whole > place else columns[whole + 1 : end + 1] for end in ends)
            if any(self.adds_up(columns[whole], run) for run in runs):
                return True
        return False

    def is_related(self, column: int) -> bool:
        """Whether a column is a part of one beside it, or is made up by those beside it."""
        columns = self.layout.columns
        place = columns.index(column)
        ends = range(max(place - _MOST_PARTS, 0), min(place + _MOST_PARTS + 1, len(columns)))
        runs = (columns[end:place] if end < place else columns[place + 1 : end + 1] for end in ends)
        return self.is_part(column, lambda _: True) or any(len(run) > 1 and self.adds_up(column, run) for run in runs)

    def beside(self, column: int, known: Collection[int]) -> list[tuple[int, list[int]]]:
        """The known columns right before and behind the unknown ones among which a column stands, each with these."""
        columns = self.layout.columns
        place = columns.index(column)
        first = next((at for at in range(place, -1, -1) if columns[at] in known), -1)
        last = next((at for at in range(place, len(columns)) if columns[at] in known), len(columns))
        parts = columns[first + 1 : last]
        ends = [columns[at] for at in (first, last) if 0 <= at < len(columns)]
        return [(whole, parts) for whole in ends] if len(parts) > 1 else []
