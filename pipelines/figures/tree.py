"""The tree of a text: paragraph ▸ sentence ▸ statement ▸ clause ▸ number, with brackets and lists behind colons.

Built once per text. Every attribute and every link of a figure is decided on the stretches that its `Scope` names, and
only what stands in one of them, above the figure or before it, can speak about it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.figures.clauses import in_number
from pipelines.figures.sentences import Sentences

Stretch = tuple[int, int]

_MARK = re.compile(r"[,;:()，；：（）。、]")
_STATEMENT = frozenset(";；。")
_OPENING, _CLOSING = frozenset("(（"), frozenset(")）")
_COLON = frozenset(":：")
_JOINS = (" and ", " while ", " but ")


@dataclass(slots=True)
class Scope:
    """Where one number stands; all bounds are code points, first and one past the last.

    Attributes:
        start: first code point of the number.
        end: one past the number.
        before: end of the number before it in the sentence, or the sentence's start.
        after: start of the number behind it in the sentence, or the sentence's end.
        clause: between commas, semicolons, colons and brackets; of "20 million for roads and 5 million for schools"
            each half is one.
        statement: the part of its sentence between semicolons outside of brackets.
        sentence: its sentence.
        opening: what the sentence says before its first number.
        paragraph: its line.
        bracket: the innermost brackets around it, None outside of brackets.
        colon: the place of the last colon before it in its statement, outside of closed brackets; None where none is.
    """

    start: int
    end: int
    before: int
    after: int
    clause: Stretch
    statement: Stretch
    sentence: Stretch
    opening: Stretch
    paragraph: Stretch
    bracket: Stretch | None
    colon: int | None


class Tree:
    """The nodes of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = Sentences(text)
        found = [match for match in _MARK.finditer(text) if not in_number(text, match.start())]
        self._marks = [match.start() for match in found]
        self._brackets = _pairs(text, self._marks)
        self._opened = [opened for opened, _ in self._brackets]

    def bracket(self, position: int) -> Stretch | None:
        """The innermost brackets around a place, as the places of their two signs."""
        for index in range(bisect_left(self._opened, position) - 1, -1, -1):
            opened, closed = self._brackets[index]
            if closed >= position:
                return opened, closed
            if position - opened > _LONGEST:
                return None
        return None

    def paragraph(self, position: int) -> Stretch:
        """The line around a place, of a long one what is near."""
        low, high = max(0, position - _LONGEST), min(len(self.text), position + _LONGEST)
        end = self.text.find("\n", position, high)
        return max(self.text.rfind("\n", low, position) + 1, low), end if end >= 0 else high

    def statement(self, start: int, end: int, sentence: Stretch) -> Stretch:
        """The part of a sentence between semicolons that holds a stretch; brackets are looked over from outside."""
        around = self.bracket(start)
        if around is not None and around[1] - around[0] - (end - start) < _ALONE:
            around = self.bracket(around[0])  # "bridges (12)": the number stands alone, and speaks of what is before it
        low, high = around if around is not None else sentence
        low, high = max(low, sentence[0]), min(high, sentence[1])
        first, last = low, high
        for index in range(bisect_left(self._marks, start) - 1, -1, -1):
            place = self._marks[index]
            if place < low:
                break
            if self.text[place] in _STATEMENT and self.bracket(place) == around:
                first = place + 1
                break
        for place in self._marks[bisect_left(self._marks, end) :]:
            if place >= high:
                break
            if self.text[place] in _STATEMENT and self.bracket(place) == around:
                last = place
                break
        return first, last

    def clause(self, start: int, end: int, sentence: Stretch) -> Stretch:
        """Between the marks around a stretch; a bracket without a number ("counties (cities)") is no mark."""
        index = bisect_left(self._marks, start) - 1
        if index >= 0 and _LABELLED.fullmatch(self.text, self._marks[index], start):
            # a label goes with its number: "roads: 1,010 km", "bridges (12)", "matching funds, 60 million"
            label = max(sentence[0], self._marks[index - 1] + 1 if index else 0)
            index -= _DIGIT.search(self.text, label, self._marks[index]) is None
        first = max(sentence[0], self._marks[index] + 1) if index >= 0 else sentence[0]
        last = sentence[1]
        place = bisect_left(self._marks, end)
        while place < len(self._marks) and self._marks[place] < sentence[1]:
            aside = _ASIDE.match(self.text, self._marks[place], sentence[1])
            if aside is None:
                last = self._marks[place]
                break
            place = bisect_left(self._marks, aside.end())
        return first, last

    def colon(self, position: int, statement: Stretch) -> int | None:
        """The last colon of a statement before a place, unless a bracket that held it has been closed."""
        around = self.bracket(position)
        for index in range(bisect_left(self._marks, position) - 1, -1, -1):
            place = self._marks[index]
            if place < statement[0]:
                return None
            if self.text[place] in _COLON and self.bracket(place) in (around, None):
                return place
        return None

    def scopes(self, numbers: Sequence[Stretch], sentences: Sequence[Stretch]) -> list[Scope]:
        """One scope per number.

        Args:
            numbers: bounds of the numbers, in order.
            sentences: bounds of the sentence of each.
        """
        found: list[Scope] = []
        first = 0
        for index, ((start, end), sentence) in enumerate(zip(numbers, sentences, strict=True)):
            if index and sentences[index - 1][0] != sentence[0]:
                first = index
            before = numbers[index - 1][1] if index > first else sentence[0]
            following = index + 1 < len(numbers) and sentences[index + 1][0] == sentence[0]
            after = numbers[index + 1][0] if following else sentence[1]
            clause = self._between(self.clause(start, end, sentence), start, end, before, after)
            statement = self.statement(start, end, sentence)
            found.append(
                Scope(
                    start,
                    end,
                    before,
                    after,
                    clause,
                    statement,
                    sentence,
                    (sentence[0], numbers[first][0]),
                    self.paragraph(start),
                    self.bracket(start),
                    self.colon(start, statement),
                )
            )
        return found

    def _between(self, clause: Stretch, start: int, end: int, before: int, after: int) -> Stretch:
        """A clause with two numbers is cut at the last word that joins them."""
        first, last = clause
        if before > first:
            first = max(first, *(self.text.rfind(word, before, start) for word in _JOINS))
        if after < last and (cut := self.text.rfind(" and ", end, after)) >= 0:
            last = cut
        return first, last


_LONGEST = 2000  # code points of a line or of brackets in which a place is looked for
_ALONE = 12  # characters beside a number in brackets
_LABELLED = re.compile(r"[,，:：(（]\s*(?:about|over|some|nearly|约|近|RMB|¥|US\$|\$)?\s*")
_DIGIT = re.compile(r"\d")
_ASIDE = re.compile(r"[(（][^()（）\d]{0,40}[)）]")


@lru_cache(maxsize=4)
def tree_of(text: str) -> Tree:
    """The tree of a text, built once for the rooms that ask for it."""
    return Tree(text)


def _pairs(text: str, marks: Sequence[int]) -> list[Stretch]:
    """Brackets that are closed, by the place where they open; a line ends what it has opened."""
    found: list[Stretch] = []
    stack: list[int] = []
    for place in marks:
        if text[place] in _OPENING:
            stack.append(place)
        elif text[place] in _CLOSING and stack:
            opened = stack.pop()
            if text.find("\n", opened, place) < 0:
                found.append((opened, place))
    return sorted(found)
