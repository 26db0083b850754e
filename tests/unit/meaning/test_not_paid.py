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
