"""Reports of several files and activity lists through the whole pipeline: one partition, one version, one archive."""

from __future__ import annotations

import json

import pytest
from dagster import DagsterInstance, build_sensor_context

from pipelines.commands.recheck import recheck
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.sensors import build_sensor
from pipelines.orchestration.work import raw_files
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.reading.folders import report_of
from tests.fixtures.written import activity, budget, iati, transaction
from tests.site_home import put

pytestmark = pytest.mark.usefixtures("begun", "no_pages", "not_validated")

STATEMENT = "publisher: Office\nregion: Jiangxi\nperiod: 2010\npublished: 2011-05-31\nlicence: CC-BY-4.0\n"


@pytest.fixture
def folder(sample, settings):
    """A report of a text and a table."""
    sample("jiangxi_2010.txt", "2010/jiangxi/text.txt")
    sample("jiangxi_funds_2009_2011_zh.csv", "2010/jiangxi/annex/funds.csv")
    place = settings.raw / "2010" / "jiangxi"
    (place / "report.yml").write_text(STATEMENT)
    return place


def taken_in(settings, name):
    """Loads and publishes a report as a run does, without Dagster and the pages."""
    put(settings, name)
    publish(settings)


def rows(settings, sql):
    with open_snapshot(settings) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.slow
def test_a_folder_is_one_report_with_one_version_and_one_archived_file(settings, fupin, folder):
    ended = fupin("run")
    assert ended.code == 0, ended.err
    assert "2010/jiangxi: stated: publisher Office, region Jiangxi (360000), period 2010" in ended.err
    [report] = rows(
        settings,
        "SELECT report_id, publisher, cast(published_on AS VARCHAR), licence, region_code, period_code, content_hash "
        "FROM core.dim_report",
    )
    assert report[:-1] == ("2010/jiangxi", "Office", "2011-05-31", "CC-BY-4.0", "360000", "Y2010")
    kept = [path.name for path in settings.archive.rglob("*") if path.is_file() and path.name != "history.jsonl"]
    assert kept == [report[-1]]
    places = rows(settings, "SELECT DISTINCT coalesce(sheet, section) FROM core.fact_figure ORDER BY 1")
    assert {place.split("/csv")[0].split(" > ")[0] for (place,) in places} == {"annex/funds.csv", "text.txt"}
    assert "all known" in fupin("run").out
    # what is kept is enough to check a figure again
    [(figure_id, printed)] = rows(settings, "SELECT figure_id, printed_text FROM core.fact_figure WHERE figure_id = 1")
    bounds = tuple(rows(settings, "SELECT value, value, value FROM core.fact_figure WHERE figure_id = 1")[0])
    assert recheck(settings, "2010/jiangxi", kept[0], figure_id, printed, bounds) is not None


@pytest.mark.slow
def test_a_changed_annex_or_statement_is_a_new_version(settings, fupin, folder):
    taken_in(settings, "2010/jiangxi")
    annex = folder / "annex" / "funds.csv"
    annex.write_text(annex.read_text() + "\n")
    assert fupin("run", annex).code == 0
    (folder / "report.yml").write_text(STATEMENT.replace("Office", "Bureau"))
    assert fupin("run", folder).code == 0
    versions = rows(settings, "SELECT version_no, is_current, publisher FROM core.dim_report ORDER BY 1")
    assert versions == [(1, False, "Office"), (2, False, "Office"), (3, True, "Bureau")]


@pytest.mark.slow
def test_a_report_file_that_comes_later_makes_a_new_version(settings, fupin, sample):
    path = sample("guizhou_2009.txt")
    taken_in(settings, "guizhou_2009.txt")
    beside = path.with_name("guizhou_2009.txt.report.yml")
    beside.write_text("region: Guangxi\n")
    assert [file.report_id for file in raw_files(settings)] == ["guizhou_2009.txt"]
    assert report_of(settings, beside.resolve()) == path.resolve()
    assert fupin("run").code == 0
    assert rows(settings, "SELECT version_no, is_current, region_code FROM core.dim_report ORDER BY 1") == [
        (1, False, "520000"),
        (2, True, "450000"),
    ]


@pytest.mark.slow
def test_a_mistake_keeps_the_version_out_until_it_is_edited(settings, fupin, folder):
    (folder / "report.yml").write_text("region: Jiangxii\n")
    ended = fupin("run")
    assert ended.code == 1
    assert 'error: 2010/jiangxi: report.yml, key region: "Jiangxii" is no region' in ended.err
    assert "still not loaded: 2010/jiangxi" in fupin("run").out
    (folder / "report.yml").write_text(STATEMENT)
    assert fupin("run").code == 0


def test_odd_places_are_refused_in_one_line(settings, sample, folder, tmp_path):
    sample("guizhou_2009.txt")
    (settings.raw / "report.yml").write_text(STATEMENT)
    (settings.raw / "gone.txt.report.yml").write_text(STATEMENT)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    refused = {file.report_id: file.refusal for file in raw_files(settings) if file.refusal}
    assert refused == {
        "2010/jiangxi": "link.txt: is a link that leads out of the report's folder; copy the file instead",
        "gone.txt.report.yml": "is about gone.txt, which is not beside it",
        "report.yml": "is a report file without a folder of its own; put it there with the files that it is about",
    }


def test_the_sensor_asks_for_a_folder_once_and_again_when_a_part_changes(settings, folder):
    settings = settings.model_copy(update={"settle_seconds": 0.0})
    with DagsterInstance.ephemeral() as instance:
        watch = build_sensor(watch_seconds=0)

        def tick(cursor=None):
            context = build_sensor_context(instance, cursor=cursor, resources={"fupin": Fupin(settings)})
            return watch.evaluate_tick(context)

        first = tick()
        assert list(json.loads(first.cursor)["asked"]) == ["2010/jiangxi"]
        assert len(first.run_requests) == 1
        assert tick(first.cursor).run_requests == []
        (folder / "text.txt").write_text("Poverty work in Jiangxi, 2010\nRoads were built in 5 villages.\n")
        assert len(tick(first.cursor).run_requests) == 1


def test_figures_of_a_folder_and_of_its_part_say_what_is_stated(fupin, folder):
    for path in (folder, folder / "text.txt"):
        ended = fupin("figures", path)
        assert ended.code == 0, ended.err
        assert "publisher  Office (stated in report.yml)" in ended.out


def test_a_revised_budget_replaces_the_original_in_the_sums_of_activities(settings):
    sector = '<sector vocabulary="1" code="31120"/>'
    inside = sector + budget("1000000") + budget("1200000", kind=2) + transaction(3, "300000") + transaction(3, "50000")
    (settings.raw / "aid.xml").write_text(iati(activity("A", inside, title="Tea for Jiangxi")))
    taken_in(settings, "aid.xml")
    sums = rows(
        settings,
        "SELECT region_code, period_code, program_code, stage_code, cast(value AS BIGINT), figure_count "
        "FROM core.selected_activity_sum ORDER BY stage_code",
    )
    assert sums == [
        ("360000", "Y2011", "industrial", "issued", 350_000, 2),
        ("360000", "Y2011", "industrial", "planned", 1_200_000, 1),
    ]
    # single amounts of activities speak for no program
    assert rows(settings, "SELECT count(*) FROM work.selected_figure") == [(0,)]
    assert rows(settings, "SELECT count(*) FROM core.fact_fund") == [(4,)]
    (settings.raw / "aid.xml").write_text(iati(activity("A", sector + budget("7"), title="Tea for Jiangxi")))
    taken_in(settings, "aid.xml")
    assert rows(settings, "SELECT cast(value AS BIGINT) FROM core.selected_activity_sum") == [(7,)]
