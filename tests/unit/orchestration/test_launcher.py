"""The launcher's own decisions; the daemon's test has it launch runs."""

import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from dagster import DefaultRunLauncher

from pipelines.orchestration import launcher
from pipelines.orchestration.launcher import PROCESS_TAG, WarmLauncher


class Instance(SimpleNamespace):
    """Can be referred to weakly, as the launcher does."""


@pytest.fixture
def instance():
    """Stands for Dagster's; keeps what it is told."""
    told = Instance(events=[], tags={}, canceling=[], runs={})
    told.report_engine_event = lambda text, run: told.events.append(text)
    told.add_run_tags = lambda run_id, tags: told.tags.update(tags)
    told.report_run_canceling = lambda run: told.canceling.append(run.run_id)
    told.get_run_by_id = told.runs.get
    return told


@pytest.fixture
def warm(instance):
    found = WarmLauncher()
    found.register_instance(instance)
    return found


@pytest.fixture
def process():
    """A process that waits for its end, as the launcher names it."""
    waits = "import time; print(flush=True); time.sleep(600)"
    started = subprocess.Popen([sys.executable, "-c", waits], stdout=subprocess.PIPE)
    started.stdout.readline()  # it has begun: an interpreter that is interrupted before ends otherwise
    yield started, f"{started.pid} {launcher._started(started.pid)}"
    started.kill()
    started.wait()
    started.stdout.close()


def run_with(tag, *, is_finished=False):
    return SimpleNamespace(run_id="r", tags={PROCESS_TAG: tag} if tag else {}, is_finished=is_finished)


@pytest.mark.parametrize("error", [ImportError("no such name"), OSError("ended"), AttributeError("gone")])
def test_a_run_that_cannot_be_started_warm_is_started_by_dagster(warm, instance, monkeypatch, error):
    def refuse(*_):
        raise error

    launched = []
    monkeypatch.setattr(launcher, "_arguments", refuse)
    monkeypatch.setattr(DefaultRunLauncher, "launch_run", lambda _, context: launched.append(context.dagster_run))
    run = run_with("")
    warm.launch_run(SimpleNamespace(dagster_run=run))
    assert launched == [run]
    assert instance.events == [f"Started without the warm process: {error}"]
    assert instance.tags == {}


def test_a_run_is_alive_as_long_as_the_process_that_began_it(warm, process):
    started, tag = process
    assert warm.check_run_worker_health(run_with(tag)).status.value == "RUNNING"
    # its number, given to a process that began at another time
    assert warm.check_run_worker_health(run_with(f"{started.pid} 1")).status.value == "NOT_FOUND"
    started.kill()
    started.wait()
    assert warm.check_run_worker_health(run_with(tag)).status.value == "NOT_FOUND"
    assert warm.check_run_worker_health(run_with("")).status.value == "UNKNOWN"


def test_a_run_is_interrupted_once(warm, instance, process):
    started, tag = process
    instance.runs["r"] = run_with(tag)
    assert warm.terminate("r")
    assert instance.canceling == ["r"]
    assert started.wait(600) == -signal.SIGINT
    assert not warm.terminate("r")
    instance.runs["r"] = run_with(f"{os.getpid()} {launcher._started(os.getpid())}", is_finished=True)
    assert not warm.terminate("r")
