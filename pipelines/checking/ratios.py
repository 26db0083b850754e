"""Shares and completion rates against the numbers they are taken from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipelines.checking.evidence import Evidence, Finding, agreement, number
from pipelines.checking.interval import Interval, of, percent
from pipelines.figures.figure import Figure

_HUNDRED = Decimal(100)


def check_ratios(evidence: Evidence) -> Iterator[Finding]:
    """Every printed share and every printed completion."""
    for figure in evidence.figures:
        subject = evidence.by_id.get(figure.parent) if figure.parent is not None else None
        if figure.role == "share_pct":
            yield from _share(evidence, figure, subject)
        elif figure.role in ("plan_pct", "over_plan_pct") and subject is not None and figure.unit == "%":
            yield _completion(evidence, figure, subject)


def _share(evidence: Evidence, claim: Figure, part: Figure | None) -> Iterator[Finding]:
    stated = of(claim).times(_HUNDRED) if claim.unit == "fraction" else of(claim)
    if stated.low > _HUNDRED:
        yield Finding(
            "percent_range", "fails", (claim,), f"0 ≤ {claim.text} ≤ 100", f"A share of {claim.text} is more than all.",
            stated, Interval(Decimal(0), _HUNDRED, _HUNDRED), "%",
        )  # fmt: skip
    whole = evidence.by_id.get(part.parent) if part is not None and part.link == "part_of" and part.parent else None
    if part is None or whole is None or part.unit != whole.unit:
        return
    computed = percent(of(part), of(whole))
    formula = f"{part.text} / {whole.text} = {claim.text}"
    yield _compared("share", (part, whole, claim), formula, computed, stated)


def _completion(evidence: Evidence, claim: Figure, actual: Figure) -> Finding:
    target = next((plan for plan in evidence.said_about.get((actual.figure_id, "target"), [])), None)
    if target is None:
        return Finding(
            "plan_vs_actual",
            "not_testable",
            (actual, claim),
            f"{actual.text} / plan = {claim.text}",
            f"{claim.text} of a plan that the text does not print cannot be tested.",
            None,
            of(claim),
            "%",
            "info",
        )
    stated = of(claim)
    if claim.role == "over_plan_pct":
        stated = stated + Interval(_HUNDRED, _HUNDRED, _HUNDRED)
    formula = f"{actual.text} / {target.text} = {claim.text}{' + 100 %' if claim.role == 'over_plan_pct' else ''}"
    finding = _compared("plan_vs_actual", (actual, target, claim), formula, percent(of(actual), of(target)), stated)
    if finding.verdict != "fails" or not _is_round(target):
        return finding
    loose = percent(of(actual), _rounded(target))
    if loose is not None and loose.meets(stated):
        finding.severity = "warning"
        finding.message += f" It does if the plan of {target.text} is itself rounded."
        finding.blamed = (target,)
    return finding


def _is_round(figure: Figure) -> bool:
    """Whether a count ends in zeros, so that it may be a rounded one."""
    return figure.value_stated == figure.value_stated.to_integral_value() and figure.value_stated % 100 == 0


def _rounded(figure: Figure) -> Interval:
    """A round count as one rounded to its last digit that is not zero, but to two digits at least."""
    stated = figure.value_stated.normalize()
    exponent = min(int(stated.as_tuple().exponent), stated.adjusted() - 1)
    half = Decimal(1).scaleb(exponent) * figure.scale / 2
    return Interval(figure.low - half, figure.high + half, figure.value)


def _compared(
    rule: str, operands: tuple[Figure, ...], formula: str, computed: Interval | None, stated: Interval
) -> Finding:
    if computed is None:
        message = f"{operands[-1].text} cannot be tested: the number it is taken from can be zero."
        return Finding(rule, "not_testable", operands, formula, message, None, stated, "%", "info")
    verdict = agreement(computed, stated)
    message = f"The printed numbers give {number(computed.point)} %, printed is {number(stated.point)} %"
    message += {
        "holds": ".",
        "holds_within_rounding": "; rounding explains the difference.",
        "fails": "; rounding does not explain the difference.",
    }[verdict]
    return Finding(rule, verdict, operands, formula, message, computed, stated, "%")
