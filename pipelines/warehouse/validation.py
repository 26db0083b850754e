"""Validates dimensions and indicators within the load that changed them; see `validation_history` for the record."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from pipelines.checking.suite_files import Suite, coverage_problems, file_problems, read_suites, tables_of
from pipelines.checking.suites import has_critical
from pipelines.errors import CatalogError
from pipelines.settings import Settings
from pipelines.warehouse.checks import WarehouseCheckError
from pipelines.warehouse.rows import Row, insert
from pipelines.warehouse.validation_history import Results, current_checks, insert_results, insert_run, new_run

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from pipelines.report import ReportVersion

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
    run_key, now = new_run(None, None)
    insert_results(connection, run_key, results)
    names = [suite.name for suite in changed.suites]
    connection.execute("DELETE FROM quality.validated_table WHERE list_contains(?, suite)", [names])
    rows: list[Row] = [{"suite": name, "fingerprint": changed.fingerprints[name], "run_key": run_key} for name in names]
    insert(connection, "quality.validated_table", rows)
    # what is unchanged counts as well, so that the counts of two runs can be compared
    valid = connection.execute(
        "SELECT severity, success, count(*) FROM quality.validated_table "
        "JOIN quality.validation_result USING (run_key, suite) GROUP BY severity, success"
    ).fetchall()
    insert_run(
        connection,
        {"run_key": run_key, "report_id": None, "content_hash": None, "validated_at": now, "is_loaded": True}
        | {"tables_validated": len(names), "tables_unchanged": changed.unchanged},
        results,
        Counter({(severity, success): count for severity, success, count in valid}),
        current_checks(connection),
    )


def record_refused(connection: duckdb.DuckDBPyConnection, version: ReportVersion, error: TableShapeError) -> None:
    """Adds what the tables would have been with a version that is kept out for it.

    Args:
        connection: inside a transaction.
        version: the guilty one; the run carries its content.
        error: with the results that the undone load would have left.
    """
    run_key, now = new_run(None, version.document.content_hash)
    insert_results(connection, run_key, error.results)
    insert_run(
        connection,
        {"run_key": run_key, "report_id": None, "content_hash": version.document.content_hash}
        | {"validated_at": now, "is_loaded": False}
        | {"tables_validated": len(error.results), "tables_unchanged": error.unchanged},
        error.results,
        Counter((result.severity, result.success) for found in error.results.values() for result in found),
        current_checks(connection),
    )


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
