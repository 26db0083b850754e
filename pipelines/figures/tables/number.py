"""The number cells of a table before their links are known: what each is, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, groupby, repeat
from typing import NamedTuple

from pipelines.catalog.headers import HeadKind
from pipelines.columns import Codes
from pipelines.figures.draft import RATIO_UNITS
from pipelines.figures.figure import Qualifier, Role
from pipelines.reading.cells import address, column_letters


@dataclass(frozen=True, slots=True)
class Spec:
    """What all cells of one kind share: those of one column with one way to write, and rows that say nothing else.

    `adds_up` is None where no word says whether they are amounts or rates, and `why` says what was not understood of
    their headers, so that none of them is a figure.
    """

    unit: str
    scale: Decimal
    role: Role
    qualifier: Qualifier
    decided: tuple[tuple[str, str], ...]
    adds_up: bool | None = True
    why: str = ""


class Said(NamedTuple):
    """What a row says of its numbers: words of its labels about units and roles, its unit, of what it is no amount."""

    hint: str
    unit: str
    names: HeadKind | None = None


@dataclass(slots=True)
class Kind:
    """What all number cells of one text, column and spec share.

    Attributes:
        column: where they stand.
        text: of the cell.
        spec: unit, scale, role.
        value: the number as printed.
        digits: how many digits the number has.
        mark: where the marks of notes begin.
        scale: factor that the number itself carries.
        spread: smallest and largest value of a range.
        worth: the number in the base of its unit.
        rounding: how far it may be off by the rounding to its last digit, likewise; 0 for a whole number.
    """

    column: int
    text: str
    spec: Spec
    value: Decimal
    digits: int
    mark: int
    scale: Decimal = Decimal(1)
    spread: tuple[Decimal, Decimal] | None = None
    worth: Decimal = field(init=False)
    rounding: Decimal = field(init=False)

    def __post_init__(self) -> None:
        self.worth = self.value * self.scale * self.spec.scale
        self.rounding = _rounding(int(self.value.as_tuple().exponent), self.scale * self.spec.scale)

    @property
    def is_summed(self) -> bool:
        """Whether it is an amount or count, achieved or planned, of which others may be parts."""
        return (
            self.spec.adds_up is not False
            and self.spec.role in ("level", "target")
            and self.spec.unit not in RATIO_UNITS
        )


@dataclass(slots=True)
class NumberCell:
    """One number cell."""

    row: int
    figure_id: int
    kind: Kind

    @property
    def column(self) -> int:
        """Where it stands."""
        return self.kind.column

    @property
    def address(self) -> str:
        """The same in spreadsheet notation."""
        return address(column_letters(self.kind.column), self.row)

    @property
    def spec(self) -> Spec:
        """Unit, scale and role."""
        return self.kind.spec

    @property
    def value(self) -> Decimal:
        """The number as printed."""
        return self.kind.value

    @property
    def is_summed(self) -> bool:
        """Whether others may be parts of it."""
        return self.kind.is_summed

    @property
    def worth(self) -> Decimal:
        """The number in the base of its unit."""
        return self.kind.worth

    @property
    def rounding(self) -> Decimal:
        """How far it may be off by the rounding to its last digit, in the base of its unit; 0 for a whole number."""
        return self.kind.rounding


@lru_cache(maxsize=256)
def _rounding(exponent: int, scale: Decimal) -> Decimal:
    return Decimal(0) if exponent >= 0 and scale == 1 else Decimal(1).scaleb(min(exponent, 0)) * scale / 2


class Numbers:
    """The number cells of one table in row-major order, and, where somebody asks, by row and column.

    Attributes:
        first_id: figure_id of the first.
        kinds: what cells share.
        codes: which of the kinds each is.
        rows: the row of each.
    """

    def __init__(self, first_id: int, kinds: Sequence[Kind], codes: Codes, rows: Codes) -> None:
        self.first_id, self.kinds, self.codes, self.rows = first_id, kinds, codes, rows

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def lines(self) -> Codes:
        """The rows that hold some, in order."""
        return Codes(row for row, _ in groupby(self.rows))

    @cached_property
    def line_codes(self) -> Codes:
        """Which of these rows each is in."""
        sizes = (sum(1 for _ in line) for _, line in groupby(self.rows))
        return Codes(chain.from_iterable(map(repeat, range(len(self.lines)), sizes)))

    @cached_property
    def cells(self) -> list[NumberCell]:
        """Each by itself."""
        kinds = map(self.kinds.__getitem__, self.codes)
        return list(map(NumberCell, self.rows, range(self.first_id, self.first_id + len(self)), kinds))

    @cached_property
    def by_row(self) -> dict[int, dict[int, NumberCell]]:
        """Row → column → cell."""
        found: dict[int, dict[int, NumberCell]] = {}
        for number in self.cells:
            found.setdefault(number.row, {})[number.kind.column] = number
        return found

    @cached_property
    def by_column(self) -> dict[int, dict[int, NumberCell]]:
        """Column → row → cell, of those that may be parts of others."""
        found: dict[int, dict[int, NumberCell]] = {}
        for number in self.cells:
            if number.kind.is_summed:
                found.setdefault(number.kind.column, {})[number.row] = number
        return found

    @cached_property
    def values(self) -> dict[int, dict[int, Decimal]]:
        """Row → column → number in the base of its unit, of those that may be parts of others."""
        found: dict[int, dict[int, Decimal]] = {}
        summed = [(kind.column, kind.worth) if kind.is_summed else None for kind in self.kinds]
        for row, code in zip(self.rows, self.codes, strict=True):
            line = found.setdefault(row, {})
            if (told := summed[code]) is not None:
                line[told[0]] = told[1]
        return found

    @cached_property
    def units(self) -> dict[int, set[str]]:
        """Column → units of its numbers."""
        found: dict[int, set[str]] = {}
        for kind in self.kinds:
            found.setdefault(kind.column, set()).add(kind.spec.unit)
        return found
