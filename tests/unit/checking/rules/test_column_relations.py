"""Percentages of a table against the columns that most of its rows show them to be taken from."""

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
