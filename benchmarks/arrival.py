"""From a file's arrival to the published indicator with the daemon running; prints each time and the median.

Run in a development environment: `.venv/bin/python benchmarks/arrival.py --files 20`. The state lies in a folder that
is removed afterwards.
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
from pathlib import Path

from pipelines.orchestration.home import prepare_home
from pipelines.publishing.snapshot import loaded_contents
from pipelines.settings import PROJECT, Settings

_PATIENCE_SECONDS = 180


def main() -> None:
    """Starts the daemon, drops files one after the other and waits for each in the snapshot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20)
    count = parser.parse_args().files
    # so that the daemon ends with this process when it is told to stop
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "var", raw=Path(folder) / "raw")
        settings.raw.mkdir()
        prepare_home(settings)
        environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
        environment |= {"FUPIN_ALERTS": "file", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        command = [str(Path(sys.executable).with_name("dagster-daemon")), "run", "--workspace", "workspace.yaml"]
        with (Path(folder) / "daemon.log").open("w") as log:
            daemon = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
            try:
                arrive(settings, "first.txt", 0)
                for number in range(count):
                    seconds.append(arrive(settings, f"report_{number:02}.txt", number + 1))
                    print(f"file {number:2}  {seconds[-1]:5.1f} s", flush=True)
            finally:
                daemon.terminate()
                daemon.wait(60)
    print(f"median   {statistics.median(seconds):5.1f} s, worst {max(seconds):.1f} s")


def arrive(settings: Settings, name: str, number: int) -> float:
    """Moves a report of its own content into the landing zone; returns the seconds until the snapshot holds it."""
    made = settings.raw / f".{name}"
    shutil.copyfile(PROJECT / "raw" / "jiangxi_2010.txt", made)
    with made.open("a", encoding="utf-8") as file:
        file.write(f"\nThe report has the number {number}.\n")
    began = time.monotonic()
    made.rename(settings.raw / name)
    seen = None
    while True:
        # the published file is opened only when it is another one: waiting must not take a core from the run
        published = settings.snapshot.stat().st_mtime_ns if settings.snapshot.exists() else None
        if published != seen and name in loaded_contents(settings):
            return time.monotonic() - began
        seen = published
        if time.monotonic() - began > _PATIENCE_SECONDS:
            raise TimeoutError(f"{name} did not arrive within {_PATIENCE_SECONDS} s")
        time.sleep(0.02)


if __name__ == "__main__":
    main()
