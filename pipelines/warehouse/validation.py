"""Validates dimensions and indicators within the load that changed them; see `validation_history` for the record."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, Any

from pipelines.errors import CatalogError
from pipelines.settings import Settings
from pipelines.suites.files import Suite, coverage_problems, file_problems, read_suites, tables_of
from pipelines.suites.reports import has_critical
from pipelines.warehouse.checks import WarehouseCheckError
from pipelines.warehouse.rows import Row, insert
from pipelines.warehouse.touched import Touched
from pipelines.warehouse.validation_history import Results, current_checks, insert_results, new_run, run_row

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from pipelines.versions.version import ReportVersion

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
    def row_count(self) -> int:
        """How many rows there are."""
        return int(self.rows.partition(" ")[0])

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
        columns: schema and table → its columns.
    """

    states: dict[str, _State]
    suites: tuple[Suite, ...]
    known: dict[str, _State]
    columns: Mapping[tuple[str, str], list[str]]

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
    from pipelines.suites.tables import Others, run_table_suites

    problems = file_problems(settings.expectations)
    if problems:
        raise CatalogError(problems[0])
    frames: dict[str, pd.DataFrame] = {}
    others: dict[str, Others] = {}
    states = dict(changed.states)
    kept = {} if touched is None else _kept(connection, changed, touched)
    for suite in changed.suites:
        if suite.group == "dimension":
            column, among = ("report_id", touched.reports) if touched and suite.name in kept else ("", ())
            frames[suite.name] = table_frame(connection, _table(suite), column, sorted(among))
    stacked = [suite for suite in changed.suites if suite.group == "indicator"]
    for part in ([one for one in stacked if one.name in kept], [one for one in stacked if one.name not in kept]):
        regions = sorted(touched.regions) if touched and part and part[0].name in kept else None
        frames |= _indicator_frames(connection, part, changed.columns, regions)
    for name, failing in kept.items():
        others[name] = Others(states[name].row_count - len(frames[name]), failing)
        states[name] = replace(states[name], is_whole=False)
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
    from pipelines.suites.results import vocabularies

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
    states = _states(connection, suites, columns, around)
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
    return _Changed(states, changed, known, columns)


def _states(
    connection: duckdb.DuckDBPyConnection,
    suites: Sequence[Suite],
    columns: Mapping[tuple[str, str], list[str]],
    around: str,
) -> dict[str, _State]:
    # sums of hashes do not depend on the order of rows, and cost a fraction of sorting them
    asked = " UNION ALL ".join(
        f"SELECT '{suite.name}', count(*), CAST(sum(hash(t)) AS VARCHAR), CAST(bit_xor(hash(t)) AS VARCHAR) "
        f"FROM {_table(suite)} AS t"
        for suite in suites
    )
    rows = {name: " ".join(map(str, row)) for name, *row in connection.execute(asked).fetchall()}
    states = {}
    for suite in suites:
        declared = [[entry.identity, entry.severity, entry.text] for entry in suite.expectations]
        parts = json.dumps([columns.get((_SCHEMAS[suite.group], suite.name)), suite.keys, declared, around])
        states[suite.name] = _State(rows[suite.name], hashlib.sha256(parts.encode()).hexdigest())
    return states


def _kept(
    connection: duckdb.DuckDBPyConnection, changed: _Changed, touched: Touched
) -> dict[str, dict[str, list[str]]]:
    """What rows that a load has not touched failed last, of suites of which that is known.

    Returns:
        Suite → identity of an expectation → keys of these rows.
    """
    same = {
        suite.name: suite
        for suite in changed.suites
        if (suite.group == "indicator" or suite.name == "dim_report")
        and (known := changed.known.get(suite.name)) is not None
        and known.declared == changed.states[suite.name].declared
    }
    counted = connection.execute(
        "SELECT v.suite, r.expectation_no, r.unexpected_count, count(f.row_key) FROM quality.validated_table AS v "
        "JOIN quality.validation_result AS r USING (run_key, suite) LEFT JOIN quality.failing_row AS f "
        "ON r.suite = f.suite AND r.expectation_no = f.expectation_no "
        "WHERE list_contains(?, v.suite) GROUP BY ALL",
        [list(same)],
    ).fetchall()
    found: dict[str, dict[str, list[str]]] = {name: {} for name in same}
    for name in {name for name, _, told, listed in counted if told != listed}:
        del found[name]
    rows = connection.execute(
        "SELECT suite, expectation_no, row_key FROM quality.failing_row WHERE list_contains($suites, suite) "
        "AND CASE suite WHEN 'dim_report' THEN row_subject NOT IN (SELECT unnest($reports::VARCHAR[])) "
        "ELSE row_subject NOT IN (SELECT unnest($regions::VARCHAR[])) END "
        "ORDER BY suite, row_key",
        {"suites": list(found), "reports": sorted(touched.reports), "regions": sorted(touched.regions)},
    ).fetchall()
    for name, number, key in rows:
        found[name].setdefault(same[name].expectations[number - 1].identity, []).append(key)
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


def _indicator_frames(
    connection: duckdb.DuckDBPyConnection,
    suites: Sequence[Suite],
    columns: Mapping[tuple[str, str], list[str]],
    regions: list[str] | None,
) -> dict[str, pd.DataFrame]:
    """The rows of indicators, fetched in one statement, each with the columns that its table has."""
    if not suites:
        return {}
    import pandas as pd

    where = "" if regions is None else " WHERE region_code IN (SELECT unnest($regions::VARCHAR[]))"
    asked = " UNION ALL BY NAME ".join(
        f"SELECT '{suite.name}' AS of_suite, * FROM {_table(suite)}{where}" for suite in suites
    )
    rows = connection.execute(asked, None if regions is None else {"regions": regions})
    names = [column[0] for column in rows.description or ()]
    found: dict[str, list[tuple[Any, ...]]] = {suite.name: [] for suite in suites}
    for row in rows.fetchall():
        found[row[0]].append(row)
    frames = {}
    for suite in suites:
        frame = pd.DataFrame(found[suite.name], columns=pd.Index(names), dtype=object)
        frames[suite.name] = frame[columns["indicator", suite.name]]
    return frames


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
