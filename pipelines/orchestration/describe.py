"""Counts and previews of report versions for Dagster's metadata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipelines.checking.verdict import FAILING
from pipelines.report import ReportVersion

_PREVIEW_ROWS = 12


def report_metadata(version: ReportVersion) -> dict[str, dict[str, Any]]:
    """Counts of one version for `figures`, `facts` and `checks`."""
    reading, facts = version.reading, version.facts
    verdicts = Counter(check.verdict for check in version.checks)
    failing = Counter(check.severity for check in version.checks if check.verdict in FAILING)
    return {
        "figures": {
            "numbers found": reading.numbers_found,
            "figures": len(reading.figures),
            "non-figures": len(reading.non_figures),
            "disputed": sum(figure.status != "ok" for figure in reading.figures),
        },
        "facts": {
            "funds": len(facts.funds),
            "results": len(facts.results),
            "targets": len(facts.targets),
            "claims": len(facts.claims),
            "compositions": len(facts.compositions),
        },
        "checks": {
            "checks": len(version.checks),
            **{f"verdict {verdict}": count for verdict, count in sorted(verdicts.items())},
            **{f"failing {severity}": count for severity, count in sorted(failing.items())},
        },
    }


def figure_preview(version: ReportVersion) -> str:
    """The first figures of a version as a Markdown table."""
    lines = ["| figure | value | unit | role | program | section |", "|---|---|---|---|---|---|"]
    pairs = list(zip(version.reading.figures, version.meanings, strict=True))[:_PREVIEW_ROWS]
    for figure, meaning in pairs:
        cells = (
            figure.text,
            f"{figure.value:,f}",
            figure.unit,
            figure.role,
            meaning.program.code,
            figure.locator.section,
        )
        lines.append("| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)


def severity_counts(versions: Sequence[ReportVersion], suites: Sequence[str], severity: str) -> dict[str, list[str]]:
    """Report → what it fails, among expectations of some suites and one severity."""
    failing: dict[str, list[str]] = {}
    for version in versions:
        found = [
            f"{result.suite}: {result.details}"
            for result in version.expectations
            if result.suite in suites and result.severity == severity and not result.success
        ]
        if found:
            failing[version.document.report_id] = found
    return failing
