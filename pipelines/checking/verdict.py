"""The outcome of one rule on one set of figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Severity = Literal["critical", "error", "warning", "info"]
Verdict = Literal[
    "holds",
    "holds_within_rounding",
    "fails",
    "fails_if_nested",
    "suspect",
    "not_comparable",
    "not_testable",
]
FAILING: frozenset[Verdict] = frozenset({"fails", "fails_if_nested", "suspect"})


@dataclass(frozen=True, slots=True)
class Check:
    """One rule instance on one report version.

    Attributes:
        check_id: ordinal within the version, from 1, in order of the operands' appearance.
        rule: code of `catalog/rules.yml`.
        severity: what a failure of this instance means; recorded for passing ones too.
        verdict: the outcome.
        operands: figure_ids in formula order; the stated result last.
        formula: written out with printed numbers, such as `651 million + 153 million = 803 million`.
        unit: unit of the four bounds below.
        computed_low: smallest value the operands allow; None where not testable.
        computed_high: largest value the operands allow.
        stated_low: lower bound of the printed result.
        stated_high: upper bound of the printed result.
        message: one sentence that a programme officer understands.
        root_cause: names the group of failures that share a cause (`RC1`, …); None for passing checks.
        suspects: figure_ids that the evidence points to; they become `disputed`.
    """

    check_id: int
    rule: str
    severity: Severity
    verdict: Verdict
    operands: tuple[int, ...]
    formula: str
    unit: str
    computed_low: Decimal | None
    computed_high: Decimal | None
    stated_low: Decimal | None
    stated_high: Decimal | None
    message: str
    root_cause: str | None = None
    suspects: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """One declared expectation of one suite on one table.

    Attributes:
        suite: name of the file in `expectations/`, without its ending.
        expectation: its type, such as `expect_column_values_to_be_in_set`.
        column: the column it is about, empty for a table expectation.
        severity: from the file.
        success: whether it holds.
        unexpected_count: failing rows, 0 for a table expectation.
        failing_keys: keys of failing rows, at most 200.
        details: one line for people.
    """

    suite: str
    expectation: str
    column: str
    severity: Severity
    success: bool
    unexpected_count: int
    failing_keys: tuple[str, ...]
    details: str
