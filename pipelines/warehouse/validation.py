"""Validates dimensions and indicators within the load that changed them; see `validation_history` for the record."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version as installed
from typing import TYPE_CHECKING

from pipelines.checking.suite_files import Suite, coverage_problems, file_problems, read_suites, tables_of
from pipelines.checking.suites import has_critical
from pipelines.errors import CatalogError
from pipelines.settings import Settings
from pipelines.warehouse.checks import WarehouseCheckError
from pipelines.warehouse.rows import Row, insert
from pipelines.warehouse.touched import Touched
from pipelines.warehouse.validation_history import Results, current_checks, insert_results, new_run, run_row

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
class _State:
    """What a table and its suite are, as far as results depend on it.

    Attributes:
        rows: fingerprint of the rows.
        declared: fingerprint of the suite and of all around it.
        is_whole: whether all rows were asked together, and not only those that had changed.
    """

    rows: str
    declared: str
    is_whole: bool = True

    @property
    def text(self) -> str:
        """As it is kept."""
        return f"{'whole' if self.is_whole else 'part'} {self.declared} {self.rows}"


@dataclass(frozen=True, slots=True)
class _Changed:
    """Suites whose tables have changed since their last validation, with what they are now.

    Attributes:
        states: suite → state of its table and itself.
        suites: those that are in another state than at their last validation.
        known: suite → state at its last validation.
    """

    states: dict[str, _State]
    suites: tuple[Suite, ...]
    known: dict[str, _State]

    @property
    def unchanged(self) -> int:
        return len(self.states) - len(self.suites)


def validate_tables(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    touched: Touched | None = None,
    broken: Collection[str] = (),
    *,
    again: bool = False,
) -> None:
    """Validates those dimensions and indicators that have changed, and records the run.

    What its rows and its suite determine need not be asked again. Of a table that has changed, the rows of the touched
    regions or reports are asked; what other rows failed is taken over from the last validation.

    Args:
        connection: inside the transaction of the load, after its indicators were refreshed.
        settings: where suites and statements are.
        touched: by the load; None for everything.
        broken: names of indicators that the load could not compute; what their tables hold is not asked.
        again: also ask all rows of tables of which only a part was asked since.

    Raises:
        TableShapeError: a critical expectation fails.
        CatalogError: a suite is malformed, or a table has none.
    """
    changed = _changed(connection, settings, broken, again=again)
    if not changed.suites:
        return
    from pipelines.checking.table_suites import Others, run_table_suites

    problems = file_problems(settings.expectations)
    if problems:
        raise CatalogError(problems[0])
    frames: dict[str, pd.DataFrame] = {}
    others: dict[str, Others] = {}
    states = dict(changed.states)
    for suite in changed.suites:
        condition = None if touched is None else _condition(suite)
        known = changed.known.get(suite.name)
        if condition and touched and known and known.declared == states[suite.name].declared:
            kept = _kept(connection, suite, touched)
            if kept is not None:
                column, parameters = (
                    condition,
                    sorted(touched.regions if suite.group == "indicator" else touched.reports),
                )
                frames[suite.name] = table_frame(connection, _table(suite), column, parameters)
                rows_now = connection.execute(f"SELECT count(*) FROM {_table(suite)}").fetchone()
                others[suite.name] = Others((rows_now[0] if rows_now else 0) - len(frames[suite.name]), kept)
                states[suite.name] = replace(states[suite.name], is_whole=False)
                continue
        frames[suite.name] = table_frame(connection, _table(suite))
    results = run_table_suites(changed.suites, frames, others)
    if any(has_critical(found) for found in results.values()):
        raise TableShapeError(results, changed.unchanged)
    run_key, now = new_run(None, None)
    insert_results(connection, [(run_key, results)])
    _keep_failing(connection, changed.suites, results)
    names = [suite.name for suite in changed.suites]
    connection.execute("DELETE FROM quality.validated_table WHERE list_contains(?, suite)", [names])
    rows: list[Row] = [{"suite": name, "fingerprint": states[name].text, "run_key": run_key} for name in names]
    insert(connection, "quality.validated_table", rows)
    # what is unchanged counts as well, so that the counts of two runs can be compared
    valid = connection.execute(
        "SELECT severity, success, count(*) FROM quality.validated_table "
        "JOIN quality.validation_result USING (run_key, suite) GROUP BY severity, success"
    ).fetchall()
    run = run_row(
        {"run_key": run_key, "report_id": None, "content_hash": None, "validated_at": now, "is_loaded": True}
        | {"tables_validated": len(names), "tables_unchanged": changed.unchanged},
        results,
        Counter({(severity, success): count for severity, success, count in valid}),
        current_checks(connection),
    )
    insert(connection, "quality.validation_run", [run])


def record_refused(connection: duckdb.DuckDBPyConnection, version: ReportVersion, error: TableShapeError) -> None:
    """Adds what the tables would have been with a version that is kept out for it.

    Args:
        connection: inside a transaction.
        version: the guilty one; the run carries its content.
        error: with the results that the undone load would have left.
    """
    run_key, now = new_run(None, version.document.content_hash)
    insert_results(connection, [(run_key, error.results)])
    run = run_row(
        {"run_key": run_key, "report_id": None, "content_hash": version.document.content_hash}
        | {"validated_at": now, "is_loaded": False}
        | {"tables_validated": len(error.results), "tables_unchanged": error.unchanged},
        error.results,
        Counter((result.severity, result.success) for found in error.results.values() for result in found),
        current_checks(connection),
    )
    insert(connection, "quality.validation_run", [run])


def _changed(
    connection: duckdb.DuckDBPyConnection, settings: Settings, broken: Collection[str], *, again: bool
) -> _Changed:
    folder = settings.expectations
    problems = coverage_problems(folder, tables_of(settings.sql))
    if problems:
        raise CatalogError(problems[0])
    from pipelines.checking.suite_results import vocabularies

    # other vocabularies or another version of the library may judge the same rows otherwise
    around = json.dumps([vocabularies(), installed("great_expectations")], sort_keys=True)
    indicators = [suite for suite in read_suites(folder, "indicator") if suite.name not in broken]
    suites = (*read_suites(folder, "dimension"), *indicators)
    columns = {
        (schema, table): names
        for schema, table, names in connection.execute(
            "SELECT schema_name, table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() "
            "WHERE database_name = current_database() AND schema_name IN ('core', 'indicator') "
            "GROUP BY schema_name, table_name"
        ).fetchall()
    }
    states = {suite.name: _state(connection, suite, columns, around) for suite in suites}
    known = {}
    for name, text in connection.execute("SELECT suite, fingerprint FROM quality.validated_table").fetchall():
        kind, _, rest = text.partition(" ")
        declared, _, rows = rest.partition(" ")
        known[name] = _State(rows, declared, kind == "whole")
    gone = sorted(known.keys() - states.keys())
    connection.execute("DELETE FROM quality.validated_table WHERE list_contains(?, suite)", [gone])
    changed = tuple(
        suite
        for suite in suites
        if known.get(suite.name) != states[suite.name]
        and (again or known.get(suite.name) != replace(states[suite.name], is_whole=False))
    )
    return _Changed(states, changed, known)


def _state(
    connection: duckdb.DuckDBPyConnection, suite: Suite, columns: Mapping[tuple[str, str], list[str]], around: str
) -> _State:
    # sums of hashes do not depend on the order of rows, and cost a fraction of sorting them
    row = connection.execute(
        f"SELECT count(*), CAST(sum(hash(t)) AS VARCHAR), CAST(bit_xor(hash(t)) AS VARCHAR) FROM {_table(suite)} AS t"
    ).fetchone()
    declared = [[entry.identity, entry.severity, entry.text] for entry in suite.expectations]
    parts = json.dumps([columns.get((_SCHEMAS[suite.group], suite.name)), suite.keys, declared, around])
    return _State(" ".join(map(str, row or ())), hashlib.sha256(parts.encode()).hexdigest())


def _condition(suite: Suite) -> str | None:
    """The column that tells which rows of a table a load can have changed; None where it can be any."""
    if suite.group == "indicator":
        return "region_code"
    return "report_id" if suite.name == "dim_report" else None


def _kept(connection: duckdb.DuckDBPyConnection, suite: Suite, touched: Touched) -> dict[str, list[str]] | None:
    """Identity of an expectation → keys of untouched rows that failed it last; None where not all of them are known."""
    counted = connection.execute(
        "SELECT r.expectation_no, r.unexpected_count, count(f.row_key) FROM quality.validated_table AS v "
        "JOIN quality.validation_result AS r USING (run_key, suite) LEFT JOIN quality.failing_row AS f "
        "ON r.suite = f.suite AND r.expectation_no = f.expectation_no WHERE v.suite = ? GROUP BY ALL",
        [suite.name],
    ).fetchall()
    if any(told != listed for _, told, listed in counted):
        return None
    subjects = sorted(touched.regions if suite.group == "indicator" else touched.reports)
    rows = connection.execute(
        "SELECT expectation_no, row_key FROM quality.failing_row WHERE suite = ? "
        "AND row_subject NOT IN (SELECT unnest(?::VARCHAR[])) ORDER BY row_key",
        [suite.name, subjects],
    ).fetchall()
    found: dict[str, list[str]] = {}
    for number, key in rows:
        found.setdefault(suite.expectations[number - 1].identity, []).append(key)
    return found


def _subject(suite: Suite, key: str) -> str:
    """What tells whether a load can have changed a row, by the key with which results name the row."""
    if suite.group == "indicator":
        return key.partition(" ")[0]
    return key.rpartition(" ")[0] if suite.name == "dim_report" else key


def _keep_failing(connection: duckdb.DuckDBPyConnection, suites: Sequence[Suite], results: Results) -> None:
    """Notes all rows that fail, so that those which a later load does not touch need not be asked again."""
    connection.execute(
        "DELETE FROM quality.failing_row WHERE list_contains(?, suite)", [[suite.name for suite in suites]]
    )
    rows: list[Row] = [
        {"suite": suite.name, "expectation_no": number, "row_key": key, "row_subject": _subject(suite, key)}
        for suite in suites
        for number, result in enumerate(results[suite.name], 1)
        for key in result.failing_keys
    ]
    insert(connection, "quality.failing_row", rows)


def _table(suite: Suite) -> str:
    return f"{_SCHEMAS[suite.group]}.{suite.name}"


def table_frame(
    connection: duckdb.DuckDBPyConnection, table: str, column: str = "", among: Sequence[str] = ()
) -> pd.DataFrame:
    """Rows of a table as Python objects: decimals stay exact, NULL is None.

    Members of a dimension that the catalogue has no more are left out; they were asked for while it had them.

    Args:
        connection: to the warehouse.
        table: qualified name.
        column: only rows with one of some values in it; empty for all rows.
        among: these values.
    """
    import pandas as pd

    where = f" WHERE {column} IN (SELECT unnest($among::VARCHAR[]))" if column else ""
    rows = connection.execute(f"FROM {table}{where}", {"among": list(among)} if column else None)
    columns = pd.Index([column[0] for column in rows.description or ()])
    frame = pd.DataFrame(rows.fetchall(), columns=columns, dtype=object)
    return frame[~frame["is_retired"].astype(bool)] if "is_retired" in columns else frame
