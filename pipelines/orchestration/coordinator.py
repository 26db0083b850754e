"""Launches what the sensor asks for at once while nothing else goes on, and otherwise queues it."""

from contextlib import suppress

from dagster import DagsterRun, DagsterRunStatus, QueuedRunCoordinator, RunsFilter, SubmitRunContext

from pipelines.orchestration.jobs import UNFINISHED

# Dagster tells by it that a sensor has asked for a run
_SENSOR_TAG = "dagster/sensor_name"


class PromptCoordinator(QueuedRunCoordinator):
    """Dagster's queue is looked at once a second, which is a tenth of the time from a file to its indicators.

    Set as `run_coordinator` in `dagster.yaml`, with the options of Dagster's own. Sensors work in the daemon, which has
    the warm process; what somebody starts by hand is queued, so that the daemon launches that as well.
    """

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Launches or queues a run; returns it as it then stands."""
        run = context.dagster_run
        others = [
            one for one in self._instance.get_runs(RunsFilter(statuses=UNFINISHED), limit=2) if one.run_id != run.run_id
        ]
        if _SENSOR_TAG not in run.tags or others or run.status != DagsterRunStatus.NOT_STARTED:
            return super().submit_run(context)
        # a run that cannot be launched is marked as failed by then, and is no fault of the sensor's tick
        with suppress(Exception):
            self._instance.launch_run(run.run_id, context.workspace)
        return self._instance.get_run_by_id(run.run_id) or run
