"""Exports as one Excel workbook: indicators by region and year, a list of contents, and a sheet per table.

Numbers are numbers, headings have their units, and no text is a formula.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pipelines.catalog.indicators import indicators
from pipelines.errors import FupinError
from pipelines.patterns import regex
from pipelines.publishing.cells import FORMULA, plain
from pipelines.publishing.exports.tables import Table

if TYPE_CHECKING:
    import duckdb
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = "fupin.xlsx"
# what Excel takes
SHEET_ROWS = 1_048_576
_NAME_LENGTH, _TEXT_LENGTH = 31, 32_767
_CONTENTS, _OVERVIEW = "contents", "indicators"
# of columns that an indicator has in its own unit
_IN_ITS_UNIT = ("value", "value_low", "value_high")
_UNIT = regex(r".*\[(.+)\]", re.DOTALL)
# whole numbers of these are names, not amounts
_NAMES = ("year", "_year", "_id", "_no", "_order", "_code")
# a workbook says when it was made; the same content must give the same bytes
_MADE = datetime.datetime(2000, 1, 1)


def write_workbook(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path, sheet_rows: int = SHEET_ROWS
) -> None:
    """Writes the workbook; a table with more rows than a sheet takes goes on in further sheets.

    Args:
        connection: to the snapshot.
        tables: to write.
        folder: where the workbook goes.
        sheet_rows: rows of one sheet, its header included.

    Raises:
        FupinError: a text is longer than a cell takes.
    """
    with new_workbook(str(folder / NAME)) as workbook:
        writer = SheetWriter(workbook, sheet_rows)
        # a sheet is closed when the next one begins, so the contents are counted first
        counted = [(table, _count(connection, table)) for table in tables]
        parts = [(table, _parts(rows, sheet_rows)) for table, rows in counted]
        names = _sheet_names([(table.full_name, number) for table, count in parts for number in range(count)])
        overview = _overview(connection, tables)
        if overview is not None:
            writer.sheets(_OVERVIEW, *overview, _sheet_names_of_overview(len(overview[1]), sheet_rows))
        listed = iter(names)
        contents = [
            (next(listed), table.full_name, rows if number == 0 else None, table.meaning)
            for (table, rows), (_, count) in zip(counted, parts, strict=True)
            for number in range(count)
        ]
        writer.sheets(_CONTENTS, ("sheet", "table", "rows", "meaning"), contents, iter([_CONTENTS]))
        sheets = iter(names)
        for table, _ in counted:
            writer.sheets(table.full_name, _headings(table), table.rows(connection), sheets)


def new_workbook(target: str | BinaryIO) -> Workbook:
    """A workbook, to be used in a `with`, in which no text is a formula and equal content gives equal bytes.

    Args:
        target: the path of a file, which may be large; or where a small one is made in memory, which is quicker.
    """
    import xlsxwriter

    is_small = not isinstance(target, str)
    options = {
        "constant_memory": not is_small,
        "in_memory": is_small,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    workbook = xlsxwriter.Workbook(target, options)
    workbook.set_properties({"created": _MADE, "title": "Fupin"})
    return workbook


def _headings(table: Table) -> list[str]:
    """The columns of a table with their units: those of its own where an indicator has only one."""
    declared = indicators().get(table.name) if table.schema == "indicator" else None
    own = declared.units[0] if declared is not None and len(declared.units) == 1 else ""
    found = []
    for column in table.columns:
        told = _UNIT.fullmatch(column.meaning)
        unit = own if column.name in _IN_ITS_UNIT else told[1] if told else ""
        found.append(f"{column.name} [{unit}]" if unit else column.name)
    return found


def _overview(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]
) -> tuple[list[str], list[list[Any]]] | None:
    """Headings and rows of all exported indicators, as reported, with a row per region and period; None without any."""
    declared = indicators()
    chosen = {table.name for table in tables if table.schema == "indicator" and "member_code" not in table.primary}
    shown = [one for name, one in declared.items() if name in chosen]
    if not shown:
        return None
    places = {one.code: place for place, one in enumerate(shown, 4)}
    asked = " UNION ALL ".join(
        f"SELECT '{one.code}' AS code, region_code, period_code, value FROM indicator.{one.code} "
        "WHERE basis = 'as_reported' AND value IS NOT NULL"
        for one in shown
    )
    rows: dict[tuple[str, str], list[Any]] = {}
    found = connection.execute(
        f"SELECT code, region_code, name_en, name_zh, period_code, value FROM ({asked}) JOIN core.region "
        "USING (region_code) ORDER BY region_code, period_code, code"
    ).fetchall()
    for code, region, name_en, name_zh, period, value in found:
        row = rows.setdefault((region, period), [region, name_en, name_zh, period, *[None] * len(shown)])
        row[places[code]] = value
    titles = [f"{one.title.en} [{one.units[0]}]" for one in shown]
    return ["region_code", "region_name_en", "region_name_zh", "period_code", *titles], list(rows.values())


def _sheet_names_of_overview(rows: int, sheet_rows: int) -> Iterable[str]:
    return (f"{_OVERVIEW} ({part})" if part > 1 else _OVERVIEW for part in range(1, _parts(rows, sheet_rows) + 1))


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    row = connection.execute(f"SELECT count(*) FROM ({table.query})").fetchone()
    return int(row[0]) if row else 0


def _parts(rows: int, sheet_rows: int) -> int:
    return max(1, -(-rows // (sheet_rows - 1)))


def _sheet_names(tables: Iterable[tuple[str, int]]) -> list[str]:
    """A name of at most 31 characters for each sheet, without two that differ in capitals only."""
    names: list[str] = []
    taken = {_CONTENTS, _OVERVIEW}
    for name, number in tables:
        bare = name.partition(".")[2]
        ending = f" ({number + 1})" if number else ""
        candidate = f"{bare[: _NAME_LENGTH - len(ending)]}{ending}"
        again = 1
        while candidate.lower() in taken:
            again += 1
            ending = f"~{again}"
            candidate = f"{bare[: _NAME_LENGTH - len(ending)]}{ending}"
        taken.add(candidate.lower())
        names.append(candidate)
    return names


class SheetWriter:
    """Writes rows into sheets of one workbook.

    Args:
        workbook: as `new_workbook` gives it.
        sheet_rows: rows of one sheet, its header included.
    """

    def __init__(self, workbook: Workbook, sheet_rows: int = SHEET_ROWS) -> None:
        self._workbook, self._rows = workbook, sheet_rows
        self._bold: Format = workbook.add_format({"bold": True})
        self._date: Format = workbook.add_format({"num_format": "yyyy-mm-dd"})
        # as if an apostrophe was typed before it: text, also after somebody edits the cell
        self._quoted: Format = workbook.add_format({"quote_prefix": True})
        self._whole: Format = workbook.add_format({"num_format": "#,##0"})
        self._broken: Format = workbook.add_format({"num_format": "#,##0.00####"})

    def sheets(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], names: Iterable[str]) -> None:
        """Writes one table into as many sheets as it needs, each with the frozen header."""
        following = iter(names)
        sheet = self._sheet(next(following), columns)
        line = 1
        for row in rows:
            if line == self._rows:
                sheet.autofilter(0, 0, line - 1, len(columns) - 1)
                sheet, line = self._sheet(next(following), columns), 1
            for place, value in enumerate(row):
                # keys have more digits than a cell keeps, so all of them are text
                shown = str(value) if columns[place].endswith("_key") and value is not None else value
                self._write(sheet, line, place, shown, (table, columns[place]))
            line += 1
        sheet.autofilter(0, 0, line - 1, len(columns) - 1)

    def _sheet(self, name: str, columns: Sequence[str]) -> Worksheet:
        sheet = self._workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, min(max(len(column) + 2, 12), 40))
            sheet.write_string(0, place, column, self._bold)
        return sheet

    def _write(self, sheet: Worksheet, line: int, place: int, value: Any, where: tuple[str, str]) -> None:  # noqa: ANN401
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(line, place, value)
        elif isinstance(value, (int, Decimal)) and _fits(value):
            form = None if where[1].endswith(_NAMES) else self._whole if value == int(value) else self._broken
            sheet.write_number(line, place, float(value), form)
        elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            sheet.write_datetime(line, place, value, self._date)
        else:
            text = str(plain(value))
            if len(text) > _TEXT_LENGTH:
                raise FupinError(
                    f"{where[0]}, {where[1]}: a text of {len(text):,} characters does not fit into a cell; "
                    "choose another format, or other tables with --table"
                )
            sheet.write_string(line, place, text, self._quoted if FORMULA.match(text) else None)


def _fits(value: int | Decimal) -> bool:
    """Whether a cell, which keeps fifteen digits, shows the number as it is; else it is text."""
    # most have so few digits that none needs to be taken off
    return len(str(value)) <= 15 or len(str(plain(Decimal(value))).lstrip("-").replace(".", "").strip("0")) <= 15
