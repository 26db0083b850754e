"""One message about many events, in plain sentences: which report, what does not add up, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from pipelines.catalog.bilingual import Texts, bilingual
from pipelines.publishing.alerts.events import Event
from pipelines.publishing.causes import became
from pipelines.publishing.failures import SEVERITIES
from pipelines.publishing.site.messages import Words
from pipelines.review.causes import Handled

_ITEMS = 15
_SENTENCE = 500
_FILE = Path(__file__).with_name("messages.yml")
# in the order of a message; what has changed stands among what is new
_KINDS = ("failed_run", "new", "changed", "resolved", "handled", "overdue")
_FAILURES = ("new", "changed", "resolved")
_NOBODY: Mapping[str, Handled] = {}


@dataclass(frozen=True, slots=True)
class Digest:
    """A message: a title of one line and a body of several."""

    title: str
    body: str


def settled(events: Iterable[Event], handled: Mapping[str, Handled] = _NOBODY) -> list[Event]:
    """One event per subject: what someone who heard of none of these has to know; nothing if all is as it was.

    Args:
        events: in the order in which they happened.
        handled: failure id → what became of its root cause by now; what was taken back is not told.
    """
    stories: dict[str, list[Event]] = {}
    for event in events:
        stories.setdefault(event.subject, []).append(event)
    found = []
    for story in stories.values():
        first, last = story[0], story[-1]
        if last.kind == "resolved":
            told = [] if first.kind == "new" else [last]
        elif last.kind == "handled":
            told = [last] if last.failure_id in handled else []
        elif first.kind == "resolved":
            # it went and came back before anyone was told
            same = (first.severity, first.finding) == (last.severity, last.finding)
            told = [] if same else [replace(last, kind="changed", earlier=first.finding)]
        else:
            told = [replace(last, kind=first.kind, earlier=first.earlier)]
        found += told
    return found


def digest(
    events: Iterable[Event],
    repeated: bool = False,
    language: str = "en",
    handled: Mapping[str, Handled] = _NOBODY,
) -> Digest | None:
    """The message about events, the gravest first, with at most 15 of them written out.

    Args:
        events: not told yet, in the order in which they happened.
        repeated: whether some of them may have been told by an attempt that was cut off.
        language: `en` or `zh`.
        handled: failure id → what became of its root cause.

    Returns:
        None where nothing is left to tell.
    """
    items = [event.told(language) for event in sorted(settled(events, handled), key=_rank)]
    # where a failure is told, what became of its root cause stands with it
    beside = {handled[event.failure_id] for event in items if _is_open(event) and event.failure_id in handled}
    items = [event for event in items if event.kind != "handled" or handled[event.failure_id] not in beside]
    if not items:
        return None
    words = Texts(_texts(), language)
    states = {failure: became(one, Words(language)) for failure, one in handled.items()}
    shown = items[:_ITEMS]
    paragraphs = [words("repeated")] if repeated else []
    for _, members in groupby(shown, key=_group):
        paragraphs.append(_paragraph(words, list(members), states))
    if len(items) > len(shown):
        paragraphs.append(words("more", count=len(items) - len(shown)))
    return Digest(_title(words, items), "\n\n".join(paragraphs) + "\n")


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return bilingual(_FILE)


def _rank(event: Event) -> tuple[object, ...]:
    """Runs that failed, failures by report and root cause, what is resolved, what became of causes, what is late."""
    order = _KINDS.index("new" if event.kind == "changed" else event.kind)
    gravity = SEVERITIES.index(event.severity) if event.severity in SEVERITIES else 0
    return order, gravity, event.report, len(event.root_cause), event.root_cause, event.at, event.failure_id


def _group(event: Event) -> tuple[str, ...]:
    if not _is_open(event):
        return (event.kind,)
    # what belongs to no root cause stands for itself
    return "failure", event.report, event.severity, event.suspect, event.root_cause or event.failure_id


def _is_open(event: Event) -> bool:
    """Whether it tells a failure that is there to be acted on."""
    return event.kind in ("new", "changed")


def _heading(words: Texts, event: Event) -> str:
    if not _is_open(event):
        return words(f"heading.{event.kind}")
    severity = Words(words.language).of("severity", event.severity)
    if event.suspect:
        return words("heading.suspect", report=event.report, severity=severity, suspect=event.suspect)
    return words("heading.failure", report=event.report, severity=severity)


def _paragraph(words: Texts, members: Sequence[Event], states: Mapping[str, str]) -> str:
    first = members[0]
    lines = [_heading(words, first)]
    if _is_open(first) and first.sentence:
        lines.append(words("sentence", place=first.place, sentence=excerpt(first.sentence, first.suspect)))
    lines += [f"  - {_line(words, event, states)}" for event in members]
    for advice in dict.fromkeys(_advice(words, event) for event in members):
        if advice:
            lines.append(words("advice", advice=advice))
    said = [states[event.failure_id] for event in members if _is_open(event) and event.failure_id in states]
    lines += [words("became", became=one) for one in dict.fromkeys(said)]
    return "\n".join(lines)


def _line(words: Texts, event: Event, states: Mapping[str, str]) -> str:
    if event.kind in ("failed_run", "overdue"):
        return event.finding
    if event.kind == "handled":
        key = "line.handled_suspect" if event.suspect else "line.handled"
        values = {
            "report": event.report,
            "cause": event.root_cause or event.failure_id,
            "id": event.failure_id,
            "suspect": event.suspect,
        }
        return words(key, became=states[event.failure_id], **values)
    if event.kind == "resolved":
        return words("line.resolved", report=event.report, finding=event.finding, id=event.failure_id)
    if event.earlier:
        key = f"line.{event.kind}_before"
        return words(key, finding=event.finding, earlier=event.earlier, id=event.failure_id)
    return words(f"line.{event.kind}", finding=event.finding, id=event.failure_id)


def _advice(words: Texts, event: Event) -> str:
    if event.suggestion or not _is_open(event):
        return event.suggestion
    return words("advice.compare", what=event.suspect or words("advice.figures"))


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


def _title(words: Texts, items: Sequence[Event]) -> str:
    counts = {kind: sum(event.kind == kind for event in items) for kind in _KINDS}
    said = {kind: words(f"title.{kind}", count=count) for kind, count in counts.items() if count}
    failures = [said[kind] for kind in _FAILURES if kind in said]
    reports = len({event.report for event in items if event.kind in _FAILURES})
    parts = [said["failed_run"]] if "failed_run" in said else []
    if failures:
        parts.append(words("title.in_reports", failures=words("title.comma").join(failures), count=reports))
    parts += [said[kind] for kind in ("handled", "overdue") if kind in said]
    return words("title", parts=words("title.semicolon").join(parts))
