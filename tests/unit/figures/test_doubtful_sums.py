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
