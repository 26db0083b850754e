"""What the sensor makes of files that come, change, are renamed, replaced or removed, come in hundreds, or are bad."""

from __future__ import annotations

import os
import pickle
import shutil

import pytest
from dagster import DagsterInstance, DagsterRunStatus, RunRequest, build_sensor_context

from pipelines.errors import FupinError
from pipelines.orchestration import arrivals, hashes, sensors, work
from pipelines.orchestration.arrivals import Cursor
from pipelines.orchestration.context import Fupin
from pipelines.orchestration.hashes import Hashes
from pipelines.orchestration.jobs import reports_asked_for
from pipelines.orchestration.metering import Meter
from pipelines.orchestration.sensors import build_sensor
from pipelines.orchestration.work import BATCH, hash_of
from pipelines.orchestration.work import _read as read_by_children
from pipelines.publishing import snapshot
from pipelines.publishing.snapshot import publish
from pipelines.warehouse.runs import runs
from tests.integration.conftest import NAMES, call


class Watch:
    """Ticks of the sensor over a landing zone, each with the cursor that the last one left."""

    def __init__(self, settings, instance):
        self.settings, self.instance, self.cursor = settings, instance, None
        self.fupin = Fupin(settings)

    def tick(self):
        answer = self.evaluated()
        assert answer.run_requests or answer.skip_message
        self.cursor = answer.cursor or self.cursor
        return answer.run_requests

    def evaluated(self):
        context = build_sensor_context(self.instance, cursor=self.cursor, resources={"fupin": self.fupin})
        return build_sensor(watch_seconds=0).evaluate_tick(context)

    def restart(self):
        """A new process knows nothing but the cursor."""
        self.fupin = Fupin(self.settings)

    def put(self, name, text="Villages: 5.\n"):
        path = self.settings.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


class Clock:
    """A clock that only the test moves."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(arrivals.time, "time", found)
    return found


@pytest.fixture
def watch(settings):
    with DagsterInstance.ephemeral() as instance:
        yield Watch(settings.model_copy(update={"settle_seconds": 0.0}), instance)


@pytest.fixture
def slow(settings):
    """One that waits ten seconds until a file is complete."""
    with DagsterInstance.ephemeral() as instance:
        yield Watch(settings.model_copy(update={"settle_seconds": 10.0}), instance)


@pytest.fixture
def known(loaded, watch):
    """One over reports that are loaded."""
    shutil.rmtree(watch.settings.raw)
    shutil.copytree(loaded.settings.raw, watch.settings.raw)
    shutil.copytree(loaded.settings.home, watch.settings.home)
    return watch


@pytest.fixture
def told(known):
    """One that has told Dagster of the run that loaded them."""
    known.tick()
    return known


def name_of(request):
    """The run's key without the time of the file."""
    return request.run_key.rsplit(":", 1)[0]


def of_one(path, report):
    return f"{report}:{hash_of(path)}"


# new, changed, replaced, renamed, removed


def test_a_new_file_is_one_run_keyed_by_report_and_content(watch):
    path = watch.put("a report, final.txt")
    [request] = watch.tick()
    assert isinstance(request, RunRequest)
    assert name_of(request) == of_one(path, "a report, final.txt")
    assert reports_asked_for(request.run_config) == ["a report, final.txt"]
    assert watch.tick() == []
    watch.restart()
    assert watch.tick() == []


def test_what_is_loaded_is_not_asked_for_and_an_edited_file_is(known):
    assert known.tick() == []
    edited = known.settings.raw / NAMES["jiangxi_2010.txt"]
    edited.write_text(edited.read_text().replace("737 million", "738 million"))
    [request] = known.tick()
    assert name_of(request) == of_one(edited, "jiangxi_2010.txt")
    edited.write_text(edited.read_text().replace("738 million", "739 million"))
    [again] = known.tick()
    assert name_of(again) == of_one(edited, "jiangxi_2010.txt") != name_of(request)
    assert known.tick() == []


def test_dagster_is_told_once_of_what_a_command_has_made(known):
    def told():
        answer = known.evaluated()
        known.cursor = answer.cursor
        return {event.asset_key.to_user_string(): event.metadata for event in answer.asset_events}

    [run] = runs(known.settings)
    made = told()
    assert {"raw/report", "core/checks", "warehouse/fact_figure", "published/snapshot", "published/site"} <= made.keys()
    snapshot = {name: value.value for name, value in made["published/snapshot"].items()}
    assert (snapshot["run"], snapshot["started by"], snapshot["reports_loaded"]) == (run.run_id, "cli", len(NAMES))
    # numbers that the pages of Dagster draw over time
    for name in ("rows_loaded", "peak_memory_mib", "seconds_reading", "seconds_loading", "seconds_publishing"):
        assert snapshot[name] > 0
    assert told() == {}
    failed = Meter(known.settings, "failed", "cli")
    with failed.room("reading"):
        failed.end(FupinError("no disk"))
    Meter(known.settings, "of Dagster", "sensor").end()
    assert told() == {}
    later = Meter(known.settings, "later", "rerun")
    with later.room("publishing"):
        pass
    later.end()
    assert told().keys() == {"published/snapshot"}


def test_a_touched_file_is_the_same_and_one_replaced_under_its_old_time_is_not(known):
    path = known.settings.raw / "jiangxi_2010.txt"
    assert known.tick() == []
    os.utime(path, (2_000_000_000, 2_000_000_000))
    assert known.tick() == []
    text, was = path.read_text(), path.stat()
    other = path.with_name(".jiangxi_2010.upload")
    other.write_text(text.replace("737 million", "738 million"))
    assert other.stat().st_size == was.st_size
    os.utime(other, ns=(was.st_atime_ns, was.st_mtime_ns))
    other.replace(path)
    [request] = known.tick()
    assert name_of(request) == of_one(path, "jiangxi_2010.txt")


def test_a_content_that_comes_back_is_asked_for_under_another_key(watch):
    path = watch.put("a.txt")
    [first] = watch.tick()
    watch.put("a.txt", "Villages: 6.\n")
    [second] = watch.tick()
    watch.put("a.txt")
    [third] = watch.tick()
    assert name_of(first) == name_of(third) == of_one(path, "a.txt") != name_of(second)
    assert first.run_key != third.run_key


def test_a_renamed_report_is_asked_for_under_its_new_name_and_has_not_left(known):
    assert known.tick() == []
    (known.settings.raw / "jiangxi_2010.txt").rename(known.settings.raw / "renamed.txt")
    answer = known.evaluated()
    known.cursor = answer.cursor
    [request] = answer.run_requests
    assert request.run_key.startswith("renamed.txt:")
    assert answer.asset_events == known.evaluated().asset_events == []


def test_a_removed_report_starts_no_run_is_noted_once_and_noted_again_after_it_was_back(told):
    path = told.settings.raw / "jiangxi_2010.txt"
    path.rename(told.settings.home / "away")
    answer = told.evaluated()
    assert answer.run_requests == []
    assert [note.metadata["report"].value for note in answer.asset_events] == ["jiangxi_2010.txt"]
    told.cursor = answer.cursor
    assert told.evaluated().asset_events == []
    (told.settings.home / "away").rename(path)
    assert told.tick() == []
    path.unlink()
    assert len(told.evaluated().asset_events) == 1


# complete or not


def test_a_file_that_still_grows_waits_until_it_has_been_still(slow, clock):
    path = slow.put("slow.txt")
    assert slow.evaluated().skip_message == "no new file; 1 not complete yet"
    for _ in range(4):
        assert slow.tick() == []
        clock.now += 6
        with path.open("a") as file:
            file.write("More villages: 7.\n")
    assert slow.tick() == []
    clock.now += 9
    slow.restart()
    assert slow.tick() == []
    clock.now += 1
    [request] = slow.tick()
    assert name_of(request) == of_one(path, "slow.txt")
    assert slow.tick() == []


def test_a_clock_that_is_set_back_loses_no_file_and_repeats_no_run(slow, clock):
    slow.put("a.txt")
    assert slow.tick() == []
    clock.now -= 100_000
    assert slow.tick() == []
    clock.now += 10
    assert len(slow.tick()) == 1
    clock.now -= 100_000
    assert slow.tick() == []
    clock.now += 899
    assert slow.tick() == []
    # asked for again after the pause, once it has been still for its ten seconds
    clock.now += 1
    assert slow.tick() == []
    clock.now += 10
    assert len(slow.tick()) == 1


def test_a_file_moved_into_its_place_in_one_step_is_seen_in_any_folder(watch):
    part = watch.put("2011/north/.upload-1")
    assert watch.tick() == []
    part.rename(part.with_name("a.txt"))
    [request] = watch.tick()
    assert request.run_key.startswith("2011/north/a.txt:")


@pytest.mark.parametrize("ending", ["part", "PART", "crdownload", "filepart", "tmp"])
def test_a_file_named_as_unfinished_waits_for_its_name(watch, ending):
    part = watch.put(f"a.txt.{ending}")
    assert watch.tick() == []
    part.rename(watch.settings.raw / "a.txt")
    [request] = watch.tick()
    assert request.run_key.startswith("a.txt:")


def test_a_report_file_that_comes_later_is_a_new_content_of_the_same_report(watch):
    watch.put("a.txt")
    [first] = watch.tick()
    watch.put("a.txt.report.yml", "region: '360000'\n")
    [second] = watch.tick()
    assert first.run_key.startswith("a.txt:")
    assert second.run_key.startswith("a.txt:")
    assert name_of(first) != name_of(second)
    assert reports_asked_for(first.run_config) == reports_asked_for(second.run_config) == ["a.txt"]


def test_a_report_file_that_comes_first_waits_a_minute_for_what_it_is_about(watch, clock):
    watch.put("a.txt.report.yml", "region: '360000'\n")
    assert watch.tick() == []
    clock.now += 30
    watch.put("a.txt")
    [request] = watch.tick()
    assert request.run_key.startswith("a.txt:")
    watch.put("b.txt.report.yml", "region: '360000'\n")
    assert watch.tick() == []
    clock.now += 61
    [alone] = watch.tick()
    assert alone.run_key.startswith("b.txt.report.yml:")


def test_files_that_are_no_reports_are_left_alone(watch):
    for name in (".hidden.txt", ".git/config.txt", "sub/.part.txt", "~$open.xlsx", "README.md"):
        watch.put(name)
    assert watch.tick() == []
    watch.put("sub/README.md")
    [request] = watch.tick()
    assert request.run_key.startswith("sub/README.md:")


# many


def test_many_files_are_one_run(watch):
    names = [f"batch/report {number:03}.txt" for number in range(50)]
    for number, name in enumerate(names):
        os.utime(watch.put(name), (number, number))
    [request] = watch.tick()
    assert request.run_key.startswith("50 reports:")
    assert request.tags["fupin/reports"] == "50"
    assert reports_asked_for(request.run_config) == names
    for name in (names[3], names[40], "new.txt"):
        watch.put(name, "Villages: 6.\n")
    [request] = watch.tick()
    assert sorted(reports_asked_for(request.run_config)) == sorted([names[3], names[40], "new.txt"])


def test_a_thousand_files_are_a_few_runs_the_oldest_first(watch):
    names = [f"{number:04}.txt" for number in range(1000)]
    for number, name in enumerate(names):
        os.utime(watch.put(name), (5000 - number, 5000 - number))
    requests = watch.tick()
    oldest = names[::-1]
    assert [reports_asked_for(one.run_config) for one in requests] == [
        oldest[first : first + BATCH] for first in range(0, 1000, BATCH)
    ]
    assert {one.tags["fupin/reports"] for one in requests} == {str(BATCH)}
    assert watch.tick() == []
    watch.restart()
    assert watch.tick() == []


def test_a_look_at_unchanged_files_opens_none_of_them(watch, clock, monkeypatch):
    clock.now = 4_000_000_000.0
    for number in range(20):
        watch.put(f"{number}.txt")
    watch.tick()
    opened = []
    monkeypatch.setattr(hashes, "hash_of", lambda path, limit: opened.append(path.name) or hash_of(path, limit))
    assert watch.tick() == []
    assert opened == []
    watch.put("7.txt", "Villages: 8.\n")
    assert len(watch.tick()) == 1
    assert opened == ["7.txt"]


def test_a_file_that_has_just_changed_is_not_remembered(settings):
    path = settings.raw / "a.txt"
    path.write_text("Villages: 5.\n")
    known = Hashes(settings)
    assert known.hash_of(path, 100) == hash_of(path)
    known.keep()
    assert not (settings.home / "hashes.json").exists()


# what does not come in


def test_a_content_that_did_not_arrive_is_asked_for_later_and_later(watch, clock):
    watch.put("a.txt")
    keys, pauses = [request.run_key for request in watch.tick()], []
    for _ in range(9):
        waited = 0
        while not (asked := watch.tick()):
            clock.now += 900
            waited += 900
        keys += [request.run_key for request in asked]
        pauses.append(waited)
    assert len(keys) == len(set(keys)) == 10
    assert pauses == [900, 1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400]


def test_nothing_is_asked_for_twice_while_a_run_may_still_bring_it(watch, clock):
    from dagster._core.test_utils import create_run_for_test

    path = watch.put("a.txt")
    watch.tick()
    run = create_run_for_test(watch.instance, job_name="ingest", status=DagsterRunStatus.STARTED)
    clock.now += 10_000
    assert watch.tick() == []
    watch.put("a.txt", "Villages: 6.\n")
    assert watch.tick() == []
    watch.put("b.txt")
    [other] = watch.tick()
    assert other.run_key.startswith("b.txt:")
    watch.instance.report_run_failed(run)
    [request] = watch.tick()
    assert name_of(request) == of_one(path, "a.txt")


@pytest.mark.usefixtures("begun", "no_pages", "not_validated")
def test_a_bad_file_is_not_read_again_before_it_changes(watch):
    bad = watch.put("bad.docx", "x")
    assert call(watch.settings, "run").code == 1
    assert watch.tick() == []
    watch.restart()
    assert watch.tick() == []
    bad.write_text("y")
    assert len(watch.tick()) == 1


def test_a_cursor_that_cannot_be_understood_costs_nothing(watch):
    assert Cursor.parse("[1, 2") == Cursor.parse('{"asked": [1]}') == Cursor.parse(None) == Cursor()
    watch.put("a.txt")
    watch.tick()
    assert Cursor.parse(watch.cursor).asked["a.txt"].times == 1
    watch.cursor = "{broken"
    [request] = watch.tick()
    assert request.run_key.startswith("a.txt:")


def test_two_sensors_by_mistake_ask_under_the_same_keys(watch):
    for name in ("a.txt", "b.txt"):
        watch.put(name)
    other = Watch(watch.settings, watch.instance)
    assert [one.run_key for one in watch.evaluated().run_requests] == [
        one.run_key for one in other.evaluated().run_requests
    ]


def test_a_missing_landing_zone_is_a_reason_to_skip(watch):
    watch.settings.raw.rmdir()
    assert watch.evaluated().skip_message == f"{watch.settings.raw}: no such folder; create it or set FUPIN_RAW"


def test_a_snapshot_that_was_deleted_is_published_again_and_nothing_is_read_anew(known):
    known.settings.snapshot.unlink()
    assert known.tick() == []
    assert known.settings.snapshot.exists()
    known.settings.snapshot.write_bytes(b"not a database at all")
    assert known.tick() == []
    assert known.settings.snapshot.stat().st_size > 100_000


def test_looks_open_the_snapshot_only_when_another_one_was_published(known, monkeypatch):
    opened = []
    connect = snapshot.connect_snapshot
    monkeypatch.setattr(
        snapshot, "connect_snapshot", lambda *args, **kinds: opened.append(args) or connect(*args, **kinds)
    )
    known.tick()
    assert opened
    opened.clear()
    known.tick()
    assert opened == []
    publish(known.settings)
    opened.clear()
    known.tick()
    assert opened


def test_a_warehouse_that_is_lost_is_noticed_though_its_snapshot_looks_the_same(known):
    known.tick()
    known.settings.warehouse.unlink()
    assert known.evaluated().skip_message.endswith("run `fupin rebuild` to make it anew")


def test_the_sensor_watches_for_a_while_and_answers_at_once(watch, monkeypatch):
    looks = []

    def sleep(_seconds):
        looks.append(1)
        if len(looks) == 3:
            watch.put("a.txt")

    monkeypatch.setattr(sensors.time, "sleep", sleep)
    context = build_sensor_context(watch.instance, resources={"fupin": watch.fupin})
    answer = build_sensor(watch_seconds=60).evaluate_tick(context)
    assert len(answer.run_requests) == 1
    assert len(looks) == 3


def read_ahead(slow, name="a.txt", text="Villages: 5.\n"):
    """A file that has come and lain still for two looks, and has been read meanwhile."""
    slow.settings.home.mkdir(exist_ok=True)
    slow.put(name, text)
    assert not slow.tick()
    assert not slow.tick()
    slow.fupin.ahead.reading.join()
    return list((slow.settings.home / "ahead").iterdir())


@pytest.fixture
def read(monkeypatch):
    """Reports that were read, in their order."""
    found = []

    def spied(settings, sandbox, files, done, far):
        found.extend(report for _, report in files)
        return read_by_children(settings, sandbox, files, done, far)

    monkeypatch.setattr(work, "_read", spied)
    return found


def test_what_lies_still_is_read_before_its_run(slow, clock, read):
    assert len(read_ahead(slow)) == len(read) == 1
    clock.now += 60
    assert [reports_asked_for(one.run_config) for one in slow.tick()] == [["a.txt"]]
    [version] = Fupin(slow.settings).batch("run", ["a.txt"]).versions
    assert [figure.value for figure in version.reading.figures] == [5]
    assert version.expectations
    assert read == ["a.txt"]
    assert not list((slow.settings.home / "ahead").iterdir())


def test_a_file_that_was_edited_after_it_was_read_is_read_by_its_run(slow, clock, read):
    read_ahead(slow)
    slow.put("a.txt", "Villages: 6.\n")
    [version] = Fupin(slow.settings).batch("run", ["a.txt"]).versions
    assert [figure.value for figure in version.reading.figures] == [6]
    assert read == ["a.txt", "a.txt"]


@pytest.mark.parametrize("damaged", [b"", b"no pickle", pickle.dumps(Fupin), pickle.dumps("text")])
def test_what_was_read_ahead_and_cannot_be_used_costs_nothing(slow, clock, damaged):
    [kept] = read_ahead(slow)
    kept.write_bytes(damaged)
    [version] = Fupin(slow.settings).batch("run", ["a.txt"]).versions
    assert [figure.value for figure in version.reading.figures] == [5]


def test_a_file_that_grows_is_not_read_ahead(slow, clock, read):
    for text in ("Villages: 5.\n", "Villages: 5.\nRoads: 6.\n", "Villages: 5.\nRoads: 6.\nWells: 7.\n"):
        slow.put("a.txt", text)
        assert not slow.tick()
    assert not read


def test_many_files_are_left_to_their_run(slow, clock, read):
    for number in range(20):
        slow.put(f"{number}.txt", f"Villages: {number}.\n")
    assert not slow.tick()
    assert not slow.tick()
    assert not read


def test_what_no_run_has_asked_for_goes(slow, clock):
    [left] = read_ahead(slow)
    os.utime(left, (clock.now - 3_600, clock.now - 3_600))
    assert left not in read_ahead(slow, "b.txt", "Villages: 6.\n")
