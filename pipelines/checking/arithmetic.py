"""Runs all rules of arithmetic over one report and marks the figures that they dispute."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.catalog.sentences import Said, kept, say
from pipelines.checking.evidence import Evidence, Finding
from pipelines.checking.proposals import propose
from pipelines.checking.roots import Cause, group
from pipelines.checking.rules.accounts import check_accounts
from pipelines.checking.rules.changes import check_changes
from pipelines.checking.rules.claims import check_claims
from pipelines.checking.rules.columns import check_columns
from pipelines.checking.rules.counts import check_counts
from pipelines.checking.rules.earlier import check_earlier
from pipelines.checking.rules.flows import check_flows
from pipelines.checking.rules.margins import check_margins, name_cells
from pipelines.checking.rules.nesting import check_nesting
from pipelines.checking.rules.otherwise import without_second_reading
from pipelines.checking.rules.plans import check_plans
from pipelines.checking.rules.plausibility import check_plausibility
from pipelines.checking.rules.ratios import check_ratios
from pipelines.checking.rules.repeats import check_repeats
from pipelines.checking.rules.runs import check_runs
from pipelines.checking.rules.spans import check_spans
from pipelines.checking.rules.sums import check_sums
from pipelines.checking.rules.told import Told
from pipelines.checking.rules.units import check_units
from pipelines.checking.slips import may_be_slip
from pipelines.checking.unread import unread_numbers
from pipelines.checking.verdict import FAILING, Check, Proposal
from pipelines.columns import Records, coded, column, joined, parts_of
from pipelines.figures.figure import Figure, Locator, Reading, Status
from pipelines.meaning.meaning import UNKNOWN, Meaning

_FAMILIES = (
    check_sums,
    check_margins,
    check_changes,
    check_earlier,
    check_ratios,
    check_plans,
    check_nesting,
    check_repeats,
    check_flows,
    check_counts,
    check_spans,
    check_plausibility,
    check_units,
)


_MANY = 200  # operands that are named one by one


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules say about one report: its checks, and the corrections that they determine."""

    checks: tuple[Check, ...]
    proposals: tuple[Proposal, ...]


def check_figures(reading: Reading, meanings: Sequence[Meaning]) -> Checked:
    """All checks that the figures of one report claim or make necessary, in the order of their first operand.

    Candidates come from structure alone: parts of a whole, figures that speak about another, measures that the
    catalogue nests. What neither the text nor the catalogue relates is not compared.
    """
    evidence = Evidence.of(reading, meanings)
    findings = [finding for family in _FAMILIES for finding in family(evidence)]
    findings += _new(check_columns(evidence), findings)
    findings += _new(check_accounts(evidence), findings)
    told = Told(evidence)
    findings = without_second_reading(told, findings)
    findings += _new(check_claims(evidence), findings)
    unread = sorted(number.locator.start for number in unread_numbers(reading) if number.locator.start is not None)
    findings = [finding for finding in findings if not _is_unrelated(finding, unread)]
    runs = _new(check_runs(told), findings)
    findings += [one for one in runs if not any(_has_one(unread, figure.locator) for figure in one.operands)]
    name_cells(findings)
    findings.sort(key=lambda finding: (min(figure.figure_id for figure in finding.operands), finding.rule))
    causes = group(findings)
    numbers = {id(finding): number for number, finding in enumerate(findings, 1)}
    proposed = {}
    for proposal, repaired in propose(findings, causes, numbers):
        proposed[proposal.figure_id] = proposal
        for finding in repaired:
            findings.append(finding)
            numbers[id(finding)] = len(findings)
    identities = _identities(findings, evidence)
    checks = tuple(
        _check(numbers[id(finding)], finding, identity, causes.get(id(finding)), proposed)
        for finding, identity in zip(findings, identities, strict=True)
    )
    return Checked(checks, tuple(proposed.values()))


def _is_unrelated(finding: Finding, unread: Sequence[int]) -> bool:
    """Whether numbers of running text miss each other so widely that they were never meant to fit.

    Nor can anybody tell where a number beside them is not read.

    Args:
        finding: about them.
        unread: where numbers that are not read begin, in order.
    """
    failing = finding.verdict in FAILING and not finding.assumption
    if not failing or any(f.locator.cell is not None for f in finding.operands):
        return False
    return any(_has_one(unread, figure.locator) for figure in finding.operands) or not may_be_slip(finding)


def _has_one(places: Sequence[int], locator: Locator) -> bool:
    place = bisect_left(places, locator.sentence_start or 0)
    return place < len(places) and places[place] < (locator.sentence_end or 0)


def _new(claims: Iterable[Finding], findings: list[Finding]) -> list[Finding]:
    """The claims that no other rule has judged: neither the statement itself nor a sum of the same parts."""
    related = [finding for finding in findings if len(finding.operands) > _PAIR]
    judged = {finding.operands[-1].figure_id for finding in related if finding.operands[-1].role not in _AMOUNTS}
    sums: dict[int, set[int]] = {}
    for finding in findings:
        if finding.rule in _SUMS and finding.verdict != "not_comparable":
            parts = sums.setdefault(finding.operands[-1].figure_id, set())
            parts |= {figure.figure_id for figure in finding.operands[:-1]}
    return [
        claim
        for claim in claims
        if (
            sums.get(claim.operands[-1].figure_id, set()).isdisjoint(f.figure_id for f in claim.operands[:-1])
            if claim.rule in _SUMS
            else claim.operands[-1].figure_id not in judged
        )
    ]


_PAIR = 2  # so many operands relate numbers to a claim only where they are more
_AMOUNTS = frozenset({"level", "target", "per_unit", "per_unit_prev"})
_SUMS = frozenset({"sum_of_parts", "unit_kind_match"})


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
        if len(words) > _MANY:  # the total of a long table: how often each kind of operand stands in it
            words = [word if count == 1 else f"{count}x{word}" for word, count in Counter(words).items()]
        text = " ".join(words)
        seen[text] += 1
        found.append(f"{text} #{seen[text]}")
    return found


def _check(number: int, finding: Finding, identity: str, cause: Cause | None, proposed: dict[int, Proposal]) -> Check:
    suggestion = Said()
    if cause is not None:
        reasons = [proposed[suspect].reason for suspect in cause.suspects if suspect in proposed]
        suggestion = sum(reasons, Said()) or say("advice", rule=finding.rule)
    return Check(
        check_id=number,
        rule=finding.rule,
        severity=finding.effective_severity,
        verdict=finding.verdict,
        operands=tuple(figure.figure_id for figure in finding.operands),
        formula=finding.formula.told() if isinstance(finding.formula, Said) else finding.formula,
        unit=finding.unit,
        computed_low=finding.computed.low if finding.computed else None,
        computed_high=finding.computed.high if finding.computed else None,
        stated_low=finding.stated.low if finding.stated else None,
        stated_high=finding.stated.high if finding.stated else None,
        message=finding.message.told(),
        identity=identity,
        assumption=finding.assumption.told(),
        suggestion=suggestion.told(),
        root_cause=cause.name if cause is not None else None,
        suspects=cause.suspects if cause is not None else (),
        said=kept(
            message=finding.message, formula=finding.formula, assumption=finding.assumption, suggestion=suggestion
        ),
    )


def mark_disputed(reading: Reading, checks: tuple[Check, ...]) -> Reading:
    """The reading with the status of suspects changed.

    An error or critical failure makes them `disputed`, an impossible magnitude `quarantined`; an amount of which the
    text leaves open what it covers is `ambiguous`. Other warnings are listed and leave their figures as they are.
    """
    status: dict[int, Status] = {}
    for check in checks:
        if check.rule == "ambiguous_amount":
            status.update(dict.fromkeys(check.operands, "ambiguous"))
    for check in checks:
        if check.verdict not in FAILING or check.severity not in ("error", "critical"):
            continue
        for suspect in check.suspects:
            worse = check.rule == "plausibility_magnitude" or status.get(suspect) == "quarantined"
            status[suspect] = "quarantined" if worse else "disputed"
    if not status:
        return reading
    return replace(reading, figures=joined(_marked(part, status) for part in parts_of(reading.figures)))


def _marked(figures: Sequence[Figure], status: Mapping[int, Status]) -> Sequence[Figure]:
    """Figures with another status."""
    ids = column(figures, "figure_id")
    if status.keys().isdisjoint(ids):
        return figures
    if isinstance(figures, Records):
        return figures.with_columns(status=coded(status.get(figure_id, "ok") for figure_id in ids))
    return tuple(
        figure._replace(status=status[figure.figure_id]) if figure.figure_id in status else figure for figure in figures
    )
