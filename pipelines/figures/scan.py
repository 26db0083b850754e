"""Finds every number of a text, once, in order, before anyone decides what it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

from pipelines.catalog.load import catalog
from pipelines.catalog.phrases import Words, words_of
from pipelines.figures.lexicon import lexicon

_SENTENCE_END = re.compile(
    r"(?=[.!?。！？\n])(?:(?<!\bNo)(?<!\d)(?<!\bet al)(?<!\bapprox)(?<!\bMr)(?<!\bDr)(?<!\bU\.S)[.!?][\"”’)]?(?=\s|$)"
    r"|(?<=\d)\.(?=\s+[A-Z\d“\"]|\s*$)|[。！？]|\n(?![ \t]*[a-z]))",
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
        kind: `digits`, `word` (number words of either language), `fraction`, `ratio`, or `long` for more digits than
            anything is counted with; its value is then 0.
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
    many = f"{numeral}{{1,{_LONGEST_NUMERAL}}}"
    units = {word for unit in catalog().units.values() for word in unit.words if not word.isascii()}
    counter = "|".join(re.escape(word) for word in sorted({*numbers.counters, *units}, key=len, reverse=True))
    return re.compile(
        rf"(?=[\d百{digits}十千])(?:"
        r"(?P<ratio>\d+(?:\.\d+)?\s?:\s?1(?![\d:]|[.,]\d)|(?<![\d.,:])1[:：]\d+(?:\.\d+)?(?![\d:]))"
        r"|(?P<fraction>(?<![\d/])\d{1,2}/\d{1,3}(?![\d/]))"
        r"|(?P<mixed>\d+亿\d+(?:\.\d+)?万|\d+万\d+千|\d+万\d{4}(?!\d))"
        r"|(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"|(?P<percent>百分之{many}(?:点{digit}{{1,{_LONGEST_NUMERAL}}})?)"
        rf"|(?P<zhfraction>(?<!{numeral}){many}分之{many})"
        rf"|(?P<tenths>(?<![{digits}第]){digit}成(?:{digit}|半)?(?![立功员果就本熟长为绩效份型灾品语分]))"
        rf"|(?P<numeral>(?<![第几数{digits}十百千])(?:十|(?!一(?![百千十万])){digit})"
        rf"{numeral}{{0,{_LONGEST_NUMERAL}}}(?:万{many})?"
        rf"(?=[多余来几]?[万亿]*[多余]?(?:{counter}))))"
    )


_DIVISION = Context(prec=28)  # of a fraction that has no end
_LONGEST_NUMERAL = 24  # characters of a Chinese numeral
_LONGEST = 100  # digits of a number that anything can be counted with
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
    """Numbers in English words: seven, twenty-three, two thirds, one hundred and twenty-one, two thousand and one."""
    numbers, words = lexicon().words.numbers, words_of(text)
    forms, count = words.forms, len(words.forms)
    tokens: list[Token] = []
    index = 0
    while index < count:
        form = forms[index]
        start = words.starts[index]
        a_part = form == "a" and index + 1 < count and forms[index + 1] in numbers.parts
        begins = a_part or form in numbers.words or form == "half"
        if not begins or (start and (text[start - 1] in "-_" or text[start - 1].isalnum())):
            index += 1
            continue
        value, last, kind = _number_at(text, words, index)
        end = words.ends[last - 1]
        whole = not (end < len(text) and (text[end].isalnum() or text[end] in "_’'"))
        in_scale = _IN_SCALE.match(text, start) and _DIGITS_BEFORE.search(text, max(0, start - 2), start)
        # the "ten" of "98,600 ten thousand Yuan" belongs to the scale
        if value is not None and whole and not in_scale:
            tokens.append(Token(start, end, text[start:end], value, kind))
        index = last
    return tokens


def _number_at(text: str, words: Words, index: int) -> tuple[Decimal | None, int, str]:
    """The number that begins at a word: its value, the index behind its last word, and its kind."""
    numbers, forms = lexicon().words.numbers, words.forms

    def joined(place: int) -> bool:
        """Whether a word goes on with the one before it, over one blank or hyphen."""
        return place < len(forms) and text[words.ends[place - 1] : words.starts[place]] in (" ", "-")

    first = forms[index]
    if first == "half":
        of = joined(index + 1) and forms[index + 1] == "of"
        return (Decimal("0.5") if of else None), index + 1, "fraction"
    if joined(index + 1) and forms[index + 1] in numbers.parts and (first == "a" or numbers.words[first] < 20):
        top = 1 if first == "a" else numbers.words[first]
        return _DIVISION.divide(Decimal(top), Decimal(numbers.parts[forms[index + 1]])), index + 2, "fraction"
    total, place = 0, index
    while True:
        group, place = _below_thousand(forms, place, joined)
        total += group
        scale = int(numbers.scales[forms[place]]) if joined(place) and forms[place] in _THOUSANDS else 0
        following = place + 2 if scale and joined(place + 1) and forms[place + 1] == "and" else place + 1
        # a scale at the end is left to the quantity: "seven million" is 7 at the scale of millions
        if not scale or not joined(following) or forms[following] not in numbers.words:
            return Decimal(total), place, "word"
        total, place = total * scale if total < 1000 else total - group + group * scale, following


def _below_thousand(forms: tuple[str, ...], place: int, joined: Callable[[int], bool]) -> tuple[int, int]:
    """A group such as twenty-three or two hundred and fifty, and the index behind it."""
    known = lexicon().words.numbers.words
    value, place = _below_hundred(forms, place, joined)
    if value < 100 and joined(place) and forms[place] == "hundred":
        following = place + 2 if joined(place + 1) and forms[place + 1] == "and" else place + 1
        if joined(following) and forms[following] in known:
            rest, end = _below_hundred(forms, following, joined)
            return value * 100 + rest, end
        if joined(place + 1) and forms[place + 1] in _THOUSANDS and joined(place + 2) and forms[place + 2] in known:
            return value * 100, place + 1
    return value, place


def _below_hundred(forms: tuple[str, ...], place: int, joined: Callable[[int], bool]) -> tuple[int, int]:
    known = lexicon().words.numbers.words
    value, place = known[forms[place]], place + 1
    if value >= 20 and value % 10 == 0 and joined(place) and 0 < known.get(forms[place], 0) < 10:
        return value + known[forms[place]], place + 1
    return value, place


_THOUSANDS = frozenset({"thousand", "million", "billion", "trillion"})


def _plain(match: re.Match[str]) -> list[Token]:
    printed = match.group()
    if len(printed) > _LONGEST:
        return [Token(match.start(), match.end(), printed, Decimal(0), "long")]
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
    return [Token(match.start(), match.end(), match.group(), _DIVISION.divide(top, bottom), "fraction")]


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
    value = _DIVISION.divide(Decimal(top), Decimal(bottom))
    return [Token(match.start(), match.end(), match.group(), value, "fraction")]


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
    if "万" in numeral:
        thousands, _, rest = numeral.partition("万")
        return _numeral_value(thousands) * 10_000 + _numeral_value(rest)
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


_READ = {
    "ratio": _ratio,
    "fraction": _fraction,
    "mixed": _mixed,
    "digits": _plain,
    "percent": _percent,
    "zhfraction": _chinese_fraction,
    "tenths": _tenths,
    "numeral": _numeral,
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
