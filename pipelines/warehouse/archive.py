"""Keeps the raw bytes of every report version under their content hash: from them everything can be rebuilt."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from pipelines.errors import FupinError, ReportError


def archive(folder: Path, path: Path, report_id: str, content_hash: str) -> Path:
    """Copies a file into the archive unless its content is already there.

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
        data = path.read_bytes()
    except OSError as error:
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
