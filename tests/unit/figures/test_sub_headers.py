"""Words for people below a header that they part are headers, and no units of the columns."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table

BODY = [["Kitwe", "31", "27", "6"], ["Chipata", "44", "51", "8"]]


def read(rows):
    return {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}


@pytest.mark.parametrize("wide", ["Grade", "Category", "Class"])
def test_men_and_women_below_one_header_are_counted(wide):
    found = read([["School", wide, "", "Staff"], ["", "Men", "Women", ""], *BODY])
    assert [(found[cell].unit, found[cell].value) for cell in ("B3", "C3")] == [("person", 31), ("person", 27)]


def test_units_below_a_header_each_are_still_units():
    found = read(
        [["Ward", "Reached", "Trained"], ["", "households", "persons"], ["Ora", "31", "27"], ["Bem", "4", "5"]]
    )
    assert [found[cell].unit for cell in ("B3", "C3")] == ["household", "person"]


def test_a_total_has_the_unit_of_the_columns_that_make_it_up():
    found = read([["Ward", "Boys", "Girls", "Total"], ["Ora", "31", "27", "58"], ["Bem", "4", "5", "9"]])
    assert (found["D2"].unit, found["D2"].additive, found["B2"].parent) == ("person", False, found["D2"].figure_id)


def test_a_total_that_the_columns_do_not_make_up_has_none_of_their_units():
    found = read([["Ward", "Boys", "Girls", "Total"], ["Ora", "31", "27", "700"], ["Bem", "4", "5", "910"]])
    assert found["D2"].unit == "unknown"


def test_parts_without_a_unit_have_that_of_the_total_which_they_make_up():
    rows = [
        ["Ward", "East", "West", "Total", "Cash (SZL)"],
        ["Ora", "31", "27", "58", "9"],
        ["Bem", "4", "5", "9", "2"],
    ]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows, "Beneficiaries"), 1).figures}
    assert [found[cell].unit for cell in ("B2", "C2", "D2", "E2")] == ["person", "person", "person", "SZL"]
    assert not found["D2"].additive


def test_tags_of_exchange_formats_below_the_headers_are_none():
    found = read([["Ward", "Households served"], ["#adm2+name", "#served+hh"], ["Ora", "31"], ["Bem", "4"]])
    assert (found["B3"].unit, found["B3"].locator.column_path) == ("household", "Households served")


def test_years_below_headers_that_leave_the_corner_free_head_columns():
    rows = [["", "Pledged", "", "Paid", ""], ["", "2011", "2012", "2011", "2012"], *([*row, "9"] for row in BODY)]
    found = read(rows)
    assert sorted(found)[:2] == ["B3", "B4"]
    assert found["C3"].locator.column_path.endswith("2012")


def test_years_that_name_rows_below_headers_with_a_free_corner_are_none():
    found = read([["", "Pledged", "Paid"], ["2011", "310", "270"], ["2012", "440", "515"]])
    assert found["B2"].locator.row_path == "2011"


@pytest.mark.parametrize(
    "letters", [["", "a", "b", "c=a-b"], ["", "1", "2", "3=1-2"], ["", "(a)", "(b)", "(c = a - b)"]]
)
def test_letters_of_sums_are_no_headers(letters):
    rows = [
        ["Item", "Voted (EUR)", "Spent (EUR)", "Difference (EUR)"],
        letters,
        ["Rice", "44", "31", "13"],
        ["Oil", "9", "4", "5"],
    ]
    found = read(rows)
    assert found["D3"].locator.column_path == "Difference (EUR)"
    assert [cell for cell, figure in found.items() if figure.additive] == ["B3", "C3", "B4", "C4"]


def test_letters_without_sums_head_columns():
    found = read([["School", "Level", "", ""], ["", "A", "B", "C"], *BODY])
    assert found["C3"].locator.column_path == "Level > B"


@pytest.mark.parametrize(
    "days", [("31.12.2015", "31.12.2016"), ("30/06/2015", "30/06/2016"), ("2015-12-31", "2016-12-31")]
)
def test_dates_below_a_header_go_on_with_it(days):
    found = read([["Ward", "Residents on", ""], ["", *days], ["Ora", "3100", "2700"], ["Bem", "4000", "5000"]])
    assert [figure.locator.column_path for figure in found.values()][:2] == [f"Residents on > {day}" for day in days]


@pytest.mark.parametrize(
    "numbers",
    [
        ("1", "2", "3", "2", "3"),
        ("(1)", "(2)", "(3)", "(2)", "(3)"),
        ("1", "2", "3", "4", "5"),
        ("甲", "1", "2", "1", "2"),
    ],
)
def test_numbers_of_columns_may_begin_anew_for_each_group(numbers):
    head = [["Item", "North", "", "South", ""], ["", "2015", "2016", "2015", "2016"]]
    assert list(read([*head, list(numbers), ["Roads", "31", "27", "6", "9"]])) == ["B4", "C4", "D4", "E4"]


def test_small_counts_below_headers_number_no_columns():
    head = [["Item", "North", "", "South", ""], ["", "2015", "2016", "2015", "2016"]]
    assert "B3" in read([*head, ["1", "2", "3", "3", "2"], ["Roads", "31", "27", "6", "9"]])


def test_a_column_without_a_unit_that_those_of_one_unit_make_up_is_their_total():
    rows = [["District", "Apples (1000 tonnes)", "Pears (1000 tonnes)", "Dates (1000 tonnes)", "Fruit"]]
    found = read([*rows, ["Ora", "1200", "430", "8", "1638"], ["Bem", "3100", "1020", "11", "4131"]])
    assert (found["E2"].unit, found["E2"].value, found["E2"].additive) == ("tonne", 1638000, False)


def test_a_column_of_accounts_of_a_year_counts_none():
    rows = [["Head (Rs lakh)", "2021-22 Accounts", "2022-23 Budget"], ["Roads", "31", "27"], ["Wells", "6", "9"]]
    assert {figure.unit for figure in read(rows).values()} == {"unknown"}
