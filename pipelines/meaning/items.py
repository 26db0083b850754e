"""Figures of one table about the same: which of them speaks for the whole, and what sets the others apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from pipelines.columns import Records, coded, column, mapped
from pipelines.figures.figure import Figure
from pipelines.figures.tables.label_classes import is_average, is_grand, label_class
from pipelines.meaning.meaning import Meaning
from pipelines.patterns import regex

_ROW = regex(r"\d+$")
Place = tuple[str | None, str]


def with_items(tables: Sequence[tuple[Records[Figure], Records[Meaning]]]) -> list[Records[Meaning]]:
    """The meanings, those of cells with an item where other cells of the table say the same of region and program.

    Amounts of three villages are not three amounts of their county. The cell below "Total" speaks for all of them, or
    the one that the others are parts of; where there is none, none does.

    Args:
        tables: figures and meanings of the tables of one report.
    """
    places: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    for number, (figures, meanings) in enumerate(tables):
        for place, (item, about) in enumerate(zip(meanings.columns["item"], _about(figures, meanings), strict=True)):
            if not item:
                places.setdefault(about, []).append((number, place))
    found: list[dict[int, str]] = [{} for _ in tables]
    unclear: list[list[Figure]] = []
    wholes: set[Place] = set()
    owners: dict[int, int] = {}
    alike = [members for members in places.values() if len(members) > 1]
    for members in alike:
        group = [tables[number][0][place] for number, place in members]
        owners |= {figure.figure_id: number for figure, (number, _) in zip(group, members, strict=True)}
        whole = _whole(group)
        if whole is None:
            unclear.append(group)
            continue
        if not is_mean(whole.role):
            wholes.add(_line(whole))
        for figure_id, item in _items(group, whole).items():
            found[owners[figure_id]][figure_id] = item
    for group in unclear:
        # the row that is the whole of another column is so of this one
        spoken = [figure for figure in group if _line(figure) in wholes]
        for figure_id, item in _items(group, spoken[0] if len(spoken) == 1 else None).items():
            found[owners[figure_id]][figure_id] = item
    return [
        meanings.with_columns(item=coded(map(items.get, meanings.columns["figure_id"], meanings.columns["item"])))
        if items
        else meanings
        for items, (_, meanings) in zip(found, tables, strict=True)
    ]


def _about(figures: Records[Figure], meanings: Records[Meaning]) -> Iterator[tuple[object, ...]]:
    """Table and meaning of each cell."""
    place = figures.columns["locator"]
    told = mapped(_codes, *(meanings.columns[name] for name in _DECIDED), meanings.columns["scope"])
    return zip(
        *(column(place, name) for name in ("sheet", "section")),
        *(figures.columns[name] for name in ("role", "unit")),
        told,
        strict=True,
    )


_DECIDED = ("program", "source", "stage", "measure", "beneficiary", "region", "period")


def _codes(*told: Any) -> tuple[object, ...]:  # noqa: ANN401 - decisions and the words of the scope
    return (*(decision.code for decision in told[:-1]), told[-1])


def _whole(group: list[Figure]) -> Figure | None:
    """The cell that speaks for the whole by its labels, or because the others are its parts."""
    ranks = [(_rank(figure), figure) for figure in group if not _is_superseded(figure)]
    highest = max((rank for rank, _ in ranks), default=0)
    first = [figure for rank, figure in ranks if rank == highest]
    if len(first) == 1:
        return first[0]
    parents = {figure.parent for figure in group if figure.link == "part_of"}
    above = [figure for figure in first if figure.figure_id in parents and figure.parent not in parents]
    return above[0] if len(above) == 1 else None


def is_mean(role: str) -> bool:
    """Whether it is an amount per head or a ratio, of which a region has the mean and not the sum of its parts'."""
    return role in ("per_unit", "per_unit_prev") or role.endswith(("_pct", "_pp"))


def _rank(figure: Figure) -> int:
    paths = (figure.locator.row_path or "", figure.locator.column_path or "")
    means = any(is_average(label) for path in paths for label in path.split(" > ")) if is_mean(figure.role) else False
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


def _items(group: list[Figure], whole: Figure | None) -> dict[int, str]:
    """The labels that set the cells of a group apart: those of rows, of columns, or both."""
    rows = {figure.locator.row_path for figure in group}
    columns = {figure.locator.column_path for figure in group}
    found: dict[int, str] = {}
    for figure in group:
        if figure is whole:
            continue
        row, column = figure.locator.row_path or "", figure.locator.column_path or ""
        parts = (row if len(rows) > 1 or len(columns) == 1 else "", column if len(columns) > 1 else "")
        found[figure.figure_id] = " | ".join(filter(None, parts)) or figure.locator.cell or ""
    return found
