"""Units and forms inside of cells that could be taken for something else."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def reading(rows):
    return read_tables(table(rows), 1)


def read(rows):
    return {figure.locator.cell: figure for figure in reading(rows).figures}


def unread(rows):
    return {number.locator.cell: number.why for number in reading(rows).non_figures if number.reason == "unread"}


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("6.5 km²", "km2", "6.5"),
        ("120 m³", "m3", "120"),
        ("9 m2", "m2", "9"),
        ("9 km² *", "km2", "9"),
        ("75²", "unknown", "75"),
    ],
)
def test_a_raised_figure_behind_a_length_is_of_the_unit_and_behind_a_number_a_mark(cell, unit, value):
    found = read([["Site", "Size"], ["A", cell], ["B", "31"]])["B2"]
    assert (found.unit, str(found.value)) == (unit, value)


def test_a_power_of_a_unit_that_is_not_known_leaves_the_cell_unread():
    assert "B2" in unread([["Site", "Size"], ["A", "9 cm³"], ["B", "31"]])


@pytest.mark.parametrize("cell", ["14 (of them 6 old)", "14 lots and 6 plots", "8+6", "14/20", "14座（新修6座）"])
def test_a_cell_of_a_number_and_more_is_unread_and_leaves_its_column_one_of_numbers(cell):
    for rows in ([cell, "21", "9"], ["21", cell, "9", "14 (new)"]):
        table_rows = [["Place", "Wells"], *([f"P{at}", text] for at, text in enumerate(rows))]
        assert {f"B{rows.index(cell) + 2}"} <= unread(table_rows).keys()
        assert [found.unit for found in read(table_rows).values()] == ["facility"] * 2


@pytest.mark.parametrize(
    "sub",
    [
        ["", "0–14岁", "15岁以上"],
        ["地区", "第1批", "第2批"],
        ["地区", "2012年上半年", "2011-2012年"],
        ["地区", "1st call", "2nd call"],
    ],
)
def test_numbers_in_a_second_row_of_headers_leave_it_one(sub):
    found = read([["地区", "人口", "人口"], sub, ["甲", "7", "8"], ["乙", "5", "6"]])
    assert sorted(found) == ["B3", "B4", "C3", "C4"]


def test_counts_in_a_row_of_headers_are_no_figures():
    found = read([["Place", "5 wards", "12 wards"], ["A", "7", "8"], ["B", "5", "6"]])
    assert sorted(found) == ["B2", "B3", "C2", "C3"]


@pytest.mark.parametrize(
    ("header", "unit", "value"),
    [
        ("Spent (NZD)", "NZD", 6_500_000),
        ("Loans (€)", "EUR", 6_500_000),
        ("Wall height", "m", 6.5),
        ("Depth", "m", 6.5),
    ],
)
def test_m_behind_a_number_is_a_metre_but_for_money(header, unit, value):
    found = read([["Place", header], ["A", "6.5m"], ["B", "31"]])["B2"]
    assert (found.unit, float(found.value)) == (unit, value)


@pytest.mark.parametrize("header", ["Spent (thousand NZD)", "Money spent", "Loans (€ million)"])
def test_m_below_a_header_of_money_that_leaves_its_scale_open_is_unread(header):
    assert unread([["Place", header], ["A", "6.5m"], ["B", "31"]]) == {"B2": "m that may be metres or millions"}


@pytest.mark.parametrize(
    ("header", "cells", "doubtful"),
    [
        ("Families", ["2.300", "4,150", "17,800", "640"], [0]),
        ("Birth rate", ["2.300", "4.150", "17.800", "640"], [0, 1, 2]),
        ("Rate (%)", ["2.300", "4.100", "17.800"], [0, 1, 2]),
        ("Families", ["2.300", "4.157"], [0, 1]),
        ("Families", ["2.300", "4.157", "640", "815"], []),
        ("Families (thousands)", ["2.300", "4.157"], []),
        ("Yield (t)", ["2.300", "4.157", "7.5"], []),
        ("Spent (NZD)", ["2.334", "4,157", "17,800.50", "640"], []),
    ],
)
def test_three_digits_behind_a_point_are_read_where_the_column_or_its_header_tells_how(header, cells, doubtful):
    rows = [["Place", header], *([f"P{at}", text] for at, text in enumerate(cells))]
    assert unread(rows) == {f"B{at + 2}": "a point that may part thousands or decimals" for at in doubtful}
    assert len(read(rows)) == len(cells) - len(doubtful)


@pytest.mark.parametrize(
    ("cell", "value", "qualifier"),
    [("廿六", 26, "exact"), ("近千", 1_000, "nearly"), ("千余", 1_000, "more_than"), ("2٬615", 2_615, "exact")],
)
def test_numerals_and_signs_of_a_cell_are_read_as_in_text(cell, value, qualifier):
    found = read([["地点", "农户"], ["甲", cell], ["乙", "75"]])["B2"]
    assert (found.unit, found.value, found.qualifier) == ("household", value, qualifier)


@pytest.mark.parametrize("cell", ["上千", "一半", "half", "nearly a thousand"])
def test_words_of_a_number_in_the_first_row_make_it_no_header(cell):
    rows = [["地点", "农户"], ["甲", cell], ["乙", "75"]]
    assert unread(rows) == {"B2": "words that are no number"}
    assert read(rows)["B3"].unit == "household"


def test_the_digit_of_a_unit_within_words_is_counted_once():
    rows = [["Scheme", "Works", "Cost (KES)"], ["Upper", "Clearing 7,500 m3 of silt and 4 gates", "31"]]
    others = [number.text for number in reading(rows).non_figures if number.locator.cell == "B2"]
    assert "".join(others).count("3") == 1


@pytest.mark.parametrize("span", ["2013-2015", "2013/14", "2013–2014"])
def test_years_that_run_on_are_no_amounts(span):
    rows = [["Scheme", "Carried out", "Cost (KES)", "Left"], ["Upper", span, "31", span], ["Lower", span, "44", "7"]]
    assert set(read(rows)) == {"C2", "C3", "D3"}
    assert unread(rows) == {"D2": "years among amounts"}
