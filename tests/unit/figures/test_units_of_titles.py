"""Units that a title names, several in one of them too, and which columns and rows they are not of."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def read(rows, caption="", spans=None):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption, spans), 1).figures}


def test_each_unit_of_a_title_is_of_the_noun_before_it():
    rows = [["State", "Pupils 2016", "Grants 2016"], ["A", "7.5", "3"], ["B", "8", "9"]]
    found = read(rows, "Grants paid (CHF in crore) and pupils (in lakh)")
    assert (found["B2"].unit, found["B2"].value) == ("person", 750_000)
    assert (found["C2"].unit, found["C2"].value) == ("CHF", 30_000_000)


@pytest.mark.parametrize(
    ("words", "unit", "value"),
    [
        ("R$ 1.000,00", "BRL", 7000),
        ("em R$ 1,00", "BRL", 7),
        ("Gs. millones", "PYG", 7_000_000),
        ("GH¢", "GHS", 7),
        ("millions d'EUR constants", "EUR", 7_000_000),
        ("porcentaje de hogares", "%", 7),
        ("en pourcentage", "%", 7),
    ],
)
def test_forms_of_units(words, unit, value):
    found = read([["Zona", "2015", "2016"], ["A", "7", "9"], ["B", "8", "5"]], f"Apoyos ({words})")
    assert (found["B2"].unit, found["B2"].value) == (unit, value)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Familias atendidas", "household"),
        ("Ménages", "household"),
        ("Femmes", "person"),
        ("Jumlah orang", "person"),
        ("Pago por familia", "PYG"),
    ],
)
def test_what_headers_of_other_languages_begin_with_is_counted_beside_money(header, unit):
    found = read([["Zona", header, "Pago"], ["A", "7", "9"], ["B", "8", "5"]], "Apoyos (PYG)")
    assert (found["B2"].unit.split("/")[0], found["C2"].unit) == (unit, "PYG")


def test_people_that_a_header_names_above_its_parts_are_no_money_of_the_title():
    rows = [["Zone", "Households", "", "Paid"], ["", "Headed by men", "By women", ""], ["A", "7", "9", "1"]]
    found = read([*rows, ["B", "8", "5", "2"]], "Aid (GHS)", {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1)})
    assert [found[cell].unit for cell in ("B3", "C3", "D3")] == ["household", "household", "GHS"]


def test_payers_that_are_called_as_people_are_pay_where_they_make_up_the_sum():
    rows = [["Work", "State", "Farmers", "All"], ["Dam", "31", "4", "35"], ["Weir", "22", "7", "29"]]
    found = read(rows, "Works (CHF thousand)")
    assert (found["C2"].unit, found["C2"].value) == ("CHF", 4000)


def test_people_beside_money_are_people_where_they_make_up_nothing():
    rows = [["Work", "State", "Farmers", "All"], ["Dam", "31", "4", "31"], ["Weir", "22", "7", "22"]]
    assert read(rows, "Works (CHF thousand)")["C2"].unit == "person"


@pytest.mark.parametrize("corner", ["Source", "Class"])
def test_a_row_that_says_that_it_counts_has_no_share_of_the_title(corner):
    rows = [[corner, "Poorest", "Richest"], ["Well", "61.5", "20"], ["Tap", "38.5", "80"]]
    found = read([*rows, ["Number of households", "310", "290"]], "Water used (percent distribution)")
    assert (found["B2"].unit, found["B4"].unit, found["B4"].value) == ("%", "household", 310)


def test_a_row_that_is_called_as_a_currency_is_not_in_it():
    found = read([["Lender", "Paid (CHF)"], ["TOP", "7"], ["Canton", "8"]])
    assert found["B2"].unit == "CHF"


def test_rows_that_are_all_called_as_currencies_are_in_them():
    found = read([["Of which", "Paid"], ["NOK", "7"], ["CHF", "8"]])
    assert [figure.unit for figure in found.values()] == ["NOK", "CHF"]


def test_income_beside_outlays_is_of_nobody_by_the_head():
    found = read([["账户", "本年收入", "本年支出"], ["甲", "71", "66"], ["乙", "80", "9"]], "资金收支表（单位：元）")
    assert [figure.unit for figure in found.values()] == ["CNY"] * 4


@pytest.mark.parametrize("header", ["N°", "Nº", "№"])
def test_numbers_of_rows_are_no_figures(header):
    found = read([[header, "Obra", "Pago"], ["1", "A", "7"], ["2", "B", "9"]])
    assert found.keys() == {"C2", "C3"}


@pytest.mark.parametrize(
    ("title", "header", "read_as"),
    [
        ("Pagos por comuna", "Pagado", None),
        ("Relación", "Área", None),
        ("Kab. Alor 2016", "Realisasi", None),
        ("Paid by ward", "Paid", Decimal("38.513")),
        ("各乡面积", "面积", Decimal("38.513")),
    ],
)
def test_a_point_before_three_digits_is_left_open_where_words_part_decimals_by_commas(title, header, read_as):
    found = read([["A", header], ["a", "38.513"], ["b", "42.128"]], title)
    assert (found["B2"].value if "B2" in found else None) == read_as


def test_one_number_that_tells_how_decimals_are_parted_tells_it_of_the_table():
    found = read([["A", "Pagado", "Área"], ["a", "38.500", "1,25"], ["b", "42.100", "2,5"]], "Pagos por comuna")
    assert (found["B2"].value, found["C2"].value) == (38500, 1.25)


def test_numbers_that_the_format_keeps_have_certain_decimals():
    source = table([["A", "Pagado"], ["a", "38.513"], ["b", "42.128"]], "Pagos por comuna")
    [sheet] = source.tables
    source = replace(source, tables=(replace(sheet, has_numbers=True),))
    assert [figure.value for figure in read_tables(source, 1).figures] == [Decimal("38.513"), Decimal("42.128")]


def test_a_total_of_people_beside_money_counts_people():
    rows = [
        ["Place", "Women", "Men", "Total", "Paid (CHF)"],
        ["A", "31", "4", "35", "90"],
        ["B", "22", "7", "29", "80"],
    ]
    found = read(rows)
    assert [found[cell].unit for cell in ("B2", "D2", "E2")] == ["person", "person", "CHF"]


def test_levels_of_posts_that_all_differ_are_no_figures():
    assert read([["Post", "Level", "Beds"], ["A", "4", "32"], ["B", "5", "250"], ["C", "3", "12"]]).keys() == {
        *("C2", "C3", "C4")
    }


@pytest.mark.parametrize("header", ["分值", "得分", "Weight"])
def test_points_add_up_to_nothing(header):
    found = read([["Item", header], ["A", "30"], ["B", "70"], ["C", "12"]])
    assert not any(figure.additive for figure in found.values())


def test_an_amount_a_year_of_each_household_is_no_sum():
    found = read([["Group", "From crops"], ["A", "310"], ["B", "290"]], "Income per household by group (ETB per year)")
    assert {(figure.unit, figure.role) for figure in found.values()} == {("ETB/household", "per_unit")}


def test_what_a_title_tells_of_each_adds_up_to_nothing_though_its_unit_is_unknown():
    found = read([["Group", "From crops"], ["A", "310"], ["B", "290"]], "Harvest per household by group")
    assert not any(figure.additive for figure in found.values())


def test_numbers_below_one_of_no_unit_are_indices():
    found = read([["Group", "Depth of it", "Wells"], ["A", "0.31", "3"], ["B", "0.29", "4"]])
    assert [figure.additive for figure in found.values()] == [False, True, False, True]


def test_a_scale_in_the_label_of_a_row_is_that_of_its_numbers():
    found = read([["Item", "2015"], ["Pupils fed (thousand)", "31.5"], ["Milk given out (million litres)", "2.5"]])
    assert [(figure.unit, figure.value) for figure in found.values()] == [("person", 31500), ("litre", 2_500_000)]


def test_a_payer_that_is_called_as_a_level_of_places_pays_in_the_unit_of_the_whole():
    rows = [
        ["年度", "合计（万元）", "其中", ""],
        ["", "", "中央", "自治区"],
        ["2015年", "9", "7", "2"],
        ["2016年", "8", "5", "3"],
    ]
    found = read(rows, "", {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)})
    assert {figure.unit for figure in found.values()} == {"CNY"}


@pytest.mark.parametrize(
    ("note", "unit", "value"),
    [
        ("Note: Figures are in per cent of output.", "%", 31),
        ("All amounts shown in CHF thousand", "CHF", 31_000),
        ("注：金额单位为万元。", "CNY", 310_000),
        ("Note: Data are in line with earlier ones.", "unknown", 31),
    ],
)
def test_a_note_below_a_table_names_its_unit(note, unit, value):
    found = read([["Place", "2015", "2016"], ["A", "31", "28"], ["B", "17", "9"], [note, "", ""]])
    assert (found["B2"].unit, found["B2"].value) == (unit, value)


@pytest.mark.parametrize("header", ["Families receiving cash", "Pupils using the hall", "Reached families"])
def test_what_people_do_stands_beside_the_noun_that_is_counted(header):
    found = read([["Place", header, "Paid"], ["A", "31", "28"], ["B", "17", "9"]], "Aid (CHF)")
    assert (found["B2"].unit in ("household", "person"), found["C2"].unit) == (True, "CHF")


def test_a_fund_for_villages_that_build_is_no_village():
    assert read([["Place", "Village building fund"], ["A", "31"], ["B", "17"]])["B2"].unit != "village"


def test_the_scale_of_a_table_is_taken_once_where_a_sum_tells_the_unit():
    rows = [["Item", "Men", "Women", "Total"], ["Population", "8", "7", "15"], ["Pupils", "3", "4", "7"]]
    assert read(rows, "Figures for 2016 (thousands)")["B2"].value == 8000


def test_codes_of_units_in_a_column_are_units():
    rows = [["area", "series", "value", "unit"], ["XA", "Poor", "31.5", "PT"], ["XB", "Poor", "28", "PT"]]
    assert {figure.unit for figure in read([*rows, ["XA", "Born", "310", "PS"]]).values()} == {"%", "unknown"}


def test_prices_of_a_title_add_up_to_nothing():
    found = read(
        [["Week", "Millet", "Goat"], ["a", "31", "310"], ["b", "28", "290"]], "Weekly market prices, 2016 (ETB)"
    )
    assert {(figure.unit, figure.additive) for figure in found.values()} == {("ETB", False)}


@pytest.mark.parametrize(
    "title", ["Grants as % of all outlays", "Grants as a percentage of output", "Grants, per cent of output"]
)
def test_what_a_title_tells_in_per_cent(title):
    assert read([["Place", "2015", "2016"], ["A", "3.1", "2.8"], ["B", "4", "5"]], title)["B2"].unit == "%"


def test_a_sample_beside_shares_is_no_share():
    rows = [["Place", "Fed", "Sample"], ["A", "31.5", "1204"], ["B", "28", "980"]]
    found = read(rows, "Children fed (% of those under 5)")
    assert (found["B2"].unit, found["C2"].unit) == ("%", "unknown")


def test_a_multiplier_before_a_sign_of_money():
    assert read([["Gemeente", "Betaald"], ["A", "31"], ["B", "28"]], "Subsidies (x € 1.000)")["B2"].value == 31_000


@pytest.mark.parametrize("header", ["Enrolment", "Membership"])
def test_enrolment_beside_what_is_released_is_no_money(header):
    found = read([["Region", header, "Released"], ["A", "310", "28"], ["B", "290", "9"]], "School grants (GHS)")
    assert (found["B2"].unit, found["C2"].unit) == ("other", "GHS")


@pytest.mark.parametrize("header", ["Số trường", "Число школ", "Anzahl Höfe", "Liczba szkół"])
def test_numbers_of_things_in_other_languages_are_no_money(header):
    found = read([["Region", header, "Ausgaben"], ["A", "310", "28"], ["B", "290", "9"]], "2016 (CHF million)")
    assert (found["B2"].unit, found["B2"].value) == ("other", 310)


def test_amounts_of_money_in_vietnamese_are_money():
    assert read([["Xã", "Số tiền"], ["A", "310"], ["B", "290"]], "Hỗ trợ (triệu đồng)")["B2"].unit == "VND"


@pytest.mark.parametrize(("header", "value"), [("CHF", 3_000_000), ("Fee (CHF)", 3), ("NOK", 3)])
def test_a_bare_currency_is_told_in_the_scale_of_the_title(header, value):
    assert read([["Giver", header], ["A", "3"], ["B", "4"]], "Gifts 2016 (CHF million)")["B2"].value == value


def test_m_behind_a_code_that_is_a_word_too_is_a_million():
    found = read([["Bank", "Loans (LAK m)"], ["A", "3"], ["B", "4"]])["B2"]
    assert (found.unit, found.value) == ("LAK", 3_000_000)


def test_per_cent_in_a_title_is_of_no_each():
    found = read([["Fuel", "Number", "Per cent"], ["A", "3", "30"], ["B", "7", "70"]], "Homes (numbers and per cent)")
    assert [figure.additive for figure in found.values()][::2] == [True, True]


@pytest.mark.parametrize("header", ["2014年比2012年减少", "比2012年下降（人）", "比上年减少数"])
def test_what_has_fallen_since_a_year_is_a_change(header):
    assert (
        read([["省", "2012年", header], ["甲", "31", "5"], ["乙", "28", "3"]], "人口（单位：人）")["C2"].role
        == "change"
    )


def test_what_a_title_excepts_from_its_unit_is_in_another():
    rows = [["Town", "2015", "2016", "Per capita 2016"], ["A", "310", "290", "71.5"], ["B", "90", "80", "64"]]
    found = read(rows, "Town budgets (CHF thousand; per capita in CHF)")
    assert (found["B2"].unit, found["B2"].value) == ("CHF", 310_000)
    assert (found["D2"].unit, found["D2"].value) == ("CHF/person", 71.5)


def test_a_year_in_the_brackets_of_a_title_hides_no_unit():
    assert (
        read([["项目", "甲县", "乙县"], ["粮食", "310", "290"], ["蔬菜", "90", "80"]], "收成调查（2016年，公斤/人）")[
            "B2"
        ].unit
        == "kg/person"
    )


def test_the_currency_at_the_end_of_a_name_of_an_export():
    found = read([["parish", "hh_poor", "grant_ugx"], ["A", "31", "28000"], ["B", "17", "9000"]])
    assert [figure.unit for figure in found.values()] == ["household", "UGX"] * 2


@pytest.mark.parametrize("words", ["Kenya Shillings Millions", "Uganda shillings, millions", "Tk. in million"])
def test_names_of_money(words):
    found = read([["Place", f"Paid ({words})"], ["A", "31"], ["B", "28"]])["B2"]
    assert (found.unit in ("KES", "UGX", "BDT"), found.value) == (True, 31_000_000)


def test_households_that_cannot_are_households():
    found = read([["Region", "Households unable to pay (number)"], ["A", "310"], ["B", "290"]])
    assert found["B2"].unit == "household"


def test_the_share_of_a_payer_is_money_where_it_makes_up_a_sum():
    rows = [["State", "Central", "State share", "Both"], ["A", "71.5", "8.5", "80"], ["B", "64", "16", "80"]]
    found = read(rows, "Works (CHF million)")
    assert (found["C2"].unit, found["C2"].value) == ("CHF", 8_500_000)


def test_a_share_that_makes_up_nothing_is_one():
    rows = [["State", "Central", "State share", "Both"], ["A", "71.5", "8.5", "81"], ["B", "64", "16", "90"]]
    assert read(rows, "Works (CHF million)")["C2"].unit == "%"


def test_a_total_of_several_things_is_no_more_of_them():
    head = ["Giver", "Boreholes", "Shallow wells", "Springs", "Total", "People served"]
    rows = [["A", "31", "12", "4", "47", "310"], ["B", "8", "20", "1", "29", "90"], ["C", "5", "7", "0", "12", "61"]]
    found = read([head, *rows])
    assert (found["B2"].additive, found["E2"].additive) == (True, False)


@pytest.mark.parametrize(("header", "value"), [("Personas (miles)", 7000), ("Roads (miles)", 7)])
def test_miles_behind_a_spanish_noun_are_thousands(header, value):
    assert read([["Zona", header], ["A", "7"], ["B", "8"]])["B2"].value == value


def test_a_place_that_is_called_as_a_currency_is_a_place():
    found = read([["District", "Paid (UGX billion)"], ["Arua", "12.5"], ["Lira", "11.5"]])
    assert [(figure.unit, figure.value) for figure in found.values()] == [
        *(("UGX", 12_500_000_000), ("UGX", 11_500_000_000)),
    ]


def test_the_scale_of_a_title_holds_for_the_noun_that_it_scales():
    rows = [["Status", "2015", "2016"], ["Unemployed", "310", "290"], ["Outside", "90", "80"]]
    assert [figure.value for figure in read(rows, "Persons by status (thousand persons)").values()] == [
        *(310_000, 290_000),
        *(90_000, 80_000),
    ]


def test_a_note_gives_each_noun_its_unit():
    rows = [["片区", "贫困人口", "收入"], ["甲山区", "31", "9072"], ["乙山区", "28", "8100"]]
    found = read(rows, "监测情况 注：贫困人口单位为万人，收入单位为元")
    assert (found["B2"].unit, found["B2"].value) == ("person", 310_000)
    assert found["C2"].unit in ("CNY", "CNY/person")


@pytest.mark.parametrize("title", ["Dépenses par habitant (en euros)", "Gasto por persona (EUR)"])
def test_amounts_a_head_in_other_languages_add_up_to_nothing(title):
    found = read([["Zone", "2015", "2016"], ["A", "310", "290"], ["B", "90", "80"]], title)
    assert not any(figure.additive for figure in found.values())


def test_a_scale_of_a_title_goes_with_the_currency_before_it():
    rows = [["Block", "Huts built", "Outlay"], ["A", "710", "3.5"], ["B", "84", "9"]]
    found = read(rows, "Progress of hamlets (Monetary columns Tk. in lakh)")
    assert [(found[cell].unit, found[cell].value) for cell in ("B2", "C2")] == [("unknown", 710), ("BDT", 350_000)]


def test_whole_things_beside_money_are_not_made_money_by_the_title():
    rows = [
        ["Block", "Huts built", "Goats", "Seed", "Outlay"],
        ["A", "7", "71", "2.5", "13.5"],
        ["B", "19", "9", "1", "5"],
    ]
    found = read(rows, "Relief of hamlets (SEK million)")
    assert [found[f"{column}2"].unit for column in "BCDE"] == ["unknown", "unknown", "SEK", "SEK"]
    parts = [
        ["Block", "Goats", "Hens", "Outlay"],
        ["A", "71", "2.5", "73.5"],
        ["B", "9", "5", "14"],
        ["C", "6", "5", "11"],
    ]
    assert read(parts, "Relief of hamlets (SEK million)")["B2"].unit == "SEK"


@pytest.mark.parametrize("title", ["Camps in spring (persons), rounds 3-5", "Camps in spring (in persons)"])
def test_people_in_the_brackets_of_a_title_are_what_its_columns_count(title):
    found = read([["Camp", "Come", "Gone"], ["A", "71", "84"], ["B", "9", "16"]], title)
    assert {figure.unit for figure in found.values()} == {"person"}


def test_a_line_of_nothing_but_a_noun_in_brackets_is_a_unit_line():
    found = read([["(hogares)"], ["Lugar", "2013", "2014"], ["A", "71", "84"], ["B", "9", "16"]], "Ayuda por lugar")
    assert {figure.unit for figure in found.values()} == {"household"}


def test_a_note_may_say_that_only_values_are_in_money():
    rows = [["quantities in pieces; value in MZN"], ["Place", "Lamps", "Value"], ["A", "71", "84"], ["B", "9", "16"]]
    found = read(rows, "Goods sent")
    assert (found["B3"].unit, found["C3"].unit) == ("unknown", "MZN")


def test_the_scale_of_a_title_is_that_of_the_people_it_names():
    found = read(
        [["Zone", "Number of poor"], ["A", "71.5"], ["B", "9.2"]], "Poor people by zone (thousand persons) and rates"
    )
    assert (found["B2"].unit, found["B2"].value) == ("person", 71_500)


def test_clients_are_counted_beside_a_portfolio_in_money():
    rows = [["Branch", "Active clients", "Portfolio"], ["A", "421", "1260"], ["B", "210", "589"]]
    found = read(rows, "Report (amounts in thousands of soms)")
    assert (found["B2"].unit, found["B2"].value, found["C2"].value) == ("other", 421, 1_260_000)


def test_things_beside_a_total_of_money_without_them_are_no_money():
    rows = [
        ["Place", "Lamps", "Tarps", "Cash transfers", "Total value"],
        ["A", "71", "84", "50", "98"],
        ["B", "9", "16", "7", "40"],
    ]
    assert [read(rows, "Relief (MZN)")[f"{column}2"].unit for column in "BCDE"] == ["unknown", "unknown", "MZN", "MZN"]


def test_a_row_of_families_among_shares_is_of_no_families():
    rows = [["", "2013", "2014"], ["Old age", "10.6", "12.2"], ["Family", "2.3", "2.5"]]
    assert read(rows, "Outlays, by function (% of GDP)")["B3"].unit != "household"


def test_a_unit_of_each_in_a_list_is_not_of_headers_of_all():
    rows = [["乡镇", "补助标准", "支出"], ["甲", "71", "84"], ["乙", "9", "16"]]
    found = read(rows, "2014年情况（单位：户、元/人·月、万元）")
    assert (found["B2"].unit != "CNY", found["C2"].unit, found["C2"].value) == (True, "CNY", 840_000)


@pytest.mark.parametrize("unit", ["10000 yuan", "1000 persons"])
def test_the_number_of_a_unit_in_brackets_is_no_count(unit):
    title = f"Funds of Anhui by county and giver, 2012 ({unit})"
    found = read_tables(table([[title], ["county", "central"], ["Lixin", "120"], ["Shou", "95"]]), 1)
    assert [number.reason for number in found.non_figures if number.text[:2] == "10"] == ["label"]
