"""Columns of what each gets or costs, told by a product: so many, at so much each, make the amount beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import combinations

Values = Mapping[int, Decimal]
"""Column → amount or count of a row."""

_ASKED = 200  # rows of a long table that are asked
_MOST_COLUMNS = 12
_FEWEST_ROWS = 2
_TELLING_DIGITS = 6  # of the products in all, so that they are hardly chance


def rates_by_product(units: Mapping[int, AbstractSet[str]], lines: Sequence[Values]) -> set[int]:
    """The columns whose numbers are told of each one that another column counts, and add up to nothing.

    Args:
        units: columns of amounts and counts with the units of their numbers, in order.
        lines: the numbers of each row.
    """
    found: set[int] = set()
    if len(units) > _MOST_COLUMNS:
        return found
    asked = lines[:_ASKED]
    for one, other in combinations(units, 2):
        alike = [column for column in units if column not in (one, other) and _is_product(one, other, column, asked)]
        for amount in alike:
            told = [column for column in (one, other) if units[column] == units[amount]]
            if len(told) != 1:  # in the row of totals a rate is left out
                told = [
                    column for column in (one, other) if any(amount in line and column not in line for line in asked)
                ]
            found |= set(told) if len(told) == 1 else set()
    return found


def _is_product(one: int, other: int, amount: int, lines: Sequence[Values]) -> bool:
    """Whether an amount is the product of two columns in nearly all rows, but for a power of ten."""
    rows = [line for line in lines if line.get(one) and line.get(other) and line.get(amount)]
    if len(rows) < _FEWEST_ROWS or len({line[amount] for line in rows}) < _FEWEST_ROWS:
        return False
    scales: dict[int, int] = {}
    digits = 0
    for line in rows:
        product, printed = (line[one] * line[other]).normalize(), line[amount].normalize()
        if product.as_tuple().digits == printed.as_tuple().digits and 1 not in (abs(line[one]), abs(line[other])):
            power = product.adjusted() - printed.adjusted()
            scales[power] = scales.get(power, 0) + 1
            digits += len(printed.as_tuple().digits)
    held = max(scales.values(), default=0)
    return held >= _FEWEST_ROWS and 5 * held >= 4 * len(rows) and digits >= _TELLING_DIGITS
