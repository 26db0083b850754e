"""The outcome of one rule on one set of figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipelines.catalog.sentences import Said

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
HOLDING: frozenset[Verdict] = frozenset({"holds", "holds_within_rounding"})


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
        message: one sentence that a programme officer understands, in English.
        identity: what is compared, in words that stay the same when numbers or their order change; names the check
            across versions of its report.
        assumption: how an operand was read other than printed (`33,000 as a rounded number`); empty where nothing was.
            Such a check is evidence about another one and never a failure of its own.
        suggestion: what an officer may do about a failure; empty where nothing follows.
        root_cause: names the group of failures that share a cause (`RC1`, …); None for passing checks.
        suspects: figure_ids that the evidence points to; they become `disputed`.
        said: message, formula, assumption and suggestion as data, for other languages (`catalog/sentences.py`).
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
    identity: str
    assumption: str = ""
    suggestion: str = ""
    root_cause: str | None = None
    suspects: tuple[int, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that the other relations of a report determine in place of a printed one; never applied by itself.

    Attributes:
        figure_id: the figure whose printed value fails.
        value: the proposed value, in the base of the figure's unit.
        low: smallest value that the proposed number, printed like the figure, stands for.
        high: largest such value.
        reason: one sentence that names the slip and what the value repairs.
        supporting_checks: check_ids that fail as printed and hold with the proposed value.
    """

    figure_id: int
    value: Decimal
    low: Decimal
    high: Decimal
    reason: Said
    supporting_checks: tuple[int, ...]


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
        failing_keys: keys of failing rows, at most 200 of a report; of a table all, of which 200 are recorded.
        details: one line for people.
        row_count: rows of the table that it was asked of; with 0 it holds of nothing.
        seconds: time spent on it, an equal share of its suite's and its batch's.
    """

    suite: str
    expectation: str
    column: str
    severity: Severity
    success: bool
    unexpected_count: int
    failing_keys: tuple[str, ...]
    details: str
    row_count: int = 0
    seconds: float = 0.0
