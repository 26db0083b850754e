"""Reads a document: every number becomes exactly one figure or one classified non-figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Context, localcontext

from pipelines.catalog.characters import simplified
from pipelines.catalog.currencies import is_money, printed_unit
from pipelines.collector import collector_paused
from pipelines.columns import joined, parts_of
from pipelines.errors import ReportError
from pipelines.figures.classes.classify import Classifier
from pipelines.figures.draft import Draft
from pipelines.figures.figure import Figure, Locator, NonFigure, NonFigureClass, Reading
from pipelines.figures.intervals.intervals import bounds
from pipelines.figures.intervals.joined import join, second_unit
from pipelines.figures.intervals.qualifiers import read_qualifier
from pipelines.figures.intervals.ranges import begins_range, bound_ranges
from pipelines.figures.links.links import link
from pipelines.figures.numbers.scan import scan
from pipelines.figures.numbers.separators import before_scale, decimal_sign, doubt_of
from pipelines.figures.numbers.token import Token
from pipelines.figures.roles.roles import read_roles
from pipelines.figures.text.country import country_of
from pipelines.figures.text.lists import flowing
from pipelines.figures.text.parted import rejoined
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import YEAR
from pipelines.figures.units.announced import announce_units
from pipelines.figures.units.elided import fill_elided_units
from pipelines.figures.units.quantity import read_quantity
from pipelines.figures.units.unitlines import unit_words
from pipelines.figures.units.unitwords import strict_unit
from pipelines.patterns import regex
from pipelines.reading.document import Document, TextBlock


def read_figures(document: Document, *, shows_people: bool = False) -> Reading:
    """All numbers of a document's text and tables.

    Args:
        document: as read.
        shows_people: whether names of people, and the digits by which they are reached, are shown as they are.

    Returns:
        Figures numbered from 1, the text's before the tables', and the classified non-figures.

    Raises:
        ReportError: a number of the document is in no row or in two; the reading is not to be trusted.
    """
    with localcontext(Context(prec=_DIGITS)), collector_paused():
        narrative = _read_text(document, shows_people=shows_people)
        first = len(narrative.figures) + 1
        tables = _read_tables(document, first, shows_people=shows_people) if document.tables else _NOTHING
    reading = Reading(
        joined((*parts_of(narrative.figures), *parts_of(tables.figures))),
        joined((*parts_of(narrative.non_figures), *parts_of(tables.non_figures))),
        narrative.numbers_found + tables.numbers_found,
        tables.notes,
        tables.people,
    )
    if len(reading.figures) + len(reading.non_figures) != reading.numbers_found:
        raise ReportError(document.report_id, f"{reading.numbers_found} numbers, but not each in one row")
    return reading


_NOTHING = Reading((), (), 0)


def _read_tables(document: Document, first_id: int, *, shows_people: bool) -> Reading:
    from pipelines.figures.tables.read import read_tables  # not loaded for a report of text alone

    return read_tables(document, first_id=first_id, shows_people=shows_people)


_NO_TEXT = ("title", "heading", "furniture")
_DIGITS = 200  # kept of every number, so that none is rounded
_DIGIT = regex(r"\d")
# 2018年脱贫攻坚工作要点（征求意见稿）
_PLAN_TITLE = regex(
    r"年(?!.*(?:总结|报告|情况|完成|进展|执行|评估|验收|通报)).*(?:工作|年度|实施|行动)(?:要点|计划|方案|安排)(?:[（(][^（）()]*[)）])?\s*$"
)


def _read_text(document: Document, *, shows_people: bool) -> Reading:
    text = rejoined(flowing(simplified(document.text), document))
    years = [int(year) for year in YEAR.findall(document.title)]
    is_plan = _PLAN_TITLE.search(simplified(document.title)) is not None
    passage = Passage(text, max(years, default=None), country_of(document), is_plan=is_plan)
    classifier = Classifier(passage)
    decimals, told = decimal_sign(text)
    tokens = scan(text, decimals)
    starts = [block.start for block in document.blocks]
    drafts: list[Draft] = []
    others: list[tuple[Draft, NonFigureClass]] = []
    index, found = 0, 0
    while index < len(tokens):
        token = tokens[index]
        place = bisect_right(starts, token.start)
        block = document.blocks[max(place - 1, 0)] if starts else None
        section = block.section if block is not None and block.kind != "title" else ""
        draft = Draft(token, section, _sentence_bounds(document, starts, passage, token, place), token.end)
        limit = min(draft.sentence[1], _next_number(passage, tokens, index))
        read_quantity(draft, passage, limit)
        before_scale(draft)
        draft.why = draft.why or doubt_of(draft, decimals, told=told)
        _read_bracket(draft, text, limit)
        following = tokens[index + 1 : index + 5]
        taken = 1 if following and second_unit(draft, passage, following[0]) else join(draft, passage, following)
        if taken and not draft.why and not draft.unit:
            _read_on(draft, passage, tokens, index + taken)
        index, found = index + taken + 1, found + 1
        reason: NonFigureClass | None = classifier.classify(draft)
        announced = block is not None and block.kind == "heading" and is_money(draft.unit) and draft.scale != 1
        if block is not None and not announced and (block.kind in _NO_TEXT or _is_unit_line(text, block)):
            reason = reason if reason not in (None, "unread") else "label"
        if reason is None:
            if others and others[-1][1] in ("generic", "slogan") and begins_range(others[-1][0], draft, text):
                drafts.append(others.pop()[0])  # "two to three hectares"
            drafts.append(draft)
        else:
            if reason == "generic" and drafts and begins_range(drafts[-1], draft, text):
                others.append((drafts.pop(), reason))  # 16—60周岁
            others.append((draft, reason))
    _surroundings(drafts)
    if factors := announce_units(drafts, passage):
        drafts = [draft for draft in drafts if draft not in factors]
        others += [(draft, "label") for draft in factors]
        others.sort(key=lambda other: other[0].start)
    fill_elided_units(drafts, passage)
    bound_ranges(drafts, passage)
    for draft in drafts:
        read_qualifier(draft, passage)
    read_roles(drafts, passage)
    link(drafts, passage)
    _assert_every_digit(document, tokens)
    contacts = [draft.token for draft, reason in others if reason == "contact" and not shows_people]
    shown = masked(document.text, [(token.start, token.end) for token in contacts])
    return Reading(_figures(drafts, shown), tuple(_non_figure(*other, shown) for other in others), found)


def masked(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """A text as others may see it: without the digits of some stretches, each as long as before."""
    signs = list(text) if stretches else []
    for start, end in stretches:
        signs[start:end] = _DIGIT.sub("*", text[start:end])
    return "".join(signs) or text


def _non_figure(draft: Draft, reason: NonFigureClass, text: str) -> NonFigure:
    printed = text[draft.token.start : draft.token.end]
    return NonFigure(_locator(draft), _sentence(draft, text), printed, reason, draft.why if reason == "unread" else "")


def _is_unit_line(text: str, block: TextBlock) -> bool:
    """Whether a paragraph says nothing but the unit of a table: "Unit: 10,000 yuan" is no amount."""
    if block.end - block.start >= _LONGEST_UNIT_LINE:
        return False
    words = text[block.start : block.end].strip()
    announced = _UNIT_LINE.match(words) is not None or (words[:1] in "(（" and words[-1:] in ")）")
    return announced and unit_words(words) != ""


_LONGEST_UNIT_LINE = 60
_UNIT_LINE = regex(r"[\s(（]*(?:(?:计量)?单\s*位|units?\b|(?:amounts?|figures|values)?\s*in\b)", re.IGNORECASE)


def _read_bracket(draft: Draft, text: str, limit: int) -> None:
    """The unit in brackets right behind a number without one, or in those of the label before it: Roads (km): 45."""
    if draft.unit not in ("", "other") or draft.token.kind not in ("digits", "word") or draft.why:
        return
    found = _BRACKET_BEHIND.match(text, draft.end, limit)
    if found is None and text[max(draft.start - 2, 0) : draft.start].rstrip()[-1:] in (":", "："):
        found = _BRACKET_BEFORE.search(text, max(draft.start - 40, 0), draft.start)
    unit = strict_unit(found.group(1)) if found else None
    if found is None or unit is None or not (unit.unit or unit.scale != 1):
        return
    draft.unit, draft.scale = unit.unit or draft.unit, draft.scale * unit.scale
    draft.noun = draft.decided["unit"] = found.group(1)
    draft.end = max(draft.end, found.end())


_BRACKET_BEHIND = regex(r"\s?[(（]([^()（）\d]{1,24})[)）]")
_BRACKET_BEFORE = regex(r"[(（]([^()（）\d]{1,24})[)）]\s*[:：]\s*$")


def _read_on(draft: Draft, passage: Passage, tokens: list[Token], index: int) -> None:
    """Reads the unit behind the last piece of a number that was put together."""
    scale = draft.scale
    draft.token = draft.token._replace(scale=scale)
    read_quantity(draft, passage, min(draft.sentence[1], _next_number(passage, tokens, index)))


def _sentence_bounds(
    document: Document, starts: list[int], passage: Passage, token: Token, last: int
) -> tuple[int, int]:
    """The sentence of a number, without the heading that stands in its line; `last` blocks begin before the number."""
    start, end = span = passage.tree.sentences.span(token.start)
    if not last or starts[last - 1] <= start:
        return span
    for index in range(max(bisect_right(starts, start) - 1, 0), last):
        block = document.blocks[index]
        if block.kind == "heading" and start < block.end <= token.start:
            start = (
                block.end
                + len(passage.text[block.end : token.start])
                - len(passage.text[block.end : token.start].lstrip())
            )
    return start, end


def _next_number(passage: Passage, tokens: list[Token], index: int) -> int:
    """Where the words of a number end at the latest; one inside a name (38 "three guarantee" villages) is no limit."""
    for other in tokens[index + 1 : index + 4]:
        if other.kind != "word" or (named := passage.quotation(other.start, other.end)) is None:
            return other.start
        if named == passage.quotation(tokens[index].start, tokens[index].end):
            return other.start
    return len(passage.text)


def _surroundings(drafts: list[Draft]) -> None:
    """How far the words before and behind each figure reach: to its neighbours, or to the sentence's bounds."""
    for index, draft in enumerate(drafts):
        draft.before, draft.after = draft.sentence
        if index and drafts[index - 1].sentence == draft.sentence:
            draft.before = drafts[index - 1].end
        if index + 1 < len(drafts) and drafts[index + 1].sentence == draft.sentence:
            draft.after = drafts[index + 1].start


def _figures(drafts: list[Draft], text: str) -> tuple[Figure, ...]:
    ordinals = {id(draft): ordinal for ordinal, draft in enumerate(drafts, 1)}
    figures = []
    for draft in drafts:
        value = draft.token.value * draft.scale
        interval = bounds(draft.token.value, draft.scale, draft.qualifier, draft.unit, draft.token.spread)
        printed_end = _printed_end(draft)
        figures.append(
            Figure(
                figure_id=ordinals[id(draft)],
                locator=_locator(draft),
                sentence=_sentence(draft, text),
                text=_BLANKS.sub(" ", text[draft.token.start : printed_end]),
                value_stated=draft.token.value,
                scale=draft.scale,
                value=value,
                unit=printed_unit(draft.unit),
                qualifier="about" if draft.token.spread is not None and draft.qualifier == "exact" else draft.qualifier,
                low=interval.low,
                high=interval.high,
                open_low=interval.open_low,
                open_high=interval.open_high,
                role=draft.role,
                subject=_subject(draft, text),
                parent=ordinals[id(draft.parent)] if draft.parent is not None else None,
                link=draft.link,
                axis=draft.axis,
                exhaustive=draft.exhaustive,
                decided_by=tuple(draft.decided.items()),
            )
        )
    return tuple(figures)


def _printed_end(draft: Draft) -> int:
    """Money and shares are printed with their unit, counts with their scale only."""
    return (
        draft.end if draft.unit.startswith(("%", "pp")) or is_money(draft.unit) or draft.scale != 1 else draft.token.end
    )


def _subject(draft: Draft, text: str) -> str:
    """The noun phrase counted: its own noun, for money and ratios what follows "of", else the clause before."""
    amount = is_money(draft.unit) or draft.is_ratio
    if amount and (of := _OF.match(text, draft.end, draft.after)):
        return of.group(1).strip()
    if draft.noun and not amount:
        return draft.noun
    before = text[max(draft.before, draft.start - 120) : draft.start].strip(" ,;，；、")
    return _CLAUSES.split(before)[-1].strip()[-60:]


_BLANKS, _CLAUSES = regex(r"\s+"), regex("[,;:，；：。、]")
_OF = regex(r"\s+of ((?:[A-Za-z’'\-]+ ?){1,5})")


def _locator(draft: Draft) -> Locator:
    return Locator(draft.section, draft.token.start, draft.token.end, draft.sentence[0], draft.sentence[1])


def _sentence(draft: Draft, text: str) -> str:
    return text[draft.sentence[0] : draft.sentence[1]]


def _assert_every_digit(document: Document, tokens: list[Token]) -> None:
    """Counts digits by themselves, so that a gap in the scanner's patterns cannot hide a number."""
    ends = [0, *(token.end for token in tokens)]
    gaps = "".join([document.text[end : token.start] for end, token in zip(ends, tokens, strict=False)])
    missing = _DIGIT.findall(gaps + document.text[ends[-1] :])
    if missing:
        raise ReportError(document.report_id, f"{len(missing)} digits of the text are in no number")
