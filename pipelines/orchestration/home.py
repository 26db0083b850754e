"""The folder where Dagster keeps its state, made ready before anything of Dagster is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError, WarehouseLockedError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

COMMAND_LINE = {"fupin/started_by": "command line"}
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


@contextmanager
def command_line_turn(home: Path, seconds: float) -> Iterator[None]:
    """Lets one `fupin run` work at a time; the operating system ends the turn of a process that dies.

    Raises:
        WarehouseLockedError: another one works longer than `seconds`.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(home / "fupin_run.lock")
    try:
        lock.acquire(timeout=seconds)
    except Timeout as error:
        raise WarehouseLockedError(
            f"{home.parent}: another `fupin run` is working; gave up after {seconds:g} s"
        ) from error
    try:
        yield
    finally:
        lock.release()


def end_dead_runs(instance: DagsterInstance, tags: Mapping[str, str]) -> None:
    """Ends runs that their process left unfinished: the queue and the pools would wait for them forever.

    Args:
        instance: where they stand.
        tags: only runs with these; the caller knows that none of them is alive.
    """
    from dagster import DagsterRunStatus, RunsFilter

    unfinished = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
    for run in instance.get_runs(RunsFilter(statuses=unfinished, tags=tags)):
        instance.report_run_failed(run, "The process of this run ended without it.")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)


def main() -> None:
    """Prepares the folder of this environment's settings for a daemon that is about to start; used by `make dev`."""
    from pipelines.settings import settings

    home = prepare_home(settings())
    from dagster import DagsterInstance

    with command_line_turn(home, settings().lock_timeout_seconds), DagsterInstance.get() as instance:
        end_dead_runs(instance, {})


if __name__ == "__main__":
    main()
