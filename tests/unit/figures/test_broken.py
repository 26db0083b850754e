"""Numbers that a blank, a line's end or a lost sign broke, and words that say only roughly how many."""

from decimal import Decimal

import pytest

from tests.helpers import figures, others


def unread(text):
    return [printed for printed, reason in others(text) if reason == "unread"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Yields fell by 6. 2 percent.", "6. 2"),
        ("The bank lent 17 .4 million yuan.", "17 .4"),
        ("It served 7 , 915 people.", "7 , 915"),
        ("It handed out 4, 310, 725 yuan.", "4, 310, 725"),
        ("It handed out Sh.41, 306,552 to them.", "41, 306,552"),
        ("年内拨付9 .3亿元。", "9 .3"),
        ("年内拨付7。2亿元。", "7。2"),
        ("It served 8,\n615 people.", "8,\n615"),
        ("It cost 6.\n4 million yuan.", "6.\n4"),
        ("They paid 5\n725 yuan.", "5\n725"),
        ("It has 2.4×107 yuan.", "2.4×107"),
        ("It has 7 x 105 yuan.", "7 x 105"),
        ("It has 3.1 E 6 yuan.", "3.1 E 6"),
        ("They reached 41_250 people.", "41_250"),
        ("It served 6 ,150 people.", "6 ,150"),
        ("Rates fell by 0. 7 points.", "0. 7"),
        ("They paid $7, 150 to them.", "7, 150"),
        ("They paid Rs. 4, 70, 000 to them.", "4, 70, 000"),
        ("共5， 200人。", "5， 200"),
        ("It has 4*10**6 yuan.", "4*10**6"),
    ],
)
def test_a_broken_number_is_unread_as_a_whole(text, whole):
    assert unread(text) == [whole]
    assert not figures(text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They paid 14\n000 yuan.", [14000]),
        ("It has 10×10⁴ yuan.", [100000]),
        ("In 2010, 350 people moved.", [350]),
        ("Grants of 20, 150 and 300 yuan were paid.", [20, 150, 300]),
        ("There were 12 schools, 450 pupils.", [12, 450]),
        ("Work went on.\n3. 5 villages joined.", [5]),
    ],
)
def test_what_is_not_broken_is_read(text, values):
    assert [figure.value for figure in figures(text)] == [Decimal(value) for value in values]
    assert unread(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The bank lent several hundred million yuan.", "several hundred million"),
        ("Scores of wells were dug.", "Scores"),
        ("They trained tens of thousands of women.", "tens of thousands"),
        ("A few thousand families moved.", "A few thousand"),
        ("成百上千的牧民参加。", "成百上千"),
        ("收入翻了两番。", "翻了两番"),
        ("开支减半。", "减半"),
        ("过半村庄通路。", "过半"),
    ],
)
def test_words_that_say_roughly_how_many_are_unread(text, words):
    assert unread(text) == [words]


def test_the_unit_of_a_table_is_no_rough_number():
    assert unread("Amounts are in thousands of yuan.") == []
