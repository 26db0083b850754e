"""What `fupin run` costs: over the samples, for one more report, and over many; also beside another checkout.

    .venv/bin/python -m benchmarks.run_cost --beside ../earlier --reports 2000

Each run is a process of its own; the processor time is that of it and of the children that read. Both checkouts take
turns, so that a slow moment of the machine meets both. `--profile` tells of one more report where its time goes.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.bulk import write_reports
from pipelines.settings import PROJECT

_REPEATS = 3
_SAMPLE = "jiangxi_2010.txt"
_RUN = "import sys; sys.argv = ['fupin', 'run']; from pipelines.cli import main; main()"
_ROOMS = """
import contextlib, resource, sys
from pipelines.orchestration.metering import Meter
def used():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
room = Meter.room
@contextlib.contextmanager
def timed(self, name):
    began = used()
    with room(self, name) as entered:
        yield entered
    print(f"room {name}\\t{used() - began:.2f}", file=sys.stderr)
Meter.room = timed
"""
_LIBRARIES = """
import atexit, collections, linecache, signal, sys
from pathlib import Path
from time import process_time
from pipelines.suites.kinds import import_seconds
began = process_time()
import_seconds()
print(f"import of great_expectations\\t{process_time() - began:.2f}", file=sys.stderr)
spent, last = collections.Counter(), process_time()
def library(frame):
    # what a call into DuckDB takes is seen in the line that calls it
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno or 0)
    if any(word in line for word in ("execute(", "duckdb.connect", ".close()")):
        return "duckdb"
    while frame is not None:
        parts = Path(frame.f_code.co_filename).parts
        if "site-packages" in parts:
            return parts[parts.index("site-packages") + 1]
        if "pipelines" in parts:
            return "pipelines/" + parts[parts.index("pipelines") + 1]
        frame = frame.f_back
    return "python"
def look(_signal, frame):
    global last
    now = process_time()
    spent[library(frame)] += now - last
    last = now
def tell():
    signal.setitimer(signal.ITIMER_PROF, 0)
    for name, seconds in spent.most_common(10):
        print(f"library {name}\\t{seconds:.2f}", file=sys.stderr)
atexit.register(tell)
signal.signal(signal.SIGPROF, look)
signal.setitimer(signal.ITIMER_PROF, 0.002, 0.002)
"""


class Measured:
    """A checkout with a home of its own; what it imports is compiled beforehand."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self._checkout = checkout
        compileall.compile_dir(checkout / "pipelines", quiet=1)
        self.home, self.raw = folder / "var", folder / "raw"
        self.raw.mkdir(parents=True)

    def run(self, before: str = "") -> tuple[float, float, list[str]]:
        """One run; processor seconds, the most megabytes of one of its processes, and what it told of itself."""
        environment = {**os.environ, "FUPIN_HOME": str(self.home), "FUPIN_RAW": str(self.raw)}
        environment["PYTHONPATH"] = str(self._checkout)
        with tempfile.TemporaryFile("w+") as told:
            process = subprocess.Popen(
                [sys.executable, "-c", before + _RUN],
                cwd=self._checkout, env=environment, stdout=subprocess.DEVNULL, stderr=told,
            )  # fmt: skip
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            words = told.read()
        if process.returncode:
            raise SystemExit(f"{self._checkout}: {words[-2000:]}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, [one for one in words.splitlines() if "\t" in one]

    def add(self, number: int) -> None:
        """Puts one more report into the landing zone."""
        text = (PROJECT / "raw" / _SAMPLE).read_text(encoding="utf-8")
        (self.raw / f"more_{number}.txt").write_text(f"{text}\nThe report has the number {number}.\n", encoding="utf-8")


def main() -> None:
    """Measures and prints a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beside", type=Path, help="another checkout")
    parser.add_argument("--reports", type=int, default=0, help="how many reports one run is to load at once")
    parser.add_argument("--profile", action="store_true", help="where the time of one more report goes")
    options = parser.parse_args()
    checkouts = {"this": PROJECT} | ({"beside": options.beside.resolve()} if options.beside else {})
    with tempfile.TemporaryDirectory() as place:
        homes = {name: Measured(checkout, Path(place) / name) for name, checkout in checkouts.items()}
        for home in homes.values():
            shutil.copytree(PROJECT / "raw", home.raw, ignore=shutil.ignore_patterns("README.md"), dirs_exist_ok=True)
        print(f"| run | {' | '.join(f'{name}, s CPU | peak MB' for name in homes)} | ratio |")
        print(f"|---|{'--:|--:|' * len(homes)}--:|", flush=True)
        _row("the samples", {name: [home.run()[:2]] for name, home in homes.items()})
        more: dict[str, list[tuple[float, float]]] = {name: [] for name in homes}
        for number in range(_REPEATS):
            for name, home in homes.items():
                home.add(number)
                more[name].append(home.run()[:2])
        _row("one more report", more)
        if options.profile:
            for number, before in enumerate((_ROOMS, _LIBRARIES), _REPEATS):
                homes["this"].add(number)
                print("\n".join(homes["this"].run(before)[2]), flush=True)
        if options.reports:
            many = {name: Measured(checkout, Path(place) / f"{name}_many") for name, checkout in checkouts.items()}
            for home in many.values():
                write_reports(home.raw, options.reports)
            _row(f"{options.reports:,} reports at once", {name: [home.run()[:2]] for name, home in many.items()})


def _row(title: str, found: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    seconds = [statistics.median(one for one, _ in runs) for runs in found.values()]
    peaks = [max(peak for _, peak in runs) for runs in found.values()]
    cells = " | ".join(f"{one:.1f} | {peak:,.0f}" for one, peak in zip(seconds, peaks, strict=True))
    print(f"| {title} | {cells} | {f'{seconds[0] / seconds[1]:.2f}' if len(seconds) > 1 else ''} |", flush=True)


if __name__ == "__main__":
    main()
