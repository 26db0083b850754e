"""Launches each run in a copy of a process that has everything imported; where that fails, as Dagster would."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from dagster import DagsterRun, DefaultRunLauncher

from pipelines.settings import PROJECT, settings

# number and start of the process that executes a run
PROCESS_TAG = "fupin/process"
# files whose content a process keeps once it has read them
_KINDS = (".py", ".yml", ".yaml", ".sql", ".json", ".html", ".csv")


class WarmLauncher(DefaultRunLauncher):
    """Set as `run_launcher` in `dagster.yaml`; Dagster's own starts a process per run, which imports for seconds."""

    # the daemon makes several launchers over time, of which each is to find the one warm process
    _warm: subprocess.Popen[str] | None = None
    _stamp = (0, 0)

    def launch_run(self, context: Any) -> None:  # noqa: ANN401 - its type is not public
        """Starts a run; a run that cannot be started warm is started by Dagster's launcher."""
        run = context.dagster_run
        try:
            process = _start(_arguments(run, self._instance))
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

    supports_check_run_worker_health = True

    def check_run_worker_health(self, run: DagsterRun) -> Any:  # noqa: ANN401 - its type is not public
        """Tells Dagster's monitor, which marks a run as failed whose process was killed, whether it lives."""
        from dagster._core.launcher import CheckRunHealthResult, WorkerStatus

        if PROCESS_TAG not in run.tags:
            return CheckRunHealthResult(WorkerStatus.UNKNOWN)
        if _is_alive(run):
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        return CheckRunHealthResult(WorkerStatus.NOT_FOUND, "The process of this run ended without it.")

    def dispose(self) -> None:
        """Ends the warm process with the daemon; runs go on."""
        _end()


def _start(arguments: list[str]) -> int:
    """Executes the command `dagster` in a copy of the warm process, which is started anew when the project changed."""
    folders = (PROJECT / "pipelines", settings().sql, settings().expectations)
    times = [path.stat().st_mtime_ns for folder in folders for path in folder.rglob("*") if path.name.endswith(_KINDS)]
    stamp, warm = (len(times), max(times, default=0)), WarmLauncher._warm
    if warm is None or warm.poll() is not None or stamp != WarmLauncher._stamp:
        _end()
        command = [sys.executable, "-m", "pipelines.orchestration.warm"]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        warm = WarmLauncher._warm = subprocess.Popen(command, text=True, cwd=PROJECT, **pipes)  # noqa: S603 - our own
        WarmLauncher._stamp = stamp
    print(json.dumps(arguments), file=warm.stdin, flush=True)
    answer = warm.stdout.readline() if warm.stdout else ""
    if not answer:
        raise OSError("the warm process ended before it answered")
    return int(answer)


def _end() -> None:
    process, WarmLauncher._warm = WarmLauncher._warm, None
    if process is not None:
        process.terminate()
        process.communicate()


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
        # its name, in brackets, may hold anything
        state, *fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state == "Z" else fields[18]
