"""What the label of a row or column says of it: a total, a subtotal, a part, a running total, a mean, a detail.

The words are those of `catalog/totals.yml`; here is what else such a label may hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Literal

from pipelines.catalog.headers import TotalKind, is_only, total_words
from pipelines.catalog.phrases import holding
from pipelines.patterns import regex

LabelClass = Literal["total", "subtotal", "of_which", "detail"]

# of a place all there is: 全县, 全省合计
_PLACE = r"全[省区市县州国](?:合计|总计)?"
# all of things or of how many: "All districts", "All five", and never "All others"
_ALL = (
    r"all(?! (?:the )?(?:others?|remaining|rest|else))(?: (?-i:(?:[a-z]+ )?[a-z]+s)"
    r"| (?:two|three|four|five|six|seven|eight|nine|ten|\d+))?"
)
_BOTH = r"both(?= (?:sexes|genders)|$)"
_CODE = r"(?-i:(?:[A-Z]+)?_T(?:OTAL)?)"  # of statistical offices: _T, SEX_T
_SIGNS = ("全", "all", "both", "_t", " these", " them")  # of which what else tells a class holds one
_GENERAL = r"(?: (?:g[eé]n[eé]ra(?:l|le)|geral|na[ct]ional))?"  # Total général
_MONTH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SPAN = regex(  # 1-6月, Jan to Jun
    rf"(?<!\d)(\d{{1,2}})\s*[-–—~至]\s*(\d{{1,2}})月"
    rf"|\b({'|'.join(_MONTH)})[a-z]*\s*(?:[-–—]|to)\s*({'|'.join(_MONTH)})",
    re.IGNORECASE,
)


def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _words(*kinds: TotalKind) -> tuple[str, str, str]:
    """The words of some kinds: Chinese ones, whose letters may stand apart (合 计), English and other ones."""
    told = list(map(total_words, kinds))
    zh = _any(r"\s*".join(word) for one in told for word in one.zh)
    en = _any(re.escape(word) for one in told for word in one.en)
    other = _any(re.escape(word) for one in told for word in one.other)
    return zh, en, other


@cache
def _whole() -> str:
    """Words of Chinese and English for all there is, with which a label begins."""
    zh, en, _ = _words("total", "whole")
    return rf"(?:{zh}|{_PLACE}|(?:the )?(?:{en})|{_BOTH}|{_CODE}|{_ALL})"


@cache
def _total() -> re.Pattern[str]:
    # other languages' words for it stand alone: "Jumlah penduduk" counts residents
    return _pattern(rf"{_whole()}\b.{{0,20}}|(?:{_words('total')[-1]})\s*(?:[(:].*)?")


@cache
def _subtotal() -> re.Pattern[str]:
    zh, en, other = _words("subtotal")
    own = rf".{{0,12}}(?:{zh}).{{0,6}}|(?:{en})\b.{{0,40}}|{other}"
    return _pattern(rf"{own}|[^其]{{1,10}}合\s*计|.{{1,40}}(?<!of )(?<!of the )\b(?:sub-?)?total")


@cache
def _of_which() -> re.Pattern[str]:
    zh, en, other = _words("of_which")
    return _pattern(rf"{zh}|\b(?:{en}|{other})\b|^\s*(?:of|among) (?:these|them)\b(?! \w)")


@cache
def _cumulative() -> re.Pattern[str]:
    spans = r"(?<!\d)1\s*[-–—~至]\s*\d{1,2}月|\bjan\w*\s*(?:[-–—]|to)\s*[a-z]{3}"
    zh, en, _ = _words("cumulative")
    return _pattern(rf"{zh}|\b(?:{en})\b|{spans}")


@cache
def _grand() -> re.Pattern[str]:
    zh, en, _ = _words("grand")
    return _pattern(rf"(?:{zh}|{en}|{_PLACE})\b.{{0,20}}")


@cache
def _mean() -> re.Pattern[str]:
    zh, en, _ = _words("mean")
    return _pattern(rf"(?:[^\W\d_]+ ){{0,3}}(?:{en})(?: (?:of|over) .*)?|[一-鿿]{{0,6}}(?:{zh})")


@cache
def _plain_total() -> re.Pattern[str]:
    return _pattern(rf"(?:{_whole()}|{_words('total')[-1]}){_GENERAL}\s*(?:[(（].*)?")


@cache
def _plain_subtotal() -> re.Pattern[str]:
    return _pattern(rf"(?:{'|'.join(_words('subtotal'))})\s*(?:[(（].*)?")


@cache
def _signs(*kinds: TotalKind) -> tuple[str, ...]:
    """Letters of which every word of some kinds holds some: most labels are names, and cost no more than this."""
    told = [total_words(kind) for kind in kinds]
    return tuple(
        {*(word[0] for one in told for word in one.zh), *(word for one in told for word in (*one.en, *one.other))}
    )


def telling(labels: Collection[str]) -> list[str]:
    """Those of many labels that may be no details."""
    return holding(labels, (*_SIGNS, *_signs("total", "whole", "subtotal", "of_which")))


@cache
def _may_tell() -> re.Pattern[str]:
    return _pattern(_any((*_SIGNS, *map(re.escape, _signs("total", "whole", "subtotal", "of_which")))))


@lru_cache(maxsize=65536)
def label_class(label: str) -> LabelClass:
    """What a label says of its row or column."""
    if not _may_tell().search(label):
        return "detail"
    label = label.strip()
    if _total().fullmatch(label):
        return "total"
    if _subtotal().fullmatch(label):
        return "subtotal"
    return "of_which" if _of_which().search(label) else "detail"


def classes_of(labels: Collection[str]) -> dict[str, LabelClass]:
    """The classes of those of many labels that are no details."""
    return {label: found for label in telling(labels) if (found := label_class(label)) != "detail"}


def is_plain_total(label: str) -> bool:
    """Whether a label is nothing but the word for a total, with or without brackets behind it."""
    return _plain_total().fullmatch(label.strip()) is not None


def is_plain_subtotal(label: str) -> bool:
    """Whether a label is nothing but the word for a subtotal, with or without brackets behind it."""
    return _plain_subtotal().fullmatch(label.strip()) is not None


def is_grand(label: str) -> bool:
    """Whether a label names the total of the whole table."""
    return _grand().fullmatch(label.strip()) is not None


def is_whole_place(label: str) -> bool:
    """Whether a label is 全县 and the like: all of a place, or the total over its parts."""
    return re.fullmatch(r"全\s*[省区市县旗州盟国乡镇村](?:各[乡镇村]+)?", label.strip()) is not None


def is_average(label: str) -> bool:
    """Whether a label names a mean: of incomes that is the whole's own, of amounts it is nobody's."""
    return _mean().fullmatch(label.strip()) is not None


def is_statistic(label: str) -> bool:
    """Whether a label of a row names a mean, a median, a largest or smallest value: such rows are part of no sum."""
    return is_average(label) or is_only("extreme", label)


def cumulative_in(text: str) -> re.Match[str] | None:
    """The first words of a text that tell of values from some start up to now."""
    return _cumulative().search(text)


@lru_cache(maxsize=65536)
def is_cumulative(label: str) -> bool:
    """Whether a label says that its values run from some start up to now."""
    lowered = label.lower()
    return any(sign in lowered for sign in (*_signs("cumulative"), "月", "jan")) and (cumulative_in(label) is not None)


def cumulative_of(labels: Collection[str]) -> set[str]:
    """Those of many labels that say that their values run from some start up to now."""
    found = {label for label in holding(labels, (*_signs("cumulative"), "月", "jan")) if is_cumulative(label)}
    begins = {span[0] for label in labels if (span := _months_of(label))} if found else set()
    return {label for label in found if (span := _months_of(label)) is None or span[1] + 1 not in begins}


@lru_cache(maxsize=65536)
def _months_of(label: str) -> tuple[int, int] | None:
    """From which month to which a label runs, where it says no more of time: 1-6月, Jul-Sep."""
    found = _SPAN.search(label)
    if found is None or _cumulative().search(label[: found.start()] + label[found.end() :]):
        return None
    first, last = (name for name in found.groups() if name is not None)
    return (int(first), int(last)) if first.isdecimal() else (_MONTH.index(first.lower()), _MONTH.index(last.lower()))
