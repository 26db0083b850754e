"""Lines of a PDF's page in reading order: what is set in columns is read column by column, the left one first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.reading.pdf_lines import Line, is_amount, rows_of

# rows of text on both sides that make a gutter, and how wide it is at least, in heights of a line
_LEAST_ROWS = 3
_GUTTER = 0.8
# prose fills its column and has several words a line; cells of a table do not
_FILLED = 0.6
_WORDS = 3.0
_CHINESE_A_WORD = 3


@dataclass(slots=True)
class _Gutter:
    """An empty strip between two columns, from row to row."""

    left: float
    right: float
    first: int
    end: int
    rows: int


def in_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Groups of lines in reading order, each of one column or of the full width.

    A strip that no text crosses divides prose where three rows or more have text on both sides. What stands above it,
    below it or across it, such as a heading over both columns, is a group of its own, and so is a table.
    """
    rows = rows_of(lines)
    found = next((gutter for gutter in _gutters(rows) if _is_between_prose(rows, gutter)), None)
    if found is None:
        return [list(lines)] if lines else []
    inside = [line for row in rows[found.first : found.end] for line in row]
    taken = {id(line) for line in inside}
    above, below = ([line for line in lines if id(line) not in taken and line.top < inside[0].top],
                    [line for line in lines if id(line) not in taken and line.top >= inside[0].top])  # fmt: skip
    middle = (found.left + found.right) / 2
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in inside:
        for side, words in enumerate(_divided(line, middle)):
            if words:
                sides[side].append(_part(line, words))
    return [*in_columns(above), *in_columns(sides[0]), *in_columns(sides[1]), *in_columns(below)]


def _gutters(rows: Sequence[list[Line]]) -> list[_Gutter]:
    """Strips that stay empty over several rows, those of most rows first."""
    found: list[_Gutter] = []
    for first, row in enumerate(rows):
        words = sorted(word for line in row for word in line.words)
        for (_, right, _), (left, _, _) in pairwise(words):
            if any(known.first < first < known.end and known.left < left and right < known.right for known in found):
                continue
            gutter = _extended(rows, _Gutter(right, left, first, first, 0), _GUTTER * row[0].size)
            if gutter.rows >= _LEAST_ROWS:
                found.append(gutter)
    return sorted(found, key=lambda gutter: -gutter.rows)


def _extended(rows: Sequence[list[Line]], gutter: _Gutter, least: float) -> _Gutter:
    """A strip followed down to the row that crosses it, made narrower where a row leaves less room."""
    for place in range(gutter.first, len(rows)):
        words = [word for line in rows[place] for word in line.words]
        middle = (gutter.left + gutter.right) / 2
        left = max([gutter.left, *(right for _, right, _ in words if right <= middle)])
        right = min([gutter.right, *(start for start, _, _ in words if start > middle)])
        if right - left < least or any(start <= middle < end for start, end, _ in words):
            break
        gutter.left, gutter.right, gutter.end = left, right, place + 1
        if any(end <= left for _, end, _ in words) and any(start >= right for start, _, _ in words):
            gutter.rows += 1
    return gutter


def _is_between_prose(rows: Sequence[list[Line]], gutter: _Gutter) -> bool:
    middle = (gutter.left + gutter.right) / 2
    sides: tuple[list[list[tuple[float, float, str]]], list[list[tuple[float, float, str]]]] = ([], [])
    for row in rows[gutter.first : gutter.end]:
        words = [word for line in row for word in line.words]
        for side, part in zip(sides, ([w for w in words if w[0] < middle], [w for w in words if w[0] >= middle]),
                              strict=True):  # fmt: skip
            if part:
                side.append(sorted(part))
    return all(_is_prose(side) for side in sides)


def _is_prose(side: Sequence[Sequence[tuple[float, float, str]]]) -> bool:
    left, right = min(row[0][0] for row in side), max(row[-1][1] for row in side)
    filled = sum(sum(end - start for start, end, _ in row) >= _FILLED * (right - left) for row in side)
    texts = [text for row in side for _, _, text in row]
    words = sum(len(text.split()) + len(re.findall(r"[一-鿿]", text)) / _CHINESE_A_WORD for text in texts)
    amounts = sum(is_amount(text) for text in texts)
    return filled >= len(side) / 2 and words >= _WORDS * len(texts) and amounts <= len(texts) / 4


def _divided(line: Line, middle: float) -> tuple[list[tuple[float, float, str]], list[tuple[float, float, str]]]:
    return [word for word in line.words if word[0] < middle], [word for word in line.words if word[0] >= middle]


def _part(line: Line, words: list[tuple[float, float, str]]) -> Line:
    if len(words) == len(line.words):
        return line
    text = " ".join(text for _, _, text in words)
    return replace(line, text=text, left=words[0][0], right=words[-1][1], words=words)
