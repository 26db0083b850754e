"""Decides what each figure is about, from its own clause, its sentence, its parent and its section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.catalog.load import Measure, catalog
from pipelines.catalog.phrases import Found, Hit
from pipelines.catalog.regions import province_named, provinces_named
from pipelines.figures.clauses import clause_start
from pipelines.figures.columnspecs import tells_only_years
from pipelines.figures.figure import Figure, Reading
from pipelines.figures.passage import in_closed_brackets
from pipelines.meaning.cells import Cells
from pipelines.meaning.context import Context, cell_context, contexts
from pipelines.meaning.groups import group_of, groups_in
from pipelines.meaning.home import helps
from pipelines.meaning.items import with_items
from pipelines.meaning.labels import NOTHING
from pipelines.meaning.meaning import Decision, Meaning, ReportIdentity
from pipelines.meaning.places import places_in
from pipelines.meaning.plain import plain_document, plain_figures
from pipelines.meaning.vocabulary import CONTEXT, GENERAL, cues_of, heading_program
from pipelines.meaning.when import PeriodResolver
from pipelines.reading.document import Document

_PREPOSITION = re.compile(
    r"[^,;.，；。]{0,26}?\b(?:for|in|on|to|from|by|as|went|came|of)\b|(?:[万亿千百]*(?:多|余)?(?:元|美元))?(?:用于|投入|投向|支持|来自|安排)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?:[万亿千百]*|\s*(?:(?:hundred|thousand|million|billion)\s*)*)(?:多|余)?\s*(?:yuan|rmb|元|us dollars?|美元)?\s*"
    r"(?:more\s*)?[(（]?\s*(?:(?:was|were|is|are|came|coming)\s+)?(?:from|of|by|provincial|central|lent|in|as)\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"[(（]([^()（）]*(?:not counted|not includ|without|excluding|exclusive of|除外|不含|不包括)[^()（）]*)[)）]",
    re.IGNORECASE,
)
_NOT_APPLICABLE = Decision(text="does not apply")
_LIST = re.compile(
    r"(?:\s*(?:hundred|thousand|million|billion|ten thousand))*\s*(?:yuan|rmb|元|[万亿]+元)?"
    r"\s*(?:,|，|、|and|和|及)\s*(?:and\s+)?",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\btogether\b|\bin all\b|\baltogether\b|\btotal|合计|共计|总计", re.IGNORECASE)
_LEVELS = ("central", "provincial")
_RESPECTIVE = re.compile(r"\brespectively\b|分别", re.IGNORECASE)


def resolve(document: Document, identity: ReportIdentity, reading: Reading) -> tuple[Meaning, ...]:
    """One meaning per figure, in the figures' order.

    A statement about another figure (a change, a share) is about what that figure is about, where its own words say
    nothing else.
    """
    document = plain_document(document)
    reading = replace(reading, figures=plain_figures(reading.figures))
    figures = {figure.figure_id: figure for figure in reading.figures}
    meanings: dict[int, Meaning] = {}
    around = dict(zip(figures, contexts(document, reading), strict=True))
    periods = PeriodResolver(document, identity, reading)
    places = places_in(document.text, identity)
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
        program = told.decisions.get("program") or _program(figure, context, parent)
        meanings[figure.figure_id] = Meaning(
            figure_id=figure.figure_id,
            program=program,
            source=told.decisions.get("source")
            or _source(figure.unit, identity.region.code, context, about, program, meanings.get(figure.figure_id - 1))
            if about or (money and not _is_income(figure, context))
            else _NOT_APPLICABLE,
            stage=_stage(context, parent) if money else _NOT_APPLICABLE,
            measure=_measure(figure, program.code, context, about),
            beneficiary=_beneficiary(context),
            region=told.decisions.get("region") or _region(context, identity, places, about),
            period=periods.period(figure, context, about),
            scope=_scope(context) if money else "",
            group=about.group if about is not None else group_of(context, groups, places),
        )
        if context.is_cell:
            cells.known[key] = meanings[figure.figure_id]
            meanings[figure.figure_id] = cells.like(cells.known[key], figure)
    _sources_of_totals(figures, meanings)
    return with_items(reading.figures, [meanings[figure_id] for figure_id in figures])


def _sources_of_totals(figures: dict[int, Figure], meanings: dict[int, Meaning]) -> None:
    """A total with a part from another giver is not its giver's alone ("the province arranged …, of which central …").

    Statements about the total (its change, its growth) follow it.
    """
    parts: dict[int, set[str]] = {}
    for figure in figures.values():
        given = meanings[figure.figure_id].source
        if figure.link == "part_of" and figure.parent is not None and given.how == "named":
            parts.setdefault(figure.parent, set()).add(given.code)
    totals: dict[int, Decision] = {}
    for total, codes in parts.items():
        code = meanings[total].source.code
        if code not in _LEVELS or codes <= {code} or not codes <= {*_LEVELS, "city_county"}:
            continue
        words = f"parts: {', '.join(sorted(codes))}"
        both = {code, *codes} == set(_LEVELS)
        totals[total] = (
            Decision("central+provincial", "opened", words) if both else Decision(text=f"several are named: {words}")
        )
    for figure_id, figure in figures.items():
        meaning = meanings[figure_id]
        if figure_id in totals:
            meanings[figure_id] = meaning._replace(source=totals[figure_id])
        elif figure.parent in totals and figure.link != "part_of" and meaning.source.how == "inherited":
            of_total = totals[figure.parent]
            followed = of_total._replace(how="inherited") if of_total.code != "unknown" else Decision()
            meanings[figure_id] = meaning._replace(source=followed)


def _parents_first(figures: dict[int, Figure]) -> Iterator[Figure]:
    """Figures such that a parent comes before those that refer to it; a circle is cut where it is met."""
    done: set[int] = set()
    for start in figures.values():
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


def _nearest(found: Found[str], context: Context, stretch: tuple[int, int], *, behind: bool) -> Hit[str] | None:
    """The hit of a stretch nearest to the number; with `behind`, one behind it wins over one before it."""
    hits = found.within(*stretch)
    if not hits:
        return None
    if behind:
        following = [hit for hit in hits if hit.start >= context.start]
        if following:
            return following[0]
    return min(hits, key=lambda hit: context.start - hit.end if hit.end <= context.start else hit.start - context.end)


def _program(figure: Figure, context: Context, parent: Meaning | None) -> Decision:
    """The section's program where its heading names one, else that of the nearest words, parent or general heading."""
    for heading in (*([context.words(context.clause)] if context.is_cell else []), context.section):
        code = heading_program(heading)
        if code == "training" and (named := _named_in_section(context, "rain_plan")) is not None:
            return _decision(named, context, "opened")
        if code not in ("rain_plan", None) and (named := _rain_plan(context)) is not None:
            return _decision(named, context, "opened")
        if code is not None and code not in GENERAL:
            return Decision(code, "opened", heading)
    text = context.cues.text
    if parent is not None and figure.link != "part_of" and figure.role != "change":
        return Decision(parent.program.code, "inherited", parent.program.text)
    if figure.unit == "CNY/person" and _is_income(figure, context):
        return Decision("all", "named", "income per head")
    money = is_money(figure.unit)
    behind = _PREPOSITION.match(text, context.end, context.clause[1]) is not None
    for stretch, how in ((context.clause, "named"), (context.statement, "opened"), (context.sentence, "opened")):
        hits = [
            hit
            for hit in context.cues.programs.within(*stretch)
            if not (money and hit.payload == CONTEXT) and not _in_brackets(text, hit, context)
        ]
        special = [hit for hit in hits if hit.payload not in GENERAL]
        if stretch is not context.clause:  # what the sentence has said before goes on, what it says later does not
            hits = [hit for hit in hits if hit.end <= context.start]
            special = [hit for hit in special if hit.end <= context.start] or special[:1]
        general = [hit for hit in hits if hit.payload in GENERAL and hit.payload != CONTEXT]
        general = general or [hit for hit in hits if hit.payload == CONTEXT]
        hit = _nearest(Found(special or general), context, stretch, behind=behind and stretch is context.clause)
        if hit is not None:
            code = "other" if hit.payload == CONTEXT else hit.payload
            return Decision(code, how, context.words((hit.start, hit.end)))  # type: ignore[arg-type]
    if parent is not None and parent.program.code != "unknown":
        return Decision(parent.program.code, "inherited", parent.program.text)
    topic = _topic(context)
    if topic is not None:
        return Decision(topic.payload, "inherited", context.words((topic.start, topic.end)))
    code = heading_program(context.section)
    return Decision(code, "opened", context.section) if code else Decision("all", "assumed", "")


_PARAGRAPH = 400  # code points before a sentence in which its topic is looked for


def _topic(context: Context) -> Hit[str] | None:
    """The program that the paragraph has last spoken of before the sentence."""
    if context.is_cell:
        return None
    start = max(context.cues.text.rfind("\n", 0, context.sentence[0]) + 1, context.sentence[0] - _PARAGRAPH)
    hits = [hit for hit in context.cues.programs.within(start, context.sentence[0]) if hit.payload != CONTEXT]
    return hits[-1] if hits else None


def _named_in_section(context: Context, code: str) -> Hit[str] | None:
    """Where the paragraph of a figure names a program, before the figure or in its sentence."""
    start = context.cues.text.rfind("\n", 0, context.sentence[0]) + 1
    hits = [hit for hit in context.cues.programs.within(start, context.sentence[1]) if hit.payload == code]
    return hits[-1] if hits else None


def _rain_plan(context: Context) -> Hit[str] | None:
    """Where the clause names the Rain Plan: it is called by its name, whatever the section is about."""
    if context.is_cell:
        return None
    hits = [hit for hit in context.cues.programs.within(*context.clause) if hit.payload == "rain_plan"]
    return hits[0] if hits else None


def _is_income(figure: Figure, context: Context) -> bool:
    """Whether an amount per head is an income or a line and no subsidy of a program."""
    return (
        figure.unit in ("CNY/person", "CNY/household")
        and figure.role in ("per_unit", "per_unit_prev", "change")
        and _SUBSIDY.search(context.cues.text, context.statement[0], context.clause[1]) is None
    )


_SUBSIDY = re.compile(r"subsid|grant|allowance|aid|cost|fee|invest|补助|补贴|费|投入|投资|标准补|建房", re.IGNORECASE)


def _in_brackets(text: str, hit: Hit[str], context: Context) -> bool:
    """Whether a phrase stands in brackets that were closed before the number."""
    return hit.end <= context.start and in_closed_brackets(text, hit.end, context.start)


def _source(
    unit: str, home: str, context: Context, about: Meaning | None, program: Decision, earlier: Meaning | None
) -> Decision:
    if about is not None:
        return (
            Decision(about.source.code, "inherited", about.source.text) if about.source.code != "unknown" else Decision()
        )
    sources = context.cues.sources
    ordered = _respective(context)
    if ordered is not None:
        return _decision(ordered, context, "named")
    if _TOGETHER.search(context.cues.text, context.before, context.start):
        givers = {hit.payload for hit in sources.within(context.sentence[0], context.start)}
        if givers == {"central", "provincial"}:
            return Decision("central+provincial", "opened", "together")
    stretch = (max(context.clause[0], context.before), min(context.clause[1], context.after))
    behind = _GIVEN.match(context.cues.text, context.end, context.clause[1]) is not None
    hit = _nearest(sources, context, stretch, behind=behind)
    if hit is None:
        # the giver may stand in the clause before: "the centre, for instance, gave 5 million"
        start = max(context.before, context.statement[0])
        before = [
            hit for hit in sources.within(start, context.start) if not _in_brackets(context.cues.text, hit, context)
        ]
        hit = before[-1] if before else sources.first(context.end, min(context.after, context.statement[1]))
    listed = _LIST.fullmatch(context.cues.text, context.before, context.start)
    if hit is None and listed and earlier is not None and earlier.source.code != "unknown":
        return Decision(earlier.source.code, "inherited", earlier.source.text)
    if hit is not None:
        return _decision(hit, context, "named") if hit.payload != "unknown" else Decision()
    helper = province_named(context.cues.text[max(context.before, context.statement[0]) : context.start])
    if helper is not None and helper.code[:2] != home[:2] and home != "unknown":
        return Decision("social", "named", helper.name_en)  # what another province gives is help from society
    if program.code == "lottery_welfare":
        return Decision("lottery", "opened", program.text)
    if program.code == "social" and program.how == "opened":
        return Decision("social", "opened", program.text)
    heading = cues_of(context.section).sources.first(0, len(context.section))
    if heading is not None and heading.payload in ("foreign", "lottery", "loans"):
        return _decision_of(heading, context.section)
    return Decision()


def _decision_of(hit: Hit[str], words: str) -> Decision:
    return Decision(hit.payload, "opened", words[hit.start : hit.end])


def _respective(context: Context) -> Hit[str] | None:
    """Of "the centre and the province gave 5 and 6 million respectively", the n-th giver gave the n-th amount."""
    text, (start, end) = context.cues.text, context.statement
    if context.is_cell or _RESPECTIVE.search(text, start, end) is None:
        return None
    numbers = list(re.finditer(r"\d[\d,]*(?:\.\d+)?(?!\d)", text[start:end]))
    numbers = [match for match in numbers if not re.fullmatch(r"(?:19|20)\d\d", match.group())]
    first = next((match.start() + start for match in numbers), end)
    givers = [hit for hit in context.cues.sources.within(start, first) if hit.payload != "unknown"]
    places = [match.start() + start for match in numbers]
    if len(givers) < 2 or len(givers) != len(places) or context.start not in places:
        return None
    return givers[places.index(context.start)]


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
        return Decision(parent.stage.code, "inherited", parent.stage.text)
    hit = stages.last(context.sentence[0], context.start) or stages.last(context.end, context.sentence[1])
    if hit is not None:
        return _decision(hit, context, "opened")
    if context.is_cell:
        heading = cues_of(context.section).stages
        found = heading.last(0, len(context.section))
        return _decision_of(found, context.section) if found is not None else Decision()
    return Decision()


@lru_cache(maxsize=512)
def _fitting(unit: str, program: str) -> tuple[Measure, ...]:
    return tuple(
        measure
        for measure in catalog().measures.values()
        if unit in (measure.units or (measure.unit,)) and (not measure.programs or program in measure.programs)
    )


_OF_AMOUNT = re.compile(r"(?:\s*(?:hundred|thousand|million|billion|trillion))?\s*(?:yuan|rmb)?\s+of\s", re.IGNORECASE)


def _measure(figure: Figure, program: str, context: Context, about: Meaning | None) -> Decision:
    if about is not None and about.measure.code != "unknown":
        return Decision(about.measure.code, "inherited", about.measure.text)
    fitting = _fitting(figure.unit, program)
    if not fitting:
        return Decision()
    wide = (max(context.before, context.statement[0]), context.clause[1])
    own = (context.end, context.clause[1])
    special = any(measure.words for measure in fitting)
    # "200 million yuan of loans": what stands behind "of" is the amount's own
    stretches = (own, wide) if figure.unit == "CNY" and _OF_AMOUNT.match(context.words(own)) else (wide,)
    for stretch in stretches if special else ():
        named = context.cues.measured(*stretch)
        for measure in fitting:
            if measure.code in named:
                return Decision(measure.code, "named", context.words(stretch).strip()[-60:])
    if special and context.is_cell and tells_only_years(figure.locator.column_path or ""):
        named = cues_of(context.section).measured(0, len(context.section))
        for measure in fitting:
            if measure.code in named:
                return Decision(measure.code, "opened", context.section[-60:])
    plain = next((measure for measure in fitting if not measure.words), None)
    return Decision(plain.code, "assumed", figure.unit) if plain else Decision()


def _beneficiary(context: Context) -> Decision:
    hit = context.cues.beneficiaries.first(max(context.before, context.statement[0]), context.clause[1])
    return _decision(hit, context, "named") if hit is not None else Decision()


def _region(context: Context, identity: ReportIdentity, places: Found[str], about: Meaning | None) -> Decision:
    """The one county or prefecture that a figure's clause names, else the report's region; never a guess of several."""
    if context.is_cell:
        named = {}
        for headers in context.cues.text.split(" | "):
            for start, end, province in provinces_named(headers):
                if not helps(headers, start, end):
                    return Decision(province.code, "named", province.name_en)
            named = {hit.payload: headers[hit.start : hit.end] for hit in places_in(headers, identity).hits}
            if named:
                break
    else:
        if about is not None:
            return about.region
        # a list of places goes on over commas of its own (、), but they are several then
        stretch = (clause_start(context.cues.text, context.sentence[0], context.start, ",;，；。:："), context.end)
        hits = [
            hit
            for hit in places.within(*stretch)
            if not (_in_brackets(context.cues.text, hit, context) or helps(context.cues.text, hit.start, hit.end))
        ]
        named = {hit.payload: context.words((hit.start, hit.end)) for hit in hits}
    if len(named) == 1:
        [(code, words)] = named.items()
        if code:
            return Decision(code, "named", words)
        return Decision(text=f"several are named: {words}")
    return identity.region


def _scope(context: Context) -> str:
    found = _SCOPE.search(context.cues.text, context.sentence[0], context.start)
    return found.group(1).strip() if found else ""
