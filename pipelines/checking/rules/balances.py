"""What came in less what was spent, and what is added to an amount or taken off it, with what both make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.checking.evidence import At, Finding
from pipelines.checking.interval import Interval
from pipelines.checking.rules.stocks import flow_of, told_or_meant
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Candidate,
    Told,
    alike,
    first_that_holds,
    gap,
    is_amount,
    judged,
    same_sentence,
    start,
)
from pipelines.figures.figure import Figure
from pipelines.patterns import SIGN, regex

_REACH = 8  # numbers before a closing balance
_BASES = 4  # numbers before what is taken off, of which one is what it is taken off
_FAR = 480  # letters from what there was to what there is
# an amount that is added to the one before it, and what both make
_WITH = regex(
    r"(?:加上|连同)[^，。；\d]{0,12}$"
    r"|\b(?:together with|added to|on top of|plus|(?:matched|supplemented) by|topped up (?:by|with))"
    r" (?:the |another |a further )?" + SIGN + r"$|\b(?:another|a further|an additional)\s*$",
    re.IGNORECASE,
)
_MAKES = regex(
    r"(?:累计|合计|共计?|总计|达到?)[^，。；\d]{0,8}$"
    r"|\b(?:makes|made|making|gives|gave|giving|brings|brought|bringing|comes to|came to|so that|in all|altogether"
    r"|the total (?:is|was|to))[^,;.\d]{0,24}$",
    re.IGNORECASE,
)


def check_balances(told: Told) -> Iterator[Finding]:
    """Every surplus behind what came and went, and every amount that is added to one before it."""
    for place, claim in enumerate(told.figures):
        if claim.role not in ("level", "target") or claim.qualifier != "exact" or not is_amount(claim):
            continue
        lead = told.lead(claim)[-32:]
        surplus = _surplus(told, place) if _LEFT_OVER.search(lead) else []
        if surplus:
            yield first_that_holds("base_plus_change", claim, surplus) or told_or_meant(claim, surplus)
            continue
        left = _less(told, place)
        if left:
            yield first_that_holds("base_plus_change", claim, left) or told_or_meant(claim, left)
            continue
        meant = _sum(told, place) if _MAKES.search(lead) else None
        if meant is None:
            continue
        near = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, claim)]
        readings = [meant, *(_plus(one, other) for one in near for other in near if one is not other)]
        yield first_that_holds("base_plus_change", claim, readings) or judged("base_plus_change", claim, meant)


def _surplus(told: Told, place: int) -> list[Candidate]:
    """What came in less what was spent, before what is left of it: 收入35.82亿元，支出27.36亿元，当期结余8.46亿元."""
    claim = told.figures[place]
    ahead = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, claim) and f.qualifier == "exact"]
    came = [f for f in ahead if _INCOME.search(_CLAUSE.split(told.lead(f))[-1])]
    went = [f for f in ahead if _SPENT.search(_CLAUSE.split(told.lead(f))[-1])]
    near = came and went and start(claim) - start(min(came[-1], went[-1], key=start)) < _FAR
    if not near or came[-1] is went[-1] or came[-1].role != went[-1].role:
        return []
    pairs = [(one, other) for one in came[::-1] for other in went[::-1]]
    ends = [sorted(pair, key=lambda figure: -figure.value) for pair in pairs if pair[0] is not pair[1]]
    return [flow_of(more, [less], (-1,)) for more, less in ends]


_LEFT_OVER = regex(
    r"(?:当期|当年|本年|本期|收支)(?:结余|赤字|盈余|差额)[^，。；\d]{0,4}$"
    r"|\b(?:leaving|with|giving) an? (?:[a-z]+ )?(?:surplus|deficit|balance) of\s+" + SIGN + "$",
    re.IGNORECASE,
)
_INCOME = regex(r"收入[^，。；\d]{0,4}$|\b(?:revenues?|receipts?|income|contributions)\b", re.IGNORECASE)
_CLAUSE = regex("[,;，；。]| and ")
_SPENT = regex(r"支出[^，。；\d]{0,4}$|\b(?:expenditures?|expenses?|spending|outlays?|payments)\b", re.IGNORECASE)


def _less(told: Told, place: int) -> list[Candidate]:
    """What is left of an amount when what stands between is taken off: 扣除税费0.74亿元后，可分配6.08亿元."""
    taken, claim = told.at(place - 1), told.figures[place]
    if taken is None or not same_sentence(taken, claim) or not _TAKEN_OFF.search(told.lead(taken)):
        return []
    if not alike(taken, claim) or not _AFTER_THAT.match(gap(taken, claim)) or taken.qualifier != "exact":
        return []
    bases = [f for f in told.before(place - 1, _BASES)[::-1] if is_amount(f) and alike(f, claim)]
    near = [f for f in bases if start(claim) - start(f) < _FAR and f.qualifier == "exact"]
    return [flow_of(base, [taken], (-1,)) for base in near]


_TAKEN_OFF = regex(
    r"(?:扣除|减去|除去|剔除)[^，。；\d]{0,24}$"
    r"|\b(?:after (?:deducting|deduction of|paying)|minus)\b[^,;.\d]{0,32}$",
    re.IGNORECASE,
)
_AFTER_THAT = regex(
    r"[^，。；,;.\d]{0,24}?(?:后|[，,][^，。；,;.\d]{0,12}(?:[剩余]|结[余存]|净)|(?:,|\bthere)[^,;.\d]{0,24}\b(?:rest|left|remain|net\b))",
    re.IGNORECASE,
)


def _sum(told: Told, place: int) -> Candidate | None:
    """The amount right before a sum that is added to the one before it."""
    claim, added = told.figures[place], told.at(place - 1)
    if added is None or not same_sentence(added, claim) or not _WITH.search(told.lead(added)[-40:]):
        return None
    ahead = [f for f in told.before(place - 1, _REACH) if is_amount(f) and alike(f, claim)]
    ahead = [f for f in ahead if same_sentence(f, claim) or f.unit == claim.unit or {f.unit, claim.unit} & OPEN_UNITS]
    if not ahead or not alike(added, claim) or added.qualifier != "exact" or ahead[-1].qualifier != "exact":
        return None
    return _plus(ahead[-1], added)


def _plus(one: Figure, other: Figure) -> Candidate:
    return Candidate((one, other), f"{one.text} + {other.text}", partial(_together, one, other))


def _together(one: Figure, other: Figure, at: At) -> Interval:
    return at(one) + at(other)
