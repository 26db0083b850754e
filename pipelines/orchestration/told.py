"""Tells Dagster what commands have made: `fupin run` and its like work without it, and note each run in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dagster import AssetKey, AssetMaterialization

from pipelines.orchestration.assets.keys import CORE, RAW, SITE, SNAPSHOT, TABLES
from pipelines.orchestration.metering import BY_DAGSTER, numbers_of
from pipelines.settings import Settings
from pipelines.warehouse.runs import RunRecord, runs

# what a room makes
_MADE: dict[str, tuple[AssetKey, ...]] = {
    "reading": (RAW, *CORE),
    "loading": TABLES,
    "publishing": (SNAPSHOT,),
    "pages": (SITE,),
}
# of a home that was used for long before a daemon was started, only the last runs are told
_MOST = 20


def runs_of_commands(settings: Settings, since: str) -> list[RunRecord]:
    """The last runs of commands that have ended after a moment (ISO 8601, UTC) and were done, the oldest first."""
    found = [one for one in runs(settings) if one.ended_at > since and one.outcome == "done"]
    return sorted((one for one in found if one.started_by not in BY_DAGSTER), key=lambda one: one.ended_at)[-_MOST:]


def materialisations(records: Sequence[RunRecord]) -> Iterator[AssetMaterialization]:
    """One for each asset that a run has made, with the numbers of the run."""
    for record in records:
        told: dict[str, str | float] = {"run": record.run_id, "started by": record.started_by, **numbers_of(record)}
        for room in record.rooms:
            for key in _MADE.get(room, ()):
                yield AssetMaterialization(key, metadata=told)
