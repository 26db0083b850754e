"""Reads loaded reports again from the archive, and loads those of which something else is read by now.

What differs takes the place of the earlier reading: the same content, under the same version number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.orchestration.held import held
from pipelines.orchestration.kept import kept_readings, validated
from pipelines.publishing.decided import fingerprint_of
from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.files import read_reviews
from pipelines.settings import Settings
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.facts import version_key
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.parquet import kept_contents, write_parquet
from pipelines.warehouse.readings import confirm_readings, reader_of, reader_with, reading_hash
from pipelines.warehouse.rebuild import Content

if TYPE_CHECKING:
    import duckdb

# so many versions are in memory at a time
_CHUNK = 64


@dataclass(slots=True)
class Reread:
    """What became of reports that were read again.

    Attributes:
        same: those of which the same is read as was loaded.
        changed: those that were loaded anew.
        mended: those among `same` whose files below `figures/` or `facts/` were damaged or gone.
        lost: report → why it cannot be read any more; what was loaded stays.
    """

    same: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    lost: dict[str, str] = field(default_factory=dict)


def current_contents(settings: Settings, *, stale_only: bool = False, region: str | None = None) -> list[Content]:
    """Report id and content hash of the versions that count, oldest first.

    Args:
        settings: where the snapshot is.
        stale_only: only those that another reader or catalogue has read, or under other decisions.
        region: only reports that speak for this region or one within it, by code.

    Raises:
        FupinError: nothing has been published yet.
    """
    within = (region or "").rstrip("0")
    within += "0" * (len(within) % 2)
    # a parameter makes DuckDB load pandas, which a run with nothing new needs not
    where, told = ("AND r.region_code LIKE $1 || '%'", [[within]]) if within else ("", [])
    with open_snapshot(settings) as connection:
        _assert_recorded(settings, connection)
        rows = connection.execute(
            "SELECT report_id, content_hash, reader_version FROM core.dim_report AS r LEFT JOIN quality.reading USING "
            f"(report_version_key) WHERE r.is_current {where} ORDER BY ingested_at, report_id",
            *told,
        ).fetchall()
    decisions = read_reviews(settings.decisions) if stale_only else {}
    return [
        (report, content)
        for report, content, reader in rows
        if not stale_only or reader != reader_with(fingerprint_of(decisions, report))
    ]


def stale_contents(settings: Settings) -> list[Content]:
    """Those that another reader or catalogue than the present one has read, but for those that are held."""
    stale = current_contents(settings, stale_only=True)
    kept_so = held(settings) if stale else set()
    return [one for one in stale if one not in kept_so]


def reread(
    settings: Settings, contents: Sequence[Content], done: Callable[[int], None] = lambda _count: None
) -> Reread:
    """Reads contents again and loads what differs; nothing is published.

    Args:
        settings: where archive and warehouse are.
        contents: of versions that count, at most one of each report.
        done: called with the number of reports after each chunk.

    Raises:
        WarehouseLockedError: another process is loading.
        FupinError: the disk refuses it; chunks that were finished stay.
    """
    result = Reread()
    whole = kept_contents(settings)
    for start in range(0, len(contents), _CHUNK):
        chunk = contents[start : start + _CHUNK]
        _reread_chunk(settings, chunk, whole, result)
        done(len(chunk))
    return result


def _reread_chunk(settings: Settings, chunk: Sequence[Content], whole: set[Content], result: Reread) -> None:
    known = _known_hashes(settings)
    found = kept_readings(settings, chunk)
    versions = {name: one for name, one in found.items() if isinstance(one, ReportVersion)}
    same = [one for one in versions.values() if known.get(version_key(one)) == reading_hash(one)]
    damaged = [one for one in same if (one.document.report_id, one.document.content_hash) not in whole]
    if damaged:
        write_parquet(settings, damaged, anew=True)
        result.mended += [one.document.report_id for one in damaged]
    kept = {version_key(one): reader_of(one) for one in same}
    outcomes = validated(settings, {name: one for name, one in versions.items() if version_key(one) not in kept})
    fresh = [one for one in outcomes.values() if isinstance(one, ReportVersion)]
    refused = {report: cause for (report, _), cause in (found | outcomes).items() if isinstance(cause, str)}
    if fresh:
        write_parquet(settings, fresh, anew=True)
        summary = load_versions(settings, fresh, anew=True)
        result.changed += summary.loaded
        refused |= summary.quarantined
    with open_warehouse(settings) as connection, transaction(connection):
        confirm_readings(connection, kept)
    result.same += [one.document.report_id for one in same]
    result.lost |= refused


def _known_hashes(settings: Settings) -> dict[int, str]:
    """Version → hash of what was loaded of it, from the warehouse itself: a snapshot may be older."""
    with open_warehouse(settings) as connection:
        _assert_recorded(settings, connection)
        return dict(connection.execute("SELECT report_version_key, reading_hash FROM quality.reading").fetchall())


def _assert_recorded(settings: Settings, connection: duckdb.DuckDBPyConnection) -> None:
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'reading'").fetchone():
        raise FupinError(f"{settings.warehouse}: was made by an earlier version; run `fupin rebuild`")
