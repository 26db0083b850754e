"""Which yearly report is late, by region and series."""

from __future__ import annotations

import datetime

import duckdb
import pytest

from pipelines.publishing.overdue import overdue_reports

DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def late():
    """Which reports are late on a day, given rows of region, period, series and whether the version is current."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA core")
    connection.execute(
        "CREATE TABLE core.dim_period AS SELECT 'Y' || y AS period_code, 'calendar_year' AS period_kind, "
        "make_date(y, 12, 31) AS end_date FROM range(2008, 2014) AS t (y) "
        "UNION ALL VALUES ('Y2009_2013', 'cumulative', DATE '2013-12-31')"
    )
    connection.execute(
        "CREATE TABLE core.dim_report (region_code VARCHAR, period_code VARCHAR, series VARCHAR, is_current BOOLEAN)"
    )

    def ask(rows, today=DAY, due_days=365):
        connection.execute("DELETE FROM core.dim_report")
        for row in rows:
            connection.execute("INSERT INTO core.dim_report VALUES (?, ?, ?, ?)", row)
        found = overdue_reports(connection, today, due_days)
        return [(one.region_code, one.series, one.year) for one in found]

    return ask


YEARBOOK = ("360000", "Y2010", "yearbook_chapter", True)


def test_a_report_is_late_from_the_day_after_it_was_due(late):
    # the report of 2011 has 365 days from the end of that year, and 2012 had 366
    assert late([YEARBOOK], datetime.date(2012, 12, 30)) == []
    assert late([YEARBOOK], datetime.date(2012, 12, 31)) == [("360000", "yearbook_chapter", 2011)]
    assert late([YEARBOOK], datetime.date(2012, 1, 10), due_days=10) == []
    assert late([YEARBOOK], datetime.date(2012, 1, 11), due_days=10) == [("360000", "yearbook_chapter", 2011)]


def test_only_the_first_year_after_the_newest_counts(late):
    rows = [YEARBOOK, ("360000", "Y2008", "yearbook_chapter", True), ("360000", "Y2012", "yearbook_chapter", True)]
    assert late(rows) == [("360000", "yearbook_chapter", 2013)]
    # a version that was replaced, because it spoke of another year, is none
    assert late([YEARBOOK, ("360000", "Y2012", "yearbook_chapter", False)]) == [("360000", "yearbook_chapter", 2011)]


def test_each_region_and_series_counts_for_itself_and_the_longest_missing_comes_first(late):
    rows = [("360000", "Y2011", "fund_table", True), YEARBOOK, ("999999", "Y2009", "fund_table", True)]
    assert late(rows) == [
        ("999999", "fund_table", 2010),
        ("360000", "yearbook_chapter", 2011),
        ("360000", "fund_table", 2012),
    ]


def test_documents_about_several_years_or_no_region_have_no_next_one(late):
    assert late([("360000", "Y2009_2013", "fund_table", True), ("unknown", "Y2010", "fund_table", True)]) == []
    assert late([]) == []
