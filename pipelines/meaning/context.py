"""Where the words around a figure begin and end, cut once for all decisions about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.figures.clauses import clause_end, clause_start
from pipelines.figures.figure import Reading
from pipelines.meaning.vocabulary import Cues, cues_of
from pipelines.reading.document import Document

_CLAUSE = ",;:()，；：（）。、"
_STATEMENT = ";；。"


@dataclass(frozen=True, slots=True)
class Context:
    """Stretches of a text around one figure; for a table cell the text is that of its headers, all of it before.

    Attributes:
        cues: the phrases of the text.
        start: first code point of the number.
        end: one past the number.
        before: end of the figure before it in the sentence, or the sentence's start.
        after: start of the figure behind it in the sentence, or the sentence's end.
        clause: bounds of its clause.
        statement: bounds of its part of the sentence, between semicolons.
        sentence: bounds of the sentence.
        section: heading; for a table its caption and sheet.
        is_cell: whether it is a table cell.
    """

    cues: Cues
    start: int
    end: int
    before: int
    after: int
    clause: tuple[int, int]
    statement: tuple[int, int]
    sentence: tuple[int, int]
    section: str
    is_cell: bool = False

    def words(self, stretch: tuple[int, int]) -> str:
        """The words of a stretch."""
        return self.cues.text[stretch[0] : stretch[1]]


def contexts(document: Document, reading: Reading) -> list[Context | None]:
    """One context per figure, in the figures' order; None for a table cell, see `cell_context`."""
    cues = Cues(document.text)
    figures = reading.figures
    found: list[Context | None] = []
    for index, figure in enumerate(figures):
        locator = figure.locator
        if locator.start is None or locator.end is None:
            found.append(None)
            continue
        start, end = locator.start, locator.end
        sentence = (locator.sentence_start or 0, locator.sentence_end or end)
        earlier = figures[index - 1].locator if index else None
        later = figures[index + 1].locator if index + 1 < len(figures) else None
        before = earlier.end if earlier is not None and earlier.sentence_start == sentence[0] else None
        after = later.start if later is not None and later.sentence_start == sentence[0] else None
        clause_begins = clause_start(document.text, sentence[0], start, _CLAUSE)
        if before is not None and before > clause_begins:
            # "20 million for roads and 5 million for schools": a new clause begins behind the last "and"
            joined = max(document.text.rfind(f" {word} ", before, start) for word in ("and", "while", "but"))
            clause_begins = max(clause_begins, joined)
        clause_ends = _end_of_clause(document.text, end, sentence[1])
        if after is not None and after < clause_ends and (cut := document.text.rfind(" and ", end, after)) >= 0:
            clause_ends = cut
        found.append(
            Context(
                cues=cues,
                start=start,
                end=end,
                before=before if before is not None else sentence[0],
                after=after if after is not None else sentence[1],
                clause=(clause_begins, clause_ends),
                statement=(
                    clause_start(document.text, sentence[0], start, _STATEMENT),
                    clause_end(document.text, end, sentence[1], _STATEMENT),
                ),
                sentence=sentence,
                section=locator.section,
            )
        )
    return found


def _end_of_clause(text: str, position: int, end: int) -> int:
    """Where a clause ends; a bracket without a number ("counties (cities, districts)") belongs to it."""
    while True:
        found = clause_end(text, position, end, _CLAUSE)
        closing = _BRACKET.match(text, found, end)
        if closing is None:
            return found
        position = closing.end()


_BRACKET = re.compile(r"[(（][^()（）\d]{0,40}[)）]")


def cell_context(row_path: str, column_path: str, section: str) -> Context:
    """The context of a table cell: its headers are the text, all of it before the number."""
    words = f"{row_path} | {column_path}"
    whole = (0, len(words))
    return Context(cues_of(words), len(words), len(words), 0, len(words), whole, whole, whole, section, is_cell=True)
