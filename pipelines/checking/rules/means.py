"""Amounts for each: a sum, a count, and what each got of it or what there is on average."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.catalog.currencies import is_money
from pipelines.checking.evidence import At, Finding, after
from pipelines.checking.interval import Interval, exactly, product, quotient
from pipelines.checking.rules.told import (
    MEASURED,
    OPEN_UNITS,
    Candidate,
    Told,
    first_that_holds,
    is_amount,
    is_bare,
    judged,
    same_sentence,
    same_statement,
)
from pipelines.figures.figure import Figure

_NEAR = 3  # numbers before a mean of which two are its sum and its count
_ROUND = exactly(1)
_MEAN_LEAD = re.compile(
    r"(?:平均[^，。；、\d]{0,10}|[户人村县店社场家座笔吨亩批名]均[^，。；、\d]{0,6}|每[一-鿿]{1,6})(?:约|为|达)?$"
    r"|\b(?:on average|an average of|averag\w+|each)[^,;.\d]{0,24}$",
    re.IGNORECASE,
)
_MEAN_BEHIND = re.compile(
    r"[^,;.，。；()（）\d]{0,16}?\b(?:each|apiece|on average|per|an? (?:household|family|person"
    r"|village|head|loan|project|mu|ton)|for every)\b",
    re.IGNORECASE,
)
_MOST = re.compile(r"最|\b(?:most|least|highest|lowest|largest|smallest)\b", re.IGNORECASE)
_NO_MEAN = re.compile(
    r"income|earn|wage|线|收入|增收|工资|标准|限额|补助标准|补贴标准|standard|rate of|monthly"
    r"|a month|每月|每年|a year|month|以上|以下|price|价"
    r"|最高|最低|up to|at least|maximum",
    re.IGNORECASE,
)


def check_means(told: Told) -> Iterator[Finding]:
    """Every mean of running text that stands right beside its sum and its count."""
    for place, claim in enumerate(told.figures):
        if not _is_mean(told, claim):
            continue
        meant = _meant(told, place)
        if meant is None:
            continue
        near = [f for f in (*told.before(place, 8), *told.behind(place, 3)) if is_amount(f) and f is not claim]
        readings = [meant] + [_spread(one, other) for one in near for other in near if one is not other]
        readings += [_times(one, other) for one in near for other in near if one is not other]
        finding = first_that_holds("average", claim, readings, _rounded)
        if finding is None:
            finding = judged("average", claim, meant, _rounded)
            finding.severity = "warning"
        yield finding


def _is_mean(told: Told, claim: Figure) -> bool:
    if claim.role not in ("per_unit", "level") or claim.link == "previous_of" or claim.qualifier != "exact":
        return False
    lead, behind = told.lead(claim)[-32:], after(claim)[:28]
    if _NO_MEAN.search(lead) or _NO_MEAN.search(behind):
        return False
    return _MEAN_LEAD.search(lead) is not None or _MEAN_BEHIND.match(after(claim)) is not None


def _meant(told: Told, place: int) -> Candidate | None:
    """The sum and the count that a mean is of: the two amounts right before it, or one to each side of it."""
    claim = told.figures[place]
    before = [f for f in told.before(place, _NEAR) if same_sentence(f, claim) and is_amount(f)]
    behind = [
        f for f in told.behind(place, 1) if is_amount(f) and same_statement(f, claim) and not _MOST.search(told.lead(f))
    ]
    pair = before if len(before) > 1 else [*before, *behind]
    pair = [f for f in pair if f.role in ("level", "target") and f.qualifier == "exact" and not _is_mean(told, f)]
    of_what, _, per_what = claim.unit.partition("/")
    sums = [f for f in pair if f.unit == of_what and f.value > claim.value]
    counts = [f for f in pair if f not in sums and not is_money(f.unit)][-1:]
    if len(sums) != 1 or len(counts) != 1 or (is_bare(sums[0]) and not is_money(sums[0].unit)):
        return None
    if not is_money(of_what) and len(pair) > 2:
        return None
    if per_what and counts[0].unit not in (per_what, *OPEN_UNITS) and not is_bare(counts[0]):
        return None
    if not per_what and (counts[0].unit == of_what or counts[0].unit in MEASURED):
        return None
    return _spread(sums[0], counts[0])


def _spread(amount: Figure, count: Figure) -> Candidate:
    return Candidate((amount, count), f"{amount.text} / {count.text}", partial(_quotient, amount, count))


def _times(one: Figure, other: Figure) -> Candidate:
    return Candidate((one, other), f"{one.text} × {other.text}", partial(_product, one, other))


def _quotient(amount: Figure, count: Figure, at: At) -> Interval | None:
    return quotient(at(amount), at(count))


def _product(one: Figure, other: Figure, at: At) -> Interval:
    return product(at(one), at(other))


def _rounded(claim: Figure, at: At) -> Interval:
    """A mean is rounded, also where it is printed without decimals or in round numbers."""
    stated = at(claim)
    half = exactly(1).point.scaleb(int(claim.value_stated.normalize().as_tuple().exponent)) * claim.scale / 2
    return Interval(min(stated.low, stated.point - half), max(stated.high, stated.point + half), stated.point)
