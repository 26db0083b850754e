"""Years, days and months in full forms: in 2009, 3 May, on the 12th of June, 2011年3月."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.figures.classes.calendar import is_count
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import is_singular, physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import YEAR
from pipelines.patterns import regex

_YEAR_IN_DATE = regex(r"年\s*(?:\d{1,2}\s*[-—至到]\s*)?$")
_WHOLE = regex(r"\d[\d,]*")
_LAST_DAY = 31
_IN_MONTH = regex(r"\b(?:in|during|since|by)\s+(?:early |late |mid-)?[A-Z][a-z]+\s+$", re.IGNORECASE)
_TIMES_OF_DAY = regex(
    r"\s*(?:o'?clock|[ap]\.m\.|[ap]m\b|时(?!间)|点钟|点(?=[\d半，。；至到前后召举开在])|:\d\d)", re.IGNORECASE
)
_TIME_BEGINS = "oOaApP时点:"
_HOURS, _CLOCK = regex(r"\s*(?:hours|hrs?)\b"), regex(r"(?:[01]\d|2[0-3])[0-5]\d\b")
_YEAR_AFTER = regex(r"\s*(?:年|[-–—－~～至到]\s*(?:19|20)\d\d(?!\d))")
_SECOND_YEAR_BEFORE = regex(r"(?<!\d)(?:19|20)\d\d\s*[-–—－~～至到]\s*$")
_CHINESE_COUNT = regex(r"\s*(?:元|个|户|人|公里|亩|万|亿)")
_NO_YEAR_UNITS = frozenset({"%", "pp", "times"})
_ENDED = regex(r"\b(?:closed|ended|finished|concluded|began|started|opened|entered|left) $", re.IGNORECASE)
_WITH = regex(r"\s(?:with|at|owing|in|on|having)\b")
_YEAR_VERB = regex(r"\s+(?:was|is|saw|brought|became|marked|had|has|will|drew|ended|closed|began|passed)\b|['’]s\b")
_WHEN = regex(
    r"\b(?:between (?:19|20)\d\d and|from (?:19|20)\d\d to|in|since|by|during|until|till|from|between|end of|late|early"
    r"|throughout|year)\s*$",
    re.IGNORECASE,
)
# between two words of a name: the First Semester 2018 Official Statistics
_NAME_BEFORE = regex(r"\b[A-Z][a-z]+\s$")
_THE = regex(r"\b(?:the|this|its|our|an?)\s$", re.IGNORECASE)
_OF_A_YEAR = regex(
    r"\s(?:[a-z]+ ){0,2}?(?:study|survey|census|report|review|assessment|evaluation|audit|plan|programme|program|budget"
    r"|speech|law|policy|agreement|strategy|drought|earthquake|famine|season|harvest|election)\b"
)
_AUTHOR = regex(r"[(（;][^()（）]*\b(?:[A-Z][a-z]+|et al\.),?\s$")
_CITED = regex(r"[a-e]?\s?[),;:]")
_TWO_NAMES_BEHIND = regex(r"\s[A-Z][a-z]+ [A-Z][a-z]")
_NAME_BEHIND = regex(r"\s(?:[a-z]+ )?[A-Z][a-z]")
_TIME_WORD = regex(
    r"(?:\b(?:in|of|by|since|for|during|until|till|over|on|from|to|than|within|when|while|years?|above|below|versus|between|and|or|through|throughout|end|early"
    r"|late|mid|with|before|after|the|at|around|spring|summer|autumn|winter|beginning|calendar|against|as|into|fy|"
    r"semesters?|quarters?|trimesters?|terms?|half|seasons?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|&)|\bFY\)|[-–—([（]|^|[,;:.])\s*$",
    re.IGNORECASE,
)
_DECADE = regex(r"s\b")
# "Budget 2016 reached", "Census 2011 counted": a name of its year that does something
_DATED_NAME = regex(r"(?:^|[.;:]\s|\n)(?:The )?(?:[A-Z][a-z]+ ){1,3}$")
_DID = regex(r"\s(?:[a-z]+ed|was|were|is|has|had|will|would|aims?|gave|got|shows?|set|saw|found)\b")
_YEAR_DIGITS = 4
_DECIMALS = regex(r"\d{1,2}\.\d+(?!\s?[ap]\.?m\b)", re.IGNORECASE)  # no day has any
_COUNT_AFTER_MONTH = regex(r",?\d|\s*(?:million|%)")
_DATE_AFTER = regex(r"(?:st|nd|rd|th)?\s+(?:of\s+)?\w+\.?,?\s*(?:(?:19|20)\d\d|[.,;]|\w)")
_DAY_AFTER = regex(r"\s*日(?![均元产])")
_MONTH_AFTER = regex(r"\s*(?:[-—至到~]\s*\d{1,2}\s*)?月(?!均|收入|工资)")


@lru_cache(maxsize=1)
def _month_names() -> frozenset[str]:
    return frozenset(lexicon().words.months)


@lru_cache(maxsize=1)
def months() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the name of a month that ends before a number, and of one that begins behind it."""
    months = "|".join(
        rf"{month}\.?" if len(month) < 5 and month != "may" else month for month in lexicon().words.months
    )
    return (
        re.compile(rf"\b(?:{months})[’']?\s*$|\b(?:{months})\s+\d{{1,2}}(?:,| to| and|\s?[-–])\s*$", re.IGNORECASE),
        re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{months})\b", re.IGNORECASE),
    )


class Dates:
    """Tells the numbers of one text that are days, months or years."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage

    def is_date(self, position: int, before: str, after: str) -> bool:
        """Whether a number at a place is a day, a month or a time of day, by the words of its line around it."""
        if self._near_month(position) and not _DECIMALS.match(self._passage.text, position):
            months_before, months_after = months()
            if months_before.search(before) and not (
                _COUNT_AFTER_MONTH.match(after) or self._counts_in_month(position)
            ):
                return True
            if months_after.match(after) and _DATE_AFTER.match(after):
                return True
        if after[:3].lstrip()[:1] in ("日", "月", "年") and (
            _DAY_AFTER.match(after) or _MONTH_AFTER.match(after) or (_YEAR_IN_DATE.search(before) and "月" in after[:3])
        ):
            return True
        if "月" in after and _MONTH_AFTER.match(after) is not None:
            return True
        if _HOURS.match(after) and _CLOCK.match(self._passage.text, position):
            return True
        return after.lstrip()[:1] in _TIME_BEGINS and _TIMES_OF_DAY.match(after) is not None

    def _counts_in_month(self, position: int) -> bool:
        """Whether a number behind a month is no day: "in May 300 pupils came", "In May 20 villages were chosen"."""
        text = self._passage.text
        number = _WHOLE.match(text, position)
        if number is None or YEAR.fullmatch(number.group()):
            return False
        if int(number.group().replace(",", "")) > _LAST_DAY:
            return True
        noun = self._passage.nouns.get(number.end() + 1)
        return noun is not None and _IN_MONTH.search(text, max(position - 24, 0), position) is not None

    def _near_month(self, position: int) -> bool:
        """Whether one of the words next to a place is a month."""
        words = self._passage.words
        index = words.index_from(position)
        return not _month_names().isdisjoint(words.forms[max(index - 2, 0) : index + 2])

    def is_year(self, draft: Draft, before: str, after: str, *, quoted: bool) -> bool:
        """Whether four digits name a year and count nothing; between quotes they are a name."""
        printed = draft.token.text.replace(" ", "")
        if len(printed) != _YEAR_DIGITS or not YEAR.fullmatch(printed) or draft.scale != 1:
            return False
        if is_count(before, after):
            return False
        if _YEAR_AFTER.match(after) or (_SECOND_YEAR_BEFORE.search(before) and not _CHINESE_COUNT.match(after)):
            return True
        if _TWO_NAMES_BEHIND.match(after) and (_THE.search(before) or _NAME_BEFORE.search(before)):
            return True  # the 2018 Family Income Survey
        if _ENDED.search(before) and _WITH.match(after):
            return True  # "The programme closed 2015 with 498,200 users"
        if draft.unit in _NO_YEAR_UNITS or is_money(draft.unit) or "/" in draft.unit:
            return False
        if _CITED.match(after) and _AUTHOR.search(before):
            return True  # (Mwangi and Otieno 2014; Household Survey 2013)
        head = next(reversed(self._passage.text[draft.token.end : draft.end].split()), "")
        if _THE.search(before) and head.isascii() and is_singular(head) and draft.unit not in physical_units():
            return True  # "the 2006 revised budget": nobody counts one thing so
        if _THE.search(before) and _OF_A_YEAR.match(after):
            return True  # "the 2004 case study reports"
        near = self._passage.report_year is not None and abs(int(printed) - self._passage.report_year) <= 1
        if near and len(draft.noun.split()) != 1:
            return True  # "how 2009 anti-poverty funds performed"
        if draft.unit in ("", "other", "structure"):
            if "一" <= after.lstrip()[:1] <= "鿿":
                return False
            return (
                quoted
                or _TIME_WORD.search(before, max(len(before) - 16, 0)) is not None
                or (_NAME_BEFORE.search(before) is not None and _NAME_BEHIND.match(after) is not None)
                or _YEAR_VERB.match(after) is not None
                or _DECADE.match(after) is not None
                or (draft.unit == "" and _DATED_NAME.search(before) is not None and _DID.match(after) is not None)
            )
        # "in 2009 villages began" names a year, "for 2009 villages" counts
        return draft.token.text != "2000" and _WHEN.search(before, max(len(before) - 24, 0)) is not None
