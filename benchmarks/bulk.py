"""Thousands of report files to a published warehouse, beside dlt and dbt that build the same tables of them.

Every file is a table of one county's funds: 125 rows by village, program and fund source, and their totals by source.
This project reads each in a guarded child, checks and loads it (`fupin run`). The peer is what one would write with the
usual libraries: dlt loads the rows into DuckDB, dbt builds dimensions, the facts and six indicators, and tests their
keys, references, ranges and totals. Prints a Markdown table; see README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from benchmarks.star import DBT, install
from pipelines.catalog.regions import Region, regions
from pipelines.settings import Settings
from pipelines.warehouse.runs import runs

PROJECT = Path(__file__).resolve().parent.parent
HEADER = ("Province", "County", "Village", "Program", "Fund source", "Year", "Amount allocated (10,000 yuan)")
PROGRAMS = ("Village advancement", "Industrial development", "Relocation", "Rain Plan training", "Mutual funds")
SOURCES = ("Central", "Provincial", "City and county", "Social", "Loans")
VILLAGES = ("Shangfan", "Xiakeng", "Dongtou", "Nanping", "Beiqiao")
_YEAR = 2011
_DETAILS = len(VILLAGES) * len(PROGRAMS) * len(SOURCES)
_TOTALS = len(SOURCES) + 1
_LOAD = """
import csv, sys
from pathlib import Path
import dlt

def rows():
    for path in sorted(Path(sys.argv[1]).glob("*.csv")):
        with path.open(newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                yield {"file": path.name, "line": number, "county": row["Province"] + row["County"],
                       "village": row["Village"], "program": row["Program"], "source": row["Fund source"],
                       "year": int(row["Year"]), "amount": float(row["Amount allocated (10,000 yuan)"])}

pipeline = dlt.pipeline("funds", destination=dlt.destinations.duckdb(sys.argv[2]), dataset_name="landed")
pipeline.run(dlt.resource(rows, name="fund_row", write_disposition="replace"))
"""
_MODELS = {
    **{
        f"dim_{name}": f"SELECT md5({name}) AS {name}_key, {name} FROM (SELECT DISTINCT {name} FROM "
        "{{ source('landed', 'fund_row') }} WHERE village <> 'Total')"
        for name in ("county", "program", "source")
    },
    "fact_fund": "SELECT md5(file || line) AS fund_key, file, line, village, year, amount * 10000 AS amount_cny, "
    "amount * 10000 - 500 AS low_cny, amount * 10000 + 500 AS high_cny, c.county_key, p.program_key, s.source_key "
    "FROM {{ source('landed', 'fund_row') }} AS f "
    "JOIN {{ ref('dim_county') }} AS c USING (county) JOIN {{ ref('dim_program') }} AS p USING (program) "
    "JOIN {{ ref('dim_source') }} AS s USING (source) WHERE village <> 'Total'",
    "total": "SELECT county_key, year, sum(amount_cny) AS value, sum(low_cny) AS low, sum(high_cny) AS high, "
    "count(*) AS figures FROM {{ ref('fact_fund') }} GROUP BY ALL",
    **{
        f"share_by_{name}": f"SELECT f.county_key, f.year, f.{name}_key, 100 * sum(f.amount_cny) / any_value(t.value) "
        "AS value, 100 * sum(f.low_cny) / any_value(t.high) AS low, 100 * sum(f.high_cny) / any_value(t.low) AS high "
        f"FROM {{{{ ref('fact_fund') }}}} AS f JOIN {{{{ ref('total') }}}} AS t USING (county_key, year) GROUP BY ALL"
        for name in ("program", "source")
    },
    "per_village": "SELECT county_key, year, village, sum(amount_cny) AS value "
    "FROM {{ ref('fact_fund') }} GROUP BY ALL",
    "by_program": "SELECT program_key, year, sum(amount_cny) AS value FROM {{ ref('fact_fund') }} GROUP BY ALL",
    "by_source": "SELECT source_key, year, sum(amount_cny) AS value FROM {{ ref('fact_fund') }} GROUP BY ALL",
}
_KEYED = ("dim_county", "dim_program", "dim_source", "fact_fund")


def main() -> None:
    """Writes the files, takes them both ways, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    count = parser.parse_args().reports
    install()
    print("| way | files | rows | wall, s | CPU, s | peak MB of one process |")
    print("|---|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        write_reports(raw, count)
        # the peer's facts are the details; here a printed total is a fact as well
        ways = (("this project", _by_fupin, _DETAILS + _TOTALS), ("dlt and dbt", _by_libraries, _DETAILS))
        for name, way, each in ways:
            began = time.perf_counter()
            rows, used = way(Path(folder), raw)
            wall, cpu = time.perf_counter() - began, sum(one.ru_utime + one.ru_stime for one in used)
            if rows != count * each:
                raise SystemExit(f"{name}: {rows} rows")
            peak = max(one.ru_maxrss for one in used) / 1024
            print(f"| {name} | {count:,} | {rows:,} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |", flush=True)


def _by_fupin(folder: Path, raw: Path) -> tuple[int, list[resource.struct_rusage]]:
    environment = os.environ | {"FUPIN_HOME": str(folder / "var"), "FUPIN_RAW": str(raw)}
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    began = time.time()
    used = [_call(command, PROJECT, environment)]
    seconds: Counter[str] = Counter()
    for one in runs(Settings(home=folder / "var")):
        seconds.update({name: room.seconds for name, room in one.rooms.items()})
    rooms = " · ".join(f"{name} {spent:.1f} s" for name, spent in seconds.items())
    snapshot = folder / "var" / "published" / "fupin.duckdb"
    published = snapshot.stat().st_mtime - began
    print(f"{rooms}; published after {published:.1f} s", file=sys.stderr, flush=True)
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        [(rows, checks, shares)] = connection.execute(
            "SELECT (SELECT count(*) FROM core.fact_fund), "
            "(SELECT count(*) FROM core.fact_check WHERE verdict LIKE 'holds%'), "
            "(SELECT count(value) FROM indicator.share_by_source)"
        ).fetchall()
    print(f"{checks:,} checks hold, {shares:,} shares by source", file=sys.stderr, flush=True)
    return int(rows), used


def _by_libraries(folder: Path, raw: Path) -> tuple[int, list[resource.struct_rusage]]:
    file = folder / "peer.duckdb"
    settings = {"DLT_DATA_DIR": str(folder / "dlt"), "RUNTIME__DLTHUB_TELEMETRY": "false"}
    environment = os.environ | settings | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    used = [_call([str(DBT / "bin" / "python"), "-c", _LOAD, str(raw), str(file)], folder, environment)]
    project = folder / "dbt"
    _write_project(project, file)
    used.append(_call([str(DBT / "bin" / "dbt"), "build", "--quiet", "--profiles-dir", "."], project, environment))
    with duckdb.connect(str(file), read_only=True) as connection:
        return int(connection.execute("SELECT count(*) FROM made.fact_fund").fetchall()[0][0]), used


def _write_project(project: Path, file: Path) -> None:
    tests = {
        "models": [
            {"name": name, "columns": [{"name": f"{name.split('_')[1]}_key", "data_tests": ["unique", "not_null"]}]}
            for name in _KEYED
        ]
    }
    files = {
        "dbt_project.yml": {"name": "funds", "version": "1.0.0", "profile": "funds",
                            "models": {"funds": {"+materialized": "table"}}},
        "profiles.yml": {"funds": {"target": "made", "outputs": {"made": {
            "type": "duckdb", "path": str(file), "schema": "made", "threads": 2}}}},
        "models/sources.yml": {"sources": [{"name": "landed", "tables": [{"name": "fund_row"}]}]},
        "models/tests.yml": tests,
    }  # fmt: skip
    for path, content in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(json.dumps(content))
    for name, query in _MODELS.items():
        (project / "models" / f"{name}.sql").write_text(query)
    (project / "tests").mkdir()
    for name in ("share_by_program", "share_by_source"):
        text = f"SELECT * FROM {{{{ ref('{name}') }}}} WHERE value NOT BETWEEN 0 AND 100 OR low > value OR value > high"
        (project / "tests" / f"{name}_range.sql").write_text(text)
    totals = (
        "SELECT file FROM {{ source('landed', 'fund_row') }} JOIN (SELECT file, coalesce(source, 'Total') AS source, "
        "sum(amount) AS added FROM {{ source('landed', 'fund_row') }} WHERE village <> 'Total' "
        "GROUP BY GROUPING SETS ((file, source), (file))) USING (file, source) "
        "WHERE village = 'Total' AND abs(amount - added) > 0.05"
    )
    (project / "tests" / "totals_add_up.sql").write_text(totals)
    parts = "SELECT county_key FROM {{ ref('share_by_program') }} GROUP BY ALL HAVING abs(sum(value) - 100) > 0.01"
    (project / "tests" / "shares_add_up.sql").write_text(parts)
    for name in ("county", "program", "source"):
        orphans = f"SELECT 1 FROM {{{{ ref('fact_fund') }}}} ANTI JOIN {{{{ ref('dim_{name}') }}}} USING ({name}_key)"
        (project / "tests" / f"fact_fund_{name}.sql").write_text(orphans)


def _call(command: list[str], folder: Path, environment: dict[str, str]) -> resource.struct_rusage:
    """Runs a command to its end; returns what it and its children used."""
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=told, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            raise SystemExit(f"{command[0]}: {told.read()[-2000:]}")
    return used


def write_reports(folder: Path, count: int) -> None:
    """One table for each county whose province has one of that name, of several years where the files are more."""
    numbers = random.Random(7)
    counties = [place for place in regions() if place.level == "county" and place.valid_from <= _YEAR]
    named = Counter((place.code[:2], place.name_zh) for place in counties)
    places = [place for place in counties if named[place.code[:2], place.name_zh] == 1]
    for number in range(count):
        turn, at = divmod(number, len(places))
        _table(folder / f"funds_{number:05}.csv", places[at], _YEAR - turn, numbers)


def _table(path: Path, place: Region, year: int, numbers: random.Random) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        names = (next(above.name_zh for above in regions() if above.code == f"{place.code[:2]}0000"), place.name_zh)
        tenths: Counter[str] = Counter()
        for village in VILLAGES:
            for program in PROGRAMS:
                for source in SOURCES:
                    amount = numbers.randrange(10, 9990)
                    tenths.update({source: amount, "Total": amount})
                    writer.writerow((*names, village, program, source, year, amount / 10))
        for source in (*SOURCES, "Total"):
            writer.writerow((*names, "Total", "Total", source, year, tenths[source] / 10))


if __name__ == "__main__":
    main()
