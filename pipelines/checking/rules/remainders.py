"""What is left of an amount: 未完工8个, "4,760 remain", against the amount and what has gone from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import combinations, permutations

from pipelines.checking.evidence import At, Finding, after, is_aside
from pipelines.checking.interval import Interval, of, quotient, total
from pipelines.checking.rules.called import have_givers_apart, may_lack
from pipelines.checking.rules.listing import BASE, BROUGHT
from pipelines.checking.rules.rates import rated_part
from pipelines.checking.rules.told import (
    Candidate,
    Told,
    alike,
    countable,
    first_that_holds,
    gap,
    is_amount,
    is_bare,
    judged,
    same_sentence,
    same_statement,
    start,
)
from pipelines.checking.rules.wholes import BESIDE
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import YEAR
from pipelines.patterns import regex

_REACH = 5
_SENTENCES = 3  # in which a whole and its parts stand before the rest
_WORD = regex(r"[一二三四五六七八九十两]+|[A-Za-z-]+")
_TINY = 20  # times its parts: a whole of something else
_FAR_MORE = 2  # times a whole: what is left is of another one
_FEW = 3  # parts that are named before the rest
_CLOSE = 6  # amounts near a remainder of which three may have led to it
_LEFT = regex(
    r"(?:剩余|还剩|仅剩|剩下|结余|结存|节余|注销|尚欠|未(?![成来婚])[一-鿿]{1,4}|尚余|尚有|差额|缺口)[^，。；\d]{0,6}$"
    r"|\b(?:leaving|leaves|remaining|the remainder|the balance|the shortfall|surplus of|still open"
    r"|not yet [a-z]+|outstanding|unspent)"
    r"[^,;.\d]{0,24}$",
    re.IGNORECASE,
)
# what all that is not named before it makes up, be it in the sentence before: "The other 63 relied on nurses"
_REST = regex(
    r"(?:其余|余下|剩下)的?[^，。；\d]{0,6}$|\b(?:the|its|their) (?:other|rest|remaining|remainder)\b[^.;:\d]{0,24}$",
    re.IGNORECASE,
)
_THAT_LEAVES = regex(r"^\s*(?:That|This|It) (?:leaves|left)[^,;.\d]{0,16}$")
# what those have not that the amount before it has: "312 had a clinic and 138 had none", 通水的355户，没有通的65户
_LACKS = regex(
    r"\s*(?:[a-z]+ ){0,2}?(?:(had|have|has) (?:none|neither)|(with)out|(did|do|does|could|can|were|was|are|is) not)\b",
    re.IGNORECASE,
)
_LACKS_ZH = regex(r"(?:没有?|尚未|未能?|不)([一-鿿]{1,3}?)的?$")
_OPPOSITE = regex(r"\s*(?:(?:are|were|is|was) )?(?:un|non-?|dis)([a-z]{4,})\b", re.IGNORECASE)
_LEFT_BEHIND = regex(
    r"[^,;.，。；()（）\d]{0,20}?\b(?:remain(?:s|ed|ing)?|left over|were left|are left|to go"
    r"|(?:have|had|has|did|were|was|are|is) not|(?:have|had|has) yet to|were handed back|was handed back|had ceased"
    r"|still (?:open|poor|waiting|waited|pending)|(?:were|was|are|is) (?:pending|outstanding|unspent|returned))\b",
    re.IGNORECASE,
)


_BALANCE = regex(r"结[余转存]|节余")
_SPENT = regex(r"支|使用|拨|用于|花|付|报账|发放")


def check_remainders(told: Told) -> Iterator[Finding]:
    """Every amount that is told to be left, against two amounts right before it."""
    for place, claim in enumerate(told.figures):
        lead, behind = told.lead(claim)[-32:], after(claim)
        # what is left may be what is still to be done: "leaving 260 to be moved"
        roles = ("level", "change", "target") if _LEFT.search(lead[-24:]) else ("level", "change")
        if claim.role not in roles or not is_amount(claim) or claim.qualifier != "exact":
            continue
        if _REST.search(lead) or _THAT_LEAVES.search(lead):
            meant = _named_before(told, place)
        elif (
            (_LEFT.search(lead[-24:]) and not _LISTED.search(lead))
            or _LEFT_BEHIND.match(behind)
            or _still_not(lead, behind)
        ):
            meant = _meant(told, place)
        else:
            meant = _meant(told, place) if _is_denied(told, place) else None
        if meant is not None and claim.value > _FAR_MORE * meant[0].value:
            meant = None  # what is left is no part of so little
        if meant is None:
            if (by_rate := _by_rate(told, place)) is not None:
                yield by_rate
            continue
        near = [
            f for f in (*told.before(place, 2 * _REACH), *told.behind(place, 2)) if is_amount(f) and countable(f, claim)
        ]
        readings = [_left(*two) for two in combinations(near, 2)]
        readings += [_rest(*some) for some in permutations(near[-_CLOSE:], 3)]
        readings += [_back(*some) for some in permutations(near[-_CLOSE:], 3)]
        readings += _of_list(told, place)
        finding = first_that_holds("base_plus_change", claim, [_rest(*meant), *readings])
        yield finding or judged("base_plus_change", claim, _rest(*meant))


def _by_rate(told: Told, place: int) -> Finding | None:
    """What is left of an amount of which a rate tells how much has gone: 支付7.36亿元，支付率82.6%，未支付1.55亿元.

    The whole need not be printed: what has gone and what is left are all there is.
    """
    claim, rate, gone = told.figures[place], told.at(place - 1), told.at(place - 2)
    if rate is None or gone is None or rate.unit != "%" or not same_statement(gone, claim) or not alike(gone, claim):
        return None
    if rated_part(told, place - 1) is not gone and (rate.role == "share_pct" or not BESIDE.fullmatch(gap(gone, rate))):
        return None
    if not _LEFT.search(told.lead(claim)[-24:]) or any(f.qualifier != "exact" for f in (claim, rate, gone)):
        return None
    near = [f for f in told.before(place, 4 * _REACH) if is_amount(f) and alike(f, claim)]
    readings = [_left(whole, gone) for whole in near if whole is not gone]
    meant = Candidate((gone, rate), f"{gone.text} / {rate.text} - {gone.text}", partial(_of_rate, gone, rate))
    return first_that_holds("base_plus_change", claim, [meant, *readings]) or judged("base_plus_change", claim, meant)


_PER_CENT = Decimal("0.01")


def _of_rate(gone: Figure, rate: Figure, at: At) -> Interval | None:
    whole = quotient(at(gone), at(rate).times(_PER_CENT))
    return whole - at(gone) if whole is not None else None


_STILL = regex(r"(?:还|尚|仍)有[^，。；\d]{0,4}$")
_NOT_ZH = regex(r"[一-鿿]{0,4}?(?:未|没有|没能|尚待|待)")


def _still_not(lead: str, behind: str) -> bool:
    """As in 还有25个未退出."""
    return _STILL.search(lead) is not None and _NOT_ZH.match(behind) is not None


def _is_denied(told: Told, place: int) -> bool:
    """Whether a number tells how many have not what those of the number before it have."""
    claim = told.figures[place]
    gone = next((f for f in reversed(told.before(place, 2)) if is_amount(f)), None)  # a rate may stand between
    if gone is None or not same_sentence(gone, claim) or not alike(gone, claim):
        return False
    opposite = _OPPOSITE.match(after(claim))
    if opposite is not None:
        return re.search(rf"(?<![a-z]){opposite.group(1)}\b", gap(gone, claim), re.IGNORECASE) is not None
    lacks = _LACKS.match(after(claim))
    if lacks is not None:
        said = next(word for word in lacks.groups() if word).lower()
        return (
            re.match(rf"\s*(?:[a-z]+ ){{0,2}}?{said}\b(?! (?:none|not))", gap(gone, claim), re.IGNORECASE) is not None
        )
    denied = _LACKS_ZH.search(told.lead(claim)[-8:])
    return denied is not None and denied.group(1) in told.lead(gone)[-12:] + gap(gone, claim)[:4]


_OF = regex(r"\b(?:out )?of\s", re.IGNORECASE)
_PLAN = regex(r"(?:计划|任务|目标)[^，。；\d]{0,3}$|\b(?:plan|target|goal) of\s*$", re.IGNORECASE)
_LISTED = regex(r"其中|包括|[:：]\s*$|\b(?:of which|of whom|including)\b", re.IGNORECASE)


def _named_before(told: Told, place: int) -> tuple[Figure, ...] | None:
    """A whole and all parts of it that are named before the rest of it."""
    claim = told.figures[place]
    near = [
        f for f in told.before(place, 2 * _REACH) if is_amount(f) and alike(f, claim) and not _WORD.fullmatch(f.text)
    ]
    near = [f for f in near if f.role in ("level", "target") and f.link != "previous_of" and "/" not in f.unit]
    near = [f for f in near if not BASE.search(told.lead(f))]
    if any(BROUGHT.search(told.lead(f)) for f in near[1:]):
        return None  # "in 200 districts, extended to another 130, and to the remaining 285"
    sentences = list(dict.fromkeys(f.locator.sentence_start for f in reversed(near)))
    own = bool(sentences) and sentences[0] == claim.locator.sentence_start
    sentences = sentences[: _SENTENCES - own]
    near = [f for f in near if f.locator.sentence_start in sentences]
    if len(near) < 2 or _WORD.fullmatch(claim.text):
        return None
    listed = _LISTED.search(told.lead(near[0]))  # 其中食品…，衣着…，其余五类…: the whole stands before them
    known = {f.figure_id: f for f in near}
    last = next((f for f in reversed(near) if f.link == "part_of" and f.parent in known), None)
    if last is not None:
        whole = known[last.parent or 0]
        gone = [f for f in near if f.parent == whole.figure_id and f.axis == last.axis]
    else:
        whole, *gone = near[:1] if listed else near
    if (
        have_givers_apart(told, [whole, *gone])  # 中央18.9亿元，省级8.7亿元，其余由市县筹集: no whole is among them
        or not 0 < len(gone) <= _FEW
        or any(f.qualifier != "exact" for f in (whole, *gone))
        or not of(whole).exceeds(total(map(of, gone)))
        or total(map(of, gone)).point * _TINY < whole.value
    ):
        return None
    if is_bare(claim) and not all(f.unit == claim.unit or is_bare(f) for f in (whole, *gone)):
        return None
    return (whole, *gone)


def _meant(told: Told, place: int) -> tuple[Figure, Figure] | None:
    """The whole and what has gone from it: the two amounts of the unit of a remainder right before it."""
    claim = told.figures[place]
    ahead = [f for f in told.before(place, 6 * _REACH) if not is_aside(f, claim) and alike(f, claim)][-_REACH:]
    near = [f for f in ahead if is_amount(f) and f.role in ("level", "target", "change")]
    inside = [f for f in near if same_sentence(f, claim) and alike(f, claim)]
    if len(inside) == 1:  # "1,184 complaints came in. By June 903 had been settled and 245 were still open."
        ahead = [f for f in near if f not in inside]
        ahead = [f for f in ahead if same_sentence(f, ahead[-1]) and start(claim) - start(f) < _NEXT]
        inside = [*ahead, *inside] if len(ahead) == 1 and ahead[0].role == "level" else inside
    if len(inside) != 2 or any(f.qualifier != "exact" for f in inside):
        return None
    if is_bare(claim) and not all(f.unit == claim.unit or is_bare(f) for f in inside):
        return None
    whole, gone = inside
    if BROUGHT.search(told.lead(gone)):
        return None
    if not may_lack(told, claim, gone):
        return None
    if _OF.search(gap(whole, gone)) and gone.value > whole.value:
        whole, gone = gone, whole  # "1,240 households out of 1,500 planned, leaving 260"
    if (gone.role == "target" or _PLAN.search(told.lead(gone))) and gone.value <= whole.value:
        return None  # "6,140 left poverty, against a plan of 5,900, and 1,276 are poor"
    if all(YEAR.search(told.lead(f)) for f in (whole, gone)):
        return None  # 2017年脱贫456户，2018年脱贫393户，未脱贫78户: two of one list
    if _BALANCE.search(told.lead(claim)) and not _SPENT.search(told.lead(gone) + told.lead(claim)):
        return None  # a balance is of what was spent, not of two that gave
    if claim.value > whole.value and any(f.value > claim.value for f in near if f not in inside and alike(f, claim)):
        return None  # "the poor were 118,600. 23,900 left, 4,200 fell back, leaving 98,900": of what stands before
    less = claim.value < whole.value and same_statement(gone, claim)
    return (whole, gone) if of(whole).high > of(gone).low or less else None


_NEXT = 160  # code points from an amount of the sentence before to what is left of it


def _of_list(told: Told, place: int) -> list[Candidate]:
    """What is left of any amount before it without the last ones that its sentence lists."""
    claim = told.figures[place]
    near = [f for f in told.before(place, 2 * _REACH) if is_amount(f) and countable(f, claim)]
    inside = [f for f in near if same_sentence(f, claim)]
    lists = [inside[first:] for first in range(len(inside))]
    return [_rest(whole, *gone) for gone in lists for whole in near if start(whole) < start(gone[0])]


def _left(whole: Figure, gone: Figure) -> Candidate:
    return Candidate((whole, gone), f"{whole.text} - {gone.text}", partial(_minus, whole, gone))


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


def _without(whole: Figure, gone: tuple[Figure, ...], at: At) -> Interval:
    return at(whole) - total(map(at, gone))
