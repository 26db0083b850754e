"""The documents of report versions, read again from the archive in guarded child processes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pipelines.errors import ReportError
from pipelines.publishing.site.data import Version
from pipelines.reading.document import Document
from pipelines.settings import Settings

# the child is busy for long with many files; a second one is worth its start
_SHARED_FROM = 8


def read_originals(settings: Settings, versions: Sequence[Version]) -> dict[int, Document]:
    """Version key → its document, people masked; without those that the archive lacks, or that cannot be read any more.

    Raises:
        FupinError: no child process can be started.
    """
    found: dict[int, Document] = {}
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for number, version in enumerate(versions):
            # the reader takes hints from the ending, which the archive does not keep
            path = Path(folder) / f"{number}{Path(version.report_id).suffix}"
            try:
                shutil.copyfile(settings.archive / version.content_hash[:2] / version.content_hash, path)
            except OSError:
                continue
            copies.append((version, path))
        if not copies:
            return found
        from pipelines.reading.sandbox import Sandbox

        task = (
            "pipelines.reading.read:read_document" if settings.show_people else "pipelines.versions.read:read_to_show"
        )
        sandbox = Sandbox(task, Document, settings)
        children = settings.processes if len(copies) >= _SHARED_FROM else 1
        read = sandbox.read_all([(path, version.report_id) for version, path in copies], children, lambda _index: None)
        for (version, _), result in zip(copies, read, strict=True):
            if not isinstance(result, ReportError) and result.content_hash == version.content_hash:
                found[version.key] = result
    return found
