"""Values that arithmetic cannot test but that cannot be: lost multipliers, impossible household sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipelines.catalog.load import catalog
from pipelines.checking.evidence import Evidence, Finding, number
from pipelines.checking.interval import Interval, of, percent
from pipelines.figures.figure import Figure

_HOUSEHOLD_SIZE = (Decimal(2), Decimal(7))
_TOGETHER = re.compile(r"^[^.;,]{0,30}?([(（]|\bwith\b|\bhaving\b|、|,\s*$|\bor\b)[^.;,]{0,20}$", re.IGNORECASE)


def check_plausibility(evidence: Evidence) -> Iterator[Finding]:
    """Magnitudes by measure, and the size of households printed with their people."""
    for figure in evidence.figures:
        if figure.role in ("level", "per_unit"):
            yield from _magnitude(evidence, figure)
    for household, people in zip(evidence.figures, evidence.figures[1:], strict=False):
        if _stand_together(household, people):
            yield _household_size(household, people)


def _magnitude(evidence: Evidence, figure: Figure) -> Iterator[Finding]:
    measure = catalog().measures.get(evidence.meanings[figure.figure_id].measure.code)
    if measure is None or (measure.min is None and measure.max is None):
        return
    low, high = measure.min, measure.max
    inside = (low is None or figure.high >= low) and (high is None or figure.low <= high)
    span = f"{number(low) if low is not None else '0'} to {number(high) if high is not None else 'any'}"
    place = "within" if inside else "outside"
    message = f"{measure.name_en}: {figure.text} is {place} what a province can have ({span})."
    if not inside:
        message += " A multiplier was lost or gained; the text does not say which."
    bound = low if low is not None and figure.high < low else high
    yield Finding(
        "plausibility_magnitude",
        "holds" if inside else "fails",
        (figure,),
        f"{span.replace(' to ', ' ≤ ' + figure.text + ' ≤ ')}",
        message,
        of(figure),
        None if bound is None else Interval(bound, bound, bound),
        figure.unit,
        blamed=() if inside else (figure,),
    )


def _stand_together(household: Figure, people: Figure) -> bool:
    if (household.unit, people.unit) != ("household", "person") or household.sentence != people.sentence:
        return False
    if household.role != people.role or household.locator.end is None or people.locator.start is None:
        return False
    start = household.locator.sentence_start or 0
    between = household.sentence[household.locator.end - start : people.locator.start - start]
    return bool(_TOGETHER.search(between))


def _household_size(household: Figure, people: Figure) -> Finding:
    computed = percent(of(people), of(household))
    formula = f"2 ≤ {people.text} / {household.text} ≤ 7"
    allowed = Interval(*_HOUSEHOLD_SIZE, _HOUSEHOLD_SIZE[0])
    if computed is None:
        message = f"{household.text} households can be none, so their size cannot be tested."
        return Finding(
            "plausibility_ratio", "not_testable", (people, household), formula, message, None, allowed,
            "person/household", "info",
        )  # fmt: skip
    size = computed.times(Decimal("0.01"))
    verdict = "holds" if size.meets(allowed) else "suspect"
    message = f"{number(size.point)} persons per household {'are' if verdict == 'holds' else 'are not'} plausible."
    return Finding(
        "plausibility_ratio", verdict, (people, household), formula, message, size, allowed, "person/household"  # type: ignore[arg-type]
    )  # fmt: skip
