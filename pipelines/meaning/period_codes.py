"""The codes of periods: of which years and months they are, and how people write them."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=4096)
def years(code: str) -> tuple[int, int] | None:
    """First and last calendar year of a period code; None for `unknown`."""
    if plan := re.fullmatch(r"FYP(\d+)", code):
        start = 1951 + 5 * int(plan.group(1))
        return start, start + 4
    if span := re.fullmatch(r"[YD](\d{4})_(\d{4})", code):
        return int(span.group(1)), int(span.group(2))
    if single := re.fullmatch(r"Y(\d{4})(?:[QHM].*)?|ASOF_(\d{4})\d{4}", code):
        year = int(single.group(1) or single.group(2))
        return year, year
    return None


def part_code(year: int, first: int, last: int) -> str:
    """The code of some months of a year: `Y2020Q3`, `Y2020H1`, `Y2020M05`, `Y2020M01_09`; `Y2020` of all of them."""
    for letter, size in (("Q", 3), ("H", 6)):
        if last - first + 1 == size and last % size == 0:
            return f"Y{year}{letter}{last // size}"
    if (first, last) == (1, 12):
        return f"Y{year}"
    return f"Y{year}M{first:02}" + (f"_{last:02}" if first < last else "")


def months(code: str) -> tuple[int, int] | None:
    """First and last month of a period code of some months of a year; None for any other."""
    found = re.fullmatch(r"Y\d{4}(?:([QH])(\d)|M(\d\d)(?:_(\d\d))?)", code)
    if found is None:
        return None
    letter, number, first, last = found.groups()
    if letter:
        size = 3 if letter == "Q" else 6
        return size * (int(number) - 1) + 1, size * int(number)
    return int(first), int(last or first)


def printed_period(code: str) -> str:
    """A period code as people write it: `2011`, `2011-2015`, `2011 Q3`, `2011/05`; empty for `unknown`."""
    span = years(code)
    if span is None:
        return ""
    if months(code) is not None:
        return f"{code[1:5]} {code[5:]}" if code[5] != "M" else f"{code[1:5]}/{code[6:].replace('_', '-')}"
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
