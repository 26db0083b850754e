"""A home of an earlier version of the program is made anew by itself, from its archive."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from pipelines.orchestration.renewal import is_outdated, renew
from pipelines.publishing.snapshot import open_snapshot
from pipelines.warehouse.connection import open_warehouse

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
        runs = connection.execute("SELECT started_by, unread_out FROM quality.run ORDER BY started_at").fetchall()
        return connection.execute("SELECT figure_key, value FROM core.fact_figure ORDER BY ALL").fetchall(), runs


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
    after, runs = figures(earlier)
    assert after == before
    # the record of earlier runs is kept
    assert runs == [("cli", 0), ("rebuild", 0)]
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
