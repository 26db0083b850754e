"""Finds every number of a text, once, in order, before anyone decides what it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.phrases import words_of
from pipelines.figures.lexicon import lexicon

_SENTENCE_END = re.compile(
    r"(?=[.!?。！？\n])(?:(?<!\bNo)(?<!\d)(?<!\bet al)(?<!\bapprox)(?<!\bMr)(?<!\bDr)(?<!\bU\.S)[.!?][\"”’)]?(?=\s|$)"
    r"|(?<=\d)\.(?=\s+[A-Z\d“\"]|\s*$)|[。！？]|\n(?!\s*[a-z]))",
)
_CLAUSE_END = re.compile(r"[;；,，、]|\s")
# a longer sentence is cut at a clause, so that no text makes the reader slower than linear
_LONGEST_SENTENCE = 2000


@dataclass(frozen=True, slots=True)
class Token:
    """One number as it stands in the text.

    Attributes:
        start: first code point.
        end: one past the last.
        text: as printed, without scale and unit words.
        value: what it says.
        kind: `digits`, `word` (number words of either language), `fraction` or `ratio`.
        unit: `%` where the number itself says so (百分之二十三, 五成), else empty.
    """

    start: int
    end: int
    text: str
    value: Decimal
    kind: str
    unit: str = ""


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    """Numbers that begin with a digit or a Chinese numeral."""
    numbers = lexicon().words.numbers
    digits = "".join(numbers.digits)
    digit, numeral = f"[{digits}]", f"[{digits}十百千]"
    counter = "|".join(sorted(numbers.counters, key=len, reverse=True))
    return re.compile(
        rf"(?=[\d百{digits}十千])(?:"
        r"(?P<ratio>\d+(?:\.\d+)?\s?:\s?1(?![\d:]|[.,]\d)|(?<![\d.,:])1[:：]\d+(?:\.\d+)?(?![\d:]))"
        r"|(?P<fraction>(?<![\d/])\d{1,2}/\d{1,3}(?![\d/]))"
        r"|(?P<mixed>\d+亿\d+(?:\.\d+)?万|\d+万\d+千|\d+万\d{4}(?!\d))"
        r"|(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"|(?P<percent>百分之{numeral}+(?:点{digit}+)?)"
        rf"|(?P<zhfraction>{numeral}+分之{numeral}+)"
        rf"|(?P<tenths>(?<![{digits}第]){digit}成(?:{digit}|半)?(?![立功员果就本熟长为绩效份型灾品语分]))"
        rf"|(?P<numeral>(?<![第几数{digits}十百千])(?:十|(?!一(?![百千十])){digit}){numeral}*"
        rf"(?=[多余来几]?[万亿]*[多余]?(?:{counter}))))"
    )


@lru_cache(maxsize=1)
def _in_words() -> re.Pattern[str]:
    """Numbers in English words, matched where such a word begins."""
    numbers = lexicon().words.numbers
    word = "|".join(sorted(numbers.words, key=len, reverse=True))
    part = "|".join(sorted(numbers.parts, key=len, reverse=True))
    return re.compile(
        rf"(?P<part>(?:(?:{word}|a)[ -](?:{part})|half(?= of ))(?!\w))"
        rf"|(?P<word>(?:{word})(?:[ -](?:{word}))?(?: hundred(?: and)? (?:{word})(?:-(?:{word}))?)?(?!\w))",
        re.IGNORECASE,
    )


_IN_SCALE = re.compile(r"ten[ -]thousand\b", re.IGNORECASE)
_DIGITS_BEFORE = re.compile(r"\d[ -]$")


def scan(text: str) -> list[Token]:
    """All numbers of a text in order; they cannot overlap."""
    tokens: list[Token] = []
    for match in _signs().finditer(text):
        tokens += _READ[match.lastgroup or "digits"](match)
    spoken = _spoken(text)
    return sorted([*tokens, *spoken], key=lambda token: token.start) if spoken else tokens


def _spoken(text: str) -> list[Token]:
    numbers, words = lexicon().words.numbers, words_of(text)
    tokens: list[Token] = []
    reach = 0
    for index, form in enumerate(words.forms):
        if form in numbers.words or form == "half":
            pass
        elif form != "a" or index + 1 >= len(words.forms) or words.forms[index + 1] not in numbers.parts:
            continue
        start = words.starts[index]
        if start < reach or (start and (text[start - 1] in "-_" or text[start - 1].isalnum())):
            continue
        match = _in_words().match(text, start)
        if match is None:
            continue
        reach = match.end()
        if _IN_SCALE.match(text, start) and _DIGITS_BEFORE.search(text, max(0, start - 2), start):
            continue  # the "ten" of "98,600 ten thousand Yuan" belongs to the scale
        tokens += _READ[match.lastgroup or "word"](match)
    return tokens


def _plain(match: re.Match[str]) -> list[Token]:
    printed = match.group()
    return [Token(match.start(), match.end(), printed, Decimal(printed.replace(",", "")), "digits")]


def _split(match: re.Match[str]) -> list[Token]:
    """The digits of something that looked like one number, each as a number of its own."""
    start = match.start()
    return [
        Token(start + found.start(), start + found.end(), found.group(), Decimal(found.group()), "digits")
        for found in re.finditer(r"\d+(?:\.\d+)?", match.group())
    ]


def _ratio(match: re.Match[str]) -> list[Token]:
    """A ratio to one; its value is the other side."""
    first, second = (Decimal(side.strip()) for side in re.split("[:：]", match.group()))
    value = first if second == 1 else second
    return [Token(match.start(), match.end(), match.group(), value, "ratio")]


def _fraction(match: re.Match[str]) -> list[Token]:
    top, bottom = (Decimal(side) for side in match.group().split("/"))
    if top >= bottom:
        return _split(match)
    return [Token(match.start(), match.end(), match.group(), top / bottom, "fraction")]


def _mixed(match: re.Match[str]) -> list[Token]:
    """3万5千, 1亿2000万: several scales in one number."""
    scales = lexicon().words.numbers.scales
    value = sum(
        Decimal(digits) * (scales[scale] if scale else 1)
        for digits, scale in re.findall(r"(\d+(?:\.\d+)?)([亿万千百]?)", match.group())
    )
    return [Token(match.start(), match.end(), match.group(), Decimal(value), "digits")]


def _percent(match: re.Match[str]) -> list[Token]:
    whole, _, decimals = match.group().removeprefix("百分之").partition("点")
    digits = lexicon().words.numbers.digits
    value = Decimal(f"{_numeral_value(whole)}.{''.join(str(digits[digit]) for digit in decimals) or 0}")
    return [Token(match.start(), match.end(), match.group(), value, "word", "%")]


def _chinese_fraction(match: re.Match[str]) -> list[Token]:
    bottom, top = (_numeral_value(side) for side in match.group().split("分之"))
    if bottom == 0:
        return []
    return [Token(match.start(), match.end(), match.group(), Decimal(top) / Decimal(bottom), "fraction")]


def _tenths(match: re.Match[str]) -> list[Token]:
    """五成 is 50 %, 三成半 is 35 %."""
    digits = lexicon().words.numbers.digits
    tens, _, ones = match.group().partition("成")
    value = digits[tens] * 10 + (5 if ones == "半" else digits[ones] if ones else 0)
    return [Token(match.start(), match.end(), match.group(), Decimal(value), "word", "%")]


def _numeral(match: re.Match[str]) -> list[Token]:
    return [Token(match.start(), match.end(), match.group(), Decimal(_numeral_value(match.group())), "word")]


def _numeral_value(numeral: str) -> int:
    """三百二十 is 320, 十五 is 15, 二〇一一 is 2011."""
    numbers = lexicon().words.numbers
    if not any(sign in "十百千" for sign in numeral):
        return int("".join(str(numbers.digits[sign]) for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in numbers.digits:
            digit = numbers.digits[sign]
        else:
            total += (digit or 1) * int(numbers.scales[sign])
            digit = 0
    return total + digit


def _part(match: re.Match[str]) -> list[Token]:
    """One third, three quarters, half (of)."""
    numbers = lexicon().words.numbers
    first, _, second = match.group().lower().replace("-", " ").partition(" ")
    top = 1 if first in ("a", "half") else numbers.words[first]
    return [Token(match.start(), match.end(), match.group(), Decimal(top) / numbers.parts[second or first], "fraction")]


def _word(match: re.Match[str]) -> list[Token]:
    """Seven, twenty-three, two hundred and fifty."""
    words = lexicon().words.numbers.words
    value, saw_hundred = 0, False
    for part in re.split(r"[ -]", match.group().lower()):
        if part == "hundred":
            value, saw_hundred = value * 100, True
        elif part != "and":
            number = words[part]
            tens_and_ones = value % 100 >= 20 and value % 10 == 0 and number < 10
            if value and not saw_hundred and not tens_and_ones:
                return _words_apart(match)
            value, saw_hundred = value + number, False if saw_hundred and number < 20 else saw_hundred
    return [Token(match.start(), match.end(), match.group(), Decimal(value), "word")]


def _words_apart(match: re.Match[str]) -> list[Token]:
    """Two number words that make no number together ("four five-year plans")."""
    words, start = lexicon().words.numbers.words, match.start()
    return [
        Token(start + found.start(), start + found.end(), found.group(), Decimal(words[found.group().lower()]), "word")
        for found in re.finditer(r"[A-Za-z]+", match.group())
        if found.group().lower() in words
    ]


_READ = {
    "ratio": _ratio,
    "fraction": _fraction,
    "mixed": _mixed,
    "digits": _plain,
    "percent": _percent,
    "zhfraction": _chinese_fraction,
    "tenths": _tenths,
    "numeral": _numeral,
    "part": _part,
    "word": _word,
}


class Sentences:
    """Sentence bounds of a text, looked up by position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = [0]
        for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
            while end - self._starts[-1] > _LONGEST_SENTENCE:
                self._starts.append(self._cut(self._starts[-1]))
            if end < len(text):
                self._starts.append(end)

    def _cut(self, start: int) -> int:
        """A place within reach where a clause ends, and no number is cut in two."""
        reach = start + _LONGEST_SENTENCE
        for position in range(reach, start + _LONGEST_SENTENCE // 2, -1):
            if _CLAUSE_END.match(self._text, position - 1) and not self._text[position : position + 1].isdecimal():
                return position
        return reach

    def span(self, position: int) -> tuple[int, int]:
        """First and one-past-last code point of the sentence around a position, without outer blanks."""
        index = bisect_right(self._starts, position) - 1
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        stretch = self._text[start:end]
        return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
