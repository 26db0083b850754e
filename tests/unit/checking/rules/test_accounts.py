"""Differences and balances of columns are those that most rows show; where few do, nothing is claimed."""

import pytest

from tests.helpers import checked, table

HEADER = ["Village", "Reported (households)", "Verified (households)", "Difference"]
SOUND = [["A", "120", "114", "6"], ["B", "85", "68", "17"], ["C", "200", "176", "24"], ["D", "64", "48", "16"]]


def failing(rows):
    found = checked(table([HEADER, *rows])).checks
    return [(check.rule, check.message) for check in found if check.verdict == "fails"]


def test_a_row_that_breaks_the_difference_of_the_others_is_named():
    rows = [*SOUND[:2], ["C", "200", "176", "42"], SOUND[3]]
    assert failing(rows) == [("account", "200 - 176 are 24, 42 is printed; rounding does not explain the difference.")]


@pytest.mark.parametrize(
    "rows",
    [
        SOUND,
        SOUND[:3],
        # half of the rows: no relation
        [*SOUND[:2], ["C", "200", "176", "42"], ["D", "64", "48", "61"]],
        # small numbers agree by chance
        [["A", "3", "1", "2"], ["B", "5", "2", "3"], ["C", "4", "1", "3"], ["D", "7", "2", "9"]],
    ],
)
def test_nothing_is_claimed_otherwise(rows):
    assert failing(rows) == []


def test_a_fall_is_held_against_the_two_columns_that_most_rows_show():
    header = ["County", "2016 (persons)", "2017 (persons)", "Fall (%)"]
    rows = [["A", "52400", "43492", "17.0"], ["B", "61500", "52275", "15.0"], ["C", "40200", "33768", "61.0"]]
    found = checked(table([header, *rows, ["D", "36800", "30176", "18.0"]])).checks
    assert [check.message for check in found if check.verdict == "fails"] == [
        "33,768 is 16 % less than 40,200, 61.0 is printed; rounding does not explain the difference."
    ]
