"""Headers that name a day, a month, a quarter or a half of a year are of that time, and not of the whole year."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.period_codes import months, part_code, printed_period, years
from pipelines.meaning.resolve import resolve
from pipelines.meaning.times import is_time, time_in
from pipelines.warehouse.dimensions import period_rows
from tests.helpers import table


def periods(rows, caption=""):
    document = table(rows, caption)
    reading = read_figures(document)
    meanings = resolve(document, identify(document), reading)
    return {figure.locator.cell: meaning.period.code for figure, meaning in zip(reading.figures, meanings, strict=True)}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("30.09.2017", "ASOF_20170930"),
        ("06.05.2017", "ASOF_20170506"),  # behind points the day stands first
        ("Balance at 9/30/2017", "ASOF_20170930"),
        ("30/09/2017", "ASOF_20170930"),
        ("2017-09-30", "ASOF_20170930"),
        ("28th of February 2016", "ASOF_20160228"),
        ("Households on March 31, 2016", "ASOF_20160331"),
        ("End of February 2016", "ASOF_20160229"),
        ("2016年2月末", "ASOF_20160229"),
        ("截至2016年4月", "ASOF_20160430"),
        ("4th quarter 2013", "Y2013Q4"),
        ("Q4/2013", "Y2013Q4"),
        ("4Q2013", "Y2013Q4"),
        ("2013年四季度发放", "Y2013Q4"),
        ("2013年前三季度", "Y2013M01_09"),
        ("2013年4-6月", "Y2013Q2"),
        ("April to June 2013", "Y2013Q2"),
        ("Second half of 2013", "Y2013H2"),
        ("2013年上半年", "Y2013H1"),
        ("Aug-13", "Y2013M08"),
        ("August 2013 (UZS)", "Y2013M08"),
        ("2013-08", "Y2013M08"),
        ("2e trimestre 2013", "Y2013Q2"),
        ("Tercer trimestre de 2013", "Y2013Q3"),
        ("IV trimestre 2013", "Y2013Q4"),
        ("Triwulan I 2013", "Y2013Q1"),
        ("2013年8月份", "Y2013M08"),
    ],
)
def test_headers_are_of_the_time_that_they_print(header, code):
    assert periods([["Place", header, "Other"], ["A", "71", "9"], ["B", "64", "8"]])["B2"] == code


@pytest.mark.parametrize(
    "header",
    [
        "Q2 2014 against Q2 2013",
        "Q2 FY2014",
        "FY2014 > Q2",
        "Q2 2014/15",
        "Wards served from May 2014 to Feb 2015",
        "05/06/2014",
        "Plan approved on 12 May 2014",
        "What may be paid",
        "第3个",
    ],
)
def test_what_compares_or_may_be_read_in_two_ways_is_of_no_part_of_a_year(header):
    found = periods([["Place", header, "Other"], ["A", "71", "9"], ["B", "64", "8"]])["B2"]
    assert months(found) is None
    assert not found.startswith("ASOF")


def test_the_year_stands_above_in_the_row_or_in_the_title():
    above = periods([["Place", "2014", "", "2015"], ["", "Q3", "Q4", "Q1"], ["A", "7", "8", "9"], ["B", "6", "5", "4"]])
    assert (above["B3"], above["D3"]) == ("Y2014Q3", "Y2015Q1")
    in_row = periods([["Year", "Q3", "Q4"], ["2014", "71", "84"], ["2015", "65", "56"]])
    assert (in_row["B2"], in_row["C3"]) == ("Y2014Q3", "Y2015Q4")
    titled = periods([["村", "一月", "3月"], ["甲", "71", "84"], ["乙", "65", "56"]], "2014年低保金发放")
    assert titled["C2"] == "Y2014M03"


def test_months_of_other_languages_run_on_without_their_year():
    found = periods([["Lugar", "Enero-marzo", "abril a junio"], ["A", "71", "84"], ["B", "65", "56"]], "Pagos de 2014")
    assert (found["B2"], found["C2"]) == ("Y2014Q1", "Y2014Q2")


def test_a_quarter_of_a_financial_year_keeps_the_year_of_its_title():
    found = periods([["Head", "Q3", "Q4"], ["Seed", "71", "84"], ["Feed", "65", "56"]], "Releases in 2014/15")
    assert months(found["B2"]) is None


def test_a_row_that_is_nothing_but_a_time_is_of_that_time():
    found = periods([["When", "Rations"], ["2014Q1", "71"], ["2014Q2", "84"]])
    assert found == {"B2": "Y2014Q1", "B3": "Y2014Q2"}


def test_what_was_reached_up_to_a_month_is_as_of_its_end():
    found = periods([["村", "2014年6月累计", "2014年1-6月累计"], ["甲", "71", "84"], ["乙", "65", "56"]])
    assert (found["B2"], found["C2"]) == ("ASOF_20140630", "Y2014H1")


@pytest.mark.parametrize("label", ["Q3 2014", "2014年3月", "一季度", "Mar-14", "June"])
def test_labels_that_are_times(label):
    assert is_time(label)
    assert not is_time(f"{label} campaign")


@pytest.mark.parametrize(
    ("code", "span", "printed", "start", "end"),
    [
        ("Y2014Q3", (7, 9), "2014 Q3", "2014-07-01", "2014-09-30"),
        ("Y2014H1", (1, 6), "2014 H1", "2014-01-01", "2014-06-30"),
        ("Y2016M02", (2, 2), "2016/02", "2016-02-01", "2016-02-29"),
        ("Y2014M01_11", (1, 11), "2014/01-11", "2014-01-01", "2014-11-30"),
    ],
)
def test_codes_of_parts_of_a_year(code, span, printed, start, end):
    year = int(code[1:5])
    assert (months(code), printed_period(code), years(code)) == (span, printed, (year, year))
    assert part_code(year, *span) == code
    row = next(row for row in period_rows([code]) if row["period_code"] == code)
    assert [str(row[name]) for name in ("period_kind", "start_date", "end_date")] == ["part_of_year", start, end]


def test_the_whole_of_a_year_is_the_year():
    assert part_code(2014, 1, 12) == "Y2014"
    assert time_in("1-12月") is not None


def test_a_table_over_some_months_is_of_these_months_and_its_column_of_the_year_before_of_the_same():
    rows = [["指标", "本期", "上年同期", "比上年同期"], ["务工人数", "71", "64", "7"], ["发放贷款", "84", "56", "28"]]
    found = periods(rows, "2014年1-9月扶贫情况")
    assert (found["B2"], found["C2"], found["D2"]) == ("Y2014M01_09", "Y2013M01_09", "Y2014M01_09")


def test_a_column_of_the_previous_year_is_of_the_year_before_the_title():
    rows = [["Ward", "Families", "Previous year", "Brought forward from last year"], ["Ora", "71", "64", "7"]]
    found = periods([*rows, ["Bem", "84", "56", "28"]], "Food aid in 2014")
    assert (found["B2"], found["C2"], found["D2"]) == ("Y2014", "Y2013", "Y2014")


def test_a_single_month_in_a_title_may_be_that_of_its_printing():
    found = periods([["Ward", "Families"], ["Ora", "71"], ["Bem", "84"]], "Food aid, report of March 2014")
    assert found["B2"] == "Y2014"


def test_rows_of_months_are_of_the_year_of_the_title():
    found = periods([["Month", "Sacks"], ["March", "71"], ["April", "64"], ["Q2", "9"]], "Seed given out, 2016")
    assert found == {"B2": "Y2016M03", "B3": "Y2016M04", "B4": "Y2016Q2"}


def test_a_month_below_its_year_is_of_that_year():
    found = periods([["Year", "Month", "Sacks"], ["2015", "June", "71"], ["2016", "June", "64"]], "Seed given out")
    assert found == {"C2": "Y2015M06", "C3": "Y2016M06"}


@pytest.mark.parametrize(
    ("caption", "code"),
    [
        ("Wells in use as of 15 May 2016", "ASOF_20160515"),
        ("截至2016年5月15日水井情况", "ASOF_20160515"),
        ("Wells in use at 15 May 2016", "ASOF_20160515"),
        ("Wells in use as at 31 December 2016", "Y2016"),
        ("Wells dug in May 2016", "Y2016M05"),
        ("Monthly return of wells: May 2016", "Y2016M05"),
        ("2016年5月份打井情况", "Y2016M05"),
        ("Survey of wells, May 2016", "Y2016"),
        ("水井调查表（2016年5月）", "Y2016"),
    ],
)
def test_a_title_is_of_a_day_or_month_where_it_cannot_be_that_of_its_printing(caption, code):
    assert periods([["Place", "Wells"], ["A", "71"], ["B", "64"]], caption)["B2"] == code


def test_a_quarter_beside_its_year_is_of_that_year():
    found = periods([["year", "quarter", "sacks"], ["2015", "Q1", "71"], ["2016", "Q2", "64"]], "Seed given out")
    assert found == {"C2": "Y2015Q1", "C3": "Y2016Q2"}


@pytest.mark.parametrize(
    ("header", "days", "codes"),
    [
        ("Date", ["2021-03-04", "2021-07-15", "2022-01-09"], ["Y2021", "Y2021", "Y2022"]),
        ("日期", ["2021年3月4日", "2021年7月15日", "2022年1月9日"], ["Y2021", "Y2021", "Y2022"]),
        ("时间", ["2019", "2020", "2021"], ["Y2019", "Y2020", "Y2021"]),
        ("Date of publication", ["2021-03-04", "2021-07-15", "2022-01-09"], ["unknown"] * 3),
    ],
)
def test_rows_that_are_dated_are_of_the_year_of_their_day(header, days, codes):
    names = ["Machakos", "Kitui", "Makueni"]
    rows = [[header, "County", "Amount (USD)"], *([day, name, "1200"] for day, name in zip(days, names, strict=True))]
    assert [code for cell, code in periods(rows).items() if cell[0] == "C"] == codes
