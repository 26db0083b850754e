"""Scales that stand in a header, a row of units or a line of units without the unit that they multiply."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def reading(rows, caption=""):
    return read_tables(table(rows, caption), 1)


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in reading(rows, caption).figures}


def unread(rows):
    return {number.locator.cell: number.why for number in reading(rows).non_figures if number.reason == "unread"}


@pytest.mark.parametrize(
    ("header", "unit", "value"),
    [
        ("Pupils (x 100)", "person", 700),
        ("Farmers (×1,000)", "person", 7_000),
        ("Families (10000s)", "household", 70_000),
        ("Forest (10^4 ha)", "hectare", 70_000),
        ("Canals (×10² km)", "km", 700),
        ("Grain (10**6 tonnes)", "tonne", 7_000_000),
        ("Herders (hundreds)", "person", 700),
        ("村民（百）", "person", 700),
        ("农户（万）", "household", 70_000),
        ("移民（×10³）", "person", 7_000),
        ("Loans (10³ EUR)", "EUR", 7_000),
        ("Loans (1000s of EUR)", "EUR", 7_000),
        ("Crédito (mil pesos)", "unknown", 7_000),
    ],
)
def test_a_scale_in_brackets_multiplies_its_column(header, unit, value):
    found = read([["Place", header], ["A", "7"], ["B", "9"]])["B2"]
    assert (found.unit, found.value) == (unit, value)


def test_a_row_of_scales_multiplies_what_the_headers_count():
    found = read([["Place", "Farmers", "Loans"], ["", "million", "1,000 EUR"], ["A", "7", "9"], ["B", "8", "9"]])
    assert [(found[cell].unit, found[cell].value) for cell in ("B3", "C3")] == [("person", 7_000_000), ("EUR", 9_000)]


@pytest.mark.parametrize(
    "line",
    [
        "(in millions of EUR, except where noted)",
        "Unit: million EUR unless otherwise indicated",
        "单位：百万欧元（除另有说明外）",
    ],
)
def test_what_a_unit_line_says_of_exceptions_leaves_its_unit(line):
    found = read([[line], ["Place", "Loans"], ["A", "7"], ["B", "9"]])["B3"]
    assert (found.unit, found.value) == ("EUR", 7_000_000)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Loans (mil. EUR)", "mil, which is a million or a thousand"),
        ("Loans (US$ mil)", "mil, which is a million or a thousand"),
        ("Farmers (mil.)", "mil, which is a million or a thousand"),
        ("Forest (10^-2 ha)", "a factor that is not understood: 10^-2 ha"),
    ],
)
def test_a_scale_with_several_readings_leaves_its_column_unread(header, why):
    assert unread([["Place", header], ["A", "7"], ["B", "9"]]) == {"B2": why, "B3": why}


def test_a_class_above_a_column_is_no_scale():
    found = read([["Place", "Up to 10万", "10万", "20万"], ["A", "7", "8", "9"], ["B", "1", "2", "3"]])
    assert found["C2"].value == 8
