"""Dimensions and indicators are validated within the load; what was found is kept from run to run."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from pipelines.errors import CatalogError
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import PROJECT
from pipelines.suites.files import read_suites
from pipelines.suites.reports import run_suites
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions
from tests.helpers import version


def checked(*paths):
    versions = [version(path) for path in paths]
    outcomes = run_suites(versions, PROJECT / "expectations")
    return [replace(one, expectations=outcomes[one.document.report_id]) for one in versions]


@pytest.fixture(scope="module")
def versions():
    return checked(PROJECT / "raw" / "jiangxi_2010.txt", PROJECT / "raw" / "jiangxi_2011.txt")


def rows(settings, query):
    with open_warehouse(settings) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.slow
def test_a_load_validates_what_it_changed_and_the_next_one_nothing(settings, versions):
    summary = load_versions(settings, versions[:1])
    tables = {suite.name for group in ("dimension", "indicator") for suite in read_suites(settings.expectations, group)}
    assert set(summary.shape) == tables
    assert all(result.success for found in summary.shape.values() for result in found if result.severity != "info")
    runs = "SELECT report_id, is_loaded, tables_validated, tables_unchanged FROM quality.validation_run ORDER BY ALL"
    first = [("jiangxi_2010.txt", True, 9, 0), (None, True, len(tables), 0)]
    assert rows(settings, runs) == first
    again = load_versions(settings, ())
    assert rows(settings, runs) == first
    assert again.shape == summary.shape
    load_versions(settings, versions[1:])
    [(validated, unchanged)] = rows(
        settings,
        "SELECT tables_validated, tables_unchanged FROM quality.validation_run WHERE report_id IS NULL "
        "ORDER BY validated_at DESC LIMIT 1",
    )
    assert validated + unchanged == len(tables)
    # catalogues have not changed, and no report tells these indicators
    assert unchanged >= 7
    [(counted,)] = rows(settings, "SELECT expectation_count FROM quality.validation_run WHERE tables_unchanged > 0")
    [(newest,)] = rows(settings, "SELECT count(*) FROM quality.latest_validation_result WHERE report_id IS NULL")
    assert counted == newest == sum(map(len, summary.shape.values()))


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
def test_a_change_that_a_suite_makes_is_seen(settings, versions, tmp_path):
    load_versions(settings, versions[:1])
    shutil.copytree(settings.expectations, tmp_path / "expectations")
    path = tmp_path / "expectations" / "indicator.json"
    suite = json.loads(path.read_text())
    strict = {"column": "value", "min_value": 0, "max_value": 5}
    text = "The centre gives little."
    suite["expectations"].append(
        {
            "type": "expect_column_values_to_be_between",
            "kwargs": strict,
            "meta": {"severity": "warning", "text": text},
        }
    )
    path.write_text(json.dumps(suite))
    summary = load_versions(settings.model_copy(update={"expectations": tmp_path / "expectations"}), ())
    [found] = [result for result in summary.shape["central_share"] if result.details.startswith(text)]
    assert (found.success, found.failing_keys) == (False, ("360000 Y2010 as_reported",))
    path.unlink()
    with pytest.raises(CatalogError, match=r"expectations/indicator\.json: missing"):
        load_versions(settings.model_copy(update={"expectations": tmp_path / "expectations"}), ())


@pytest.mark.slow
def test_two_versions_of_a_report_give_a_trend(settings, sample):
    path = sample("jiangxi_2010.txt")
    load_versions(settings, checked(path))
    # the provincial part no longer fits into the total
    path.write_text(path.read_text().replace("737 million", "537 million"))
    load_versions(settings, checked(path))
    publish(settings)
    with open_snapshot(settings) as connection:
        trend = connection.execute(
            "SELECT is_loaded, failing_error, previous_failing_error, checks_failing_error, "
            "previous_checks_failing_error FROM quality.validation_trend "
            "WHERE report_id = 'jiangxi_2010.txt' ORDER BY validated_at"
        ).fetchall()
        [(first, second)] = connection.execute(
            "SELECT count(DISTINCT content_hash), count(DISTINCT run_key) FROM quality.validation_run "
            "WHERE report_id IS NOT NULL"
        ).fetchall()
        keys = connection.execute(
            "SELECT unexpected_count, failing_keys FROM quality.latest_validation_result "
            "JOIN core.dim_report USING (report_id, content_hash) WHERE is_current AND NOT success "
            "AND suite = 'checks' AND severity = 'error'"
        ).fetchall()
        warehouse = connection.execute(
            "SELECT checks_failing_error, previous_checks_failing_error FROM quality.validation_trend "
            "WHERE report_id IS NULL ORDER BY validated_at"
        ).fetchall()
    assert (first, second) == (2, 2)
    [before, after] = trend
    assert before == (True, 0, None, 0, None)
    assert after[:3] == (True, 1, 0)
    assert after[3] > after[4] == 0
    [(count, failing)] = keys
    assert count == len(failing) == after[3]
    assert warehouse == [(0, None), (after[3], 0)]


def spoilt_sql(folder):
    """An indicator whose unit is wrong in the year of one of the reports."""
    shutil.copytree(PROJECT / "sql", folder / "sql")
    path = folder / "sql" / "indicators" / "data_quality_index.sql"
    text = path.read_text()
    assert "'%' AS unit" in text
    path.write_text(text.replace("'%' AS unit", "CASE summed.period_code WHEN 'Y2011' THEN 'CNY' ELSE '%' END AS unit"))
    return folder / "sql"


@pytest.mark.slow
def test_a_critical_failure_of_an_indicator_keeps_only_the_guilty_version_out(settings, versions, tmp_path):
    summary = load_versions(settings.model_copy(update={"sql": spoilt_sql(tmp_path)}), versions)
    assert summary.loaded == ["jiangxi_2010.txt"]
    assert summary.quarantined == {
        "jiangxi_2011.txt": "data_quality_index: The unit is %. 1 row does not. First: 360000 Y2011 as_reported."
    }
    assert rows(settings, "SELECT report_id FROM core.dim_report") == [("jiangxi_2010.txt",)]
    refused = versions[1].document.content_hash
    runs = rows(
        settings,
        "SELECT report_id, content_hash, failing_critical > 0 FROM quality.validation_run "
        "WHERE NOT is_loaded ORDER BY report_id NULLS LAST",
    )
    # the version met its own suites; what it would have made of an indicator did not
    assert runs == [("jiangxi_2011.txt", refused, False), (None, refused, True)]
    failing = rows(
        settings,
        "SELECT suite, failing_keys FROM quality.validation_result JOIN quality.validation_run USING (run_key) "
        "WHERE NOT is_loaded AND severity = 'critical' AND NOT success",
    )
    assert failing == [("data_quality_index", ["360000 Y2011 as_reported"])]
    newest = "SELECT count(*) FROM quality.latest_validation_result WHERE severity = 'critical' AND NOT success"
    assert rows(settings, newest) == [(0,)]


@pytest.mark.usefixtures("begun")
@pytest.mark.slow
def test_a_critical_failure_of_a_dimension_keeps_only_the_guilty_version_out(settings, versions):
    good, bad = versions
    broken = replace(bad, document=replace(bad.document, content_hash="no hash"))
    summary = load_versions(settings, [broken, good])
    assert summary.loaded == ["jiangxi_2010.txt"]
    assert summary.quarantined == {
        "jiangxi_2011.txt": "dim_report: A content has its SHA-256. 1 row does not. First: jiangxi_2011.txt 1."
    }


@pytest.mark.usefixtures("begun")
def test_a_version_that_breaks_its_own_suites_leaves_its_results(settings, versions):
    good, bad = versions
    critical = tuple(
        replace(result, success=result.severity != "critical" or result.suite != "funds") for result in bad.expectations
    )
    summary = load_versions(settings, [good, replace(bad, expectations=critical)])
    assert summary.quarantined.keys() == {"jiangxi_2011.txt"}
    [(loaded, failing)] = rows(
        settings,
        "SELECT is_loaded, failing_critical FROM quality.validation_run WHERE report_id = 'jiangxi_2011.txt'",
    )
    assert not loaded
    assert failing == sum(result.severity == "critical" for result in bad.expectations if result.suite == "funds")
    [(newest,)] = rows(
        settings,
        "SELECT count(*) FROM quality.latest_validation_result "
        "WHERE report_id = 'jiangxi_2011.txt' AND severity = 'critical' AND NOT success AND NOT is_loaded",
    )
    assert newest == failing
