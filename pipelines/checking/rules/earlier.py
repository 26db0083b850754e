"""Growth of a whole and of its parts: changes that add up, rates that bracket, and the earlier amounts both imply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import (
    At,
    Evidence,
    Finding,
    agreement,
    before,
    comparison,
    falls,
    printed,
    signed,
    tested,
)
from pipelines.checking.interval import Interval, base_of, total
from pipelines.checking.rules.sums import written
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

Pair = tuple[Figure, Figure]
# output grows at the prices of another year than those that its amounts are told in
_REAL = regex(
    r"(?:增加值|总值|总产值)[^，。；\d]{0,6}$|\b(?:GDP|value added|(?:gross )?output)\b[^,;.\d]{0,24}$", re.IGNORECASE
)


def check_earlier(evidence: Evidence) -> Iterator[Finding]:
    """Every complete set of parts whose whole and parts all print a change, or all print a growth rate."""
    for whole, parts in evidence.complete_partitions():
        changes = _all(evidence, whole, parts, "change", whole.unit)
        if changes is not None:
            yield tested(partial(_sum_of_changes, changes))
            yield tested(partial(_from_changes, changes))
        rates = _all(evidence, whole, parts, "change_pct", "%")
        if rates is not None and not any(_REAL.search(before(level)) for level, _ in rates):
            yield tested(partial(_from_rates, rates))
            if not any(falls(rate) for _, rate in rates):
                yield tested(partial(_between, rates))


def _all(evidence: Evidence, whole: Figure, parts: list[Figure], role: str, unit: str) -> list[Pair] | None:
    """Each part, and last the whole, with what is said about it; None unless something is said about all of them."""
    pairs = [(level, said) for level in (*parts, whole) if (said := evidence.about(level, role)) is not None]
    complete = len(pairs) == len(parts) + 1 and all(said.unit == unit for _, said in pairs)
    return pairs if complete else None


def _sum_of_changes(pairs: list[Pair], at: At) -> Finding:
    *parts, whole = [change for _, change in pairs]
    computed, stated = total(signed(change, at) for change in parts), signed(whole, at)
    verdict = agreement(computed, stated)
    return Finding(
        "sum_of_changes",
        verdict,
        (*parts, whole),
        written(parts, whole, "="),
        comparison("sum.changes", verdict, computed, stated),
        computed,
        stated,
        whole.unit,
    )


def _from_changes(pairs: list[Pair], at: At) -> Finding:
    *parts, whole = pairs
    computed = total(at(level) - signed(change, at) for level, change in parts)
    stated = at(whole[0]) - signed(whole[1], at)
    bases = [f"({level.text} {'+' if falls(change) else '-'} {change.text})" for level, change in pairs]
    return _compared("prior_year_sum", pairs, bases, computed, stated)


def _from_rates(pairs: list[Pair], at: At) -> Finding:
    bases = [f"{level.text} / (1 {'-' if falls(rate) else '+'} {rate.text})" for level, rate in pairs]
    found = [base_of(at(level), signed(rate, at)) for level, rate in pairs]
    known = [base for base in found if base is not None]
    if len(known) < len(pairs):
        message = say("sum.no_earlier")
        operands = tuple(figure for pair in pairs for figure in pair)
        formula = f"{' + '.join(bases[:-1])} = {bases[-1]}"
        return Finding("prior_year_sum_from_growth", "not_testable", operands, formula, message)
    return _compared("prior_year_sum_from_growth", pairs, bases, total(known[:-1]), known[-1])


def _compared(rule: str, pairs: list[Pair], bases: list[str], computed: Interval, stated: Interval) -> Finding:
    verdict = agreement(computed, stated)
    return Finding(
        rule,
        verdict,
        tuple(figure for pair in pairs for figure in pair),
        f"{' + '.join(bases[:-1])} = {bases[-1]}",
        comparison("sum.earlier", verdict, computed, stated),
        computed,
        stated,
        pairs[0][0].unit,
    )


def _between(pairs: list[Pair], at: At) -> Finding:
    """A whole grows at a weighted mean of its parts' rates."""
    *rates, rate = [said for _, said in pairs]
    slowest, fastest = min(rates, key=lambda r: at(r).point), max(rates, key=lambda r: at(r).point)
    span = Interval(at(slowest).low, at(fastest).high, at(rate).point)
    verdict: Verdict = "holds" if span.meets(at(rate)) else "fails"
    return Finding(
        "growth_between_components",
        verdict,
        (*rates, rate),
        f"{slowest.text} ≤ {rate.text} ≤ {fastest.text}",
        say(
            "growth.inside" if verdict == "holds" else "growth.outside",
            rate=printed(rate),
            slowest=printed(slowest),
            fastest=printed(fastest),
        ),
        span,
        at(rate),
        "%",
    )
