"""Units of exports and of offices' forms: powers of ten, counts in tables of money, scales behind a sign."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


def test_a_column_of_powers_of_ten_scales_its_rows():
    head = ["AREA", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT"]
    rows = [["XA", "4.5", "CHF", "6"], ["XB", "7", "CHF", "3"], ["XC", "31.5", "PCNT", "0"], ["XD", "9", "PS", "3"]]
    found = read([head, *rows])
    assert {cell: (figure.unit, figure.value) for cell, figure in found.items()} == {
        "B2": ("CHF", 4_500_000),
        "B3": ("CHF", 7000),
        "B4": ("%", 31.5),
        "B5": ("unknown", 9000),
    }


@pytest.mark.parametrize("header", ["Number of kits", "No. of tarpaulins", "Jumlah paket", "Número de kits", "台数"])
def test_a_number_of_things_in_a_table_of_money_is_none(header):
    found = read([["Place", header, "Cost"], ["A", "7", "9"], ["B", "8", "5"]], "Relief in 2014 (CHF thousand)")
    assert (found["B2"].unit, found["B2"].value) == ("other", 7)
    assert (found["C2"].unit, found["C2"].value) == ("CHF", 9000)


def test_an_amount_of_funds_is_money_by_whatever_word_it_is_called():
    found = read([["Place", "Jumlah dana"], ["A", "7"], ["B", "8"]], "Bantuan 2014 (Rp juta)")
    assert (found["B2"].unit, found["B2"].value) == ("IDR", 7_000_000)


def test_the_unit_behind_the_name_of_the_office_is_that_of_the_table():
    found = read(
        [["编制单位：县水务局　　　单位：万元、公里"], ["乡", "投资", "渠道长度"], ["甲", "7", "9"], ["乙", "8", "6"]]
    )
    assert (found["B3"].unit, found["B3"].value, found["C3"].unit) == ("CNY", 70_000, "km")


@pytest.mark.parametrize(("words", "unit", "value"), [("R$ mil", "BRL", 7000), ("R$ milhões", "BRL", 7_000_000)])
def test_a_scale_of_another_language_behind_a_sign(words, unit, value):
    found = read([["Obra", f"Pago ({words})"], ["A", "7"], ["B", "8"]])
    assert (found["B2"].unit, found["B2"].value) == (unit, value)


@pytest.mark.parametrize("header", ["Depth (m)", "Elevation (m)", "Sex ratio", "海拔（米）"])
def test_depths_and_ratios_are_added_to_nothing(header):
    assert not any(figure.additive for figure in read([["Well", header], ["A", "7"], ["B", "8"], ["C", "15"]]).values())


def test_a_row_of_one_letter_names_no_unit():
    assert read([["Sex", "Served"], ["F", "7"], ["M", "8"]])["B3"].unit == "unknown"


def test_months_in_which_works_began_are_dates():
    found = read([["项目", "投资（万元）", "开工年月"], ["甲", "7", "201403"], ["乙", "8", "201404"]])
    assert set(found) == {"B2", "B3"}


@pytest.mark.parametrize(("words", "value"), [("GEL million", 7_000_000), ("GEL, thousands", 7000)])
def test_a_currency_whose_letters_are_a_word_before_its_scale(words, value):
    found = read([["Place", "Paid"], ["A", "7"], ["B", "8"]], f"Relief by place ({words})")["B2"]
    assert (found.unit, found.value) == ("GEL", value)


@pytest.mark.parametrize("marks", [["2013", "2014e", "2015p"], ["2013", "2014 (est.)", "2015 (proj.)"]])
def test_years_of_estimates_are_headers(marks):
    found = read([["Place", *marks], ["A", "7", "8", "9"], ["B", "8", "6", "5"]], "Shoes")
    assert (len(found), found["D2"].locator.column_path) == (6, marks[2])


@pytest.mark.parametrize("header", ["发放月份", "批次", "Month of payment", "Payment week"])
def test_the_number_of_a_month_or_of_a_batch_is_no_amount(header):
    found = read([["Name", header, "Paid (CHF)"], ["A", "3", "900"], ["B", "4", "800"], ["C", "4", "700"]])
    assert set(found) == {"C2", "C3", "C4"}


@pytest.mark.parametrize("header", ["Meals per month", "Pay each week", "Rations this month"])
def test_what_is_had_in_a_month_is_counted(header):
    assert "B2" in read([["Name", header], ["A", "3"], ["B", "4"], ["C", "4"]])


def test_what_is_completed_against_a_target_is_a_ratio_and_no_target():
    head = ["Place", "Target", "Done", "% done against target"]
    found = read([head, ["A", "50", "40", "80"], ["B", "20", "15", "75"], ["Total", "70", "55", "78.6"]])
    assert (found["D2"].role, found["D4"].parent) == ("plan_pct", found["C4"].figure_id)


def test_headers_of_one_letter_head_men_and_women():
    found = read([["Office", "F", "M", "T"], ["A", "7", "8", "15"], ["B", "4", "6", "10"]])
    assert {figure.unit for figure in found.values()} == {"unknown"}
    assert [cell for cell, figure in found.items() if not figure.additive] == ["D2", "D3"]


def test_two_units_in_a_title_are_listed_and_none_is_of_all_columns():
    found = read([["各村经费（万元）与用水（吨）"], ["村", "经费", "用水"], ["甲", "7", "8"], ["乙", "4", "6"]])
    assert [(found[cell].unit, found[cell].value) for cell in ("B3", "C3")] == [("CNY", 70_000), ("unknown", 8)]


def test_what_a_unit_of_a_title_holds_is_no_unit():
    found = read([["Table 2: Issues, units: sacks (40 kg)"], ["Ward", "Rice"], ["A", "7"], ["B", "4"]])
    assert found["B3"].unit == "unknown"


def test_a_title_with_the_unit_in_its_brackets_is_still_a_title():
    rows = [["2014年水费收缴表（单位：元）"], ["村", "收缴"], ["甲", "7"], ["乙", "4"]]
    found = read(rows)["B3"]
    assert (found.unit, "水费收缴表" in found.locator.section) == ("CNY", True)
    office = read([["填报单位：水利站　单位：元"], *rows[1:]])["B3"]
    assert (office.unit, "水利站" in office.locator.section) == ("CNY", False)


def test_a_total_of_some_people_counts_them():
    found = read([["Area", "Urban poor", "Rural poor", "Total poor"], ["A", "7", "8", "15"], ["B", "4", "6", "10"]])
    assert (found["D2"].unit, found["D2"].additive) == ("person", False)


@pytest.mark.parametrize("level", ["市县", "县区", "市级", "市、县"])
def test_levels_that_pay_together_count_no_places(level):
    found = read(
        [["单位：万元"], ["年度", "省级", level, "合计"], ["2013年", "7", "8", "15"], ["2014年", "4", "6", "10"]]
    )
    assert (found["C3"].unit, found["C3"].parent) == ("CNY", found["D3"].figure_id)


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("NOK in m", "NOK", 7_000_000),
        ("k GBP", "GBP", 7000),
        ("NPR in Cr.", "NPR", 70_000_000),
        ("million CHF, constant 2010", "CHF", 7_000_000),
        ("MT", "tonne", 7),
    ],
)
def test_letters_beside_a_currency_are_scales(words, unit, value):
    found = read([["Place", f"Received ({words})"], ["A", "7"], ["B", "8"]])
    assert (found["B2"].unit, found["B2"].value) == (unit, value)


@pytest.mark.parametrize("header", ["Mères reçues", "têtes", "Mínimos"])
def test_a_letter_before_one_with_an_accent_is_no_unit(header):
    assert read([["Lieu", header], ["A", "7"], ["B", "8"]])["B2"].unit in ("other", "unknown")


def test_people_with_decimals_are_no_money_of_the_title():
    found = read(
        [["Country", "People in need", "Asked for"], ["A", "2.5", "70"], ["B", "1.4", "8"]], "Aid (CHF million)"
    )
    assert (found["B2"].unit, found["B2"].value, found["C2"].unit) == ("unknown", 2.5, "CHF")


def test_series_of_an_export_have_the_units_of_their_names():
    head = ["Country Name", "Series Name", "2011 [YR2011]"]
    found = read([head, ["A", "Population, total", "7000"], ["A", "Income per capita (current US$)", "90.5"]])
    assert [(figure.unit, figure.role) for figure in found.values()] == [
        ("person", "level"),
        ("USD/person", "per_unit"),
    ]


def test_a_letter_that_the_lines_above_a_table_define_marks_a_number():
    found = read([["x = break in series"], ["Place", "Wells"], ["A", "71 x"], ["B", "64"]])
    assert found["B3"].value == 71


def test_a_month_without_a_zero_below_a_header_of_dates_is_a_date():
    found = read([["户", "面积（㎡）", "竣工时间"], ["甲", "80", "2016.6"], ["乙", "65.5", "2016.11"]])
    assert found.keys() == {"B2", "B3"}


def test_units_of_rows_are_those_of_quantities_and_of_no_costs():
    head = ["Item", "Unit", "Quantity", "Unit cost", "Paid by villagers"]
    found = read([[*head], ["Seed bags", "kg", "120", "18", "2160"], ["Visits", "day", "48", "22", "0"]])
    assert [found[f"{column}2"].unit for column in "CDE"] == ["kg", "unknown", "unknown"]
    assert found["D2"].role == "per_unit"
    plans = read([["Item", "Unit", "Plan", "Price"], ["Seed bags", "kg", "120", "18"], ["Visits", "day", "48", "22"]])
    assert [plans[f"{column}2"].unit for column in "CD"] == ["kg", "unknown"]


def test_the_unit_behind_the_comma_of_a_row_is_its_own():
    found = read([["Indicator", "2013", "2014"], ["Outlays, HUF thousand", "71", "84"], ["Score, average", "9", "8"]])
    assert (found["B2"].unit, found["B2"].value, found["B3"].unit) == ("HUF", 71_000, "unknown")


def test_rows_of_people_count_nobody_where_other_columns_are_of_money():
    head = ["Year", "Level", "Home Type", "Housing", "Meals", "Taxes", "Savings", "Monthly Total", "Hourly Wage"]
    rows = [["2023", "Basic", "Single Adult", "840", "610", "470", "240", "2160", "13.50"]]
    rows += [["2023", "Basic", "Two Adults", "1110", "1180", "690", "380", "3360", "20.75"]]
    rows += [["2023", "Basic", "Two Adults Two Children", "1150", "2070", "810", "560", "4590", "28.25"]]
    assert {figure.unit for figure in read([head, *rows]).values()} == {"unknown"}
    rows = [["Who", "Rice", "Maize", "Total"], ["Adults", "960", "534", "1494"], ["Children", "207", "767", "974"]]
    assert read(rows)["D2"].unit == "person"
