"""Which columns and cells tell time: months, dates, financial years, years of other calendars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.label_classes import label_class
from pipelines.patterns import regex

_SERIAL_DIGITS = 5
_SERIAL = range(20_000, 60_000)  # days since 1899-12-30: dates from 1954 to 2064
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = regex(
    rf"(?:(?:19|20)\d\d(?:[-/年]{_MONTH}月?|[-/.年]{_MONTH}[-/.月]{_DAY}日?)|{_DAY}[-/.]{_DAY}[-/.](?:\d\d|(?:19|20)\d\d)"
    rf"|{_MONTH}月(?:{_DAY}日)?|(?:{_DAY}[\s-])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    rf"[\s,-]+(?:{_DAY}[\s,-]+)?\d{{2,4}})(?:[T\s]\d{{1,2}}:\d\d.*)?",
    re.IGNORECASE,
)
# years of calendars that count otherwise: Year BS, Hijri year, 民国
_OF_ERA = regex(
    r"\b(?:year|year of|años?|année|tahun)\b.{0,3}\b(?-i:B\.?S\.?|V\.?S\.?|A\.?H\.?|B\.?E\.?|E\.?C\.?)(?!\w)"
    r"|\b(?:bikram|vikram|nepali|hijri|shamsi|saka|buddhist|ethiopian|hebrew)\b.*(?:year|era|calendar|samvat|sambat)"
    r"|民国|和历|佛历|回历",
    re.IGNORECASE,
)
_OF_EACH = regex(r"\b(?:per|each|every|this|last|in the|of the)\b|[每本上全]年", re.IGNORECASE)
_MONTHS_OF_ERA = regex(r".*年[月別别]")
_OF_CALENDAR = range(len("105"), len("1050131") + 1)
_FINANCIAL = regex(r"(?:FY\s?)?((?:1[89]|20)\d\d)\s?[-–—/]\s?((?:\d\d)?\d\d)", re.IGNORECASE)
# what is a date only below a header that says so: 20110305, 2011.03
_MAY_BE_DATE = regex(r"(?:19|20)\d\d(?:\.?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?|\.[1-9])")
# a month with its year: 2021-04, Apr-21, April 2021, 2021年4月
_MONTH_OF_YEAR = regex(
    rf"(?:19|20)\d\d(?:[-/]{_MONTH}|年{_MONTH}月)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?:[\s,-]+(?:19|20)\d\d|[-'’]\d\d)",
    re.IGNORECASE,
)
_PART_OF_YEAR = regex(
    r"(?!.*\b(?:per|each|every|by|an?|this|last)\b)(?:[a-z]+ )?(?:month|quarter|week)s?(?: (?:no\.?|number|of .*))?"
    r"|(?:[a-z]+ )?(?:cycle|round|phase|batch|tranche|wave|instalment|installment)(?: no\.?| number)?"
    r"|.*(?:月份|季度|周次|期次|批次|轮次)|月|周",
    re.IGNORECASE,
)
_WHOLE = regex(r"(\d{1,9})(?:\.0)?")  # what a program writes for a month where some are missing: 6.0
_PAIR = 2
_WEEKS = 53  # no month, quarter or week of a year has a larger number


def counts_otherwise(header: str, head: str | None, filled: Counter[str]) -> bool:
    """Whether a column is of years, months or days of another calendar, as words or digits say: 2563, 10501."""
    if (
        not all(map(str.isdecimal, filled))
        or any(map(str.isdecimal, header))
        or _OF_EACH.search(header)
        or label_class(header) != "detail"
    ):
        return False
    sizes = set(map(len, filled))
    alike = len(sizes) == 1 and sizes.pop() in _OF_CALENDAR and all(kind(text) == "number" for text in filled)
    told = _OF_ERA.search(header) is not None and max(map(len, filled)) <= len("2068")
    return told or (alike and (head == "year" or _MONTHS_OF_ERA.fullmatch(header) is not None))


def tells_time(header: str, filled: Mapping[str, int]) -> bool:
    """Whether numbers are those of months, quarters or weeks."""
    if _PART_OF_YEAR.fullmatch(header) is None:
        return False
    told = [text for text in filled if label_class(text) == "detail"]
    return all((found := _WHOLE.fullmatch(text)) is not None and int(found.group(1)) <= _WEEKS for text in told)


def is_month(text: str) -> bool:
    """Whether a cell is a month with its year, without a day."""
    return _MONTH_OF_YEAR.fullmatch(text) is not None


def is_financial(text: str) -> bool:
    """Whether a cell is a year that begins in one and ends in the next: 2006/07, 2006-07, FY 2006/2007."""
    found = _FINANCIAL.fullmatch(text.strip())
    return found is not None and (int(found.group(1)) + 1) % 100 == int(found.group(2)) % 100


def is_date(text: str) -> bool:
    """Whether a cell is a day, or a month with its year."""
    return _DATE.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Whether a cell may be a date below a header of dates: 20110305, 40908."""
    serial = text.isdecimal() and len(text) == _SERIAL_DIGITS and int(text) in _SERIAL
    return serial or _MAY_BE_DATE.fullmatch(text) is not None


def are_years_of_a_series(texts: Mapping[str, int]) -> bool:
    """Whether years are as far apart each, as those of a series are and amounts and postcodes like 1998 are not."""
    found = [(int(text[:4]), count) for text, count in texts.items() if text[:4].isdecimal()]
    distinct = sorted({year for year, _ in found})
    steps = {later - earlier for earlier, later in pairwise(distinct)}
    return steps == {1} or (len(steps) < _PAIR and len(distinct) < sum(count for _, count in found))
