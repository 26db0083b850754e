"""Which of several figures of one table about the same speaks for the whole, and what sets the others apart."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import table

CAPTION = "Funds of Jiangxi, 2011"
VILLAGES = [
    ["Unit: 10,000 yuan"],
    ["Place", "Total", "Central", "Provincial"],
    ["Shangfan", "300", "200", "100"],
    ["Xiakeng", "500", "300", "200"],
]


def items(rows, caption=CAPTION):
    """Address of each figure → its item."""
    source = table(rows, caption)
    reading = read_figures(source)
    meanings = resolve(source, identify(source), reading)
    return {f.locator.cell: meaning.item for f, meaning in zip(reading.figures, meanings, strict=True)}


def test_amounts_of_places_that_nobody_knows_are_not_those_of_the_province():
    found = items(VILLAGES)
    assert set(found) == {"B3", "C3", "D3", "B4", "C4", "D4"}
    assert {found[cell] for cell in ("B3", "C3", "D3")} == {"Shangfan"}
    assert {found[cell] for cell in ("B4", "C4", "D4")} == {"Xiakeng"}


@pytest.mark.parametrize("label", ["Total", "合计", "Grand total", "全省合计"])
def test_the_total_speaks_for_all_of_them(label):
    found = items([*VILLAGES, [label, "800", "500", "300"]])
    assert {cell for cell, item in found.items() if not item} == {"B5", "C5", "D5"}


def test_so_does_a_row_that_is_the_sum_of_the_others_without_the_word():
    found = items([*VILLAGES, ["Dongtou", "700", "400", "300"], ["Jiangxi", "1500", "900", "600"]])
    assert {cell for cell, item in found.items() if not item} == {"B6", "C6", "D6"}


def test_of_subtotals_and_a_total_the_total_speaks():
    rows = [
        *VILLAGES,
        ["Subtotal", "800", "500", "300"],
        ["Dongtou", "700", "400", "300"],
        ["Subtotal", "700", "400", "300"],
    ]
    found = items([*rows, ["Total", "1500", "900", "600"]])
    assert {cell for cell, item in found.items() if not item} == {"B8", "C8", "D8"}


def test_places_in_columns_are_told_apart_as_well():
    rows = [["Unit: 10,000 yuan"], ["Source", "Shangfan", "Xiakeng", "Total"], ["Central", "200", "300", "500"]]
    assert items(rows) == {"B3": "Shangfan", "C3": "Xiakeng", "D3": ""}


def test_what_differs_in_program_source_or_year_is_no_item():
    rows = [
        ["Unit: 10,000 yuan"],
        ["", "2010", "2011"],
        ["Central funds", "100", "200"],
        ["Provincial funds", "10", "20"],
        ["Relocation", "50", "60"],
    ]
    assert set(items(rows, "Funds of Jiangxi").values()) == {""}


def test_counties_speak_for_themselves_and_an_unknown_one_does_not_for_the_province():
    rows = [["County", "Funds (10,000 yuan)"], ["Xingguo", "12.5"], ["Yudu County", "8.5"], ["Nowhere", "7.5"]]
    assert items(rows) == {"B2": "", "B3": "", "B4": "Nowhere"}


def test_a_village_is_an_item_even_where_it_is_the_only_one():
    assert items([["Village", "Funds (10,000 yuan)"], ["Shangfan", "12.5"]]) == {"B2": "Shangfan"}
    # a county among villages is their subtotal
    rows = [["Village", "Funds (10,000 yuan)"], ["Xingguo County", "20.5"], ["Shangfan", "12.5"], ["Xiakeng", "8.0"]]
    assert items(rows) == {"B2": "", "B3": "Shangfan", "B4": "Xiakeng"}


def test_a_value_that_was_revised_speaks_no_more():
    rows = [["Unit: 10,000 yuan"], ["", "2011", "2011 (revised)"], ["Central funds", "100", "200"]]
    assert items(rows, "Funds of Jiangxi") == {"B3": "2011", "C3": ""}


def test_the_words_for_all_of_a_place_are_a_total():
    rows = [["县名", "资金（万元）"], ["兴国县", "12.5"], ["省本级", "8.5"], ["全省", "21.0"]]
    assert items(rows, "江西省2011年扶贫资金") == {"B2": "", "B3": "省本级", "B4": ""}


def test_a_project_has_the_program_of_its_caption_and_stays_an_item():
    rows = [["Project", "Funds (10,000 yuan)"], ["Shangfan, 40 houses", "12.5"], ["Xiakeng", "8.5"]]
    source = table(rows, "Relocation in Jiangxi, 2011")
    meanings = resolve(source, identify(source), read_figures(source))
    assert {meaning.program.code for meaning in meanings} == {"relocation"}
    assert [meaning.item for meaning in meanings] == ["Shangfan, 40 houses", "Xiakeng"]


def test_counties_are_told_by_column_headers_too_and_their_names_are_no_units():
    rows = [
        ["Unit: 10,000 yuan"],
        ["Source", "Xingguo County", "瑞金市", "Total"],
        ["Central", "200", "300", "500"],
        ["Total", "200", "300", "500"],
    ]
    source = table(rows, CAPTION)
    reading = read_figures(source)
    assert {figure.unit for figure in reading.figures} == {"CNY"}
    meanings = resolve(source, identify(source), reading)
    assert [meaning.region.code for meaning in meanings] == ["360732", "360781", "360000"] * 2
    assert {meaning.item for meaning in meanings} == {""}


def test_a_whole_year_is_the_total_of_its_quarters():
    rows = [["Unit: 10,000 yuan"], ["Source", "Q1", "Q2", "Whole year"], ["Central", "200", "300", "500"]]
    assert items(rows, "Funds of Jiangxi") == {"B3": "Q1", "C3": "Q2", "D3": ""}
    assert set(items(rows).values()) == {""}  # in 2011 each is of a time of its own


def test_a_mean_speaks_for_all_where_it_is_an_income_and_for_none_where_it_is_an_amount():
    rows = [
        ["Place", "Income per head (yuan)", "Funds (10,000 yuan)"],
        ["Shangfan", "3500", "20"],
        ["Xiakeng", "3700", "10"],
        ["Average", "3600", "15"],
    ]
    for head in ("Place", "County"):
        found = items([[head, *rows[0][1:]], *rows[1:]])
        assert {cell for cell, item in found.items() if not item} == {"B4"}
