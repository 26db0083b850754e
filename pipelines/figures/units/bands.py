"""Classes of a scale that head rows or columns: "0–30 days", 65岁及以上, "1 person | 2 persons | 3 and more".

Their numbers tell what is counted and are no amounts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from pipelines.patterns import regex

_N = r"\d[\d,]*(?:\.\d+)?"
_BAND = regex(
    r"(?:age[ds]?\s+|aged?\s+)?"
    r"(?P<under>(?:under|below|less than|up to|fewer than|younger than|<|≤|不足|不满|少于|低于)\s*)?"
    r"(?P<over>(?:over|above|more than|from|older than|at least|>|≥|超过|高于)\s*)?"
    rf"(?:[$€£¥]\s?)?(?P<low>{_N})\s*(?P<unit>[^\W\d_]{{0,12}}?\.?)"
    rf"(?:\s?(?:[-–—~～至到]|to|and under|to under)\s?(?:[$€£¥]\s?)?(?P<high>{_N}))?"
    r"\s*(?P<more>\+|plus|and\s+(?:over|above|more|older|up)|or\s+(?:more|over|older|above)|及以上|以上|及其以上)?"
    r"(?P<less>and\s+(?:under|below|less|younger)|or\s+(?:less|fewer|under)|及以下|以下|以内)?"
    r"\s*(?:[^\W\d_]{1,14}\.?(?:\s[^\W\d_]{1,14})?|%|％)?"
    r"\s*(?P<behind>\+|and (?:over|above|more|older)|or (?:more|over|older)|及以上|以上|以下|及以下)?",
    re.IGNORECASE,
)
_FEWEST = 3
_NO_END = Decimal("Infinity")
_Band = tuple[Decimal, Decimal | None, bool]


def _band(text: str) -> _Band | None:
    """The lower end of a class, its upper end where it has one, and whether it is more than a number with a word."""
    found = _BAND.fullmatch(text.strip())
    if found is None:
        return None
    low = Decimal(found["low"].replace(",", ""))
    behind = found["behind"] or ""
    if found["high"]:
        return low, Decimal(found["high"].replace(",", "")), True
    if found["under"] or found["less"] or behind.endswith("以下"):
        return Decimal(-1), low, True
    return low, None, bool(found["over"] or found["more"] or behind)


def overlapping(labels: Sequence[str]) -> set[int]:
    """Of classes those that hold narrower ones, by place: 0–14 beside 0–4, 5–9 and 10–14; the parts of no other scale.

    Where what is narrower does not fill a class, nothing tells which of them count, and all are named.
    """
    known = {place: band for place, text in enumerate(labels) if (band := _band(text)) is not None and band[2]}
    ends = {place: (low, _NO_END if high is None else high) for place, (low, high, _) in known.items()}
    found: set[int] = set()
    for place, (low, high) in ends.items():
        inner = {other: own for other, own in ends.items() if low <= own[0] and own[1] <= high and own != (low, high)}
        fills = sorted(inner.values(), key=lambda own: (own[0], -own[1]))
        reached = low
        for begins, end in fills:
            if begins - reached in (0, 1):
                reached = end
        if inner:
            found |= {place} if reached == high else {place, *inner}
    return found


def are_bands(texts: Sequence[str]) -> bool:
    """Whether labels in their order are the classes of one scale: each begins where the one before it ends.

    Numbers that run on by one are classes where the last of them is open; two are where they part the whole scale.
    """
    known = [_band(text) for text in texts]
    if any(band is None for band in known):
        return False
    bands = [band for band in known if band is not None]
    if len(bands) < _FEWEST and not (len(bands) == _FEWEST - 1 and _part_all(*bands)):
        return False
    if not any(closed for _, _, closed in bands):
        return False
    return all(_follows(one, other) for one, other in pairwise(bands))


def _part_all(one: _Band, other: _Band) -> bool:
    """Whether two classes meet, from the lowest number to no end: 0–14 and 15+, under 30 and 30 and over."""
    begins = one[2] and one[1] is not None and one[0] <= 0
    return begins and other[2] and other[1] is None and other[0] - (one[1] or 0) in (0, 1)


def _follows(one: _Band, other: _Band) -> bool:
    if one[1] is None:
        return other[0] - one[0] == 1
    return one[1] <= other[0] <= one[1] + 1 or other[0] - one[1] < Decimal("0.2") * max(one[1], Decimal(1))


def is_band(text: str) -> bool:
    """Whether a label alone is a class: a range, an open end, or a number and the word for what is counted."""
    found = _band(text) if any(sign.isdecimal() for sign in text) else None
    return found is not None and (found[2] or _COUNTED.fullmatch(text.strip()) is not None)


_COUNTED = regex(r"\d{1,2}\s?[^\W\d_]{1,12}")
