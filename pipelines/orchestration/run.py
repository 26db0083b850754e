"""One run over a list of files, step by step in this process, as `fupin run` starts it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from uuid import uuid4

from pipelines.collector import collector_seldom
from pipelines.errors import FupinError
from pipelines.orchestration.context import Batch, Fupin
from pipelines.orchestration.steps import (
    build_pages,
    draw_pages,
    end_run,
    keep_bytes,
    load,
    publish_snapshot,
    put_off_pages,
    write_tables,
)
from pipelines.orchestration.work import BATCH, RawFile, children_for
from pipelines.settings import Settings

# published reports whose pages may wait for those of a later run: lists, regions and indicators are then drawn once
_UNDRAWN = 2_000


def ingest(
    settings: Settings,
    files: Sequence[RawFile],
    read: Callable[[RawFile], None],
    step: Callable[[str], None],
    far: Callable[[RawFile, str, int], None] = lambda _file, _step, _rows: None,
    *,
    again: bool = False,
) -> list[Batch]:
    """Reads, checks, loads and publishes files: the steps that Dagster's assets stand for, without Dagster.

    Where a daemon works on the home, its sensor tells Dagster what was made, see `orchestration/told.py`.

    Args:
        settings: paths and limits.
        files: new files; those outside of the landing zone are read where they lie.
        read: called after each file that was read.
        step: called with the name of each step as it begins.
        far: called while a long file is read, with the step and the row that it has got to.
        again: whether to read also what was kept out before.

    Returns:
        What the runs read and what became of it; one run per 500 reports.

    Raises:
        FupinError: the run could not be finished; the warehouse is as the last finished load left it.
    """
    warnings.filterwarnings("ignore", module="great_expectations")
    elsewhere = {file.report_id: file.path for file in files}
    # a child starts in a second of processor time, so those of one run read what the next one asks for
    sandbox = children_for(settings, keeps=True) if len(files) > BATCH else None
    fupin = Fupin(settings, elsewhere=elsewhere, progress=read, far=far, step=step, again=again, sandbox=sandbox)
    try:
        with collector_seldom():
            for start in range(0, len(files), BATCH):
                is_last = start + BATCH >= len(files)
                _run(fupin, [file.report_id for file in files[start : start + BATCH]], is_last=is_last)
    except Exception as error:
        # what was published before is shown, whatever became of the rest
        if fupin.undrawn:
            draw_pages(fupin)
        if isinstance(error, OSError):
            raise FupinError(f"{error.filename or settings.home}: {error.strerror or error}") from error
        raise
    finally:
        if sandbox is not None:
            sandbox.close()
    return fupin.finished


def _run(fupin: Fupin, reports: Sequence[str], *, is_last: bool) -> None:
    meter = fupin.meter(str(uuid4()), "cli")
    try:
        batch = fupin.batch(meter.record.run_id, reports)
        keep_bytes(fupin, batch)
        write_tables(fupin, batch, meter)
        load(fupin, batch, meter)
        publish_snapshot(fupin, meter)
        if is_last or len(fupin.undrawn) + len(batch.versions) >= _UNDRAWN:
            build_pages(fupin, batch, meter)
        else:
            put_off_pages(fupin, batch)
            end_run(fupin, batch, meter)
        fupin.batches.pop(meter.record.run_id)
    except BaseException as error:  # a run that somebody ends is no Exception
        meter.end(error)
        raise
