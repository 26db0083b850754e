"""Measures a run: seconds and rows of each room, reports, numbers, memory; into the journal and the log."""

from __future__ import annotations

import datetime
import logging
import os
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.checking.unread import classified_count, unread_numbers
from pipelines.orchestration.logs import Value, log_event
from pipelines.settings import Settings
from pipelines.warehouse.runs import Room, RunRecord, note_run

if TYPE_CHECKING:
    from pipelines.orchestration.work import Unread
    from pipelines.publishing.site.build import Built
    from pipelines.versions.version import ReportVersion
    from pipelines.warehouse.load import LoadSummary

_CAUSE = 300
# what starts a run of Dagster; every other run is a command's
BY_DAGSTER = ("sensor", "schedule", "other")


class Meter:
    """The measures of one run; its record stands in the journal from the beginning on.

    Args:
        settings: where journal and log are.
        run_id: of the run.
        started_by: cli, sensor, schedule or other; or the command: correct, rebuild, rerun, retract.
    """

    def __init__(self, settings: Settings, run_id: str, started_by: str) -> None:
        self._settings = settings
        self.record = RunRecord(run_id, started_by, _now(), os.getpid())
        note_run(settings, self.record)
        self.log("run", "run_began", started_by=started_by)

    @contextmanager
    def room(self, name: str) -> Iterator[Room]:
        """Times a room; what went in and came out is entered by the caller."""
        room = self.record.rooms.setdefault(name, Room())
        began = time.monotonic()
        try:
            yield room
        finally:
            room.seconds += time.monotonic() - began
        self.log(name, "room_left", seconds=round(room.seconds, 3), rows_in=room.rows_in, rows_out=room.rows_out)

    def log(self, room: str, event: str, level: int = logging.INFO, /, **numbers: Value) -> None:
        """Logs an event of this run."""
        log_event(self._settings, room, event, level, run_id=self.record.run_id, **numbers)

    def so_far(self) -> None:
        """Notes the run as it stands, so that what is published now tells of it."""
        self.record.peak_memory_mib = _peak_memory_mib()
        note_run(self._settings, self.record)

    def end(self, error: BaseException | None = None) -> None:
        """Notes the end, once.

        Args:
            error: what the run fails with; None where it is done.
        """
        if self.record.ended_at:
            return
        self.record.ended_at = _now()
        self.record.outcome = "failed" if error else "done"
        self.record.cause = " ".join(str(error).split())[:_CAUSE] if error else ""
        self.so_far()
        if error:
            self.log("run", "run_failed", logging.ERROR, error=type(error).__name__, **numbers_of(self.record))
        else:
            self.log("run", "run_ended", **numbers_of(self.record))


def numbers_of(record: RunRecord) -> dict[str, float]:
    """What a plot over runs can show."""
    reports = ("reports_read", "reports_loaded", "reports_unchanged", "reports_kept_out")
    numbers = ("numbers_in", "figures_out", "non_figures_out", "unread_out")
    counts = {name: getattr(record, name) for name in (*reports, *numbers, "rows_loaded", "peak_memory_mib")}
    return counts | {f"seconds_{name}": round(room.seconds, 3) for name, room in record.rooms.items()}


def count_reading(meter: Meter, versions: Sequence[ReportVersion], unread: Sequence[Unread], room: Room) -> None:
    """Enters what was found in the files, and logs each."""
    record = meter.record
    record.reports_read, record.reports_kept_out = len(versions) + len(unread), len(unread)
    for version in versions:
        reading = version.reading
        figures, others, unclear = len(reading.figures), classified_count(reading), len(unread_numbers(reading))
        record.numbers_in += reading.numbers_found
        record.figures_out += figures
        record.non_figures_out += others
        record.unread_out += unclear
        report = version.document.report_id
        meter.log(
            "reading", "report_read", report_id=report, figures=figures, non_figures=others, unread_numbers=unclear
        )
    for one in unread:
        meter.log("reading", "report_not_read", logging.WARNING, report_id=one.file.report_id)
    room.rows_in, room.rows_out = record.reports_read, record.figures_out + record.non_figures_out + record.unread_out


def count_pages(room: Room, built: Built | str) -> None:
    """Enters what was built of the site; nothing where it could not be, with the cause in its stead."""
    if not isinstance(built, str):
        room.rows_in, room.rows_out = built.written + built.kept, built.written


def count_load(meter: Meter, summary: LoadSummary) -> None:
    """Enters what a load did; its validation is a room of its own."""
    record, loading = meter.record, meter.record.rooms["loading"]
    record.reports_loaded, record.reports_unchanged = len(summary.loaded), len(summary.unchanged)
    record.reports_kept_out += len(summary.quarantined) + len(summary.retracted)
    record.rows_loaded = loading.rows_out = sum(summary.rows.values())
    for report in summary.loaded:
        meter.log("loading", "report_loaded", report_id=report)
    for report in summary.quarantined:
        meter.log("loading", "report_quarantined", logging.ERROR, report_id=report)
    with meter.room("validating") as room:
        results = [result for found in summary.shape.values() for result in found]
        room.rows_in = sum(max((one.row_count for one in found), default=0) for found in summary.shape.values())
        room.rows_out = sum(not result.success for result in results)
        # it took place within the load
        room.seconds = summary.validating_seconds
        loading.seconds -= summary.validating_seconds


def started_by(tags: Mapping[str, str]) -> str:
    """What started a run of Dagster, by its tags."""
    return next((kind for kind in BY_DAGSTER if f"dagster/{kind}_name" in tags), "other")


def _peak_memory_mib() -> int:
    """Of this process or of the largest child that has ended; Linux counts in KiB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) // 1024


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat()
