"""Delimited text: comma, semicolon, tab, bar, caret or tilde, quoted or not."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.cell_text import Known, cell_text
from pipelines.reading.cells import MAX_CELLS, Filling
from pipelines.reading.document import Content, Table
from pipelines.reading.ragged import ragged, with_corner
from pipelines.reading.unquoted import TOP, is_parted, whole_lines

_DELIMITERS = "\t,;|^~"  # a tab stands in no word: of two that fit alike it is the first
_SAMPLE = 200
_PARTING_TAB = regex(r"\t(?![ \t]*[,;|\n])")  # else it is a blank before the sign that parts
_AT_ONCE = 10_000  # rows
_SIGNS_AT_ONCE = 1 << 20
# a first line by which some spreadsheets tell each other the delimiter
_HINT = regex(r"sep=(.)[ \t]*\n", re.IGNORECASE)
# spaces between the closing quote of a field and what ends it
_BEHIND_QUOTE = regex(r"""(?<!")"[ ]+(?=[;|,\t\n]|\Z)""")
_AMOUNT = regex(r"\s*[-−+(（]?\s*(?:\d[\d.,' ]*%?|[-–—…]+|n/?a)?\s*[)）]?\s*", re.IGNORECASE)
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
    body = _BEHIND_QUOTE.sub('"', body) if '" ' in body else body
    filling = _even(body, delimiter, report_id)
    notes: tuple[str, ...] = ()
    if filling is None:
        known = Known()
        rows = [[known[value] for value in values] for block in _blocks(body, delimiter, report_id) for values in block]
        if not any(map(any, rows)):
            raise ReportError(report_id, "holds no cell")
        rows = with_corner(whole_lines(rows, delimiter), body)
        doubtful, notes = ragged(rows)
        filling = Filling()
        filling.lines(0, ([] if row in doubtful else values for row, values in enumerate(rows)))
    return Content(tables=(Table("csv", "", filling.cells()),) if filling.count else (), unread=notes)


def _even(body: str, delimiter: str, report_id: str) -> Filling | None:
    """The cells of a file whose rows are all of one width and filled to the end; None for any other."""
    filling, row, width = Filling(), 0, 0
    for block in _blocks(body, delimiter, report_id):
        width = width or len(block[0])
        if width < 2 or any(len(values) != width or not _is_filled(values[-1]) for values in block):
            return None
        if not row and any(is_parted(values) for values in block[:TOP]):
            return None
        filling.lines(row, block)
        row += len(block)
    return filling if row else None


def _is_filled(text: str) -> bool:
    return text[-1:].isalnum() or cell_text(text) != ""


def _blocks(body: str, delimiter: str, report_id: str) -> Iterator[list[list[str]]]:
    """The rows of a file, many at a time."""
    reader = csv.reader(_lines_of(body), delimiter=delimiter, strict=True)
    count = 0
    try:
        while block := list(islice(reader, _AT_ONCE)):
            count += sum(map(len, block)) - sum(values.count("") for values in block)
            if count > MAX_CELLS:
                raise ReportError(report_id, f"has more than {MAX_CELLS:,} cells", f"line {reader.line_num}")
            yield block
    except csv.Error as error:
        raise ReportError(report_id, f"not a readable CSV file: {error}", f"line {reader.line_num}") from error


def _lines_of(body: str) -> Iterator[str]:
    """The lines of a text one by one, each with its end."""
    start = 0
    while start < len(body):
        end = body.find("\n", start + _SIGNS_AT_ONCE) + 1 or len(body)
        yield from io.StringIO(body[start:end], newline="\n")
        start = end


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
        if delimiter not in text or (delimiter == "\t" and not _PARTING_TAB.search(text)):
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
