"""Whether Dagster's daemon works on a home, and whether what it should do is on: for `fupin doctor` and `status`."""

from __future__ import annotations

import datetime
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.settings import Settings

if TYPE_CHECKING:
    from dagster import DagsterInstance

# what must be on, its kind for the command that switches it on, and how long it may be silent
_WATCHED = (
    ("raw_files", "sensor", datetime.timedelta(minutes=15)),
    ("alerts", "sensor", datetime.timedelta(minutes=15)),
    ("nightly", "schedule", datetime.timedelta(hours=26)),
)
# the daemon says every half minute that it lives
_ALIVE = datetime.timedelta(minutes=3)
_BY_HAND = "new files wait for `fupin run`, and nothing is checked at night"


def watching(settings: Settings) -> list[tuple[bool, str]]:
    """What is to be said of daemon, sensors and schedule, a line each; False where something needs attention.

    A home on which no daemon works is fine: somebody may run everything by hand.
    """
    given = os.environ.get("DAGSTER_HOME")
    home = Path(given) if given else settings.home / "dagster"
    if not (home / "dagster.yaml").exists():
        return [(True, f"no daemon works here: {_BY_HAND}")]
    os.environ["DAGSTER_HOME"] = str(home.resolve())
    from dagster import DagsterInstance

    try:
        with DagsterInstance.get() as instance:
            return _said(instance)
    except Exception as error:  # whatever is wrong with Dagster's state is what the user wants to know
        return [(False, f"{home}: cannot be read: {' '.join(str(error).partition('[SQL')[0].split())[:200]}")]


def _said(instance: DagsterInstance) -> list[tuple[bool, str]]:
    beats = [beat.timestamp for beat in instance.get_daemon_heartbeats().values()]
    if not beats:
        return [(True, f"no daemon works here: {_BY_HAND}")]
    if time.time() - max(beats) > _ALIVE.total_seconds():
        return [(True, f"no daemon works here since {_moment(max(beats))}: {_BY_HAND}")]
    found = [line for name, kind, silence in _WATCHED if (line := _silent(instance, name, kind, silence))]
    names = ", ".join(name for name, _, _ in _WATCHED)
    return [(False, line) for line in found] or [(True, f"the daemon works, and {names} are on")]


def _silent(instance: DagsterInstance, name: str, kind: str, silence: datetime.timedelta) -> str:
    """Why a sensor or schedule does nothing; empty where it does.

    A home that was used from several places has one state for each; one that works is enough.
    """
    states = [state for state in instance.all_instigator_state() if state.name == name]
    signs = [_last_sign(instance, state) for state in states if state.is_running]
    last = max(signs, default=0.0)
    if time.time() - last <= silence.total_seconds():
        return ""
    if any(not state.is_running for state in states) or not states:
        mend = f"`dagster {kind} start {name} --workspace workspace.yaml`, or Dagster's pages, switch it on"
        return f"the {kind} {name} is off: {mend}" if states else f"the {kind} {name} has never ticked: see the log"
    return f"the {kind} {name} is on, but has not ticked since {_moment(last)}: see the daemon's log"


def _last_sign(instance: DagsterInstance, state: Any) -> float:  # noqa: ANN401 - its type is not public
    ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=1)
    begun = getattr(state.instigator_data, "start_timestamp", None)
    return max([float(tick.timestamp) for tick in ticks] + [float(begun or 0.0)])


def _moment(seconds: float) -> str:
    return f"{datetime.datetime.fromtimestamp(seconds, datetime.UTC):%Y-%m-%d %H:%M} UTC"
