"""Spark makes the rows that DuckDB makes, on local[2] and on a standalone master with two workers.

Runs in an environment with the extra `spark`, by `make test-scale`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import pytest
import pytest_socket

from pipelines import cli
from pipelines import settings as settings_module
from pipelines.errors import FupinError
from pipelines.publishing.snapshot import publish
from pipelines.scaling import spark_build, spark_conform
from pipelines.settings import PROJECT, Settings
from pipelines.versions.read import read_version
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.models import models, parsed

pyspark = pytest.importorskip("pyspark", reason="needs the extra `spark`; `make test-scale` installs it")

REPORTS = ("jiangxi_2009.txt", "jiangxi_2010.txt", "jiangxi_2011.txt")
# the chain that most indicators stand on, with a quotient and a comparison of years
CHAIN = ("indicator.central_share", "indicator.year_on_year")


@pytest.fixture(autouse=True)
def _loopback(_no_network):
    """Python speaks to Spark's virtual machine over the loopback."""
    pytest_socket.enable_socket()


@pytest.fixture(scope="module", autouse=True)
def _short_lived():
    """Its virtual machines end after a minute, and have hundreds of rows: they compile little and part nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        patch.setitem(spark_build._OPTIONS, "spark.sql.shuffle.partitions", "2")
        yield


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Settings:
    """A published warehouse of three shipped reports; tests only read it."""
    settings = Settings(home=tmp_path_factory.mktemp("published"))
    load_versions(settings, [read_version(PROJECT / "raw" / name, name, 10**7) for name in REPORTS])
    publish(settings)
    return settings


@pytest.fixture
def home(published, tmp_path) -> Settings:
    """The same snapshot in a home of its own."""
    settings = Settings(home=tmp_path)
    settings.snapshot.parent.mkdir(parents=True)
    settings.snapshot.symlink_to(published.snapshot)
    return settings


def test_every_model_is_equal(home, capsys):
    assert call(home, "spark", "conform") == 0
    printed = capsys.readouterr().out
    assert f"{len(models(home.sql))} models compared, 0 differing" in printed
    assert spark_conform.refused(home) == {}


def test_a_wrong_translation_is_found_and_refused_by_name(home, monkeypatch, capsys):
    # what sqlglot alone writes: Spark then divides decimals as decimals
    plain = lambda model: parsed(model.sql, model.where).sql(dialect="spark", pretty=True, comments=False)  # noqa: E731
    monkeypatch.setattr(spark_build, "spark_query", plain)
    monkeypatch.setattr(spark_conform, "spark_query", plain)
    compared = {one.name: one for one in spark_conform.conform(home, CHAIN)}
    assert {name for name, one in compared.items() if not one.is_equal} == set(CHAIN)
    reasons = spark_conform.refused(home)
    assert "work.selected_figure" not in reasons
    assert reasons["indicator.central_share"].startswith("is not as in DuckDB: only DuckDB: ")
    # the models that were not asked for would be compared first, all of them
    monkeypatch.setattr(spark_conform, "conform", lambda settings: [])
    target = home.home / "tables"
    assert call(home, "spark", "build", "--to", str(target)) == 1
    printed = capsys.readouterr()
    assert "error: indicator.central_share: is not as in DuckDB: only DuckDB: " in printed.err
    equal = [model.name for model in models(home.sql) if model.name not in reasons]
    assert 0 < len(equal) < len(models(home.sql))
    assert f"{len(equal)} models: " in printed.out
    assert all(list(target.joinpath(*name.split(".")).glob("*.parquet")) for name in equal)
    assert not list((target / "indicator").glob("*/*.parquet"))
    with duckdb.connect(str(home.snapshot), read_only=True) as connection:
        for name in ("core.fact_figure", "work.selected_figure"):
            files = target.joinpath(*name.split("."), "*.parquet")
            rows = connection.execute(f"SELECT * FROM read_parquet('{files}') ORDER BY ALL").fetchall()
            assert rows == connection.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall()
            assert rows
    # a verdict is about one translation: of these models it is now another
    monkeypatch.undo()
    reasons = spark_conform.refused(home)
    assert {reasons.get(name) for name in CHAIN} == {spark_conform.NOT_COMPARED}
    assert "work.selected_figure" not in reasons


def test_spark_rounds_a_double_as_duckdb_does(home):
    draw = random.Random(7)
    values = [0.0, 5e-7, -5e-7, 1.5e-6, 2.5e-6, 0.0005085, -812280.8264525, 4503599627.370497, 1e15 / 3, -1e21 / 7]
    values += [float(f"{draw.uniform(-1, 1) * 10**power:.6f}5") for power in range(9) for _ in range(200)]
    values += [draw.uniform(-1, 1) * 10**power for power in range(20) for _ in range(50)]
    with spark_build.spark_session(home) as spark:
        spark.createDataFrame([(value,) for value in values], "x DOUBLE").createOrReplaceTempView("v")
        found = [row[0] for row in spark.sql("SELECT rounded_like_duckdb(x) FROM v").collect()]
    with duckdb.connect() as connection:
        query = "SELECT cast(x AS DECIMAL(28, 6)) FROM (SELECT unnest($1::DOUBLE[]) AS x)"
        assert found == [row[0] for row in connection.execute(query, [values]).fetchall()]


def test_two_workers_of_a_standalone_master_make_the_same_rows(home):
    with standalone_master(home.home / "cluster") as master:
        on_workers = home.model_copy(update={"spark_master": master})
        compared = spark_conform.conform(on_workers, CHAIN)
        logs = [path.read_text() for path in (home.home / "cluster").rglob("worker-*.log")]
    assert {one.name for one in compared} >= {*CHAIN, "work.candidate_figure", "work.level_pair"}
    assert [one for one in compared if not one.is_equal] == []
    assert [log.count("Asked to launch executor") for log in logs] == [1, 1]


def test_a_statement_that_spark_refuses_and_a_folder_that_is_not_its_own_are_named(home, monkeypatch, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    with pytest.raises(FupinError, match="mine: holds something other than a build of Spark"):
        spark_conform.build_published(home, tmp_path / "mine")
    monkeypatch.setattr(spark_build, "spark_query", lambda model: "SELECT nothing")
    with pytest.raises(FupinError, match=r"^sql/schema/accepted_correction\.sql: Spark: "):
        spark_conform.conform(home, ["work.accepted_correction"])
    assert not (home.spark / "conformance.json").exists()


@contextmanager
def standalone_master(folder: Path):
    """A master and two workers of one core each, from PySpark's own jars; they end with the block."""
    folder.mkdir()
    spark = Path(pyspark.__file__).parent
    port = 17077 + os.getpid() % 1000
    url = f"spark://127.0.0.1:{port}"
    commands = {"master": ["org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port)]}
    for number in (1, 2):
        commands[f"worker-{number}"] = [
            *("org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g"),
            *("--work-dir", str(folder / f"work-{number}"), url),
        ]
    environment = {
        **os.environ,
        "SPARK_HOME": str(spark),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
    }
    with ExitStack() as running:
        for name, command in commands.items():
            log = running.enter_context((folder / f"{name}.log").open("w"))
            started = subprocess.Popen(
                [spark / "bin" / "spark-class", *command, "--webui-port", "0"], stdout=log, stderr=log, env=environment
            )
            running.callback(started.wait, 20)
            running.callback(started.kill)
        deadline = time.monotonic() + 600
        while (folder / "master.log").read_text().count("Registering worker") < 2:
            assert time.monotonic() < deadline, (folder / "master.log").read_text()[-2000:]
            time.sleep(0.2)
        yield url


def call(settings: Settings, *arguments: str) -> int:
    """Exit code of `fupin` in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FUPIN_HOME", str(settings.home))
        patch.setattr(sys, "argv", ["fupin", *arguments])
        settings_module.settings.cache_clear()
        try:
            cli.main()
        except SystemExit as ended:
            return int(ended.code or 0)
        finally:
            settings_module.settings.cache_clear()
    return 0
