"""How right the reader was, by what was reviewed."""

from __future__ import annotations

import pytest

from pipelines.review.files import ATTRIBUTES, Review
from pipelines.review.score import interval, scores
from tests.review_helpers import WHEN

READ = {name: "none" if name == "parent" else "x" for name in ATTRIBUTES} | {"unit": "village", "program": "all"}


def entry(number: int, attribute: str = "reading", value: str = "right", expected: object = None) -> Review:
    return Review.model_validate(
        {
            "match": {"section": "", "printed": str(number), "before": "", "after": ""},
            "attribute": attribute,
            "expected": READ if expected is None else expected,
            "value": value,
            "by": "Ada Li",
            "at": WHEN,
        }
    )


def told(*reviews):
    return {one.attribute: (one.right, one.reviewed) for one in scores(reviews)}


def test_what_is_right_counts_for_every_attribute():
    assert told(entry(1), entry(2)) == dict.fromkeys(("figure", *ATTRIBUTES), (2, 2))


def test_what_was_changed_is_wrong_also_where_the_rest_was_found_right_then():
    found = told(entry(1), entry(1, "unit", "household", "village"))
    assert (found["unit"], found["program"]) == ((0, 1), (1, 1))


def test_a_change_alone_says_nothing_of_the_others():
    assert told(entry(1, "unit", "household", "village")) == {"unit": (0, 1)}


def test_a_number_that_is_no_figure_says_nothing_of_its_attributes():
    assert told(entry(1, "reading", "slogan", "figure")) == {"figure": (0, 1)}


def test_what_was_decided_as_it_had_been_read_is_right():
    assert told(entry(1, "value", "12", "12.0")) == {"value": (1, 1)}


@pytest.mark.parametrize(
    ("right", "reviewed", "low", "high"), [(10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (90, 100, 0.8256, 0.9448)]
)
def test_the_interval_is_wilsons(right, reviewed, low, high):
    assert interval(right, reviewed) == pytest.approx((low, high), abs=5e-5)


def test_nothing_reviewed_has_no_score():
    assert scores([]) == []
