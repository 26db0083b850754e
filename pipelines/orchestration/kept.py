"""Reads again what the archive keeps: for a warehouse made anew, and for reports that other code may read otherwise."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.errors import FupinError
from pipelines.orchestration.work import RawFile, Unread, read_files
from pipelines.settings import Settings
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.rebuild import Content


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
    return validated(settings, kept_readings(settings, contents))


def kept_readings(settings: Settings, contents: Sequence[Content]) -> dict[Content, ReportVersion | str]:
    """Reads contents from the archive; arguments, result and errors are those of `kept_versions`, without suites."""
    found: dict[Content, ReportVersion | str] = {}
    with tempfile.TemporaryDirectory() as folder:
        files: dict[Content, RawFile] = {}
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
            files[report, content] = RawFile(report, path, "")
        for name, read in zip(files, read_files(list(files.values()), settings), strict=True):
            if isinstance(read, Unread):
                found[name] = read.cause
            elif read.document.content_hash != name[1]:
                found[name] = "the archive holds another content under its name"
            else:
                found[name] = read
    return found


def validated(settings: Settings, found: Mapping[Content, ReportVersion | str]) -> dict[Content, ReportVersion | str]:
    """Runs the suites over what was read; a version that fails a critical expectation becomes the reason for it."""
    from pipelines.suites.reports import has_critical, run_suites_apart

    result = dict(found)
    versions = [version for version in found.values() if isinstance(version, ReportVersion)]
    outcomes, failed = run_suites_apart(versions, settings.expectations) if versions else ({}, {})
    for version in versions:
        if version.document.report_id in failed:
            result[version.document.report_id, version.document.content_hash] = failed[version.document.report_id]
            continue
        results = outcomes[version.document.report_id]
        name = version.document.report_id, version.document.content_hash
        critical = next((r for r in results if r.severity == "critical" and not r.success), None)
        if has_critical(results) and critical is not None:
            result[name] = f"{critical.suite}: {critical.details}"
        else:
            result[name] = replace(version, expectations=results)
    return result
