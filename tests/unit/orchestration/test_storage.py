"""The log of events holds what Dagster's own class would hold, and is one file that stays open."""

import sqlite3

import pytest
from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    DagsterInstance,
    DataVersion,
    Definitions,
    Failure,
    MaterializeResult,
    asset,
    define_asset_job,
)

from pipelines.orchestration.home import prepare_home
from pipelines.orchestration.storage import EventLog
from pipelines.settings import Settings

_TABLES = (
    "SELECT dagster_event_type, step_key, asset_key, partition FROM event_logs",
    "SELECT t.asset_key, t.key, t.value, l.dagster_event_type, l.partition FROM asset_event_tags AS t "
    "JOIN event_logs AS l ON l.id = t.event_id",
    'SELECT k.asset_key, k.last_run_id = l.run_id, k.last_materialization LIKE \'%"step_key": "made"%\' '
    "FROM asset_keys AS k JOIN event_logs AS l ON l.asset_key = k.asset_key",
    "SELECT asset_key, check_name, partition, execution_status FROM asset_check_executions",
)
# Dagster's own class for one file
_PLAIN = (
    "event_log_storage:\n  module: dagster._core.storage.event_log\n  class: ConsolidatedSqliteEventLogStorage\n"
    "  config:\n    base_dir: {base_dir}\n"
)


@asset(
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
    return job.execute_in_process(instance=instance, tags=tags, raise_on_error=False)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """An instance as the project sets it up."""
    monkeypatch.setenv("DAGSTER_HOME", "")
    prepare_home(Settings(home=tmp_path / "kept"))
    with DagsterInstance.get() as instance:
        assert type(instance.event_log_storage) is EventLog
        yield instance


@pytest.fixture
def plain(tmp_path, monkeypatch):
    """One with Dagster's own log."""
    folder = tmp_path / "plain"
    folder.mkdir()
    configuration = "telemetry:\n  enabled: false\n" + _PLAIN.format(base_dir=folder)
    (folder / "dagster.yaml").write_text(configuration)
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    with DagsterInstance.get() as instance:
        yield instance


def rows(instance, query):
    with sqlite3.connect(instance.event_log_storage.get_db_path()) as connection:
        return sorted(map(repr, connection.execute(query).fetchall()))


@pytest.mark.parametrize("tags", [{}, {"fail": "yes"}], ids=["ends well", "fails"])
def test_it_holds_what_dagsters_own_log_holds(kept, plain, tags):
    assert run(kept, **tags).success == run(plain, **tags).success == (not tags)
    for query in _TABLES:
        found = rows(kept, query)
        assert found == rows(plain, query), query
        assert found or (tags and "event_tags" in query)
    assert len(rows(kept, _TABLES[0])) > 10


def test_dagster_answers_from_it(kept):
    found = run(kept)
    key = AssetKey("made")
    record = kept.get_asset_records([key])[0]
    assert record.asset_entry.last_materialization_record is not None
    assert record.asset_entry.last_run_id == found.run_id
    assert kept.get_latest_data_version_record(key) is not None


def test_what_is_stored_is_there_for_others_at_once(kept):
    run(kept)
    with DagsterInstance.from_ref(kept.get_ref()) as other:
        assert len(other.all_logs(kept.get_runs()[0].run_id)) == len(kept.all_logs(kept.get_runs()[0].run_id)) > 10
