"""What rules ask about the words at a figure."""

import pytest

from pipelines.checking.evidence import says_unit
from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("They have 41,000 pigs.", True),
        ("The net income of farmers was 3,640 yuan in May.", True),  # what it is per is told elsewhere
        ("人均纯收入3640元左右。", True),
        ("The aged, who in 2010 had numbered 52,000, numbered 47,000.", False),
    ],
)
def test_the_unit_of_a_number_stands_beside_it(text, is_said):
    assert [says_unit(figure) for figure in figures(text)][-1] is is_said
