"""Rows that tell the same anew, and totals that no word names."""

from collections import defaultdict

import pytest

from pipelines.catalog.layouts import TableLayout
from pipelines.figures.tables.read import read_tables
from tests.helpers import table, whole

SNAPSHOTS = [
    ["As of", "Project", "Paid (USD)"],
    ["2013-03-31", "Clinic", "41"],
    ["2013-03-31", "Ferry", "0"],
    ["2013-06-30", "Clinic", "66"],
    ["2013-06-30", "Ferry", "8"],
]


def leaves(rows, caption=""):
    """The sum of what may be added up, by letter of the column."""
    reading, facts = whole(table(rows, caption))
    cells = {figure.figure_id: figure.locator.cell for figure in reading.figures}
    sums = defaultdict(int)
    for fact in facts.funds:
        if fact.is_additive_leaf:
            sums[cells[fact.figure_id][0]] += fact.amount
    return dict(sums)


def test_of_snapshots_the_last_speaks_and_the_others_name_it():
    assert leaves(SNAPSHOTS) == {"C": 74}
    earlier = read_tables(table(SNAPSHOTS), 1).figures[0]
    assert dict(earlier.decided_by)["superseded"] == "by C4"


def test_payments_on_several_days_are_added_up():
    rows = [["Date of payment", *SNAPSHOTS[0][1:]], *SNAPSHOTS[1:]]
    assert leaves(rows) == {"C": 115}


def test_villages_with_numbers_are_no_versions_of_each_other():
    rows = [["Village", "Works", "Cumulative funds (yuan)"]]
    rows += [[f"Village {n}", works, "5"] for works in ("Road", "Well") for n in (1, 2)]
    assert leaves(rows) == {"C": 20}


def test_months_that_never_fall_are_cumulative_and_others_are_not():
    months = ["Month", "School", "Spent (yuan)"]
    rising = [
        ["Jan", "A", "5"],
        ["Jan", "B", "7"],
        ["Feb", "A", "9"],
        ["Feb", "B", "7"],
        ["Mar", "A", "9"],
        ["Mar", "B", "12"],
    ]
    assert leaves([months, *rising]) == {"C": 21}
    falling = [*rising[:-1], ["Mar", "B", "6"]]
    assert leaves([months, *falling]) == {"C": 43}


@pytest.mark.parametrize("months", [("1月", "1-2月", "1-3月"), ("Jan", "Jan-Feb", "Jan to March")])
def test_columns_up_to_a_month_are_told_by_the_last(months):
    rows = [["Village", *(f"{month}" for month in months)], ["East", "5 yuan", "9 yuan", "12 yuan"]]
    assert leaves([*rows, ["West", "1 yuan", "1 yuan", "4 yuan"]]) == {"D": 16}


PARTS = [["Bridge", "1000", "400"], ["School", "2500", "1030"], ["Well", "600", "240"]]
HEADER = ["Item", "Cost (EUR)", "Grant (USD)"]


@pytest.mark.parametrize(
    ("rows", "sums"),
    [
        ([*PARTS, ["", "4100", "1670"]], {"B": 4100, "C": 1670}),
        ([*PARTS, ["Razem", "4100", "1670"]], {"B": 4100, "C": 1670}),
        ([["", "4100", "1670"], *PARTS], {"B": 4100, "C": 1670}),
        ([*PARTS, ["", "4100", "1570"]], {"B": 4100, "C": 1670}),  # a total with a wrong cell
        ([*PARTS, ["Ford", "4200", "1570"]], {"B": 8300, "C": 3240}),  # no total at all
    ],
)
def test_a_total_without_a_word_is_told_by_its_sums_and_its_place(rows, sums):
    assert leaves([HEADER, *rows]) == sums


def test_groups_that_begin_with_their_sums_are_told_by_them():
    rows = [["Lake", "96", "12"], ["East", "41", "5"], ["West", "55", "7"]]
    rows += [["Plain", "71", "9"], ["North", "30", "3"], ["South", "41", "6"], ["All", "167", "21"]]
    assert leaves([HEADER, *rows]) == {"B": 167, "C": 21}


def test_a_row_without_a_label_that_adds_up_to_nothing_is_neither_total_nor_detail():
    _, facts = whole(table([HEADER, *PARTS, ["", "77", "12"]]))
    assert [fact.is_additive_leaf for fact in facts.funds][-2:] == [None, None]


def layout(**more):
    fields = {
        "name": "kept",
        "description": "Test",
        "match": {"report": "table.csv"},
        "labels": [{"header": header, "dimension": "other"} for header in ("Day", "Kind", "Item")],
        "values": [{"header": "Paid", "unit": "CNY"}],
        "ignore": ["Key", "Note", "Place", "Copy"],
    }
    return TableLayout.model_validate(fields | more)


KEPT = [["Day", "Kind", "Item", "Paid", "Key", "Note", "Place", "Copy"]]
KEPT += [["1", "SUM", "All", "30", *"wxyz"], ["1", "LINE", "A", "10", *"wxyz"], ["1", "LINE", "B", "20", *"wxyz"]]


def additive(known, rows=KEPT):
    return {figure.locator.cell: figure.additive for figure in read_tables(table(rows), 1, [known]).figures}


def test_a_layout_tells_totals_by_a_column_and_ignored_columns_count_for_it():
    rows = {"column": "Kind", "detail": ["LINE"], "total": ["SUM"]}
    assert additive(layout(rows=rows)) == {"D2": False, "D3": True, "D4": True}


@pytest.mark.parametrize("told", [{"versions": {"order": "Day", "key": ["Item"]}}, {"cumulative": {"order": "Day"}}])
def test_a_layout_tells_which_rows_are_told_anew(told):
    rows = [*KEPT[:1], *KEPT[2:], ["2", "LINE", "A", "15", *"wxyz"]]
    assert additive(layout(**told), rows) == {"D2": False, "D3": True, "D4": True}


def test_a_layout_names_only_columns_that_it_has():
    with pytest.raises(ValueError, match='"Month" is none of the labels'):
        layout(versions={"order": "Month"})
