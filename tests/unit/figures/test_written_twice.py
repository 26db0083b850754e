"""A number in words with the same one in digits beside it is one number; where the two differ, neither is read."""

from decimal import Decimal

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, figures


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("A total of sixty-two (62) schools were built.", 62, "facility"),
        ("Two (2) clinics have nurses.", 2, "facility"),
        ("They sank 40 (forty) wells.", 40, "facility"),
        ("It spent three million (3,000,000) dollars.", 3_000_000, "USD"),
        ("Some fifteen (15) percent were women.", 15, "%"),
    ],
)
def test_a_number_that_is_written_twice_is_one(text, value, unit):
    found = [(figure.value, figure.unit) for figure in figures(text)]
    assert found == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text", ["Thirty-eight (83) wells were opened.", "A total of sixty-two (26) schools were built."]
)
def test_words_and_digits_that_differ_are_not_read(text):
    reading = read_figures(document(text))
    assert reading.figures == ()
    assert [number.why for number in reading.non_figures if number.reason == "unread"] == [
        "words and digits that differ"
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("They met in all three (2010) and built 12 wells.", 1),  # the year
    ],
)
def test_other_brackets_are_read_by_themselves(text, count):
    assert len(figures(text)) == count
