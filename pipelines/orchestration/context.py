"""What the assets share within one process: the settings, where files lie, and versions handed from step to step."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from pipelines.checking.unread import MOST_TOLD, unread_lines
from pipelines.errors import FupinError, unexpected
from pipelines.orchestration.ahead import Ahead, taken
from pipelines.orchestration.arrivals import Memory
from pipelines.orchestration.hashes import landed
from pipelines.orchestration.metering import Meter, count_reading
from pipelines.orchestration.renewal import renew
from pipelines.orchestration.work import RawFile, Unread, new_files, raw_file, read_files
from pipelines.publishing.snapshot import loaded_contents
from pipelines.reading.document import Document
from pipelines.reading.sandbox import Sandbox
from pipelines.settings import Settings
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.load import LoadSummary


@dataclass(slots=True)
class Batch:
    """What one run has read so far and what became of it.

    Attributes:
        versions: reports that could be read; let go when the run has ended.
        unread: reports that could not.
        missed: report → what happened to its file between the sensor's look and the reader's; the next look sees it.
        summary: of the load.
        page: why the page was not brought up to date; empty where it was.
        notes: what the reader says of reports, a line each: what was stated and inferred, and parts that were not read.
    """

    versions: list[ReportVersion] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    missed: dict[str, str] = field(default_factory=dict)
    summary: LoadSummary | None = None
    page: str = ""
    notes: list[str] = field(default_factory=list)

    def keep_out(self, version: ReportVersion, cause: str, meter: Meter) -> None:
        """Takes a version out; it is entered as one that could not be read, and the cause into the log."""
        document = version.document
        self.versions.remove(version)
        self.unread.append(Unread(RawFile(document.report_id, Path(document.report_id), document.content_hash), cause))
        meter.record.reports_kept_out += 1
        meter.log("checking", "report_failed", logging.ERROR, report_id=document.report_id)

    @contextmanager
    def alone(self, version: ReportVersion, doing: str, meter: Meter) -> Iterator[None]:
        """Something that is done with one version: what fails in a way that nobody foresaw costs that version only."""
        try:
            yield
        except (FupinError, MemoryError, OSError):
            raise
        except Exception as error:  # named with its place, so that a programmer finds it
            self.keep_out(version, unexpected(doing, error), meter)

    def let_go(self) -> None:
        """Keeps of the versions what is told of them, and frees the memory that they take."""
        self.notes += [line for version in self.versions for line in _notes(version)]
        self.versions = []


def _notes(version: ReportVersion) -> list[str]:
    """What is stated of a report and what was inferred beside it, and what of it was not read: parts and numbers."""
    document = version.document
    notes = [*document.unread, *unread_lines(version.reading, MOST_TOLD)]
    lines = [f"not read: {document.report_id}: {note}" for note in notes]
    lines += [f"{document.report_id}: {note}" for note in version.reading.notes]
    if not document.statement.places:
        return lines
    from pipelines.meaning.identify import origins  # few reports state anything

    found = origins(version.identity, document)
    stated = [f"{name} {value}" for name, value, how in found if how.startswith("stated in")]
    inferred = [f"{name} {value}" for name, value, how in found if how.startswith("inferred")]
    line = f"{document.report_id}: stated: {', '.join(stated)}"
    return [line + (f"; inferred: {', '.join(inferred)}" if inferred else ""), *lines]


@dataclass(slots=True)
class Fupin:
    """The resource `fupin` of every asset.

    Attributes:
        settings: paths and limits.
        elsewhere: report id → path of files that do not lie in the landing zone.
        progress: called after each file that was read.
        far: called while a long file is read, with the step and the row that it has got to.
        step: called with a few words when a step begins.
        finished: batches of runs that ended, in order.
        batches: run id → what its steps hand on; an own step that finds none reads the files anew.
        again: whether to read also what is loaded or was kept out.
        memory: what the sensor has seen of the landing zone.
        ahead: what reads files while they lie still.
        meters: run id → its measures.
        undrawn: content hash → document of a published report whose pages are not drawn yet.
        sandbox: whose children read what several runs of this process ask for; None where each starts its own.
    """

    settings: Settings
    elsewhere: dict[str, Path] = field(default_factory=dict)
    progress: Callable[[RawFile], None] = lambda _file: None
    far: Callable[[RawFile, str, int], None] = lambda _file, _step, _rows: None
    step: Callable[[str], None] = lambda _name: None
    finished: list[Batch] = field(default_factory=list)
    batches: dict[str, Batch] = field(default_factory=dict)
    again: bool = False
    memory: Memory = field(default_factory=Memory)
    ahead: Ahead = field(default_factory=Ahead)
    meters: dict[str, Meter] = field(default_factory=dict)
    undrawn: dict[str, Document] = field(default_factory=dict)
    sandbox: Sandbox[ReportVersion] | None = None

    def meter(self, run_id: str, by: str = "other") -> Meter:
        """The measures of a run, which begin with the first call."""
        if run_id not in self.meters:
            self.meters[run_id] = Meter(self.settings, run_id, by)
        return self.meters[run_id]

    def files(self, report_ids: Sequence[str]) -> list[RawFile]:
        """The files of reports as they lie there now."""
        paths = [(report, self.elsewhere.get(report, self.settings.raw / report)) for report in report_ids]
        return [raw_file(self.settings, report, path) for report, path in paths]

    def batch(self, run_id: str, report_ids: Sequence[str] | None) -> Batch:
        """The run's batch, read and validated where an earlier step of the run has not done it.

        Args:
            run_id: of the run.
            report_ids: the reports; None for all that are new.
        """
        if run_id not in self.batches:
            self.batches[run_id] = self._read(report_ids, self.meter(run_id))
        return self.batches[run_id]

    def _read(self, report_ids: Sequence[str] | None, meter: Meter) -> Batch:
        from pipelines.catalog.corrections import read_decisions
        from pipelines.review.files import read_reviews
        from pipelines.suites.kinds import import_seconds
        from pipelines.suites.reports import run_suites_apart

        # a malformed file is to stop the run before anything is written
        read_decisions(self.settings.corrections)
        read_reviews(self.settings.decisions)
        renew(self.settings)
        batch = Batch()
        self.step("reading")
        # Great Expectations takes seconds to import, in which the children read
        imported = Thread(target=import_seconds, daemon=True)
        imported.start()
        files = landed(self.settings) if report_ids is None else self.files(report_ids)
        if not self.again:
            files = new_files(files, loaded_contents(self.settings))
        for file in [file for file in files if not os.path.lexists(file.path)]:
            batch.missed[file.report_id] = "is no longer there"
            files.remove(file)
        with meter.room("reading") as room:
            early = taken(self.settings, files)
            batch.versions += early.values()
            files = [file for file in files if file.report_id not in early]
            for result in read_files(files, self.settings, self.progress, self.far, self.sandbox):
                if isinstance(result, Unread):
                    batch.unread.append(result)
                else:
                    batch.versions.append(result)
            count_reading(meter, batch.versions, batch.unread, room)
        if batch.versions:
            self.step("checking shape")
            with meter.room("checking") as room:
                imported.join()
                outcomes, failed = run_suites_apart(batch.versions, self.settings.expectations)
                for version in [one for one in batch.versions if one.document.report_id in failed]:
                    batch.keep_out(version, failed[version.document.report_id], meter)
                room.rows_in = meter.record.figures_out
                room.rows_out = sum(len(version.checks) for version in batch.versions)
            batch.versions = [version.validated(outcomes[version.document.report_id]) for version in batch.versions]
        return batch
