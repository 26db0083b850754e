"""Equalities that hold among neighbours but for one unit: the numbers fit, so the unit is a slip.

The reader links figures of one unit only, so a wrong unit hides a relation. Numbers that fit to their last digit by
chance are rare enough; round numbers and whole percentages, which fit easily, are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import Evidence, Finding, number, signed
from pipelines.checking.interval import Interval, exactly, growth, of, percent, total
from pipelines.checking.rules.told import is_bare, is_firm
from pipelines.figures.figure import Figure

_LEAST_DIGITS = 3
_MOST_PARTS = 4
_REACH = 4
_NARROWER = 1000  # and where it is off by rounding
_NARROW = 200  # a sum is told from chance where it is at least this many times as large as its slack
_RATIOS = frozenset({"%", "pp", "times", "fraction", "ratio"})


def check_units(evidence: Evidence) -> Iterator[Finding]:
    """Shares, growth rates, completions and sums that fit, with one figure in another unit than the others."""
    for figure in evidence.where(unit={"%"}):
        if int(figure.value_stated.as_tuple().exponent) < 0:
            yield from _claim(evidence, figure)
    sentences: dict[int, list[Figure]] = {}
    for figure in evidence.told:
        counted = figure.role == "level" and figure.unit not in _RATIOS
        if counted and figure.locator.sentence_start is not None:
            sentences.setdefault(figure.locator.sentence_start, []).append(figure)
    for levels in sentences.values():
        yield from _sums(levels)


def _claim(evidence: Evidence, claim: Figure) -> Iterator[Finding]:
    """A printed percentage and what it speaks about, with a neighbour of another unit that completes them."""
    subject = evidence.by_id.get(claim.parent) if claim.parent is not None else None
    if subject is None:
        return
    stated = of(claim) + exactly(100) if claim.role == "over_plan_pct" else of(claim)
    for place in range(claim.figure_id - 1, max(claim.figure_id - 1 - _REACH, 0), -1):
        other = evidence.by_id.get(place)
        if other is None:
            continue
        if not (is_firm(other) and is_firm(subject)) or other.unit in _RATIOS or _are_one(other.unit, subject.unit):
            continue
        if other.locator.section != claim.locator.section:
            return
        computed = _computed(claim, other, subject)
        if computed is not None and computed.meets(stated) and not is_bare(other) and not is_bare(subject):
            yield _finding((other, subject, claim), (other, subject), computed, stated, "%")
            return


def _are_one(unit: str, other: str) -> bool:
    """Whether two units are the same, but that one says besides of what or how often it is for each."""
    short, long = sorted((unit, other), key=len)
    return short == long or long.startswith(f"{short}/")


_TIMES = frozenset({"year", "month", "day", "hour"})


def _computed(claim: Figure, other: Figure, subject: Figure) -> Interval | None:
    """What the claim would be of the two figures if they had one unit."""
    if claim.role == "change_pct" and other.role in ("change", "level"):
        return growth(signed(other, of), of(subject))
    if claim.role == "share_pct" and other.role == "level":
        return percent(of(subject), of(other))
    if claim.role in ("plan_pct", "over_plan_pct") and other.role in ("target", "level"):
        return percent(of(subject), of(other))
    return None


def _sums(levels: Sequence[Figure]) -> Iterator[Finding]:
    """A whole and the levels right behind it that add up to it, all but one of them in one unit."""
    for place, whole in enumerate(levels):
        if len(whole.value.normalize().as_tuple().digits) < _LEAST_DIGITS:
            continue
        for count in range(2, _MOST_PARTS + 1):
            parts = levels[place + 1 : place + 1 + count]
            if len(parts) < count:
                break
            odd = _odd_one(whole, parts)
            odd = odd if odd is not None and not any(map(is_bare, (whole, *parts))) else None
            computed, stated = total(of(part) for part in parts), of(whole)
            slack = (computed.high - computed.low) + (stated.high - stated.low)
            exact = computed.point == stated.point and slack * _NARROW <= stated.point
            if odd is not None and (exact or (computed.meets(stated) and slack * _NARROWER <= stated.point)):
                yield _finding((*parts, whole), (odd,), computed, stated, whole.unit)
                return


def _odd_one(whole: Figure, parts: Sequence[Figure]) -> Figure | None:
    """The one figure whose unit differs from that of all others; None where there is none, or several."""
    members = (whole, *parts)
    units = Counter(figure.unit for figure in members)
    if len(units) != 2 or min(units.values()) != 1 or not all(map(is_firm, members)):
        return None
    rare = min(units, key=lambda unit: units[unit])
    odd = next(figure for figure in members if figure.unit == rare)
    if rare in _TIMES or total(of(part) for part in parts if part is not odd).meets(of(whole)):
        return None  # "idle for more than 1 year": the others make up the whole without it
    return odd


def _finding(
    operands: tuple[Figure, ...], blamed: tuple[Figure, ...], computed: Interval, stated: Interval, unit: str
) -> Finding:
    units = dict.fromkeys(figure.unit for figure in operands if figure.unit not in _RATIOS)
    return Finding(
        "unit_kind_match",
        "fails",
        operands,
        f"{' ~ '.join(figure.text for figure in operands)}",
        say(
            "units.fit",
            computed=number(computed.point),
            stated=number(stated.point),
            units=[say("units.unit", unit=code) for code in units],
        ),
        computed,
        stated,
        unit,
        blamed=blamed,
    )
