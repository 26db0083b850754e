"""The interval that a printed number stands for, from its last printed digit and its qualifier."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.catalog.currencies import is_money
from pipelines.catalog.load import catalog

_MEASURED = frozenset({"share", "difference", "area", "length", "mass", "volume", "energy", "power", "voltage"})

_WHOLE = Decimal(1)


class Bounds(NamedTuple):
    """An interval in base units; an open end is itself excluded."""

    low: Decimal
    high: Decimal
    open_low: bool = False
    open_high: bool = False


def bounds(
    value_stated: Decimal, scale: Decimal, qualifier: str, unit: str, spread: tuple[Decimal, Decimal] | None = None
) -> Bounds:
    """The values a printed number can stand for.

    A number with decimals or a scale, and any amount that is measured and not counted (per cent, length, income per
    head), is rounded to its last printed digit: half a unit of it to both sides. A count printed in full is exact, and
    so is money printed to the single unit of its currency. With a
    qualifier the step is one unit of the last non-zero digit: `more_than` x is [x, x + step), `nearly` x is
    (x - step, x], `about` x is [x - step, x + step].

    Args:
        value_stated: the number as printed, without its scale.
        scale: exact factor of its scale words.
        qualifier: code of the qualifier.
        unit: code of the unit.
        spread: how far an open number reaches (三四十, 数千), without its scale.

    Returns:
        The interval in base units, never below zero for a positive number.
    """
    if spread is not None:
        return Bounds(spread[0] * scale, spread[1] * scale)
    value = value_stated if scale == 1 else value_stated * scale
    exponent = 0 if value_stated.same_quantum(_WHOLE) else int(value_stated.as_tuple().exponent)
    measured = _is_measured(unit)
    if qualifier == "exact":
        if exponent >= 0 and scale == 1 and not measured:
            return Bounds(value, value)
        half = _half(min(exponent, 0), scale)
        if value > half:
            return Bounds(value - half, value + half)
    last_digit = Decimal(1).scaleb(min(exponent, 0)) * scale
    step = _last_nonzero_digit(value_stated) * scale
    floor = Decimal(0) if value >= 0 else value - step
    if qualifier in ("more_than", "at_least"):
        return Bounds(value, value + step, open_high=True)
    if qualifier in ("nearly", "up_to", "below"):
        return Bounds(max(value - step, floor), value, open_low=True, open_high=qualifier == "below")
    if qualifier == "about":
        return Bounds(max(value - step, floor), value + step)
    if exponent < 0 or scale != 1 or measured:
        half = last_digit / 2
        return Bounds(max(value - half, floor), value + half)
    return Bounds(value, value)


@lru_cache(maxsize=1024)
def _half(exponent: int, scale: Decimal) -> Decimal:
    """Half of the last digit."""
    return Decimal(1).scaleb(exponent) * scale / 2


@lru_cache(maxsize=1024)
def _is_measured(unit: str) -> bool:
    return unit in _measured_units() or (is_money(unit) and "/" in unit)


@lru_cache(maxsize=1)
def _measured_units() -> frozenset[str]:
    """Codes of units that measure: a printed whole number of them is a rounded one."""
    return frozenset(unit.code for unit in catalog().units.values() if unit.kind.split("_")[0] in _MEASURED)


def _last_nonzero_digit(number: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 0.1 of 2.5, 1000 of 9,000, 1 of 0."""
    if number == 0:
        return Decimal(1)
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))
