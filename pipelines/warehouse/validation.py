"""Validates dimensions and indicators within the load that changed them, and keeps the history of shape results."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from pipelines.checking.suite_files import SEVERITIES, Suite, coverage_problems, file_problems, read_suites, tables_of
from pipelines.checking.suites import has_critical
from pipelines.checking.verdict import FAILING, ExpectationResult
from pipelines.errors import CatalogError
from pipelines.settings import Settings
from pipelines.warehouse.checks import WarehouseCheckError
from pipelines.warehouse.keys import key
from pipelines.warehouse.rows import Row, insert

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from pipelines.report import ReportVersion

Results = Mapping[str, Sequence[ExpectationResult]]
_SCHEMAS = {"dimension": "core", "indicator": "indicator"}


class TableShapeError(WarehouseCheckError):
    """A dimension or an indicator would break a critical expectation; the load that caused it is undone.

    Args:
        results: of all tables that the load changed, by suite; they outlive the undone load.
        unchanged: how many tables it left as they were.
    """

    def __init__(self, results: Results, unchanged: int) -> None:
        self.results, self.unchanged = results, unchanged
        first = next(r for found in results.values() for r in found if r.severity == "critical" and not r.success)
        where = f" First: {first.failing_keys[0]}." if first.failing_keys else ""
        super().__init__(f"{first.suite}: {first.details}{where}")


@dataclass(frozen=True, slots=True)
class _Changed:
    """Suites whose tables have changed since their last validation, with what they are now.

    Attributes:
        fingerprints: suite → fingerprint of its table and itself.
        suites: those whose fingerprint is another than at their last validation.
    """

    fingerprints: dict[str, str]
    suites: tuple[Suite, ...]

    @property
    def unchanged(self) -> int:
        return len(self.fingerprints) - len(self.suites)


def validate_tables(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Validates those dimensions and indicators that have changed, and records the run.

    What its rows and its suite determine need not be asked again, so a load pays for what it changed, and the history
    grows by that only.

    Args:
        connection: inside the transaction of the load, after its indicators were refreshed.
        settings: where suites and statements are.

    Raises:
        TableShapeError: a critical expectation fails.
        CatalogError: a suite is malformed, or a table has none.
    """
    changed = _changed(connection, settings)
    if not changed.suites:
        return
    from pipelines.checking.table_suites import run_table_suites

    problems = file_problems(settings.expectations)
    if problems:
        raise CatalogError(problems[0])
    frames = {suite.name: table_frame(connection, _table(suite)) for suite in changed.suites}
    results = run_table_suites(changed.suites, frames)
    if any(has_critical(found) for found in results.values()):
        raise TableShapeError(results, changed.unchanged)
    run_key, now = _run_key(None, None)
    _insert_results(connection, run_key, results)
    names = [suite.name for suite in changed.suites]
    connection.execute("DELETE FROM quality.validated_table WHERE list_contains(?, suite)", [names])
    rows: list[Row] = [{"suite": name, "fingerprint": changed.fingerprints[name], "run_key": run_key} for name in names]
    insert(connection, "quality.validated_table", rows)
    # what is unchanged counts as well, so that the counts of two runs can be compared
    valid = connection.execute(
        "SELECT severity, success, count(*) FROM quality.validated_table "
        "JOIN quality.validation_result USING (run_key, suite) GROUP BY severity, success"
    ).fetchall()
    _insert_run(
        connection,
        {"run_key": run_key, "report_id": None, "content_hash": None, "validated_at": now, "is_loaded": True}
        | {"tables_validated": len(names), "tables_unchanged": changed.unchanged},
        results,
        Counter({(severity, success): count for severity, success, count in valid}),
        _current_checks(connection),
    )


def record_version(connection: duckdb.DuckDBPyConnection, version: ReportVersion, *, is_loaded: bool) -> None:
    """Adds the shape results of a report version to the history.

    Args:
        connection: inside a transaction.
        version: with its results; one that no suite has seen leaves no run.
        is_loaded: whether the version is loaded, or kept out.
    """
    if not version.expectations:
        return
    document = version.document
    run_key, now = _run_key(document.report_id, document.content_hash)
    results: dict[str, list[ExpectationResult]] = {}
    for result in version.expectations:
        results.setdefault(result.suite, []).append(result)
    _insert_results(connection, run_key, results)
    _insert_run(
        connection,
        {"run_key": run_key, "report_id": document.report_id, "content_hash": document.content_hash}
        | {"validated_at": now, "is_loaded": is_loaded, "tables_validated": len(results), "tables_unchanged": 0},
        results,
        Counter((result.severity, result.success) for result in version.expectations),
        Counter((check.severity, check.verdict not in FAILING) for check in version.checks),
    )


def record_refused(connection: duckdb.DuckDBPyConnection, version: ReportVersion, error: TableShapeError) -> None:
    """Adds what the tables would have been with a version that is kept out for it.

    Args:
        connection: inside a transaction.
        version: the guilty one; the run carries its content.
        error: with the results that the undone load would have left.
    """
    run_key, now = _run_key(None, version.document.content_hash)
    _insert_results(connection, run_key, error.results)
    _insert_run(
        connection,
        {"run_key": run_key, "report_id": None, "content_hash": version.document.content_hash}
        | {"validated_at": now, "is_loaded": False}
        | {"tables_validated": len(error.results), "tables_unchanged": error.unchanged},
        error.results,
        Counter((result.severity, result.success) for found in error.results.values() for result in found),
        _current_checks(connection),
    )


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


def _changed(connection: duckdb.DuckDBPyConnection, settings: Settings) -> _Changed:
    folder = settings.expectations
    problems = coverage_problems(folder, tables_of(settings.sql))
    if problems:
        raise CatalogError(problems[0])
    from pipelines.checking.suite_results import vocabularies

    # other vocabularies or another version of the library may judge the same rows otherwise
    around = json.dumps([vocabularies(), installed("great_expectations")], sort_keys=True)
    suites = (*read_suites(folder, "dimension"), *read_suites(folder, "indicator"))
    columns = {
        (schema, table): names
        for schema, table, names in connection.execute(
            "SELECT table_schema, table_name, list(column_name ORDER BY ordinal_position) "
            "FROM information_schema.columns GROUP BY table_schema, table_name"
        ).fetchall()
    }
    fingerprints = {suite.name: _fingerprint(connection, suite, columns, around) for suite in suites}
    known = dict(connection.execute("SELECT suite, fingerprint FROM quality.validated_table").fetchall())
    gone = sorted(known.keys() - fingerprints.keys())
    connection.execute("DELETE FROM quality.validated_table WHERE list_contains(?, suite)", [gone])
    changed = tuple(suite for suite in suites if known.get(suite.name) != fingerprints[suite.name])
    return _Changed(fingerprints, changed)


def _fingerprint(
    connection: duckdb.DuckDBPyConnection, suite: Suite, columns: Mapping[tuple[str, str], list[str]], around: str
) -> str:
    row = connection.execute(
        f"SELECT sha256(coalesce(string_agg(line, chr(10) ORDER BY line), '')) "
        f"FROM (SELECT CAST(t AS VARCHAR) AS line FROM {_table(suite)} AS t)"
    ).fetchone()
    declared = [[entry.identity, entry.severity, entry.text] for entry in suite.expectations]
    parts = json.dumps([row, columns.get((_SCHEMAS[suite.group], suite.name)), suite.keys, declared, around])
    return hashlib.sha256(parts.encode()).hexdigest()


def _table(suite: Suite) -> str:
    return f"{_SCHEMAS[suite.group]}.{suite.name}"


def table_frame(connection: duckdb.DuckDBPyConnection, table: str) -> pd.DataFrame:
    """All rows of a table as Python objects: decimals stay exact, NULL is None."""
    import pandas as pd

    rows = connection.execute(f"FROM {table}")
    columns = pd.Index([column[0] for column in rows.description or ()])
    return pd.DataFrame(rows.fetchall(), columns=columns, dtype=object)


def _run_key(report: str | None, content_hash: str | None) -> tuple[int, str]:
    now = datetime.datetime.now(datetime.UTC).isoformat()
    return key("validation", report or "", content_hash or "", now), now


def _current_checks(connection: duckdb.DuckDBPyConnection) -> Counter[tuple[str, bool]]:
    """Arithmetic checks of all current versions by severity, and whether they pass."""
    failing = ", ".join(f"'{verdict}'" for verdict in sorted(FAILING))
    rows = connection.execute(
        f"SELECT severity, verdict NOT IN ({failing}) AS passes, count(*) FROM core.fact_check "
        "JOIN core.dim_report USING (report_version_key) WHERE is_current GROUP BY severity, passes"
    ).fetchall()
    return Counter({(severity, passes): count for severity, passes, count in rows})


def _insert_results(connection: duckdb.DuckDBPyConnection, run_key: int, results: Results) -> None:
    insert(
        connection,
        "quality.validation_result",
        [
            {
                "run_key": run_key,
                "suite": suite,
                "expectation_no": number,
                "expectation": result.expectation,
                "column_name": result.column,
                "severity": result.severity,
                "success": result.success,
                "row_count": result.row_count,
                "unexpected_count": result.unexpected_count,
                "failing_keys": list(result.failing_keys),
                "details": result.details,
            }
            for suite, found in results.items()
            for number, result in enumerate(found, 1)
        ],
    )


def _insert_run(
    connection: duckdb.DuckDBPyConnection,
    run: Row,
    results: Results,
    expectations: Counter[tuple[str, bool]],
    checks: Counter[tuple[str, bool]],
) -> None:
    """Adds the run with its counts, each by severity and whether it passes."""
    from pipelines.checking.evaluate import import_seconds

    spent = sum(result.seconds for found in results.values() for result in found)
    times = {"validation_seconds": f"{spent:.3f}", "import_seconds": f"{import_seconds():.3f}"}
    counts = {"expectation_count": expectations.total(), "check_count": checks.total()}
    failing = {f"failing_{severity}": expectations[severity, False] for severity in SEVERITIES}
    disputed = {f"checks_failing_{severity}": checks[severity, False] for severity in SEVERITIES}
    insert(connection, "quality.validation_run", [run | times | counts | failing | disputed])
