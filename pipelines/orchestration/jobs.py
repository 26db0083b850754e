"""The jobs: ingest reports, and refresh what stands on them."""

from __future__ import annotations

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
    description="Reads, checks, loads and publishes reports: one run over as many partitions as there are new files.",
)
NIGHTLY = define_asset_job(
    "refresh",
    selection=AssetSelection.groups("indicator", "published"),
    executor_def=in_process_executor,
    description="Computes all indicators and warehouse checks again and publishes the snapshot.",
)
