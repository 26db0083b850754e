"""Tables of a PDF's page that no rules divide: found by figures in columns, and set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.patterns import regex
from pipelines.reading.pdf_lines import LONGEST_AMOUNT, Line, is_amount, rows_of

_LEAST_ROWS = 3
_ITEM = regex(r"[(（]?\d{1,2}[.．、)）]")


def without_unruled(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines that are no table, and a note for each run of rows of figures that no rules divide.

    Three rows of figures are a table, and so are fewer whose short cells stand below each other or below headers.
    """
    rows = rows_of(lines)
    dropped: list[Line] = []
    notes = []
    place = 0
    while place < len(rows):
        end = place
        while end < len(rows) and _is_row(rows[end]):
            end += 1
        first = place
        # headers and a caption's unit stand in columns too, or break off in them
        while end > place and first and len(_words(rows[first - 1])) > 1 and rows[first - 1][0] not in dropped:
            first -= 1
        small = max(first, place - 1)
        if end - place >= _LEAST_ROWS or (_is_small_table(rows[small:end]) and not _is_justified(rows, small, end)):
            first = first if end - place >= _LEAST_ROWS else small
            dropped += [line for row in rows[first:end] for line in row]
            opening = " ".join(word for _, _, word in _words(rows[first]))[:60]
            notes.append(f"a table of {end - first} rows without rules (“{opening}”)")
        place = max(end, place + 1)
    return [line for line in lines if not any(line is gone for gone in dropped)], notes


def _is_small_table(rows: Sequence[list[Line]]) -> bool:
    """Whether a few rows have as many short cells each, one below the other at an edge or in the middle."""
    found = [_words(row) for row in rows]
    if len(found) < 2 or len({len(words) for words in found}) > 1:
        return False
    if any(len(text) > LONGEST_AMOUNT for words in found for _, _, text in words):
        return False
    height = rows[0][0].size
    near = all(other[0].top - one[0].bottom < 2 * height for one, other in pairwise(rows))
    columns = zip(*found, strict=True)
    return near and all(
        any(max(edges) - min(edges) < 0.5 * height for edges in _edges_of(column)) for column in columns
    )


def _is_justified(rows: Sequence[list[Line]], first: int, end: int) -> bool:
    """Whether rows begin and end where the prose above or below them does, so that their gaps are wide blanks."""
    size = rows[first][0].size
    left, right = _extent(rows[first])
    for neighbour in (*rows[max(first - 1, 0) : first], *rows[end : end + 1]):
        near = (
            min(abs(neighbour[0].top - rows[end - 1][0].bottom), abs(rows[first][0].top - neighbour[0].bottom)) < size
        )
        start, stop = _extent(neighbour)
        if near and not _is_row(neighbour) and abs(start - left) < 0.3 * size and abs(stop - right) < 0.3 * size:
            return True
    return False


def _extent(row: list[Line]) -> tuple[float, float]:
    return min(line.left for line in row), max(line.right for line in row)


def _edges_of(column: Sequence[tuple[float, float, str]]) -> Iterator[list[float]]:
    yield [left for left, _, _ in column]
    yield [right for _, right, _ in column]
    yield [(left + right) / 2 for left, right, _ in column]


def _words(row: list[Line]) -> list[tuple[float, float, str]]:
    return sorted(word for line in row for word in line.words)


def _is_row(row: list[Line]) -> bool:
    """Whether what stands at one height is a row of a table: several columns, most of them amounts."""
    words = [text for _, _, text in _words(row)]
    # the number of an item of a list is no amount
    amounts = sum(is_amount(text) for text in words[int(bool(_ITEM.fullmatch(words[0]))) :])
    return len(words) > 1 and amounts >= max(1, (len(words) - 1) / 2)
