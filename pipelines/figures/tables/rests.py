"""What adds up to nothing: what is left between two others, balances that run on from row to row, rows of ratios."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, permutations

from pipelines.catalog.headers import says
from pipelines.figures.tables.label_classes import LabelClass
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Path
from pipelines.figures.tables.number import Numbers
from pipelines.figures.tables.spoken_roles import is_ratio, is_score

_ASKED_ROWS = 200  # rows of a long table that are asked
_FEWEST = 2  # rows that agree
_MOST_TOTALS = 8


def differences(
    rows: Sequence[tuple[int, Path]], values: Mapping[int, Mapping[int, Decimal]], classes: Mapping[str, LabelClass]
) -> set[int]:
    """Rows of what is left between two totals, such as a surplus of receipts over payments: parts of neither."""
    totals = [row for row, path in rows if path and classes.get(path[-1]) in ("total", "subtotal")]
    if not _FEWEST <= len(totals) <= _MOST_TOTALS:
        return set()
    left = {label for label in {path[-1] for _, path in rows if path} if says("remainder", label)}
    pairs = [(values.get(one, {}), values.get(other, {})) for one, other in permutations(totals, 2)]
    return {
        row
        for row, path in rows
        if path and path[-1] in left and any(_is_difference(values.get(row, {}), one, other) for one, other in pairs)
    }


def _is_difference(left: Mapping[int, Decimal], one: Mapping[int, Decimal], other: Mapping[int, Decimal]) -> bool:
    """Whether numbers are in every column what one row has more than another."""
    both = left.keys() & one.keys() & other.keys()
    return any(left.values()) and both == left.keys() and all(left[c] == one[c] - other[c] for c in both)


def remainders(
    layout: Layout, columns: Sequence[int], numbers: Numbers, parts: Mapping[int, Sequence[int]]
) -> set[int]:
    """Columns of what one column has more than another in most rows, and are thus no amounts beside the former.

    Words say so of a column, or it is the rest of a sum that other columns make up.
    """
    lines = [numbers.values.get(row, {}) for row in numbers.lines[:_ASKED_ROWS]]
    left = {column for column in columns if says("remainder", " ".join(layout.column_paths[column][-1:]))}
    found = set()
    for column in columns:
        alike = [place for place in columns if place != column and numbers.units[place] == numbers.units[column]]
        wholes = [one for one in alike if column in left or (one in parts and one < column)]
        for one, other in ((one, other) for one in wholes for other in alike if other != one):
            if column not in left and (other > column or not {column, other}.isdisjoint(parts[one])):
                continue
            told = [line[column] == line[one] - line[other] for line in lines if {column, one, other} <= line.keys()]
            if told.count(True) >= _FEWEST and 2 * told.count(True) > len(told):
                found.add(column)
    return found


def running(columns: Sequence[int], numbers: Numbers) -> set[int]:
    """Columns whose every number is that of the row above and an amount beside it, as balances of accounts are."""
    lines = [numbers.values.get(row, {}) for row in numbers.lines[:_ASKED_ROWS]]
    return {
        column
        for column, amount in permutations(columns, 2)
        if numbers.units[column] == numbers.units[amount]
        and len(told := [(up, low) for up, low in pairwise(lines) if column in up and {column, amount} <= low.keys()])
        > _FEWEST
        and all(low[column] == up[column] + low[amount] for up, low in told)
        and any(low[amount] for _, low in told)
    }


def ratio_rows(layout: Layout, numbers: Numbers) -> set[int]:
    """Rows of rates, ratios and indices, as a column of measures or all their numbers tell it: Poverty gap, 收入比.

    Rows of one measure tell that together: all between 0 and 1. A unit of what is counted or paid speaks against it.
    """
    column = next((column for column, of in layout.kinds.items() if of.names == "measure"), None)
    if column is None:
        return set()
    rows: dict[str, list[int]] = {}
    for row, label in zip(layout.body_rows, layout.texts(column), strict=True):
        if label is not None and row in numbers.values:
            rows.setdefault(label, []).append(row)
    found: set[int] = set()
    for label, members in rows.items():
        told = [value for row in members for value in numbers.values[row].values() if value]
        small = len(told) >= _FEWEST and all(abs(value) < 1 for value in told)
        if (small or is_ratio(label) or is_score(label)) and _are_unknown(members, numbers):
            found.update(members)
    return found


def _are_unknown(rows: Collection[int], numbers: Numbers) -> bool:
    """Whether nothing says what the numbers of some rows are in."""
    units = {number.spec.unit for row in rows for number in numbers.by_row[row].values() if number.is_summed}
    return units <= {"unknown"}
