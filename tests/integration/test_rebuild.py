"""`fupin rebuild`: the archive gives the same warehouse again, also after a kill, and after a change of the schema."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from pipelines.errors import FupinError
from pipelines.orchestration.kept import kept_versions
from pipelines.publishing.exports.export import ExportFormat, export
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.decide import decide
from pipelines.warehouse.manifest import manifest_path, read_manifest
from pipelines.warehouse.rebuild import rebuild
from tests.integration.history_helpers import edit, load, retract

pytestmark = pytest.mark.slow

CORRECTION = "C-c719c7e7"
# rows that tell of the rebuild itself, or of the moment at which something was looked at last
OTHERS = {"schema_version", "validated_table"}

# what expectations have said
VALIDATED = {"quality.validation_run", "quality.validation_result", "quality.failing_row"}


def contents(settings):
    """Every row of every table of the warehouse, and what every view says."""
    with open_warehouse(settings) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables ORDER BY ALL"
        ).fetchall()
        found = {}
        for schema, table in tables:
            if table in OTHERS:
                continue
            left_out = {"failure": "EXCLUDE (last_seen_at)", "reading": "EXCLUDE (read_at)"}.get(table, "")
            rows = connection.execute(f"SELECT * {left_out} FROM {schema}.{table}").fetchall()
            found[f"{schema}.{table}"] = sorted(map(str, rows))
        assert run_checks(connection, settings.sql) == []
    return found


@pytest.fixture(scope="module")
def lived(tmp_path_factory, empty_home):
    """A home with two loads, a revision, an accepted correction, a withdrawal, its undoing, and a refused file."""
    folder = tmp_path_factory.mktemp("lived")
    shutil.copytree(PROJECT / "pipelines" / "catalog" / "corrections", folder / "corrections")
    settings = Settings(
        home=folder / "var", raw=folder, corrections=folder / "corrections", lock_timeout_seconds=0.5, workers=1
    )
    shutil.copytree(empty_home, settings.home)
    paths = [folder / name for name in ("jiangxi_2010.txt", "jiangxi_2011.txt")]
    for path in paths:
        shutil.copyfile(PROJECT / "raw" / path.name, path)
    load(settings, *paths)
    decide(settings, CORRECTION, "accepted", "tester", None)
    load(settings, edit(paths[0], "737 million", "738 million"))
    retract(settings, "jiangxi_2010.txt")
    retract(settings, "jiangxi_2011.txt")
    retract(settings, "jiangxi_2011.txt", undo=True)
    paths[0].write_text("Poverty work in Jiangxi Province, 2010\nNothing was counted.\n")
    assert load(settings, paths[0]).quarantined
    return settings, contents(settings)


@pytest.fixture
def copied(lived, tmp_path):
    settings, before = lived
    shutil.copytree(settings.home, tmp_path / "copied")
    return settings.model_copy(update={"home": tmp_path / "copied"}), before


def made(settings):
    return rebuild(settings, lambda wanted: kept_versions(settings, wanted), lambda _made, _all: None)


def assert_equal(after, before):
    assert after.keys() == before.keys()
    assert {table: rows for table, rows in after.items() if rows != before[table]} == {}
    for table in ("core.dim_report", "core.correction_event", "core.fact_check", "quality.quarantine"):
        assert before[table], table
    assert any(before[table] for table in before if table.startswith("indicator."))


def exported(settings, folder):
    """Every file of some exports, as bytes."""
    publish(settings)
    with open_snapshot(settings) as connection:
        for kind in (ExportFormat.csv, ExportFormat.datapackage):
            export(connection, kind, folder / kind)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_rebuild_gives_the_same_warehouse_and_exports_of_the_same_bytes(copied, tmp_path):
    settings, before = copied
    files = exported(settings, tmp_path / "before")
    result = made(settings)
    assert (result.resumed, result.lost, result.not_kept) == (0, {}, {})
    assert result.loads == len(read_manifest(settings.archive)) >= 8
    assert_equal(contents(settings), before)
    after = exported(settings, tmp_path / "after")
    assert len(files) > 50
    assert files.keys() == after.keys()
    assert [path for path in files if files[path] != after[path]] == []


@pytest.mark.usefixtures("not_validated")
def test_from_the_archive_alone_all_but_what_was_told_comes_back(copied):
    settings, before = copied
    settings.warehouse.unlink()
    made(settings)
    after = contents(settings)
    told = {table for table in before if table.startswith("quality.")}
    assert {table for table in before if after[table] != before[table]} <= told
    assert len(after["quality.failure"]) > 0


def test_a_rebuild_that_was_killed_goes_on_where_it_stopped(copied):
    settings, before = copied
    script = (
        "import os, sys; from pathlib import Path; import pipelines.warehouse.rebuild as rebuild\n"
        "from pipelines.orchestration.kept import kept_versions; from pipelines.settings import Settings\n"
        "settings = Settings(home=Path(sys.argv[1]), workers=1)\n"
        "def kill(connection, entry, owner): os.kill(os.getpid(), 9)\n"
        "rebuild._make_correction = kill\n"
        "rebuild.rebuild(settings, lambda wanted: kept_versions(settings, wanted), lambda *_: None)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(settings.home)], check=False, timeout=600)
    assert ended.returncode == -9
    # the old warehouse is untouched meanwhile
    assert contents(settings) == before
    result = made(settings)
    assert 0 < result.resumed < result.loads
    assert_equal(contents(settings), before)
    assert not list(settings.home.glob("warehouse.rebuild*"))


@pytest.mark.usefixtures("not_validated")
def test_another_schema_names_the_command_and_the_command_helps(copied, tmp_path):
    settings, before = copied
    sql = tmp_path / "sql"
    shutil.copytree(settings.sql, sql)
    path = sql / "schema" / "fact_number.sql"
    path.write_text(path.read_text().replace("reason VARCHAR NOT NULL", "reason VARCHAR"))
    newer = settings.model_copy(update={"sql": sql})
    with pytest.raises(FupinError, match=r"another version of sql/schema; run `fupin rebuild`"):
        load(newer)
    made(newer)
    after = contents(newer)
    assert {table for table in before if after[table] != before[table]} <= VALIDATED


@pytest.mark.usefixtures("not_validated")
def test_a_content_that_is_lost_is_named_and_the_rest_is_made(copied):
    settings, before = copied
    for entry in read_manifest(settings.archive):
        if entry["report"] == "jiangxi_2011.txt":
            kept = settings.archive / entry["content"][:2] / entry["content"]
            kept.unlink(missing_ok=True)
    result = made(settings)
    assert result.lost == {"jiangxi_2011.txt": "the archive has not kept it"}
    after = contents(settings)
    assert len(after["core.dim_report"]) == len(before["core.dim_report"]) - 1
    assert any("the archive has not kept it" in row for row in after["quality.quarantine"])
    assert len(after["core.version_event"]) + len(after["core.correction_event"]) == result.loads


def test_an_unfinished_last_line_of_the_log_is_written_anew_and_a_damaged_one_named(copied):
    settings, _ = copied
    path = manifest_path(settings.archive)
    whole = path.read_text()
    path.write_text(whole[:-20])
    load(settings)
    assert path.read_text() == whole
    path.write_text("{}\n" + whole)
    with pytest.raises(FupinError, match=r"history\.jsonl: line 1 is damaged"):
        load(settings)


def test_nothing_to_rebuild_from(settings):
    with pytest.raises(FupinError, match="holds no history to rebuild from; run `fupin run`"):
        made(settings)
    assert not settings.warehouse.exists()
