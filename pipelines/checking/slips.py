"""Slips of the pen: one number printed in place of another."""

from __future__ import annotations

from decimal import Decimal

from pipelines.figures.figure import Figure


def place_of(figure: Figure) -> Decimal:
    """What one unit of the last printed digit of a number is worth."""
    return figure.scale.scaleb(int(figure.value_stated.as_tuple().exponent))


def is_one_slip(printed: Figure, meant: Decimal) -> bool:
    """Whether a number differs from what was meant by one digit, by two neighbours that changed places, or by its point."""
    if meant <= 0:
        return False
    place = place_of(printed)
    one, other = (_digits(value / place) for value in (printed.value, meant))
    if one is None or other is None:
        return False
    if one.rstrip("0") == other.rstrip("0"):
        return True
    if len(one) != len(other):
        return False
    unlike = [index for index in range(len(one)) if one[index] != other[index]]
    swapped = (
        len(unlike) == 2
        and unlike[1] == unlike[0] + 1
        and one[unlike[0]] == other[unlike[1]]
        and one[unlike[1]] == other[unlike[0]]
    )
    return len(unlike) == 1 or swapped


def _digits(value: Decimal) -> str | None:
    """The digits of a whole number; None for another one."""
    return str(int(value)) if value == value.to_integral_value() else None
