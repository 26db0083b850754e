"""What one more report costs when 10, 100, 1,000 or 10,000 are loaded already: seconds, by step, and memory.

Loads made report versions, so that reading files is not measured, and then one more at a time, each of a region of
which nothing is loaded yet. Prints a Markdown table. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import functools
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.made_reports import made_versions
from pipelines.publishing.snapshot import publish
from pipelines.settings import Settings
from pipelines.warehouse import load

_BATCH = 250
_REPEATS = 5
# the steps of a load that are told apart; the rest is the connection, commits and the checkpoint
STEPS = (
    *("apply_schema", "load_dimensions", "insert_versions", "record_versions", "refresh_across", "sync_corrections"),
    *("extract_facts", "extract_failing", "refresh_indicators", "update_failures", "assert_checks", "validate_tables"),
)


def main() -> None:
    """Measures every size in a process of its own, so that peaks of memory do not mix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10, 100, 1000], help="how many reports are loaded")
    parser.add_argument("--steps", action="store_true", help="also print the seconds of each step")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        measure(options.sizes[0], options.steps)
        return
    print("| reports loaded | MB of warehouse | load, s CPU | of it Great Expectations | publish, s CPU | peak MB |")
    print("|--:|--:|--:|--:|--:|--:|", flush=True)
    for size in options.sizes:
        steps = ["--steps"] if options.steps else []
        subprocess.run([sys.executable, "-m", "benchmarks.growth", str(size), "--alone", *steps], check=True)


def measure(size: int, tell_steps: bool) -> None:
    """Prints one row: the median of five loads of one report each, after one that warms up."""
    spent: dict[str, float] = {}
    for name in STEPS:
        setattr(load, name, _timed(name, getattr(load, name), spent))
    home = Path(tempfile.mkdtemp(prefix="fupin-growth-"))
    settings = Settings(home=home)
    try:
        for first in range(0, size, _BATCH):
            summary = load.load_versions(settings, list(made_versions(first, min(first + _BATCH, size))))
            if summary.quarantined:
                raise SystemExit(f"not loaded: {next(iter(summary.quarantined.items()))}")
        publish(settings)
        runs = [_one_more(settings, size + repeat, spent) for repeat in range(_REPEATS + 1)][1:]
        megabytes = settings.warehouse.stat().st_size / 1e6
    finally:
        shutil.rmtree(home, ignore_errors=True)
    middle = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"| {size:,} | {megabytes:.0f} | {middle['load']:.2f} | {middle['validate_tables']:.2f} | "
        f"{middle['publish']:.2f} | {peak:.0f} |",
        flush=True,
    )
    if tell_steps:
        print("    " + ", ".join(f"{name} {middle[name]:.3f}" for name in STEPS), flush=True)


def _one_more(settings: Settings, number: int, spent: dict[str, float]) -> dict[str, float]:
    one = next(made_versions(number, number + 1))
    spent.update(dict.fromkeys(STEPS, 0.0))
    began = time.process_time()
    summary = load.load_versions(settings, [one])
    loaded = time.process_time()
    publish(settings)
    published = time.process_time()
    if summary.loaded != [one.document.report_id]:
        raise SystemExit(f"not loaded: {summary}")
    return {**spent, "load": loaded - began, "publish": published - loaded}


def _timed(name: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    @functools.wraps(function)
    def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the step takes and gives
        began = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - began

    return timed


if __name__ == "__main__":
    main()
