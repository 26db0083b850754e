"""Which reports stand in the snapshot under other decisions than the files hold now."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.files import ReviewFile, read_reviews
from pipelines.settings import Settings


def decided_otherwise(settings: Settings) -> list[tuple[str, str]]:
    """Report id and content hash of versions that count whose decisions are others than when they were loaded.

    Raises:
        CatalogError: a file of decisions is malformed.
        FupinError: nothing has been published yet.
    """
    decisions = read_reviews(settings.decisions)
    with open_snapshot(settings) as connection:
        rows = connection.execute(
            "SELECT report_id, content_hash, coalesce(split_part(reader_version, '+', 2), '') "
            "FROM core.dim_report AS r LEFT JOIN quality.reading USING (report_version_key) WHERE r.is_current "
            "ORDER BY report_id"
        ).fetchall()
    return [(report, content) for report, content, applied in rows if applied != fingerprint_of(decisions, report)]


def fingerprint_of(decisions: Mapping[str, ReviewFile], report: str) -> str:
    """The fingerprint of the decisions about a report; empty where there are none."""
    file = decisions.get(report)
    return file.fingerprint if file is not None else ""
