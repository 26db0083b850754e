"""The sensor that tells people about failures, failed runs and overdue reports; what was told stands in the outbox."""

# annotations stay objects here: Dagster checks the type of `context` by identity
import datetime
import json

from dagster import (
    DagsterEventType,
    DagsterInstance,
    DagsterRunStatus,
    DefaultSensorStatus,
    RunRecord,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    sensor,
)

from pipelines.catalog.sentences import say
from pipelines.errors import FupinError
from pipelines.orchestration.context import Fupin
from pipelines.publishing.alerts.events import Event, events, failed_commands, plain_event
from pipelines.publishing.alerts.send import send_alerts, something_waits
from pipelines.settings import Settings

_EVERY_SECONDS = 30
_RUNS = 100
_CAUSE = 300
_WORK = {"ingest": "run.ingest", "refresh": "run.refresh"}


def build_alerts_sensor() -> SensorDefinition:
    """The sensor `alerts`; its cursor only saves a look at what has not changed."""

    @sensor(
        name="alerts",
        minimum_interval_seconds=_EVERY_SECONDS,
        default_status=DefaultSensorStatus.RUNNING,
        required_resource_keys={"fupin"},
        description="Tells new, changed and resolved failures and what became of their root causes, failed runs and "
        "overdue reports, once on each channel.",
    )
    def alerts(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        fupin: Fupin = context.resources.fupin
        today = datetime.date.today()
        try:
            seen = _seen(fupin.settings, context.instance, today)
            if seen == context.cursor and not something_waits(fupin.settings):
                return SkipReason("nothing has happened")
            found = [*failed_runs(context.instance), *events(fupin.settings, today)]
            deliveries = send_alerts(fupin.settings, found)
        except FupinError as error:
            return SkipReason(str(error))
        for delivery in deliveries:
            if delivery.error:
                context.log.warning(delivery.outcome)
        told = "; ".join(delivery.outcome for delivery in deliveries) or "no channel is set"
        return SensorResult(skip_reason=SkipReason(told), cursor=seen)

    return alerts


def _seen(settings: Settings, instance: DagsterInstance, today: datetime.date) -> str:
    """Changes whenever there may be something new to tell."""
    last = instance.get_run_records(RunsFilter(statuses=[DagsterRunStatus.FAILURE]), limit=1)
    published = settings.snapshot.stat().st_mtime_ns if settings.snapshot.exists() else 0
    commands = [event.event_id for event in failed_commands(settings)]
    causes = settings.decisions / "causes"
    decided = max((one.stat().st_mtime_ns for one in (causes, *causes.glob("*.yml")) if one.exists()), default=0)
    return json.dumps([published, str(today), last[0].dagster_run.run_id if last else "", commands[-1:], decided])


def failed_runs(instance: DagsterInstance) -> list[Event]:
    """The latest runs of Dagster that failed; one after which the same work succeeded is past."""
    found = []
    for record in instance.get_run_records(RunsFilter(statuses=[DagsterRunStatus.FAILURE]), limit=_RUNS):
        run = record.dagster_run
        ended = record.update_timestamp.replace(tzinfo=datetime.UTC)
        work = say(_WORK[run.job_name]) if run.job_name in _WORK else say("run.of", job=run.job_name)
        cause = _cause(instance, run.run_id)
        finding = say("run.failed_at", work=work, moment=f"{ended:%Y-%m-%d %H:%M}", cause=cause)
        is_current = not _succeeded_after(instance, record)
        name, at = f"run:{run.run_id}", ended.isoformat()
        found.append(plain_event(name, "failed_run", at, finding, is_current, say("run.after")))
    return found[::-1]


def _succeeded_after(instance: DagsterInstance, record: RunRecord) -> bool:
    wanted = RunsFilter(job_name=record.dagster_run.job_name, statuses=[DagsterRunStatus.SUCCESS])
    latest = instance.get_run_records(wanted, limit=1)
    return bool(latest) and latest[0].storage_id > record.storage_id


def _cause(instance: DagsterInstance, run_id: str) -> str:
    """The error that ended the run, in one line and without the name of its class."""
    for entry in instance.all_logs(run_id, of_type=DagsterEventType.STEP_FAILURE):
        event = entry.dagster_event
        error = event.step_failure_data.error if event is not None else None
        if event is not None and error is not None:
            own = (error.cause or error).message
            text = " ".join(own.partition(": ")[2].split() or own.split())
            return f"{text[:_CAUSE]} (in the step {str(event.step_key).replace('_', ' ')})"
    for entry in instance.all_logs(run_id, of_type=DagsterEventType.RUN_FAILURE):
        event = entry.dagster_event
        if event is not None and event.message:
            return " ".join(event.message.split())[:_CAUSE]
    return "no cause was recorded"
