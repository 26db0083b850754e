"""Two numbers that are all there are of a whole, by what they are of: men and women, inside and outside the province.

The catalogue names such axes. What stands before two members of one axis, and is of their kind, is their whole, unless
another amount near them is what they make together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from pipelines.checking.evidence import Finding, after, tested
from pipelines.checking.interval import of, total
from pipelines.checking.rules.listing import IN_ORDER, OVERLAPS
from pipelines.checking.rules.sums import sum_of
from pipelines.checking.rules.told import Told, alike, gap, is_amount, same_sentence
from pipelines.figures.figure import Figure
from pipelines.figures.text.lexicon import lexicon
from pipelines.patterns import regex

_REACH = 8  # amounts before the first of two of which one may be their whole
_TWO_SENTENCES = 120  # code points that the last of two sentences takes
_TWO = 2  # members that are all there are
_CLAUSE = regex(r"[,;，；。]|(?:^|\s)(?:and|while|whereas)\s")
_ANOTHER = regex(r"比|较|占|上年|去年|\b(?:than|against|compared|last year|average|rate|ratio)\b", re.IGNORECASE)


def check_axes(told: Told) -> Iterator[Finding]:
    """Every two members of one axis that stand together, against the amount before them."""
    for first, second in pairwise(figure for figure in told.figures if is_amount(figure)):
        pair = [first, second]
        if not same_sentence(*pair) or not _are_plain(pair) or not _are_of_axis(told, first, second):
            continue
        words = " ".join((told.lead(first)[-40:], gap(*pair), after(second)[:40]))
        whole = _whole(told, pair)
        if whole is None or OVERLAPS.search(words) or _ANOTHER.search(words):
            continue
        if _are_near(whole, pair):
            yield tested(partial(sum_of, whole, pair))


def _are_near(whole: Figure, pair: list[Figure]) -> bool:
    """Whether two numbers make about as much as their whole; half of it, or twice, are of something else."""
    together = sum(f.value for f in pair)
    return abs(whole.value - together) < min(whole.value, together)


def _are_plain(pair: list[Figure]) -> bool:
    return alike(*pair) and all(f.qualifier == "exact" and f.role == "level" and "/" not in f.unit for f in pair)


def _are_of_axis(told: Told, first: Figure, second: Figure) -> bool:
    """Whether two numbers are each of one member of an axis of two, or of both in turn."""
    if IN_ORDER.match(after(second)):
        return any(len(members) == _TWO for members in _members(told.lead(first)).values())
    one, other = (_named(told, figure) for figure in (first, second))
    return any(
        len(lexicon().words.axes[axis]) == _TWO and axis in other and len(one[axis]) == len(other[axis]) == 1
        for axis in one
        if one[axis] != other.get(axis)
    )


def _named(told: Told, figure: Figure) -> dict[str, set[int]]:
    """The members of axes that the clause of a number names: behind it, else before it."""
    return _members(_CLAUSE.split(told.trail(figure))[0]) or _members(_CLAUSE.split(told.lead(figure))[-1])


def _members(words: str) -> dict[str, set[int]]:
    """Axis → the members that words name."""
    found: dict[str, set[int]] = {}
    for hit in lexicon().phrases.find(words)["axes"]:
        axis, member = hit.payload
        found.setdefault(axis, set()).add(member)
    return found


def _whole(told: Told, pair: list[Figure]) -> Figure | None:
    """The amount of their kind right before two numbers; None where another one is what they make together."""
    first = pair[0]
    place = told.place[first.figure_id]
    near = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, first) and "/" not in f.unit]
    near = [f for f in near if (first.locator.sentence_start or 0) - (f.locator.sentence_end or 0) < _TWO_SENTENCES]
    beside = [*told.before(place, _REACH), *told.behind(place + 1)]
    if any(total(map(of, pair)).meets(of(f)) for f in beside if is_amount(f)):
        return None
    whole = near[-1] if near else None
    if whole is not None and any(f is not whole and f in near for f in told.sentence(whole)):
        return None  # of two amounts before them either may be their whole
    if any(is_amount(f) and alike(f, first) and f.role == first.role for f in told.behind(place + 1, 1)):
        return None  # a third member
    named = whole is not None and bool(_named(told, whole).keys() & _named(told, first).keys())
    plain = whole is not None and whole.role == "level" and whole.qualifier == "exact" and whole.link != "previous_of"
    return whole if plain and not named else None
