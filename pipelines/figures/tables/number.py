"""A number cell of a table before its links are known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipelines.figures.draft import RATIO_UNITS
from pipelines.figures.tables.specs import Spec
from pipelines.reading.document import Cell


@dataclass(slots=True)
class NumberCell:
    """A figure of a table before its links are known; `digits` are those of its number, `mark` where notes begin."""

    cell: Cell
    figure_id: int
    spec: Spec
    value: Decimal
    digits: int
    mark: int
    scale: Decimal = Decimal(1)
    spread: tuple[Decimal, Decimal] | None = None

    @property
    def is_summed(self) -> bool:
        """Whether it is an amount or count, achieved or planned, of which others may be parts."""
        return self.spec.adds_up and self.spec.role in ("level", "target") and self.spec.unit not in RATIO_UNITS

    @property
    def worth(self) -> Decimal:
        """The number in the base of its unit."""
        return self.value * self.scale * self.spec.scale

    @property
    def rounding(self) -> Decimal:
        """How far it may be off by the rounding to its last digit, in the base of its unit; 0 for a whole number."""
        return _rounding(int(self.value.as_tuple().exponent), self.scale * self.spec.scale)


@lru_cache(maxsize=256)
def _rounding(exponent: int, scale: Decimal) -> Decimal:
    return Decimal(0) if exponent >= 0 and scale == 1 else Decimal(1).scaleb(min(exponent, 0)) * scale / 2
