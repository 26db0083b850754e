"""How right the reader was, by what people reviewed: accuracy of each attribute with its interval, and labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import NamedTuple

from pipelines.review.files import ATTRIBUTES, READING, Parent, Review
from pipelines.review.readings import is_same

# 95 % of a normal distribution lie within so many standard deviations
_Z = 1.959964


class Score(NamedTuple):
    """How often one attribute was read rightly among the figures that somebody looked at.

    `low` and `high` are the bounds of Wilson's interval of 95 %; `figure` is whether a number was a figure at all.
    """

    attribute: str
    reviewed: int
    right: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Of those reviewed, those that were right."""
        return self.right / self.reviewed


def scores(reviews: Iterable[Review]) -> list[Score]:
    """The scores of all attributes that were reviewed.

    A figure that was found right counts for each of its attributes, but for those that were changed before. One whose
    attribute was changed and that nobody called right as a whole counts for this attribute only.
    """
    told: dict[str, list[bool]] = defaultdict(list)
    for decided in by_place(reviews).values():
        changed = {one.attribute: _was_right(one) for one in decided.values() if one.attribute != READING}
        whole = decided.get(READING)
        if whole is not None:
            told["figure"].append(whole.is_acceptance)
        for attribute in ATTRIBUTES:
            if attribute in changed:
                told[attribute].append(changed[attribute])
            elif whole is not None and whole.is_acceptance:
                told[attribute].append(True)
    return [_score(name, told[name]) for name in ("figure", *ATTRIBUTES) if told[name]]


def by_place(reviews: Iterable[Review]) -> dict[str, Mapping[str, Review]]:
    """The decisions about each number by attribute."""
    found: dict[str, dict[str, Review]] = defaultdict(dict)
    for review in reviews:
        found[review.match.model_dump_json()][review.attribute] = review
    return dict(found)


def interval(right: int, reviewed: int) -> tuple[float, float]:
    """Wilson's interval of 95 % of a share (E. B. Wilson, JASA 22, 1927)."""
    share, square = right / reviewed, _Z * _Z
    centre = share + square / (2 * reviewed)
    spread = _Z * sqrt(share * (1 - share) / reviewed + square / (4 * reviewed * reviewed))
    scale = 1 + square / reviewed
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def _score(name: str, told: list[bool]) -> Score:
    return Score(name, len(told), sum(told), *interval(sum(told), len(told)))


def _was_right(review: Review) -> bool:
    """Whether what was decided is what had been read."""
    value, expected = review.value, review.expected
    if isinstance(value, Parent) or isinstance(expected, dict):
        return False
    return is_same(review.attribute, value, expected)
