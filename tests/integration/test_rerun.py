"""Reports read again: only those of which something else is read now are loaded anew, under their version number."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
from dagster import DagsterInstance

from pipelines.errors import FupinError
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.foretold import foretold, lines_of
from pipelines.orchestration.rereading import current_contents, reread, stale_contents
from pipelines.publishing.snapshot import publish
from pipelines.settings import PROJECT
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.parquet import kept_contents
from pipelines.warehouse.readings import fingerprint, reader_version, reading_hash
from pipelines.warehouse.runs import runs
from tests.helpers import copied, version
from tests.integration.conftest import NAMES, call

pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")

REPORT = "jiangxi_2010.txt"
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@pytest.fixture
def home(loaded, tmp_path):
    """Four loaded reports of its own."""
    return copied(loaded.settings, tmp_path)


def query(settings, sql):
    with open_warehouse(settings) as connection:
        return connection.execute(sql).fetchall()


def pretend_read_otherwise(settings, report):
    """As if an earlier reader had missed a fund of a report."""
    with open_warehouse(settings) as connection:
        [owner] = connection.execute(
            "SELECT report_version_key FROM core.dim_report WHERE report_id = ?", [report]
        ).fetchone()
        connection.execute(
            "DELETE FROM core.fact_fund WHERE figure_key = (SELECT max(figure_key) FROM core.fact_fund "
            "WHERE report_version_key = ?)",
            [owner],
        )
        connection.execute(
            "UPDATE quality.reading SET reading_hash = 'other', reader_version = 'earlier' "
            "WHERE report_version_key = ?",
            [owner],
        )


def versions(settings):
    return query(
        settings,
        "SELECT report_id, version_no, content_hash, report_status, supersedes_key, ingested_at FROM core.dim_report "
        "ORDER BY ALL",
    )


def funds(settings):
    return sorted(map(str, query(settings, "FROM core.fact_fund")))


def test_what_is_read_as_before_is_not_loaded_again(home):
    before, told = funds(home), query(home, "FROM core.version_event")
    ended = call(home, "rerun", "--all")
    assert (ended.code, ended.err) == (0, "")
    assert "Read again: 4; 0 read differently and loaded anew, 4 the same" in ended.out
    assert (funds(home), query(home, "FROM core.version_event")) == (before, told)


@pytest.mark.slow
def test_what_is_read_otherwise_takes_the_place_of_the_earlier_reading(home):
    before, were, events = funds(home), versions(home), query(home, "FROM core.version_event")
    pretend_read_otherwise(home, REPORT)
    assert len(funds(home)) == len(before) - 1
    ended = call(home, "rerun", "--region", "Jiangxi")
    assert (ended.code, ended.err) == (0, "")
    assert "1 read differently and loaded anew" in ended.out
    assert f"  loaded anew: {REPORT}\n" in ended.out
    assert (funds(home), versions(home), query(home, "FROM core.version_event")) == (before, were, events)
    again = call(home, "rerun", REPORT)
    assert "Read again: 1; 0 read differently" in again.out
    first, second = runs(home)[-2:]
    assert [(one.started_by, one.outcome, one.reports_loaded, one.reports_unchanged) for one in (first, second)] == [
        ("rerun", "done", 1, 2),
        ("rerun", "done", 0, 1),
    ]
    assert list(first.rooms) == ["reading", "publishing", "pages"]


def test_a_region_is_one_with_all_within_it_and_a_name_must_be_known(home):
    assert {report for report, _ in current_contents(home, region="510000")} == {NAMES["sichuan_2009.txt"]}
    assert len(current_contents(home, region="360000")) == 3
    assert len(current_contents(home)) == 4
    for arguments, line in (
        (["none.txt"], "error: none.txt: no such report is loaded or kept out; name it by its path below raw/\n"),
        (["--region", "Hunan"], "error: Hunan: no loaded report speaks for this region\n"),
    ):
        ended = call(home, "rerun", *arguments)
        assert (ended.code, ended.out, ended.err) == (1, "", line)
    assert call(home, "rerun").code == 2
    assert call(home, "rerun", REPORT, "--all").code == 2


def test_what_the_archive_has_lost_is_named_and_stays_loaded(home):
    before = funds(home)
    [[content]] = query(home, f"SELECT content_hash FROM core.dim_report WHERE report_id = '{REPORT}'")
    (home.archive / content[:2] / content).unlink()
    ended = call(home, "rerun", "--all")
    assert ended.code == 1
    assert ended.err == f"error: {REPORT}: the archive has not kept it; what was loaded stays\n"
    assert "3 the same" in ended.out
    assert funds(home) == before


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"PAR1 and no more"), lambda path: path.unlink()])
@pytest.mark.parametrize("of", ["figures", "facts"])
def test_a_damaged_parquet_file_is_written_anew(home, spoil, of):
    whole = kept_contents(home)
    assert {report for report, _ in whole} == set(NAMES.values())
    [path] = (home.figures if of == "figures" else home.facts / "funds").glob("*.parquet")
    spoil(path)
    assert kept_contents(home) == set()
    result = reread(home, current_contents(home))
    assert sorted(result.mended) == sorted(NAMES.values())
    assert kept_contents(home) == whole
    assert len(list(home.figures.iterdir())) == 1


@pytest.mark.slow
def test_a_file_that_was_kept_out_is_tried_again_on_request(settings):
    bad = settings.raw / "bad.docx"
    bad.write_text("x")
    assert call(settings, "run").code == 1
    assert call(settings, "run").code == 0
    ended = call(settings, "rerun", "bad.docx")
    assert ended.code == 1
    assert ended.err.startswith("error: bad.docx: is not a Word document")


@pytest.mark.slow
def test_the_nightly_job_loads_anew_what_is_stale_and_nothing_else(home):
    before = funds(home)
    pretend_read_otherwise(home, REPORT)
    # the snapshot is what tells the job
    from pipelines.publishing.snapshot import publish

    publish(home)
    assert len(stale_contents(home)) == 1
    with DagsterInstance.ephemeral() as instance:
        job = build_definitions(home=home.home, raw=home.raw, workers=1).resolve_job_def("refresh")
        result = job.execute_in_process(instance=instance, run_config=QUIET)
    assert result.success
    assert len(stale_contents(home)) == 0
    assert funds(home) == before
    checked = {check.check_name for check in result.get_asset_check_evaluations()}
    assert {"warehouse_consistent", "fresh"} <= checked


@pytest.mark.slow
def test_another_catalogue_loads_anew_only_the_reports_that_it_changes(home, tmp_path):
    """A word that the catalogue does not know any more changes two reports; the others are compared and left alone."""
    project = tmp_path / "project"
    for folder in ("pipelines", "sql", "expectations"):
        shutil.copytree(PROJECT / folder, project / folder)
    words = project / "pipelines" / "reading" / "text.py"
    words.write_text(words.read_text() + "\n# another reader that reads the same\n")
    assert fingerprint(project / "pipelines") != reader_version()
    environment = os.environ | {"FUPIN_HOME": str(home.home), "FUPIN_RAW": str(home.raw), "PYTHONPATH": str(project)}

    def count():
        code = (
            "from pipelines.settings import settings\n"
            "from pipelines.orchestration.rereading import stale_contents, reread, current_contents\n"
            "from pipelines.publishing.snapshot import publish\n"
            "before = len(stale_contents(settings()))\n"
            "done = reread(settings(), current_contents(settings(), stale_only=True))\n"
            "publish(settings())\n"
            "print(before, len(done.same), sorted(done.changed), len(stale_contents(settings())))\n"
        )
        ended = subprocess.run(
            [sys.executable, "-c", code],
            cwd=project, env=environment, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    assert count() == "4 4 [] 0"
    sources = project / "pipelines" / "catalog" / "sources.yml"
    text = sources.read_text()
    without, gone = re.subn(r" from society,|(?<=\n) +society,", "", text)
    assert gone == 2
    sources.write_text(without)
    changed = sorted(NAMES[name] for name in ("jiangxi_2011.txt", "sichuan_2009.txt"))
    assert count() == f"4 2 {changed} 0"
    sources.write_text(text)
    changed = sorted(NAMES[name] for name in ("jiangxi_2011.txt", "sichuan_2009.txt"))
    assert count() == f"4 2 {changed} 0"


def test_the_hash_of_a_reading_is_that_of_its_content(tmp_path):
    path = tmp_path / REPORT
    shutil.copyfile(PROJECT / "raw" / REPORT, path)
    first = reading_hash(version(path))
    assert first == reading_hash(version(path))
    code = (
        "import sys; from pathlib import Path; from pipelines.versions.read import read_version\n"
        "from pipelines.warehouse.readings import reading_hash\n"
        "path = Path(sys.argv[1]); print(reading_hash(read_version(path, path.name, 10**7)))\n"
    )
    for seed in ("1", "2"):
        ended = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            cwd=PROJECT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, timeout=600,
            check=True,
        )  # fmt: skip
        assert ended.stdout.strip() == first
    path.write_text(path.read_text().replace("737 million", "738 million"))
    assert reading_hash(version(path)) != first


def test_the_reader_version_follows_code_and_catalogue_and_nothing_else(tmp_path):
    copy = tmp_path / "pipelines"
    shutil.copytree(PROJECT / "pipelines", copy, ignore=shutil.ignore_patterns("__pycache__"))
    assert fingerprint(copy) == reader_version()
    for same in ("cli.py", "publishing/snapshot.py", "catalog/columns.yml", "catalog/corrections/README.md"):
        (copy / same).write_text((copy / same).read_text() + "\n")
    assert fingerprint(copy) == reader_version()
    for other in ("catalog/units.yml", "figures/read.py", "versions/read.py"):
        before = fingerprint(copy)
        (copy / other).write_text((copy / other).read_text() + "\n")
        assert fingerprint(copy) != before


def test_what_is_held_is_read_anew_by_its_name_only(home):
    pretend_read_otherwise(home, REPORT)
    pretend_read_otherwise(home, NAMES["sichuan_2009.txt"])
    publish(home)
    before = funds(home)
    assert call(home, "rerun", REPORT, "--hold").out == (
        f"held: {REPORT} keeps its present reading until `fupin rerun {REPORT}`, or until it is edited\n"
    )
    assert f"until `fupin rerun REPORT`\n          {REPORT}\n" in call(home, "status").out
    ended = call(home, "rerun", "--all")
    assert f"held, not read again: {REPORT}\n" in ended.out
    assert "Read again: 3; 1 read differently" in ended.out
    assert len(funds(home)) == len(before) + 1
    with DagsterInstance.ephemeral() as instance:
        job = build_definitions(home=home.home, raw=home.raw, workers=1).resolve_job_def("refresh")
        assert job.execute_in_process(instance=instance, run_config=QUIET).success
    assert len(funds(home)) == len(before) + 1
    assert "1 read differently" in call(home, "rerun", REPORT).out
    assert len(funds(home)) == len(before) + 2
    assert "held: they" not in call(home, "status").out
    assert call(home, "rerun", REPORT, "--hold", "--dry-run").code == 2


TOLD = "Read by another reader or catalogue: 1 report"


def pretend_another_value(home, report):
    """As if an earlier reader had read the first number of a report otherwise, and had missed a fund."""
    pretend_read_otherwise(home, report)
    with open_warehouse(home) as connection:
        connection.execute(
            "UPDATE core.fact_figure SET value = 1 WHERE figure_key = (SELECT min(figure_key) FROM core.fact_figure "
            "JOIN core.dim_report USING (report_version_key) WHERE report_id = ?)",
            [report],
        )
    publish(home)


def test_a_run_after_an_upgrade_tells_old_and_new_once_and_loads_nothing(home, monkeypatch):
    assert TOLD not in call(home, "run").out
    assert not (home.home / "foretold.json").exists()
    pretend_another_value(home, REPORT)
    before = funds(home)
    assert "changes" not in call(home, "status").out
    ended = call(home, "run")
    assert TOLD in ended.out
    assert "the present reader changes 1 of them" in ended.out
    assert "figures: 2" in ended.out
    assert "facts none → fund" in ended.out
    assert "value 1 → " in ended.out
    assert funds(home) == before
    # it is tried once: the next run tells the same of what was kept
    monkeypatch.setattr("pipelines.orchestration.foretold.rehearse", None)
    assert call(home, "run").out == ended.out
    assert "value 1 → " in call(home, "status").out


@pytest.mark.parametrize(
    ("answer", "is_loaded"),
    [(["--all"], True), ([REPORT], True), (["--all", "--hold"], False), ([REPORT, "--hold"], False)],
)
def test_what_an_upgrade_changes_is_accepted_or_held(home, answer, is_loaded):
    pretend_another_value(home, REPORT)
    before = funds(home)
    assert TOLD in call(home, "run").out
    assert call(home, "rerun", *answer).code == 0
    assert len(funds(home)) == len(before) + is_loaded
    for command in ("run", "status"):
        out = call(home, command).out
        assert TOLD not in out
        assert "the present reader changes" not in out


def test_what_an_upgrade_changes_is_told_in_few_lines_of_few_reports(home, monkeypatch):
    monkeypatch.setattr("pipelines.orchestration.foretold._LINES", 1)
    monkeypatch.setattr("pipelines.orchestration.foretold.BATCH", 1)
    pretend_another_value(home, REPORT)
    with open_warehouse(home) as connection:
        connection.execute("UPDATE quality.reading SET reader_version = 'earlier'")
    publish(home)
    contents = current_contents(home)
    first = [one for one in contents if one[0] == REPORT]
    told = lines_of(foretold(home, [*first, *(one for one in contents if one not in first)]))
    assert told[0] == "on a copy, the present reader changes 1 of the first 1 of them"
    assert told[1] == "figures: 2"
    assert told[3] == "  and 1 more"


def test_a_run_whose_changes_cannot_be_tried_ends_all_the_same(home, monkeypatch):
    def refused(*_args):
        raise FupinError("no space left")

    monkeypatch.setattr("pipelines.orchestration.foretold.rehearse", refused)
    pretend_another_value(home, REPORT)
    ended = call(home, "run")
    assert ended.code == 0
    assert "what the present reader would change cannot be told: no space left" in ended.out


def test_a_dry_run_tells_old_and_new_and_touches_nothing(home):
    pretend_another_value(home, REPORT)
    before, events = funds(home), query(home, "FROM core.version_event")
    files = {path: path.stat().st_mtime_ns for path in home.archive.rglob("*")}
    ended = call(home, "rerun", "--all", "--dry-run")
    assert (ended.code, ended.err) == (0, "")
    assert "Read on a copy: 4; 1 would be loaded anew. Nothing was loaded." in ended.out
    assert "2 figures would change:" in ended.out
    assert "facts none → fund" in ended.out
    assert "value 1 → " in ended.out
    assert (funds(home), query(home, "FROM core.version_event")) == (before, events)
    assert {path: path.stat().st_mtime_ns for path in home.archive.rglob("*")} == files
    assert not list(home.home.glob(".rehearsal*"))
