"""What public offices print in tables beside amounts and totals: means, prices, marks, halves, codes of levels."""

from decimal import Decimal

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import checked, table


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


def added(rows, caption=""):
    """The sum of each column over what may be summed."""
    found: dict[str, Decimal] = {}
    for cell, figure in read(rows, caption).items():
        if figure.additive:
            found[cell[0]] = found.get(cell[0], Decimal(0)) + figure.value
    return found


def failing(rows, caption=""):
    return [check.message for check in checked(table(rows, caption)).checks if check.verdict == "fails"]


@pytest.mark.parametrize("word", ["Average", "Maximum", "Median", "平均", "最大值", "Promedio", "Massimo"])
def test_rows_of_means_and_extremes_are_not_added(word):
    rows = [["District", "Budget (GBP)"], ["Amber", "84,000"], ["Birch", "132,000"], [word, "108,000"]]
    assert added(rows) == {"B": 216_000}


@pytest.mark.parametrize(
    "header", ["Std. error", "95% CI lower", "Index (2010 = 100)", "Average grant (GBP)", "平均补助（元）"]
)
def test_columns_of_means_errors_and_indices_are_not_added(header):
    rows = [["District", header], ["Amber", "1.1"], ["Birch", "1.4"], ["Total", "0.8"]]
    assert added(rows) == {}
    assert failing(rows) == []


@pytest.mark.parametrize(
    "header", ["Cost per house (US$)", "Unit cost (US$)", "Daily wage (US$)", "Costo por vivienda (US$)", "单价（元）"]
)
def test_what_one_thing_costs_is_no_amount_of_all(header):
    found = read([["Village", "Houses", header], ["A", "64", "8,750"]])
    assert found["C2"].role == "per_unit"


def test_a_column_whose_total_lies_among_its_parts_is_one_of_means():
    rows = [
        ["Provincia", "Escuelas", "Alumnos", "Por escuela"],
        ["Azul", "42", "6300", "150"],
        ["Colón", "35", "4550", "130"],
        ["Llanos", "18", "2160", "120"],
        ["Total", "95", "13010", "137"],
    ]
    assert added(rows) == {"B": 95, "C": 13_010}
    assert failing(rows) == []


@pytest.mark.parametrize("rest", ["Undisbursed (GBP)", "Balance (GBP)", "未归还（英镑）", "Saldo (GBP)"])
def test_what_is_left_is_counted_in_no_sum(rest):
    rows = [["Part", "Due (GBP)", "Paid (GBP)", rest], ["Seeds", "640", "512", "128"], ["Tools", "275", "98", "177"]]
    assert added(rows) == {"B": 915, "C": 610}


def test_names_that_begin_like_totals_are_recipients():
    rows = [
        ["Recipient", "Grant (GBP)"],
        ["All Saints Parish", "4,200"],
        ["Total Land Care", "18,500"],
        ["Sum of Us Housing", "7,300"],
        ["Total of recipients", "30,000"],
    ]
    assert added(rows) == {"B": 30_000}
    assert failing(rows) == []


@pytest.mark.parametrize(
    "codes", [("213", "21305", "2130504", "2130505", "21307"), ("6000", "6100", "6111", "6113", "6200")]
)
def test_codes_tell_which_rows_hold_others(codes):
    amounts = ("9120", "5130", "3040", "2090", "3990")
    names = ("Farming", "Poverty relief", "Roads", "Orchards", "Reform")
    rows = [["Code", "Line", "Spent (yuan)"], *map(list, zip(codes, names, amounts, strict=True))]
    assert added(rows) == {"C": 9_120}


def test_a_list_in_two_halves_is_read_as_two_and_its_total_is_of_both():
    rows = [
        ["Ward", "Relief (EUR)", "", "Ward", "Relief (EUR)"],
        ["Airfield", "6150", "", "Market", "4200"],
        ["Bridge", "4950", "", "Quarry", "7800"],
        ["Harbour", "2850", "", "Total", "25950"],
    ]
    assert sum(added(rows).values()) == 25_950
    assert failing(rows) == []
    assert read(rows)["E2"].locator.row_path == "Market"


def test_headers_in_the_middle_begin_the_columns_anew():
    rows = [["Item", "Q1", "Q2"], ["Rice (t)", "12.5", "14"], ["Item", "Q3", "Q4"], ["Rice (t)", "13.2", "15.1"]]
    assert [figure.locator.column_path for figure in read(rows).values()] == ["Q1", "Q2", "Q3", "Q4"]


@pytest.mark.parametrize("mark", ["〃", "同上", '"', "ditto"])
def test_a_mark_repeats_the_words_above_it(mark):
    rows = [["项目", "村", "数量", "单位"], ["新建水窖", "上坪村", "36", "口"], [mark, "下坪村", "24", mark]]
    found = read(rows)["C3"]
    assert (found.unit, found.locator.row_path) == ("facility", "新建水窖 > 下坪村")


@pytest.mark.parametrize("cell", ["1,204 r", "1,204p", "1,204 (e)", "1,204 †"])
def test_flags_of_statistics_are_no_part_of_a_number(cell):
    assert read([["Canton", "2019"], ["Uri", cell], ["Zug", "980"]])["B2"].value == 1204


def test_rows_of_per_cent_below_amounts_are_no_amounts():
    rows = [
        ["Use", "2012 (万元)"],
        ["Roads", "3600"],
        ["Wells", "2880"],
        ["Total", "6480"],
        ["Share of roads (%)", "55.6"],
    ]
    assert (read(rows)["B5"].unit, read(rows)["B5"].value) == ("%", Decimal("55.6"))


@pytest.mark.parametrize(
    ("header", "unit", "scale"),
    [
        ("Выплачено (тыс. руб.)", "RUB", 1000),
        ("事業費（百万円）", "JPY", 1_000_000),
        ("Kinh phí (triệu đồng)", "VND", 1_000_000),
        ("Monto (miles de pesos)", "unknown", 1000),
        ("津贴（千元新台币）", "TWD", 1000),
        ("Outlay (Rs. in lakhs)", "unknown", 100_000),
        ("Budget (USD, thousands)", "USD", 1000),
        ("Miles de personas", "unknown", 1000),
        ("Population (10 000 persons)", "person", 10_000),
    ],
)
def test_scales_of_other_languages_and_behind_the_money(header, unit, scale):
    found = read([["Region", header], ["A", "12.5"], ["B", "7.5"]])["B2"]
    assert (found.unit if found.unit != "XXX" else "unknown", found.value) == (unit, Decimal("12.5") * scale)


def test_decimals_count_no_people():
    rows = [["Deprivation", "Poor (n = 655)"], ["No water", "68.9"], ["Earth floor", "61.5"]]
    assert read(rows)["B2"].unit == "unknown"


@pytest.mark.parametrize("cell", ["12B", "34.5 (1,204)"])
def test_what_may_be_two_things_is_not_read(cell):
    rows = [["Group", "Pumps", "Wells"], ["Widows", cell, "5"], ["Fishers", "20", "6"]]
    reading = read_tables(table(rows), 1)
    assert [figure.text for figure in reading.figures] == ["5", "20", "6"]
    assert cell in {number.text for number in reading.non_figures if number.reason == "unread"}


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["412", "365", "530", "1.307"], 1307),  # above a thousand whole numbers have groups
        (["0.300", "0.369", "0.100", "0.256"], Decimal("0.256")),  # no group begins with a zero
    ],
)
def test_a_point_before_three_digits(cells, value):
    rows = [["District", "Households"], *([f"D{number}", cell] for number, cell in enumerate(cells))]
    assert read(rows)["B5"].value == value


def test_a_project_in_the_whole_county_is_no_total():
    rows = [
        ["项目", "实施地点", "资金（万元）"],
        ["茶园改造", "面冲村", "48"],
        ["小额信贷", "全县", "150"],
        ["雨露计划", "全县", "84"],
        ["合计", "", "282"],
    ]
    assert added(rows) == {"C": 2_820_000}


def test_a_total_among_the_codes_is_the_total():
    rows = [
        ["科目编码", "科目名称", "支出（万元）"],
        ["合计", "", "210.5"],
        ["201", "公共服务", "186.4"],
        ["208", "社会保障", "24.1"],
    ]
    assert added(rows) == {"C": 2_105_000}


@pytest.mark.parametrize(
    "classes",
    [
        ["0–15 days", "16–60 days", "Over 60 days"],
        ["1 person", "2 persons", "3 persons", "4 and more persons"],
        ["Under 2 ha", "2–10 ha", "10 ha and over"],
        ["0—6岁", "7—17岁", "18岁及以上"],
    ],
)
def test_classes_of_a_scale_are_labels_of_columns_and_rows(classes):
    across = read(
        [["Place", *classes, "Total"], ["Ford", *["12"] * len(classes), "48"], ["Mill", *["9"] * len(classes), "36"]]
    )
    assert {figure.locator.cell[1] for figure in across.values()} == {"2", "3"}
    assert {figure.unit for figure in across.values()} <= {"unknown", "other", ""}
    down = read([["Class", "Debts (EUR)"], *([words, "71"] for words in classes), ["Total", str(71 * len(classes))]])
    assert {figure.unit for figure in down.values()} == {"EUR"}


def test_counts_that_only_look_like_classes_stay_figures():
    rows = [["Place", "Pupils"], ["Ford", "120–130"], ["Mill", "40"], ["Hill", "55–60"]]
    assert len(read(rows)) == 3


def test_months_that_begin_with_the_first_of_the_year_are_cumulative():
    rows = [["Period", "Paid (EUR)"], ["Jan", "210"], ["Jan–Feb", "395"], ["Jan–Mar", "748"]]
    assert added(rows) == {"B": 748}


def test_a_money_line_speaks_of_columns_headed_by_people():
    rows = [
        ["单位：元"],
        ["指标", "城镇居民", "农村居民"],
        ["人均可支配收入", "22300", "9100"],
        ["　工资性收入", "13300", "4100"],
    ]
    assert {figure.unit for figure in read(rows, "2016年居民人均可支配收入").values()} == {"CNY/person"}


def test_items_below_an_amount_per_head_are_per_head():
    rows = [["指标", "水平（元）"], ["人均可支配收入", "9100"], ["一、工资性收入", "5100"], ["二、经营净收入", "4000"]]
    assert {figure.role for figure in read(rows).values()} == {"per_unit"}


def test_a_unit_of_ten_thousands_is_no_class_and_heads_of_age_groups_count_people():
    found = read([["Place", "Paid (10万元)", "65岁及以上人口"], ["Ford", "7", "120"], ["Mill", "9", "95"]])
    assert (found["B2"].unit, found["B2"].value) == ("CNY", 700_000)
    assert found["C2"].unit == "person"
