"""Columns of months, things counted in tables of money, parts of shares, totals of two rows of many digits."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table, whole


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


MONTHS = [["Month", "County", "Paid (KES)"], ["2004-01", "Meru", "130"], ["2004-02", "Meru", "137"]]
MONTHS += [
    ["2004-03", "Meru", "139"],
    ["2004-01", "Embu", "180"],
    ["2004-02", "Embu", "184"],
    ["2004-03", "Embu", "187"],
]


def test_months_are_the_periods_of_their_rows_and_payments_that_rise_a_little_are_payments():
    found, facts = whole(table(MONTHS))
    assert all(figure.additive for figure in found.figures)
    assert {fact.period for fact in facts.funds} == {"Y2004M01", "Y2004M02", "Y2004M03"}


def test_months_whose_values_grow_as_sums_do_are_sums_so_far():
    rows = [[*row[:2], str(int(row[2]) * int(row[0][-1]))] if row[2].isdecimal() else row for row in MONTHS]
    assert [cell for cell, figure in read(rows).items() if figure.additive] == ["C4", "C7"]


def test_the_month_in_which_something_ended_is_no_period():
    rows = [["Completion date", "County", "Paid (KES)"], ["2004-01", "Meru", "130"], ["2004-02", "Embu", "97"]]
    _, facts = whole(table(rows))
    assert "Y2004M01" not in {fact.period for fact in facts.funds}


@pytest.mark.parametrize("header", ["Projects", "Sessions held", "Contracts", "No. of kits"])
def test_things_beside_an_amount_are_no_money_of_the_title(header):
    rows = [["Parish", header, "Amount"], ["Aba", "12", "310"], ["Ofa", "5", "120"]]
    found = read(rows, "Support (UGX million)")
    assert (found["B2"].unit == "UGX", found["B2"].value, found["C2"].value) == (False, 12, 310_000_000)


@pytest.mark.parametrize("header", ["项目数", "企业数量", "宗数"])
def test_numbers_of_things_are_no_money_of_the_unit_line(header):
    rows = [["乡镇", header, "资金"], ["甲镇", "12", "310"], ["乙镇", "5", "120"]]
    found = read(rows, "支出表 单位：万元")
    assert (found["B2"].unit == "CNY", found["B2"].value, found["C2"].unit) == (False, 12, "CNY")


@pytest.mark.parametrize("header", ["支出数", "预算数", "到位数"])
def test_states_of_money_are_money(header):
    rows = [["乡镇", header, "资金"], ["甲镇", "12", "310"], ["乙镇", "5", "120"]]
    assert read(rows, "支出表 单位：万元")["B2"].unit == "CNY"


def test_a_part_larger_than_a_hundred_is_none_of_a_share():
    rows = [["Land", "2004", "Change (%)", "of which women"], ["Hamburg", "4,123", "1.9", "2,140"]]
    assert read([*rows, ["Bremen", "3,811", "0.3", "1,900"]])["D2"].unit != "%"


def test_two_rows_and_their_sum_of_many_digits_are_a_total():
    found = read([["Milieu", "Habitants"], ["Villes", "1612430"], ["Villages", "5370110"], ["Togo", "6982540"]])
    assert [cell for cell, figure in found.items() if not figure.additive] == ["B4"]


def test_two_rows_and_their_sum_of_few_digits_may_be_chance():
    found = read([["Milieu", "Habitants"], ["Villes", "161"], ["Villages", "537"], ["Hameaux", "698"]])
    assert [figure.additive for figure in found.values()] == [True, True, None]


@pytest.mark.parametrize(
    "caption", ["支出情况（单位：万元） 截至2018年12月31日", "Outlays (KES million) As of 30 June 2019"]
)
def test_the_unit_of_a_title_stands_before_its_date(caption):
    assert read([["Parish", "Paid"], ["Aba", "12"], ["Ofa", "5"]], caption)["B2"].unit in ("CNY", "KES")


def test_months_beside_what_they_add_up_to_are_no_earlier_states_of_it():
    rows = [["Kind", "Jan", "Feb", "Jan-Feb"], ["Food", "75", "31", "106"], ["Cash", "9", "4", "13"]]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows, "Families in 2014"), 1).figures}
    assert [cell for cell, figure in found.items() if figure.additive] == ["B2", "C2", "B3", "C3"]
