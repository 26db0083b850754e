"""Rows that are the sum of the run right above or below them, of those that they list, or the same as a sum again."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from pipelines.catalog.currencies import is_money
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.lines import Line, Path
from pipelines.figures.tables.number import Numbers
from pipelines.figures.tables.totals import gap_of
from pipelines.patterns import rarely

_ITEM = r"[ivxlc]+|[a-z]|\d+(?:\.\d+)*|[一二三四五六七八九十]+"
_NUMBERED = re.compile(rf"\s*[(（\[]?({_ITEM})\s*[.)）\]、:：-]", re.IGNORECASE)
_LISTED = rarely(rf"[(（=]\s*((?:{_ITEM})(?:\s*[+＋]\s*(?:{_ITEM}))+)\s*(?:[)）]|$)", re.IGNORECASE)
_LONGEST = 200  # rows of a table from which on it is a list of records
_MOST_PARTS = 30
_FEWEST = 2  # parts, and columns that agree
_TELLING_DIGITS = 8  # that agree in all, where no word says that a row is a sum
# Total deaths in all districts, Umbrella scheme (i+ii+iii), 合计（一+二）
_TOTAL = re.compile(r"\W*(?:grand )?total\b", re.IGNORECASE)
_SAID = rarely(
    r"^\W*(?:(?:grand |sub-?\s?)?total|sum)\b|[(（]\s*[\w.]+(?:\s*[+＋]\s*[\w.]+)+\s*[)）]|[小合总共]\s*计",
    re.IGNORECASE,
)


def listed_sums(places: Sequence[tuple[int, Path]]) -> list[Line]:
    """Rows whose label lists the numbers of those that they are the sum of: "(v) All transfers (i+ii+iv)".

    Args:
        places: all rows of a table with their labels, in order.
    """
    lasts = {row: path[-1] for row, path in places if path}
    listed = {row: told for row, label in lasts.items() if (told := _LISTED.search(label)) is not None}
    found: list[Line] = []
    for row, told in listed.items():
        numbers: dict[str, int] = {}
        for other in lasts:  # of several lists that of the row itself, or the last before it
            number = _NUMBERED.match(lasts[other])
            if number is not None and (other < row or number.group(1).lower() not in numbers):
                numbers[number.group(1).lower()] = other
        parts = [numbers.get(item.strip().lower(), row) for item in re.split("[+＋]", told.group(1))]
        if row not in parts:
            found.append(Line(row, tuple(sorted(parts)), exhaustive=True))
    return found


def repeated_sums(lines: Sequence[Line], numbers: Numbers) -> set[int]:
    """Rows that say the same in every column as one that is a sum, in several and to many digits, and are no part."""
    found: set[int] = set()
    known = {row for line in lines for row in (line.whole, *line.parts)}
    for whole in {line.whole for line in lines if line.exhaustive}:
        told = numbers.values.get(whole, {})
        digits = sum(len(value.normalize().as_tuple().digits) for value in told.values() if value)
        if len(told) >= _FEWEST and digits >= _TELLING_DIGITS:
            found |= {
                row for row, values in numbers.values.items() if row not in known and told.items() <= values.items()
            }
    return found


def claimed_sums(places: Sequence[tuple[int, Path]], numbers: Numbers) -> set[int]:
    """Rows of money that begin with the word for a total, whatever follows: "Total allocations of the ministry"."""
    rows = [row for row, path in places if path and _TOTAL.match(path[-1])]
    specs = {row: [number.spec for number in numbers.by_row.get(row, {}).values()] for row in rows}
    return {row for row, told in specs.items() if any(is_money(one.unit) or one.scale > 1 for one in told)}


def sums_of_runs(places: Sequence[tuple[int, Path]], numbers: Numbers, taken: Collection[int]) -> list[Line]:
    """Rows that agree in every column with the sum of those right above or below them.

    Args:
        places: all rows of a table with their labels, in order.
        numbers: those of the table.
        taken: those that are known as parts, or as sums that are borne out.
    """
    found: list[Line] = []
    if len(places) > _LONGEST or any(path and kind(path[-1]) == "year" for _, path in places):
        return found
    rows, gone = [row for row, _ in places], set(taken)
    for place, (whole, path) in enumerate(places):
        told = {column: value for column, value in numbers.values.get(whole, {}).items() if value}
        if whole in gone or len(told) < _FEWEST:
            continue
        sides = [rows[max(place - _MOST_PARTS, 0) : place][::-1], rows[place + 1 : place + 1 + _MOST_PARTS]]
        if sum(len(value.normalize().as_tuple().digits) for value in told.values()) < _TELLING_DIGITS:
            sides = sides[:1] if path and _SAID.search(path[-1]) else []  # what is said to be a sum closes its parts
        run = next(filter(None, (_run(whole, told, side, gone, numbers) for side in sides)), None)
        if run is not None:
            found.append(Line(whole, tuple(sorted(run)), exhaustive=True))
            gone.update(run)
    return found


def _run(
    whole: int, told: Mapping[int, Decimal], side: Sequence[int], gone: Collection[int], numbers: Numbers
) -> Sequence[int]:
    """The nearest rows of one side that add up to a row in every column that tells something of it."""
    for size, part in enumerate(side, 1):
        if part in gone or not numbers.values.get(part, {}).keys() & told.keys():
            return ()
        gaps = [gap_of(numbers.by_column.get(column, {}), whole, side[:size]) for column in told]
        if size >= _FEWEST and not any(gaps) and None not in gaps:
            return side[:size]
        if any(gap > 0 for gap in gaps if gap is not None):
            return ()
    return ()
