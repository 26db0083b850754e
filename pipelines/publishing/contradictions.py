"""Reports that contradict each other and of which none comes first: one line each set of them, with what decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_SETS = """
WITH things AS (
    SELECT thing_key, list(DISTINCT report_id ORDER BY report_id) AS reports,
        arg_min(region_name_en, report_id) AS region, any_value(period_code) AS period_code,
        string_agg(DISTINCT printed_text, ' / ' ORDER BY printed_text) AS texts
    FROM quality.contradiction GROUP BY thing_key
)
SELECT reports, count(*), arg_min(region, thing_key), arg_min(period_code, thing_key), arg_min(texts, thing_key)
FROM things WHERE $of IS NULL OR list_has_any(reports, $of::VARCHAR[]) GROUP BY reports ORDER BY reports
"""


def contradictions(connection: duckdb.DuckDBPyConnection, reports: list[str] | None = None) -> list[str]:
    """Asks which of reports counts that contradict each other; a line for each set of them.

    Args:
        connection: to a snapshot.
        reports: only sets with one of these; None for all.
    """
    lines = []
    for names, count, region, period, texts in connection.execute(_SETS, {"of": reports}).fetchall():
        said = f"{' and '.join(names)} contradict each other in {count} place{'' if count == 1 else 's'}"
        decides = f'`fupin supersede "{names[0]}" "{names[1]}"`, or the other way round'
        lines.append(
            f"{said} (first: {region}, {period}: {texts}), and none comes first; the values are disputed until one is "
            f"dated later in a report file, or superseded: {decides}"
        )
    return lines
