"""Launches each run in a copy of a process that has everything imported; where that fails, as Dagster would."""

import os
import signal
from pathlib import Path
from typing import Any

from dagster import DagsterRun, DefaultRunLauncher

from pipelines.orchestration.warm import Warm

# number and start of the process that executes a run
PROCESS_TAG = "fupin/process"
# the daemon makes several launchers over time, of which each run is to find the one warm process
_WARM = Warm()


class WarmLauncher(DefaultRunLauncher):
    """Dagster's own launcher starts a fresh process per run, which imports Dagster and Great Expectations for seconds.

    Set as `run_launcher` in `dagster.yaml`; it has no options.
    """

    def launch_run(self, context: Any) -> None:  # noqa: ANN401 - its type is not public
        """Starts a run; a run that cannot be started warm is started by Dagster's launcher."""
        run = context.dagster_run
        try:
            process = _WARM.start(_arguments(run, self._instance))
        except (ImportError, AttributeError, TypeError, OSError, ValueError) as error:
            self._instance.report_engine_event(f"Started without the warm process: {error}", run)
            super().launch_run(context)
            return
        self._instance.add_run_tags(run.run_id, {PROCESS_TAG: f"{process} {_started(process)}"})

    def terminate(self, run_id: str) -> bool:
        """Interrupts a run; returns whether it was still going on."""
        run = self._instance.get_run_by_id(run_id)
        if run is None or PROCESS_TAG not in run.tags:
            return bool(super().terminate(run_id))  # type: ignore[no-untyped-call]
        if run.is_finished or not _is_alive(run):
            return False
        self._instance.report_run_canceling(run)
        os.kill(int(run.tags[PROCESS_TAG].split()[0]), signal.SIGINT)
        return True

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Whether Dagster's monitor may ask after runs: it marks one whose process was killed as failed."""
        return True

    def check_run_worker_health(self, run: DagsterRun) -> Any:  # noqa: ANN401 - its type is not public
        """Tells Dagster's monitor whether a run's process lives."""
        from dagster._core.launcher import CheckRunHealthResult, WorkerStatus

        if PROCESS_TAG not in run.tags:
            return CheckRunHealthResult(WorkerStatus.UNKNOWN)
        if _is_alive(run):
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "The process of this run ended without it.")

    def dispose(self) -> None:
        """Ends the warm process with the daemon; runs go on."""
        _WARM.close()


def _arguments(run: DagsterRun, instance: Any) -> list[str]:  # noqa: ANN401
    """Arguments of the command `dagster` that executes a run, as the launchers of Dagster's integrations take them."""
    from dagster._grpc.types import ExecuteRunArgs

    if run.job_code_origin is None:
        raise ValueError("the run does not say where its code is")
    command = list(ExecuteRunArgs(run.job_code_origin, run.run_id, instance.get_ref()).get_command_args())
    return command[command.index("api") :]


def _is_alive(run: DagsterRun) -> bool:
    process, _, started = run.tags[PROCESS_TAG].partition(" ")
    return _started(int(process)) == started


def _started(process: int) -> str:
    """When a process began, in ticks of this machine's clock: numbers are used again, the two together are not."""
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return "" if Path("/proc/self/stat").exists() else _answers(process)
    # the name in brackets may hold anything
    state, *fields = text.rpartition(")")[2].split()
    return "" if state == "Z" else fields[18]


def _answers(process: int) -> str:
    """The same where the system does not tell: that the process exists."""
    try:
        os.kill(process, 0)
    except OSError:
        return ""
    return "alive"
