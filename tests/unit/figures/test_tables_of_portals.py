"""Tables as portals of open data publish them: records, columns of measures, units and years, sums without a word."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.figures.tables.columns import kind_of_column
from pipelines.figures.tables.read import read_tables
from pipelines.figures.tables.runs import listed_sums
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import table


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


def additive(rows, caption=""):
    """Of each cell whether it is additive, in the order of the cells."""
    return {cell: figure.additive for cell, figure in read(rows, caption).items()}


def periods(rows, caption=""):
    source = table(rows, caption)
    reading = read_figures(source)
    return [meaning.period.code for meaning in resolve(source, identify(source), reading)]


def kind(header, *cells):
    texts = dict.fromkeys(cells, 1)
    return kind_of_column((header,), texts, frozenset(), leading=True, first=True).kind


# ------------------------------------------------------------------------------------------------ what names the rows


def test_descriptions_name_the_rows_where_nothing_else_does():
    rows = [["Description", "Wells", "Pumps"], ["Dug by hand", "4", "6"], ["Drilled", "9", "2"]]
    assert [figure.locator.row_path for figure in read(rows).values()] == ["Dug by hand"] * 2 + ["Drilled"] * 2


def test_a_row_whose_numbers_are_missing_heads_no_others():
    rows = [["Day", "Item", "North", "South"], ["3/5/2016", "Goats", "41", "52"], ["3/5/2016", "Ducks", "", ""]]
    rows.append(["3/5/2016", "Sheep", "63", "70"])
    assert read(rows)["C4"].locator.row_path.split(" > ")[-1] == "Sheep"
    assert "Ducks" not in read(rows)["C4"].locator.row_path


def test_a_column_that_says_the_same_in_every_row_names_none_of_them():
    rows = [["Scheme", "Chart", "2015"], ["Pensions", "bars", "41"], ["Meals", "bars", "52"], ["Roads", "bars", "63"]]
    assert read(rows)["C3"].locator.row_path == "bars > Meals"


@pytest.mark.parametrize("header", ["Gulu District", "Area", "Area planted", "Kano State"])
def test_a_place_or_an_area_in_the_singular_counts_nothing(header):
    assert read([["Crop", header], ["Millet", "12"], ["Beans", "31"]])["B2"].unit == "unknown"


# ------------------------------------------------------------------------------------------------ codes and calendars


def test_digits_of_one_length_before_all_names_are_codes():
    codes = ["48210077", "48210031", "48210077", "48230001", "48230019", "48250002", "48250003", "48260018"]
    rows = [["Kostenstelle", "S", "Betrag"], *([code, "x", f"{n * n + 3}"] for n, code in enumerate(codes))]
    assert {cell[0] for cell in read(rows)} == {"C"}


def test_a_column_of_one_year_dates_its_rows():
    rows = [["Ort", "Tonnen", "Erntejahr"], *([f"Ort {n}", f"{n * 17 + 3}", "2014"] for n in range(9))]
    assert {cell[0] for cell in read(rows)} == {"B"}
    assert set(periods(rows)) == {"Y2014"}


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Year", ["2006/07", "2006/07 "], "year"),
        ("Series", ["2001-02", "2002-03", "2003-04"], "year"),
        ("Series", ["2001-02", "2001-03", "2001-04"], "date"),
        ("Year BS", ["2061", "2062"], "date"),
        ("Hijri year", ["1431", "1432"], "date"),
        ("Year", ["2011", "2012"], "year"),
    ],
)
def test_years_of_two_and_of_other_calendars(header, cells, expected):
    assert kind(header, *cells) == expected


def test_a_year_of_another_calendar_dates_nothing():
    rows = [["District", "Year", "Pupils"], ["Gorkha", "2066", "412"], ["Palpa", "2067", "398"]]
    assert set(periods(rows, "Pupils, 2013")) == {"unknown"}


def test_the_year_of_a_row_speaks_before_one_among_other_words_of_a_header():
    header = "People without work (by the survey of 2014 (revised))"
    rows = [["Place", "Year", header], ["Lira", "1998", "4120"], ["Lira", "2003", "3980"]]
    assert periods(rows) == ["Y1998", "Y2003"]
    rows[0][2] = "People without work (2014)"
    assert set(periods(rows)) == {"unknown"}  # two years, and nothing says which


# ------------------------------------------------------------------------------------------------ sums without a word


def test_rows_behind_one_in_the_middle_add_up_to_it():
    rows = [
        ["Aim", "2018", "2019"],
        ["Schools", "7321", "8054"],
        ["Health", "9142", "9977"],
        ["of clinics", "4100", "4432"],
    ]
    rows += [["of wards", "3020", "3303"], ["of drugs", "2022", "2242"], ["Roads", "6109", "6113"]]
    assert [cell for cell, adds in additive(rows).items() if not adds] == ["B3", "C3"]


def test_what_is_said_to_be_a_sum_of_few_digits_closes_its_parts():
    rows = [["Item", "East", "West"], ["cured at home", "5", "2"], ["cured in wards", "3", "4"]]
    assert (
        additive([*rows, ["total of those cured in either of these places", "8", "6"], ["lost", "1", "9"]])["B4"]
        is False
    )
    assert additive([*rows, ["either of these", "8", "6"], ["lost", "1", "9"]])["B4"] is True


def test_a_label_lists_what_it_is_the_sum_of():
    places = [(3, ("(i) Seeds",)), (4, ("(ii) Tools",)), (5, ("(iii) Inputs (i+ii)",)), (6, ("(iv) Roads (i+ix)",))]
    told = [(line.whole, line.parts, line.exhaustive) for line in listed_sums(places)]
    assert told == [(5, (3, 4), True), (6, (3,), False)]


def test_a_range_of_numbers_lists_the_rows_right_below_it():
    rows = [["Aim", "2018", "2019"], ["Outlay (A+B)", "7900", "8100"], ["A. Schools (1 to 2)", "500", "540"]]
    rows += [["1. Pay", "300", "330"], ["2. Meals (aged 6 to 14)", "200", "210"]]
    rows += [["Boys (1-2)", "90", "80"], ["Girls", "70", "60"]]
    assert [cell for cell, adds in additive(rows).items() if not adds] == ["B2", "C2", "B3", "C3"]


def test_a_claim_of_all_rows_gives_way_to_what_a_label_lists():
    rows = [
        ["项目", "2020年", "2021年"],
        ["支出合计（一+二+三）", "910", "935"],
        ["一、教育小计（1至2）", "500", "520"],
    ]
    rows += [["1、学校", "300", "310"], ["2、营养餐", "200", "210"], ["二、卫生", "210", "200"]]
    assert [cell for cell, adds in additive(rows).items() if not adds] == ["B2", "C2", "B3", "C3"]


def test_a_row_that_repeats_a_sum_says_the_same_again():
    rows = [["Office", "2018", "2019"], ["Works, in all", "81207", "90311"], ["Roads", "51107", "60201"]]
    rows += [["Bridges", "30100", "30110"], ["Total works", "81207", "90311"], ["Housing", "20111", "7011"]]
    assert [cell for cell, adds in additive(rows).items() if not adds] == ["B2", "C2", "B5", "C5"]


def test_a_group_of_records_is_the_sum_of_the_next_ones():
    kinds = {"Cereals": (7713, 8829), "Maize": (5102, 6110), "Rice": (2611, 2719), "Roots": (4423, 1207)}
    rows = [["Crop", "Season", "Tonnes"]]
    for crop, (wet, dry) in kinds.items():
        rows += [[crop, "wet", str(wet)], [crop, "dry", str(dry)]]
    assert [cell for cell, adds in additive(rows).items() if not adds] == ["C2", "C3"]


# ------------------------------------------------------------------------------------------------ what cannot be told


def test_words_alone_make_no_total():
    rows = [["Item", "2018"], ["Total cases", "812"], ["Total tests", "9120"], ["Total visits", "77"], ["Beds", "31"]]
    assert list(additive(rows).values()) == [None, None, None, True]


def test_a_total_of_money_without_its_parts_cannot_be_told():
    rows = [
        ["Vote", "2018 (KES)"],
        ["Total allocations to all of the ministries", "812107"],
        ["Roads", "90120"],
        ["Wells", "77341"],
    ]
    assert list(additive(rows).values()) == [None, True, True]


def test_a_country_among_its_parts_cannot_be_told():
    rows = [["Place", "Households"], ["Volta", "8121"], ["Ashanti", "9340"], ["Ghana", "41207"]]
    assert list(additive(rows).values()) == [True, True, None]


def test_a_column_called_total_that_others_never_make_up_cannot_be_told():
    rows = [["Place", "State (USD)", "Union (USD)", "Total (USD)"], ["A", "41", "52", "181"], ["B", "30", "21", "177"]]
    rows.append(["C", "19", "27", "90"])
    assert [adds for cell, adds in additive(rows).items() if cell[0] == "D"] == [None] * 3


# ------------------------------------------------------------------------------------------------ ratios of rows


def test_rows_of_ratios_add_up_to_nothing():
    rows = [
        ["Place", "Indicator", "Value"],
        ["A", "Depth", "0.12"],
        ["B", "Depth", "0.31"],
        ["A", "Literacy rate", "61"],
    ]
    rows += [["A", "Huts", "17"], ["B", "Huts", "23"]]
    assert list(additive(rows).values()) == [False, False, False, True, True]


@pytest.mark.parametrize("label", ["Outlay as % of GDP", "Percentage of wards reached", "Grants as share of revenue"])
def test_a_row_of_shares_is_one_whatever_its_unit_says(label):
    rows = [
        ["Name", "Unit", "2014", "2015"],
        ["Outlay", "EUR million", "41", "52"],
        [label, "EUR million", "4.1", "3.9"],
    ]
    assert [(found.unit, found.value) for cell, found in read(rows).items() if cell == "C3"] == [
        ("%", read(rows)["C3"].value)
    ]
    assert read(rows)["C2"].unit == "EUR"


def test_a_sign_behind_a_year_is_of_shares():
    rows = [["Vote", "Unit", "2012-13", "2012-13%"], ["Health", "Rs crore and % of outlay", "412", "0.41"]]
    rows.append(["Roads", "Rs crore", "977", ""])
    assert [read(rows)[cell].unit for cell in ("C2", "D2", "C3")] == ["unknown", "%", "unknown"]


# ------------------------------------------------------------------------------------------------ columns and rows


def test_a_total_that_only_some_columns_make_up_leaves_the_others_free():
    rows = [["Place", "Own works", "Lent works", "All works", "Own (EUR)", "Lent (EUR)", "Both (EUR)"]]
    rows += [["A", "3", "4", "7", "41211", "52102", "93313"], ["B", "5", "1", "6", "30110", "21007", "51117"]]
    found = additive([[("Total works" if text == "All works" else text) for text in row] for row in rows])
    assert [found[f"{column}2"] for column in "BCDEFG"] == [True, True, False, True, True, False]


def test_columns_whose_rows_are_in_several_units_add_up_row_by_row():
    rows = [["Item", "North", "South", "Nation"], ["Sick (persons)", "41", "52", "93"], ["Rice (t)", "30", "21", "51"]]
    rows += [["Schools (number)", "9", "17", "26"], ["Pass rate (%)", "61", "", "58"]]
    assert [additive(rows)[f"{column}3"] for column in "BCD"] == [True, True, False]


def test_what_is_a_sum_in_other_rows_may_be_a_mean_in_one():
    rows = [["Item", "North", "South", "Nation"], ["cases", "41", "52", "93"], ["beds", "30", "21", "51"]]
    rows += [["cfr", "4.5", "8.1", "6.5"], ["tents", "9", "17", "26"]]
    assert [additive(rows)[f"{column}4"] for column in "BCD"] == [False] * 3


def test_money_that_lost_its_cents_adds_up_but_for_one():
    rows = [["Place", "Loans (USD)", "Grants (USD)", "Both (USD)"], ["A", "41,211", "52,102", "93,314"]]
    rows += [["B", "30,110", "21,007", "51,117"], ["C", "77,203", "14,444", "91,646"]]
    assert [additive(rows)[f"{column}2"] for column in "BCD"] == [True, True, False]


def test_a_claim_on_all_rows_gives_way_to_the_run_that_adds_up():
    rows = [["Item", "2018", "2019"], ["Wheat", "7321", "8054"], ["Maize", "9142", "9977"]]
    rows += [["Fuel", "4100", "4432"], ["Power", "3020", "3303"], ["Total aid", "7120", "7735"]]
    assert [cell for cell, adds in additive(rows).items() if not adds] == ["B6", "C6"]


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("Unit", ["48201", "48202", "48301"], "code"),
        ("Clinic number", ["3", "4", "9"], "code"),
        ("Clinic number", ["3", "9", "4"], "values"),
        ("Clinics number", ["3", "4", "9"], "values"),
        ("", ["2009", "2014"], "year"),
    ],
)
def test_numbers_that_name_and_do_not_count(header, cells, expected):
    assert kind(header, *cells) == expected


def test_a_number_sign_counts_what_stands_behind_it():
    rows = [["Sector", "Funds", "# of donors"], ["Shelter", "41.2", "17"], ["Water", "30.5", "23"]]
    found = read(rows, "Appeal 2021 (in million US$)")
    assert (found["C2"].unit, found["C2"].value) != ("USD", 17_000_000)
    assert found["B2"].unit == "USD"


def test_what_a_budget_holds_or_not_says_who_pays():
    found = read([["Place", "Off-budget grants paid (EUR)"], ["A", "41"], ["B", "52"]])
    assert found["B2"].role == "level"


@pytest.mark.parametrize("header", ["Loans", "Loans repaid", "Plans"])
def test_a_header_with_a_capital_letter_is_of_no_people(header):
    assert read([["Place", header], ["A", "41"], ["B", "52"]], "Bank credit (KES million)")["B2"].unit == "KES"
