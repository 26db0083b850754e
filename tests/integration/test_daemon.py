"""The daemon as it runs for years: it sees a file, and starts its run in a copy of a process that is warm."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dagster import DagsterInstance, RunsFilter

from pipelines.orchestration.daemon import watching
from pipelines.orchestration.home import prepare_home
from pipelines.orchestration.jobs import INGEST
from pipelines.orchestration.launcher import PROCESS_TAG
from pipelines.publishing.snapshot import loaded_contents
from pipelines.settings import PROJECT, Settings

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 600


def wait(done):
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < until
        time.sleep(0.2)


def warm_processes(parent):
    """Numbers of the warm processes that a daemon has started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command, status = (place / "cmdline").read_bytes().split(b"\0"), (place / "stat").read_text()
        except OSError:
            continue
        if b"pipelines.orchestration.warm" in command and status.rpartition(")")[2].split()[1] == str(parent):
            found.append(int(place.name))
    return found


@pytest.fixture
def daemon(tmp_path, monkeypatch):
    settings = Settings(home=tmp_path / "var", raw=tmp_path / "raw")
    settings.raw.mkdir()
    monkeypatch.setenv("DAGSTER_HOME", "")
    prepare_home(settings)
    environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
    command = [str(Path(sys.executable).with_name("dagster-daemon")), "run", "--workspace", "workspace.yaml"]
    with (tmp_path / "daemon.log").open("w") as log:
        process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        yield settings, process
        process.terminate()
        process.wait(600)


def test_files_are_loaded_by_warm_runs_and_a_lost_warm_process_is_replaced(daemon):
    settings, process = daemon
    shutil.copy(PROJECT / "raw" / "jiangxi_2010.txt", settings.raw / "first.txt")
    wait(lambda: "first.txt" in loaded_contents(settings))
    [warm] = warm_processes(process.pid)
    os.kill(warm, signal.SIGKILL)
    (settings.raw / "second.txt").write_text("In 2009, Hubei province allocated 120 million yuan for poverty relief.\n")
    wait(lambda: "second.txt" in loaded_contents(settings))
    [other] = warm_processes(process.pid)
    assert other != warm
    wait(lambda: watching(settings) == [(True, "the daemon works, and raw_files, alerts, nightly are on")])
    with DagsterInstance.from_ref(DagsterInstance.get().get_ref()) as instance:
        # the nightly run begins when its hour comes, whatever is tested then
        loads = RunsFilter(job_name=INGEST.name)
        wait(lambda: all(run.is_finished for run in instance.get_runs(loads)))
        runs = instance.get_runs(loads)
        assert [run.is_success for run in runs] == [True, True]
        assert all(PROCESS_TAG in run.tags for run in runs)
    process.terminate()
    process.wait(600)
    wait(lambda: not Path(f"/proc/{other}/cmdline").exists())


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT])
def test_everything_that_make_dev_starts_ends_when_it_is_told_to(tmp_path, monkeypatch, order):
    settings = Settings(home=tmp_path / "var", raw=tmp_path / "raw")
    settings.raw.mkdir()
    monkeypatch.setenv("DAGSTER_HOME", "")
    prepare_home(settings)
    environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
    log = tmp_path / "dev.log"
    command = [str(Path(sys.executable).with_name("dagster")), "dev", "--workspace", "workspace.yaml", "--port", "0"]
    with log.open("w") as output:
        # a session of its own, by which all that it starts is found
        process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        wait(lambda: "Serving dagster-webserver" in log.read_text() and "raw_files" in log.read_text())
        process.send_signal(order)
        process.wait(PATIENCE_SECONDS)
        wait(lambda: not session(process.pid))
    finally:
        for left in session(process.pid):
            os.kill(left, signal.SIGKILL)
    # nothing had to be killed
    assert "did not terminate cleanly" not in log.read_text()


def session(leader):
    """Numbers of the living processes of a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, number = (place / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if number == str(leader) and state != "Z":
            found.append(int(place.name))
    return found
