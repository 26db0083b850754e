"""Builds the star and all indicators over many facts on Spark: time, processor time and peak memory.

The facts are those of `star.py`. What is timed is what `fupin spark build` does once every model is known to be as in
DuckDB: the tables of the star are written as Parquet, and every view and indicator is built from them. Needs the extra
`spark`. Prints a row of a Markdown table; with --compare it compares every model with DuckDB afterwards.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.star import make
from pipelines.scaling.conformance import as_table, compare
from pipelines.scaling.spark_build import build
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.indicators import refresh_indicators
from pipelines.warehouse.touched import Extracts, drop_extracts

_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Makes the facts, measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=5_000_000, help="how many facts at least")
    parser.add_argument("--master", default="local[2]", help="master of Spark")
    parser.add_argument("--memory", default="3g", help="memory of its driver")
    parser.add_argument("--compare", action="store_true", help="compare the rows with DuckDB's")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fupin-rungs-") as folder:
        settings = Settings(
            home=Path(folder) / "made", duckdb_memory_limit="3GB", spark_master=options.master,
            spark_memory=options.memory,
        )  # fmt: skip
        facts = make(settings, options.facts)
        print(f"{facts:,} facts", file=sys.stderr, flush=True)
        row = measured(settings, Path(folder) / "spark")
        print("| facts | master | wall, s | CPU, s | peak MB | models | rows in all models |")
        print("|--:|---|--:|--:|--:|--:|--:|")
        print(
            f"| {facts:,} | {options.master} | {row['wall']:.1f} | {row['cpu']:.1f} | {row['peak']:.0f} "
            f"| {row['models']} | {row['rows']:,} |"
        )
        if options.compare:
            _compare(settings, Path(folder) / "spark")


def measured(settings: Settings, folder: Path) -> dict[str, Any]:
    """Builds all models of a warehouse into a folder.

    Args:
        settings: of the home with the warehouse, the master and its memory.
        folder: does not exist yet.

    Returns:
        `wall` and `cpu` in seconds and `peak` in MB, of this process and the driver's virtual machine together, so of
        all executors on `local[N]` and without those of a standalone master; `models` and `rows`, their numbers.
    """
    began, used = time.perf_counter(), time.process_time()
    with duckdb.connect(str(settings.warehouse), read_only=True, config=settings.duckdb_limits) as connection:
        built = build(connection, settings, folder, {})
    spent = {"wall": time.perf_counter() - began, "cpu": time.process_time() - used, "peak": _peak(os.getpid())}
    for child in _children(os.getpid()):
        spent["cpu"] += _cpu(child)
        spent["peak"] += _peak(child)
    with duckdb.connect() as connection:
        rows = sum(connection.execute(f"SELECT count(*) FROM {_files(folder, name)}").fetchall()[0][0]
                   for name in built.models)  # fmt: skip
    return {**spent, "models": len(built.models), "rows": rows}


def _compare(settings: Settings, folder: Path) -> None:
    with open_warehouse(settings) as connection:
        with transaction(connection):
            refresh_indicators(connection, settings.sql, Extracts(None), is_anew=True)
            drop_extracts(connection)
        names = [f"{path.parent.name}.{path.name}" for path in sorted(folder.glob("*/*"))]
        print(as_table(compare(connection, name, f"SELECT * FROM {name}", f"SELECT * FROM {_files(folder, name)}")
                       for name in names))  # fmt: skip


def _files(folder: Path, name: str) -> str:
    return f"read_parquet('{folder.joinpath(*name.split('.'), '*.parquet')}')"


def _children(process: int) -> list[int]:
    """All processes below one, the virtual machine of Spark among them: it lives until this process ends."""
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return [*found, *(below for child in found for below in _children(child))]


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def _peak(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
