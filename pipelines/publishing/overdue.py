"""Yearly reports that should have arrived: the year after the newest one of a region and series, when it is due."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.catalog.sentences import Said, say, sentences

if TYPE_CHECKING:
    import duckdb

_NEWEST = """
SELECT
    r.region_code, r.series, max(year(p.end_date)) AS newest_year
FROM core.dim_report AS r
JOIN core.dim_period AS p ON r.period_code = p.period_code AND p.period_kind IN ('calendar_year', 'fiscal_year')
WHERE r.is_current AND r.region_code <> 'unknown'
GROUP BY r.region_code, r.series
ORDER BY newest_year, r.region_code, r.series
"""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A report that is late.

    Attributes:
        region_code: whose report.
        series: kind of report.
        year: the first year without one.
        due: the last day on which it would have been in time.
    """

    region_code: str
    series: str
    year: int
    due: datetime.date

    @property
    def sentence(self) -> Said:
        """What is missing."""
        known = f"series.{self.series}" in sentences()["en"]
        series = say(f"series.{self.series}") if known else self.series.replace("_", " ")
        return say("overdue", region=self.region_code, series=series, year=self.year, due=f"{self.due:%Y-%m-%d}")


def overdue_reports(connection: duckdb.DuckDBPyConnection, today: datetime.date, due_days: int) -> list[Overdue]:
    """Reports that are late on a day, the longest missing first.

    Args:
        connection: to the snapshot.
        today: the day that counts.
        due_days: days after a year's end within which its report is in time.

    Returns:
        At most one per region and series: the year after its newest report. Documents about several years are no
        yearly reports and have no next one.
    """
    late = []
    for region_code, series, newest in connection.execute(_NEWEST).fetchall():
        due = datetime.date(newest + 1, 12, 31) + datetime.timedelta(days=due_days)
        if today > due:
            late.append(Overdue(region_code, series, newest + 1, due))
    return late
