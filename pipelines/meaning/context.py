"""The words around a figure, cut once for all decisions about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.figures.figure import Figure, Reading
from pipelines.reading.document import Document


@dataclass(frozen=True, slots=True)
class Context:
    """Words around one figure.

    Attributes:
        before: from the previous figure of the sentence (or its start) to the number.
        after: from the number to the next figure, cut at the clause's end.
        clause: `before`, the number and `after`.
        sentence_before: the sentence up to the number.
        sentence_after: the sentence from the number on.
        section: heading; for a table its caption and sheet.
        labels: row and column header paths of a table cell, empty in running text.
    """

    before: str
    after: str
    clause: str
    sentence_before: str
    sentence_after: str
    section: str
    labels: tuple[str, ...] = ()


_CLAUSE_END = re.compile(r"[,;:()，；：（）。]|\.\s|\.$")


def contexts(document: Document, reading: Reading) -> list[Context]:
    """One context per figure, in the figures' order; a table cell's words are its header paths."""
    figures = reading.figures
    found = []
    for index, figure in enumerate(figures):
        locator = figure.locator
        if locator.start is None or locator.end is None:
            found.append(_cell_context(figure))
            continue
        sentence_start, sentence_end = locator.sentence_start or 0, locator.sentence_end or locator.end
        previous_end = next(
            (other.locator.end for other in reversed(figures[:index]) if _in_sentence(other, figure)), None
        )
        next_start = next(
            (other.locator.start for other in figures[index + 1 : index + 2] if _in_sentence(other, figure)), None
        )
        before = document.text[max(sentence_start, previous_end or 0) : locator.start]
        before = re.split(r"[;；。]", before)[-1]
        rest = document.text[locator.end : next_start or sentence_end]
        # the unit's own words come first, so that "803 million Yuan, of which" does not cut at the unit
        end = _CLAUSE_END.search(rest)
        after = rest[: end.start()] if end else rest
        found.append(
            Context(
                before=before,
                after=after,
                clause=before + figure.text[: locator.end - locator.start] + after,
                sentence_before=document.text[sentence_start : locator.start],
                sentence_after=document.text[locator.end : sentence_end],
                section=locator.section,
            )
        )
    return found


def _in_sentence(other: Figure, figure: Figure) -> bool:
    return other.locator.start is not None and other.locator.sentence_start == figure.locator.sentence_start


def _cell_context(figure: Figure) -> Context:
    labels = (figure.locator.row_path or "", figure.locator.column_path or "")
    words = " | ".join(labels)
    section = f"{figure.locator.section} {figure.locator.sheet or ''}".strip()
    return Context(words, "", words, words, "", section, labels)
