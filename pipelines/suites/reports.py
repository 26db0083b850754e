"""Runs the suites of `expectations/report/` over the tables of a batch of report versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.checking.unread import classified_count, unread_numbers
from pipelines.checking.verdict import FAILING, ExpectationResult, Verdict
from pipelines.columns import Same, joined, mapped
from pipelines.errors import CatalogError, unexpected
from pipelines.suites.columns import TABLES
from pipelines.suites.files import coverage_problems, file_problems, read_suites

if TYPE_CHECKING:
    from pipelines.suites.long_frames import Table
    from pipelines.versions.tables import Columns
    from pipelines.versions.version import ReportVersion


def run_suites(versions: Sequence[ReportVersion], folder: Path) -> dict[str, tuple[ExpectationResult, ...]]:
    """Validates all tables of a batch at once; every result is that of one report.

    One validation over a batch costs what one over a single report does, so the rows carry their report and a failing
    row fails its report only. An expectation about a whole table (its columns) holds for all reports or for none.

    Args:
        versions: the batch; a report may stand in it once.
        folder: the suites of all tables.

    Returns:
        Report id → one result per declared expectation.

    Raises:
        CatalogError: a suite of any table is malformed, or an expectation could not be evaluated.
    """
    from pipelines.suites.evaluate import Asked, evaluate
    from pipelines.suites.results import failing_rows, parameters_of, result_of

    problems = coverage_problems(folder, {"report": TABLES}) + file_problems(folder)
    if problems:
        raise CatalogError(problems[0])
    results: dict[str, list[ExpectationResult]] = {version.document.report_id: [] for version in versions}
    tables = tables_of_versions(versions)
    parameters = parameters_of(tables.values())
    suites = read_suites(folder, "report")
    told = evaluate({one.name: Asked(tables[one.name], one.expectations, one.keys) for one in suites}, parameters)
    for suite in suites:
        counts = Counter(dict(zip(results, tables[suite.name].sizes, strict=True)))
        for declared, outcome in zip(suite.expectations, told[suite.name], strict=True):
            failing = failing_rows(outcome, suite.keys, "report_id")
            for report, found in results.items():
                rows = counts[report]
                found.append(
                    result_of(suite.name, declared, outcome, failing.get(report, ()), rows, owners=len(results))
                )
    return {report: tuple(found) for report, found in results.items()}


def run_suites_apart(
    versions: Sequence[ReportVersion], folder: Path
) -> tuple[dict[str, tuple[ExpectationResult, ...]], dict[str, str]]:
    """The same, where a version that stops the validation costs itself and no other.

    Returns:
        The results, and report id → cause of those whose validation failed in a way that nobody foresaw.

    Raises:
        CatalogError: a suite is malformed.
        Exception: whatever stops the validation of every one of several versions, which is the fault of none.
    """
    try:
        return run_suites(versions, folder), {}
    except (CatalogError, MemoryError, OSError):
        raise
    except Exception as error:
        if len(versions) == 1:
            return {}, {versions[0].document.report_id: unexpected("checking its shape", error)}
        results: dict[str, tuple[ExpectationResult, ...]] = {}
        failed: dict[str, str] = {}
        for version in versions:
            found, cause = run_suites_apart([version], folder)
            results |= found
            failed |= cause
        if not results:
            raise
        return results, failed


def has_critical(results: Sequence[ExpectationResult]) -> bool:
    """Whether a failing expectation forbids loading."""
    return any(result.severity == "critical" and not result.success for result in results)


def tables_of_versions(versions: Sequence[ReportVersion]) -> dict[str, Table]:
    """The tables of all versions, each row with its report; `checks` with its outcome, and the counts per report."""
    from pipelines.suites.long_frames import Table
    from pipelines.versions.tables import tables

    parts: dict[str, list[Columns]] = {}
    for version in versions:
        report = version.document.report_id
        found = tables(version) | {"conservation": {name: [value] for name, value in _counts(version).items()}}
        found["checks"]["outcome"] = mapped(_outcome, found["checks"]["severity"], found["checks"]["verdict"])
        for name, columns in found.items():
            size = len(next(iter(columns.values())))
            parts.setdefault(name, []).append({"report_id": Same(report, size), **columns})
    # one table of all rows: thousands of small ones take minutes to validate
    return {
        name: Table(
            {column: joined(columns[column] for columns in found) for column in found[0]},
            [len(columns["report_id"]) for columns in found],
        )
        for name, found in parts.items()
    }


def _outcome(severity: str, verdict: Verdict) -> str:
    return f"{severity} failing" if verdict in FAILING else "ok"


def _counts(version: ReportVersion) -> dict[str, Any]:
    """One row of `conservation`."""
    reading, facts = version.reading, version.facts
    unread = len(unread_numbers(reading))
    return {
        "report_id": version.document.report_id,
        "numbers_found": reading.numbers_found,
        "numbers_accounted": len(reading.figures) + classified_count(reading) + unread,
        "figures": len(reading.figures),
        "unread": unread,
        "facts": len(facts.funds) + len(facts.results) + len(facts.targets) + len(facts.claims),
        "region": version.identity.region.code,
        "period": version.identity.period.code,
    }
