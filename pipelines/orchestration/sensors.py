"""The sensor that sees files land, and the nightly schedule."""

# annotations stay objects here: Dagster checks the type of `context` by identity
import hashlib
import json
import time
from collections.abc import Sequence
from typing import Any

from dagster import (
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from pipelines.errors import FupinError
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.jobs import INGEST, NIGHTLY
from pipelines.orchestration.partitions import REPORTS, contiguous, partition_key
from pipelines.orchestration.work import RawFile, new_files, raw_files, stamps
from pipelines.publishing.snapshot import loaded_contents

_POLL_SECONDS = 0.5
_WATCH_SECONDS = 20.0
_RETRY_AFTER_SECONDS = 900
_ATTEMPTS = 3
_RANGE_START, _RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


def build_sensor(watch_seconds: float = _WATCH_SECONDS) -> SensorDefinition:
    """The sensor `raw_files`; it watches the landing zone itself, so that a new file waits for no tick."""

    @sensor(
        name="raw_files",
        job=INGEST,
        minimum_interval_seconds=1,
        default_status=DefaultSensorStatus.RUNNING,
        required_resource_keys={"fupin"},
        description="Starts one run for all files whose content has not been loaded yet, once they are complete.",
    )
    def watch(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        fupin: Fupin = context.resources.fupin
        until = time.monotonic() + watch_seconds
        asked: dict[str, list[Any]] = json.loads(context.cursor or "{}")
        while True:
            try:
                waiting = _to_ask(fupin, asked)
            except FupinError as error:
                return SkipReason(str(error))
            if waiting:
                return _request(context, waiting, asked)
            if time.monotonic() >= until:
                return SkipReason("no new file")
            time.sleep(_POLL_SECONDS)

    return watch


def _to_ask(fupin: Fupin, asked: dict[str, list[Any]]) -> list[RawFile]:
    """New files that are complete and have not been asked for, or not lately."""
    found = new_files(raw_files(fupin.settings), loaded_contents(fupin.settings))
    fresh = [file for file in found if _due(file, asked.get(file.report_id))]
    before = {file.report_id: stamps(file.path) for file in fresh}
    if fresh:
        time.sleep(_POLL_SECONDS)
    # a file that still grows waits for the next look
    return [file for file in fresh if before[file.report_id] == stamps(file.path) is not None]


def _due(file: RawFile, earlier: list[Any] | None) -> bool:
    if earlier is None or earlier[0] != file.content_hash:
        return True
    return bool(earlier[1] < _ATTEMPTS and time.time() - earlier[2] > _RETRY_AFTER_SECONDS)


def _request(context: SensorEvaluationContext, waiting: Sequence[RawFile], asked: dict[str, list[Any]]) -> SensorResult:
    known = list(context.instance.get_dynamic_partitions("report"))
    keys = {partition_key(file.report_id): file for file in waiting}
    added = [key for key in keys if key not in known]
    requests = []
    for first, last in contiguous([*known, *added], keys):
        order = [*known, *added]
        members = order[order.index(first) : order.index(last) + 1]
        requests.append(
            RunRequest(run_key=_run_key([keys[key] for key in members], asked), tags=range_tags(first, last))
        )
    for file in waiting:
        earlier = asked.get(file.report_id)
        again = earlier is not None and earlier[0] == file.content_hash
        asked[file.report_id] = [file.content_hash, (earlier[1] if earlier and again else 0) + 1, time.time()]
    return SensorResult(
        run_requests=requests,
        dynamic_partitions_requests=[REPORTS.build_add_request(added)] if added else [],
        cursor=json.dumps(asked),
    )


def range_tags(first: str, last: str) -> dict[str, str]:
    """Tags of one run over neighbouring partitions."""
    return {_RANGE_START: first, _RANGE_END: last}


def _run_key(files: Sequence[RawFile], asked: dict[str, list[Any]]) -> str:
    """The run's key: report id and content hash of its one file, a digest of those of many."""
    parts = []
    for file in files:
        earlier = asked.get(file.report_id)
        attempt = earlier[1] if earlier is not None and earlier[0] == file.content_hash else 0
        parts.append(f"{file.report_id}:{file.content_hash}" + (f":{attempt}" if attempt else ""))
    if len(parts) == 1:
        return parts[0]
    return f"{len(parts)} reports:{hashlib.sha256(chr(10).join(sorted(parts)).encode()).hexdigest()}"


def build_schedule() -> ScheduleDefinition:
    """Every night all indicators and warehouse checks run again and the snapshot is published."""
    return ScheduleDefinition(name="nightly", job=NIGHTLY, cron_schedule="15 2 * * *", execution_timezone="UTC")
