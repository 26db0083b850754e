"""From a file's arrival to the published indicator with the daemon running, beside a job that does nothing.

Run in a development environment: `.venv/bin/python -m benchmarks.arrival --files 20`. Each way has a daemon and a state
folder of its own, which are removed afterwards; a file arrives when the run of the one before it has ended. Prints a
Markdown table.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipelines.orchestration.home import prepare_home
from pipelines.publishing.snapshot import loaded_contents
from pipelines.settings import PROJECT, Settings

_PATIENCE_SECONDS = 180
# longer than the sensor's pause between two looks, so that files arrive at any moment of it
_PAUSES = (0.3, 0.7, 1.1, 1.9)


def main() -> None:
    """Measures both ways and prints median and worst."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20)
    count = parser.parse_args().files
    # so that the daemon ends with this process when it is told to stop
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print("| run | files | median, s | worst, s |\n|---|--:|--:|--:|", flush=True)
    empty = measure("a job that does nothing", ["--module-name", "benchmarks.empty_job"], _noted, count)
    own = measure("this project", ["--workspace", "workspace.yaml"], _published(), count)
    print(f"\nMedian {own - empty:.1f} s more than the job that does nothing, {own / empty:.1f} times it.")


def measure(title: str, code: list[str], has_arrived: Callable[[Settings, str], bool], count: int) -> float:
    """Starts a daemon, lets files arrive one after the other, and prints a line; returns the median in seconds."""
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "var", raw=Path(folder) / "raw")
        settings.raw.mkdir()
        prepare_home(settings)
        environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
        environment |= {"FUPIN_ALERTS": "file", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        command = [str(Path(sys.executable).with_name("dagster-daemon")), "run", *code]
        with (Path(folder) / "daemon.log").open("w") as log:
            daemon = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
            try:
                # the first two find nothing loaded and nothing warm
                for number in range(count + 2):
                    seconds.append(_arrive(settings, f"report_{number:02}.txt", number, has_arrived))
                    print(f"{title}: {seconds[-1]:.1f} s", file=sys.stderr, flush=True)
                    _wait_for_runs()
                    time.sleep(_PAUSES[number % len(_PAUSES)])
            finally:
                daemon.terminate()
                daemon.wait(60)
    middle = statistics.median(seconds[2:])
    print(f"| {title} | {count} | {middle:.1f} | {max(seconds[2:]):.1f} |", flush=True)
    return middle


def _arrive(settings: Settings, name: str, number: int, has_arrived: Callable[[Settings, str], bool]) -> float:
    """Moves a report of its own content into the landing zone; returns the seconds until it has arrived."""
    made = settings.raw / f".{name}"
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2010.txt", made)
    with made.open("a", encoding="utf-8") as file:
        file.write(f"\nThe report has the number {number}.\n")
    began = time.monotonic()
    made.rename(settings.raw / name)
    while not has_arrived(settings, name):
        if time.monotonic() - began > _PATIENCE_SECONDS:
            raise TimeoutError(f"{name} did not arrive within {_PATIENCE_SECONDS} s")
        time.sleep(0.02)
    return time.monotonic() - began


def _noted(settings: Settings, name: str) -> bool:
    return (settings.home / "seen" / name).exists()


def _published() -> Callable[[Settings, str], bool]:
    """Asks the published file only when it is another one: waiting must not take a core from the run."""
    seen: list[int] = [0]

    def has_arrived(settings: Settings, name: str) -> bool:
        stamp = settings.snapshot.stat().st_mtime_ns if settings.snapshot.exists() else 0
        if stamp == seen[0]:
            return False
        seen[0] = stamp
        return name in loaded_contents(settings)

    return has_arrived


def _wait_for_runs() -> None:
    """Waits until every run has ended."""
    from dagster import DagsterInstance

    with DagsterInstance.from_ref(DagsterInstance.get().get_ref()) as instance:
        until = time.monotonic() + _PATIENCE_SECONDS
        while not all(run.is_finished for run in instance.get_runs(limit=3)):
            if time.monotonic() > until:
                raise TimeoutError("a run does not end")
            time.sleep(0.3)


if __name__ == "__main__":
    main()
