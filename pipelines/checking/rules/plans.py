"""Completion rates against plan and achievement, and the plans that they imply where none is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import (
    At,
    Evidence,
    Finding,
    agreement,
    assumed,
    before,
    between,
    comparison,
    in_any_reading,
    number,
    printed,
    tested,
)
from pipelines.checking.interval import Interval, exactly, of, percent, quotient, total
from pipelines.checking.rules.nesting import components
from pipelines.checking.rules.ratios import compared
from pipelines.checking.rules.told import alike, is_amount, same_sentence, same_statement
from pipelines.figures.figure import Figure
from pipelines.patterns import SIGN, regex

_HUNDRED = Decimal(100)


def check_plans(evidence: Evidence) -> Iterator[Finding]:
    """Every printed completion, with its plan if that is printed, and the plans of a whole's parts."""
    for claim in evidence.where(role={"plan_pct", "over_plan_pct"}, unit={"%"}):
        told = evidence.by_id.get(claim.parent) if claim.parent is not None else None
        actual = told or _achieved(evidence, claim) or _alone(evidence, claim)
        if actual is None:
            continue
        target = evidence.about(actual, "target") or _beside(evidence, claim) or _ahead(evidence, claim, actual)
        if target is not None and _is_of_another_time(evidence, target, actual):
            target = None
        achieved = [f for f in _before(evidence, claim) if f.role == "level" and target and f.unit == target.unit]
        if target is not None and (achieved or alike(target, actual)):
            if not alike(target, actual):  # 搬迁4862户17016人, 任务5100户
                actual, *achieved = achieved
            yield from _completion(actual, target, claim, achieved)
        elif (there_are := _all_there_are(evidence, claim, actual)) is not None:
            yield tested(partial(_against_plan, actual, there_are, claim))
        elif told is not None and not _BEYOND.search(before(actual)):
            yield tested(partial(_whole_plan, actual, claim))
    for whole, parts in _wholes(evidence):
        yield from _implied(evidence, whole, parts)


_NEAR = 6  # numbers before a completion among which its plan and what was achieved stand


def _before(evidence: Evidence, claim: Figure) -> Iterator[Figure]:
    """The numbers right before a completion in its statement, the nearest first."""
    for number_before in range(1, _NEAR + 1):
        figure = evidence.by_id.get(claim.figure_id - number_before)
        if figure is None or not same_statement(figure, claim):
            return
        yield figure


def _all_there_are(evidence: Evidence, claim: Figure, actual: Figure) -> Figure | None:
    """All that are to be done, right before what is done of them: 水毁工程共3468处，已修复2930处，完成84.5%."""
    near = [f for f in _before(evidence, claim) if is_amount(f)][:2]
    if len(near) < len(("done", "all")) or near[0] is not actual or _OF_A_PLAN.search(between(actual, claim) or ""):
        return None  # 完成年度计划的90%: of another number
    whole = near[1]
    of_them = _ALL.search(before(whole)) and _DONE.search(between(whole, actual) or "")
    return whole if of_them and alike(whole, actual) and whole.role == actual.role else None


_ALL = regex(r"(?:共|总|应|需|共有|现有|涉及|待)[^，。；、\d]{0,8}$")
_OF_A_PLAN = regex("计划|任务|目标|指标")
_DONE = regex(r"[，,][^，。；\d]{0,4}已[^，。；\d]{1,6}$")


def _beside(evidence: Evidence, claim: Figure) -> Figure | None:
    """The one plan that stands right before a completion."""
    found = [f for f in _before(evidence, claim) if f.role == "target"]
    return found[0] if len(found) == 1 else None


def _ahead(evidence: Evidence, claim: Figure, actual: Figure) -> Figure | None:
    """The one plan of the sentence before: "56 wells were planned. Two firms drilled 47, which is 84 % of the plan"."""
    near = (evidence.by_id.get(claim.figure_id - back) for back in range(1, _NEAR + 1))
    before_it = [f for f in near if f is not None and f.locator.sentence_start is not None]
    ahead = [f for f in before_it if not same_sentence(f, claim) and f.locator.section == claim.locator.section]
    if not ahead or (claim.locator.sentence_start or 0) - (ahead[0].locator.sentence_end or 0) > _NEXT:
        return None
    if not ahead[0].sentence.rstrip().endswith(_SENTENCE_ENDS):
        return None  # a line that is a title
    found = [f for f in ahead if same_sentence(f, ahead[0]) and alike(f, actual)]
    return found[0] if len(found) == 1 and found[0].role == "target" else None


_NEXT = 2  # code points between two sentences of a passage
_SENTENCE_ENDS = (".", ";", ":", "!", "?", "。", "；", "：", "！", "？", "”", '"', "）", ")")


def _achieved(evidence: Evidence, claim: Figure) -> Figure | None:
    """The one amount beside the one plan of the statement: "8,368 jobs against a target of 5,000, beyond it by …"."""
    target = _beside(evidence, claim)
    found = [f for f in _before(evidence, claim) if f.role == "level" and f.link != "part_of"]
    found = [f for f in found if not _HELD.search(before(f))]
    found = [f for f in found if target is not None and is_amount(f) and alike(f, target)]
    return found[0] if len(found) == 1 else None


def _alone(evidence: Evidence, claim: Figure) -> Figure | None:
    """The only amount before a completion in its sentence: "68,400 were made, giving a fulfilment of 95.0%"."""
    found = [f for f in _before(evidence, claim) if is_amount(f)]
    return found[0] if len(found) == 1 and found[0].role == "level" else None


# "18 per cent above the 71,440 of 2022"
_HELD = regex(r"\b(?:above|below|over|under|than) (?:the |its |those )" + SIGN + "$")


def _is_of_another_time(evidence: Evidence, target: Figure, actual: Figure) -> bool:
    """Whether a plan is that of another year than the one that words beside an amount name."""
    named = all(evidence.meanings[figure.figure_id].period.how == "named" for figure in (target, actual))
    return not evidence.same_period(actual, target) and (named or not same_statement(target, actual))


# what goes beyond a plan, or is left of it, has no completion of its own: 超额4个，完成率108.3%
_BEYOND = regex(r"(?:超额?|超出|超过|多|少|缺|差)(?:完成)?$|\b(?:by|over|short|beyond)\s+$", re.IGNORECASE)


def _wholes(evidence: Evidence) -> Iterator[tuple[Figure, list[Figure]]]:
    yield from evidence.complete_partitions()
    for whole, parts, _ in components(evidence):
        yield whole, parts


def _claim(evidence: Evidence, actual: Figure) -> Figure | None:
    found = evidence.about(actual, "plan_pct") or evidence.about(actual, "over_plan_pct")
    return found if found is not None and found.unit == "%" else None


def _completed(claim: Figure, at: At) -> Interval:
    """How many per cent of the plan a claim stands for, also where it is "beyond the plan"."""
    return at(claim) + exactly(_HUNDRED) if claim.role == "over_plan_pct" else at(claim)


def _completion(actual: Figure, target: Figure, claim: Figure, achieved: list[Figure]) -> Iterator[Finding]:
    """A completion, of whichever amount of its statement it is.

    A round plan has two readings: as printed, and rounded; where only the second agrees, it is a warning.
    """
    finding = tested(partial(_against_plan, actual, target, claim))
    if finding.verdict == "fails":  # "the backlog of 13.2 million means we are at 85.6 % of plan"
        others = [tested(partial(reading, actual, target, claim)) for reading in (_short_of_plan, _beyond_plan)]
        others += [tested(partial(_against_plan, one, target, claim)) for one in achieved]
        finding = in_any_reading([finding, *others])
    if finding.verdict != "fails" or not _is_round(target):
        yield finding
        return
    loose = _against_plan(actual, target, claim, lambda figure: _rounded(figure) if figure is target else of(figure))
    if loose.verdict == "fails":
        yield finding
        return
    finding.severity, finding.blamed = "warning", (target,)
    finding.message += say("plan.rounded", target=printed(target))
    yield finding
    yield assumed(loose, say("otherwise.rounded", text=printed(target)))


def _against_plan(actual: Figure, target: Figure, claim: Figure, at: At) -> Finding:
    formula = f"{actual.text} / {target.text} = {claim.text}{' + 100 %' if claim.role == 'over_plan_pct' else ''}"
    computed = percent(at(actual), at(target))
    return compared("plan_vs_actual", (actual, target, claim), formula, computed, _completed(claim, at))


def _short_of_plan(missing: Figure, target: Figure, claim: Figure, at: At) -> Finding:
    formula = f"({target.text} - {missing.text}) / {target.text} = {claim.text}"
    share = percent(at(missing), at(target))
    computed = None if share is None else exactly(_HUNDRED) - share
    return compared("plan_vs_actual", (missing, target, claim), formula, computed, _completed(claim, at))


def _beyond_plan(more: Figure, target: Figure, claim: Figure, at: At) -> Finding:
    """As in "1,440 over the target of 30,200, or 104.8% of it"."""
    formula = f"({target.text} + {more.text}) / {target.text} = {claim.text}"
    share = percent(at(more), at(target))
    computed = None if share is None else share + exactly(_HUNDRED)
    return compared("plan_vs_actual", (more, target, claim), formula, computed, _completed(claim, at))


def _is_round(figure: Figure) -> bool:
    """Whether a count ends in zeros, so that it may be a rounded one."""
    return figure.value_stated == figure.value_stated.to_integral_value() and figure.value_stated % 100 == 0


def _rounded(figure: Figure) -> Interval:
    """A round count as one rounded to its last digit that is not zero, but to two digits at least."""
    stated = figure.value_stated.normalize()
    exponent = min(int(stated.as_tuple().exponent), stated.adjusted() - 1)
    half = Decimal(1).scaleb(exponent) * figure.scale / 2
    return Interval(figure.low - half, figure.high + half, figure.value)


_ROUNDED = 500  # per cent of a plan that nobody prints to the digit


def _implied_plan(actual: Figure, claim: Figure, at: At) -> Interval | None:
    found = quotient(at(actual), _completed(claim, at))
    return None if found is None else found.times(_HUNDRED)


_IN_ORDER = regex(r"分别[^，。；\d]{0,12}$|\brespectively\b", re.IGNORECASE)  # the shares of several counts


def _whole_plan(actual: Figure, claim: Figure, at: At) -> Finding:
    """A count that is N % of a plan that is not printed: some whole number must have been that plan."""
    plan = _implied_plan(actual, claim, at)
    operands = actual, claim
    formula = say("formula.plan", actual=printed(actual), claim=printed(claim))
    exact = (
        not _IN_ORDER.search(before(claim)[-24:])
        and actual.qualifier == "exact"
        and actual.low == actual.high
        and actual.value == actual.value.to_integral()
        and claim.value < _ROUNDED
    )
    if plan is None or not exact:
        message = say("plan.not_printed", claim=printed(claim))
        return Finding("whole_plan_exists", "not_testable", operands, formula, message, None, at(claim), "%", "info")
    first, last = plan.low.to_integral_value(ROUND_CEILING), plan.high.to_integral_value(ROUND_FLOOR)
    exists = first <= last
    message = say("plan.none_exists", actual=printed(actual), claim=printed(claim))
    if exists and first == last:
        message = say("plan.exists", first=number(first), claim=printed(claim))
    elif exists:
        message = say("plan.exist", first=number(first), last=number(last), claim=printed(claim))
    return Finding(
        "whole_plan_exists", "holds" if exists else "suspect", operands, formula, message, plan, plan, actual.unit
    )


def _implied(evidence: Evidence, whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    """The plans that the completions of all parts imply, against the plan of the whole: printed, and implied."""
    claims = [claim for part in parts if (claim := _claim(evidence, part)) is not None]
    if len(claims) < len(parts):
        return
    target, claim = evidence.about(whole, "target"), _claim(evidence, whole)
    pairs = list(zip(parts, claims, strict=True))
    if target is not None and target.unit == whole.unit:
        finding = tested(partial(_sum_of_plans, pairs, target))
        if finding.verdict == "fails" and _is_round(target):
            finding.severity, finding.blamed = "warning", (target,)
        yield finding
    if claim is not None:
        yield tested(partial(_plans_agree, pairs, (whole, claim)))


def _plans(pairs: list[tuple[Figure, Figure]], at: At) -> Interval | None:
    plans = [_implied_plan(actual, claim, at) for actual, claim in pairs]
    known = [plan for plan in plans if plan is not None]
    return total(known) if len(known) == len(plans) else None


def _sum_of_plans(pairs: list[tuple[Figure, Figure]], target: Figure, at: At) -> Finding:
    operands = (*(figure for pair in pairs for figure in pair), target)
    formula = f"{' + '.join(f'{actual.text} / {claim.text}' for actual, claim in pairs)} = {target.text}"
    return _plan_finding("implied_plan_sum", operands, formula, _plans(pairs, at), at(target), "plan.sum")


def _plans_agree(pairs: list[tuple[Figure, Figure]], whole: tuple[Figure, Figure], at: At) -> Finding:
    operands = (*(figure for pair in (*pairs, whole) for figure in pair),)
    terms = [f"{actual.text} / {claim.text}" for actual, claim in (*pairs, whole)]
    formula = f"{' + '.join(terms[:-1])} = {terms[-1]}"
    stated = _implied_plan(*whole, at)
    return _plan_finding("implied_plan_agreement", operands, formula, _plans(pairs, at), stated, "plan.agree")


def _plan_finding(
    rule: str,
    operands: tuple[Figure, ...],
    formula: str,
    computed: Interval | None,
    stated: Interval | None,
    key: str,
) -> Finding:
    if computed is None or stated is None:
        return Finding(rule, "not_testable", operands, formula, say("plan.no_completion"), severity="info")
    verdict = agreement(computed, stated)
    message = comparison(key, verdict, computed, stated)
    return Finding(rule, verdict, operands, formula, message, computed, stated, operands[0].unit)
