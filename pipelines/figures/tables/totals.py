"""Totals that no word names, told by arithmetic and place, and whether those that words name hold in most lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from pipelines.catalog.currencies import is_money
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.label_classes import classes_of
from pipelines.figures.tables.lines import Line, Path
from pipelines.figures.tables.number import NumberCell, Numbers

Values = Mapping[int, Decimal]
"""Column → amount or count of a row; ratios left out."""
Cells = Mapping[int, NumberCell]
"""Place → number along a row or a column."""

_FEWEST_ROWS = 2  # parts of a total
_TELLING_ROWS = 3  # parts from which on one column that agrees tells a total
_TELLING_DIGITS = 3  # digits that agree in all
_LARGE = 10_000  # of money that is printed without its cents
_ASKED = 200  # rows of a long table that are asked
_LARGEST_SLACK = Decimal("0.02")  # of a total that rounding may explain


class RowTable(NamedTuple):
    """What rows are added up by: their paths, the headings above them, and their numbers."""

    paths: Mapping[int, Path]
    headings: Mapping[int, Path]
    numbers: Numbers


class Row(NamedTuple):
    """A row as it is added up.

    Attributes:
        row: which it is.
        depth: how many labels it has below its headings.
        last: the last of these, empty where it has none.
        is_told: whether one of its labels is a word of totals or of parts, and no name.
        table: which it is in.
    """

    row: int
    depth: int
    last: str
    is_told: bool
    table: RowTable

    @classmethod
    def of(cls, row: int, path: Path, table: RowTable, told: AbstractSet[str]) -> Row:
        """A row with its path, given the labels that are such words."""
        own = _below(path, table.headings.get(row, ()))
        return cls(row, len(own), own[-1] if own else "", bool(told) and not told.isdisjoint(own), table)

    @property
    def heading(self) -> Path:
        """The headings above it."""
        return self.table.headings.get(self.row, ())

    @property
    def path(self) -> Path:
        """Its labels."""
        return _below(self.table.paths[self.row], self.heading)

    @property
    def values(self) -> Values:
        """Its amounts and counts."""
        return self.table.numbers.values.get(self.row, {})


def _below(path: Path, heading: Path) -> Path:
    return path[len(heading) :] if path[: len(heading)] == heading else path


@dataclass(slots=True)
class UnnamedTotals:
    """What arithmetic tells.

    Attributes:
        lines: totals with their parts; each row is a part of at most one.
        unclear: rows that may be totals, parts or details.
    """

    lines: list[Line] = field(default_factory=list)
    unclear: set[int] = field(default_factory=set)


def unnamed_totals(rows: Sequence[Row]) -> UnnamedTotals:
    """Finds the totals among rows without a total's words, between those that have them, below one heading each.

    A total stands first or last of its stretch, or each group of the stretch has one first, or each has one last. It
    agrees in every column; one at an end may be off in a single one, and is then a total with a wrong cell. Rows of
    years are a series and no parts of a whole.

    Args:
        rows: of one table, in order.
    """
    found = UnnamedTotals()
    steps = _Steps(rows)
    width = max((row.depth for row in rows), default=0)
    for stretch in _stretches(rows):
        groups = _groups(stretch, steps)
        found.lines += [Line(whole.row, tuple(part.row for part in parts), True) for whole, parts in groups]
        grouped = {row.row for whole, parts in groups for row in (whole, *parts)}
        found.unclear |= {row.row for row in stretch if _is_unnamed(row, width) and row.row not in grouped}
    if found.unclear and 2 * sum(_is_unnamed(row, width) for row in rows) >= len(rows):
        found.unclear.clear()  # a table without labels
    return found


def regrouped(rows: Sequence[Row], named: Sequence[Line]) -> list[Line]:
    """The groups of a table by arithmetic alone, where they give a total that is named other parts that add up.

    Args:
        rows: all rows, those that words call totals too.
        named: the totals that words name, with parts that do not add up.
    """
    groups = _groups(rows, _Steps(rows))
    if not any(whole.row == line.whole for whole, _ in groups for line in named):
        return []
    return [Line(whole.row, tuple(part.row for part in parts), True) for whole, parts in groups]


def _stretches(rows: Sequence[Row]) -> list[list[Row]]:
    """The details between named totals, below one heading each."""
    found: list[list[Row]] = []
    earlier: Row | None = None
    for row in rows:
        if not row.is_told and earlier is not None and earlier.heading == row.heading:
            found[-1].append(row)
        elif not row.is_told:
            found.append([row])
        earlier = None if row.is_told else row
    return found


def _is_series(row: Row) -> bool:
    return row.last != "" and kind(row.last) == "year"


def _is_unnamed(row: Row, width: int) -> bool:
    """Whether a row has no label, or none but years where others have more."""
    return row.depth < width and all(kind(label) == "year" for label in row.path)


class _Steps:
    """The power of ten of which all numbers of a column are multiples, from ten on: what they are rounded to."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @cached_property
    def of(self) -> Mapping[int, Decimal]:
        """Column → its step."""
        found: dict[int, Decimal] = {}
        for row in self._rows:
            for column, value in row.values.items():
                step = found.get(column)
                if value == 0 or step == 1:
                    continue
                exponent = value.normalize().as_tuple().exponent
                own = Decimal(10) ** max(exponent if isinstance(exponent, int) else 0, 0)
                found[column] = own if step is None else min(step, own)
        return found


def _groups(stretch: Sequence[Row], steps: _Steps) -> list[tuple[Row, Sequence[Row]]]:
    """The totals of a stretch with their parts: one at an end, groups with one each, or both."""
    if len(stretch) <= _FEWEST_ROWS or any(map(_is_series, stretch)):
        return []
    for whole, body in ((stretch[0], stretch[1:]), (stretch[-1], stretch[:-1])):
        for fewest in (_FEWEST_ROWS, 0, 1):
            tiles = _tiles(body, leading=True, all_of=fewest > 1, fewest=fewest) if fewest else []
            if tiles and not _are_telling(tiles):
                continue
            inner = {part.row for _, parts in tiles for part in parts}
            tops = [row for row in body if row.row not in inner]
            if _adds_up(whole, tops, steps):
                return [(whole, tops), *tiles]
    single = _tiles(stretch, leading=True, fewest=1)
    several = [single] if any(len(parts) > 1 for _, parts in single) else []
    return next(filter(_are_telling, (_tiles(stretch, leading=True), _tiles(stretch, leading=False), *several)), [])


def _are_telling(tiles: Sequence[tuple[Row, Sequence[Row]]]) -> bool:
    """Whether groups are hardly chance: with several columns, or with several totals, of many digits in all."""
    amounts = [value.normalize() for whole, _ in tiles for value in whole.values.values() if value]
    finest = min((value.adjusted() + 1 - len(value.as_tuple().digits) for value in amounts), default=0)
    digits = sum(value.adjusted() + 1 - finest for value in amounts)
    several = len(tiles) >= _FEWEST_ROWS or any(len(whole.values) >= _FEWEST_ROWS for whole, _ in tiles)
    return several and digits >= 2 * _TELLING_DIGITS


def _tiles(
    stretch: Sequence[Row], *, leading: bool, all_of: bool = True, fewest: int = _FEWEST_ROWS
) -> list[tuple[Row, Sequence[Row]]]:
    """A stretch parted into groups whose first (or last) row is the sum of the others, of which there are some.

    Empty where a row is left over, unless it need not be in a group.
    """
    found: list[tuple[Row, Sequence[Row]]] = []
    if not all_of and all(len(row.values) < _FEWEST_ROWS for row in stretch):
        return []  # of one column some sums are chance
    rows = list(stretch) if leading else list(stretch)[::-1]
    place = 0
    while place < len(rows):
        size = _group_size(rows, place, fewest)
        if not size and all_of:
            return []
        if not size:
            place += 1
            continue
        parts = rows[place + 1 : place + 1 + size]
        found.append((rows[place], parts if leading else parts[::-1]))
        place += size + 1
    return found if leading else found[::-1] if len(found) > 1 else []


def _group_size(rows: Sequence[Row], place: int, fewest: int) -> int:
    """How many rows behind a place add up to it in every column; 0 where none do."""
    whole, sums = rows[place].values, dict[int, Decimal]()
    if not any(whole.values()):
        return 0
    for size, part in enumerate(islice(rows, place + 1, None), 1):
        for column, value in part.values.items():
            sums[column] = sums.get(column, Decimal(0)) + value
        if size >= fewest and all(sums.get(c) == v for c, v in whole.items() if v):
            return size
        if any(sums.get(column, Decimal(0)) > value >= 0 for column, value in whole.items()):
            return 0
    return 0


def _adds_up(whole: Row, parts: Sequence[Row], steps: _Steps) -> bool:
    """Whether a row is the sum of others: in all columns, or in all but one where it stands at an end."""
    if len(parts) < _FEWEST_ROWS:
        return False
    agreeing, digits, wrong = 0, 0, 0
    for column, value in whole.values.items():
        present = [part.values[column] for part in parts if column in part.values]
        if not present and value == 0:
            continue
        step = steps.of.get(column, Decimal(1))
        slack = step * (len(present) + 1) / 2 if step > 1 else Decimal(0)
        gap = abs(sum(present, Decimal(0)) - value)
        if not present or gap > min(slack, abs(value) * _LARGEST_SLACK):
            wrong += 1
        elif value:
            agreeing += 1
            digits += len(value.normalize().as_tuple().digits)
    fewest = _TELLING_DIGITS if len(parts) >= _TELLING_ROWS else 2 * _TELLING_DIGITS
    telling = agreeing > 1 or (agreeing == 1 and digits >= fewest)
    if not whole.depth and agreeing:
        telling = telling or wrong == 0
    return telling and wrong <= 1


def parted_again(line: Line, rows: Mapping[int, Values]) -> list[Line]:
    """A whole that its parts make up several times, one run behind the other: by sex, then by residence.

    Returns:
        One line for each run, that with most rows first; empty where the rows are no such runs.
    """
    whole = {column: value for column, value in rows.get(line.whole, {}).items() if value}
    runs: list[list[int]] = [[]]
    sums: dict[int, Decimal] = {}
    for part in line.parts if whole else ():
        runs[-1].append(part)
        for column in whole:
            sums[column] = sums.get(column, Decimal(0)) + rows.get(part, {}).get(column, Decimal(0))
        slack = Decimal(len(runs[-1]) // _FEWEST_ROWS)  # of counts that were weighted before they were rounded
        gaps = [(value - sums[column], min(slack, value * _LARGEST_SLACK / 10)) for column, value in whole.items()]
        if all(abs(gap) <= allowed for gap, allowed in gaps):
            runs.append([])
            sums = {}
        elif any(gap < -allowed for gap, allowed in gaps):
            return []
    if runs.pop() or len(runs) < _FEWEST_ROWS or any(len(run) < _FEWEST_ROWS for run in runs):
        return []
    runs.sort(key=len, reverse=True)
    return [Line(line.whole, tuple(run), exhaustive=True, by=f"rows {run[0]}") for run in runs]


def confirmed(line: Line, lines: Iterable[Cells], fewest: int) -> Line | None:
    """A relation as far as the lines across it bear it out, each by what is in the unit of its whole.

    Where most do not, the parts are not all there are, or they overlap: then they are no parts.

    Args:
        line: a whole with its parts.
        lines: the numbers of each line across, by place.
        fewest: lines that must contradict it.
    """
    return _as_told(line, _told_of(line, lines), fewest)


def borne_out(claims: Sequence[Line], paths: Mapping[int, Path], lines: Iterable[Cells], fewest: int) -> list[Line]:
    """The same of many: those that one word makes, "All schools" of several districts, hold or fall together, too."""
    told = [_told_of(claim, lines) for claim in claims]
    words: dict[frozenset[str], list[int]] = {}
    for place, claim in enumerate(claims):
        if claim.exhaustive and (named := classes_of(paths[claim.whole]).keys()):
            words.setdefault(frozenset(named), []).append(place)
    for places in words.values():
        among = sum((told[place] for place in places), Counter[str]())
        if len(places) > 1 and among["short"] + among["above"] > among["held"]:
            for place in places:
                told[place] = among
    found = [_as_told(*both, fewest) for both in zip(claims, told, strict=True)]
    return [claim for claim in found if claim is not None]


def _told_of(line: Line, lines: Iterable[Cells]) -> Counter[str]:
    """How often the lines across bear a relation out, and how often its parts are too little or too much."""
    gaps = (gap_of(numbers, line.whole, line.parts) for numbers in lines) if line.exhaustive else ()
    return Counter("held" if gap == 0 else "short" if gap < 0 else "above" for gap in gaps if gap is not None)


def _as_told(line: Line, told: Counter[str], fewest: int) -> Line | None:
    if told["above"] >= _FEWEST_ROWS and told["above"] == told.total():
        return None
    if told["short"] + told["above"] < max(fewest, told["held"] + 1):
        return line
    return None if told["above"] > told["short"] else replace(line, exhaustive=False)


def holds_somewhere(line: Line, lines: Iterable[Cells]) -> bool:
    """Whether a total is the sum of its parts along at least one line across."""
    return any(gap_of(numbers, line.whole, line.parts) == 0 for numbers in lines)


def is_mean(numbers: Cells, line: Line) -> bool:
    """Whether a whole lies between its smallest and largest part, as means and rates do and no sum of amounts."""
    total = numbers.get(line.whole)
    parts = [] if total is None else [part.worth for part in _alike(numbers, total, line.parts)]
    if total is None or len(parts) < _FEWEST_ROWS or min(parts) < 0:
        return False
    return sum(value > 0 for value in parts) > 1 and min(parts) <= total.worth <= max(parts)


def is_mean_of_row(numbers: Cells, line: Line) -> bool:
    """Whether a total that others of its column are is a mean here: of parts in its unit, not whole, none of money."""
    total = numbers.get(line.whole)
    if total is None or is_money(total.spec.unit) or not is_mean(numbers, line):
        return False
    return any(part.value % 1 for part in _alike(numbers, total, line.parts))


def _alike(numbers: Cells, total: NumberCell, places: Sequence[int]) -> list[NumberCell]:
    """Those of some places that are in the unit and the role of a total."""
    parts = (part for place in places if (part := numbers.get(place)) is not None)
    return [part for part in parts if (part.spec.unit, part.spec.role) == (total.spec.unit, total.spec.role)]


def gap_of(numbers: Cells, whole: int, parts: Sequence[int]) -> Decimal | None:
    """By how much parts exceed their whole, 0 as far as rounding explains it; None where fewer than two tell of it."""
    total = numbers.get(whole)
    if total is None or not total.is_summed:
        return None
    alike = _alike(numbers, total, parts)
    if len(alike) < _FEWEST_ROWS:  # what has no unit may be in that of the others
        told = [part for place in parts if (part := numbers.get(place)) is not None and part.is_summed]
        units = {number.spec.unit for number in (total, *told)} - {"unknown"}
        alike = told if len(units) <= 1 and {part.spec.role for part in told} == {total.spec.role} else []
    if len(alike) < _FEWEST_ROWS or not any(number.worth for number in (total, *alike)):
        return None  # nothing is the sum of nothing
    gap = sum((part.worth for part in alike), Decimal(0)) - total.worth
    slack = sum((part.rounding for part in alike), total.rounding)
    if is_money(total.spec.unit) and total.worth >= _LARGE:
        slack = max(slack, Decimal(len(alike) + 1) / 2)  # cents that were rounded away
    return Decimal(0) if abs(gap) <= slack else gap
