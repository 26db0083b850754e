"""Interval arithmetic over exact decimals: what a formula can give when an operand can be all it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from pipelines.figures.figure import Figure

_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between `low` and `high`; an open end is itself excluded. `point` is the value as printed."""

    low: Decimal
    high: Decimal
    point: Decimal
    open_low: bool = False
    open_high: bool = False

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.point + other.point,
            self.open_low or other.open_low,
            self.open_high or other.open_high,
        )

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, -self.point, self.open_high, self.open_low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def times(self, factor: Decimal) -> Interval:
        """The interval scaled by an exact positive factor."""
        return Interval(self.low * factor, self.high * factor, self.point * factor, self.open_low, self.open_high)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        low = max((self.low, self.open_low), (other.low, other.open_low))
        high = min((self.high, not self.open_high), (other.high, not other.open_high))
        if low[0] == high[0]:
            return not low[1] and high[1]
        return low[0] < high[0]

    def exceeds(self, other: Interval) -> bool:
        """Whether every value lies above every value of the other."""
        return self.low > other.high or (self.low == other.high and (self.open_low or other.open_high))


def of(figure: Figure) -> Interval:
    """What a figure's printed number can stand for, in the base of its unit."""
    return Interval(figure.low, figure.high, figure.value, figure.open_low, figure.open_high)


def exactly(value: Decimal | int) -> Interval:
    """The interval of one value."""
    point = Decimal(value)
    return Interval(point, point, point)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of at least one interval."""
    found = list(parts)
    if not found:
        raise ValueError("nothing to add up")
    return Interval(
        sum((part.low for part in found), Decimal(0)),
        sum((part.high for part in found), Decimal(0)),
        sum((part.point for part in found), Decimal(0)),
        any(part.open_low for part in found),
        any(part.open_high for part in found),
    )


def product(first: Interval, second: Interval) -> Interval:
    """The product of two non-negative intervals."""
    return Interval(
        first.low * second.low,
        first.high * second.high,
        first.point * second.point,
        first.open_low or second.open_low,
        first.open_high or second.open_high,
    )


def quotient(part: Interval, whole: Interval) -> Interval | None:
    """The quotient of a non-negative part; None where the whole can be zero or less."""
    if whole.low <= 0 or part.low < 0:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        return Interval(
            part.low / whole.high,
            part.high / whole.low,
            part.point / whole.point,
            part.open_low or whole.open_high,
            part.open_high or whole.open_low,
        )


def percent(part: Interval, whole: Interval) -> Interval | None:
    """100 * part / whole for a non-negative part; None where the whole can be zero or less."""
    found = quotient(part, whole)
    return None if found is None else found.times(Decimal(100))


def growth(change: Interval, level: Interval) -> Interval | None:
    """100 * change / (level - change), the growth that led to a level; None where the base can be zero or less.

    The expression rises with the change and falls with the level, so its extremes lie at opposite corners. Operand
    twice in the formula is the same operand, which plain interval division would forget.
    """
    if level.low - change.high <= 0:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        return Interval(
            100 * change.low / ((level.high if change.low >= 0 else level.low) - change.low),
            100 * change.high / ((level.low if change.high >= 0 else level.high) - change.high),
            100 * change.point / (level.point - change.point),
            change.open_low or level.open_high,
            change.open_high or level.open_low,
        )


def base_of(level: Interval, rate: Interval) -> Interval | None:
    """The earlier amount, level / (1 + rate / 100); None where the rate can be -100 % or less.

    Args:
        level: the later amount, non-negative.
        rate: its growth in per cent, negative for a fall.
    """
    hundred = exactly(100)
    found = quotient(level, hundred + rate)
    return None if found is None else found.times(Decimal(100))
