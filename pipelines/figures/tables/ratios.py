"""What the percentages of a table are about: the column that most rows confirm by their arithmetic.

A header such as "Share (%)" does not say of what. Of all ways to read it that its table allows, the one that holds in
more than half of the rows is taken, and only then; a row that contradicts it is for the checks to find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines.catalog.currencies import is_money
from pipelines.figures.figure import LinkKind
from pipelines.figures.intervals.intervals import Bounds

_LEVELS = frozenset({"level", "per_unit"})
_FEWEST = 2  # rows that must confirm
_ASKED = 500  # rows of a long table that are asked
_NEAREST = 6  # columns of amounts beside one of percentages that it may be about


@dataclass(slots=True)
class Amount:
    """A number of a table with what is needed to compare it.

    Attributes:
        figure_id: its figure.
        role: its role.
        unit: its unit.
        bounds: what it can stand for, in its unit.
        whole: the figure that it is part of, None where it is part of none.
    """

    figure_id: int
    role: str
    unit: str
    bounds: Bounds
    whole: int | None


Rows = Sequence[Mapping[int, Amount]]
# a percentage, the amount above the line, and that below it
Triple = tuple[Amount, Amount, Amount]
# the columns of the two amounts → the triples of some rows
Readings = Mapping[tuple[int, int], Callable[[Rows], list[Triple]]]


def ratio_links(rows: Rows) -> dict[int, tuple[int, LinkKind]]:
    """The figure that each share, growth or completion speaks about, and each plan that has its completion beside it.

    Args:
        rows: the numbers of each row by column, in the table's order.

    Returns:
        figure_id → figure_id of what it speaks about, and the link.
    """
    links: dict[int, tuple[int, LinkKind]] = {}
    ratios = {column: amount.role for line in rows for column, amount in line.items() if amount.unit == "%"}
    for column, role in ratios.items():
        places = _places(rows, column, _LEVELS)
        if role == "share_pct":
            by_id = {amount.figure_id: amount for line in rows for amount in line.values()}
            found = _confirmed({(place, place): _of_whole(column, place, by_id) for place in places}, rows, column)
            links |= {claim.figure_id: (part.figure_id, "share_of") for claim, part, _ in found}
        elif role == "plan_pct":
            plans = _places(rows, column, frozenset({"target"}))
            readings = {(place, plan): _beside(column, place, plan) for plan in plans for place in places}
            for claim, actual, plan in _confirmed(readings, rows, column):
                links[claim.figure_id] = links[plan.figure_id] = (actual.figure_id, "plan_of")
        elif role == "change_pct":
            readings = {(now, was): _beside(column, now, was) for now in places for was in places if now != was}
            readings |= {(place, place): _from_row_to_row(column, place) for place in places}
            found = _at_prices_of_the_time(_confirmed(readings, rows, column, less=100))
            links |= {claim.figure_id: (later.figure_id, "change_of") for claim, later, _ in found}
    return links


def _places(rows: Rows, column: int, roles: frozenset[str]) -> list[int]:
    """Columns of amounts of some roles, the nearest to a column of percentages first."""
    found = {place for line in rows[:_ASKED] for place, amount in line.items() if amount.role in roles}
    return sorted(found, key=lambda place: (abs(place - column), place))[:_NEAREST]


def _beside(column: int, over: int, under: int) -> Callable[[Rows], list[Triple]]:
    """One amount of a row in per cent of another."""
    return lambda rows: [
        (line[column], line[over], line[under])
        for line in rows
        if column in line and over in line and under in line and line[over].unit == line[under].unit
    ]


def _from_row_to_row(column: int, place: int) -> Callable[[Rows], list[Triple]]:
    """An amount in per cent of that of the row above."""
    return lambda rows: [
        (line[column], line[place], above[place])
        for above, line in pairwise(rows)
        if column in line and place in line and place in above and line[place].unit == above[place].unit
    ]


def _of_whole(column: int, place: int, by_id: Mapping[int, Amount]) -> Callable[[Rows], list[Triple]]:
    """An amount in per cent of what it is part of."""
    return lambda rows: [
        (line[column], line[place], whole)
        for line in rows
        if column in line and place in line and (whole := by_id.get(line[place].whole or 0)) is not None
    ]


def _confirmed(readings: Readings, rows: Rows, column: int, less: int = 0) -> list[Triple]:
    """The triples of the reading that most rows confirm, and more than half of them; of equals that of the nearest."""
    best, chosen = (0, 0), None
    for places, triples in readings.items():
        found = triples(rows[:_ASKED])
        holding = sum(_holds(*triple, less) for triple in found)
        rank = (holding, -sum(abs(place - column) for place in places))
        if holding >= _FEWEST and 2 * holding > len(found) and rank > best:
            best, chosen = rank, triples
    return [] if chosen is None else chosen(rows)


def _at_prices_of_the_time(growths: Sequence[Triple]) -> list[Triple]:
    """Growths but for those of money that most amounts of its unit contradict: they are at prices of another year."""
    held = Counter[str]()
    for claim, later, earlier in growths:
        if is_money(later.unit):
            held[later.unit] += 1 if _holds(claim, later, earlier, 100) else -1
    return [growth for growth in growths if held[growth[1].unit] >= 0]


def _holds(claim: Amount, over: Amount, under: Amount, less: int) -> bool:
    """Whether a percentage can be that of two amounts, less some per cent, as far as all three are rounded."""
    above, below, printed = over.bounds, under.bounds, claim.bounds
    if below.low <= 0 or above.low < 0:
        return False
    return 100 * above.low / below.high - less <= printed.high and 100 * above.high / below.low - less >= printed.low
