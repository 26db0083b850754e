"""Reads a table as its format states it: which columns hold figures, of what unit and role, and what replaces what.

Formats with a schema of their own (activity files, data packages) say what others leave to headers and labels. Their
tables then need no guess about totals and units; everything after this step is the same for them as for any table.
"""

from __future__ import annotations

from typing import cast

from pipelines.columns import Same
from pipelines.figures.figure import Role
from pipelines.figures.tables.arrangement import Arrangement
from pipelines.figures.tables.columns import NAMING, Column
from pipelines.figures.tables.finish import finish
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.headers import kind_of_labels
from pipelines.figures.tables.layout import Given, Layout, column_paths
from pipelines.figures.tables.number import Numbers
from pipelines.figures.tables.paths import Paths
from pipelines.figures.units.unitlines import BRACKETS, unit_words
from pipelines.figures.units.unitwords import TableUnit, loose_unit
from pipelines.reading.document import Stated, StatedColumn, Table


def stated_layout(table: Table, stated: Stated, rows: Grid) -> Layout:
    """The parts of a table, given its cells by row, as its format states them; its first row are the headers."""
    header, body = rows.rows[0], rows.rows[1:]
    layout = Layout(table.caption, unit_words(table.caption), [header], body, rows)
    layout.is_stated = stated.independent
    layout.column_paths = column_paths(rows, [header], [column.column for column in stated.columns])
    for column in stated.columns:
        layout.kinds[column.column] = _kind(layout, column, stated.origin)
    layout.naming = [column for column, found in layout.kinds.items() if found.kind in NAMING]
    values = [column for column in stated.columns if column.kind == "value"]
    finish(layout)
    scaled: set[str] = set()
    for column in values:
        role = cast(Role, column.role) if column.role else None
        spoken = _spoken(layout.column_paths[column.column]) if column.scale == 1 else None
        # "million yuan" in the header holds beside a stated currency, which says nothing of the scale
        unit = "" if spoken is not None and spoken.unit == column.unit else column.unit
        scaled |= {spoken.unit} if spoken is not None else set()
        layout.given[column.column] = Given(unit, column.scale, role, (), stated.origin)
        layout.stated_columns[column.column] = column.codes
        if column.decimals:
            layout.decimals[column.column] = column.decimals
    for row in stated.rows:
        layout.stated_rows[row.row] = row.codes
        if row.unit and row.unit not in scaled:
            layout.row_units[row.row] = row.unit
    # a row without a number says nothing about the rows below it
    layout.heading_rows = set()
    layout.row_paths = Paths(body, Same((), len(body)), [layout.texts(column) for column in layout.naming])
    return layout


def _kind(layout: Layout, column: StatedColumn, origin: str) -> Column:
    """What a column holds: values or not as its format states it, what its labels name as its header says it."""
    if column.kind != "label":
        return Column("values" if column.kind == "value" else "ignored", None, origin)
    path = layout.column_paths[column.column]
    named = kind_of_labels(path[-1]) if path else None
    if named == "unit" and layout.unit_column is None:
        return Column("unit", None, origin)
    return Column("label", named if named != "unit" else None, origin)


def _spoken(path: tuple[str, ...]) -> TableUnit | None:
    """The unit that a header names with a scale; None where it names none."""
    for header in path[::-1]:
        for words in (*BRACKETS.findall(header)[::-1], unit_words(header)):
            found = loose_unit(words) if words else None
            if found is not None and found.scale != 1:
                return found
    return None


def arrange_stated(stated: Stated, numbers: Numbers) -> Arrangement:
    """Relates the number cells of a table whose rows stand for themselves: what is replaced, and plans to actuals."""
    rows = {row.row: row for row in stated.rows}
    by_place = {(number.row, number.column): number for number in numbers.cells}
    roles = {column.column: column.role for column in stated.columns if column.kind == "value"}
    found = Arrangement()
    for (row, column), number in by_place.items():
        about = rows.get(row)
        if about is None:
            continue
        newer = by_place.get((about.superseded_by, column)) if about.superseded_by is not None else None
        if newer is not None:
            found.superseded[number.figure_id] = newer.address
        if newer is not None or not about.additive:
            found.repeated.add(number.figure_id)
        if roles[column] == "target":
            achieved = [by_place[row, at] for at, role in roles.items() if role == "level" and (row, at) in by_place]
            if len(achieved) == 1:
                found.about[number.figure_id] = (achieved[0].figure_id, "plan_of")
    return found
