"""A second look at what fails: numbers right beside a claim that answer it show that it was meant of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.checking.evidence import Finding, says_unit
from pipelines.checking.interval import Interval, exactly, of, quotient, total
from pipelines.checking.rules.shares import is_rough, several_of
from pipelines.checking.rules.told import Told, comparable, countable, is_amount, rounded, same_sentence, scaled
from pipelines.checking.verdict import FAILING
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_RATIOS = frozenset({"share", "rate", "plan_vs_actual", "growth_from_change", "growth_from_previous"})
_OVER_PASSAGE = frozenset({"rate", "plan_vs_actual"})
_GROWTH = frozenset({"growth_from_change", "growth_from_previous"})
_SUMS = frozenset({"sum_of_parts", "parts_not_above_whole"})
_NEAR = 5  # numbers to both sides of a claim among which its operands may be
_NESTED = frozenset({"parts_not_above_whole", "count_within_total", "sum_of_parts"})
_TOTALS = frozenset({"program_within_total", "programs_within_total"})
_TINY = 100  # times a total: so small it is none
_NUMBER_WORD = regex(r"[一二三四五六七八九十两]+|[A-Za-z-]+")
_FAR = 10  # times its whole: so large is no part
_SAID_AGAIN = ("namely", "that is", "i.e.")
_OF_WHICH = regex(r"(?:\bof wh(?:om|ich)|其中)[，,]?\s*(?:about |some |only |有)?$", re.IGNORECASE)
_HUNDRED = exactly(100)


def without_second_reading(told: Told, findings: list[Finding]) -> list[Finding]:
    """The findings but for failures of claims that other numbers of their sentence answer."""
    return [f for f in findings if f.verdict not in FAILING or f.assumption or not _otherwise(told, f)]


def _otherwise(told: Told, finding: Finding) -> bool:
    claim = finding.operands[-1]
    if claim.figure_id not in told.place or any(f.figure_id not in told.place for f in finding.operands):
        return False
    if finding.rule in _NESTED and _not_told(finding):
        return True
    if finding.rule in _TOTALS and claim.value > 0 and finding.operands[0].value > _TINY * claim.value:
        return True  # "100,000 of expenses are cut": no total of the funds
    words = [dict(figure.decided_by).get("parent", "") for figure in finding.operands[:-1]]
    if finding.rule == "parts_not_above_whole" and any(word.lower().startswith(_SAID_AGAIN) for word in words):
        return True  # "with twice that weight, namely 5,620 tonnes"
    if finding.rule == "parts_not_above_whole" and not all(
        says_unit(figure) or _OF_WHICH.search(told.lead(figure)) for figure in finding.operands
    ):
        return True  # it prints another kind of thing than its whole, or none
    if finding.rule in _RATIOS and claim.unit in ("%", "fraction", "times"):
        return any(_meets(reading, claim) for reading in _ratios(told, finding))
    if finding.rule == "sum_of_shares":
        return _more_shares(told, finding)
    if finding.rule == "base_plus_change":
        changes = [f for f in finding.operands if f.role in ("change", "diff_pp")]
        return any(_meets(reading, change) for change in changes for reading in _differences(told, change))
    return finding.rule in _SUMS and _added(told, finding)


def _not_told(finding: Finding) -> bool:
    """Whether a whole is a word, or far smaller than a part whose unit was read from elsewhere."""
    *parts, whole = finding.operands
    if _NUMBER_WORD.fullmatch(whole.text):
        return True
    far = whole.value > 0 and any(part.value / whole.value > _FAR for part in parts)
    return far and not all(map(says_unit, finding.operands))


def _meets(reading: Interval | None, claim: Figure) -> bool:
    return reading is not None and reading.meets(rounded(claim, of))


def _beside(told: Told, claim: Figure) -> list[Figure]:
    place = told.place[claim.figure_id]
    near = told.figures[max(0, place - _NEAR) : place + _NEAR + 1]
    return [f for f in near if f is not claim and same_sentence(f, claim)]


def _ratios(told: Told, finding: Finding) -> Iterator[Interval | None]:
    claim, rule = finding.operands[-1], finding.rule
    near = [f for f in _beside(told, claim) if is_amount(f)]
    for one in near:
        for other in near:
            if one is other or not countable(one, other):
                continue
            # that a change is so much of its own level is no growth; the rule itself tells where it is
            if not (rule in _GROWTH and one in finding.operands and other in finding.operands):
                yield scaled(claim, quotient(of(one), of(other)))
            if rule == "plan_vs_actual":
                continue
            grown = quotient(of(one), of(other))
            if grown is not None:
                yield scaled(claim, grown - exactly(1) if grown.point >= 1 else exactly(1) - grown)
            for earlier in (of(other) - of(one), of(other) + of(one)):
                if earlier.low > 0:
                    yield scaled(claim, quotient(of(one), earlier))
    if rule == "share":
        yield from (
            reading.reading(of) for reading in several_of(told, told.place[claim.figure_id], finding.operands[0])
        )
    wide = rule == "share" or (rule in _OVER_PASSAGE and not is_rough(claim))
    for one in near if wide else ():
        if told.place[one.figure_id] < told.place[claim.figure_id]:
            for whole in told.wide(told.place[claim.figure_id]):
                planned = rule != "plan_vs_actual" or whole.role == "target"
                if whole is not one and one.unit == whole.unit and planned:
                    yield scaled(claim, quotient(of(one), of(whole)))


def _differences(told: Told, claim: Figure) -> Iterator[Interval]:
    near = [f for f in _beside(told, claim) if f.unit == claim.unit or (claim.unit == "pp" and f.unit == "%")]
    for place, one in enumerate(near):
        for other in near[place + 1 :]:
            apart = of(one) - of(other)
            yield apart if apart.point >= 0 else -apart


def _more_shares(told: Told, finding: Finding) -> bool:
    """Whether the shares beside those that were added up make them all."""
    first, last = (told.place[finding.operands[place].figure_id] for place in (0, -1))
    shares = [
        f for f in told.figures[max(0, first - 8) : last + 8] if f.unit == "%" and same_sentence(f, finding.operands[0])
    ]
    return len(shares) > len(finding.operands) and total(map(of, shares)).meets(_HUNDRED)


def _added(told: Told, finding: Finding) -> bool:
    """Whether the same parts make another amount of their sentence, or those and others beside them the whole."""
    *parts, whole = finding.operands
    place = told.place[whole.figure_id]
    near = [f for f in told.figures[max(0, place - 12) : place + 24] if is_amount(f) and comparable(f, whole)]
    near = [f for f in near if same_sentence(f, whole) or same_sentence(f, parts[0])]
    if len(parts) > 1 and any(total(map(of, parts)).meets(of(f)) for f in near if f not in parts and f is not whole):
        return True
    for start in range(len(near) - 1):
        together = of(near[start])
        for end in range(start + 1, len(near)):
            together = together + of(near[end])
            window = near[start : end + 1]
            mixed = any(part in window for part in parts) and any(f not in parts for f in window)
            if mixed and whole not in window and together.meets(of(whole)):
                return True
    return False
