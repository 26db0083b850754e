"""What the header of a label column says that its labels name."""

import pytest

from pipelines.figures.tables.headers import kind_of_labels
from pipelines.figures.tables.read import read_tables
from tests.helpers import table


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (
            ("County", "counties", "Name of the county", "Key county", "District", "县名", "县（市、区）", "项目县"),
            "county",
        ),
        (("City and county", "Region", "市县", "行政区划", "地区"), "region"),
        (("Province", "省份"), "province"),
        (("Prefecture", "设区市"), "prefecture"),
        (("Program", "Programme", "Type of project", "Use of the funds", "项目类别", "资金用途"), "program"),
        (("Project", "Name of the project", "Activity", "项目名称"), "project"),
        (("Source", "Fund source", "Sources of funding", "资金来源", "来源"), "source"),
        (("Village", "Township", "Village and township", "行政村", "乡镇", "村名"), "item"),
        (("Unit", "计量单位"), "unit"),
        # what may head anything says nothing
        (("Item", "项目", "Category", "类别", "Year", "No.", "Area", "片区", "Countryside", ""), None),
    ],
)
def test_headers(headers, kind):
    assert {header: kind_of_labels(header) for header in headers} == dict.fromkeys(headers, kind)


def test_a_row_says_what_its_labels_name():
    rows = [["No.", "County", "Village", "Program", "Amount"], ["1", "Xingguo", "Shangfan", "Relocation", "12.5"]]
    [figure] = read_tables(table(rows), 1).figures
    assert figure.labels == (("county", "Xingguo"), ("item", "Shangfan"), ("program", "Relocation"))


def test_what_is_measured_tells_nothing_of_the_columns_left_of_it():
    rows = [
        ["Project", "Outlay", "Indicator", "Reached"],
        ["Wells", "31", "Villages (km)", "7.5"],
        ["Mills", "2", "Pupils taught", "44"],
    ]
    document = table(rows, "Projects (RSD million)")
    found = {figure.locator.cell: figure.unit for figure in read_tables(document, 1).figures}
    assert (found["B2"], found["B3"], found["D2"]) == ("RSD", "RSD", "km")


def test_a_letter_with_a_number_is_a_name():
    found = read_tables(table([["Cohort", "Paid (EUR)"], ["C1", "71"], ["C2", "N44"], ["C3", "9"]]), 1).figures
    assert {figure.locator.cell: figure.locator.row_path for figure in found} == {"B2": "C1", "B4": "C3"}


def test_labels_with_units_are_measures_whatever_stands_above_them():
    rows = [
        ["Project name", "Upper weir", "Lower weir"],
        ["Outlay (HUF million)", "18.5", "3"],
        ["Length (km)", "4", "9"],
        ["Area (ha)", "7", "8"],
    ]
    found = {figure.locator.cell: figure for figure in read_tables(table(rows), 1).figures}
    assert [(found[cell].unit, found[cell].value) for cell in ("B2", "C3")] == [("HUF", 18_500_000), ("km", 9)]
