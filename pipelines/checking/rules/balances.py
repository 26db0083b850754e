"""What there was, what came, what went and what there is; what was reached earlier, and since the beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import product

from pipelines.checking.evidence import At, Finding, after
from pipelines.checking.interval import Interval, of, total
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Candidate,
    Told,
    alike,
    depth,
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
_FAR = 480  # letters from what there was to what there is
_MOVES = range(2, 5)  # amounts that came or went in between
_SAID = 2  # of them that words call so
# what there was and what there is, by words at their numbers
_OPENED = regex(
    r"年初|期初|月初|上年末|去年底|上年底|原有|\d{4}年(?:底|末)"
    r"|\b(?:at the (?:start|beginning|end of last year)|opened|opening|initially|there (?:were|was|had been)"
    r"|to start with|[oa][nt] 1 (?:January|April|July|October)|end of last year|a year (?:ago|earlier)|before the"
    r"|brought forward)\b",
    re.IGNORECASE,
)
_CLOSED = regex(
    r"年末|年底|期末|月末|现有|现存|结存|尚有|还有|剩下?|余下?|余额"
    r"|\b(?:leav(?:es|ing|e)|left with|closed|closing|ended (?:the year )?with|at the end|end of (?:this|the) year"
    r"|now|today|at present|at hand|carried (?:over|forward)|[oa][nt] (?:30|31) [A-Z][a-z]+|remain(?:s|ed)?)\b",
    re.IGNORECASE,
)
_MOVED = regex(
    r"新[增建开购发识签]|开工|竣工|完工|入住|投产|纳入|加入|返贫|增加|购[入进]|出生|调入|收回|发放|入库|补充|招录|注入|提取|归集"
    r"|退出|减少|脱贫|注销|清退|出栏|解散|关闭|死亡|偿还|领用|调出|支出|退休|离职|报废|出库|用于|拨付|上缴"
    r"|\b(?:add(?:ed|ing)?|joined|new|entered|came in|opened|started|formed|fell back|registered|admitted|received"
    r"|filed|recruited|hired|trained|born|bought|awarded|enrolled|became|built|set up|further"
    r"|abandoned|left|closed|shut|dropped|dissolved|merged|withdr[ae]w|retired|died|dead|sold|lost|lifted|graduated"
    r"|paid|went|gone|discharged|removed|ceased|transferred|deduct(?:ed|ing)|repaid|written off|resolved|settled)\b",
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
    """Every closing balance behind the amounts that lead to it, and every amount that is added to one before it."""
    for place, claim in enumerate(told.figures):
        if claim.role not in ("level", "target") or claim.qualifier != "exact" or not is_amount(claim):
            continue
        flows = _flows(told, place)
        if flows:
            found = first_that_holds("base_plus_change", claim, flows)
            nearest = min(flows, key=lambda flow: _misses(flow, claim))
            yield found or judged("base_plus_change", claim, nearest)
            continue
        lead = told.lead(claim)[-32:]
        surplus = _surplus(told, place) if _LEFT_OVER.search(lead) else []
        if surplus:
            yield first_that_holds("base_plus_change", claim, surplus) or judged("base_plus_change", claim, surplus[0])
            continue
        meant = _sum(told, place) if _MAKES.search(lead) else None
        if meant is None:
            continue
        near = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, claim)]
        readings = [meant, *(_plus(one, other) for one in near for other in near if one is not other)]
        yield first_that_holds("base_plus_change", claim, readings) or judged("base_plus_change", claim, meant)


def _flows(told: Told, place: int) -> list[Candidate]:
    """What there was and what came or went since, in every way of adding and taking off, where words tell them."""
    claim = told.figures[place]
    if not _CLOSED.search(_beside(told, claim)):
        return []
    ahead = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, claim) and not depth(f)]
    ahead = [f for f in ahead if start(claim) - start(f) < _FAR]
    opened = next((at for at in range(len(ahead) - 1, -1, -1) if _OPENED.search(_beside(told, ahead[at]))), None)
    base, *moved = ahead[opened:] if opened is not None else [claim]
    moved = [f for f in moved if f.link != "part_of"]
    if len(moved) not in _MOVES or any(f.qualifier != "exact" or f.role == "target" for f in (base, *moved)):
        return []
    if sum(_MOVED.search(_beside(told, f)) is None for f in moved) > len(moved) - _SAID:
        return []
    return [_flow(base, moved, signs) for signs in product((1, -1), repeat=len(moved)) if len(set(signs)) > 1]


def _flow(base: Figure, moved: list[Figure], signs: tuple[int, ...]) -> Candidate:
    formula = base.text + "".join(f" {'+' if sign > 0 else '-'} {f.text}" for f, sign in zip(moved, signs, strict=True))
    return Candidate((base, *moved), formula, partial(_balance, base, moved, signs))


def _misses(flow: Candidate, claim: Figure) -> Decimal:
    left = flow.reading(of)
    return abs(left.point - claim.value) if left is not None else claim.value


def _beside(told: Told, figure: Figure) -> str:
    """The words of the clause of a number, before it and behind it."""
    following = told.at(told.place[figure.figure_id] + 1)
    words = gap(figure, following) if following is not None and same_sentence(figure, following) else after(figure)
    return _CLAUSE.split(told.lead(figure))[-1] + " | " + _MARK.split(words)[0][:_LONGEST]


_LONGEST = 60  # letters behind a number that still speak of it
_MARK = regex("[,;，；。]")
_CLAUSE = regex("[,;，；。]| and ")


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
    return [_flow(more, [less], (-1,)) for more, less in ends]


_LEFT_OVER = regex(
    r"(?:当期|当年|本年|本期|收支)(?:结余|赤字|盈余|差额)[^，。；\d]{0,4}$"
    r"|\b(?:leaving|with|giving) an? (?:[a-z]+ )?(?:surplus|deficit|balance) of\s+" + SIGN + "$",
    re.IGNORECASE,
)
_INCOME = regex(r"收入[^，。；\d]{0,4}$|\b(?:revenues?|receipts?|income|contributions)\b", re.IGNORECASE)
_SPENT = regex(r"支出[^，。；\d]{0,4}$|\b(?:expenditures?|expenses?|spending|outlays?|payments)\b", re.IGNORECASE)


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


def _balance(base: Figure, moved: list[Figure], signs: tuple[int, ...], at: At) -> Interval:
    return total([at(base), *(at(f) if sign > 0 else -at(f) for f, sign in zip(moved, signs, strict=True))])
