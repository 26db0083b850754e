"""Dates and times of day as they are written with digits; days and months in words are told by classify."""

from __future__ import annotations

import re

from pipelines.patterns import regex

YEAR = r"(?:1[89]|20|21)\d\d"
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
# of points only a whole date, since 2011.12 may be a number; the year first, or last behind day and month in any order
DATE = (
    rf"(?<![\d.,/-]){YEAR}(?P<between>[-/.–])\d{{1,2}}(?P=between)\d{{1,2}}(?![\d/]|[-.]\d)"
    rf"|(?<![\d.,/-])\d{{1,2}}(?P<parted>[-/.])\d{{1,2}}(?P=parted){YEAR}(?![\d/]|[-.]\d)"
    rf"|(?<![\d.,/-])\d{{1,2}}/\d{{1,2}}/\d\d(?![\d/]|[-.]\d)"
    rf"|(?<![\d.,/-]){YEAR}(?:[-/]|\s?–\s?)\d\d(?![\d/]|[-.,]\d|\s?[万亿千百元%个户人])"
    rf"|(?<![\d.,/-]){YEAR}\.(?:0[1-9]|1[0-2])(?=\s?(?:[-—–~～至到]|$|[，。；、）)]))"
)
TIME = r"(?<![\d:：.,])(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：]|\.\d)"
_RATIO = regex(r"(?:比|比例|之比|ratio|odds|proportion)[^，。；,;.\d]{0,16}$", re.IGNORECASE)


def is_date(printed: str) -> bool:
    """Whether digits in the shape of a date name a day, a month or a year that there can be."""
    parts = [int(part) for part in re.split(r"[-/.–]", re.sub(r"\s", "", printed))]
    if len(parts) == 2:
        year, rest = parts
        return 1 <= rest <= 12 or rest == (year + 1) % 100 or (year % 100 < rest < year % 100 + 30)
    year_first = parts[0] > 31
    first, second = (parts[1], parts[2]) if year_first else (parts[0], parts[1])
    if year_first:
        return 1 <= first <= 12 and 1 <= second <= 31
    return (1 <= first <= 31 and 1 <= second <= 12) or (1 <= first <= 12 and 1 <= second <= 31)


def compares(text: str, start: int, end: int) -> bool:
    """Whether what looks like a time of day is a ratio: by a word for one before it, or with one as its hour."""
    return _RATIO.search(text, max(0, start - 24), start) is not None or text[start : start + 2] in ("1:", "1：")
