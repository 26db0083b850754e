"""Stores all rows of all indicators, and says where two stores differ: for changes that must leave values alone.

FUPIN_HOME=var python -m benchmarks.indicator_rows store before/     # of the snapshot, and of rows made from it
python -m benchmarks.indicator_rows compare before/ after/           # exit code 1 where a row differs
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import duckdb

from pipelines.scaling.conformance_rows import add_made_rows, take_some
from pipelines.settings import Settings
from pipelines.warehouse.broken import without_failing
from pipelines.warehouse.connection import attached, transaction
from pipelines.warehouse.indicators import refresh_indicators
from pipelines.warehouse.models import base_tables, models
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.touched import Extracts

_SHOWN = 3


def main() -> None:
    """Stores or compares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("store", "compare"))
    parser.add_argument("folders", type=Path, nargs="+")
    options = parser.parse_args()
    if options.command == "store":
        store(Settings(), options.folders[0])
    else:
        sys.exit(compare(*options.folders))


def store(settings: Settings, folder: Path) -> None:
    """Writes `shipped/NAME.parquet` and `made/NAME.parquet` for each indicator."""
    with tempfile.TemporaryDirectory() as home:
        own = settings.model_copy(update={"home": Path(home)})
        copy = Path(home) / "copy.duckdb"
        shutil.copyfile(settings.snapshot, copy)
        for name in ("shipped", "made"):
            place = own.model_copy(update={"home": Path(home) / name})
            place.home.mkdir()
            with attached(place, place.warehouse) as connection:
                connection.execute(f"ATTACH '{copy}' AS published (READ_ONLY)")

                without_failing(partial(_fill, connection, settings.sql, name == "made"))
                (folder / name).mkdir(parents=True, exist_ok=True)
                for (table,) in connection.execute(
                    "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'indicator' "
                    "AND database_name = current_database()"
                ).fetchall():
                    connection.execute(f"COPY indicator.{table} TO '{folder / name / table}.parquet'")


def _fill(on: duckdb.DuckDBPyConnection, sql: Path, is_made: bool, failing: Mapping[str, str]) -> None:
    """All indicators over the facts of the attached snapshot, or over rows made from them."""
    with transaction(on):
        apply_schema(on, sql / "schema")
        tables = base_tables(models(sql))
        if is_made:
            take_some(on, tables, "published")
            add_made_rows(on)
        else:
            for table in tables:
                on.execute(f"INSERT INTO {table} BY NAME FROM published.{table}")
        refresh_indicators(on, sql, Extracts(None), is_anew=True, failing=failing)


def compare(before: Path, after: Path) -> int:
    """Prints what differs; 1 where anything does."""
    rows = differing = 0
    files = {path.relative_to(folder) for folder in (before, after) for path in folder.rglob("*.parquet")}
    for file in sorted(files):
        if not (before / file).exists() or not (after / file).exists():
            print(f"{file}: only {'after' if (after / file).exists() else 'before'}")
            differing += 1
            continue
        rows += duckdb.execute(f"SELECT count(*) FROM '{before / file}'").fetchall()[0][0]
        for one, other, label in ((before, after, "before"), (after, before, "after")):
            found = duckdb.execute(f"FROM '{one / file}' EXCEPT ALL FROM '{other / file}' ORDER BY ALL").fetchall()
            differing += len(found)
            if found:
                print(f"{file}: {len(found)} rows only {label}, such as")
                for row in found[:_SHOWN]:
                    print(f"    {', '.join(map(str, row))}")
    print(f"{rows:,} rows before, in {len(files)} tables; {differing} differences")
    return int(differing > 0)


if __name__ == "__main__":
    main()
