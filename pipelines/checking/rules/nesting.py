"""What the meaning of figures nests in each other: measures, programs in the total, members in a count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from pipelines.catalog.relations import has_cue, relations
from pipelines.catalog.sentences import Value, say
from pipelines.catalog.units import is_amount
from pipelines.checking.evidence import (
    At,
    Evidence,
    Finding,
    after,
    agreement,
    before,
    between,
    comparison,
    number,
    printed,
    tested,
)
from pipelines.checking.interval import of, total
from pipelines.checking.rules.sums import against_whole
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.figures.text.subjects import own_words
from pipelines.meaning.period_codes import years
from pipelines.patterns import regex

_TOTAL_SOURCES = frozenset({"central+provincial", "unknown"})
_PROGRAM_MEASURES = frozenset({"funds", "discount_funds", "training_subsidies"})
_CLAUSE = 40
_NEXT = 12  # figures between a total and what it may count too
_OPENING = 14


def check_nesting(evidence: Evidence) -> Iterator[Finding]:
    """Parts by measure, components that make up a whole, programs within the total, and members of a total count."""
    yield from _measures(evidence)
    for whole, parts, linked in components(evidence):
        if not linked:
            yield tested(partial(_components, whole, parts))
    yield from _programs(evidence)
    yield from _totals(evidence)
    yield from _other_units(evidence)


def _inside(evidence: Evidence, part: Figure, whole: Figure) -> bool:
    """Whether two figures speak of one region and of periods that overlap."""
    one, other = evidence.meanings[part.figure_id], evidence.meanings[whole.figure_id]
    spans = years(one.period.code), years(other.period.code)
    if one.region.code != other.region.code or spans[0] is None or spans[1] is None:
        return False
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _measures(evidence: Evidence) -> Iterator[Finding]:
    """Measures within measures, as the text prints them; the rows of a table speak of places of their own."""
    for entry in relations().within:
        for part in evidence.in_text(entry.part):
            wholes = [
                whole
                for whole in evidence.in_text(entry.whole)
                if whole.unit == part.unit
                and (entry.anywhere or evidence.program(whole) == evidence.program(part))
                and part.parent != whole.figure_id
                and _inside(evidence, part, whole)
            ]
            if wholes:
                alike = [whole for whole in wholes if _noun(whole) == _noun(part)]
                yield tested(partial(_nested, "measure_within_measure", [part], max(alike or wholes, key=_value)))


def _noun(figure: Figure) -> str:
    return figure.subject.lower().split(" ")[-1]


def _value(figure: Figure) -> tuple[object, int]:
    return figure.value, -figure.figure_id


def components(evidence: Evidence) -> Iterator[tuple[Figure, list[Figure], bool]]:
    """Wholes with all components that the catalogue says they have, and whether the text links them itself."""
    for entry in relations().complete:
        wholes = evidence.where(evidence.of_measure(entry.whole), program={entry.program})
        parts = [evidence.where(evidence.of_measure(code), program={entry.program}) for code in entry.parts]
        if len(wholes) != 1 or any(len(found) != 1 for found in parts):
            continue
        whole, members = wholes[0], [found[0] for found in parts]
        together = all(m.unit == whole.unit and evidence.same_time_and_place(m, whole) for m in members)
        if together and whole not in members:
            yield whole, members, all(m.parent == whole.figure_id for m in members)


def _components(whole: Figure, parts: list[Figure], at: At) -> Finding:
    computed, stated = total(at(part) for part in parts), at(whole)
    verdict = agreement(computed, stated)
    message = comparison("sum.components", verdict, computed, stated)
    outcome: Verdict = "suspect" if verdict == "fails" else verdict
    return against_whole("sum_of_components", outcome, parts, whole, "=", message, computed, stated)


def _nested(rule: str, parts: list[Figure], whole: Figure, at: At) -> Finding:
    """What should lie inside: if it does not, either a number is wrong or the two have another scope."""
    computed, stated = total(at(part) for part in parts), at(whole)
    above = computed.exceeds(stated)
    part: Value = printed(parts[0]) if len(parts) == 1 else say("nested.together", value=number(computed.point))
    message = say("nested.exceeds" if above else "nested.inside", part=part, whole=printed(whole))
    return against_whole(rule, "fails_if_nested" if above else "holds", parts, whole, "≤", message, computed, stated)


def _programs(evidence: Evidence) -> Iterator[Finding]:
    """What single programs received, against the total that the report prints for all of them."""
    units = evidence.values("unit")
    for unit in dict.fromkeys(units[place] for place in evidence.of_measure("funds").places):
        if not is_amount(unit):
            continue
        yield from _programs_in(evidence, unit)


_NEAR = 24  # code points behind an amount in which it may be called that of all
_IS_TOTAL = regex(
    r"[共总]|合计|累计|各[类级项]|扶贫(?:专项|发展)?资金|\b(?:total\w*|all|altogether|overall|poverty|funds?|funding)\b",
    re.IGNORECASE,
)


def _programs_in(evidence: Evidence, unit: str) -> Iterator[Finding]:
    """Programs in the total of one currency; amounts of others are no parts of it."""
    funds = evidence.where(evidence.of_measure("funds"), unit={unit}, program={"all"})
    totals = evidence.where(funds, source=_TOTAL_SOURCES, parent={None}, item={""})
    if len(totals) != 1:
        return
    top = totals[0]
    if top.locator.cell is None and not _IS_TOTAL.search(before(top) + after(top)[:_NEAR]):
        return  # money that names no program need not be the money of all
    outside = relations().outside_total
    spent = [
        figure
        for figure in evidence.where(unit={unit}, role={"level"}, parent={None}, measure=_PROGRAM_MEASURES)
        if evidence.program(figure) not in ("all", "unknown", "other", "social")
        and evidence.source(figure) not in outside
        and evidence.same_time_and_place(figure, top)
    ]
    above = [figure for figure in spent if of(figure).exceeds(of(top))]
    if len(above) > 1 and 2 * len(above) > len(spent):
        return  # most programs got more: it is the amount of something else
    by_source: dict[str, Figure] = {}
    for figure in funds:
        if figure.parent == top.figure_id and evidence.source(figure) not in _TOTAL_SOURCES:
            by_source.setdefault(evidence.source(figure), figure)
    # what has been spent by now need not hold what was set aside
    alike = ("unknown", evidence.stage(top))
    within = [figure for figure in spent if evidence.stage(figure) in alike or not of(figure).exceeds(of(top))]
    for figure in within:
        yield tested(partial(_nested, "program_within_total", [figure], top))
        if (of_source := by_source.get(evidence.source(figure))) is not None:
            yield tested(partial(_nested, "program_within_total", [figure], of_source))
    if len(within) > 1:
        yield tested(partial(_nested, "programs_within_total", within, top))
    for first, second in pairwise(spent):
        about = [(evidence.program(figure), evidence.measure(figure)) for figure in (first, second)]
        if about[0] == about[1] and between(first, second) is not None:
            yield _of_which_perhaps(second, first)


def _of_which_perhaps(second: Figure, first: Figure) -> Finding:
    """Two amounts of one program in one sentence: the later one may be part of the earlier one, which nothing says."""
    above = of(second).exceeds(of(first))
    key = "nested.perhaps_above" if above else "nested.perhaps"
    message = say(key, part=printed(second), whole=printed(first))
    verdict: Verdict = "not_comparable" if above else "holds"
    return against_whole("fund_within_program", verdict, [second], first, "≤", message, of(second), of(first))


def _totals(evidence: Evidence) -> Iterator[Finding]:
    """Other counts of a measure in a section are not more than "altogether 4,000"."""
    for measure, figures in evidence.measured.items():
        if measure in ("unknown", "funds") or len(figures) < 2 or "/" in figures[0].unit:
            continue
        for whole in evidence.in_text(measure):
            if whole.parent is not None or not _is_total(whole, evidence):
                continue
            for part in figures:
                if part is whole or part.parent is not None or part.unit != whole.unit or part.value == whole.value:
                    continue
                if _is_total(part, evidence):
                    continue  # two totals are of two things
                # the next sentence may go on about the same count; what stands further away is of something else
                near = abs(part.figure_id - whole.figure_id) <= _NEXT and part.locator.section == whole.locator.section
                same_thing = evidence.program(part) == evidence.program(whole)
                if of(part).exceeds(of(whole)) and not _named(part) & _named(whole):
                    continue  # more than "all of them": nothing says that it is of them
                if near and same_thing and evidence.same_time_and_place(part, whole):
                    yield tested(partial(_nested, "count_within_total", [part], whole))


def _named(figure: Figure) -> frozenset[str]:
    """The words of what a count counts: those of its clause before it, and what an English noun behind it says."""
    behind = re.match(r"[a-z -]*", after(figure), re.IGNORECASE)
    return own_words(re.split("[,;，；、]", before(figure))[-1]) | own_words(behind.group() if behind else "")


def _is_total(figure: Figure, evidence: Evidence) -> bool:
    """Whether the words right before a figure say that it counts all, or those that open its sentence do.

    Such words speak about the first count of a unit behind them alone: 全镇共有贫困户575户，未脱贫户21户.
    """
    text = _ALL_OF_OTHERS.sub("", before(figure))
    text = text[text.rfind("，") + 1 :] if len(text) > _OPENING and "，" in text[_OPENING:] else text
    same = next((other for other in evidence.before_in_sentence(figure) if other.unit == figure.unit), None)
    if same is not None:
        text = _ALL_OF_OTHERS.sub("", between(same, figure) or "")
        return has_cue("total", text[-_CLAUSE:])
    return bool(text) and (has_cue("total", text[-_CLAUSE:]) or has_cue("total", text[:_OPENING]))


_ALL_OF_OTHERS = regex(
    r"\b(?:in|of|for|across|among|by|to|from|at|with) all (?:of )?(?:the |its )?[a-z-]+", re.IGNORECASE
)


def _other_units(evidence: Evidence) -> Iterator[Finding]:
    """Wholes whose members are counted in another unit: they can be held against each other, but prove nothing."""
    for whole in evidence.where(role={"level"}, unit={"project", "person-time"}):
        members = _members(evidence, whole, "facility" if whole.unit == "project" else "person")
        if len(members) > 1:
            yield _across_units(members, whole)


def _members(evidence: Evidence, whole: Figure, unit: str) -> list[Figure]:
    """Figures of a unit that follow in the sentence; for projects, or in the next one."""
    members: list[Figure] = []
    for figure in evidence.after(whole):
        if figure.locator.section != whole.locator.section or figure.unit == whole.unit:
            break
        same = figure.locator.sentence_start == whole.locator.sentence_start
        if (
            not same
            and (members or unit == "person")
            and figure.locator.sentence_start != (members[0].locator.sentence_start if members else None)
        ):
            break
        if figure.unit == unit and figure.role == "level":
            if members and re.search(r"[;；]", between(members[-1], figure) or ""):
                break
            members.append(figure)
        elif members and unit == "facility":
            break
    if unit == "person" and members and not has_cue("of_which", between(whole, members[0]) or ""):
        return []
    return members


def _across_units(members: list[Figure], whole: Figure) -> Finding:
    computed, stated = total(of(member) for member in members), of(whole)
    comparable = whole.unit == "project" and computed.point <= stated.point
    message = say(
        "nested.units_comparable" if comparable else "nested.units",
        computed=number(computed.point),
        unit=members[0].unit,
        stated=number(stated.point),
        whole_unit=whole.unit,
    )
    verdict: Verdict = "holds" if comparable else "not_comparable"
    finding = against_whole("parts_not_above_whole", verdict, members, whole, "≤", message, computed, stated)
    finding.severity = "info"
    return finding
