"""A figure while it is being read: every step fills in what it decides and says which words decided it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.figures.figure import LinkKind, Qualifier, Role
from pipelines.figures.scan import Token


@dataclass(slots=True, eq=False)
class Draft:
    """One number with its surroundings.

    Attributes:
        token: the number.
        section: heading above it.
        sentence: bounds of its sentence.
        end: one past the printed quantity (number, scale, unit words, closing qualifier).
        before: text of the sentence from the previous number's end up to this number.
        after: text of the sentence from `end` on.
        scale: exact factor of the scale words.
        unit: unit code, empty until found.
        noun: words of the noun phrase that gave the unit.
    """

    token: Token
    section: str
    sentence: tuple[int, int]
    end: int
    before: str = ""
    after: str = ""
    scale: Decimal = Decimal(1)
    unit: str = ""
    noun: str = ""
    qualifier: Qualifier = "exact"
    role: Role = "level"
    parent: Draft | None = None
    link: LinkKind | None = None
    axis: str | None = None
    exhaustive: bool = False
    decided: dict[str, str] = field(default_factory=dict)

    @property
    def is_level(self) -> bool:
        """Whether others may speak about it: an amount, stock or standard."""
        return self.role in ("level", "per_unit")
