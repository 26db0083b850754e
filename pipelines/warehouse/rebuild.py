"""Makes the warehouse anew from the archive, beside the old one: the log is replayed, load by load, with its times.

Each load is one transaction of the new file, which holds the log as far as it has come; a rebuild that was killed goes
on from there. What people decided stands in the log, what was told stands in the old file and is carried over.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.settings import Settings
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.across import refresh_across
from pipelines.warehouse.broken import without_failing
from pipelines.warehouse.carry import CARRIED, carry_over
from pipelines.warehouse.connection import attached, transaction, writer_lock
from pipelines.warehouse.dimensions import load_dimensions
from pipelines.warehouse.history import current_versions, log_versions, next_moment, next_number
from pipelines.warehouse.keys import key
from pipelines.warehouse.literals import quoted
from pipelines.warehouse.manifest import CORRECTION_KINDS, Entry, entry_version, log_entries, read_manifest
from pipelines.warehouse.old_log import remember_old_log
from pipelines.warehouse.retract import Decision, mark_restored, mark_retracted
from pipelines.warehouse.rows import insert
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.settle import settle
from pipelines.warehouse.touched import touched_by
from pipelines.warehouse.validation_history import record_versions
from pipelines.warehouse.versions import insert_versions, record_quarantine

if TYPE_CHECKING:
    import duckdb

Content = tuple[str, str]
# report id and content hash → the version, validated, or why it cannot be loaded any more
Reader = Callable[[Sequence[Content]], Mapping[Content, ReportVersion | str]]
_CHUNK = 64


@dataclass(slots=True)
class Rebuilt:
    """What became of a rebuild.

    Attributes:
        loads: how many changes of the log there are.
        resumed: how many of them an earlier, interrupted rebuild had made.
        lost: report and cause of contents that were loaded once and cannot be any more.
        not_kept: tables of the old warehouse that could not be carried over, each with the reason.
        broken: indicators that could not be computed, one line each with file and cause.
    """

    loads: int = 0
    resumed: int = 0
    lost: dict[str, str] = field(default_factory=dict)
    not_kept: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def rebuild(settings: Settings, read: Reader, done: Callable[[int, int], None]) -> Rebuilt:
    """Makes the new warehouse and puts it in the place of the old one in one rename.

    Args:
        settings: where archive and warehouse are.
        read: reads kept contents.
        done: called with the number of entries of the log that are made, and of all.

    Returns:
        What was made and what could not be.

    Raises:
        WarehouseLockedError: another process is loading.
        FupinError: there is nothing to rebuild from, or the disk refuses it; the old warehouse stays.
        WarehouseCheckError: what was made contradicts itself; the old warehouse stays.
    """
    if settings.is_lake:
        raise FupinError(
            "a DuckLake is not rebuilt in place: load raw/ into a new one (FUPIN_LAKE_CATALOG, FUPIN_HOME)"
        )
    target = settings.home / "warehouse.rebuild.duckdb"
    with writer_lock(settings):
        is_old = remember_old_log(settings)
        entries = read_manifest(settings.archive)
        if not entries:
            raise FupinError(f"{settings.archive}: holds no history to rebuild from; run `fupin run`")
        result = Rebuilt(len(entries))
        if target.exists() and not _is_beginning(settings, target, entries):
            _remove(target)
        with attached(settings, target) as connection:
            _replay(connection, settings, read, entries, result, done)
            _finish(connection, settings, result, settings.warehouse if is_old else None)
        _remove_log(settings.warehouse)
        target.replace(settings.warehouse)
    return result


def _is_beginning(settings: Settings, target: Path, entries: Sequence[Entry]) -> bool:
    """Whether an unfinished file is a beginning of this log, made with the statements of now."""
    known = {entry["no"]: (entry["at"], entry["report"], entry["content"]) for entry in entries}
    try:
        with attached(settings, target) as connection, transaction(connection):
            apply_schema(connection, settings.sql / "schema")
            made = log_entries(connection)
    except FupinError:
        return False
    return all(known.get(entry["no"]) == (entry["at"], entry["report"], entry["content"]) for entry in made)


def _replay(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    read: Reader,
    entries: Sequence[Entry],
    result: Rebuilt,
    done: Callable[[int, int], None],
) -> None:
    with transaction(connection):
        apply_schema(connection, settings.sql / "schema")
        load_dimensions(connection)
    result.resumed = next_number(connection) - 1
    done(result.resumed, len(entries))
    rest = [entry for entry in entries if entry["no"] > result.resumed]
    loads = [list(group) for _, group in groupby(rest, key=lambda entry: entry["at"])]
    for chunk in _chunks(loads):
        wanted = {(e["report"], e["content"]) for load in chunk for e in load if e["kind"] == "loaded"}
        contents = read(sorted(wanted))
        for load in chunk:
            with transaction(connection):
                _make(connection, load, contents, result)
            done(load[-1]["no"], len(entries))


def _chunks(loads: Sequence[list[Entry]]) -> Iterator[list[list[Entry]]]:
    """Loads that are read together: as many as fill a chunk, none with two contents of one report."""
    chunk: list[list[Entry]] = []
    reports: set[str] = set()
    for load in loads:
        named = {entry["report"] for entry in load if entry["kind"] == "loaded"}
        if chunk and (named & reports or len(reports | named) > _CHUNK):
            yield chunk
            chunk, reports = [], set()
        chunk.append(load)
        reports |= named
    if chunk:
        yield chunk


def _make(
    connection: duckdb.DuckDBPyConnection,
    load: Sequence[Entry],
    contents: Mapping[Content, ReportVersion | str],
    result: Rebuilt,
) -> None:
    """One load, withdrawal or decision as it was made first."""
    owners: set[int] = set()
    for versions, group in groupby(load, key=lambda entry: isinstance(_content(contents, entry), ReportVersion)):
        entries = list(group)
        if versions:
            owners |= _make_loads(connection, entries, contents)
            continue
        for entry in entries:
            owner, moment = entry_version(entry), datetime.datetime.fromisoformat(entry["at"])
            lost = _content(contents, entry)
            if isinstance(lost, str):
                result.lost[entry["report"]] = lost
                record_quarantine(connection, [(entry["report"], entry["content"], lost)])
                _log_lost(connection, entry)
            elif not connection.execute(
                "SELECT 1 FROM core.dim_report WHERE report_version_key = ?", [owner]
            ).fetchone() or (entry["kind"] in CORRECTION_KINDS and not _make_correction(connection, entry, owner)):
                _log_lost(connection, entry)
            elif entry["kind"] == "reviewed":
                log_versions(connection, moment, "reviewed", [owner], entry["reason"], entry.get("by"))
            elif entry["kind"] not in CORRECTION_KINDS:
                decision = Decision(entry["reason"], entry["by"])
                mark = mark_retracted if entry["kind"] == "retracted" else mark_restored
                mark(connection, owner, decision, moment)
                owners.add(owner)
    if owners:
        refresh_across(connection, touched_by(connection, owners).regions)


def _content(contents: Mapping[Content, ReportVersion | str], entry: Entry) -> ReportVersion | str | None:
    """The version that an entry loads, or why there is none; None for an entry that loads nothing."""
    return contents[entry["report"], entry["content"]] if entry["kind"] == "loaded" else None


def _make_loads(
    connection: duckdb.DuckDBPyConnection,
    entries: Sequence[Entry],
    contents: Mapping[Content, ReportVersion | str],
) -> set[int]:
    """Loads versions of one moment together; gives their keys and those of the versions that they replace."""
    found = [_content(contents, entry) for entry in entries]
    versions = [version for version in found if isinstance(version, ReportVersion)]
    replaced = current_versions(connection, [entry["report"] for entry in entries]).values()
    insert_versions(connection, versions, datetime.datetime.fromisoformat(entries[0]["at"]))
    record_versions(connection, versions, is_loaded=True)
    return {*map(entry_version, entries), *replaced}


def _make_correction(connection: duckdb.DuckDBPyConnection, entry: Entry, owner: int) -> bool:
    """Enters that a value began or ceased to apply; False if the reader does not find the figure any more."""
    figure = key(owner, entry["figure"])
    if not connection.execute("SELECT 1 FROM core.fact_figure WHERE figure_key = ?", [figure]).fetchone():
        return False
    row = {"log_no": entry["no"], "logged_at": entry["at"], "log_kind": entry["kind"], "report_version_key": owner}
    values = {f"proposed_{name}": entry[name] for name in ("value", "low", "high")}
    insert(connection, "core.correction_event", [row | {"figure_key": figure} | values])
    return True


def _log_lost(connection: duckdb.DuckDBPyConnection, entry: Entry) -> None:
    """Keeps the place of an entry that cannot be made any more, so that numbers stay those of the archive."""
    row = {
        "log_no": entry["no"],
        "logged_at": entry["at"],
        "log_kind": "lost",
        "report_id": entry["report"],
        "content_hash": entry["content"],
        "report_version_key": entry_version(entry),
        "current_version_key": current_versions(connection, [entry["report"]]).get(entry["report"]),
        "reason": "cannot be made any more from what the archive keeps",
        "decided_by": None,
    }
    insert(connection, "core.version_event", [row])


def _finish(connection: duckdb.DuckDBPyConnection, settings: Settings, result: Rebuilt, old: Path | None) -> None:
    """Carries over what only the old file knows, and makes all that stands on the versions."""
    if old is not None:
        connection.execute(f"ATTACH {quoted(str(old))} AS old (READ_ONLY)")
        with transaction(connection):
            result.not_kept = {table: cause for table in CARRIED if (cause := carry_over(connection, table))}
        connection.execute("DETACH old")

    def attempt(failing: Mapping[str, str]) -> None:
        with transaction(connection):
            result.broken = [
                one.line for one in settle(connection, settings, None, next_moment(connection), failing).broken.values()
            ]

    without_failing(attempt)
    connection.execute("CHECKPOINT warehouse")


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _remove_log(path)


def _remove_log(path: Path) -> None:
    """DuckDB's log of an earlier file must not be taken for one of the new file."""
    Path(f"{os.fspath(path)}.wal").unlink(missing_ok=True)
