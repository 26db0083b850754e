"""Where clauses begin and end: the places of their marks, found once per text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

_MARK = re.compile(r"[,.;:()，；：。、（）]")


@lru_cache(maxsize=4)
def _all_places(text: str) -> list[tuple[int, str]]:
    """Where marks stand, in order, and which; those inside a number do not count."""
    return [(match.start(), match.group()) for match in _MARK.finditer(text) if not in_number(text, match.start())]


@lru_cache(maxsize=64)
def _places(text: str, marks: str) -> list[int]:
    """Where some marks stand, in order."""
    return [place for place, mark in _all_places(text) if mark in marks]


def clause_start(text: str, start: int, position: int, marks: str) -> int:
    """Behind the last of some marks between two places, or the first place."""
    places = _places(text, marks)
    index = bisect_left(places, position) - 1
    return max(start, places[index] + 1) if index >= 0 else start


def clause_end(text: str, position: int, end: int, marks: str) -> int:
    """The first of some marks between two places, or the last place."""
    places = _places(text, marks)
    index = bisect_left(places, position)
    return min(end, places[index]) if index < len(places) else end


def in_number(text: str, index: int) -> bool:
    """Whether a mark stands between two digits, so that it belongs to a number."""
    return text[index] in ",.:" and text[index - 1 : index].isdecimal() and text[index + 1 : index + 2].isdecimal()
