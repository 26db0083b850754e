"""Urban and rural, men and women as rows beside the whole of them: who is counted once, and who perhaps twice."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table

PLACES = [["Lomé", "410", "395"], ["Kara", "288", "301"], ["Savanes", "77", "80"]]


def additive(rows):
    """Whether each row may be added up, by label; None where that cannot be told."""
    return {
        figure.locator.row_path: figure.additive
        for figure in read_tables(table([["Area (thousand persons)", "2004", "2009"], *rows]), 1).figures
        if figure.locator.cell.startswith("B")
    }


def test_a_whole_above_urban_and_rural_is_counted_once():
    found = additive([["Togo", "990", "1010"], ["Urban areas", "380", "402"], ["Rural areas", "610", "608"]])
    assert found == {"Togo": False, "Urban areas": True, "Rural areas": True}


def test_places_that_make_up_the_same_whole_count_in_the_stead_of_urban_and_rural():
    head = [["Togo", "775", "776"], ["Rural", "500", "490"], ["Urban", "275", "286"]]
    assert [label for label, counts in additive([*head, *PLACES]).items() if counts] == ["Lomé", "Kara", "Savanes"]


@pytest.mark.parametrize("order", [1, -1])
def test_of_places_that_are_perhaps_parts_of_the_whole_nothing_is_told(order):
    rows = [["Togo", "990", "1010"], ["Urban", "380", "402"], ["Rural", "610", "608"], *PLACES][::order]
    found = additive(rows)
    assert [found[label] for label in ("Togo", "Urban", "Rural", "Kara")] == [False, True, True, None]


def test_neighbours_that_happen_to_add_up_are_no_parts():
    found = additive([["Togo", "990", "1010"], ["Ghana", "380", "402"], ["Benin", "610", "608"], ["Mali", "5", "9"]])
    assert list(found.values()) == [None, True, True, True]


def test_heads_of_groups_in_one_column_are_told_by_digits_from_the_finest_one():
    rows = [["Project", "Cost (NGN)"], ["Head office", "310,500,000"], ["Classrooms", "215,500,000"]]
    rows += [["Lights", "95,000,000"], ["Agency", "80,000,000"], ["Skills", "50,000,000"], ["Works", "30,000,000"]]
    found = read_tables(table(rows), 1).figures
    assert [figure.locator.row_path for figure in found if not figure.additive] == ["Head office", "Agency"]
