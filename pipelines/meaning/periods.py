"""Periods: their codes, and the years that a stretch of text speaks of."""

from __future__ import annotations

import re

_YEAR = r"((?:19|20)\d\d)"
_RANGE = re.compile(
    rf"(?:\bfrom|\bbetween)\s+{_YEAR}\s+(?:to|and|until|through)\s+{_YEAR}|{_YEAR}\s*年?\s*(?:[-–—～~]|至|到)\s*{_YEAR}",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    rf"(?:(?:the )?end of|late in|as of|by the end of|until the end of)\s+{_YEAR}|{_YEAR}\s*年\s*(?:底|末)",
    re.IGNORECASE,
)
# "over 2010" and "than in 2010" name what a change is taken against
_BASE = re.compile(
    rf"(?:\bover|\bon|\bthan in|\bthan|\bcompared (?:with|to)(?: that of)?|\bfrom that of|比|较)\s+{_YEAR}\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"\b(?:in|of|for|during|since|by|throughout|year)\s+(?:the year )?{_YEAR}\b|^\W*{_YEAR}\b|"
    rf"{_YEAR}\s*年|\b{_YEAR}\s+(?:brought|saw|is|was)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"《][^”\"》\n]{0,160}[”\"》]")
_FIVE_YEAR_PLAN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)[ -]Five-Year|“?(十[一二三四五])五”?")
_FIVE_YEAR_ZH = {"十一": 11, "十二": 12, "十三": 13, "十四": 14, "十五": 15}


def period_in(text: str) -> tuple[str, str] | None:
    """The last period that a text names, without years that only serve as a base.

    Args:
        text: the words of a sentence up to a number, or after it.

    Returns:
        Period code and its words, None where no period is named.
    """
    blank = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    blank = _BASE.sub(lambda match: " " * len(match.group()), blank)
    found: list[tuple[int, str, str]] = []
    for match in _RANGE.finditer(blank):
        first, last = [group for group in match.groups() if group]
        found.append((match.end(), f"Y{first}_{last}", match.group()))
    rest = _RANGE.sub(lambda match: " " * len(match.group()), blank)
    for match in _AS_OF.finditer(rest):
        year = next(group for group in match.groups() if group)
        found.append((match.end(), f"ASOF_{year}1231", match.group()))
    rest = _AS_OF.sub(lambda match: " " * len(match.group()), rest)
    for match in _PLAIN.finditer(rest):
        year = next(group for group in match.groups() if group)
        found.append((match.end(), f"Y{year}", match.group()))
    if not found:
        return None
    _, code, words = max(found)
    return code, words.strip()


def plan_period_in(text: str) -> tuple[str, str] | None:
    """The five-year plan that a text names, as `FYP12` with its words."""
    match = _FIVE_YEAR_PLAN.search(text)
    if match is None:
        return None
    number = int(match.group(1)) if match.group(1) else _FIVE_YEAR_ZH[match.group(2)]
    return f"FYP{number}", match.group()


def years(code: str) -> tuple[int, int] | None:
    """First and last calendar year of a period code; None for `unknown`."""
    if plan := re.fullmatch(r"FYP(\d+)", code):
        start = 1951 + 5 * int(plan.group(1))
        return start, start + 4
    if span := re.fullmatch(r"[YD](\d{4})_(\d{4})", code):
        return int(span.group(1)), int(span.group(2))
    if single := re.fullmatch(r"Y(\d{4})|ASOF_(\d{4})\d{4}", code):
        year = int(single.group(1) or single.group(2))
        return year, year
    return None


def printed_period(code: str) -> str:
    """A period code as people write it: `2011`, `2011-2015`; empty for `unknown`."""
    span = years(code)
    if span is None:
        return ""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
