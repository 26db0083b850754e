"""Numbers in English words: seven, one hundred and twenty-one, half a million, three and a half, minus five."""

from __future__ import annotations

from collections.abc import Container, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.catalog.phrases import WORD, Words, words_of
from pipelines.figures.numbers.token import DIVISION, Kind, Token, unread
from pipelines.figures.text.lexicon import lexicon

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "crore": 10**7}
_LARGE = frozenset({"hundred", "hundreds", *_SCALES})
_MINUS = frozenset({"minus", "negative"})
_LARGE_PARTS = {f"{name}th{s}": size for name, size in {**_SCALES, "hundred": 100}.items() for s in ("", "s")}


class _Read(NamedTuple):
    """A value, the index behind its last word, whether it is a fraction below one, and why it is not read."""

    value: Decimal
    place: int
    fraction: bool = False
    scale: Decimal = Decimal(1)
    why: str = ""


def number_words(text: str) -> frozenset[str]:
    """The words of a text that may begin a number."""
    return _starts().intersection(WORD.findall(text.lower()))


def spoken(text: str) -> Iterator[Token]:
    """The numbers in words, in order; a scale behind a single group is left to the quantity ("seven million")."""
    if text.isascii() and not number_words(text):
        return
    words = words_of(text)
    forms, starts, reach = words.forms, _starts(), 0  # of what has been read
    parser = _Parser(text, words)
    for index in sorted(index for form, places in words.places.items() if form in starts for index in places):
        if index < reach:
            continue
        form = forms[index]
        start = words.starts[index]
        if start and (
            text[start - 1] in "_" or text[start - 1].isalnum() or (text[start - 1] == "-" and _glued(text, start))
        ):
            continue
        negative = form in _MINUS
        first = index + 1 if negative and parser.joined(index + 1) else index
        read = parser.number(first) if (first > index or not negative) and forms[first] in starts else None
        if read is None:
            continue
        end = words.ends[read.place - 1]
        if not (end < len(text) and (text[end].isalnum() or text[end] in "_’'")):
            value = -read.value if negative else read.value
            kind: Kind = "fraction" if read.fraction else "word"
            if read.why:
                yield unread(text, start, end, read.why)
            else:
                yield Token(start, end, text[start:end], value, kind, scale=read.scale)
        # the dozen of "three dozen" multiplies the number before it
        reach = read.place + 1 if parser.is_word(read.place, "dozen") else read.place


def _glued(text: str, start: int) -> bool:
    """Whether a hyphen before a word glues it to another word or number."""
    return start > 1 and text[start - 2].isalnum()


@lru_cache(maxsize=1)
def _starts() -> frozenset[str]:
    numbers = lexicon().words.numbers
    return frozenset({*numbers.words, *numbers.zero, "half", "quarter", "hundred", "a", "an", *_MINUS})


@lru_cache(maxsize=1)
def _behind_article() -> frozenset[str]:
    """What makes a number of "a": parts, scales, a dozen."""
    return frozenset({*lexicon().words.numbers.parts, *_LARGE_PARTS, *_SCALES, "dozen", "hundred"})


class _Parser:
    """Reads one number from the words of a text."""

    def __init__(self, text: str, words: Words) -> None:
        numbers = lexicon().words.numbers
        self._text, self._words, self._forms = text, words, words.forms
        self._known, self._parts, self._zero = numbers.words, numbers.parts, numbers.zero

    def joined(self, place: int) -> bool:
        """Whether a word goes on with the one before it, over blanks or a hyphen."""
        if place >= len(self._forms):
            return False
        between = self._text[self._words.ends[place - 1] : self._words.starts[place]]
        if between in (" ", "-"):
            return True
        return not between.strip(" -\n") and len(between) <= 3 and between.count("-") <= 1 and between.count("\n") <= 1

    def is_word(self, place: int, *forms: str) -> bool:
        """Whether one of some words goes on with the one before it."""
        return self.is_in(place, forms)

    def is_in(self, place: int, forms: Container[str]) -> bool:
        """Whether a word of a vocabulary goes on with the one before it."""
        return place < len(self._forms) and self._forms[place] in forms and self.joined(place)

    def number(self, index: int) -> _Read | None:
        """The longest number that begins at a word."""
        form = self._forms[index]
        if form == "hundred":
            before = self._text[: self._words.starts[index]].rstrip(" -")[-1:]
            if before.isdecimal() or before in "½¼¾万":
                return None  # "2 hundred million"
            return _Read(Decimal(100), index + 1) if self.is_in(index + 1, _SCALES) else None
        if form in ("a", "an"):
            return self._after_article(index)
        if form in ("half", "quarter"):
            part = self._part_of_scale(Decimal("0.5") if form == "half" else Decimal("0.25"), index + 1)
            of = form == "half" and self.is_word(index + 1, "of")
            return part or (_Read(Decimal("0.5"), index + 1, fraction=True) if of else None)
        if form in self._zero:
            return self._decimals(Decimal(0), index + 1) or (None if form == "nought" else _Read(Decimal(0), index + 1))
        fraction = self._fraction(self._known[form], index + 1) if self._known[form] < 20 else None
        if fraction is not None:
            return self._part_of_scale(fraction.value, fraction.place) or fraction
        return self._out_of(index) or self._counted(index)

    def _after_article(self, index: int) -> _Read | None:
        """A third, a dozen, a hundred and twenty, a quarter of a million."""
        if self._forms[index + 1 : index + 2] and self._forms[index + 1] not in _behind_article():
            return None
        if not self.joined(index + 1):
            return None
        form = self._forms[index + 1]
        if form == "dozen":
            return _Read(Decimal(12), index + 2)
        if form in _LARGE_PARTS and not form.endswith("s"):
            return _Read(DIVISION.divide(Decimal(1), Decimal(_LARGE_PARTS[form])), index + 2, fraction=True)
        fraction = self._fraction(1, index + 1)
        if fraction is not None:
            return self._part_of_scale(fraction.value, fraction.place) or fraction
        if form == "hundred":
            return self._counted(index, article=True)
        # "a million" is 1 at the scale that follows
        return _Read(Decimal(1), index + 1) if form in _SCALES and not self.is_word(index + 2, "of") else None

    def _fraction(self, top: int, place: int) -> _Read | None:
        """Thirds, quarter behind a number of them."""
        if not self.is_in(place, self._parts):
            return None
        if self.is_word(place + 1, "of") and self.is_word(place + 2, "a") and self.is_in(place + 3, _SCALES):
            value = DIVISION.divide(Decimal(top), Decimal(self._parts[self._forms[place]]))
            return _Read(value, place + 2, fraction=True)
        return _Read(DIVISION.divide(Decimal(top), Decimal(self._parts[self._forms[place]])), place + 1, fraction=True)

    def _part_of_scale(self, part: Decimal, place: int) -> _Read | None:
        """Half a million, quarter million, three quarters of a million, half a dozen: the part of the next scale."""
        ahead = place + 1 if self.is_word(place, "of") and self.is_word(place + 1, "a", "one") else place
        ahead = ahead + 1 if self.is_word(ahead, "a", "one") else ahead
        if self.is_word(ahead, "dozen"):
            return _Read(part * 12, ahead + 1)
        return _Read(part, ahead) if self.is_in(ahead, _SCALES) else None

    def _out_of(self, index: int) -> _Read | None:
        """Nine out of ten; of more than ten it is rather two counts."""
        if not (self.is_word(index + 1, "out") and self.is_word(index + 2, "of") and self.joined(index + 3)):
            return None
        place = index + 4 if self._forms[index + 3] == "every" else index + 3
        top, bottom = (
            self._known[self._forms[index]],
            self._known.get(self._forms[place], 0) if self.joined(place) else 0,
        )
        if top < bottom and self.is_in(place + 1, _LARGE):
            return _Read(Decimal(0), place + 2, why="so many out of a larger number")
        if not top < bottom <= 10:
            return None
        return _Read(DIVISION.divide(Decimal(top), Decimal(bottom)), place + 1, fraction=True)

    def _counted(self, index: int, *, article: bool = False) -> _Read:
        """Groups with their scales: two thousand one hundred, five million three hundred thousand.

        One group leaves the scale behind it to the quantity: "seven million" is 7 at the scale of millions.
        """
        total, place = 0, index
        while True:
            group, place, bare_hundred = self._group(place, article=article and place == index)
            decimals = self._decimals(Decimal(total + group), place)
            if decimals is not None:
                return decimals
            half = self._and_part(Decimal(group), place) if not total else None
            if half is not None:
                return half
            scale = _SCALES[self._forms[place]] if self.is_in(place, _SCALES) else 1
            behind = place + 1 if scale > 1 else place
            if scale > 1 and not total and (part := self._and_part(Decimal(group), behind, within=scale)):
                return part
            if self._is_part(behind) and total + group >= 20:
                return self._parts_of(Decimal(total + group * scale), behind, index)
            onward = self._following(behind) if scale > 1 else 0
            if onward and self._is_fraction(onward):
                if not self.is_word(behind, "and"):
                    return _Read(Decimal(0), onward + 2, why="parts behind a number of several words")
                onward = 0
            if onward:
                onward = onward if self._next_is_smaller(onward, scale) else 0
            ordinal = self.is_word(behind, "and") and self.is_word(behind + 1, "a", "an") and self.joined(behind + 2)
            if ordinal and self._forms[behind + 2].endswith("ieth"):
                return _Read(Decimal(0), behind + 3, why="a part that is no known one")
            if (
                scale == 1
                and self.joined(place)
                and self._forms[place] in self._known
                and self._forms[place] != "dozen"
                and not self.is_word(place - 1, "and")
            ):
                _, behind, _ = self._group(place)
                return _Read(Decimal(0), behind, why="two numbers side by side")
            if not total and not onward:
                return (
                    _Read(Decimal(group // 100), place - 1)
                    if bare_hundred and scale == 1 and not article
                    else _Read(Decimal(group), place)
                )
            total += group * scale
            if not onward:
                return _Read(Decimal(total), behind)
            place = onward

    def _next_is_smaller(self, place: int, scale: int) -> bool:
        """Whether the group that follows is counted by a smaller scale, so that both are one number."""
        _, behind, _ = self._group(place)
        return (_SCALES[self._forms[behind]] if self.is_in(behind, _SCALES) else 1) < scale

    def _following(self, place: int) -> int:
        """Where the next group begins, over an "and"; 0 where none does."""
        place = place + 1 if self.is_word(place, "and") else place
        return place if self.joined(place) and self._forms[place] in self._known else 0

    def _group(self, place: int, *, article: bool = False) -> tuple[int, int, bool]:
        """A number below a thousand, the place behind it, and whether it ends in "hundred"."""
        if article:
            below, place = 1, place + 1
        else:
            below, place = self._below_hundred(place)
        if not self.is_word(place, "hundred"):
            return below, place, False
        group, place = below * 100, place + 1
        rest = self._following(place)
        if rest and self.is_in(self._below_hundred(rest)[1], _LARGE_PARTS):
            rest = 0
        if not rest or self._is_fraction(rest):
            return group, place, not rest
        more, behind = self._below_hundred(rest)
        if self.is_word(behind, "hundred"):
            return group, place, True  # "two hundred and two hundred" are two
        return group + more, behind, False

    def _below_hundred(self, place: int) -> tuple[int, int]:
        value, place = self._known[self._forms[place]], place + 1
        if value >= 20 and value % 10 == 0 and self.joined(place) and 0 < self._known.get(self._forms[place], 0) < 10:
            return value + self._known[self._forms[place]], place + 1
        return value, place

    def _parts_of(self, top: Decimal, place: int, index: int) -> _Read:
        """Twenty-three fifths; "one hundred thirty fifths" may be 130 fifths or 100 thirty-fifths."""
        said = self._forms[index:place]
        scaled = {"hundred", *_SCALES} & set(said)
        if scaled and "and" not in said and (self._known.get(said[-1], 0) >= 20 or said[-1] in _SCALES):
            return _Read(Decimal(0), place + 1, why="parts that may be counted in two ways")
        bottom = Decimal(self._part(place))
        return _Read(DIVISION.divide(top, bottom), place + 1, fraction=top < bottom)

    def _part(self, place: int) -> int:
        form = self._forms[place]
        return self._parts.get(form) or int(_LARGE_PARTS[form])

    def _is_part(self, place: int) -> bool:
        """Whether a word names parts: fifths, hundredths."""
        return self.joined(place) and (
            (self._forms[place] in self._parts and self._forms[place].endswith("s"))
            or self._forms[place] in _LARGE_PARTS
        )

    def _is_fraction(self, place: int) -> bool:
        """Whether a number word and the word behind it are a fraction."""
        return self.is_in(place + 1, self._parts) and self._known.get(self._forms[place], 20) < 20

    def _and_part(self, whole: Decimal, place: int, within: int = 1) -> _Read | None:
        """Three and a half, one million and a half: at the scale that stands there or follows."""
        if not self.is_word(place, "and") or not self.joined(place + 1):
            return None
        if self._forms[place + 1] in self._known:
            top, behind = self._below_hundred(place + 1)
            if self.joined(behind) and self._forms[behind] in _LARGE_PARTS:
                return _Read(
                    whole + DIVISION.divide(Decimal(top), Decimal(_LARGE_PARTS[self._forms[behind]])), behind + 1
                )
        form, ahead = self._forms[place + 1], place + 2
        top = 1 if form in ("a", "an") else self._known.get(form, 0)
        fraction = self._fraction(top, ahead) if 0 < top < 20 else None
        if fraction is None or self.is_word(fraction.place, "of"):
            return None
        if within > 1 and self.is_in(fraction.place, _SCALES):
            return None
        return _Read(whole + fraction.value, fraction.place, scale=Decimal(within))

    def _decimals(self, whole: Decimal, place: int) -> _Read | None:
        """Two hundred point zero three."""
        if not self.is_word(place, "point"):
            return None
        place, digits = place + 1, ""
        while self.joined(place) and (
            self._forms[place] in self._zero or self._known.get(self._forms[place], 100) < 100
        ):
            if self._forms[place] in self._zero:
                digits, place = digits + "0", place + 1
                continue
            value, place = self._below_hundred(place)
            digits += str(value)
        return _Read(Decimal(f"{whole:f}.{digits}"), place) if digits else None
