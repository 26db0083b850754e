"""Full disks, damaged and missing files, clocks, locks: each fault ends in one line, and nothing is lost."""

from __future__ import annotations

import datetime
import json
import os
import resource
import shutil
import subprocess
import sys

import pytest
from dagster import AssetKey, DagsterInstance

from pipelines.errors import FupinError
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.jobs import asking_for
from pipelines.orchestration.shape_checks import suites_by_asset, table_results
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import PROJECT
from pipelines.warehouse.broken import broken_indicators
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.runs import runs
from tests.faults.conftest import FIRST, SECOND
from tests.helpers import version
from tests.integration.conftest import call
from tests.integration.history_helpers import INDICATORS, load

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def loaded(settings):
    with open_warehouse(settings) as connection:
        assert run_checks(connection, settings.sql) == []
        return [row[0] for row in connection.execute("SELECT report_id FROM core.dim_report ORDER BY 1").fetchall()]


def published(settings):
    with open_snapshot(settings) as connection:
        return [row[0] for row in connection.execute("SELECT report_id FROM core.dim_report ORDER BY 1").fetchall()]


def put_second(settings):
    shutil.copyfile(PROJECT / "raw" / SECOND, settings.raw / SECOND)
    return settings.raw / SECOND


def limited(settings, code, bytes_per_file):
    """Runs code in a process in which no file may become larger: the system refuses the write, as on a full disk."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_per_file, bytes_per_file))

    environment = os.environ | {"FUPIN_HOME": str(settings.home), "FUPIN_RAW": str(settings.raw)}
    script = (
        "import sys\nfrom pathlib import Path\nfrom pipelines.errors import FupinError\n"
        "from pipelines.settings import settings\nfrom pipelines.publishing.snapshot import publish\n"
        "from tests.integration.history_helpers import load\n"
        f"try:\n    {code}\nexcept FupinError as error:\n    print(error)\n    sys.exit(3)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script, str(settings.raw / SECOND)],
        cwd=PROJECT, env=environment, preexec_fn=limit, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_a_disk_that_is_full_while_loading(home):
    put_second(home)
    size = home.warehouse.stat().st_size
    ended = limited(home, "load(settings(), Path(sys.argv[1]))", size + 64 * 1024)
    assert ended.returncode == 3, ended.stderr
    assert ended.stdout.startswith(f"{home.warehouse}: ")
    assert "File too large" in ended.stdout
    assert len(ended.stdout.splitlines()) == 1
    assert published(home) == [FIRST]
    # the load is either complete or not there at all
    assert loaded(home) in ([FIRST], [FIRST, SECOND])
    load(home, home.raw / SECOND)
    publish(home)
    assert loaded(home) == published(home) == [FIRST, SECOND]


@pytest.mark.usefixtures("no_pages", "not_validated")
def test_a_disk_that_is_full_while_publishing(home):
    load(home, put_second(home))
    ended = limited(home, "publish(settings())", home.warehouse.stat().st_size // 2)
    assert ended.returncode == 3, ended.stderr
    assert ended.stdout == f"{home.snapshot}: cannot be published: File too large\n"
    assert published(home) == [FIRST]
    assert [path.name for path in home.snapshot.parent.iterdir()] == [home.snapshot.name]
    publish(home)
    assert published(home) == [FIRST, SECOND]


@pytest.mark.usefixtures("no_pages", "not_validated")
def test_a_snapshot_that_is_gone_is_made_again(home):
    home.snapshot.unlink()
    ended = call(home, "run")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Nothing new: 1 report")
    assert published(home) == [FIRST]


@pytest.mark.parametrize("damage", ["cut", "garbage", "header"])
@pytest.mark.usefixtures("no_pages", "not_validated")
@pytest.mark.slow
def test_a_damaged_warehouse_names_rebuild_and_is_rebuilt_from_the_archive(home, damage):
    data = home.warehouse.read_bytes()
    home.warehouse.write_bytes(
        {"cut": data[: len(data) // 3], "garbage": b"x" * 100_000, "header": b"\0" * 8192 + data[8192:]}[damage]
    )
    put_second(home)
    with pytest.raises(FupinError, match="run `fupin rebuild`"):
        load_versions(home, ())
    # readers are not disturbed
    assert published(home) == [FIRST]
    ended = call(home, "rebuild")
    assert ended.code == 0, ended.err
    assert loaded(home) == published(home) == [FIRST]


@pytest.mark.usefixtures("no_pages", "not_validated")
def test_a_clock_that_goes_back_keeps_the_order_of_loads(home, monkeypatch):
    class Earlier(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(1999, 1, 1, tzinfo=tz)

    from pipelines.warehouse import history

    monkeypatch.setattr(history.datetime, "datetime", Earlier)
    load_versions(home, [version(put_second(home))])
    monkeypatch.undo()
    with open_warehouse(home) as connection:
        rows = connection.execute("SELECT report_id, logged_at FROM core.version_event ORDER BY log_no").fetchall()
    assert [row[0] for row in rows] == [FIRST, SECOND]
    assert rows[0][1] < rows[1][1]


@pytest.mark.usefixtures("no_pages", "not_validated")
def test_a_landing_zone_that_cannot_be_written(home):
    path = put_second(home)
    before = {entry.name: entry.stat().st_mtime_ns for entry in home.raw.iterdir()}
    for entry in (path, home.raw / FIRST):
        entry.chmod(0o444)
    home.raw.chmod(0o555)
    try:
        ended = call(home, "run")
    finally:
        home.raw.chmod(0o755)
    assert (ended.code, ended.err) == (0, "")
    assert loaded(home) == [FIRST, SECOND]
    # a superuser could write: nothing has
    assert {entry.name: entry.stat().st_mtime_ns for entry in home.raw.iterdir()} == before


@pytest.mark.usefixtures("no_pages", "not_validated")
def test_a_report_that_goes_between_the_look_and_the_run(home):
    with DagsterInstance.ephemeral() as instance:
        put_second(home)
        job = build_definitions(home=home.home, raw=home.raw, workers=1).resolve_job_def("ingest")
        asked = asking_for(["gone.txt", SECOND])
        result = job.execute_in_process(instance=instance, run_config=QUIET | asked)
        warnings = [entry.user_message for entry in instance.all_logs(result.run_id) if entry.level == 30]
    assert result.success
    assert "gone.txt: is no longer there" in warnings
    assert loaded(home) == [FIRST, SECOND]
    with open_snapshot(home) as connection:
        assert connection.execute("FROM quality.quarantine").fetchall() == []


# a daemon of its own, with a state of its own: its sensor looks, and what it asks for is run
DAEMON = """
import json, sys
from dagster import DagsterInstance, build_sensor_context
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.sensors import build_sensor
from pipelines.settings import settings
fupin = Fupin(settings())
with DagsterInstance.ephemeral() as instance:
    context = build_sensor_context(instance, resources={"fupin": fupin})
    asked = build_sensor(60).evaluate_tick(context)
    print(json.dumps([request.run_key for request in asked.run_requests]), flush=True)
    sys.stdin.readline()
    job = build_definitions(fupin).resolve_job_def("ingest")
    for request in asked.run_requests:
        job.execute_in_process(instance=instance, tags=request.tags, run_config=QUIET | request.run_config)
    done = fupin.finished[0].summary
    print(json.dumps([done.loaded, done.unchanged]))
"""


@pytest.mark.slow
def test_two_daemons_by_mistake_load_once(home):
    put_second(home)
    chosen = {"FUPIN_HOME": str(home.home), "FUPIN_RAW": str(home.raw), "FUPIN_SETTLE_SECONDS": "0"}
    daemons = [
        subprocess.Popen(
            [sys.executable, "-c", DAEMON.replace("QUIET", repr(QUIET))],
            cwd=PROJECT, env=os.environ | chosen | {"FUPIN_LOCK_TIMEOUT_SECONDS": "60"}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    # both have seen the report before either reads it, and ask for it under one key
    first, second = [json.loads(daemon.stdout.readline()) for daemon in daemons]
    assert first == second
    assert len(first) == 1
    for daemon in daemons:
        daemon.stdin.write("\n")
        daemon.stdin.flush()
    told = [daemon.communicate(timeout=600) for daemon in daemons]
    assert sorted(json.loads(out) for out, _ in told) == [[[], [SECOND]], [[SECOND], []]], told
    assert loaded(home) == published(home) == [FIRST, SECOND]
    with open_warehouse(home) as connection:
        events = connection.execute("SELECT count(*) FROM core.version_event WHERE report_id = ?", [SECOND]).fetchone()
    assert events == (1,)


def own_statements(home, folder, place="indicators", **edits):
    """Settings with a copy of the statements; in those that are named, the first of a text is replaced."""
    for name in ("sql", "expectations"):
        shutil.copytree(PROJECT / name, folder / name)
    for name, (old, new) in edits.items():
        path = folder / "sql" / place / f"{name}.sql"
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
    return home.model_copy(update={"sql": folder / "sql"})


def regions_of(settings, indicator):
    query = f"SELECT DISTINCT region_name_en FROM indicator.{indicator} ORDER BY ALL"
    with open_warehouse(settings) as connection:
        return [row[0] for row in connection.execute(query).fetchall()]


@pytest.mark.usefixtures("no_pages", "not_validated")
def test_indicators_with_errors_hold_up_no_other(home, tmp_path):
    unsound = own_statements(
        home,
        tmp_path / "own",
        unit_costs=("SELECT", "SELEC"),
        data_quality_index=("core.", "core.no_such_"),
    )
    done = load(unsound, put_second(unsound))
    assert done.loaded == [SECOND]
    assert done.indicators == len(INDICATORS) - 3
    costs, median, rate = sorted(done.broken, key=lambda line: "data_quality_index" in line)
    assert costs.startswith("sql/indicators/unit_costs.sql: Parser Error: syntax error at or near")
    assert median.startswith("sql/indicators/unit_cost_to_median.sql: waits for unit_costs, which is broken; its table")
    assert rate.startswith("sql/indicators/data_quality_index.sql: Catalog Error: Table with name no_such_")
    assert rate.endswith("; its table keeps the values of an earlier load")
    assert loaded(unsound) == [FIRST, SECOND]
    assert regions_of(unsound, "publication_lag") == ["Jiangxi", "Sichuan"]
    assert regions_of(unsound, "data_quality_index") == ["Jiangxi"]


@pytest.mark.slow
def test_an_indicator_that_fails_as_it_runs_is_refreshed_once_it_is_mended(home, tmp_path):
    error = "\nSELECT error('of one row') AS x,\n"
    unsound = own_statements(home, tmp_path / "own", data_quality_index=("\nSELECT\n", error))
    put_second(unsound)
    ended = call(unsound, "run")
    assert ended.code == 1
    assert ended.err == (
        "error: sql/indicators/data_quality_index.sql: Invalid Input Error: of one row; "
        "its table keeps the values of an earlier load\n"
    )
    assert published(unsound) == loaded(unsound) == [FIRST, SECOND]
    assert regions_of(unsound, "publication_lag") == ["Jiangxi", "Sichuan"]
    assert regions_of(unsound, "data_quality_index") == ["Jiangxi"]
    suites = suites_by_asset(unsound)
    with open_snapshot(unsound) as connection:
        broken = broken_indicators(connection)
    (evaluation,) = table_results(suites, [AssetKey(["indicator", "data_quality_index"])], {}, broken)
    assert (evaluation.passed, evaluation.severity.value) == (False, "ERROR")
    assert evaluation.metadata["file"].value == "sql/indicators/data_quality_index.sql"
    alert = call(unsound, "alerts", "send", "--dry-run", FUPIN_ALERTS="console")
    assert (
        "The indicator data_quality_index could not be computed. sql/indicators/data_quality_index.sql: " in alert.out
    )
    told = call(unsound, "doctor")
    assert told.code == 1
    assert "PROBLEM             sql/indicators/data_quality_index.sql: " in told.out
    assert "     1  indicators that could not be computed" in call(unsound, "status").out
    older = "all values are those of an earlier load"
    told = [path.stem for path in (unsound.site / "indicators").glob("*.html") if older in path.read_text()]
    assert told == ["data_quality_index"]
    again = call(unsound, "run")
    assert (again.code, again.err) == (1, ended.err)
    # the statements without the error
    ended = call(home, "run")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("Indicators computed anew.")
    assert regions_of(unsound, "data_quality_index") == ["Jiangxi", "Sichuan"]
    assert older not in (home.site / "indicators" / "data_quality_index.html").read_text()


@pytest.mark.usefixtures("no_pages", "not_validated")
def test_a_check_with_an_error_ends_the_run_changes_nothing_and_is_recorded(home, tmp_path):
    unsound = own_statements(home, tmp_path / "own", "checks", report_keys=("SELECT", "SELEC"))
    put_second(unsound)
    ended = call(unsound, "run")
    assert ended.code == 1
    assert ended.err.startswith("error: ")
    assert "sql/checks/report_keys.sql: Parser Error" in ended.err
    assert published(home) == loaded(home) == [FIRST]
    (record,) = runs(home)
    assert record.outcome == "failed"
    assert record.cause.startswith("sql/checks/report_keys.sql: Parser Error")
    assert (record.reports_read, record.reports_loaded) == (1, 0)
    assert "failed: sql/checks/report_keys.sql" in call(unsound, "status").out
    # the next load takes the record into the warehouse
    publish(home)
    with open_snapshot(home) as connection:
        assert connection.execute("SELECT outcome FROM quality.run").fetchall() == [("failed",)]
