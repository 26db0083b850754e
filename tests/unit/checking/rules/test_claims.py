"""What sentences say about their own numbers: a claim holds where one reading does, and fails where none can."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document

CLAIMS = [
    # right, and the same with one number moved
    ("Poverty fell from 47.2 percent to 38.9 percent, 8.3 percentage points.", "47.2", "32.9"),
    ("贫困发生率由29.8%下降至23.2%，降低6.6个百分点。", "6.6", "9.6"),
    ("雨露计划培训11260人，为省定任务10800人的104.3%。", "104.3", "196.1"),
    ("深圳投入3.86亿元，占67.2%；省直0.93亿元，占16.2%；本市0.95亿元，占16.6%。", "0.93", "2.63"),
    (
        "The cost was 192.4 million yuan: 98.7 million for roads, 74.5 million for wells, 19.2 million for the rest.",
        "74.5",
        "34.5",
    ),
]


def failing(text):
    return [check for check in checked(document(text)).checks if check.verdict in FAILING]


@pytest.mark.parametrize(("text", "number", "moved"), CLAIMS)
def test_a_claim_that_holds_is_silent_and_one_that_no_reading_saves_fails(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Roads took 5 million yuan; 12,000 people were trained, 30 percent of all workers.",
        "Courses were held 213 times, of which 53 served cadres, 71 farmers and 82 teachers.",
        "Assets were 18 million yuan, mainly loans of 9 million and cash of 2 million.",
    ],
)
def test_what_no_words_relate_is_not_compared(text):
    assert failing(text) == []
