"""Decisions about readings through the pipeline: run, rerun, revision, rebuild, and the way back."""

from __future__ import annotations

import re
import shutil

import pytest

from pipelines.publishing.snapshot import open_snapshot
from pipelines.review.files import ATTRIBUTES, READING
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.manifest import manifest_path, read_manifest
from tests.helpers import copied, version
from tests.integration.conftest import call
from tests.review_helpers import file_of, review

pytestmark = pytest.mark.usefixtures("not_validated")

NAME = "jiangxi_2010.txt"
TABLES = ("fact_figure", "fact_number", "fact_fund", "fact_result", "fact_target", "fact_claim", "bridge_composition")

# what can be decided about a reading, each of another figure
EACH = (
    ("737 million Yuan", "program", "relocation"),
    ("525.08 million Yuan", "source", "provincial"),
    ("135 million Yuan", "stage", "allocated"),
    ("76.89 million Yuan", "parent", "none"),
    ("3,069", "reading", "label"),
    ("21", "reading", "right"),
    ("8100", "measure", "industrial_projects"),
    ("25,000", "unit", "m"),
    ("780", "value", "781"),
    ("539", "reading", "unread"),
    ("460,000", "role", "target"),
    ("167,600", "region", "350000"),
    ("80,000", "period", "Y2009"),
)


@pytest.fixture
def home(loaded, tmp_path) -> Settings:
    """Four loaded reports of its own, with a folder of decisions."""
    return copied(loaded.settings, tmp_path, decisions=tmp_path / "decisions")


def fupin(home, *arguments):
    return call(home, *arguments, FUPIN_DECISIONS=str(home.decisions))


def rows(home) -> dict[str, list[str]]:
    """Every row of the facts and checks, and of every indicator."""
    with open_warehouse(home) as connection:
        indicators = connection.execute(
            "SELECT 'indicator.' || table_name FROM duckdb_tables() WHERE schema_name = 'indicator' "
            "AND table_name <> 'publication_lag'"
        ).fetchall()
        names = [
            *(f"core.{name}" for name in (*TABLES, "fact_check", "fact_proposal")),
            *(one for (one,) in indicators),
        ]
        return {name: sorted(map(str, connection.execute(f"FROM {name}").fetchall())) for name in names}


def funds(home, report=NAME) -> list[tuple]:
    with open_warehouse(home) as connection:
        return connection.execute(
            "SELECT p.program_code, f.sureness FROM core.fact_fund AS f JOIN core.dim_program AS p USING (program_key) "
            "JOIN core.dim_report AS r USING (report_version_key) WHERE r.report_id = ? AND r.is_current "
            "AND f.amount = 737000000",
            [report],
        ).fetchall()


def decide(home, *, attribute="program", value="relocation", text="737 million Yuan"):
    made = version(home.raw / NAME)
    return file_of(home.decisions, NAME, review(made, text, attribute, value))


def decide_each(home):
    made = version(home.raw / NAME)
    return file_of(home.decisions, NAME, *(review(made, *one) for one in EACH))


@pytest.mark.usefixtures("no_pages")
@pytest.mark.slow
def test_a_decision_counts_from_the_next_run_on_and_its_removal_restores_every_row(home):
    before = rows(home)
    assert [code for code, _ in funds(home)] == ["all"]
    file = decide_each(home)
    ended = fupin(home, "run")
    assert (ended.code, ended.err) == (0, "")
    assert f"Decisions applied: {NAME}" in ended.out
    assert [code for code, _ in funds(home)] == ["relocation"]
    assert fupin(home, "run").out.startswith("Nothing new")
    file.path.unlink()
    assert fupin(home, "run").code == 0
    assert rows(home) == before


@pytest.mark.slow
def test_who_looked_at_a_figure_is_seen_wherever_it_is(home):
    decide(home, attribute="reading", value="right")
    fupin(home, "run")
    with open_snapshot(home) as connection:
        assert connection.execute(
            "SELECT reviewed_by, CAST(reviewed_at AS VARCHAR) FROM core.fact_review"
        ).fetchall() == [("AL", "2026-03-01")]
        counts = connection.execute(
            "SELECT max(reviewed_count), bool_and(reviewed_count <= figure_count), "
            "bool_and(reviewed_count + unsure_count <= figure_count) FROM indicator.reviewed"
        ).fetchone()
        told = connection.execute(
            "SELECT DISTINCT reviewed_by, CAST(reviewed_at AS VARCHAR) FROM out.fact_all WHERE reviewed_by <> ''"
        ).fetchall()
        in_all = connection.execute(
            "SELECT indicator FROM indicator.reviewed_by_indicator WHERE reviewed_count = 1 AND figure_count > 1"
        ).fetchall()
    assert counts == (1, True, True)
    assert told == [("AL", "2026-03-01")]
    assert ("central_share",) in in_all
    page = (home.site / "indicators" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'data-label="Reviewed"><bdi>1</bdi>', page)
    assert "reviewed: AL, 2026-03-01" in fupin(home, "trace", "central_share", "Jiangxi", "2010").out
    files = [
        path.read_text(encoding="utf-8") for path in home.site.rglob("*") if path.suffix in (".html", ".js", ".csv")
    ]
    assert [file for file in files if "reviewed: AL, 2026-03-01" in file]
    assert [file for file in files if "Ada Li" in file] == []


@pytest.mark.usefixtures("no_pages")
@pytest.mark.slow
def test_each_decision_survives_a_rerun_another_reader_a_rebuild_and_a_revised_report(home, monkeypatch):
    undecided = rows(home)
    decide_each(home)
    assert {attribute for _, attribute, _ in EACH} == {*ATTRIBUTES, READING}
    fupin(home, "run")
    decided = rows(home)
    assert decided["core.fact_figure"] != undecided["core.fact_figure"]
    fupin(home, "rerun", NAME)
    assert rows(home) == decided
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.warehouse.readings.reader_version", lambda: "another")
        assert fupin(home, "rerun", NAME).code == 0
    assert rows(home) == decided
    logged = manifest_path(home.archive).read_text(encoding="utf-8")
    assert fupin(home, "rebuild").code == 0
    assert (rows(home), manifest_path(home.archive).read_text(encoding="utf-8")) == (decided, logged)
    path = home.raw / NAME
    path.write_text(path.read_text(encoding="utf-8") + "\nA line that the office added.\n", encoding="utf-8")
    # a decision that fits no longer would be an error
    ended = fupin(home, "run")
    assert (ended.code, "error" in ended.err) == (0, False)
    assert [code for code, _ in funds(home)] == ["relocation"]


@pytest.mark.usefixtures("no_pages")
@pytest.mark.slow
def test_the_log_says_since_when_which_decisions_of_whom_apply(home):
    decide_each(home)
    fupin(home, "run")
    shutil.rmtree(home.decisions)
    fupin(home, "run")
    told = [one for one in read_manifest(home.archive) if one["kind"] == "reviewed"]
    found = [(one["report"], one["reason"].rpartition(" ")[0], one.get("by")) for one in told]
    assert found == [(NAME, "decisions", "AL"), (NAME, "no", None)]


def test_a_decision_that_fits_no_longer_is_loud_and_applies_to_nothing(home):
    decide(home)
    fupin(home, "run")
    path = home.raw / NAME
    path.write_text(path.read_text(encoding="utf-8").replace("737 million", "738 million"), encoding="utf-8")
    ended = fupin(home, "run")
    assert ended.code == 1
    assert f"error: decisions/{NAME.replace('.txt', '.yml')}: entry 1 (program): the report does not print" in ended.err
    assert "decisions/" in fupin(home, "failures", "--report", NAME, "--format", "csv").out


@pytest.mark.usefixtures("no_pages")
@pytest.mark.slow
def test_a_decision_about_another_home_waits(home):
    made = version(PROJECT / "raw" / "shandong_2009.txt")
    file_of(home.decisions, "shandong_2009.txt", review(made, made.reading.figures[0].text, "role", "target"))
    ended = fupin(home, "run")
    assert (ended.code, ended.err) == (0, "")


@pytest.mark.usefixtures("no_pages")
@pytest.mark.slow
def test_a_malformed_file_stops_the_run_before_anything_is_read(home):
    home.decisions.mkdir()
    (home.decisions / "x.yml").write_text("report: x\ndecisions: 7\n", encoding="utf-8")
    (home.raw / "new.txt").write_text("Jiangxi in 2012\n\n12 villages got roads.\n", encoding="utf-8")
    ended = fupin(home, "run")
    assert ended.code == 1
    assert ended.err.startswith("error: decisions/x.yml: must hold")


@pytest.mark.usefixtures("no_pages")
@pytest.mark.slow
def test_figures_of_a_file_are_shown_as_decided(home):
    decide(home)
    assert "relocation" in next(
        line
        for line in fupin(home, "figures", home.raw / NAME, "--format", "csv").out.splitlines()
        if "737 million Yuan" in line
    )
