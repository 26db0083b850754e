"""Groups failures that share a figure under one root cause, and points at the figure that explains most of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipelines.checking.evidence import Finding
from pipelines.checking.verdict import FAILING, HOLDING

_GRAVE = ("critical", "error")


@dataclass(frozen=True, slots=True)
class Cause:
    """What several failures have in common: its name (`RC1`, …) and the figure_ids that the evidence points to."""

    name: str
    suspects: tuple[int, ...]


def group(findings: list[Finding]) -> dict[int, Cause]:
    """The root cause of every failing finding, by `id` of the finding.

    Errors with a common operand have a common cause. A warning belongs to it where it touches a suspect of the errors;
    the other warnings are grouped among themselves. So a doubtful scope does not blur what an error points to.

    Returns:
        `id(finding)` → its cause; causes are numbered in order of appearance.
    """
    failing = [finding for finding in findings if finding.verdict in FAILING and not finding.assumption]
    holding = Counter(
        figure.figure_id
        for finding in findings
        if finding.verdict in HOLDING and not finding.assumption
        for figure in finding.operands
    )
    groups = [
        (members, _suspects(members, holding))
        for members in _connected([finding for finding in failing if finding.effective_severity in _GRAVE])
    ]
    loose: list[Finding] = []
    for finding in failing:
        if finding.effective_severity in _GRAVE:
            continue
        operands = {figure.figure_id for figure in finding.operands}
        home = next((members for members, suspects in groups if operands & set(suspects)), None)
        (loose if home is None else home).append(finding)
    groups += [(members, _suspects(members, holding)) for members in _connected(loose)]
    order = {id(finding): place for place, finding in enumerate(findings)}
    groups.sort(key=lambda entry: min(order[id(finding)] for finding in entry[0]))
    return {
        id(finding): Cause(f"RC{ordinal}", suspects)
        for ordinal, (members, suspects) in enumerate(groups, 1)
        for finding in members
    }


def _connected(failures: list[Finding]) -> list[list[Finding]]:
    """Findings grouped such that those with a common operand, directly or over others, stand together."""
    leader: dict[int, int] = {}

    def find(figure: int) -> int:
        while leader.setdefault(figure, figure) != figure:
            leader[figure] = leader[leader[figure]]
            figure = leader[figure]
        return figure

    for finding in failures:
        first, *others = finding.operands
        for figure in others:
            leader[find(figure.figure_id)] = find(first.figure_id)
    groups: dict[int, list[Finding]] = {}
    for finding in failures:
        groups.setdefault(find(finding.operands[0].figure_id), []).append(finding)
    return list(groups.values())


def _suspects(failures: list[Finding], holding: Counter[int]) -> tuple[int, ...]:
    """The operands in most of the failures; of these the ones a rule blames, and those in fewest checks that hold."""
    times = Counter(figure.figure_id for finding in failures for figure in finding.operands)
    blamed = {figure.figure_id for finding in failures for figure in finding.blamed}
    if len(failures) == 1 and blamed:
        return tuple(sorted(blamed))
    most = max(times.values())
    candidates = [figure for figure, count in times.items() if count == most]
    candidates = [figure for figure in candidates if figure in blamed] or candidates
    fewest = min(holding[figure] for figure in candidates)
    return tuple(sorted(figure for figure in candidates if holding[figure] == fewest))
