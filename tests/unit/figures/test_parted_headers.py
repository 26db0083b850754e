"""Headers whose merged cells a file without merging has parted: the first of them heads the empty ones beside it."""

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def paths(*rows):
    return {figure.locator.cell: figure.locator.column_path for figure in read_tables(table(rows), 1).figures}


def test_a_header_goes_on_over_the_empty_cells_right_of_it():
    head = [["Ward", "Paid (GMD)", "", "Reached", "", "Note no."], ["", "Men", "Women", "Men", "Women", ""]]
    found = paths(*head, ["Ora", "31", "27", "3", "2", ""], ["Bem", "44", "51", "4", "5", ""])
    assert (found["C3"], found["E3"]) == ("Paid (GMD) > Women", "Reached > Women")


def test_a_header_above_nothing_is_one_of_its_own():
    found = paths(
        ["Ward", "Total", "", "Goats"], ["", "", "Cows", ""], ["Ora", "31", "27", "3"], ["Bem", "4", "5", "6"]
    )
    assert (found["B3"], found["C3"], found["D3"]) == ("Total", "Cows", "Goats")


def test_years_below_a_header_with_a_unit_that_they_part_are_headers():
    found = paths(["Ward", "Poor (%)", ""], ["", "2004", "2007"], ["Ora", "31.5", "27"], ["Bem", "44", "51"])
    assert (found["B3"], found["C3"]) == ("Poor (%) > 2004", "Poor (%) > 2007")


def test_a_row_of_amounts_like_years_beside_a_remark_is_no_header():
    found = paths(["Ward", "Cost (USD)"], ["Ora", "1998", "late"], ["Bem", "2004", "late"])
    assert list(found) == ["B2", "B3"]
