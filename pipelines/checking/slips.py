"""Slips of the pen: what a writer may have meant by a number, and whether one number mends a relation that fails.

A number that was mistyped lies near what was meant, or is one move of a digit or of the point away from it. A relation
that no such slip of one of its numbers mends is none: its numbers were never meant to fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipelines.checking.evidence import At, Finding
from pipelines.checking.interval import Interval, of
from pipelines.figures.figure import Figure
from pipelines.figures.intervals.intervals import bounds

_POWERS = (-1, 1, -2, 2, -3, 3, -4, 4)
_HOLDS = ("holds", "holds_within_rounding")
_NEAR, _NEAR_QUOTIENT = Decimal("1.6"), Decimal(2)  # times what was meant, or as little
_TELLING = 2  # digits of each number: with one, too many slips would fit
_ROUGH = Decimal("0.1")  # of itself
# what relates numbers that stand in a text; the other rules hold one against what is known
_ORDERS = frozenset({"parts_not_above_whole", "change_not_above_level", "count_within_total"})  # less always fits
_SUMS = _ORDERS | {"sum_of_parts", "base_plus_change"}
_QUOTIENTS = frozenset({"growth_from_previous", "average", "share", "rate", "plan_vs_actual"})


def may_be_slip(finding: Finding) -> bool:
    """Whether another number in place of one that is printed, near it or one slip away, mends a relation."""
    if finding.again is None or finding.rule not in _SUMS | _QUOTIENTS:
        return True
    return any(_is_mended(finding, operand) for operand in finding.operands)


def _is_mended(finding: Finding, operand: Figure) -> bool:
    said, near = of(operand), _NEAR if finding.rule in _SUMS else _NEAR_QUOTIENT
    ends = [end * factor for end in (said.low, said.high) for factor in (near, 1 / near)]
    meant = [Interval(min(ends), max(ends), said.point)]
    telling = finding.operands if finding.rule in _QUOTIENTS else (operand,)
    if finding.rule not in _ORDERS and all(map(_is_telling, telling)):
        meant += [of(figure) for _, figures in slips(operand) for figure in figures]
    mended = (finding.again(instead(operand, one)) for one in meant)  # type: ignore[misc]
    return any(one.verdict in _HOLDS and (not place or _is_exact(one)) for place, one in enumerate(mended))


def _is_exact(finding: Finding) -> bool:
    """Whether what is computed is known so well that a slip hardly fits by chance."""
    computed, stated = finding.computed, finding.stated
    return computed is None or stated is None or computed.high - computed.low <= abs(computed.point) * _ROUGH


def _is_telling(figure: Figure) -> bool:
    return len(figure.value_stated.normalize().as_tuple().digits) >= _TELLING


def instead(figure: Figure, value: Interval) -> At:
    """All figures as printed, but for one."""

    def at(operand: Figure) -> Interval:
        return value if operand is figure else of(operand)

    return at


def slips(figure: Figure) -> Iterator[tuple[str, list[Figure]]]:
    """Kinds of slips by their sentence, the commonest first, with the figures that may have been meant."""
    stated = figure.value_stated
    yield "slip.power", [_printed(figure, _shifted(stated, power)) for power in _POWERS]
    sign, digits, _ = stated.as_tuple()
    exponent = int(stated.as_tuple().exponent)
    swapped = [
        (*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :])
        for place in range(len(digits) - 1)
        if digits[place] != digits[place + 1]
    ]
    yield "slip.swapped", [_printed(figure, Decimal((sign, d, exponent))) for d in swapped]
    replaced = [
        (*digits[:place], digit, *digits[place + 1 :])
        for place in range(len(digits))
        for digit in range(10)
        if digit != digits[place]
    ]
    yield "slip.digit", [_printed(figure, Decimal((sign, d, exponent))) for d in replaced]


def _shifted(stated: Decimal, power: int) -> Decimal:
    """The number with its point moved; a whole number stays one, "200" becomes "20" and not "20.0"."""
    moved = stated.scaleb(power)
    return moved.quantize(Decimal(1)) if moved == moved.to_integral_value() else moved


def _printed(figure: Figure, stated: Decimal) -> Figure:
    """The figure as if another number had been printed in its place."""
    meant = bounds(stated, figure.scale, figure.qualifier, figure.unit)
    return figure._replace(
        value_stated=stated,
        value=stated * figure.scale,
        low=meant.low,
        high=meant.high,
        open_low=meant.open_low,
        open_high=meant.open_high,
    )
