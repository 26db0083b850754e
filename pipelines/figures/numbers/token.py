"""One written number: where it stands and what it says."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Literal, NamedTuple

Kind = Literal["digits", "word", "fraction", "ratio", "date", "unread"]

DIVISION = Context(prec=28)  # of a fraction that has no end
# what is kept has six places; below half of the last one a number would be kept as zero
_SMALLEST = Decimal("0.0000005")
TOO_SMALL = "smaller than anything that is kept"


class Token(NamedTuple):
    """One number as it stands in the text.

    Attributes:
        start: first code point, that of its sign where it has one.
        end: one past the last.
        text: as printed, without scale and unit words.
        value: what it says, without `scale`; 0 for a date and for what is not understood.
        kind: `digits`, `word` (number words of either language), `fraction`, `ratio`, `date` (dates and times of day),
            or `unread` for what was not understood as a whole.
        unit: `%` where the number itself says so (百分之二十三, 五成), else empty.
        scale: exact factor that the number itself carries (8亿3千万 is 83 at 10,000,000).
        spread: smallest and largest value of an open number (三四十, 数千), without `scale`; None for any other.
        why: what was not understood.
    """

    start: int
    end: int
    text: str
    value: Decimal
    kind: Kind
    unit: str = ""
    scale: Decimal = Decimal(1)
    spread: tuple[Decimal, Decimal] | None = None
    why: str = ""


def is_too_small(value: Decimal) -> bool:
    """Whether a number that is not zero would be kept as zero."""
    return 0 < abs(value) <= _SMALLEST


def unread(text: str, start: int, end: int, why: str) -> Token:
    """A number that is not understood as a whole."""
    return Token(start, end, text[start:end], Decimal(0), "unread", why=why)
