"""Whether reports keep arriving, as an asset check of the snapshot."""

# annotations stay objects here: Dagster checks the type of `context` by identity
import datetime
from typing import Any

from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetKey,
    asset_check,
)

from pipelines.catalog.sentences import region_names
from pipelines.orchestration.context import Fupin
from pipelines.publishing.overdue import overdue_reports
from pipelines.publishing.snapshot import open_snapshot


def build_freshness_check(snapshot: AssetKey) -> AssetChecksDefinition:
    """The check `fresh`: a warning that names the yearly reports that are overdue.

    Args:
        snapshot: the asset that stands for the published snapshot.
    """

    @asset_check(
        name="fresh",
        asset=snapshot,
        required_resource_keys={"fupin"},
        description="No region's yearly report is overdue.",
    )
    def fresh(context: AssetCheckExecutionContext) -> AssetCheckResult:
        fupin: Fupin = context.resources.fupin
        with open_snapshot(fupin.settings) as connection:
            late = overdue_reports(connection, datetime.date.today(), fupin.settings.report_due_days)
        overdue: dict[str, Any] = {
            f"{_name(one.region_code)}, {one.series} {one.year}": f"was due by {one.due:%Y-%m-%d}" for one in late
        }
        return AssetCheckResult(
            passed=not late, severity=AssetCheckSeverity.WARN, metadata={"overdue reports": len(late)} | overdue
        )

    return fresh


def _name(region: str) -> str:
    return region_names().get(region, (region,))[0]
