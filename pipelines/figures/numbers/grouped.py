"""Digits in groups, and what they say under each decimal sign: 1,234.5 and 1.234,5."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipelines.patterns import regex

Decimals = Literal["point", "comma"]

_POINT = regex(
    r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:(?P<gap>[ '’\u2009\u202f])\d{3})(?:(?P=gap)\d{3})*(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?"
)  # the third form groups by lakh and crore
_COMMA = regex(
    r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:(?P<gap>[ '’\u2009\u202f])\d{3})(?:(?P=gap)\d{3})*(?:,\d+)?"
    r"|\d+(?:,\d+)?"
)


@lru_cache(maxsize=1 << 14)
def readings_of(printed: str) -> dict[Decimals, str]:
    """What digits with separators say under each decimal sign, for those under which they are a number."""
    found: dict[Decimals, str] = {}
    if _POINT.fullmatch(printed):
        found["point"] = re.sub(r"[, '’\u2009\u202f]", "", printed)
    if _COMMA.fullmatch(printed):
        found["comma"] = re.sub(r"[. '’\u2009\u202f]", "", printed).replace(",", ".")
    return found
