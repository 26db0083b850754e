"""What there is to tell: failed runs of commands, and changes of failures, what became of their causes, and more."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pipelines.catalog.sentences import Said, kept, retold, say
from pipelines.errors import SnapshotMissingError
from pipelines.publishing.causes import became, causes
from pipelines.publishing.failures import open_failures
from pipelines.publishing.overdue import overdue_reports
from pipelines.publishing.site.messages import Words
from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.causes import read_handled, seen_of
from pipelines.settings import Settings
from pipelines.warehouse.broken import broken_indicators
from pipelines.warehouse.runs import runs

if TYPE_CHECKING:
    import duckdb

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
Kind = Literal["new", "changed", "resolved", "handled", "failed_run", "overdue"]
_CHANGES = """
SELECT
    e.event_key, e.event_kind, epoch_us(e.event_at), e.failure_key, e.failure_id, e.severity, e.report_id,
    coalesce(e.root_cause, ''), e.suspect_text, e.place, e.sentence, e.message, e.earlier_message, e.suggestion, e.said,
    f.failure_state = 'open' AND e.event_no = max(e.event_no) OVER (PARTITION BY e.failure_key)
FROM quality.failure_event AS e
JOIN quality.failure AS f USING (failure_key)
ORDER BY e.event_at, e.failure_key, e.event_no
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell, once.

    Attributes:
        event_id: names it for all time.
        kind: what happened.
        at: when, UTC.
        subject: what it happened to; several events of one subject are told as one.
        finding: what is to be known, as a sentence.
        is_current: whether someone who hears for the first time has to know it.
        severity: of a failure.
        report: the report of a failure.
        root_cause: what it has in common with other failures of the report, or empty.
        suspect: the figure to look at first, as printed, or empty.
        place: heading or cell of the sentence.
        sentence: of the report.
        earlier: the finding before it changed, or empty.
        suggestion: what to do about it, or empty.
        failure_id: the failure's short name.
        said: finding, earlier and suggestion as data, for other languages.
    """

    event_id: str
    kind: Kind
    at: str
    subject: str
    finding: str
    is_current: bool
    severity: str = ""
    report: str = ""
    root_cause: str = ""
    suspect: str = ""
    place: str = ""
    sentence: str = ""
    earlier: str = ""
    suggestion: str = ""
    failure_id: str = ""
    said: str = ""

    def told(self, language: str) -> Event:
        """The event in another language."""
        if language == "en":
            return self
        return replace(
            self,
            finding=retold(self.said, "finding", self.finding, language),
            earlier=retold(self.said, "earlier", self.earlier, language),
            suggestion=retold(self.said, "suggestion", self.suggestion, language),
        )


def events(settings: Settings, today: datetime.date) -> list[Event]:
    """All that there is to tell, of each kind in the order in which it happened; nothing before the first run.

    Args:
        settings: where the snapshot is, and when a report is due.
        today: the day that counts for overdue reports.

    Raises:
        FupinError: the snapshot cannot be opened, or a file of decisions is malformed.
    """
    failed = failed_commands(settings)
    try:
        with open_snapshot(settings) as connection:
            overdue = _overdue(connection, today, settings.report_due_days)
            found = [*_changes(connection), *_handled(connection, settings), *_broken(connection)]
            return [*failed, *found, *overdue]
    except SnapshotMissingError:
        return failed


def failed_commands(settings: Settings) -> list[Event]:
    """Each `fupin run` that failed or was killed; one after which reports were read again is past."""
    reading = [one for one in runs(settings) if one.started_by in ("cli", "sensor")]
    last_done = max((one.ended_at for one in reading if one.outcome == "done"), default="")
    found = []
    for one in reading:
        if one.started_by != "cli" or not (one.outcome == "failed" or one.is_lost):
            continue
        at = one.ended_at or one.started_at
        cause = one.cause or say("run.lost")
        finding = say("run.failed", moment=one.started_at[:16].replace("T", " "), cause=cause)
        found.append(plain_event(f"run:{one.run_id}", "failed_run", at, finding, at > last_done, say("run.after")))
    return found


def _changes(connection: duckdb.DuckDBPyConnection) -> list[Event]:
    found = []
    for row in connection.execute(_CHANGES).fetchall():
        event_key, kind, at, failure_key, failure_id, severity, report, root_cause, suspect = row[:9]
        place, sentence, finding, earlier, suggestion, said, is_current = row[9:]
        found.append(
            Event(
                event_id=f"failure:{event_key}",
                kind=kind,
                at=(_EPOCH + datetime.timedelta(microseconds=at)).isoformat(),
                subject=f"failure:{failure_key}",
                finding=finding,
                is_current=is_current,
                severity=severity,
                report=report,
                root_cause=root_cause,
                suspect=suspect,
                place=place,
                sentence=sentence,
                earlier=earlier,
                suggestion=suggestion,
                failure_id=failure_id,
                said=_renamed(said),
            )
        )
    return found


def _handled(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[Event]:
    """What somebody has said about root causes that are open, each once."""
    handled = read_handled(settings.decisions)
    found = []
    for cause in causes(open_failures(connection), handled=handled) if handled else ():
        if cause.handled is None:
            continue
        first, name = cause.failures[0], f"cause:{seen_of(cause.handled)}"
        found.append(
            Event(
                event_id=name,
                kind="handled",
                at=cause.handled.at.astimezone(datetime.UTC).isoformat(),
                subject=f"cause:{cause.name}",
                finding=became(cause.handled, Words("en")),
                is_current=True,
                severity=first["severity"],
                report=cause.report,
                root_cause=cause.root_cause,
                suspect=first["suspect"] or "",
                failure_id=cause.name,
            )
        )
    return found


def _renamed(said: str) -> str:
    """The sentences of a row by the names that an event gives them."""
    found = json.loads(said) if said else {}
    names = {"message": "finding", "earlier_message": "earlier", "suggestion": "suggestion"}
    return json.dumps({names[name]: one for name, one in found.items() if name in names}, ensure_ascii=False)


def plain_event(name: str, kind: Kind, at: str, finding: Said, is_current: bool, advice: Said) -> Event:
    """An event that is no failure of a report, and its own subject."""
    told = kept(finding=finding, suggestion=advice)
    return Event(name, kind, at, name, finding.told(), is_current, suggestion=advice.told(), said=told)


def _broken(connection: duckdb.DuckDBPyConnection) -> list[Event]:
    """Indicators that the last load could not compute, each told once while it stays broken."""
    found = []
    for one in broken_indicators(connection).values():
        name = f"indicator:{one.name}:{one.since}"
        finding = say("indicator.failed", name=one.name, line=one.line)
        found.append(plain_event(name, "failed_run", one.since, finding, True, say("indicator.mend")))
    return found


def _overdue(connection: duckdb.DuckDBPyConnection, today: datetime.date, due_days: int) -> list[Event]:
    found = []
    for late in overdue_reports(connection, today, due_days):
        name = f"overdue:{late.region_code}:{late.series}:{late.year}"
        found.append(plain_event(name, "overdue", late.due.isoformat(), late.sentence, True, say("overdue.ask")))
    return found
