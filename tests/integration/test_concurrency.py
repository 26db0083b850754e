"""Many readers and two loaders at a time: no read fails, no state is torn, and who waits knows for whom."""

from __future__ import annotations

import re
import subprocess
import sys
import threading

import pytest

from benchmarks.concurrent_readers import measure
from pipelines.settings import PROJECT
from pipelines.warehouse.connection import writer_lock
from pipelines.warehouse.load import load_versions
from tests.helpers import version
from tests.integration.history_helpers import rows

LOAD = (
    "import sys; from pathlib import Path; from pipelines.settings import Settings\n"
    "from pipelines.warehouse.load import load_versions; from pipelines.versions.read import read_version\n"
    "path = Path(sys.argv[2]); settings = Settings(home=Path(sys.argv[1]), lock_timeout_seconds=float(sys.argv[3]))\n"
    "from pipelines.errors import FupinError\n"
    "try:\n    load_versions(settings, [read_version(path, path.name, 10**7)])\n"
    "except FupinError as error:\n    sys.exit(str(error))\n"
)


def loader(settings, name, timeout):
    command = [sys.executable, "-c", LOAD, str(settings.home), str(PROJECT / "raw" / name), str(timeout)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=PROJECT)


@pytest.mark.slow
def test_readers_see_whole_states_only_while_reports_are_loaded(tmp_path):
    found = measure(tmp_path, readers=2, loads=2)
    assert (found["failed"], found["torn"]) == (0, 0)
    assert found["reads"] > 10
    assert found["states"] > 1


@pytest.mark.slow
def test_two_loaders_take_turns(settings):
    loaders = [loader(settings, name, 120) for name in ("jiangxi_2009.txt", "jiangxi_2010.txt")]
    assert [one.communicate(timeout=600)[1] for one in loaders] == ["", ""]
    assert [one.returncode for one in loaders] == [0, 0]
    assert rows(settings, "SELECT report_id FROM core.dim_report ORDER BY ALL") == [
        ("jiangxi_2009.txt",),
        ("jiangxi_2010.txt",),
    ]
    assert rows(settings, "SELECT count(DISTINCT log_no), max(log_no) FROM core.version_event") == [(2, 2)]


def test_who_waits_too_long_is_told_for_whom_and_since_when(settings):
    settings.home.mkdir()
    with writer_lock(settings):
        second = loader(settings, "jiangxi_2010.txt", 0.3)
        error = second.communicate(timeout=600)[1]
    assert second.returncode == 1
    assert re.search(
        r"another load is writing it \(process \d+, since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\); gave up", error
    )
    assert not settings.warehouse.exists()


def test_a_loader_that_waits_begins_when_the_other_ends(begun):
    patient = begun.model_copy(update={"lock_timeout_seconds": 60.0})
    taken, leave = threading.Event(), threading.Event()

    def hold():
        with writer_lock(begun):
            taken.set()
            leave.wait(600)

    holder = threading.Thread(target=hold)
    holder.start()
    assert taken.wait(600)
    threading.Timer(0.5, leave.set).start()
    summary = load_versions(patient, [version(PROJECT / "raw" / "jiangxi_2010.txt")])
    holder.join()
    assert summary.loaded == ["jiangxi_2010.txt"]
