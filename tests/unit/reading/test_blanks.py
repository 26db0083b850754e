"""Blanks that say nothing: around numbers of Chinese prose, before lines that go on, before a scale."""

import pytest

from pipelines.reading.assemble import assembled
from pipelines.reading.blanks import closed_up
from pipelines.reading.read import read_document
from pipelines.reading.wrapped import unwrapped
from tests.helpers import figures


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("惠及 8 万多户，投入 2 亿多元。", "惠及8万多户，投入2亿多元。"),
        ("比重由 2016 年的 14% 提高到 2020 年的 18%。", "比重由2016年的14%提高到2020年的18%。"),
        ("3 全县投入 2 亿元。", "3 全县投入2亿元。"),  # the number of a section
        ("贫困户 120 低保户 45", "贫困户 120 低保户 45"),  # no prose, whose blanks part things
        ("贫困户 120 户， 低保户45户。", "贫困户 120 户， 低保户45户。"),  # not all have some
        ("第一 季度投入 2 亿元，增长 3%。", "第一 季度投入 2 亿元，增长 3%。"),
        ("It reached 8 families, and 2 more.", "It reached 8 families, and 2 more."),
    ],
)
def test_numbers_are_set_off_by_nothing(line, told):
    assert closed_up(line) == told


SPACED = "全年投入 2 亿多元，惠及 8 万多户。"


@pytest.mark.parametrize("headings", [0, 2])
def test_numbers_of_laid_out_documents_are_set_off_by_nothing(headings):
    parts = [*[("云安县总结", "heading"), ("概况", "heading")][:headings], (SPACED, "paragraph")]
    assert assembled(parts)[0].endswith("全年投入2亿多元，惠及8万多户。")


def test_a_web_page_closes_up_as_a_text_does(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><h1>云安县总结</h1><p>{SPACED}</p></body></html>", encoding="utf-8")
    assert "惠及8万多户" in read_document(page, page.name, 10**6).text


PARAGRAPH = [
    "The deficit widened to 4.5 billion baht in the first quarter of the year from",
    "2.1 billion baht a year before, as the ministry said in a statement that was sent",
    "to all offices of the provinces, which are asked to save more than they did in the",
    "past and to report by June what they had spent on roads and on water.",
]


@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_an_indent_of_the_lines_that_go_on_tells_no_paragraph(indent):
    assert unwrapped(f"\n{indent}".join(PARAGRAPH)) == " ".join(PARAGRAPH)


def test_an_indent_of_first_lines_does():
    text = "\n".join(["    " + PARAGRAPH[0], *PARAGRAPH[1:]] * 2)
    assert unwrapped(text).count("\n") == 1
    # also where nearly all paragraphs have but one line, and that is full
    short = "    The ministry asked all offices of the provinces to save more than they did before."
    assert unwrapped("\n".join([short] * 6 + ["    " + PARAGRAPH[0], *PARAGRAPH[1:]])).count("\n") == 6


@pytest.mark.parametrize("blanks", ["  ", "   ", "\n  "])
def test_a_scale_may_stand_further_off(blanks):
    [found] = figures(f"The deficit widened to 4.5{blanks}billion yuan.")
    assert (int(found.value), found.unit) == (4_500_000_000, "CNY")
