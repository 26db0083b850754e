"""Captions, units, headers, locales and missing values of tables as offices print them."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.figures.numbers.grouped import readings_of
from pipelines.figures.tables.cells import kind, written
from pipelines.figures.tables.read import read_tables
from pipelines.figures.tables.separators import decimal_sign
from pipelines.figures.units.unitwords import strict_unit
from tests.helpers import table


def read(rows, caption="", spans=None):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption, spans), 1).figures}


@pytest.mark.parametrize(
    ("line", "unit", "scale"),
    [
        ("单位：万元", "CNY", 10_000),
        ("单位：亿元", "CNY", 10**8),
        ("Unit: million Yuan", "CNY", 10**6),
        ("(in thousands of yuan)", "CNY", 1000),
        ("RMB 10,000", "CNY", 10_000),
        ("Unit: 10,000 yuan", "CNY", 10_000),
        ("US$ '000", "USD", 1000),
        ("GBP m", "GBP", 10**6),
        ("KES million", "KES", 10**6),
        ("Rs crore", "unknown", 10**7),
        ("€ million", "EUR", 10**6),
        ("人民币万元", "CNY", 10_000),
    ],
)
def test_unit_lines_of_every_kind_scale_the_amounts(line, unit, scale):
    for rows in (
        [["Funds of Jiangxi", "", ""], [line, "", ""], ["County", "Central", "Provincial"], ["Xingguo", "12", "3"]],
        [["County", f"Central ({line.strip('()')})", f"Provincial ({line.strip('()')})"], ["Xingguo", "12", "3"]],
        [["County", f"Central, {line.strip('()')}", f"Provincial, {line.strip('()')}"], ["Xingguo", "12", "3"]],
        [[f"Funds of Jiangxi, 2011, {line}", "", ""], ["County", "Central", "Provincial"], ["Xingguo", "12", "3"]],
    ):
        [first, _] = read(rows).values()
        assert (first.unit, first.scale, first.value) == (unit, scale, 12 * scale)


@pytest.mark.parametrize(
    ("caption", "header", "unit", "scale"),
    [
        ("Health budget of Kenya 2020", "Cost (KES million)", "KES", 10**6),
        ("Work in India", "Amount (Rs. lakh)", "INR", 10**5),
        ("Work in India", "Spent (₹ crore)", "INR", 10**7),
        ("Schools in the Philippines", "₱ '000", "PHP", 1000),
        ("Mexico 2019", "Gasto (million pesos)", "MXN", 10**6),
        ("Mexico 2019", "Gasto ($)", "MXN", 1),
        ("Kenya 2019", "Grant ($ million)", "USD", 10**6),
        ("Japan", "Cost (¥ million)", "JPY", 10**6),
        ("", "People ('000)", "person", 1000),
        ("Nigeria 2020", "Allocation (N'bn)", "NGN", 10**9),
        ("South Africa", "Grant (R million)", "ZAR", 10**6),
        ("", "Trees (k)", "tree", 1000),
        ("", "Length (m)", "m", 1),
        ("", "Population, thousands", "person", 1000),
        ("", "人口/万人", "person", 10**4),
        ("", "Grant ($ million)", "unknown", 10**6),
        ("", "Funds in pesos", "unknown", 1),
        ("", "金额（万日元）", "JPY", 10**4),
    ],
)
def test_units_and_scales_of_headers_in_the_tables_country(caption, header, unit, scale):
    found = read([["County", header], ["A", "12"], ["B", "13"]], caption)["B2"]
    assert (found.unit, found.value) == (unit, 12 * scale)


def test_a_scale_alone_multiplies_what_the_headers_name():
    rows = [["In thousands", "", ""], ["County", "Persons", "Growth (%)"], ["Xingguo", "12", "3"]]
    found = read(rows)
    assert (found["B3"].unit, found["B3"].value) == ("person", 12_000)
    assert (found["C3"].unit, found["C3"].value) == ("%", 3)


def test_a_place_in_a_caption_is_no_unit():
    rows = [["Poverty funds in Jiangxi", ""], ["County", "Funds (yuan)"], ["A", "1"]]
    assert read(rows)["B3"].locator.section == "Poverty funds in Jiangxi"
    assert strict_unit("Jiangxi") is None


def test_words_that_are_no_unit_name_none():
    assert strict_unit("Rain Plan") is None
    assert strict_unit("2011") is None
    assert strict_unit("of which") is None


def test_units_differ_by_column_by_row_and_by_cell():
    rows = [
        ["Indicator", "Unit", "2010", "2011"],
        ["Funds", "万元", "120", "US$ 7"],
        ["Trained", "人次", "30", "40"],
        ["Roads", "km", "12.5", "13"],
    ]
    found = read(rows)
    assert [found[cell].unit for cell in ("C2", "D2", "C3", "C4")] == ["CNY", "USD", "person-time", "km"]
    assert (found["C2"].value, found["D2"].value) == (1_200_000, 7)
    assert found["C2"].locator.row_path == "Funds"


def test_people_and_villages_are_counted_beside_money():
    rows = [
        ["Unit: 10,000 yuan", "", "", ""],
        ["County", "Funds", "Households", "Villages"],
        ["Xingguo", "5", "6", "7"],
    ]
    assert [(f.unit, f.scale) for f in read(rows).values()] == [("CNY", 10_000), ("household", 1), ("village", 1)]


def test_headers_of_three_rows_and_a_row_that_counts_the_columns():
    rows = [
        ["县名", "投入资金（万元）", "", "", ""],
        ["", "2010年", "", "2011年", ""],
        ["", "中央", "省级", "中央", "省级"],
        ["甲", "1", "2", "3", "4"],
        ["兴国县", "10", "20", "30", "40"],
    ]
    spans = {(0, 0): (3, 1), (0, 1): (1, 4), (1, 1): (1, 2), (1, 3): (1, 2)}
    reading = read_tables(table(rows, spans=spans), 1)
    assert [figure.locator.column_path for figure in reading.figures] == [
        f"投入资金（万元） > {year} > {source}" for year in ("2010年", "2011年") for source in ("中央", "省级")
    ]
    assert [figure.value for figure in reading.figures] == [100_000, 200_000, 300_000, 400_000]
    assert [number.text for number in reading.non_figures if number.locator.cell[1:] == "4"] == ["1", "2", "3", "4"]


def test_a_first_row_that_counts_from_one_is_no_row_of_column_numbers():
    assert [f.value for f in read([["County", "A", "B"], ["x", "1", "2"], ["y", "5", "7"]]).values()] == [1, 2, 5, 7]


def test_codes_of_counties_and_years_in_a_year_column_are_no_figures():
    rows = [["Region code", "County", "Year founded", "Funds (yuan)"], ["360732", "Xingguo", "1998", "5"]]
    reading = read_tables(table(rows), 1)
    assert [figure.text for figure in reading.figures] == ["5"]
    assert {number.text: number.reason for number in reading.non_figures} == {"360732": "list_no", "1998": "year"}


def test_two_tables_of_one_sheet_keep_their_own_captions_headers_and_units():
    rows = [
        ["Funds", "", ""],
        ["Unit: 10,000 yuan", "", ""],
        ["County", "Central", "Provincial"],
        ["Xingguo", "10", "20"],
        [],
        ["Villages and people", "", ""],
        ["County", "Number of villages", "Persons trained (person)"],
        ["Xingguo", "3", "400"],
        ["Note: preliminary", "", ""],
    ]
    found = read(rows)
    assert (found["B4"].unit, found["B4"].locator.section) == ("CNY", "Funds")
    assert (found["B8"].unit, found["B8"].locator.section) == ("village", "Villages and people")
    assert (found["C8"].unit, found["C8"].scale) == ("person", 1)


def test_a_blank_row_inside_a_table_does_not_end_it():
    rows = [["County", "Funds (yuan)", "People (person)"], ["Xingguo", "10", "3"], [], ["Ruijin", "20", "4"]]
    found = read(rows)
    assert found["B4"].locator.column_path == "Funds (yuan)"
    assert found["B4"].unit == "CNY"


def test_a_lone_heading_belongs_to_the_rows_below_it_and_not_to_the_headers():
    rows = [["County", "Funds (yuan)"], ["Ganzhou", ""], ["Xingguo", "10"], ["Ji'an", ""], ["Suichuan", "20"]]
    assert [f.locator.row_path for f in read(rows).values()] == ["Ganzhou > Xingguo", "Ji'an > Suichuan"]


@pytest.mark.parametrize(
    ("text", "decimals", "number", "negative"),
    [
        (".4", "point", "0.4", False),
        ("8.5-", "point", "8.5", True),
        ("△2.2", "point", "2.2", True),
        ("－3.5", "point", "3.5", True),
        ("1.2E+08", "point", "120000000", False),
        ("7.41 crore", "point", "7.41", False),  # the scale behind it is that of the cell's unit
        ("300 people", "point", "300", False),
        ("1.250 €", "comma", "1250", False),
        ("120¹", "point", "120", False),
        ("1,234.5", "point", "1234.5", False),
        ("1.234,56", "comma", "1234.56", False),
        ("1 234,56", "comma", "1234.56", False),
        ("1'234.56", "point", "1234.56", False),
        ("1’234’567", "point", "1234567", False),
        ("12,34,567", "point", "1234567", False),
        ("5，000", "point", "5000", False),
        ("(81,500.5)", "point", "81500.5", True),
        ("1,234-", "point", "1234", True),
        ("-12.5%", "point", "12.5", True),
        ("−7", "point", "7", True),
        ("US$ -3", "point", "3", True),
        ("1,234*", "point", "1234", False),
        ("1,234[1]", "point", "1234", False),
        ("1,234①", "point", "1234", False),
        ("12.5 %", "point", "12.5", False),
    ],
)
def test_numbers_as_they_are_written(text, decimals, number, negative):
    found = written(text, decimals)
    assert found.value * found.scale == (-Decimal(number) if negative else Decimal(number))


@pytest.mark.parametrize(
    "text", ["1,23,45", "1.2.3", "12a", "1,234,56.7", "(5", "5)", "A12", "5 (2)", "2-1", "Phase 2", "12 villages built"]
)
def test_what_is_no_number_is_not_read_as_one(text):
    assert written(text, "point") is None


@pytest.mark.parametrize(
    "text", ["-", "–", "—", "…", "..", "...", "n/a", "N.A.", "[not published]", "未公布", "not available", "暂无"]
)
def test_missing_codes(text):
    assert kind(text) == "missing"
    assert kind("0") == "number"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("100-120", 100, 120), ("1.5～2万", 15_000, 20_000), ("300 to 400", 300, 400), ("三四十", 30, 40)],
)
def test_a_range_in_a_cell_is_one_figure_as_far_as_it_reaches(text, low, high):
    found = read([["County", "Households"], ["A", text], ["B", "7"]])["B2"]
    assert (found.value, found.low, found.high, found.qualifier) == (low, low, high, "about")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        (">500", "more_than"),
        ("≥500", "at_least"),
        ("< 500", "below"),
        ("≤500", "up_to"),
        ("~500", "about"),
        ("约500", "about"),
        ("近500", "nearly"),
        ("500+", "more_than"),
        ("500以上", "more_than"),
        ("500 (approx.)", "about"),
    ],
)
def test_comparators_in_a_cell_qualify_its_number(text, qualifier):
    found = read([["County", "Households"], ["A", text], ["B", "7"]])["B2"]
    assert (found.value, found.qualifier) == (500, qualifier)


@pytest.mark.parametrize(
    "text", ["see note", "pending 2012", "#REF!", "90\n100", "2011-03-05", "1.2.3", "5 (2)", "12 of 30"]
)
def test_every_other_cell_among_numbers_is_named(text):
    rows = [["County", "Funds (yuan)"], ["A", "5"], ["B", text], ["C", "7"]]
    reading = read_tables(table(rows), 1)
    assert [figure.value for figure in reading.figures] == [5, 7]
    assert [figure.locator.row_path for figure in reading.figures] == ["A", "C"]
    [unread] = [number for number in reading.non_figures if number.reason == "unread"]
    assert (unread.locator.cell, unread.text) == ("B3", text)
    assert unread.why


def test_three_digits_behind_a_point_are_doubtful_among_groups_with_commas():
    rows = [["Project", "Grant (€)"], ["A", "27,312,500"], ["B", "€ 49.063"], ["C", "4,340.00"]]
    reading = read_tables(table(rows), 1)
    assert [figure.value for figure in reading.figures] == [27_312_500, 4340]
    assert [number.text for number in reading.non_figures if number.reason == "unread"] == ["€ 49.063"]


def test_years_below_a_header_with_a_unit_are_amounts():
    rows = [["Item", "Amount (10,000 yuan)"], ["Central funds", "2000"], ["Provincial funds", "1950"]]
    assert [figure.value for figure in read(rows).values()] == [20_000_000, 19_500_000]


def test_missing_is_not_zero():
    rows = [["County", "Funds (yuan)"], ["A", "0"], ["B", "–"], ["C", "[not published]"], ["D", ""], ["E", "5"]]
    assert [figure.value for figure in read(rows).values()] == [0, 5]


def test_a_letter_is_a_mark_only_where_a_note_explains_it():
    rows = [["County", "Funds (yuan)"], ["Xingguo", "1,234a"], ["Ruijin", "50"]]
    assert [figure.text for figure in read(rows).values()] == ["50"]
    assert [figure.value for figure in read([*rows, ["a) preliminary", ""]]).values()] == [1234, 50]


def test_the_digit_of_a_mark_is_a_number_of_its_own():
    reading = read_tables(table([["County", "Funds (yuan)"], ["Xingguo", "1,234[1]"], ["[1] preliminary", ""]]), 1)
    assert [figure.value for figure in reading.figures] == [1234]
    assert [number.text for number in reading.non_figures] == ["1", "1"]


def test_the_decimal_sign_is_that_of_the_column_and_not_of_the_cell():
    rows = [["Kreis", "Mittel (yuan)", "Anteil (%)"], ["A", "1.234", "5,5"], ["B", "2.500,75", "6,1"]]
    found = read(rows)
    assert [found[cell].value for cell in ("B2", "B3", "C2")] == [1234, Decimal("2500.75"), Decimal("5.5")]


def test_a_column_that_leaves_it_open_follows_the_table():
    rows = [["Kreis", "Mittel (yuan)", "Anteil (%)"], ["A", "1.234", "5,5"], ["B", "2.500", "6,1"]]
    assert [read(rows)[cell].value for cell in ("B2", "B3")] == [1234, 2500]
    assert [read([line[:2] for line in rows])[cell].value for cell in ("B2", "B3")] == [
        Decimal("1.234"),
        Decimal("2.5"),
    ]


LOCALES = {"point": [",", "'", " ", ""], "comma": [".", "'", " ", ""]}


@st.composite
def columns(draw):
    decimals = draw(st.sampled_from(["point", "comma"]))
    thousands = draw(st.sampled_from(LOCALES[decimals]))
    values = draw(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=12))
    return decimals, thousands, values


@settings(max_examples=150, deadline=None)
@given(columns())
def test_a_column_in_any_locale_is_read_with_its_values(column):
    decimals, thousands, values = column
    swapped = {",": thousands, ".": "." if decimals == "point" else ","}
    texts = [f"{value:,.2f}".translate(str.maketrans(swapped)) for value in values]
    assert decimal_sign(Counter(texts)) in (decimals, None)
    rows = [
        ["County", "Funds (yuan)"],
        *([f"County {letter}", text] for letter, text in zip("ABCDEFGHIJKL", texts, strict=False)),
    ]
    assert [figure.value for figure in read(rows).values()] == values


@given(st.integers(0, 10**12))
def test_every_reading_of_plain_digits_is_the_number(number):
    assert set(readings_of(str(number)).values()) == {str(number)}


@pytest.mark.parametrize(
    ("header", "caption", "unit"),
    [
        ("Per capita net income (yuan)", "", "CNY/person"),
        ("农民人均纯收入（元）", "", "CNY/person"),
        ("户均补助（万元）", "", "CNY/household"),
        ("2011 (yuan)", "Net income per head in key counties", "CNY/person"),
        ("2011年", "农民人均纯收入（元）", "CNY/person"),
        # all incomes together, and amounts that stand beside incomes
        ("Labour income (10,000 yuan)", "", "CNY"),
        ("Funds (yuan)", "Funds and income per head", "CNY"),
    ],
)
def test_amounts_per_head_are_no_amounts(header, caption, unit):
    found = read([["County", header], ["Xingguo", "3500"]], caption)["B2"]
    assert found.unit == unit
    assert found.role == ("level" if unit == "CNY" else "per_unit")


def test_so_are_rows_of_incomes_below_a_unit_line():
    rows = [["Unit: yuan"], ["", "2010", "2011"], ["Net income per capita", "3500", "3600"], ["Subsidies", "50", "60"]]
    assert [figure.unit for figure in read(rows).values()] == ["CNY/person", "CNY/person", "CNY", "CNY"]


def test_what_is_of_which_has_the_unit_of_its_whole():
    columns = [
        ["县名", "扶贫资金（万元）", "其中：中央", "其中：省级", "户数（户）"],
        ["兴国县", "30", "20", "10", "5"],
    ]
    assert [figure.value for figure in read(columns).values()] == [300_000, 200_000, 100_000, 5]
    rows = [
        ["Item", "Amount"],
        ["Funds (million yuan)", "5"],
        ["of which: central", "3"],
        ["of which: provincial", "1"],
    ]
    assert [figure.value for figure in read(rows).values()] == [5_000_000, 3_000_000, 1_000_000]


@pytest.mark.parametrize(
    ("label", "word", "unit"),
    [
        ("贫困村", "个", "village"),
        ("水窖", "口", "facility"),
        ("农民专业合作社", "家", "organisation"),
        ("Poor villages", "No.", "village"),
        ("Biogas tanks", "units", "facility"),
        ("Tents", "pcs", "other"),
        ("Members", "persons", "person"),
        ("公路", "公里", "km"),
    ],
)
def test_a_unit_column_of_measure_words_leaves_the_noun_to_the_row(label, word, unit):
    header = ["指标", "单位", "数值"] if "一" <= label[0] <= "龥" else ["Indicator", "Unit", "Value"]
    found = read([header, [label, word, "12"], ["Loans", "yuan", "3000"]])
    assert (found["C2"].unit, found["C3"].unit) == (unit, "CNY")


def test_a_header_that_says_what_was_done_counts_its_noun_below_a_unit_line_of_money():
    rows = [["Unit: 10,000 yuan"], ["District", "Houses built", "Schools", "Cost"], ["A", "12", "5", "84.0"]]
    assert [(figure.unit, figure.value) for figure in read(rows).values()] == [
        ("facility", 12),
        ("CNY", 50_000),
        ("CNY", 840_000),
    ]


def test_a_number_that_no_separators_part_says_so():
    reading = read_tables(table([["County", "Funds (yuan)"], ["A", "5"], ["B", "6.7.8"], ["C", "9"]]), 1)
    [unread] = [number for number in reading.non_figures if number.reason == "unread"]
    assert unread.why == "separators that part it in no known way"


def test_long_numbers_of_one_length_without_signs_of_thousands_are_codes_beside_grouped_ones():
    rows = [
        ["Post", "Number", "Sick"],
        ["A", "430017", "2,150"],
        ["B", "430052", "1,480"],
        ["C", "431090", "3,006"],
    ]
    reading = read_tables(table(rows), 1)
    assert [figure.text for figure in reading.figures] == ["2,150", "1,480", "3,006"]
    assert {number.reason for number in reading.non_figures} == {"list_no"}
