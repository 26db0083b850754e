"""Texts whose lines were broken at a width read as if they had not been."""

from __future__ import annotations

import re
from textwrap import wrap

import pytest

from pipelines.reading.aligned import read_plain
from pipelines.reading.emphasis import without_emphasis
from pipelines.reading.formulas import without_formulas
from pipelines.reading.markdown import read_markdown
from pipelines.reading.wrapped import unwrapped

ENGLISH = (
    "The Livestock Bureau of the upper district spent Rs. 46.2 crore on fodder banks in 2014, which is 12.5 per cent "
    "more than it had planned. Of this the State paid Rs. 30.1 crore and the cooperatives Rs. 16.1 crore. Some 4,120 "
    "herders Below Poverty Line (BPL) got feed, and 310 wells in Nagar, Rampur and Sitapur were lined with stone."
)
CHINESE = (
    "全县三年来共投入扶贫资金1.26亿元，其中中央资金8400万元，省级资金2100万元，县级配套2100万元，建成饮水工程46处，"
    "解决了1.8万人的饮水困难。到年底，全县还有贫困人口2.31万人，贫困发生率由上年的14.2%下降到9.6%，比上年下降4.6个百分点。"
)


def broken(text: str, columns: int) -> list[str]:
    """Chinese lines of so many columns at most; a number, and a sign behind it, are not parted."""
    lines, used = [""], 0
    for piece in re.findall(r"[\d.%]+[，。]?|.[，。]?", text):
        width = sum(1 if sign.isascii() else 2 for sign in piece)
        if used + width > columns:
            lines.append("")
            used = 0
        lines[-1] += piece
        used += width
    return lines


@pytest.mark.parametrize("width", [54, 66, 78, 100])
def test_english_lines_go_on_where_the_next_word_had_no_room(width):
    lines = wrap(ENGLISH, width)
    assert unwrapped("\n".join(lines)) == ENGLISH
    two = "\n".join(lines) + "\n\n" + "\n".join(wrap(ENGLISH, width))
    assert unwrapped(two) == f"{ENGLISH}\n\n{ENGLISH}"


@pytest.mark.parametrize("columns", [46, 60, 76])
def test_chinese_lines_are_joined_without_a_blank(columns):
    lines = broken(CHINESE, columns)
    assert len(lines) > 2
    assert unwrapped("\n".join(lines)) == CHINESE


def test_headings_items_and_numbered_paragraphs_keep_their_lines():
    body = "\n".join(wrap(ENGLISH, 70))
    text = f"Fodder and water\n1. {body}\nDrinking Water\n2. {body}\n• to line 40 wells with stone\n• to dig 12 ponds"
    joined = unwrapped(text).split("\n")
    assert joined == [
        "Fodder and water",
        f"1. {ENGLISH}",
        "Drinking Water",
        f"2. {ENGLISH}",
        "• to line 40 wells with stone",
        "• to dig 12 ponds",
    ]


def test_a_word_that_was_broken_keeps_its_hyphen_and_gets_no_blank():
    lines = wrap(
        "The board has so far credit-linked 2,260 groups in the whole of the eastern hills and the plains " * 3, 61
    )
    text = "\n".join(lines).replace("credit-linked", "credit-\nlinked", 1)
    assert "credit-linked" in unwrapped(text).split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Funds by source in the year under report, million yuan\nCentral budget 120\nProvincial budget 46\nCounties 12",
        "东山县二〇一四年扶贫工作总结\n全县投入资金1200万元。\n新建道路46公里。",
        "\n".join([ENGLISH, ENGLISH.replace("fodder", "seed")]),
        "中央资金1200万元\n省级资金800万元\n县级资金300万元",
        "",
        "one line",
    ],
)
def test_lines_that_nobody_broke_stay(text):
    assert unwrapped(text) == text


def test_a_number_and_its_unit_on_two_lines_are_read_together():
    text = "Report on fodder\n\n" + "\n".join(wrap(ENGLISH, 108))
    assert "12.5 per\ncent" in text
    for read in (lambda t: read_plain(t).text, lambda t: read_markdown(t).text):
        assert "12.5 per cent more" in read(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Of the 841 cases, 610 (73 _per cent_) were right.", "Of the 841 cases, 610 (73 per cent) were right."),
        ("They paid **Rs. 12 crore** in *two* rounds.", "They paid Rs. 12 crore in two rounds."),
        ("共有**1200户**受益。", "共有1200户受益。"),
        ("See data_set_2011 and 3 * 4 * 5.", "See data_set_2011 and 3 * 4 * 5."),
        ("* dug 12 wells\n* lined 40", "* dug 12 wells\n* lined 40"),
        ("**Water and roads**", "**Water and roads**"),
    ],
)
def test_signs_of_emphasis_are_no_text(written, read):
    assert without_emphasis(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"共搬迁 $5 8 9 \times { 1 0 } ^ { 4 }$ 人", "共搬迁 589×10^4 人"),
        (r"占$3 0 . 6 7 \%$，比上年", "占30.67%，比上年"),
        (r"户均 $7 8 . 2 4 ~ \mathrm { m } ^ { 2 }$ 。", "户均 78.24 m² 。"),
        (r"增加$2 . 5 \sim 3 . 5$倍", "增加2.5~3.5倍"),
        ("It paid $5 and then $6 million.", "It paid $5 and then $6 million."),
        (r"with $\alpha = 0 . 0 5$ here", r"with $\alpha = 0 . 0 5$ here"),
    ],
)
def test_numbers_of_formulas_are_written_as_in_prose(written, read):
    assert without_formulas(written) == read


def test_wide_blanks_of_lines_set_to_both_edges_are_one():
    line = "with  the  aim  of  giving  around  3  lakh  pucca  homes  to  them"
    assert unwrapped(line) == "with the aim of giving around 3 lakh pucca homes to them"
    assert unwrapped("roads   12   140   15") == "roads   12   140   15"
    assert "12   140" in unwrapped("costs  of  all  lanes  and  roads   12   140")
