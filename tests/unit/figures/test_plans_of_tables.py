"""Columns of plans, budgets and forecasts, and of how much of them is done: their roles, and the state of the money."""

import pytest

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
