"""One failure with its arithmetic written out: operands, intervals, the gap, and what else bears on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipelines.catalog.sentences import retold
from pipelines.errors import FupinError
from pipelines.publishing.cells import separated
from pipelines.publishing.failures import COLUMNS, open_failures

if TYPE_CHECKING:
    import duckdb

_OPERANDS = """
SELECT f.printed_text, f.value, f.value_low, f.value_high, f.is_low_open, f.is_high_open, f.unit_code,
    coalesce(f.sheet || ' ' || f.cell, concat_ws(', ', nullif(f.section, ''), 'character ' || (f.start_offset + 1)), '')
FROM core.fact_check AS c, unnest(c.operand_figure_keys) WITH ORDINALITY AS o (figure_key, position)
JOIN core.fact_figure AS f ON f.figure_key = o.figure_key
WHERE c.check_key = ?
ORDER BY o.position
"""
_SAME_CAUSE = """
SELECT f.failure_id, d.rule_code, c.verdict, c.message, c.said
FROM core.fact_check AS own
JOIN core.fact_check AS c
    ON c.report_version_key = own.report_version_key AND c.root_cause = own.root_cause AND c.check_key <> own.check_key
JOIN core.dim_rule AS d ON d.rule_key = c.rule_key
LEFT JOIN quality.failure AS f ON f.check_key = c.check_key
WHERE own.check_key = ? AND c.assumption = ''
ORDER BY c.check_id
"""
_READ_OTHERWISE = """
SELECT c.assumption, c.verdict, c.message, c.said
FROM core.fact_check AS own
JOIN core.fact_check AS c
    ON c.report_version_key = own.report_version_key AND c.rule_key = own.rule_key
    AND list_sort(c.operand_figure_keys) = list_sort(own.operand_figure_keys)
WHERE own.check_key = ? AND c.assumption <> ''
ORDER BY c.check_id
"""
_CORRECTIONS = """
SELECT f.printed_text, n.proposed_value, f.unit_code, n.status, n.reason, n.said
FROM core.fact_check AS c
JOIN core.correction AS n ON list_contains(c.suspect_figure_keys, n.figure_key)
JOIN core.fact_figure AS f ON f.figure_key = n.figure_key
WHERE c.check_key = ?
ORDER BY f.figure_id, n.proposed_value
"""


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure of the formula: as printed, its value and all that it can stand for, in `unit`, and where it is."""

    text: str
    value: Decimal
    low: Decimal
    high: Decimal
    open_low: bool
    open_high: bool
    unit: str
    place: str


@dataclass(frozen=True, slots=True)
class Details:
    """All that bears on one failure.

    Attributes:
        failure: the failure with the keys of `failures.COLUMNS`.
        operands: in formula order; none for a report that was not loaded.
        in_numbers: the formula with values in place of the printed texts.
        computed: least and greatest value that the operands allow, in `unit`; None where nothing follows from them.
        stated: least and greatest value of the printed result, or of the bound.
        unit: unit of both.
        verdict: of the check.
        same_cause: id (None where it is not in the record), rule, verdict and finding of the checks of the same cause.
        read_otherwise: assumption, verdict and finding where an operand is read other than printed.
        corrections: printed text, proposed value, unit, status and reason, for suspect figures.
    """

    failure: dict[str, Any]
    operands: Sequence[Operand]
    in_numbers: str
    computed: tuple[Decimal, Decimal] | None
    stated: tuple[Decimal, Decimal] | None
    unit: str
    verdict: str
    same_cause: Sequence[tuple[str | None, str, str, str]]
    read_otherwise: Sequence[tuple[str, str, str]]
    corrections: Sequence[tuple[str, Decimal, str, str, str]]

    @property
    def gap(self) -> Decimal | None:
        """The least by which computed and printed miss each other; None where they meet or one of them is missing."""
        if self.computed is None or self.stated is None:
            return None
        gap = max(self.computed[0] - self.stated[1], self.stated[0] - self.computed[1])
        return gap if gap > 0 else None


def failure_details(connection: duckdb.DuckDBPyConnection, failure_id: str, language: str = "en") -> Details:
    """Everything about one failure, open or resolved.

    Args:
        connection: to the snapshot.
        failure_id: its short name, in any case, with or without `F-`.
        language: of what was found and proposed, `en` or `zh`.

    Raises:
        FupinError: there is no such failure.
    """
    wanted = f"F-{failure_id.strip().lower().removeprefix('f-')}"
    row = connection.execute("SELECT check_key, verdict FROM quality.failure WHERE failure_id = ?", [wanted]).fetchone()
    if row is None:
        raise FupinError(f"{failure_id}: no such failure; `fupin failures --all` lists them with their ids")
    [failure] = [one for one in open_failures(connection, resolved_too=True, language=language) if one["id"] == wanted]
    check_key, verdict = row
    bounds = connection.execute(
        "SELECT computed_low, computed_high, stated_low, stated_high, unit_code FROM core.fact_check "
        "WHERE check_key = ?",
        [check_key],
    ).fetchone()
    low, high, stated_low, stated_high, unit = bounds or (None, None, None, None, "")

    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query, [check_key]).fetchall()

    operands = [Operand(*found) for found in rows(_OPERANDS)]
    return Details(
        failure={name: failure[name] for name in COLUMNS},
        operands=operands,
        in_numbers=in_numbers(failure["formula"], operands),
        computed=None if low is None or high is None else (low, high),
        stated=None if stated_low is None or stated_high is None else (stated_low, stated_high),
        unit=unit,
        verdict=verdict,
        same_cause=[
            (name, rule, verdict, retold(said, "message", finding, language))
            for name, rule, verdict, finding, said in rows(_SAME_CAUSE)
        ],
        read_otherwise=[
            (retold(said, "assumption", assumption, language), verdict, retold(said, "message", finding, language))
            for assumption, verdict, finding, said in rows(_READ_OTHERWISE)
        ],
        corrections=[
            (text, value, unit, status, retold(said, "reason", reason, language))
            for text, value, unit, status, reason, said in rows(_CORRECTIONS)
        ],
    )


def in_numbers(formula: str, operands: Iterable[Operand]) -> str:
    """The formula with each printed text replaced by the value it has.

    Where the same text stands for several values, such as in two columns with different units, they are taken in the
    order of the operands.
    """
    values: dict[str, list[str]] = {}
    for operand in operands:
        value = separated(operand.value) + ("%" if operand.unit == "%" else "")
        known = values.setdefault(operand.text, [])
        if value not in known:
            known.append(value)
    if not values:
        return formula
    texts = "|".join(re.escape(text) for text in sorted(values, key=len, reverse=True) if text)

    def value_of(match: re.Match[str]) -> str:
        known = values[match.group()]
        return known.pop(0) if len(known) > 1 else known[0]

    # a text never begins or ends within another number
    return re.sub(rf"(?<![\d.,])(?:{texts})(?!\d)", value_of, formula)
