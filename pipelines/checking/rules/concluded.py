"""What is said to follow from the numbers right before it: "payments thus grew by 18.3 percent", 因此节约214万元.

A word such as "thus" leaves no doubt that the numbers are printed, though not which. So every growth, share, difference
and quotient that they give is computed, and only what no pair of them gives, but one would with a slip of the pen,
fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import permutations

from pipelines.catalog.relations import has_cue
from pipelines.checking.evidence import At, Finding
from pipelines.checking.interval import Interval, quotient
from pipelines.checking.rules.growth import as_growth
from pipelines.checking.rules.told import (
    RATIOS,
    Candidate,
    Told,
    alike,
    countable,
    first_that_holds,
    gap,
    is_amount,
    judged,
    same_sentence,
    scaled,
)
from pipelines.checking.slips import may_be_slip
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_REACH = 6  # amounts before a conclusion of which it may be drawn
_WIDE = 14  # numbers before it of which some may give it
_GROWN = 12  # times what it was
_TWO_SENTENCES = 200  # code points that the last of two sentences takes
_CLAUSES = regex("[,;，；。:：]")
_SHARES = frozenset({"share_pct", "rate_pct", "plan_pct"})
_RULES = {"change_pct": "growth_from_previous", "share_pct": "share", "rate_pct": "rate", "plan_pct": "plan_vs_actual"}


def check_conclusions(told: Told) -> Iterator[Finding]:
    """Every number that a word says to follow, against those before it."""
    for place, claim in enumerate(told.figures):
        if claim.qualifier != "exact" or not has_cue("conclusion", _CLAUSES.split(told.lead(claim))[-1]):
            continue
        wide = [f for f in told.before(place, _WIDE) if is_amount(f) and f.qualifier == "exact"]
        start = claim.locator.sentence_start or 0
        near = [f for f in wide if start - (f.locator.sentence_end or 0) < _TWO_SENTENCES][-_REACH:]
        readings = [one for pair in permutations(near, 2) for one in _readings(*pair, claim)]
        if not readings:
            continue
        rule = _RULES.get(claim.role, "base_plus_change")
        far = [one for pair in permutations(wide, 2) for one in _readings(*pair, claim)]
        found = first_that_holds(rule, claim, [*readings, *far])
        if found is None:
            tried = (judged(rule, claim, reading) for reading in readings[::-1])
            found = next((one for one in tried if may_be_slip(one)), None)
        if found is not None:
            yield found


def _readings(one: Figure, other: Figure, claim: Figure) -> Iterator[Candidate]:
    """What two numbers give of the kind of a conclusion, the first of them the earlier, or the part."""
    if claim.role == "change_pct" and alike(one, other) and one.unit == other.unit and _are_near(one, other):
        yield as_growth(one, other, claim)
    elif claim.role in _SHARES and claim.unit in RATIOS and countable(one, other) and _is_in_clause(one, claim):
        yield Candidate((one, other), f"{one.text} / {other.text}", partial(_share, one, other, claim))
    elif claim.role == "change" and one.unit == other.unit == claim.unit and one.value > other.value:
        yield Candidate((one, other), f"{one.text} - {other.text}", partial(_less, one, other))


def _are_near(one: Figure, other: Figure) -> bool:
    """Whether two amounts may be one of two times."""
    less, more = sorted((one.value, other.value))
    return less > 0 and more / less < _GROWN


def _is_in_clause(part: Figure, claim: Figure) -> bool:
    """Whether a part stands right beside its share: "The 399,584 adults thus constitute 32%"."""
    return same_sentence(part, claim) and not _CLAUSES.search(gap(part, claim))


def _share(part: Figure, whole: Figure, claim: Figure, at: At) -> Interval | None:
    return scaled(claim, quotient(at(part), at(whole)))


def _less(more: Figure, less: Figure, at: At) -> Interval:
    return at(more) - at(less)
