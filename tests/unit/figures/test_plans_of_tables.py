"""Columns of plans, budgets and forecasts, and of how much of them is done: their roles, and the state of the money."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table, whole


def read(rows, caption=""):
    """Role and stage by cell."""
    found, facts = whole(table(rows, caption))
    stages = {fact.figure_id: fact.stage for fact in facts.funds}
    return {figure.locator.cell: (figure.role, stages.get(figure.figure_id, "")) for figure in found.figures}


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("Printed estimates (TZS)", ("target", "planned")),
        ("Forecast for next year (TZS)", ("target", "planned")),
        ("Presupuesto (PEN)", ("target", "planned")),
        ("预计投资（万元）", ("target", "planned")),
        ("项目概算投入（元）", ("target", "planned")),
        ("Budget spent (TZS)", ("level", "spent")),
        ("Presupuesto ejecutado (PEN)", ("level", "unknown")),
        ("预算执行数（元）", ("level", "unknown")),
        ("预算数（元）", ("target", "arranged")),
        ("Pupils targeted", ("target", "")),
        ("Targeted transfers (TZS)", ("level", "unknown")),
        ("Poor people (estimates)", ("level", "")),
    ],
)
def test_headers(header, wanted):
    assert read([["Parish", header], ["Aba", "310"], ["Ofa", "205"]])["B2"] == wanted


def test_a_class_of_spending_in_a_row_says_nothing_of_a_budget():
    rows = [["Class", "Approved budget (MWK)", "Outturn (MWK)"], ["Capital expenditure", "310", "290"]]
    found = read([*rows, ["Recurrent expenditure", "205", "188"]], "Expenditure by class")
    assert [found[cell][1] for cell in ("B2", "C2", "B3")] == ["planned", "spent", "planned"]


def test_millions_of_people_have_decimals():
    found, _ = whole(table([["Cluster", "People in need (million)"], ["Water", "6.4"], ["Food", "5.25"]]))
    assert [(figure.value, figure.unit) for figure in found.figures] == [
        (6_400_000, "person"),
        (5_250_000, "person"),
    ]


@pytest.mark.parametrize(
    "title", ["Investment plan 2016-2018", "Work plan FY 2016/17", "村道项目计划表", "Budget by purpose, 2016"]
)
def test_the_amounts_of_a_plan_are_planned_but_for_those_of_what_is_done(title):
    found = read([["Place", "Cost (CHF)", "Paid (CHF)"], ["A", "310", "90"], ["B", "205", "60"]], title)
    assert (found["B2"], found["C2"][0]) == (("target", "planned"), "level")


@pytest.mark.parametrize("title", ["Implementation of the plan", "计划完成情况表", "Budget performance 2016"])
def test_a_table_about_a_plan_is_none(title):
    assert read([["Place", "Cost (CHF)"], ["A", "310"], ["B", "205"]], title)["B2"][0] == "level"


def test_planned_amounts_of_several_payers_make_up_the_planned_whole():
    rows = [
        ["Place", "Cost (CHF)", "Bund (CHF)", "Canton (CHF)"],
        ["A", "310", "200", "110"],
        ["B", "205", "150", "55"],
    ]
    found, _ = whole(table(rows, "Investment plan 2016"))
    assert [figure.locator.cell for figure in found.figures if figure.additive] == ["C2", "D2", "C3", "D3"]


@pytest.mark.parametrize(("beside", "role"), [("Actual", "target"), ("Outturn", "target"), ("Pending", "level")])
def test_what_was_approved_is_a_plan_beside_what_was_actually_spent(beside, role):
    found = read([["Place", "Approved", beside], ["A", "310", "90"], ["B", "205", "60"]], "Roads (CHF)")
    assert (found["B2"][0], found["C2"][0]) == (role, "level")


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("2015-16 (BE)", "2015-16 (RE)"),
        ("2015 Budget", "2015 Revised"),
        ("Original Budget", "Revised Budget"),
        ("B.E. 2015", "R.E. 2015"),
    ],
)
def test_a_budget_that_was_revised_counts_as_it_was_last(first, later):
    rows = [["Vote", first, later, "2014 Actual"], ["Roads", "820", "900", "810"], ["Wells", "120", "140", "133"]]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows, "Outlays (KES)"), 1).figures}
    told = [(found[cell].unit, found[cell].role, found[cell].additive) for cell in ("B2", "C2", "D2")]
    assert told == [("KES", "target", False), ("KES", "target", True), ("KES", "level", True)]


def test_a_budget_of_another_year_is_not_revised():
    rows = [["Vote", "2015 Budget", "2016 Revised"], ["Roads", "820", "900"], ["Wells", "120", "140"]]
    assert all(figure.additive for figure in read_tables(table(rows, "Outlays (KES)"), 1).figures)
