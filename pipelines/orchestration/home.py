"""The folder where Dagster keeps its state, made ready before anything of Dagster is imported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

_TEMPLATE = Path(__file__).with_name("dagster.yaml")


def prepare_home(settings: Settings) -> Path:
    """Creates `<home>/dagster` with its configuration and points this process and its children to it.

    Raises:
        FupinError: the folder cannot be written.
    """
    home = (settings.home / "dagster").resolve()
    configuration = home / "dagster.yaml"
    try:
        home.mkdir(parents=True, exist_ok=True)
        wanted = _TEMPLATE.read_text(encoding="utf-8")
        if not configuration.exists() or configuration.read_text(encoding="utf-8") != wanted:
            configuration.write_text(wanted, encoding="utf-8")
    except OSError as error:
        raise FupinError(f"{home}: cannot be written: {error.strerror or error}") from error
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def end_dead_runs(instance: DagsterInstance) -> None:
    """Ends runs that their process left unfinished: the queue and the pools would wait for them forever.

    Nothing of Dagster may be alive on this home.
    """
    from dagster import DagsterRunStatus, RunsFilter

    unfinished = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    for run in instance.get_runs(RunsFilter(statuses=unfinished)):
        instance.report_run_failed(run, "The process of this run ended without it.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def main() -> None:
    """Prepares the folder of this environment's settings for a daemon that is about to start; used by `make dev`."""
    from pipelines.settings import settings

    prepare_home(settings())
    from dagster import DagsterInstance

    with DagsterInstance.get() as instance:
        end_dead_runs(instance)


if __name__ == "__main__":
    main()
