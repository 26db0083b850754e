"""What Dagster sees: assets and their names, one run over many partitions, checks, metadata, sensor, schedule."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dagster import (
    AssetCheckSeverity,
    AssetKey,
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
)

from pipelines.catalog.indicators import indicators
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.home import end_dead_runs
from pipelines.orchestration.jobs import asking_for, reports_asked_for
from pipelines.orchestration.work import hash_of
from pipelines.publishing.snapshot import open_snapshot
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.versions import FACT_TABLES

PUBLISHED = {"published/snapshot", "published/site"}
ROOMS = {"raw/report", "core/figures", "core/facts", "core/checks", "published/snapshot", "published/site"}
INDICATORS = {f"indicator/{code}" for code in indicators()}
DIMENSIONS = {f"warehouse/{path.stem}" for path in (PROJECT / "sql" / "schema").glob("dim_*.sql")}
TABLES = DIMENSIONS | {f"warehouse/{name}" for name in FACT_TABLES}
FILES = ("broken.docx", "jiangxi_2010.txt", "jiangxi_2011.txt")
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@pytest.fixture(scope="module")
def ran(tmp_path_factory, empty_home):
    """One run over a bad report and two good ones, on an instance that leaves nothing behind."""
    folder = tmp_path_factory.mktemp("ran")
    settings = Settings(home=folder / "var", raw=folder / "raw", workers=1)
    shutil.copytree(empty_home, settings.home)
    settings.raw.mkdir()
    for name in FILES[1:]:
        shutil.copyfile(PROJECT / "raw" / name, settings.raw / name)
    (settings.raw / FILES[0]).write_text("x")
    definitions = build_definitions(home=settings.home, raw=settings.raw, workers=1)
    with DagsterInstance.ephemeral() as instance:
        job = definitions.resolve_job_def("ingest")
        result = job.execute_in_process(instance=instance, run_config=QUIET | asking_for(FILES))
        nightly = definitions.resolve_job_def("refresh")
        before = settings.snapshot.stat()
        refreshed = nightly.execute_in_process(instance=instance, run_config=QUIET)
        yield settings, instance, result, refreshed, before


def metadata(result, key):
    """Metadata of an asset's materialisation, by label."""
    [found] = [
        event.materialization
        for event in result.all_events
        if event.is_step_materialization and event.asset_key == AssetKey(key.split("/"))
    ]
    return {label: value.value for label, value in found.metadata.items()}


def test_assets_are_named_after_the_rooms():
    definitions = build_definitions()
    Definitions.validate_loadable(definitions)
    keys = {key.to_user_string() for key in definitions.resolve_asset_graph().get_all_asset_keys()}
    views = {key for key in keys if key.startswith(("work/", "out/"))}
    assert keys - views == ROOMS | TABLES | INDICATORS | {"warehouse/correction"}
    assert {"work/selected_figure", "work/level_pair", "out/funds", "out/fact_all"} <= views
    assert len(INDICATORS) > 20


def test_dependencies_follow_the_flow_and_the_sql():
    graph = build_definitions().resolve_asset_graph()

    def above(key):
        return {parent.to_user_string() for parent in graph.get(AssetKey(key.split("/"))).parent_keys}

    assert above("core/figures") == {"raw/report"}
    assert above("core/facts") == {"core/figures"}
    assert above("core/checks") == {"core/facts"}
    assert above("warehouse/fact_fund") == {"core/facts"}
    assert above("indicator/central_share") == {"work/selected_figure", "work/selected_program_fund"}
    assert above("indicator/unit_cost_to_median") == {"indicator/unit_costs"}
    assert above("work/selected_figure") == {"work/candidate_figure"}
    assert {"work/business_fact", "work/sure_figure"} <= above("work/candidate_figure")
    assert "warehouse/fact_fund" in above("work/business_fact")
    assert "work/named_fund" in above("out/funds")
    assert "work/fund_choice" in above("work/named_fund")
    assert above("published/snapshot") == INDICATORS
    assert above("published/site") == {"published/snapshot"}


def test_the_graph_can_be_looked_at():
    graph = build_definitions().resolve_asset_graph()
    assert sum(len(graph.get(key).parent_keys) for key in graph.get_all_asset_keys()) <= 200


def test_every_asset_has_an_owner_and_tables_have_their_columns():
    graph = build_definitions().resolve_asset_graph()
    assert all(graph.get(key).owners for key in graph.get_all_asset_keys())
    for table in TABLES | {"warehouse/correction"}:
        columns = graph.get(AssetKey(table.split("/"))).metadata["dagster/column_schema"].columns
        assert all(one.type and one.description for one in columns), table
    assert graph.get(AssetKey(["published", "snapshot"])).freshness_policy is not None


def test_one_indicator_is_computed_with_what_it_reads_and_nothing_else(ran, tmp_path):
    settings = ran[0].model_copy(update={"home": tmp_path / "var"})
    shutil.copytree(ran[0].home, settings.home)
    with open_warehouse(settings) as connection:
        for name in ("unit_costs", "unit_cost_to_median", "central_share"):
            connection.execute(f"DELETE FROM indicator.{name}")
    definitions = build_definitions(home=settings.home, raw=settings.raw, workers=1)
    key = AssetKey(["indicator", "unit_cost_to_median"])
    with DagsterInstance.ephemeral() as instance:
        job = definitions.resolve_implicit_global_asset_job_def()
        result = job.execute_in_process(instance=instance, run_config=QUIET, asset_selection=[key])
    assert result.success
    assert [event.asset_key for event in result.get_asset_materialization_events()] == [key]
    assert [one.passed for one in result.get_asset_check_evaluations()] == [True]
    with open_snapshot(settings) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM indicator.{name}").fetchone()[0]
            for name in ("unit_costs", "unit_cost_to_median", "central_share")
        ]
    assert counts[0] > 0
    assert counts[1] > 0
    assert counts[2] == 0


def test_overrides_choose_the_folders(tmp_path):
    definitions = build_definitions(home=tmp_path / "here", raw=tmp_path)
    resource = definitions.resources["fupin"].resource_fn(None)
    assert (resource.settings.home, resource.settings.raw) == (tmp_path / "here", tmp_path)


def test_steps_that_write_take_turns_in_a_pool():
    def pools(definitions):
        return {node.pool for node in definitions.resolve_job_def("ingest").graph.node_defs if node.pool}

    assert pools(build_definitions()) == {"warehouse"}
    assert pools(build_definitions(pool=None)) == set()


def test_one_run_over_several_reports_materialises_each_asset_once(ran):
    settings, _, result, _, _ = ran
    assert result.success
    materialised = [event.asset_key.to_user_string() for event in result.all_events if event.is_step_materialization]
    assert sorted(materialised) == sorted(ROOMS | TABLES | INDICATORS)
    with open_snapshot(settings) as connection:
        loaded = connection.execute("SELECT report_id FROM core.dim_report ORDER BY 1").fetchall()
    assert loaded == [(name,) for name in FILES[1:]]


def test_checks_tell_what_fails_and_how_grave_it_is(ran):
    found = {
        (check.asset_key.to_user_string(), check.check_name): check for check in ran[2].get_asset_check_evaluations()
    }
    of_tables = {(key, f"{key.rpartition('/')[2]}_shape") for key in DIMENSIONS | INDICATORS}
    of_reports = {key for key in found if key[0].startswith("core/")}
    assert set(found) == of_reports | of_tables | {
        ("raw/report", "readable"),
        ("published/snapshot", "warehouse_consistent"),
        ("published/snapshot", "fresh"),
    }
    assert {("core/figures", "figures_critical"), ("core/facts", "funds_info")} <= of_reports
    assert {name for key, name in of_reports if key == "core/checks"} == {
        "checks_critical",
        "checks_error",
        "checks_warning",
    }
    failing = {key for key, check in found.items() if not check.passed and check.severity is AssetCheckSeverity.ERROR}
    # the report of 2011 prints amounts that contradict each other and a magnitude that cannot be
    assert failing == {("core/checks", "checks_error"), ("raw/report", "readable")}
    assert not found["core/checks", "checks_warning"].passed
    assert found["core/checks", "checks_warning"].severity is AssetCheckSeverity.WARN
    table = found["core/checks", "checks_error"].metadata["failing"].value.splitlines()
    assert table[0] == "| report | row | severity | what does not hold |"
    assert {line.split(" | ")[0] for line in table[2:]} == {"| jiangxi_2011.txt"}
    assert "- Every relation that the text claims holds. (error)" in (
        found["core/checks", "checks_error"].metadata["expected"].value
    )
    # a value that cannot be computed is listed and does not fail the check
    growth = found["indicator/provincial_growth", "provincial_growth_shape"]
    assert growth.passed
    assert "| 360000 Y2011 as_reported | info |" in growth.metadata["failing"].value
    assert found["warehouse/dim_region", "dim_region_shape"].metadata["rows"].value > 3000
    # none came for 2012
    late = found["published/snapshot", "fresh"]
    assert late.severity is AssetCheckSeverity.WARN
    assert not late.passed
    assert late.metadata["Jiangxi, yearbook_chapter 2012"].value == "was due by 2013-12-31"
    assert "is not a Word document" in found["raw/report", "readable"].metadata["broken.docx"].value


def test_each_materialisation_tells_counts_previews_and_places(ran):
    settings, _, result, _, published = ran
    with open_snapshot(settings) as connection:

        def count(table):
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

        report = "jiangxi_2011.txt"
        raw = metadata(result, "raw/report")["each"][report]
        assert raw["report"] == str(settings.raw / report)
        assert raw["content hash"] == hash_of(settings.raw / report)
        assert Path(raw["archived as"]).read_bytes() == (settings.raw / report).read_bytes()
        assert raw["bytes"] == (settings.raw / report).stat().st_size
        figures = metadata(result, "core/figures")["each"][report]
        own = f"core.fact_figure JOIN core.dim_report USING (report_version_key) WHERE report_id = '{report}'"
        assert figures["figures"] == count(own)
        assert figures["numbers found"] == figures["figures"] + figures["non-figures"]
        facts = metadata(result, "core/facts")["each"][report]
        assert facts["funds"] == count(own.replace("fact_figure", "fact_fund"))
        checks = metadata(result, "core/checks")["each"][report]
        own_checks = own.replace("fact_figure", "fact_check JOIN core.dim_rule USING (rule_key)")
        assert checks["checks"] == count(f"{own_checks} AND rule_code NOT LIKE 'cross%'")
        assert checks["failing error"] > 0
        assert metadata(result, "core/figures")["reports"] == len(metadata(result, "core/figures")["each"]) == 2
        for name in FACT_TABLES:
            table = metadata(result, f"warehouse/{name}")
            assert table["dagster/row_count"] == count(f"core.{name}")
            assert table["path"] == str(settings.warehouse)
        assert metadata(result, "warehouse/dim_report")["loaded"] == list(FILES[1:])
        share = metadata(result, "indicator/central_share")
        assert share["dagster/row_count"] == count("indicator.central_share") > 0
        assert "| Jiangxi | Y2011 | 81.07" in share["preview"]
    snapshot = metadata(result, "published/snapshot")
    assert Path(snapshot["path"]) == settings.snapshot
    assert snapshot["bytes"] == published.st_size
    site = metadata(result, "published/site")
    assert Path(site["path"]) == settings.site / "index.html"
    assert site["files written"] > 50


def test_the_nightly_job_publishes_anew_without_reading_reports(ran):
    settings, _, _, refreshed, published = ran
    assert refreshed.success
    keys = {event.asset_key.to_user_string() for event in refreshed.all_events if event.is_step_materialization}
    assert keys == INDICATORS | PUBLISHED
    assert settings.snapshot.stat().st_ino != published.st_ino


def test_a_nightly_schedule_exists():
    [schedule] = build_definitions().schedules
    assert (schedule.name, schedule.job_name, schedule.execution_timezone) == ("nightly", "refresh", "UTC")
    minute, hour, *rest = schedule.cron_schedule.split()
    assert rest == ["*", "*", "*"]
    assert int(minute) < 60
    assert int(hour) < 6


# pieces


def test_a_run_without_reports_asks_for_all_that_are_new():
    assert reports_asked_for(asking_for(["a, b [c] 100%…  .txt", "a...b.txt"])) == ["a, b [c] 100%…  .txt", "a...b.txt"]
    assert reports_asked_for(asking_for([])) == []
    assert reports_asked_for(QUIET) is None


def test_runs_that_have_not_ended_are_ended_when_nothing_of_dagster_is_alive():
    from dagster._core.test_utils import create_run_for_test

    with DagsterInstance.ephemeral() as instance:
        dead = create_run_for_test(instance, status=DagsterRunStatus.STARTED)
        done = create_run_for_test(instance, status=DagsterRunStatus.SUCCESS)
        coming = create_run_for_test(instance, status=DagsterRunStatus.NOT_STARTED)
        end_dead_runs(instance)
        statuses = [instance.get_run_by_id(run.run_id).status.value for run in (dead, done, coming)]
    assert statuses == ["FAILURE", "SUCCESS", "NOT_STARTED"]


@pytest.mark.slow
def test_the_workspace_loads_from_a_fresh_checkout(tmp_path):
    for folder in ("pipelines", "sql", "expectations"):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    shutil.copyfile(PROJECT / "workspace.yaml", tmp_path / "workspace.yaml")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("FUPIN_", "DAGSTER_"))}
    environment |= {"PYTHONPATH": str(tmp_path), "DAGSTER_DISABLE_TELEMETRY": "1"}
    ended = subprocess.run(
        [Path(sys.executable).with_name("dagster"), "definitions", "validate", "-w", "workspace.yaml"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "All code locations passed validation" in ended.stdout + ended.stderr
    assert not (tmp_path / "var").exists()
    (tmp_path / "sql" / "indicators" / "unit_costs.sql").write_text("SELECT 1;\n")
    broken = subprocess.run(
        [sys.executable, "-c", "import pipelines.orchestration.definitions"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert "sql/indicators/unit_costs.sql: the header lacks grain" in broken.stderr


def test_an_indicator_shows_the_columns_it_is_computed_from(ran):
    _, instance, *_ = ran
    event = instance.get_latest_materialization_event(AssetKey(["indicator", "central_share"]))
    lineage = event.asset_materialization.metadata["dagster/column_lineage"].value
    sources = {(dep.asset_key.to_user_string(), dep.column_name) for dep in lineage.deps_by_column["value"]}
    assert ("warehouse/fact_fund", "amount") in sources
    assert lineage.deps_by_column["unit"] == []
