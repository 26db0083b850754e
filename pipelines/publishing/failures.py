"""Open failures as an officer reads them: what does not hold, how grave, and the sentence or cell it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("severity", "report", "root_cause", "rule", "finding", "formula", "suspect", "place", "sentence")
_ORDER = "CASE severity WHEN 'critical' THEN 0 WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END"
_FAILURES = f"""
WITH open_checks AS (
    SELECT
        c.severity, r.report_id AS report, c.root_cause, d.rule_code AS rule, c.message AS finding, c.formula,
        c.check_id, coalesce(c.suspect_figure_keys[1], c.operand_figure_keys[1]) AS shown_key,
        len(c.suspect_figure_keys) > 0 AS has_suspect
    FROM core.fact_check AS c
    JOIN core.dim_report AS r USING (report_version_key)
    JOIN core.dim_rule AS d USING (rule_key)
    WHERE r.is_current AND c.verdict IN ('fails', 'fails_if_nested', 'suspect')
),
kept_out AS (
    SELECT
        'critical' AS severity, q.report_id AS report, CAST(NULL AS VARCHAR) AS root_cause, 'not loaded' AS rule,
        q.cause AS finding, '' AS formula, '' AS suspect, '' AS place, '' AS sentence, 0 AS check_id
    FROM quality.quarantine AS q
    LEFT JOIN core.dim_report AS r ON q.report_id = r.report_id AND r.is_current AND r.ingested_at > q.quarantined_at
    WHERE r.report_id IS NULL
      AND q.quarantined_at = (SELECT max(l.quarantined_at) FROM quality.quarantine AS l WHERE l.report_id = q.report_id)
)
SELECT {", ".join(COLUMNS)} FROM (
    SELECT
        o.severity, o.report, o.root_cause, o.rule, o.finding, o.formula,
        CASE WHEN o.has_suspect THEN f.printed_text ELSE '' END AS suspect,
        coalesce(f.sheet || ' ' || f.cell, f.section) AS place, f.sentence, o.check_id
    FROM open_checks AS o
    JOIN core.fact_figure AS f ON f.figure_key = o.shown_key
    UNION ALL
    SELECT severity, report, root_cause, rule, finding, formula, suspect, place, sentence, check_id FROM kept_out
)
WHERE (? IS NULL OR severity = ?) AND (? IS NULL OR report = ?)
ORDER BY {_ORDER}, report, root_cause, check_id
"""


def open_failures(
    connection: duckdb.DuckDBPyConnection, severity: str | None = None, report: str | None = None
) -> list[dict[str, Any]]:
    """Failing checks of current versions and contents that were not loaded.

    Args:
        connection: to the snapshot.
        severity: only this one.
        report: only this report.

    Returns:
        Rows with the keys `COLUMNS`, the gravest first.
    """
    rows = connection.execute(_FAILURES, [severity, severity, report, report]).fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]
