"""What may or may not be added up: small decimals of no unit, totals of more than is listed, and what stands alone."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def additive(rows, column, caption=""):
    figures = read_tables(table(rows, caption), 1).figures
    return [figure.additive for figure in figures if figure.locator.cell.rstrip("0123456789") == column]


@pytest.mark.parametrize("header", ["Elasticity", "Grammar", "Output 1999", "弹性", "Rendement"])
def test_small_decimals_of_no_unit_may_be_rates(header):
    rows = [["Parish", header], ["Aba", "0.8"], ["Ofa", "1.4"], ["Kisi", "61.5"]]
    assert set(additive(rows, "B")) == {None}


@pytest.mark.parametrize(
    "rows",
    [
        [["Parish", "Expenditure"], ["Aba", "12.5"], ["Ofa", "33.1"]],  # money of some currency
        [["Parish", "Dala"], ["Aba", "12.5"], ["Ofa", "33.1"], ["Total", "45.6"]],  # their total is there
        [["Parish", "Dala"], ["Aba", "1512.5"], ["Ofa", "33.1"]],  # too large for a rate
        [["Parish", "Dala", "Reta", "Total"], ["Aba", "12.5", "2.1", "14.6"], ["Ofa", "33.1", "1.9", "35.0"]],
    ],
)
def test_amounts_add_up_all_the_same(rows):
    assert additive(rows, "B")[:2] == [True, True]


def test_one_and_the_same_number_in_every_row_may_be_a_standard():
    assert additive([["Parish", "Lot"], *([name, "7"] for name in ("Aba", "Ofa", "Kisi"))], "B") == [None] * 3
    rows = [["Parish", "Lot"], *([name, "7"] for name in ("Aba", "Ofa", "Kisi")), ["Total", "21"]]
    assert additive(rows, "B") == [True, True, True, False]


@pytest.mark.parametrize(
    ("header", "caption", "read"),
    [("Rel.", "", 0), ("批", "", 0), ("Grant", "", 9), ("Wells", "", 9), ("批", "单位：万元", 9)],
)
def test_one_number_in_all_of_many_rows_is_an_amount_only_where_something_says_so(header, caption, read):
    rows = [["Parish", "Pupils", header], *([f"P{'abcdefghi'[place]}", f"{31 + place}", "6"] for place in range(9))]
    assert len(additive(rows, "C", caption)) == read


def test_zeros_among_words_stand_for_nothing():
    rows = [["Parish", "Aim", "Pupils"], ["Aba", "0", "12"], ["Ofa", "A well for the school", "33"], ["Kisi", "0", "9"]]
    assert additive(rows, "B") == []
    assert additive(rows, "C") == [True] * 3
    counted = [[parish, "Persons" if aim == "Aim" else aim, pupils] for parish, aim, pupils in rows]
    assert additive(counted, "B") == [True] * 2
