"""The steps of a run over reports, in their order: `fupin run` takes them, and so do Dagster's assets."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import FupinError, ReportError
from pipelines.orchestration.context import Batch, Fupin
from pipelines.orchestration.metering import Meter, count_load, count_pages
from pipelines.publishing.snapshot import known_contents
from pipelines.warehouse.archive import archive

if TYPE_CHECKING:
    import duckdb

    from pipelines.publishing.site.build import Built
    from pipelines.settings import Settings
    from pipelines.warehouse.load import LoadSummary


def keep_bytes(fupin: Fupin, batch: Batch) -> dict[str, tuple[Path, Path]]:
    """Keeps the bytes of what was read in the archive, and leaves out what cannot be kept.

    Returns:
        Report → its file and where its bytes are kept.
    """
    places: dict[str, tuple[Path, Path]] = {}
    for version in tuple(batch.versions):
        document = version.document
        path = fupin.elsewhere.get(document.report_id, fupin.settings.raw / document.report_id)
        try:
            kept = archive(fupin.settings.archive, path, document.report_id, document.content_hash)
        except ReportError as error:
            # what is not kept cannot be walked back to, so it is not loaded either; the next look sees it
            batch.versions.remove(version)
            batch.missed[document.report_id] = error.cause
            continue
        places[document.report_id] = path, kept
    return places


def write_tables(fupin: Fupin, batch: Batch, meter: Meter) -> None:
    """Writes figures and facts of what was read as Parquet, and leaves out what has no tables."""
    from pipelines.warehouse.parquet import write_parquet

    if not batch.versions:
        return
    known = known_contents(fupin.settings)
    anew = any((version.document.report_id, version.document.content_hash) in known for version in batch.versions)
    try:
        write_parquet(fupin.settings, batch.versions, anew=anew)
    except (FupinError, MemoryError, OSError):
        raise
    except Exception:  # nobody foresaw it: alone each shows whether it is at fault
        for version in tuple(batch.versions):
            with batch.alone(version, "laying out its tables", meter):
                write_parquet(fupin.settings, [version], anew=anew)


def load(fupin: Fupin, batch: Batch, meter: Meter) -> LoadSummary:
    """Loads what was read, and enters what could not be read."""
    from pipelines.warehouse.load import load_versions

    fupin.step("loading")
    with meter.room("loading") as room:
        refused = [(unread.file.report_id, unread.file.content_hash, unread.cause) for unread in batch.unread]
        after = partial(follow_renames, fupin.settings)
        batch.summary = load_versions(fupin.settings, batch.versions, refused, then=after)
        room.rows_in = len(batch.versions)
    count_load(meter, batch.summary)
    return batch.summary


def follow_renames(settings: Settings, connection: duckdb.DuckDBPyConnection, summary: LoadSummary) -> None:
    """After a load: withdraws reports whose file has another name by now, and finds likely revisions."""
    from pipelines.warehouse.renames import withdraw_renamed
    from pipelines.warehouse.successors import likely_successors

    summary.renamed = withdraw_renamed(connection, settings)
    summary.successors = [one.line for one in likely_successors(connection, settings, summary.loaded)]


def publish_snapshot(fupin: Fupin, meter: Meter) -> Path:
    """Publishes the warehouse; returns the snapshot."""
    from pipelines.publishing.snapshot import open_snapshot, publish

    fupin.step("publishing")
    meter.so_far()
    with meter.room("publishing") as room:
        path = publish(fupin.settings)
        with open_snapshot(fupin.settings) as connection:
            counted = connection.execute(
                "SELECT count(*), coalesce(sum(estimated_size), 0) FROM duckdb_tables() WHERE schema_name = 'indicator'"
            ).fetchone()
        room.rows_in, room.rows_out = map(int, counted or (0, 0))
    return path


def build_pages(fupin: Fupin, batch: Batch, meter: Meter) -> Built | str:
    """Brings the pages up to date, which ends the run; returns what was built, or why it could not be."""
    put_off_pages(fupin, batch)
    with meter.room("pages") as pages:
        built = draw_pages(fupin)
        count_pages(pages, built)
    if isinstance(built, str):
        batch.page = built
    end_run(fupin, batch, meter)
    return built


def put_off_pages(fupin: Fupin, batch: Batch) -> None:
    """Keeps what the pages of a run's reports show, so that they are drawn later without being read again."""
    from pipelines.versions.version import documents_to_show

    fupin.undrawn |= documents_to_show(batch.versions, fupin.settings)


def draw_pages(fupin: Fupin) -> Built | str:
    """Brings the pages up to date with the snapshot; returns what was built, or why it could not be."""
    from pipelines.publishing.site.build import refresh_site

    built = refresh_site(fupin.settings, fupin.undrawn)
    fupin.undrawn.clear()
    return built


def end_run(fupin: Fupin, batch: Batch, meter: Meter) -> None:
    """Notes the end of a run, and lets go what it has read."""
    meter.end()
    fupin.meters.pop(meter.record.run_id, None)
    fupin.finished.append(batch)
    batch.let_go()
