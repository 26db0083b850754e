"""The history of shape results: one run per validation, with its results; rows are only ever added."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipelines.checking.verdict import FAILING, ExpectationResult
from pipelines.suites.files import SEVERITIES
from pipelines.suites.results import MAX_KEYS
from pipelines.warehouse.keys import key
from pipelines.warehouse.rows import Row, insert, insert_columns

if TYPE_CHECKING:
    import duckdb

    from pipelines.versions.version import ReportVersion

Results = Mapping[str, Sequence[ExpectationResult]]
# severity, and whether it passes → how many
Counts = Counter[tuple[str, bool]]


def record_versions(
    connection: duckdb.DuckDBPyConnection, versions: Sequence[ReportVersion], *, is_loaded: bool
) -> None:
    """Adds the shape results of report versions to the history.

    Args:
        connection: inside a transaction.
        versions: with their results; one that no suite has seen leaves no run.
        is_loaded: whether the versions are loaded, or kept out.
    """
    found: list[tuple[int, Results]] = []
    runs: list[Row] = []
    for version in versions:
        if not version.expectations:
            continue
        document = version.document
        run_key, now = new_run(document.report_id, document.content_hash)
        results: dict[str, list[ExpectationResult]] = {}
        for result in version.expectations:
            results.setdefault(result.suite, []).append(result)
        found.append((run_key, results))
        runs.append(
            run_row(
                {"run_key": run_key, "report_id": document.report_id, "content_hash": document.content_hash}
                | {"validated_at": now, "is_loaded": is_loaded, "tables_validated": len(results)}
                | {"tables_unchanged": 0},
                results,
                Counter((result.severity, result.success) for result in version.expectations),
                Counter((check.severity, check.verdict not in FAILING) for check in version.checks),
            )
        )
    insert_results(connection, found)
    insert(connection, "quality.validation_run", runs)


def table_results(connection: duckdb.DuckDBPyConnection) -> dict[str, list[ExpectationResult]]:
    """The newest results of all dimensions and indicators, by suite and in the order of the file."""
    rows = connection.execute(
        "SELECT suite, expectation, column_name, severity, success, unexpected_count, failing_keys, details, row_count "
        "FROM quality.latest_validation_result WHERE report_id IS NULL ORDER BY suite, expectation_no"
    ).fetchall()
    found: dict[str, list[ExpectationResult]] = {}
    for suite, expectation, column, severity, success, count, keys, details, row_count in rows:
        result = ExpectationResult(
            suite, expectation, column, severity, success, count, tuple(keys), details, row_count
        )
        found.setdefault(suite, []).append(result)
    return found


def new_run(report: str | None, content_hash: str | None) -> tuple[int, str]:
    """Key and time of a run that begins to be recorded now; without a report it is one of the warehouse."""
    now = datetime.datetime.now(datetime.UTC).isoformat()
    return key("validation", report or "", content_hash or "", now), now


def current_checks(connection: duckdb.DuckDBPyConnection) -> Counts:
    """Arithmetic checks of all current versions by severity, and whether they pass."""
    failing = ", ".join(f"'{verdict}'" for verdict in sorted(FAILING))
    rows = connection.execute(
        f"SELECT severity, verdict NOT IN ({failing}) AS passes, count(*) FROM core.fact_check "
        "JOIN core.dim_report USING (report_version_key) WHERE is_current GROUP BY severity, passes"
    ).fetchall()
    return Counter({(severity, passes): count for severity, passes, count in rows})


def insert_results(connection: duckdb.DuckDBPyConnection, runs: Sequence[tuple[int, Results]]) -> None:
    """Adds the results of runs, given with their keys; numbered as the suite files do."""
    kept = [
        (run_key, suite, number, result)
        for run_key, results in runs
        for suite, found in results.items()
        for number, result in enumerate(found, 1)
    ]
    insert_columns(
        connection,
        "quality.validation_result",
        {
            "run_key": [run_key for run_key, _, _, _ in kept],
            "suite": [suite for _, suite, _, _ in kept],
            "expectation_no": [number for _, _, number, _ in kept],
            "expectation": [result.expectation for _, _, _, result in kept],
            "column_name": [result.column for _, _, _, result in kept],
            "severity": [result.severity for _, _, _, result in kept],
            "success": [result.success for _, _, _, result in kept],
            "row_count": [result.row_count for _, _, _, result in kept],
            "unexpected_count": [result.unexpected_count for _, _, _, result in kept],
            "failing_keys": [result.failing_keys[:MAX_KEYS] for _, _, _, result in kept],
            "details": [result.details for _, _, _, result in kept],
        },
    )


def run_row(run: Row, results: Results, expectations: Counts, checks: Counts) -> Row:
    """The row of a run, with its counts, each by severity and whether it passes."""
    from pipelines.suites.kinds import import_seconds

    spent = sum(result.seconds for found in results.values() for result in found)
    times = {"validation_seconds": f"{spent:.3f}", "import_seconds": f"{import_seconds():.3f}"}
    counts = {"expectation_count": expectations.total(), "check_count": checks.total()}
    failing = {f"failing_{severity}": expectations[severity, False] for severity in SEVERITIES}
    disputed = {f"checks_failing_{severity}": checks[severity, False] for severity in SEVERITIES}
    return run | times | counts | failing | disputed
