"""Rates, shares and means below headers and titles: of what unit they are, and that nobody adds them up."""

import pytest

from pipelines.figures.tables.read import read_tables
from pipelines.meaning.periods import years_told
from tests.helpers import table

CELLS = [["Aba", "12.5"], ["Ofa", "33.1"], ["Kisi", "24.5"]]


def read(header, caption=""):
    return read_tables(table([["Parish", header], *CELLS], caption), 1).figures


@pytest.mark.parametrize(
    "header", ["Infant mortality rate", "Exchange rate", "Crude death rate", "Fertility rate", "人口自然增长率"]
)
def test_a_rate_of_no_hundred_is_no_percentage(header):
    assert {(figure.unit, figure.additive) for figure in read(header)} == {("unknown", False)}


def test_a_rate_in_one_word_is_none_either():
    assert {figure.unit for figure in read("Birthrate")} == {"unknown"}


@pytest.mark.parametrize("header", ["Literacy rate", "Percentage poor", "Interest rate"])
def test_a_rate_of_a_hundred_is_one(header):
    assert {figure.unit for figure in read(header)} == {"%"}


@pytest.mark.parametrize(
    "header", ["Incidence of hunger", "Stunting prevalence", "Pupil-teacher ratio", "巩固率", "性别比"]
)
def test_a_rate_of_no_known_unit_is_not_added_up(header):
    assert {figure.additive for figure in read(header)} == {False}


@pytest.mark.parametrize(
    "caption", ["Table 4. Literacy rate by sex", "Share of farms with a well", "表3 各乡镇入学率情况表"]
)
def test_a_title_of_rates_makes_columns_that_are_not_added_up(caption):
    assert {figure.additive for figure in read("Girls" if caption.isascii() else "女", caption)} == {False}


@pytest.mark.parametrize(
    "caption", ["Pupils and their literacy rate", "Effects of a lower rate on jobs", "提高效率的资金"]
)
def test_a_title_that_is_headed_by_something_else_says_nothing(caption):
    assert False not in {figure.additive for figure in read("2004", caption)}


def test_per_cent_behind_the_comma_of_a_title_is_the_unit():
    assert {figure.unit for figure in read("2004", "People at risk, % of all adults")} == {"%"}


def test_the_number_of_a_table_is_no_part_of_what_it_counts():
    rows = [["Parish", "2004"], ["Aba", "125"], ["Ofa", "331"]]
    found = read_tables(table(rows, "Table 2.1: Number of pupils fed"), 1).figures
    assert {figure.unit for figure in found} == {"person"}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("$2.15 a day (2017 PPP)", []),
        ("Outlays at 2012 prices", []),
        ("constant 2005 US$", []),
        ("Index (2008 = 100)", []),
        ("按2015年价格", []),
        ("Maize, 2014 prices", ["2014"]),
        ("2017 (US$)", ["2017"]),
    ],
)
def test_the_year_of_prices_is_none_of_the_amounts(text, years):
    assert years_told(text) == years


def test_how_much_of_a_plan_is_done_is_no_target_and_is_not_added_up():
    rows = [["Code", "Item", "Paid (EUR)", "完成预算 %"], ["307", "A", "50", "99"], ["30701", "B", "30", "98"]]
    found = read_tables(table([*rows, ["30702", "C", "20", "99.5"]]), 1).figures
    assert {figure.role for figure in found if figure.unit == "%"} == {"plan_pct"}


def test_kinds_of_income_are_per_head_as_their_sum_in_the_title_is():
    rows = [["地区", "纯收入（元）", "工资", "养羊"], ["甲县", "750", "700", "50"], ["乙县", "640", "600", "40"]]
    found = read_tables(table(rows, "农民平均每人纯收入"), 1).figures
    assert {figure.unit for figure in found} == {"CNY/person"}


@pytest.mark.parametrize(("extra", "additive"), [([], False), (["Households", "75"], True)])
def test_amounts_of_a_title_per_head_are_added_up_only_beside_how_many_there_are(extra, additive):
    rows = [["Item", "Outlay (EUR)", *extra[:1]], ["Rice", "31", *extra[1:]], ["Lamp oil", "44", *extra[1:]]]
    found = read_tables(table(rows, "Consumption per household, by item"), 1).figures
    assert {figure.additive for figure in found if figure.unit == "EUR"} == {additive}
