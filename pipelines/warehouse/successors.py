"""Reports that look like the revision of another one whose file is gone: renamed and edited (`report_v2`, "final").

Nothing is decided here: both count until somebody says which one does, with `fupin supersede`.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from pipelines.settings import Settings

if TYPE_CHECKING:
    import duckdb

# fewer figures in common may be those of any two reports of a place
_FEWEST = 3

# each printed number counts as often as both print it
_ALIKE = """
WITH printed AS (
    SELECT report_version_key, unit_code, value, count(*) AS times
    FROM core.fact_figure GROUP BY ALL
), sums AS (
    SELECT report_version_key, sum(times) AS figures FROM printed GROUP BY ALL
), pairs AS (
    SELECT old.report_id AS old_id, new.report_id AS new_id, old.report_version_key AS old_key,
        new.report_version_key AS new_key
    FROM core.dim_report AS old JOIN core.dim_report AS new USING (region_code, period_code, series, language)
    WHERE old.is_current AND new.is_current AND old.report_id <> new.report_id
        AND new.report_id IN (SELECT unnest($new::VARCHAR[])) AND NOT old.report_id IN (SELECT unnest($new::VARCHAR[]))
        AND old.region_code <> 'unknown' AND old.period_code <> 'unknown'
), shared AS (
    SELECT old_id, new_id, old_key, new_key, sum(least(o.times, n.times)) AS equal
    FROM pairs JOIN printed AS o ON o.report_version_key = old_key
    JOIN printed AS n ON n.report_version_key = new_key AND n.unit_code = o.unit_code AND n.value = o.value
    GROUP BY ALL
)
SELECT old_id, new_id, cast(equal AS BIGINT), cast(greatest(o.figures, n.figures) AS BIGINT)
FROM shared JOIN sums AS o ON o.report_version_key = old_key JOIN sums AS n ON n.report_version_key = new_key
WHERE equal >= $fewest AND equal * 2 > greatest(o.figures, n.figures)
ORDER BY equal DESC, old_id, new_id
"""


class Successor(NamedTuple):
    """A report without a file, the one that looks like its revision, and how many figures they have in common."""

    old: str
    new: str
    equal: int
    figures: int

    @property
    def line(self) -> str:
        """What was found, and what decides."""
        return (
            f"{self.old} is no longer in raw/, and {self.new} looks like its revision: same region, period and kind, "
            f"{self.equal} of {self.figures} figures equal. Both count; where they differ, nothing but a decision says "
            f'which one is right: `fupin supersede "{self.old}" "{self.new}"`'
        )


def likely_successors(
    connection: duckdb.DuckDBPyConnection, settings: Settings, loaded: Collection[str]
) -> list[Successor]:
    """Which of the reports that were just loaded look like revisions of reports whose file is gone.

    Each report is named once, with the one that it has most in common with.

    Args:
        connection: to the warehouse.
        settings: where the landing zone is.
        loaded: ids of the reports.
    """
    if not loaded:
        return []
    rows = connection.execute(_ALIKE, {"new": sorted(loaded), "fewest": _FEWEST}).fetchall()
    found: dict[str, Successor] = {}
    taken: set[str] = set()
    for row in rows:
        one = Successor(*row)
        if one.old not in found and one.new not in taken and not os.path.lexists(settings.raw / one.old):
            found[one.old] = one
            taken.add(one.new)
    return list(found.values())
