"""What Dagster loads: `build_definitions(**overrides)` for tests and the default `defs`."""

from __future__ import annotations

import warnings
from typing import Any

from dagster import BetaWarning, Definitions, ResourceDefinition, in_process_executor

from pipelines.orchestration.alerts import build_alerts_sensor
from pipelines.orchestration.assets.build import build_assets
from pipelines.orchestration.assets.keys import SNAPSHOT
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.freshness import build_freshness_check
from pipelines.orchestration.jobs import INGEST, NIGHTLY
from pipelines.orchestration.schedule import build_schedule
from pipelines.orchestration.sensors import WATCH_SECONDS, build_sensor
from pipelines.settings import Settings, settings


def build_definitions(
    fupin: Fupin | None = None,
    watch_seconds: float = WATCH_SECONDS,
    pool: str | None = "warehouse",
    **overrides: Any,  # noqa: ANN401
) -> Definitions:
    """The assets, checks, jobs, sensors and schedule.

    Args:
        fupin: the resource; by default one with the settings below.
        watch_seconds: how long one tick of the sensor watches the landing zone.
        pool: the pool in which steps that write take their turn.
        **overrides: settings that differ from the environment's, such as `home` or `raw`.
    """
    if fupin is None:
        chosen = settings() if not overrides else Settings(**overrides)
        fupin = Fupin(chosen)
    return Definitions(
        assets=build_assets(fupin.settings, pool),
        asset_checks=[build_freshness_check(SNAPSHOT)],
        jobs=[INGEST, NIGHTLY],
        sensors=[build_sensor(watch_seconds), build_alerts_sensor()],
        schedules=[build_schedule()],
        resources={"fupin": ResourceDefinition.hardcoded_resource(fupin)},
        executor=in_process_executor,
    )


# backfill policies and pools are marked beta; the tests pin how they behave
warnings.filterwarnings("ignore", category=BetaWarning)
defs = build_definitions()
