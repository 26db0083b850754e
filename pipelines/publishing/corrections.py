"""Corrections of current reports as people see them: proposed, decided, and those that apply to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    *("id", "status", "report", "printed", "expected", "proposed", "proposed_low", "proposed_high", "unit", "source"),
    *("decided_by", "decided_at", "reason", "section", "place", "sentence"),
)
_CORRECTIONS = f"""
SELECT {", ".join(COLUMNS)} FROM (
    SELECT
        c.correction_id AS id, c.status, r.report_id AS report, f.printed_text AS printed, c.expected_value AS expected,
        c.proposed_value AS proposed, c.proposed_low, c.proposed_high, f.unit_code AS unit,
        c.correction_source AS source, c.decided_by,
        strftime(c.decided_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') AS decided_at, c.reason, f.section,
        f.sheet || '!' || f.cell AS place, f.sentence, f.figure_id AS ordinal
    FROM core.correction AS c
    JOIN core.dim_report AS r USING (report_version_key)
    JOIN core.fact_figure AS f USING (figure_key)
    WHERE r.is_current
    UNION ALL
    SELECT
        s.correction_id, 'stale', s.report_id, s.printed_text, NULL, NULL, NULL, NULL, NULL, 'people', NULL, NULL,
        s.cause, NULL, s.file_name || ' entry ' || s.entry_no, NULL, s.entry_no
    FROM quality.stale_correction AS s
)
WHERE ? IS NULL OR status = ?
ORDER BY report, ordinal, id
"""


def corrections(connection: duckdb.DuckDBPyConnection, status: str | None = None) -> list[dict[str, Any]]:
    """Corrections of current versions, and decisions that apply to nothing with the status `stale` and their cause.

    Args:
        connection: to the snapshot.
        status: only this one.

    Returns:
        Rows with the keys `COLUMNS`, by report in reading order.
    """
    rows = connection.execute(_CORRECTIONS, [status, status]).fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
