"""`fupin status`: report by report, what is loaded, waits, was kept out, or is no longer where it came from."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.commands.output import near
from pipelines.orchestration.daemon import watching
from pipelines.orchestration.foretold import known, lines_of
from pipelines.orchestration.hashes import landed
from pipelines.orchestration.held import held
from pipelines.orchestration.rereading import stale_contents
from pipelines.orchestration.work import UNFINISHED, new_files
from pipelines.publishing.snapshot import loaded_contents, open_snapshot
from pipelines.settings import Settings
from pipelines.warehouse.broken import broken_indicators
from pipelines.warehouse.run_trends import TREND_RUNS, trend
from pipelines.warehouse.runs import RunRecord, runs

_SHOWN = 20
_RUNS = 5


def status(settings: Settings) -> None:
    """Prints counts, and the names of reports that somebody may have to look at.

    Raises:
        FupinError: the landing zone or the snapshot cannot be read.
    """
    files = landed(settings)
    present = {file.report_id for file in files}
    waiting = [file.report_id for file in new_files(files, loaded_contents(settings))]
    coming = [path.name for path in sorted(settings.raw.rglob("*")) if path.name.lower().endswith(UNFINISHED)]
    current, kept_out, broken, stale, changes = [], [], [], 0, None
    if settings.snapshot.exists():
        with open_snapshot(settings) as connection:
            current = [row[0] for row in connection.execute(
                "SELECT report_id FROM core.dim_report WHERE is_current ORDER BY report_id"
            ).fetchall()]  # fmt: skip
            rows = set(connection.execute("SELECT report_id, content_hash FROM quality.quarantine").fetchall())
            broken = list(broken_indicators(connection))
        kept_out = [file.report_id for file in files if (file.report_id, file.content_hash) in rows]
        contents = stale_contents(settings)
        stale, changes = len(contents), known(settings, contents)
    print(f"{len(current):>6}  loaded")
    _list("waiting: `fupin run`, or the daemon, reads them", waiting)
    _list("still being written, by their names", coming)
    _list("kept out: `fupin failures` says why, `fupin rerun REPORT` tries again", kept_out)
    _list(f"loaded, but not in {near(settings.raw)}/: `fupin retract REPORT` withdraws one",
          [report for report in current if report not in present])  # fmt: skip
    _list("indicators that could not be computed: `fupin doctor` says why", broken)
    if kept_so := sorted(report for report, _ in held(settings)):
        _list("held: they keep the reading that is loaded, until `fupin rerun REPORT`", kept_so)
    print(f"{stale:>6}  read by another reader or catalogue: read again in the night, or by `fupin rerun --all`")
    for line in lines_of(changes) if changes else ():
        print(f"        {line}")
    print()
    for is_fine, line in watching(settings):
        print(f"{'' if is_fine else 'PROBLEM: '}{line}")
    _runs(runs(settings))


def _runs(records: Sequence[RunRecord]) -> None:
    """The last runs, and whether those of late take longer than those before them."""
    if not records:
        return
    print("\nlast runs             by        seconds  reports  loaded  kept out    rows  MiB")
    for one in records[-_RUNS:][::-1]:
        ending = {
            "running": "  its process is gone" if one.is_lost else "  running",
            "failed": f"  failed: {one.cause}",
        }
        print(
            f"  {one.started_at[:19].replace('T', ' ')} {one.started_by:<8} {one.seconds:>8.1f} {one.reports_read:>8} "
            f"{one.reports_loaded:>7} {one.reports_kept_out:>9} {one.rows_loaded:>7} {one.peak_memory_mib:>4}"
            f"{ending.get(one.outcome, '')}"
        )
    found = trend([one for one in records if one.outcome == "done"])
    if found:
        earlier, late = found
        print(f"  seconds per run, median: {late:.1f} of the last {TREND_RUNS}, {earlier:.1f} of those before")


def _list(what: str, reports: Sequence[str]) -> None:
    print(f"{len(reports):>6}  {what}")
    for report in reports[:_SHOWN]:
        print(f"          {report}")
    if len(reports) > _SHOWN:
        print(f"          and {len(reports) - _SHOWN} more")
