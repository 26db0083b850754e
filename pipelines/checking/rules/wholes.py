"""Which amount of a text a share is of: what its words name, what other shares of its list are of, or the nearest."""

from __future__ import annotations

import re

from pipelines.checking.evidence import after, before
from pipelines.checking.interval import of, quotient
from pipelines.checking.rules.lots import may_hold
from pipelines.checking.rules.rates import AMOUNTS
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Told,
    alike,
    behind_sign,
    gap,
    is_amount,
    is_bare,
    same_sentence,
    scaled,
)
from pipelines.figures.figure import Figure
from pipelines.figures.text.subjects import own_words
from pipelines.patterns import regex

SHARE_UNITS = frozenset({"%", "fraction"})
SHARE_ROLES = frozenset({"share_pct", "rate_pct"})
_STEM = 5  # letters by which a word is known in its forms
_SENTENCES = 3  # of which the first may be its own
_WIDE = 14  # numbers before a share whose own shares are looked at
ABOUT = r"(?:about |nearly |some |roughly |almost |over |only |just |a |约|近|超)?"
# a share right behind its part: "A (12%)", "A, or 12%", "A，占12%", "A went to roads, accounting for 12%"
BESIDE = regex(
    r"(?:[^,;:，；：。()（）]{0,60})"
    r"(?:[(（]\s*|[,，]?\s*\b(?:or|i\.e\.|that is(?: to say)?|equal to|equivalent to|equivalent of"
    r"|being|making|making up|accounting for|representing|absorbing|thus|in other words"
    r"|which (?:is|was|are|were|makes|means|equals|translates to)|corresponds? to)\s*,?\s*"
    r"|,\s*(?:is|was|are|were|equals?)\s+"
    r"|[:—–]\s*"
    r"|[,:—–]?\s(?:(?:and|or) )?(?:so|thus|hence|therefore) (?:(?:the|an?|its|their|this) )?(?:[a-z]+ ){0,2}"
    r"(?:rate|share|proportion|progress|coverage|utili[sz]ation|completion|compliance)(?: of [a-z ]{2,30}?)?"
    r"(?: (?:is|was|being|of|stands at|came to|reached|therefore|thus|now))+\s+"
    r"|[,，]\s*(?:即|约|相当于)?\s*"
    r"|[，,]?(?:后者|前者|其|大约|各)?(?:占|约占|所占|相当于)[^，。；：\d]{0,16}"
    r"|[，,]?(?:为|是|达到?)[^，。；：\d]{2,16}的"
    r"|[，,](?:所占)?(?:比重|占比|比例|份额)(?:约?为|是|达)?)" + ABOUT + "$",
    re.IGNORECASE,
)
_OF_WHAT_ZH = regex(r"(?:占|相当于|[，,][为是达]到?)([^，。；：\d]{1,16})$")


def named_whole(claim: Figure) -> str | None:
    """What the words say a share is of; None where they say nothing."""
    behind = re.match(r"\s*of\s+([^,;.()]{2,60})", behind_sign(claim), re.IGNORECASE)
    if behind is not None:
        return behind.group(1)
    lead = re.sub(r"(?:的?(?:比例|比重|份额|比))?(?:约|近|为|达)?$", "", before(claim)[-24:])
    ahead = _OF_WHAT_ZH.search(lead.removesuffix("的"))
    return ahead.group(1) if ahead is not None else None


def is_of_another(claim: Figure, whole: Figure) -> bool:
    """Whether a Chinese share names its whole by other words than those of an amount: 劳动力805人，…占总人口的71%."""
    named = named_whole(claim) or ""
    said = before(whole)[-_CALLED:] + re.split("[，。；、]", after(whole))[0]
    for both, sides in _BOTH_WAYS.items():
        if both in said and both not in named and any(side in named for side in sides):
            return True
    named = re.sub("^(?:全[省市县区乡镇村国]|总|所有|全部|当年|本级)|[总户人]?(?:数|额|量)$", "", named)
    if len(named) < _FEWEST or named.isascii():
        return False
    return not any(named[place : place + 2] in said for place in range(len(named) - 1))


# a word for two things at once, of which a share may name one
_BOTH_WAYS = {
    "进出口": ("出口", "进口"),
    "出入境": ("出境", "入境"),
    "收支": ("收入", "支出"),
    "存贷款": ("存款", "贷款"),
    "城乡": ("城镇", "城市", "农村", "乡村"),
}


def is_of_what_follows(claim: Figure) -> bool:
    """Whether a percentage stands before what it is a share of, and not behind: 99%乡镇通公路, 90%的医院达标."""
    return _WHAT_FOLLOWS.match(behind_sign(claim)) is not None


_WHAT_FOLLOWS = regex(
    r"(?:以上|左右)?(?!用|投|[为是由在来]|属|分布)(?:的[一-鿿]|[一-鿿]{0,4}?(?:[省市县区乡镇村户]|人口|居民|群众|企业|学校)(?![一-鿿]?[率化均]))"
)
FEW = 10  # 每5人中有1人: a rough ratio is told in so small numbers
_FEWEST = 3  # letters of a name that tells one whole from another
_CALLED = 30  # letters before an amount in which it is named
_ALL = regex(
    r"^(?:all|the total|total|them|it|these|those|everything|the sum|the whole|this|that|the amount)\b$"
    r"|^(?:总额|总数|总量|全部|总的|其)$",
    re.IGNORECASE,
)


def whole_of(told: Told, place: int, part: Figure) -> Figure | None:
    """The amount that a part is told to be part of: named, agreed on by other shares, or the nearest that holds it."""
    claim = told.figures[place]
    named = named_whole(claim)
    if named is None:
        if claim.unit == "fraction" and not _OF_THEM.match(before(part)):
            return None  # "a third" is no measure
        names = (named_whole(f) for f in told.before(place) if f.unit == claim.unit and same_sentence(f, claim))
        named = next((name for name in names if name is not None), None)
    wholes = [
        f
        for f in told.before(told.place[part.figure_id])
        if is_amount(f) and alike(f, part) and f.role in AMOUNTS and f.link != "previous_of"
    ]
    named = named or named_group(told, part)
    if named is not None and not _ALL.search(named):
        words = _stems(own_words(named))
        told_of = [f for f in wholes if _is_called(told, f, words, claim)] if not re.match("all |全", named) else []
        behind = told.at(place + 1)
        if behind is not None and _EXPLAINED.fullmatch(gap(claim, behind) or "x") and alike(behind, part):
            told_of.append(behind)
        return told_of[-1] if told_of else None
    if _is_changed(told, claim, part):
        return None
    agreed = _agreed(told, place, part)
    if agreed is not None:
        return agreed
    if part.link == "part_of" and part.parent is not None:
        whole = told.evidence.by_id[part.parent]
        return whole if alike(whole, part) and whole.locator.start is not None else None
    return _nearest(told, place, part, wholes)


# 中央资金里用于产业的7396万元
_WITHIN = regex(r"(?:^|[，。；])([一-鿿]{2,8}?)(?:里|中|当中)[，]?用于[^，。；\d]{1,12}$")
_OF_THEM = regex(r"\s*(?:Of|Out of|Among) (?:them|these|those|all|the)\b")


def named_group(told: Told, part: Figure) -> str | None:
    """What a part is told to be within, and so is no part of anything else: 中央资金里用于产业的7396万元."""
    within = _WITHIN.search(told.lead(part))
    return within.group(1) if within is not None else None


# a whole in brackets behind its share: "占建档立卡总数的98.2%（总数94.1万人", "相当于全区平均水平的77.3%，全区为8683元"
_EXPLAINED = regex(
    r"\s*[%％]\s*(?:[（(][^，。；（）\d]{0,10}|，而?其?)(?:[总全]|共)[^，。；（）\d]{0,8}"
    r"|[^,.;()，。；（）一-鿿]{0,40}[(](?:of )?"
)


def _is_called(told: Told, whole: Figure, words: frozenset[str], claim: Figure) -> bool:
    """Whether an amount is named by a word of a share's whole; one of another sentence by half of them.

    So "a budget of 562 million" is no "annual budget for recurrent activities".
    """
    if is_of_another(claim, whole):
        return False
    label = told.label(whole)
    if "总" in (named_whole(claim) or "")[:1] and label and not any(set("总全共") & set(word) for word in label):
        return False  # 劳动人口 is no 总人口
    common = words & _stems(label)
    return len(common) * 2 >= len(words) or (bool(common) and same_sentence(whole, claim))


def _stems(words: frozenset[str]) -> frozenset[str]:
    """What words begin with, so that "obligations" name what was "obligated", and "spending" what was "spent"."""
    return frozenset(_PRESENT.get(word, word)[:_STEM] for word in words)


_PRESENT = {"spent": "spending", "paid": "payments", "built": "building", "lent": "lending", "sold": "sales"}


def _nearest(told: Told, place: int, part: Figure, wholes: list[Figure]) -> Figure | None:
    """The nearest amount that can hold a part: in its sentence, which has one for it if any, or in the two before."""
    if part.unit in OPEN_UNITS and part.scale > 1 and is_bare(part):
        return None  # "8.48 million" of what was not told
    wholes = [f for f in wholes if may_hold(told.lead(f), told.lead(part)) and not _count_apart(f, part)]
    shared = {told.at(i - 1) for i in range(max(place - _WIDE, 0), place) if _has_share(told, i)}
    alone = [f for f in wholes if f not in shared]
    inside = [f for f in alone if same_sentence(f, part)]
    larger = [f for f in alone if f.value >= part.value]
    held = [f for f in inside if f in larger]
    sentences = list(dict.fromkeys(f.locator.sentence_start for f in reversed(told.before(place))))[:_SENTENCES]
    ahead = [f for f in larger if f.locator.sentence_start in sentences]
    return next((found[-1] for found in (held, inside, ahead) if found), None)


def _count_apart(one: Figure, other: Figure) -> bool:
    """Whether two numbers print what they count in English words of which none is the same: schools, water samples."""
    said = [dict(figure.decided_by).get("unit", "").lower() for figure in (one, other)]
    told = all(words.isascii() and len(words) > _SHORT for words in said)
    if (
        one.unit == other.unit
        or not told
        or not all(words in f.sentence.lower() for words, f in zip(said, (one, other), strict=True))
    ):
        return False
    first, second = ({word.rstrip("s") for word in words.split()} for words in said)
    return not first & second


_SHORT = 3  # letters of a sign: km, ha


_CHANGED = regex(
    r"\b(?:rose|fell|exceed\w*|drop\w*|grew|growth|increas\w*|decreas\w*|declin\w*|fall|rise|gain\w*|more|less|fewer"
    r"|up|down|added|cut|change)\b|[增减升降]|多|少",
    re.IGNORECASE,
)


def _is_changed(told: Told, claim: Figure, part: Figure) -> bool:
    """Whether the words at a part say that it changed, so that the percentage behind it may be that of a change."""
    if dict(claim.decided_by).get("role", "").startswith(("占", "accounting", "representing")):
        return False
    previous = told.at(told.place[part.figure_id] - 1)
    if previous is not None and previous.role in ("change", "change_pct") and same_sentence(previous, part):
        return True  # "by 112,000 mu to 398,000 mu (22 percent)"
    lead = told.lead(part)
    chinese = any("一" <= character <= "鿿" for character in lead)
    clause = "，".join(re.split("[，,；;、]", lead)[-1:]) if chinese else lead
    return _CHANGED.search(clause + gap(part, claim)) is not None


def _has_share(told: Told, place: int) -> bool:
    share, part = told.figures[place], told.at(place - 1)
    beside = part is not None and share.unit in SHARE_UNITS and share.role in SHARE_ROLES
    return beside and part is not None and BESIDE.fullmatch(gap(part, share) or "x") is not None


def _agreed(told: Told, place: int, part: Figure) -> Figure | None:
    """The whole that another share of the same list is of."""
    claim = told.figures[place]
    for other in (place - 2, place + 2, place - 3, place + 3):
        share, its = told.at(other), told.at(other - 1)
        if (
            share is None
            or its is None
            or share.unit != claim.unit
            or share.role not in SHARE_ROLES
            or not is_amount(its)
        ):
            continue
        if not same_sentence(its, claim) or not same_sentence(share, claim) or its is part or its.unit != part.unit:
            continue
        if not BESIDE.fullmatch(gap(its, share)) or (named_whole(share) or "") != (named_whole(claim) or ""):
            continue
        for whole in (*told.before(min(other, place) - 1), told.figures[min(other, place) - 1]):
            if whole in (its, part) or whole.unit != part.unit:
                continue
            found = scaled(share, quotient(of(its), of(whole)))
            if found is not None and found.meets(of(share)):
                return whole
    return None
