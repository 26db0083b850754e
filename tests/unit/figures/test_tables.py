from decimal import Decimal

from pipelines.figures.read import read_figures
from pipelines.figures.tables.read import read_tables
from tests.helpers import table

FUNDS = [
    ["江西省扶贫资金（2010年）", "", "", ""],
    ["单位：万元", "", "", ""],
    ["县名", "合计", "中央", "省级"],
    ["兴国县", "300", "200", "100"],
    ["赣县", "1,250.5", "1,000", "250.5"],
    ["合计", "1,550.5", "1,200", "350.5"],
]


def test_unit_line_scales_every_amount():
    figures = read_tables(table(FUNDS), 1).figures
    assert {figure.unit for figure in figures} == {"CNY"}
    assert figures[0].value == 3_000_000
    assert figures[3].value == Decimal("12505000")
    assert figures[0].locator.cell == "B4"
    assert figures[1].locator.row_path == "兴国县"
    assert figures[1].locator.column_path == "中央"


def test_columns_and_rows_are_linked_to_their_totals():
    figures = {figure.locator.cell: figure for figure in read_tables(table(FUNDS), 1).figures}
    row_total, grand = figures["B4"], figures["B6"]
    assert figures["C4"].parent == figures["D4"].parent == row_total.figure_id
    assert row_total.parent == grand.figure_id
    assert figures["C4"].exhaustive
    assert grand.parent is None


def test_of_which_rows_are_a_subset_of_the_row_before():
    rows = [["Item", "Funds (million Yuan)"], ["Relocation", "181"], ["of which: housing", "90"], ["Training", "21"]]
    read = read_tables(table(rows), 1).figures
    assert read[1].parent == read[0].figure_id
    assert not read[1].exhaustive
    assert read[0].value == 181_000_000


def test_a_part_that_is_not_published_leaves_no_claim_to_completeness():
    rows = [["Year", "Total", "Central", "Provincial"], ["2011", "803", "651", "…"]]
    read = read_tables(table(rows), 1).figures
    assert read[1].parent == read[0].figure_id
    assert not read[1].exhaustive


def test_missing_codes_are_not_zero_and_not_numbers():
    rows = [["Year", "Funds"], ["2009", "-"], ["2010", "0"], ["2011", "n.a."]]
    reading = read_tables(table(rows, "Unit: million Yuan"), 1)
    assert [figure.value for figure in reading.figures] == [0]


def test_header_words_give_unit_and_role():
    rows = [
        ["County", "Villages planned (number)", "Number of villages", "Share (%)", "Growth (%)"],
        ["Le'an", "10", "12", "5.5", "8"],
    ]
    read = read_tables(table(rows), 1).figures
    assert [(figure.role, figure.unit) for figure in read][1:] == [
        ("level", "village"),
        ("share_pct", "%"),
        ("change_pct", "%"),
    ]
    assert read[0].role == "target"


def test_merged_headers_reach_every_column_below_them():
    rows = [["Year", "Funds in million Yuan", ""], ["", "Central", "Provincial"], ["2011", "651", "153"]]
    read = read_tables(table(rows, spans={(0, 1): (1, 2), (0, 0): (2, 1)}), 1).figures
    assert [figure.locator.column_path for figure in read] == [
        "Funds in million Yuan > Central",
        "Funds in million Yuan > Provincial",
    ]
    assert read[0].value == 651_000_000


def test_numbers_in_labels_are_classified_not_dropped():
    rows = [["No.", "Item", "Yuan"], ["1", "12th Five-Year villages, 2011", "500"]]
    reading = read_tables(table(rows), 1)
    assert sorted((number.text, number.reason) for number in reading.non_figures) == [
        ("1", "list_no"),
        ("12", "plan_name"),
        ("2011", "year"),
        ("Five", "label"),
    ]
    assert reading.numbers_found == 5


def test_ids_go_on_after_the_text():
    assert read_figures(table(FUNDS)).figures[0].figure_id == 1


def test_a_number_of_people_with_decimals_counts_none_that_are_named():
    rows = [["Country", "Number of poor people"], ["A", "19805.13"], ["B", "8.29"], ["C", "423.9"]]
    assert {figure.unit for figure in read_figures(table(rows)).figures} == {"unknown"}
