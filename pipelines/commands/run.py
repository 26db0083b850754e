"""`fupin run`: new and changed reports through the pipeline, with a progress bar and a summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from pipelines.catalog.corrections import read_decisions
from pipelines.commands.output import console, near
from pipelines.commands.published import build_elsewhere, published
from pipelines.errors import FupinError
from pipelines.orchestration.hashes import landed
from pipelines.orchestration.landing import fetch
from pipelines.orchestration.work import RawFile, new_files, printable, raw_file
from pipelines.publishing.contradictions import contradictions
from pipelines.publishing.decided import decided_otherwise
from pipelines.publishing.demanded import unreviewed
from pipelines.publishing.snapshot import (
    ensure_snapshot,
    is_snapshot_outdated,
    loaded_contents,
    open_snapshot,
    snapshot_kept_open,
)
from pipelines.publishing.summary import Summary, summary
from pipelines.reading.folders import is_report_folder, report_of
from pipelines.review.causes import read_handled
from pipelines.review.files import RULE, read_reviews
from pipelines.settings import Settings
from pipelines.warehouse.broken import Broken, broken_indicators
from pipelines.warehouse.corrections import are_applied, stale_lines
from pipelines.warehouse.history import WITHDRAWN

# contradictions between reports that one run asks about
_ASKED = 10


@snapshot_kept_open()
def run(settings: Settings, paths: Sequence[Path]) -> bool:
    """Ingests what is new; says so where nothing is.

    Args:
        settings: paths and limits.
        paths: files to look at; none means the whole landing zone. A file elsewhere is read in place, under its name.

    Returns:
        Whether every report of this run was loaded, every correction applies and every indicator was computed.

    Raises:
        FupinError: the run could not be finished.
    """
    began = time.monotonic()
    read_decisions(settings.corrections)
    read_reviews(settings.decisions)
    read_handled(settings.decisions)
    # a mistyped path is no report, so nothing about it is kept
    failures = {printable(str(path)): _absence(path) for path in paths if not _is_report(path)}
    if not paths:
        failures |= fetch(settings).refused
    files = [_raw_file(settings, path) for path in paths if _is_report(path)] if paths else landed(settings)
    ensure_snapshot(settings)
    is_whole = renewed(settings)
    reviewed = apply_reviews(settings)
    fresh = new_files(files, loaded_contents(settings))
    if fresh:
        refused = ingest_files(settings, fresh)
        with open_snapshot(settings) as connection:
            _print_summary(settings, summary(connection), len(fresh), len(refused), time.monotonic() - began)
            for line in contradictions(connection, [file.report_id for file in fresh])[:_ASKED]:
                print(f"which counts? {line}", file=sys.stderr)
        failures |= refused
    elif apply_corrections(settings) or reviewed:
        pass
    elif _statements_changed(settings):
        _compute_anew(settings, "Indicators computed")
    elif files:
        _redraw_what_is_behind(settings)
        print(f"Nothing new: {_counted(len(files))}, all known. Snapshot: {near(settings.snapshot)}")
        for report in _kept_out(settings, files):
            print(f"  still not loaded: {report} (see `fupin failures`; an edited file is tried again)")
        for report, reason in _withdrawn(settings, files):
            print(f"  withdrawn: {report}: {reason}")
    elif not paths:
        print(f"No report in {near(settings.raw)}: put a file there and run again.")
    failures |= _reread_of_gone(settings)
    _tell_of_other_readers(settings)
    for report, cause in sorted(failures.items()):
        print(f"error: {report}: {cause}", file=sys.stderr)
    lost = [
        *_lost_corrections(settings),
        *_unfit_reviews(settings),
        *(one.line for one in published_broken(settings).values()),
        *(unreviewed(settings) if settings.snapshot.exists() else ()),
    ]
    for line in lost:
        print(f"error: {line}", file=sys.stderr)
    if fresh:
        build_elsewhere(settings)
    return is_whole and not failures and not lost


def _redraw_what_is_behind(settings: Settings) -> None:
    """Draws the pages of a snapshot whose run was ended before it drew them."""
    from pipelines.publishing.site.build import is_behind, refresh_site

    if is_behind(settings) and isinstance(built := refresh_site(settings), str):
        print(f"warning: {built}", file=sys.stderr)


def renewed(settings: Settings) -> bool:
    """Makes the warehouse of an earlier version anew; whether nothing was lost by that."""
    if not is_snapshot_outdated(settings):
        return True
    from pipelines.commands.rebuild import renew_home

    return renew_home(settings)


def _compute_anew(settings: Settings, done: str) -> None:
    """What stands on the loaded facts, without a report."""
    from pipelines.warehouse.load import load_versions

    with published(settings, "cli") as meter, meter.room("loading"):
        load_versions(settings, ())
    print(f"{done} anew. Snapshot: {near(settings.snapshot)}")


def _tell_of_other_readers(settings: Settings) -> None:
    """Says after an upgrade what it would change, before the night loads it."""
    from pipelines.orchestration.rereading import stale_contents

    stale = stale_contents(settings) if settings.snapshot.exists() else []
    if not stale:
        return
    from pipelines.orchestration.foretold import foretold, lines_of

    print(f"Read by another reader or catalogue: {_counted(len(stale))}")
    try:
        for line in lines_of(foretold(settings, stale)):
            print(f"  {line}")
    except (FupinError, OSError) as error:
        print(f"  what the present reader would change cannot be told: {error}")
    print("  The night loads all of it, and so does `fupin rerun --all` at once, `fupin rerun REPORT` some, and")
    print("  `fupin rerun --all --hold` none; `fupin rerun --all --dry-run` tells every change.")


def _reread_of_gone(settings: Settings) -> dict[str, str]:
    """Reads reports again that used an entry which the catalogue has no more; report → why one could not be read."""
    from pipelines.orchestration.rereading import reread
    from pipelines.warehouse.dimensions import contents_of_gone

    if not (settings.snapshot.exists() and settings.warehouse.exists()):
        return {}
    with open_snapshot(settings) as connection:
        contents = contents_of_gone(connection)
    if not contents:
        return {}
    with published(settings, "rerun") as meter, meter.room("reading"):
        result = reread(settings, contents)
        meter.record.reports_read, meter.record.reports_loaded = len(contents), len(result.changed)
        meter.record.reports_unchanged, meter.record.reports_kept_out = len(result.same), len(result.lost)
    print(
        f"Read again, for the catalogue has no more what {_counted(len(contents))} used: "
        f"{len(result.changed)} loaded anew."
    )
    return {report: f"{cause}; what was loaded stays" for report, cause in result.lost.items()}


def apply_corrections(settings: Settings) -> bool:
    """Computes the indicators anew where they stand on other corrections than the files hold; whether they did.

    A snapshot whose warehouse is gone is left to its readers: nothing could be published in its place.
    """
    if not (settings.snapshot.exists() and settings.warehouse.exists()):
        return False
    with open_snapshot(settings) as connection:
        if are_applied(connection, read_decisions(settings.corrections)):
            return False
    _compute_anew(settings, "Corrections applied")
    return True


def apply_reviews(settings: Settings) -> bool:
    """Reads reports again whose decisions are others than when they were loaded; whether there were any."""
    if not (settings.snapshot.exists() and settings.warehouse.exists()):
        return False
    contents = decided_otherwise(settings)
    if not contents:
        return False
    from pipelines.orchestration.rereading import reread

    with published(settings, "review") as meter, meter.room("reading") as room:
        result = reread(settings, contents)
        room.rows_in, room.rows_out = len(contents), len(result.changed)
        meter.record.reports_read, meter.record.reports_loaded = len(contents), len(result.changed)
        meter.record.reports_unchanged, meter.record.reports_kept_out = len(result.same), len(result.lost)
    for report in result.changed:
        print(f"Decisions applied: {report}")
    for report, cause in result.lost.items():
        print(f"error: {report}: {cause}; what was loaded stays", file=sys.stderr)
    print(f"Snapshot: {near(settings.snapshot)}")
    return True


def load_decisions(settings: Settings) -> bool:
    """Reads the reports again whose decisions have changed, loads and publishes; whether there was anything to load.

    Where there was nothing, the page is brought up to date, for it shows what became of root causes.

    Raises:
        WarehouseLockedError: another process is loading.
        FupinError: the disk refuses it, or a report cannot be read any more.
    """
    from pipelines.publishing.site.build import refresh_site

    reviewed = apply_reviews(settings)
    if apply_corrections(settings) or reviewed:
        return True
    refresh_site(settings)
    return False


def _unfit_reviews(settings: Settings) -> list[str]:
    """Decisions about readings that apply to nothing, one line each."""
    if not settings.snapshot.exists():
        return []
    with open_snapshot(settings) as connection:
        rows = connection.execute(
            f"SELECT message FROM quality.failing WHERE rule_code = '{RULE}' ORDER BY report_id, message"
        ).fetchall()
    return [message for (message,) in rows]


def published_broken(settings: Settings) -> dict[str, Broken]:
    """Indicators that the load behind the snapshot could not compute, by name."""
    if not settings.snapshot.exists():
        return {}
    with open_snapshot(settings) as connection:
        return broken_indicators(connection)


def _statements_changed(settings: Settings) -> bool:
    """Whether the published views and indicators were made from other statements than those of now."""
    from pipelines.warehouse.indicators import are_made_of

    if not (settings.snapshot.exists() and settings.warehouse.exists()):
        return False
    with open_snapshot(settings) as connection:
        return not are_made_of(connection, settings.sql)


def _lost_corrections(settings: Settings) -> list[str]:
    """Decisions that apply to no figure, one line each."""
    if not settings.snapshot.exists():
        return []
    with open_snapshot(settings) as connection:
        return stale_lines(connection)


def _is_report(path: Path) -> bool:
    return path.is_file() or is_report_folder(path)


def _counted(reports: int) -> str:
    return f"{reports} report{'' if reports == 1 else 's'}"


def _absence(path: Path) -> str:
    """What is there in place of a file."""
    if path.is_dir():
        return "is a folder, not a report"
    return "is no file but a pipe, a socket or a device" if path.exists() else "no such file"


def _raw_file(settings: Settings, path: Path) -> RawFile:
    landing_zone, resolved = settings.raw.resolve(), report_of(settings, path.resolve())
    below = path.parent.resolve() / path.name
    if resolved.is_relative_to(landing_zone):
        return raw_file(settings, resolved.relative_to(landing_zone).as_posix(), resolved)
    if below.is_relative_to(landing_zone):
        # a link that leads out of the landing zone, named in it and refused there
        report_id = below.relative_to(landing_zone)
        return raw_file(settings, report_id.as_posix(), settings.raw / report_id)
    return raw_file(settings, resolved.name, resolved)


def _kept_out(settings: Settings, files: Sequence[RawFile]) -> list[str]:
    with open_snapshot(settings) as connection:
        rows = connection.execute("SELECT report_id, content_hash FROM quality.quarantine").fetchall()
    known = {(file.report_id, file.content_hash) for file in files}
    return sorted(report for report, content in rows if (report, content) in known)


def _withdrawn(settings: Settings, files: Sequence[RawFile]) -> list[tuple[str, str]]:
    """Reports whose file holds a content that was withdrawn, under whatever name, with the reason."""
    with open_snapshot(settings) as connection:
        rows = connection.execute(
            f"SELECT content_hash, arg_max(retraction_reason, retracted_at) FROM core.dim_report WHERE {WITHDRAWN} "
            "GROUP BY ALL"
        ).fetchall()
    reasons = dict(rows)
    return sorted((file.report_id, reasons[file.content_hash]) for file in files if file.content_hash in reasons)


def ingest_files(settings: Settings, fresh: Sequence[RawFile], *, again: bool = False) -> dict[str, str]:
    """Runs the pipeline over files, with a progress bar.

    Args:
        settings: paths and limits.
        fresh: the files.
        again: whether to read also what was kept out before.

    Returns:
        Report → cause of those that were not loaded.

    Raises:
        FupinError: the run could not be finished.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from pipelines.orchestration.run import ingest

    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shown = Console(stderr=True)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        steps = ("starting", "reading", "checking shape", "loading", "publishing")
        task = progress.add_task("starting", total=len(fresh) + len(steps) - 1)

        def step(name: str) -> None:
            progress.update(task, description=name, advance=0 if name == "starting" else 1)

        def far(file: RawFile, name: str, rows: int) -> None:
            named = escape(Path(file.report_id).name)
            progress.update(task, description=f"{named}: {name}, {rows:,} rows")

        def read(_file: RawFile) -> None:
            progress.update(task, description="reading", advance=1)

        batches = ingest(settings, fresh, read, step, far, again=again)
    failures: dict[str, str] = {}
    for batch in batches:
        for line in batch.notes:
            print(line, file=sys.stderr)
        failures |= {unread.file.report_id: unread.cause for unread in batch.unread} | batch.missed
        if batch.summary is None:
            raise FupinError("the run ended without loading")
        failures |= batch.summary.quarantined
        for old, new in batch.summary.renamed.items():
            print(f"renamed: {old} is {new} now; its content counts under the new name", file=sys.stderr)
        for line in batch.summary.successors:
            print(f"revised: {line}", file=sys.stderr)
        if batch.page:
            print(f"warning: {batch.page}", file=sys.stderr)
    return failures


def _print_summary(settings: Settings, found: Summary, fresh: int, refused: int, seconds: float) -> None:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    left_out = f"{refused} not loaded, " if refused else ""
    table.add_row("reports", f"{found.reports}", f"{fresh - refused} new in this run, {left_out}{seconds:.1f} s")
    unread = f", {found.unread} not read" if found.unread else ""
    table.add_row(
        "figures", f"{found.figures}", f"and {found.non_figures} numbers classified as something else{unread}"
    )
    facts = ", ".join(f"{count} {name}s" for name, count in found.facts.items())
    table.add_row("facts", f"{sum(found.facts.values())}", facts)
    failing = ", ".join(
        f"{found.failing[severity]} {severity}" for severity in ("critical", "error", "warning", "info")
        if severity in found.failing
    )  # fmt: skip
    table.add_row("checks", f"{found.passing + sum(found.failing.values())}", f"failing: {failing or 'none'}")
    table.add_row("indicators", f"{found.indicators}", f"{found.values} values by region and year")
    console().print(table)
    print(f"\nSnapshot: {near(settings.snapshot)}")
    if (settings.site / "index.html").exists():
        print(f"Page: {near(settings.site / 'index.html')}")
    called = Path(sys.argv[0])
    command = "fupin" if called.name != "fupin" or called.is_absolute() else str(called)
    print("Next:")
    print(f"  {command} failures                 what does not add up, with its sentence")
    print(f'  {command} query "FROM indicator.central_share"')
    print(f"  {command} figures FILE             every figure of one report")
