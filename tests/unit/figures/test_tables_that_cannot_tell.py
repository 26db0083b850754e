"""Numbers of tables of which nothing tells what they are of: they are left without unit, or not counted."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def _read(rows, caption=""):
    reading = read_tables(table(rows, caption), 1)
    return {figure.locator.cell: figure for figure in reading.figures}, reading.non_figures


def test_a_city_among_its_counties_cannot_be_told():
    rows = [
        ["地区", "参保人数（人）"],
        ["赣州市", "900"],
        ["赣州市辖区", "310"],
        ["宁都县", "120"],
        ["于都县", "210"],
        ["兴国县", "190"],
    ]
    found, _ = _read(rows)
    assert [found[f"B{row}"].additive for row in range(2, 7)] == [None] * 5


def test_counties_without_their_city_count():
    found, _ = _read([["地区", "参保人数（人）"], ["于都县", "210"], ["兴国县", "190"], ["信丰县", "75"]])
    assert all(found[f"B{row}"].additive for row in range(2, 5))


@pytest.mark.parametrize("head", ["Hasta 45 m2", "60平方米以下", "under 2 ha"])
def test_a_size_in_a_header_is_no_unit_of_what_is_counted(head):
    found, _ = _read([["Zone", head, "Total"], ["North", "4120", "9300"], ["South", "388", "720"]])
    assert found["B2"].unit not in ("m2", "hectare")


def test_a_unit_behind_a_multiplier_is_one():
    found, _ = _read([["Zone", "Forest, 1000 ha"], ["North", "41"], ["South", "38"]])
    assert (found["B2"].unit, found["B2"].value) == ("hectare", 41_000)


def test_classes_with_their_noun_are_labels():
    rows = [["Zone", "Number of persons", "Homes"]]
    rows += [["North", f"{size} persons", str(size * 731)] for size in range(2, 6)]
    found, _ = _read(rows)
    assert [cell for cell in found if cell.startswith("B")] == []


def test_rows_without_numbers_below_years_are_no_headers():
    rows = [["Country", "Measure", "2001", "2002"], ["Chad", "Poor (%)", "", ""], ["Mali", "Poor (%)", "41.5", "40.2"]]
    found, _ = _read(rows)
    assert (found["C3"].unit, found["C3"].value) == ("%", pytest.approx(41.5))


def test_headers_begin_anew_with_more_columns():
    rows = [["Year", "Funds"], ["2021", "13.5"], ["2022", "14.25"], ["Second part"]]
    rows += [["Year", "Wells dug", "Pupils fed"], ["2021", "31", "877"], ["2022", "29", "905"]]
    found, _ = _read(rows)
    assert (found["C6"].unit, found["C6"].value) == ("person", 877)


def test_people_below_a_unit_line_of_money_may_be_paid_for():
    found, _ = _read(
        [["Item", "2004", "2005"], ["Food", "812.4", "901.7"], ["Households, goods", "93.6", "99.1"]], "Unit: yuan"
    )
    assert found["B3"].unit != "household"


def test_units_of_a_title_that_run_together_are_not_read_unscaled():
    rows = [["Item", "1999", "2000"], ["On relief", "531.5", "702.25"], ["In homes", "21.5", "24.75"]]
    found, rest = _read(rows, "People on relief (10 000 persons 10 000 households)")
    assert "B2" not in found
    assert any(one.reason == "unread" for one in rest)


def test_a_label_in_two_languages_has_the_unit_in_brackets():
    rows = [["项目", "item", "2004", "2005"], ["总人口(万人)", "population10000 person", "157.5", "160.25"]]
    rows += [["出生人口(人)", "birthsperson", "11285", "12448"]]
    found, _ = _read(rows)
    assert (found["C2"].unit, found["C2"].value) == ("person", 1_575_000)
