"""Delimited text: comma, semicolon, tab or bar, quoted or not."""

from __future__ import annotations

import csv
import io
from collections import Counter

from pipelines.errors import ReportError
from pipelines.reading.document import Cell, Table

_DELIMITERS = ",;\t|"


def read_delimited(text: str, report_id: str) -> tuple[Table, ...]:
    """The file as one table named `csv`, with empty cells left out.

    Raises:
        ReportError: a malformed line, or no cell at all; names the line.
    """
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    cells: list[Cell] = []
    row = -1
    try:
        for row, values in enumerate(reader):
            cells.extend(
                Cell(row, column, value.strip()) for column, value in enumerate(values) if value and value.strip()
            )
    except csv.Error as error:
        raise ReportError(report_id, f"not a readable CSV file: {error}", f"line {reader.line_num}") from error
    if not cells:
        raise ReportError(report_id, "holds no cell")
    return (Table("csv", "", tuple(cells)),)


def _delimiter(text: str) -> str:
    """The delimiter that gives most lines the same number of fields, more than one."""
    lines = [line for line in text.split("\n") if line.strip()][:200]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=delimiter) if len(fields) > 1)
        except csv.Error:
            continue
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            if count * min(width, 3) > best_score:
                best, best_score = delimiter, count * min(width, 3)
    return best
