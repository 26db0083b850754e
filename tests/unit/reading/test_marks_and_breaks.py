"""Raised marks, line breaks within cells and deleted text, in every format that has them."""

import io

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, Spacer, Table, TableStyle

from pipelines.reading.cell_text import cell_text
from pipelines.reading.decoding import canonical
from pipelines.reading.raised import joined, raised
from pipelines.reading.read import read_document
from tests.fixtures import written


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_document(path, name, 10**7)


def cells(document):
    return [cell.text for table in document.tables for cell in table.cells]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("1", "¹"), ("12", "¹²"), ("[3]", "⁽³⁾"), ("(a)", "⁽ᵃ⁾"), ("b", "ᵇ"), ("-6", "⁻⁶"), ("−1", "⁻¹"),
        ("a,b", "ᵃ,ᵇ"),
        ("st", "st"), ("nd", "nd"), ("rd", "rd"), ("th", "th"), ("TM", "TM"), ("*", "*"), ("注1", "注¹"),
        ("a sentence of 2011 set high", "a sentence of 2011 set high"),
    ],
)  # fmt: skip
def test_raised_characters(printed, shown):
    assert raised(printed) == shown
    assert len(shown) == len(printed)


def test_raised_neighbours_are_one_mark():
    assert joined([("12", False), ("t", True), ("h", True), (" of 2011", False), ("1", True)]) == "12th of 2011¹"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("90\n100", "90\n100"), ("90 \r\n\r\n 100", "90\n100"), ("12%\n-3%", "12%\n-3%"), ("(5)\n(6)", "(5)\n(6)"),
        ("120¹\n130", "120¹\n130"), ("120*\n130", "120*\n130"), ("¥5\n¥6", "¥5\n¥6"), ("5\nUSD 6", "5\nUSD 6"),
        ("9\v8", "9\n8"), ("5\u20286", "5\n6"), ("５\n.6", "5\n.6"),
        ("Central\nfunds", "Central funds"), ("90\nvillages", "90 villages"), ("Ningdu¹\n120", "Ningdu¹ 120"),
        ("中央\n资金", "中央 资金"), ("万元\n5", "万元 5"), (" 1 234 ", "1 234"),
    ],
)  # fmt: skip
def test_breaks_within_cells(printed, shown):
    assert cell_text(printed) == shown


def test_full_width_commas_and_signs_are_folded_within_numbers_only():
    assert (
        canonical("４，５６５，０００人，４，５６；－３．２，＋５，甲－乙，－．５")
        == "4,565,000人，4，56；-3.2，+5，甲－乙，-.5"
    )


PAGE = (
    "<style>.note, td.x {font-size: 8px; vertical-align: super}</style><p>In 2011<sup>1</sup> 350<a href=#n>"
    "<sup>[3]</sup></a> km<sup>2</sup>, 10<sup>6</sup>, 12<sup>th</sup>, H<sub>2</sub>O, "
    "5<span style='vertical-align:super'>a</span>,"
    " 6<span class='note'>b</span></p>"
)


def test_raised_text_of_pages(tmp_path):
    assert read(tmp_path, "a.html", PAGE).text == "In 2011¹ 350⁽³⁾ km², 10⁶, 12th, H2O, 5ᵃ, 6ᵇ"


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<b>1</b><b>2</b>", "12"), ("Nin<b>g</b>du", "Ningdu"), ("12<sup>th</sup>", "12th"),
        ("120<sup>1</sup>", "120¹"),
        ("90<br>100", "90\n100"), ("<p>90</p>\n<p>100</p>", "90\n100"), ("<div>90</div><div>100</div>", "90\n100"),
        ("<ul><li>90<li>100</ul>", "90\n100"), ("Plan<br>actual", "Plan actual"), ("90\n100", "90 100"),
        ("<del>70</del><ins>80</ins>", "80"), ("<s>70</s><strike>71</strike>80", "80"),
        ("<span style='text-decoration: line-through'>7</span>8", "8"),
        ("<ruby>汉<rp>(</rp><rt>han</rt></ruby>字", "汉字"),
        ("<x-new>1</x-new><big>2</big>", "12"), ("<span style='display:none'>7</span>8", "8"),
    ],
)  # fmt: skip
def test_cells_of_pages(tmp_path, inside, shown):
    document = read(tmp_path, "a.html", f"<table><tr><td>x</td><td>{inside}</td></tr></table>")
    assert cells(document) == ["x", shown]


def test_deleted_text_of_pages(tmp_path):
    page = "<h1>Report <del>2010</del><ins>2011</ins></h1><p><del>70</del><ins>80</ins> villages</p><del><p>9</p></del>"
    assert read(tmp_path, "a.html", page).text == "Report 2011\n80 villages"


def test_equations_of_pages_are_named(tmp_path):
    document = read(tmp_path, "a.html", "<p>It was <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of 5.</p>")
    assert (document.text, document.unread) == ("It was of 5.", ("an equation (“12”)",))


def word(tmp_path, *paragraphs, cell=""):
    document = docx.Document()
    style = document.styles.add_style("Mark", 2)
    style.font.superscript = True
    for inside in paragraphs:
        spaces = nsdecls("w", "m")
        document.element.body.insert(-1, parse_xml(f"<w:p {spaces}>{inside}</w:p>"))
    if cell:
        table = document.add_table(1, 1)
        table.cell(0, 0)._tc.append(parse_xml(f"<w:p {nsdecls('w')}>{cell}</w:p>"))
    out = io.BytesIO()
    document.save(out)
    return read(tmp_path, "a.docx", out.getvalue())


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


HIGH = '<w:vertAlign w:val="superscript"/>'


def test_raised_text_of_word(tmp_path):
    paragraph = (
        run("In 2011") + run("1", HIGH) + run(" 350") + run("2", '<w:rStyle w:val="Mark"/>') + run(" villages, 12")
        + run("t", HIGH) + run("h", HIGH) + run(" km") + run("2", '<w:position w:val="6"/>') + run(" and H")
        + run("2", '<w:vertAlign w:val="subscript"/>') + run("O 5") + run("6", '<w:position w:val="-4"/>')
    )  # fmt: skip
    assert word(tmp_path, paragraph).text == "In 2011¹ 350² villages, 12th km² and H2O 56"


@pytest.mark.parametrize(
    "inside", [run("90") + "<w:r><w:br/></w:r>" + run("100"), run("90") + "<w:r><w:cr/></w:r>" + run("100")]
)
def test_breaks_in_cells_of_word(tmp_path, inside):
    assert cells(word(tmp_path, cell=inside)) == ["90\n100"]


def test_paragraphs_in_cells_of_word(tmp_path):
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Plan\nactual", "120"
    table.cell(0, 1).add_paragraph("130")
    out = io.BytesIO()
    document.save(out)
    assert cells(read(tmp_path, "a.docx", out.getvalue())) == ["Plan actual", "120\n130"]


def test_equations_of_word_are_named(tmp_path):
    equation = "<m:oMathPara><m:oMath><m:r><m:t>12.3 %</m:t></m:r></m:oMath></m:oMathPara>"
    document = word(tmp_path, run("The rate was ") + equation + run("in 2011."))
    assert document.text == "The rate was in 2011."
    assert document.unread == ("an equation (“12.3 %”) in “The rate was in 2011.”",)


def test_signs_by_their_number_in_a_font_are_not_lost(tmp_path):
    signs = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', '<w:r><w:sym w:font="Symbol" w:char="F0FF"/></w:r>'
    assert word(tmp_path, signs[0] + run("80 and 9") + signs[1] + run("9")).text == "≥80 and 9\ufffd9"


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.csv", "a.json", "a.parquet"])
def test_breaks_in_cells_of_sheets_and_records(tmp_path, name):
    if name == "a.xlsx":
        book = openpyxl.Workbook()
        book.active.append(["a", "b"])
        book.active.append(["90\n100", "x\ny"])
        book.save(tmp_path / name)
        document = read_document(tmp_path / name, name, 10**7)
    elif name == "a.ods":
        lines = ("<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b"
                 "</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>90</text:p>"
                 "<text:p>100</text:p></table:table-cell><table:table-cell><text:p>x<text:line-break/>y</text:p>"
                 "</table:table-cell></table:table-row>")  # fmt: skip
        document = read(tmp_path, name, written.ods_of(f'<table:table table:name="s">{lines}</table:table>'))
    else:
        write = {
            "a.xls": written.as_xls,
            "a.csv": written.as_csv,
            "a.json": written.as_json,
            "a.parquet": written.as_parquet,
        }
        document = read(tmp_path, name, write[name]([["a", "b"], ["90\n100", "x\ny"]]))
    assert cells(document) == ["a", "b", "90\n100", "x y"]


def test_marks_breaks_and_deletions_of_markdown(tmp_path):
    text = "# Report\n\nIn 2011[^1] ~~70~~80 km<sup>2</sup>, 10^6^.\n\n"
    text += "|A|B|\n|--|--|\n|90<br>100|Ning<sup>a</sup>|\n\n⁽¹⁾ Five.\n"
    document = read(tmp_path, "a.md", text)
    assert document.text == "Report\nIn 2011⁽¹⁾ 80 km², 10⁶.\n⁽¹⁾ Five."
    assert cells(document) == ["A", "B", "90\n100", "Ningᵃ"]


def test_raised_and_lowered_text_of_pdf(tmp_path):
    style = getSampleStyleSheet()["Normal"]
    words = (
        "In 2011<super>1</super> it gave 5 million<super>[2]</super>, 350<super>a</super> km<super>2</super>, "
        "10<super>6</super>, 12<super>th</super>, H<sub>2</sub>O."
    )
    rows = [["County", "Funds"], ["Ningdu", Paragraph("120<super>1</super>", style)], ["Xingguo", "200"]]
    grid = Table(rows, colWidths=[80, 80])
    grid.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    note = Paragraph("<super>1</super> Without loans.", style)
    story = [Paragraph(f"{words} {words} {words}", style), Spacer(1, 10), grid, note]
    document = read(tmp_path, "a.pdf", written.pdf_of(story))
    once = "In 2011¹ it gave 5 million⁽²⁾, 350ᵃ km², 10⁶, 12th, H2O."
    assert document.text == f"{once} {once} {once}\n¹ Without loans."
    assert cells(document) == ["County", "Funds", "Ningdu", "120¹", "Xingguo", "200"]
