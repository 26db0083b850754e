"""The assets, room by room: raw/report, core/*, warehouse/*, indicator/*, published/*. No rules in here."""

# annotations stay objects here: Dagster checks the type of `context` by identity
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    BackfillPolicy,
    DataVersion,
    MaterializeResult,
    MetadataValue,
    multi_asset,
)

from pipelines.checking.suite_files import Suite
from pipelines.errors import ReportError
from pipelines.meaning.identify import origins
from pipelines.orchestration.context import Batch, Fupin
from pipelines.orchestration.describe import figure_preview, report_metadata
from pipelines.orchestration.lineage import table_column_lineage
from pipelines.orchestration.metering import count_load, started_by
from pipelines.orchestration.partitions import REPORTS, partition_key, report_id, reports_of_run
from pipelines.orchestration.rereading import current_contents, reread
from pipelines.orchestration.shape_checks import (
    CHECKS,
    FACTS,
    FIGURES,
    report_results,
    specs,
    suites_by_asset,
    table_results,
)
from pipelines.publishing.site.build import refresh_site
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.report import ReportVersion
from pipelines.settings import Settings
from pipelines.warehouse.archive import archive
from pipelines.warehouse.broken import broken_indicators
from pipelines.warehouse.indicators import dependencies, indicator_statements
from pipelines.warehouse.load import LoadSummary, load_versions
from pipelines.warehouse.parquet import is_kept, write_parquet
from pipelines.warehouse.readings import reader_version, reading_hash
from pipelines.warehouse.renames import withdraw_renamed
from pipelines.warehouse.versions import FACT_TABLES

RAW = AssetKey(["raw", "report"])
CORE = (FIGURES, FACTS, CHECKS)
SNAPSHOT = AssetKey(["published", "snapshot"])
SITE = AssetKey(["published", "site"])
TABLES = tuple(AssetKey(["warehouse", name]) for name in FACT_TABLES)
Step = Callable[[AssetExecutionContext], Iterator[MaterializeResult[Any] | AssetCheckResult]]
Suites = Mapping[AssetKey, Sequence[Suite]]
_RAW_TEXT = "A report's file in the landing zone; its bytes are kept in the archive by content hash."
# Dagster shows as outdated what other code or another catalogue has read
_READ: dict[str, Any] = {"group_name": "core", "kinds": {"parquet"}, "code_version": reader_version()}
_SHARED: dict[str, Any] = {"partitions_def": REPORTS, "backfill_policy": BackfillPolicy.single_run()}
# reports of a run of which each is described
_ANNOTATED = 100
# rows of an indicator that Dagster shows
_PREVIEWED = 10


def build_assets(settings: Settings, pool: str | None) -> list[AssetsDefinition]:
    """All assets; which tables an indicator reads, and so depends on, is taken from its SQL.

    Args:
        settings: where the indicators' statements are.
        pool: of the steps that write the warehouse.
    """
    suites = suites_by_asset(settings)
    return [_raw(), _core(suites), _warehouse(suites, pool), _published(settings, suites, pool)]


def _fupin(context: AssetExecutionContext) -> Fupin:
    resource: Fupin = context.resources.fupin
    return resource


def _reports(context: AssetExecutionContext) -> list[str]:
    return [report_id(key) for key in context.partition_keys]


def _raw() -> AssetsDefinition:
    @multi_asset(
        name="archive_reports",
        specs=[AssetSpec(RAW, group_name="raw", kinds={"file"}, description=_RAW_TEXT)],
        required_resource_keys={"fupin"},
        check_specs=[AssetCheckSpec("readable", asset=RAW, description="Every file of the run could be read.")],
        **_SHARED,
    )
    @_metered
    def archive_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = _fupin(context)
        reports = _reports(context)
        batch = fupin.batch(context.run_id, reports)
        for version in tuple(batch.versions):
            document = version.document
            path = fupin.elsewhere.get(document.report_id, fupin.settings.raw / document.report_id)
            try:
                place = archive(fupin.settings.archive, path, document.report_id, document.content_hash)
            except ReportError as error:
                # what is not kept cannot be walked back to, so it is not loaded either; the next look sees it
                batch.versions.remove(version)
                batch.missed[document.report_id] = error.cause
                continue
            _annotate(
                context,
                batch,
                RAW,
                document.report_id,
                {
                    "report": MetadataValue.path(str(path)),
                    "archived as": MetadataValue.path(str(place)),
                    "content hash": document.content_hash,
                    "media type": document.media_type,
                    "bytes": place.stat().st_size,
                    "not read": MetadataValue.json(list(document.unread)),
                    **{name: f"{value} ({how})" for name, value, how in origins(version.identity, document)},
                },
            )
            for note in document.unread:
                context.log.warning(f"{document.report_id}: not read: {note}")
        for report, cause in batch.missed.items():
            context.log.warning(f"{report}: {cause}")
        yield MaterializeResult(
            asset_key=RAW, data_version=_of_one(context, batch, lambda version: version.document.content_hash)
        )
        yield AssetCheckResult(
            asset_key=RAW,
            check_name="readable",
            passed=not batch.unread,
            metadata={unread.file.report_id: unread.cause for unread in batch.unread},
        )

    return archive_reports


def _core(suites: Suites) -> AssetsDefinition:
    @multi_asset(
        name="read_reports",
        specs=[
            AssetSpec(FIGURES, deps=[RAW], description="Every number as printed.", **_READ),
            AssetSpec(FACTS, deps=[FIGURES], description="Figures with a meaning.", **_READ),
            AssetSpec(CHECKS, deps=[FACTS], description="Verdicts of arithmetic.", **_READ),
        ],
        check_specs=specs(suites, CORE),
        required_resource_keys={"fupin"},
        **_SHARED,
    )
    @_metered
    def read_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = _fupin(context)
        batch = fupin.batch(context.run_id, _reports(context))
        for version in batch.versions:
            written = write_parquet(fupin.settings, version)
            if not _are_annotated(batch):
                continue
            report = version.document.report_id
            shared = {"figures file": MetadataValue.path(str(written)), "report": MetadataValue.path(report)}
            counts = report_metadata(version)
            preview = {"preview": MetadataValue.md(figure_preview(version))}
            for key in CORE:
                _annotate(
                    context, batch, key, report, shared | counts[key.path[-1]] | (preview if key == FIGURES else {})
                )
        data = _of_one(context, batch, reading_hash)
        for key in CORE:
            yield MaterializeResult(asset_key=key, data_version=data)
        yield from report_results(suites, CORE, batch.versions)

    return read_reports


def _of_one(context: AssetExecutionContext, batch: Batch, told: Callable[[ReportVersion], str]) -> DataVersion | None:
    """The data version of a run over one report; Dagster gives a run over many only one for all, which says nothing."""
    return DataVersion(told(batch.versions[0])) if len(context.partition_keys) == len(batch.versions) == 1 else None


def _are_annotated(batch: Batch) -> bool:
    """Whether the reports of a run have metadata.

    Of a run over very many none has any: Dagster reads the keys of all partitions for each, and the warehouse tells the
    same in `core.dim_report` and `quality.run`.
    """
    return len(batch.versions) <= _ANNOTATED


def _annotate(
    context: AssetExecutionContext, batch: Batch, key: AssetKey, report: str, metadata: dict[str, Any]
) -> None:
    """Metadata of one partition; in a run over many partitions each keeps its own."""
    if _are_annotated(batch):
        context.add_asset_metadata(metadata, asset_key=key, partition_key=partition_key(report))


def _warehouse(suites: Suites, pool: str | None) -> AssetsDefinition:
    dimensions = [key for key in suites if key.path[0] == "warehouse"]
    tables = (*dimensions, *TABLES)

    @multi_asset(
        name="load_reports",
        specs=[AssetSpec(key, deps=list(CORE), group_name="warehouse", kinds={"duckdb", "table"}) for key in tables],
        check_specs=specs(suites, dimensions),
        required_resource_keys={"fupin"},
        pool=pool,
    )
    @_metered
    def load_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = _fupin(context)
        # tables hold all reports, so they have no partitions: one event per table, not one per table and report
        batch = fupin.batch(context.run_id, reports_of_run(context.run.tags, context.instance))
        fupin.step("loading")
        with fupin.meter(context.run_id).room("loading") as room:
            batch.summary = load_versions(
                fupin.settings,
                batch.versions,
                [(unread.file.report_id, unread.file.content_hash, unread.cause) for unread in batch.unread],
            )
            batch.summary.renamed = withdraw_renamed(fupin.settings)
            room.rows_in = len(batch.versions)
        _tell_renamed(context, batch.summary)
        count_load(fupin.meter(context.run_id), batch.summary)
        for name, cause in batch.summary.quarantined.items():
            context.log.error(f"{name}: not loaded: {cause}")
        for line in batch.summary.stale:
            context.log.error(line)
        counts = batch.summary.rows | {
            name: max(result.row_count for result in results) for name, results in batch.summary.shape.items()
        }
        for key in tables:
            rows = counts.get(key.path[-1], 0)
            yield MaterializeResult(
                asset_key=key,
                metadata={
                    "dagster/row_count": rows,
                    "path": MetadataValue.path(str(fupin.settings.warehouse)),
                    "loaded": MetadataValue.json(batch.summary.loaded),
                    "unchanged": MetadataValue.json(batch.summary.unchanged),
                    "quarantined": MetadataValue.json(batch.summary.quarantined),
                    "renamed": MetadataValue.json(batch.summary.renamed),
                },
            )
        yield from table_results(suites, dimensions, batch.summary.shape)

    return load_reports


def _tell_renamed(context: AssetExecutionContext, summary: LoadSummary) -> None:
    for old, new in summary.renamed.items():
        context.log.info(f"{old}: renamed to {new}, under which its content counts")


def _published(settings: Settings, suites: Suites, pool: str | None) -> AssetsDefinition:
    folder = settings.sql / "indicators"
    dimensions = [key for key in suites if key.path[0] == "warehouse"]
    names = [statement.name for statement in indicator_statements(folder)]
    indicators = [
        AssetSpec(
            AssetKey(["indicator", statement.name]),
            deps=[*dimensions, *TABLES, *_indicators_below(statement.name, dependencies(folder), names)],
            group_name="indicator",
            kinds={"sql"},
            code_version=hashlib.sha256(statement.sql.encode()).hexdigest()[:16],
            description=f"{statement.header['purpose']}. {statement.header['formula']} [{statement.header['unit']}]",
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
    )
    @_metered
    def publish_snapshot(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        from pipelines.warehouse.checks import run_checks

        fupin = _fupin(context)
        fupin.step("publishing")
        meter = fupin.meter(context.run_id)
        batch = fupin.batches.pop(context.run_id, Batch())
        summary = batch.summary
        if summary is None:
            with meter.room("reading") as room:
                room.rows_in, room.rows_out = _reread_stale(context, fupin)
            meter.record.reports_read = room.rows_in
            with meter.room("loading"):
                summary = load_versions(fupin.settings, ())
                summary.renamed = withdraw_renamed(fupin.settings)
            _tell_renamed(context, summary)
            count_load(meter, summary)
            for line in summary.stale:
                context.log.error(line)
            for name in summary.drifted:
                context.log.error(f"indicator.{name} did not hold what its view says; it was made anew")
        meter.so_far()
        with meter.room("publishing") as room:
            path = publish(fupin.settings)
        with open_snapshot(fupin.settings) as connection:
            broken = broken_indicators(connection)
            for one in broken.values():
                context.log.error(one.line)
            lineage = table_column_lineage(fupin.settings, frozenset(broken))
            for name in [name for name in names if name not in broken]:
                rows = connection.execute(
                    f"SELECT region_name, period_code, value, value_low, value_high, unit, reason, basis "
                    f"FROM indicator.{name} ORDER BY region_name, period_code, basis DESC LIMIT {_PREVIEWED}"
                ).fetchall()
                counted = connection.execute(f"SELECT count(*) FROM indicator.{name}").fetchone()
                room.rows_in += 1
                room.rows_out += counted[0] if counted else 0
                yield MaterializeResult(
                    asset_key=AssetKey(["indicator", name]),
                    metadata={
                        "dagster/row_count": counted[0] if counted else 0,
                        "dagster/column_lineage": MetadataValue.column_lineage(lineage[name]),
                        "preview": MetadataValue.md(_table(rows)),
                    },
                )
            # a load has asserted what it touched; a run without reports, as every night, asks everything
            violations = run_checks(connection, fupin.settings.sql) if batch.summary is None else []
        fupin.finished.append(batch)
        yield MaterializeResult(
            asset_key=SNAPSHOT,
            metadata={"path": MetadataValue.path(str(path)), "bytes": path.stat().st_size, **meter.numbers()},
        )
        yield AssetCheckResult(
            asset_key=SNAPSHOT,
            check_name="warehouse_consistent",
            passed=not violations,
            metadata={"checked": "everything" if batch.summary is None else "what the load touched"}
            | {violation.check: f"{violation.rows} rows" for violation in violations},
        )
        yield from table_results(suites, [spec.key for spec in indicators], summary.shape, broken)
        with meter.room("pages") as pages:
            built = refresh_site(fupin.settings, {v.document.content_hash: v.document for v in batch.versions})
            if not isinstance(built, str):
                pages.rows_in, pages.rows_out = built.written + built.kept, built.written
        meter.end()
        fupin.meters.pop(context.run_id)
        batch.let_go()
        if isinstance(built, str):
            batch.page = built
            context.log.error(built)
        else:
            yield MaterializeResult(
                asset_key=SITE,
                metadata={
                    "path": MetadataValue.path(str(built.index)),
                    "files written": built.written,
                    "files unchanged": built.kept,
                    "seconds_pages": round(pages.seconds, 3),
                },
            )

    return publish_snapshot


def _metered(step: Step) -> Step:
    """A step whose failure ends the record of its run."""

    @wraps(step)
    def measured(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        meter = _fupin(context).meter(context.run_id, started_by(context.run.tags))
        try:
            yield from step(context)
        except GeneratorExit:
            raise
        except BaseException as error:  # a run that somebody ends is no Exception
            meter.end(error)
            raise

    return measured


def _reread_stale(context: AssetExecutionContext, fupin: Fupin) -> tuple[int, int]:
    """Loads anew what the present reader and catalogue read otherwise, and mends what is kept as Parquet.

    Returns:
        How many reports were read again, and how many of them were loaded anew.
    """
    settings = fupin.settings
    if not settings.snapshot.exists():
        return 0, 0
    stale = current_contents(settings, stale_only=True)
    rest = [one for one in current_contents(settings) if one not in set(stale) and not is_kept(settings, *one)]
    found = reread(settings, [*stale, *rest])
    if stale or rest:
        context.log.info(f"read again: {len(stale) + len(rest)}; {len(found.changed)} read differently and loaded anew")
    for report in found.mended:
        context.log.warning(f"{report}: its Parquet files were damaged or gone, and were written anew")
    for report, cause in found.lost.items():
        context.log.error(f"{report}: cannot be read again: {cause}; what was loaded stays")
    return len(stale) + len(rest), len(found.changed)


def _indicators_below(name: str, reads: dict[str, frozenset[str]], names: Sequence[str]) -> list[AssetKey]:
    below = {table.removeprefix("indicator.").removeprefix("v_") for table in reads[name]}
    return [AssetKey(["indicator", other]) for other in names if other in below and other != name]


def _table(rows: Sequence[tuple[Any, ...]]) -> str:
    head = "| region | period | value | low | high | unit | reason | basis |\n|---|---|---|---|---|---|---|---|\n"
    return head + "\n".join("| " + " | ".join("" if v is None else str(v) for v in row) + " |" for row in rows)
