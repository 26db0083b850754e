"""An entry that has gone from the catalogue: its row stays, marked, its reports are read again, and all goes on."""

from __future__ import annotations

import shutil

import pytest

from pipelines.settings import PROJECT
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.dimensions import contents_of_gone, load_dimensions
from tests.helpers import copied
from tests.integration.conftest import call

pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")

REPORT = "jiangxi_2010.txt"
# dimension → key column; a member of each that a report uses is taken for one that the catalogue had and has no more
GONE = {"program": "program_key", "fund_source": "source_key", "measure": "measure_key", "flow_stage": "stage_key"}


@pytest.fixture
def home(loaded, tmp_path):
    """Loaded reports, one of which was read with entries that the catalogue has no more."""
    settings = copied(loaded.settings, tmp_path)
    with open_warehouse(settings) as connection:
        [owner] = connection.execute(
            "SELECT report_version_key FROM core.dim_report WHERE report_id = ?", [REPORT]
        ).fetchone()
        for name, key in GONE.items():
            [used] = connection.execute(
                f"SELECT mode({key}) FROM core.fact_fund WHERE report_version_key = {owner} AND {key} <> -1"
            ).fetchone()
            connection.execute(
                f"INSERT INTO core.dim_{name} SELECT * REPLACE (77 AS {key}, 'of_before' AS {key[:-4]}_code) "
                f"FROM core.dim_{name} WHERE {key} = {used}"
            )
            for table in ("fact_figure", "fact_fund"):
                connection.execute(
                    f"UPDATE core.{table} SET {key} = 77 WHERE report_version_key = {owner} AND {key} = {used}"
                )
        connection.execute(
            f"UPDATE quality.reading SET reading_hash = 'of before', reader_version = 'of before' "
            f"WHERE report_version_key = {owner}"
        )
    return settings


def query(settings, sql):
    with open_warehouse(settings) as connection:
        return connection.execute(sql).fetchall()


def retired(settings):
    return {name for name in GONE if query(settings, f"FROM core.dim_{name} WHERE is_retired")}


@pytest.mark.slow
def test_its_row_stays_marked_and_other_reports_are_loaded(home):
    (home.raw / "more").mkdir()
    shutil.copyfile(PROJECT / "raw" / "shandong_2009.txt", home.raw / "more" / "shandong_2009.txt")
    ended = call(home, "run")
    assert (ended.code, ended.err) == (0, "")
    assert "Read again, for the catalogue has no more what 1 report used: 1 loaded anew." in ended.out
    with open_warehouse(home) as connection:
        assert contents_of_gone(connection) == []
        # what nothing refers to any more is not kept
        load_dimensions(connection)
    assert retired(home) == set()


def test_marked_members_are_joined_by_code_and_checked_no_more(home):
    with open_warehouse(home) as connection:
        assert [report for report, _ in contents_of_gone(connection)] == [REPORT]
        assert load_dimensions(connection)
        assert not load_dimensions(connection)
        assert connection.execute("SELECT program_code, is_retired FROM core.program WHERE is_retired").fetchall() == [
            ("of_before", True)
        ]
        assert (
            connection.execute("SELECT count(*) FROM core.program").fetchone()
            == connection.execute("SELECT count(DISTINCT program_code) FROM core.dim_program").fetchone()
        )
    assert retired(home) == GONE.keys()
