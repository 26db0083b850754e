"""One message about many events, in plain sentences: which report, what does not add up, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipelines.publishing.alerts.events import Event
from pipelines.publishing.failures import SEVERITIES

_ITEMS = 15
_SENTENCE = 500
_LEADS = {"new": "New", "changed": "Changed"}
_REPEATED = "An earlier attempt to send this was cut off; you may have it already."
_NOUNS = {
    "new": ("new failure", "new failures"),
    "changed": ("changed failure", "changed failures"),
    "resolved": ("resolved failure", "resolved failures"),
    "failed_run": ("failed run", "failed runs"),
    "overdue": ("overdue report", "overdue reports"),
}


@dataclass(frozen=True, slots=True)
class Digest:
    """A message: a title of one line and a body of several."""

    title: str
    body: str


def settled(events: Iterable[Event]) -> list[Event]:
    """One event per subject: what someone who heard of none of these has to know; nothing if all is as it was.

    Args:
        events: in the order in which they happened.
    """
    stories: dict[str, list[Event]] = {}
    for event in events:
        stories.setdefault(event.subject, []).append(event)
    found = []
    for story in stories.values():
        first, last = story[0], story[-1]
        if last.kind == "resolved":
            told = [] if first.kind == "new" else [last]
        elif first.kind == "resolved":
            # it went and came back before anyone was told
            same = (first.severity, first.finding) == (last.severity, last.finding)
            told = [] if same else [replace(last, kind="changed", earlier=first.finding)]
        else:
            told = [replace(last, kind=first.kind, earlier=first.earlier)]
        found += told
    return found


def digest(events: Iterable[Event], repeated: bool = False) -> Digest | None:
    """The message about events, the gravest first, with at most 15 of them written out.

    Args:
        events: not told yet, in the order in which they happened.
        repeated: whether some of them may have been told by an attempt that was cut off.

    Returns:
        None where nothing is left to tell.
    """
    items = sorted(settled(events), key=_rank)
    if not items:
        return None
    shown = items[:_ITEMS]
    paragraphs = [_REPEATED] if repeated else []
    for (_, heading, _), members in groupby(shown, key=_group):
        paragraphs.append(_paragraph(heading, list(members)))
    if len(items) > len(shown):
        paragraphs.append(f"… and {len(items) - len(shown)} more; `fupin failures` lists all that is open.")
    return Digest(_title(items), "\n\n".join(paragraphs) + "\n")


def _rank(event: Event) -> tuple[object, ...]:
    """Runs that failed, then failures by report and root cause, then what is resolved, then what is late."""
    order = ("failed_run", "new", "changed", "resolved", "overdue").index(event.kind)
    order = 1 if event.kind == "changed" else order
    gravity = SEVERITIES.index(event.severity) if event.severity in SEVERITIES else 0
    return order, gravity, event.report, len(event.root_cause), event.root_cause, event.at, event.failure_id


def _group(event: Event) -> tuple[str, str, str]:
    if event.kind in ("failed_run", "overdue", "resolved"):
        heading = {"failed_run": "Failed runs", "overdue": "Overdue reports", "resolved": "No longer failing"}
        return event.kind, heading[event.kind], ""
    heading_text = f"{event.report} – {event.severity}"
    heading_text += f", look first at {event.suspect}" if event.suspect else ""
    # what belongs to no root cause stands for itself
    return "failure", heading_text, event.root_cause or event.failure_id


def _paragraph(heading: str, members: Sequence[Event]) -> str:
    first = members[0]
    lines = [heading]
    if first.kind in ("new", "changed") and first.sentence:
        lines.append(f"  The report says [{first.place}]: “{excerpt(first.sentence, first.suspect)}”")
    lines += [f"  - {_line(event)}" for event in members]
    for advice in dict.fromkeys(_advice(event) for event in members):
        if advice:
            lines.append(f"  What to do: {advice}")
    return "\n".join(lines)


def _line(event: Event) -> str:
    if event.kind in ("failed_run", "overdue"):
        return event.finding
    if event.kind == "resolved":
        return f"{event.report}: {event.finding} ({event.failure_id})"
    earlier = f" Before: {event.earlier}" if event.earlier else ""
    return f"{_LEADS[event.kind]}: {event.finding}{earlier} ({event.failure_id})"


def _advice(event: Event) -> str:
    if event.suggestion or event.kind not in ("new", "changed"):
        return event.suggestion
    compared = event.suspect or "the figures"
    return (
        f"Compare {compared} with the original. If the report itself is wrong, ask its office for a corrected one and "
        "put it into raw/."
    )


def excerpt(sentence: str, suspect: str) -> str:
    """A long sentence cut down to the part around the suspect figure, between words where it has any."""
    if len(sentence) <= _SENTENCE:
        return sentence
    middle = max(sentence.find(suspect), 0) + len(suspect) // 2
    start = min(max(middle - _SENTENCE // 2, 0), len(sentence) - _SENTENCE)
    end = start + _SENTENCE
    kept = sentence[start:end]
    if start:
        kept = "…" + re.sub(r"^[A-Za-z]{1,20}\b", "", kept).lstrip()
    if end < len(sentence):
        kept = re.sub(r"\b[A-Za-z]{1,20}$", "", kept).rstrip() + "…"
    return kept


def _title(items: Sequence[Event]) -> str:
    counts = {kind: sum(event.kind == kind for event in items) for kind in _NOUNS}
    said = {kind: f"{count} {_NOUNS[kind][count > 1]}" for kind, count in counts.items() if count}
    failures = [said[kind] for kind in ("new", "changed", "resolved") if kind in said]
    reports = len({event.report for event in items if event.report})
    parts = [said["failed_run"]] if "failed_run" in said else []
    if failures:
        parts.append(f"{', '.join(failures)} in {reports} report{'s' if reports > 1 else ''}")
    if "overdue" in said:
        parts.append(said["overdue"])
    return f"Fupin: {'; '.join(parts)}"
