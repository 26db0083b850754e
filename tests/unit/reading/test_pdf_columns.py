"""Pages set in columns, and small tables without rules, beside prose that is neither."""

import io

import pytest
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from pipelines.reading.pdf import read_pdf
from tests.fixtures import written

LEFT = (
    "The central government gave much", "to the province in the year 2011 and", "spent 300 million yuan on roads, and",
    "200 million yuan on the training of", "farmers in 12 counties.",
)  # fmt: skip
RIGHT = (
    "The province itself gave 450 million", "yuan, which was 12% more than in", "2010, and 350 villages were helped",
    "with loans of 70 million yuan, and", "more is planned.",
)  # fmt: skip
THIRD = (
    "Enterprises and people of the coast", "gave 5 million yuan to schools, and", "they went on with it in all the",
    "years that followed, in which they", "reached 40 villages.",
)  # fmt: skip
CHINESE_LEFT = (
    "中央财政安排江西省扶贫资金十二",
    "亿元，其中三亿元用于修路，两亿",
    "元用于农民培训，各项工作进展顺",
    "利，成效明显。",
)
CHINESE_RIGHT = (
    "省级财政安排资金四亿五千万元，",
    "比上年增长百分之十二，扶持贫困",
    "村三百五十个，发放贷款七千万元",
    "，明年继续安排。",
)


def drawn(*items, font="Helvetica", size=10):
    """A page with texts at places from its top left corner."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for left, top, text, *other in items:
        canvas.setFont(font, other[0] if other else size)
        canvas.drawString(left, 842 - top, text)
    canvas.save()
    content = read_pdf(out.getvalue(), "a.pdf")
    return content.text.split("\n"), content.unread


def across(*columns, top=90, step=13, lefts=(60, 320)):
    """Lines of columns, drawn from side to side."""
    return [
        (left, top + step * row, column[row])
        for row in range(len(columns[0]))
        for left, column in zip(lefts, columns, strict=True)
    ]


def test_two_columns_below_and_above_lines_of_the_full_width():
    below = "A line below both columns, which goes on over the whole width of the page to its very end, 7."
    text, unread = drawn((60, 50, "A heading over both columns, 2011", 16), *across(LEFT, RIGHT), (60, 200, below))
    assert text == ["A heading over both columns, 2011", " ".join(LEFT), " ".join(RIGHT), below]
    assert unread == ()


def test_three_columns():
    items = [(*item, 9) for item in across(LEFT, RIGHT, THIRD, lefts=(40, 215, 390))]
    assert drawn(*items)[0] == [" ".join(LEFT), " ".join(RIGHT), " ".join(THIRD)]


def test_columns_that_were_written_one_after_the_other():
    one = [(60, 90 + 13 * row, line) for row, line in enumerate(LEFT)]
    other = [(320, 96 + 13 * row, line) for row, line in enumerate(RIGHT)]
    assert drawn(*one, *other)[0] == [" ".join(LEFT), " ".join(RIGHT)]


def test_chinese_columns():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text, _ = drawn(*across(CHINESE_LEFT, CHINESE_RIGHT), font="STSong-Light")
    assert "".join(text) == "".join((*CHINESE_LEFT, *CHINESE_RIGHT))


TABLES = (
    (("County", "Funds"), ("Ningdu", "120"), ("Xingguo", "200")),
    (("County", "Funds"), ("Ningdu", "120")),
    (("Ningdu", "120"), ("Xingguo", "200")),
    (("County", "Central", "Own"), ("Ningdu", "120", "12%"), ("Xingguo", "200", "-3%")),
    (("County", "Central", "Own"), *((f"County {row}", f"{row}20", f"{row}%") for row in range(6))),
)


@pytest.mark.parametrize("rows", TABLES)
def test_small_tables_without_rules_are_named_and_not_read_as_prose(rows):
    cells = across(*zip(*rows, strict=True), lefts=(60, 200, 320)[: len(rows[0])], top=100, step=16)
    text, unread = drawn((60, 60, "Before it stands a line."), *cells, (60, 300, "Behind it, 5 villages."))
    assert text == ["Before it stands a line.", "Behind it, 5 villages."]
    assert unread == (f"page 1: a table of {len(rows)} rows without rules (“{' '.join(rows[0])}”)",)


@pytest.mark.parametrize(
    "items",
    [
        [(60, 90, "Villages: 5"), (60, 104, "Households: 1,200")],
        [(60, 90, "1."), (80, 90, "Roads to villages"), (60, 104, "2."), (80, 104, "Training of farmers")],
        [(60, 90, "In 2011 they gave 5 million yuan to"), (60, 104, "12"), (90, 104, "villages and more.")],
        [(60, 90, "Issued by the office"), (400, 90, "5 March 2012")],
    ],
)
def test_lines_that_are_no_small_table(items):
    text, unread = drawn(*items)
    assert unread == ()
    assert "".join("".join(text).split()) == "".join("".join(item[2].split()) for item in items)


def test_wide_blanks_of_justified_lines_are_no_columns_of_a_table():
    style = ParagraphStyle("justified", parent=getSampleStyleSheet()["Normal"], alignment=4)
    words = (
        "In 2011 12 counties got 1,200 internationalization responsibilities 5 notwithstanding 350 "
        "accomplishments 7 and 8. "
    )
    content = read_pdf(written.pdf_of([Paragraph(words * 6, style)], (200, 600)), "a.pdf")
    assert content.unread == ()
    assert content.text.split() == (words * 6).split()
