"""Word documents and PDFs: order, headings, tables, what is left out and what is listed as not read."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, Spacer, Table, TableStyle

from pipelines.errors import ReportError
from pipelines.reading.read import read_document
from tests.fixtures import written

STYLES = getSampleStyleSheet()
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path, name, 10**7)


def blocks(document):
    return [(block.kind, block.section, document.text[block.start : block.end].strip()) for block in document.blocks]


def word(tmp_path, fill):
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return read(tmp_path, "a.docx", out.getvalue())


def test_word_keeps_the_order_and_its_headings(tmp_path):
    def fill(document):
        document.add_heading("Report of Jiangxi, 2011", 0)
        document.add_heading("Funds", 1)
        document.add_paragraph("They were 5 million.\tMore\ncame.")
        document.add_table(1, 2).cell(0, 0).text = "737"
        document.add_heading("Villages", 2)
        document.add_paragraph("【Roads】 Twelve.")
        document.sections[0].header.paragraphs[0].text = "Header 99"

    document = word(tmp_path, fill)
    assert document.title == "Report of Jiangxi, 2011"
    assert blocks(document) == [
        ("title", "", "Report of Jiangxi, 2011"),
        ("heading", "Funds", "Funds"),
        ("paragraph", "Funds", "They were 5 million. More came."),
        ("heading", "Villages", "Villages"),
        ("heading", "Roads", "【Roads】"),
        ("paragraph", "Roads", "Twelve."),
    ]
    assert [(table.caption, table.cells[0].text) for table in document.tables] == [
        ("They were 5 million. More came.", "737")
    ]


def test_word_shows_insertions_and_fields_but_neither_deleted_nor_hidden_text(tmp_path):
    runs = {
        "w:ins": "<w:ins w:id='1' w:author='a'><w:r><w:t>5</w:t></w:r></w:ins>",
        "w:del": "<w:del w:id='2' w:author='a'><w:r><w:delText>6</w:delText><w:t>6</w:t></w:r></w:del>",
        "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>7</w:t></w:r>",
        "field": "<w:r><w:instrText>PAGE 8</w:instrText></w:r>",
        "control": "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t> villages</w:t></w:r></w:sdtContent></w:sdt>",
    }

    def fill(document):
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{''.join(runs.values())}</w:p>"))

    assert word(tmp_path, fill).text == "5 villages"


def test_word_tables_with_merged_cells_and_a_table_inside(tmp_path):
    def fill(document):
        table = document.add_table(3, 3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "wide"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "high"
        inner = table.cell(2, 2).add_table(1, 1)
        inner.cell(0, 0).text = "inner 9"

    outer, inner = word(tmp_path, fill).tables
    places = {cell.text: cell[:2] + cell[3:] for cell in outer.cells}
    assert places["wide"] == (0, 1, 1, 2)
    assert places["high"] == (1, 0, 2, 1)
    assert places["22"] == (2, 2, 1, 1)
    assert [cell.text for cell in inner.cells] == ["inner 9"]


def test_word_footnotes_stand_at_the_end(tmp_path):
    import zipfile

    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Five million.")
    document.save(out)
    source = zipfile.ZipFile(out)
    parts = {name: source.read(name) for name in source.namelist()}
    space = nsdecls("w")
    parts["word/footnotes.xml"] = (
        f"<w:footnotes {space}><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>"
        "<w:footnote w:id='1'><w:p><w:r><w:t>Without loans of 3 million.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    relation = (
        b'<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'footnotes" Target="footnotes.xml"/></Relationships>'
    )
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/word/footnotes.xml" ContentType="application/xml"/></Types>'
    )
    assert read(tmp_path, "a.docx", written.as_zip(parts)).text.split("\n") == [
        "Five million.",
        "Without loans of 3 million.",
    ]


def table(rows, *style):
    drawn = Table([list(row) for row in rows])
    drawn.setStyle(TableStyle(style))
    return drawn


def pdf(tmp_path, story, size=A4):
    return read(tmp_path, "a.pdf", written.pdf_of(story, size))


def normal(text):
    return Paragraph(text, STYLES["Normal"])


def test_pdf_tables_have_spans_and_a_caption(tmp_path):
    rows = [["Year", "Funds", ""], ["", "central", "own"], ["2010", "525.08", "135"], ["2011", "651", "two\nlines"]]
    drawn = table(rows, GRID, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)))
    document = pdf(tmp_path, [normal("Before."), normal("Funds in million Yuan"), drawn, normal("Behind, 5 villages.")])
    assert document.unread == ()
    [found] = document.tables
    assert found.caption == "Funds in million Yuan"
    places = {cell.text: cell[:2] + cell[3:] for cell in found.cells}
    assert places["Year"] == (0, 0, 2, 1)
    assert places["Funds"] == (0, 1, 1, 2)
    assert places["525.08"] == (2, 1, 1, 1)
    assert places["two lines"] == (3, 2, 1, 1)
    assert document.text.split("\n") == ["Before.", "Funds in million Yuan", "Behind, 5 villages."]


@pytest.mark.parametrize("printed", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90, 180, 270])
def test_pdf_tables_on_turned_pages(tmp_path, shown, printed):
    """Wide tables are printed sideways, and some pages are turned back when they are shown."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 500))
    canvas.setPageRotation(shown)
    canvas.translate(300, 250)
    canvas.rotate(printed)
    drawn = table([["Year", "Funds"], ["2010", "525.08"]], GRID)
    drawn.wrapOn(canvas, 400, 400)
    drawn.drawOn(canvas, -100, 50)
    canvas.drawString(-100, -50, "Words below.")
    canvas.save()
    document = read(tmp_path, "a.pdf", out.getvalue())
    [found] = document.tables
    assert {cell.address: cell.text for cell in found.cells} == {
        "A1": "Year",
        "B1": "Funds",
        "A2": "2010",
        "B2": "525.08",
    }
    assert document.text == "Words below."


def test_pdf_tables_on_a_page_that_shows_only_a_part_of_its_sheet(tmp_path):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 500))
    canvas.setCropBox((80, 60, 560, 430))
    drawn = table([["Year", "Funds"], ["2010", "525.08"]], GRID)
    drawn.wrapOn(canvas, 400, 400)
    drawn.drawOn(canvas, 100, 200)
    canvas.save()
    [found] = read(tmp_path, "a.pdf", out.getvalue()).tables
    assert [cell.text for cell in found.cells] == ["Year", "Funds", "2010", "525.08"]


ROWS = [["County", "Total", "Central"], ["Anyuan", "737", "525"], ["Xunwu", "803", "651"], ["Huichang", "1,200", "900"]]


def test_a_pdf_table_with_two_amounts_in_one_cell_keeps_its_others(tmp_path):
    document = pdf(tmp_path, [normal("Before."), table([ROWS[0], ["Anyuan", "737", "525\n651"]], GRID)])
    assert document.unread == ()
    assert [cell.text for cell in document.tables[0].cells][3:] == ["Anyuan", "737", "525\n651"]


@pytest.mark.parametrize(
    ("drawn", "reason"),
    [
        (table(ROWS), "a table of 4 rows without rules (“County Total Central”)"),
        (
            table(ROWS, ("LINEABOVE", (0, 0), (-1, 0), 1, "black"), ("LINEBELOW", (0, 0), (-1, 0), 1, "black")),
            "without",
        ),
        (
            table([ROWS[0], ["Anyuan\nXunwu", "737\n803", "525\n651"]], GRID),
            "a table without rules between its rows (“County Total Central Anyuan Xunwu 737 803",
        ),
        (
            table([ROWS[0], ["Anyuan\nXunwu", "737\n803", "525"]], GRID),
            "a table without rules between its rows",
        ),
        (
            table(ROWS, ("GRID", (1, 0), (-1, -1), 0.5, "black")),
            "a table that is open at a side",
        ),
    ],
)
def test_pdf_tables_whose_cells_no_rules_tell_are_listed_and_not_mangled(tmp_path, drawn, reason):
    document = pdf(tmp_path, [normal("Before."), Spacer(1, 20), drawn, Spacer(1, 20), normal("Behind, 5 villages.")])
    assert document.tables == ()
    [note] = document.unread
    assert note.startswith("page 1: ")
    assert reason in note
    assert "737" not in document.text
    assert document.text.startswith("Before.")
    assert document.text.endswith("Behind, 5 villages.")


def test_prose_beside_figures_is_no_table(tmp_path):
    lines = ["Villages: 5", "Households: 1,200", "In 2011 they gave 5 million Yuan to 12 villages."]
    document = pdf(tmp_path, [normal(line) for line in lines])
    assert (document.unread, document.text.split("\n")) == ((), lines)


def test_a_pdf_table_over_two_pages_is_one_table(tmp_path):
    rows = [["County", "Funds"], *([f"County {row}", f"{row}.5"] for row in range(70))]
    drawn = Table(rows, repeatRows=1)
    drawn.setStyle(TableStyle([GRID]))
    [found] = pdf(tmp_path, [drawn]).tables
    assert [cell.text for cell in found.cells] == [text for row in rows for text in row]
    assert found.cells[-1].address == "B71"


def test_pdf_headings_by_size_and_furniture_left_out(tmp_path):
    story = [Paragraph("Report of Jiangxi, 2011", STYLES["Title"])]
    for name in ("Funds", "Villages", "Roads"):
        story += [Paragraph(name, STYLES["Heading2"]), normal(f"{name} grew by 5 million. " * 12), PageBreak()]
    document = read(tmp_path, "a.pdf", written.pdf_of(story, (400, 420), True))
    assert [text for kind, _, text in blocks(document) if kind == "heading"] == ["Funds", "Villages", "Roads"]
    assert document.title == "Report of Jiangxi, 2011"
    assert [section for kind, section, _ in blocks(document) if kind == "paragraph"] == ["Funds", "Villages", "Roads"]
    assert "Yearbook" not in document.text
    assert "- 2 -" not in document.text


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        (["The work against pover-", "ty and poverty went on."], "The work against poverty and poverty went on."),
        (["They gave to the anti-", "poverty funds."], "They gave to the anti-poverty funds."),
    ],
)
def test_hyphens_at_the_end_of_pdf_lines(tmp_path, words, ends):
    assert pdf(tmp_path, [normal("<br/>".join(words))]).text == ends


def encrypted_pdf(password):
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, ownerPassword="o", canPrint=1))
    canvas.drawString(100, 100, "5 villages")
    canvas.save()
    return out.getvalue()


def scanned_pdf(*, text=False):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    canvas = Canvas(out)
    if text:
        canvas.drawString(100, 100, "5 villages")
        canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40))), 0, 0)
    canvas.save()
    return out.getvalue()


def test_pages_without_text_are_listed(tmp_path):
    assert read(tmp_path, "a.pdf", scanned_pdf(text=True)).unread == ("page 2: an image without text",)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.pdf", encrypted_pdf("secret"), "is protected by a password"),
        ("a.pdf", scanned_pdf(), "holds no text: a scan must be recognised first"),
        ("a.pdf", written.pdf_of([table(ROWS)]), "page 1: a table of 4 rows without rules"),
        ("a.pdf", written.pdf_of([normal("5")])[:300], "is damaged and cannot be read as a PDF"),
        ("a.docx", written.as_zip({"word/document.xml": b"<a/>"}), "is damaged and cannot be read as a Word document"),
        ("a.docx", written.text_as_docx(""), "holds no text and no table"),
    ],
)
def test_documents_that_are_refused(tmp_path, name, data, cause):
    with pytest.raises(ReportError) as caught:
        read(tmp_path, name, data)
    assert str(caught.value).startswith(f"{name}: {cause}")
    assert "\n" not in str(caught.value)


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path):
    assert read(tmp_path, "a.pdf", encrypted_pdf("")).text == "5 villages"
