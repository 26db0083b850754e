"""Readers that query the snapshot while reports are loaded: does a read fail, is a state torn, how long does it take?

Each reader is a process that opens the snapshot anew, reads the number of the published state, an indicator, its view
and the current versions, and the number again. A state is torn where the two numbers differ, where the indicator is
not what its view says, or where a report has two current versions. Run `python benchmarks/concurrent_readers.py`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import PROJECT, Settings
from pipelines.versions.read import read_version
from pipelines.warehouse.load import load_versions

_NUMBER = "SELECT max(log_no) FROM core.version_event"
_QUERIES = (
    _NUMBER,
    "SELECT count(*) FROM (FROM indicator.central_share EXCEPT FROM indicator.v_central_share)",
    "SELECT count(*) FROM (SELECT report_id FROM core.dim_report GROUP BY ALL HAVING sum(is_current::INTEGER) <> 1)",
    "SELECT denominator FROM indicator.central_share WHERE period_code = 'Y2010' AND basis = 'as_reported'",
    _NUMBER,
)


def read_until(home: Path, stop: Path) -> None:
    """Reads until a file appears, and prints what was seen as one line of JSON."""
    settings = Settings(home=home, duckdb_threads=1)
    seconds, failed, torn, states = [], 0, 0, set()
    while not stop.exists():
        began = time.perf_counter()
        try:
            with open_snapshot(settings) as connection:
                before, differing, doubled, total, after = (
                    row[0] for query in _QUERIES if (row := connection.execute(query).fetchone()) is not None
                )
        except Exception:  # whatever makes a read fail is what is counted here
            failed += 1
            continue
        seconds.append(time.perf_counter() - began)
        # the total that the report prints says which load it comes from
        torn += before != after or differing != 0 or doubled != 0 or total != 737_000_000 + 1_000_000 * (before - 1)
        states.add(before)
    print(json.dumps({"seconds": seconds, "failed": failed, "torn": torn, "states": sorted(states)}))


def measure(folder: Path, readers: int, loads: int) -> dict[str, float | int]:
    """Loads and publishes revisions of one report while processes read.

    Args:
        folder: empty, for state and report.
        readers: how many processes read.
        loads: how many revisions are loaded after the first version.

    Returns:
        Reads, failed and torn ones, distinct states seen, and seconds of a read: median, 95th, 99th percentile, most.
    """
    settings = Settings(home=folder / "var", raw=folder)
    report = folder / "jiangxi_2010.txt"
    text = (PROJECT / "raw" / report.name).read_text(encoding="utf-8")
    stop = folder / "stop"
    processes: list[subprocess.Popen[str]] = []
    try:
        for number in range(loads + 1):
            report.write_text(text.replace("737 million", f"{737 + number} million"), encoding="utf-8")
            summary = load_versions(settings, [read_version(report, report.name, 10**7)])
            if summary.loaded != [report.name]:
                raise AssertionError(f"revision {number} was not loaded: {summary}")
            publish(settings)
            if number == 0:
                command = [sys.executable, __file__, "--read", str(settings.home), str(stop)]
                processes = [
                    subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) for _ in range(readers)
                ]
    finally:
        stop.touch()
        outputs = [process.communicate(timeout=120)[0] for process in processes]
    found = [json.loads(output) for output in outputs]
    seconds = sorted(second for one in found for second in one["seconds"])
    return {
        "reads": len(seconds),
        "failed": sum(one["failed"] for one in found),
        "torn": sum(one["torn"] for one in found),
        "states": len({state for one in found for state in one["states"]}),
        **{
            name: round(seconds[min(int(share * len(seconds)), len(seconds) - 1)], 4)
            for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("most", 1.0))
        },
    }


def main() -> None:
    """Measures, or reads as one of the measured processes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--loads", type=int, default=50)
    parser.add_argument("--read", nargs=2, type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        read_until(*arguments.read)
        return
    folder = Path(tempfile.mkdtemp())
    try:
        began = time.monotonic()
        for name, value in measure(folder, arguments.readers, arguments.loads).items():
            print(f"{name:<8} {value}")
        print(f"{'seconds':<8} {time.monotonic() - began:.1f}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
