"""`fupin rebuild`: the warehouse anew from the archive, with a progress bar."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.commands.output import near
from pipelines.errors import FupinError
from pipelines.orchestration.work import RawFile, Unread, read_files
from pipelines.publishing.snapshot import publish
from pipelines.report import ReportVersion
from pipelines.settings import Settings
from pipelines.warehouse.rebuild import Content
from pipelines.warehouse.rebuild import rebuild as make


def rebuild(settings: Settings) -> bool:
    """Rebuilds and publishes, and says what was made.

    Returns:
        Whether everything that was loaded once could be loaded again.

    Raises:
        FupinError: there is nothing to rebuild from, or it could not be finished; the old warehouse stays.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    began = time.monotonic()
    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shown = Console(stderr=True)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        task = progress.add_task("rebuilding", total=None)
        result = make(
            settings,
            lambda contents: kept_versions(settings, contents),
            lambda made, total: progress.update(task, completed=made, total=total),
        )
    publish(settings)
    before = f", {result.resumed} of them by an interrupted rebuild" if result.resumed else ""
    print(f"Rebuilt: {result.loads} entries of the log{before}, {time.monotonic() - began:.1f} s")
    for table, cause in result.not_kept.items():
        print(f"  quality.{table} begins anew: {cause}")
    for report, cause in sorted(result.lost.items()):
        print(f"error: {report}: was loaded once and cannot be now: {cause}", file=sys.stderr)
    print(f"Snapshot: {near(settings.snapshot)}")
    return not result.lost


def kept_versions(settings: Settings, contents: Sequence[Content]) -> dict[Content, ReportVersion | str]:
    """Reads contents from the archive and validates their shape.

    Args:
        settings: where the archive and the suites are, and the limits of reading.
        contents: report id and content hash, at most one of each report.

    Returns:
        For each the version, or why it cannot be loaded.

    Raises:
        FupinError: no space for a copy, or no child process can be started.
    """
    from pipelines.checking.suites import has_critical, run_suites

    found: dict[Content, ReportVersion | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, (report, content) in enumerate(contents):
            # the reader takes hints from the ending, which the archive does not keep
            path = Path(folder) / f"{number}{Path(report).suffix}"
            kept = settings.archive / content[:2] / content
            try:
                shutil.copyfile(kept, path)
            except FileNotFoundError:
                found[report, content] = "the archive has not kept it"
                continue
            except OSError as error:
                raise FupinError(f"{kept}: cannot be read: {error.strerror or error}") from error
            files.append(RawFile(report, path, content))
        for file, read in zip(files, read_files(files, settings), strict=True):
            if isinstance(read, Unread):
                found[file.report_id, file.content_hash] = read.cause
            elif read.document.content_hash != file.content_hash:
                found[file.report_id, file.content_hash] = "the archive holds another content under its name"
            else:
                found[file.report_id, file.content_hash] = read
    versions = [version for version in found.values() if isinstance(version, ReportVersion)]
    outcomes = run_suites(versions, settings.expectations) if versions else {}
    for version in versions:
        results = outcomes[version.document.report_id]
        name = version.document.report_id, version.document.content_hash
        critical = next((r for r in results if r.severity == "critical" and not r.success), None)
        if has_critical(results) and critical is not None:
            found[name] = f"{critical.suite}: {critical.details}"
        else:
            found[name] = replace(version, expectations=results)
    return found
