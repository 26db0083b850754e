"""work/* and out/*: the views between facts and indicators, and the wide tables; nothing materialises them."""

from dagster import AssetKey, AssetSpec

from pipelines.scaling.spark_models import Model, models
from pipelines.settings import Settings
from pipelines.warehouse.schema import SCHEMAS


def view_assets(settings: Settings) -> list[AssetSpec]:
    """The views that indicators and people read, each with what it reads itself.

    They are always true, so no run makes them; they stand in the graph for what would be a thicket without them.

    Args:
        settings: where the statements are.
    """
    found = models(settings.sql)
    return [
        AssetSpec(
            asset_of(model.name),
            deps=deps_of(model, found),
            group_name=model.name.partition(".")[0],
            kinds={"view"},
            description=f"{model.where}: {SCHEMAS[model.name.partition('.')[0]]}.",
        )
        for model in found
        if model.name.startswith(("work.", "out."))
    ]


def deps_of(model: Model, found: tuple[Model, ...]) -> list[AssetKey]:
    """The assets that a view or indicator reads: tables of reports, views, other indicators.

    Dimensions of the catalogues are read by everything, and told by the column lineage. A view of `core` is no asset:
    what it reads stands for it.
    """
    known = {one.name: one for one in found}
    keys: dict[AssetKey, None] = {}
    pending = sorted(model.reads)
    while pending:
        name = pending.pop(0)
        if name.startswith("core.") and name in known:
            pending += sorted(known[name].reads)
        elif name.startswith(("core.fact_", "core.bridge_", "core.dim_report", "work.", "indicator.")):
            keys[asset_of(name)] = None
    return list(keys)


def asset_of(name: str) -> AssetKey:
    """The asset of a table or view by its qualified name."""
    schema, _, table = name.partition(".")
    return AssetKey(["warehouse" if schema == "core" else schema, table.removeprefix("v_")])
