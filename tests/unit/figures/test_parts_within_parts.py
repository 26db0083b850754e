"""Rows that are parts of a part, where neither words nor indents nor codes say so."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table

HERDS = [("100143", "110210"), ("80100", "88130"), ("30017", "33011"), ("45005", "50111"), ("12010", "13040")]
HERDS.append(("8033", "9040"))


def additive(labels, numbers):
    rows = [["Item", "2019", "2020"], *([label, *line] for label, line in zip(labels, numbers, strict=True))]
    found = read_tables(table(rows), 1).figures
    return [figure.additive for figure in found if figure.locator.cell[0] == "B"]


@pytest.mark.parametrize(
    "labels",
    [
        ("Total", "Cattle", "Cows", "Oxen", "Goats", "Camels"),
        ("Herds", "Cattle herds", "Cow herds", "Oxen herds", "Goat herds", "Camel herds"),
        ("存栏", "牛", "奶牛", "黄牛", "羊", "骆驼"),
    ],
)
def test_the_first_row_is_the_sum_of_the_next_and_of_those_behind_its_parts(labels):
    assert additive(labels, HERDS) == [False, True, False, False, True, True]
    without = [*HERDS[:2], HERDS[2], *HERDS[4:]]
    assert additive((*labels[:3], *labels[4:]), without) == [False, True, False, True, True]


def test_rows_behind_the_next_that_are_more_than_it_are_no_parts_of_it():
    larger = [*HERDS[:3], ("75005", "80111"), *HERDS[4:]]
    assert additive(("A", "B", "C", "D", "E", "F"), larger) == [True] * 6


@pytest.mark.parametrize(
    "labels", [("Huts", "Mud huts", "Leaf huts", "Lake huts"), ("登记户", "农区登记户", "牧区登记户", "渔区登记户")]
)
def test_rows_named_after_one_that_are_more_than_it_together_may_hold_each_other(labels):
    numbers = [("900", "950"), ("710", "720"), ("505", "515"), ("117", "119")]
    assert additive(labels, numbers) == [None] * 4
    numbers[1] = ("210", "220")
    assert additive(labels, numbers) == [None, True, True, True]


@pytest.mark.parametrize("total", ["Total", "合计"])
def test_rows_that_are_more_than_their_total_in_every_column_may_hold_each_other(total):
    rows = [["Item", "2019", "2020", "2021"], [total, "900", "950", "970"]]
    rows += [["Mud", "710", "720", "741"], ["Leaf", "505", "515", "517"], ["Lake", "117", "119", "121"]]
    found = read_tables(table(rows), 1).figures
    assert [figure.additive for figure in found if figure.locator.cell[0] == "B"] == [False, None, None, None]
