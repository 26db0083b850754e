from decimal import Decimal
from itertools import pairwise

import pytest

from pipelines.figures.numbers.scan import scan
from pipelines.figures.text.sentences import Sentences


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5,853,800 and 5853800", ["5853800", "5853800"]),
        ("1/5 of the total", ["0.2"]),
        ("a ratio of 2.49:1", ["2.49"]),
        ("seven and twenty", ["7", "20"]),
        ("两个 三十户", ["2", "30"]),
        ("A4000B", ["4000"]),
        ("3.5.", ["3.5"]),
        ("twenty-three, two hundred and fifty, a dozen", ["23", "250", "12"]),
        ("a third and one half, three quarters", [str(Decimal(1) / 3), "0.5", "0.75"]),
        ("收入比1:2.5", ["2.5"]),
        ("百分之二十三点五", ["23.5"]),
        ("三成半 五成", ["35", "50"]),
        ("三分之二", [str(Decimal(2) / 3)]),
        ("三百余户 二百一十座 十五个村", ["300", "210", "15"]),
        ("1亿2000万元 3万5千人", ["120000000", "35000"]),
        ("98,600 ten thousand Yuan", ["98600"]),
        ("第三批 统一 一个 十分 十二五 三农 千方百计", []),
        ("five-year and threefold", ["5"]),
        ("two thousand one hundred, five million three hundred thousand", ["2100", "5300000"]),
        ("seven million, two hundred", ["7", "2"]),
        ("2½ million and ¾ of it", ["2.5", "0.75"]),
        ("four out of five, nine out of every ten, three out of forty", ["0.8", "0.9", "3", "40"]),
        ("100 000 and .5", ["100000", "0.5"]),
        ("一亿两千万元 三亿五千万元", ["120000000", "350000000"]),
        ("一点五倍", ["1.5"]),
    ],
)
def test_values(text, values):
    assert [token.value * token.scale for token in scan(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize("words", ["negative growth in", "a minus of", "negative effects on"])
def test_a_word_for_a_sign_without_a_number_is_a_word(words):
    assert [token.text for token in scan(f"There was {words} 12 villages.")] == ["12"]


def test_tokens_do_not_overlap():
    tokens = scan("12,390 and 2.49:1 and 1/5, seven")
    assert all(first.end <= second.start for first, second in pairwise(tokens))


def test_a_decimal_point_ends_no_sentence():
    text = "It was 2.5 million. Then No. 33 came! 好。完"
    sentences = Sentences(text)
    found = {text[slice(*sentences.span(position))] for position in range(len(text))}
    assert found >= {"It was 2.5 million.", "Then No. 33 came!", "好。", "完"}
