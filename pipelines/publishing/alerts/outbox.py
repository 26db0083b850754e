"""What was told on which channel: claimed before it is sent and marked after, so that nothing is lost or repeated."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipelines.errors import FupinError
from pipelines.publishing.alerts.events import Event
from pipelines.settings import Settings

_FIRST_PAUSE_SECONDS = 60.0
_LONGEST_PAUSE_SECONDS = 6 * 3600.0
_TABLES = """
CREATE TABLE IF NOT EXISTS channel (
    channel TEXT PRIMARY KEY,
    failed_attempts INTEGER NOT NULL,
    next_try_at REAL NOT NULL,
    last_error TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivery (
    event_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'sent', 'passed over')),
    changed_at REAL NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (event_id, channel)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How a channel does: attempts that failed in a row, when the next one is allowed (Unix time), the last error."""

    failed_attempts: int
    next_try_at: float
    last_error: str


@dataclass(slots=True)
class Outbox:
    """The record of deliveries; one process at a time sends, so a claim that is found was left by a dead one."""

    connection: sqlite3.Connection

    def offer(self, channel: str, events: Sequence[Event], now: float) -> None:
        """Enters events that the channel has not been offered yet; they wait to be sent.

        A channel that appears for the first time is told what is current, as new, and never the history.
        """
        with self._whole():
            known = self.connection.execute("SELECT 1 FROM channel WHERE channel = ?", [channel]).fetchone()
            if known is None:
                self.connection.execute("INSERT INTO channel VALUES (?, 0, 0, '')", [channel])
            rows = []
            for event in events:
                waits = known is not None or event.is_current
                told = replace(event, kind="new", earlier="") if known is None and event.kind == "changed" else event
                content = json.dumps(asdict(told), ensure_ascii=False) if waits else ""
                rows.append((event.event_id, channel, "waiting" if waits else "passed over", now, content))
            self.connection.executemany("INSERT OR IGNORE INTO delivery VALUES (?, ?, ?, ?, ?)", rows)

    def pending(self, channel: str) -> tuple[list[Event], bool]:
        """What is not sent yet, in the order in which it happened, and whether an attempt to send some was cut off."""
        rows = self.connection.execute(
            "SELECT content, state FROM delivery WHERE channel = ? AND state IN ('waiting', 'claimed')", [channel]
        ).fetchall()
        found = [Event(**json.loads(content)) for content, _ in rows]
        return sorted(found, key=lambda event: event.at), any(state == "claimed" for _, state in rows)

    def state(self, channel: str) -> ChannelState:
        """How the channel does."""
        row = self.connection.execute(
            "SELECT failed_attempts, next_try_at, last_error FROM channel WHERE channel = ?", [channel]
        ).fetchone()
        return ChannelState(*row) if row else ChannelState(0, 0, "")

    def claim(self, channel: str, events: Sequence[Event], now: float) -> None:
        """Says that these are being sent."""
        with self._whole():
            self._mark(channel, events, "claimed", now)

    def sent(self, channel: str, events: Sequence[Event], now: float) -> None:
        """Says that these have been sent: they never are again."""
        with self._whole():
            self._mark(channel, events, "sent", now)
            self.connection.execute(
                "UPDATE channel SET failed_attempts = 0, next_try_at = 0, last_error = '' WHERE channel = ?", [channel]
            )

    def pass_over(self, channel: str, events: Sequence[Event], now: float) -> None:
        """Says that nobody has to be told of these any more."""
        with self._whole():
            self._mark(channel, events, "passed over", now)

    def failed(self, channel: str, events: Sequence[Event], error: str, now: float) -> ChannelState:
        """Says that these could not be sent: they wait, longer after every failure in a row."""
        attempts = self.state(channel).failed_attempts + 1
        pause = min(_FIRST_PAUSE_SECONDS * 2 ** min(attempts - 1, 20), _LONGEST_PAUSE_SECONDS)
        with self._whole():
            self._mark(channel, events, "waiting", now)
            self.connection.execute(
                "UPDATE channel SET failed_attempts = ?, next_try_at = ?, last_error = ? WHERE channel = ?",
                [attempts, now + pause, error, channel],
            )
        return ChannelState(attempts, now + pause, error)

    def deliveries(self, limit: int) -> list[tuple[str, str, float, Event]]:
        """Channel, state, time of the state and event; what waits before what was sent, the latest first."""
        rows = self.connection.execute(
            "SELECT channel, state, changed_at, content FROM delivery WHERE state <> 'passed over' "
            "ORDER BY state = 'sent', changed_at DESC, channel, event_id LIMIT ?",
            [limit],
        ).fetchall()
        return [(channel, state, at, Event(**json.loads(content))) for channel, state, at, content in rows]

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All statements within count together, or none of them."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def _mark(self, channel: str, events: Sequence[Event], state: str, now: float) -> None:
        self.connection.executemany(
            "UPDATE delivery SET state = ?, changed_at = ? WHERE event_id = ? AND channel = ?",
            [(state, now, event.event_id, channel) for event in events],
        )


@contextmanager
def open_outbox(settings: Settings) -> Iterator[Outbox]:
    """The outbox, for the one process that sends.

    Raises:
        FupinError: another process is sending, or the file cannot be used.
    """
    from filelock import FileLock, Timeout

    folder = settings.alerts_folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FupinError(f"{folder}: cannot be created: {error.strerror or error}") from error
    lock = FileLock(folder / "outbox.lock")
    try:
        lock.acquire(timeout=settings.lock_timeout_seconds)
    except Timeout as error:
        raise FupinError(f"{folder}: another process is sending alerts; try again when it is done") from error
    try:
        with _connected(_file(settings)) as outbox:
            yield outbox
    finally:
        lock.release()


@contextmanager
def look_into_outbox(settings: Settings) -> Iterator[Outbox]:
    """The outbox for reading, also while another process sends; an empty one before anything was sent.

    Raises:
        FupinError: the file cannot be used.
    """
    with _connected(_file(settings) if _file(settings).exists() else None) as outbox:
        yield outbox


@contextmanager
def copy_of_outbox(settings: Settings) -> Iterator[Outbox]:
    """A copy in memory: whatever is done to it is forgotten.

    Raises:
        FupinError: the file cannot be used.
    """
    with look_into_outbox(settings) as outbox, _connected(None) as copy:
        outbox.connection.backup(copy.connection)
        yield copy


def _file(settings: Settings) -> Path:
    return settings.alerts_folder / "outbox.sqlite"


@contextmanager
def _connected(path: Path | None) -> Iterator[Outbox]:
    try:
        connection = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=30)
        try:
            connection.executescript(_TABLES)
            yield Outbox(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise FupinError(f"{path or 'outbox'}: the record of alerts cannot be used: {error}") from error
