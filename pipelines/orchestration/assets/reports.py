"""raw/report and core/*: what a run has read, described for each report."""

# annotations stay objects here: Dagster checks the type of `context` by identity
from collections.abc import Iterator
from typing import Any

from dagster import (
    Array,
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetsDefinition,
    AssetSpec,
    Field,
    MaterializeResult,
    MetadataValue,
    multi_asset,
)

from pipelines.checking.unread import MOST_TOLD, unread_lines
from pipelines.meaning.identify import origins
from pipelines.orchestration.assets.keys import CHECKS, CORE, FACTS, FIGURES, RAW
from pipelines.orchestration.assets.step import Suites, batch_of, fupin_of, metered
from pipelines.orchestration.context import Batch
from pipelines.orchestration.describe import figure_preview, report_metadata
from pipelines.orchestration.jobs import FIRST_STEP
from pipelines.orchestration.shape_checks import report_results, specs
from pipelines.orchestration.steps import keep_bytes, write_tables
from pipelines.warehouse.readings import reader_version

_RAW_TEXT = "A report's file in the landing zone; its bytes are kept in the archive by content hash."
# Dagster shows as outdated what other code or another catalogue has read
_READ: dict[str, Any] = {"group_name": "core", "kinds": {"parquet"}, "code_version": reader_version()}
# reports of a run of which each is described
_TOLD = 100


def raw_report() -> AssetsDefinition:
    """The file of each report: it is read here and kept in the archive."""

    @multi_asset(
        name=FIRST_STEP,
        specs=[AssetSpec(RAW, group_name="raw", kinds={"file"}, description=_RAW_TEXT)],
        required_resource_keys={"fupin"},
        check_specs=[AssetCheckSpec("readable", asset=RAW, description="Every file of the run could be read.")],
        config_schema={"reports": Field(Array(str), is_required=False, description="By default all new ones.")},
    )
    @metered
    def archive_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = fupin_of(context)
        batch = batch_of(context)
        told: dict[str, dict[str, Any]] = {}
        places = keep_bytes(fupin, batch)
        for version in batch.versions:
            document = version.document
            path, place = places[document.report_id]
            told[document.report_id] = {
                "report": str(path),
                "archived as": str(place),
                "content hash": document.content_hash,
                "media type": document.media_type,
                "bytes": place.stat().st_size,
                "not read": list(document.unread),
                **{name: f"{value} ({how})" for name, value, how in origins(version.identity, document)},
            }
            for note in (*document.unread, *unread_lines(version.reading, MOST_TOLD)):
                context.log.warning(f"{document.report_id}: not read: {note}")
            for note in version.reading.notes:
                context.log.warning(f"{document.report_id}: {note}")
        for report, cause in batch.missed.items():
            context.log.warning(f"{report}: {cause}")
        yield MaterializeResult(asset_key=RAW, metadata=_told(batch, told))
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
    )
    @metered
    def read_reports(context: AssetExecutionContext) -> Iterator[MaterializeResult[Any] | AssetCheckResult]:
        fupin = fupin_of(context)
        batch = batch_of(context)
        write_tables(fupin, batch, fupin.meter(context.run_id))
        told = {version.document.report_id: report_metadata(version) for version in batch.versions}
        for key in CORE:
            shown: dict[str, Any] = _told(batch, {report: counts[key.path[-1]] for report, counts in told.items()})
            if key == FIGURES and len(batch.versions) == 1:
                shown["preview"] = MetadataValue.md(figure_preview(batch.versions[0]))
            yield MaterializeResult(asset_key=key, metadata=shown)
        yield from report_results(suites, CORE, batch.versions)

    return read_reports


def _told(batch: Batch, told: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """How many reports a run was about, and what is told of each of the first; the warehouse tells the same of all."""
    return {"reports": len(batch.versions), "each": MetadataValue.json(dict(list(told.items())[:_TOLD]))}
