"""Who hears about what: the sensor, failed runs, overdue reports, and `fupin alerts`, each once."""

from __future__ import annotations

import datetime
import shutil
import subprocess

import pytest
from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
    ResourceDefinition,
    build_sensor_context,
    job,
    op,
)
from dagster._core.test_utils import create_run_for_test

from pipelines.errors import FupinError
from pipelines.orchestration.alerts import build_alerts_sensor, failed_runs
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.freshness import build_freshness_check
from pipelines.orchestration.home import end_dead_runs
from pipelines.orchestration.metering import Meter
from pipelines.publishing.alerts.channels import DeliveryError, FileChannel
from pipelines.publishing.alerts.events import events, failed_commands
from pipelines.publishing.failures import open_failures
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.review.causes import Handled, handle, reopen
from pipelines.settings import PROJECT
from pipelines.warehouse.runs import RunRecord, note_run
from tests.helpers import version
from tests.loads import load_once

pytestmark = pytest.mark.usefixtures("not_validated")

ORIGINAL = (PROJECT / "raw" / "jiangxi_2011.txt").read_text()
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class Office:
    """Reports that are loaded and published, a sensor that is evaluated, and the log that it writes."""

    def __init__(self, settings, instance):
        self.settings, self.instance, self.cursor = settings, instance, None

    def publish(self, text, name="jiangxi_2011.txt"):
        path = self.settings.raw / name
        path.write_text(text)
        load_once(self.settings, [version(path)])
        publish(self.settings)

    def tick(self):
        """What the tick says."""
        context = build_sensor_context(self.instance, cursor=self.cursor, resources={"fupin": Fupin(self.settings)})
        answer = build_alerts_sensor().evaluate_tick(context)
        self.cursor = answer.cursor or self.cursor
        assert not answer.run_requests
        return answer.skip_message

    def log(self):
        path = self.settings.alerts_folder / "alerts.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def heard(self):
        """The titles of all messages so far."""
        return [line.partition("UTC  ")[2] for line in self.log().splitlines() if "UTC  Fupin: " in line]


@pytest.fixture
def office(begun):
    # reports of 2011 are in time for ever: what is overdue has its own tests
    settings = begun.model_copy(update={"report_due_days": 365 * 1000, "decisions": begun.home.parent / "decisions"})
    with DagsterInstance.ephemeral() as instance:
        yield Office(settings, instance)


def run(instance, fails, name="ingest"):
    """A small run that ends well or not."""

    @op(name="load_reports")
    def work():
        if fails:
            raise FupinError("warehouse.duckdb: No space\nleft on device")

    @job(name=name)
    def small():
        work()

    return small.execute_in_process(instance=instance, raise_on_error=False, run_config=QUIET)


# the sensor


def test_a_failure_is_told_once_also_after_a_restart(office):
    office.publish(ORIGINAL)
    assert office.tick().startswith("file: sent “Fupin: ")
    [title] = office.heard()
    assert "new failures in 1 report" in title
    assert "What to do: " in office.log()
    assert "200 million Yuan more, up 14.88%" in office.log()
    assert office.tick() == "nothing has happened"
    office.cursor = None
    assert office.tick() == "file: nothing to tell"
    with DagsterInstance.ephemeral() as another:
        restarted = Office(office.settings, another)
        assert restarted.tick() == "file: nothing to tell"
    assert office.heard() == [title]


def test_what_became_of_a_root_cause_is_told_once_and_by_nobody_s_full_name(office):
    office.publish(ORIGINAL)
    office.tick()
    with open_snapshot(office.settings) as connection:
        [failure, *_] = open_failures(connection)
    at = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
    asked = Handled(failures=(failure["id"],), state="asked", reason="", by="Ada Li", at=at)
    handle(office.settings.decisions, "jiangxi_2011.txt", asked)
    assert office.tick() == "file: sent “Fupin: 1 decided root cause”"
    assert "RC1, “200 million Yuan”: asked the publisher, AL, 2026-03-01 (" in office.log()
    assert "Ada Li" not in office.log()
    assert office.tick() == "nothing has happened"
    reopen(office.settings.decisions, "jiangxi_2011.txt", asked.failures)
    assert office.tick() == "file: nothing to tell"


@pytest.mark.slow
def test_a_revision_is_told_as_a_change_and_a_repaired_one_as_resolved(office):
    office.publish(ORIGINAL)
    office.tick()
    office.publish(ORIGINAL.replace("200 million Yuan more", "190 million Yuan more"))
    office.tick()
    office.publish(ORIGINAL.replace("200 million Yuan more", "20 million Yuan more"))
    office.tick()
    _, changed, resolved = office.heard()
    assert "changed failure" in changed
    assert "new" not in changed + resolved
    assert "resolved failure" in resolved
    assert "Before: The changes of the parts add up to 326,000,000" in office.log()
    assert "No longer failing\n" in office.log()


def test_a_new_outbox_on_an_old_warehouse_tells_what_is_open(office):
    office.publish(ORIGINAL)
    office.publish(ORIGINAL.replace("200 million Yuan more", "20 million Yuan more"))
    office.tick()
    [title] = office.heard()
    open_ones = sum(event.is_current for event in events(office.settings, datetime.date.today()))
    assert title == f"Fupin: {open_ones} new failures in 1 report"
    assert "No longer failing" not in office.log()


def test_a_channel_that_fails_is_visible_and_tried_again(office, monkeypatch):
    def refuse(_self, _message):
        raise DeliveryError("alerts.log: cannot be written: disk full")

    office.publish(ORIGINAL)
    with monkeypatch.context() as patch:
        patch.setattr(FileChannel, "send", refuse)
        assert office.tick().startswith(
            "file: not delivered: alerts.log: cannot be written: disk full; tried again after "
        )
    # nothing new and not yet time
    assert office.tick() == "nothing has happened"
    monkeypatch.setattr("time.time", lambda: datetime.datetime.now().timestamp() + 3600)
    assert office.tick().startswith("file: sent ")
    assert len(office.heard()) == 1


def test_a_failed_run_is_told_once_with_its_cause(office):
    office.tick()
    run(office.instance, fails=True)
    office.tick()
    office.cursor = None
    office.tick()
    assert office.heard() == ["Fupin: 1 failed run"]
    assert "failed: warehouse.duckdb: No space left on device (in the step load reports)\n" in office.log()
    run(office.instance, fails=False)
    office.tick()
    assert len(office.heard()) == 1


def test_a_command_that_failed_or_was_killed_is_told_from_the_journal(office):
    office.tick()
    meter = Meter(office.settings, "first", "cli")
    office.tick()
    assert office.heard() == []
    meter.end(FupinError("warehouse.duckdb: No space\nleft on device"))
    office.tick()
    assert office.heard() == ["Fupin: 1 failed run"]
    assert "by `fupin run`, of " in office.log()
    assert "failed: warehouse.duckdb: No space left on device\n" in office.log()
    gone = subprocess.Popen(["true"])
    gone.wait()
    note_run(office.settings, RunRecord("second", "cli", meter.record.ended_at, gone.pid))
    office.tick()
    assert len(office.heard()) == 2
    assert "failed: the process of this run ended without it\n" in office.log()
    Meter(office.settings, "third", "cli").end()
    assert [event.is_current for event in failed_commands(office.settings)] == [False, False]


def test_a_run_whose_process_died_is_told(office):
    office.tick()
    create_run_for_test(office.instance, job_name="ingest", status=DagsterRunStatus.STARTED)
    end_dead_runs(office.instance)
    office.tick()
    assert office.heard() == ["Fupin: 1 failed run"]
    assert "The process of this run ended without it." in office.log()


def test_at_the_first_start_a_failed_run_counts_until_the_same_work_succeeded(office):
    def current():
        return [event.is_current for event in failed_runs(office.instance)]

    assert current() == []
    run(office.instance, fails=True)
    run(office.instance, fails=False, name="refresh")
    assert current() == [True]
    run(office.instance, fails=False)
    assert current() == [False]
    run(office.instance, fails=True)
    assert current() == [False, True]
    office.tick()
    assert office.heard() == ["Fupin: 1 failed run"]


def test_a_misspelt_channel_is_a_reason_to_skip(office):
    from pydantic import SecretStr

    office.settings = office.settings.model_copy(update={"alerts": SecretStr("slak")})
    assert office.tick() == "FUPIN_ALERTS: entry 1 is neither console, file nor a URL such as mailto://…"


def test_definitions_hold_the_sensor():
    definitions = build_definitions()
    Definitions.validate_loadable(definitions)
    assert {sensor.name for sensor in definitions.sensors} == {"raw_files", "alerts"}


# overdue reports


def test_an_overdue_report_is_told_once(office):
    office.settings = office.settings.model_copy(update={"report_due_days": 365})
    office.publish("Report of Jiangxi, 2011\nVillages: 5.\n")
    office.tick()
    assert office.heard() == ["Fupin: 1 overdue report"]
    assert "Jiangxi, yearbook chapter for 2012 (was due by 2013-12-31)" in office.log()
    office.cursor = None
    office.tick()
    assert len(office.heard()) == 1
    # the next year's report is another one
    office.publish("Report of Jiangxi, 2012\nVillages: 6.\n", "jiangxi_2012.txt")
    office.tick()
    assert office.log().count("Jiangxi, yearbook chapter for 2013") == 1
    in_time = datetime.date(2014, 12, 31)
    assert events(office.settings, in_time) == []


def test_reports_get_late_without_a_run_so_the_nightly_one_looks_too():
    for name in ("ingest", "refresh"):
        nodes = build_definitions().resolve_job_def(name).graph.node_defs
        assert "published__snapshot_fresh" in {node.name for node in nodes}


@pytest.mark.parametrize(("due_days", "passed"), [(365, False), (365 * 1000, True)])
def test_the_asset_check_warns_of_overdue_reports(office, due_days, passed):
    from dagster import AssetKey, asset

    office.publish("Report of Jiangxi, 2011\nVillages: 5.\n")
    settings = office.settings.model_copy(update={"report_due_days": due_days})

    @asset
    def snapshot():
        return None

    definitions = Definitions(
        assets=[snapshot],
        asset_checks=[build_freshness_check(AssetKey("snapshot"))],
        resources={"fupin": ResourceDefinition.hardcoded_resource(Fupin(settings))},
    )
    result = definitions.resolve_implicit_global_asset_job_def().execute_in_process(
        instance=office.instance, run_config=QUIET
    )
    assert result.success
    [check] = result.get_asset_check_evaluations()
    assert (check.check_name, check.passed, check.severity.value) == ("fresh", passed, "WARN")
    assert check.metadata["overdue reports"].value == (0 if passed else 1)


# the command


@pytest.fixture
def home(loaded, settings):
    """A copy of the loaded home, in which alerts can be sent."""
    shutil.copytree(loaded.settings.home, settings.home)
    return settings


def test_send_prints_on_the_console_once(home, fupin):
    dry = fupin("alerts", "send", "--dry-run", FUPIN_ALERTS="console")
    assert (dry.code, dry.err) == (0, "")
    assert dry.out.startswith("console would be sent:\n\nFupin: ")
    first = fupin("alerts", "send", FUPIN_ALERTS="console")
    assert (first.code, first.err) == (0, "")
    title, _, body = dry.out.removeprefix("console would be sent:\n\n").partition("\n")
    assert first.out.startswith(f"{title}\n{body.rstrip()}")
    assert first.out.endswith(f"console: sent “{title}”\n")
    again = fupin("alerts", "send", FUPIN_ALERTS="console")
    assert (again.code, again.out) == (0, "console: nothing to tell\n")


def test_send_writes_the_log_by_default_and_list_shows_it(home, fupin):
    assert fupin("alerts", "list").out == "file: 0 waiting\n"
    ended = fupin("alerts", "send")
    assert ended.out.startswith("file: sent “Fupin: ")
    log = (home.alerts_folder / "alerts.log").read_text(encoding="utf-8")
    assert "200 million Yuan" in log
    listed = fupin("alerts", "list").out
    assert listed.startswith("file: 0 waiting\n\n")
    assert "yearbook chapter for 2012" in listed
    assert "sent" in listed


def test_a_channel_that_fails_ends_with_1_and_tells_no_secret(home, fupin):
    url = "json://officer:rosebud@127.0.0.1:1/token"
    ended = fupin("alerts", "send", FUPIN_ALERTS=f"file {url}")
    assert ended.code == 1
    assert ended.out.startswith("file: sent ")
    assert ended.err.startswith("error: json://…")
    assert ": not delivered: the service cannot be reached or refused the message; tried again after " in ended.err
    listed = fupin("alerts", "list", FUPIN_ALERTS=f"file {url}")
    assert "; not reached 1 times in a row: the service cannot be reached" in listed.out
    kept = (home.alerts_folder / "outbox.sqlite").read_bytes().decode("utf-8", "replace")
    for word in ("rosebud", "officer", "token"):
        assert word not in ended.out + ended.err + listed.out + kept


def test_before_the_first_run_there_is_nothing_to_tell(fupin, settings):
    assert fupin("alerts", "send").out == "file: nothing to tell\n"
    assert fupin("alerts", "send", FUPIN_ALERTS="").out == "No channel: set FUPIN_ALERTS.\n"
    ended = fupin("alerts", "send", FUPIN_ALERTS="slak")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "error: FUPIN_ALERTS: entry 1 is neither console, file nor a URL such as mailto://…\n"


def test_a_failed_run_of_the_command_line_is_told(home, fupin, monkeypatch):
    fupin("alerts", "send")
    path = home.raw / "jiangxi_2010.txt"
    path.write_text((PROJECT / "raw" / "jiangxi_2010.txt").read_text().replace("737 million", "738 million"))

    def refuse(*_args, **_options):
        raise FupinError("warehouse.duckdb: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.warehouse.load.load_versions", refuse)
        assert fupin("run").code == 1
    ended = fupin("alerts", "send", FUPIN_ALERTS="file")
    assert ended.out == "file: sent “Fupin: 1 failed run”\n"
    log = (home.alerts_folder / "alerts.log").read_text(encoding="utf-8")
    assert "by `fupin run`" in log
    assert "failed: warehouse.duckdb: No space left on device" in log
    assert fupin("alerts", "send").out == "file: nothing to tell\n"
