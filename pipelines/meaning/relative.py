"""Periods told by words that lean on the year in which they were said or on the last one told: last year, 上年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.catalog.phrases import words_of
from pipelines.meaning.mention import BASES, COMPARES, NEAR, Mention, follows
from pipelines.patterns import regex

_RELATIVE = regex(
    r"\b(?P<word>last|next|coming|this|current|previous|preceding|prior|following|that|same|the|a) "
    r"(?:(?P<fiscal>fiscal|financial)(?: year)?|(?P<of>year|decade|period))\b(?P<before> before| earlier)?"
    r"|\b(?P<now>now|today|currently|at present|so far|to date)\b"
    r"|\b(?P<vague>(?:recent|over the|(?:past|last) [a-z\d]+) years|(?:past|last) decade"
    r"|(?:(?!hundred)[a-z]+|\d+) years (?:earlier|before|ago|later))\b"
)
_PART_OF_YEAR = regex(r"(?:同期|[末底初](?![一-鿿]?[级步]))?")  # 上年末, 去年同期
_OF_YEAR = regex(r" (?:in|of) (?:the year )?(?:19|20)\d\d\b")
_WORDS = (
    "year",
    "fiscal",
    "financial",
    "decade",
    "period",
    "now",
    "today",
    "currently",
    "at present",
    "so far",
    "to date",
)
_LONGEST_WORDS = 24
_BESIDE = 4  # code points between a span and how many years it has
_RELATIVE_ZH = regex(
    r"[上去前明来次下今本当该同目现如近多十几两三四五六七八九历过\d](?:(?<=[上去前明来次下今本当该同])一?年(?!级|龄|轻|均)"
    r"|(?P<now>(?<=目)前|(?<=现)(?:在|(?=[有剩存]))|(?<=如)今)|(?P<vague>(?<=近)[几两三四五六七八九十]?年来?|(?<=[多十几两三四五\d])年来"
    r"|(?<=[几两三四五六七八九十])年(?:累计|总计|合计|共计?(?!同)|间|内|里)"
    r"|(?<=历)年|(?<=过)去[几十两三四五]年|(?<=[几多十两三四五\d])年[前后](?!期)))"
    r"|(?P<event>以来(?<![年月日]以来))"
)
_OF_SPEAKING = {
    "last": -1,
    "去": -1,
    "next": 1,
    "coming": 1,
    "明": 1,
    "来": 1,
    "this": 0,
    "current": 0,
    "今": 0,
    "本": 0,
}
_OF_SPEAKING |= {"前": -2}
_OF_TOLD = {"previous": -1, "preceding": -1, "prior": -1, "上": -1, "following": 1, "次": 1, "下": 1}
_OF_TOLD |= {"that": 0, "same": 0, "当": 0, "该": 0, "同": 0}


def with_relative(text: str, told: list[Mention], report_year: int | None, spoken_year: int | None) -> list[Mention]:
    """The mentions with those that lean on the year of speaking ("last year") or on the last one told ("上年")."""
    words = words_of(text)
    lower = words.lower
    places = {_start_of(lower, place) for word in _WORDS for place in _places(lower, word)}
    matches = [match for place in places if (match := _RELATIVE.search(lower, place, place + 2 * _LONGEST_WORDS))]
    for start, end in words.chinese:
        matches += _RELATIVE_ZH.finditer(text, max(start - 1, 0), end)
    found: list[Mention] = []
    fiscal, in_fiscal = _fiscal(told), any(map(_is_fiscal, told))
    reach = 0
    for match in sorted(matches, key=lambda match: match.start()):
        while reach < len(told) and told[reach].start < match.start():
            found.append(told[reach])
            reach += 1
        beside = (found[-1].end if found else 0, told[reach].start if reach < len(told) else len(text) + 1)
        if beside[0] <= match.start() and match.end() <= beside[1]:
            if _is_english(match) and (match.group("fiscal") or (match.group("now") and fiscal is not None)):
                found += _of_fiscal(text, match, told[reach : reach + 1], fiscal)
            else:
                found += _relative(text, match, found, report_year, spoken_year, in_fiscal=in_fiscal)
    return found + told[reach:]


def _is_fiscal(one: Mention) -> bool:
    return one.kind == "year" and one.last == one.first + 1


def _fiscal(told: list[Mention]) -> Mention | None:
    """The financial year that a text is about: the first that it names, where it names no later one."""
    named = [one for one in told if _is_fiscal(one)]
    return named[0] if named and max(named, key=lambda one: one.last).last == named[0].last else None


def _of_fiscal(text: str, match: re.Match[str], following: list[Mention], fiscal: Mention | None) -> list[Mention]:
    """A financial year that leans on the one that the text is about; none where its own years stand behind it."""
    if following and _ITS_YEARS.fullmatch(text, match.end(), following[0].start):
        return []  # "the last financial year, 2016-17"
    word = "this" if match.group("now") else match.group("word")
    moved = (_OF_SPEAKING | _OF_TOLD).get(word)
    if moved is None:
        return []
    if fiscal is None:
        return [Mention(*match.span(), 0, 0, "vague", match.group())]
    return [Mention(*match.span(), fiscal.first + moved, fiscal.last + moved, "year", match.group())]


_ITS_YEARS = regex(r"[\s,(:]*(?:in|during|for|of)?(?: the(?: [a-z-]+){0,2})?\s*", re.IGNORECASE)


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _start_of(text: str, place: int) -> int:
    """Where the second word before a place begins."""
    word = text.rfind(" ", 0, max(0, place - 1))
    return text.rfind(" ", 0, max(0, word)) + 1


def _is_english(match: re.Match[str]) -> bool:
    return match.re.pattern == _RELATIVE.pattern


def _relative(
    text: str,
    match: re.Match[str],
    found: list[Mention],
    report_year: int | None,
    spoken_year: int | None,
    *,
    in_fiscal: bool,
) -> list[Mention]:
    english = _is_english(match)
    if match.group("vague") or (not english and match.group("event")):
        if any(0 <= match.start() - one.end < _BESIDE and one.kind in ("span", "plan") for one in found):
            return []  # 2016—2020年五年累计
        return [Mention(*match.span(), 0, 0, "vague", match.group())]
    if not english and text[max(0, match.start() - 2) : match.start()].endswith(("转", "转入", "结余")):
        return []  # 结转下年2亿元 is what was left of this year
    word = "this" if match.group("now") else match.group("word") if english else match.group()[0]
    of, before = (match.group("of"), match.group("before")) if english else (None, None)
    paragraph = text.rfind("\n", 0, match.start())
    last = next((one for one in reversed(found[-8:]) if one.kind not in ("base", "plan_of", "vague")), None)
    if of in ("decade", "period"):
        if _OF_YEAR.match(text, match.end()):
            return []  # "the same period of 2015" is of that year
        if word in ("same", "that") and last is not None:
            return [Mention(*match.span(), last.first, last.last, "span", match.group())]
        return [Mention(*match.span(), 0, 0, "vague", match.group())] if of == "decade" else []
    word = "previous" if before else word
    year = report_year
    if word in _OF_TOLD:
        year = last.last if last is not None and last.start > paragraph else report_year
        if year is not None and last is not None and last.words.lower().startswith(match.group().lower()):
            year -= _OF_TOLD[word]  # 上年为9.9%；由上年的35.7万人: one and the same year
    elif word not in _OF_SPEAKING:
        return []
    elif (spoken_year is None or in_fiscal) and not match.group("now"):
        return [Mention(*match.span(), 0, 0, "vague", match.group())]  # who said it when is not told, or in which sense
    if year is None:
        return [] if match.group("now") else [Mention(*match.span(), 0, 0, "vague", match.group())]
    year += (_OF_SPEAKING | _OF_TOLD)[word]
    lead = text[max(0, match.start() - NEAR) : match.start()].lower().removesuffix("the ")
    is_base = lead.endswith(BASES) or follows(lead, COMPARES)
    end = match.end() if english else _PART_OF_YEAR.match(text, match.end()).end()  # type: ignore[union-attr]
    return [Mention(match.start(), end, year, year, "base" if is_base else "year", text[match.start() : end])]
