"""Amounts against each other while a text is read: what exceeds, what adds up, and what does so by chance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipelines.figures.draft import Draft
from pipelines.figures.intervals.intervals import Bounds, bounds

MOST = 40  # amounts that are added up
_CLOSE = 24  # letters between a whole and the first of its parts
_NARROW = 200  # sums are told from chance where they are at least this many times as large as their slack
_LEAST_DIGITS = 3
_FEW_SLIPS = 12  # amounts among which a slip is looked for


def limits_of(draft: Draft) -> Bounds:
    """What an amount can stand for."""
    return bounds(draft.token.value, draft.scale, draft.qualifier, draft.unit, draft.token.spread)


def value_of(draft: Draft) -> Decimal:
    """An amount as printed, with its scale."""
    return draft.token.value * draft.scale


def digits(value: Decimal) -> int:
    """How many digits of a number tell something."""
    return len(value.normalize().as_tuple().digits)


def exceeds(part: Draft, whole: Draft) -> bool:
    """Whether a part is more than its whole, however both were rounded."""
    return limits_of(part).low > limits_of(whole).high


def exceed_together(parts: Sequence[Draft], whole: Draft) -> bool:
    """Whether parts are more than their whole together, however they were rounded."""
    return sum((limits_of(part).low for part in parts), Decimal(0)) > limits_of(whole).high


def reaches(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether parts may make up their whole."""
    return sum((limits_of(part).high for part in parts), Decimal(0)) >= limits_of(whole).low


def adding(whole: Draft, drafts: Sequence[Draft]) -> int:
    """How many of the first amounts add up to a whole: to the digit, else as many as rounding lets; 0 where none do."""
    together, low, high, fits = Decimal(0), Decimal(0), Decimal(0), 0
    value, stated = value_of(whole), limits_of(whole) if len(drafts) > 1 else None
    for count, draft in enumerate(drafts[:MOST] if stated else (), 1):
        limits = limits_of(draft)
        together, low, high = together + value_of(draft), low + limits.low, high + limits.high
        if count > 1 and together == value:
            return count
        if count > 1 and stated and is_narrow(Bounds(low, high), stated, value, count):
            fits = count
    return fits


def adding_but_for_point(whole: Draft, drafts: Sequence[Draft]) -> int:
    """How many of the first amounts add up to a whole to the digit once the point of one number is put back; else 0."""
    if digits(value_of(whole)) < _LEAST_DIGITS:
        return 0
    for count in range(2, min(len(drafts), _FEW_SLIPS) + 1):
        numbers = [-value_of(whole), *map(value_of, drafts[:count])]
        gap = sum(numbers, Decimal(0))
        if any(gap == number - number.scaleb(power) for number in numbers for power in (-1, 1, -2, 2)):
            return count
    return 0


def adds_up(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether amounts add up to another one as printed, or as far as rounding reaches where that is narrow."""
    if sum((value_of(part) for part in parts), Decimal(0)) == value_of(whole):
        return True
    limits = [limits_of(part) for part in parts]
    low, high = sum((one.low for one in limits), Decimal(0)), sum((one.high for one in limits), Decimal(0))
    return is_narrow(Bounds(low, high), limits_of(whole), value_of(whole), len(parts))


def is_narrow(together: Bounds, stated: Bounds, value: Decimal, count: int) -> bool:
    """Whether a sum of so many amounts can be a whole, and rounding leaves little room for chance."""
    slack = (together.high - together.low) + (stated.high - stated.low)
    return together.low <= stated.high and together.high >= stated.low and slack * _NARROW <= value * count


def is_telling(whole: Draft, parts: Sequence[Draft]) -> bool:
    """Whether a sum is hardly chance: of several digits, right behind, or of three amounts that are not all alike."""
    told = digits(value_of(whole))
    at_once = told > 1 and parts[0].start - whole.end < _CLOSE
    return told >= _LEAST_DIGITS or at_once or (len(parts) > 2 and value_of(whole) > len(parts) * 3)
