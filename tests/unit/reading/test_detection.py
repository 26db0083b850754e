"""What a file is, found by its content; encodings; archives, JSON and Parquet; what is refused and why."""

from __future__ import annotations

import contextlib
import datetime
import io
import time
import zipfile
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.errors import ReportError
from pipelines.reading.cells import MAX_CELLS
from pipelines.reading.decoding import decode
from pipelines.reading.formats import FORMATS, SUPPORTED
from pipelines.reading.read import read_document
from pipelines.settings import PROJECT
from tests.fixtures import written

ROWS = written.ENGLISH
PROSE = "Poverty work in Jiangxi, 2011\nIn 2011, 803 million Yuan came, 145 million more.\nOf these, 5 were new.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path, name, 10**6)


def error(tmp_path, name, data):
    with pytest.raises(ReportError) as caught:
        read(tmp_path, name, data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a", PROSE.encode(), "text/plain"),
        ("a.csv", (PROJECT / "raw" / "jiangxi_2010.txt").read_bytes(), "text/plain"),
        ("a.txt", PROSE.encode(), "text/plain"),
        ("a.txt", b"Villages, 5\nRoads, 6\nIn all, 11\n", "text/plain"),
        ("a.csv", b"a,b\n1,2\n", "text/csv"),
        ("a.xls", written.as_csv(ROWS, delimiter="\t"), "text/csv"),
        ("a.txt", b"sep=;\na;b\n1;2\n", "text/csv"),
        ("a.xls", b"\xef\xbb\xbf<html xmlns:o='x'><table><tr><td>5</td></tr></table></html>", "text/html"),
        ("a.txt", "<!DOCTYPE html><p>5".encode("utf-16"), "text/html"),
        ("a", b"<?xml version='1.0'?>\n<!DOCTYPE html><html><body><p>5</p></body></html>", "text/html"),
        ("a.txt", b"# Report\n\n| Year | Yuan |\n|---|---|\n| 2011 | 5 |\n", "text/markdown"),
        ("a.txt", b'[{"Year": 2011}]', "application/json"),
        ("a.txt", b'{"Year": 2011}\n{"Year": 2012}\n', "application/x-ndjson"),
        ("a.txt", b"[2011] was a good year", "text/plain"),
        ("a.txt", written.as_pdf(ROWS), "application/pdf"),
    ],
)
def test_content_tells_what_a_file_is(tmp_path, name, data, media_type):
    assert read(tmp_path, name, data).media_type == media_type


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"{\\rtf1 text}", "is an RTF document"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "is an old Word document"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a pass"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "is damaged and cannot be read as"),
        ("a.xls", written.as_xls(ROWS)[:2000], "is an old Office file that is damaged"),
        ("a.png", b"\x89PNG\r\n", "is a PNG image"),
        ("a.xlsx", written.as_zip({"xl/workbook.bin": b"1"}), "is an .xlsb workbook"),
        ("a.xlsx", written.as_zip({"xl/workbook.xml": b"<a/>"}), "is damaged and cannot be read as an .xlsx workbook"),
        ("a.pptx", written.as_zip({"ppt/presentation.xml": b"1"}), "is a presentation"),
        ("a.odt", written.as_zip({"mimetype": b"text", "content.xml": b"1"}), "is an OpenDocument file, but"),
        ("a.xml", b"<?xml version='1.0'?><data><v>5</v></data>", "is XML"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: text/html\n\n<p>5", "is a mail or a web archive"),
        ("a.parquet", b"PAR1 and nothing", "is damaged and cannot be read as a Parquet file"),
        ("a.parquet", b"a\x00b", "is not a Parquet file"),
        ("a.pdf", b"hello", "is not a PDF: it holds plain text"),
        ("a.json", b'{"a": [', "is not valid JSON"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "is a zip archive without a file in it"),
        ("a.zip", written.as_zip({"a.csv": b"a,b\n1,2\n"})[:-30], "is a damaged zip archive"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named(tmp_path, name, data, cause):
    message = error(tmp_path, name, data)
    assert message.startswith(name)
    assert f": {cause}" in message


def test_one_list_names_the_endings_that_are_supported(tmp_path):
    assert error(tmp_path, "a.png", b"\x89PNG\r\n").endswith(f"supported are {SUPPORTED}")
    for known in FORMATS:
        assert known.endings[0] in SUPPORTED
        assert known.endings[0] in (PROJECT / "docs" / "formats.md").read_text()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("2011年，中央财政扶贫资金6.51亿元，比上年增长23.93%。", "gb18030"),
        ("2011年，中央財政扶貧資金6.51億元，比上年增長。", "big5"),
        ("江西省\t2011年\t6.51\n", "utf-16-le"),
        ("江西省\t2011年\t6.51\n", "utf-16-be"),
        ("Dépenses publiques : 5 millions d’euros pour les régions pauvres, à côté de l’État.", "cp1252"),
        ("Ausgaben für ärmere Städte, Größe: 5 Millionen €", "cp1252"),
        ("Gasto público en España: 5 millones, ¿cuánto más?", "cp1252"),
        ("Województwo świętokrzyskie: środki na walkę z ubóstwem, 5 milionów złotych", "cp1250"),
        ("Výdaje na chudobu v České republice: 5 milionů korun, příspěvky", "cp1250"),
        ("A szegénység elleni küzdelem költségei: 5 millió forint, több megyében őrzik", "cp1250"),
        ("Расходы на борьбу с бедностью: 5 миллионов рублей", "cp1251"),
        ("Δαπάνες για τη φτώχεια: 5 εκατομμύρια ευρώ", "cp1253"),
        ("Yoksullukla mücadele için 5 milyon lira, ilçelere dağıtıldı; şehir ve köyler", "cp1254"),
        ("Skurdo mažinimo lėšos: 5 milijonai eurų, šių metų išlaidos", "cp1257"),
        ("נתונים על עוני: 5 מיליון", "cp1255"),
        ("نفقات مكافحة الفقر: 5 ملايين", "cp1256"),
    ],
)
def test_encodings_are_told_by_what_is_written(text, encoding):
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_declared_code_page_of_a_page_is_taken(tmp_path):
    page = '<html><head><meta charset="windows-1251"></head><body><p>Да, 5</p></body></html>'
    assert read(tmp_path, "a.html", page.encode("cp1251")).text == "Да, 5"


def test_hidden_parts_of_a_page_and_tables_that_lay_it_out(tmp_path):
    page = (
        "<table><tr><td><p>Words, 5 villages.</p><div style='display: none'>6</div><p hidden>7</p>"
        "<table><tr><td>Year</td><td>2011</td></tr><tr style='display:none'><td>8</td><td>9</td></tr></table>"
        "</td></tr></table>"
    )
    document = read(tmp_path, "a.html", page.encode())
    assert document.text == "Words, 5 villages."
    assert [cell.text for table in document.tables for cell in table.cells] == ["Year", "2011"]


def test_an_archive_is_one_report_in_the_order_of_its_names(tmp_path):
    members = {
        "b/funds.csv": written.as_csv(ROWS),
        "a.txt": "Title\n【Funds】 They were 5 million.".encode(),
        "c.md": b"# Second\n\nMore, 6 million.\n",
        "photo.png": b"\x89PNG\r\n",
        "__MACOSX/a.txt": b"hidden 9",
        ".hidden.txt": b"hidden 9",
    }
    document = read(tmp_path, "a.zip", written.as_zip(members))
    found = [(block.kind, block.section, document.text[block.start : block.end].strip()) for block in document.blocks]
    assert found == [
        ("title", "a.txt", "Title"),
        ("heading", "a.txt > Funds", "【Funds】"),
        ("paragraph", "a.txt > Funds", "They were 5 million."),
        ("heading", "c.md", "Second"),
        ("paragraph", "c.md", "More, 6 million."),
    ]
    assert [table.sheet for table in document.tables] == ["b/funds.csv/csv"]
    assert document.unread == (f"photo.png: is a PNG image; supported are {SUPPORTED}",)
    assert (document.media_type, document.title) == ("application/zip", "Title")


def test_names_in_an_archive_packed_on_a_chinese_computer(tmp_path):
    plain = written.as_zip({"AAAA.csv": written.as_csv(ROWS), "b.csv": written.as_csv(ROWS)})
    packed = plain.replace(b"AAAA.csv", "资金".encode("gb18030") + b".csv")
    sheets = {table.sheet for table in read(tmp_path, "a.zip", packed).tables}
    assert sheets == {"资金.csv/csv", "b.csv/csv"}


def encrypted_zip():
    data = bytearray(written.as_zip({"a.txt": b"5 villages"}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.png": b"\x89PNG\r\n"}, "a.zip (a.png: is a PNG image; supported are"),
        ({"a.csv": b'a,"b\n', "b.txt": b"5"}, "a.zip (a.csv, line 1): not a readable CSV file"),
        ({"b.zip": written.as_zip({"a.txt": b"5"})}, "a.zip (b.zip): is an archive in an archive"),
        ({"b.txt": b" \n"}, "a.zip (b.txt): is empty"),
        ({"b.txt": b"x \n" * 500_000}, "a.zip: unpacks to 1,500,000 bytes in 1 parts, which no report needs"),
    ],
)
def test_archives_that_are_refused(tmp_path, members, message):
    assert error(tmp_path, "a.zip", written.as_zip(members)).startswith(message)


def test_protected_archives_and_large_members_are_refused(tmp_path):
    assert error(tmp_path, "a.zip", encrypted_zip()) == "a.zip (a.txt): is protected by a password"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "".join(map(str, range(160_000))))
    path = tmp_path / "a.zip"
    path.write_bytes(out.getvalue())
    with pytest.raises(ReportError, match=r"a\.zip \(a\.txt\): is 8\d\d,\d{3} bytes, the limit is 800,000"):
        read_document(path, "a.zip", 800_000)


def test_json_keeps_the_digits_that_are_written(tmp_path):
    text = (
        '{"title": "Funds of Jiangxi", "unit": "million Yuan", "rows": ['
        '{"Year": 2010, "Central": 525.080, "Own": 1.5e2, "Final": true, "Note": null}, {"Year": 2011, "More": "１"}]}'
    )
    document = read(tmp_path, "a.json", text.encode())
    [table] = document.tables
    assert (table.sheet, table.caption, document.title) == ("rows", "Funds of Jiangxi", "Funds of Jiangxi")
    assert [cell[:3] for cell in table.cells] == [
        *((0, 0, "Funds of Jiangxi"), (1, 0, "unit: million Yuan")),
        *((2, 0, "Year"), (2, 1, "Central"), (2, 2, "Own"), (2, 3, "Final"), (2, 4, "Note"), (2, 5, "More")),
        *((3, 0, "2010"), (3, 1, "525.080"), (3, 2, "150"), (3, 3, "TRUE")),
        *((4, 0, "2011"), (4, 5, "1")),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"a": 5}', "a.json: holds no list of records, or more than one"),
        ("a.json", '"words"', "a.json: holds no list of records, or more than one"),
        ("a.json", "[]", "a.json: holds no record"),
        ("a.json", "[5]", "a.json (record 1): is no record of keys and values"),
        ("a.json", '[{"a": 5}, {"a": {"b": 5}}]', "a.json (record 2): key a is nested"),
        ("a.json", '[{"a": 5, "a": 6}]', "a.json (key a): a key stands twice in one record"),
        ("a.json", '[{"a": 5},\n{"a": }]', "a.json (line 2): is not valid JSON"),
        ("a.jsonl", '{"a": 5}\n{"a"\n', "a.jsonl (line 2): is not valid JSON"),
        ("a.json", '{"x": {"b": 5}, "rows": [{"a": 5}]}', "a.json (key x): is nested"),
        ("a.json", "[" * 100_000, "a.json: is nested too deeply"),
    ],
)
def test_json_of_another_shape_is_refused(tmp_path, name, text, message):
    assert error(tmp_path, name, text.encode()).startswith(message)


def parquet(**columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_parquet_values(tmp_path):
    data = parquet(
        decimal=[Decimal("5.250"), None],
        double=[0.1 + 0.2, float("nan")],
        single=pa.array([0.1, 2.0], pa.float32()),
        whole=[7, None],
        day=[datetime.date(2011, 12, 31), None],
        moment=[datetime.datetime(2011, 12, 31, 8, 30), None],
        true=[True, False],
        words=["江西", " "],
        category=pa.array(["a", None]).dictionary_encode(),
    )
    [table] = read(tmp_path, "a.parquet", data).tables
    rows = {row: [cell.text for cell in table.cells if cell.row == row] for row in (1, 2)}
    assert rows == {
        1: ["5.250", "0.3", "0.1", "7", "2011-12-31", "2011-12-31 08:30:00", "TRUE", "江西", "a"],
        2: ["2", "FALSE"],
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (parquet(a=[[1], [2]]), "a.parquet (column a): holds no plain values"),
        (parquet(a=[b"x"]), "a.parquet (column a): holds no plain values"),
        (parquet(a=pa.array([], pa.int64())), "a.parquet: holds no cell"),
        (parquet(a=pa.nulls(MAX_CELLS + 1, pa.int8())), f"a.parquet: has more than {MAX_CELLS:,} cells"),
    ],
)
def test_parquet_files_that_are_refused(tmp_path, data, message):
    assert error(tmp_path, "a.parquet", data).startswith(message)


def test_a_table_of_too_many_cells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.reading.delimited.MAX_CELLS", 8)
    path = tmp_path / "a.csv"
    path.write_text("1,2,3,4\n" * 3)
    with pytest.raises(ReportError, match=r"a\.csv \(line 3\): has more than 8 cells"):
        read_document(path, "a.csv", 10**8)


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000 + "<",
        "|" * 300_000 + "\n" + "-" * 300_000 + "|",
        "1" + " " * 300_000 + "x",
        "<!--" * 70_000,
        "," * 300_000 + "x",
    ],
)
def test_looking_at_a_file_takes_time_in_step_with_its_length(tmp_path, text):
    """A pattern that goes back over such lines again and again takes four times as long for twice the length."""
    path = tmp_path / "a"

    def seconds(content):
        path.write_text(f"{content}\n2011")
        began = time.process_time()
        with contextlib.suppress(ReportError):
            read_document(path, "a", 10**7)
        return time.process_time() - began

    assert seconds(text) < 3 * seconds(text[: len(text) // 2]) + 0.5
