"""The archive's copy of the log: with the kept files it is enough to make the warehouse anew.

`archive/history.jsonl` has one entry a line, in the order of their numbers. It follows the warehouse: what a load has
committed is added after it, and what a killed process left out is added by the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import FupinError
from pipelines.settings import Settings
from pipelines.warehouse.keys import key

if TYPE_CHECKING:
    import duckdb

Entry = dict[str, Any]
CORRECTION_KINDS = ("applied", "lifted")
_NEEDED = ("at", "kind", "report", "content")


def manifest_path(archive: Path) -> Path:
    """Where the copy of the log lies."""
    return archive / "history.jsonl"


def log_entries(connection: duckdb.DuckDBPyConnection, after: int = 0) -> list[Entry]:
    """The log of a warehouse in natural keys: reports and contents, a figure by its ordinal."""
    versions = connection.execute(
        "SELECT e.log_no, e.logged_at, e.log_kind, e.report_id, e.content_hash, e.reason, e.decided_by "
        "FROM core.version_event AS e WHERE e.log_no > ? ORDER BY e.log_no",
        [after],
    ).fetchall()
    corrections = connection.execute(
        "SELECT e.log_no, e.logged_at, e.log_kind, r.report_id, r.content_hash, f.figure_id, "
        "e.proposed_value, e.proposed_low, e.proposed_high FROM core.correction_event AS e "
        "JOIN core.dim_report AS r USING (report_version_key) JOIN core.fact_figure AS f USING (figure_key) "
        "WHERE e.log_no > ? ORDER BY e.log_no",
        [after],
    ).fetchall()
    entries = []
    for number, at, kind, report, content, reason, by in versions:
        entry = {"no": number, "at": at.isoformat(), "kind": kind, "report": report, "content": content}
        said = {"reason": reason, "by": by}
        entries.append(entry | {name: value for name, value in said.items() if value is not None})
    for number, at, kind, report, content, figure, *values in corrections:
        entry = {"no": number, "at": at.isoformat(), "kind": kind, "report": report, "content": content}
        named = zip(("value", "low", "high"), map(str, values), strict=True)
        entries.append(entry | {"figure": figure} | dict(named))
    return sorted(entries, key=lambda entry: entry["no"])


def entry_version(entry: Entry) -> int:
    """The key of the version that an entry is about."""
    return key("report", entry["report"], entry["content"])


def read_manifest(archive: Path) -> list[Entry]:
    """All entries of the archive's copy; a last line that a killed process left unfinished is no entry.

    Raises:
        FupinError: another line is damaged, or the file cannot be read.
    """
    path = manifest_path(archive)
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise FupinError(f"{path}: cannot be read: {error}") from error
    entries = []
    for number, line in enumerate(lines, 1):
        if not line.endswith("\n"):
            break
        try:
            entry = json.loads(line)
            entries.append({"no": int(entry["no"]), **{name: str(entry[name]) for name in _NEEDED}, **entry})
        except (ValueError, KeyError, TypeError) as error:
            raise FupinError(f"{path}: line {number} is damaged; restore the file from a copy") from error
    return entries


def sync_manifest(connection: duckdb.DuckDBPyConnection, archive: Path) -> None:
    """Adds to the archive's copy what the warehouse has logged since.

    Raises:
        FupinError: the disk refuses it; the next load tries again.
    """
    known = read_manifest(archive)
    append_entries(archive, log_entries(connection, known[-1]["no"] if known else 0))


def append_entries(archive: Path, entries: Sequence[Entry]) -> None:
    """Adds entries at the end of the archive's copy.

    Raises:
        FupinError: the disk refuses it.
    """
    if not entries:
        return
    path = manifest_path(archive)
    text = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("r+b" if path.exists() else "w+b") as file:
            # an unfinished last line is written over
            file.truncate(file.read().rfind(b"\n") + 1)
            file.seek(0, os.SEEK_END)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise FupinError(f"{path}: cannot be written: {error.strerror or error}") from error


def assert_not_lost(settings: Settings) -> None:
    """Refuses to begin an empty warehouse where the archive tells of one: what was withdrawn would come back.

    Raises:
        FupinError: names the command that makes the warehouse anew.
    """
    if settings.warehouse.exists() or not manifest_path(settings.archive).exists():
        return
    if settings.is_lake:
        raise FupinError(f"{settings.home}: has the archive of another warehouse; give the lake its own FUPIN_HOME")
    raise FupinError(f"{settings.warehouse}: is gone, but the archive is there; run `fupin rebuild` to make it anew")
