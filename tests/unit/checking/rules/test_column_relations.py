"""Percentages of a table against the columns that most of its rows show them to be taken from."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, table

HEADER = ["Area", "Households", "Poor households", "Share of poor (%)"]
SOUND = [["A", "200", "50", "25"], ["B", "80", "60", "75"], ["C", "50", "20", "40"], ["D", "90", "9", "10"]]


def failing(rows):
    return [check for check in checked(table([HEADER, *rows])).checks if check.verdict in FAILING]


def test_every_row_is_asked_what_most_rows_confirm():
    assert failing(SOUND) == []
    [wrong] = failing([*SOUND[:3], ["D", "90", "9", "15"]])
    assert (wrong.rule, wrong.formula) == ("rate", "9 / 90 = 15")


def test_what_few_rows_confirm_is_no_relation():
    assert failing([SOUND[0], *([name, "80", "60", "12"] for name in "BCD")]) == []


def test_many_rows_that_contradict_are_one_finding():
    rows = [[str(n), "200", "50", "25"] for n in range(20)] + [[f"x{n}", "200", "50", "30"] for n in range(5)]
    [wrong] = failing(rows)
    assert wrong.message.startswith("In 5 of 25 rows")


def test_what_is_told_in_per_cent_of_something_else_may_be_more_than_all_of_it():
    rows = [["Land", "Debt (% of GDP)", "Imports in % of exports", "Share of girls (%)"]]
    rows += [["Atia", "132.4", "108.1", "48.1"], ["Beria", "88.0", "140.9", "40.9"]]
    assert [
        check for check in checked(table(rows)).checks if check.verdict in FAILING and check.rule != "control_total"
    ] == []
    rows[2][3] = "140.9"
    assert [check.rule for check in checked(table(rows)).checks if check.verdict in FAILING] == ["percent_range"]


@pytest.mark.parametrize(
    ("mills", "mines", "wrong"),
    [("6.1", "4.2", []), ("6.6", "5.4", []), ("6.6", "4.2", ["growth_from_previous"])],
)
def test_growth_of_money_that_most_amounts_contradict_is_at_other_prices(mills, mines, wrong):
    rows = [["Indicator", "Unit", "2018", "2019", "Growth over 2018 (%)"]]
    rows += [["Output of mills", "million yuan", "1864.2", "1987.5", mills]]
    rows += [["Output of mines", "million yuan", "421.0", "443.6", mines]]
    rows += [["Rice", "tonne", "231560", "235410", "1.7"], ["People", "person", "52310", "52080", "-0.4"]]
    rows += [["Wheat", "tonne", "23156", "23741", "2.5"], ["Maize", "tonne", "1310", "1208", "-7.8"]]
    assert [check.rule for check in checked(table(rows)).checks if check.verdict in FAILING] == wrong


def test_that_nothing_is_no_per_cent_of_anything_tells_no_relation():
    rows = [["Kind", "A", "of A (%)", "B", "of B (%)"], ["Local", "2094", "22", "200", "100"]]
    rows += [["State", "5892", "62", "0", "0"], ["Aid", "1500", "16", "0", "0"], ["Fees", "0", "0", "0", "0"]]
    rows += [["Total income", "9486", "100", "200", "100"], ["Pay", "5350", "56", "0", "0"]]
    rows += [[name, "1000", "11", "0", "0"] for name in ("Roads", "Courts", "Health", "Schools")]
    assert [
        check for check in checked(table(rows)).checks if check.verdict in FAILING and check.rule != "control_total"
    ] == []
