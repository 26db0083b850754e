"""Slips of the pen: what a writer may have meant by a number, and whether one slip mends a relation that fails.

A number that was mistyped lies near what was meant, or is one move of a digit or of the point away from it; or two
numbers changed places. A relation that no such slip of one of its numbers mends is none: its numbers were never meant
to fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, combinations, islice, pairwise

from pipelines.catalog.relations import has_cue
from pipelines.checking.evidence import At, Finding
from pipelines.checking.interval import Interval, of
from pipelines.checking.verdict import HOLDING
from pipelines.figures.figure import Figure
from pipelines.figures.intervals.intervals import bounds

_HUGE = 10**18  # more than anything that is counted
_PRINTED = 16  # digits: a fraction that is told in words has more
_POWERS = (-1, 1, -2, 2, -3, 3, -4, 4)
_NEAR, _NEAR_QUOTIENT = Decimal("1.6"), Decimal(2)  # times what was meant, or as little
_LONGEST = 40  # numbers of which slips of each are tried out
_ROUGH = Decimal("0.1")  # of itself
_ROUGH_DIGITS = 2  # of a quotient so rough that some digit more or less nearly always fits
_MOST = Decimal("0.75")  # of a whole: what its parts make where nothing says that they are all
# what relates numbers that stand in a text; the other rules hold one against what is known
_ORDERS = frozenset({"parts_not_above_whole", "change_not_above_level", "count_within_total", "direction"})
_SUMS = _ORDERS | {"sum_of_parts", "base_plus_change"}
_QUOTIENTS = frozenset({"growth_from_previous", "average", "share", "rate", "plan_vs_actual"})


def may_be_slip(finding: Finding) -> bool:
    """Whether another number in place of one that is printed, or two that changed places, mend a relation."""
    if finding.again is None or finding.rule not in _SUMS | _QUOTIENTS:
        return True
    if any(_is_near(finding, operand) for operand in finding.operands) or _is_claim_slipped(finding):
        return True
    if len(finding.operands) > _LONGEST:
        return False
    # nobody takes a mean for what it is a mean of
    alike = finding.operands[:-1] if finding.rule == "average" else finding.operands
    pairs = combinations(alike, 2) if finding.rule not in _ORDERS else ()
    return any(_is_mended(finding, operand) for operand in finding.operands) or any(
        _holds(finding, _exchanged(*two)) for two in pairs
    )


def _is_claim_slipped(finding: Finding) -> bool:
    """Whether a slip made the claim of what the other numbers give, to its last printed digit: 9.0 % of 99.0 %."""
    claim, computed = finding.operands[-1], finding.computed
    if computed is None or finding.rule in _ORDERS or claim.qualifier != "exact" or abs(computed.point) > _HUGE:
        return False
    if len(claim.value_stated.as_tuple().digits) > _PRINTED:
        return False  # two-thirds
    printed = Decimal(1).scaleb(int(claim.value_stated.as_tuple().exponent))
    return is_slip_of(claim, (abs(computed.point) / claim.scale).quantize(printed) * claim.scale)


def _is_near(finding: Finding, operand: Figure) -> bool:
    announced = finding.rule in _ORDERS and has_cue("of_which", dict(finding.operands[0].decided_by).get("parent", ""))
    said, near = of(operand), _NEAR if finding.rule in _SUMS and not announced else _NEAR_QUOTIENT
    ends = [end * factor for end in (said.low, said.high) for factor in (near, 1 / near)]
    about = Interval(min(ends), max(ends), said.point)
    return finding.again is not None and finding.again(instead(operand, about)).verdict in HOLDING


def _is_mended(finding: Finding, operand: Figure) -> bool:
    kinds = islice(slips(operand), 1) if finding.rule in _ORDERS else slips(operand)  # a digit less nearly always fits
    meant: Iterator[Figure] = (figure for _, figures in kinds for figure in figures)
    fine = finding.rule in _SUMS or len(finding.operands[-1].value_stated.as_tuple().digits) > _ROUGH_DIGITS
    if fine and finding.rule not in _ORDERS:
        meant = chain(meant, _longer(operand))
    meant = chain(meant, _shorter(operand))
    return any(_holds(finding, instead(operand, of(figure))) for figure in meant)


def _longer(figure: Figure) -> Iterator[Figure]:
    """The figures that may have been meant where a digit was left out."""
    sign, digits, exponent = figure.value_stated.as_tuple()
    for place in range(len(digits) + 1):
        for digit in range(10):
            longer = (*digits[:place], digit, *digits[place:])
            if place or digit:
                yield _printed(figure, Decimal((sign, longer, int(exponent))))
            if int(exponent) < 0 and place >= len(digits) + int(exponent):
                yield _printed(figure, Decimal((sign, longer, int(exponent) - 1)))  # 1.0935 without its 0


def _shorter(figure: Figure) -> Iterator[Figure]:
    """The figures that may have been meant where a digit was written twice."""
    sign, digits, exponent = figure.value_stated.as_tuple()
    for place, (one, other) in enumerate(pairwise(digits)):
        if one == other:
            shorter = (*digits[:place], *digits[place + 1 :])
            yield _printed(figure, Decimal((sign, shorter, int(exponent))))
            if int(exponent) < 0 and place >= len(digits) + int(exponent):
                yield _printed(figure, Decimal((sign, shorter, int(exponent) + 1)))


def _holds(finding: Finding, at: At) -> bool:
    """Whether a relation holds of other values, and says so much that it hardly fits by chance."""
    made = finding.again(at) if finding.again is not None else finding
    computed = made.computed
    exact = computed is None or computed.high - computed.low <= abs(computed.point) * _ROUGH
    if finding.rule in _ORDERS and computed is not None and made.stated is not None:
        exact = exact and computed.point >= made.stated.point * _MOST
    return made.verdict in HOLDING and exact


def _exchanged(one: Figure, other: Figure) -> At:
    """All figures as printed, but two whose numbers changed places, each before the scale and the unit of its own."""
    first, second = of(_printed(one, other.value_stated)), of(_printed(other, one.value_stated))

    def at(operand: Figure) -> Interval:
        return first if operand is one else second if operand is other else of(operand)

    return at


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


def is_slip_of(figure: Figure, value: Decimal) -> bool:
    """Whether a number is printed where another value was meant: by one digit, or two that changed places.

    A digit may be wrong, left out, or written twice.
    """
    if value <= 0:
        return False
    said, meant = figure.value_stated, value / figure.scale
    decimals = max(0, -int(said.as_tuple().exponent))
    exact = max(0, -int(meant.normalize().as_tuple().exponent))
    if exact > decimals + 1 or meant > _HUGE:
        return False
    printed = f"{said:.{decimals}f}"
    return any(_is_one_slip(f"{meant:.{places}f}", printed) for places in range(exact, decimals + 2))


def _is_one_slip(meant: str, said: str) -> bool:
    """Whether one slip of the pen makes one printed number of another: 1,930 and 1,390, 4.08 and 4.8, 216 and 2116."""
    if len(meant) == len(said):
        apart = [place for place, sign in enumerate(meant) if sign != said[place]]
        if len(apart) == 1:
            return "." not in (meant[apart[0]], said[apart[0]])
        one, other = meant.replace(".", ""), said.replace(".", "")
        apart = [place for place, sign in enumerate(one) if sign != other[place]] if len(one) == len(other) else []
        if len(apart) != _TWO or meant.find(".") != said.find("."):
            return False
        first, last = apart
        return last == first + 1 and (one[first], one[last]) == (other[last], other[first])
    if len(meant) == len(said) + 1:
        return any(meant[:place] + meant[place + 1 :] == said for place, sign in enumerate(meant) if sign != ".")
    twice = (place for place, sign in enumerate(meant) if sign != "." and meant[: place + 1] + meant[place:] == said)
    return len(said) == len(meant) + 1 and any(True for _ in twice)


_TWO = 2  # digits that changed places


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
