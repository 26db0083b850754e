"""What is launched at once and what is queued."""

from types import SimpleNamespace

import pytest
from dagster import DagsterInstance, DagsterRunStatus, QueuedRunCoordinator, job, op

from pipelines.orchestration.coordinator import PromptCoordinator

BY_SENSOR = {"dagster/sensor_name": "raw_files"}


@op
def nothing():
    pass


@job
def idle():
    nothing()


@pytest.fixture
def submit(monkeypatch):
    """Creates a run and submits it; tells how it then stands."""
    with DagsterInstance.ephemeral() as instance:
        coordinator = PromptCoordinator()
        coordinator.register_instance(instance)

        launched, queued = [], []

        def queue(_coordinator, context):
            queued.append(context.dagster_run.run_id)
            return context.dagster_run

        def launch(run_id, _workspace):
            run = instance.get_run_by_id(run_id)
            if "fails" in run.tags:
                # as Dagster does before it raises
                instance.report_run_failed(run)
                raise OSError("no process can be started")
            launched.append(run_id)

        monkeypatch.setattr(instance, "launch_run", launch)
        monkeypatch.setattr(QueuedRunCoordinator, "submit_run", queue)

        def submit(tags, status=DagsterRunStatus.NOT_STARTED):
            run = instance.create_run_for_job(idle, tags=tags, status=status)
            found = coordinator.submit_run(SimpleNamespace(dagster_run=run, workspace=None))
            ways = [name for name, ways in (("launched", launched), ("queued", queued)) if run.run_id in ways]
            return ways or found.status

        yield submit


def test_what_a_sensor_asks_for_is_launched_at_once(submit):
    assert submit(BY_SENSOR) == ["launched"]


def test_what_somebody_starts_by_hand_is_queued_for_the_daemon(submit):
    assert submit({}) == ["queued"]


@pytest.mark.parametrize("status", [DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING])
def test_while_another_run_has_not_ended_it_is_queued(submit, status):
    submit({}, status)
    assert submit(BY_SENSOR) == ["queued"]


def test_a_run_that_has_ended_holds_up_none(submit):
    submit({}, DagsterRunStatus.SUCCESS)
    assert submit(BY_SENSOR) == ["launched"]


def test_of_a_burst_the_first_is_launched_and_the_rest_is_queued(submit):
    assert [submit(BY_SENSOR) for _ in range(3)] == [["launched"], ["queued"], ["queued"]]


def test_a_run_that_cannot_be_launched_has_failed_and_the_next_is_launched(submit):
    assert submit(BY_SENSOR | {"fails": "yes"}) == DagsterRunStatus.FAILURE
    assert submit(BY_SENSOR) == ["launched"]
