"""work/* and out/*: the views between facts and indicators, and the wide tables; nothing materialises them."""

from dagster import AssetKey, AssetSpec, TableColumn, TableSchema

from pipelines.settings import Settings
from pipelines.warehouse.models import Model, models, parsed
from pipelines.warehouse.schema import SCHEMAS, column_text, schema_statements


def view_assets(settings: Settings) -> list[AssetSpec]:
    """The views that indicators and people read, each with what it reads itself.

    They are always true, so no run makes them; they stand in the graph for what would be a thicket without them.

    Args:
        settings: where the statements are.
    """
    found = models(settings.sql)
    decided = AssetSpec(
        asset_of("core.correction"),
        group_name="warehouse",
        kinds={"duckdb", "table"},
        description="Proposed, accepted and rejected corrections; files and `fupin correct` decide them.",
    )
    views = [
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
    return [decided, *views]


def table_columns(settings: Settings) -> dict[AssetKey, TableSchema]:
    """The columns of the warehouse's tables with types and meanings, as their statements have them."""
    from sqlglot import exp

    found = {}
    for statement in schema_statements(settings.sql / "schema"):
        if "CREATE TABLE" in statement.sql:
            tree = parsed(statement.sql, statement.where)
            table = tree.find(exp.Table)
            columns = [
                TableColumn(one.name, one.kind.sql("duckdb").lower() if one.kind else "", column_text(one.name) or None)
                for one in tree.find_all(exp.ColumnDef)
            ]
            if table is not None:
                found[asset_of(f"{table.db}.{table.name}")] = TableSchema(columns)
    return found


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
