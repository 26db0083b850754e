"""Rows of delimited text that have more or fewer cells than their headers."""

import pytest

from pipelines.reading.delimited import read_delimited


def read(text):
    content = read_delimited(text, "a.csv")
    return [cell.text for table in content.tables for cell in table.cells], content.unread


HEAD = "Funds by county\nCounty,Central,Own\n"


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ("Ningdu,1,200,300", "row 3: 4 cells where there are 3 headers (“Ningdu, 1, 200, 300”)"),
        ("Ningdu,,500,80", "row 3: 4 cells where there are 3 headers (“Ningdu, 500, 80”)"),
        ("Ningdu,300", "row 3: 2 cells where there are 3 headers (“Ningdu, 300”)"),
        ("宁都县,3万元", "row 3: 2 cells where there are 3 headers (“宁都县, 3万元”)"),
        ("1200", "row 3: 1 cell where there are 3 headers (“1200”)"),
    ],
)
def test_rows_of_numbers_that_fit_no_headers_are_named_and_left_out(row, note):
    cells, unread = read(f"{HEAD}{row}\nXingguo,5,6\n")
    assert unread == (note,)
    assert cells == ["Funds by county", "County", "Central", "Own", "Xingguo", "5", "6"]


@pytest.mark.parametrize(
    "row",
    [
        "Ningdu,5,6,,",
        "Ningdu,5,",
        "Ningdu,,6",
        "Old areas",
        "Old areas,north",
        "Note: of 2011, 30",
        "资料来源：统计局,2011",
    ],
)
def test_rows_that_tell_where_their_cells_stand(row):
    cells, unread = read(f"{HEAD}{row}\nXingguo,5,6\n")
    assert unread == ()
    assert set(filter(None, (part.strip() for part in row.split(",")))) <= set(cells)


@pytest.mark.parametrize(("row", "whole"), [("Ningdu,5,6", True), ("Ningdu,5", False), ("5,6,7", False)])
def test_a_row_that_ends_before_the_remarks_is_whole_where_its_numbers_stand_below_their_headers(row, whole):
    assert (read(f"County,Central,Own,Remark\n{row}\nXingguo,5,6,paid\n")[1] == ()) is whole


@pytest.mark.parametrize(
    "text",
    [
        "County,2010,,2011\n,c,p,c,p\nNingdu,1,2,3,4\n",
        "County,Central,\nNingdu,5\nXingguo,6\n",
        "Year,2011\nTotal,500\n\nCounty,Central,Own\nNingdu,1,2\n",
        "Funds, by county, source, year\nCounty,Central,Own\nNingdu,1,2\n",
        "Ningdu,1,2\nXingguo,3,4\n",
        "Unit: 10,000 yuan\nCounty,Central,Own\nNingdu,1,2\n",
    ],
)
def test_tables_of_other_shapes_are_whole(text):
    assert read(text)[1] == ()


def test_a_file_of_thousands_without_quotes_is_named_row_by_row_and_then_as_a_whole():
    cells, unread = read("County,Central,Total\n" + "Ningdu,1,200,300\n" * 100)
    assert cells == ["County", "Central", "Total"]
    assert (len(unread), unread[-1]) == (21, "80 more such rows from row 22 to row 101")


def test_without_headers_most_rows_tell_how_many_cells_there_are():
    assert read("Ningdu,1200,5\nXingguo,2,000,5\nHuichang,300,5\n")[1] == (
        "row 2: 4 cells where there are 3 headers (“Xingguo, 2, 000, 5”)",
    )


def test_a_tab_parts_columns_where_commas_in_their_labels_are_as_many():
    cells, _ = read("unit,sex\t2004\nT,F\t31\nT,M\t27\n")
    assert cells == ["unit,sex", "2004", "T,F", "31", "T,M", "27"]


def test_days_are_no_first_numbers_below_the_headers():
    cells, unread = read("Residents\nWard,On,,\n,31.12.2015,31.12.2016,31.12.2017\nOra,10,20,30\n")
    assert (cells[-1], unread) == ("30", ())


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_quoted_numbers_of_rows_may_stand_below_no_header(sign):
    lines = ['"乡镇","户数","资金"', '"1","甲",31,7.5', '"2","乙",44,9.25', '"3","丙",12,3']
    content = read_delimited("\n".join(lines).replace(",", sign), "t")
    cells = content.tables[0].cells
    assert (content.unread, cells.text(0, 1), cells.text(1, 1), cells.text(1, 3)) == ((), "乡镇", "甲", "7.5")


@pytest.mark.parametrize(
    "lines",
    [
        ['"No","Ward","Sacks"', '1,"Ati",3,100', '2,"Bea",4,200', '3,"Coru",5,300'],
        ['"Ward","Sacks"', '"1","Ati",31', '"3","Bea",44', '"4","Coru",12'],
        ["Ward,Sacks", '"1","Ati",31', '"2","Bea",44', '"3","Coru",12'],
        ['"Ward","Sacks"', '"1","Ati",31', '"2","Bea",44', '"3","Coru",12', '"4","Dova",1,200'],
    ],
)
def test_other_rows_of_more_cells_than_headers_are_not_read(lines):
    content = read_delimited("\n".join(lines), "t")
    assert len(content.unread) == len(lines) - 1
