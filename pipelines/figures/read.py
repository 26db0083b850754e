"""Reads a document: every number becomes exactly one figure or one classified non-figure."""

from __future__ import annotations

import re
from bisect import bisect_right

from pipelines.errors import ReportError
from pipelines.figures.classify import Quotes, classify
from pipelines.figures.draft import Draft
from pipelines.figures.figure import Figure, Locator, NonFigure, NonFigureClass, Reading
from pipelines.figures.intervals import bounds
from pipelines.figures.links import link
from pipelines.figures.quantity import fill_elided_units, read_qualifier, read_quantity
from pipelines.figures.roles import read_roles
from pipelines.figures.scan import Sentences, Token, scan
from pipelines.figures.tables import read_tables
from pipelines.reading.document import Document


def read_figures(document: Document) -> Reading:
    """All numbers of a document's text and tables.

    Returns:
        Figures numbered from 1, the text's before the tables', and the classified non-figures.

    Raises:
        ReportError: a number of the document is in no row or in two; the reading is not to be trusted.
    """
    narrative = _read_text(document)
    tables = read_tables(document, first_id=len(narrative.figures) + 1)
    reading = Reading(
        narrative.figures + tables.figures,
        narrative.non_figures + tables.non_figures,
        narrative.numbers_found + tables.numbers_found,
    )
    if len(reading.figures) + len(reading.non_figures) != reading.numbers_found:
        raise ReportError(document.report_id, f"{reading.numbers_found} numbers, but not each in one row")
    return reading


def _read_text(document: Document) -> Reading:
    text = document.text
    tokens = scan(text)
    sections = [(block.start, block.section if block.kind != "title" else "") for block in document.blocks]
    starts = [start for start, _ in sections]
    sentences, quotes = Sentences(text), Quotes(text)
    drafts: list[Draft] = []
    non_figures: list[NonFigure] = []
    said_before: set[str] = set()
    for index, token in enumerate(tokens):
        section = sections[max(bisect_right(starts, token.start) - 1, 0)][1] if sections else ""
        draft = Draft(token, section, sentences.span(token.start), token.end)
        limit = min(draft.sentence[1], tokens[index + 1].start if index + 1 < len(tokens) else len(text))
        read_quantity(draft, text, limit)
        block = document.blocks[max(bisect_right(starts, token.start) - 1, 0)] if sections else None
        reason: NonFigureClass | None = classify(draft, text, quotes, said_before)
        if reason is None and block is not None and block.kind in ("title", "heading"):
            reason = "label"
        if reason is None:
            drafts.append(draft)
        else:
            non_figures.append(NonFigure(_locator(draft), _sentence(draft, text), token.text, reason))
    _surroundings(drafts, text)
    fill_elided_units(drafts, text)
    for draft in drafts:
        read_qualifier(draft, text)
        draft.after = text[draft.end : draft.sentence[1]]
    read_roles(drafts, text)
    link(drafts, text)
    _assert_every_digit(document, tokens)
    return Reading(_figures(drafts, text), tuple(non_figures), len(tokens))


def _surroundings(drafts: list[Draft], text: str) -> None:
    for previous, draft in zip([None, *drafts], drafts, strict=False):
        start = draft.sentence[0]
        if previous is not None and previous.sentence == draft.sentence:
            start = previous.end
        draft.before = text[start : draft.token.start]
        draft.after = text[draft.end : draft.sentence[1]]


def _figures(drafts: list[Draft], text: str) -> tuple[Figure, ...]:
    ordinals = {id(draft): ordinal for ordinal, draft in enumerate(drafts, 1)}
    figures = []
    for draft in drafts:
        value = draft.token.value * draft.scale
        interval = bounds(draft.token.value, draft.scale, draft.qualifier)
        printed_end = draft.end if draft.unit in ("%", "pp", "CNY", "USD") or draft.scale != 1 else draft.token.end
        figures.append(
            Figure(
                figure_id=ordinals[id(draft)],
                locator=_locator(draft),
                sentence=_sentence(draft, text),
                text=re.sub(r"\s+", " ", text[draft.token.start : printed_end]),
                value_stated=draft.token.value,
                scale=draft.scale,
                value=value,
                unit=draft.unit or "unknown",
                qualifier=draft.qualifier,
                low=interval.low,
                high=interval.high,
                open_low=interval.open_low,
                open_high=interval.open_high,
                role=draft.role,
                subject=_subject(draft),
                parent=ordinals[id(draft.parent)] if draft.parent is not None else None,
                link=draft.link,
                axis=draft.axis,
                exhaustive=draft.exhaustive,
                decided_by=tuple(draft.decided.items()),
            )
        )
    return tuple(figures)


def _subject(draft: Draft) -> str:
    """The noun phrase counted: its own noun, for money and ratios what follows "of", else the clause before."""
    of = re.match(r"\s+of ((?:[A-Za-z’'\-]+ ?){1,5})", draft.after)
    if draft.unit in ("CNY", "USD", "%") and of:
        return of.group(1).strip()
    if draft.noun and draft.unit not in ("CNY", "USD", "%", "pp", "times"):
        return draft.noun
    clause = re.split(r"[,;:，；：。]", draft.before.strip(" ,;，；"))[-1].strip()
    return clause[-60:]


def _locator(draft: Draft) -> Locator:
    return Locator(draft.section, draft.token.start, draft.token.end, draft.sentence[0], draft.sentence[1])


def _sentence(draft: Draft, text: str) -> str:
    return text[draft.sentence[0] : draft.sentence[1]]


def _assert_every_digit(document: Document, tokens: list[Token]) -> None:
    """Counts digits by themselves, so that a gap in the scanner's patterns cannot hide a number."""
    covered = sum(character.isdecimal() for token in tokens for character in document.text[token.start : token.end])
    present = sum(character.isdecimal() for character in document.text)
    if covered != present:
        raise ReportError(document.report_id, f"{present - covered} digits of the text are in no number")
