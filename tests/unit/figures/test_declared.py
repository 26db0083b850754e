"""Tables with a declared layout: columns are mapped, and whatever the layout does not know is an error."""

from dataclasses import replace

import pytest

from pipelines.catalog.layouts import TableLayout
from pipelines.errors import ReportError
from pipelines.figures.figure import Reading
from pipelines.figures.tables.declared import unused
from pipelines.figures.tables.read import read_tables
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import table

ROWS = [
    ["Report of the office", "", "", "", ""],
    ["Place", "Kind", "A", "B", "Remarks"],
    ["X", "road", "1.234,5", "7", "see 3"],
    ["Y", "school", "-99", "8", ""],
    ["Everything", "", "1.234,5", "15", ""],
]


def layout(**changes):
    fields = {
        "name": "office",
        "description": "Test",
        "match": {"report": "table.csv", "headers": ["Place"]},
        "decimal": ",",
        "thousands": ".",
        "labels": [
            {"header": "Place", "dimension": "region", "codes": {"X": "360732", "Y": "360781"}},
            {"header": "Kind", "dimension": "other"},
        ],
        "values": [
            {"header": "A", "unit": "CNY", "scale": 10000, "source": "central"},
            {"header": "B", "unit": "village", "role": "target"},
        ],
        "ignore": ["Remarks"],
        "total_rows": ["Everything"],
        "missing": ["-99"],
    }
    return TableLayout.model_validate(fields | changes)


def read(rows, *known):
    return read_tables(table(rows), 1, known)


def test_columns_rows_signs_and_missing_codes_are_those_of_the_layout():
    reading = read(ROWS, layout())
    found = {figure.locator.cell: figure for figure in reading.figures}
    assert sorted(found) == ["C3", "C5", "D3", "D4", "D5"]
    assert (found["C3"].value, found["C3"].unit) == (12_345_000, "CNY")
    assert found["C3"].declared == (("source", "central"), ("region", "360732"))
    assert (found["D3"].role, found["D3"].unit) == ("target", "village")
    assert (found["C3"].additive, found["C5"].additive) == (True, False)
    assert (found["C3"].labels, found["C5"].labels) == ((("region", "X"),), ())
    assert "3" in {number.text for number in reading.non_figures}


@pytest.mark.parametrize(
    "match",
    [
        {"report": "other.csv"},
        {"report": "table.csv", "sheet": "Data"},
        {"report": "table.csv", "caption": ["ministry"]},
        {"report": "table.csv", "headers": ["County"]},
    ],
)
def test_a_table_that_does_not_match_is_read_by_its_words(match):
    assert all(not figure.declared for figure in read(ROWS, layout(match=match)).figures)


def test_a_layout_for_a_report_that_reads_no_sheet_of_it_says_why():
    named = {"match": {"report": "table.csv", "headers": ["Province"]}}
    assert read(ROWS, layout(**named)).notes == ('layout office is not used for sheet csv: no header reads "Province"',)
    assert read(ROWS, layout(match={"report": "other.csv", "headers": ["Province"]})).notes == ()
    assert read(ROWS, layout()).notes == ()


def test_an_unknown_column_is_an_error_that_says_what_to_add():
    rows = [[*line, extra] for line, extra in zip(ROWS, ["", "Lottery funds", "5", "6", "11"], strict=True)]
    with pytest.raises(ReportError) as caught:
        read(rows, layout())
    message = str(caught.value)
    assert message.startswith("table.csv (sheet csv, column F): ")
    assert "Lottery funds" in message
    assert "catalog/layouts/office.yml" in message
    assert '- {header: "Lottery funds"}' in message
    assert '- "Lottery funds"' in message
    assert read(rows, layout(ignore=["Remarks", "Lottery*"])).figures


def test_a_label_without_a_code_is_an_error():
    rows = [*ROWS[:3], ["Z", "road", "5", "6", ""], *ROWS[3:]]
    with pytest.raises(ReportError, match=r'cell A4\): "Z" has no code in layout office'):
        read(rows, layout())


def test_a_foreign_sign_between_digits_is_an_error():
    rows = [[text.replace("1.234,5", "1,234.5") for text in line] for line in ROWS]
    with pytest.raises(ReportError, match="cell C3"):
        read([[text.replace("1.234,5", "1 234,5") for text in line] for line in ROWS], layout())
    assert read(rows, layout(decimal=".", thousands=",")).figures[0].value == 12_345_000


def test_two_layouts_for_one_table_are_an_error():
    with pytest.raises(ReportError, match="office and second both match"):
        read(ROWS, layout(), layout(name="second"))


def test_skipped_rows_and_further_headers():
    rows = [
        ["Place", "Funds", ""],
        ["", "A", "B"],
        ["(1)", "(2)", "(3)"],
        ["X", "1", "2"],
    ]
    known = layout(
        header_rows=2,
        labels=[{"header": "Place", "dimension": "other"}],
        values=[{"header": "Funds > A", "unit": "CNY"}, {"header": "B", "unit": "CNY"}],
        skip_rows=["(1)"],
    )
    document = table(rows, spans={(0, 1): (1, 2), (0, 0): (2, 1)})
    assert [figure.value for figure in read_tables(document, 1, (known,)).figures] == [1, 2]


def test_what_the_layout_has_a_code_for_is_no_item():
    source = table([*ROWS[:4], ["Z", "bridge", "1,0", "2", ""], ROWS[4]], "Funds of Jiangxi, 2011")
    codes = {"X": "360732", "Y": "360781"}
    known = layout(labels=[{"header": "Place", "dimension": "region", "codes": codes | {"Z": "360731"}},
                           {"header": "Kind", "dimension": "other"}])  # fmt: skip
    reading = read_tables(source, 1, (known,))
    meanings = resolve(source, identify(source), Reading(reading.figures, (), len(reading.figures)))
    assert {meaning.item for meaning in meanings} == {""}
    assert {meaning.region.code for meaning in meanings} == {"360732", "360781", "360731", "360000"}


def test_a_layout_for_a_file_is_one_for_it_in_any_folder():
    source = replace(table([["Colour", "A"], ["red", "4"]]), report_id="2013/table.csv")
    [line] = unused(source, [layout()])
    assert line.startswith("layout office is not used")
