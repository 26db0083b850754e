"""What is said of daemon, sensors and schedule, from what Dagster's state holds."""

from __future__ import annotations

import time
from contextlib import contextmanager
from types import SimpleNamespace

import dagster
import pytest

from pipelines.orchestration.daemon import watching
from pipelines.orchestration.definitions import defs
from pipelines.orchestration.sensors import WATCH_SECONDS

HOUR = 3600.0
FINE = [(True, "the daemon works, and raw_files, alerts, nightly are on")]


class Instance:
    """Stands for Dagster's: states by name, with the seconds since the last tick and since they were switched on."""

    def __init__(self, beat=0.0, **states):
        self.beat, self.states = beat, {"raw_files": [(0.0,)], "alerts": [(0.0,)], "nightly": [(None, 1.0)]} | states

    @classmethod
    @contextmanager
    def of(cls, instance):
        yield instance

    def get_daemon_heartbeats(self):
        return {} if self.beat is None else {"SENSOR": SimpleNamespace(timestamp=time.time() - self.beat)}

    def all_instigator_state(self):
        return [
            SimpleNamespace(
                name=name,
                is_running=one is not None,
                instigator_origin_id=(name, place),
                selector_id="",
                instigator_data=SimpleNamespace(start_timestamp=time.time() - one[1] if one and one[1:] else None),
            )
            for name, found in self.states.items()
            for place, one in enumerate(found)
        ]

    def get_ticks(self, origin, _selector, limit):
        one = self.states[origin[0]][origin[1]]
        return [SimpleNamespace(timestamp=time.time() - one[0])][:limit] if one and one[0] is not None else []


@pytest.fixture
def said(settings, monkeypatch):
    def of(instance):
        monkeypatch.setattr(dagster.DagsterInstance, "get", lambda: Instance.of(instance))
        return watching(settings)

    monkeypatch.setenv("DAGSTER_HOME", "")
    folder = settings.home / "dagster"
    folder.mkdir(parents=True)
    (folder / "dagster.yaml").touch()
    return of


def test_all_that_is_defined_is_on_from_the_start():
    repository = defs.get_repository_def()
    found = [*repository.schedule_defs, *repository.sensor_defs]
    assert {one.name: one.default_status.value for one in found} == dict.fromkeys(
        ("nightly", "raw_files", "alerts"), "RUNNING"
    )


def test_all_is_well(said):
    assert said(Instance()) == said(Instance(nightly=[(25 * HOUR, 99 * HOUR)])) == FINE


def test_no_daemon_is_no_problem_and_is_said(said):
    for instance, line in ((Instance(beat=None), "no daemon works here: "), (Instance(beat=HOUR), "here since 2")):
        [(is_fine, told)] = said(instance)
        assert is_fine
        assert line in told


@pytest.mark.parametrize(
    ("states", "line"),
    [
        ({"nightly": [None]}, "the schedule nightly is off: `dagster schedule start nightly "),
        ({"raw_files": [None]}, "the sensor raw_files is off: `dagster sensor start raw_files "),
        ({"nightly": [(27 * HOUR, 99 * HOUR)]}, "the schedule nightly is on, but has not ticked since "),
        ({"alerts": [(HOUR,)]}, "the sensor alerts is on, but has not ticked since "),
        ({"raw_files": []}, "the sensor raw_files has never ticked"),
        # what was left by another place from which the home was used
        ({"raw_files": [(99 * HOUR,), None]}, "the sensor raw_files is off: "),
    ],
)
def test_what_is_off_or_silent_is_a_problem(said, states, line):
    [(is_fine, told)] = said(Instance(**states))
    assert not is_fine
    assert told.startswith(line)


def test_one_that_works_is_enough(said):
    assert said(Instance(raw_files=[(99 * HOUR,), None, (1.0,)])) == FINE


def test_a_state_that_cannot_be_read_is_a_line(settings, said, monkeypatch):
    def broken():
        raise OSError("file is not a database")

    monkeypatch.setattr(dagster.DagsterInstance, "get", broken)
    assert watching(settings) == [(False, f"{settings.home / 'dagster'}: cannot be read: file is not a database")]


def test_the_sensor_answers_often_enough_to_end_the_daemon_within_seconds():
    # the daemon waits for a tick that is under way when it is told to end; it starts one every five seconds
    assert WATCH_SECONDS < 5
