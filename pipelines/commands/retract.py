"""`fupin retract` and `fupin supersede`: withdraw a report from everything that counts, or take that back."""

from __future__ import annotations

from pipelines.commands.correct import decider
from pipelines.commands.output import near
from pipelines.commands.published import published
from pipelines.errors import FupinError
from pipelines.orchestration.rereading import current_contents
from pipelines.settings import Settings
from pipelines.warehouse.retract import Decision, Outcome
from pipelines.warehouse.retract import retract as change


def retract(
    settings: Settings, report_id: str, number: int | None, reason: str | None, by: str | None, *, undo: bool
) -> None:
    """Decides, publishes the snapshot, and prints what counts now.

    Raises:
        FupinError: no reason is given, or there is nothing to withdraw or to take back.
    """
    if not undo and not (reason or "").strip():
        raise FupinError(f'{report_id}: say why with --reason "…"; it is kept beside the report')
    decision = Decision((reason or "").strip() or "taken back", by or decider(settings))
    with published(settings, "retract") as meter, meter.room("loading"):
        outcome = change(settings, report_id, number, decision, undo=undo)
    print(_told(report_id, outcome, undo=undo))
    print(f"Snapshot: {near(settings.snapshot)}")


def supersede(settings: Settings, old: str, new: str, by: str | None) -> None:
    """Withdraws a report in favour of its revision, publishes the snapshot, and prints what counts now.

    Raises:
        FupinError: one of them does not count, or both are the same; nothing changed.
    """
    current = {report for report, _ in current_contents(settings)}
    for report in (old, new):
        if report not in current:
            raise FupinError(f"{report}: no version of such a report counts; `fupin query` shows core.dim_report")
    if old == new:
        raise FupinError(f"{old}: cannot take its own place; an edited file does so by itself")
    decision = Decision(f"superseded by {new}", by or decider(settings))
    with published(settings, "retract") as meter, meter.room("loading"):
        outcome = change(settings, old, None, decision, undo=False)
    print(f"{old}: version {outcome.version_no} is withdrawn; {new} counts in its place")
    print(f'  `fupin retract "{old}" --undo` takes this back')
    print(f"Snapshot: {near(settings.snapshot)}")


def _told(report_id: str, outcome: Outcome, *, undo: bool) -> str:
    """What happened, and what to do if something else was meant."""
    number = outcome.version_no
    counts = f"version {outcome.current_no} counts" if outcome.current_no else "no version of it counts"
    if undo:
        return f"{report_id}: version {number} is no longer withdrawn; {counts} now"
    if not outcome.counted:
        return f"{report_id}: version {number} is withdrawn; it did not count before, and {counts} now"
    line = f"{report_id}: version {number} is withdrawn; {counts} now"
    if outcome.others:
        line += (
            f"\n  version {outcome.others[-1]} stays replaced; "
            "to have it count again, put its file into raw/ and run again"
        )
    return line + "\n  a new or edited file is loaded as a new version; `fupin retract --undo` takes this back"
