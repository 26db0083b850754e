"""Values that arithmetic cannot test but that cannot be: lost multipliers, impossible households, odd unit costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise
from statistics import median

from pipelines.catalog.currencies import is_money
from pipelines.catalog.load import Measure, catalog
from pipelines.catalog.relations import Band, relations
from pipelines.catalog.sentences import Printed, say
from pipelines.catalog.units import is_foreign
from pipelines.checking.evidence import At, Evidence, Finding, before, between, number, printed, says_unit, tested
from pipelines.checking.interval import Interval, exactly, of, product, quotient
from pipelines.checking.rules.told import OPEN_UNITS
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import UNKNOWN
from pipelines.patterns import regex

_TOGETHER = regex(
    r"^[^.;,]{0,30}?(?:([(（]|\bwith\b|\bhaving\b|,\s*$|\bor\b)[^.;,]{0,20}|^\s*户?、\s*$"
    r"|\band\s+(?:more than |over |about |nearly |some )?)$",
    re.IGNORECASE,
)
_COUNTRY = regex(r"[A-Z]{2}")
_LOST = 10  # the smallest multiplier that is lost or gained
_COMPLETE = 1000
_FEWEST_SIBLINGS = 4
# how much of what a province can have a region of another level can have at most
_SHARE_OF_LEVEL = {"province": Decimal(1), "prefecture": Decimal("0.5"), "county": Decimal("0.2")}


def check_plausibility(evidence: Evidence) -> Iterator[Finding]:
    """Magnitudes by measure and among siblings, household sizes, bands of quotients, standards times counts."""
    for figure in evidence.where(role={"level", "per_unit"}, measure=_is_limited):
        yield from _magnitude(evidence, figure)
    for household, people in pairwise(evidence.told):
        if _stand_together(household, people):
            yield tested(partial(_household_size, household, people))
    yield from _siblings(evidence)
    yield from _same_measure(evidence)
    for band in relations().bands:
        yield from _band(evidence, band)
    yield from _products(evidence)


def _is_limited(measure: str) -> bool:
    entry = catalog().measures.get(measure)
    return entry is not None and (entry.min is not None or entry.max is not None)


def _magnitude(evidence: Evidence, figure: Figure) -> Iterator[Finding]:
    meaning = evidence.meanings[figure.figure_id]
    measure = catalog().measures[meaning.measure.code]
    # what is plausible is known of places in China and of yuan; what a village or a family has is less
    if _COUNTRY.fullmatch(meaning.region.code) or is_foreign(figure.unit) or meaning.region.code == UNKNOWN:
        return
    if figure.locator.cell is None and _is_near(measure, figure):
        return
    yield tested(partial(_in_range, measure, _level(meaning.region.code), figure))


def _is_near(measure: Measure, figure: Figure) -> bool:
    """Whether a value printed in full misses its range by less than a lost multiplier; "more than 7" lost one."""
    if figure.qualifier != "exact":
        return False
    low = (
        measure.min is not None
        and figure.high < measure.min
        and (measure.kind == "output" or figure.value * _LOST > measure.min)
    )
    high = measure.max is not None and measure.max < figure.low < measure.max * _LOST
    return low or high


def _level(code: str) -> str:
    if code.endswith("0000") or not code.isdecimal():
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _in_range(measure: Measure, level: str, figure: Figure, at: At) -> Finding:
    low, high, value = measure.min, measure.max, at(figure)
    if level != "province" and measure.additivity == "additive":
        low, high = None, None if high is None else high * _SHARE_OF_LEVEL[level]
    inside = (low is None or value.high >= low) and (high is None or value.low <= high)
    least = number(low) if low is not None else "0"
    span = say("range.from", low=least)
    if high is not None:
        span = say("range.between", low=least, high=number(high))
    message = say(
        "range.inside" if inside else "range.outside",
        measure=measure.code,
        text=printed(figure),
        level=say(f"level.{level}"),
        span=span,
    )
    bound = low if low is not None and value.high < low else high
    return Finding(
        "plausibility_magnitude",
        "holds" if inside else "fails",
        (figure,),
        f"{least} ≤ {figure.text}" + (f" ≤ {number(high)}" if high is not None else ""),
        message,
        value,
        None if bound is None else exactly(bound),
        figure.unit,
        blamed=() if inside else (figure,),
    )


def _stand_together(household: Figure, people: Figure) -> bool:
    if (household.unit, people.unit) != ("household", "person") or household.role != people.role:
        return False
    stretch = between(household, people)
    return stretch is not None and says_unit(people) and bool(_TOGETHER.search(stretch))


def _household_size(household: Figure, people: Figure, at: At) -> Finding:
    low, high = relations().persons_per_household
    size = quotient(at(people), at(household))
    formula = f"{low} ≤ {people.text} / {household.text} ≤ {high}"
    allowed = Interval(low, high, low)
    operands, unit = (people, household), "person/household"
    if size is None:
        message = say("household.none", text=printed(household))
        return Finding("plausibility_ratio", "not_testable", operands, formula, message, None, allowed, unit, "info")
    fits = size.meets(allowed)
    message = say("household.size" if fits else "household.odd", size=number(size.point))
    return Finding(
        "plausibility_ratio", "holds" if fits else "suspect", operands, formula, message, size, allowed, unit
    )


_IS_MEAN = regex(r"均|average", re.IGNORECASE)
_GENERAL = frozenset({"all", "other", UNKNOWN})  # programs of which the outputs have nothing in common


def _siblings(evidence: Evidence) -> Iterator[Finding]:
    """A decimal among the large whole outputs of one sentence has probably lost its multiplier."""
    groups: dict[tuple[int, int], list[Figure]] = {}
    for figure in evidence.told:
        if figure.role == "level" and figure.locator.sentence_start is not None and figure.parent is None:
            statement = len(re.findall("[;；]", before(figure)))
            groups.setdefault((figure.locator.sentence_start, statement), []).append(figure)
    for figures in groups.values():
        for figure in figures:
            others = [o.value for o in figures if o is not figure and o.unit != "%" and not is_money(o.unit)]
            if figure.scale != 1 or figure.value == figure.value.to_integral_value() or len(others) < _FEWEST_SIBLINGS:
                continue
            if figure.value >= _COMPLETE:
                continue  # 单产1105.6斤: nobody writes so many digits before a multiplier
            if figure.unit in OPEN_UNITS or _IS_MEAN.search(before(figure)[-16:]):
                continue
            middle = Decimal(median(others))
            if figure.value * relations().magnitude_gap < middle:
                message = say("siblings.lost", text=printed(figure), unit=figure.unit, middle=number(middle))
                yield Finding(
                    "plausibility_siblings",
                    "suspect",
                    (figure,),
                    f"{figure.text} × {relations().magnitude_gap} ≥ {number(middle)}",
                    message,
                    of(figure),
                    exactly(middle),
                    figure.unit,
                )


# "每期150人次", "a trainee cost 680 yuan": the number is that of one, and none of all; nor is a distance, "within 2 km"
_EACH = regex(
    r"(?:每|均|距)[^，。；\d]{0,6}$|(?:^|[,;:.] )\W*(?:an?|one|each|every) [a-z]+ [^,;:.\d]{0,40}$"
    r"|\b(?:within|radius of|distance of|apart by|nearer than|farther than) (?:about |a |some )?$",
    re.IGNORECASE,
)


def _is_each(figure: Figure) -> bool:
    """Whether words before a number say it of one of many."""
    return _EACH.search(before(figure)[-60:]) is not None


def _same_measure(evidence: Evidence) -> Iterator[Finding]:
    """Two outputs of one measure and program that lie very far apart: one of them may have the wrong multiplier."""
    for code in evidence.measured:
        entry, figures = catalog().measures.get(code), evidence.in_text(code)
        if entry is None or code == UNKNOWN or entry.kind != "output" or len(figures) < 2:
            continue
        alike: dict[tuple[str, str, str | int | None], list[Figure]] = {}
        for figure in figures:
            spelled = not any(sign.isdecimal() for sign in figure.text)  # "a cow or two goats" is what each one got
            if evidence.program(figure) not in _GENERAL and not _is_each(figure) and not spelled:
                place = figure.locator.section or figure.locator.sentence_start  # what no heading joins is apart
                alike.setdefault((evidence.program(figure), figure.unit, place), []).append(figure)
        for group in alike.values():
            least, most = min(group, key=lambda f: f.value), max(group, key=lambda f: f.value)
            if least.value <= 0 or most.value < least.value * relations().magnitude_gap:
                continue
            share = quotient(of(most), of(least))
            ratio = number(most.value / least.value)
            message = say("siblings.apart", most=printed(most), least=printed(least), measure=code, ratio=ratio)
            gap = relations().magnitude_gap
            formula = f"{most.text} / {least.text} < {number(gap)}"
            yield Finding("plausibility_siblings", "suspect", (most, least), formula, message, share, exactly(gap))


def _single(evidence: Evidence, measure: str, program: str | None) -> Figure | None:
    """The one figure of a measure (of a program) in the report; None where there are none or several.

    Bands are those of yuan, so that money of other currencies does not count.
    """
    found = evidence.where(
        evidence.of_measure(measure),
        program=lambda code: program is None or code == program,
        unit=lambda unit: not is_foreign(unit),
        link=lambda link: link != "part_of",
    )
    return found[0] if len(found) == 1 else None


def _band(evidence: Evidence, band: Band) -> Iterator[Finding]:
    part, whole = (_single(evidence, code, band.program) for code in (band.part, band.whole))
    less = _single(evidence, band.less, band.program) if band.less else None
    if part is None or whole is None or (band.less and less is None) or "/" in part.unit or _is_each(part):
        return
    if evidence.program(part) == evidence.program(whole) and evidence.same_time_and_place(part, whole):
        yield tested(partial(_in_band, band, part, less, whole))


def _in_band(band: Band, part: Figure, less: Figure | None, whole: Figure, at: At) -> Finding:
    above = at(part) if less is None else at(part) - at(less)
    found = quotient(above, at(whole))
    operands = (part, whole) if less is None else (part, less, whole)
    term = part.text if less is None else f"({part.text} - {less.text})"
    formula = f"{band.min} {band.unit} ≤ {term} / {whole.text} ≤ {band.max} {band.unit}"
    allowed, what = Interval(band.min, band.max, band.min), say(f"band.{band.code}")
    if found is None:
        message = say("band.untested", what=what, part=Printed(term), whole=printed(whole))
        return Finding(band.kind, "not_testable", operands, formula, message, None, allowed, band.unit, "info")
    value = found.times(Decimal(100)) if band.unit == "%" else found
    fits = value.meets(allowed)
    message = say("band.inside", what=what, value=number(value.point), unit=band.unit)
    if not fits:
        limits = {"low": number(band.min), "high": number(band.max)}
        message = say("band.outside", what=what, value=number(value.point), unit=band.unit, **limits)
    return Finding(band.kind, "holds" if fits else "suspect", operands, formula, message, value, allowed, band.unit)


def _products(evidence: Evidence) -> Iterator[Finding]:
    for entry in relations().products:
        found = [_single(evidence, code, entry.program) for code in (entry.standard, entry.count, entry.money)]
        standard, count, money = found
        if standard is None or count is None or money is None or standard.unit != f"{money.unit}/{count.unit}":
            continue
        if evidence.same_time_and_place(standard, count) and evidence.same_time_and_place(count, money):
            yield tested(partial(_product, standard, count, money))


def _product(standard: Figure, count: Figure, money: Figure, at: At) -> Finding:
    computed, stated = product(at(standard), at(count)), at(money)
    short = computed.exceeds(stated)
    message = say(
        "product.short" if short else "product.holds",
        standard=printed(standard),
        count=printed(count),
        computed=number(computed.point),
        stated=number(stated.point),
    )
    return Finding(
        "standard_times_count",
        "suspect" if short else "holds",
        (standard, count, money),
        f"{standard.text} × {count.text} ≤ {money.text}",
        message,
        computed,
        stated,
        money.unit,
    )
