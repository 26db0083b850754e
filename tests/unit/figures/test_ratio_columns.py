"""What the percentages of a table are about, told by the arithmetic of its rows."""

from decimal import Decimal

import pytest

from pipelines.figures.read import read_figures
from pipelines.figures.tables.read import read_tables
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import checked, table


def links(rows, caption="Jiangxi"):
    """Address of each figure that speaks about another → link and address of that one."""
    found = read_tables(table(rows, caption), 1).figures
    places = {figure.figure_id: figure.locator.cell for figure in found}
    return {
        figure.locator.cell: (figure.link, places[figure.parent])
        for figure in found
        if figure.parent is not None and figure.link != "part_of"
    }


def verdicts(rows, rule, caption="Jiangxi"):
    """The formulas of one rule with their verdicts."""
    return {check.formula: check.verdict for check in checked(table(rows, caption)).checks if check.rule == rule}


PLANS = [
    ["Program", "Plan (million yuan)", "Spent (million yuan)", "% of plan"],
    ["Village advancement", "100", "95", "95"],
    ["Relocation", "50", "55", "110"],
    ["Rain Plan", "20", "20", "90"],
]
SHARES = [
    ["Use", "Planned villages", "Amount (10,000 yuan)", "Share (%)"],
    ["Relocation", "7", "5000", "50"],
    ["Training", "9", "3000", "30"],
    ["Industry", "4", "2000", "21"],
    ["Total", "20", "10000", "100"],
]
GROWTH = [
    ["County", "2010 (yuan)", "2011 (yuan)", "Growth (%)"],
    ["Xingguo", "3500", "4100", "17.1"],
    ["Yudu", "4000", "4400", "10"],
    ["Ruijin", "3000", "3300", "12"],
]
SERIES = [
    ["年份", "扶贫资金（万元）", "比上年增长（%）"],
    ["2008", "90", "-"],
    ["2009", "100", "11.1"],
    ["2010", "120", "20"],
    ["2011", "150", "52"],
]


def test_a_completion_is_about_what_was_achieved_and_so_is_its_plan():
    about = ("plan_of", "C2"), ("plan_of", "C3"), ("plan_of", "C4")
    assert links(PLANS) == dict(zip(("B2", "B3", "B4", "D2", "D3", "D4"), about * 2, strict=True))
    found = verdicts(PLANS, "plan_vs_actual", "Jiangxi, 2011")
    assert found == {"95 / 100 = 95": "holds", "55 / 50 = 110": "holds", "20 / 20 = 90": "fails"}


def test_a_share_is_about_the_amount_whose_part_of_the_total_it_is():
    assert links(SHARES) == {f"D{row}": ("share_of", f"C{row}") for row in (2, 3, 4)}
    found = verdicts(SHARES, "share", "Jiangxi, 2011")
    assert found == {"5000 / 10000 = 50": "holds", "3000 / 10000 = 30": "holds", "2000 / 10000 = 21": "fails"}


def test_a_share_may_be_that_of_a_row_as_well():
    rows = [
        ["County", "Total (yuan)", "Central (yuan)", "Provincial (yuan)", "Share of the centre (%)"],
        ["Xingguo", "40", "10", "30", "25"],
        ["Yudu", "50", "40", "10", "80"],
        ["Ruijin", "60", "45", "15", "76"],
    ]
    assert links(rows) == {f"E{row}": ("share_of", f"C{row}") for row in (2, 3, 4)}
    assert verdicts(rows, "share")["45 / 60 = 76"] == "fails"


def test_a_growth_leads_from_one_column_to_the_other():
    caption = "Net income per head in Jiangxi"
    assert links(GROWTH, caption) == {f"D{row}": ("change_of", f"C{row}") for row in (2, 3, 4)}
    assert verdicts(GROWTH, "growth_from_previous", caption) == {
        "4100 / 3500 - 1 = 17.1": "holds_within_rounding",
        "4400 / 4000 - 1 = 10": "holds",
        "3300 / 3000 - 1 = 12": "fails",
    }


def test_a_growth_leads_from_row_to_row():
    assert links(SERIES) == {f"C{row}": ("change_of", f"B{row}") for row in (3, 4, 5)}
    assert verdicts(SERIES, "growth_from_previous") == {
        "100 / 90 - 1 = 11.1": "holds_within_rounding",
        "120 / 100 - 1 = 20": "holds",
        "150 / 120 - 1 = 52": "fails",
    }


@pytest.mark.parametrize("rows", [PLANS, SHARES, GROWTH, SERIES])
def test_percentages_that_most_rows_deny_are_about_nothing(rows):
    ratio = len(rows[0]) - 1
    spoiled = [rows[0], *([*line[:ratio], str(Decimal(line[ratio]) + 7)] for line in rows[1:] if line[ratio] != "-")]
    assert links(spoiled) == {}


def test_one_row_proves_nothing():
    assert links(PLANS[:2]) == {}


def test_a_long_table_is_asked_by_its_first_rows():
    rows = [[f"Village {n}", str(n), str(2 * n), "50"] for n in range(1, 1200)]
    found = links([["Village", "Spent (yuan)", "Planned (yuan)", "% of plan"], *rows])
    assert found["D1200"] == ("plan_of", "B1200")
    assert len(found) == 2 * 1199


def test_shares_below_equal_headers_are_of_the_source_of_their_own_amount():
    rows = [
        ["Year", "Total (yuan)", "Central (yuan)", "Share (%)", "Provincial (yuan)", "Share (%)"],
        ["2010", "40", "10", "25", "30", "75"],
        ["2011", "50", "40", "80", "10", "20"],
    ]
    source = table(rows, "Funds of Jiangxi")
    reading = read_figures(source)
    told = {
        figure.locator.cell: (meaning.source.code, meaning.period.code, meaning.item)
        for figure, meaning in zip(reading.figures, resolve(source, identify(source), reading), strict=True)
        if figure.unit == "%"
    }
    assert told == {
        "D2": ("central", "Y2010", ""),
        "F2": ("provincial", "Y2010", ""),
        "D3": ("central", "Y2011", ""),
        "F3": ("provincial", "Y2011", ""),
    }
