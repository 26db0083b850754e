"""What is of each, scores, shares below lists of units, counts below a noun: headers that say what adds up."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table

CELLS = [["Aba", "144"], ["Ofa", "152"], ["Kisi", "161"]]


def read(header, caption=""):
    return read_tables(table([["Parish", header], *CELLS], caption), 1).figures[0]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Outlay/ha (UGX)", "UGX/hectare"),
        ("Earnings/household (UGX)", "UGX/household"),
        ("Aid/hh (UGX)", "UGX/household"),
        ("Pay/day (UGX)", "UGX/day"),
        ("Wage per day (UGX)", "UGX/day"),
        ("Aid/person/month (UGX)", "UGX/person"),
        ("Maize per ha (kg)", "kg"),
        ("Honey (kg/household)", "kg/household"),
    ],
)
def test_what_is_of_each(header, unit):
    found = read(header)
    assert (found.unit, found.role) == (unit, "per_unit")


@pytest.mark.parametrize("header", ["Grants/loans (UGX)", "Wells/boreholes dug", "Payments per year (UGX)"])
def test_two_names_and_sums_over_a_year_are_no_amounts_of_each(header):
    assert read(header).role == "level"


@pytest.mark.parametrize("header", ["得分", "分值", "Score", "Weight"])
def test_points_have_no_unit_of_their_row(header):
    rows = [["Indicator", "Done", header], ["Roads dug (km)", "12", "10"], ["Wells dug (UGX)", "5", "8"]]
    found = {figure.locator.cell: figure.unit for figure in read_tables(table(rows), 1).figures}
    assert (found["B2"], found["C2"], found["C3"]) == ("km", "unknown", "unknown")


@pytest.mark.parametrize("header", ["支付进度", "完成比例", "覆盖率"])
def test_a_share_below_a_list_of_units_is_no_money(header):
    rows = [["乡镇", "支出", header], ["甲镇", "144", "72.5"], ["乙镇", "152", "63.5"]]
    found = {figure.locator.cell: figure.unit for figure in read_tables(table(rows, "支出表 单位：万元、%"), 1).figures}
    assert (found["B2"], found["C2"]) == ("CNY", "%")


def test_a_number_below_a_noun_counts_it():
    rows = [["Ward", "Goats", "", "Wells", ""], ["", "No.", "Value (USD)", "No.", "Value (USD)"]]
    rows += [["Aba", "120", "4,800", "3", "560"], ["Ofa", "90", "3,600", "2", "320"]]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}
    assert {"B3", "D3"} <= found.keys()
    assert found["B3"].unit != "USD"


def test_months_that_go_on_where_others_end_are_parts():
    rows = [["乡镇", "1-6月支出（元）", "7-9月支出（元）"], ["甲镇", "40", "30"], ["乙镇", "60", "50"]]
    assert all(figure.additive for figure in read_tables(table(rows), 1).figures)


def test_months_from_the_start_alone_are_so_far():
    rows = [["乡镇", "9月支出（元）", "1-9月支出（元）"], ["甲镇", "40", "300"], ["乙镇", "60", "500"]]
    found = {figure.locator.cell: figure.additive for figure in read_tables(table(rows), 1).figures}
    assert (found["B2"], found["C2"]) == (True, False)


@pytest.mark.parametrize(
    "header",
    ["Heat MJ/m2", "Dose g/ha", "Load kN/m2", "Flow m3/s", "Rain mm/zz", "Speed mi/h", "Cost/km", "热量 兆焦/平方米"],
)
def test_what_something_is_told_per_is_not_its_unit(header):
    assert (read(header).unit, read(header).scale) == ("unknown", 1)


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Sown area/ha", "hectare"), ("面积/公顷", "hectare"), ("Outlay/USD", "USD"), ("产量/吨", "tonne")],
)
def test_a_unit_behind_a_slash_is_that_of_the_quantity_before_it(header, unit):
    assert read(header).unit == unit
