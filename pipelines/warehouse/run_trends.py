"""What the record of runs says of itself: runs without an end, steps that take longer than they did, lost numbers."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipelines.warehouse.runs import RunRecord

TREND_RUNS = 20
_COMPARED = 5
_SLOWER = 3
# runs that read what is new; the others take as long as there is to do
_READING = ("cli", "sensor")
# whoever decides is told at once where it cannot be done
_DECISIONS = ("correct", "retract")
# less than this is noise, however many times its median
_SECONDS = 2.0


def trend(records: Sequence[RunRecord]) -> tuple[float, float] | None:
    """Median seconds of runs over new reports, before the last 20 and of these; None where there are too few.

    Args:
        records: runs that ended well, the latest last.
    """
    reading = [one for one in records if one.started_by in _READING]
    earlier, late = reading[:-TREND_RUNS], reading[-TREND_RUNS:]
    if len(earlier) < _COMPARED:
        return None
    return median(one.seconds for one in earlier), median(one.seconds for one in late)


def run_problems(records: Sequence[RunRecord]) -> list[str]:
    """What is wrong with the latest runs, one line each.

    Args:
        records: all runs that are known, the latest last.
    """
    found = []
    for last in [one for one in records if one.started_by not in _DECISIONS][-1:]:
        named = f"the last run, of {last.started_at[:19]} by {last.started_by},"
        if last.is_lost:
            found.append(f"{named} has no end: its process is gone")
        if last.outcome == "failed":
            found.append(f"{named} failed: {last.cause}")
    return found + [
        f"the run of {one.started_at[:19]} has lost numbers: {one.numbers_in} found, {one.figures_out} figures, "
        f"{one.non_figures_out} others, {one.unread_out} not read"
        for one in records[-TREND_RUNS:]
        if not one.is_conserved
    ]


def slow_rooms(records: Sequence[RunRecord]) -> list[str]:
    """Rooms of the last run that took three times as long as in others of its kind and size, one line each.

    Args:
        records: all runs that are known, the latest last.
    """
    if not records:
        return []
    last = records[-1]
    size = max(last.reports_read, 1)
    alike = [
        one
        for one in records[:-1]
        if one.outcome == "done"
        and one.started_by == last.started_by
        and size / 2 <= max(one.reports_read, 1) <= size * 2
    ]
    found = []
    for name, room in last.rooms.items():
        others = [one.rooms[name].seconds for one in alike if name in one.rooms]
        if len(others) < _COMPARED:
            continue
        usual = median(others)
        if room.seconds > max(_SLOWER * usual, usual + _SECONDS):
            found.append(f"{name} took {room.seconds:.1f} s in the last run; {usual:.1f} s is usual")
    return found
