"""All assets of the pipeline."""

from dagster import AssetsDefinition, AssetSpec

from pipelines.orchestration.assets.published import published_assets
from pipelines.orchestration.assets.reports import core_tables, raw_report
from pipelines.orchestration.assets.tables import warehouse_tables
from pipelines.orchestration.assets.views import table_columns, view_assets
from pipelines.orchestration.shape_checks import suites_by_asset
from pipelines.settings import Settings

# who is asked about an asset
OWNER = "team:fupin"


def build_assets(settings: Settings, pool: str | None) -> list[AssetsDefinition | AssetSpec]:
    """All assets; which tables an indicator reads, and so depends on, is taken from its SQL.

    Args:
        settings: where the indicators' statements are.
        pool: of the steps that write the warehouse.
    """
    suites = suites_by_asset(settings)
    made = [raw_report(), core_tables(suites), warehouse_tables(suites, pool), published_assets(settings, suites, pool)]
    columns = table_columns(settings)

    def described(spec: AssetSpec) -> AssetSpec:
        known = {"dagster/column_schema": columns[spec.key]} if spec.key in columns else {}
        return spec.replace_attributes(owners=[OWNER], metadata={**spec.metadata, **known})

    return [one.map_asset_specs(described) for one in made] + [described(spec) for spec in view_assets(settings)]
