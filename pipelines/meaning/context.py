"""The scope of each figure with the phrases around it; for a table cell the text is that of its headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from pipelines.catalog.phrases import Hit, words_of
from pipelines.figures.figure import Figure
from pipelines.figures.text.tree import Scope, Stretch, tree_of
from pipelines.meaning.vocabulary import Cues, cues_of
from pipelines.patterns import SIGN, regex
from pipelines.reading.document import Document

PayloadT = TypeVar("PayloadT")
_COUNTS = regex(
    r"[^,;，；]{0,48}?(?:\b(?:from|by|on|for)\s+(?:[a-z]+ing\s+(?:up\s+)?)?(?:(?:the|some|about|over|more than)\s+)*"
    r"|来自(?:于)?|用于|解决|支持|帮助|扶持)",
    re.IGNORECASE,
)
# "matched by 40 million from the counties": they gave the second amount
_MONEY = regex(r"\W{0,2}\d[\d.,]*\s?(?:(?:hundred )?(?:thousand|million|billion|lakh|crore)\b|[万亿]?元)")
_RESPECTIVELY = regex(r"\brespective(?:ly\b| )|分别|依次|各有|各为", re.IGNORECASE)
_JOINS = r"[^,;，；。、\d]{0,12}(?:\s*,\s*(?:and\s+)?|\s+and\s+|[、，]|和|及|与|以及)"
_AND_ANOTHER = rf"{_JOINS}(?:(?:the|in|for|of|from)\s+)*[^,;，；。、\d]{{0,8}}"
_COORDINATED = regex(_AND_ANOTHER)
# another name follows: "Weining, Hezhang and Nayong", but not "Nayong, which were audited"
_GOES_ON = regex(rf"(?![\s,]*\b(?:which|who|where|whose|each|all)\b|[^，。；]{{0,12}}，(?:依次|分别)){_AND_ANOTHER}")
_IN_A_ROW = regex(r"[^,;，；。、\d]{0,24}(?:\s*,\s*(?:and\s+)?|\s+and\s+|[、，]|和|及|与|以及)" + SIGN, re.IGNORECASE)
_ASIDE = regex(r"[^,;()，；（）。、\d]{0,40}[(（][^()（）\n]{0,120}[)）]")
_REST = regex(r"[^,;()，；（）。、\d]*")


@dataclass(slots=True)
class Context(Scope):
    """Where a figure stands, and what is said there.

    Attributes:
        cues: the phrases of the text.
        section: heading; for a table its caption and sheet.
        title: of the report; empty for a table cell.
        is_cell: whether it is a table cell.
        rank: of "A and B got 5 and 6 million respectively", place in the list of numbers and its length; else None.
        head: where the list of numbers begins, so that what is listed before it can be counted off.
        own_before: the words of its clause between the number before it and the number.
        own_behind: the words of its clause between the number and the number behind it.
    """

    cues: Cues
    section: str = ""
    title: str = ""
    is_cell: bool = False
    rank: tuple[int, int] | None = None
    head: int = 0
    own_before: Stretch = field(init=False)
    own_behind: Stretch = field(init=False)

    def __post_init__(self) -> None:
        """Most attributes are looked for in its own words."""
        first, last = self.clause
        self.own_before = (first if first > self.before else self.before), self.start
        self.own_behind = self.end, (last if last < self.after else self.after)

    def in_order(self, hits: Sequence[Hit[PayloadT]]) -> Hit[PayloadT] | None:
        """Of as many phrases in a row as the list has numbers, the one that stands in the number's place.

        Args:
            hits: phrases of the statement, in order.
        """
        if self.rank is None:
            return None
        place, length = self.rank
        text = self.cues.text
        run: list[Hit[PayloadT]] = []
        for hit in hits:
            if hit.end > self.head:
                break
            run = [*run, hit] if run and _COORDINATED.fullmatch(text, run[-1].end, hit.start) else [hit]
            if len(run) == length and not _GOES_ON.match(text, hit.end, self.head):
                return run[place]
        return None

    def words(self, stretch: Stretch) -> str:
        """The words of a stretch."""
        return self.cues.text[stretch[0] : stretch[1]]

    @property
    def paragraph(self) -> Stretch:
        """Its line; of a table cell the headers."""
        return self.statement if self.is_cell else tree_of(self.cues.text).paragraph(self.start)

    @property
    def beyond(self) -> Stretch:
        """What speaks of the number behind the next one: "from 46 units", "324 villages (38 of them new) went …"."""
        text = self.cues.text
        aside = _ASIDE.match(text, self.end, self.sentence[1])
        if aside is not None and aside.end() > self.after:
            rest = _REST.match(text, aside.end(), self.statement[1])
            return aside.end(), rest.end() if rest is not None else aside.end()
        counts = _COUNTS.fullmatch(text, self.end, self.after) if self.after < self.clause[1] else None
        if counts and not _MONEY.match(text, self.after):
            joined = text.find(" and ", self.after, self.clause[1])
            return self.after, joined if joined >= 0 else self.clause[1]
        return self.end, self.end


def contexts(document: Document, figures: Sequence[Figure], cues: Cues) -> list[Context]:
    """One context per figure of running text, in the figures' order; for a table cell see `cell_context`."""
    places = [figure.locator for figure in figures]
    numbers = [(place.start or 0, place.end or 0) for place in places]
    sentences = [(place.sentence_start or 0, place.sentence_end or 0) for place in places]
    make = partial(Context, cues=cues, title=document.title)
    found = tree_of(document.text).scopes(numbers, sentences, make)
    for context, place in zip(found, places, strict=True):
        context.section = place.section
    words = words_of(document.text)
    if "respective" in words.lower or (words.chinese and _RESPECTIVELY.search(document.text)):
        _rank(document.text, figures, found)
    return found


def _rank(text: str, figures: Sequence[Figure], found: list[Context]) -> None:
    """Numbers of one unit that stand in a row, in a statement that says that its lists meet in order."""
    run: list[int] = []
    for index, context in enumerate([*found, None]):
        last = found[run[-1]] if run else None
        if context is not None and last is not None:
            alike = context.statement == last.statement and figures[index].unit == figures[run[-1]].unit
            if alike and _IN_A_ROW.fullmatch(text, last.end, context.start):
                run.append(index)
                continue
        first = found[run[0]] if run else None
        if first is not None and len(run) > 1 and _RESPECTIVELY.search(text, *first.statement):
            for place, member in enumerate(run):
                found[member] = replace(found[member], rank=(place, len(run)), head=first.start)
        run = [index] if context is not None else []


def cell_context(row_path: str, column_path: str, section: str) -> Context:
    """The context of a table cell: its headers are the text, all of it before the number."""
    words = f"{row_path} | {column_path}"
    end = len(words)
    whole = (0, end)
    return Context(end, end, 0, end, whole, whole, whole, whole, None, None, cues_of(words), section, is_cell=True)
