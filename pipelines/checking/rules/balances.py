"""What there was, what came, what went and what there is; what was reached earlier, and since the beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.checking.evidence import At, Finding, after, before
from pipelines.checking.interval import Interval
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
)
from pipelines.figures.figure import Figure
from pipelines.patterns import SIGN, regex

_REACH = 6  # numbers before a closing balance
_OPENED = regex(
    r"年初|期初|上年末|去年底|上年底|\d{4}年(?:底|末)"
    r"|\b(?:at the (?:start|beginning|end)|opening|initially|there were|to start with)\b",
    re.IGNORECASE,
)
_CLOSED = regex(
    r"(?:年末|年底|期末|现有|现存|尚有|还有|剩下?|余下?)[^，。；\d]{0,6}$"
    r"|\b(?:leaving|closing (?:balance )?(?:of|at)|ended (?:the year )?with|at the end[^,;.\d]{0,24}|now has|now have"
    r"|the (?:number|total) (?:is )?now)[^,;.\d]{0,12}$",
    re.IGNORECASE,
)
_CAME = regex(
    r"新增|新建|新识别|纳入|加入|返贫|增加|购[入进]|新购|出生"
    r"|\b(?:added|joined|new|entered|came in|opened|were formed|fell back|registered|admitted|received)\b",
    re.IGNORECASE,
)
_WENT = regex(
    r"退出|减少|脱贫|注销|清退|出栏|解散|关闭|死亡"
    r"|\b(?:abandoned|left|closed|dropped|dissolved|withdrew|retired|died|sold|lost|lifted|graduated|paid out|went out"
    r"|discharged|removed)\b",
    re.IGNORECASE,
)
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
    """Every closing balance behind three amounts that lead to it, and every amount that is added to one before it."""
    for place, claim in enumerate(told.figures):
        if claim.role not in ("level", "target") or claim.qualifier != "exact" or not is_amount(claim):
            continue
        lead = told.lead(claim)[-32:]
        flow = _flow(told, place) if _CLOSED.search(lead) else None
        if flow is not None:
            yield judged("base_plus_change", claim, flow)
            continue
        meant = _sum(told, place) if _MAKES.search(lead) else None
        if meant is None:
            continue
        near = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, claim)]
        readings = [meant, *(_plus(one, other) for one in near for other in near if one is not other)]
        yield first_that_holds("base_plus_change", claim, readings) or judged("base_plus_change", claim, meant)


def _flow(told: Told, place: int) -> Candidate | None:
    """What there was, came and went, each told by its words, in the sentence of what there is."""
    claim = told.figures[place]
    inside = [f for f in told.before(place, _REACH) if same_sentence(f, claim) and is_amount(f) and alike(f, claim)]
    if len(inside) != 3 or any(f.qualifier != "exact" for f in inside):
        return None
    base, *moved = inside
    said = [_CLAUSE.split(told.lead(f))[-1] + _behind(told, f) for f in moved]
    came = [f for f, words in zip(moved, said, strict=True) if _CAME.search(words) and not _WENT.search(words)]
    went = [f for f, words in zip(moved, said, strict=True) if _WENT.search(words) and not _CAME.search(words)]
    if len(came) != 1 or len(went) != 1 or not _OPENED.search(before(base)[-40:]):
        return None
    formula = f"{base.text} + {came[0].text} - {went[0].text}"
    return Candidate((base, came[0], went[0]), formula, partial(_balance, base, came[0], went[0]))


def _behind(told: Told, figure: Figure) -> str:
    following = told.at(told.place[figure.figure_id] + 1)
    words = gap(figure, following) if following is not None and same_sentence(figure, following) else after(figure)
    return _CLAUSE.split(words)[0][:24]


_CLAUSE = regex("[,;，；。]| and ")


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


def _balance(base: Figure, came: Figure, went: Figure, at: At) -> Interval:
    return at(base) + at(came) - at(went)
