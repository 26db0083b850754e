"""Keeps the raw bytes of every report version under their content hash: from them everything can be rebuilt."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from pipelines.errors import FupinError


def archive(folder: Path, path: Path, content_hash: str) -> Path:
    """Copies a file into the archive unless its content is already there.

    Returns:
        Its place, `<first two digits>/<hash>`.

    Raises:
        FupinError: the disk refuses the copy; nothing half-written stays.
    """
    place = folder / content_hash[:2] / content_hash
    if place.exists():
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".part")
        os.close(handle)
        try:
            shutil.copyfile(path, name)
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise FupinError(f"{place.parent}: cannot be written: {error.strerror or error}") from error
    return place
