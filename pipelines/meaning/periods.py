"""Periods: their codes, and where a text names them."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.catalog.load import catalog
from pipelines.meaning.mention import COMPARED, COMPARES, LEAD_ENDS, LEADS, NEAR, Kind, Mention, follows
from pipelines.meaning.relative import with_relative
from pipelines.patterns import regex

YEAR = regex(r"(?:19[5-9]|20[0-6])\d(?!\d)")
# names; what has a comma or an end of a sentence in it is speech
_QUOTED = regex(r"[“\"][^”\"\n，。；！？]{0,160}[”\"]|《[^》\n]{0,160}》")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
)  # fmt: skip
_MONTH_ENDS = tuple(month.rstrip("stndrh") for month in _MONTHS)
_DAY = regex(rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b(?:{'|'.join(_MONTHS)})\.?(?:\s+\d{{1,2}}[a-z]*)?,?\s*$")
_MONTH_EN = regex(
    rf"(?:\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?\b({'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
    r"\b\.?(?:\s+(\d{1,2})(?!\d))?"
)
_MONTH_ZH = regex(r"年(\d{1,2})月(?:(\d{1,2})日)?")
_PART_OF = regex(
    r"(?:the )?(?:(?:first|second|third|fourth|last) [a-z]+(?: months)?|course|whole|middle|whole year) of $"
)
_JOIN = regex(
    r"\s*年?度?(?:\d{1,2}月(?:\d{1,2}日)?)?[底末初]?(?:算起|开始|以来|起)?\s*[，,]?\s*"
    r"(?P<join>[-–—－～~/]+|至|到|截[至止]到?|(?:up )?to|until|till|through|(?P<list>and|和|及|与|、))\s*"
    r"(?:(?:the )?(?:end|close) of )?(?:the year )?(?:[A-Z][a-z]+ (?:\d{1,2},? )?)?"
)
_SHORT = regex(r"\s?[-–/]\s?(\d\d)(?![\d-])")
_BEHIND = regex(
    r"\s*年?度?(?:\d{1,2}(?:[-–—至到]\d{1,2})?\s*月(?:\d{1,2}日)?)?(?P<end>年?[底末])?"
    r"(?P<since>以来|起(?!点)|开始|至今|on(?:wards?)?\b(?! \d))?"
    r"(?P<base>(?:同期)?(?:相比|比较|比(?=增|上|提|下|减|少|多|，)|为基))?"
    r"(?P<none>的?(?:不变|可比)?价(?!值)|\s*(?:constant |unchanged )?prices\b|\d{0,2}[日]?(?:印发|发布|公布|成文))?"
)
_LONGEST_JOIN = 30
_NEAR_QUOTE = 4
_IN_NAME = (
    "vision ", "agenda ", "outline ", "strategy ", "[", "〔", "［", "¥", "￥", "$", "€", "£", "rmb ", "rmb", "cny ",
    "usd ", " rs. ", " rs ", "ksh ", "php ",
)  # fmt: skip
_WRITING_ZH = (
    "填报", "填表", "填写", "制表", "编制", "报送", "上报", "发布", "公布", "印发", "打印", "审核", "录入", "更新",
    "成文",
)  # fmt: skip
# what stands before the year in which something began
FOUNDED = regex(
    r"\b(?:approved|founded|established|launched|begun|began|set up|started|adopted|introduced|created)(?: in)?\s*$",
    re.IGNORECASE,
)
FOUNDED_ZH = regex(r"[^，。；、\d]{0,6}(?:启动|成立|设立|建立|出台|制定|颁布|印发|开工|批准)的")
# when a form was filled in, printed or published, or when a missing number is to come: none of it dates the contents
_WRITING = regex(
    r"\b(?:date of (?:filing|issue|publication|printing|release|submission)"
    r"|(?:filing|publication|release|issue|printing) date"
    r"|(?:filed|filled in|published|printed|posted|updated|pending|awaited)(?: (?:on|in|by))?"
    r"|(?:issued|released|submitted)(?: on|:))\s*[:：]?\s*$"
)
_FIVE_YEAR = regex(
    r"[Ff十“\"](?:(?<=[Ff])ive[- ][Yy]ear(?:[- ][Pp](?:lan|rogram(?:me)?)\b)?"
    r"|(?<=十)(?P<zh>[一二三四五])五(?![\d.亿万千百年个户人名元])|(?<=[“\"])(?P<ten>十五)(?=[”\"]))"
)
_PLAN_NUMBER = regex(
    r"\b(\d{1,2}(?=st|nd|rd|th)|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth)[a-z]{0,2}[\"”’]?[ -]$"
)
_PLANS = {"ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14}
_PLANS |= {"一": 11, "二": 12, "三": 13, "四": 14, "五": 15, "十五": 10}
_IN_PLAN = ("during the", "in the", "under the", "over the", "throughout the", "for the")
_MEASURED = frozenset({"money", "area", "length", "mass", "energy", "power", "volume"})
_COUNTED = frozenset({"person", "household", "village", "township", "county"})


class _Date(NamedTuple):
    """A year that dates something.

    Attributes:
        begin: where month and day before it begin.
        start: first digit.
        end: one past the last.
        lead: the words before, in small letters.
    """

    begin: int
    start: int
    end: int
    lead: str


def mentions(
    text: str, report_year: int | None = None, counted: Collection[int] = (), spoken_year: int | None = None
) -> list[Mention]:
    """All periods that a text names, in order, those inside quotations left out.

    Args:
        text: canonical text.
        report_year: the last year of "since 2006"; without it such words tell nothing.
        counted: where numbers begin that count something, so that they are no years.
        spoken_year: the year in which "last year" was said; without it such words tell no year.
    """
    quotes = [match.span() for match in _QUOTED.finditer(text)] if _QUOTED.search(text) else []
    quote_starts = [start for start, _ in quotes]

    def is_quoted(start: int, end: int) -> bool:
        place = bisect_left(quote_starts, start + 1) - 1
        return place >= 0 and end <= quotes[place][1]

    dates = [date for date in _dates(text) if date.start not in counted and not is_quoted(date.start, date.end)]
    # the name of a plan may be quoted, the plan in a longer name that is quoted is none
    plans = [one for one in _of_plans(text) if not is_quoted(one.start - _NEAR_QUOTE, one.end)]
    found = [*_of_years(text, dates, report_year), *plans]
    found.sort()
    return with_relative(text, found, report_year, spoken_year)


# of a year whose prices others are told in: (2011 PPP), at constant 2015 prices, 按2010年不变价
_OF_PRICES = regex(r"\s?(?:(?:international |constant )?PPPs?\b|=\s?100(?!\d)|年?(?:不变|可比)价)")
_PRICES = regex(r"\s?(?:prices?\b|(?:US|international) ?(?:dollars?|\$)|US\$|年价格)", re.IGNORECASE)
_AT_PRICES = (" at ", " constant ", " in constant ", " fixed ", "按", "以")


_FISCAL = regex(r"(?<=[\s(])fy ?$")  # FY2018 is dated as 2018 is


def _dates(text: str) -> Iterator[_Date]:
    """Each year that dates something; no amount of money, name of a plan or day on which something was written."""
    for match in YEAR.finditer(text):
        start, end = match.span()
        before = text[max(0, start - NEAR) : start]
        if before[-1:].isdecimal() or (before[-1:] in (".", ",") and before[-2:-1].isdecimal()):
            continue
        lead = f" {before.lower()}".replace("\n", " ")
        if lead.rstrip(" ,0123456789stndrh").endswith(_MONTH_ENDS):
            lead = _DAY.sub("", lead)
        if lead.endswith(("fy", "fy ")):
            lead = _FISCAL.sub("", lead)
        bare = lead.rstrip(" :：")
        written = bare.endswith("待") or (bare != lead.rstrip() and bare.endswith(_WRITING_ZH))
        written = written or (bare.endswith(("日期", "时间", "于")) and bare.rstrip("日期时间于").endswith(_WRITING_ZH))
        if _OF_PRICES.match(text, end) or (lead.endswith(_AT_PRICES) and _PRICES.match(text, end)):
            continue
        if not (written or lead.endswith(_IN_NAME) or (bare[-1:].isascii() and _WRITING.search(lead))):
            yield _Date(start - len(before) - 1 + len(lead), start, end, lead)


def _of_years(text: str, dates: list[_Date], report_year: int | None) -> Iterator[Mention]:
    index = 0
    while index < len(dates):
        date, end = dates[index], dates[index].end
        first = last = int(text[date.start : end])
        listed = [first]
        index += 1
        short = _SHORT.match(text, end)
        if short is not None and (final := first // 100 * 100 + int(short.group(1))) > first:
            last, end = final, short.end()
        # 2018/19 and 2018/2019 are one year; 2006-10 are five, and 2018-2019 are two
        fiscal = last if last == first + 1 else 0
        while index < len(dates) and dates[index].start - end <= _LONGEST_JOIN:
            join = _JOIN.fullmatch(text, end, dates[index].start)
            year = int(text[dates[index].start : dates[index].end])
            if join is None and year == last + 1 and _is_row(text, end, dates[index : index + 2]):
                listed.append(year)  # "2010, 2011 and 2012"
                last, end = year, dates[index].end
                index += 1
                continue
            if join is None or year <= last or (join.group("list") and year > last + 1 and "between" not in date.lead):
                break
            if join.group("list"):
                listed.append(year)
            fiscal = year if join.group("join") == "/" and year == last + 1 else fiscal
            last, end = year, dates[index].end
            index += 1
        behind = _BEHIND.match(text, end)
        if behind is None or behind.group("none"):
            continue
        kind, words = _kind_of(text, date, first < last and (last, first) != (fiscal, fiscal - 1), behind)
        if kind == "since" and first == last:
            last = max(first, report_year or 0)
        stop = behind.end() if text[end : behind.end()].strip() else end
        begin = date.begin - len(words)
        day = _day_of(text[begin:stop], last) if kind == "as_of" else ""
        yield Mention(begin, stop, first, last, kind, text[begin:stop], tuple(listed) if len(listed) > 1 else (), day)


def _day_of(words: str, year: int) -> str:
    """Month and day that stand with a year, the last of the month where no day does; empty where they tell no month."""
    chinese, english = _MONTH_ZH.search(words), _MONTH_EN.search(words.lower())
    if chinese is not None:
        month, day = int(chinese.group(1)), int(chinese.group(2) or 0)
    elif english is not None:
        month = next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(english.group(2)[:3]))
        day = int(english.group(1) or english.group(3) or 0)
    else:
        return ""
    if not 1 <= month <= 12:
        return ""
    days = monthrange(year, month)[1]
    return f"{month:02}{day if 1 <= day <= days else days:02}"


def _is_row(text: str, end: int, dates: list[_Date]) -> bool:
    """Whether a comma stands before a year, and a comma or "and" between it and one more."""
    if len(dates) < 2 or text[end : dates[0].start].strip() != ",":
        return False
    return text[dates[0].end : dates[1].start].strip() in (",", "and", ", and")


def _kind_of(text: str, date: _Date, is_span: bool, behind: re.Match[str]) -> tuple[Kind, str]:
    """What the words around a year, or around the two of a span, make of it, and those before it."""
    lead = _PART_OF.sub("", date.lead) if date.lead.endswith(" of ") else date.lead
    words = date.lead[len(lead) :]
    kind: Kind = "span" if is_span else "as_of" if behind.group("end") else "year"
    if date.begin < date.start and lead.endswith((" on ", " over ")):
        lead = lead[:-3]  # on a day
    if lead.endswith(LEAD_ENDS):
        kind_of_word = next((one, word) for one, ends in LEADS for word in ends if lead.endswith(word))
        kind, word = kind_of_word
        words = word.lstrip() + words
        if word == " from " and text[date.begin - 5 : date.begin - 4] == "F":
            kind = "since"
    if behind.group("since"):
        kind = "since"
    if is_span and kind in ("base", "since", "as_of"):
        return ("base" if lead.endswith(COMPARED) else "span"), words
    if kind != "base" and (behind.group("base") or follows(lead, COMPARES)):
        kind = "base"
    elif kind == "year" and follows(lead, ("since ",)):
        kind = "since"
    return kind, words


def _of_plans(text: str) -> Iterator[Mention]:
    for match in _FIVE_YEAR.finditer(text):
        start, end = match.span()
        lead = text[max(0, start - NEAR) : start].lower()
        number = match.group("zh") or match.group("ten")
        if number is None:
            told = _PLAN_NUMBER.search(lead)
            if told is None:
                continue
            number, start, lead = told.group(1), start - len(lead) + told.start(), lead[: told.start()]
        lead, behind = lead.rstrip(' “"'), text[end : end + 8].lstrip(' ”"')
        first = 1951 + 5 * (int(number) if number.isdecimal() else _PLANS[number])
        during = behind.startswith(("期间", "时期", "以来")) or lead.endswith(_IN_PLAN)
        if lead.endswith("year of the") or (match.group("ten") and not during):
            continue
        if behind.startswith(("末", "期末", "时期末")) or lead.endswith(("end of the", "close of the")):
            yield Mention(start, end, first + 4, first + 4, "as_of", text[start:end])
        else:
            yield Mention(start, end, first, first + 4, "plan" if during else "plan_of", text[start:end])


def years_told(text: str) -> list[str]:
    """The years by which a title, heading or opening dates what it speaks of, in order.

    No year is a number with a unit ("2005 yuan", 2005元), or the day on which something was filled in or published.
    """
    return [_ending_year(text, date) for date in _dates(text) if not _is_counted(text, date.end)]


def _ending_year(text: str, date: _Date) -> str:
    """A year as printed; of a fiscal year (2018/19) the one in which it ends."""
    first = int(text[date.start : date.end])
    short = _SHORT.match(text, date.end)
    return str(first + 1) if short is not None and int(short.group(1)) == (first + 1) % 100 else str(first)


def _is_counted(text: str, end: int) -> bool:
    """Whether what stands behind a year makes a number of it; "2013 village survey" and 2013人均收入 are of 2013."""
    if _COUNT_BEHIND.match(text, end):
        return True
    behind = text[end : end + _LONGEST_UNIT].lstrip().lower()
    for length in range(1, len(behind) + 1):
        goes_on = behind[:length].isascii() and _WORD_SIGN.match(behind, length)
        if behind[:length] in _unit_words() and not goes_on:
            return True
    return False


_COUNT_BEHIND = regex(r"\s*(?:[万亿%％户名个]|人(?![均口民])|(?i:people|million|billion)\b)|[.,]\d")
_WORD_SIGN = regex(r"\w")
_LONGEST_UNIT = 40


@lru_cache(maxsize=1)
def _unit_words() -> frozenset[str]:
    """Words of units that measure, and of what is counted."""
    units = catalog().units.values()
    measured = (word for unit in units if unit.kind.split("_")[0] in _MEASURED for word in unit.words)
    counted = (
        word for unit in units if unit.code in _COUNTED for word in unit.words if word.isascii() and word[-1] == "s"
    )
    return frozenset(word.lower() for word in (*measured, *counted))
