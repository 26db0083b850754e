"""Workbooks: every sheet as a table, values as the reader of the sheet sees them, merged cells with their span."""

from __future__ import annotations

import datetime
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.errors import ReportError
from pipelines.reading.decoding import canonical
from pipelines.reading.document import Cell, Table

_MAX_CELLS = 2_000_000


def read_workbook(path: Path, report_id: str) -> tuple[Table, ...]:
    """The visible sheets of an .xlsx workbook that hold a cell.

    Returns:
        One table per sheet, named like it; numbers with the decimals that their number format shows, percents with %.

    Raises:
        ReportError: a damaged or encrypted workbook, one without cells, or one beyond the limit of cells.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise ReportError(report_id, f"is a damaged workbook: {' '.join(str(error).split())[:120]}") from error
    tables = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if sheet.max_row * sheet.max_column > _MAX_CELLS:
            raise ReportError(report_id, f"has more than {_MAX_CELLS:,} cells", f"sheet {sheet.title}")
        spans = {
            (area.min_row, area.min_col): (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
            for area in sheet.merged_cells.ranges
        }
        cells = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None and formulas[sheet.title][cell.coordinate].data_type == "f":
                    place = f"sheet {sheet.title}, cell {cell.coordinate}"
                    raise ReportError(report_id, "a formula without its value: open and save the workbook", place)
                shown = canonical(_shown(cell.value, cell.number_format or "General")).strip()
                if shown and cell.row is not None and cell.column is not None:
                    rows, columns = spans.get((cell.row, cell.column), (1, 1))
                    cells.append(Cell(cell.row - 1, cell.column - 1, shown, rows, columns))
        if cells:
            tables.append(Table(sheet.title, "", tuple(cells)))
    if not tables:
        raise ReportError(report_id, "has no sheet with a cell")
    return tuple(tables)


def _shown(value: Any, number_format: str) -> str:  # noqa: ANN401 - a cell holds anything
    """A value as its sheet shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if not isinstance(value, (int, float)):
        return str(value)
    positive = number_format.split(";")[0]
    decimals = re.search(r"[0#]\.(0+)", positive)
    places = len(decimals.group(1)) if decimals else 0
    if "%" in positive:
        return f"{value * 100:.{places}f}%"
    if re.fullmatch(r"[#,0.]+", re.sub(r'["\\].*$|[_*].', "", positive)) and "0" in positive:
        return f"{value:,.{places}f}" if "," in positive else f"{value:.{places}f}"
    # "General": binary noise beyond 15 significant digits is nothing that anyone printed
    return format(Decimal(f"{value:.15g}"), "f")
