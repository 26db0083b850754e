"""Delimited text: comma, semicolon, tab, bar, caret or tilde, quoted or not."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from pipelines.errors import ReportError
from pipelines.reading.cell_text import Known
from pipelines.reading.document import MAX_CELLS, Cell, Content, Table
from pipelines.reading.ragged import ragged

_DELIMITERS = ",;\t|^~"
_SAMPLE = 200
# a first line by which some spreadsheets tell each other the delimiter
_HINT = re.compile(r"sep=(.)[ \t]*\n", re.IGNORECASE)
_AMOUNT = re.compile(r"\s*[-−+(（]?\s*(?:\d[\d.,' ]*%?|[-–—…]+|n/?a)?\s*[)）]?\s*", re.IGNORECASE)
_LONGEST_AMOUNT = 40
_SENTENCE = 120


def read_delimited(text: str, report_id: str) -> Content:
    """The file as one table named `csv`, with empty cells left out.

    Rows with numbers whose cells are not as many as the headers are named as not read.

    Raises:
        ReportError: a malformed line, too many cells, or none at all; names the line.
    """
    hint = _HINT.match(text)
    delimiter = hint.group(1) if hint else _fields(text)[0]
    # the hint's line stays as an empty row, so that addresses are those of the file
    body = text[hint.end() - 1 :] if hint else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    known = Known()
    count = 0
    try:
        for values in reader:
            rows.append([known[value] for value in values])
            count += len(values) - rows[-1].count("")
            if count > MAX_CELLS:
                raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", f"line {reader.line_num}")
    except csv.Error as error:
        raise ReportError(report_id, f"not a readable CSV file: {error}", f"line {reader.line_num}") from error
    if not count:
        raise ReportError(report_id, "holds no cell")
    doubtful, notes = ragged(rows)
    # a million times, so without the way through the defaults
    new = tuple.__new__
    cells = tuple(
        new(Cell, (row, column, text, 1, 1))
        for row, values in enumerate(rows)
        if row not in doubtful
        for column, text in enumerate(values)
        if text
    )
    return Content(tables=(Table("csv", "", cells),) if cells else (), unread=notes)


def is_tabular(text: str, *, expected: bool) -> bool:
    """Whether a text is a delimited table rather than prose.

    Args:
        text: the whole file.
        expected: its ending says that it is one; only long lines of many widths are then taken for prose.
    """
    if _HINT.match(text):
        return True
    delimiter, width, share = _fields(text)
    lines = _lines(text)
    if expected:
        return share > 0.5 or sum(len(line) > _SENTENCE for line in lines) < len(lines) / 2
    if width < 2 or share < 0.75 or len(lines) < 3 or (width == 2 and delimiter == ","):
        return False
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if len(row) == width]
    fields = [field for row in rows[1:] for field in row]
    amounts = sum(len(field) <= _LONGEST_AMOUNT and bool(_AMOUNT.fullmatch(field)) for field in fields)
    return amounts >= len(fields) / 4 and max(map(len, fields)) <= 2 * _SENTENCE


def _lines(text: str) -> list[str]:
    return [line for line in text[: 500 * _SAMPLE].split("\n") if line.strip()][:_SAMPLE]


def _fields(text: str) -> tuple[str, int, float]:
    """The delimiter that gives most lines the same number of fields, more than one; that number; the share of lines."""
    lines = _lines(text)
    best, best_width, best_share, best_score = ",", 1, 0.0, 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        try:
            widths = Counter(len(fields) for fields in csv.reader(lines, delimiter=delimiter) if len(fields) > 1)
        except csv.Error:
            continue
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            if count * min(width, 3) > best_score:
                best, best_width, best_share = delimiter, width, count / max(len(lines), 1)
                best_score = count * min(width, 3)
    return best, best_width, best_share
