import json
import shutil
from dataclasses import replace

import pytest

from pipelines.errors import CatalogError
from pipelines.meaning.meaning import Decision
from pipelines.settings import PROJECT
from pipelines.suites.files import read_suites, validate_suites
from pipelines.suites.reports import has_critical, run_suites
from tests.helpers import version

SUITES = PROJECT / "expectations"
SQL = PROJECT / "sql"


@pytest.fixture(scope="module")
def good():
    return version(PROJECT / "raw" / "jiangxi_2010.txt")


@pytest.fixture(scope="module")
def flawed():
    return version(PROJECT / "raw" / "jiangxi_2011.txt")


def failing(results, severity=None):
    return [r for r in results if not r.success and severity in (None, r.severity)]


def test_a_sound_report_fails_nothing_grave_and_an_inconsistent_one_does_not_stop_it(good, flawed):
    results = run_suites([good, flawed], SUITES)
    assert failing(results["jiangxi_2010.txt"], "error") == []
    assert not has_critical(results["jiangxi_2011.txt"])
    [arithmetic] = failing(results["jiangxi_2011.txt"], "error")
    assert arithmetic.suite == "checks"
    assert arithmetic.unexpected_count == len(arithmetic.failing_keys) == 7


def test_every_declared_expectation_gives_one_result_per_report(good, flawed):
    declared = sum(len(suite.expectations) for suite in read_suites(SUITES, "report"))
    results = run_suites([good, flawed], SUITES)
    assert {len(found) for found in results.values()} == {declared}


@pytest.mark.parametrize(
    ("change", "suite"),
    [
        (lambda v: replace(v, reading=replace(v.reading, numbers_found=v.reading.numbers_found + 1)), "conservation"),
        (lambda v: replace(v, facts=replace(v.facts, funds=v.facts.funds[1:])), "conservation"),
        (lambda v: replace(v, facts=replace(v.facts, funds=(*v.facts.funds, v.facts.funds[0]))), "funds"),
        (lambda v: _with_fund(v, program="road_of_gold"), "funds"),
        (lambda v: _with_fund(v, amount_high=v.facts.funds[0].amount - 1), "funds"),
        (lambda v: _with_figure(v, role="boast"), "figures"),
        (lambda v: _with_figure(v, unit=None), "figures"),
        (lambda v: _with_figure(v, unit="CNY/moon"), "figures"),
        (
            lambda v: replace(v, meanings=(v.meanings[0]._replace(program=Decision("x", "named")), *v.meanings[1:])),
            "figures",
        ),
    ],
)
def test_a_broken_table_is_critical_for_its_report_only(good, flawed, change, suite):
    broken = change(flawed)
    results = run_suites([good, broken], SUITES)
    assert not has_critical(results["jiangxi_2010.txt"])
    assert suite in {result.suite for result in failing(results["jiangxi_2011.txt"], "critical")}


def _with_fund(v, **values):
    first = replace(v.facts.funds[0], **values)
    return replace(v, facts=replace(v.facts, funds=(first, *v.facts.funds[1:])))


def _with_figure(v, **values):
    first = v.reading.figures[0]._replace(**values)
    return replace(v, reading=replace(v.reading, figures=(first, *v.reading.figures[1:])))


def test_a_report_without_a_figure_is_not_loaded(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_text("A title of Jiangxi in 2011\nNothing is counted here.\n")
    results = run_suites([version(path)], SUITES)["empty.txt"]
    assert has_critical(results)
    assert "The report holds a figure." in failing(results, "critical")[0].details


def test_the_shipped_suites_are_sound():
    assert validate_suites(SUITES, SQL) == []


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (
            lambda suite: suite["expectations"][0].update(type="expect_miracles"),
            "expect_miracles is not an expectation",
        ),
        (lambda suite: suite["expectations"][0]["meta"].update(severity="grave"), "severity must be one of"),
        (lambda suite: suite["expectations"][0].pop("kwargs"), "needs type, kwargs and meta"),
        (lambda suite: suite.update(expectations=[]), "needs expectations"),
    ],
)
def test_a_malformed_suite_is_named_and_nothing_runs(tmp_path, good, spoil, problem):
    shutil.copytree(SUITES, tmp_path / "expectations")
    path = tmp_path / "expectations" / "report" / "funds.json"
    suite = json.loads(path.read_text())
    spoil(suite)
    path.write_text(json.dumps(suite))
    [found] = validate_suites(tmp_path / "expectations", SQL)
    assert found.startswith("expectations/report/funds.json")
    assert problem in found
    with pytest.raises(CatalogError, match=r"expectations/report/funds\.json"):
        run_suites([good], tmp_path / "expectations")
