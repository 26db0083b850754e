"""What may or may not be added up: small decimals of no unit, totals of more than is listed, and what stands alone."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def additive(rows, column, caption=""):
    figures = read_tables(table(rows, caption), 1).figures
    return [figure.additive for figure in figures if figure.locator.cell.rstrip("0123456789") == column]


@pytest.mark.parametrize("header", ["Elasticity", "Grammar", "Output 1999", "弹性", "Rendement"])
def test_small_decimals_of_no_unit_may_be_rates(header):
    rows = [["Parish", header], ["Aba", "0.8"], ["Ofa", "1.4"], ["Kisi", "61.5"]]
    assert set(additive(rows, "B")) == {None}


@pytest.mark.parametrize(
    "rows",
    [
        [["Parish", "Expenditure"], ["Aba", "12.5"], ["Ofa", "33.1"]],  # money of some currency
        [["Parish", "Dala"], ["Aba", "12.5"], ["Ofa", "33.1"], ["Total", "45.6"]],  # their total is there
        [["Parish", "Dala"], ["Aba", "1512.5"], ["Ofa", "33.1"]],  # too large for a rate
        [["Parish", "Dala", "Reta", "Total"], ["Aba", "12.5", "2.1", "14.6"], ["Ofa", "33.1", "1.9", "35.0"]],
    ],
)
def test_amounts_add_up_all_the_same(rows):
    assert additive(rows, "B")[:2] == [True, True]


def test_one_and_the_same_number_in_every_row_may_be_a_standard():
    assert additive([["Parish", "Lot"], *([name, "7"] for name in ("Aba", "Ofa", "Kisi"))], "B") == [None] * 3
    rows = [["Parish", "Lot"], *([name, "7"] for name in ("Aba", "Ofa", "Kisi")), ["Total", "21"]]
    assert additive(rows, "B") == [True, True, True, False]


@pytest.mark.parametrize(
    ("header", "caption", "read"),
    [("Rel.", "", 0), ("批", "", 0), ("Grant", "", 9), ("Wells", "", 9), ("批", "单位：万元", 9)],
)
def test_one_number_in_all_of_many_rows_is_an_amount_only_where_something_says_so(header, caption, read):
    rows = [["Parish", "Pupils", header], *([f"P{'abcdefghi'[place]}", f"{31 + place}", "6"] for place in range(9))]
    assert len(additive(rows, "C", caption)) == read


def test_zeros_among_words_stand_for_nothing():
    rows = [["Parish", "Aim", "Pupils"], ["Aba", "0", "12"], ["Ofa", "A well for the school", "33"], ["Kisi", "0", "9"]]
    assert additive(rows, "B") == []
    assert additive(rows, "C") == [True] * 3
    counted = [[parish, "Persons" if aim == "Aim" else aim, pupils] for parish, aim, pupils in rows]
    assert additive(counted, "B") == [True] * 2


def test_a_total_of_nothing_is_a_total():
    rows = [
        ["Event", "All", "North", "South"],
        ["Births", "12", "5", "7"],
        ["Fires", "0"],
        ["Visits", "40", "22", "18"],
    ]
    assert additive(rows, "B") == [False] * 3


def test_a_column_that_repeats_one_part_is_no_sum_of_it_and_zeros():
    rows = [["School", "Listed", "Sat", "Honours", "Passed", "Failed"]]
    rows += [["Aba", "45", "45", "0", "31", "14"], ["Ofa", "61", "61", "0", "40", "21"]]
    rows += [["Kisi", "32", "32", "0", "20", "12"], ["Edo", "38", "38", "2", "20", "18"]]
    figures = {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}
    assert figures["C5"].parent is None
    assert figures["E5"].parent == figures["C5"].figure_id


def test_a_sum_has_all_the_columns_that_most_rows_bear_out():
    rows = [["School", "First", "Second", "Third", "Passed"]]
    rows += [["Aba", "0", "12", "9", "21"], ["Ofa", "0", "7", "4", "11"], ["Edo", "2", "10", "8", "20"]]
    figures = {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}
    assert {figures[f"{column}4"].parent for column in "BCD"} == {figures["E4"].figure_id}


def test_a_code_that_begins_others_is_above_them_only_where_most_columns_say_so():
    rows = [["Code", "School", "Pupils", "Prizes", "Rooms"]]
    rows += [["1000", "Aba", "16", "0", "4"], ["1001", "Ofa", "17", "0", "3"], ["1002", "Edo", "24", "0", "2"]]
    assert additive(rows, "C") == [True] * 3


@pytest.mark.parametrize("header", ["Grant (max. 50 %)", "Grant in EUR (average farm of 10 ha)"])
def test_a_condition_in_brackets_makes_no_statistic(header):
    assert additive([["Mill", header], ["Aba", "€ 2,034,550"], ["Ofa", "€ 504,800"]], "B") == [True] * 2


def test_rows_that_print_units_of_their_own_are_measures_and_no_list():
    rows = [
        ["指标", "2019年", "2018年"],
        ["粮食产量(万吨)", "120.5", "118.2"],
        ["小麦产量(万吨)", "60.1", "58.2"],  # may be part of the one above it
        ["猪存栏(万头)", "33.2", "31.0"],  # the only one of its unit
        ["耕地面积(万亩)", "410.5", "411.2"],
    ]
    assert additive(rows, "B") == [None, None, True, True]


def test_blocks_that_come_to_the_same_are_breakdowns_of_one_whole():
    rows = [["Group", "Part", "Tested", "Ill"]]
    rows += [["Age", "0-17", "21,300", "4,410"], ["Age", "18+", "80,120", "16,020"]]
    rows += [["Sex", "Female", "52,010", "10,300"], ["Sex", "Male", "49,310", "10,080"]]
    rows += [["Quarter", "North", "31,400", "6,200"], ["Quarter", "South", "69,900", "14,190"]]
    assert additive(rows, "C") == [None] * 6
    rows[-1] = ["Quarter", "South", "9,900", "1,190"]  # of two alone chance may make it so
    assert additive(rows, "C") == [True] * 6


JUMLA = [["District", "Houses", "Dead", "Hurt"]]
JUMLA += [["Humla", "9,479", "3", "5"], ["Gorkha", "66,506", "447", "952"], ["Jumla", "19,303", "0", "1"]]
JUMLA += [["Kalikot", "23,013", "1", "2"], ["Rasuna", "9,778", "597", "771"]]


def test_a_name_that_is_a_word_for_totals_in_the_midst_of_rows_is_one_of_them():
    assert additive(JUMLA, "B") == [True] * 5


@pytest.mark.parametrize("place", [3, 5])
def test_a_total_that_no_column_bears_out_stays_one(place):
    rows = [*JUMLA[:3], *JUMLA[4:]]
    rows.insert(place, ["Total", "90,000", "700", "1,900"])
    assert additive(rows, "B")[place - 1] is not True


def test_a_row_that_leaves_out_a_label_may_be_a_sum_though_one_column_says_otherwise():
    rows = [["Country", "Province", "Ill", "Feared", "Cured"], ["Peru", "", "571", "393", "25"]]
    rows += [["Peru", "Lima", "300", "40", "28"], ["Peru", "Puno", "205", "21", "0"], ["Peru", "Ica", "74", "9", "0"]]
    assert additive(rows, "C")[0] is None
    rows[1] = ["Peru", "", "57", "3", "2"]  # smaller than its provinces: another place
    assert additive(rows, "C")[0] is True


def test_a_row_that_others_make_up_in_some_columns_and_nearly_in_all_may_be_their_sum():
    head = ["City", "District", "Nominal 2010", "Chained 2010", "Nominal 2011", "Chained 2011"]
    parts = [
        ["Alpha", "East", "2634954", "2826175", "2741917", "2894465"],
        ["Alpha", "West", "6161934", "6798103", "6720160", "7356543"],
        ["Alpha", "South", "2248309", "2449145", "2285322", "2472060"],
        ["Alpha", "North", "7278168", "7859945", "7311404", "7845105"],
        ["Alpha", "Hill", "9558946", "10517776", "9619618", "10440718"],
    ]
    whole = ["Alpha", "Alfa", "27882311", "30457831", "28678421", "31011787"]
    behind = [["Beta", "Gamma", "512", "640", "731", "822"], ["Beta", "Delta", "634", "1740", "1131", "922"]]
    rows = [["Beta", "Omega", "99", "81", "77", "65"], whole, *parts, *behind]
    assert additive([head, *rows], "D") == [True, None, *[True] * 7]
    rows[1] = ["Alpha", "Alfa", "37889311", "40457831", "38690421", "41011787"]
    assert additive([head, *rows], "D") == [True] * 9
