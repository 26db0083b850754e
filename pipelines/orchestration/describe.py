"""Counts and previews of report versions, and what fails, for Dagster's metadata."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipelines.checking.unread import classified_count, unread_numbers
from pipelines.checking.verdict import FAILING, ExpectationResult, Severity
from pipelines.suites.files import Suite
from pipelines.versions.version import ReportVersion

_PREVIEW_ROWS = 12
_FAILING_ROWS = 50


def report_metadata(version: ReportVersion) -> dict[str, dict[str, Any]]:
    """Counts of one version for `figures`, `facts` and `checks`."""
    reading, facts = version.reading, version.facts
    verdicts = Counter(check.verdict for check in version.checks)
    failing = Counter(check.severity for check in version.checks if check.verdict in FAILING)
    return {
        "figures": {
            "numbers found": reading.numbers_found,
            "figures": len(reading.figures),
            "non-figures": classified_count(reading),
            "not read": len(unread_numbers(reading)),
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
        lines.append("| " + " | ".join(map(_cell, cells)) + " |")
    return "\n".join(lines)


def expected_list(suite: Suite, severities: Sequence[Severity]) -> str:
    """What a suite expects with some severities, as a Markdown list."""
    return "\n".join(
        f"- {declared.text} ({declared.severity})" for declared in suite.expectations if declared.severity in severities
    )


def failing_table(failing: Sequence[tuple[str, ExpectationResult]]) -> str:
    """Failing expectations with their rows as a Markdown table.

    Args:
        failing: report, empty for tables of the warehouse, and what it fails.

    Returns:
        One line per failing row, at most 50 of them; a line without a row is about a whole table.
    """
    lines = [
        (report, row, result.severity, result.details)
        for report, result in failing
        for row in (result.failing_keys or ("",))
    ]
    shown = [f"| {' | '.join(_cell(text) for text in line)} |" for line in lines[:_FAILING_ROWS]]
    if len(lines) > _FAILING_ROWS:
        shown.append(f"| | | | and {len(lines) - _FAILING_ROWS} more |")
    return "\n".join(["| report | row | severity | what does not hold |", "|---|---|---|---|", *shown])


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")
