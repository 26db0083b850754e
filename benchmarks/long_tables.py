"""Time, processor time and memory from a long table to checked facts, beside pandas that only reads it.

Run it by `.venv/bin/python benchmarks/long_tables.py` in a development environment. It writes invented fund
tables, one fact per row, into a temporary folder and takes each through the steps of a run up to the loading: the
guarded child that reads, and the suites. Every measurement is a process of its own. README.md here shows the result.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
ROUNDS = 3
HEADER = ("County", "Village", "Program", "Fund source", "Year", "Amount allocated (10,000 yuan)")
PROGRAMS = ("Village advancement", "Industrial development", "Relocation", "Rain Plan training", "Mutual funds")
SOURCES = ("Central", "Provincial", "City and county")
SYLLABLES = (
    *("an", "bai", "chang", "da", "fen", "gao", "he", "jin", "ke", "long", "mei", "nan"),
    *("ping", "qing", "rui", "shan", "tang", "wu", "xi", "yan", "zhong", "lin", "tai", "yue"),
)
CHILD = """
import json, os, re, sys, threading, time
from pathlib import Path
def peak(process):
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path(f"/proc/{process}/status").read_text()).group(1)) / 1024
def used(process):
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
def watch():
    # the accounting of ended children would count what they inherit from this process
    while True:
        for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
            try:
                peaks.append(peak(child))
                times[child] = used(child)
            except (OSError, AttributeError):
                pass  # it has just ended
        time.sleep(0.02)
peaks, times = [0], {}
threading.Thread(target=watch, daemon=True).start()
path = Path(sys.argv[1])
began = time.perf_counter()
if sys.argv[2] == "pandas":
    import pandas
    pandas.read_excel(path, engine="openpyxl") if path.suffix == ".xlsx" else pandas.read_csv(path)
    facts = 0
else:
    from dataclasses import replace
    from pipelines.orchestration.context import Fupin
    from pipelines.settings import settings
    fupin = Fupin(settings(), elsewhere={path.name: path})
    batch = fupin.batch("run", [path.name])
    assert not batch.unread, batch.unread[0].cause
    [version] = batch.versions
    assert version.expectations and all(r.success for r in version.expectations if r.severity == "critical")
    facts = len(version.facts.funds)
seconds = time.perf_counter() - began
print(json.dumps([seconds, used("self") + sum(times.values()), peak("self"), max(peaks), facts]))
"""


def main() -> None:
    """Writes the files, measures both ways, prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        files = (("xlsx", 50_000), ("csv", 50_000), ("csv", 200_000), ("csv", 1_000_000))
        own_names = f"{'s':>7}{'s CPU':>7}{'MB':>6}{'child':>7}"
        print(f"{'file':<16}{own_names}{'pandas s':>10}{'s CPU':>7}{'MB':>6}{'x':>7}{'CPU x':>7}")
        for kind, count in files:
            path = Path(folder) / f"jiangxi_2011_funds_{count}.{kind}"
            (_workbook if kind == "xlsx" else _delimited)(path, count)
            own, other = _measure("fupin", path), _measure("pandas", path)
            if own[4] != count:
                raise SystemExit(f"{path.name}: {own[4]} facts of {count} rows")
            print(
                f"{f'{count:,} .{kind}':<16}{own[0]:>7.1f}{own[1]:>7.1f}{own[2]:>6.0f}{own[3]:>7.0f}"
                f"{other[0]:>10.1f}{other[1]:>7.1f}{other[2]:>6.0f}"
                f"{own[0] / other[0]:>7.1f}{own[1] / other[1]:>7.1f}"
            )


def _measure(way: str, path: Path) -> tuple[float, ...]:
    """Medians of several processes: seconds, those of the processors, megabytes, those of the child, facts."""
    found = []
    for _ in range(ROUNDS):
        ended = subprocess.run(
            [sys.executable, "-c", CHILD, str(path), way],
            cwd=PROJECT,
            env=os.environ | {"FUPIN_PARSE_SECONDS": "900"},  # other work on the machine is no fault of the file
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise SystemExit(ended.stderr[-2000:])
        found.append(json.loads(ended.stdout.splitlines()[-1]))
    return tuple(map(median, zip(*found, strict=True)))


def _rows(count: int) -> Iterator[tuple[str | float | int, ...]]:
    numbers = random.Random(7)
    yield HEADER
    for row in range(count):
        # names without digits, as places have: 97 counties, and villages of which hardly two are alike
        county, village = _name(row % 97), f"{_name(row)}{_name(row * 7919 % 1000).lower()}"
        labels = (county, village, PROGRAMS[row % 5], SOURCES[row % 3])
        yield *labels, 2011, round(numbers.uniform(1, 999), 1)


def _name(number: int) -> str:
    """A name of three syllables, another one for every number below 13,824."""
    return "".join(SYLLABLES[number // 24**place % 24] for place in (1, 0, 2)).capitalize()


def _workbook(path: Path, count: int) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("funds")
    for row in _rows(count):
        sheet.append(row)
    book.save(path)


def _delimited(path: Path, count: int) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(_rows(count))


if __name__ == "__main__":
    main()
