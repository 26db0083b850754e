"""Decides what each figure is about, from its own clause, its sentence, its parent and its section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.catalog.load import Measure, catalog
from pipelines.catalog.phrases import Hit
from pipelines.figures.figure import Figure, Reading
from pipelines.figures.tables.specs import tells_only_years
from pipelines.meaning.cells import Cells
from pipelines.meaning.context import Context, cell_context, contexts
from pipelines.meaning.givers import giver_of, of_totals
from pipelines.meaning.groups import group_of, groups_in
from pipelines.meaning.items import with_items
from pipelines.meaning.labels import NOTHING, period_called
from pipelines.meaning.meaning import Decision, Meaning, ReportIdentity, passed_on
from pipelines.meaning.periods import years_told
from pipelines.meaning.plain import plain_document, plain_figures
from pipelines.meaning.programs import is_income, program_of, program_of_cell
from pipelines.meaning.regions import Regions, region_of_cell
from pipelines.meaning.vocabulary import GENERAL, Cues, cues_of
from pipelines.meaning.when import PeriodResolver
from pipelines.reading.document import Document

_SCOPE = re.compile(
    r"[(（]([^()（）]*(?:not counted|not includ|without|excluding|exclusive of|除外|不含|不包括)[^()（）]*)[)）]",
    re.IGNORECASE,
)
_NOT_APPLICABLE = Decision(text="does not apply")


def resolve(document: Document, identity: ReportIdentity, reading: Reading) -> tuple[Meaning, ...]:
    """One meaning per figure, in the figures' order.

    A statement about another figure (a change, a share) is about what that figure is about, where its own words say
    nothing else.
    """
    document = plain_document(document)
    reading = replace(reading, figures=plain_figures(reading.figures))
    figures = {figure.figure_id: figure for figure in reading.figures}
    meanings: dict[int, Meaning] = {}
    cues = Cues(document.text)
    around = dict(zip(figures, contexts(document, reading, cues), strict=True))
    periods = PeriodResolver(document, identity, reading)
    regions = Regions(cues, identity)
    groups = groups_in(document.text)
    cells = Cells(identity)
    for figure in _parents_first(figures):
        parent = meanings.get(figure.parent) if figure.parent is not None else None
        context = around[figure.figure_id]
        told = NOTHING
        if context is None:
            key = cells.key(figure, parent)
            known = cells.known.get(key)
            if known is not None:
                meanings[figure.figure_id] = cells.like(known, figure)
                continue
            context, told = cell_context(*key[:3]), cells.told(figure)
        money = is_money(figure.unit)
        speaks_about = parent is not None and figure.link not in ("part_of", None)
        about = parent if speaks_about else None
        earlier = meanings.get(figure.figure_id - 1)
        program = told.decisions.get("program") or (
            program_of_cell(figure, context, parent)
            if context.is_cell
            else program_of(figure, context, parent, earlier)
        )
        source = _NOT_APPLICABLE
        if about or (money and not is_income(figure, context)):
            source = told.decisions.get("source") or giver_of(
                figure, context, identity.region.code, program, about if context.is_cell else parent, earlier
            )
        if source.code == "social" and program.code in GENERAL and source.how != "opened":
            program = Decision("social", source.how, source.text)  # what society gives is its program
        meanings[figure.figure_id] = Meaning(
            figure_id=figure.figure_id,
            program=program,
            source=source,
            stage=_stage(context, parent) if money else _NOT_APPLICABLE,
            measure=_measure(figure, program.code, context, about),
            beneficiary=_beneficiary(context),
            region=told.decisions.get("region")
            or (region_of_cell(context, identity) if context.is_cell else regions.region(context, about)),
            period=_of_header(figure)
            or (None if years_told(figure.locator.column_path or "") else told.decisions.get("period"))
            or periods.period(figure, context, about),
            scope=_scope(context) if money else "",
            group=about.group if about is not None else group_of(context, groups, regions.places),
        )
        if context.is_cell:
            cells.known[key] = meanings[figure.figure_id]
            meanings[figure.figure_id] = cells.like(cells.known[key], figure)
    of_totals(figures, meanings)
    return with_items(reading.figures, [meanings[figure_id] for figure_id in figures])


def _of_header(figure: Figure) -> Decision | None:
    """The financial year that is a header of a cell's column."""
    for header in (figure.locator.column_path or "").split(" > "):
        if (code := period_called(header)) is not None:
            return Decision(code, "named", header)
    return None


def _parents_first(figures: dict[int, Figure]) -> Iterator[Figure]:
    """Figures such that a parent comes before those that refer to it; a circle is cut where it is met."""
    done: set[int] = set()
    for start in figures.values():
        if start.parent is None or start.parent in done:
            if start.figure_id not in done:
                done.add(start.figure_id)
                yield start
            continue
        chain, ids = [start], {start.figure_id}
        while (parent := chain[-1].parent) is not None and parent not in done and parent not in ids:
            chain.append(figures[parent])
            ids.add(parent)
        for figure in reversed(chain):
            if figure.figure_id not in done:
                done.add(figure.figure_id)
                yield figure


def _decision(hit: Hit[str], context: Context, how: str) -> Decision:
    return Decision(hit.payload, how, context.words((hit.start, hit.end)))  # type: ignore[arg-type]


def _stage(context: Context, parent: Meaning | None) -> Decision:
    stages = context.cues.stages
    own = (
        stages.last(max(context.before, context.clause[0]), context.start)
        or stages.last(context.end, min(context.clause[1], context.after))
        or stages.last(max(context.before, context.statement[0]), context.start)
    )
    if own is not None:
        return _decision(own, context, "named")
    if parent is not None and parent.stage.code != "unknown":
        return passed_on(parent.stage)
    hit = stages.last(context.sentence[0], context.start) or stages.last(context.end, context.sentence[1])
    if hit is not None:
        return _decision(hit, context, "opened")
    if context.is_cell:
        heading = cues_of(context.section).stages
        found = heading.last(0, len(context.section))
        if found is not None:
            return Decision(found.payload, "opened", f"heading: {context.section[found.start : found.end]}")
    return Decision()


@lru_cache(maxsize=512)
def _fitting(unit: str, program: str) -> tuple[list[Measure], Measure | None]:
    """The measures that a unit and a program fit: those that words tell, and the first that needs none."""
    found = [
        measure
        for measure in catalog().measures.values()
        if unit in (measure.units or (measure.unit,)) and (not measure.programs or program in measure.programs)
    ]
    return [one for one in found if one.words], next((one for one in found if not one.words), None)


def assumed_measure(unit: str, program: str) -> Decision:
    """The measure that a unit and a program have by habit, without a word that names it."""
    plain = _fitting(unit, program)[1]
    return Decision(plain.code, "assumed", unit) if plain else Decision()


_OF_AMOUNT = re.compile(r"(?:\s*(?:hundred|thousand|million|billion|trillion))?\s*(?:yuan|rmb)?\s+of\s", re.IGNORECASE)


def _measure(figure: Figure, program: str, context: Context, about: Meaning | None) -> Decision:
    if about is not None and about.measure.code != "unknown":
        return passed_on(about.measure)
    fitting = _fitting(figure.unit, program)[0]
    wide = (max(context.before, context.statement[0]), context.clause[1])
    own = (context.end, context.clause[1])
    # "200 million yuan of loans": what stands behind "of" is the amount's own
    stretches = (own, wide) if figure.unit == "CNY" and _OF_AMOUNT.match(context.words(own)) else (wide,)
    for stretch in stretches if fitting else ():
        named = context.cues.measured(*stretch)
        for measure in fitting:
            if measure.code in named:
                return Decision(measure.code, "named", context.words(stretch).strip()[-60:])
    if fitting and context.is_cell and tells_only_years(figure.locator.column_path or ""):
        named = cues_of(context.section).measured(0, len(context.section))
        for measure in fitting:
            if measure.code in named:
                return Decision(measure.code, "opened", context.section[-60:])
    return assumed_measure(figure.unit, program)


def _beneficiary(context: Context) -> Decision:
    hit = context.cues.beneficiaries.first(max(context.before, context.statement[0]), context.clause[1])
    return _decision(hit, context, "named") if hit is not None else Decision()


def _scope(context: Context) -> str:
    found = _SCOPE.search(context.cues.text, context.sentence[0], context.start)
    return found.group(1).strip() if found else ""
