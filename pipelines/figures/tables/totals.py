"""Totals that no word names: rows that are the sum of the rows above them, in every column and to the digit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.lines import LabelClass, Path, label_class

_LEAST_COLUMNS, _LEAST_ROWS = 2, 3


def unnamed_totals(
    rows: Sequence[tuple[int, Path]], values: Mapping[int, Mapping[int, Decimal]]
) -> dict[int, LabelClass]:
    """Rows without a total's words that sum the details above them, since the last total or heading.

    Two columns, or three rows, must agree, and not all with zero; rows of years are a series, not parts of a whole.

    Args:
        rows: rows with their header paths, in order.
        values: row → column → its amount or count; ratios and targets left out.

    Returns:
        Such rows, the last one of the table as `total` and others as `subtotal`.
    """
    found: dict[int, LabelClass] = {}
    sums: dict[int, Decimal] = {}
    whole: dict[int, Decimal] = {}
    count, details, heading = 0, 0, None
    closed = False
    last = rows[-1][0] if rows else None
    for row, path in rows:
        if any(label_class(label) != "detail" for label in path):
            sums, count, closed = {}, 0, True
            continue
        if path[:-1] != heading:
            sums, count, heading = {}, 0, path[:-1]
        line = values.get(row, {})
        series = bool(path) and kind(path[-1]) == "year"
        if not series and _agrees(line, sums, count):
            found[row] = "total" if row == last and not closed else "subtotal"
            sums, count, closed = {}, 0, True
            continue
        if row == last and closed and not series and _agrees(line, whole, details):
            found[row] = "total"
            continue
        for column, value in line.items():
            sums[column] = sums.get(column, Decimal(0)) + value
            whole[column] = whole.get(column, Decimal(0)) + value
        count, details = count + 1, details + 1
    return found


def _agrees(line: Mapping[int, Decimal], sums: Mapping[int, Decimal], count: int) -> bool:
    enough = count > 1 and (len(line) >= _LEAST_COLUMNS or count >= _LEAST_ROWS)
    return enough and line.keys() == sums.keys() and any(line.values()) and all(line[c] == sums[c] for c in line)
