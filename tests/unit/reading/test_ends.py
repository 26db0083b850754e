"""Nothing is dropped without a word: parsers' own limits, characters that are none, what fonts and formats hide."""

import io

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.errors import ReportError
from pipelines.reading import html
from pipelines.reading.read import read_document
from tests.fixtures import written
from tests.fixtures.hostile import in_sheet


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_document(path, name, 10**7)


def refused(tmp_path, name, data):
    with pytest.raises(ReportError) as caught:
        read(tmp_path, name, data)
    str(caught.value).encode()  # a message that can be printed
    return f"{caught.value.place}: {caught.value.cause}"


@pytest.mark.parametrize("tag", ["font", "b", "div", "span"])
def test_pages_whose_elements_are_never_closed_are_read_to_their_end(tmp_path, tag):
    document = read(tmp_path, "a.html", "<body>" + "".join(f"<{tag}>in {number} " for number in range(800)))
    assert document.text.endswith("in 799")
    assert document.unread == ()


def test_a_page_that_is_nested_beyond_the_parser_is_refused(tmp_path):
    page = "<body>" + "".join(f"<b>in {number} " for number in range(5000))
    assert refused(tmp_path, "a.html", page).startswith("line 1: cannot be read to its end: Excessive depth")


def test_digits_that_the_parser_did_not_come_to_are_counted(tmp_path):
    page = "<p title='5 > 4'>1 <!-- 2 --> &#51;</p><script>var x = 4</script>"
    assert read(tmp_path, "a.html", page).unread == ()
    from lxml.html import document_fromstring

    assert html._lost(page, document_fromstring("<p>1</p>")) == ("1 of 2 digits of the page",)


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("a.json", r'[{"a": "\ud83d", "b": 5}]', "records, cell A2"),
        ("a.json", r'[{"\ud83d": "x", "b": 5}]', "records, cell A1"),
        ("a.json", r'[{"a": "x\u0000y", "b": 5}]', "records, cell A2"),
        ("a.json", r'{"\ud83d": [{"a": 5}]}', "the name or caption of table 1"),
        ("a.jsonl", '{"a": "1"}\n{"a": "\\ud83d"}', "records, cell A3"),
        ("a.csv", "a,b\nx\x00,5\n" + "x,5\n" * 300, None),
    ],
)
def test_characters_that_are_none(tmp_path, name, data, place):
    said = refused(tmp_path, name, data)
    assert said.startswith(f"{place}: holds a character that is none") or (place is None and "binary" in said)


def test_an_error_that_quotes_such_a_character_can_be_printed(tmp_path):
    assert refused(tmp_path, "a.json", r'[{"\ud83d": [1]}]') == "record 1: key � is nested; only flat values are read"


def test_json_lines_that_nest_too_deeply(tmp_path):
    assert refused(tmp_path, "a.jsonl", "[" * 100_000) == "line 1: is nested too deeply"


def test_errors_and_dates_of_workbooks_arrive_as_text(tmp_path):
    row = (
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="e"><v>#DIV/0!</v></c>'
        '<c r="C1" t="d"><v>2011-03-05T00:00:00</v></c><c r="D1"><v>5</v></c></row>'
    )
    [table] = read(tmp_path, "a.xlsx", in_sheet(row)).tables
    assert [cell.text for cell in table.cells] == ["#REF!", "#DIV/0!", "2011-03-05", "5"]


def test_numbers_in_formats_of_dates_are_no_numbers(tmp_path):
    book = openpyxl.Workbook()
    formats = ("m-d", '[$-804]m"月"d"日"', "d-mmm", "yyyy/m/d")
    for column, (value, number_format) in enumerate(zip((40607, 40607, 40607, 99_999_999), formats, strict=True), 1):
        book.active.cell(1, column, value).number_format = number_format
    book.save(tmp_path / "a.xlsx")
    [table] = read_document(tmp_path / "a.xlsx", "a.xlsx", 10**6).tables
    assert [cell.text for cell in table.cells] == ["2011-03-05"] * 3 + ["########"]


def test_numbers_that_the_parser_of_workbooks_drops_are_missed(tmp_path, monkeypatch):
    import python_calamine

    class Sheet:
        merged_cell_ranges = ()

        def to_python(self, skip_empty_area):
            return [["x", 5.0]]

    class Book:
        sheets_metadata = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(in_sheet(""))).sheets_metadata

        def get_sheet_by_name(self, name):
            return Sheet()

    class Calamine:
        @staticmethod
        def from_filelike(file):
            return Book()

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Calamine)
    row = '<row r="1"><c r="A1" t="str"><v>x</v></c><c r="B1"><v>5</v></c><c r="C1"><v>6</v></c></row>'
    assert refused(tmp_path, "a.xlsx", in_sheet(row)) == "sheet Sheet: 1 of 2 numbers cannot be read"


def test_entities_of_office_files_are_refused(tmp_path):
    sheet = (
        '<table:table table:name="s"><table:table-row><table:table-cell><text:p>5</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(written.ods_of(sheet)))
    parts = {name: source.read(name) for name in source.namelist()}
    parts["content.xml"] = b'<!DOCTYPE x [<!ENTITY a "5">]>' + parts["content.xml"]
    assert refused(tmp_path, "a.ods", written.as_zip(parts)) == "None: its XML declares a document type"


def test_fields_that_were_filled_in_a_pdf_are_named(tmp_path):
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 700, "5 villages")
    canvas.acroForm.textfield(name="a", value="1200", x=100, y=600)
    canvas.acroForm.textfield(name="b", value="", x=100, y=500)
    canvas.save()
    document = read(tmp_path, "a.pdf", out.getvalue())
    assert (document.text, document.unread) == ("5 villages", ("page 1: 1 filled-in field",))
