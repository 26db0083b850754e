"""Records whose rows are sums although no word says so: labels left out, one word in many rows, versions in words."""

import pytest

from pipelines.checking.arithmetic import check_figures
from pipelines.figures.read import read_figures
from pipelines.figures.tables.read import read_tables
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import table


def additive(rows, caption=""):
    """Of the last cell of each row whether it is additive."""
    return [figure.additive for figure in read_tables(table(rows, caption), 1).figures]


def fails(rows):
    source = table(rows)
    reading = read_figures(source)
    checks = check_figures(reading, resolve(source, identify(source), reading)).checks
    return [check.rule for check in checks if check.verdict == "fails"]


HUTS = [["Year", "Measure", "Province", "Kind of hut", "Number"]]
HUTS += [["2015", "Huts", "", "", "900"], ["2015", "Huts", "Tala", "", "400"], ["2015", "Huts", "Mori", "", "500"]]
HUTS += [["2015", "Huts", "", "Clay", "600"], ["2015", "Huts", "Tala", "Clay", "250"]]
HUTS += [["2015", "Huts", "Mori", "Clay", "350"]]


def test_a_label_left_out_stands_for_all_that_others_have():
    assert additive(HUTS) == [False, None, None, False, True, True]


def test_labels_left_out_are_told_by_every_column_of_them():
    straw = [["2015", "Huts", "Tala", "Straw", "150"], ["2015", "Huts", "Mori", "Straw", "150"]]
    assert additive([*HUTS, *straw])[:3] == [False, False, False]


def test_what_overlaps_below_a_label_left_out_tells_no_sum():
    rows = [["年份", "指标", "作物", "户数"], ["2015", "种植户", "", "900"], ["2015", "种植户", "玉米", "640"]]
    assert additive([*rows, ["2015", "种植户", "豆类", "520"]]) == [None, True, True]


def test_a_label_printed_once_holds_for_the_rows_below_it():
    rows = [["Province", "Crop", "Tonnes"], ["Tala", "Maize", "30"], ["", "Beans", "70"], ["Mori", "Maize", "10"]]
    assert additive([*rows, ["", "Beans", "20"], ["Ura", "Beans", "9"], ["Eki", "Beans", "5"]]) == [True] * 6


SCHOOLS = [["place", "kind of school", "2019", "2020"]]


@pytest.mark.parametrize(("last", "told"), [("62", []), ("999", ["control_total"])])
def test_one_word_in_many_rows_names_wholes_where_most_of_them_hold(last, told):
    rows = [["Nord", "All schools", "62", "64"], ["Sud", "All schools", "45", "46"], ["Ost", "All schools", "53", last]]
    rows += [["Nord", "Lower schools", "40", "42"], ["Sud", "Lower schools", "32", "37"]]
    rows += [["Ost", "Lower schools", "38", "47"], ["Nord", "Upper schools", "22", "22"]]
    rows += [["Sud", "Upper schools", "13", "9"], ["Ost", "Upper schools", "15", "15"]]
    assert fails(SCHOOLS + rows) == told


def test_one_word_in_many_rows_names_no_wholes_where_most_of_them_have_more():
    rows = [["Nord", "All schools", "620", "640"], ["Sud", "All schools", "457", "469"]]
    rows += [["Ost", "All schools", "580", "640"], ["Nord", "Lower schools", "400", "420"]]
    rows += [["Sud", "Lower schools", "320", "370"], ["Ost", "Lower schools", "380", "470"]]
    rows += [["Nord", "Upper schools", "220", "217"], ["Sud", "Upper schools", "130", "90"]]
    assert fails([*SCHOOLS, *rows, ["Ost", "Upper schools", "150", "120"]]) == []


@pytest.mark.parametrize(
    ("header", "versions"),
    [
        ("Version", ("Original", "Revised", "Actual")),
        ("DataVersion", ("DRAFT BUDGET", "ADOPTED BUDGET", "FINAL OUTTURN")),
        ("版本", ("年初预算数", "调整后预算数", "决算数")),
    ],
)
def test_of_versions_in_words_the_latest_speaks(header, versions):
    rows = [["Office", "Year", header, "Posts"]]
    rows += [[office, "2019/20", word, "15"] for office in ("Roads", "Water") for word in versions[::-1]]
    assert additive(rows) == [True, False, False] * 2


def test_below_a_title_of_what_has_run_up_the_last_month_speaks():
    rows = [["Month", "Pensions"], ["January 2020", "12.5"], ["February 2020", "25.0"], ["March 2020", "40.1"]]
    assert additive(rows, "Cumulative payments, KES million") == [False, False, True]
