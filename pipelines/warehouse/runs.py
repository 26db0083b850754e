"""The record of runs: a journal beside the warehouse, which every publication copies into `quality.run`.

A run that fails, or whose process is killed, could not write into the warehouse; one line of the journal it can.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.settings import Settings
from pipelines.warehouse.rows import insert

if TYPE_CHECKING:
    import duckdb

ROOMS = ("reading", "checking", "loading", "validating", "publishing", "pages")
# as the journal outgrows this, its older half is dropped: the warehouse has it
_LARGEST = 2 * 1024 * 1024


@dataclass(slots=True)
class Room:
    """What one step of a run cost and moved.

    Attributes:
        seconds: how long it took.
        rows_in: files, figures, versions or tables that went in.
        rows_out: numbers, checks, rows or pages that came out.
    """

    seconds: float = 0.0
    rows_in: int = 0
    rows_out: int = 0


@dataclass(slots=True)
class RunRecord:
    """One run.

    Attributes:
        run_id: Dagster's id of it; a command that needs no Dagster has one of its own.
        started_by: cli, sensor, schedule or other; or the command: correct, rebuild, rerun, retract.
        started_at: ISO 8601, UTC.
        process_id: of its process.
        ended_at: ISO 8601, UTC; empty while it runs.
        outcome: running, done or failed.
        cause: why it failed, in one line.
        reports_read: files that were opened.
        reports_loaded: those with a new current version.
        reports_unchanged: those that had been loaded before.
        reports_kept_out: those that could not be read, broke a rule or are withdrawn.
        numbers_in: numbers found in what was read.
        figures_out: those read as figures.
        non_figures_out: those classified as something else.
        unread_out: those that were not read, with the cause.
        rows_loaded: rows of all fact tables.
        peak_memory_mib: of the process, or of the largest of its children.
        rooms: by name, in the order in which they began.
    """

    run_id: str
    started_by: str
    started_at: str
    process_id: int
    ended_at: str = ""
    outcome: str = "running"
    cause: str = ""
    reports_read: int = 0
    reports_loaded: int = 0
    reports_unchanged: int = 0
    reports_kept_out: int = 0
    numbers_in: int = 0
    figures_out: int = 0
    non_figures_out: int = 0
    unread_out: int = 0
    rows_loaded: int = 0
    peak_memory_mib: int = 0
    rooms: dict[str, Room] = field(default_factory=dict)

    @property
    def is_conserved(self) -> bool:
        """Whether every number that was found is a figure, has been classified as something else, or is not read."""
        return self.numbers_in == self.figures_out + self.non_figures_out + self.unread_out

    @property
    def seconds(self) -> float:
        """From its beginning to its end, with what Dagster takes; of the rooms so far as long as it runs."""
        if self.ended_at:
            began, ended = map(datetime.datetime.fromisoformat, (self.started_at, self.ended_at))
            return (ended - began).total_seconds()
        return sum(room.seconds for room in self.rooms.values())

    @property
    def is_lost(self) -> bool:
        """Whether its process is gone without having told an end."""
        if self.ended_at:
            return False
        try:
            os.kill(self.process_id, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            pass
        return False


def journal_path(settings: Settings) -> Path:
    """The journal's file."""
    return settings.home / "runs.jsonl"


def note_run(settings: Settings, record: RunRecord) -> None:
    """Adds how a run stands now; a disk that refuses it costs the record, not the run."""
    from filelock import FileLock, Timeout

    path = journal_path(settings)
    line = json.dumps(dataclasses.asdict(record), ensure_ascii=False) + "\n"
    with contextlib.suppress(OSError, Timeout):
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=5):
            if path.exists() and path.stat().st_size > _LARGEST:
                lines = path.read_bytes().splitlines(keepends=True)
                shorter = path.with_suffix(".part")
                shorter.write_bytes(b"".join(lines[len(lines) // 2 :]))
                shorter.replace(path)
            # begins a line of its own, should a killed process have left half of one
            with path.open("a+b") as file:
                if file.tell() and not _ends_line(path):
                    file.write(b"\n")
                file.write(line.encode())


def _ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def runs(settings: Settings) -> list[RunRecord]:
    """All runs of the journal, the latest last; a line that is damaged is passed over."""
    found: dict[str, RunRecord] = {}
    try:
        lines = journal_path(settings).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    for line in lines:
        try:
            entry: dict[str, Any] = json.loads(line)
            rooms = {name: Room(**room) for name, room in entry.pop("rooms").items()}
            found[str(entry["run_id"])] = RunRecord(**entry, rooms=rooms)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return sorted(found.values(), key=lambda record: record.started_at)


def sync_runs(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Copies into the warehouse what the journal tells of runs that had not ended when it was copied last.

    Args:
        connection: to the warehouse, outside of a transaction.
        settings: where the journal is.
    """
    if not connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE table_name = 'run_room' AND database_name = current_database()"
    ).fetchone():
        return
    known = connection.execute("SELECT run_id FROM quality.run WHERE ended_at IS NOT NULL").fetchall()
    ended = {row[0] for row in known}
    fresh = [record for record in runs(settings) if record.run_id not in ended]
    connection.execute("BEGIN TRANSACTION")
    try:
        _insert(connection, fresh)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _insert(connection: duckdb.DuckDBPyConnection, records: Sequence[RunRecord]) -> None:
    names = [record.run_id for record in records]
    for table in ("run", "run_room"):
        connection.execute(f"DELETE FROM quality.{table} WHERE list_contains(?::VARCHAR[], run_id)", [names])
    rows = []
    for record in records:
        row = dataclasses.asdict(record) | {"is_conserved": record.is_conserved}
        del row["process_id"], row["rooms"]
        rows.append(row | {"ended_at": record.ended_at or None, "cause": record.cause or None})
    insert(connection, "quality.run", rows)
    insert(
        connection,
        "quality.run_room",
        [
            {"run_id": record.run_id, "room": name, "room_order": number, "room_seconds": f"{room.seconds:.3f}"}
            | {"rows_in": room.rows_in, "rows_out": room.rows_out}
            for record in records
            for number, (name, room) in enumerate(record.rooms.items(), 1)
        ],
    )
