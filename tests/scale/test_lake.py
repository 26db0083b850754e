"""A DuckLake holds what the warehouse file would hold, takes several loaders, and shows only whole snapshots."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import fsspec
import pytest

from pipelines.errors import ConflictError, FupinError, SnapshotMissingError, WarehouseLockedError
from pipelines.publishing.snapshot import connect_snapshot, ensure_snapshot, open_snapshot, publish
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import transaction
from pipelines.warehouse.history import next_moment
from pipelines.warehouse.indicators import difference, indicator_statements
from pipelines.warehouse.lake import assert_keys, connect_lake_reader, open_lake, retried
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.manifest import read_manifest
from pipelines.warehouse.rebuild import rebuild
from pipelines.warehouse.touched import Extracts
from tests.scale.conftest import versions

pytest.importorskip("duckdb_extension_ducklake", reason="needs the extra ducklake: make test-scale")
LOAD = """
import sys
from pathlib import Path
from pipelines.versions.read import read_version
from pipelines.settings import Settings
from pipelines.warehouse.load import load_versions
settings = Settings()
name = sys.argv[1]
version = read_version(settings.raw / name, name, 10**7)
print("ready", flush=True)
sys.stdin.readline()
print(load_versions(settings, [version]).loaded)
"""
COUNTS = (
    "SELECT (SELECT count(*) FROM core.dim_report), (SELECT count(DISTINCT report_version_key) FROM core.fact_figure), "
    "(SELECT count(*) FROM core.version_event)"
)


def lake_settings(url, home, data):
    return Settings(home=home, raw=PROJECT / "raw", engine="ducklake", lake_catalog=url, lake_data=str(data))


@pytest.fixture(scope="module")
def lake(postgres, tmp_path_factory):
    """A lake with one report."""
    folder = tmp_path_factory.mktemp("lake")
    settings = lake_settings(postgres.database("lake"), folder / "home", folder / "data")
    with pytest.raises(SnapshotMissingError, match="nothing loaded yet"):
        connect_lake_reader(settings)
    load_versions(settings, versions(settings, "jiangxi_2011.txt"))
    publish(settings)
    return settings


def test_its_rows_are_those_of_a_file(lake, published):
    """Star and indicators, all but times; keys of validation runs are those of their moment."""
    with open_snapshot(lake) as ours, open_snapshot(published) as theirs:
        columns = {}
        for table, name in theirs.execute(
            "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() "
            "USING (schema_name, table_name) WHERE data_type NOT LIKE 'TIMESTAMP%' AND schema_name <> 'quality'"
        ).fetchall():
            columns.setdefault(table, []).append(name)
        assert len(columns) > 60
        for table, names in columns.items():
            query = f"SELECT {', '.join(names)} FROM {table} ORDER BY ALL"
            assert ours.execute(query).fetchall() == theirs.execute(query).fetchall(), table
        comments = "SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL"
        assert ours.execute(comments).fetchall() == theirs.execute(comments).fetchall()


def test_a_reader_reads_and_does_nothing_else(lake):
    with open_snapshot(lake) as reader:
        assert reader.execute("SELECT count(*) FROM core.fact_figure").fetchall() == [(126,)]
        for forbidden in (
            "DELETE FROM core.fact_figure",
            "CREATE TABLE core.mine (x INTEGER)",
            "FROM read_text('/etc/passwd')",
            "SET enable_external_access = true",
        ):
            with pytest.raises(Exception, match=r"read-only|disabled|locked|Cannot"):
                reader.execute(forbidden)


def test_one_of_two_changes_made_at_once_has_to_be_made_again(lake):
    def while_the_other_changes(one, other):
        with transaction(one):
            next_moment(one)
            one.execute("DELETE FROM quality.quarantine")
            with transaction(other):
                next_moment(other)

    with open_lake(lake) as one, open_lake(lake) as other:
        with pytest.raises(ConflictError, match="another load was committed first"):
            while_the_other_changes(one, other)
        # the connection that lost is good for another turn
        with transaction(one):
            next_moment(one)


def test_a_change_is_made_again_until_its_turn_comes(monkeypatch):
    monkeypatch.setattr("pipelines.warehouse.lake._PAUSE_SECONDS", 0)
    turns = iter([ConflictError("others"), ConflictError("others"), None])

    def change():
        if error := next(turns):
            raise error
        return "done"

    assert retried(change) == "done"

    def never():
        raise ConflictError("others")

    with pytest.raises(WarehouseLockedError, match="others"):
        retried(never)


def test_two_loaders_at_once_and_a_reader_beside_them(lake, tmp_path):
    names = ("jiangxi_2010.txt", "sichuan_2009.txt")
    with open_snapshot(lake) as before:
        loaders = []
        for name in names:
            environment = os.environ | {
                "FUPIN_WAREHOUSE": "ducklake", "FUPIN_HOME": str(tmp_path / name), "FUPIN_RAW": str(lake.raw),
                "FUPIN_LAKE_CATALOG": lake.lake_catalog.get_secret_value(), "FUPIN_LAKE_DATA": lake.lake_data,
            }  # fmt: skip
            loaders.append(
                subprocess.Popen(
                    [sys.executable, "-c", LOAD, name], env=environment, cwd=PROJECT, text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )
            )  # fmt: skip
        for loader in loaders:
            assert loader.stdout.readline() == "ready\n"
        for loader in loaders:
            loader.stdin.write("\n")
            loader.stdin.flush()
        seen, deadline = set(), time.monotonic() + 300
        while any(loader.poll() is None for loader in loaders) and time.monotonic() < deadline:
            with open_snapshot(lake) as reader:
                seen |= set(reader.execute(COUNTS).fetchall())
            time.sleep(1)
        for name, loader in zip(names, loaders, strict=True):
            said, errors = loader.communicate(timeout=600)
            assert (said, loader.returncode) == (f"['{name}']\n", 0), errors
        assert seen <= {(1, 1, 1), (2, 2, 2), (3, 3, 3)}
        assert before.execute(COUNTS).fetchall() == [(1, 1, 1)]
    with open_snapshot(lake) as after:
        assert after.execute(COUNTS).fetchall() == [(3, 3, 3)]
        assert after.execute("SELECT count(DISTINCT log_no) FROM core.version_event").fetchall() == [(3,)]
        assert run_checks(after, lake.sql) == []
        for statement in indicator_statements(lake.sql / "indicators"):
            assert after.execute(difference(statement, Extracts(None))).fetchone() is None, statement.name
        [(version,)] = after.execute(
            "SELECT min(snapshot_id) FROM warehouse.snapshots() WHERE snapshot_id > 1"
        ).fetchall()
    with connect_lake_reader(lake, version) as earlier:
        assert earlier.execute(COUNTS).fetchall() == [(1, 1, 1)]
        assert earlier.execute("SELECT count(*) FROM core.fact_figure AT (VERSION => 1)").fetchall() == [(0,)]


def test_what_a_load_finds_there_is_unchanged_and_enters_the_log_of_each_home(lake, tmp_path):
    other = lake.model_copy(update={"home": tmp_path})
    assert load_versions(other, versions(other, "jiangxi_2011.txt")).unchanged == ["jiangxi_2011.txt"]
    with open_snapshot(other) as reader:
        [(entries,)] = reader.execute("SELECT count(*) FROM core.version_event").fetchall()
    assert [entry["no"] for entry in read_manifest(other.archive)] == list(range(1, entries + 1))


def test_a_key_that_stands_for_two_rows_is_an_error(lake):
    tables = {"dim_unit": "CREATE TABLE core.dim_unit (unit_key BIGINT PRIMARY KEY)"}
    with open_lake(lake) as connection:
        assert_keys(connection, tables)
        connection.execute("BEGIN TRANSACTION")
        connection.execute("INSERT INTO core.dim_unit FROM core.dim_unit LIMIT 1")
        with pytest.raises(FupinError, match=r"core.dim_unit: unit_key -?\d+ stands for several rows"):
            assert_keys(connection, tables)
        connection.execute("ROLLBACK")


def test_what_is_missing_or_wrong_is_said_without_secrets(lake, postgres, published, tmp_path):
    with pytest.raises(FupinError, match="needs FUPIN_LAKE_CATALOG"):
        connect_lake_reader(lake_settings("", tmp_path, tmp_path))
    absent = f"postgresql://postgres:geheim@127.0.0.1:{postgres.port}/absent"
    with pytest.raises(FupinError, match=r"127\.0\.0\.1/absent: the lake cannot be opened") as caught, \
            open_lake(lake_settings(absent, tmp_path, tmp_path)):  # fmt: skip
        pass
    assert "geheim" not in str(caught.value)
    with pytest.raises(FupinError, match="give the lake its own FUPIN_HOME"):
        ensure_snapshot(published.model_copy(update={"engine": "ducklake"}))
    with pytest.raises(FupinError, match="is not rebuilt in place"):
        rebuild(lake, lambda contents: {}, lambda made, total: None)


def test_its_data_can_lie_in_a_store_of_fsspec(postgres, tmp_path):
    settings = lake_settings(postgres.database("stored"), tmp_path, "memory://stored/")
    with open_lake(settings) as connection:
        connection.execute("CREATE SCHEMA indicator")
        connection.execute("CREATE TABLE indicator.many AS SELECT range AS number FROM range(10_000)")
        connection.execute("DELETE FROM indicator.many WHERE number < 10")
    assert fsspec.filesystem("memory").find("/stored/indicator/many")
    with connect_lake_reader(settings) as reader:
        assert reader.execute("SELECT count(*), min(number) FROM indicator.many").fetchall() == [(9_990, 10)]
    with pytest.raises(FupinError, match="nowhere:// cannot be used"):
        connect_lake_reader(lake_settings("postgresql://h/d", tmp_path, "nowhere://stored/"))


def test_a_file_is_still_opened_as_a_file(lake, published):
    """Where the warehouse is a lake, a snapshot file that somebody names can be read all the same."""
    with connect_snapshot(lake, published.snapshot) as connection:
        assert connection.execute("SELECT count(*) FROM core.dim_report").fetchall() == [(1,)]
