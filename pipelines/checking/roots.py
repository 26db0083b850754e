"""Groups failures that share a figure under one root cause, and points at the figure that explains most of them."""

from __future__ import annotations

from collections import Counter

from pipelines.checking.evidence import Finding
from pipelines.checking.verdict import FAILING


def group(findings: list[Finding]) -> dict[int, tuple[str, tuple[int, ...]]]:
    """Root cause and suspects of every failing finding.

    Failures with a common operand have a common cause. Its suspects are the operands that stand in most of its
    failures and, among those, in fewest checks that hold; where a rule itself points at operands, those.

    Returns:
        Index of the finding → name of the root cause (`RC1` in order of appearance), figure_ids of the suspects.
    """
    failing = [index for index, finding in enumerate(findings) if finding.verdict in FAILING]
    holding = Counter(
        figure.figure_id
        for finding in findings
        if finding.verdict in ("holds", "holds_within_rounding")
        for figure in finding.operands
    )
    groups = _connected([[figure.figure_id for figure in findings[index].operands] for index in failing], failing)
    causes = {}
    for ordinal, members in enumerate(sorted(groups), 1):
        suspects = _suspects([findings[member] for member in members], holding)
        for member in members:
            causes[member] = (f"RC{ordinal}", suspects)
    return causes


def _connected(operands: list[list[int]], indexes: list[int]) -> list[list[int]]:
    """Indexes grouped such that those with a common operand, directly or over others, stand together."""
    leader: dict[int, int] = {}

    def find(figure: int) -> int:
        while leader.setdefault(figure, figure) != figure:
            leader[figure] = leader[leader[figure]]
            figure = leader[figure]
        return figure

    for figures in operands:
        for figure in figures[1:]:
            leader[find(figure)] = find(figures[0])
    groups: dict[int, list[int]] = {}
    for figures, index in zip(operands, indexes, strict=True):
        groups.setdefault(find(figures[0]), []).append(index)
    return list(groups.values())


def _suspects(failures: list[Finding], holding: Counter[int]) -> tuple[int, ...]:
    blamed = {figure.figure_id for finding in failures for figure in finding.blamed}
    if blamed and len(failures) == 1:
        return tuple(sorted(blamed))
    times = Counter(figure.figure_id for finding in failures for figure in finding.operands)
    most = max(times.values())
    candidates = [figure for figure, count in times.items() if count == most]
    fewest = min(holding[figure] for figure in candidates)
    return tuple(sorted(figure for figure in candidates if holding[figure] == fewest))
