"""Checks between reports of one region: agree, restated, other scope, jump, and what is left alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.checking.across import Remembered, check_across
from pipelines.checking.interval import Interval


def figure(key, report, year, value, *, half=0, **values):
    low, high = Decimal(value) - half, Decimal(value) + half
    made = Remembered(
        key=key,
        owner=year,
        report=report,
        report_year=year,
        precedence=0,
        text=str(value),
        value=Interval(low, high, Decimal(value)),
        unit="CNY",
        role="level",
        status="ok",
        parent=None,
        link=None,
        falls=False,
        region="360000",
        period=f"Y{year}",
        program="all",
        source="central",
        stage="invested",
        measure="funds",
        scope="",
        group="",
        item="",
    )
    return replace(made, **values)


def of_rule(figures, rule):
    return [check for check in check_across(figures) if check.rule == rule]


def implied(change, earlier, **values):
    said = {"parent": 1, "link": "change_of"} | values
    return [figure(1, "new", 2011, 651), figure(2, "new", 2011, change, **said), figure(3, "old", 2010, earlier)]


@pytest.mark.parametrize(
    ("change", "values", "earlier", "verdict"),
    [
        (126, {"role": "change"}, 525, "holds"),
        (126, {"role": "change", "half": 1}, 526, "holds_within_rounding"),
        (126, {"role": "change"}, 535, "fails"),
        (24, {"role": "change_pct", "unit": "%"}, 525, "holds"),
        (126, {"role": "change", "falls": True}, 777, "holds"),
    ],
)
def test_last_year_implied_against_last_year_printed(change, values, earlier, verdict):
    figures = implied(change, earlier, **values)
    if verdict == "holds" and values.get("unit") == "%":
        figures[0] = replace(figures[0], value=Interval(Decimal(651), Decimal(651), Decimal(651)))
    [check] = of_rule(figures, "cross_report")
    assert check.owner == 2011
    assert check.operands == (1, 2, 3)
    assert check.verdict == verdict
    assert check.severity == "warning"


def test_a_disputed_change_implies_nothing():
    assert of_rule(implied(126, 999, role="change", status="disputed"), "cross_report") == []


def test_another_scope_explains_a_difference():
    figures = [
        figure(1, "new", 2011, 803, source="unknown"),
        figure(2, "new", 2011, 145, role="change", parent=1, link="change_of", source="unknown"),
        figure(3, "new", 2011, 651, parent=1, link="part_of"),
        figure(4, "old", 2010, 737, source="unknown"),
        figure(5, "old", 2010, 660, parent=4, link="part_of"),
        figure(6, "old", 2010, 77, parent=4, link="part_of", source="city_county"),
    ]
    [check] = of_rule(figures, "cross_report")
    assert (check.verdict, check.severity) == ("not_comparable", "info")
    assert "737 includes city and county money of 77" in check.message.told()


@pytest.mark.parametrize(
    ("values", "words"),
    [({"scope": "work-relief not counted"}, "work-relief not counted"), ({"stage": "allocated"}, "money allocated")],
)
def test_declared_scopes_and_stages_explain_a_difference(values, words):
    figures = implied(126, 600, role="change")
    [check] = of_rule([*figures[:2], replace(figures[2], **values)], "cross_report")
    assert check.verdict == "not_comparable"
    assert words in check.message.told()


@pytest.mark.parametrize(
    ("value", "half", "verdict"), [(651, 0, "holds"), (650, 2, "holds_within_rounding"), (561, 0, "fails")]
)
def test_one_fact_in_two_reports(value, half, verdict):
    figures = [figure(1, "chapter", 2011, 651), figure(2, "table", 2011, value, half=half, owner=7, precedence=10)]
    [check] = of_rule(figures, "cross_repeat")
    assert (check.verdict, check.owner, check.operands, check.unit) == (verdict, 7, (2, 1), "CNY")


def test_of_two_values_for_one_fact_in_one_report_none_is_compared():
    figures = [
        figure(1, "chapter", 2011, 651),
        figure(2, "table", 2011, 20, owner=7),
        figure(3, "table", 2011, 30, owner=7),
    ]
    assert of_rule(figures, "cross_repeat") == []


@pytest.mark.parametrize(("value", "verdict"), [(6, "holds"), (70_000, "suspect")])
def test_a_measure_does_not_jump(value, verdict):
    figures = [figure(1, "old", 2010, 5, measure="livestock"), figure(2, "new", 2011, value, measure="livestock")]
    [check] = of_rule(figures, "cross_sequence")
    assert (check.verdict, check.owner) == (verdict, 2011)


@pytest.mark.parametrize(("value", "verdict"), [(900, "holds"), (700, "fails")])
def test_what_was_reached_so_far_only_grows(value, verdict):
    shared = {"unit": "person", "measure": "people_drinking_water"}
    figures = [
        figure(1, "old", 2010, 800, period="Y2001_2010", **shared),
        figure(2, "new", 2011, value, period="Y2001_2011", **shared),
    ]
    [check] = of_rule(figures, "cross_cumulative")
    assert (check.verdict, check.owner) == (verdict, 2011)


@pytest.mark.parametrize(
    "values",
    [
        {"measure": "unknown"},
        {"period": "unknown"},
        {"region": "450000"},
        {"status": "quarantined"},
        {"group": "8 counties"},
    ],
)
def test_what_is_not_known_to_be_one_fact_is_left_alone(values):
    other = replace(figure(2, "table", 2011, 561, owner=7), **values)
    assert check_across([figure(1, "chapter", 2011, 651), other]) == []


def test_the_order_of_figures_changes_nothing():
    figures = implied(126, 535, role="change")
    assert check_across(figures) == check_across(reversed(figures))
