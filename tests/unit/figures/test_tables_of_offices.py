"""Kinds of silent errors in published tables: whose unit a title has, what repeats, what is per something, payers."""

from decimal import Decimal

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import checked, table, whole


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


def test_a_repeated_header_is_no_heading_of_the_rows_below_it():
    header = ["Ward", "Latrines built", "Cost (NGN)"]
    found = read([header, ["Ako", "12", "1,440"], ["Ba", "20", "2,400"], header, ["Cele", "9", "1,080"]])
    assert (found["B5"].locator.row_path, found["B5"].unit) == ("Cele", found["B2"].unit)


def test_a_repeated_row_of_units_is_no_row():
    head, units = ["County", "Funds", "Relocated"], ["", "10,000 yuan", "households"]
    found = read([head, units, ["Gan", "5", "7"], head, units, ["Yudu", "6", "8"]])
    assert [(figure.locator.row_path, figure.unit) for figure in found.values()] == [
        *(("Gan", "CNY"), ("Gan", "household")),
        *(("Yudu", "CNY"), ("Yudu", "household")),
    ]


def test_the_unit_of_a_title_is_that_of_its_own_table():
    first = [["Table 1: Allocation (10,000 yuan)"], ["County", "2010", "2011"], ["Ruijin", "420", "515"]]
    second = [["Table 2: Villages reached"], ["County", "2010", "2011"], ["Ruijin", "12", "15"]]
    found = read([*first, [""], *second])
    assert (found["B3"].value, found["B7"].value, found["B7"].unit == "CNY") == (4_200_000, 12, False)


def test_money_in_the_brackets_of_the_corner_is_that_of_the_columns_beside_it():
    found = read([["Revenue head (TZS million)", "Q1", "Q2"], ["Fees", "12.5", "14"], ["Grants", "100", "80"]])
    assert (found["B2"].value, found["B2"].unit, found["B2"].locator.row_path) == (12_500_000, "TZS", "Fees")


@pytest.mark.parametrize("header", ["Rate per 10,000", "Completion rate per 1,000", "Share per hundred thousand"])
def test_rates_of_more_than_a_hundred_are_no_per_cent(header):
    assert read([["Area", header], ["Birch", "52.1"], ["Cedar", "33.4"]])["B2"].unit != "%"


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Budget per pupil (LKR)", "LKR/person"),
        ("Cost per km (ETB million)", "ETB/km"),
        ("Grant per district (KES)", "KES"),
    ],
)
def test_headers_say_what_amounts_are_per_unless_it_is_what_the_rows_are(header, unit):
    assert read([["Name", header], ["A", "85"], ["B", "92"]])["B2"].unit == unit


@pytest.mark.parametrize("header", ["Variance (US$)", "差异（元）", "Écart (EUR)"])
def test_what_differs_between_plan_and_account_is_added_to_nothing(header):
    reading, facts = whole(table([["Line", "Actual", header], ["Staff", "128", "8"], ["Travel", "21", "9"]]))
    columns = {figure.figure_id: figure.locator.cell[0] for figure in reading.figures}
    assert {columns[fact.figure_id] for fact in facts.funds if fact.is_additive_leaf} <= {"B"}


def test_a_payer_of_a_part_is_no_count_of_counties():
    rows = [
        ["县区", "资金合计（万元）", "其中：中央", "其中：市县"],
        ["甲县", "950", "800", "150"],
        ["乙县", "700", "600", "100"],
    ]
    assert {(figure.unit, figure.scale) for figure in read(rows).values()} == {("CNY", Decimal(10_000))}


def test_growth_without_years_is_not_held_against_its_own_year():
    rows = [["Creditor", "Outstanding (USD)", "Change (%)"], ["IDA", "1310", "8.8"], ["AfDB", "402", "-3.0"]]
    assert not [check for check in checked(table(rows)).checks if check.verdict == "fails"]


def test_parts_that_each_say_so_end_before_what_does_not():
    rows = [["Spending (USD)", "2016"], ["Total social", "820"], ["of which: health", "310"]]
    rows += [["of which: schools", "510"], ["Administration", "95"], ["Total", "915"]]
    _, facts = whole(table(rows))
    assert sum(fact.amount for fact in facts.funds if fact.is_additive_leaf) == 915
    assert not [check for check in checked(table(rows)).checks if check.verdict == "fails"]


def test_a_column_of_levels_tells_which_rows_hold_others():
    rows = [["Level", "Name", "Funds (yuan)"], ["Province", "Qinghai", "9"], ["City", "Xining", "5"]]
    rows += [["County", "Datong", "2"], ["County", "Huangyuan", "3"], ["City", "Haidong", "4"]]
    rows += [["County", "Minhe", "1"], ["County", "Ledu", "3"]]
    _, facts = whole(table(rows))
    assert sum(fact.amount for fact in facts.funds if fact.is_additive_leaf) == 9


def test_investment_within_the_budget_is_paid_by_it_and_part_of_the_total():
    rows = [["县名", "中央预算内投资（万元）", "贷款（万元）", "合计（万元）"], ["甲县", "1200", "2800", "4000"]]
    rows += [["乙县", "2100", "4900", "7000"]]
    assert {figure.role for figure in read(rows).values()} == {"level"}
    _, facts = whole(table(rows))
    assert sum(fact.amount for fact in facts.funds if fact.is_additive_leaf) == 110_000_000


def test_a_column_of_per_cent_is_that_whatever_its_row_counts():
    found = read([["Output", "Actual", "% achieved"], ["Cash for work (USD)", "244,800", "98"]])
    assert [found["B2"].unit, found["C2"].unit] == ["USD", "%"]


def test_a_unit_column_may_hold_a_scale_alone():
    found = read([["Indicator", "Unit", "2017"], ["Population", "thousand", "1,204"], ["Roads", "km", "12"]])
    assert (found["C2"].value, found["C3"].value) == (1_204_000, 12)


@pytest.mark.parametrize("header", ["P-code", "Flow type", "vocab", "Month", "Reporting quarter", "资金类型", "月份"])
def test_numbers_that_only_tell_of_which_class_or_time_a_row_is_are_codes(header):
    found = read([["Place", header, "Cash (LSL)"], ["Leribe", "12", "310"], ["Berea", "7", "205"], ["Qacha", "7", "9"]])
    assert set(found) == {"C2", "C3", "C4"}


@pytest.mark.parametrize("header", ["Income per month", "Houses of each type (number)", "Type (units)"])
def test_what_is_counted_by_month_or_type_is_no_code(header):
    found = read([["Place", header, "Cash (LSL)"], ["Leribe", "12", "310"], ["Berea", "7", "205"]])
    assert "B2" in found


def test_words_below_a_header_of_types_name_their_rows():
    found = read([["Type", "Cash (LSL)"], ["Loan", "310"], ["Grant", "205"]])
    assert found["B2"].locator.row_path == "Loan"


def test_an_index_below_which_years_stand_is_added_to_nothing():
    found = read(
        [["Place", "Gini index", ""], ["", "2004", "2007"], ["Leribe", "0.41", "0.39"], ["Berea", "0.5", "0.4"]]
    )
    assert not any(figure.additive for figure in found.values())


@pytest.mark.parametrize("header", ["95% CI, upper (people)", "Below 60 % of the median (people)"])
def test_a_percentage_in_a_header_is_no_unit(header):
    assert read([["Place", header], ["Leribe", "310"], ["Berea", "205"]])["B2"].unit == "person"


def test_a_total_cost_beside_the_cost_of_one_is_added_up():
    rows = [
        ["Item", "Unit cost (ETB)", "Pieces", "Total cost (ETB)"],
        ["Tent", "30", "4", "120"],
        ["Mat", "5", "9", "45"],
    ]
    found = read([*rows, ["Total", "", "13", "165"]])
    assert [cell for cell in ("D2", "D3", "D4") if found[cell].additive] == ["D2", "D3"]
