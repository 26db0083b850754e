"""Rows of two complementary parts, as urban and rural, below or above their sum, and what else stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from pipelines.figures.tables.lines import Line, Path
from pipelines.figures.tables.number import Numbers
from pipelines.figures.text.passage import Passage

_ASKED = 200  # rows of a stretch from which on nobody writes both parts beside all others
_TELLING_DIGITS = 2  # of a sum of rows that words oppose
_PAIR = 2

Values = dict[int, Decimal]


@dataclass(slots=True)
class Contrasts:
    """What pairs of complementary rows tell.

    Attributes:
        lines: sums with their parts.
        repeated: rows that part a whole another way than those that count.
        unclear: rows beside a pair that may be parts of its sum, too.
    """

    lines: list[Line] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)
    unclear: set[int] = field(default_factory=set)


def contrasts(rows: Sequence[int], paths: Sequence[Path], numbers: Numbers) -> Contrasts:
    """Finds pairs such as Urban and Rural whose sum stands right beside them, or first or last of all.

    Where the other rows make up the same sum, those count that are more; where they do not, and may be parts of it
    as well (National, Rural, Urban, and some counties), nothing tells whether they count.

    Args:
        rows: those between named totals, below one heading, in order.
        paths: their labels.
        numbers: of the table.
    """
    found = Contrasts()
    if not _PAIR < len(rows) <= _ASKED:
        return found
    values = [numbers.values.get(row, {}) for row in rows]
    pairs: list[tuple[int, int]] = []
    for place in range(len(rows) - 1):
        beside = dict.fromkeys((place - 1, place + _PAIR, 0, len(rows) - 1))
        for whole in (at for at in beside if 0 <= at < len(rows) and at not in (place, place + 1)):
            if _is_sum(values[whole], values[place : place + _PAIR]) and _are_complementary(*paths[place : place + 2]):
                pairs.append((whole, place))
                break
    found.lines = [Line(rows[whole], (rows[place], rows[place + 1]), exhaustive=True) for whole, place in pairs]
    if len(pairs) == 1 and pairs[0][0] in (0, len(rows) - 1):
        whole, place = pairs[0]
        rest = [at for at in range(len(rows)) if at not in (whole, place, place + 1)]
        _weigh(found, rows, values, rest, numbers)
    return found


def _weigh(
    found: Contrasts, rows: Sequence[int], values: Sequence[Values], rest: Sequence[int], numbers: Numbers
) -> None:
    """What the rows beside a single pair are: the whole again, or perhaps parts of it."""
    [line] = found.lines
    whole = values[rows.index(line.whole)]
    units = {column: number.spec.unit for column, number in numbers.by_row[line.whole].items()}
    alike = [at for at in rest if _is_below(values[at], whole) and _units(numbers, rows[at]).items() <= units.items()]
    others = tuple(rows[at] for at in alike)
    if len(alike) == len(rest) and len(rest) >= _PAIR and _is_sum(whole, [values[at] for at in rest]):
        found.lines = [
            Line(line.whole, parts, exhaustive=True, by=by) for parts, by in ((others, ""), (line.parts, "contrast"))
        ]
        found.repeated.update(line.parts if len(others) > len(line.parts) else others)
    else:
        found.unclear.update(others)


def _units(numbers: Numbers, row: int) -> dict[int, str]:
    return {column: number.spec.unit for column, number in numbers.by_row.get(row, {}).items()}


def _is_below(part: Values, whole: Values) -> bool:
    return bool(part) and all(column in whole and value <= whole[column] for column, value in part.items())


def _is_sum(whole: Values, parts: Sequence[Values]) -> bool:
    """Whether a row is the sum of others in every column, to digits that are hardly chance."""
    if not any(whole.values()):
        return False
    exact = all(sum((part.get(c, Decimal(0)) for part in parts), Decimal(0)) == v for c, v in whole.items())
    return exact and sum(len(v.normalize().as_tuple().digits) for v in whole.values() if v) >= _TELLING_DIGITS


def _are_complementary(one: Path, other: Path) -> bool:
    """Whether the last labels of two rows name different members of one axis: Urban and Rural, men and women."""
    members = [_members(path[-1]) if path else {} for path in (one, other)]
    return any(axis in members[1] and members[1][axis] != member for axis, member in members[0].items())


@lru_cache(maxsize=4096)
def _members(label: str) -> dict[str, int]:
    hits = Passage(label).axes.within(0, len(label))
    return {axis: member for axis, member in (hit.payload for hit in hits) if axis in _AXES}


_AXES = ("residence", "sex")
