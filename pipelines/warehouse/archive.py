"""Keeps the raw bytes of every report version under their content hash: from them everything can be rebuilt."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from pipelines.errors import FupinError, ReportError
from pipelines.reading.folders import bundled, has_parts

_NO_LIMIT = 1 << 62  # it was kept when the report was read


def archive(folder: Path, path: Path, report_id: str, content_hash: str) -> Path:
    """Copies a report into the archive unless its content is already there; one of several files as one archive.

    Returns:
        Its place, `<first two digits>/<hash>`.

    Raises:
        ReportError: the file vanished or changed since it was read.
        FupinError: the disk refuses the copy; nothing half-written stays.
    """
    place = folder / content_hash[:2] / content_hash
    if place.exists():
        return place
    try:
        data = bundled(path, report_id, _NO_LIMIT) if has_parts(path) else path.read_bytes()
    except (OSError, ReportError) as error:
        raise ReportError(report_id, "vanished while it was read") from error
    if hashlib.sha256(data).hexdigest() != content_hash:
        raise ReportError(report_id, "changed while it was read")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise FupinError(f"{place.parent}: cannot be written: {error.strerror or error}") from error
    return place
