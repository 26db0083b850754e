"""The tree of a text: paragraph ▸ sentence ▸ statement ▸ clause ▸ number, with brackets and lists behind colons.

Built once per text. Every attribute and every link of a figure is decided on the stretches that its `Scope` names, and
only what stands in one of them, above the figure or before it, can speak about it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from pipelines.figures.text.sentences import Sentences
from pipelines.patterns import SIGN, regex

Stretch = tuple[int, int]

_MARK = regex(r"[,.;:()，；：（）。、]")
_LINE = regex("\n")
_COMMAS = frozenset(",，、")
_STATEMENT, _COLON = ";；。", ":："
_OPENING, _CLOSING = "(（", ")）"
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
    bracket: Stretch | None
    colon: int | None


ScopeT = TypeVar("ScopeT", bound=Scope)


class Tree:
    """The nodes of one text.

    Attributes:
        text: the text.
        sentences: its sentences.
        lines: where its lines end.
        colons: where its colons stand.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = Sentences(text)
        found = [match.start() for match in _MARK.finditer(text) if not in_number(text, match.start())]
        ends = self.sentences.ends_at
        self._all = [(place, text[place]) for place in found if text[place] != "." or ends(place)]
        self._marks = [place for place, mark in self._all if mark != "."]
        self._around = self._brackets()
        self.lines = [match.start() for match in _LINE.finditer(text)]
        self._places: dict[str, list[int]] = {}
        self._asides = [match.span() for match in _INSERTED.finditer(text)]
        self._stops, self.colons = self._of(_STATEMENT), self._of(_COLON)

    def _brackets(self) -> list[Stretch | None]:
        """The innermost closed brackets around each mark, and around both of their signs; a line ends them."""
        text, around = self.text, dict.fromkeys(self._marks)
        stack: list[int] = []
        pairs: dict[int, int] = {}
        for place in self._marks:
            if text[place] in _OPENING:
                stack.append(place)
            elif text[place] in _CLOSING and stack:
                opened = stack.pop()
                if text.find("\n", opened, place) < 0:
                    pairs[opened] = place
        inside: list[Stretch] = []
        for place in self._marks:
            around[place] = inside[-1] if inside else None
            if place in pairs:
                inside.append((place, pairs[place]))
            elif inside and place == inside[-1][1]:
                inside.pop()
        return [*around.values(), None]

    def _of(self, marks: str) -> list[int]:
        """Where some marks stand, in order."""
        found = self._places.get(marks)
        if found is None:
            found = self._places[marks] = [place for place, mark in self._all if mark in marks]
        return found

    def clause_start(self, start: int, position: int, marks: str) -> int:
        """Behind the last of some marks between two places, or the first place."""
        places = self._of(marks)
        index = bisect_left(places, position) - 1
        return max(start, places[index] + 1) if index >= 0 else start

    def clause_end(self, position: int, end: int, marks: str) -> int:
        """The first of some marks between two places, or the last place."""
        places = self._of(marks)
        index = bisect_left(places, position)
        return min(end, places[index]) if index < len(places) else end

    def bracket(self, position: int) -> Stretch | None:
        """The innermost brackets around a place, as the places of their two signs."""
        return self._around[bisect_left(self._marks, position)]

    def aside(self, position: int) -> Stretch | None:
        """What is put into a sentence around a place: between dashes, or as "which …" between commas."""
        index = bisect_left(self._asides, (position + 1,)) - 1
        return self._asides[index] if index >= 0 and position < self._asides[index][1] else None

    def paragraph(self, position: int) -> Stretch:
        """The line around a place, of a long one what is near."""
        index = bisect_left(self.lines, position)
        start, end = self.lines[index - 1] + 1 if index else 0, (*self.lines[index : index + 1], len(self.text))[0]
        return max(start, position - _LONGEST), min(end, position + _LONGEST)

    def statement(self, start: int, end: int, sentence: Stretch) -> Stretch:
        """The part of a sentence between semicolons that holds a stretch; brackets are looked over from outside."""
        around = self.bracket(start)
        if around is not None and around[1] - around[0] - (end - start) < _ALONE:
            around = self.bracket(around[0])  # "bridges (12)": the number stands alone, and speaks of what is before it
        first, last = sentence if around is None else (max(around[0], sentence[0]), min(around[1], sentence[1]))
        stops = self._stops
        index = bisect_left(stops, start) - 1
        while index >= 0 and stops[index] >= first:
            if self.bracket(stops[index]) == around:
                first = stops[index] + 1
                break
            index -= 1
        index = bisect_left(stops, end)
        while index < len(stops) and stops[index] < last:
            if self.bracket(stops[index]) == around:
                last = stops[index]
                break
            index += 1
        return first, last

    def clause(self, start: int, end: int, sentence: Stretch) -> Stretch:
        """Between the marks around a stretch; a bracket without a number ("counties (cities)") is no mark."""
        text, marks = self.text, self._marks
        first, last = sentence
        place = bisect_left(marks, start)
        if place:
            mark = marks[place - 1]
            near = text[mark] in _LABELS and start - mark <= _LABEL_REACH
            if near and _BEFORE_LABELLED.fullmatch(text[mark + 1 : start].strip()):
                # a label goes with its number: "roads: 1,010 km", "bridges (12)", "matching funds, 60 million"
                before = marks[place - 2] if place > 1 else -1
                if _DIGIT.search(text, before + 1 if before >= first else first, mark) is None:
                    mark = before
            if mark >= first:
                first = mark + 1
        place = bisect_left(marks, end, place)
        while place < len(marks) and (mark := marks[place]) < last:
            aside = _ASIDE.match(text, mark, last) if text[mark] in _OPENING else None
            if aside is None:
                return first, mark
            place = bisect_left(marks, aside.end())
        return first, last

    def colon(self, position: int, statement: Stretch) -> int | None:
        """The last colon of a statement before a place, unless a bracket that held it has been closed."""
        index = bisect_left(self.colons, position) - 1
        while index >= 0 and self.colons[index] >= statement[0]:
            if self.bracket(self.colons[index]) in (self.bracket(position), None):
                return self.colons[index]
            index -= 1
        return None

    def scopes(
        self,
        numbers: Sequence[Stretch],
        sentences: Sequence[Stretch],
        make: Callable[..., ScopeT] = Scope,  # type: ignore[assignment]
    ) -> list[ScopeT]:
        """One scope per number.

        Args:
            numbers: bounds of the numbers, in order.
            sentences: bounds of the sentence of each.
            make: makes a scope of its parts, or what holds more than these.
        """
        found: list[ScopeT] = []
        opened = after = last = 0
        statement, opening, bare, bracket = (0, 0), (0, 0), False, None
        for index, ((start, end), sentence) in enumerate(zip(numbers, sentences, strict=True), 1):
            opens = not found or sentence[0] != opened
            if opens:
                opened, last = sentence[0], sentence[0]
                opening, bare = (opened, start), self._is_bare(sentence)
            goes_on = index < len(numbers) and sentences[index][0] == opened
            after = numbers[index][0] if goes_on else sentence[1]
            outer, bracket = bracket, None if bare else self.bracket(start)
            if bare:
                statement = sentence
            elif opens or outer is not None or bracket is not None or end > statement[1]:
                statement = self.statement(start, end, sentence)
            clause = self._between(self.clause(start, end, sentence), start, end, last, after)
            colon = None if bare else self.colon(start, statement)
            found.append(make(start, end, last, after, clause, statement, sentence, opening, bracket, colon))
            last = end
        return found

    def _is_bare(self, sentence: Stretch) -> bool:
        """Whether no brackets, colons and semicolons part a sentence."""
        first, last = bisect_left(self._marks, sentence[0]), bisect_left(self._marks, sentence[1])
        return self._around[first] is None and _COMMAS.issuperset(
            [self.text[place] for place in self._marks[first:last]]
        )

    def _between(self, clause: Stretch, start: int, end: int, before: int, after: int) -> Stretch:
        """A clause with two numbers is cut at the last word that joins them."""
        first, last = clause
        if before > first:
            first = max([first, *[self.text.rfind(word, before, start) for word in _JOINS]])
        if after < last and (cut := self.text.rfind(" and ", end, after)) >= 0:
            last = cut
        return first, last


# "the province, which had received 420 million, added 95 million", "2.2 billion - the year before 1.8 billion - on"
_INSERTED = regex(
    r"(?<!\d),(?= (?:which|who|whose|where)\b)(?:[^,;.:\n]|(?<=\d)[,.](?=\d)){3,160},(?= (?:[a-z]+ly )?"
    r"(?:[a-z]{2,}ed|was|were|is|are|has|have|had|gave|spent|put|took|got|made|built|rose|fell|grew|came|went|sent|paid)\b)"
    r"|(?<=[ \w])(?: [-–—]|—) ?(?=[A-Za-z])[^-–—;\n]{3,160}(?:(?<! to) [-–—] |(?<=\w)—(?=\w))(?=[a-z])"
    r"|——[^—。；\n]{2,80}——"
)
_LONGEST = 2000  # code points of a line or of brackets in which a place is looked for
_ALONE = 12  # characters beside a number in brackets
_LABELS = ",，:：(（"
_LABEL_REACH = 80  # characters between a label and its number
_BEFORE_LABELLED = regex(r"(?:about|over|some|nearly|约|近)?" + SIGN)
_DIGIT = regex(r"\d")
_ASIDE = regex(r"[(（][^()（）\d]{0,40}[)）]")


@lru_cache(maxsize=4)
def tree_of(text: str) -> Tree:
    """The tree of a text, built once for the rooms that ask for it."""
    return Tree(text)


def in_number(text: str, index: int) -> bool:
    """Whether a mark stands between two digits, so that it belongs to a number."""
    return text[index] in ",.:" and text[index - 1 : index].isdecimal() and text[index + 1 : index + 2].isdecimal()
