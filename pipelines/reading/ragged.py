"""Rows of delimited text with more or fewer cells than headers, of which nobody can tell what stands below what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice

from pipelines.patterns import regex

Row = tuple[int, list[str]]
_YEAR = regex(r"(?:19|20)\d\d年?|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d")  # or a day
_OF_YEAR = regex(r"(?:19|20)\d\d年?[^\W\d_]{2,}")  # 2015年贫困状况 is a title
_NUMBER = regex(r"[-+−(（<>≤≥~≈$¥￥€£约近超]*\s*\.?\d[\d.,' ]*\s*[^\s\d]{0,12}")
_NOTE = regex(
    r"[(（\[*]*\s*(?:notes?|sources?|remarks?|units?|注|备注|说明|资料|数据|来源|单位)\b|.*[:：]", re.IGNORECASE
)
_LONGEST_NUMBER = 40
_MOST_NOTES = 20
_FEWEST = 2  # rows that are numbered


def with_corner(rows: list[list[str]], body: str) -> list[list[str]]:
    """Rows whose headers leave out the column of quoted row numbers, as R writes them, with an empty one above it.

    Every other row must then have one cell more, and begin with its quoted number from 1 on; the headers have quotes.
    """
    width = len(rows[0]) + 1
    if len(rows) <= _FEWEST or any(len(cells) != width for cells in islice(rows, 1, _FEWEST + 1)):
        return rows
    lines = [line for line in body.split("\n") if line.strip()]
    if len(lines) != len(rows) or lines[0].count('"') != 2 * len(rows[0]):
        return rows
    numbered = (line.startswith(f'"{place}"') for place, line in islice(enumerate(lines), 1, None))
    alike = all(numbered) and all(len(cells) == width for cells in islice(rows, 1, None))
    return [["", *rows[0]], *rows[1:]] if alike else rows


def ragged(rows: Sequence[list[str]]) -> tuple[frozenset[int], tuple[str, ...]]:
    """The rows whose cells cannot be told apart.

    Blocks of rows are divided by blank ones. Rows of a block above its first number that is no year and no day are its
    headers and what stands over them; a block that begins with numbers goes on below the headers of the one before.

    Args:
        rows: the cells of each row, stripped, empty ones included.

    Returns:
        Indexes of rows that hold a number, and more cells than there are headers (a thousands comma without quotes) or
        fewer (a cell left out); a note for each. Empty cells at the end of a row do not count as more, nor do cells
        count as left out where all numbers stand in their columns and only remarks behind them are missing.
    """
    if len({len(cells) for cells in rows}) == 1 and len(rows[0]) > 1 and all(cells[-1] for cells in rows):
        return frozenset(), ()  # of one width
    doubtful: dict[int, str] = {}
    width = 0
    for block in _blocks(rows):
        first = next(
            (
                place
                for place, (_, cells) in enumerate(block)
                if _holds_figures([text for text in cells if not _YEAR.fullmatch(text)])
            ),
            len(block),
        )
        width = _width(block[:first], block[first:], width)
        whole = [cells for _, cells in block[first:] if _filled(cells) <= width <= len(cells)]
        numeric = [any(_is_number(cells[column]) for cells in whole) for column in range(width)] if whole else []
        for row, cells in block[first:]:
            filled = _filled(cells)
            if filled <= width <= len(cells) or not _holds_figures(cells):
                continue
            if len(cells) < width and _ends_early(cells, numeric):
                continue
            said = ", ".join(filter(None, cells))[:40]
            many = f"{filled} cell{'' if filled == 1 else 's'} where there are {width} headers"
            doubtful[row] = f"row {row + 1}: {many} (“{said}”)"
    notes = list(doubtful.values())
    if len(notes) > _MOST_NOTES:
        rest = list(doubtful)[_MOST_NOTES:]
        notes = [*notes[:_MOST_NOTES], f"{len(rest):,} more such rows from row {rest[0] + 1} to row {rest[-1] + 1}"]
    return frozenset(doubtful), tuple(notes)


def _ends_early(cells: Sequence[str], numeric: Sequence[bool]) -> bool:
    """Whether a row lacks only words at its end: its numbers stand where those of whole rows do, none is missing."""
    return (
        bool(numeric)
        and not any(numeric[len(cells) :])
        and all(not text or is_numeric == _is_number(text) for text, is_numeric in zip(cells, numeric, strict=False))
    )


def _blocks(rows: Sequence[list[str]]) -> Iterator[list[Row]]:
    for blank, group in groupby(enumerate(rows), key=lambda row: not any(row[1])):
        if not blank:
            yield list(group)


def _width(top: Sequence[Row], body: Sequence[Row], before: int) -> int:
    """How many cells a row should have: as the row of headers that most rows below it fit, the last of equals."""
    shapes = Counter((_filled(cells), len(cells)) for _, cells in body if _holds_figures(cells))
    widths = [filled for _, cells in top if (filled := _filled(cells)) > 1 and not _NOTE.match(_first(cells))]
    if not widths and before:
        return before
    if not widths:
        return shapes.most_common(1)[0][0][0] if shapes else 0
    fitting = {
        width: sum(count for (filled, length), count in shapes.items() if filled <= width <= length) for width in widths
    }
    return max(reversed(widths), key=fitting.__getitem__)


def _filled(cells: Sequence[str]) -> int:
    """Cells up to the last that is not empty."""
    if cells and cells[-1]:
        return len(cells)
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


def _first(cells: Sequence[str]) -> str:
    return next(filter(None, cells), "")


def _holds_figures(cells: Sequence[str]) -> bool:
    return any(map(_is_number, reversed(cells))) and not _is_note(_first(cells))


@lru_cache(maxsize=1 << 14)
def _is_note(text: str) -> bool:
    return _NOTE.match(text) is not None


@lru_cache(maxsize=1 << 14)
def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and bool(_NUMBER.fullmatch(text)) and not _OF_YEAR.match(text)
