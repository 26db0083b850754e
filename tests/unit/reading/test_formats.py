import codecs
import datetime

import openpyxl
import pytest

from pipelines.errors import ReportError
from pipelines.reading.decoding import decode
from pipelines.reading.read import read_document

LIMIT = 10**6


def write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(path):
    return read_document(path, path.name, LIMIT)


def test_text_has_title_sections_and_paragraphs(tmp_path):
    document = read(write(tmp_path, "a.txt", "Title\n\n  【Funds】 They were 5.\nMore.\n【Villages】\nTwelve.\n"))
    found = [(block.kind, block.section, document.text[block.start : block.end].strip()) for block in document.blocks]
    assert found == [
        ("title", "", "Title"),
        ("heading", "Funds", "【Funds】"),
        ("paragraph", "Funds", "They were 5."),
        ("paragraph", "Funds", "More."),
        ("heading", "Villages", "【Villages】"),
        ("paragraph", "Villages", "Twelve."),
    ]
    assert (document.title, document.language) == ("Title", "en")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_encodings_of_chinese(encoding):
    text = (
        "中央財政資金六億元，扶貧搬遷人口增長。" if encoding == "big5" else "2011年，中央财政扶贫资金6.51亿元，增长。"
    )
    assert decode(text.encode(encoding), "a.txt") == text


def test_western_text_in_a_legacy_code_page():
    assert decode("Café “Yuan” – 5".encode("cp1252"), "a.txt") == "Café “Yuan” – 5"


def test_full_width_digits_and_newlines_are_folded_one_to_one():
    assert decode("１２３\r\n５．５％".encode(), "a.txt") == "123\n5.5%"


def test_markdown_headings_and_tables(tmp_path):
    text = (
        "# Report\n\n## Funds\n\nThey were *5*.\n\nTable of funds\n\n| Year | Yuan |\n|---|---|\n| 2011 | 5 |\n\nEnd.\n"
    )
    document = read(write(tmp_path, "a.md", text))
    assert document.title == "Report"
    assert [block.section for block in document.blocks if block.kind == "paragraph"] == ["Funds"] * 3
    [table] = document.tables
    assert table.caption == "Table of funds"
    assert [cell.text for cell in table.cells] == ["Year", "Yuan", "2011", "5"]


def test_html_text_spans_and_hidden_parts(tmp_path):
    page = (
        "<html><head><title>x 9</title><style>p{margin:3px}</style></head><body><h1>Report</h1><script>var a=7</script>"
        "<h2>Funds</h2><p>They <b>were 5</b> million.</p><ul><li>One item</li></ul>"
        "<table><caption>By source</caption><tr><th rowspan=2>Year</th><th colspan=2>Funds</th></tr>"
        "<tr><td>Central</td><td>Provincial</td></tr><tr><td>2011</td><td>651</td><td>153</td></tr></table></body></html>"
    )
    document = read(write(tmp_path, "a.html", page))
    assert document.title == "Report"
    assert "7" not in document.text
    assert "They were 5 million." in document.text
    [table] = document.tables
    assert table.caption == "By source"
    places = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert places["Provincial"] == (1, 2, 1, 1)
    assert places["Funds"] == (0, 1, 1, 2)


def test_html_in_a_declared_chinese_encoding(tmp_path):
    page = '<html><head><meta charset="gb2312"></head><body><p>资金6.51亿元。</p></body></html>'
    assert "6.51亿元" in read(write(tmp_path, "a.html", page.encode("gb18030"))).text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path, delimiter):
    text = "\n".join(delimiter.join(row) for row in (["a", "b", "c"], ["1", '"2, x"', "3"]))
    [table] = read(write(tmp_path, "a.csv", text)).tables
    assert [cell.text for cell in table.cells] == ["a", "b", "c", "1", "2, x", "3"]


def test_workbook_values_as_shown(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([803.0, 0.125, 1234567.891, datetime.date(2011, 12, 31), "１２"])
    sheet["B1"].number_format = "0.0%"
    sheet["C1"].number_format = "#,##0.00"
    sheet.merge_cells("A3:B4")
    sheet["A3"] = "merged"
    hidden = book.create_sheet("hidden")
    hidden["A1"] = 5
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    [table] = read(tmp_path / "a.xlsx").tables
    assert [cell.text for cell in table.cells] == ["803", "12.5%", "1,234,567.89", "2011-12-31", "12", "merged"]
    assert (table.cells[-1].row_span, table.cells[-1].column_span, table.cells[-1].address) == (2, 2, "A3")


def test_a_formula_without_its_value_is_an_error(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ReportError, match=r"a\.xlsx \(sheet Sheet, cell A1\): a formula without its value"):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"  \n ", "is empty"),
        ("a.txt", b"abc\x00\x01\x02def", "binary content"),
        ("a.txt", bytes(range(1, 32)) * 10, "binary content"),
        ("a.txt", codecs.BOM_UTF8 + b"\xff\xfe\xfd", "not valid UTF-8"),
        ("a.txt", b"%PDF-1.7 \x00", "is damaged and cannot be read as a PDF"),
        ("a.pdf", b"%PDF-1.7 text", "is damaged and cannot be read as a PDF"),
        ("a.docx", b"hello", "is not a Word document: it holds plain text"),
        ("a.exe", b"hello", "type .exe is not supported; supported are .txt, .md"),
        ("a.xlsx", b"hello", "is not an .xlsx workbook"),
        ("a.xlsx", b"PK\x03\x04 broken", "is a damaged zip archive"),
        ("a.csv", b'a,"b\n', "not a readable CSV file"),
        ("a.html", b"<!-- nothing -->", "HTML"),
        ("a.txt", b"x" * (LIMIT + 1), "the limit is 1,000,000"),
    ],
)
def test_bad_input_names_file_and_cause(tmp_path, name, data, cause):
    with pytest.raises(ReportError) as caught:
        read(write(tmp_path, name, data))
    assert str(caught.value).startswith(name)
    assert cause in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(ReportError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReportError, match="is a folder"):
        read(tmp_path)


def test_a_zip_bomb_is_refused(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    with pytest.raises(ReportError, match="which no report needs"):
        read(tmp_path / "a.xlsx")


def test_an_entity_bomb_stays_small(tmp_path):
    lines = ['<!DOCTYPE html [<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)]
    page = "\n".join(lines) + "]><html><body><p>5 &a8;</p></body></html>"
    assert len(read(write(tmp_path, "a.html", page)).text) < 2000


@pytest.mark.parametrize(
    ("name", "data", "cells"),
    [
        ("a.csv", '"Court "; 76,1; 72\n"Roads" ;"9,1" ;3\n"Say ""so"" ";1;2\n', ["76,1", "9,1", "1"]),
        ("b.csv", "Item\t,2011\t,2012\t\nCourt \t,76\t,72\t\nRoads\t,9\t,3\t\n", ["2011", "76", "9"]),
    ],
)
def test_blanks_before_the_sign_that_parts_are_no_part_of_a_cell(tmp_path, name, data, cells):
    [found] = read(write(tmp_path, name, data)).tables
    assert list(found.cells.columns[1].texts) == cells
    assert len(found.cells.columns) == 3
