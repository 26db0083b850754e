"""The log of events holds what Dagster's own class would hold."""

import os
import sqlite3
from pathlib import Path

import pytest
from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    BackfillPolicy,
    DagsterInstance,
    DataVersion,
    Definitions,
    DynamicPartitionsDefinition,
    Failure,
    MaterializeResult,
    asset,
    define_asset_job,
)
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.errors import FupinError
from pipelines.orchestration.storage import _MOST_OPEN, EventLog

KEYS = ("a", "b", "c")
_OURS = "event_log_storage:\n  module: pipelines.orchestration.storage\n  class: EventLog\n"
_EVENTS = "SELECT dagster_event_type, step_key, asset_key, partition FROM event_logs ORDER BY id"
# of the file about all runs
_TABLES = (
    "SELECT dagster_event_type, asset_key, partition FROM event_logs",
    "SELECT t.asset_key, t.key, t.value, l.dagster_event_type, l.partition FROM asset_event_tags AS t "
    "JOIN event_logs AS l ON l.id = t.event_id",
    'SELECT k.asset_key, k.last_run_id = l.run_id, k.last_materialization LIKE \'%"step_key": "made"%\' '
    "FROM asset_keys AS k JOIN event_logs AS l ON l.asset_key = k.asset_key",
    "SELECT asset_key, check_name, partition, execution_status FROM asset_check_executions",
)


@asset(
    partitions_def=DynamicPartitionsDefinition(name="report"),
    backfill_policy=BackfillPolicy.single_run(),
    check_specs=[AssetCheckSpec("fine", asset="made"), AssetCheckSpec("poor", asset="made")],
)
def made(context: AssetExecutionContext):
    if context.has_tag("fail"):
        raise Failure("as asked")
    yield MaterializeResult(data_version=DataVersion("seven"))
    yield AssetCheckResult(check_name="fine", passed=True)
    yield AssetCheckResult(check_name="poor", passed=False)


def run(instance, **tags):
    job = Definitions(assets=[made], jobs=[define_asset_job("all")]).resolve_job_def("all")
    instance.add_dynamic_partitions("report", list(KEYS))
    ends = {"dagster/asset_partition_range_start": KEYS[0], "dagster/asset_partition_range_end": KEYS[-1]}
    return job.execute_in_process(instance=instance, tags=ends | tags, raise_on_error=False)


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Makes instances with either log, each in a home of its own."""
    made = []

    def make(name, configuration):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "dagster.yaml").write_text("telemetry:\n  enabled: false\n" + configuration)
        monkeypatch.setenv("DAGSTER_HOME", str(folder))
        made.append(DagsterInstance.get())
        return made[-1]

    monkeypatch.delenv("DAGSTER_EVENT_BATCH_SIZE", raising=False)
    yield make
    for instance in made:
        instance.dispose()
    os.environ.pop("DAGSTER_EVENT_BATCH_SIZE", None)


def rows(instance, shard, query):
    with sqlite3.connect(instance.event_log_storage.path_for_shard(shard)) as connection:
        return sorted(map(repr, connection.execute(query).fetchall()))


@pytest.mark.parametrize("tags", [{}, {"fail": "yes"}], ids=["ends well", "fails"])
def test_it_holds_what_dagsters_own_log_holds(home, tags):
    plain = home("plain", "")
    expected = run(plain, **tags)
    assert type(plain.event_log_storage) is SqliteEventLogStorage
    kept = home("kept", _OURS)
    found = run(kept, **tags)
    assert type(kept.event_log_storage) is EventLog
    assert found.success == expected.success == (not tags)
    events = rows(kept, found.run_id, _EVENTS)
    assert events == rows(plain, expected.run_id, _EVENTS)
    assert len(events) > 10
    for query in _TABLES:
        indexed = rows(kept, "index", query)
        assert indexed == rows(plain, "index", query), query
        assert indexed or (tags and "event_tags" in query)


def test_dagster_answers_from_it(home):
    instance = home("kept", _OURS)
    found = run(instance)
    key = AssetKey("made")
    storage = instance.event_log_storage
    assert storage.get_materialized_partitions(key) == set(KEYS)
    record = instance.get_asset_records([key])[0]
    assert record.asset_entry.last_materialization_record is not None
    assert record.asset_entry.last_run_id == found.run_id
    assert instance.get_latest_data_version_record(key, partition_key="b") is not None


def test_events_about_assets_come_in_batches(home, monkeypatch):
    instance = home("kept", _OURS)
    sizes = []
    store = EventLog.store_event_batch
    monkeypatch.setattr(
        EventLog, "store_event_batch", lambda log, events: (sizes.append(len(events)), store(log, events))
    )
    run(instance)
    # what is planned for three partitions and two checks, and what was made of three partitions
    assert sizes == [len(KEYS) + 2, len(KEYS)]


def test_a_batch_that_cannot_be_stored_is_stored_one_by_one(home, monkeypatch, capsys):
    instance = home("kept", _OURS)
    store = EventLog.store_event_batch

    def refuse(log, events):
        if len(events) > 1:
            raise AttributeError("no such name")
        store(log, events)

    monkeypatch.setattr(EventLog, "store_event_batch", refuse)
    assert run(instance).success
    assert instance.event_log_storage.get_materialized_partitions(AssetKey("made")) == set(KEYS)
    assert "no such name" in capsys.readouterr().err


def test_few_files_stay_open_and_one_in_place_of_another_is_found(home):
    instance = home("kept", _OURS)
    log = instance.event_log_storage
    for number in range(_MOST_OPEN + 3):
        with log.run_connection(f"run{number}") as connection:
            connection.exec_driver_sql("CREATE TABLE mine (x)")
    assert len(log._engines) == _MOST_OPEN
    Path(log.path_for_shard("run8")).replace(log.path_for_shard("run7"))
    with log.run_connection("run7") as connection:
        connection.exec_driver_sql("INSERT INTO mine VALUES (8)")
    with sqlite3.connect(log.path_for_shard("run7")) as connection:
        assert connection.execute("SELECT x FROM mine").fetchall() == [(8,)]


def test_a_transaction_within_another_is_that_one(home):
    log = home("kept", _OURS).event_log_storage
    with log.index_connection() as connection:
        connection.exec_driver_sql("CREATE TABLE mine (x)")

    def nested():
        with log.index_connection() as outer:
            with log.index_connection() as inner:
                assert inner is outer
                inner.exec_driver_sql("INSERT INTO mine VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        nested()
    with log.index_connection() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mine").scalar() == 0


def test_without_a_home_it_says_so(monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with pytest.raises(FupinError, match="DAGSTER_HOME is not set"):
        EventLog.from_config_value(None, {})
