"""Decides what each figure is about, from its own clause, its sentence, its parent and its section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.catalog.headers import says
from pipelines.catalog.load import Measure, catalog
from pipelines.catalog.phrases import Hit
from pipelines.collector import collector_paused
from pipelines.columns import Records, joined, parts_of
from pipelines.figures.figure import Figure, Reading
from pipelines.figures.tables.headers import tells_only_years
from pipelines.meaning.cells import Cells, parents_first
from pipelines.meaning.context import Context, contexts
from pipelines.meaning.giver_totals import of_totals
from pipelines.meaning.givers import giver_of
from pipelines.meaning.groups import group_of, groups_in
from pipelines.meaning.items import with_items
from pipelines.meaning.labels import NOTHING, Told, period_called
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning, ReportIdentity, passed_on
from pipelines.meaning.period_codes import years
from pipelines.meaning.periods import years_told
from pipelines.meaning.plain import plain_document, plain_figures
from pipelines.meaning.programs import is_income, program_of, program_of_cell
from pipelines.meaning.regions import Regions, region_of_cell
from pipelines.meaning.times import time_of_cell
from pipelines.meaning.vocabulary import GENERAL, Cues, cues_of
from pipelines.meaning.when import PeriodResolver
from pipelines.patterns import regex
from pipelines.reading.document import Document

_SCOPE = regex(
    r"[(（]([^()（）]*(?:not counted|not includ|without|excluding|exclusive of|除外|不含|不包括)[^()（）]*)[)）]",
    re.IGNORECASE,
)
_NOT_APPLICABLE = Decision(text="does not apply")


@collector_paused()
def resolve(document: Document, identity: ReportIdentity, reading: Reading) -> Sequence[Meaning]:
    """One meaning per figure, in the figures' order.

    A statement about another figure (a change, a share) is about what that figure is about, where its own words say
    nothing else.
    """
    document = plain_document(document)
    reading = replace(reading, figures=plain_figures(reading.figures))
    rules = _Rules(document, identity, reading)
    cells = Cells(identity)
    found: list[Sequence[Meaning]] = []
    tables: list[tuple[Records[Figure], Records[Meaning]]] = []
    for part in parts_of(reading.figures):
        if isinstance(part, Records):
            tables.append((part, cells.meanings(part, rules.decide)))
        elif len(part):
            found.append(_of_text(part, document, rules))
    return joined([*found, *with_items(tables)])


def _of_text(figures: Sequence[Figure], document: Document, rules: _Rules) -> tuple[Meaning, ...]:
    """The meanings of the numbers of running text."""
    by_id = {figure.figure_id: figure for figure in figures}
    around = dict(zip(by_id, contexts(document, figures, rules.cues), strict=True))
    meanings: dict[int, Meaning] = {}
    parents = [figure.parent for figure in figures]
    for place in parents_first(parents, figures[0].figure_id):
        figure = figures[place]
        parent = meanings.get(figure.parent) if figure.parent is not None else None
        earlier = meanings.get(figure.figure_id - 1)
        meanings[figure.figure_id] = rules.decide(figure, around[figure.figure_id], NOTHING, parent, earlier)
    ordered = [meanings[figure_id] for figure_id in by_id]
    givers = of_totals(figures, ordered, by_id)
    return tuple(
        meaning._replace(source=givers[meaning.figure_id]) if meaning.figure_id in givers else meaning
        for meaning in ordered
    )


class _Rules:
    """How each attribute of a figure of one report is decided."""

    def __init__(self, document: Document, identity: ReportIdentity, reading: Reading) -> None:
        self.cues = Cues(document.text)
        self._identity = identity
        self._periods = PeriodResolver(document, identity, reading)
        self._regions = Regions(self.cues, identity)
        self._groups = groups_in(document.text)

    def decide(
        self, figure: Figure, context: Context, told: Told, parent: Meaning | None, earlier: Meaning | None = None
    ) -> Meaning:
        """What a figure is about.

        Args:
            figure: the figure.
            context: where it stands.
            told: what the labels of its row tell.
            parent: what it is part of or speaks about.
            earlier: meaning of the number before it in the text.
        """
        identity = self._identity
        money = is_money(figure.unit)
        speaks_about = parent is not None and figure.link not in ("part_of", None)
        about = parent if speaks_about else None
        program = told.decisions.get("program") or (
            program_of_cell(figure, context, parent)
            if context.is_cell
            else program_of(figure, context, parent, earlier)
        )
        source = _NOT_APPLICABLE
        of_money = about is not None and about.source != _NOT_APPLICABLE
        if of_money or (money and not is_income(figure, context)):
            named = told.decisions.get("source")
            if named is not None and named.code == UNKNOWN and parent is not None and parent.source.code != UNKNOWN:
                named = passed_on(parent.source) if figure.link == "part_of" else named
            source = named or giver_of(
                figure, context, identity.region.code, program, about if context.is_cell else parent, earlier
            )
        if source.code == "social" and program.code in GENERAL and source.how != "opened":
            program = Decision("social", source.how, source.text)  # what society gives is its program
        measure = _measure(figure, program.code, context, about)
        counted = catalog().measures.get(measure.code)
        is_paid = money and (counted is None or counted.is_paid)
        return Meaning(
            figure_id=figure.figure_id,
            program=program,
            source=source,
            stage=_stage(figure, context, parent) if is_paid else _NOT_APPLICABLE,
            measure=measure,
            beneficiary=_beneficiary(context),
            region=told.decisions.get("region")
            or (region_of_cell(context, identity) if context.is_cell else self._regions.region(context, about)),
            period=(self._of_headers(figure.locator.column_path or "", context, told) if context.is_cell else None)
            or (_NO_YEAR if _is_land(figure, context, program) else self._periods.period(figure, context, about)),
            scope=_scope(context) if money else "",
            group=about.group if about is not None else group_of(context, self._groups, self._regions.places),
        )

    def _of_headers(self, column_path: str, context: Context, told: Told) -> Decision | None:
        """The financial year, day or part of a year that headers of a cell name; else what its row's labels tell.

        What the labels tell holds where the column names no year.
        """
        for header in column_path.split(" > "):
            if (code := period_called(header)) is not None:
                return Decision(code, "named", header)
        of_row = told.decisions.get("period")
        row = context.cues.text.removesuffix(f" | {column_path}")
        rest = " > ".join(label for label in row.split(" > ") if of_row is None or label != of_row.text)
        code = time_of_cell(
            column_path, rest, context.section, _single_year(of_row), _single_year(self._identity.period)
        )
        if code is not None:
            return Decision(code, "named", f"{row} | {column_path}")
        return None if years_told(column_path if of_row is None else _ASIDE.sub(_year_alone, column_path)) else of_row


# with others in them: beside a row that tells its own year such a year is that of prices, or of who says so
_ASIDE = regex(r"[(（]((?:[^()（）]|[(（][^()（）]*[)）])*)[)）]")


def _year_alone(aside: re.Match[str]) -> str:
    """What brackets of a header hold if that is nothing but a year."""
    return aside.group() if tells_only_years(aside.group(1)) else " "


def _single_year(period: Decision | None) -> int | None:
    """The year of a period of one."""
    span = years(period.code) if period is not None else None
    return span[1] if span is not None and span[0] == span[1] else None


_NO_YEAR = Decision(text="land lies there in every year, and none is told")
_LAND = frozenset({"mu", "hectare", "km2", "sqkm"})


def _is_land(figure: Figure, context: Context, program: Decision) -> bool:
    """Whether a sentence that names no year tells how large a place is: 全州耕地面积218万亩."""
    text = context.words(context.sentence)
    return (
        not context.is_cell
        and figure.unit in _LAND
        and figure.role == "level"
        and (program.code, program.how) == ("other", "assumed")
        and ("面积" in text or "area" in text)
        and not years_told(text)
    )


def _decision(hit: Hit[str], context: Context, how: str) -> Decision:
    return Decision(hit.payload, how, context.words((hit.start, hit.end)))  # type: ignore[arg-type]


# what has not been spent is no spending, nor is what ought to be paid
_DENIED = regex(
    r"(?:(?:[未没不待应]|没有|无法)(?:被|能|及时|按时|实际|得到|分解|全部|足额)?"
    r"|\b(?:not|never|without|yet to|cannot|failed to)\s+(?:(?:yet|been|be|fully|being|all|have)\s+)*)$",
    re.IGNORECASE,
)


# "expenditure was 16 million against an approved budget of 20 million"
_HELD_AGAINST = regex(
    r"\b(?:against|compared (?:with|to)|than|out of|short of|relative to)\b[^,;\d]*$|[比较][^，。；\d]*$",
    re.IGNORECASE,
)
_LONGEST_STAGE = 8  # code points of a word of irregular use


def _has_own_stage(figure: Figure) -> bool:
    """Whether the header of a cell is about another state of money than the heading of its table may be.

    Plans and allocations in a table of expenditure are not spent.
    """
    header = (figure.locator.column_path or "").rsplit(" > ", 1)[-1]
    return figure.role == "target" or says("state", header) or says("remainder", header)


def _is_ruled_out(own: Hit[str], figure: Figure, context: Context, own_stage: bool) -> bool:
    """Whether a header is about another state of money than a word beside its cell.

    Labels of rows name what money is for (Capital expenditure), plans are not executed (概算总投资), and how much of a
    budget is done is no budget (预算执行数).
    """
    if not context.is_cell:
        return False
    if own_stage and own.end <= context.cues.text.rfind(" | "):
        return True
    phase = catalog().stages[own.payload].fiscal_phase
    if figure.role == "target":
        return phase == "executed"
    return phase == "approved" and says("done", figure.locator.column_path or "")


def _stage(figure: Figure, context: Context, parent: Meaning | None) -> Decision:
    own_stage = _has_own_stage(figure)
    stages = context.cues.stages
    told = stages.first(*context.sentence) is not None
    own = told and (
        stages.last(context.own_before[0], context.start)
        or stages.last(*context.own_behind)
        or stages.last(max(context.before, context.statement[0]), context.start)
    )
    irregular = stages.last(max(own.start - _LONGEST_STAGE, 0), own.start) if own else None
    if own and irregular and irregular.payload == "unknown" and irregular.end == own.start:
        own = irregular  # 违规使用 is no spending
    if own and _is_ruled_out(own, figure, context, own_stage):
        return Decision(text="its header names another state than that word")
    if own and (own.payload == "unknown" or _DENIED.search(context.cues.text, max(own.start - 20, 0), own.start)):
        return Decision(text=f"not so: {context.words((own.start, own.end))}")
    if own:
        return _decision(own, context, "named")
    if _HELD_AGAINST.search(context.cues.text, max(context.before, context.statement[0]), context.start):
        return Decision(text="what another number is held against")
    if context.is_cell and own_stage:
        return Decision(text="its header names another state than its table")
    if parent is not None and parent.stage.code != "unknown":
        return passed_on(parent.stage)
    hit = told and stages.last(context.sentence[0], context.start)
    if hit:
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


_OF_AMOUNT = regex(r"(?:\s*(?:hundred|thousand|million|billion|trillion))?\s*(?:yuan|rmb)?\s+of\s", re.IGNORECASE)


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
