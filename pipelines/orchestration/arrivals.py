"""Which reports of the landing zone are to be read now: new or changed, complete, and not asked for before.

No Dagster here. What a look has to remember of earlier ones is one small text, the sensor's cursor.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipelines.orchestration.hashes import Hashes
from pipelines.orchestration.work import RawFile, new_files, raw_files, stamps
from pipelines.publishing.snapshot import Contents, ensure_snapshot, loaded_contents
from pipelines.reading.folders import SIDECAR
from pipelines.settings import Settings
from pipelines.warehouse.manifest import assert_not_lost

# a report file that came first is given time until the file that it is about is there
_ALONE_SECONDS = 60.0
_RETRY_SECONDS = 900.0
_LONGEST_RETRY_SECONDS = 86_400.0


@dataclass(slots=True)
class Asked:
    """A content that a run was asked for and that is not loaded yet.

    Attributes:
        content_hash: of the content.
        times: how often.
        at: when last, seconds since the epoch.
    """

    content_hash: str
    times: int
    at: float


@dataclass(slots=True)
class Cursor:
    """What one look hands to the next.

    Attributes:
        asked: by report.
        settling: report → what its files looked like, and since when.
        gone: loaded reports whose file is no longer there, which has been said.
        told: the end of the last run of a command of which Dagster was told, ISO 8601.
    """

    asked: dict[str, Asked] = field(default_factory=dict)
    settling: dict[str, tuple[str, float]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    told: str = ""

    @classmethod
    def parse(cls, text: str | None) -> Cursor:
        """From its text; one that cannot be understood begins anew, since what is loaded stands in the warehouse."""
        try:
            kept = json.loads(text or "{}")
            asked = {report: Asked(**one) for report, one in kept.get("asked", {}).items()}
            settling = {report: (str(seen), float(at)) for report, (seen, at) in kept.get("settling", {}).items()}
            return cls(asked, settling, list(kept.get("gone", [])), str(kept.get("told", "")))
        except (ValueError, TypeError, AttributeError):
            return cls()

    def text(self) -> str:
        """As text."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(slots=True)
class Memory:
    """What this process has seen, so that a look at thousands of unchanged files opens none of them.

    Attributes:
        hashes: of the contents of files, beside how they looked.
        contents: of the snapshot, beside how that looked.
    """

    hashes: Hashes = field(default_factory=Hashes)
    contents: tuple[object, Contents] = (None, Contents())

    def loaded(self, settings: Settings) -> Contents:
        """What the snapshot holds; opened, and published again where it is gone or damaged, only if it looks otherwise.

        Raises:
            FupinError: there is no snapshot, and nothing to publish it from.
            WarehouseLockedError: another process is loading, and will publish.
        """
        assert_not_lost(settings)
        if self.contents[0] is None or self.contents[0] != _looks(settings.snapshot):
            ensure_snapshot(settings)
            self.contents = (_looks(settings.snapshot), loaded_contents(settings))
        return self.contents[1]


def _looks(path: Path) -> tuple[int, int, int] | None:
    """Number, time and size of a file; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What one look has found.

    Attributes:
        waiting: reports to be read now, the oldest first.
        settling: those that are not complete yet.
        gone: loaded reports that have left the landing zone since the last look.
    """

    waiting: list[RawFile]
    settling: list[RawFile]
    gone: list[str]


def look(settings: Settings, memory: Memory, cursor: Cursor, is_busy: Callable[[], bool]) -> Arrivals:
    """Looks once, and keeps in the cursor what the next look has to know; `mark_asked` follows for what is requested.

    Args:
        settings: where the landing zone is.
        memory: of this process.
        cursor: changed in place.
        is_busy: whether a run that was asked for has not ended.

    Raises:
        FupinError: the landing zone is missing or cannot be listed, or the snapshot cannot be read or made.
    """
    files = raw_files(settings, memory.hashes.hash_of)
    contents = memory.loaded(settings)
    now = time.time()
    fresh = new_files(files, contents)
    _forget(cursor, fresh)
    due = [file for file in fresh if _is_due(cursor.asked.get(file.report_id), file, now, is_busy)]
    ready = [file for file in due if _is_settled(cursor, file, settings.settle_seconds, now)]
    present = {file.report_id: file.content_hash for file in files}
    gone = sorted(report for report in contents if report not in present)
    # one whose content is there under another name has not left
    hashes = set(present.values())
    named_anew = {report for report in gone if contents[report] & hashes}
    left = [report for report in gone if report not in cursor.gone and report not in named_anew]
    cursor.gone = gone
    return Arrivals(sorted(ready, key=_age), [file for file in due if file not in ready], left)


def _forget(cursor: Cursor, fresh: Sequence[RawFile]) -> None:
    """Leaves out of the cursor what is loaded or gone by now."""
    reports = {file.report_id for file in fresh}
    cursor.asked = {report: asked for report, asked in cursor.asked.items() if report in reports}
    cursor.settling = {report: seen for report, seen in cursor.settling.items() if report in reports}


def _is_due(asked: Asked | None, file: RawFile, now: float, is_busy: Callable[[], bool]) -> bool:
    """Whether to ask for a content: at once if it is new, later and later if a run has not brought it in.

    While a run may still be reading an earlier content of the report, a later one waits: it could be overtaken.
    """
    if asked is None:
        return True
    if asked.content_hash == file.content_hash:
        # a clock that was set back must not put it off for longer than the pause
        asked.at = min(asked.at, now)
        if now - asked.at < min(_RETRY_SECONDS * 2 ** (asked.times - 1), _LONGEST_RETRY_SECONDS):
            return False
    return not is_busy()


def _is_settled(cursor: Cursor, file: RawFile, settle_seconds: float, now: float) -> bool:
    """Whether a report's files have looked the same for long enough."""
    seen = stamps(file.path)
    if seen is None:
        return False
    looks = hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
    before, since = cursor.settling.get(file.report_id, ("", now))
    if before != looks or since > now:
        since = now
    cursor.settling[file.report_id] = (looks, since)
    alone = bool(file.refusal) and file.path.name.endswith(SIDECAR)
    return now - since >= (_ALONE_SECONDS if alone else settle_seconds)


def _age(file: RawFile) -> tuple[int, str]:
    try:
        return file.path.lstat().st_mtime_ns, file.report_id
    except OSError:
        return 0, file.report_id


def mark_asked(cursor: Cursor, files: Iterable[RawFile]) -> None:
    """Enters that a run was asked for."""
    now = time.time()
    for file in files:
        earlier = cursor.asked.get(file.report_id)
        again = earlier is not None and earlier.content_hash == file.content_hash
        cursor.asked[file.report_id] = Asked(file.content_hash, earlier.times + 1 if earlier and again else 1, now)
        cursor.settling.pop(file.report_id, None)


def request_name(file: RawFile, asked: Asked | None) -> str:
    """What a request for one report is called: the same for the same content put there once, however often it is asked.

    The time of the last change keeps a content apart from the same one that was replaced and has come back.
    """
    times = asked.times if asked is not None and asked.content_hash == file.content_hash else 0
    changed = max((part[2] for part in stamps(file.path) or ()), default=0)
    return f"{file.report_id}:{file.content_hash}:{changed}" + (f":{times}" if times else "")
