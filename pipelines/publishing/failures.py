"""Failures as an officer reads them: what does not hold, how grave, since when, and the sentence it comes from."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from pipelines.catalog.sentences import retold

if TYPE_CHECKING:
    import duckdb

COLUMNS = (
    *("severity", "report", "root_cause", "rule", "finding", "formula", "suspect", "place", "sentence"),
    *("suggestion", "id", "state", "first_seen", "changed", "resolved"),
)
SEVERITIES = ("critical", "error", "warning", "info")
_TIMES = ("first_seen", "changed", "resolved")
# the members of a root cause stand together, at the place of the gravest of them
_LISTED = f"""
WITH chosen AS (
    SELECT
        f.severity, f.report_id AS report, f.root_cause, f.rule_code AS rule, f.message AS finding, f.formula,
        f.suspect_text AS suspect, f.place, f.sentence, f.suggestion, f.said, f.failure_id AS id,
        f.failure_state AS state,
        epoch_us(f.first_seen_at) AS first_seen, epoch_us(f.changed_at) AS changed,
        epoch_us(f.resolved_at) AS resolved, coalesce(c.check_id, 0) AS check_id,
        list_position({list(SEVERITIES)}, f.severity) AS rank
    FROM quality.failure AS f
    LEFT JOIN core.fact_check AS c USING (check_key)
    WHERE ($severity IS NULL OR f.severity = $severity)
      AND ($report IS NULL OR f.report_id = $report)
      AND ($root_cause IS NULL OR f.root_cause = $root_cause)
      AND ($since IS NULL OR greatest(f.first_seen_at, f.changed_at, f.resolved_at) >= $since)
)
SELECT {", ".join(COLUMNS)}, said FROM chosen
ORDER BY
    state, min(rank) OVER (PARTITION BY state, report, root_cause), report,
    try_cast(regexp_extract(root_cause, '[0-9]+') AS INTEGER), root_cause, check_id, id
"""


def open_failures(
    connection: duckdb.DuckDBPyConnection,
    severity: str | None = None,
    report: str | None = None,
    root_cause: str | None = None,
    since: datetime.datetime | None = None,
    resolved_too: bool = False,
    language: str = "en",
) -> list[dict[str, Any]]:
    """Failing checks of current versions and contents that were not loaded.

    Args:
        connection: to the snapshot.
        severity: only this one.
        report: only this report.
        root_cause: only this one, such as `RC1`.
        since: only what was found first, changed or was resolved then or later; with a time zone.
        resolved_too: also what no longer fails, after the rest.
        language: of finding, formula and suggestion, `en` or `zh`.

    Returns:
        Rows with the keys `COLUMNS`, and `said` for `in_language`; open ones first, then the gravest; members of a
        root cause stand together. Times are in UTC, in whole seconds.
    """
    wanted: dict[str, Any] = {"severity": severity, "report": report, "root_cause": root_cause}
    rows = connection.execute(_LISTED, wanted | {"since": since}).fetchall()
    found = [in_language(_readable(dict(zip((*COLUMNS, "said"), row, strict=True))), language) for row in rows]
    # told apart here: a parameter that is not NULL would make DuckDB load pandas
    return [failure for failure in found if resolved_too or failure["state"] == "open"]


def in_language(failure: dict[str, Any], language: str) -> dict[str, Any]:
    """A failure as `open_failures` lists it, told in another language."""
    if language == "en":
        return failure
    columns = {"finding": "message", "formula": "formula", "suggestion": "suggestion"}
    said = failure["said"]
    return failure | {name: retold(said, kept, failure[name], language) for name, kept in columns.items()}


def _readable(failure: dict[str, Any]) -> dict[str, Any]:
    for name in _TIMES:
        if failure[name] is not None:
            failure[name] = datetime.datetime.fromtimestamp(failure[name] // 1_000_000, datetime.UTC)
    return failure
