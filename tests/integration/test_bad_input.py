"""What goes wrong outside of the program: each cause is one line, other files go on, the warehouse stays as it was."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.settings import PROJECT, Settings
from tests.integration.conftest import call

pytestmark = pytest.mark.usefixtures("no_pages", "not_validated")

GOOD = "jiangxi_2010.txt"
BAD = {
    "empty.txt": "is empty",
    "binary.txt": "binary content in a text file",
    "report.docx": "is not a Word document: it holds plain text",
    "damaged.xlsx": "is a damaged zip archive or workbook",
    "half.xlsx": "is a damaged zip archive or workbook",
    "words.txt": "conservation: The report holds a figure. 1 row does not.",
    "sub folder/locked.txt": "cannot be read: Permission denied",
}


def spoil(raw):
    """Files of every kind that cannot be loaded."""
    (raw / "empty.txt").touch()
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (raw / "report.docx").write_bytes(b"PK is not what it begins with")
    (raw / "damaged.xlsx").write_bytes(b"PK\x03\x04 and nothing that follows")
    book = openpyxl.Workbook()
    book.active.append(["Year", 2011])
    book.save(raw / "half.xlsx")
    whole = (raw / "half.xlsx").read_bytes()
    (raw / "half.xlsx").write_bytes(whole[: len(whole) // 2])
    (raw / "words.txt").write_text("Poverty work in Jiangxi Province, 2012\nMuch was done.\n")
    (raw / "sub folder").mkdir()
    (raw / "sub folder" / "locked.txt").write_text("Villages: 5.\n")


def lock_away(patch, name):
    """Refuses to open a file as the system does to a user without permission; a superuser's tests get no other no."""
    opened = Path.open

    def refuse(path, *arguments, **options):
        if path.name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, *arguments, **options)

    patch.setattr(Path, "open", refuse)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory, empty_home):
    """A landing zone with one good report among bad ones, and how its first run ended."""
    folder = tmp_path_factory.mktemp("mixed")
    settings = Settings(home=folder / "var", raw=folder / "raw", lock_timeout_seconds=0.5, workers=1)
    shutil.copytree(empty_home, settings.home)
    settings.raw.mkdir()
    shutil.copyfile(PROJECT / "raw" / GOOD, settings.raw / GOOD)
    spoil(settings.raw)
    with pytest.MonkeyPatch.context() as patch:
        lock_away(patch, "locked.txt")
        return settings, call(settings, "run")


def reports(settings):
    """Loaded versions as CSV."""
    order = "SELECT report_id, version_no, is_current FROM core.dim_report ORDER BY 1, 2"
    return call(settings, "query", order, "--format", "csv").out.splitlines()[1:]


def total(settings):
    """The total of funds that the good report prints, as its indicator tells it."""
    return call(
        settings,
        "query",
        "SELECT denominator FROM indicator.central_share WHERE period_code = 'Y2010'",
        "--format",
        "csv",
    ).out.split()[1:]


def test_each_bad_file_is_one_line_and_the_good_one_is_loaded(mixed):
    settings, first = mixed
    assert first.code == 1
    assert first.err.splitlines() == [f"error: {name}: {BAD[name]}" for name in sorted(BAD)]
    assert f"1 new in this run, {len(BAD)} not loaded" in first.out
    assert reports(settings) == [f"{GOOD},1,true"]


def test_what_was_kept_out_is_listed_and_not_tried_again(mixed):
    settings, _ = mixed
    with pytest.MonkeyPatch.context() as patch:
        lock_away(patch, "locked.txt")
        again = call(settings, "run")
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith(f"Nothing new: {len(BAD) + 1} reports, all known.")
    for name in BAD:
        assert f"still not loaded: {name} " in again.out
    rows = call(settings, "failures", "--severity", "critical", "--format", "csv").out
    for name, cause in BAD.items():
        assert f"critical,{name},,not loaded," in rows
        assert cause in rows


def test_an_edited_report_is_a_new_version_and_a_mended_one_is_loaded(mixed, no_suites):
    settings, _ = mixed
    path = settings.raw / GOOD
    path.write_text(path.read_text().replace("737 million", "738 million"))
    shutil.copyfile(PROJECT / "raw" / "jiangxi_funds_2009_2011.xlsx", settings.raw / "half.xlsx")
    assert total(settings) == ["737000000"]
    with pytest.MonkeyPatch.context() as patch:
        lock_away(patch, "locked.txt")
        ended = call(settings, "run")
    assert (ended.code, ended.err) == (0, "")
    assert "2 new in this run, " in ended.out
    assert reports(settings) == ["half.xlsx,1,true", f"{GOOD},1,false", f"{GOOD},2,true"]
    assert total(settings)[:1] == ["738000000"]
    open_ones = call(settings, "failures", "--severity", "critical", "--format", "csv").out
    assert "half.xlsx" not in open_ones
    assert "binary.txt" in open_ones


def test_a_path_that_does_not_exist_is_an_error_and_leaves_no_trace(mixed, tmp_path):
    settings, _ = mixed
    before = call(settings, "failures", "--format", "csv").out
    ended = call(settings, "run", tmp_path / "none.txt", tmp_path, settings.raw / GOOD)
    assert ended.code == 1
    assert ended.err.splitlines() == [
        f"error: {tmp_path}: is a folder, not a report",
        f"error: {tmp_path / 'none.txt'}: no such file",
    ]
    assert "Nothing new: 1 report, all known." in ended.out
    assert call(settings, "failures", "--format", "csv").out == before


@pytest.mark.parametrize("name", ["empty.txt", "report.docx", "half.xlsx", "none.txt"])
def test_figures_of_a_bad_file_are_one_line(tmp_path, fupin, name):
    spoil(tmp_path)
    ended = fupin("figures", tmp_path / name)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"error: {name}: {BAD.get(name, 'no such file')}\n"


def test_a_missing_landing_zone_is_named(fupin, settings):
    settings.raw.rmdir()
    ended = fupin("run")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"error: {settings.raw}: no such folder; create it or set FUPIN_RAW\n"
    assert not settings.home.exists()


# a load that cannot be finished


@pytest.fixture
def no_suites():
    """What the suites find is tested elsewhere, and they take seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "pipelines.suites.reports.run_suites",
            lambda versions, _folder: {version.document.report_id: () for version in versions},
        )
        yield


@pytest.fixture(scope="module")
def half_loaded(tmp_path_factory, empty_home):
    """A home with one loaded report, and a second one in its landing zone."""
    folder = tmp_path_factory.mktemp("half_loaded")
    settings = Settings(home=folder / "var", raw=folder / "raw")
    shutil.copytree(empty_home, settings.home)
    settings.raw.mkdir()
    shutil.copyfile(PROJECT / "raw" / GOOD, settings.raw / GOOD)
    assert call(settings, "run").code == 0
    shutil.copyfile(PROJECT / "raw" / "sichuan_2009.txt", settings.raw / "sichuan_2009.txt")
    return settings


@pytest.fixture
def waiting(half_loaded, tmp_path, no_suites):
    """A home of its own like that."""
    shutil.copytree(half_loaded.home, tmp_path / "var")
    shutil.copytree(half_loaded.raw, tmp_path / "raw")
    return Settings(home=tmp_path / "var", raw=tmp_path / "raw", lock_timeout_seconds=0.3, workers=1)


def assert_refused(settings, ended, line):
    assert (ended.code, ended.out) == (1, "")
    [printed] = ended.err.splitlines()
    assert re.fullmatch(f"error: {re.escape(str(settings.home))}{line}", printed), printed
    assert reports(settings) == [f"{GOOD},1,true"]
    assert not [path for path in settings.home.rglob(".*") if path.name.startswith((".part", ".snapshot"))]


def assert_loads_now(settings):
    ended = call(settings, "run")
    assert (ended.code, ended.err) == (0, "")
    assert reports(settings) == [f"{GOOD},1,true", "sichuan_2009.txt,1,true"]


def held(lock, taken, leave):
    from filelock import FileLock

    with FileLock(lock):
        taken.set()
        leave.wait(600)


def test_a_locked_warehouse(waiting):
    taken, leave = threading.Event(), threading.Event()
    holder = threading.Thread(target=held, args=(waiting.home / "warehouse.lock", taken, leave))
    holder.start()
    try:
        assert taken.wait(600)
        ended = call(waiting, "run")
    finally:
        leave.set()
        holder.join()
    assert_refused(waiting, ended, r"/warehouse\.duckdb: another load is writing it; gave up after 0\.3 s")


def full(*_arguments, **_options):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_warehouse(*_arguments, **_options):
    raise duckdb.IOException('IO Error: Could not write file "warehouse.duckdb": No space left on device')


@pytest.mark.parametrize(
    ("where", "refuse", "line"),
    [
        ("pipelines.warehouse.archive.os.fdopen", full, "/archive/..: cannot be written: No space left on device"),
        ("pyarrow.parquet.ParquetWriter.write_table", full, "/facts/.+: cannot be written: No space left on device"),
        ("pipelines.warehouse.load.insert_versions", full_warehouse, r"/warehouse\.duckdb: .*No space left on device"),
        ("shutil.copyfile", full, r"/published/fupin\.duckdb: cannot be published: No space left on device"),
        ("pathlib.Path.mkdir", full, "/archive/..: cannot be written: No space left on device"),
    ],
)
def test_a_full_disk(waiting, where, refuse, line):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, refuse)
        ended = call(waiting, "run")
    assert_refused(waiting, ended, line)
    if where == "shutil.copyfile":
        assert_loads_now(waiting)


@pytest.mark.slow
def test_a_run_that_was_killed_does_not_stop_later_ones(waiting):
    """The killed process leaves a run that the next one must not wait for."""
    script = (
        "import os, sys; sys.argv = ['fupin', 'run']\n"
        "import pipelines.suites.reports as suites, pipelines.warehouse.load as load\n"
        "suites.run_suites = lambda versions, _folder: {version.document.report_id: () for version in versions}\n"
        "load.insert_versions = lambda *_: os.kill(os.getpid(), 9)\n"
        "from pipelines.cli import main\nmain()\n"
    )
    environment = os.environ | {"FUPIN_HOME": str(waiting.home), "FUPIN_RAW": str(waiting.raw)}
    killed = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=False, timeout=600
    )
    assert killed.returncode == -9
    assert reports(waiting) == [f"{GOOD},1,true"]
    assert_loads_now(waiting)


@pytest.mark.parametrize(
    ("file", "spoilt", "named"),
    [
        ("pipelines/catalog/units.yml", "- code: [", "catalog/units.yml: "),
        ("pipelines/catalog/programs.yml", "- code: p\n  colour: red\n", "catalog/programs.yml: entry p: "),
        ("pipelines/catalog/words.yml", "{}", "catalog/words.yml: "),
        ("pipelines/catalog/columns.yml", "key: 5", "catalog/columns.yml: key: "),
        ("sql/indicators/unit_costs.sql", "SELECT 1;", "sql/indicators/unit_costs.sql: the header lacks grain"),
        (
            "sql/templates/ratio.sql.template",
            "-- formula: $of\nSELECT $what",
            "sql/templates/ratio.sql.template: nothing is put in for",
        ),
        ("pipelines/catalog/indicators.yml", "- code: x\n", "catalog/indicators.yml: x.title: "),
        ("expectations/indicator.json", "[", "expectations/indicator.json: "),
        ("expectations/report/funds.json", "[", "expectations/report/funds.json: "),
    ],
)
@pytest.mark.slow
def test_a_malformed_file_of_the_project_is_named(tmp_path, waiting, file, spoilt, named):
    for folder in ("pipelines", "sql", "expectations"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    (tmp_path / file).write_text(spoilt)
    environment = os.environ | {"FUPIN_HOME": str(waiting.home), "FUPIN_RAW": str(waiting.raw)}
    environment |= {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "pipelines.cli"]
    ended = subprocess.run(
        [*command, "check"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert ended.returncode == 1
    last = (ended.stderr or ended.stdout).splitlines()[-1]
    assert last.removeprefix("error: ").startswith(named), last
    if file == "pipelines/catalog/units.yml":
        ended = subprocess.run(
            [*command, "run"], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert (ended.returncode, ended.stdout) == (1, "")
        [line] = ended.stderr.splitlines()
        assert line.startswith(f"error: {named}")
        assert reports(waiting) == [f"{GOOD},1,true"]
