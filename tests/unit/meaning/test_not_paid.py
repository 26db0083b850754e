"""Amounts that nobody pays are at no stage of a flow of money, whatever verb stands before them."""

import pytest

from tests.helpers import meanings


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The poverty line was raised to 2300 Yuan.", "unknown"),
        ("扶贫标准筹集工作后提高到2300元。", "unknown"),
        ("They raised 1.1 billion Yuan of anti-poverty money.", "raised"),
    ],
)
def test_a_line_that_was_raised_is_no_money_that_was_raised(text, wanted):
    assert [meaning.stage.code for _, meaning in meanings(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "民营企业产值31.2亿元。",
        "Private enterprises had a turnover of 31.2 million yuan.",
        "中央财政收入3.1亿元。",
        "Private enterprises are 91 per cent of all firms.",
    ],
)
def test_what_is_made_or_earned_is_given_by_nobody(text):
    assert [meaning.source.code for _, meaning in meanings(text)] == ["unknown"]


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("民营企业捐资31.2亿元。", "social"),
        ("从彩票销售收入中安排3.1亿元，中央财政投入2亿元。", "central"),
        ("Private enterprises gave 31.2 million yuan.", "social"),
    ],
)
def test_what_is_given_has_its_giver(text, giver):
    assert [meaning.source.code for _, meaning in meanings(text)][-1] == giver


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("中央财政安排衔接帮扶资金1680亿元。", "central"),
        ("省财政下达对口帮扶资金3.2亿元。", "provincial"),
        ("帮扶单位投入帮扶资金3.2亿元。", "social"),
    ],
)
def test_what_a_fund_is_called_gives_nothing_where_a_budget_arranges_it(text, giver):
    assert [meaning.source.code for _, meaning in meanings(text)] == [giver]


def test_a_share_of_what_is_no_money_has_no_giver():
    found = meanings("The county has 340 firms. Private enterprises, 310 in number, make up 91 per cent of the firms.")
    assert {meaning.source.code for _, meaning in found} == {"unknown"}
