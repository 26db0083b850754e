"""A column of what each gets is told by its product with the column of how many there are."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def added(rows, caption=""):
    """The columns whose numbers add up."""
    return {figure.locator.cell[0] for figure in read_tables(table(rows, caption), 1).figures if figure.additive}


def test_what_each_gets_adds_up_to_nothing():
    rows = [["Class", "Persons", "Rate (CHF)", "Paid (CHF)"], ["A", "312", "50", "15600"], ["B", "208", "75", "15600"]]
    assert added([*rows, ["C", "95", "120", "11400"]]) == {"B", "D"}


def test_a_row_of_totals_tells_which_of_two_columns_is_of_each_where_units_do_not():
    rows = [["Class", "Given out", "Size", "In all"], ["A", "312", "50", "15600"], ["B", "208", "75", "15600"]]
    rows += [["C", "95", "120", "11400"], ["Total", "615", "", "42600"]]
    assert added(rows) == {"B", "D"}


def test_an_amount_told_in_thousands_is_the_product_too():
    rows = [["Class", "Persons", "Rate (CHF)", "Paid (CHF thousand)"], ["A", "312", "50", "15.6"]]
    assert added([*rows, ["B", "208", "75", "15.6"], ["C", "95", "120", "11.4"]]) == {"B", "D"}


@pytest.mark.parametrize("paid", ["15601", "7"])
def test_what_is_no_product_adds_up(paid):
    rows = [["Class", "Persons", "Rent (CHF)", "Paid (CHF)"], ["A", "312", "50", paid], ["B", "208", "75", "310"]]
    assert added([*rows, ["C", "95", "120", "410"]]) == {"B", "C", "D"}
