"""Old workbooks (.xls): the visible sheets as tables, values as their number formats show them."""

from __future__ import annotations

import io
from typing import Any

from pipelines.errors import ReportError
from pipelines.reading.cells import MAX_CELLS, Cells, Filling
from pipelines.reading.damage import parsing
from pipelines.reading.document import Content, Table
from pipelines.reading.formats import XLS
from pipelines.reading.values import shown


def read_xls(data: bytes, report_id: str) -> Content:
    """The visible sheets of an old workbook that hold a cell.

    Returns:
        One table per sheet, named like it; numbers as their number formats show them.

    Raises:
        ReportError: a damaged or protected workbook, one without cells, or one beyond the limit of cells.
    """
    import xlrd

    with parsing(report_id, XLS):
        try:
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise ReportError(report_id, "is protected by a password") from error
            raise
    tables: list[Table] = []
    left = MAX_CELLS
    for sheet in book.sheets():
        if sheet.visibility:
            continue
        left -= sheet.nrows * sheet.ncols
        if left < 0:
            raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", f"sheet {sheet.name}")
        with parsing(report_id, XLS, f"sheet {sheet.name}"):
            cells = _cells(book, sheet)
        if cells:
            tables.append(Table(sheet.name, "", cells, has_numbers=True))
    if not tables:
        raise ReportError(report_id, "has no sheet with a cell")
    return Content(tables=tuple(tables))


def _cells(book: Any, sheet: Any) -> Cells:  # noqa: ANN401 - xlrd has no types
    spans = {(top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells}
    filling = Filling()
    for column in range(sheet.ncols):
        filling.column(column, 0, [_shown(book, cell) for cell in sheet.col(column)])
    return filling.cells(spans)


def _shown(book: Any, cell: Any) -> str:  # noqa: ANN401
    import xlrd

    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return shown(cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str)
    if cell.ctype == xlrd.XL_CELL_DATE:
        moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
        # a number below one is a time of day without a date
        return shown(moment.time() if cell.value < 1 else moment)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    return str(cell.value)
