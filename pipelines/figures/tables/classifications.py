"""Rows by several classifications (area, sex, age): a total of one holds among rows that are alike in the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import combinations

from pipelines.columns import Coded
from pipelines.figures.tables.label_classes import LabelClass, label_class
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.lines import Axis, Line

_FEWEST = 2  # classifications that have totals


def part_by_classification(layout: Layout, axis: Axis) -> None:
    """Parts the totals of an axis of rows by classification, and keeps one way to add up the rows below each.

    Of (Total, Total) the parts are (Urban, Total) and (Rural, Total), and again (Total, Male) and (Total, Female).
    """
    classes = _classes(layout)
    if len(classes) < _FEWEST:
        return
    lines: list[Line] = []
    for line in axis.lines:
        lines += _parted(layout, line, classes) if line.exhaustive else [line]
    axis.lines = lines
    below: dict[int, list[Line]] = {}
    for line in lines:
        below.setdefault(line.whole, []).append(line)
    for several in below.values():
        if len(several) > 1 and all(line.by for line in several):
            chosen = next((line for line in several if not below.keys().isdisjoint(line.parts)), several[0])
            for line in several:
                if line is chosen:
                    axis.wholes -= set(line.parts) - below.keys()
                else:
                    axis.wholes |= _all_below(line, below)


def _classes(layout: Layout) -> Mapping[int, Coded[LabelClass | None]]:
    """The columns of labels that have totals, each with the class of its labels."""
    found: dict[int, Coded[LabelClass | None]] = {}
    for column in layout.naming if len(layout.naming) >= _FEWEST else ():
        labels = layout.labels(column)
        classes = [None if label is None else label_class(label) for label in labels.values]
        if "total" in classes:
            found[column] = Coded(classes, labels.codes)
    return found


def _parted(layout: Layout, line: Line, classes: Mapping[int, Coded[LabelClass | None]]) -> Sequence[Line]:
    """A total and its parts by the classifications in which they are no totals; none where these cannot be told."""

    def told(row: int, wanted: LabelClass) -> set[int]:
        place = layout.row_paths.place(row)
        return {column for column, of in classes.items() if of.at(place) == wanted}

    own = told(line.whole, "total")
    groups: dict[frozenset[int], list[int]] = {}
    for part in line.parts:
        groups.setdefault(frozenset(own & told(part, "detail")), []).append(part)
    if len(groups) < _FEWEST or not all(groups):
        return [line]
    apart = [not one & other for one, other in combinations(groups, 2)]
    if not any(apart):
        return [line]
    if not all(apart):
        return [replace(line, exhaustive=False)]
    ordered = sorted(groups.items(), key=lambda group: sorted(group[0]))
    return [Line(line.whole, tuple(parts), exhaustive=True, by=f"column {min(by)}") for by, parts in ordered]


def _all_below(line: Line, below: Mapping[int, Sequence[Line]]) -> AbstractSet[int]:
    """The parts of a total, theirs, and so on."""
    found: set[int] = set()
    waiting = [*line.parts]
    while waiting:
        row = waiting.pop()
        if row not in found:
            found.add(row)
            waiting += (part for inner in below.get(row, ()) for part in inner.parts)
    return found
