"""What stands beside a sum, is called as its parts are, or has no unit of its own, and may be a part of it again."""

import pytest

from pipelines.figures.tables.columns import kind_of_column
from pipelines.figures.tables.read import read_tables
from pipelines.figures.units.headed import headed_unit
from tests.helpers import table


def additive(rows, caption=""):
    figures = read_tables(table(rows, caption), 1).figures
    return {figure.locator.cell: figure.additive for figure in figures}


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Ward", "Boys", "Girls", "Total", "Orphans"],
            ["Ati", "210", "198", "408", "31"],
            ["Bea", "12", "13", "25", "2"],
        ],
        [["乡", "男", "女", "合计", "残疾人"], ["甲", "210", "198", "408", "31"], ["乙", "12", "13", "25", "2"]],
        [
            ["Ward", "Flu cases", "Pox cases", "All cases", "Fevers"],
            ["A", "83", "98", "999", "81"],
            ["B", "8", "9", "99", "9"],
        ],
    ],
)
def test_a_column_behind_a_total_may_part_it_again(rows):
    found = additive(rows)
    assert (found["B2"], found["E2"], found["E3"]) == (True, None, None)
    assert found["D2"] in (False, None)


def test_a_column_beside_a_total_that_is_more_or_says_its_stage_counts_by_itself():
    rows = [
        ["Ward", "Boys", "Girls", "Total", "Grown up (persons)"],
        ["A", "210", "198", "408", "631"],
        ["B", "12", "13", "25", "44"],
    ]
    assert additive(rows)["E2"] is True
    rows = [["Ward", "State", "EU", "Total", "Spent"], ["A", "210", "198", "408", "331"], ["B", "12", "13", "25", "14"]]
    assert additive(rows, "in EUR")["E2"] is True


@pytest.mark.parametrize(
    "labels",
    [
        ("Visits recorded", "Confirmed visits", "Likely visits", "Doubted visits", "Deaths", "Beds"),
        ("登记户", "确认登记", "可能登记", "疑似登记", "死亡", "床位"),
    ],
)
def test_a_sum_of_few_digits_that_is_called_as_its_parts_are_may_be_one(labels):
    numbers = ("68", "28", "26", "14", "41", "9")
    found = additive([["Item", "Value"], *zip(labels, numbers, strict=True)])
    assert list(found.values()) == [None, True, True, True, True, True]
    others = ("Visits", "Wells", "Herds", "Mills", "Deaths", "Beds")
    found = additive([["Item", "Value"], *zip(others, numbers, strict=True)])
    assert list(found.values()) == [True] * 6


def test_a_row_whose_label_returns_with_more_words_may_hold_those_rows():
    rows = [
        ["Item", "2004", "2005"],
        ["Mills", "328", "286"],
        ["Water mills", "83", "78"],
        ["Wind mills", "106", "103"],
    ]
    assert [found for cell, found in additive(rows).items() if cell[0] == "B"] == [None, True, True]
    rows[3] = ["Wind mills", "606", "603"]  # more than all
    assert [found for cell, found in additive(rows).items() if cell[0] == "B"] == [True] * 3


def test_parts_that_are_not_all_listed_make_up_nearly_all_of_the_first_row():
    rows = [["Item", "2004", "2005"], ["Outlay", "1000", "2000"]]
    rows += [
        [name, f"{190 - step}", f"{390 - step}"] for step, name in enumerate(("Arms", "Roads", "Health", "Art", "Law"))
    ]
    assert [found for cell, found in additive(rows).items() if cell[0] == "B"] == [None, *[True] * 5]


def test_parts_of_no_unit_make_up_a_whole_that_has_one():
    rows = [["Schooling", "2004", "2005"], ["Adults", "266190", "309068"], ["With:"], ["Higher", "125124", "132441"]]
    rows += [["Secondary", "104049", "154562"], ["None", "37017", "22065"]]
    assert [found for cell, found in additive(rows).items() if cell[0] == "B"] == [False, True, True, True]


def test_sums_stand_between_rows_that_run_on_through_the_year():
    rows = [["Item", "Q1", "Q2"], ["Output", "2701", "3151"], ["Output, cumulative", "2701", "5852"]]
    rows += [["Farms", "1095", "1250"], ["Farms, cumulative", "1095", "2345"]]
    rows += [["Mills", "1606", "1901"], ["Mills, cumulative", "1606", "3507"]]
    found = additive([*rows, ["Trade", "90", "91"]], "EUR million")
    assert [found[f"B{row}"] for row in (2, 4, 6)] == [False, True, True]


@pytest.mark.parametrize("sign", [" ", ". ", "  "])
def test_codes_before_labels_tell_what_holds_what(sign):
    rows = [["Chapter", "2012", "2013"]]
    for code, name, *numbers in [
        ("02", "Court", "76", "72"),
        ("021", "Judges", "76", "72"),
        ("03", "Roads", "149", "142"),
        ("031", "Highways", "122", "119"),
        ("0311", "North", "93", "88"),
        ("0312", "South", "29", "31"),
        ("032", "Lanes", "27", "23"),
    ]:
        rows.append([f"{code}{sign}{name}", *numbers])
    found = [found for cell, found in additive(rows).items() if cell[0] == "B"]
    assert found == [False, True, False, False, True, True, True]


@pytest.mark.parametrize("label", ["Two provinces average", "两县平均", "Mean of both", "District mean"])
def test_a_row_of_means_is_none_of_amounts_whatever_it_is_a_mean_of(label):
    rows = [["Area", "Time", "Income (yuan)"], ["East", "before", "157"], ["", "after", "198"]]
    rows += [[label, "before", "99"], ["", "after", "133"]]
    found = read_tables(table(rows, spans={(1, 0): (2, 1), (3, 0): (2, 1)}), 1).figures
    assert [figure.additive for figure in found if figure.locator.cell in ("C4", "C5")] == [False, False]


def test_what_all_rows_are_called_makes_none_of_them_a_total():
    rows = [["Item", "Office", "Amount (EUR)"], *(["Total outlay", name, "120"] for name in ("Roads", "Health", "Law"))]
    assert set(additive(rows).values()) == {True}


@pytest.mark.parametrize(
    ("header", "unit"), [("Births m", None), ("deaths f", None), ("Length m", "m"), ("家庭户男", None)]
)
def test_a_letter_behind_a_noun_is_a_unit_only_of_what_is_measured(header, unit):
    found = headed_unit(header)
    assert (found and found.unit) == unit


def test_a_place_that_is_called_as_a_unit_has_the_unit_of_its_column():
    found = read_tables(table([["State", "Families"], ["Acre", "131"], ["Bahia", "533"], ["Goiás", "121"]]), 1).figures
    assert {figure.unit for figure in found} == {"household"}


@pytest.mark.parametrize("header", ["Top 5 percent", "Poorest 40 per cent", "Upper 10 %"])
def test_so_many_per_cent_of_all_are_a_group_and_no_unit(header):
    rows = [["Year", "Lowest", header], ["2011", "22132", "203165"], ["2012", "22033", "204466"]]
    assert {figure.unit for figure in read_tables(table(rows), 1).figures} == {"unknown"}


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Country ID", ("Atia", "Beria", "Corum"), "label"),
        ("Country ID", ("ATI", "BER", "COR"), "code"),
        ("Group", ("1", "2") * 4, "code"),
        ("Groups", ("1", "2") * 4, "values"),
        ("Group", ("0", "2") * 4, "values"),
        ("Household", ("5", "3", "4"), "values"),
    ],
)
def test_what_a_header_in_the_singular_holds_is_told_by_its_cells(header, cells, kind):
    texts = {text: cells.count(text) for text in cells}
    assert kind_of_column((header,), texts, frozenset(), leading=False, first=False).kind == kind


def test_a_column_that_rises_before_all_names_holds_their_codes():
    rows = [["Cd", "State", "2010"], ["11", "Ati", "239"], ["12", "Bea", "834"], ["13", "Coru", "608"]]
    assert [cell[0] for cell in additive(rows)] == ["C"] * 3
    rows = [["Pupils", "State", "2010"], *rows[1:]]
    assert [cell[0] for cell in additive(rows)] == ["A", "C"] * 3


@pytest.mark.parametrize("times", [("2019 Q1", "2019 Q2", "2019 Q3", "2019"), ("2015", "2016", "2017", "2015-2017")])
def test_a_span_of_time_may_be_the_sum_of_what_it_holds(times):
    rows = [["Time", "Huts"], *zip(times, ("1210", "3320", "150", "4680"), strict=True)]
    assert list(additive(rows).values()) == [True, True, True, None]
    alike = [["Time", "Huts"], *zip(("2015", "2016", "2017", "2018"), ("1210", "3320", "150", "4680"), strict=True)]
    assert list(additive(alike).values()) == [True] * 4


def test_a_column_of_what_one_has_more_than_another_may_count_nothing():
    rows = [["Ward", "2018", "2019", "Shift"], ["Ati", "210", "240", "30"], ["Bea", "100", "120", "20"]]
    assert [found for cell, found in additive(rows).items() if cell[0] == "D"] == [None, None]
    rows[1][3] = "31"
    assert [found for cell, found in additive(rows).items() if cell[0] == "D"] == [True, True]


@pytest.mark.parametrize("caption", ["Median wages, EUR", "Average costs of a farm (EUR)", "各县平均工资（元）"])
def test_money_below_a_title_of_means_is_not_added_up(caption):
    rows = [["Group", "2018", "2019"], ["North", "1210", "1240"], ["South", "1100", "1120"]]
    assert set(additive(rows, caption).values()) == {False}
    assert set(additive(rows, f"Total wages and {caption}").values()) == {True}


def test_numbers_from_one_on_in_any_order_are_ranks():
    rows = [["Ward", "Pupils", "Place"], ["Ati", "12", "2"], ["Bea", "9", "3"], ["Coru", "25", "1"]]
    assert [found for cell, found in additive(rows).items() if cell[0] == "C"] == [None] * 3
    rows += [["Dova", "7", "5"], ["Eli", "8", "4"]]
    assert [cell for cell in additive(rows) if cell[0] == "C"] == []
    rows[0][2] = "Families"
    assert [found for cell, found in additive(rows).items() if cell[0] == "C"] == [True] * 5


@pytest.mark.parametrize("header", ["Head's age", "Mother's age in years", "户主年龄"])
def test_ages_are_not_added_up(header):
    rows = [["Ward", "Families", header], ["Ati", "12", "44"], ["Bea", "9", "41"]]
    assert [found for cell, found in additive(rows).items() if cell[0] == "C"] == [False, False]


@pytest.mark.parametrize(
    "names",
    [
        ("江西省", "赣州市", "兴国县", "于都县", "吉安市", "遂川县"),
        ("Jiangxi Province", "Ganzhou City", "Xingguo County", "Yudu County", "Jian City", "Suichuan County"),
    ],
)
def test_a_place_of_a_higher_class_holds_those_of_a_lower_one_that_add_up_to_it(names):
    rows = [["Place", "Families"], *zip(names, ("5200", "3100", "1200", "1900", "2100", "2100"), strict=True)]
    assert list(additive(rows).values()) == [False, False, True, True, False, True]


def test_a_unit_behind_a_dash_is_that_of_its_row():
    rows = [["Item", "Plan", "Done"], ["Road built – km", "12.5", "11"], ["Cost - EUR thousand", "450", "430"]]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}
    assert [(found[cell].unit, found[cell].value) for cell in ("C2", "C3")] == [("km", 11), ("EUR", 430000)]


@pytest.mark.parametrize(
    "rows",
    [
        # what was spent of it is no part of what was given
        [
            ["Fund", "Given", "of which farms", "roads", "Expenditure"],
            ["A", "286", "171", "115", "274"],
            ["B", "115", "69", "46", "105"],
        ],
        # two columns make it up in another way
        [
            ["Fund", "Cash", "Kind", "Total", "of which sent", "now"],
            ["A", "12", "9", "21", "15", "6"],
            ["B", "7", "5", "12", "8", "4"],
        ],
        # far too small a count to be a part of money
        [
            ["Fund", "Huts", "Grant", "Union", "State"],
            ["A", "12", "1440000", "864000", "576000"],
            ["B", "8", "1020000", "612000", "408000"],
        ],
    ],
)
def test_what_cannot_be_a_part_of_a_sum_beside_it_counts_by_itself(rows):
    found = additive(rows)
    assert None not in found.values()


def test_weights_lost_in_the_rounding_of_a_sum_are_none_of_its_parts():
    rows = [["Ward", "Weight", "Base (K)", "Added (K)", "Total (K)"], ["Ati", "0.31", "20.0", "5.7", "25.7"]]
    rows += [["Bea", "0.29", "20.0", "6.1", "26.1"], ["Coru", "0.40", "20.0", "5.9", "25.9"]]
    assert True not in {found for cell, found in additive(rows, "Grants of the fund").items() if cell[0] == "B"}
