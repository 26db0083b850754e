"""Decides what each figure is about, from its own clause, its sentence, its parent and its section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelines.catalog.load import Entry, Measure, Program, catalog
from pipelines.catalog.regions import province_named
from pipelines.figures.figure import Figure, Reading
from pipelines.meaning.context import Context, contexts
from pipelines.meaning.meaning import Decision, How, Meaning, ReportIdentity
from pipelines.meaning.periods import period_in, plan_period_in
from pipelines.reading.document import Document

_GENERAL = ("all", "other", "unknown")
_STATES_ITS_SOURCE_AFTER = re.compile(r"\s*(was |were |is )?(from|of|provincial|central|lent)\b", re.IGNORECASE)
_SCOPE = re.compile(r"[(（]([^()（）]*(?:not counted|not including|excluding|除外)[^()（）]*)[)）]", re.IGNORECASE)


def resolve(document: Document, identity: ReportIdentity, reading: Reading) -> tuple[Meaning, ...]:
    """One meaning per figure, in the figures' order.

    A statement about another figure (a change, a share) is about what that figure is about, where its own words say
    nothing else.
    """
    figures = {figure.figure_id: figure for figure in reading.figures}
    meanings: dict[int, Meaning] = {}
    around = dict(zip(figures, contexts(document, reading), strict=True))
    for figure in _parents_first(figures):
        parent = meanings.get(figure.parent) if figure.parent is not None else None
        context = around[figure.figure_id]
        money = figure.unit.startswith("CNY")
        speaks_about = parent is not None and figure.link not in ("part_of", None)
        program = _program(context, parent)
        measure = parent.measure if speaks_about and parent is not None else Decision()
        if measure.code == "unknown":
            measure = _measure(figure, program.code, context)
        elif speaks_about:
            measure = Decision(measure.code, "parent", measure.text)
        meanings[figure.figure_id] = Meaning(
            figure_id=figure.figure_id,
            program=program,
            source=_source(figure, context, parent, program) if money or speaks_about else Decision(),
            stage=_stage(context, parent) if money else Decision(),
            measure=measure,
            beneficiary=_first(catalog().beneficiaries.values(), ((context.clause, "phrase"),)),
            region=_region(figure, identity),
            period=_period(figure, context, identity, parent if speaks_about else None),
            scope=_scope(context) if money else "",
        )
    return tuple(meanings[figure_id] for figure_id in figures)


def _parents_first(figures: dict[int, Figure]) -> Iterator[Figure]:
    """Figures such that a parent comes before those that refer to it; a circle is cut where it is met."""
    done: set[int] = set()
    for start in figures.values():
        chain = [start]
        while (parent := chain[-1].parent) is not None and parent not in done:
            if any(parent == figure.figure_id for figure in chain):
                break
            chain.append(figures[parent])
        for figure in reversed(chain):
            if figure.figure_id not in done:
                done.add(figure.figure_id)
                yield figure


def _first(entries: Iterable[Entry], places: Iterable[tuple[str, How]]) -> Decision:
    for text, how in places:
        for entry in entries:
            for word in entry.words:
                if found := re.search(word, text, re.IGNORECASE):
                    return Decision(entry.code, how, found.group().strip())
    return Decision()


def _last(entries: Iterable[Entry], text: str) -> tuple[int, Entry, str] | None:
    """The entry whose words stand nearest to the end of a text."""
    found = [
        (match.end(), entry, match.group())
        for entry in entries
        for word in entry.words
        for match in re.finditer(word, text, re.IGNORECASE)
    ]
    return max(found, key=lambda hit: hit[0]) if found else None


def _program(context: Context, parent: Meaning | None) -> Decision:
    programs = catalog().programs.values()
    for heading_text in (*context.labels, context.section):
        heading = _heading_program(programs, heading_text)
        if heading.code not in _GENERAL:
            return heading
    for text, how in ((context.clause, "phrase"), (context.sentence_before, "sentence")):
        hit = _last(programs, text)
        if hit is not None:
            return Decision(hit[1].code, how, hit[2].strip())  # type: ignore[arg-type]
    if parent is not None and parent.program.code not in _GENERAL:
        return Decision(parent.program.code, "parent", parent.program.text)
    return heading if heading.code != "unknown" else Decision("all", "default", "")


def _heading_program(programs: Iterable[Program], section: str) -> Decision:
    for program in programs:
        for word in program.headings:
            if program.code != "all" and (found := re.search(word, section, re.IGNORECASE)):
                return Decision(program.code, "heading", found.group())
    return Decision("all", "heading", section) if section else Decision()


def _source(figure: Figure, context: Context, parent: Meaning | None, program: Decision) -> Decision:
    sources = catalog().sources.values()
    places: list[tuple[str, How]] = [(f"{context.before}{figure.text}", "phrase"), (context.after, "phrase")]
    if _STATES_ITS_SOURCE_AFTER.match(context.after.removeprefix(_unit_words(figure, context))):
        places.reverse()
    own = _first(sources, places)
    if figure.link not in ("part_of", None) and parent is not None:
        return (
            Decision(parent.source.code, "parent", parent.source.text)
            if parent.source.code != "unknown"
            else Decision()
        )
    if own.code != "unknown":
        return own
    if program.code in ("lottery_welfare",):
        return Decision("lottery", "heading", program.text)
    return Decision()


def _unit_words(figure: Figure, context: Context) -> str:
    """The scale and unit words that stand between the number and what it says."""
    match = re.match(r"\s*(?:hundred|thousand|million|billion|trillion)?\s*(?:yuan|rmb)?", context.after, re.IGNORECASE)
    return match.group() if match else ""


def _stage(context: Context, parent: Meaning | None) -> Decision:
    stages = catalog().stages.values()
    for text in (context.before, context.after):
        hit = _last(stages, text)
        if hit is not None:
            return Decision(hit[1].code, "phrase", hit[2].strip())
    if parent is not None and parent.stage.code != "unknown":
        return Decision(parent.stage.code, "parent", parent.stage.text)
    for text, how in ((context.sentence_before, "sentence"), (context.sentence_after, "sentence")):
        hit = _last(stages, text)
        if hit is not None:
            return Decision(hit[1].code, how, hit[2].strip())  # type: ignore[arg-type]
    hit = _last(stages, context.section) if context.labels else None
    return Decision(hit[1].code, "heading", hit[2].strip()) if hit else Decision()


def _measure(figure: Figure, program: str, context: Context) -> Decision:
    fitting = [measure for measure in catalog().measures.values() if _fits(measure, figure.unit, program)]
    by_words = _first(fitting, ((context.clause, "phrase"),))
    if by_words.code != "unknown":
        return by_words
    plain = next((measure for measure in fitting if not measure.words), None)
    return Decision(plain.code, "default", figure.unit) if plain else Decision()


def _fits(measure: Measure, unit: str, program: str) -> bool:
    return unit in (measure.units or (measure.unit,)) and (not measure.programs or program in measure.programs)


def _region(figure: Figure, identity: ReportIdentity) -> Decision:
    if figure.locator.row_path:
        province = province_named(figure.locator.row_path)
        if province is not None:
            return Decision(province.code, "phrase", province.name_en)
    return identity.region


def _period(figure: Figure, context: Context, identity: ReportIdentity, parent: Meaning | None) -> Decision:
    if figure.role == "per_unit_prev":
        return Decision(text=context.before[-40:].strip())
    if figure.locator.row_path is not None or figure.locator.column_path is not None:
        for text, how in ((context.clause, "phrase"), (context.section, "heading")):
            printed = set(re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text))
            if len(printed) == 1:
                year = printed.pop()
                return Decision(f"Y{year}", how, year)  # type: ignore[arg-type]
    plan = plan_period_in(context.sentence_before + context.sentence_after) if figure.unit == "village" else None
    if plan is not None and period_in(context.before) is None:
        return Decision(plan[0], "sentence", plan[1])
    named = period_in(context.sentence_before)
    if named is not None:
        return Decision(named[0], "sentence", named[1])
    if parent is not None and parent.period.code != "unknown":
        return Decision(parent.period.code, "parent", parent.period.text)
    return identity.period


def _scope(context: Context) -> str:
    found = _SCOPE.search(context.sentence_before)
    return found.group(1).strip() if found else ""
