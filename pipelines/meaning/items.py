"""Figures of one table about the same: which of them speaks for the whole, and what sets the others apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.figures.figure import Figure
from pipelines.figures.tables.lines import is_average, is_grand, label_class
from pipelines.meaning.meaning import Meaning

_ROW = re.compile(r"\d+$")
Place = tuple[str | None, str]
Pair = tuple[Figure, Meaning]


def with_items(figures: Sequence[Figure], meanings: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """The meanings, those of cells with an item where other cells of the table say the same of region and program.

    Amounts of three villages are not three amounts of their county. The cell below "Total" speaks for all of them, or
    the one that the others are parts of; where there is none, none does.

    Args:
        figures: of one report.
        meanings: one for each figure, in their order.
    """
    alike: dict[tuple[object, ...], list[Pair]] = {}
    for figure, meaning in zip(figures, meanings, strict=True):
        if figure.locator.cell is not None and not meaning.item:
            alike.setdefault(_about(figure, meaning), []).append((figure, meaning))
    found: dict[int, str] = {}
    unclear: list[list[Pair]] = []
    wholes: set[Place] = set()
    for group in alike.values():
        if len(group) == 1:
            continue
        whole = _whole(group)
        if whole is None:
            unclear.append(group)
            continue
        if not is_mean(whole):
            wholes.add(_line(whole))
        found |= _items(group, whole)
    for group in unclear:
        # the row that is the whole of another column is so of this one
        spoken = [figure for figure, _ in group if _line(figure) in wholes]
        found |= _items(group, spoken[0] if len(spoken) == 1 else None)
    return tuple(
        meaning._replace(item=found[meaning.figure_id]) if meaning.figure_id in found else meaning
        for meaning in meanings
    )


def _about(figure: Figure, meaning: Meaning) -> tuple[object, ...]:
    """Table and meaning of a cell."""
    decided = (meaning.program, meaning.source, meaning.stage, meaning.measure, meaning.beneficiary)
    return (
        *(figure.locator.sheet, figure.locator.section, figure.role, figure.unit, meaning.scope),
        *(decision.code for decision in (*decided, meaning.region, meaning.period)),
    )


def _whole(group: list[Pair]) -> Figure | None:
    """The cell that speaks for the whole by its labels, or because the others are its parts."""
    ranks = [(_rank(figure), figure) for figure, _ in group if not _is_superseded(figure)]
    highest = max((rank for rank, _ in ranks), default=0)
    first = [figure for rank, figure in ranks if rank == highest]
    if len(first) == 1:
        return first[0]
    parents = {figure.parent for figure, _ in group if figure.link == "part_of"}
    above = [figure for figure in first if figure.figure_id in parents and figure.parent not in parents]
    return above[0] if len(above) == 1 else None


def is_mean(figure: Figure) -> bool:
    """Whether it is an amount per head or a ratio, of which a region has the mean and not the sum of its parts'."""
    return figure.role in ("per_unit", "per_unit_prev") or figure.role.endswith(("_pct", "_pp"))


def _rank(figure: Figure) -> int:
    paths = (figure.locator.row_path or "", figure.locator.column_path or "")
    means = any(is_average(label) for path in paths for label in path.split(" > ")) if is_mean(figure) else False
    return _totals(paths[0]) + _totals(paths[1]) + 3 * means


@lru_cache(maxsize=1 << 16)
def _totals(path: str) -> int:
    """How much of a whole a path names: totals count more than subtotals, the total of the whole table most."""
    weights = {"total": 3, "subtotal": 1}
    return sum(weights.get(label_class(label), 0) + 3 * is_grand(label) for label in path.split(" > "))


def _is_superseded(figure: Figure) -> bool:
    return any(attribute == "superseded" for attribute, _ in figure.decided_by)


def _line(figure: Figure) -> Place:
    row = _ROW.search(figure.locator.cell or "")
    return (figure.locator.sheet, row.group() if row else "")


def _items(group: list[Pair], whole: Figure | None) -> dict[int, str]:
    """The labels that set the cells of a group apart: those of rows, of columns, or both."""
    rows = {figure.locator.row_path for figure, _ in group}
    columns = {figure.locator.column_path for figure, _ in group}
    found: dict[int, str] = {}
    for figure, meaning in group:
        if figure is whole:
            continue
        row, column = figure.locator.row_path or "", figure.locator.column_path or ""
        parts = (row if len(rows) > 1 or len(columns) == 1 else "", column if len(columns) > 1 else "")
        found[meaning.figure_id] = " | ".join(filter(None, parts)) or figure.locator.cell or ""
    return found
