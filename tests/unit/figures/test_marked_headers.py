"""Years with marks, units behind "in", months of other languages, prices of a year: headers as offices print them."""

import pytest

from pipelines.figures.tables.cells import kind
from pipelines.figures.tables.read import read_tables
from pipelines.figures.units.unitlines import unit_words
from pipelines.figures.units.unitwords import strict_unit
from pipelines.meaning.times import Time, time_in
from tests.helpers import table


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


@pytest.mark.parametrize("text", ["2020*", "2018/19 [1]", "2007†", "2004①"])
def test_a_year_with_a_mark_is_a_year(text):
    assert kind(text) == "year"


@pytest.mark.parametrize("text", ["2,020*", "2020.5*", "20201*"])
def test_a_number_with_a_mark_is_a_number(text):
    assert kind(text) == "number"


def test_a_row_of_years_of_which_one_has_a_mark_is_the_header():
    found = read([["Sector", "2004", "2005*"], ["Water", "12", "15"], ["Roads", "31", "28"]])
    assert list(found) == ["B2", "C2", "B3", "C3"]


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("Food packs bought (PKR in million)", "PKR in million"),
        ("Outlays of the scheme (Rs. in lakhs)", "Rs. in lakhs"),
        ("Households (in thousand)", "thousand"),
    ],
)
def test_the_currency_before_in_is_part_of_the_unit(caption, words):
    assert unit_words(caption) == words


@pytest.mark.parametrize("words", ["current US$", "constant 2010 US$", "US$, current", "million current US$"])
def test_whose_prices_money_is_in_is_no_other_unit(words):
    found = strict_unit(words)
    assert found is not None
    assert (found.unit, found.scale) == ("USD", 1_000_000 if "million" in words else 1)


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("Enero 2019", Time(2019, 1, 1)),
        ("Março de 2021", Time(2021, 3, 3)),
        ("Abril a junio de 2020", Time(2020, 4, 6)),
        ("octobre-décembre 2015", Time(2015, 10, 12)),
        ("Stock au 31 août 2013", Time(2013, 8, 8, 31)),
        ("Desember", Time(None, 12, 12)),
        ("Mai Ndombe", None),
    ],
)
def test_months_of_other_languages(words, time):
    assert time_in(words) == time


@pytest.mark.parametrize("header", ["Income per head", "SE", "GNI per capita"])
def test_what_is_of_each_or_an_error_adds_up_to_nothing(header):
    found = read([["Place", header], ["Aba", "12.5"], ["Ofa", "33.1"]])
    assert {figure.additive for figure in found.values()} == {False}
