"""Changes and growth rates against the levels they lead from and to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pipelines.catalog.relations import has_cue
from pipelines.checking.evidence import (
    At,
    Evidence,
    Finding,
    agreement,
    between,
    ending,
    falls,
    number,
    signed,
    tested,
)
from pipelines.checking.interval import Interval, exactly, growth, quotient
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.meaning.periods import years


def check_changes(evidence: Evidence) -> Iterator[Finding]:
    """Every level with a change, a growth rate or an earlier level."""
    for level in evidence.figures:
        change, rate = evidence.about(level, "change"), evidence.about(level, "change_pct")
        led_to = change is not None and change.unit == level.unit and not _is_base(evidence, level, change)
        if change is not None and led_to and not falls(change):
            yield tested(partial(_change_within, level, change))
        if change is not None and led_to and rate is not None and rate.unit == "%":
            yield tested(partial(_rate, level, change, rate))
        if change is not None and change.unit == level.unit:
            for base, result in _ends(evidence, level, change):
                yield tested(partial(_base_plus_change, base, change, result))
    for later in evidence.figures:
        if later.link == "previous_of" and later.parent is not None:
            yield from _from_previous(evidence, later, evidence.by_id[later.parent])
    yield from _of_tables(evidence)


def _of_tables(evidence: Evidence) -> Iterator[Finding]:
    """A growth beside the amounts of two years in one table."""
    cells = [figure for figure in evidence.figures if figure.locator.cell is not None]
    rates = [f for f in cells if f.role == "change_pct" and f.unit == "%" and f.link == "change_of"]
    told: dict[tuple[object, ...], list[Figure]] = {}
    for figure in cells if rates else ():
        if figure.role in ("level", "per_unit"):
            told.setdefault(_fact(evidence, figure, 0), []).append(figure)
    for rate, later in ((rate, evidence.by_id[rate.parent]) for rate in rates if rate.parent is not None):
        earlier = told.get(_fact(evidence, later, 1), [])
        if len(earlier) == 1:
            yield tested(partial(_growth_from_previous, earlier[0], later, rate))


def _fact(evidence: Evidence, figure: Figure, years_before: int) -> tuple[object, ...]:
    """What a cell is about, some years before; unique where its period is not of one year."""
    meaning = evidence.meanings[figure.figure_id]
    span = years(meaning.period.code)
    year = span[0] - years_before if span is not None and span[0] == span[1] else -figure.figure_id
    codes = (meaning.program, meaning.source, meaning.stage, meaning.measure, meaning.beneficiary, meaning.region)
    about = (figure.locator.sheet, figure.role, figure.unit, meaning.scope, meaning.item, year)
    return (*about, *(decision.code for decision in codes))


def _is_base(evidence: Evidence, level: Figure, change: Figure) -> bool:
    """Whether the level is what the change started from: another one follows as its result."""
    return any(base is level for base, _ in _ends(evidence, level, change))


def _ends(evidence: Evidence, level: Figure, change: Figure) -> Iterator[tuple[Figure, Figure]]:
    """The levels before and after a change, where a sentence prints all three: 300, 50 more, so that there are 350."""
    place = change.figure_id
    behind = evidence.by_id.get(place + 1)
    if behind is None or behind.role != "level" or behind.unit != change.unit or not _led_to(change, behind):
        return
    base = level if level is not behind else evidence.by_id.get(place - 1)
    if base is None or base is behind or base.role != "level" or base.unit != change.unit:
        return
    if between(base, change) is not None:
        yield base, behind


def _led_to(change: Figure, result: Figure) -> bool:
    stretch = between(change, result)
    return stretch is not None and len(stretch) < 90 and has_cue("result", stretch)


def _change_within(level: Figure, change: Figure, at: At) -> Finding:
    above = at(change).exceeds(at(level))
    message = f"An increase of {change.text} led to {level.text}"
    message += "; the earlier amount would have been negative." if above else "; the earlier amount was not negative."
    return Finding(
        "change_not_above_level",
        "fails" if above else "holds",
        (change, level),
        f"{change.text} ≤ {level.text}",
        message,
        at(change),
        at(level),
        level.unit,
    )


def _base_plus_change(base: Figure, change: Figure, result: Figure, at: At) -> Finding:
    computed, stated = at(base) + signed(change, at), at(result)
    verdict = agreement(computed, stated)
    sign = "-" if falls(change) else "+"
    return Finding(
        "base_plus_change",
        verdict,
        (base, change, result),
        f"{base.text} {sign} {change.text} = {result.text}",
        f"Starting value and change give {number(computed.point)}, printed is {number(stated.point)}{ending(verdict)}",
        computed,
        stated,
        result.unit,
    )


def _rate(level: Figure, change: Figure, rate: Figure, at: At) -> Finding:
    down = falls(change)
    computed = growth(signed(change, at), at(level))
    stated = -at(rate) if down else at(rate)
    formula = f"{change.text} / ({level.text} {'+' if down else '-'} {change.text}) = {rate.text}"
    operands = (change, level, rate)
    if computed is None:
        impossible = at(level).high <= at(change).low
        message = f"{change.text} more cannot have led to {level.text}, so no growth rate follows."
        if not impossible:
            message = f"The earlier amount may have been zero, so the growth of {rate.text} cannot be tested."
        verdict: Verdict = "fails" if impossible else "not_testable"
        return Finding("growth_from_change", verdict, operands, formula, message, None, stated, "%")
    outcome = agreement(computed, stated)
    message = f"Change and level imply {number(computed.point)} %, printed is {number(stated.point)} %{ending(outcome)}"
    return Finding("growth_from_change", outcome, operands, formula, message, computed, stated, "%")


def _from_previous(evidence: Evidence, earlier: Figure, later: Figure) -> Iterator[Finding]:
    """Growth over one year, or without any period, from both ends: "from 1,500 to 2,000, up 33.3 %"."""
    rate = evidence.about(later, "change_pct")
    siblings = [f for f in evidence.said_about.get((later.figure_id, earlier.role), []) if f.link == "previous_of"]
    if rate is None or rate.unit != "%" or len(siblings) != 1 or earlier.unit != later.unit:
        return
    before, now = (years(evidence.meanings[f.figure_id].period.code) for f in (earlier, later))
    several = before is not None and now is not None and now[0] - before[0] > 1
    if several or has_cue("per_year", rate.sentence):
        return
    yield tested(partial(_growth_from_previous, earlier, later, rate))


def _growth_from_previous(earlier: Figure, later: Figure, rate: Figure, at: At) -> Finding:
    share = quotient(at(later), at(earlier))
    stated = -at(rate) if falls(rate) else at(rate)
    computed: Interval | None = None if share is None else share.times(exactly(100).point) - exactly(100)
    verdict: Verdict = "not_testable" if computed is None else agreement(computed, stated)
    message = f"{earlier.text} can be zero, so the growth of {rate.text} cannot be tested."
    if computed is not None:
        message = (
            f"From {earlier.text} to {later.text} is {number(computed.point)} %, printed is "
            f"{number(stated.point)} %{ending(verdict)}"
        )
    formula = f"{later.text} / {earlier.text} - 1 = {rate.text}"
    return Finding("growth_from_previous", verdict, (earlier, later, rate), formula, message, computed, stated, "%")
