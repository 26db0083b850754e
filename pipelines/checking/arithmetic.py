"""Runs all rules of arithmetic over one report and marks the figures that they dispute."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pipelines.checking.evidence import Evidence, Finding
from pipelines.checking.growth import check_growth
from pipelines.checking.plausibility import check_plausibility
from pipelines.checking.ratios import check_ratios
from pipelines.checking.roots import group
from pipelines.checking.sums import check_sums
from pipelines.checking.verdict import FAILING, Check
from pipelines.figures.figure import Reading, Status
from pipelines.meaning.meaning import UNKNOWN, Meaning


def check_figures(reading: Reading, meanings: tuple[Meaning, ...]) -> tuple[Check, ...]:
    """All checks that the figures of one report claim or make necessary, in the order of their first operand.

    Candidates come from structure alone: parts of a whole, figures that speak about another. What the text does not
    relate is not compared.
    """
    evidence = Evidence.of(reading, meanings)
    findings: list[Finding] = [
        *check_sums(evidence),
        *check_growth(evidence),
        *check_ratios(evidence),
        *check_plausibility(evidence),
    ]
    findings.sort(key=lambda finding: (min(figure.figure_id for figure in finding.operands), finding.rule))
    causes = group(findings)
    identities = _identities(findings, evidence)
    return tuple(
        _check(number, finding, identity, *causes.get(number - 1, (None, ())))
        for number, (finding, identity) in enumerate(zip(findings, identities, strict=True), 1)
    )


def _identities(findings: list[Finding], evidence: Evidence) -> list[str]:
    """What each finding compares, without its numbers; the second of a kind is told from the first by its ordinal."""
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        words = [finding.rule]
        for figure in finding.operands:
            meaning = evidence.meanings[figure.figure_id]
            codes = (figure.role, meaning.program.code, meaning.source.code, meaning.measure.code, figure.unit)
            words.append("/".join(code for code in codes if code != UNKNOWN))
        text = " ".join(words)
        seen[text] += 1
        found.append(f"{text} #{seen[text]}")
    return found


def _check(number: int, finding: Finding, identity: str, root_cause: str | None, suspects: tuple[int, ...]) -> Check:
    return Check(
        check_id=number,
        rule=finding.rule,
        severity=finding.effective_severity,
        verdict=finding.verdict,
        operands=tuple(figure.figure_id for figure in finding.operands),
        formula=finding.formula,
        unit=finding.unit,
        computed_low=finding.computed.low if finding.computed else None,
        computed_high=finding.computed.high if finding.computed else None,
        stated_low=finding.stated.low if finding.stated else None,
        stated_high=finding.stated.high if finding.stated else None,
        message=finding.message,
        identity=identity,
        root_cause=root_cause,
        suspects=suspects,
    )


def mark_disputed(reading: Reading, checks: tuple[Check, ...]) -> Reading:
    """The reading with the status of suspects changed: `disputed`, or `quarantined` for an impossible magnitude.

    Only failures of severity error or critical dispute a figure; warnings are listed and leave it as it is.
    """
    status: dict[int, Status] = {}
    for check in checks:
        if check.verdict not in FAILING or check.severity not in ("error", "critical"):
            continue
        for suspect in check.suspects:
            worse = check.rule == "plausibility_magnitude"
            status[suspect] = "quarantined" if worse else status.get(suspect, "disputed")
    if not status:
        return reading
    figures = tuple(
        replace(figure, status=status[figure.figure_id]) if figure.figure_id in status else figure
        for figure in reading.figures
    )
    return replace(reading, figures=figures)
