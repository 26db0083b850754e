"""Loading, revising, quarantining, and the checks of the warehouse, each in a passing and a failing case."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.errors import CatalogError, FupinError, SnapshotMissingError, WarehouseLockedError
from pipelines.publishing.failures import open_failures
from pipelines.publishing.snapshot import loaded_contents, open_snapshot, publish
from pipelines.publishing.summary import summary
from pipelines.settings import PROJECT, Settings
from pipelines.suites.reports import run_suites
from pipelines.warehouse.checks import run_checks
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.indicators import indicator_statements
from pipelines.warehouse.load import load_versions
from pipelines.warehouse.parquet import kept_contents, write_parquet
from pipelines.warehouse.versions import FACT_TABLES
from tests.helpers import version
from tests.loads import load_once

pytestmark = pytest.mark.usefixtures("begun", "not_validated")


def checked(*paths):
    versions = [version(path) for path in paths]
    outcomes = run_suites(versions, PROJECT / "expectations")
    return [replace(one, expectations=outcomes[one.document.report_id]) for one in versions]


@pytest.fixture(scope="module")
def sample_versions():
    return checked(PROJECT / "raw" / "jiangxi_2010.txt", PROJECT / "raw" / "jiangxi_2011.txt")


def contents(settings):
    """All rows of all fact tables, in order."""
    with open_warehouse(settings) as connection:
        return {table: sorted(map(str, connection.execute(f"FROM core.{table}").fetchall())) for table in FACT_TABLES}


def test_a_load_keeps_every_row_and_a_second_one_changes_nothing(settings, sample_versions):
    first = load_versions(settings, sample_versions)
    assert (first.loaded, first.unchanged, first.quarantined) == (["jiangxi_2010.txt", "jiangxi_2011.txt"], [], {})
    figures = sum(len(one.reading.figures) for one in sample_versions)
    assert first.rows["fact_figure"] == figures
    before = contents(settings)
    second = load_versions(settings, sample_versions)
    assert (second.loaded, second.unchanged) == ([], ["jiangxi_2010.txt", "jiangxi_2011.txt"])
    assert contents(settings) == before
    assert len(before["fact_figure"]) == figures


@pytest.mark.slow
def test_dimensions_follow_the_catalogue_and_are_left_alone_where_they_do(settings):
    load_versions(settings, ())
    rows = "SELECT max(rowid), count(*) FROM core.dim_region"
    with open_warehouse(settings) as connection:
        before = connection.execute(rows).fetchone()
        texts = connection.execute("SELECT * FROM core.dim_rule ORDER BY ALL").fetchall()
        connection.execute("UPDATE core.dim_rule SET text_en = 'another' WHERE rule_code = 'share'")
    load_versions(settings, ())
    with open_warehouse(settings) as connection:
        # the place of a row would have moved if it had been deleted and inserted
        assert connection.execute(rows).fetchone() == before
        assert connection.execute("SELECT * FROM core.dim_rule ORDER BY ALL").fetchall() == texts


@pytest.mark.slow
def test_the_order_of_loads_does_not_matter(settings, sample_versions, tmp_path):
    other = settings.model_copy(update={"home": tmp_path / "other"})
    load_once(settings, sample_versions)
    for one in reversed(sample_versions):
        load_versions(other, [one])
    assert contents(settings) == contents(other)


def test_a_revision_replaces_its_earlier_version_and_never_adds(settings, sample):
    path = sample("jiangxi_2010.txt")
    load_once(settings, checked(path))
    path.write_text(path.read_text().replace("737 million", "738 million"))
    load_versions(settings, checked(path))
    with open_warehouse(settings) as connection:
        versions = connection.execute("SELECT version_no, is_current FROM core.dim_report ORDER BY 1").fetchall()
        totals = connection.execute(
            "SELECT denominator FROM indicator.central_share WHERE period_code = 'Y2010'"
        ).fetchall()
        assert run_checks(connection, settings.sql) == []
    assert versions == [(1, False), (2, True)]
    assert totals == [(738_000_000,)]


@pytest.mark.slow
def test_going_back_to_an_earlier_content_makes_it_current_again(settings, sample):
    path = sample("jiangxi_2010.txt")
    original = path.read_text()
    load_once(settings, checked(path))
    path.write_text(original.replace("737 million", "738 million"))
    load_once(settings, checked(path))
    path.write_text(original)
    summary = load_versions(settings, checked(path))
    assert summary.loaded == ["jiangxi_2010.txt"]
    with open_warehouse(settings) as connection:
        rows = connection.execute("SELECT version_no, is_current FROM core.dim_report ORDER BY 1").fetchall()
    assert rows == [(1, True), (2, False)]


@pytest.mark.slow
def test_a_critical_failure_keeps_the_earlier_version_current(settings, sample):
    path = sample("jiangxi_2010.txt")
    load_once(settings, checked(path))
    path.write_text("Poverty work in Jiangxi Province, 2010\nNothing was counted.\n")
    summary = load_versions(settings, checked(path))
    assert summary.loaded == []
    assert "The report holds a figure." in summary.quarantined["jiangxi_2010.txt"]
    publish(settings)
    with open_snapshot(settings) as connection:
        assert connection.execute("SELECT version_no, is_current FROM core.dim_report").fetchall() == [(1, True)]
        [failure] = [row for row in open_failures(connection) if row["severity"] == "critical"]
        assert failure["report"] == "jiangxi_2010.txt"
        kept = connection.execute("SELECT count(*) FROM quality.validation_result WHERE NOT success").fetchone()
    assert kept[0] > 0
    assert len(loaded_contents(settings)["jiangxi_2010.txt"]) == 2


def test_one_version_that_contradicts_the_warehouse_does_not_keep_others_out(settings, sample_versions):
    good, bad = sample_versions
    broken = replace(bad, reading=replace(bad.reading, numbers_found=bad.reading.numbers_found + 5), expectations=())
    summary = load_versions(settings, [good, broken])
    assert summary.loaded == ["jiangxi_2010.txt"]
    assert "numbers_conserved" in summary.quarantined["jiangxi_2011.txt"]
    with open_warehouse(settings) as connection:
        assert connection.execute("SELECT report_id FROM core.dim_report").fetchall() == [("jiangxi_2010.txt",)]


def test_a_locked_warehouse_is_named_and_left_alone(settings, sample_versions):
    load_once(settings, sample_versions[:1])
    before = contents(settings)
    script = (
        "import sys, time; from pathlib import Path; from pipelines.settings import Settings\n"
        "from pipelines.warehouse.connection import open_warehouse\n"
        "with open_warehouse(Settings(home=Path(sys.argv[1]))):\n    print('held', flush=True); time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(settings.home)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(WarehouseLockedError, match=rf"another load is writing it \(process {holder.pid}, since 20"):
            load_versions(settings, sample_versions)
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    assert contents(settings) == before


def test_a_full_disk_leaves_the_earlier_snapshot(settings, sample_versions, monkeypatch):
    load_once(settings, sample_versions[:1])
    publish(settings)
    load_versions(settings, sample_versions)

    def refuse(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", refuse)
    with pytest.raises(FupinError, match="cannot be published: No space left on device"):
        publish(settings)
    assert [path.name for path in settings.snapshot.parent.iterdir()] == [settings.snapshot.name]
    with open_snapshot(settings) as connection:
        assert summary(connection).reports == 1


def test_nothing_published_yet(settings, tmp_path):
    settings = settings.model_copy(update={"home": tmp_path / "nothing"})
    with pytest.raises(SnapshotMissingError, match="run `fupin run` first"), open_snapshot(settings):
        pass
    with pytest.raises(FupinError, match="no warehouse to publish"):
        publish(settings)
    assert loaded_contents(settings) == {}


def test_the_snapshot_can_only_be_read(settings, sample_versions):
    import duckdb

    load_once(settings, sample_versions[:1])
    publish(settings)
    with open_snapshot(settings) as connection:
        for statement in ("DELETE FROM core.fact_fund", "COPY core.fact_fund TO 'x.csv'", "SET memory_limit = '1GB'"):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


def test_a_reader_does_not_block_the_loader(settings, sample_versions):
    load_once(settings, sample_versions[:1])
    publish(settings)
    with open_snapshot(settings) as connection:
        load_versions(settings, sample_versions)
        publish(settings)
        assert summary(connection).reports == 1
    with open_snapshot(settings) as connection:
        assert summary(connection).reports == 2


def test_an_indicator_with_a_malformed_header_stops_the_load_and_changes_nothing(settings, sample_versions, tmp_path):
    load_once(settings, sample_versions[:1])
    before = contents(settings)
    sql = tmp_path / "sql"
    shutil.copytree(settings.sql, sql)
    path = sql / "indicators" / "publication_lag.sql"
    path.write_text(path.read_text().replace("-- unit:", "-- in:"))
    with pytest.raises(CatalogError, match=r"sql/indicators/publication_lag\.sql"):
        load_versions(settings.model_copy(update={"sql": sql}), sample_versions)
    assert contents(settings) == before


def test_another_schema_asks_for_a_rebuild(settings, sample_versions, tmp_path):
    load_once(settings, sample_versions[:1])
    sql = tmp_path / "sql"
    shutil.copytree(settings.sql, sql)
    path = sql / "schema" / "fact_fund.sql"
    path.write_text(path.read_text().replace("scope VARCHAR", "scope_text VARCHAR"))
    with pytest.raises(FupinError, match="made with another version of sql/schema"):
        load_versions(settings.model_copy(update={"sql": sql}), sample_versions)


def test_parquet_holds_the_figures_and_is_written_the_same_twice(settings, sample_versions):
    from pyarrow import parquet

    path = write_parquet(settings, sample_versions)
    first = path.read_bytes()
    figures = parquet.read_table(path)
    assert figures.num_rows == sum(len(version.reading.figures) for version in sample_versions)
    assert set(figures["report_id"].to_pylist()) == {version.document.report_id for version in sample_versions}
    assert write_parquet(settings, sample_versions).read_bytes() == first
    funds = parquet.read_table(settings.facts / "funds")
    assert funds.num_rows == sum(len(version.facts.funds) for version in sample_versions)


def test_a_version_stands_in_one_batch_of_parquet(settings, sample_versions):
    from pyarrow import parquet

    contents = {(version.document.report_id, version.document.content_hash) for version in sample_versions}
    rows = sum(len(version.reading.figures) for version in sample_versions)
    write_parquet(settings, sample_versions)
    assert kept_contents(settings) == contents
    write_parquet(settings, sample_versions[:1])
    assert kept_contents(settings) == contents - {min(contents)}
    write_parquet(settings, sample_versions[:1], anew=True)
    assert kept_contents(settings) == contents
    assert parquet.read_table(settings.figures).num_rows == rows
    for _ in range(2):
        write_parquet(settings, sample_versions, anew=True)
        assert kept_contents(settings) == contents
        assert len(list(settings.figures.iterdir())) == 1


# a correction with another figure, printed value or status than it should have
CORRECTION = (
    "INSERT INTO core.correction SELECT 1, 'C-1', f.report_version_key, {}, {}, 1, 1, 1, 'because', '', [], {}, 'me', "
    "now(), 'people' FROM core.fact_figure AS f ORDER BY f.figure_key LIMIT 2"
)
# what breaks each check of sql/checks
SPOIL = {
    "additive_leaves": "UPDATE core.fact_fund SET is_additive_leaf = TRUE",
    "bounds_in_order": "UPDATE core.fact_figure SET value_high = value_low - 1",
    "check_pointer_keys": "UPDATE core.fact_check SET operand_figure_keys = [1]",
    "fact_keys of check": "DELETE FROM core.dim_rule",
    "composition_keys": "UPDATE core.bridge_composition SET child_figure_key = 1",
    "dimensions_filled": "DELETE FROM core.dim_unit",
    "fact_keys of claim": "UPDATE core.fact_claim SET measure_key = 1",
    "fact_keys of figure": "UPDATE core.fact_figure SET region_key = 1",
    "fact_keys of fund": "UPDATE core.fact_fund SET stage_key = 1",
    "fact_keys of number": "UPDATE core.fact_number SET report_version_key = 1",
    "fact_keys of result": "UPDATE core.fact_result SET unit_key = 1",
    "fact_keys of target": "UPDATE core.fact_target SET period_key = 1",
    "failures_recorded": "DELETE FROM quality.failure",
    "lineage_figures": "UPDATE core.dim_report SET is_current = FALSE",
    "figure_grain": "INSERT INTO core.fact_figure SELECT * FROM core.fact_figure LIMIT 1",
    "figure_period_keys": "UPDATE core.dim_period SET period_key = 5 WHERE period_code = 'Y2010'",
    "fund_currencies": "UPDATE core.fact_fund SET currency = 'USD'",
    "hierarchy_keys": "UPDATE core.dim_region SET valid_to_year = 2100 WHERE valid_to_year IS NOT NULL",
    "log_tells_corrections": "INSERT INTO core.correction_event SELECT 99, now(), 'applied', report_version_key, "
    "figure_key, 1, 1, 1 FROM core.fact_figure LIMIT 1",
    "log_tells_current": "DELETE FROM core.version_event",
    "numbers_conserved": "DELETE FROM core.fact_number",
    "one_business_fact_per_figure": "DELETE FROM core.fact_claim",
    "one_current_version": "UPDATE core.dim_report SET is_current = FALSE",
    "pointer_keys": "UPDATE core.fact_claim SET subject_figure_key = 1",
    "review_keys": "INSERT INTO core.fact_review SELECT report_version_key, 1, 'AL', DATE '2026-03-01' "
    "FROM core.dim_report",
    "report_keys": "UPDATE core.dim_report SET region_code = '1'",
    "report_status": "UPDATE core.dim_report SET report_status = 'retracted', is_current = FALSE",
    "unread_reasons": "UPDATE core.fact_number SET reason = 'unread'",
    "values_match_evidence": "UPDATE core.fact_fund SET amount = amount * 10",
    "sureness_agrees": "UPDATE core.fact_fund SET sureness = 'assumed'",
    "central_share_equals_its_view": "DELETE FROM indicator.central_share",
    "correction_keys": CORRECTION.format(1, "f.value", "'accepted'"),
    "correction_values": CORRECTION.format("f.figure_key", "f.value + 1", "'accepted'"),
    "one_accepted_correction": CORRECTION.format("f.figure_key", "f.value", "unnest(['accepted', 'accepted'])"),
    "total_growth_grain": "UPDATE indicator.total_growth SET basis = 'guessed'",
    "central_share_grain": "INSERT INTO indicator.central_share SELECT * FROM indicator.central_share",
}


@pytest.fixture(scope="module")
def loaded_warehouse(tmp_path_factory, empty_home, sample_versions):
    settings = Settings(home=tmp_path_factory.mktemp("loaded") / "var")
    shutil.copytree(empty_home, settings.home)
    load_versions(settings, sample_versions)
    with open_warehouse(settings) as connection:
        assert run_checks(connection, settings.sql) == []
    return settings


def test_every_check_has_a_case_that_breaks_it():
    files = {path.stem for path in Path(PROJECT / "sql" / "checks").glob("*.sql")}
    assert files <= {case.partition(" of ")[0] for case in SPOIL}


@pytest.mark.parametrize("check", sorted(SPOIL))
def test_checks_that_hold_fail_where_they_should(loaded_warehouse, check, monkeypatch):
    standing = [
        one
        for one in indicator_statements(loaded_warehouse.sql / "indicators")
        if check in (f"{one.name}_equals_its_view", f"{one.name}_grain")
    ]
    # the other checks of indicators would take most of the time
    monkeypatch.setattr("pipelines.warehouse.checks.standing_statements", lambda *_: standing)
    with open_warehouse(loaded_warehouse) as connection:
        connection.execute("BEGIN TRANSACTION")
        connection.execute(SPOIL[check])
        violated = {violation.check for violation in run_checks(connection, loaded_warehouse.sql)}
        connection.execute("ROLLBACK")
    assert check.partition(" of ")[0] in violated
