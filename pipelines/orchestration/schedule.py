"""When the nightly run begins."""

from __future__ import annotations

from dagster import DefaultScheduleStatus, ScheduleDefinition

from pipelines.orchestration.jobs import NIGHTLY


def build_schedule() -> ScheduleDefinition:
    """Every night all is checked, what other code would read otherwise is read again, and the snapshot is published."""
    return ScheduleDefinition(
        name="nightly",
        job=NIGHTLY,
        cron_schedule="15 2 * * *",
        execution_timezone="UTC",
        default_status=DefaultScheduleStatus.RUNNING,
    )
