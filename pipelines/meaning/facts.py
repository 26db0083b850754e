"""The business facts: figures with a resolved meaning, one to one with their evidence, in natural keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipelines.catalog.units import YUAN
from pipelines.meaning.meaning import How

RollupRole = Literal["total", "component", "standalone"]
Axis = Literal["source", "program", "region", "use", "period", "none"]
CompositionKind = Literal["partition", "subset", "alternative_axis"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Fields that every business fact shares; `figure_id` is its evidence and its key within the version.

    Codes are those of the catalogues; a ratio is never a Fact but a Claim. `sureness` is that of `derive.sureness`.
    `is_additive_leaf` is None where it cannot be told whether the figure repeats others.
    """

    figure_id: int
    region: str
    period: str
    program: str
    measure: str
    scope: str
    rollup_role: RollupRole
    breakdown_axis: Axis
    parent_figure_id: int | None
    is_additive_leaf: bool | None
    qualifier: str
    sureness: How


@dataclass(frozen=True, slots=True)
class FundFact(Fact):
    """One money amount in `currency` (ISO 4217); nothing is converted, and nothing added up across currencies.

    A `per_unit` money figure ("15 million for each county") is a TargetFact of kind `standard`, not a fund fact.
    `flow` is `level` for an amount and `change` for a difference to an earlier period ("145 million more").
    """

    source: str
    stage: str
    flow: Literal["level", "change"]
    amount: Decimal
    amount_low: Decimal
    amount_high: Decimal
    currency: str

    @property
    def amount_cny(self) -> Decimal | None:
        """The amount in yuan."""
        return in_yuan(self.amount, self.currency)

    @property
    def amount_low_cny(self) -> Decimal | None:
        """The smallest amount in yuan."""
        return in_yuan(self.amount_low, self.currency)

    @property
    def amount_high_cny(self) -> Decimal | None:
        """The largest amount in yuan."""
        return in_yuan(self.amount_high, self.currency)


def in_yuan(amount: Decimal, currency: str) -> Decimal | None:
    """An amount where it is one of yuan; None in every other currency."""
    return amount if currency == YUAN else None


@dataclass(frozen=True, slots=True)
class ResultFact(Fact):
    """One achieved count or quantity in the base unit `unit`; `flow` as in FundFact."""

    beneficiary: str
    unit: str
    flow: Literal["level", "change"]
    value: Decimal
    value_low: Decimal
    value_high: Decimal


@dataclass(frozen=True, slots=True)
class TargetFact(Fact):
    """One plan (`kind` target) or one price, income, rate per head or threshold (`kind` standard).

    `actual_figure_id` is the achieved figure that the text pairs a target with. `is_previous` marks an earlier
    standard ("from 1500").
    """

    beneficiary: str
    source: str
    unit: str
    kind: Literal["target", "standard"]
    value: Decimal
    value_low: Decimal
    value_high: Decimal
    actual_figure_id: int | None
    is_previous: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One printed statement about other figures: growth, share, rate, completion; never a measure.

    `value` is in `unit` (`%`, `pp`, `times`, `fraction`). `subject_figure_id` is the figure it speaks about (the level
    that grew, the part whose share it is), `base_figure_id` the one it is taken against, where the text says so.
    """

    figure_id: int
    kind: str
    region: str
    period: str
    program: str
    measure: str
    source: str
    unit: str
    value: Decimal
    value_low: Decimal
    value_high: Decimal
    subject_figure_id: int | None
    base_figure_id: int | None
    sureness: How


@dataclass(frozen=True, slots=True)
class Composition:
    """A part and its whole: a partition must sum, a subset must not exceed."""

    parent_figure_id: int
    child_figure_id: int
    axis: str
    kind: CompositionKind
    is_exhaustive: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All business facts of one report version; every figure is in exactly one of the first four tuples."""

    funds: Sequence[FundFact]
    results: Sequence[ResultFact]
    targets: Sequence[TargetFact]
    claims: Sequence[Claim]
    compositions: Sequence[Composition]
