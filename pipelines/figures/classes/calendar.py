"""Years, dates and times of day in short forms: 12年3月, 2012.3, 2012级学生, the 80s, half past 8, 17.30, year 2."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.figures.text.signs import YEAR
from pipelines.patterns import regex

_CLAUSE_BEGINS = regex(r"(?:^|[，。；、：:,;(（】\n]|[从自至到在比较]|截至|截止)\s*$")
_SHORT_YEAR_MONTH = regex(r"\s?年\s?\d{1,2}\s?月(?!均)")
_SHORT_YEAR = regex(r"\s?年(?=[一-鿿])(?![来间多余内以之前后的期度限制级历免产均])")
_SHORT_YEAR_OF_LIST = regex(r"\s?[、和及与～~—–至到-]\s?\d\d\s?年(?![来间多余内以之])")
_SHORT_YEAR_LISTED = regex(r"(?<!\d)\d\d\s?(?:[、和及与～~—–-]|[至到])\s?$")
_SECOND_OF_SPAN = regex(r"(?<!\d)(?:19|20)\d\d\s?(?:年\s?)?[～~—–－至到-]\s?$")
_YEAR_SPAN = regex(r"\s?[～~—–－至到-]\s?\d\d\s?年")
_MONTH_OF_YEAR = regex(r"(?:1[89]|20|21)\d\d\.(?:0?[1-9]|1[0-2])")
_NO_UNIT = regex(r"\s?(?:$|[，。；、,;)）\n至到—–~～-]|[一-鿿])")
_COHORT = regex(r"\s?(?:学年|财年|届|级(?!别|以上|联|公路))")
_DECADE_BEFORE = regex(r"\b(?:the|early|late|mid|since|of)[ -]['’]?$|['’]$", re.IGNORECASE)
_SHORT_ENGLISH_YEAR = regex(r"\b(?:in|since|of|from|by|to|until|and)\s['’]$", re.IGNORECASE)
_QUARTERS = regex(r"\b(?:first|last|past|next|previous|other|remaining)\s$", re.IGNORECASE)
_PAST = regex(
    r"\b(?:half|quarter|five|ten|twenty|twenty-five|\d\d?)(?: minutes)? past\s$|\bquarter to\s$", re.IGNORECASE
)
_TO_THE_HOUR = regex(
    r"\s(?:past|to)\s(?:\d{1,2}|[a-z]+)\b(?=\s*(?:[,.;]|$|in\b|on\b|at\b|they\b|he\b|she\b|we\b|it\b))"
)
_CLOCK = regex(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_CLOCK_NEXT = regex(
    r"\s?(?:(?:to|until|till|and|[-–—])\s?(?:[01]?\d|2[0-3])\.[0-5]\d)?\s?(?:daily\b|hours\b|hrs\b|h\b)"
)
_CLOCK_BEFORE = regex(r"(?<![\d.])(?:[01]?\d|2[0-3])\.[0-5]\d\s?(?:to|until|till|and|[-–—])\s?$")
_OF_HOURS = regex(
    r"\b(?:open\w*|clos\w*|start\w*|beg[aiu]n\w*|meet\w*|doors?|daily|depart\w*|arriv\w*|leave[sd]?|ends?|train|bus|session)\b"
    r"[^.;]{0,40}\b(?:at|from|until|till|by)\s$",
    re.IGNORECASE,
)
_IN_YEAR = regex(r"(?<!\w)(?:in|of|for|during|by|from|to|until)?\s?\b[Yy]ear\s$")
_EACH_YEAR = regex(
    r"\b(?:a|an|one|each|every|per|last|this|next|the|that|half|first|previous|whole|same)\s[Yy]ear\s$", re.IGNORECASE
)
_COUNTED = regex(r"\s+of\s+(?:(?:the|its|their|all|these|those|our)\s+)?(?:\d|(?:them|these|those|which|whom)\b)")
_OF_THEM = regex(r"(?:^|[^\w\s]\s*|\band\s+)of\s+(?:the|these|those)\s+$", re.IGNORECASE)
_OUT_OF_THEM = regex(
    r"(?:^|[^\w\s]\s*|\band\s+)of\s+(?:the|these|those)\s+\d[\d,]*\s[a-z]+(?:\s[a-z]+)?,?\s+$", re.IGNORECASE
)
_NEAR, _MANY_YEARS = 6, 20


def is_count(before: str, after: str) -> bool:
    """Whether digits that look like a year count: 1998 of the 2,100 homes; of the 2008 applicants 1950 passed."""
    return (
        _COUNTED.match(after) is not None
        or _OF_THEM.search(before) is not None
        or _OUT_OF_THEM.search(before) is not None
    )


def short_date(draft: Draft, before: str, after: str, report_year: int | None) -> NonFigureClass | None:
    """Why a number is a year, a date or a time of day, None where it may be none.

    Args:
        draft: the number.
        before: the words of its line before it.
        after: those behind it.
        report_year: that of the report's title, near which years of two digits are.
    """
    if draft.scale != 1 or is_money(draft.unit):
        return None
    printed = draft.token.text
    if draft.token.kind == "fraction":
        quarters = "quarter" in printed.lower()
        return "date" if quarters and (_QUARTERS.search(before) or _TO_THE_HOUR.match(after)) else None
    if "一" <= after.lstrip()[:1] <= "鿿" or not before.isascii() or after[:1] in "～~、":
        found = _chinese(draft, before, after, report_year)
        if found is not None:
            return found
    if _MONTH_OF_YEAR.fullmatch(printed) and draft.unit == "" and _NO_UNIT.match(after):
        return "date"
    if draft.unit not in ("", "other"):
        return None
    if after[:1] == "s" and not after[1:2].isalpha() and len(printed) == len("80") and _DECADE_BEFORE.search(before):
        return "date"
    if not before.endswith((" ", "'", "’", "-")) and not (after[:1] == "s" or "." in printed):
        return None
    if len(printed) == len("98") and before[-1:] != " " and _SHORT_ENGLISH_YEAR.search(before) and printed.isdecimal():
        return "year"
    if printed.isdecimal() and before.endswith(("past ", "to ")) and _PAST.search(before):
        return "date"
    # "open from 9.30 to 12.15", but "yields rose from 2.10 to 3.04 tonnes"
    if _CLOCK.fullmatch(printed) and (_CLOCK_NEXT.match(after) or _OF_HOURS.search(_CLOCK_BEFORE.sub("", before))):
        return "date"
    if (
        before.endswith("ear ")
        and _IN_YEAR.search(before)
        and not _EACH_YEAR.search(before)
        and printed.isdecimal()
        and draft.token.value <= _MANY_YEARS
    ):
        return "list_no"
    return None


def _chinese(draft: Draft, before: str, after: str, report_year: int | None) -> NonFigureClass | None:
    printed = draft.token.text
    if not printed.isdecimal():
        return None
    if YEAR.fullmatch(printed):
        if _COHORT.match(after) or _YEAR_SPAN.match(after):
            return "year"
        # 2010投入8千万: the year without its word
        begins = _CLAUSE_BEGINS.search(before) is not None and report_year is not None
        near = report_year is not None and abs(int(printed) - report_year) <= _MANY_YEARS
        return "year" if begins and near and draft.unit == "" and "一" <= after[:1] <= "鿿" else None
    if len(printed) != len("12"):
        return None
    if _SHORT_YEAR_MONTH.match(after):
        return "date"
    if after.lstrip().startswith("年") and _SECOND_OF_SPAN.search(before):
        return "year"
    near = report_year is not None and abs(int(printed) - report_year % 100) <= _NEAR
    if not near:
        return None
    if _SHORT_YEAR_OF_LIST.match(after) or (_SHORT_YEAR_LISTED.search(before) and after.lstrip().startswith("年")):
        return "year"
    return "year" if _SHORT_YEAR.match(after) and _CLAUSE_BEGINS.search(before) else None
