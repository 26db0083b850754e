"""From an indicator value to the sentences and cells below it, for every indicator."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from pipelines.errors import FupinError
from pipelines.publishing.demanded import unreviewed
from pipelines.publishing.names import find_indicator, find_period, find_region, find_table
from pipelines.publishing.snapshot import open_snapshot
from pipelines.publishing.trace import trace
from tests.integration.conftest import NAMES

REPORT = NAMES["jiangxi_2011.txt"]


@pytest.fixture
def connection(loaded):
    with open_snapshot(loaded.settings) as opened:
        yield opened


def test_a_value_is_walked_back_to_its_sentences(connection):
    [found] = trace(connection, "central_share", "Jiangxi", "2011")
    assert (found.basis, found.value, found.unit) == ("as_reported", Decimal("81.070984"), "%")
    numerator, denominator = (figure for figure in found.figures if figure.depth == 0)
    assert (numerator.operand, numerator.printed, numerator.value) == ("numerator", "651 million Yuan", 651_000_000)
    assert (denominator.operand, denominator.printed) == ("denominator", "803 million Yuan")
    assert numerator.value * 100 / denominator.value == pytest.approx(found.value, abs=Decimal("0.000001"))
    parts = [figure for figure in found.figures if figure.above == denominator.figure_key]
    assert {figure.printed for figure in parts} == {"651 million Yuan", "153 million Yuan"}
    for figure in found.figures:
        assert figure.printed in figure.sentence
        assert (figure.report, figure.version) == (REPORT, 1)
        assert len(figure.content_hash) == 64
        assert figure.place.startswith(f"{figure.section}, character ")
    assert any(check.rule == "prior_year_sum" and check.failure_id for check in denominator.checks)


def test_a_disputed_figure_shows_its_failures_and_its_correction(connection):
    [found] = trace(connection, "provincial growth", "江西", "Y2011")
    assert found.value is None
    assert "positive base" in found.reason
    [disputed] = [figure for figure in found.figures if figure.status == "disputed"]
    assert [(one.status, one.proposed) for one in disputed.corrections] == [("proposed", 20_000_000)]
    failing = [check for check in disputed.checks if check.failure_id]
    assert {"sum_of_changes", "change_not_above_level"} <= {check.rule for check in failing}


def test_a_claim_leads_to_the_figure_it_speaks_of(connection):
    [found] = trace(connection, "provincial_growth_not_below_central", "360000", "2011")
    subjects = [figure.printed for figure in found.figures if figure.relation == "subject"]
    assert subjects == ["153 million Yuan", "651 million Yuan"]


def test_every_value_of_every_indicator_has_its_figures(connection):
    names = [row[0] for row in connection.execute("SELECT DISTINCT indicator FROM indicator.lineage").fetchall()]
    assert len(names) > 20
    for name in names:
        keys = connection.execute(
            f"SELECT region_code, period_code, basis, unnest([numerator_figure_key, denominator_figure_key]) AS key "
            f"FROM indicator.{name}"
        ).fetchall()
        wanted = sorted(row for row in keys if row[3] is not None)
        lineage = connection.execute(
            "SELECT region_code, period_code, basis, figure_key FROM indicator.lineage WHERE indicator = ?", [name]
        ).fetchall()
        assert sorted(lineage) == wanted != []
        region, period, _, _ = wanted[0]
        reached = {figure.figure_key for one in trace(connection, name, region, period) for figure in one.figures}
        assert {row[3] for row in wanted if row[:2] == (region, period)} <= reached


def test_the_command_prints_what_was_found(loaded):
    ended = loaded("trace", "central_share", "Jiangxi", "2011")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("central_share  Jiangxi Y2011  as_reported: 81.070984%\n")
    assert "rounding leaves it between 80.958307 and 81.183801" in ended.out
    # a sentence of several figures stands once
    assert ended.out.count("Anti-poverty funds which the central government") == 1
    assert f"{REPORT}, version 1, Investment of anti-poverty funds, character " in ended.out
    disputed = loaded("trace", "provincial_growth", "江西省", "2011").out
    assert "200 million Yuan = 200,000,000 CNY, disputed" in disputed
    assert ", proposed: 20,000,000 CNY: " in disputed


def test_a_trace_speaks_chinese_when_asked(loaded):
    told = loaded("trace", "provincial_growth", "江西省", "2011", "--lang", "zh").out
    assert told.startswith("省级资金增长率  江西省 2011  按报告：")
    assert "公式：100 * 省级资金增减额" in told
    assert "分子：200 million Yuan = 200,000,000 元，存疑" in told
    assert "错误：变化之和：各部分的增减合计 326,000,000" in told
    assert ", character " not in told
    assert not re.search(r"\b(proposed|error|disputed|check|denominator|content)\b", told)
    assert loaded("trace", "provincial_growth", "江西省", "2011", FUPIN_LANGUAGE="zh").out == told


def test_a_trace_as_json_loses_no_digit(loaded, connection):
    [found] = json.loads(loaded("trace", "central_share", "360000", "Y2011", "--format", "json").out)
    assert (found["value"], found["numerator"]) == ("81.070984", "651000000")
    [same] = trace(connection, "central_share", "360000", "Y2011")
    assert [figure["figure_key"] for figure in found["figures"]] == [figure.figure_key for figure in same.figures]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("central_shar", "Jiangxi", "2011"), "central_shar: no such indicator; did you mean central_share"),
        (("central_share", "Jiangsi", "2011"), "Jiangsi: no such region; did you mean Jiangxi"),
        (("central_share", "Jiangxi", "2012"), "2012: no such period; did you mean Y201"),
        (("central_share", "鼓楼区", "2011"), "regions have this name, give the code: 320106 鼓楼区, "),
        (("central_share", "Sichuan", "2009"), "central_share: has no row for Sichuan in 2009; it has Jiangxi Y2010"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(loaded, arguments, message):
    ended = loaded("trace", *arguments)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert ended.err.startswith("error: ")
    assert message in ended.err


@pytest.mark.parametrize("name", ["360000", "Jiangxi", "jiangxi", "Jiangxi Province", "江西", "江西省", " 江西 "])
def test_regions_by_code_and_name(connection, name):
    assert find_region(connection, name) == "360000"


@pytest.mark.parametrize(("name", "code"), [("新疆", "650000"), ("Xinjiang", "650000"), ("内蒙古", "150000")])
def test_autonomous_regions_by_their_short_names(connection, name, code):
    assert find_region(connection, name) == code


@pytest.mark.parametrize("name", ["2011", "Y2011", "y2011", "2011年", " 2011 "])
def test_periods_by_code_and_year(connection, name):
    assert find_period(connection, name) == "Y2011"


def test_indicators_and_tables_by_name(connection):
    assert find_indicator(connection, "Central-Share") == "central_share"
    assert find_table(connection, "fact_fund") == ("core", "fact_fund")
    assert find_table(connection, "quality.failure") == ("quality", "failure")
    with pytest.raises(FupinError, match="did you mean fact_fund"):
        find_table(connection, "fact_funds")


def test_review_is_demanded_of_the_figures_below_headline_values_that_are_there(loaded):
    told = unreviewed(loaded.settings.model_copy(update={"demand_review": True}))
    assert "not reviewed: central_share 360000 Y2011" in told
    with open_snapshot(loaded.settings) as opened:
        missing = opened.execute("SELECT region_code FROM indicator.poor_population_change").fetchall()
    assert missing
    assert not [line for line in told for (one,) in missing if f"poor_population_change {one}" in line]


def test_a_disputed_value_rests_on_a_disputed_figure(connection):
    found = connection.execute(
        "SELECT r.disputed_count FROM indicator.all_values AS v "
        "JOIN indicator.reviewed AS r USING (indicator, region_code, period_code, member_code, basis) "
        "WHERE v.disputed_count > 0 AND basis = 'as_reported' AND v.indicator <> 'data_quality_index'"
    ).fetchall()
    assert found
    assert all(count > 0 for (count,) in found)
