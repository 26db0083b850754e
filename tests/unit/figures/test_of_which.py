"""Parts "of which" that make up their whole count in its stead; one larger than the column before it is of another."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import checked, table


def summed(rows, caption=""):
    return {figure.locator.cell for figure in read_tables(table(rows, caption), 1).figures if figure.additive}


@pytest.mark.parametrize(
    "header",
    [
        ["Parish", "Grants (GHS)", "of which: seeds", "tools"],
        ["Parish", "Grants (GHS)", "of which: seeds", "of which: tools"],
    ],
)
def test_columns_of_which_and_beside_them_that_make_up_the_whole(header):
    rows = [header, ["Aba", "90", "55", "35"], ["Ofa", "120", "80", "40"], ["Kisi", "61", "21", "40"]]
    assert summed(rows) == {f"{column}{row}" for column in "CD" for row in (2, 3, 4)}


def test_columns_of_which_that_leave_a_rest_do_not_count_again():
    rows = [["Parish", "Grants (GHS)", "of which: seeds", "of which: tools"], ["Aba", "90", "55", "30"]]
    assert summed([*rows, ["Ofa", "120", "80", "25"], ["Kisi", "61", "21", "40"]]) == {"B2", "B3", "B4"}


def test_rows_of_which_and_below_them_that_make_up_the_whole():
    rows = [["Group", "2004", "2005"], ["Pupils fed", "640", "705"], ["of which girls", "300", "355"]]
    assert summed([*rows, ["boys", "340", "350"], ["Schools", "9", "11"]]) == {"B3", "C3", "B4", "C4", "B5", "C5"}


def test_a_part_that_is_more_than_the_column_before_it_is_part_of_the_total():
    header = ["Town", "Total (CNY)", "of which: national", "local", "of which: paid out"]
    found = checked(table([header, ["Dong", "50", "40", "10", "33"], ["Xi", "70", "45", "25", "66"]]))
    assert [check.message for check in found.checks if check.verdict == "fails"] == []


@pytest.mark.parametrize("word", ["Dont filles", "davon Mädchen", "de las cuales niñas", "в том числе"])
def test_of_which_in_other_languages(word):
    rows = [["Lieu", "Pupils", word], ["Aba", "90", "55"], ["Ofa", "120", "80"], ["Kisi", "61", "21"]]
    assert summed(rows) == {"B2", "B3", "B4"}


@pytest.mark.parametrize("word", ["Summe", "Insgesamt", "Jumlah", "Ensemble", "Toplam", "Tổng cộng", "Итого"])
def test_totals_in_other_languages_although_one_column_is_off(word):
    rows = [["Ort", "2004 (EUR)", "2005 (EUR)"], ["Aba", "90", "55"], ["Ofa", "120", "80"], [word, "999", "135"]]
    assert summed(rows) == {"B2", "B3", "C2", "C3"}


def test_a_number_of_something_in_another_language_is_no_total():
    rows = [["Desa", "Jumlah rumah", "Sekolah"], ["Aba", "90", "5"], ["Ofa", "120", "8"]]
    assert summed(rows) == {"B2", "B3", "C2", "C3"}


def test_what_was_there_and_what_became_of_it_are_two_ways_to_part_one_whole():
    header = ["Head (INR)", "Opening balance", "Received", "Total available", "Used", "Closing balance"]
    rows = [["Roads", "12", "310", "322", "298", "24"], ["Wells", "5", "890", "895", "880", "15"]]
    found = checked(table([header, *rows, ["Mills", "40", "200", "240", "190", "50"]]))
    assert {check.verdict for check in found.checks if check.rule == "control_total"} == {"holds"}
