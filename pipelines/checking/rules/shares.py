"""Shares and rates of running text: a part beside its share, and the whole that the words lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from pipelines.catalog.currencies import is_money
from pipelines.checking.evidence import At, Finding, before, says_unit
from pipelines.checking.interval import Interval, exactly, of, quotient, total
from pipelines.checking.rules.lots import may_hold
from pipelines.checking.rules.rates import AMOUNTS, rated_part
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Candidate,
    Told,
    alike,
    behind_sign,
    comparable,
    count_apart,
    first_that_holds,
    gap,
    is_amount,
    is_bare,
    is_of_money,
    judged,
    listed_with,
    same_sentence,
    scaled,
)
from pipelines.figures.figure import Figure
from pipelines.figures.text.subjects import own_words
from pipelines.patterns import SIGN

_UNITS = frozenset({"%", "fraction"})
_SHARES = frozenset({"share_pct", "rate_pct"})
_HUNDRED = 100
_STEM = 5  # letters by which a word is known in its forms
_SENTENCES = 3  # of which the first may be its own
_WIDE = 14  # numbers before a share whose own shares are looked at
_ABOUT = r"(?:about |nearly |some |roughly |almost |over |only |just |a |约|近|超)?"

# a share right behind its part: "A (12%)", "A, or 12%", "A，占12%", "A went to roads, accounting for 12%"
BESIDE = re.compile(
    r"(?:[^,;:，；：。()（）]{0,60})"
    r"(?:[(（]\s*|[,，]?\s*\b(?:or|i\.e\.|that is(?: to say)?|equal to|equivalent to|equivalent of"
    r"|being|making|making up|accounting for|representing|absorbing|thus|in other words"
    r"|which (?:is|was|are|were|makes|means|equals|translates to)|corresponds? to)\s*,?\s*"
    r"|,\s*(?:is|was|are|were|equals?)\s+"
    r"|[,，]\s*(?:即|约|相当于)?\s*"
    r"|[，,]?(?:后者|前者|其|大约|各)?(?:占|约占|所占|相当于)[^，。；：\d]{0,16}"
    r"|[，,]?(?:为|是|达到?)[^，。；：\d]{2,16}的"
    r"|[，,](?:所占)?(?:比重|占比|比例|份额)(?:约?为|是|达)?)" + _ABOUT + "$",
    re.IGNORECASE,
)
# a share right before its part: "84% of the caseload (6.42 million)", "a third, or 120"
_LEADS = re.compile(
    r"(?:[^,;:，；：。()（）\d]{0,50})"
    r"(?:[(（]\s*|,\s*(?:or|i\.e\.|that is|which (?:is|makes|means))\s+|，即)" + _ABOUT + "$",
    re.IGNORECASE,
)
# "28 of the 40 villages", "out of 1,052.0 million", "of a target of 83,000"
_OF = re.compile(
    r"[^,;，；。()（）]{0,40}\b(?:of|out of|among|against)\s+(?:all|the|its|these|those|a|an)?\s*"
    r"(?:[a-z ]{0,24}\bof\s+)?" + _ABOUT + SIGN,
    re.IGNORECASE,
)
# a share behind its whole, as in 占资金总额58.91亿元的38.1% or 为省定任务10800人的104.3%
_HELD_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|as against)\s+(?:the |about |some )?" + SIGN + r"$", re.IGNORECASE
)
_NO_MORE = re.compile(r"[^,;:，；：\d]{0,12}(?:[:：,，(（]|\bor)\s*", re.IGNORECASE)
_OF_ZH = re.compile(r"[^，。；：]{0,4}的")
_IS_ZH = re.compile(r"[为是占达]|相当于")


def check_shares(told: Told) -> Iterator[Finding]:
    """Every share and rate of running text that the numbers around it can answer."""
    for place, claim in enumerate(told.figures):
        if claim.unit in _UNITS and claim.role in _SHARES:
            yield from _share(told, place)


def _share(told: Told, place: int) -> Iterator[Finding]:
    claim = told.figures[place]
    meant = None if MORE_THAN.match(behind_sign(claim)) or _is_listed(told, place) else _meant(told, place)
    if meant is None:
        return
    part, whole = meant
    if (
        (is_of_money(claim) and not is_money(part.unit))
        or _HELD.search(gap(part, claim))
        or told.elsewhere(part, claim)
    ):
        return
    first = as_share(part, whole, claim)
    stated = _about if claim.unit == "fraction" else None
    finding = first_that_holds("share", claim, [first, *_readings(told, place, part)], stated)
    yield finding or judged("share", claim, first, stated)


# "the rest, 638 tonnes, came from abroad, as against a share of 46 percent in 2019": the share is of another one
_HELD = re.compile(
    r"\b(?:against|compared (?:with|to)|than)\b(?![^,;]*\b(?:target|plan|total))|[比较][^，；占]*$", re.IGNORECASE
)


def _about(claim: Figure, at: At) -> Interval:
    """A fraction in words is no exact number: "half of the 47 bridges (23)"."""
    stated = at(claim)
    return Interval(stated.low * _LESS, stated.high * _MORE, stated.point)


_LESS, _MORE = Decimal("0.92"), Decimal("1.08")


MORE_THAN = re.compile(
    r"\s*(?:points? )?(?:beyond|above|below|under|over|more|less|fewer|higher|lower|up|down|ahead"
    r"|reached|done|complete)\b",
    re.IGNORECASE,
)


def _is_listed(told: Told, place: int) -> bool:
    """Whether a share is one of a list of shares, which go with as many amounts before them."""
    claim = told.figures[place]
    return listed_with(told.at(place - 1), claim) or listed_with(claim, told.at(place + 1))


_ONE_UNIT = 2  # code points of a unit that parts two counts of one thing


def _readings(told: Told, place: int, part: Figure) -> Iterator[Candidate]:
    """Whatever the share may be of: the part in any amount of its passage, or in its list; what stands beside it."""
    claim = told.figures[place]
    beside = [told.at(place - 1), told.at(place - 2), told.at(place + 1)]
    pair = told.at(told.place[part.figure_id] + 1)  # 消除风险7282户27256人: either may be meant
    pair = pair if pair is not None and len(gap(part, pair)) <= _ONE_UNIT else None
    subject = _SUBJECT.search(before(claim))
    words = own_words(subject.group(1)) if subject else frozenset()
    named = [f for f in told.wide(place) if words & told.label(f)]  # "3,840 in A, 2,915 in B": whose is a name?
    for one in dict.fromkeys((part, pair, beside[0], *named)):
        if one is None or not is_amount(one):
            continue
        for whole in told.wide(place):
            if whole is not one and comparable(whole, one):
                yield as_share(one, whole, claim)
    near = [f for f in beside if f is not None and is_amount(f) and same_sentence(f, claim)]
    for one in near:
        for other in near:
            if one is not other and comparable(one, other):
                yield as_share(one, other, claim)
                if claim.role != "share_pct" and part in (one, other):
                    yield as_growth(one, other, claim)


def as_share(part: Figure, whole: Figure, claim: Figure) -> Candidate:
    """A part in per cent of its whole."""
    return Candidate((part, whole), f"{part.text} / {whole.text}", partial(_of, part, whole, claim))


def as_part(part: Figure, together: list[Figure], claim: Figure) -> Candidate:
    """A part in per cent of a whole that is not printed but for its parts."""
    formula = f"{part.text} / ({' + '.join(f.text for f in together)})"
    return Candidate((part, *together[1:]), formula, partial(_of_sum, part, together, claim))


def as_growth(earlier: Figure, later: Figure, claim: Figure) -> Candidate:
    """What a later amount is more, or less, than an earlier one."""
    return Candidate((earlier, later), f"{later.text} / {earlier.text} - 1", partial(_growth, earlier, later, claim))


def _of(part: Figure, whole: Figure, claim: Figure, at: At) -> Interval | None:
    return scaled(claim, quotient(at(part), at(whole)))


def _of_sum(part: Figure, together: list[Figure], claim: Figure, at: At) -> Interval | None:
    return scaled(claim, quotient(at(part), total(map(at, together))))


def _growth(earlier: Figure, later: Figure, claim: Figure, at: At) -> Interval | None:
    found = quotient(at(later), at(earlier))
    if found is None:
        return None
    return scaled(claim, exactly(1) - found if found.point < 1 else found - exactly(1))


_Pair = tuple[Figure, Figure]


def _meant(told: Told, place: int) -> _Pair | None:
    """The part and the whole that a share speaks of; None where the words leave open which numbers they are."""
    claim = told.figures[place]
    last, second, following = told.at(place - 1), told.at(place - 2), told.at(place + 1)
    last = last if last is not None and same_sentence(last, claim) else None
    second = second if second is not None and last is not None and same_sentence(second, claim) else None
    if following is not None and is_amount(following) and _SHARE_OF.fullmatch(gap(claim, following) or "x"):
        behind = told.at(place + 2)
        if behind is not None and alike(behind, following) and _LEADS.fullmatch(gap(following, behind) or "x"):
            return behind, following  # "two thirds of the 2,700 grants, or 1,800,"
        beside = last is not None and is_amount(last) and alike(last, following)
        return (last, following) if last is not None and beside else None
    leads = following is not None and is_amount(following) and _LEADS.fullmatch(gap(claim, following) or "x")
    if following is not None and leads and not _may_be_percent(following):
        behind = told.at(place + 2)
        if behind is not None and same_sentence(behind, claim) and _OF.fullmatch(gap(following, behind)):
            return following, behind  # "61% of all cards, which is 39.75 lakh out of 64.90 lakh"
        return _with_whole(told, place, following)
    by_name = _by_name(told, place)
    if by_name is not None:
        return by_name
    if last is None or not is_amount(last) or last.role not in AMOUNTS:
        return None
    if second is not None and is_amount(second) and alike(second, last):
        if last.link == "plan_of" and last.parent == second.figure_id and _NO_MORE.fullmatch(gap(last, claim)):
            return second, last  # "640 million were issued, against a target of 800 million: 80 percent"
        if _OF_ZH.fullmatch(gap(last, claim)) and _IS_ZH.search(gap(second, last)):
            return second, last
        if _OF.fullmatch(gap(second, last)) and BESIDE.fullmatch(gap(last, claim)):
            return second, last
    if _HELD_AGAINST.search(told.lead(last)):
        return None  # "2.83 million, compared with 1.49 million (16.2 per cent)": of what there was then
    if _IS_BASE.search(told.lead(last)):
        return None  # "60,890 of 312,845 (19.5 percent)": what it is a part of
    if BESIDE.fullmatch(gap(last, claim)) and _CLOSED.match(behind_sign(claim)):
        return _with_whole(told, place, last)
    rated = rated_part(told, place)
    return _with_whole(told, place, rated) if rated is not None else None


def _may_be_percent(figure: Figure) -> bool:
    """Whether a bare number can be a percentage itself: "road 91.4 percent (89.2), telephone 97.3 percent (96.0)"."""
    return not says_unit(figure) and figure.scale == 1 and figure.value <= _HUNDRED


def _with_whole(told: Told, place: int, part: Figure) -> _Pair | None:
    whole = _whole(told, place, part)
    if whole is None or (whole.value == part.value and whole.unit == part.unit):
        return None  # the same number again
    return (part, whole) if part.role != "per_unit" or whole.unit == part.unit else None


_IS_BASE = re.compile(r"\bof (?:the |its |all |these )?" + SIGN + r"$", re.IGNORECASE)
# an apposition ends behind its share: "(27%)", ", 33.6% of everything", but not ", 61 percent headed by women"
_CLOSED = re.compile(
    r"\s*(?:$|[,.;:)），。；：、—-]|(?:of|each|respectively|in|was|were|is|had|are|the)\b|[一-鿿])", re.IGNORECASE
)


def _by_name(told: Told, place: int) -> _Pair | None:
    """A part and a whole that a clause names again: "wages make up 63.3% of expenditure"."""
    claim = told.figures[place]
    named = named_whole(claim)
    subject = _SUBJECT.search(before(claim))
    if named is None or subject is None:
        return None
    words, of_what = own_words(subject.group(1)), own_words(named)
    if not words or not of_what or words & of_what == words:
        return None
    before_it = [f for f in told.before(place) if is_amount(f) and f.role in AMOUNTS and f.link != "previous_of"]
    parts = [f for f in before_it if words <= told.label(f)]
    wholes = [f for f in before_it if of_what & told.label(f) and not words & told.label(f)]
    found = next(((p, w) for w in reversed(wholes) for p in reversed(parts) if p is not w and alike(p, w)), None)
    return found or next((pair for whole in reversed(wholes) if (pair := _called(told, words, whole))), None)


def _called(told: Told, words: frozenset[str], whole: Figure) -> _Pair | None:
    """The only part of a whole that a subject calls by a word of its own: 中央一块就占总投入的53.5%."""
    parts = [f for f in told.figures if f.parent == whole.figure_id and f.link == "part_of" and alike(f, whole)]
    called = [part for part in parts if words & told.label(part)]
    return (called[0], whole) if len(called) == 1 < len(parts) else None


_SUBJECT = re.compile(
    r"(?:^|[,;，；。：:]|其中)\s*([^,;，；。：:\d]{2,24}?)(?:占[^，。；\d]{1,16}的?(?:比例|比重)?"
    r"| (?:make|makes|made|take|takes|took) up| (?:account|accounts|accounted) for| (?:is|are|was|were|equals?) )\s*$",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\s*(?:%|％|percent|per cent)?\s*(?:of|out of)\s+(?:all|the|its|these|those)?\s*(?:[a-z]+ ){0,4}?(?:of )?" + SIGN,
    re.IGNORECASE,
)
_OF_WHAT_ZH = re.compile(r"(?:占|相当于|[，,][为是达]到?)([^，。；：\d]{1,16})$")


def named_whole(claim: Figure) -> str | None:
    """What the words say a share is of; None where they say nothing."""
    behind = re.match(r"\s*of\s+([^,;.()]{2,60})", behind_sign(claim), re.IGNORECASE)
    if behind is not None:
        return behind.group(1)
    lead = re.sub(r"(?:的?(?:比例|比重|份额|比))?(?:约|近|为|达)?$", "", before(claim)[-24:])
    ahead = _OF_WHAT_ZH.search(lead.removesuffix("的"))
    return ahead.group(1) if ahead is not None else None


_ALL = re.compile(
    r"^(?:all|the total|total|them|it|these|those|everything|the sum|the whole|this|that|the amount)\b$"
    r"|^(?:总额|总数|总量|全部|总的|其)$",
    re.IGNORECASE,
)


def _whole(told: Told, place: int, part: Figure) -> Figure | None:
    """The amount that a part is told to be part of: named, agreed on by other shares, or the nearest that holds it."""
    claim = told.figures[place]
    named = named_whole(claim)
    if named is None:
        if claim.unit == "fraction":
            return None  # "a third" is no measure
        names = (named_whole(f) for f in told.before(place) if f.unit == claim.unit and same_sentence(f, claim))
        named = next((name for name in names if name is not None), None)
    wholes = [
        f
        for f in told.before(told.place[part.figure_id])
        if is_amount(f) and alike(f, part) and f.role in AMOUNTS and f.link != "previous_of"
    ]
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


# a whole in brackets behind its share: "占建档立卡总数的98.2%（总数94.1万人", "相当于全区平均水平的77.3%，全区为8683元"
_EXPLAINED = re.compile(
    r"\s*[%％]\s*(?:[（(][^，。；（）\d]{0,10}|，而?其?)(?:[总全]|共)[^，。；（）\d]{0,8}"
    r"|[^,.;()，。；（）一-鿿]{0,40}[(](?:of )?"
)


def _is_called(told: Told, whole: Figure, words: frozenset[str], claim: Figure) -> bool:
    """Whether an amount is named by a word of a share's whole; one of another sentence by half of them.

    So "a budget of 562 million" is no "annual budget for recurrent activities".
    """
    common = words & _stems(told.label(whole))
    return len(common) * 2 >= len(words) or (bool(common) and same_sentence(whole, claim))


def _stems(words: frozenset[str]) -> frozenset[str]:
    """What words begin with, so that "obligations" name what was "obligated", and "spending" what was "spent"."""
    return frozenset(_PRESENT.get(word, word)[:_STEM] for word in words)


_PRESENT = {"spent": "spending", "paid": "payments", "built": "building", "lent": "lending", "sold": "sales"}


def _nearest(told: Told, place: int, part: Figure, wholes: list[Figure]) -> Figure | None:
    """The nearest amount that can hold a part: in its sentence, which has one for it if any, or in the two before."""
    if part.unit in OPEN_UNITS and part.scale > 1 and is_bare(part):
        return None  # "8.48 million" of what was not told
    wholes = [f for f in wholes if may_hold(told.lead(f), told.lead(part)) and not count_apart(f, part)]
    shared = {told.at(i - 1) for i in range(max(place - _WIDE, 0), place) if _has_share(told, i)}
    alone = [f for f in wholes if f not in shared]
    inside = [f for f in alone if same_sentence(f, part)]
    larger = [f for f in alone if f.value >= part.value]
    held = [f for f in inside if f in larger]
    sentences = list(dict.fromkeys(f.locator.sentence_start for f in reversed(told.before(place))))[:_SENTENCES]
    ahead = [f for f in larger if f.locator.sentence_start in sentences]
    return next((found[-1] for found in (held, inside, ahead) if found), None)


_CHANGED = re.compile(
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
    beside = part is not None and share.unit in _UNITS and share.role in _SHARES
    return beside and part is not None and BESIDE.fullmatch(gap(part, share) or "x") is not None


def _agreed(told: Told, place: int, part: Figure) -> Figure | None:
    """The whole that another share of the same list is of."""
    claim = told.figures[place]
    for other in (place - 2, place + 2, place - 3, place + 3):
        share, its = told.at(other), told.at(other - 1)
        if share is None or its is None or share.unit != claim.unit or share.role not in _SHARES or not is_amount(its):
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
