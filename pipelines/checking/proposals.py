"""Proposes a value in place of a printed one where the other relations of the report determine it."""

from __future__ import annotations

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import Finding, assumed, number, printed
from pipelines.checking.interval import of
from pipelines.checking.roots import Cause
from pipelines.checking.slips import instead, slips
from pipelines.checking.verdict import FAILING, HOLDING, Proposal
from pipelines.figures.figure import Figure

_GRAVE = ("critical", "error")
_LEAST_SUPPORT = 2


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
    for slip, candidates in slips(figure):
        fitting = [candidate for candidate in candidates if _fits(figure, candidate, errors, others)]
        if len(fitting) > 1:
            return None
        if fitting:
            fit = fitting[0]
            reason = say(
                "proposal", value=number(fit.value), printed=number(figure.value), slip=say(slip), checks=len(errors)
            )
            support = tuple(numbers[id(error)] for error in errors)
            at = instead(figure, of(fit))
            assumption = say("otherwise.instead", value=number(fit.value), text=printed(figure))
            repaired = [assumed(error.again(at), assumption) for error in errors if error.again is not None]
            return Proposal(figure.figure_id, fit.value, fit.low, fit.high, reason, support), repaired
    return None


def _fits(figure: Figure, meant: Figure, errors: list[Finding], others: list[Finding]) -> bool:
    at = instead(figure, of(meant))
    repaired = all(finding.again is not None and finding.again(at).verdict in HOLDING for finding in errors)
    return repaired and not any(
        finding.again is not None and finding.again(at).verdict in FAILING for finding in others
    )
