"""Periods: their codes, and where a text names them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipelines.catalog.load import catalog

_Y = r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d)"
_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+(?:\d{1,2},?\s+)?)?"
)
_PATTERN = re.compile(
    # only where one of the words below, or a year, can begin
    r"(?:\b(?=[fbeildacusotmh])|(?=[\d截自从比较与同由(]))(?:"
    rf"(?P<range>(?:\bfrom|\bbetween)\s+{_Y}\s+(?:to|and|until|till|through)\s+{_Y}"
    rf"|\b(?:in|during|over)\s+{_Y}\s+and\s+{_Y}(?![^.;]{{0,120}}respectively)"
    rf"|从\s*{_Y}\s*年(?:算起|开始|起)?\s*[，,]?\s*(?:到|至|截[至止])\s*{_Y}\s*年?(?:底|末)?"
    rf"|{_Y}\s*年?\s*(?:[-–—－～~]|至|到|\bto\b)\s*{_Y}年?)"
    r"|(?P<as_of>(?:\bend of|\blate in|\bas of|\bas at|\bclose of|\bup to|\buntil the end of|\bend-)\s*(?:the year )?"
    rf"{_MONTH}{_Y}|截[至止]\s*{_Y}\s*年|{_Y}\s*年\s*(?:底|末|年底|年末)(?!以来))"
    rf"|(?P<since>\b(?:since|starting from|starting in|beginning in)\s+{_MONTH}{_Y}"
    rf"|\bfrom\s+{_MONTH}{_Y}\s+(?:on|onwards?)\b|(?:自|从)?{_Y}\s*年(?:[底末初])?(?:以来|起|开始|至今))"
    r"|(?P<base>\b(?:over|on|than in|than|against|above|below|from)\s+"
    rf"(?:that of |those of |the figure of |in |the level of )?{_Y}"
    rf"|\bcompared (?:with|to)\s+[^.;；。]{{0,40}}?{_Y}|\b(?:more|fewer|less|higher|lower) than (?:in )?{_Y}"
    rf"|[比较与同由从]\s*{_Y}\s*年(?:底|末)?|\({_Y}\)\s*$)"
    rf"|(?P<plain>{_Y}\s*年?))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"《][^”\"》\n]{0,160}[”\"》]")
_FIVE_YEAR = re.compile(
    r"(?:\b(?=[\dntef])|(?=[“\"十]))(?:(?P<number>\d{1,2}(?=th|st|nd|rd)|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth)(?:st|nd|rd|th)?"
    r"[\"”’]?[ -](?:Five-Year|Five Year)(?P<after>[^.;。；]{0,24})"
    r"|[“\"]?十(?P<zh>[一二三四五])五[”\"]?(?P<zhafter>[^。；]{0,8})|[“\"](?P<ten>十五)[”\"](?P<tenafter>[^。；]{0,8}))",
    re.IGNORECASE,
)
_FIVE_YEAR_ZH = {"一": 11, "二": 12, "三": 13, "四": 14, "五": 15}
_ORDINALS = {"ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14}
_TO_LATER = re.compile(
    r"\s*(?:年)?(?:的)?\s*(?:to|提高到|增加到|减少到|下降到|上升到|到|至)\s*(?:RMB|¥|US\$|\$)?\s*\d", re.IGNORECASE
)
_PRICES = re.compile(r"\s*(?:constant |unchanged )?prices\b|(?:的)?(?:不变)?价", re.IGNORECASE)
_YEAR_OF = re.compile(r"\byear of the\s+[“\"]?$", re.IGNORECASE)
_DURING = re.compile(r"\b(?:during|in|under|over|throughout)\s+the\s+[“\"]?$", re.IGNORECASE)
YEAR = re.compile(_Y)
# when a form was filled in, printed or published, or when a missing number is to come: none of it dates the contents
_WRITTEN_ON = re.compile(
    r"(?:(?:填报|填表|填写|制表|编制|报送|上报|发布|公布|印发|打印|审核|录入|更新|成文)(?:(?:日期|时间)\s*[:：]?|于|[:：])|待)\s*"
    r"\d{4}\s*(?:年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)?"
    r"|\b(?:date of (?:filing|issue|publication|printing|release|submission)"
    r"|(?:filing|publication|release|issue|printing) date"
    r"|(?:filed|filled in|published|printed|posted|updated|pending|awaited)(?: (?:on|in|by))?"
    r"|(?:issued|released|submitted)(?: on|:))"
    r"\s*[:：]?\s*(?:[A-Za-z]+\.?,?\s+)?(?:\d{1,2}[a-z]{0,2},?\s+)?(?:[A-Za-z]+\.?,?\s+)?\d{4}(?:-\d\d?){0,2}",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(r"(?:[¥￥$€£₱₹]|\b(?:RMB|CNY|USD|EUR|Rs\.?|Ksh))\s*$")
_MEASURED = frozenset({"money", "area", "length", "mass", "energy", "power", "volume"})
_COUNTED = frozenset({"person", "household", "village", "township", "county"})
Kind = Literal["range", "as_of", "since", "base", "plain", "plan", "plan_of"]
_KINDS: tuple[Kind, ...] = ("range", "as_of", "since", "base", "plain")


@dataclass(frozen=True, slots=True)
class Mention:
    """A period that a text names; `base` ones only serve to compare with."""

    start: int
    end: int
    code: str
    kind: Kind
    words: str


def mentions(text: str, report_year: int | None = None) -> list[Mention]:
    """All periods that a text names, in order, those inside quotations left out.

    Args:
        text: canonical text.
        report_year: the last year of "since 2006"; without it such a mention is a plain year.
    """
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    quote_starts = [start for start, _ in quotes]
    found: list[Mention] = []
    for match in _around_years(text):
        place = bisect_left(quote_starts, match.start() + 1) - 1
        if place >= 0 and match.end() <= quotes[place][1]:
            continue
        years_of = [group for group in match.groups() if group and re.fullmatch(r"(?:19|20)\d\d", group)]
        kind = next(kind for kind in _KINDS if match.group(kind))
        code = f"Y{years_of[0]}"
        if kind == "plain" and _TO_LATER.match(text, match.end()):
            kind = "base"  # "from 1,962 Yuan in 2009 to 2,287 Yuan"
        if kind == "plain" and _PRICES.match(text, match.end()):
            kind = "base"  # "(2010 prices)"
        if kind == "range":
            code = f"Y{years_of[0]}_{years_of[1]}" if years_of[0] < years_of[1] else code
        elif kind == "as_of":
            code = f"ASOF_{years_of[0]}1231"
        elif kind == "since" and report_year is not None and int(years_of[0]) < report_year:
            code = f"Y{years_of[0]}_{report_year}"
        found.append(Mention(match.start(), match.end(), code, kind, match.group().strip()))
    for match in _FIVE_YEAR.finditer(text):
        number = match.group("number")
        after = match.group("after") or match.group("zhafter") or match.group("tenafter") or ""
        during = re.search(r"期间|时期", after) or _DURING.search(text, max(0, match.start() - 18), match.start())
        if _YEAR_OF.search(text, max(0, match.start() - 16), match.start()):
            continue
        if during or number or match.group("zh"):
            plan = (
                int(number)
                if number and number.isdecimal()
                else _ORDINALS[number.lower()]
                if number
                else 10
                if match.group("ten")
                else _FIVE_YEAR_ZH[match.group("zh")]
            )
            found.append(
                Mention(
                    match.start(), match.end(), f"FYP{plan}", "plan" if during else "plan_of", match.group().strip()
                )
            )
    return sorted(found, key=lambda mention: mention.start)


def _around_years(text: str) -> Iterator[re.Match[str]]:
    """Matches of the pattern near years; the rest of a text need not be looked at."""
    reach = 0
    for year in YEAR.finditer(text):
        if year.start() < reach:
            continue
        lead = max(reach, year.start() - 60)
        position = lead if text.find("ompared", lead, year.start()) >= 0 else max(lead, year.start() - 28)
        while match := _PATTERN.search(text, position, year.end() + 28):
            yield match
            position = reach = match.end()
            if reach >= year.end():
                break


def years_told(text: str) -> list[str]:
    """The years by which a title, heading or opening dates what it speaks of, in order.

    No year is a number with a unit ("2005 yuan", 2005元), or the day on which something was filled in or published.
    """
    text = _WRITTEN_ON.sub(" ", text)
    return [
        year.group()
        for year in YEAR.finditer(text)
        if not _unit_behind().match(text, year.end())
        and not _CURRENCY_BEFORE.search(text, max(0, year.start() - 6), year.start())
    ]


@lru_cache(maxsize=1)
def _unit_behind() -> re.Pattern[str]:
    """What makes a number of a year; "2013 village survey" and 2013人均收入 are of 2013."""
    units = catalog().units.values()
    words = {word for unit in units if unit.kind.split("_")[0] in _MEASURED for word in unit.words}
    words |= {
        word for unit in units if unit.code in _COUNTED for word in unit.words if word.isascii() and word[-1] == "s"
    }
    english = "|".join(re.escape(word) for word in sorted(words, reverse=True) if word.isascii())
    chinese = "|".join(re.escape(word) for word in sorted(words, reverse=True) if not word.isascii())
    return re.compile(
        rf"\s*(?:[万亿]?(?:{chinese})|[万亿%％]|[户名个]|人(?![均口民])|(?:people|million|billion|{english})\b)|[.,]\d",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4096)
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
