"""Builds all indicators over the same five million facts on each rung of the ladder: a DuckDB file, a DuckLake.

The facts are those of `star.py`. Every rung runs in a process of its own; the lake needs a PostgreSQL database for its
catalogue, whose own processor time is not in the table. Prints a Markdown table; see docs/scaling.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.star import _now, _rows, _spent, build_by_fupin, make
from pipelines.settings import Settings
from pipelines.warehouse.connection import transaction
from pipelines.warehouse.indicators import refresh_indicators
from pipelines.warehouse.lake import open_lake
from pipelines.warehouse.literals import quoted
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.touched import Extracts, drop_extracts

MEMORY = "3GB"


def main() -> None:
    """Makes the facts and measures each rung."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=5_000_000, help="how many facts at least")
    parser.add_argument("--catalog", required=True, help="an empty PostgreSQL database: postgresql://…")
    parser.add_argument("--rung", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rung:
        print(json.dumps(RUNGS[options.rung](options.home, options.catalog)))
        return
    with tempfile.TemporaryDirectory(prefix="fupin-rungs-") as folder:
        made = Path(folder) / "made"
        facts = make(Settings(home=made, duckdb_memory_limit=MEMORY), options.facts)
        print(f"{facts:,} facts", file=sys.stderr, flush=True)
        print(
            f"| {facts:,} facts | facts copied, s | indicators built, s | CPU, s | peak MB | rows in all indicators |"
        )
        print("|---|--:|--:|--:|--:|--:|")
        for rung in RUNGS:
            own = Path(folder) / rung
            shutil.copytree(made, own)
            row = _measured(rung, own, options.catalog)
            cells = f"{row['copied']:.1f} | {row['wall']:.1f} | {row['cpu']:.1f} | {row['peak']:.0f} | {row['rows']:,}"
            print(f"| {rung} | {cells} |", flush=True)
            shutil.rmtree(own)


def on_a_file(home: Path, _catalog: str) -> Mapping[str, Any]:
    """The warehouse file of one machine; its facts need no copy."""
    return {"copied": 0.0, **build_by_fupin(Settings(home=home, duckdb_memory_limit=MEMORY))}


def on_a_lake(home: Path, catalog: str) -> Mapping[str, Any]:
    """The same facts as Parquet files below a catalogue; building ends with the lake's commit."""
    made = Settings(home=home, duckdb_memory_limit=MEMORY)
    lake = made.model_copy(
        update={"engine": "ducklake", "lake_catalog": type(made.lake_catalog)(catalog), "home": home / "lake"}
    )
    lake.home.mkdir()
    with open_lake(lake) as connection:
        began = time.perf_counter()
        with transaction(connection):
            apply_schema(connection, lake.sql / "schema")
        connection.execute(f"ATTACH {quoted(str(made.warehouse))} AS made (READ_ONLY)")
        tables = connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() "
            "WHERE database_name = 'made' AND schema_name <> 'indicator' AND table_name <> 'schema_version'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f"INSERT INTO {table} FROM made.{table}")
        copied = time.perf_counter() - began
        before = _spent(_now())["cpu"]
        began = _now()
        with transaction(connection):
            refresh_indicators(connection, lake.sql, Extracts(None), is_anew=True)
            drop_extracts(connection)
        spent = dict(_spent(began))
        spent["cpu"] -= before
        return {"copied": copied, **spent, "rows": _rows(connection, lake, "indicator")}


RUNGS: dict[str, Callable[[Path, str], Mapping[str, Any]]] = {"DuckDB file": on_a_file, "DuckLake": on_a_lake}


def _measured(rung: str, home: Path, catalog: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.rungs", "--rung", rung, "--home", str(home), "--catalog", catalog]
    ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
