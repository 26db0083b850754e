"""Finds every number of a text, once, in order, before anyone decides what it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal

from pipelines.figures.lexicon import lexicon

_DIGITS = re.compile(
    r"\d+(?:\.\d+)?\s?:\s?1(?![\d,.])"  # ratio to one
    r"|(?<![\d/])\d{1,2}/\d{1,3}(?![\d/])"  # fraction
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d+(?:\.\d+)?"
)
_CHINESE_DIGITS = {"两": 2} | {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_SENTENCE_END = re.compile(
    r"(?<!\bNo)(?<!\d)(?<!\bet al)[.!?][\"”’)]?(?=\s|$)|(?<=\d)\.(?=\s+[A-Z“\"]|\s*$)|[。！？]|\n"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One number as it stands in the text; `kind` is `digits`, `word`, `fraction` or `ratio`."""

    start: int
    end: int
    text: str
    value: Decimal
    kind: str


def scan(text: str) -> list[Token]:
    """All numbers of a text in order; overlapping ones are impossible."""
    tokens = [_digits(match) for match in _DIGITS.finditer(text)]
    tokens.extend(
        Token(match.start(), match.end(), match.group(), _word(match.group()), "word")
        for match in lexicon().number_word.finditer(text)
    )
    return sorted(tokens, key=lambda token: token.start)


def _digits(match: re.Match[str]) -> Token:
    printed = match.group()
    if "/" in printed:
        top, bottom = printed.split("/")
        if int(bottom) != 0:
            return Token(match.start(), match.end(), printed, Decimal(top) / Decimal(bottom), "fraction")
        return Token(match.start(), match.end(), printed, Decimal(top), "digits")
    if ":" in printed:
        return Token(match.start(), match.end(), printed, Decimal(printed.split(":")[0].strip()), "ratio")
    return Token(match.start(), match.end(), printed, Decimal(printed.replace(",", "")), "digits")


def _word(word: str) -> Decimal:
    value = lexicon().words.number_words.get(word.lower())
    if value is not None:
        return Decimal(value)
    tens, ten, ones = word.partition("十")
    if ten:
        return Decimal((_CHINESE_DIGITS.get(tens, 1) if tens else 1) * 10 + (_CHINESE_DIGITS.get(ones, 0)))
    return Decimal(int("".join(str(_CHINESE_DIGITS[digit]) for digit in word)))


class Sentences:
    """Sentence bounds of a text, looked up by position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]

    def span(self, position: int) -> tuple[int, int]:
        """First and one-past-last code point of the sentence around a position, without outer blanks."""
        index = bisect_right(self._starts, position) - 1
        start = self._starts[index]
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
        stretch = self._text[start:end]
        return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
