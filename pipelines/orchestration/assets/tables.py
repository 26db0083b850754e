"""warehouse/*: tables that hold all reports."""

# annotations stay objects here: Dagster checks the type of `context` by identity
from collections.abc import Iterator
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    MetadataValue,
    multi_asset,
)

from pipelines.orchestration.assets.keys import CHECKS, FACTS, FIGURES, TABLES
from pipelines.orchestration.assets.step import Suites, batch_of, fupin_of, metered, tell_renames
from pipelines.orchestration.shape_checks import specs, table_results
from pipelines.orchestration.steps import load


def warehouse_tables(suites: Suites, pool: str | None) -> AssetsDefinition:
    """Dimensions and facts in the warehouse.

    Args:
        suites: what is expected of the dimensions.
        pool: of the steps that write the warehouse.
    """
    dimensions = [key for key in suites if key.path[0] == "warehouse"]
    tables = (*dimensions, *TABLES)

    @multi_asset(
        name="load_reports",
        specs=[AssetSpec(key, deps=_above(key), group_name="warehouse", kinds={"duckdb", "table"}) for key in tables],
        check_specs=specs(suites, dimensions),
        required_resource_keys={"fupin"},
        pool=pool,
    )
    @metered
    def load_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = fupin_of(context)
        batch = batch_of(context)
        summary = load(fupin, batch, fupin.meter(context.run_id))
        tell_renames(context, summary)
        unread = {one.file.report_id: one.cause for one in batch.unread}
        for name, cause in (unread | summary.quarantined).items():
            context.log.error(f"{name}: not loaded: {cause}")
        for line in summary.stale:
            context.log.error(line)
        counts = summary.rows | {
            name: max(result.row_count for result in results) for name, results in summary.shape.items()
        }
        for key in tables:
            rows = counts.get(key.path[-1], 0)
            yield MaterializeResult(
                asset_key=key,
                metadata={
                    "dagster/row_count": rows,
                    "path": MetadataValue.path(str(fupin.settings.warehouse)),
                    "loaded": MetadataValue.json(summary.loaded),
                    "unchanged": MetadataValue.json(summary.unchanged),
                    "quarantined": MetadataValue.json(summary.quarantined),
                    "renamed": MetadataValue.json(summary.renamed),
                },
            )
        yield from table_results(suites, dimensions, summary.shape)

    return load_reports


def _above(table: AssetKey) -> list[AssetKey]:
    """What the rows of a table come from: of a dimension, from the catalogues alone, or from what is read."""
    name = table.path[-1]
    if name.startswith("dim_"):
        return [FIGURES] if name in ("dim_report", "dim_period", "dim_region", "dim_unit") else []
    if name in ("fact_figure", "fact_number"):
        return [FIGURES]
    return [CHECKS] if name in ("fact_check", "fact_proposal") else [FACTS]
