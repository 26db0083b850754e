"""Missing values, events told in several rows, parts of a part, and numbers that tell time."""

import pytest

from pipelines.figures.tables.label_classes import label_class
from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def read(rows):
    return {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}


def paths(rows):
    return [figure.locator.row_path for figure in read(rows).values()]


# rows without values: missing, or a heading


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["Chad", "Congo", "Gabon", "Ghana", "Kenya", "Mali", "Niger", "Togo"], {"Congo", "Mali"}),
        (["Kenya", "Ghana", "Togo", "Chad"], {"Ghana", "Chad"}),  # countries in no order
        (["Aba", "Baro", "Chiro", "Dera", "Ejere", "Gimbi", "Harar", "Jinka", "Metu"], {"Chiro", "Harar"}),
        (["清河县", "威县", "南宫市", "巨鹿县", "新河县"], {"巨鹿县"}),
        (["Kenya *", "Ghana *", "Togo *", "Chad *"], {"Ghana *"}),
    ],
)
def test_a_row_of_a_list_whose_value_is_missing_heads_nothing(names, missing):
    rows = [
        ["Name", "Rate (%)"],
        *([name, "" if name in missing else f"{place}1.5"] for place, name in enumerate(names, 1)),
    ]
    assert paths(rows) == [name for name in names if name not in missing]


@pytest.mark.parametrize(
    "rows",
    [
        # the first row of all is a heading
        [["Item", "2019"], ["Africa", ""], ["Kenya", "4"], ["Mali", "7"], ["Asia", ""], ["India", "9"], ["Nepal", "3"]],
        # also where all names are in order
        [["Item", "2019"], ["Africa", ""], *([f"{first}ana", str(place)] for place, first in enumerate("BCDEFGHK", 3))],
        # so is what ends with a colon
        [
            ["Item", "2019"],
            ["Adults", "40"],
            ["Benefits:", ""],
            ["Cash", "31"],
            ["Food", "9"],
            ["Goods:", ""],
            ["Seed", "6"],
        ],
        # and a province above its counties
        [["地区", "2019"], ["全省", "90"], ["赣州市", ""], ["于都县", "40"], ["兴国县", "50"]],
    ],
)
def test_a_heading_stays_one(rows):
    assert any(" > " in path for path in paths(rows))


# one event, several rows


EVENTS = [
    ["Event No.", "Type", "Province", "Deaths", "Affected"],
    ["2000-0408", "Flood", "Long An", "460", "5000004"],
    ["2000-0408", "Flood", "An Giang", "460", "5000004"],
    ["2000-0408", "Flood", "Ca Mau", "460", "5000004"],
    ["2001-0511", "Storm", "Hue", "18", "52300"],
    ["2001-0511", "Storm", "Da Nang", "18", "52300"],
    ["2002-0017", "Flood", "Lao Cai", "7", "1200"],
]


def sums(rows, column):
    return sum(figure.value for cell, figure in read(rows).items() if cell[0] == column and figure.additive)


def test_numbers_that_each_row_of_one_event_tells_are_added_once():
    assert (sums(EVENTS, "D"), sums(EVENTS, "E")) == (485, 5053504)


def test_rows_of_one_code_that_tell_different_numbers_are_all_added():
    rows = [list(row) for row in EVENTS]
    rows[2][3], rows[2][4] = "31", "70100"
    assert sums(rows, "D") == 460 + 31 + 460 + 18 + 18 + 7


def test_a_standard_that_stays_the_same_from_year_to_year_is_told_anew():
    rows = [["Item Code", "Year", "Item", "Paid"]]
    for code, item, paid in (("A1001", "Pensions", "1250000"), ("B2002", "Grants", "3480000")):
        rows += [[code, year, item, paid] for year in ("2015", "2016", "2017")]
    assert sums(rows, "D") == 3 * (1250000 + 3480000)


# parts of a part


def test_what_stands_below_of_these_is_part_of_the_row_before_it():
    rows = [
        ["Items", "1999", "2009"],
        ["All with a school", "3425", "4765"],
        ["Higher", "251", "324"],
        ["Secondary", "1040", "1545"],
        ["Elementary", "1957", "2817"],
        ["None finished", "177", "79"],
        ["of these:", "", ""],
        ["Illiterate", "80", "40"],
    ]
    cells = read(rows)
    assert (cells["B8"].parent, cells["B8"].link) == (cells["B6"].figure_id, "part_of")
    assert sums(rows, "B") == 251 + 1040 + 1957 + 177


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("of these:", "of_which"),
        ("из них:", "of_which"),
        ("of these, women", "of_which"),
        ("either of these", "detail"),
        ("of them women", "detail"),
    ],
)
def test_words_that_open_parts(label, found):
    assert label_class(label) == found


# units and numbers of time


def test_months_and_days_are_no_counts_however_a_program_writes_them():
    rows = [["Event", "Start Year", "Start Month", "Start Day", "Deaths"], ["Flood", "2000", "7.0", "", "460"]]
    rows += [["Storm", "2001", "11.0", "12.0", "18"], ["Frost", "2002", "1.0", "30.0", "7"]]
    assert [cell for cell in read(rows) if cell[0] != "E"] == []


def test_days_without_months_are_counted():
    rows = [["Village", "Rain day", "Deaths"], ["Aba", "12", "4"], ["Baro", "9", "1"], ["Chiro", "15", "3"]]
    assert len([cell for cell in read(rows) if cell[0] == "B"]) == 3


@pytest.mark.parametrize(
    ("numbers", "unit", "value"),
    [
        (["0.014374", "0.175932", "0.809694"], "%", "1.4374"),  # they make one
        (["0.014374", "0.175932", "0.209694"], "unknown", "0.014374"),  # nothing tells which they are
        (["0.4", "0.5", "0.9"], "%", "0.4"),
        (["1.437456", "17.593245", "80.969299"], "%", "1.437456"),
    ],
)
def test_fractions_below_per_cent_are_told_from_small_percentages(numbers, unit, value):
    cells = read([["district", "percent"], *([f"District {place}", text] for place, text in enumerate(numbers, 1))])
    assert (cells["B2"].unit, str(cells["B2"].value.normalize())) == (unit, value)


def test_pieces_in_a_label_are_no_money():
    cells = read(
        [["指标", "2020年"], ["电影院线(条)", "51"], ["院线内银幕(块)", "75581"], ["综合收入(亿元)", "204.17"]]
    )
    assert [cells[cell].unit for cell in ("B3", "B4")] == ["unknown", "CNY"]


def test_a_group_that_the_others_nearly_make_up_may_be_their_sum():
    states = {
        "North": [4257988, 2918480, 812455],
        "South": [2395385, 1594192, 631200],
        "West": [7995208, 243716, 312733],
        "East": [434362, 1104711, 98240],
        "Isles": [26295, 18011, 4030],
    }
    totals = [sum(numbers) for numbers in zip(*states.values(), strict=True)]
    rows = [["State", "Crop", "Production"]]
    for place, crop in enumerate(("Wheat", "Barley", "Oats")):
        rows.append(["Whole", crop, str(totals[place] + 317)])  # some of it is of no state
        rows += [[state, crop, str(numbers[place])] for state, numbers in states.items()]
    found = {figure.locator.row_path: figure.additive for figure in read(rows).values()}
    assert {told for path, told in found.items() if path.startswith("Whole")} == {None}
    assert {told for path, told in found.items() if not path.startswith("Whole")} == {True}


def test_what_a_program_calls_unnamed_and_runs_on_by_one_counts_nothing():
    rows = [["", "Unnamed: 0", "Party", "Amount"]]
    rows += [[str(n), str(n), f"Party {n}", str(1000 + 7 * n)] for n in range(6)]
    assert {cell[0] for cell in read(rows)} == {"D"}
