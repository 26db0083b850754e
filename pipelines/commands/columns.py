"""`fupin figures --columns`: what each column of a file's tables holds, and what decided it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.catalog.layouts import layouts
from pipelines.catalog.units import is_amount
from pipelines.commands.output import print_table
from pipelines.figures.draft import RATIO_UNITS
from pipelines.figures.figure import Figure, Reading
from pipelines.figures.tables.declared import why_not
from pipelines.figures.tables.layout import Layout
from pipelines.figures.tables.read import laid_out
from pipelines.reading.cells import Cell
from pipelines.reading.document import Document

_SHOWN = ("column", "header", "kind", "unit", "role", "figures", "decided by")


def print_columns(document: Document, reading: Reading) -> None:
    """Prints a table of columns for each table of a document.

    Args:
        document: as read.
        reading: its figures, from which the columns of values have unit and role.
    """
    for table in document.tables:
        print(f"sheet {table.sheet}{f': {table.caption}' if table.caption else ''}")
        for line in why_not(document.report_id, table, layouts()):
            print(line)
        of_sheet = [figure for figure in reading.figures if figure.locator.sheet == table.sheet]
        for layout in laid_out(document, table, layouts())[0]:
            print_table(_SHOWN, [_row(layout, column, of_sheet) for column in layout.kinds])
        print()


def letters(column: int) -> str:
    """The letters of a column in spreadsheet notation."""
    return re.sub(r"\d", "", Cell(0, column, "").address)


def in_column(figures: Sequence[Figure], layout: Layout, column: int) -> list[Figure]:
    """The figures of a column of one table of a sheet."""
    rows = set(layout.body_rows)
    found = []
    for figure in figures:
        place = re.fullmatch(r"([A-Z]+)(\d+)", figure.locator.cell or "")
        if place is not None and place.group(1) == letters(column) and int(place.group(2)) - 1 in rows:
            found.append(figure)
    return found


def _row(layout: Layout, column: int, figures: Sequence[Figure]) -> tuple[object, ...]:
    told = layout.kinds[column]
    found = in_column(figures, layout, column)
    units = Counter(figure.unit for figure in found)
    roles = Counter(figure.role for figure in found)
    unit = units.most_common(1)[0][0] if units else ""
    decided = dict(found[0].decided_by).get("unit", "") if found else ""
    kind = _kind_of_values(unit) if told.kind == "values" else told.names or told.kind
    return (
        letters(column),
        " > ".join(layout.column_paths.get(column, ())),
        kind,
        unit or None,
        roles.most_common(1)[0][0] if roles else None,
        len(found) or None,
        "; ".join(filter(None, (told.why, decided))),
    )


def _kind_of_values(unit: str) -> str:
    """Amount, count, share or rate, or that nobody can tell what of the numbers are."""
    if not unit:
        return "empty"
    if unit == "unknown":
        return "unclear"
    if unit in RATIO_UNITS:
        return "share or rate"
    return "amount" if is_amount(unit.split("/")[0]) else "count"
