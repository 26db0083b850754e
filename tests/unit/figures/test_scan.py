from decimal import Decimal

import pytest

from pipelines.figures.scan import Sentences, scan


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
    ],
)
def test_values(text, values):
    assert [token.value for token in scan(text)] == [Decimal(value) for value in values]


def test_tokens_do_not_overlap():
    tokens = scan("12,390 and 2.49:1 and 1/5, seven")
    assert all(first.end <= second.start for first, second in zip(tokens, tokens[1:], strict=False))


def test_a_decimal_point_ends_no_sentence():
    text = "It was 2.5 million. Then No. 33 came! 好。完"
    sentences = Sentences(text)
    found = {text[slice(*sentences.span(position))] for position in range(len(text))}
    assert found >= {"It was 2.5 million.", "Then No. 33 came!", "好。", "完"}
