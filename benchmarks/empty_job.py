"""Definitions that do nothing but notice files: what Dagster itself costs in the arrival benchmark.

The sensor watches the folder FUPIN_RAW as the project's does; the job writes the file's name into FUPIN_HOME/seen.
"""

import json
import os
import time
from pathlib import Path

from dagster import (
    DefaultSensorStatus,
    Definitions,
    OpExecutionContext,
    RunRequest,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    in_process_executor,
    job,
    op,
    sensor,
)

_WATCH_SECONDS = 20.0
_POLL_SECONDS = 0.5
# as long as the project lets a file lie before it is read
_SETTLE_SECONDS = 1.0


@op(config_schema={"name": str})
def note(context: OpExecutionContext) -> None:
    """Notes that a file was seen."""
    place = Path(os.environ["FUPIN_HOME"]) / "seen"
    place.mkdir(parents=True, exist_ok=True)
    (place / context.op_config["name"]).touch()


@job(executor_def=in_process_executor)
def nothing() -> None:
    """One step that does nothing."""
    note()


@sensor(job=nothing, minimum_interval_seconds=1, default_status=DefaultSensorStatus.RUNNING)
def watch(context: SensorEvaluationContext) -> SensorResult | SkipReason:
    """Requests a run for each file that is new and has lain still for a second."""
    asked = set(json.loads(context.cursor or "[]"))
    until = time.monotonic() + _WATCH_SECONDS
    while True:
        now = time.time()
        names = {
            path.name
            for path in Path(os.environ["FUPIN_RAW"]).glob("*.txt")
            if now - path.stat().st_ctime > _SETTLE_SECONDS
        } - asked
        if names:
            requests = [
                RunRequest(run_key=name, run_config={"ops": {"note": {"config": {"name": name}}}}) for name in names
            ]
            return SensorResult(run_requests=requests, cursor=json.dumps(sorted(asked | names)))
        if time.monotonic() > until:
            return SkipReason("no new file")
        time.sleep(_POLL_SECONDS)


defs = Definitions(jobs=[nothing], sensors=[watch])
