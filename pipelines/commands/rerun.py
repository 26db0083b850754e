"""`fupin rerun`: reads reports again on request: loaded ones from the archive, those kept out from raw/."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pipelines.commands.output import console, near
from pipelines.commands.published import published
from pipelines.commands.run import ingest_files
from pipelines.errors import FupinError
from pipelines.orchestration.hashes import landed
from pipelines.orchestration.held import held, hold, release
from pipelines.orchestration.rereading import Reread, current_contents, reread
from pipelines.orchestration.work import RawFile
from pipelines.publishing.names import find_region
from pipelines.publishing.snapshot import ensure_snapshot, open_snapshot
from pipelines.settings import Settings
from pipelines.warehouse.rebuild import Content


def rehearsal(settings: Settings, reports: Sequence[str], region: str | None, *, everything: bool) -> bool:
    """Says what `rerun` would change, with old and new; loads nothing.

    Returns:
        Whether every report could be read.

    Raises:
        FupinError: as `rerun`.
    """
    from pipelines.orchestration.rehearsal import rehearse

    ensure_snapshot(settings)
    loaded, out = _chosen(settings, reports, region, everything=everything)
    with _progress(len(loaded)) as advance:
        found = rehearse(settings, loaded, advance)
    print(f"Read on a copy: {len(loaded)}; {len(found.reread.changed)} would be loaded anew. Nothing was loaded.")
    for label, lines in (("figures", found.figures), ("values of indicators", found.indicators)):
        if lines:
            print(f"\n{len(lines)} {label} would change:")
        for line in lines:
            print(f"  {line}")
    for file in out:
        print(f"  {file.report_id}: was kept out, and would be tried again")
    if found.reread.changed:
        print("\nTo load all of it: the same command without --dry-run; to load some: `fupin rerun REPORT …`;")
        print("to keep what is loaded: the same command with --hold in place of --dry-run")
    for report, cause in sorted(found.reread.lost.items()):
        print(f"error: {report}: {cause}; what was loaded stays", file=sys.stderr)
    return not found.reread.lost


def hold_readings(settings: Settings, reports: Sequence[str], region: str | None, *, everything: bool) -> bool:
    """Has reports keep the reading that is loaded until `rerun` names them; says which.

    Raises:
        FupinError: as `rerun`, or the disk refuses it.
    """
    ensure_snapshot(settings)
    loaded, _ = _chosen(settings, reports, region, everything=everything)
    hold(settings, loaded)
    for report, _ in loaded:
        print(f"held: {report} keeps its present reading until `fupin rerun {report}`, or until it is edited")
    return True


def rerun(settings: Settings, reports: Sequence[str], region: str | None, *, everything: bool) -> bool:
    """Reads again, loads what differs, publishes, and says what has changed.

    Args:
        settings: paths and limits.
        reports: report ids.
        region: code or name; all reports that speak for it or a place within it.
        everything: all reports, those that were kept out too.

    Returns:
        Whether every report could be read.

    Raises:
        FupinError: a report or region that is not known, or the run could not be finished.
    """
    began = time.monotonic()
    ensure_snapshot(settings)
    loaded, out = _chosen(settings, reports, region, everything=everything)
    if reports:
        release(settings, loaded)
    kept_so = held(settings) & set(loaded)
    for report, _ in sorted(kept_so):
        print(f"held, not read again: {report}")
    loaded = [one for one in loaded if one not in kept_so]
    result = Reread()
    if loaded:
        with published(settings, "rerun") as meter, meter.room("reading") as room:
            result = _reread(settings, loaded)
            room.rows_in, room.rows_out = len(loaded), len(result.changed)
            meter.record.reports_read = len(loaded)
            meter.record.reports_loaded, meter.record.reports_unchanged = len(result.changed), len(result.same)
            meter.record.reports_kept_out = len(result.lost)
    refused = ingest_files(settings, out, again=True) if out else {}
    _tell(settings, result, [file.report_id for file in out if file.report_id not in refused], began)
    for report, cause in sorted((result.lost | refused).items()):
        kept = "; what was loaded stays" if report in result.lost else ""
        print(f"error: {report}: {cause}{kept}", file=sys.stderr)
    return not result.lost and not refused


def _chosen(
    settings: Settings, reports: Sequence[str], region: str | None, *, everything: bool
) -> tuple[list[Content], list[RawFile]]:
    """Contents to be read from the archive, and files to be tried again."""
    if region is not None:
        with open_snapshot(settings) as connection:
            code = find_region(connection, region)
        found = current_contents(settings, region=code)
        if not found:
            raise FupinError(f"{region}: no loaded report speaks for this region")
        return found, []
    current = current_contents(settings)
    out = _kept_out(settings)
    if everything:
        return current, list(out.values())
    known = {report for report, _ in current} | set(out)
    for report in reports:
        if report not in known:
            raise FupinError(f"{report}: no such report is loaded or kept out; name it by its path below raw/")
    # what was kept out is the newer content of a report
    return [one for one in current if one[0] in reports and one[0] not in out], [
        file for name, file in out.items() if name in reports
    ]


def _kept_out(settings: Settings) -> dict[str, RawFile]:
    """Reports whose present file was kept out."""
    with open_snapshot(settings) as connection:
        rows = set(connection.execute("SELECT report_id, content_hash FROM quality.quarantine").fetchall())
    return {file.report_id: file for file in landed(settings) if (file.report_id, file.content_hash) in rows}


def _reread(settings: Settings, contents: Sequence[Content]) -> Reread:
    with _progress(len(contents)) as advance:
        return reread(settings, contents, advance)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, moved on by the number of reports that are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("reading again"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shown = Console(stderr=True)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        task = progress.add_task("", total=total)
        yield lambda count: progress.advance(task, count)


def _tell(settings: Settings, result: Reread, mended: Sequence[str], began: float) -> None:
    read = len(result.same) + len(result.changed) + len(result.lost) + len(mended)
    console().print(
        f"Read again: {read}; {len(result.changed)} read differently and loaded anew, {len(result.same)} the same, "
        f"{time.monotonic() - began:.1f} s",
        highlight=False,
    )
    for label, names in (
        ("loaded anew", result.changed),
        ("loaded now", mended),
        ("Parquet files written anew", result.mended),
    ):
        for name in names:
            print(f"  {label}: {name}")
    print(f"Snapshot: {near(settings.snapshot)}")
