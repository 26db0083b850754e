"""One fact printed twice in a report, and amounts of which the text leaves open what they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from pipelines.catalog.load import catalog
from pipelines.catalog.relations import has_cue
from pipelines.catalog.sentences import say
from pipelines.catalog.units import is_amount
from pipelines.checking.evidence import Evidence, Finding, after, before, between, is_told, printed
from pipelines.checking.interval import of
from pipelines.figures.figure import Figure
from pipelines.meaning.groups import groups_in
from pipelines.meaning.meaning import UNKNOWN
from pipelines.meaning.period_codes import years
from pipelines.patterns import regex

_LEAST_DIGITS = 3
_REACH = 60
_PLACES = frozenset({"county", "village", "township", "city"})


def check_repeats(evidence: Evidence) -> Iterator[Finding]:
    """Figures of one measure that are equal, or differ as a slip makes them differ; amounts given "respectively"."""
    for figures in _same_fact(evidence):
        yield from _repeated(figures)
        yield from _slipped(figures)
    for figure in evidence.where(evidence.told, unit=is_amount, role={"level"}):
        if _for_several(evidence, figure):
            yield _ambiguous(figure)


def _same_fact(evidence: Evidence) -> Iterator[list[Figure]]:
    """Levels that can be mentions of one fact: one measure, unit, region and group."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    free = evidence.where(role={"level"}, parent={None})
    for figure in evidence.where(free, start=is_told):
        # what a share is told of is a part of what it may be read for: "6,825 of them had one, exactly 10 percent"
        following = next(evidence.after(figure), None)
        is_part = following is not None and following.role == "share_pct" and between(figure, following) is not None
        if not is_part and not _is_elided(figure) and (key := _fact(evidence, figure)) is not None:
            groups.setdefault(key, []).append(figure)
    # the cells of a table are a list of facts, so that a mention in the text is asked for
    named = {evidence.measure(figures[0]) for figures in groups.values()}
    for figure in evidence.where(free, start={None}, measure=named):
        if (key := _fact(evidence, figure)) in groups:
            groups[key].append(figure)
    yield from (figures for figures in groups.values() if len(figures) > 1)


def _fact(evidence: Evidence, figure: Figure) -> tuple[object, ...] | None:
    """What a level tells, None where nothing can be a mention of the same."""
    meaning = evidence.meanings[figure.figure_id]
    measure = catalog().measures.get(meaning.measure.code)
    group = meaning.group.words if meaning.group is not None else ""
    if measure is None or measure.code == UNKNOWN:
        named = figure.unit in _PLACES and _area(figure)
        return (meaning.region.code, named, figure.unit) if named else None
    time: tuple[object, ...] = ()
    if measure.aggregation != "last":
        time = (meaning.period.code, meaning.program.code, meaning.source.code, meaning.stage.code)
    elif years(meaning.period.code) is None:
        return None
    return (meaning.region.code, group, figure.unit, measure.code, *time)


def _is_elided(figure: Figure) -> bool:
    """Whether a number took its unit from another one of its list."""
    return dict(figure.decided_by).get("unit", "").startswith("as ")


def _area(figure: Figure) -> str:
    """The area by name whose places a figure counts ("17 counties of the Luoxiao Mountain area"), else empty."""
    start = figure.locator.sentence_start
    if start is None or figure.locator.start is None:
        return ""
    named = [hit for hit in groups_in(figure.sentence).hits if hit.payload.declared is None]
    near = [hit for hit in named if abs(hit.start - (figure.locator.start - start)) < _REACH]
    return near[0].payload.words.lower() if near else ""


def _repeated(figures: list[Figure]) -> Iterator[Finding]:
    by_value: dict[Decimal, list[Figure]] = {}
    for figure in figures:
        by_value.setdefault(figure.value, []).append(figure)
    for same in by_value.values():
        if len(same) > 1 and len({figure.qualifier for figure in same}) == 1:
            first = same[0]
            message = say("repeat.alike", text=printed(first), times=len(same))
            formula = " = ".join(figure.text for figure in same)
            yield Finding("repeat", "holds", tuple(same), formula, message, of(first), of(same[-1]), first.unit)


def _slipped(figures: list[Figure]) -> Iterator[Finding]:
    """Mentions in different sentences whose numbers differ by a slip; within one sentence they are a list."""
    # only numbers of the same digits can differ by a slip
    alike: dict[str, dict[Decimal, list[Figure]]] = {}
    for figure in figures:
        digits = _digits(figure.value)
        if len(digits) >= _LEAST_DIGITS:
            alike.setdefault("".join(sorted(digits)), {}).setdefault(figure.value, []).append(figure)
    for mentions in alike.values():
        for (one, firsts), (other, seconds) in combinations(mentions.items(), 2):
            apart = _apart(firsts, seconds)
            if apart is not None and is_slip(one, other):
                first, second = sorted(apart, key=lambda figure: figure.figure_id)
                formula = f"{first.text} = {second.text}"
                message = say("repeat.slipped", first=printed(first), second=printed(second))
                yield Finding("repeat", "suspect", (first, second), formula, message, of(first), of(second), first.unit)


def _apart(firsts: list[Figure], seconds: list[Figure]) -> tuple[Figure, Figure] | None:
    """The first mentions of two numbers in different sentences; None where all stand in one sentence."""
    first = firsts[0]
    other = next((f for f in seconds if f.locator.sentence_start != first.locator.sentence_start), None)
    if other is not None:
        return first, other
    another = next((f for f in firsts if f.locator.sentence_start != seconds[0].locator.sentence_start), None)
    return None if another is None else (another, seconds[0])


def is_slip(first: Decimal, second: Decimal) -> bool:
    """Whether two values have the same digits but for two neighbours that changed places, or for the decimal point.

    Round numbers prove nothing: three significant digits are asked for.
    """
    one, other = (_digits(value) for value in (first, second))
    if first == second or len(one) < _LEAST_DIGITS or len(other) < _LEAST_DIGITS:
        return False
    if one == other:
        return True
    if len(one) != len(other) or first.adjusted() != second.adjusted():
        return False
    unlike = [place for place in range(len(one)) if one[place] != other[place]]
    return (
        len(unlike) == 2
        and unlike[1] == unlike[0] + 1
        and one[unlike[0]] == other[unlike[1]]
        and one[unlike[1]] == other[unlike[0]]
    )


def _digits(value: Decimal) -> str:
    return "".join(map(str, value.normalize().as_tuple().digits))


def _for_several(evidence: Evidence, figure: Figure) -> bool:
    """Whether one amount stands with "respectively", so that it may be that of each or of all."""
    neighbours = [evidence.by_id.get(figure.figure_id + step) for step in (-1, 1)]
    alone = not any(
        near is not None
        and near.unit.split("/")[0] == figure.unit.split("/")[0]
        and near.locator.sentence_start == figure.locator.sentence_start
        for near in neighbours
    )
    following = neighbours[1]
    stretch = between(figure, following) if following is not None else None
    own = _BRACKETED.sub("", before(figure))
    own = re.split("[，；]|, ", own)[-1]  # it speaks of its own clause
    near_words = own + " | " + re.split("[;；]", after(figure) if stretch is None else stretch)[0]
    of_rates = following is not None and stretch is not None and following.unit in ("%", "pp")  # 分别增长18.3%和29.5%
    return alone and not of_rates and has_cue("respectively", near_words)


_BRACKETED = regex(r"[(（][^()（）]*[)）]")


def _ambiguous(figure: Figure) -> Finding:
    message, formula = (say(key, text=printed(figure)) for key in ("ambiguous", "formula.ambiguous"))
    return Finding("ambiguous_amount", "suspect", (figure,), formula, message, unit=figure.unit)
