"""raw/report and core/*: one partition for each report."""

# annotations stay objects here: Dagster checks the type of `context` by identity
from collections.abc import Callable, Iterator
from pathlib import Path
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

from pipelines.checking.unread import MOST_TOLD, unread_lines
from pipelines.errors import ReportError
from pipelines.meaning.identify import origins
from pipelines.orchestration.assets.keys import CHECKS, CORE, FACTS, FIGURES, RAW
from pipelines.orchestration.assets.step import Suites, fupin_of, metered
from pipelines.orchestration.context import Batch
from pipelines.orchestration.describe import figure_preview, report_metadata
from pipelines.orchestration.partitions import REPORTS, partition_key, report_id
from pipelines.orchestration.shape_checks import report_results, specs
from pipelines.report import ReportVersion
from pipelines.warehouse.archive import archive
from pipelines.warehouse.parquet import write_parquet
from pipelines.warehouse.readings import reader_version, reading_hash

_RAW_TEXT = "A report's file in the landing zone; its bytes are kept in the archive by content hash."
# Dagster shows as outdated what other code or another catalogue has read
_READ: dict[str, Any] = {"group_name": "core", "kinds": {"parquet"}, "code_version": reader_version()}
_SHARED: dict[str, Any] = {"partitions_def": REPORTS, "backfill_policy": BackfillPolicy.single_run()}
# reports of a run of which each is described
_ANNOTATED = 100


def raw_report() -> AssetsDefinition:
    """The file of each report: it is read here and kept in the archive."""

    @multi_asset(
        name="archive_reports",
        specs=[AssetSpec(RAW, group_name="raw", kinds={"file"}, description=_RAW_TEXT)],
        required_resource_keys={"fupin"},
        check_specs=[AssetCheckSpec("readable", asset=RAW, description="Every file of the run could be read.")],
        **_SHARED,
    )
    @metered
    def archive_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = fupin_of(context)
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
            for note in (*document.unread, *unread_lines(version.reading, MOST_TOLD)):
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


def core_tables(suites: Suites) -> AssetsDefinition:
    """Figures, facts and checks of each report, as Parquet.

    Args:
        suites: what is expected of them.
    """

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
    @metered
    def read_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = fupin_of(context)
        batch = fupin.batch(context.run_id, _reports(context))
        for version in tuple(batch.versions):
            with batch.alone(version, "laying out its tables", fupin.meter(context.run_id)):
                written = write_parquet(fupin.settings, version)
                if _are_annotated(batch):
                    _annotate_tables(context, batch, version, written)
        data = _of_one(context, batch, reading_hash)
        for key in CORE:
            yield MaterializeResult(asset_key=key, data_version=data)
        yield from report_results(suites, CORE, batch.versions)

    return read_reports


def _annotate_tables(context: AssetExecutionContext, batch: Batch, version: ReportVersion, written: Path) -> None:
    """Counts of a version and a preview of its figures."""
    report = version.document.report_id
    shared = {"figures file": MetadataValue.path(str(written)), "report": MetadataValue.path(report)}
    counts = report_metadata(version)
    preview = {"preview": MetadataValue.md(figure_preview(version))}
    for key in CORE:
        _annotate(context, batch, key, report, shared | counts[key.path[-1]] | (preview if key == FIGURES else {}))


def _reports(context: AssetExecutionContext) -> list[str]:
    return [report_id(key) for key in context.partition_keys]


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
