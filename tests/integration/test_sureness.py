"""What is assumed enters no indicator and no total, and what is unknown keeps no report out."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace

import pytest

from pipelines.meaning.derive import derive_facts
from pipelines.meaning.meaning import Decision
from pipelines.settings import PROJECT, Settings
from pipelines.suites.files import read_suites
from pipelines.suites.reports import run_suites
from pipelines.suites.tables import run_table_suites
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.validation import table_frame
from tests.helpers import version

FACTS = ("fact_fund", "fact_result", "fact_target", "fact_claim")
ATTRIBUTES = ("program", "source", "region", "period")
ACTIVITIES = "program,year,source,amount (CNY)\nrelocation,2011,central,500\nroads,2011,provincial,300\n"
UNKNOWN = {
    "no_region.txt": "Review of rural poverty in 2016\n\nIn 2016 the rural per capita net income in the key counties "
    "reached 7,480 yuan, up 11.6% over 2015, 2.1 percentage points above the national average.\n",
    "no_region_zh.txt": "2017年全国农村贫困监测\n\n2017年重点县农民人均纯收入9255元，增长10.4%，"
    "高于全国平均水平2.1个百分点。\n",
    "two_regions.txt": "Poverty alleviation in Hunan and Jiangxi, 2016\n\nIn 2016 the net income in the key counties "
    "reached 7,480 yuan, up 11.6%. The central government allocated 5 billion yuan.\n",
    "no_period.txt": "Poverty alleviation in Hunan\n\nThe central government allocated 5 billion yuan. The net income "
    "in the key counties reached 7,480 yuan, up 11.6%.\n",
    "cells.csv": "region,year,program,amount (CNY)\n,2011,relocation,500\nHunan,,relocation,300\nHunan,2011,zzz,900\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory, empty_home) -> Settings:
    folder = tmp_path_factory.mktemp("sure")
    shutil.copytree(empty_home, folder / "var")
    (folder / "activities.csv").write_text(ACTIVITIES)
    settings = Settings(home=folder / "var")
    listed = version(folder / "activities.csv")
    listed = replace(listed, identity=replace(listed.identity, series="activity_list"))
    reports = [version(PROJECT / "raw" / name) for name in ("jiangxi_2010.txt", "jiangxi_2011.txt")]
    assert load_versions(settings, [*reports, listed]).quarantined == {}
    return settings


@pytest.fixture
def connection(home):
    """A transaction of which nothing stays."""
    with open_warehouse(home) as opened:
        opened.execute("BEGIN TRANSACTION")
        yield opened
        opened.execute("ROLLBACK")


def totals(connection):
    """Rows of every indicator and of the sums of activities, without the quality of data: it counts all figures."""
    rows = connection.execute(
        "SELECT view_name FROM duckdb_views() WHERE schema_name = 'indicator' AND starts_with(view_name, 'v_')"
    ).fetchall()
    names = [f"indicator.{name}" for (name,) in rows if name != "v_data_quality_index"]
    return {
        name: Counter(map(repr, connection.execute(f"FROM {name}").fetchall()))
        for name in (*names, "core.selected_activity_sum")
    }


@pytest.fixture(scope="module")
def before(home):
    """The totals that nothing has changed yet."""
    with open_warehouse(home) as opened:
        return totals(opened)


def copy_all(connection, sureness, attribute):
    """Every figure and fact a second time, ahead of the first and with values of its own, as sure as is said."""
    other = {"figure_key": "figure_key // 2", "figure_id": "-figure_id", "sureness": f"'{sureness}'"}
    values = ("value", "value_low", "value_high", "amount", "amount_low", "amount_high")
    other |= {name: f"2 * {name}" for name in (*values, "amount_cny", "amount_low_cny", "amount_high_cny")}
    other |= {f"{attribute}_how": f"'{sureness}'"}
    for table in ("fact_figure", *FACTS):
        columns = [row[0] for row in connection.execute(f"DESCRIBE core.{table}").fetchall()]
        listed = ", ".join(other.get(name, name) for name in columns)
        connection.execute(f"INSERT INTO core.{table} SELECT {listed} FROM core.{table}")


@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.slow
def test_what_is_assumed_changes_no_indicator_and_stays_to_be_queried(connection, before, attribute):
    [(figures, funds)] = connection.execute(
        "SELECT (SELECT count(*) FROM core.current_figure), (SELECT count(*) FROM core.fact_fund)"
    ).fetchall()
    copy_all(connection, "assumed", attribute)
    assert {name for name, rows in totals(connection).items() if rows != before[name]} == set()
    assert connection.execute(
        "SELECT (SELECT count(*) FROM core.current_figure), (SELECT count(*) FROM core.fact_fund), "
        "(SELECT count(*) FROM core.fact_fund WHERE sureness = 'assumed')"
    ).fetchone() == (2 * figures, 2 * funds, funds)


def test_the_same_facts_change_indicators_where_they_are_sure(connection, before):
    copy_all(connection, "inherited", "program")
    changed = {name for name, rows in totals(connection).items() if rows != before[name]}
    assert changed >= {"indicator.v_central_share", "indicator.v_year_on_year", "core.selected_activity_sum"}


def test_an_assumed_place_or_time_counts_as_not_known(connection):
    known = "SELECT max(meaningful_pct) FROM indicator.v_data_quality_index"
    [(before,)] = connection.execute(known).fetchall()
    connection.execute("UPDATE core.fact_figure SET period_how = 'assumed', sureness = 'assumed'")
    [(after,)] = connection.execute(known).fetchall()
    assert before > after == 0


def test_facts_are_as_sure_as_their_figures(connection, home):
    assert [violation.check for violation in run_checks(connection, home.sql)] == []
    for table in FACTS:
        rows = connection.execute(
            f"SELECT count(*), count_if(f.sureness = g.sureness) FROM core.{table} AS f "
            "JOIN core.fact_figure AS g USING (figure_key)"
        ).fetchall()
        assert rows[0][0] == rows[0][1]


@pytest.mark.parametrize("column", ["region_key", "period_key", "program_key"])
@pytest.mark.parametrize("share", [1, 2])
@pytest.mark.slow
def test_unknown_members_lead_out_of_indicators_and_to_no_failing_expectation(connection, column, share):
    for table in ("fact_figure", *FACTS):
        connection.execute(f"UPDATE core.{table} SET {column} = -1 WHERE hash(figure_key) % {share} = 0")
    suites = read_suites(PROJECT / "expectations", "indicator")
    frames = {suite.name: table_frame(connection, f"indicator.v_{suite.name}") for suite in suites}
    results = [result for found in run_table_suites(suites, frames).values() for result in found]
    assert [result.details for result in results if not result.success and result.severity != "info"] == []


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
def test_reports_without_region_or_period_load_and_enter_no_indicator(settings, tmp_path):
    for name, text in UNKNOWN.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    read = [version(tmp_path / name) for name in UNKNOWN]
    shapes = run_suites(read, PROJECT / "expectations")
    loaded = load_versions(settings, [replace(one, expectations=shapes[one.document.report_id]) for one in read])
    assert (sorted(loaded.loaded), loaded.quarantined, loaded.broken) == (sorted(UNKNOWN), {}, [])
    with open_warehouse(settings) as connection:
        found = {row for rows in totals(connection).values() for row in rows}
    assert all("'430000'" in row and "'Y2011'" in row for row in found)


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
def test_a_report_loads_beside_one_with_figures_of_other_regions(settings, sample):
    beside, path = version(PROJECT / "raw" / "jiangxi_2011.txt"), sample("jiangxi_2010.txt")
    places = (Decision(), Decision("430000", "named"), beside.identity.region)
    meanings = tuple(one._replace(region=places[number % 3]) for number, one in enumerate(beside.meanings))
    beside = replace(beside, meanings=meanings, facts=derive_facts(beside.reading, meanings))
    assert load_versions(settings, [version(path), beside]).quarantined == {}
    # of the revision, which speaks of its own region only, less is computed anew
    path.write_text(path.read_text().replace("737 million", "738 million"))
    assert load_versions(settings, [version(path)]).quarantined == {}
    with open_warehouse(settings) as connection:
        assert [violation.sample for violation in run_checks(connection, settings.sql)] == []


def test_growth_said_of_two_programs_gives_one_row(connection):
    rows = "SELECT count(*), count(DISTINCT (region_code, period_code, basis)) FROM {}"
    name = "indicator.v_provincial_average_income_growth"
    before = connection.execute(rows.format(name)).fetchone()
    copy_all(connection, "inherited", "program")
    connection.execute("UPDATE core.fact_claim SET program_key = -1 WHERE hash(figure_key) % 2 = 0")
    assert connection.execute(rows.format(name)).fetchone() == before
    assert before[0] == before[1] > 0


def test_a_part_whose_giver_is_unknown_is_not_taken_for_the_total(connection):
    query = (
        "SELECT value, denominator FROM indicator.v_central_share WHERE period_code = 'Y2010' AND basis = 'as_reported'"
    )
    before = connection.execute(query).fetchall()
    for table in ("fact_fund", "fact_figure"):
        connection.execute(
            f"UPDATE core.{table} SET source_key = -1, stage_key = (SELECT stage_key FROM core.dim_flow_stage "
            "WHERE stage_code = 'spent') WHERE figure_key IN "
            "(SELECT figure_key FROM core.fact_figure WHERE printed_text = '76.89 million Yuan')"
        )
    assert connection.execute(query).fetchall() == before
    assert before[0][1] == 737_000_000
