"""A home of an earlier version of the program is made anew by itself, from its archive."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import duckdb
import pytest

from pipelines.orchestration.renewal import is_outdated, renew
from pipelines.orchestration.rereading import current_contents, reread
from pipelines.publishing.snapshot import open_snapshot
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.runs import runs

# what the tables of the version before lacked
SET_BACK = (
    "DROP VIEW quality.unread_number",
    "DROP VIEW quality.unread_report",
    "ALTER TABLE core.fact_number DROP COLUMN why",
    "ALTER TABLE quality.run DROP COLUMN unread_out",
    "ALTER TABLE core.fact_fund DROP COLUMN currency",
    "UPDATE quality.schema_version SET fingerprint = 'of the version before', view_fingerprint = ''",
)


@pytest.fixture
def earlier(loaded, settings, fupin):
    """A home as the version before has left it, with its snapshot, and the folder of its reports."""
    shutil.rmtree(settings.home, ignore_errors=True)
    shutil.copytree(loaded.settings.home, settings.home)
    shutil.rmtree(settings.raw, ignore_errors=True)
    shutil.copytree(loaded.settings.raw, settings.raw)
    for path in (settings.warehouse, settings.snapshot):
        with duckdb.connect(str(path)) as connection:
            for statement in SET_BACK:
                connection.execute(statement)
    return settings


def figures(settings):
    with open_snapshot(settings) as connection:
        told = connection.execute("SELECT started_by, unread_out FROM quality.run ORDER BY started_at").fetchall()
        return connection.execute("SELECT figure_key, value FROM core.fact_figure ORDER BY ALL").fetchall(), told


@pytest.mark.slow
def test_a_run_makes_the_warehouse_anew_and_goes_on(earlier, loaded, fupin):
    assert is_outdated(earlier)
    assert "of another version of the program: `fupin run` makes it anew" in fupin("doctor").out
    ended = fupin("run")
    assert ended.code == 0
    assert ended.err.splitlines()[0] == (
        "The warehouse was made by another version of the program: it is made anew from the archive first."
    )
    assert "Nothing new" in ended.out
    before, _ = figures(loaded.settings)
    after, told = figures(earlier)
    assert after == before
    # the record of earlier runs is kept
    assert told == [("cli", 0), ("rebuild", 0)]
    again = fupin("run")
    assert (again.code, again.err) == (0, "")


@pytest.mark.slow
def test_the_page_and_the_daemon_make_it_anew_as_well(earlier, fupin):
    assert fupin("site").code == 0
    assert not is_outdated(earlier)
    with open_warehouse(earlier) as connection:
        connection.execute("UPDATE quality.schema_version SET fingerprint = 'another'")
    # what is published is of this version, and so is taken for the warehouse as well
    assert renew(earlier) is None


def test_a_home_of_this_version_is_left_alone(loaded):
    assert not is_outdated(loaded.settings)
    assert renew(loaded.settings) is None


# a home of November 2026 with one report, before Parquet was kept by run; its snapshot is a copy of the warehouse
KEPT = Path(__file__).parent.parent / "fixtures" / "homes" / "0.1.0_2026-11-26.tar.xz"
KEPT_REPORT = """Hubei province: poverty relief in 2009

In 2009, Hubei province allocated 120 million yuan for poverty relief, of which 90 million yuan came from the central \
budget and 30 million yuan from the provincial budget.
"""


@pytest.fixture
def kept(settings):
    """A home that an earlier version has left, with its report."""
    with tarfile.open(KEPT) as archive:
        archive.extractall(settings.home, filter="data")
    settings.snapshot.parent.mkdir()
    shutil.copyfile(settings.warehouse, settings.snapshot)
    (settings.raw / "hubei_2009.txt").write_text(KEPT_REPORT)
    return settings


def test_a_home_that_an_earlier_version_has_left_goes_on_by_itself(kept, fupin):
    ended = fupin("run")
    assert ended.code == 0
    assert ended.err.startswith("The warehouse was made by another version of the program: it is made anew")
    assert "Nothing new: 1 report" in ended.out
    with open_snapshot(kept) as connection:
        shares = connection.execute("SELECT region_name_en, period_code, value FROM indicator.central_share").fetchall()
        loaded = connection.execute("SELECT report_id, version_no FROM core.dim_report").fetchall()
    assert (shares, loaded) == ([("Hubei", "Y2009", 75)], [("hubei_2009.txt", 1)])
    assert [one.started_by for one in runs(kept)] == ["cli", "rebuild"]
    # what is kept as Parquet is written anew, as the night does it
    result = reread(kept, current_contents(kept))
    assert (result.mended, result.lost) == (["hubei_2009.txt"], {})
    assert fupin("rerun", "--all", "--dry-run").code == 0
