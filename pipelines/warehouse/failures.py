"""Keeps the record of failures: what is new, has changed or is resolved since the last load, each told once."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipelines.warehouse.keys import key
from pipelines.warehouse.rows import Row, insert
from pipelines.warehouse.touched import Extracts

if TYPE_CHECKING:
    import duckdb

EventKind = Literal["new", "changed", "resolved"]
_FOUND = (
    *("report_id", "severity", "verdict", "rule_code", "root_cause", "message", "suggestion", "said", "formula"),
    *("check_key", "suspect_text", "place", "sentence"),
)
_SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as it stands now, or as it was found last; the fields are columns of `quality.failure`."""

    report_id: str
    severity: str
    verdict: str
    rule_code: str
    root_cause: str | None
    message: str
    suggestion: str
    said: str
    formula: str
    check_key: int | None
    suspect_text: str = ""
    place: str = ""
    sentence: str = ""

    @property
    def told(self) -> tuple[str, str, str]:
        """What a person was told; another ordinal or root cause is no change to them."""
        return self.severity, self.verdict, self.message


@dataclass(frozen=True, slots=True)
class Known:
    """A failure of the record.

    Attributes:
        failure: as it was found last.
        failure_id: its short name.
        is_open: whether it was still found then.
        events: how many changes of it have been recorded.
    """

    failure: Failure
    failure_id: str
    is_open: bool
    events: int


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to record: an event, or (without a kind) a row that only points elsewhere now."""

    failure_key: int
    kind: EventKind | None
    failure: Failure
    earlier: Failure | None = None


def changes(found: Mapping[int, Failure], known: Mapping[int, Known]) -> Iterator[Change]:
    """What differs between the failures there are and the record of them; nothing where they agree.

    Args:
        found: failures of now by key.
        known: all failures ever recorded by key.
    """
    for failure_key, failure in found.items():
        earlier = known.get(failure_key)
        if earlier is None or not earlier.is_open:
            yield Change(failure_key, "new", failure)
        elif earlier.failure.told != failure.told:
            other = earlier.failure.message != failure.message
            yield Change(failure_key, "changed", failure, earlier.failure if other else None)
        elif earlier.failure != failure:
            yield Change(failure_key, None, failure)
    for failure_key, earlier in known.items():
        if earlier.is_open and failure_key not in found:
            yield Change(failure_key, "resolved", earlier.failure)


def update_failures(connection: duckdb.DuckDBPyConnection, extracts: Extracts) -> int:
    """Brings the record of failures up to date with the current versions and what was kept out.

    Args:
        connection: to the warehouse, inside the transaction of the load that may have changed something.
        extracts: with what fails in the touched reports; failures of others stay as they are.

    Returns:
        How many events were recorded; none where nothing changed.
    """
    now = datetime.datetime.now(datetime.UTC).isoformat()
    found, known = _found(connection, extracts), _known(connection, extracts)
    pending = list(changes(found, known))
    names = {failure_key: one.failure_id for failure_key, one in known.items()}
    taken = {row[0] for row in connection.execute("SELECT failure_id FROM quality.failure").fetchall()}
    for change in pending:
        if change.failure_key not in names:
            names[change.failure_key] = _short_name(change.failure_key, taken)
            taken.add(names[change.failure_key])
    insert(connection, "quality.failure_event", [_event(c, names, known, now) for c in pending if c.kind is not None])
    unheard = [change for change in pending if change.failure_key not in known]
    insert(connection, "quality.failure", [_row(change, names, now) for change in unheard])
    _rewrite(connection, [_row(change, names, now) for change in pending if change.failure_key in known])
    connection.execute("UPDATE quality.failure SET last_seen_at = ? WHERE failure_state = 'open'", [now])
    return sum(change.kind is not None for change in pending)


def _found(connection: duckdb.DuckDBPyConnection, extracts: Extracts) -> dict[int, Failure]:
    failing = extracts.names.get("quality.failing", "quality.failing")
    rows = connection.execute(
        f"SELECT identity, identity_no, {', '.join(_FOUND)} FROM {failing} ORDER BY report_id, check_id"
    ).fetchall()
    return {
        key("failure", report, identity, number): Failure(report, *rest) for identity, number, report, *rest in rows
    }


def _known(connection: duckdb.DuckDBPyConnection, extracts: Extracts) -> dict[int, Known]:
    touched = extracts.touched
    rows = connection.execute(
        f"SELECT f.failure_key, f.failure_id, f.failure_state = 'open', e.events, {', '.join(_FOUND)} "
        "FROM quality.failure AS f "
        "JOIN (SELECT failure_key, max(event_no) AS events FROM quality.failure_event GROUP BY failure_key) AS e "
        "USING (failure_key) WHERE $reports IS NULL OR list_contains($reports::VARCHAR[], f.report_id)",
        {"reports": None if touched is None else sorted(touched.reports)},
    ).fetchall()
    return {row[0]: Known(Failure(*row[4:]), row[1], row[2], row[3]) for row in rows}


def _short_name(failure_key: int, taken: set[str]) -> str:
    """The last digits of the key, as many as tell it from the others."""
    digits = f"{failure_key:016x}"
    names = (f"F-{digits[-length:]}" for length in range(_SHORTEST_ID, len(digits) + 1))
    return next(name for name in names if name not in taken)


def _event(change: Change, names: Mapping[int, str], known: Mapping[int, Known], now: str) -> Row:
    earlier = known.get(change.failure_key)
    number = earlier.events + 1 if earlier else 1
    row = {name: getattr(change.failure, name) for name in _FOUND if name != "check_key"}
    return row | {
        "event_key": key("event", change.failure_key, number, change.kind, *change.failure.told),
        "failure_key": change.failure_key,
        "event_no": number,
        "event_kind": change.kind,
        "event_at": now,
        "failure_id": names[change.failure_key],
        "earlier_message": change.earlier.message if change.earlier else "",
        "said": _with_earlier(change),
    }


def _with_earlier(change: Change) -> str:
    """What a changed failure says as data, with what it said before."""
    if change.earlier is None or not change.earlier.said:
        return change.failure.said
    now, before = (json.loads(one.said) if one.said else {} for one in (change.failure, change.earlier))
    return json.dumps(now | {"earlier_message": before["message"]}, ensure_ascii=False, separators=(",", ":"))


def _row(change: Change, names: Mapping[int, str], now: str) -> Row:
    return {name: getattr(change.failure, name) for name in _FOUND} | {
        "failure_key": change.failure_key,
        "failure_id": names[change.failure_key],
        "failure_state": "resolved" if change.kind == "resolved" else "open",
        "first_seen_at": now,
        "changed_at": now if change.kind in ("new", "changed") else None,
        "last_seen_at": now,
        "resolved_at": now if change.kind == "resolved" else None,
    }


def _rewrite(connection: duckdb.DuckDBPyConnection, rows: list[Row]) -> None:
    """Replaces what the record says of known failures; since when they are known stays."""
    if not rows:
        return
    connection.execute("CREATE TEMP TABLE rewritten AS SELECT * FROM quality.failure LIMIT 0")
    insert(connection, "rewritten", rows)
    texts = ", ".join(f"{name} = r.{name}" for name in (*_FOUND, "failure_state", "resolved_at"))
    connection.execute(
        f"UPDATE quality.failure AS f SET {texts}, changed_at = coalesce(r.changed_at, f.changed_at) "
        "FROM rewritten AS r WHERE f.failure_key = r.failure_key"
    )
    connection.execute("DROP TABLE rewritten")
