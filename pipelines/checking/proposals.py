"""Proposes a value in place of a printed one where the other relations of the report determine it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import At, Finding, assumed, number, printed
from pipelines.checking.interval import Interval, of
from pipelines.checking.roots import Cause
from pipelines.checking.verdict import FAILING, Proposal
from pipelines.figures.figure import Figure
from pipelines.figures.intervals.intervals import bounds

_GRAVE = ("critical", "error")
_HOLDS = ("holds", "holds_within_rounding")
_LEAST_SUPPORT = 2
_POWERS = (-1, 1, -2, 2, -3, 3, -4, 4)


def propose(
    findings: list[Finding], causes: dict[int, Cause], numbers: dict[int, int]
) -> tuple[tuple[Proposal, list[Finding]], ...]:
    """At most one proposal per root cause: a value one slip away that repairs all its errors and breaks nothing.

    A proposal needs a single suspect, two failing relations that the value repairs, and to be the only value that does
    so among slips of its kind. One relation alone never tells which of its figures is wrong.

    Args:
        findings: of one report.
        causes: `id(finding)` → its root cause.
        numbers: `id(finding)` → its check_id.

    Returns:
        Each proposal with the checks that it repairs, made again with the proposed value.
    """
    by_cause: dict[str, list[Finding]] = {}
    for finding in findings:
        if (cause := causes.get(id(finding))) is not None:
            by_cause.setdefault(cause.name, []).append(finding)
    found = []
    for failures in by_cause.values():
        suspects = causes[id(failures[0])].suspects
        errors = [finding for finding in failures if finding.effective_severity in _GRAVE]
        if len(suspects) != 1 or len(errors) < _LEAST_SUPPORT:
            continue
        figure = next(f for finding in errors for f in finding.operands if f.figure_id == suspects[0])
        proposal = _repair(figure, errors, findings, numbers)
        if proposal is not None:
            found.append(proposal)
    return tuple(sorted(found, key=lambda entry: entry[0].figure_id))


def _repair(
    figure: Figure, errors: list[Finding], findings: list[Finding], numbers: dict[int, int]
) -> tuple[Proposal, list[Finding]] | None:
    if any(finding.again is None or figure not in finding.operands for finding in errors):
        return None
    touching = [f for f in findings if f.again is not None and not f.assumption and figure in f.operands]
    others = [finding for finding in touching if finding not in errors and finding.verdict not in FAILING]
    for slip, candidates in _slips(figure):
        fitting = [candidate for candidate in candidates if _fits(figure, candidate, errors, others)]
        if len(fitting) > 1:
            return None
        if fitting:
            fit = fitting[0]
            reason = say(
                "proposal", value=number(fit.value), printed=number(figure.value), slip=say(slip), checks=len(errors)
            )
            support = tuple(numbers[id(error)] for error in errors)
            at = _instead(figure, fit)
            assumption = say("otherwise.instead", value=number(fit.value), text=printed(figure))
            repaired = [assumed(error.again(at), assumption) for error in errors if error.again is not None]
            return Proposal(figure.figure_id, fit.value, fit.low, fit.high, reason, support), repaired
    return None


def _slips(figure: Figure) -> Iterator[tuple[str, list[Figure]]]:
    """Kinds of slips by their sentence, the commonest first, with the figures that may have been meant."""
    stated = figure.value_stated
    yield "slip.power", [_printed(figure, _shifted(stated, power)) for power in _POWERS]
    sign, digits, _ = stated.as_tuple()
    exponent = int(stated.as_tuple().exponent)
    swapped = [
        (*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :])
        for place in range(len(digits) - 1)
        if digits[place] != digits[place + 1]
    ]
    yield "slip.swapped", [_printed(figure, Decimal((sign, d, exponent))) for d in swapped]
    replaced = [
        (*digits[:place], digit, *digits[place + 1 :])
        for place in range(len(digits))
        for digit in range(10)
        if digit != digits[place]
    ]
    yield "slip.digit", [_printed(figure, Decimal((sign, d, exponent))) for d in replaced]


def _shifted(stated: Decimal, power: int) -> Decimal:
    """The number with its point moved; a whole number stays one, "200" becomes "20" and not "20.0"."""
    moved = stated.scaleb(power)
    return moved.quantize(Decimal(1)) if moved == moved.to_integral_value() else moved


def _printed(figure: Figure, stated: Decimal) -> Figure:
    """The figure as if another number had been printed in its place."""
    meant = bounds(stated, figure.scale, figure.qualifier, figure.unit)
    return figure._replace(
        value_stated=stated,
        value=stated * figure.scale,
        low=meant.low,
        high=meant.high,
        open_low=meant.open_low,
        open_high=meant.open_high,
    )


def _fits(figure: Figure, meant: Figure, errors: list[Finding], others: list[Finding]) -> bool:
    at = _instead(figure, meant)
    repaired = all(finding.again is not None and finding.again(at).verdict in _HOLDS for finding in errors)
    return repaired and not any(
        finding.again is not None and finding.again(at).verdict in FAILING for finding in others
    )


def _instead(figure: Figure, meant: Figure) -> At:
    """All figures as printed, but for one."""
    value = of(meant)

    def at(operand: Figure) -> Interval:
        return value if operand is figure else of(operand)

    return at
