"""One in-process run of the assets over a list of files, as `fupin run` starts it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Sequence

from pipelines.errors import FupinError
from pipelines.orchestration.context import Batch, Fupin
from pipelines.orchestration.home import COMMAND_LINE, command_line_turn, end_dead_runs, prepare_home
from pipelines.orchestration.work import RawFile
from pipelines.settings import Settings

# a run over more holds too much in memory
_BATCH = 500


def ingest(
    settings: Settings,
    files: Sequence[RawFile],
    read: Callable[[RawFile], None],
    step: Callable[[str], None],
    *,
    again: bool = False,
) -> list[Batch]:
    """Reads, checks, loads and publishes files through the Dagster assets.

    Args:
        settings: paths and limits.
        files: new files; those outside of the landing zone are read where they lie.
        read: called after each file that was read.
        step: called with the name of each step as it begins.
        again: whether to read also what was kept out before.

    Returns:
        What the runs read and what became of it; one run per 500 reports.

    Raises:
        FupinError: the run could not be finished; the warehouse is as the last finished load left it.
    """
    home = prepare_home(settings)
    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module=r"dagster|great_expectations")
    from dagster import DagsterInstance
    from sqlalchemy.exc import DBAPIError

    from pipelines.definitions import build_definitions
    from pipelines.orchestration.jobs import asking_for

    elsewhere = {file.report_id: file.path for file in files}
    fupin = Fupin(settings, elsewhere=elsewhere, progress=read, step=step, again=again)
    # the warehouse's own lock is enough here; a slot of a pool would outlive this process if it were killed
    job = build_definitions(fupin, pool=None).resolve_job_def("ingest")
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    try:
        with command_line_turn(home, settings.lock_timeout_seconds), DagsterInstance.get() as instance:
            end_dead_runs(instance, COMMAND_LINE)
            for start in range(0, len(files), _BATCH):
                asked = asking_for([file.report_id for file in files[start : start + _BATCH]])
                job.execute_in_process(instance=instance, tags=COMMAND_LINE, run_config=quiet | asked)
    except OSError as error:
        raise FupinError(f"{error.filename or settings.home}: {error.strerror or error}") from error
    except DBAPIError as error:
        raise FupinError(f"{home}: the state of runs cannot be written: {error.orig}; is the disk full?") from error
    return fupin.finished
