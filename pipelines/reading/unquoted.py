"""Lines above a table that no quotes protect: whole again where the delimiter has parted a number or brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.patterns import regex

TOP = 12  # rows among which titles, unit lines and headers stand
_ENDS, _BEGINS = regex(r".*\D\d{1,3}"), regex(r"\d{3}(?!\d).*[^\W\d_].*")
_WHOLE = regex(
    r"[(（\[]?\s*(?:(?:计量|金额)?单\s*位|units?\b|(?:all )?(?:amounts?|figures|values)\b|(?:expressed )?in\b)",
    re.IGNORECASE,
)


def is_parted(cells: Sequence[str]) -> bool:
    """Whether a delimiter stands within brackets or, in a line of units, within a number: "(in 10" and "000 yuan)"."""
    return any(_is_open(one) and _closes(other) for one, other in pairwise(cells)) or _is_line(cells)


def whole_lines(rows: Sequence[list[str]], delimiter: str) -> list[list[str]]:
    """Rows of which those at the top are whole: a line of units is one cell, and so is what brackets hold together."""
    return [_whole(cells, delimiter) if place < TOP and is_parted(cells) else cells for place, cells in enumerate(rows)]


def _whole(cells: Sequence[str], delimiter: str) -> list[str]:
    if _is_line(cells):
        return [delimiter.join(filter(None, cells))]
    found: list[str] = []
    for cell in cells:
        if found and _is_open(found[-1]) and ")" in cell.replace("）", ")"):
            found[-1] += delimiter + cell
        else:
            found.append(cell)
    return found


def _is_line(cells: Sequence[str]) -> bool:
    """Whether cells are one line of units whose number a delimiter has parted."""
    filled = [cell for cell in cells if cell]
    parted = any(_ENDS.fullmatch(one) and _BEGINS.fullmatch(other) for one, other in pairwise(filled))
    return parted and _WHOLE.match(filled[0]) is not None


def _is_open(text: str) -> bool:
    return _depth(text) > 0


def _closes(text: str) -> bool:
    return _depth(text) < 0


def _depth(text: str) -> int:
    return sum((sign in "(（") - (sign in ")）") for sign in text)
