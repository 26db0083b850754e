"""Totals that no word names: rows that are the sum of others by their arithmetic, and by where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.lines import Line, Path, label_class

Values = Mapping[int, Decimal]
"""Column → amount or count of a row; ratios left out."""

_FEWEST_ROWS = 2  # parts of a total
_TELLING_ROWS = 3  # parts from which on one column that agrees tells a total
_TELLING_DIGITS = 3  # digits that agree in all
_LARGEST_SLACK = Decimal("0.02")  # of a total that rounding may explain


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is added up; `heading` are the headings above it, `path` its labels below them."""

    row: int
    heading: Path
    path: Path
    values: Values


@dataclass(slots=True)
class UnnamedTotals:
    """What arithmetic tells.

    Attributes:
        lines: totals with their parts; each row is a part of at most one.
        unclear: rows without a label that may be totals or details.
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
    steps = _steps(rows)
    before: list[Row] = []
    for stretch in _stretches(rows):
        groups = _groups(stretch, steps)
        last = stretch[-1]
        if not groups and before and last is rows[-1] and _adds_up(last, whole := [*before, *stretch[:-1]], steps):
            groups = [(last, whole)]
        found.lines += [Line(whole.row, tuple(part.row for part in parts), True) for whole, parts in groups]
        told = {row.row for whole, parts in groups for row in (whole, *parts)}
        inner = {row.row for _, parts in groups for row in parts}
        before = [*before, *(row for row in stretch if row.row not in inner)]
        found.unclear |= {row.row for row in stretch if not row.path and row.row not in told}
    if 2 * sum(bool(row.path) for row in rows) <= len(rows):
        found.unclear.clear()  # a table without labels
    return found


def _stretches(rows: Sequence[Row]) -> list[list[Row]]:
    """The details between named totals, below one heading each."""
    found: list[list[Row]] = []
    earlier: Row | None = None
    for row in rows:
        named = any(label_class(label) != "detail" for label in row.path)
        if not named and earlier is not None and earlier.heading == row.heading:
            found[-1].append(row)
        elif not named:
            found.append([row])
        earlier = None if named else row
    return found


def _is_series(row: Row) -> bool:
    return bool(row.path) and kind(row.path[-1]) == "year"


def _steps(rows: Sequence[Row]) -> dict[int, Decimal]:
    """The power of ten of which all numbers of a column are multiples, from ten on: what they are rounded to."""
    found: dict[int, Decimal] = {}
    for row in rows:
        for column, value in row.values.items():
            step = found.get(column)
            if value == 0 or step == 1:
                continue
            exponent = value.normalize().as_tuple().exponent
            own = Decimal(10) ** max(exponent if isinstance(exponent, int) else 0, 0)
            found[column] = own if step is None else min(step, own)
    return found


def _groups(stretch: Sequence[Row], steps: Mapping[int, Decimal]) -> list[tuple[Row, Sequence[Row]]]:
    """The totals of a stretch with their parts: one at an end, groups with one each, or both."""
    if len(stretch) <= _FEWEST_ROWS or any(map(_is_series, stretch)):
        return []
    for whole, body in ((stretch[0], stretch[1:]), (stretch[-1], stretch[:-1])):
        for tiles in (_tiles(body, leading=True), _tiles(body, leading=False), []):
            tops = [head for head, _ in tiles] if tiles else body
            if _adds_up(whole, tops, steps):
                return [(whole, tops), *tiles]
    return _tiles(stretch, leading=True) or _tiles(stretch, leading=False)


def _tiles(stretch: Sequence[Row], *, leading: bool) -> list[tuple[Row, Sequence[Row]]]:
    """A stretch parted into groups whose first (or last) row is the sum of the others; empty where one is left over."""
    found: list[tuple[Row, Sequence[Row]]] = []
    rows = list(stretch) if leading else list(stretch)[::-1]
    place = 0
    while place < len(rows):
        size = _group_size(rows, place)
        if not size:
            return []
        parts = rows[place + 1 : place + 1 + size]
        found.append((rows[place], parts if leading else parts[::-1]))
        place += size + 1
    return found if leading else found[::-1] if len(found) > 1 else []


def _group_size(rows: Sequence[Row], place: int) -> int:
    """How many rows behind a place add up to it in every column; 0 where none do."""
    whole, sums = rows[place].values, dict[int, Decimal]()
    if not any(whole.values()):
        return 0
    for size, part in enumerate(rows[place + 1 :], 1):
        for column, value in part.values.items():
            sums[column] = sums.get(column, Decimal(0)) + value
        if size >= _FEWEST_ROWS and len(whole) >= _FEWEST_ROWS and all(sums.get(c) == v for c, v in whole.items() if v):
            return size
        if any(sums.get(column, Decimal(0)) > value >= 0 for column, value in whole.items()):
            return 0
    return 0


def _adds_up(whole: Row, parts: Sequence[Row], steps: Mapping[int, Decimal]) -> bool:
    """Whether a row is the sum of others: in all columns, or in all but one where it stands at an end."""
    if len(parts) < _FEWEST_ROWS:
        return False
    agreeing, digits, wrong = 0, 0, 0
    for column, value in whole.values.items():
        present = [part.values[column] for part in parts if column in part.values]
        if not present and value == 0:
            continue
        step = steps.get(column, Decimal(1))
        slack = step * (len(present) + 1) / 2 if step > 1 else Decimal(0)
        gap = abs(sum(present, Decimal(0)) - value)
        if not present or gap > min(slack, abs(value) * _LARGEST_SLACK):
            wrong += 1
        elif value:
            agreeing += 1
            digits += len(value.normalize().as_tuple().digits)
    telling = agreeing > 1 or (agreeing == 1 and len(parts) >= _TELLING_ROWS and digits >= _TELLING_DIGITS)
    if not whole.path and agreeing:
        telling = telling or wrong == 0
    return telling and wrong <= 1
