"""Tables against their own margins: the one of its two totals that a cell is not linked to already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.checking.evidence import Evidence, Finding, tested
from pipelines.checking.rules.sums import sum_of
from pipelines.figures.figure import Figure
from pipelines.figures.layout import OF_WHICH, SUBTOTAL, TOTAL

_CELL = re.compile(r"([A-Z]+)(\d+)")
Line = list[tuple[str, Figure]]


def check_margins(evidence: Evidence) -> Iterator[Finding]:
    """Every row and column of a table with one total, where no link of the reader has led to a check of it."""
    checked = {(parent, frozenset(part.figure_id for part in parts)) for parent, parts in _linked(evidence)}
    for line in _lines(evidence):
        totals = [figure for label, figure in line if TOTAL.fullmatch(label)]
        plain = [figure for label, figure in line if not TOTAL.fullmatch(label)]
        if len(totals) != 1 or len(plain) < 2 or any(OF_WHICH.search(x) or SUBTOTAL.fullmatch(x) for x, _ in line):
            continue
        alike = all(figure.unit == totals[0].unit for figure in plain)
        if alike and (totals[0].figure_id, frozenset(figure.figure_id for figure in plain)) not in checked:
            yield tested(partial(sum_of, totals[0], plain))


def _linked(evidence: Evidence) -> Iterator[tuple[int, list[Figure]]]:
    for (parent, _axis), parts in evidence.partitions.items():
        yield parent, parts


def _lines(evidence: Evidence) -> Iterator[Line]:
    """The rows and columns of all tables: each figure with the label that tells it from the others of its line."""
    rows: dict[tuple[str, str], Line] = {}
    columns: dict[tuple[str, str], Line] = {}
    for figure in evidence.figures:
        place = figure.locator
        address = _CELL.fullmatch(place.cell or "")
        if address is None or figure.role != "level":
            continue
        sheet = place.sheet or ""
        rows.setdefault((sheet, address.group(2)), []).append((_last(place.column_path), figure))
        columns.setdefault((sheet, address.group(1)), []).append((_last(place.row_path), figure))
    yield from (line for line in (*rows.values(), *columns.values()) if len(line) > 2)


def _last(path: str | None) -> str:
    return (path or "").rsplit(" > ", 1)[-1].strip()
