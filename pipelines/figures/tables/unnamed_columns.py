"""Columns that most rows show to be the sum of those beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from pipelines.figures.tables.lines import Axis, Line
from pipelines.figures.tables.totals import Cells, gap_of

_FEWEST_ROWS = 2  # parts of a total, and rows that must agree
_ASKED = 200  # rows of a long table that are asked
_MOST_COLUMNS = 30
_TELLING_DIGITS = 8  # of a total in all rows


def unnamed_columns(columns: Sequence[int], known: Axis, lines: Sequence[Cells]) -> list[Line]:
    """Columns that most rows show to be the sum of the columns of their unit right beside them.

    Args:
        columns: those of amounts and counts that are no plans, in order.
        known: the totals that words name.
        lines: the numbers of each row, by column.
    """
    found: list[Line] = []
    for free in _free(columns, known, lines):
        size = _FEWEST_ROWS
        while size < len(free):
            line = next(filter(None, (_column_at(free, place, size, lines) for place in range(len(free)))), None)
            if line is None:
                size += 1
            else:
                again = any(other.whole == line.whole for other in found)  # received and held, paid and left
                found.append(replace(line, by=f"columns {min(line.parts)}") if again else line)
                free = [column for column in free if column not in line.parts]
                size = _FEWEST_ROWS
    return found


def columns_within(columns: Sequence[int], known: Axis, lines: Sequence[Cells]) -> list[Line]:
    """The first or last column of a unit as the sum of the next one and those behind its parts, and each such part.

    Revenue | Taxes | Land tax | Fish tax | Loans: the parts of the taxes need not be all of them.

    Args:
        columns: those of amounts and counts that are no plans, in order.
        known: the totals that are known.
        lines: the numbers of each row, by column.
    """
    found: list[Line] = []
    for free in _free(columns, known, lines):
        for whole, first, *others in (free, (free[-1], *free[:-1])) if len(free) <= _MOST_COLUMNS else ():
            digits = sum(len(line[whole].value.normalize().as_tuple().digits) for line in lines if whole in line)
            sizes = (size for size in range(len(others) - 1, 0, -1) if digits >= _TELLING_DIGITS and not found)
            size = next((size for size in sizes if is_plain_sum(whole, [first, *others[size:]], lines)), 0)
            if size and all(_is_above(first, others[:size], line) for line in lines[:_ASKED]):
                found.append(Line(whole, (first, *others[size:]), exhaustive=True))
                found += [Line(first, (part,), exhaustive=False) for part in others[:size]]
    return found


def _is_above(whole: int, parts: Sequence[int], line: Cells) -> bool:
    return whole not in line or line[whole].worth >= sum(line[part].worth for part in parts if part in line)


def _free(columns: Sequence[int], known: Axis, lines: Sequence[Cells]) -> list[list[int]]:
    """The columns of each unit that are no known parts and no known totals in it."""
    told = {
        column: frozenset(line[column].spec.unit for line in lines if column in line and line[column].is_summed)
        for column in columns
    }
    taken = {
        place
        for line in known.lines
        for place in (line.whole, *line.parts)
        if not told.get(place, frozenset()).isdisjoint(told.get(line.whole, frozenset()))
    }
    units: dict[frozenset[str], list[int]] = {}
    for column in columns:
        if column not in taken | known.of_which:
            units.setdefault(told[column], []).append(column)
    return [free for free in units.values() if len(free) > _FEWEST_ROWS]


def sums_of_several(named: Sequence[int], columns: Sequence[int], known: Axis, lines: Sequence[Cells]) -> list[Line]:
    """Totals by name of the columns before them that count several things: wells, springs and what nobody knows.

    Args:
        named: columns that are called totals.
        columns: those of amounts and counts, in order.
        known: the totals of columns that are known.
        lines: the numbers of each row, by column.
    """
    wholes = {line.whole for line in known.lines}
    found: list[Line] = []
    for whole in named:
        before = [column for column in columns if column < whole]
        runs = [before[start:] for start in range(len(before) - 1)] if whole not in wholes else []
        run = next((run for run in runs if wholes.isdisjoint(run) and is_plain_sum(whole, run, lines)), None)
        if run is not None:
            found.append(Line(whole, tuple(run), exhaustive=False))
    return found


def is_plain_sum(whole: int, parts: Sequence[int], lines: Sequence[Cells]) -> bool:
    """Whether numbers make up a whole in most lines, whatever they count."""
    told = [
        line for line in lines[:_ASKED] if whole in line and line[whole].worth and all(part in line for part in parts)
    ]
    held = sum(sum((line[part].worth for part in parts), Decimal(0)) == line[whole].worth for line in told)
    return held >= _FEWEST_ROWS and 2 * held > len(told)


def are_all(whole: int, parts: Sequence[int], lines: Iterable[Cells], fewest: int) -> bool:
    """Whether parts make up a whole in most of the lines across that hold it."""
    held, several, wrong = _told(whole, parts, lines)
    return several > 0 and held >= fewest and held > wrong


def _told(whole: int, parts: Sequence[int], lines: Iterable[Cells]) -> tuple[int, int, int]:
    """In how many lines parts make up a whole, in how many of these more than one of them does, in how many none do."""
    held = several = wrong = 0
    for line in islice(lines, _ASKED):
        gap = gap_of(line, whole, parts) if whole in line and line[whole].value else None
        wrong += bool(gap)
        held += gap == 0
        several += gap == 0 and sum(part in line and line[part].value != 0 for part in parts) > 1
    return held, several, wrong


def _column_at(free: Sequence[int], place: int, size: int, lines: Sequence[Cells]) -> Line | None:
    """The total that a column is of as many columns right or left of it, or of more where more rows bear them out."""
    whole = free[place]
    for side in (free[place + 1 :], free[:place][::-1]):
        if len(side) < size or not are_all(whole, side[:size], lines, _FEWEST_ROWS):
            continue
        runs = [side[:end] for end in range(size, len(side) + 1)] if _told(whole, side[:size], lines)[2] else []
        best = max(runs, key=lambda run: _told(whole, run, lines)[0], default=side[:size])
        return Line(whole, tuple(sorted(best)), exhaustive=True)
    return None
