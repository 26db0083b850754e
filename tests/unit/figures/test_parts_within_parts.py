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
    rows = [["Item", "2019", "2020"], [total, "900", "950"]]
    rows += [["Mud", "710", "720"], ["Leaf", "505", "515"], ["Lake", "117", "119"]]
    found = read_tables(table(rows), 1).figures
    assert [figure.additive for figure in found if figure.locator.cell[0] == "B"] == [False, None, None, None]


@pytest.mark.parametrize("total", ["Total", "All together", "总计"])
def test_the_last_row_may_be_such_a_sum(total):
    numbers = [*HERDS[1:], HERDS[0]]
    assert additive(("A", "B", "C", "D", "E", total), numbers) == [True, False, False, True, True, False]


@pytest.mark.parametrize(("first", "told"), [("Total", [False, True, False, False, True, True]), ("A", [None] * 6)])
def test_of_one_column_such_a_sum_is_told_by_words_alone(first, told):
    rows = [["Item", "2019"], *([label, line[0]] for label, line in zip((first, *"BCDEF"), HERDS, strict=True))]
    assert [figure.additive for figure in read_tables(table(rows), 1).figures] == told


@pytest.mark.parametrize(
    ("heads", "caption"),
    [
        (("Ward", "Revenue", "Taxes", "Land tax", "Fish tax", "Fines", "Grants"), "EUR"),
        (("县", "收入", "税", "地税", "鱼税", "罚款", "补助"), "单位：万元"),
    ],
)
def test_columns_may_be_parts_of_parts_too(heads, caption):
    lines = [(100143, 80100, 30017, 45005, 12010, 8033), (50066, 30050, 10010, 15005, 12003, 8013)]
    rows = [list(heads), *([f"W{place}", *map(str, line)] for place, line in zip("ab", lines, strict=True))]
    found = read_tables(table(rows, caption), 1).figures
    told = [False, True, False, False, True, True]
    assert [figure.additive for figure in found] == told * 2
    last = [[name, *line[1:], line[0]] for name, *line in rows]
    assert [figure.additive for figure in read_tables(table(last, caption), 1).figures] == [*told[1:], False] * 2
    rows[1][1], rows[2][1] = "100144", "50067"
    assert [figure.additive for figure in read_tables(table(rows, caption), 1).figures] == [True] * 12
