"""Totals, subtotals, of-which lines, revisions and cumulative values: what may be summed, and what is part of what."""

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.checking.verdict import FAILING
from pipelines.figures.tables.lines import axis_of
from pipelines.figures.tables.read import read_tables
from tests.helpers import checked, table, whole


def read(rows, caption="", spans=None):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption, spans), 1).figures}


def summed(rows, caption="", spans=None):
    """What the additive leaves of a table add up to, by unit and period."""
    _, facts = whole(table(rows, caption, spans))
    sums = defaultdict(Decimal)
    for fact in facts.funds:
        if fact.is_additive_leaf:
            sums[fact.currency, fact.period] += fact.amount
    for fact in facts.results:
        if fact.is_additive_leaf:
            sums[fact.unit, fact.period] += fact.value
    return dict(sums)


def parents(found):
    """Address of each part → address of its whole."""
    ids = {figure.figure_id: cell for cell, figure in found.items()}
    return {cell: ids[figure.parent] for cell, figure in found.items() if figure.parent is not None}


def test_a_sheet_with_subtotals_and_a_total_sums_to_its_details_once():
    rows = [
        ["Unit: yuan", "", "", ""],
        ["County", "Total", "Central", "Provincial"],
        ["Xingguo", "30", "20", "10"],
        ["Ruijin", "60", "45", "15"],
        ["Subtotal Ganzhou", "90", "65", "25"],
        ["Suichuan", "7", "5", "2"],
        ["Wan'an", "9", "6", "3"],
        ["Subtotal Ji'an", "16", "11", "5"],
        ["Total", "106", "76", "30"],
    ]
    assert summed(rows, "2010") == {("CNY", "Y2010"): 106}
    links = parents(read(rows))
    assert (links["B3"], links["B4"], links["B6"], links["B5"], links["B8"]) == ("B5", "B5", "B8", "B9", "B9")
    assert links["C3"] == "B3"


def test_a_cross_tab_of_two_header_levels_is_linked_within_its_years():
    rows = [
        ["Unit: yuan", "", "", "", "", "", ""],
        ["County", "2010", "", "", "2011", "", ""],
        ["", "Total", "Central", "Provincial", "Total", "Central", "Provincial"],
        ["Xingguo", "30", "20", "10", "33", "22", "11"],
        ["Ruijin", "60", "45", "15", "66", "50", "16"],
        ["Total", "90", "65", "25", "99", "72", "27"],
    ]
    spans = {(1, 0): (2, 1), (1, 1): (1, 3), (1, 4): (1, 3)}
    links = parents(read(rows, spans=spans))
    assert (links["C4"], links["F4"], links["B4"], links["E4"]) == ("B4", "E4", "B6", "E6")
    assert summed(rows, spans=spans) == {("CNY", "Y2010"): 90, ("CNY", "Y2011"): 99}


def test_a_total_over_groups_of_columns_takes_the_groups_totals():
    paths = [
        ("合计",),
        ("中央", "小计"),
        ("中央", "以工代赈"),
        ("中央", "少数民族"),
        ("省级", "小计"),
        ("省级", "配套"),
    ]
    lines = {line.whole: line.parts for line in axis_of(list(enumerate(paths))).lines}
    assert lines == {0: (1, 4), 1: (2, 3), 4: (5,)}


def test_a_total_over_regions_of_each_source():
    paths = [("兴国", "中央"), ("兴国", "省级"), ("瑞金", "中央"), ("瑞金", "省级"), ("合计", "中央"), ("合计", "省级")]
    lines = {line.whole: line.parts for line in axis_of(list(enumerate(paths))).lines}
    assert lines == {4: (0, 2), 5: (1, 3)}


def test_a_total_below_sections_is_that_of_the_table():
    rows = [
        ["County", "Funds (yuan)", "People (person)"],
        ["Ganzhou", "", ""],
        ["Xingguo", "10", "1"],
        ["Ruijin", "20", "2"],
        ["Ji'an", "", ""],
        ["Suichuan", "5", "3"],
        ["Wan'an", "6", "4"],
        ["Total", "41", "10"],
    ]
    links = parents(read(rows))
    assert {cell for cell, parent in links.items() if parent == "B8"} == {"B3", "B4", "B6", "B7"}
    assert summed(rows) == {("CNY", "unknown"): 41, ("person", "unknown"): 10}


def test_totals_without_a_word_are_found_by_their_sums():
    rows = [["County", "Funds (yuan)", "People (person)"], ["A", "10", "1"], ["B", "20", "2"], ["Jiangxi", "30", "3"]]
    assert summed(rows) == {("CNY", "unknown"): 30, ("person", "unknown"): 3}
    assert parents(read(rows)) == {"B2": "B4", "B3": "B4", "C2": "C4", "C3": "C4"}
    one_off = [*rows[:3], ["Jiangxi", "30", "4"]]
    assert summed(one_off) == {("CNY", "unknown"): 60, ("person", "unknown"): 7}


def test_two_equal_numbers_in_one_column_make_no_total():
    rows = [["County", "Funds (yuan)"], ["A", "10"], ["B", "20"], ["C", "30"]]
    assert summed(rows) == {("CNY", "unknown"): 60}


def test_a_series_of_years_is_no_sum():
    rows = [["Year", "Funds (yuan)", "People (person)"], ["2009", "1", "2"], ["2010", "2", "3"], ["2011", "3", "5"]]
    assert summed(rows)["CNY", "Y2011"] == 3


def test_an_of_which_row_is_not_counted_beside_its_row():
    rows = [["Item", "Funds (yuan)"], ["Relocation", "181"], ["of which: housing", "90"], ["Training", "21"]]
    assert summed(rows) == {("CNY", "unknown"): 202}


def test_of_which_can_open_the_list_of_all_parts():
    rows = [["项目", "金额（元）"], ["合计", "60"], ["其中：中央", "40"], ["省级", "20"]]
    assert summed(rows) == {("CNY", "unknown"): 60}
    assert parents(read(rows)) == {"B3": "B2", "B4": "B2"}


def test_a_total_with_one_of_which_line_stands_for_itself():
    rows = [["项目", "金额（元）"], ["合计", "100"], ["其中：中央", "40"]]
    assert summed(rows) == {("CNY", "unknown"): 100}


def test_a_total_whose_breakdown_is_not_published_is_all_there_is():
    rows = [["County", "Total (yuan)", "Central (yuan)"], ["A", "10", "…"], ["B", "7", "…"]]
    assert summed(rows) == {("CNY", "unknown"): 17}


def test_amounts_in_two_currencies_are_never_parts_of_one_total():
    rows = [
        ["County", "Total (yuan)", "Fiscal (yuan)", "Loans (yuan)", "Aid (US$)"],
        ["A", "100", "60", "40", "9"],
        ["B", "50", "20", "30", "8"],
        ["Total", "150", "80", "70", "17"],
    ]
    found = read(rows)
    assert "E2" not in [cell for cell, parent in parents(found).items() if parent == "B2"]
    assert not found["C2"].exhaustive
    assert summed(rows) == {("CNY", "unknown"): 150, ("USD", "unknown"): 17}


@pytest.mark.parametrize(
    ("header", "lines", "money"),
    [
        # a count between the parts of a sum of money is none of them
        (["Total (yuan)", "Central (yuan)", "Households", "Provincial (yuan)"], ["100 60 7 40", "50 20 9 30"], 150),
        (
            ["Total (yuan)", "Central (10,000 yuan)", "Provincial (yuan)"],
            ["1000000 60 400000", "500000 20 300000"],
            1500000,
        ),
        # each column is rounded by itself
        (["合计（万元）", "中央（万元）", "省级（万元）"], ["461 120 340", "300 121 180", "503 302 200"], 12630000),
    ],
)
def test_a_total_is_held_against_what_is_of_its_unit_in_the_base_of_it(header, lines, money):
    rows = [["Village", *header], *([f"V{n}", *line.split()] for n, line in enumerate(lines))]
    found = read(rows)
    assert {cell for cell, parent in parents(found).items() if parent == "B2"} >= {"C2"}
    assert summed(rows)["CNY", "unknown"] == money


def test_cumulative_columns_have_their_period_and_are_not_added_to_yearly_ones():
    rows = [["Unit: yuan", "", ""], ["County", "2011", "Cumulative 2006-2011"], ["A", "10", "45"], ["B", "20", "95"]]
    assert summed(rows) == {("CNY", "Y2011"): 30}
    _, facts = whole(table(rows))
    assert {fact.period for fact in facts.funds} == {"Y2011", "Y2006_2011"}


def test_cumulative_values_without_a_start_are_dated_by_their_end():
    _, facts = whole(table([["县名", "2011年", "截至2011年累计"], ["兴国县", "10", "45"]], "单位：万元"))
    assert [fact.period for fact in facts.funds] == ["Y2011", "ASOF_20111231"]


def test_a_table_of_nothing_but_cumulative_values_can_be_summed():
    rows = [["County", "Cumulative funds (yuan)"], ["A", "10"], ["B", "20"]]
    assert sum(summed(rows, "2006-2010").values()) == 30


@pytest.mark.parametrize("mark", ["(revised)", "（调整后）", "[restated]"])
def test_a_revised_row_takes_the_place_of_the_earlier_one(mark):
    rows = [["County", "Funds (yuan)"], ["A", "10"], ["B", "20"], [f"A {mark}", "12"], ["Total", "32"]]
    found = read(rows)
    assert summed(rows) == {("CNY", "unknown"): 32}
    assert dict(found["B2"].decided_by)["superseded"] == "by B4"
    assert parents(found) == {"B3": "B5", "B4": "B5"}


def test_a_revised_column_counts_where_it_has_a_value():
    rows = [["Unit: yuan", "", ""], ["County", "2010", "2010 (revised)"], ["A", "10", "12"], ["B", "20", "-"]]
    assert summed(rows) == {("CNY", "Y2010"): 32}


def test_a_row_that_returns_without_a_mark_is_no_revision():
    rows = [["County", "Funds (yuan)"], ["A", "10"], ["A", "12"]]
    assert summed(rows) == {("CNY", "unknown"): 22}


YEAR_LIKE = [
    ["Unit: yuan", "", ""],
    ["County", "Central", "Provincial"],
    ["County A", "1800", "1800"],
    ["County B", "1", "1"],
    ["County C", "1", "1"],
    ["Total", "1802", "1802"],
]
TOTALS = ["Total", "合计", "Grand total", "总计", "Jiangxi"]


@st.composite
def tables(draw):
    """Details of counties by two sources, in any order of totals, with and without words for them."""
    cells = draw(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=3, max_size=9))
    word, wide = draw(st.sampled_from(TOTALS)), draw(st.booleans())
    header = ["County", *(["Total"] if wide else []), "Central", "Provincial"]
    lines = [[f"County {'ABCDEFGHI'[n]}", *([a + b] if wide else []), a, b] for n, (a, b) in enumerate(cells)]
    sums = [sum(line[column] for line in lines) for column in range(1, len(header))]
    printed = [[line[0], *map(str, line[1:])] for line in [*lines, [word, *sums]]]
    cut = draw(st.integers(2, len(cells)))
    if draw(st.booleans()) and cut < len(cells):
        part = [str(sum(line[column] for line in lines[:cut])) for column in range(1, len(header))]
        printed.insert(cut, ["Subtotal", *part])
    top = [["Unit: yuan", *[""] * (len(header) - 1)], header]
    return [*top, *printed], sum(a + b for a, b in cells)


@example((YEAR_LIKE, 3604))
@settings(max_examples=120, deadline=None)
@given(tables())
def test_totals_never_count_twice(drawn):
    rows, expected = drawn
    assert summed(rows) == {("CNY", "unknown"): expected}


LISTED = [
    ["County", "Village", "Program", "Source", "Funds (10,000 yuan)"],
    ["Xingguo County", "Shangfan", "Relocation", "Central", "10"],
    ["Xingguo County", "Shangfan", "Relocation", "Provincial", "1"],
    ["Xingguo County", "Xiakeng", "Training", "Central", "20"],
    ["Xingguo County", "Xiakeng", "Training", "Provincial", "2"],
]


@pytest.mark.parametrize("filled", ["Total", ""])
def test_a_total_over_several_labels_is_over_all_that_share_the_others(filled):
    totals = [
        ["Xingguo County", "Total", filled, "Central", "30"],
        ["Xingguo County", "Total", filled, "Provincial", "3"],
        ["Xingguo County", "Total", filled, "Total", "33"],
    ]
    found = read([*LISTED, *totals])
    assert parents(found) == {"E2": "E6", "E3": "E7", "E4": "E6", "E5": "E7", "E6": "E8", "E7": "E8"}
    assert all(figure.exhaustive for cell, figure in found.items() if cell != "E8")
    assert summed([*LISTED, *totals], "Jiangxi, 2011") == {("CNY", "Y2011"): 330_000}


def test_where_two_totals_share_as_much_neither_is_chosen():
    totals = [
        ["Xingguo County", "Total", "Total", "Central", "30"],
        ["Xingguo County", "Total", "Training", "Total", "22"],
    ]
    assert parents(read([*LISTED, *totals])).get("E4") is None


@pytest.mark.parametrize(
    "codes",
    [
        [("205", "", ""), ("205", "02", ""), ("205", "02", "01"), ("205", "02", "10")],
        [("205", "", ""), ("", "02", ""), ("", "", "01"), ("", "", "10")],  # what stands above is not said again
        [("205", "", ""), ("205", "2", ""), ("205", "2", "1"), ("205", "2", "10")],  # a workbook has lost the zeros
    ],
)
def test_columns_below_one_header_of_codes_are_the_parts_of_a_code(codes):
    names, paid = ["Education", "Schools", "Nurseries", "Boarding"], ["90", "90", "35", "55"]
    head = [["科目编码", "科目编码", "科目编码", "科目名称", "决算数（万元）"], ["类", "款", "项", "", ""]]
    rows = [*head, *([*code, name, amount] for code, name, amount in zip(codes, names, paid, strict=True))]
    assert {cell[0] for cell in read(rows)} == {"E"}
    assert sum(summed(rows).values()) == 900_000


def test_a_code_that_ends_with_zero_is_above_its_own_items_only():
    head = ["科目编码", "科目名称", "预算数（万元）"]
    health = [["210", "Health", "30"], ["21001", "Offices", "10"], ["21004", "Wards", "20"]]
    farming = [["213", "Farming", "50"], ["21301", "Seeds", "15"], ["21305", "Relief", "35"]]
    assert sum(summed([head, *health, *farming]).values()) == 800_000


@pytest.mark.parametrize("error", ["Margin of error", "MOE", "抽样误差"])
def test_errors_of_estimates_add_up_to_nothing(error):
    rows = [["Area", "Households", f"Households, {error}"], ["Birch", "412", "31"], ["Cedar", "388", "29"]]
    assert sum(summed(rows).values()) == 800


def test_a_list_numbered_on_two_levels_adds_up_by_its_heads():
    rows = [
        ["序号", "工程", "投资（万元）"],
        *(["一、", "水利", "90"], ["1", "东渠", "60"], ["2", "西渠", "30"]),
        *(["二、", "电力", "45"], ["1", "南线", "45"]),
        ["", "合计", "135"],
    ]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}
    assert [cell for cell, figure in found.items() if figure.additive] == ["C3", "C4", "C6"]
    assert found["C6"].parent == found["C5"].figure_id
    assert found["C5"].parent == found["C7"].figure_id


def test_a_total_of_one_noun_is_none_of_rows_that_are_called_otherwise():
    rows = [["Indicator", "2004"], ["Herds, total", "700"], ["Herds, goats", "400"], ["Herds, camels", "300"]]
    rows += [["Aid received", "9000"], ["Wells, total", "12"]]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}
    assert [cell for cell, figure in found.items() if figure.additive] == ["B3", "B4", "B5", "B6"]
    assert (found["B3"].parent, found["B5"].parent) == (found["B2"].figure_id, None)


@pytest.mark.parametrize("closing", [["Outlay for the whole vote", "95", "90"], None])
def test_a_whole_of_one_part_is_counted_once(closing):
    rows = [["Head 1", "70", "60"], ["Head 1.1", "40", "25"], ["Head 1.2", "30", "35"]]
    rows += [["Head 2", "25", "30"], ["Head 2.1", "25", "30"], *([closing] if closing else [])]
    found = read([["Head", "2015 (CHF)", "2016 (CHF)"], *rows])
    assert sorted(cell for cell, figure in found.items() if figure.additive and cell[0] == "B") == ["B3", "B4", "B6"]


def test_two_equal_rows_are_no_whole_and_its_part():
    found = read([["Place", "2015 (CHF)", "2016 (CHF)"], ["A", "25", "30"], ["B", "25", "30"], ["C", "12", "9"]])
    assert all(figure.additive for figure in found.values())


def test_what_is_left_between_two_totals_is_part_of_neither():
    rows = [["RECEIPTS", ""], ["Grants", "412"], ["Fees", "55"], ["TOTAL RECEIPTS", "467"], ["PAYMENTS", ""]]
    rows += [["Wages", "301"], ["Fuel", "99"], ["TOTAL PAYMENTS", "400"], ["SURPLUS/(DEFICIT)", "67"]]
    source = [["", "2015 (CHF)"], *rows]
    found = read(source)
    assert [cell for cell, figure in found.items() if figure.additive] == ["B3", "B4", "B7", "B8"]
    assert not [
        check for check in checked(table(source)).checks if check.rule == "control_total" and check.verdict == "fails"
    ]


def test_a_rest_that_no_totals_make_is_a_row_like_others():
    rows = [["Grants", "412"], ["Fees", "55"], ["Total income", "467"], ["Wages", "301"], ["Rest", "99"]]
    found = read([["", "2015 (CHF)"], *rows, ["Total outlay", "400"]])
    assert found["B6"].additive


def test_shares_of_a_total_are_none_beside_it():
    rows = [
        ["Land", "Quick", "Slow", "Total", "% of total"],
        ["A", "24", "-", "24", "27"],
        ["B", "50", "15", "65", "73"],
    ]
    found = read([*rows, ["Total", "74", "15", "89", "100"]], "Grants (US$)")
    assert [cell for cell, figure in found.items() if figure.additive and figure.unit == "USD"] == ["B2", "B3", "C3"]


@pytest.mark.parametrize("headings", [[], [["Sex", ""], ["Home", ""]]])
def test_rows_that_make_up_a_total_twice_count_once(headings):
    by_sex, by_home = [["Men", "310"], ["Women", "406"]], [["Coast", "16"], ["Hills", "500"], ["Plain", "200"]]
    body = [*headings[:1], *by_sex, *headings[1:], *by_home, ["Total", "716"]]
    found = read([["Who", "Persons"], *body])
    assert {figure.value for figure in found.values() if figure.additive} == {16, 500, 200}
    assert not [check for check in checked(table([["Who", "Persons"], *body])).checks if check.verdict in FAILING]


def test_a_row_that_differs_from_its_total_keeps_all_rows_in_one_sum():
    body = [["Men", "310"], ["Women", "406"], ["Coast", "16"], ["Hills", "500"], ["Total", "716"]]
    assert sum(figure.additive is True for figure in read([["Who", "Persons"], *body]).values()) == 4


def test_all_others_are_one_of_the_parts():
    rows = [["Sector", "2014 (EUR)"], ["Wells", "16"], ["Mills", "50"], ["Sub-total", "66"], ["All other", "34"]]
    found = read([*rows, ["Grand total", "100"]])
    assert [figure.value for figure in found.values() if figure.additive] == [16, 50, 34]


@pytest.mark.parametrize("label", ["Total", "National"])
def test_what_a_total_lies_among_is_no_sum(label):
    body = [["North", "34.5", "31"], ["East", "21", "27"], ["South", "44.1", "9"], [label, "32.3", "67"]]
    found = read([["Zone", "Lack of light", "Persons"], *body])
    assert [figure.additive for cell, figure in found.items() if cell[0] == "B"] == [False] * 4
    assert found["C2"].additive is True


def test_what_each_gets_is_no_part_of_the_total_beside_it():
    rows = [
        ["Wave", "Winners", "Prize (USD)", "Total prizes (USD)"],
        ["Wa", "450", "30", "13500"],
        ["Wb", "520", "30", "15600"],
    ]
    found = read([*rows, ["All", "970", "", "29100"]])
    assert [figure.value for cell, figure in found.items() if cell[0] == "D" and figure.additive] == [13500, 15600]


def test_columns_that_make_up_a_whole_again_count_once():
    head = ["Ward", "Men", "Women", "Total persons", "Young", "Grown", "Old"]
    rows = [["A", "104", "146", "250", "99", "100", "51"], ["B", "150", "181", "331", "31", "200", "100"]]
    found = read([head, *rows])
    assert [cell for cell, figure in found.items() if figure.additive] == ["B2", "C2", "B3", "C3"]


def test_the_rest_of_a_sum_is_no_amount_beside_it():
    head = ["Item", "First (EUR)", "Added (EUR)", "Now (EUR)", "Paid (EUR)", "Under (EUR)"]
    rows = [["A", "100", "21", "121", "101", "20"], ["B", "300", "0", "300", "277", "23"]]
    assert not any(figure.additive for cell, figure in read([head, *rows]).items() if cell[0] == "F")
    short = [[*row[:3], row[3], row[4], "9"] for row in rows]
    assert not any(figure.additive is False for cell, figure in read([head, *short]).items() if cell[0] == "F")


def test_numbers_of_labels_tell_what_is_part_of_what():
    rows = [
        ["1. Aid", "120"],
        ["1.1 Direct", "88"],
        ["Gifts", "70"],
        ["Loans", "18"],
        ["1.2 Pooled", "32"],
        ["2. Rest", "14"],
    ]
    found = read([["Flow", "2014 (EUR)"], *rows, ["Total", "134"]])
    assert [figure.value for figure in found.values() if figure.additive] == [70, 18, 32, 14]


def test_a_balance_that_runs_on_is_added_up_by_nobody():
    rows = [["a", "", "100"], ["b", "40", "140"], ["c", "31", "171"], ["d", "25", "196"]]
    found = read([["Entry", "Paid in (EUR)", "In all (EUR)"], *rows])
    assert [figure.value for figure in found.values() if figure.additive] == [40, 31, 25]


def test_a_total_that_holds_for_all_rows_makes_none_of_them_a_total_of_others():
    rows = [["A", "5123", "2511"], ["B", "3100", "1500"], ["C", "2023", "1011"], ["Total", "10246", "5022"]]
    found = read([["Ward", "Men", "Women"], *rows])
    assert [figure.value for cell, figure in found.items() if cell[0] == "B" and figure.additive] == [5123, 3100, 2023]


def test_what_stands_behind_parts_that_each_say_so_is_beside_their_whole():
    rows = [["总计", "100"], ["省级合计", "60"], ["其中：甲", "30"], ["其中：乙", "20"], ["丙", "40"]]
    found = read([["项目", "人数"], *rows])
    assert [figure.value for figure in found.values() if figure.additive] == [60, 40]
