"""Days, months, quarters and halves of a year as headers and labels of tables name them: 31.12.2018, Q3 2020."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipelines.meaning.period_codes import part_code
from pipelines.meaning.periods import YEAR, years_told
from pipelines.patterns import regex

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_Y = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_TH = r"(?:st|nd|rd|th)?"
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_ABROAD_NTH = r"1er|[2-4](?:e|è|ème)|[1-4][º°ªo]|primer|segundo|tercer|cuarto|primeiro|terceiro|quarto|i{1,3}|iv"
_ORDER |= {"primer": 1, "primeiro": 1, "segundo": 2, "tercer": 3, "terceiro": 3, "cuarto": 4, "quarto": 4}
_ORDER |= {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDER |= {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_NTH = "first|second|third|fourth|1st|2nd|3rd|4th"
# the kinds of times, from the finest; what one has matched is no part of another
_FORMS = tuple(
    regex(form, re.IGNORECASE)
    for form in (
        rf"(?P<y>{_Y})(?P<by>[-/.]|\s?年\s?)(?P<m>\d{{1,2}})(?:(?P=by)|\s?月\s?)(?P<d>\d{{1,2}})(?!\d)日?",
        rf"(?<!\d)(?P<a>\d{{1,2}})(?P<sign>[./-])(?P<b>\d{{1,2}})(?P=sign)(?P<y>{_Y})",
        rf"(?<!\d)(?P<d>\d{{1,2}}){_TH}[\s-]+(?:of\s+)?(?P<m>{_NAME})[\s,-]+(?P<y>{_Y})",
        rf"\b(?P<m>{_NAME})\s+(?P<d>\d{{1,2}}){_TH},?\s+(?P<y>{_Y})",
        rf"(?:(?P<y>{_Y})\s?年?\s?)?(?<!\d)(?P<m>\d{{1,2}})\s?(?:[-–—~～]|至|到)\s?(?P<last>\d{{1,2}})月",
        rf"\b(?P<m>{_NAME})\s?(?:[-–—/]|to)\s?(?P<last>{_NAME})(?!\w)(?:[\s,]+(?P<y>{_Y}))?",
        rf"(?:(?P<y>{_Y})\s?年\s?)?(?<![\d前])(?P<m>\d{{1,2}})月份?(?P<end>[底末])?(?!\d)",
        rf"\b(?P<m>{_NAME})[\s,'’/-]*(?P<y>{_Y}|(?<=[-'’])\d\d(?!\d))",
        rf"(?P<y>{_Y})[\s-]?(?P<m>{_NAME})(?!\w)",
        rf"(?P<y>{_Y})\s?[-/.]\s?(?P<m>0[1-9]|1[0-2])(?!\d)",
        rf"(?P<y>{_Y})?年?(?P<upto>前)?第?(?P<q>[一二三四1-4])\s?个?季度(?:末(?P<end>))?(?!\w*户)",
        rf"(?:(?P<y>{_Y})[\s-]*)?"
        rf"\b(?:(?:q|qtr\.?|quarter)\s?(?P<q>[1-4])(?!\d)|(?P<n>[1-4])\s?q|(?P<nth>{_NTH}) quarter)"
        rf"(?:(?:\s?[-,/’']?\s?|\s+of\s+)(?P<y2>{_Y}))?",
        rf"\b(?P<nth>{_ABROAD_NTH})\s+trimestre(?:\s+(?:del?\s+)?(?P<y>{_Y}))?",
        rf"\btriwulan\s+(?P<nth>{_ABROAD_NTH})(?:\s+(?:tahun\s+)?(?P<y>{_Y}))?",
        rf"(?P<y>{_Y})(?:q(?P<q>[1-4])|h(?P<h>[12]))(?!\d)",
        rf"(?P<y>{_Y})?年?(?P<h>[上下])半年(?:末(?P<end>))?",
        rf"(?:(?P<y>{_Y})[\s-]*)?\b(?:h(?P<h>[12])(?!\d)|(?P<n2>[12])h|(?P<hth>first|second|1st|2nd) half)"
        rf"(?:(?:\s?[-,/]?\s?|\s+of\s+)(?P<y2>{_Y}))?",
    )
)
# months of other languages, from the first to the twelfth: alone, or before their year
_MONTHS_ABROAD = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januari februari maret april mei juni juli agustus september oktober november desember",
)
_NUMBERS_ABROAD = {name: number for names in _MONTHS_ABROAD for number, name in enumerate(names.split())}
_NAME_ABROAD = "|".join(_NUMBERS_ABROAD)
_TO = r"\s*(?:[-–—/]|\b(?:al?|à|au|até|hasta|sampai)\b)\s*"
_ABROAD = regex(
    rf"^\s*(?:(?P<since>{_NAME_ABROAD}){_TO})?(?P<alone>{_NAME_ABROAD})\s*$"
    rf"|(?:\b(?P<from>{_NAME_ABROAD}){_TO}|(?P<d>\b\d{{1,2}})\s+(?:de\s+)?)?"
    rf"\b(?P<m>{_NAME_ABROAD})\s+(?:del?\s+)?(?P<y>{_Y})",
    re.IGNORECASE,
)
_ALONE = regex(rf"\s*(?P<m>{_NAME})\s*(?:[(（\[].*)?", re.IGNORECASE)
_STATE = regex(
    r"(?:\bas (?:of|at|on)|\bup ?to|\btill|\buntil|\bby|\bat|\bend|\bclose)[\s-]*"
    r"(?:the )?(?:end|close)?[\s-]*(?:of\s+)?$"
    r"|截[至止]到?$",
    re.IGNORECASE,
)
# what is held against another time, a financial year whose quarters begin nobody says when, classes of incomes
_OTHER = regex(
    r"\b(?:v|vs|versus|than|over|against|compared|fiscal|financial|quintiles?|quartiles?)\b|\bfy(?![a-z])|[比较]|同期|财年|财政年度",
    re.IGNORECASE,
)

# a column of the year before, and none of the change since then
_YEAR_BEFORE = regex(
    r"(?:上年|去年)(?:同期|同月|同季|实际|完成|决算|累计)*数?"
    r"|(?:(?:same|corresponding) period (?:of |in )?)?(?:the )?(?:last|previous|prior|preceding) year(?: actuals?)?",
    re.IGNORECASE,
)
_SO_FAR = regex(r"累\s*计|\bcumulative|\bto date\b|\bytd\b|\binception\b|\bso far\b|\bsince\b", re.IGNORECASE)
_PUBLISHED = regex(
    r"(?:approved|published|issued|printed|updated)(?: on)?[\s:,]*$|(?:印发|发布|公布|批复|更新)[于：:\s]*$", re.I
)
_FINANCIAL = regex(r"(?<!\d)((?:19|20)\d\d)\s?[-–—/]\s?(?:(?:19|20))?(\d\d)(?!\d)")


class Time(NamedTuple):
    """A time within a year.

    Attributes:
        year: None where it is told elsewhere.
        first: first month.
        last: last month.
        day: of a state of things, the day of its last month; 0 for what goes on over the months.
    """

    year: int | None
    first: int
    last: int
    day: int = 0

    def code(self, year: int) -> str:
        """Its period code in a year."""
        if self.day:
            return f"ASOF_{year}{self.last:02}{min(self.day, monthrange(year, self.last)[1]):02}"
        return part_code(year, self.first, self.last)

    def until(self, year: int) -> str:
        """The period code of its end."""
        return self._replace(day=self.day or 31).code(year)


def times_in(words: str) -> tuple[Time, ...]:
    """The times that a header or label names, each once; none where it compares, or speaks of financial years."""
    return _scanned(words)[0]


def is_time(label: str) -> bool:
    """Whether a label is nothing but a time."""
    times, rest = _scanned(label)
    return bool(times) and not rest.strip(" \n年,，'’-/()（）")


@lru_cache(maxsize=8192)
def _scanned(words: str) -> tuple[tuple[Time, ...], str]:
    """The times that words name, and what is left of the words."""
    words = _ABROAD.sub(_in_english, words)
    if alone := _ALONE.fullmatch(words):
        month = _month(alone.group("m"))
        return (Time(None, month, month),), ""
    if _OTHER.search(words):
        return (), words
    found, rest = dict[Time, None](), words
    for form in _FORMS:
        for match in form.finditer(rest):
            found |= dict.fromkeys(_read(match, words[: match.start()]))
            rest = rest[: match.start()] + "\n" * (match.end() - match.start()) + rest[match.end() :]
    return tuple(found), rest


def _in_english(match: re.Match[str]) -> str:
    """A month of another language, with its day and year: 31 de diciembre de 2021, maio de 2022."""
    first, month = (
        name and _MONTHS[_NUMBERS_ABROAD[name.lower()]]
        for name in (match["from"] or match["since"], match["alone"] or match["m"])
    )
    return " ".join(filter(None, (match["d"], f"{first}-{month}" if first else month, match["y"])))


def _read(match: re.Match[str], before: str) -> Iterator[Time]:
    told = {name: text for name, text in match.groupdict().items() if text is not None}
    printed = told.get("y") or told.get("y2")
    year = None if printed is None else int(printed) + (2000 if len(printed) == 2 else 0)
    if "d" in told and _PUBLISHED.search(before):
        return
    is_state = "end" in told or _STATE.search(before) is not None
    day = int(told.get("d", 31 if is_state else 0))
    if "sign" in told:
        ordered = _day_and_month(int(told["a"]), int(told["b"]), told["sign"])
        if ordered is None:
            return
        day, first = ordered
        last = first
    elif "m" in told:
        first = _month(told["m"])
        last = _month(told.get("last", told["m"]))
    else:
        size, number = next(
            (size, _ORDER.get(told[name].lower()) or int(told[name][0]))
            for name, size in (("q", 3), ("n", 3), ("nth", 3), ("h", 6), ("n2", 6), ("hth", 6))
            if name in told
        )
        first, last = (1 if "upto" in told else size * (number - 1) + 1), size * number
    if 1 <= first <= last <= 12 and 0 <= day <= 31:
        yield Time(year, first, last, day)


def _day_and_month(one: int, other: int, sign: str) -> tuple[int, int] | None:
    """Day and month of 31.12., 31/12/ or 12/31/; None where it cannot be told which is which."""
    if sign == "." or one > 12 or one == other:
        return one, other
    return (other, one) if other > 12 else None


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _MONTHS.index(text[:3].lower()) + 1


def time_in(path: str) -> Time | None:
    """The one time that the levels of a path name together, with its year where one level tells it; else None."""
    found = {time for level in path.split(" > ") for time in times_in(level)}
    if len(found) != 1 or _OTHER.search(path):
        return None
    time = found.pop()
    years = {int(year) for year in YEAR.findall(path)} | ({time.year} if time.year else set())
    if len(years) > 1:
        return None
    return time._replace(year=years.pop() if years else None)


def time_of_cell(
    column: str, row: str, section: str, year_of_row: int | None, year_of_report: int | None
) -> str | None:
    """The code of the day or part of a year that the headers of a cell name, or else its row or heading; else None.

    Args:
        column: the headers above it, from the top down.
        row: the words before it in its row.
        section: what announces its table, which may tell the year.
        year_of_row: the year that its row tells.
        year_of_report: the year that the report is of.
    """
    if any(int(last) == (int(first) + 1) % 100 for first, last in _FINANCIAL.findall(f"{section} {column}")):
        return None
    time, is_earlier = time_in(column), any(map(_YEAR_BEFORE.fullmatch, column.split(" > ")))
    if time is None and not YEAR.search(column):
        labels = [label for label in row.split(" > ") if is_time(label)]
        time = time_in(" > ".join(labels)) if labels else None
        if time is None and not labels and year_of_row is None and not YEAR.search(row):
            time = _of_title(section) or (Time(None, 1, 12) if is_earlier else None)
    if time is None or (_SO_FAR.search(column) and not time.day and time.first > 1):
        return None
    if (year := time.year or year_of_row) is None and not _OTHER.search(section):
        told = set(years_told(section))
        year = year_of_report if not told else int(told.pop()) if len(told) == 1 else None
    return time.code(year - is_earlier) if year is not None else None


def _of_title(section: str) -> Time | None:
    """The months over which a title says that its table runs, or the day within a year on which it holds.

    One month at the end of a title may be that of its printing.
    """
    time = time_in(section)
    if time is None or (time.day and (time.last == len(_MONTHS) or not _HOLDS.search(section))):
        return None
    return time if time.day or time.first < time.last or _MONTHLY.search(section) else None


_HOLDS = regex(
    r"\bas (?:of|at|on)\b|\b(?:at|al|au) (?:the end of )?(?=\d{1,2}(?:st|nd|rd|th)?\b)|截[至止]", re.IGNORECASE
)

_MONTHLY = regex(
    rf"\b(?:for|in|during|month of|monthly)(?: the)?(?: month(?: of)?)? {_NAME}[\s,]+{_Y}"
    r"|\b(?:monthly|mensu[ae]l|bulanan)\b"
    r"|月[报度]|\d月份?(?=[^\s\d日底末)）,，;；])",
    re.IGNORECASE,
)
