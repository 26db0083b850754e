"""Hashes of files that look as they did: no content is hashed anew without need, from look to look and run to run."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
from pathlib import Path

from pipelines.orchestration.work import RawFile, hash_of, raw_files, stamps
from pipelines.settings import Settings

# within this time of a change a file can change again and look the same
_RECENT_SECONDS = 2.0

Stamps = tuple[tuple[int, ...], ...]


class Hashes:
    """Hashes beside size, times and number of the files; one whose file looks otherwise is forgotten.

    Args:
        settings: where they are kept between runs; None to keep them in this process only.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._place = settings.home / "hashes.json" if settings else None
        self._known: dict[str, tuple[Stamps, str]] = _read(self._place) if self._place else {}
        self._asked: dict[str, tuple[Stamps, str]] = {}

    def hash_of(self, path: Path, max_bytes: int) -> str:
        """The hash of a report's content, as `work.hash_of` gives it."""
        now, name = stamps(path), str(path)
        known = self._known.get(name)
        if known is not None and known[0] == now:
            self._asked[name] = known
            return known[1]
        found = hash_of(path, max_bytes)
        # whoever sets a file's time back cannot set back that of its entry
        changed = max((moment for part in now or () for moment in part[1:3]), default=0) / 1e9
        if found and now and stamps(path) == now and time.time() - changed > _RECENT_SECONDS:
            self._known[name] = self._asked[name] = (now, found)
        return found

    def keep(self) -> None:
        """Keeps those that were asked for; a home that cannot be written costs only the time of the next look."""
        if self._place is None or self._asked == _read(self._place) or not self._place.parent.is_dir():
            return
        with contextlib.suppress(OSError):
            handle, part = tempfile.mkstemp(dir=self._place.parent, prefix=".hashes")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(self._asked, file)
            Path(part).replace(self._place)


def landed(settings: Settings) -> list[RawFile]:
    """All reports of the landing zone, as `raw_files` gives them; what looks as it did at an earlier run is not opened.

    Raises:
        FupinError: the landing zone is missing or cannot be listed.
    """
    hashes = Hashes(settings)
    files = raw_files(settings, hashes.hash_of)
    hashes.keep()
    return files


def _read(place: Path) -> dict[str, tuple[Stamps, str]]:
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        return {str(name): (tuple(map(tuple, seen)), str(found)) for name, (seen, found) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        # none yet, or not what was written
        return {}
