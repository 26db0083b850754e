"""Builds all indicators over five million facts: by this project, by the same statements run by hand, and by dbt.

The facts are copies of the sample report's, each about another region and year, made inside DuckDB. Every way starts
from its own copy of that file and runs in a process of its own. Prints a Markdown table; see README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.made_reports import made_versions
from pipelines.publishing.snapshot import connect_snapshot
from pipelines.settings import Settings
from pipelines.warehouse.as_of import view_select
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.dimensions import add_missing, period_rows
from pipelines.warehouse.indicators import dependencies, grain_of, indicator_statements, refresh_indicators
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.schema import schema_statements
from pipelines.warehouse.touched import Extracts, drop_extracts, renamed

HERE = Path(__file__).resolve().parent
DBT = HERE / ".venv" / "dbt"
PEERS = HERE / "requirements-dbt.txt"
_FACTS = ("fact_figure", "fact_fund", "fact_result", "fact_target", "fact_claim")
_FIGURES = frozenset({"figure_key", "parent_figure_key", "subject_figure_key", "base_figure_key", "actual_figure_key"})
_YEARS = range(1995, 2012)
_QUERY = (
    "SELECT period_code, value, value_low, value_high, reason FROM indicator.central_share "
    "WHERE region_code = '110101' AND basis = 'as_reported' ORDER BY period_code",
    "SELECT period_code, count(value), avg(value) FROM indicator.total_growth "
    "GROUP BY period_code ORDER BY period_code",
    "SELECT member_code, count(*), avg(value) FROM indicator.share_by_program WHERE period_code = 'Y2010' "
    "GROUP BY member_code ORDER BY member_code",
)
_ROUNDS = 20


def main() -> None:
    """Makes the facts and measures each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=5_000_000, help="how many facts at least")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](Settings(home=options.home, duckdb_memory_limit="3GB"))))
        return
    with tempfile.TemporaryDirectory(prefix="fupin-star-") as folder:
        home = Path(folder) / "made"
        facts = make(Settings(home=home, duckdb_memory_limit="3GB"), options.facts)
        print(f"{facts:,} facts", file=sys.stderr, flush=True)
        install()
        rows = {}
        for part in PARTS:
            own = home if part == "queries" else Path(folder) / part
            if part != "queries":
                shutil.copytree(home, own)
            rows[part] = _measured(part, Path(folder) / "fupin" if part == "queries" else own)
            if part not in ("fupin", "queries"):
                shutil.rmtree(own)
    print(f"| {facts:,} facts | wall, s | CPU, s | peak MB | rows in all indicators |")
    print("|---|--:|--:|--:|--:|")
    for part in ("fupin", "hand", "dbt"):
        row = rows[part]
        print(f"| {row['name']} | {row['wall']:.1f} | {row['cpu']:.1f} | {row['peak']:.0f} | {row['rows']:,} |")
    print()
    for query, milliseconds in rows["queries"]["queries"]:
        print(f"- {milliseconds:.1f} ms: `{query}`")


def make(settings: Settings, wanted: int) -> int:
    """Makes a warehouse with one loaded report and as many copies of its facts as are wanted.

    Returns:
        How many facts there are.
    """
    load_versions(settings, list(made_versions(0, 1)))
    with open_warehouse(settings) as connection, transaction(connection):
        add_missing(connection, "dim_period", "period_key", period_rows({f"Y{year}" for year in _YEARS}))
        [(owner, region, period)] = connection.execute(
            "SELECT report_version_key, r.region_key, p.period_key FROM core.dim_report AS d "
            "JOIN core.dim_region AS r USING (region_code) JOIN core.dim_period AS p USING (period_code)"
        ).fetchall()
        [(each,)] = connection.execute("SELECT count(*) FROM core.fact_figure").fetchall()
        copies = -(-wanted // each)
        # one report for each region and year; where these do not suffice, the same again with another report
        connection.execute(
            "CREATE TEMP TABLE place AS WITH every AS (SELECT r.region_key, r.region_code, p.period_key, "
            "p.period_code, row_number() OVER (ORDER BY p.period_code DESC, r.region_code) AS place_no "
            "FROM core.dim_region AS r "
            "CROSS JOIN core.dim_period AS p WHERE r.region_key <> -1 AND r.valid_to_year IS NULL "
            "AND p.period_kind = 'calendar_year' AND list_contains($years, p.period_code)), "
            "size AS (SELECT count(*) AS places FROM every) "
            "SELECT n.range AS copy_no, CAST(hash(n.range) >> 1 AS BIGINT) AS owner, every.* FROM range($copies) AS n "
            "CROSS JOIN size JOIN every ON every.place_no = n.range % size.places + 1",
            {"years": [f"Y{year}" for year in _YEARS], "copies": copies},
        )
        for table in (*_FACTS, "dim_report"):
            columns = connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = ? "
                "AND database_name = 'warehouse' ORDER BY column_index",
                [table],
            ).fetchall()
            listed = ", ".join(_copied(column, region, period) for (column,) in columns)
            connection.execute(
                f"INSERT INTO core.{table} SELECT {listed} FROM place, core.{table} AS f "
                "WHERE f.report_version_key = $owner",
                {"owner": owner},
            )
        [(facts,)] = connection.execute(
            f"SELECT {' + '.join(f'(SELECT count(*) FROM core.{table})' for table in _FACTS[1:])}"
        ).fetchall()
    with open_warehouse(settings) as connection:
        connection.execute("CHECKPOINT warehouse")
    return int(facts)


def _copied(column: str, region: int, period: int) -> str:
    """The expression for a column of a copy."""
    if column in _FIGURES:
        return f"CASE WHEN f.{column} IS NOT NULL THEN CAST(hash(f.{column}, copy_no) >> 1 AS BIGINT) END"
    return {
        "report_version_key": "owner",
        "region_key": f"CASE f.region_key WHEN {region} THEN place.region_key ELSE f.region_key END",
        "period_key": f"CASE f.period_key WHEN {period} THEN place.period_key ELSE f.period_key END",
        "report_id": "'copy/' || copy_no",
        "content_hash": "sha256(CAST(copy_no AS VARCHAR))",
        "region_code": "place.region_code",
        "period_code": "place.period_code",
        # the texts of five million sentences would be most of the file, and no indicator reads them
        "sentence": "''",
    }.get(column, f"f.{column}")


def install() -> None:
    """Installs dbt into an environment of its own, once."""
    if not (DBT / "bin" / "dbt").exists():
        subprocess.run([sys.executable, "-m", "venv", DBT], check=True)
        subprocess.run([DBT / "bin" / "pip", "install", "--quiet", "--requirement", PEERS], check=True)


def build_by_fupin(settings: Settings) -> dict[str, Any]:
    """All indicators as a load computes them when everything is anew."""
    began = _now()
    with open_warehouse(settings) as connection, transaction(connection):
        refresh_indicators(connection, settings.sql, Extracts(None), is_anew=True)
        drop_extracts(connection)
    with open_warehouse(settings) as connection:
        connection.execute("CHECKPOINT warehouse")
        return {"name": "this project", **_spent(began), "rows": _rows(connection, settings, "indicator")}


def build_by_hand(settings: Settings) -> dict[str, Any]:
    """The views that the indicators read as tables, then the indicators: one CREATE TABLE AS each."""
    began = _now()
    names: dict[str, str] = {}
    with open_warehouse(settings) as connection:
        connection.execute("CREATE SCHEMA hand")
        for name, query in _models(settings).items():
            place = f"hand.{name.split('.')[1]}"
            connection.execute(f"CREATE TABLE {place} AS {renamed(query, names)}")
            names[name] = place
        connection.execute("CHECKPOINT warehouse")
        return {"name": "the statements by hand", **_spent(began), "rows": _rows(connection, settings, "hand")}


def build_by_dbt(settings: Settings) -> dict[str, Any]:
    """The same statements as models of a dbt project, with a test of the grain of each indicator."""
    project = settings.home / "dbt"
    _write_project(settings, project)
    began = _now()
    environment = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    ended = subprocess.run(
        [DBT / "bin" / "dbt", "build", "--quiet", "--threads", "1", "--profiles-dir", "."],
        env=environment, cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise SystemExit(f"dbt: {ended.stdout[-2000:]} {ended.stderr[-2000:]}")
    spent = _spent(began, resource.RUSAGE_CHILDREN)
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        return {"name": "dbt, with a test of each grain", **spent, "rows": _rows(connection, settings, "dbt")}


def ask(settings: Settings) -> dict[str, Any]:
    """Milliseconds of typical questions to a warehouse that is open, the median of twenty."""
    with connect_snapshot(settings, settings.warehouse) as connection:
        answers = []
        for query in _QUERY:
            times = []
            for _ in range(_ROUNDS):
                began = time.perf_counter()
                connection.execute(query).fetchall()
                times.append(time.perf_counter() - began)
            answers.append((query, 1000 * statistics.median(times)))
    return {"queries": answers}


PARTS = {"fupin": build_by_fupin, "hand": build_by_hand, "dbt": build_by_dbt, "queries": ask}


def _models(settings: Settings) -> dict[str, str]:
    """Qualified name → query of all indicators and of the views below them, each after those it reads."""
    selects = (view_select(statement.sql) for statement in schema_statements(settings.sql / "schema"))
    views = {one[0]: one[1] for one in selects if one is not None}
    read = dependencies(settings.sql / "indicators")
    found = {f"indicator.{one.name}": one.sql for one in indicator_statements(settings.sql / "indicators")}
    below: dict[str, set[str]] = {name: set(read[name.split(".")[1]]) for name in found}
    pending = [name for names in below.values() for name in names if name in views]
    while pending:
        name = pending.pop()
        if name not in found:
            found[name] = views[name]
            below[name] = {
                other for other in views if other != name and renamed(views[name], {other: ""}) != views[name]
            }
            pending += sorted(below[name])
    order = TopologicalSorter({name: names & found.keys() for name, names in below.items()}).static_order()
    return {name: found[name] for name in order}


def _write_project(settings: Settings, project: Path) -> None:
    models = _models(settings)
    tables = [statement.name for statement in schema_statements(settings.sql / "schema")]
    names = {f"core.{name}": f"{{{{ source('core', '{name}') }}}}" for name in tables}
    names |= {name: f"{{{{ ref('{name.split('.')[1]}') }}}}" for name in models}
    files = {
        "dbt_project.yml": {
            "name": "star", "version": "1.0.0", "profile": "star", "models": {"star": {"+materialized": "table"}},
        },
        "profiles.yml": {"star": {"target": "made", "outputs": {"made": {
            "type": "duckdb", "path": str(settings.warehouse), "schema": "dbt",
            "settings": {name: str(value) for name, value in settings.duckdb_limits.items()},
        }}}},
        "models/sources.yml": {"sources": [{"name": "core", "tables": [{"name": name} for name in tables]}]},
    }  # fmt: skip
    for path, content in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(json.dumps(content))
    (project / "tests").mkdir()
    for name, query in models.items():
        (project / "models" / f"{name.split('.')[1]}.sql").write_text(renamed(query, names))
    for statement in indicator_statements(settings.sql / "indicators"):
        grain = ", ".join(grain_of(statement))
        query = f"SELECT {grain} FROM {{{{ ref('{statement.name}') }}}} GROUP BY {grain} HAVING count(*) > 1"
        (project / "tests" / f"{statement.name}_grain.sql").write_text(query)


def _rows(connection: duckdb.DuckDBPyConnection, settings: Settings, schema: str) -> int:
    names = [statement.name for statement in indicator_statements(settings.sql / "indicators")]
    total = " + ".join(f"(SELECT count(*) FROM {schema}.{name})" for name in names)
    [(rows,)] = connection.execute(f"SELECT {total}").fetchall()
    return int(rows)


def _now() -> float:
    return time.perf_counter()


def _spent(began: float, who: int = resource.RUSAGE_SELF) -> Mapping[str, float]:
    used = resource.getrusage(who)
    return {
        "wall": time.perf_counter() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
    }


def _measured(part: str, home: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.star", "--part", part, "--home", str(home)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
