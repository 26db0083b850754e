"""Amounts and counts in remarks, notes and sentences of a table, which are no cells of its columns."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def unread(rows):
    return {
        number.locator.cell: number.text
        for number in read_tables(table(rows), 1).non_figures
        if number.reason == "unread"
    }


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("another 250 euros for seed", "250 euros"),
        ("新修渠道4.5公里", "4.5公里"),
        ("其中80万元买羊", "80万元"),
        ("see note 4", None),
        ("begun in 2014", None),
        ("phase 3", None),
    ],
)
def test_a_remark_with_an_amount_or_a_count_is_named(remark, told):
    rows = [["Place", "Spent (EUR)", "Remarks"], ["A", "700", remark], ["B", "800", "done"]]
    assert unread(rows) == ({"C2": told} if told else {})


def test_sentences_above_between_and_below_rows_are_named():
    rows = [
        ["In all, 4 wards got 9,000 euros, and more is due."],
        ["Place", "Spent (EUR)"],
        ["A", "700"],
        ["B", "800"],
        ["Note: grants below 50 euros are left out."],
    ]
    assert unread(rows).keys() == {"A1", "A5"}


@pytest.mark.parametrize("label", ["Herd of 40 goats", "Road of 3 km", "Grants below 50 euros", "2 wards"])
def test_labels_of_rows_are_names_whatever_they_count(label):
    assert unread([["Item", "Spent (EUR)"], [label, "700"], ["Other", "800"]]) == {}


def test_ratios_of_a_column_are_named():
    assert unread([["School", "Teachers to pupils"], ["A", "1:14"], ["B", "2:31"]]) == {"B2": "1:14", "B3": "2:31"}
