"""A figure while it is being read: every step fills in what it decides and says which words decided it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.figures.figure import LinkKind, Qualifier, Role
from pipelines.figures.numbers.token import Token


@dataclass(slots=True, eq=False)
class Draft:
    """One number with its surroundings.

    Attributes:
        token: the number.
        start: its first code point.
        section: heading above it.
        sentence: bounds of its sentence.
        end: one past the printed quantity (number, scale, unit words).
        before: where the words before it begin: the end of the earlier number of its sentence, or the sentence's start.
        after: where the words behind it end: the start of the next number, or the sentence's end.
        scale: exact factor of the scale words.
        unit: unit code, empty until found.
        noun: words of the noun phrase that gave the unit.
        more: the character between digits and scale or unit that says "and more" (多, 余, 来).
        elided: whether the unit is that of the list it stands in.
        covers: whether a verb such as "served" makes it a rate.
        no_noun: whether a bare counter (个, 项) stands behind it and nothing near it says what is counted.
        stands_for: whether "ones" behind it stand for what was counted before.
        sign: where the currency before it begins; -1 where none stands there.
        why: what was not understood of it, so that it is unread.
    """

    token: Token
    section: str
    sentence: tuple[int, int]
    end: int
    before: int = 0
    after: int = 0
    scale: Decimal = Decimal(1)
    unit: str = ""
    noun: str = ""
    qualifier: Qualifier = "exact"
    role: Role = "level"
    parent: Draft | None = None
    link: LinkKind | None = None
    axis: str | None = None
    exhaustive: bool = False
    more: str = ""
    elided: bool = False
    covers: bool = False
    no_noun: bool = False
    stands_for: bool = False
    sign: int = -1
    why: str = ""
    decided: dict[str, str] = field(default_factory=dict)
    start: int = field(init=False)

    def __post_init__(self) -> None:
        """A number may get longer while it is read, but begins where it began."""
        self.start = self.token.start

    @property
    def first(self) -> int:
        """Where it begins with its sign of currency."""
        return self.sign if 0 <= self.sign < self.start else self.start

    @property
    def is_level(self) -> bool:
        """Whether others may speak about it: an amount, stock or standard."""
        return self.role in ("level", "per_unit")

    def decide_role(self, role: Role, words: str) -> None:
        """Sets the role, with the words that decided it."""
        self.role, self.decided["role"] = role, words.strip() or self.unit

    @property
    def is_ratio(self) -> bool:
        """Whether it is a share, a rate or a factor and no amount."""
        return self.unit in RATIO_UNITS


RATIO_UNITS = frozenset({"%", "pp", "times", "fraction", "ratio"})
