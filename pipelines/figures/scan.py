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
        rf"(?=[\d百{digits}十千½¼¾⅓⅔⅕⅛.])(?:"
        r"(?P<ratio>\d+(?:\.\d+)?\s?:\s?1(?![\d:]|[.,]\d)|(?<![\d.,:])1[:：]\d+(?:\.\d+)?(?![\d:]))"
        r"|(?P<fraction>(?<![\d/])\d{1,2}/\d{1,3}(?![\d/]))"
        r"|(?P<vulgar>\d{0,20}[½¼¾⅓⅔⅕⅛])"
        r"|(?P<mixed>\d+亿\d+(?:\.\d+)?万|\d+万\d+千|\d+万\d{4}(?!\d))"
        r"|(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,.])|\d+(?:\.\d+)?"
        r"|(?<![\w.,)])\.\d+)"
        rf"|(?P<percent>百分之{many}(?:点{digit}{{1,{_LONGEST_NUMERAL}}})?)"
        rf"|(?P<zhfraction>(?<!{numeral}){many}分之{many})"
        rf"|(?P<tenths>(?<![{digits}第]){digit}成(?:{digit}|半)?(?![立功员果就本熟长为绩效份型灾品语分]))"
        rf"|(?P<numeral>(?<![第几数{digits}十百千])(?:十|(?!一(?![百千十万亿点])){digit})"
        rf"{numeral}{{0,{_LONGEST_NUMERAL}}}(?:亿{many}万{many}|亿{many}万|亿{many}|万{many}|点{digit}{{1,{_LONGEST_NUMERAL}}})?"
        rf"(?=[多余来]?[万亿]*[多余]?(?:{counter}))))"
    )


_DIVISION = Context(prec=28)  # of a fraction that has no end
_LONGEST_NUMERAL = 24  # characters of a Chinese numeral
_LONGEST = 28  # characters of a number that anything can be counted with
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
    if joined(index + 1) and forms[index + 1 : index + 3] == ("out", "of") and joined(index + 2):
        place = index + 4 if forms[index + 3 : index + 4] == ("every",) else index + 3
        top, bottom = numbers.words[first], numbers.words.get(forms[place], 0) if joined(place) else 0
        if top < bottom <= 10:  # "nine out of ten"; of more it is rather two counts
            return _DIVISION.divide(Decimal(top), Decimal(bottom)), place + 1, "fraction"
    return _compound(forms, index, joined)


def _compound(forms: tuple[str, ...], index: int, joined: Callable[[int], bool]) -> tuple[Decimal, int, str]:
    """Groups with their scales: two thousand one hundred, five million three hundred thousand.

    One group leaves the scale behind it to the quantity: "seven million" is 7 at the scale of millions.
    """
    known, scales = lexicon().words.numbers.words, lexicon().words.numbers.scales

    def following(place: int) -> int:
        """Where the next group begins, over an "and"; 0 where none does."""
        place = place + 1 if joined(place) and forms[place] == "and" else place
        return place if joined(place) and forms[place] in known else 0

    total, place = 0, index
    while True:
        below, after_below = _below_hundred(forms, place, joined)
        group, place = below, after_below
        bare_hundred = False
        if joined(place) and forms[place] == "hundred":
            group, place = below * 100, place + 1
            rest = following(place)
            bare_hundred = not rest
            if rest:
                more, place = _below_hundred(forms, rest, joined)
                group += more
        scale = int(scales[forms[place]]) if joined(place) and forms[place] in _THOUSANDS else 1
        after_scale = place + 1 if scale > 1 else place
        onward = following(after_scale) if scale > 1 else 0
        if not total and not onward:
            return (Decimal(below), after_below, "word") if bare_hundred else (Decimal(group), place, "word")
        total += group * scale
        if not onward:
            return Decimal(total), after_scale, "word"
        place = onward


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
    return [Token(match.start(), match.end(), printed, Decimal(re.sub("[, ]", "", printed)), "digits")]


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
    value = _with_decimals(match.group().removeprefix("百分之"))
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


def _vulgar(match: re.Match[str]) -> list[Token]:
    """2½, ¾."""
    printed = match.group()
    part = _DIVISION.divide(*(Decimal(side) for side in _VULGAR[printed[-1]]))
    if len(printed) > 1:
        return [Token(match.start(), match.end(), printed, Decimal(printed[:-1]) + part, "digits")]
    return [Token(match.start(), match.end(), printed, part, "fraction")]


_VULGAR = {"½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅕": (1, 5), "⅛": (1, 8)}


def _numeral(match: re.Match[str]) -> list[Token]:
    """A Chinese numeral; two digits side by side ("两三个村") say about how many, and no number."""
    printed = match.group()
    if len(printed) == 2 and all(sign in lexicon().words.numbers.digits and sign not in "零〇" for sign in printed):
        return []
    return [Token(match.start(), match.end(), match.group(), _with_decimals(printed), "word")]


def _with_decimals(numeral: str) -> Decimal:
    """一点五 is 1.5."""
    whole, _, decimals = numeral.partition("点")
    digits = lexicon().words.numbers.digits
    point = "." if decimals else ""
    return Decimal(f"{_numeral_value(whole)}{point}{''.join(str(digits[digit]) for digit in decimals)}")


def _numeral_value(numeral: str) -> int:
    """三百二十 is 320, 十五 is 15, 二〇一一 is 2011."""
    numbers = lexicon().words.numbers
    for sign in "亿万":
        if sign in numeral:
            above, _, below = numeral.partition(sign)
            return _numeral_value(above) * int(numbers.scales[sign]) + (_numeral_value(below) if below else 0)
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
    "vulgar": _vulgar,
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
