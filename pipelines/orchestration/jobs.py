"""The jobs: ingest reports, and refresh what stands on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dagster import AssetSelection, DagsterRunStatus, define_asset_job, in_process_executor

# of runs that have not ended
UNFINISHED = [
    *(DagsterRunStatus.QUEUED, DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTING),
    *(DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING),
]

INGEST = define_asset_job(
    "ingest",
    selection=AssetSelection.all(),
    executor_def=in_process_executor,
    description="Reads, checks, loads and publishes reports: those that it is told, else all that are new.",
)
NIGHTLY = define_asset_job(
    "refresh",
    selection=AssetSelection.groups("indicator", "published"),
    executor_def=in_process_executor,
    description="Computes all indicators and warehouse checks again and publishes the snapshot.",
)

# the step that is told which reports a run is about
FIRST_STEP = "archive_reports"


def asking_for(reports: Sequence[str]) -> dict[str, Any]:
    """The configuration of a run over some reports."""
    return {"ops": {FIRST_STEP: {"config": {"reports": list(reports)}}}}


def reports_asked_for(run_config: Mapping[str, Any]) -> list[str] | None:
    """The reports that a run is about; None for all that are new."""
    found: list[str] | None = run_config.get("ops", {}).get(FIRST_STEP, {}).get("config", {}).get("reports")
    return found
