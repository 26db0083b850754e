"""indicator/*, and what is published: the snapshot and the page."""

# annotations stay objects here: Dagster checks the type of `context` by identity
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from dagster import (
    AssetCheckKey,
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    FreshnessPolicy,
    MaterializeResult,
    MetadataValue,
    TableColumn,
    TableSchema,
    multi_asset,
)

from pipelines.orchestration.assets.keys import SITE, SNAPSHOT
from pipelines.orchestration.assets.step import Suites, fupin_of, metered, tell_renames
from pipelines.orchestration.assets.views import deps_of
from pipelines.orchestration.context import Batch, Fupin
from pipelines.orchestration.lineage import table_column_lineage
from pipelines.orchestration.metering import count_load, numbers_of
from pipelines.orchestration.rereading import current_contents, reread, stale_contents
from pipelines.orchestration.shape_checks import specs, table_results
from pipelines.orchestration.steps import build_pages, follow_renames, publish_snapshot
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import Settings
from pipelines.warehouse.broken import Broken, broken_indicators
from pipelines.warehouse.indicators import indicator_statements
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.models import models
from pipelines.warehouse.parquet import kept_contents
from pipelines.warehouse.settle import compute_indicators

if TYPE_CHECKING:
    import duckdb

# every night computes and publishes anew
_FRESH = FreshnessPolicy.time_window(fail_window=timedelta(hours=36))
# rows of an indicator that Dagster shows
_PREVIEWED = 10


def published_assets(settings: Settings, suites: Suites, pool: str | None) -> AssetsDefinition:
    """All indicators, the snapshot and the page.

    Args:
        settings: where the indicators' statements are.
        suites: what is expected of the indicators.
        pool: of the steps that write the warehouse.
    """
    folder = settings.sql / "indicators"
    names = [statement.name for statement in indicator_statements(folder)]
    found = models(settings.sql)
    below = {model.name: deps_of(model, found) for model in found}
    indicators = [
        AssetSpec(
            AssetKey(["indicator", statement.name]),
            deps=below[f"indicator.{statement.name}"],
            group_name="indicator",
            kinds={"sql"},
            code_version=hashlib.sha256(statement.sql.encode()).hexdigest()[:16],
            description=f"{statement.header['purpose']}. {statement.header['formula']} [{statement.header['unit']}]",
            freshness_policy=_FRESH,
            # one whose statement fails is not materialised; its check says so
            skippable=True,
        )
        for statement in indicator_statements(folder)
    ]
    snapshot = AssetSpec(
        SNAPSHOT,
        deps=[spec.key for spec in indicators],
        group_name="published",
        kinds={"duckdb"},
        freshness_policy=_FRESH,
        description="The read-only copy of the warehouse that people and tools open.",
    )

    # skippable: what a page cannot show is no reason to fail a run that has loaded and published
    site = AssetSpec(
        SITE,
        deps=[SNAPSHOT],
        group_name="published",
        kinds={"html"},
        skippable=True,
        description="The pages that programme officers look at, made from the snapshot.",
    )

    @multi_asset(
        name="publish",
        specs=[*indicators, snapshot, site],
        check_specs=[
            AssetCheckSpec("warehouse_consistent", asset=SNAPSHOT, description="No check of sql/checks returns a row."),
            *specs(suites, [spec.key for spec in indicators]),
        ],
        required_resource_keys={"fupin"},
        pool=pool,
        can_subset=True,
    )
    @metered
    def publish(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        from pipelines.warehouse.checks import run_checks

        fupin = fupin_of(context)
        meter = fupin.meter(context.run_id)
        if SNAPSHOT not in context.selected_asset_keys:
            yield from _some_indicators(context, fupin, suites)
            return
        batch = fupin.batches.pop(context.run_id, Batch())
        summary = batch.summary
        if summary is None:
            with meter.room("reading") as room:
                room.rows_in, room.rows_out = _reread_stale(context, fupin)
            meter.record.reports_read = room.rows_in
            with meter.room("loading"):
                summary = load_versions(fupin.settings, (), then=partial(follow_renames, fupin.settings))
            count_load(meter, summary)
            tell_renames(context, summary)
            for line in summary.stale:
                context.log.error(line)
            for name in summary.drifted:
                context.log.error(f"indicator.{name} did not hold what its view says; it was made anew")
        path = publish_snapshot(fupin, meter)
        with open_snapshot(fupin.settings) as connection:
            broken = broken_indicators(connection)
            for one in broken.values():
                context.log.error(one.line)
            yield from _materialized(connection, fupin.settings, names, broken)
            # a load has asserted what it touched; a run without reports, as every night, asks everything
            violations = run_checks(connection, fupin.settings.sql) if batch.summary is None else []
        yield MaterializeResult(
            asset_key=SNAPSHOT,
            metadata={"path": MetadataValue.path(str(path)), "bytes": path.stat().st_size, **numbers_of(meter.record)},
        )
        yield AssetCheckResult(
            asset_key=SNAPSHOT,
            check_name="warehouse_consistent",
            passed=not violations,
            metadata={"checked": "everything" if batch.summary is None else "what the load touched"}
            | {violation.check: f"{violation.rows} rows" for violation in violations},
        )
        yield from table_results(suites, [spec.key for spec in indicators], summary.shape, broken)
        built = build_pages(fupin, batch, meter)
        if SITE not in context.selected_asset_keys:
            return
        if isinstance(built, str):
            context.log.error(built)
        else:
            yield MaterializeResult(
                asset_key=SITE,
                metadata={
                    "path": MetadataValue.path(str(built.index)),
                    "files written": built.written,
                    "files unchanged": built.kept,
                    "seconds_pages": round(meter.record.rooms["pages"].seconds, 3),
                },
            )

    return publish


def _some_indicators(
    context: AssetExecutionContext, fupin: Fupin, suites: Suites
) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
    """Computes indicators that somebody chose, with those that they stand on, and publishes them."""
    keys = [key for key in sorted(context.selected_asset_keys, key=str) if key.path[0] == "indicator"]
    meter = fupin.meter(context.run_id)
    with meter.room("loading"):
        shape = compute_indicators(fupin.settings, [key.path[-1] for key in keys])
    publish_snapshot(fupin, meter)
    with open_snapshot(fupin.settings) as connection:
        broken = broken_indicators(connection)
        yield from _materialized(connection, fupin.settings, [key.path[-1] for key in keys], broken)
    for one in table_results(suites, keys, shape, broken):
        if one.asset_key and AssetCheckKey(one.asset_key, one.check_name or "") in context.selected_asset_check_keys:
            yield one
    meter.end()
    fupin.meters.pop(context.run_id)


def _materialized(
    connection: "duckdb.DuckDBPyConnection", settings: Settings, names: Sequence[str], broken: Mapping[str, Broken]
) -> Iterator[MaterializeResult[Any]]:
    """What is told of each indicator that could be computed: rows, columns, where they come from, and a preview."""
    lineage = table_column_lineage(settings, frozenset(broken))
    kinds: dict[str, list[TableColumn]] = {}
    for name, column, kind, comment in connection.execute(
        "SELECT table_name, column_name, lower(data_type), comment FROM duckdb_columns() "
        "WHERE schema_name = 'indicator' AND database_name = current_database() ORDER BY table_name, column_index"
    ).fetchall():
        kinds.setdefault(name, []).append(TableColumn(column, kind, comment))
    for name in [name for name in names if name not in broken]:
        rows = connection.execute(
            f"SELECT region_name_en, period_code, value, value_low, value_high, unit, reason, basis "
            f"FROM indicator.{name} ORDER BY region_name_en, period_code, basis DESC LIMIT {_PREVIEWED}"
        ).fetchall()
        counted = connection.execute(f"SELECT count(*) FROM indicator.{name}").fetchone()
        yield MaterializeResult(
            asset_key=AssetKey(["indicator", name]),
            metadata={
                "dagster/row_count": counted[0] if counted else 0,
                "dagster/column_schema": TableSchema(kinds[name]),
                "dagster/column_lineage": MetadataValue.column_lineage(lineage[name]),
                "preview": MetadataValue.md(_table(rows)),
            },
        )


def _reread_stale(context: AssetExecutionContext, fupin: Fupin) -> tuple[int, int]:
    """Loads anew what the present reader and catalogue read otherwise, and mends what is kept as Parquet.

    Returns:
        How many reports were read again, and how many of them were loaded anew.
    """
    settings = fupin.settings
    if not settings.snapshot.exists():
        return 0, 0
    stale = stale_contents(settings)
    known = {*stale, *kept_contents(settings)}
    rest = [one for one in current_contents(settings) if one not in known]
    found = reread(settings, [*stale, *rest])
    if stale or rest:
        context.log.info(f"read again: {len(stale) + len(rest)}; {len(found.changed)} read differently and loaded anew")
    for report in found.mended:
        context.log.warning(f"{report}: its Parquet files were damaged or gone, and were written anew")
    for report, cause in found.lost.items():
        context.log.error(f"{report}: cannot be read again: {cause}; what was loaded stays")
    return len(stale) + len(rest), len(found.changed)


def _table(rows: Sequence[tuple[Any, ...]]) -> str:
    head = "| region | period | value | low | high | unit | reason | basis |\n|---|---|---|---|---|---|---|---|\n"
    return head + "\n".join("| " + " | ".join("" if v is None else str(v) for v in row) + " |" for row in rows)
