"""What the columns of a table hold: told by header and content together, before any cell is a figure."""

import pytest

from pipelines.catalog.headers import head_kind
from pipelines.figures.tables.grid import Grid
from pipelines.figures.tables.inferred import lay_out
from pipelines.figures.tables.read import read_tables
from pipelines.figures.tables.words import header_levels, header_words, label_words
from tests.helpers import table


def kinds(rows):
    """The kind of each column by its header."""
    [layout] = lay_out(table(rows).tables[0], Grid.of(table(rows).tables[0].cells))
    return {" > ".join(layout.column_paths[column]): of.kind for column, of in layout.kinds.items()}


def values(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        *((header, "code") for header in ("ID", "No.", "District code", "Postcode", "Rank", "邮编", "名次", "Código")),
        *((header, "contact") for header in ("Phone", "Account number", "联系电话", "身份证号码", "Teléfono")),
        *((header, "date") for header in ("Date of approval", "Deadline", "填报日期", "Fecha de pago")),
        *((header, "agency") for header in ("Recipient", "Name of recipient", "Implementing agency", "实施单位")),
        *((header, "note") for header in ("Remarks", "Summary", "建设内容", "备注")),
        *((header, None) for header in ("Number of recipients", "No. of schools", "Total", "贫困户数", "Poor people")),
    ],
)
def test_the_noun_that_heads_a_header_says_what_its_column_holds(header, kind):
    assert head_kind(header) == kind


def test_codes_dates_and_notes_are_no_figures_wherever_they_stand():
    rows = [
        ["Ref", "Mill", "Paid (yuan)", "Signed on", "Postcode", "Remarks"],
        ["81", "East", "1200", "40908", "342800", "12 looms in use"],
        ["95", "West", "800", "40999", "342400", "paid in May"],
    ]
    assert list(kinds(rows).values()) == ["code", "label", "values", "date", "code", "note"]
    assert {cell: figure.value for cell, figure in values(rows).items()} == {"C2": 1200, "C3": 800}


@pytest.mark.parametrize(
    "rows",
    [
        [["Age", "Persons"], ["0-14", "412"], ["15-64", "900"], ["65+", "88"]],
        [["Decile", "Income (yuan)"], ["1", "100"], ["2", "230"], ["3", "340"]],
    ],
)
def test_a_first_column_of_numbers_names_the_rows_where_nothing_else_does(rows):
    assert [cell[0] for cell in values(rows)] == ["B", "B", "B"]


def test_counts_that_run_on_by_one_are_counts():
    rows = [["Village", "Households"], ["A", "1"], ["B", "2"], ["C", "3"]]
    assert [figure.value for figure in values(rows).values()] == [1, 2, 3]


def test_a_header_that_counts_houses_heads_no_dates():
    rows = [["Village", "Houses built", "Built"], ["East", "25000", "2010"], ["West", "1995", "2012"]]
    assert kinds(rows) == {"Village": "label", "Houses built": "values", "Built": "date"}


def test_labels_name_their_rows_from_the_right_too():
    rows = [["Paid (yuan)", "County"], ["1200", "Xingguo County"], ["800", "Ruijin City"]]
    assert values(rows)["A2"].locator.row_path == "Xingguo County"


def test_one_number_among_names_makes_no_column_of_amounts():
    rows = [["Office", "Paid (yuan)"], ["Water", "12"], ["5,296", "15"], ["Roads", "19"]]
    assert kinds(rows) == {"Office": "label", "Paid (yuan)": "values"}


def test_long_numbers_without_signs_of_thousands_beside_others_with_them_are_codes():
    rows = [["Mill", "Paid (yuan)", "Reference"], ["East", "12,500", "20170311"], ["West", "98,100", "20170318"]]
    assert kinds(rows)["Reference"] == "code"


def test_names_and_telephones_of_people_are_shown_nowhere():
    rows = [["姓名", "手机号码", "补贴（元）"], ["张小三", "13507970000", "600"], ["李小四", "13507970001", "900"]]
    reading = read_tables(table(rows), 1)
    shown = " ".join((*map(str, reading.figures), *map(str, reading.non_figures)))
    assert not any(secret in shown for secret in ("张小三", "李小四", "13507970000", "13507970001"))
    assert sum(figure.value for figure in reading.figures) == 1500


def test_a_row_of_units_below_the_headers_states_them():
    rows = [["County", "Funds", "Poor people"], ["", "1,000 yuan", "persons"], ["A", "12", "30"], ["B", "21", "50"]]
    found = values(rows)
    assert (found["B3"].value, found["B3"].unit) == (12_000, "CNY")
    assert (found["C3"].value, found["C3"].unit) == (30, "person")


@pytest.mark.parametrize(
    ("header", "unit", "value"),
    [
        ("central_funds_yuan", "CNY", 7),
        ("CentralFundsYuan", "CNY", 7),
        ("中央资金_万元", "CNY", 70_000),
        ("中央资金：万元", "CNY", 70_000),
        ("Households relocated", "household", 7),
        ("搬迁户数", "household", 7),
        ("Household income", "unknown", 7),
        ("Material and wages", "unknown", 7),
        ("县财政收入", "unknown", 7),
        ("Cost per km", "unknown", 7),
        ("2009/10", "unknown", 7),
    ],
)
def test_the_unit_of_a_header_is_that_of_its_last_words_or_of_its_head(header, unit, value):
    found = values([["Village", header], ["East", "7"], ["West", "9"]])["B2"]
    assert (found.unit, found.value) == (unit, value)


def test_brackets_in_the_name_of_a_project_are_no_unit():
    rows = [["Project", "Grant"], ["Road (km)", "700"], ["Hubs (person)", "900"]]
    assert {figure.unit for figure in values(rows).values()} == {"unknown"}


def test_fractions_below_a_header_of_shares_are_per_cent_and_amounts_are_not():
    fractions = values([["Village", "Share of poor"], ["East", "0.4"], ["West", "0.55"]])
    assert (fractions["B2"].value, fractions["B2"].unit) == (40, "%")
    amounts = values([["Mill", "Financing rate"], ["East", "1,200,000"], ["West", "300,000"]])
    assert {figure.unit for figure in amounts.values()} == {"unknown"}
    [alone] = values([["Village", "Share of poor"], ["East", "0.4"]]).values()
    assert alone.unit == "unknown"


def test_three_digits_behind_each_point_and_zeros_behind_most_are_thousands():
    rows = [["Nama", "Bantuan (IDR)"], ["East", "600.000"], ["West", "1.350.000"]]
    assert values(rows)["B2"].value == 600_000


def test_words_that_are_spread_or_joined_are_the_words():
    assert label_words("江　西　省 赣州市") == "江西省 赣州市"
    assert header_words("TotalFunds_CNY") == "TotalFunds CNY"
    assert header_words("central-funds-yuan") == "central funds yuan"
    assert header_words("Co-financing") == "Co-financing"


def test_counts_below_a_header_that_may_be_a_code_are_counts():
    rows = [["Village", "Grade", "Grade"], ["", "Lower", "Upper"], ["Ako", "14", "15"], ["Ba", "20", "18"]]
    assert [figure.value for figure in values(rows).values()] == [14, 15, 20, 18]


def test_long_is_a_place_beside_lat_and_a_number_elsewhere():
    beside = [["Clinic", "lat", "long", "Beds"], ["Hill", "-1.28", "36.81", "40"], ["Lake", "-0.09", "34.76", "25"]]
    alone = [["Ditch", "long", "deep"], ["Hill", "36.8", "1.2"], ["Lake", "34.7", "2.1"]]
    assert list(kinds(beside).values()) == ["label", "code", "code", "values"]
    assert list(kinds(alone).values()) == ["label", "values", "values"]


def test_lists_of_numbers_of_notes_are_no_values():
    rows = [["Area", "Value", "Value footnotes"], ["Birch", "412", "1,2"], ["Cedar", "388", "3"]]
    assert list(kinds(rows).values()) == ["label", "values", "note"]


def test_numbers_below_the_name_of_a_thing_in_the_singular_are_its_codes():
    body = [["Hill roads", "21020", "75"], ["Hill clinics", "12230", "820"]]
    assert kinds([["Title", "Sector", "Paid (EUR)"], *body])["Sector"] == "code"
    assert kinds([["Title", "Public sector", "Paid (EUR)"], *body])["Public sector"] == "values"
    others = [["Hill roads", "210", "75"], ["Hill clinics", "12230", "820"]]
    assert kinds([["Title", "Sector", "Paid (EUR)"], *others])["Sector"] == "values"


def test_the_total_of_numbered_tranches_leaves_them_numbers():
    rows = [["Tranche", "Paid (EUR)"], ["1", "75"], ["3", "820"], ["Total", "895"]]
    assert kinds(rows)["Tranche"] == "code"


@pytest.mark.parametrize("header", ["Age", "年龄", "Edad"])
def test_ages_are_added_up_by_nobody(header):
    found = values([["Name of village", header, "Paid (EUR)"], ["Ola", "34", "75"], ["Upe", "51", "820"]])
    assert (found["B2"].additive, found["C2"].additive) == (False, True)


def test_years_below_a_period_are_years_wherever_they_stand():
    found = kinds([["Ward", "Paid (EUR)", "Period"], ["Ola", "34", "2014"], ["Upe", "51", "2014"]])
    assert found["Period"] == "year"


def test_numbers_of_one_length_are_codes_only_where_they_stand_before_names():
    years = [[str(year), "3500", str(17300 - 100 * year % 7)] for year in range(2010, 2019)]
    assert kinds([["Year", "Land", "Output"], *years])["Output"] == "values"
    names = [[f"{17300 + 7 * year}", f"Place {chr(year - 1945)}", "35"] for year in range(2010, 2019)]
    assert kinds([["Key", "Place", "Output"], *names])["Key"] == "code"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Margin.Error", "Margin Error"),
        ("Land area (Sq. Kms)", "Land area (sq kms)"),
        ("Square Miles", "square miles"),
        ("Amount (U.S. dollars)", "Amount (U.S. dollars)"),
    ],
)
def test_dots_part_the_words_of_a_header(header, words):
    assert header_words(header) == words


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Area (Sq. Kms)", "km2"), ("Floor (sq. ft)", "ft2"), ("Area (Square Miles)", "mile2"), ("Tank (cu. ft)", "ft3")],
)
def test_squares_and_cubes_are_no_lengths(header, unit):
    assert values([["Place", header], ["Ora", "120"], ["Bem", "340"]])["B2"].unit == unit


def test_columns_that_are_all_a_hundred_in_one_year_add_up_to_nothing():
    rows = [["Year", "Fields", "Works", "Trade"], ["1990", "100.0", "100", "100.0"], ["1991", "1104.2", "1209", "1303"]]
    assert not any(figure.additive for figure in values(rows).values())
    rows[1][3] = "101"
    assert all(figure.additive for figure in values(rows).values())


@pytest.mark.parametrize(
    ("header", "years"),
    [
        ("Year", "2560 2561"),
        ("統計年月", "10501 10502"),
        ("资料年度", "105 106"),
        ("Año", "1395 1396"),
        ("年", "1438 1439"),
    ],
)
def test_years_of_other_calendars_are_no_amounts(header, years):
    rows = [[year, place, "30"] for place in ("Ora", "Bem") for year in years.split()]
    assert kinds([[header, "Place", "Wells"], *rows])[header_words(label_words(header))] == "date"


@pytest.mark.parametrize(("header", "cells"), [("2020年", "310 440 560"), ("Patients per year", "310 440")])
def test_other_numbers_below_words_of_years_are_none_of_calendars(header, cells):
    rows = [[f"Place {cell}", cell] for cell in cells.split()]
    assert kinds([["Place", header], *rows])[header] != "date"


def test_years_may_be_printed_with_a_decimal():
    rows = [["Year", "Place", "Wells"], ["2017.0", "Ora", "30"], ["2018.0", "Ora", "40"]]
    found = values(rows)
    assert {cell: figure.locator.row_path for cell, figure in found.items()} == {"C2": "2017 > Ora", "C3": "2018 > Ora"}


@pytest.mark.parametrize(
    ("header", "levels"),
    [
        ("户数 Households", ("户数", "Households")),
        ("Poor people贫困人口", ("Poor people", "贫困人口")),
        ("人均 GDP", ("人均 GDP",)),
        ("Paid (10万元)", ("Paid (10万元)",)),
    ],
)
def test_a_header_in_two_languages_is_two(header, levels):
    assert header_levels(header) == levels


@pytest.mark.parametrize(
    ("header", "unit", "value"),
    [("人口_万人", "person", 3_200_000), ("产值_亿元", "CNY", 32_000_000_000), ("户数 Households", "household", 320)],
)
def test_a_unit_behind_a_stroke_or_in_another_language_is_that_of_the_column(header, unit, value):
    figure = values([["地方", header], ["宁都", "320"], ["兴国", "410"]])["B2"]
    assert (figure.unit, figure.value) == (unit, value)


def test_names_of_counties_below_any_header_are_no_units():
    rows = [["地方名", "2019", "2020"], ["甲县", "40.5", "50.1"], ["乙县", "50.0", "50.0"]]
    assert values(rows, "低保资金（万元）")["B2"].unit == "CNY"


@pytest.mark.parametrize("key", ["Updated", "Source:", "更新时间", "Frequency", "Status"])
def test_rows_that_describe_series_are_no_headers(key):
    rows = [["Name", "Rural poor", "Urban poor"], [key, "2021-03-01", "2021-03-02"], ["2015", "31", "12"]]
    found = values([*rows, ["2016", "30", "11"]])
    assert found["B3"].locator.column_path == "Rural poor"
