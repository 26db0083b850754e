"""Root causes at the desk: what the report says, why it cannot be, what would mend it, and what became of it."""

from __future__ import annotations

import datetime
from typing import Any

from pipelines.desk.desk import Desk
from pipelines.desk.misprints import correct
from pipelines.desk.words import DeskWords
from pipelines.publishing.causes import Cause, became, cause_of, causes, proposals_of
from pipelines.publishing.failures import open_failures
from pipelines.publishing.site import numbers
from pipelines.publishing.site.letter import around, letter, publisher_of
from pipelines.publishing.site.links import cause_page
from pipelines.publishing.site.messages import Words
from pipelines.publishing.site.render import visible
from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.causes import (
    Handled,
    HandledState,
    assert_known,
    handle,
    read_handled,
    reopen,
    seen_of,
)

# so many are shown at once, the gravest first
_MOST = 200


def cause_cards(desk: Desk, report: str | None, words: DeskWords) -> list[dict[str, Any]]:
    """The open root causes of one report or of all; those that nobody has decided about first."""
    handled = read_handled(desk.settings.decisions)
    with open_snapshot(desk.settings) as connection:
        found = causes(open_failures(connection, report=report), proposals_of(connection), handled)
        found = sorted(found, key=lambda one: one.handled is not None)[:_MOST]
        publishers = {name: publisher_of(connection, name) for name in {one.report for one in found}}
    return [_card(one, publishers[one.report], words) for one in found]


def decide_cause(
    desk: Desk, failure_id: str, state: HandledState | None, by: str, reason: str, seen: str | None = None
) -> None:
    """Keeps what somebody says about a root cause; the one correction that would mend it is decided with it.

    Args:
        desk: the desk.
        failure_id: of one of its failures.
        state: what became of it; None takes back what was said, and leaves a correction as it is.
        by: who decides.
        reason: in one sentence.
        seen: `seen_of` what was shown; None overrules whatever stands.

    Raises:
        OtherDecidedError: somebody else has said something since.
        FupinError: there is no such failure, or it cannot be written.
    """
    folder = desk.settings.decisions
    with open_snapshot(desk.settings) as connection:
        cause = cause_of(connection, failure_id, read_handled(folder))
    if state is None:
        reopen(folder, cause.report, cause.ids, seen)
        return
    at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    entry = Handled(failures=cause.ids, state=state, reason=reason, by=by, at=at)
    assert_known(folder, cause.report, cause.ids, seen)
    waiting = cause.undecided
    # what was said comes last: where the desk is killed before, the cause is open still, and is decided once more
    if state != "asked" and (state == "rejected" or len(waiting) == 1):
        for one in waiting:
            why = reason or one.reason
            correct(desk, cause.report, one.figure_id, f"{one.value:f}", by=by, reason=why, status=state)
    handle(folder, cause.report, entry, seen)


def _card(cause: Cause, publisher: tuple[str, str], words: DeskWords) -> dict[str, Any]:
    language = words.language
    cause = cause.told(language)
    first = cause.failures[0]
    handled = cause.handled
    return {
        "name": cause.name,
        "seen": seen_of(handled),
        "report": cause.report,
        "cause": cause.root_cause,
        "severity": words.of("severity", first["severity"]),
        "place": visible(first["place"]),
        "sentence": [visible(part) for part in around(first["sentence"], first["suspect"])],
        "findings": [
            {
                "text": visible(one["finding"]),
                "formula": visible(one["formula"]),
                "id": one["id"],
            }
            for one in cause.failures
        ],
        "mends": [
            *(
                visible(f"{one.text} → {numbers.short(one.value, one.unit, language)}: {one.reason}")
                for one in cause.proposals
                if one.status != "rejected"
            ),
            *(visible(one["suggestion"]) for one in cause.advice),
        ],
        "became": "" if handled is None else visible(became(handled, Words(language))),
        "page": f"/{'zh/' if language == 'zh' else ''}{cause_page(cause.report, cause.name)}",
        "letter": visible(letter(cause, *publisher, language)),
    }
