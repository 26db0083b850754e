"""Reads a table by its declared layout: maps its columns, and fails where the layout does not know one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from pipelines.catalog.headers import head_kind
from pipelines.catalog.layouts import CODED, LabelColumn, TableLayout, ValueColumn
from pipelines.errors import ReportError
from pipelines.figures.figure import Role
from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.columns import Column
from pipelines.figures.tables.finish import finish
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.headers import PLACE_KINDS, kind_of_labels
from pipelines.figures.tables.label_classes import LabelClass, label_class
from pipelines.figures.tables.layout import Given, Layout, cells_of, column_paths
from pipelines.figures.units.unitlines import unit_words
from pipelines.reading.cells import Cell
from pipelines.reading.document import Document, Table

_TOP_ROWS = 40  # among which the headers stand
ColumnT = TypeVar("ColumnT", LabelColumn, ValueColumn)


def declared_for(document: Document, table: Table, rows: Grid, known: Sequence[TableLayout]) -> Layout | None:
    """The parts of a table, given its cells by row, by the declared layout that matches it; None where none does.

    Raises:
        ReportError: two layouts match, a column or a coded label is unknown to the layout, or a number is written with
            another sign between its digits; names sheet, cell and what to add.
    """
    found = [(layout, top) for layout in known if (top := matches(layout, document.report_id, table, rows)) is not None]
    if not found:
        return None
    if len(found) > 1:
        names = " and ".join(layout.name for layout, _ in found)
        raise ReportError(document.report_id, f"the layouts {names} both match; narrow `match` of one", _sheet(table))
    declared, top = found[0]
    layout = _parts(declared, table, rows, top)
    _map_columns(declared, layout, document.report_id, table)
    _check_signs(declared, layout, document.report_id, table)
    return layout


def matches(layout: TableLayout, report_id: str, table: Table, rows: Grid) -> int | None:
    """The row in which the headers of a table begin, where the layout is for it; else None."""
    found = applies(layout, report_id, table, rows)
    return found if isinstance(found, int) else None


def applies(layout: TableLayout, report_id: str, table: Table, rows: Grid) -> int | str:
    """The row in which the headers of a table begin, where the layout is for it; else why it is not, in a line."""
    if not (_like(layout.match.report, report_id) or _like(layout.match.report, report_id.rsplit("/", 1)[-1])):
        return f"it is for reports {layout.match.report}"
    if not _like(layout.match.sheet, table.sheet):
        return f"it is for sheet {layout.match.sheet}"
    known = [*(label.header for label in layout.labels), *(value.header for value in layout.values), *layout.ignore]
    wanted = [header.split(" > ")[0] for header in known]
    first = [(row, cells_of(line)) for row, line in islice(rows.items(), _TOP_ROWS)]
    alike = {row: sum(_any(wanted, cell.text) for cell in cells) for row, cells in first}
    top = next((row for row, cells in first if 2 * alike[row] >= len(cells) > 1), None)
    if top is None:
        row = max(alike, key=lambda row: alike[row], default=0)
        count = len(dict(first).get(row, []))
        return f"no row has its headers; row {row + 1} has most, {alike.get(row, 0)} of {count} cells"
    above = " ".join([table.caption, *(cell.text for row, cells in first if row < top for cell in cells)])
    headers = [cell.text for row in _header_rows(layout, rows, top) for cell in cells_of(rows[row])]
    for word in layout.match.caption:
        if word.lower() not in above.lower():
            return f'"{word}" stands neither in the caption nor above the headers'
    for header in layout.match.headers:
        if not any(_like(header, text) for text in headers):
            return f'no header reads "{header}"'
    return top


def why_not(report_id: str, table: Table, known: Sequence[TableLayout]) -> list[str]:
    """One line for each layout that is for a report and sheet by their names and does not read the sheet."""
    lines = []
    for layout in _named(report_id, known):
        found = applies(layout, report_id, table, Grid.of(table.cells))
        if isinstance(found, str) and not found.startswith("it is for"):
            lines.append(f"layout {layout.name} is not used for sheet {table.sheet}: {found}")
    return lines


def unused(document: Document, known: Sequence[TableLayout]) -> tuple[str, ...]:
    """Why the layouts that are for a report by its name read no sheet of it, a line for each sheet."""
    found: list[str] = []
    for layout in _named(document.report_id, known):
        lines = [line for table in document.tables for line in why_not(document.report_id, table, [layout])]
        if len(lines) == len(document.tables):
            found += lines
    return tuple(found)


def _named(report_id: str, known: Sequence[TableLayout]) -> list[TableLayout]:
    """The layouts that name a report, other than those for all."""
    names = (report_id, report_id.rsplit("/", 1)[-1])
    return [
        layout
        for layout in known
        if layout.match.report != "*" and any(_like(layout.match.report, name) for name in names)
    ]


def _header_rows(layout: TableLayout, rows: Grid, top: int) -> list[int]:
    return [row for row in rows if row >= top][: layout.header_rows]


def _parts(declared: TableLayout, table: Table, rows: Grid, top: int) -> Layout:
    header = _header_rows(declared, rows, top)
    captions, unit_line, notes = [table.caption], "", []
    body: list[int] = []
    for row, line in rows.items():
        cells = cells_of(line)
        if row < top:
            notes += cells
            for cell in cells:
                words = unit_words(cell.text)
                unit_line = unit_line or words
                captions += [] if words else [cell.text]
        elif row not in header:
            skipped = any(cells[0].text.startswith(text) for text in declared.skip_rows) or _skipped(declared, cells)
            notes += cells if skipped else []
            body += [] if skipped else [row]
    while len(body) > 1 and len(last := cells_of(rows[body[-1]])) == 1 and kind(last[0].text) == "label":
        notes.append(last[0])
        body.pop()
    layout = Layout(" ".join(filter(None, captions)), unit_line, header, body, rows, notes)
    layout.missing = frozenset(declared.missing)
    return layout


def _skipped(declared: TableLayout, cells: Sequence[Cell]) -> bool:
    """Whether a row is of a kind that is not read."""
    return declared.rows is not None and any(_any(declared.rows.skip, cell.text) for cell in cells)


def _map_columns(declared: TableLayout, layout: Layout, report_id: str, table: Table) -> None:
    columns = layout.rows.part([*layout.header_rows, *layout.body_rows]).columns
    layout.column_paths = column_paths(layout.rows, layout.header_rows, columns)
    labels: dict[int, LabelColumn] = {}
    values: dict[int, ValueColumn] = {}
    for column in columns:
        header = column_header(layout, column)
        label = _of_header(declared.labels, header)
        value = _of_header(declared.values, header)
        if label is not None:
            labels[column] = label
            layout.kinds[column] = _kind_of_labels(label, declared.name)
        elif value is not None:
            values[column] = value
            layout.kinds[column] = Column("values", None, f"layout {declared.name}")
        elif _any(declared.ignore, header) or _any(declared.ignore, header.rsplit(" > ", 1)[-1]):
            layout.kinds[column] = Column("ignored", None, f"layout {declared.name}")
        else:
            raise ReportError(report_id, _what_to_add(declared, header), f"{_sheet(table)}, column {_letters(column)}")
    layout.naming = [column for column in labels if layout.kinds[column].kind not in ("unit", "contact")]
    layout.decimals = dict.fromkeys(values, "comma" if declared.decimal == "," else "point")
    finish(layout)
    layout.given = {column: _given(declared, value) for column, value in values.items()}
    layout.total_columns = {column: "total" for column, value in values.items() if value.total} or None
    layout.total_rows = _total_rows(declared, layout, labels, report_id, table)
    layout.versions = _versions(declared, labels)
    layout.row_codes = _row_codes(declared, layout, labels, report_id, table)


def _kind_of_labels(label: LabelColumn, layout: str) -> Column:
    """What a layout says that a column's labels name, or its header where that says it more exactly."""
    by = f"layout {layout}"
    found = kind_of_labels(label.header.rsplit(" > ", 1)[-1])
    match label.dimension:
        case "region":
            return Column("label", found if found in PLACE_KINDS else "region", by)
        case "program" | "source":
            return Column("label", label.dimension, by)
        case "unit":
            return Column("unit", None, by)
    if (head := head_kind(label.header)) in ("person", "contact"):
        return Column(head, "person" if head == "person" else None, by)
    return Column("label", found if found != "unit" else None, by)


def column_header(layout: Layout, column: int) -> str:
    """The header texts of a column joined as a layout names them."""
    texts: list[str] = []
    for row in layout.header_rows:
        cell = layout.rows.cell(row, column)
        if cell is not None and (not texts or texts[-1] != cell.text):
            texts.append(cell.text)
    return " > ".join(" ".join(text.split()) for text in texts)


def _given(declared: TableLayout, value: ValueColumn) -> Given:
    role: Role | None = value.role
    return Given(value.unit or declared.unit or "", value.scale or declared.scale, role, value.codes, declared.name)


def _total_rows(
    declared: TableLayout, layout: Layout, labels: Mapping[int, LabelColumn], report_id: str, table: Table
) -> dict[int, LabelClass] | None:
    """The rows that are totals by a label or by the column that tells it; None where a layout says neither."""
    if declared.rows is None and not declared.total_rows:
        return None
    found: dict[int, LabelClass] = {
        row: "total"
        for row, path in layout.row_paths.items()
        if any(_any(declared.total_rows, label) for label in path)
    }
    if declared.rows is None:
        return found
    at = next(column for column, label in labels.items() if label.header == declared.rows.column)
    for row in layout.body_rows:
        cell = layout.rows.cell(row, at)
        if cell is None or _any(declared.rows.detail, cell.text):
            continue
        if _any(declared.rows.total, cell.text):
            found[row] = "total"
        elif declared.rows.detail:
            cause = f'"{cell.text}" is no kind of row in layout {declared.name}; add it to detail or total of rows'
            raise ReportError(report_id, cause, f"{_sheet(table)}, cell {cell.address}")
    return found


def _versions(declared: TableLayout, labels: Mapping[int, LabelColumn]) -> tuple[int, tuple[int, ...]] | None:
    """The column by which rows follow each other and those that say what they tell; None where a layout names none."""
    told = declared.versions or declared.cumulative
    if told is None:
        return None
    columns = {label.header: column for column, label in labels.items()}
    key = declared.versions.key if declared.versions is not None else ()
    others = [column for header, column in columns.items() if (header in key if key else header != told.order)]
    return columns[told.order], tuple(others)


def _row_codes(
    declared: TableLayout, layout: Layout, labels: Mapping[int, LabelColumn], report_id: str, table: Table
) -> dict[int, tuple[tuple[str, str], ...]]:
    coded = {column: label for column, label in labels.items() if label.codes and label.dimension in CODED}
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for row in layout.body_rows if coded else ():
        codes = []
        for column, label in coded.items():
            cell = layout.rows.cell(row, column)
            if cell is None:
                continue
            code = label.codes.get(cell.text)
            if code is not None:
                codes.append((label.dimension, code))
            elif not _is_total(declared, cell) and row not in layout.heading_rows:
                where = f'{declared.name}; add to the codes of "{label.header}"'
                cause = f'"{cell.text}" has no code in layout {where}: {cell.text}: CODE'
                raise ReportError(report_id, cause, f"{_sheet(table)}, cell {cell.address}")
        if codes:
            found[row] = tuple(codes)
    return found


def _is_total(declared: TableLayout, cell: Cell) -> bool:
    kinds = declared.rows.total if declared.rows is not None else ()
    return _any((*declared.total_rows, *kinds), cell.text) or label_class(cell.text) != "detail"


def _check_signs(declared: TableLayout, layout: Layout, report_id: str, table: Table) -> None:
    """A number with a sign between its digits that the layout does not have would be read as another number."""
    if declared.thousands is None:
        return
    allowed = {declared.decimal, declared.thousands}
    for row in layout.body_rows:
        for column in layout.given:
            cell = layout.rows.cell(row, column)
            if cell is None or cell.text in layout.missing or kind(cell.text) != "number":
                continue
            wrong = [sign for sign in re.findall(r"(?<=\d)[.,' ](?=\d)", cell.text) if sign not in allowed]
            if wrong:
                signs = f'"{declared.decimal}" and "{declared.thousands}"'
                cause = f'{cell.text} has "{wrong[0]}" between its digits, layout {declared.name} only {signs}'
                raise ReportError(report_id, cause, f"{_sheet(table)}, cell {cell.address}")


def _what_to_add(declared: TableLayout, header: str) -> str:
    shown = header or "(no header)"
    return (
        f'column "{shown}" is not in layout {declared.name}; add to catalog/layouts/{declared.name}.yml '
        f'either under values: - {{header: "{header}"}} or under ignore: - "{header}"'
    )


def _of_header(columns: Iterable[ColumnT], header: str) -> ColumnT | None:
    known = list(columns)
    for wanted in (header, header.rsplit(" > ", 1)[-1]):
        for column in known:
            if _like(column.header, wanted):
                return column
    return None


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(_like(pattern, text) for pattern in patterns)


def _like(pattern: str, text: str) -> bool:
    return _pattern(pattern).fullmatch(" ".join(text.split())) is not None


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> re.Pattern[str]:
    """A pattern in which `*` stands for anything."""
    return re.compile(".*".join(re.escape(part) for part in " ".join(pattern.split()).split("*")), re.IGNORECASE)


def _sheet(table: Table) -> str:
    return f"sheet {table.sheet}"


def _letters(column: int) -> str:
    return re.sub(r"\d", "", Cell(0, column, "").address)
