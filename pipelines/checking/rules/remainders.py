"""What is left of an amount: 未完工8个, "4,760 remain", against the amount and what has gone from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import combinations, permutations

from pipelines.checking.evidence import At, Finding, after
from pipelines.checking.interval import Interval, of, total
from pipelines.checking.rules.told import (
    Candidate,
    Told,
    alike,
    countable,
    first_that_holds,
    is_amount,
    is_bare,
    judged,
    same_sentence,
)
from pipelines.figures.figure import Figure

_REACH = 5
_CLOSE = 6  # amounts near a remainder of which three may have led to it
_LEFT = re.compile(
    r"(?:剩余|还剩|仅剩|剩下|结余|结存|节余|注销|尚欠|未[一-鿿]{1,4}|尚余|尚有|差额|缺口)[^，。；\d]{0,6}$"
    r"|\b(?:leaving|remaining|the remainder|the balance|the shortfall|surplus of|still open"
    r"|not yet [a-z]+|outstanding|unspent)"
    r"[^,;.\d]{0,24}$",
    re.IGNORECASE,
)
_LEFT_BEHIND = re.compile(
    r"[^,;.，。；()（）\d]{0,20}?\b(?:remain(?:s|ed|ing)?|left over|were left|are left|to go"
    r"|(?:have|had|has|did|were|was|are|is) not|were handed back|was handed back|had ceased"
    r"|still (?:open|poor|waiting|waited|pending)|(?:were|was|are|is) (?:pending|outstanding|unspent|returned))\b",
    re.IGNORECASE,
)


_BALANCE = re.compile(r"结[余转存]|节余")
_SPENT = re.compile(r"支|使用|拨|用于|花|付|报账|发放")


def check_remainders(told: Told) -> Iterator[Finding]:
    """Every amount that is told to be left, against two amounts right before it."""
    for place, claim in enumerate(told.figures):
        if claim.role not in ("level", "change") or not is_amount(claim) or claim.qualifier != "exact":
            continue
        if not (_LEFT.search(told.lead(claim)[-24:]) or _LEFT_BEHIND.match(after(claim))):
            continue
        meant = _meant(told, place)
        if meant is None:
            continue
        near = [
            f for f in (*told.before(place, 2 * _REACH), *told.behind(place, 2)) if is_amount(f) and countable(f, claim)
        ]
        readings = [_left(*two) for two in combinations(near, 2)] + [_sum(*two) for two in combinations(near, 2)]
        readings += [_rest(*some) for some in permutations(near[-_CLOSE:], 3)]
        readings += [_back(*some) for some in permutations(near[-_CLOSE:], 3)]
        finding = first_that_holds("base_plus_change", claim, [_left(*meant), *readings])
        yield finding or judged("base_plus_change", claim, _left(*meant))


def _meant(told: Told, place: int) -> tuple[Figure, Figure] | None:
    """The whole and what has gone from it: the two amounts of the unit of a remainder right before it."""
    claim = told.figures[place]
    near = [f for f in told.before(place, _REACH) if is_amount(f) and f.role in ("level", "target", "change")]
    inside = [f for f in near if same_sentence(f, claim) and alike(f, claim)]
    if len(inside) != 2 or any(f.qualifier != "exact" for f in inside):
        return None
    if is_bare(claim) and not all(f.unit == claim.unit or is_bare(f) for f in inside):
        return None
    whole, gone = inside
    if _BALANCE.search(told.lead(claim)) and not _SPENT.search(told.lead(gone) + told.lead(claim)):
        return None  # a balance is of what was spent, not of two that gave
    if claim.value > whole.value and any(f.value > claim.value for f in near if f not in inside and alike(f, claim)):
        return None  # "the poor were 118,600. 23,900 left, 4,200 fell back, leaving 98,900": of what stands before
    return (whole, gone) if of(whole).high > of(gone).low or claim.value < whole.value else None


def _left(whole: Figure, gone: Figure) -> Candidate:
    return Candidate((whole, gone), f"{whole.text} - {gone.text}", partial(_minus, whole, gone))


def _sum(one: Figure, other: Figure) -> Candidate:
    return Candidate((one, other), f"{one.text} + {other.text}", partial(_plus, one, other))


def _rest(whole: Figure, *gone: Figure) -> Candidate:
    return Candidate(
        (whole, *gone), f"{whole.text} - {' - '.join(f.text for f in gone)}", partial(_without, whole, gone)
    )


def _back(whole: Figure, gone: Figure, come: Figure) -> Candidate:
    return Candidate(
        (whole, gone, come), f"{whole.text} - {gone.text} + {come.text}", partial(_with, whole, gone, come)
    )


def _with(whole: Figure, gone: Figure, come: Figure, at: At) -> Interval:
    return at(whole) - at(gone) + at(come)


def _minus(whole: Figure, gone: Figure, at: At) -> Interval:
    found = at(whole) - at(gone)
    return found if found.point >= 0 else -found


def _plus(one: Figure, other: Figure, at: At) -> Interval:
    return at(one) + at(other)


def _without(whole: Figure, gone: tuple[Figure, ...], at: At) -> Interval:
    return at(whole) - total(map(at, gone))
