"""Workbooks: values as their sheets show them, merged cells, hidden sheets, formulas."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
import xlwt

from pipelines.errors import ReportError
from pipelines.reading.cells import MAX_CELLS
from pipelines.reading.read import read_document
from pipelines.reading.values import shown_number
from tests.fixtures import written

LIMIT = 10**7


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path, name, LIMIT)


def texts(table):
    return {cell.address: cell.text for cell in table.cells}


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (803, "General", "803"),
        (803.0, "General", "803"),
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "General", "1000000000000000000000"),
        (5.2508, "0.00", "5.25"),
        (0.125, "0.00", "0.13"),
        (2.675, "0.00", "2.68"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (5, "0.00", "5.00"),
        (5.5, "0.0##", "5.5"),
        (5, "0.##", "5"),
        (0.1488, "0.0%", "14.9%"),
        (-0.1488, "0.0%", "-14.9%"),
        (1234567, "#,##0,", "1,235"),
        (7, "000", "007"),
        (0.5, "#.00", ".50"),
        (5.25, '0.00"亿元"', "5.25亿元"),
        (5.25, "0.00\\亿", "5.25亿"),
        (803, "[$¥-804]#,##0.00", "¥803.00"),
        (803, '"$"#,##0', "$803"),
        (-5, "#,##0_);(#,##0)", "(5)"),
        (-5, "#,##0_);[Red](#,##0)", "(5)"),
        (-5, "0.0;[Red]0.0", "-5.0"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
        (1200, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "1,200"),
        (0.75, "# ?/?", "0.75"),
        (20000, '[>=10000]0.0,"k";0', "20000"),
        (123456, "0.00E+00", "123456"),
        (float("inf"), "0.00", "Infinity"),
    ],
)
def test_number_formats(value, number_format, text):
    assert shown_number(value, number_format) == text


def xls(fill):
    book = xlwt.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_old_workbook_as_shown(tmp_path):
    def fill(book):
        sheet = book.add_sheet("Funds")
        for column, (value, form) in enumerate(
            [
                (803, "General"),
                (5.2508, "0.00"),
                (0.125, "0.0%"),
                (1234567.891, "#,##0.00"),
                (datetime.date(2011, 12, 31), "YYYY-MM-DD"),
                (True, "General"),
                ("１２ 户", "General"),
            ]
        ):
            sheet.write(0, column, value, xlwt.easyxf(num_format_str=form))
        sheet.write_merge(2, 3, 0, 1, "merged")
        secret = book.add_sheet("Secret")
        secret.write(0, 0, 99)
        secret.visibility = 1

    document = read(tmp_path, "a.xls", xls(fill))
    [table] = document.tables
    assert document.media_type == "application/vnd.ms-excel"
    assert [cell.text for cell in table.cells] == [
        *("803", "5.25", "12.5%", "1,234,567.89", "2011-12-31", "TRUE", "12 户", "merged"),
    ]
    assert table.cells[-1][:2] + table.cells[-1][3:] == (2, 0, 2, 2)


def test_sheets_errors_and_texts_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Funds 2011"
    first["B3"], first["C3"] = 5.25, "1.234,56"
    first["B3"].number_format = "0.000"
    first["D3"], first["D3"].data_type = "#DIV/0!", "e"
    first["E3"] = True
    second = book.create_sheet("市县")
    second["A1"] = "1 200"
    book.create_sheet("empty")
    hidden = book.create_sheet("hidden")
    hidden["A1"], hidden.sheet_state = 7, "veryHidden"
    out = io.BytesIO()
    book.save(out)
    tables = read(tmp_path, "a.xlsx", out.getvalue()).tables
    assert [table.sheet for table in tables] == ["Funds 2011", "市县"]
    assert texts(tables[0]) == {"B3": "5.250", "C3": "1.234,56", "D3": "#DIV/0!", "E3": "TRUE"}
    assert texts(tables[1]) == {"A1": "1 200"}


def sheet_xml(cells, before=""):
    """A workbook whose only sheet holds this XML."""
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    import zipfile

    source = zipfile.ZipFile(out)
    parts = {name: source.read(name) for name in source.namelist()}
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = (
        f'{before}<x:worksheet xmlns:x="{name}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'.encode()
    )
    return written.as_zip(parts)


def test_cells_without_address_and_with_a_prefix(tmp_path):
    [table] = read(
        tmp_path, "a.xlsx", sheet_xml("<x:row><x:c><x:v>5</x:v></x:c><x:c><x:v>6</x:v></x:c></x:row>")
    ).tables
    assert texts(table) == {"A1": "5", "B1": "6"}


def test_formulas_show_their_value_or_are_an_error(tmp_path):
    row = '<x:row r="2"><x:c r="B2"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="C2" t="str"><x:f>A1</x:f><x:v></x:v></x:c>'
    [table] = read(tmp_path, "a.xlsx", sheet_xml(f"{row}</x:row>")).tables
    assert texts(table) == {"B2": "2"}
    with pytest.raises(ReportError, match=r"sheet Sheet, cell D2\): a formula without its value"):
        read(tmp_path, "a.xlsx", sheet_xml(f'{row}<x:c r="D2"><x:f>1+1</x:f></x:c></x:row>'))


@pytest.mark.parametrize(
    ("cells", "before", "cause"),
    [
        ('<x:row r="1048576"><x:c r="XFD1048576"><x:v>5</x:v></x:c></x:row>', "", f"has more than {MAX_CELLS:,} cells"),
        ("<x:row><x:c><x:v>5</x:v>", "", "is damaged"),
        ("<x:row/>", '<!DOCTYPE a [<!ENTITY b "c">]>', "is damaged .*document type"),
        ("", "", "has no sheet with a cell"),
    ],
)
def test_workbooks_that_are_refused(tmp_path, cells, before, cause):
    with pytest.raises(ReportError, match=rf"^a\.xlsx.*: {cause}"):
        read(tmp_path, "a.xlsx", sheet_xml(cells, before))


def ods_cell(kind, text, **attributes):
    values = "".join(f' office:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="{kind}"{values}><text:p>{text}</text:p></table:table-cell>'


def test_an_open_document_as_shown(tmp_path):
    cells = (
        ods_cell("float", "1.234,50", value="1234.5")
        + ods_cell("percentage", "12,5 %", value="0.125")
        + ods_cell("float", "5.25", value="5.2508")
        + ods_cell("float", "", value="5.2508")
        + ods_cell("date", "31.12.11", date_value="2011-12-31T00:00:00")
        + ods_cell("boolean", "WAHR", boolean_value="true")
        + ods_cell("string", "two<text:s/>words<office:annotation><text:p>note 9</text:p></office:annotation>")
    )
    sheets = (
        f'<table:table table:name="Funds"><table:table-row>{cells}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        "</table:table>"
        '<table:table table:name="Merged"><table:table-row>'
        '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" '
        'office:value-type="string"><text:p>m</text:p></table:table-cell><table:covered-table-cell/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7">'
        "<text:p>7</text:p></table:table-cell></table:table-row></table:table>"
        '<table:table table:name="Secret" table:style-name="off"><table:table-row>'
        f"{ods_cell('float', '9', value='9')}</table:table-row></table:table>"
    )
    styles = '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    funds, merged = read(tmp_path, "a.ods", written.ods_of(sheets, styles)).tables
    assert [cell.text for cell in funds.cells] == [
        *("1,234.50", "12.5%", "5.25", "5.2508", "2011-12-31", "TRUE", "two words"),
    ]
    assert merged.cells == ((0, 0, "m", 2, 2), (0, 2, "7", 1, 1), (0, 3, "7", 1, 1))


@pytest.mark.parametrize(
    ("sheets", "manifest", "cause"),
    [
        ("", "<m:encryption-data/>", "is protected by a password"),
        ("", "<m/>", "has no sheet with a cell"),
        (
            '<table:table table:name="A"><table:table-row><table:table-cell/><table:table-cell table:formula="of:=1"/>'
            "</table:table-row></table:table>",
            "<m/>",
            r"a\.ods \(sheet A, cell B1\): a formula without its value",
        ),
        (
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell>'
            "</table:table-row></table:table>",
            "<m/>",
            f"has more than {MAX_CELLS:,} cells",
        ),
        ("<table:table>", "<m/>", "is damaged"),
    ],
)
def test_open_documents_that_are_refused(tmp_path, sheets, manifest, cause):
    with pytest.raises(ReportError, match=cause):
        read(tmp_path, "a.ods", written.ods_of(sheets, manifest=manifest))
