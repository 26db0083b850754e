"""What a name of a row or the number of a header does not say: units of names, years of postcodes, means of amounts."""

import pytest

from pipelines.catalog.headers import head_kind
from pipelines.figures.tables.columns import kind_of_column
from pipelines.figures.tables.read import read_tables
from tests.helpers import table

OFFICES = ("Roads", "Harbours", "Forests", "Courts", "Museums and Art", "Defence", "Railways", "Weather", "Mines")
OFFICES_ZH = ("公路局", "海港局", "林业局", "法院", "博物馆", "国防", "铁路", "气象局", "矿务局")


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


@pytest.mark.parametrize(
    ("names", "one"), [(OFFICES, "Youth, Sport and Leisure"), (OFFICES, "Children"), (OFFICES_ZH, "青年、体育")]
)
def test_one_of_many_names_that_is_called_as_people_are_counts_none(names, one):
    rows = [["Office", "Amount"], *([name, f"{3170 + step * 37}"] for step, name in enumerate((*names, one)))]
    assert {figure.unit for figure in read(rows).values()} == {"unknown"}


def test_rows_of_what_is_counted_tell_their_units():
    rows = [["Item", "Amount"], ["Poor families", "317"], ["Grown pupils", "73"], ["Dues", "12"]]
    assert [figure.unit for figure in read(rows).values()] == ["household", "person", "unknown"]


def test_a_total_among_plans_and_changes_is_no_mean_of_them():
    rows = [["Office", "Budget 2013", "Budget 2012", "Change", "Wages", "Upkeep", "Total amount"]]
    for step, name in enumerate(OFFICES):
        wages, upkeep, more = 3100 + step * 77, 910 + step * 13, 40 - 80 * (step % 2)
        total = wages + upkeep
        rows.append([name, *map(str, (total + more, total - 3 * more, 4.25 * more + step, wages, upkeep, total))])
    found = read(rows)
    assert {found[f"{column}{row}"].additive for column in "EF" for row in range(2, 11)} == {True}


@pytest.mark.parametrize("header", ["ZIP5", "zip4", "Phone1", "Postcode2", "ref-2"])
def test_the_number_behind_a_noun_changes_nothing_of_what_it_heads(header):
    assert head_kind(header) in ("code", "contact")


@pytest.mark.parametrize("header", ["NO2", "CO2", "PM10", "Villages2"])
def test_a_number_behind_other_letters_makes_no_code(header):
    assert head_kind(header) is None


@pytest.mark.parametrize(
    ("header", "years", "kind"),
    [
        ("Sorting office", ("1840", "1843", "1841", "1852"), "values"),
        ("邮区", ("2000", "2010", "2012", "2045"), "values"),
        ("Survey wave", ("2001", "2002", "2003", "2004"), "year"),
        ("Survey wave", ("2001", "2006", "2011", "2016"), "year"),
        ("Year", ("2001", "2004", "2011", "2012"), "year"),
    ],
)
def test_years_that_no_header_names_stand_as_far_apart_each(header, years, kind):
    texts = dict.fromkeys(years, 3)
    assert kind_of_column((header,), texts, frozenset(), leading=True, first=False).kind == kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(("1", "2", "3") * 2, "code"), (("101", "103", "104") * 2, "values"), (("1", "2", "5") * 2, "values")],
)
def test_an_index_that_begins_again_at_one_numbers_rows(cells, kind):
    texts = {text: cells.count(text) for text in cells}
    assert kind_of_column(("Index",), texts, frozenset(), leading=True, first=True).kind == kind


@pytest.mark.parametrize(
    "label", ["Hogares, en base a la renta (% de la población)", "Renda (% do total)", "Poor, by income (% of all)"]
)
def test_shares_of_other_languages_are_told_by_the_label_of_a_row(label):
    rows = [["Country", "Indicator", "2001", "2004"], ["Atia", label, "31.5", "28.25"], ["Beria", label, "12", "9.5"]]
    assert {figure.unit for figure in read(rows).values()} == {"%"}


def test_a_long_label_is_shown_from_its_beginning():
    label = "Repairs of harbours, quays and lighthouses of the islands and the upper coast"
    assert read([["Office", "Amount (EUR)"], [label, "317"], ["Roads", "73"]])["B2"].subject == label
