"""Parts "of which" along rows and columns: whether they are all that their whole has, and which whole they are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from pipelines.figures.tables.lines import Axis, Line
from pipelines.figures.tables.totals import Cells
from pipelines.figures.tables.unnamed_columns import are_all

_ASKED = 200  # lines of a long table that are asked


def settle_of_which(places: Sequence[int], axis: Axis, lines: Iterable[Cells], fewest: int) -> None:
    """Makes wholes that their parts "of which" make up totals, and gives a part that is more than its whole another.

    Args:
        places: those of amounts and counts, in order.
        axis: the relations that words name; they are changed.
        lines: the numbers of each line across, by place.
        fewest: lines that must bear out a sum.
    """
    asked = list(islice(lines, _ASKED)) if any(not line.exhaustive for line in axis.lines) else []
    for line in completed(places, axis, asked, fewest) if asked else ():
        axis.lines = [other for other in axis.lines if other.whole != line.whole and other.parts != line.parts]
        axis.lines.append(line)
        axis.of_which.difference_update(line.parts)
        axis.wholes.add(line.whole)
    wholes = {part: line.whole for line in axis.lines for part in line.parts}
    for line in [line for line in axis.lines if len(line.parts) == 1 and not line.exhaustive]:
        if _exceeds(line, asked):
            axis.lines.remove(line)
            above = Line(wholes.get(line.whole, line.whole), line.parts, exhaustive=False)
            axis.lines += [] if _exceeds(above, asked) else [above]


def completed(places: Sequence[int], axis: Axis, lines: Sequence[Cells], fewest: int) -> list[Line]:
    """Wholes that their parts "of which" make up, with the places that follow these, in most lines across.

    其中：产业 | 基础设施 lists two parts of which the word stands before the first alone.
    """
    of_which = {part: line.whole for line in axis.lines if not line.exhaustive for part in line.parts}
    taken = {part for line in axis.lines if line.exhaustive for part in (line.whole, *line.parts)} | axis.of_which
    found: dict[int, Line] = {}
    for first, whole in of_which.items():
        parts = [first]
        for place in places[places.index(first) + 1 :] if first in places and whole not in found else ():
            if of_which.get(place, whole if place not in taken else None) != whole:
                break
            parts.append(place)
            if are_all(whole, parts, lines, fewest):
                found[whole] = Line(whole, tuple(parts), exhaustive=True)
                break
    return list(found.values())


def _exceeds(line: Line, lines: Sequence[Cells]) -> bool:
    """Whether a part is more than its whole in most of the lines across that have both."""
    both = [(of[line.parts[0]], of[line.whole]) for of in lines if {line.parts[0], line.whole} <= of.keys()]
    return 2 * sum(part.spec.unit == whole.spec.unit and part.worth > whole.worth for part, whole in both) > len(both)
