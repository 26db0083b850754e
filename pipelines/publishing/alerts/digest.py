"""One message about many events, in plain sentences: which report, what does not add up, where, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from pipelines.catalog.bilingual import Texts, bilingual
from pipelines.publishing.alerts.events import Event
from pipelines.publishing.failures import SEVERITIES
from pipelines.publishing.site.messages import Words

_ITEMS = 15
_SENTENCE = 500
_FILE = Path(__file__).with_name("messages.yml")
_KINDS = ("new", "changed", "resolved", "failed_run", "overdue")


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


def digest(events: Iterable[Event], repeated: bool = False, language: str = "en") -> Digest | None:
    """The message about events, the gravest first, with at most 15 of them written out.

    Args:
        events: not told yet, in the order in which they happened.
        repeated: whether some of them may have been told by an attempt that was cut off.
        language: `en` or `zh`.

    Returns:
        None where nothing is left to tell.
    """
    items = [event.told(language) for event in sorted(settled(events), key=_rank)]
    if not items:
        return None
    words = Texts(_texts(), language)
    shown = items[:_ITEMS]
    paragraphs = [words("repeated")] if repeated else []
    for _, members in groupby(shown, key=_group):
        paragraphs.append(_paragraph(words, list(members)))
    if len(items) > len(shown):
        paragraphs.append(words("more", count=len(items) - len(shown)))
    return Digest(_title(words, items), "\n\n".join(paragraphs) + "\n")


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return bilingual(_FILE)


def _rank(event: Event) -> tuple[object, ...]:
    """Runs that failed, then failures by report and root cause, then what is resolved, then what is late."""
    order = ("failed_run", "new", "changed", "resolved", "overdue").index(event.kind)
    order = 1 if event.kind == "changed" else order
    gravity = SEVERITIES.index(event.severity) if event.severity in SEVERITIES else 0
    return order, gravity, event.report, len(event.root_cause), event.root_cause, event.at, event.failure_id


def _group(event: Event) -> tuple[str, ...]:
    if event.kind in ("failed_run", "overdue", "resolved"):
        return (event.kind,)
    # what belongs to no root cause stands for itself
    return "failure", event.report, event.severity, event.suspect, event.root_cause or event.failure_id


def _heading(words: Texts, event: Event) -> str:
    if event.kind not in ("new", "changed"):
        return words(f"heading.{event.kind}")
    severity = Words(words.language).of("severity", event.severity)
    if event.suspect:
        return words("heading.suspect", report=event.report, severity=severity, suspect=event.suspect)
    return words("heading.failure", report=event.report, severity=severity)


def _paragraph(words: Texts, members: Sequence[Event]) -> str:
    first = members[0]
    lines = [_heading(words, first)]
    if first.kind in ("new", "changed") and first.sentence:
        lines.append(words("sentence", place=first.place, sentence=excerpt(first.sentence, first.suspect)))
    lines += [f"  - {_line(words, event)}" for event in members]
    for advice in dict.fromkeys(_advice(words, event) for event in members):
        if advice:
            lines.append(words("advice", advice=advice))
    return "\n".join(lines)


def _line(words: Texts, event: Event) -> str:
    if event.kind in ("failed_run", "overdue"):
        return event.finding
    if event.kind == "resolved":
        return words("line.resolved", report=event.report, finding=event.finding, id=event.failure_id)
    if event.earlier:
        key = f"line.{event.kind}_before"
        return words(key, finding=event.finding, earlier=event.earlier, id=event.failure_id)
    return words(f"line.{event.kind}", finding=event.finding, id=event.failure_id)


def _advice(words: Texts, event: Event) -> str:
    if event.suggestion or event.kind not in ("new", "changed"):
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
    failures = [said[kind] for kind in ("new", "changed", "resolved") if kind in said]
    reports = len({event.report for event in items if event.report})
    parts = [said["failed_run"]] if "failed_run" in said else []
    if failures:
        parts.append(words("title.in_reports", failures=words("title.comma").join(failures), count=reports))
    if "overdue" in said:
        parts.append(said["overdue"])
    return words("title", parts=words("title.semicolon").join(parts))
