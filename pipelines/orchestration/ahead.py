"""Reads a new report while its file lies still, so that its run finds it read.

It saves time and nothing else: the run reads what it does not find, and says what is wrong with a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread

from pipelines.errors import FupinError
from pipelines.orchestration.work import RawFile, children_for, read_files
from pipelines.publishing.decided import fingerprint_of
from pipelines.review.files import ReviewFile, read_reviews
from pipelines.settings import Settings
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.readings import reader_with

_FOLDER = "ahead"
_DAMAGED = (pickle.UnpicklingError, EOFError)
# what no run has asked for by then is no longer asked for
_KEPT_SECONDS = 600.0


class Ahead:
    """What reads ahead in this process: one file at a time, each content once.

    Attributes:
        reading: what reads now, or has read last.
    """

    def __init__(self) -> None:
        self.reading = Thread()
        self._seen: set[str] = set()
        self._begun: set[str] = set()

    def begin(self, settings: Settings, files: Sequence[RawFile]) -> None:
        """Begins to read one of these files that has the content it had at the last call; nobody waits for it."""
        contents = {file.content_hash for file in files if file.content_hash}
        self._begun &= contents  # what a run has asked for by now is asked for no more
        still, self._seen = (contents & self._seen) - self._begun, contents
        if still and not self.reading.is_alive():
            file = next(file for file in files if file.content_hash in still)
            self._begun.add(file.content_hash)
            self.reading = Thread(target=_read, args=(settings, file), daemon=True)
            self.reading.start()


def taken(settings: Settings, files: Sequence[RawFile]) -> dict[str, ReportVersion]:
    """Report → what was read ahead of just this content by the present reader; what is taken is kept no longer."""
    if not (settings.home / _FOLDER).is_dir():
        return {}
    found: dict[str, ReportVersion] = {}
    decisions, reader = read_reviews(settings.decisions), children_for(settings)
    for file in files:
        place = _place(settings, file, decisions)
        # there may be none; the other errors are those of a file that the disk has damaged
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, LookupError, *_DAMAGED):
            kept = place.read_bytes()
            place.unlink()
            version = reader.built(kept)
            if version.document.content_hash == file.content_hash:
                found[file.report_id] = version
    return found


def _read(settings: Settings, file: RawFile) -> None:
    with contextlib.suppress(FupinError, OSError):
        place = _place(settings, file, read_reviews(settings.decisions))
        place.parent.mkdir(exist_ok=True)
        for left in place.parent.iterdir():
            if time.time() - left.stat().st_mtime > _KEPT_SECONDS:
                left.unlink(missing_ok=True)
        [found] = read_files([file], settings)
        if isinstance(found, ReportVersion):
            handle, part = tempfile.mkstemp(dir=place.parent)
            with os.fdopen(handle, "wb") as written:
                pickle.dump(found, written, pickle.HIGHEST_PROTOCOL)
            Path(part).replace(place)


def _place(settings: Settings, file: RawFile, decisions: Mapping[str, ReviewFile]) -> Path:
    """Where one content of a report is kept, as a reader, decisions and a setting have it read."""
    reader = reader_with(fingerprint_of(decisions, file.report_id))
    known_by = (file.report_id, file.content_hash, reader, settings.show_people)
    return settings.home / _FOLDER / hashlib.sha256(repr(known_by).encode()).hexdigest()
