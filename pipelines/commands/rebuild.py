"""`fupin rebuild`: the warehouse anew from the archive, with a progress bar."""

from __future__ import annotations

import sys
import time

from pipelines.commands.output import near
from pipelines.commands.published import published
from pipelines.orchestration.kept import kept_versions
from pipelines.orchestration.renewal import TOLD, is_outdated
from pipelines.settings import Settings
from pipelines.warehouse.rebuild import rebuild as make


def renew_home(settings: Settings) -> bool:
    """Rebuilds and publishes where another version of the program has made the warehouse.

    Returns:
        False where something could not be made anew, see `rebuild`.

    Raises:
        FupinError: as `rebuild`.
    """
    if not is_outdated(settings):
        return True
    print(f"{TOLD[0].upper()}{TOLD[1:]}: it is made anew from the archive first.", file=sys.stderr)
    return rebuild(settings)


def rebuild(settings: Settings) -> bool:
    """Rebuilds and publishes, and says what was made.

    Returns:
        Whether everything that was loaded once could be loaded again, and every indicator computed.

    Raises:
        FupinError: there is nothing to rebuild from, or it could not be finished; the old warehouse stays.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    began = time.monotonic()
    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shown = Console(stderr=True)
    with published(settings, "rebuild") as meter, meter.room("loading") as room:
        with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
            task = progress.add_task("rebuilding", total=None)
            result = make(
                settings,
                lambda contents: kept_versions(settings, contents),
                lambda made, total: progress.update(task, completed=made, total=total),
            )
        room.rows_in = result.loads
    before = f", {result.resumed} of them by an interrupted rebuild" if result.resumed else ""
    print(f"Rebuilt: {result.loads} entries of the log{before}, {time.monotonic() - began:.1f} s")
    for table, cause in result.not_kept.items():
        print(f"  quality.{table} begins anew: {cause}")
    for report, cause in sorted(result.lost.items()):
        print(f"error: {report}: was loaded once and cannot be now: {cause}", file=sys.stderr)
    for line in result.broken:
        print(f"error: {line}", file=sys.stderr)
    print(f"Snapshot: {near(settings.snapshot)}")
    return not (result.lost or result.broken)
