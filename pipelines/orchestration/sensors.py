"""The sensor that sees files land."""

# annotations stay objects here: Dagster checks the type of `context` by identity
import hashlib
import time
from collections.abc import Callable, Sequence

from dagster import (
    AssetMaterialization,
    AssetObservation,
    DagsterInstance,
    DefaultSensorStatus,
    RunRequest,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from pipelines.errors import FupinError
from pipelines.orchestration.arrivals import Arrivals, Cursor, look, mark_asked, request_name
from pipelines.orchestration.assets.keys import RAW
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.jobs import INGEST, UNFINISHED, asking_for
from pipelines.orchestration.landing import fetch
from pipelines.orchestration.told import materialisations, runs_of_commands
from pipelines.orchestration.work import BATCH, RawFile
from pipelines.settings import Settings

_POLL_SECONDS = 0.1
# a look at very many files takes a while, and must not keep a core busy
_POLL_SHARE = 5
_LONGEST_POLL_SECONDS = 5.0
# so long the daemon waits for a look when it is told to end; it looks every five seconds
WATCH_SECONDS = 4.0
# a look at a landing zone elsewhere asks its network
_FETCH_SECONDS = 10.0
# more new files than these are read by several children at once
_READ_AHEAD = 4
_GONE = "no longer in raw/; it stays loaded, and `fupin retract` withdraws it"


def build_sensor(watch_seconds: float = WATCH_SECONDS) -> SensorDefinition:
    """The sensor `raw_files`; it watches the landing zone itself, so that a new file waits for no tick."""

    @sensor(
        name="raw_files",
        job=INGEST,
        minimum_interval_seconds=1,
        default_status=DefaultSensorStatus.RUNNING,
        required_resource_keys={"fupin"},
        description="Starts runs for all files whose content has not been loaded yet, once they are complete.",
    )
    def watch(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        fupin: Fupin = context.resources.fupin
        until = time.monotonic() + watch_seconds
        cursor = Cursor.parse(context.cursor)
        fetched_at = float("-inf")
        while True:
            began, used = time.monotonic(), time.thread_time()
            try:
                if began - fetched_at > _FETCH_SECONDS:
                    for name, cause in fetch(fupin.settings).refused.items():
                        context.log.warning(f"{name}: {cause}")
                    fetched_at = began
                found = look(fupin.settings, fupin.memory, cursor, _busy(context.instance))
            except FupinError as error:
                return SkipReason(str(error))
            if len(found.settling) <= _READ_AHEAD:
                fupin.ahead.begin(fupin.settings, found.settling)
            if found.waiting or found.gone or time.monotonic() >= until:
                return _answer(context, fupin.settings, found, cursor)
            pause = _POLL_SHARE * (time.thread_time() - used)
            time.sleep(min(max(_POLL_SECONDS, pause), _LONGEST_POLL_SECONDS))

    return watch


def _busy(instance: DagsterInstance) -> Callable[[], bool]:
    """Asks, at most once a look, whether a run that reads reports has not ended."""
    known: list[bool] = []

    def is_busy() -> bool:
        if not known:
            unfinished = RunsFilter(job_name=INGEST.name, statuses=UNFINISHED)
            known.append(bool(instance.get_run_records(unfinished, limit=1)))
        return known[0]

    return is_busy


def _answer(context: SensorEvaluationContext, settings: Settings, found: Arrivals, cursor: Cursor) -> SensorResult:
    """Requests for what waits, and notes on each report that has left and on what commands have made."""
    ended = runs_of_commands(settings, cursor.told)
    cursor.told = max([cursor.told, *(one.ended_at for one in ended)])
    notes: list[AssetMaterialization | AssetObservation] = [*materialisations(ended)]
    for report in found.gone:
        context.log.warning(f"{report}: {_GONE}")
        notes.append(AssetObservation(asset_key=RAW, metadata={"report": report, "raw file": _GONE}))
    if not found.waiting:
        settling = f"; {len(found.settling)} not complete yet" if found.settling else ""
        return SensorResult(skip_reason=SkipReason(f"no new file{settling}"), cursor=cursor.text(), asset_events=notes)
    requests = _requests(found.waiting, cursor)
    context.log.info(f"{len(found.waiting)} new or changed reports: {len(requests)} runs, the oldest first")
    mark_asked(cursor, found.waiting)
    return SensorResult(run_requests=requests, cursor=cursor.text(), asset_events=notes)


def _requests(waiting: Sequence[RawFile], cursor: Cursor) -> list[RunRequest]:
    """One run for at most so many reports, in the order in which they wait."""
    batches = [waiting[start : start + BATCH] for start in range(0, len(waiting), BATCH)]
    return [
        RunRequest(
            run_key=_run_key(batch, cursor),
            run_config=asking_for([file.report_id for file in batch]),
            tags={"fupin/reports": str(len(batch))},
        )
        for batch in batches
    ]


def _run_key(files: Sequence[RawFile], cursor: Cursor) -> str:
    """The run's key: the name of its one request, a digest of those of many."""
    names = [request_name(file, cursor.asked.get(file.report_id)) for file in files]
    if len(names) == 1:
        return names[0]
    return f"{len(names)} reports:{hashlib.sha256(chr(10).join(sorted(names)).encode()).hexdigest()}"
