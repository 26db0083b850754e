"""Shares and rates of running text: a part beside its share, and the whole that the words lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import combinations

from pipelines.catalog.currencies import is_money
from pipelines.checking.evidence import At, Finding, before, says_unit
from pipelines.checking.interval import Interval, exactly, of, quotient, total
from pipelines.checking.rules.concluded import concluded_pair
from pipelines.checking.rules.rates import AMOUNTS, rated_part, whole_due
from pipelines.checking.rules.told import (
    Candidate,
    Told,
    alike,
    behind_sign,
    comparable,
    first_that_holds,
    gap,
    is_amount,
    is_of_money,
    judged,
    listed_with,
    same_sentence,
    scaled,
)
from pipelines.checking.rules.wholes import (
    ABOUT,
    BESIDE,
    FEW,
    SHARE_ROLES,
    SHARE_UNITS,
    is_of_what_follows,
    named_whole,
    whole_of,
)
from pipelines.figures.figure import Figure
from pipelines.figures.text.subjects import own_words
from pipelines.patterns import SIGN, regex

_HUNDRED = 100
# a share right before its part: "84% of the caseload (6.42 million)", "a third, or 120"
_LEADS = regex(
    r"(?:[^,;:，；：。()（）\d]{0,50})"
    r"(?:[(（]\s*|,\s*(?:or|i\.e\.|namely|that is(?: to say)?|which (?:is|makes|means)),?\s+|，即)"
    + ABOUT
    + SIGN
    + "$",
    re.IGNORECASE,
)
# "28 of the 40 villages", "out of 1,052.0 million", "of a target of 83,000"
_OF = regex(
    r"[^,;，；。()（）]{0,40}\b(?:of|out of|among|against)\s+(?:all|the|its|these|those|a|an)?\s*"
    r"(?:[a-z ]{0,24}\bof\s+)?" + ABOUT + SIGN,
    re.IGNORECASE,
)
# a share behind its whole, as in 占资金总额58.91亿元的38.1% or 为省定任务10800人的104.3%
_HELD_AGAINST = regex(r"\b(?:compared (?:with|to)|as against)\s+(?:the |about |some )?" + SIGN + r"$", re.IGNORECASE)
_NO_MORE = regex(r"[^,;:，；：\d]{0,12}(?:[:：,，(（]|\bor)\s*", re.IGNORECASE)
_OF_ZH = regex(r"[^，。；：]{0,4}的")
_IS_ZH = regex(r"[为是占达]|相当于")


def check_shares(told: Told) -> Iterator[Finding]:
    """Every share and rate of running text that the numbers around it can answer."""
    for place, claim in enumerate(told.figures):
        if claim.unit in SHARE_UNITS and claim.role in SHARE_ROLES:
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
        or is_of_what_follows(claim)
        or whole.value < FEW
        or _VITAL.search(gap(part, claim))
        or told.elsewhere(part, claim)
    ):
        return
    beyond = whole.role == "target" and _BEYOND.search(gap(part, whole)) is not None
    first = as_sum([part, whole], whole, claim) if beyond else as_share(part, whole, claim)
    stated = _about if claim.unit == "fraction" else None
    finding = first_that_holds("share", claim, [first, *_readings(told, place, part)], stated)
    yield finding or judged("share", claim, first, stated)


# births and deaths of a year are held against the people of its middle, which nobody prints
_VITAL = regex(r"(?:出生|死亡|自然增长|生育)率|\b(?:birth|death|mortality|fertility) rate", re.IGNORECASE)
# "the rest, 638 tonnes, came from abroad, as against a share of 46 percent in 2019": the share is of another one
_HELD = regex(
    r"\b(?:against|compared (?:with|to)|than)\b(?![^,;]*\b(?:target|plan|total))|[比较][^，；占]*$", re.IGNORECASE
)


def _about(claim: Figure, at: At) -> Interval:
    """A fraction in words is no exact number: "half of the 47 bridges (23)"."""
    stated = at(claim)
    return Interval(stated.low * _LESS, stated.high * _MORE, stated.point)


_LESS, _MORE = Decimal("0.92"), Decimal("1.08")


MORE_THAN = regex(
    r"\s*(?:points? )?(?:beyond|above|below|under|over|more|less|fewer|higher|lower|up|down|ahead"
    r"|reached|done|complete)\b",
    re.IGNORECASE,
)


def _is_listed(told: Told, place: int) -> bool:
    """Whether a share is one of a list of shares, which go with as many amounts before them."""
    claim = told.figures[place]
    return listed_with(told.at(place - 1), claim) or listed_with(claim, told.at(place + 1))


# "414 above the target of 5,800"
_BEYOND = regex(r"\b(?:above|over|beyond|more than|in excess of)\b|超", re.IGNORECASE)
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
        for whole in _wholes(told, place):
            if whole is not one and comparable(whole, one):
                yield as_share(one, whole, claim)
    yield from several_of(told, place, part)
    yield from _beside_another(told, place, part)
    near = [f for f in beside if f is not None and is_amount(f) and same_sentence(f, claim)]
    for one in near:
        for other in near:
            if one is not other and comparable(one, other):
                yield as_share(one, other, claim)
                if claim.role != "share_pct" and part in (one, other):
                    yield as_growth(one, other, claim)


def _beside_another(told: Told, place: int, part: Figure) -> Iterator[Candidate]:
    """A part of itself and of the one whose share stands before: 48863万人，占87.12%；7222.6万人，占12.88%."""
    claim = told.figures[place]
    for at in range(place - 4, place - 1):
        share, its = told.at(at), told.at(at - 1)
        if share is None or its is None or share.unit != claim.unit or its is part or not alike(its, part):
            continue
        yield as_part(part, [part, its], claim)


def _wholes(told: Told, place: int) -> list[Figure]:
    """The amounts that a share may be of: of its passage where so rough a share is soon right of some amount."""
    return told.around(place) if is_rough(told.figures[place]) else told.wide(place)


def is_rough(claim: Figure) -> bool:
    """Whether a share is printed so roughly that many pairs of numbers have it: 60 %, and not 60.4 %."""
    said = of(claim)
    return said.high - said.low > _ROUGH * abs(said.point)


_ROUGH = Decimal("0.005")  # of itself


def several_of(told: Told, place: int, part: Figure) -> Iterator[Candidate]:
    """Some parts that stand together before a share, of any whole: 报销3.782亿元，救助0.511亿元，报销比例89.3%."""
    claim = told.figures[place]
    if is_rough(claim):
        return
    ahead = [f for f in told.before(place) if is_amount(f) and same_sentence(f, claim) and alike(f, part)]
    for first, last in combinations(range(len(ahead) + 1), 2):
        if last - first > 1:
            wholes = (f for f in told.around(place) if comparable(f, part) and f not in ahead[first:last])
            yield from (as_sum(ahead[first:last], whole, claim) for whole in wholes)


def as_share(part: Figure, whole: Figure, claim: Figure) -> Candidate:
    """A part in per cent of its whole."""
    return Candidate((part, whole), f"{part.text} / {whole.text}", partial(_of, part, whole, claim))


def as_sum(parts: list[Figure], whole: Figure, claim: Figure) -> Candidate:
    """Several parts in per cent of their whole."""
    formula = f"({' + '.join(f.text for f in parts)}) / {whole.text}"
    return Candidate((*parts, whole), formula, partial(_sum_of, parts, whole, claim))


def as_part(part: Figure, together: list[Figure], claim: Figure) -> Candidate:
    """A part in per cent of a whole that is not printed but for its parts."""
    formula = f"{part.text} / ({' + '.join(f.text for f in together)})"
    return Candidate((part, *together[1:]), formula, partial(_of_sum, part, together, claim))


def as_growth(earlier: Figure, later: Figure, claim: Figure) -> Candidate:
    """What a later amount is more, or less, than an earlier one."""
    return Candidate((earlier, later), f"{later.text} / {earlier.text} - 1", partial(_growth, earlier, later, claim))


def _of(part: Figure, whole: Figure, claim: Figure, at: At) -> Interval | None:
    return scaled(claim, quotient(at(part), at(whole)))


def _sum_of(parts: list[Figure], whole: Figure, claim: Figure, at: At) -> Interval | None:
    return scaled(claim, quotient(total(map(at, parts)), at(whole)))


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
    if second is not None and last is not None and not alike(second, last):
        third = told.at(place - 3)  # 涉及6.97亿元，占4县资金21.65亿元的32.2%
        second = third if third is not None and alike(third, last) else second
    second = second if second is not None and last is not None and same_sentence(second, claim) else None
    if following is not None and is_amount(following) and _SHARE_OF.fullmatch(gap(claim, following) or "x"):
        behind = told.at(place + 2)
        if behind is not None and alike(behind, following) and _LEADS.fullmatch(gap(following, behind) or "x"):
            return behind, following  # "two thirds of the 2,700 grants, or 1,800,"
        beside = last is not None and is_amount(last) and alike(last, following)
        return (last, following) if last is not None and beside else _this_is(told, place)
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
        if _OF.fullmatch(gap(second, last)) and (
            BESIDE.fullmatch(gap(last, claim)) or _IN_BRACKETS.fullmatch(gap(last, claim))
        ):
            return second, last
    if (concluded := concluded_pair(told, place, last, second)) is not None:
        return concluded
    if _HELD_AGAINST.search(told.lead(last)):
        return None  # "2.83 million, compared with 1.49 million (16.2 per cent)": of what there was then
    if second is not None and _IS_BASE.search(told.lead(last)):
        return None  # "60,890 of 312,845 (19.5 percent)": what it is a part of
    is_share = named_whole(claim) is not None and _IS_SHARE.fullmatch(gap(last, claim))
    if (is_share or BESIDE.fullmatch(gap(last, claim))) and _CLOSED.match(behind_sign(claim)):
        return _with_whole(told, place, last)
    rated = rated_part(told, place)
    if rated is not None and (due := whole_due(told, rated)) is not None:
        return rated, due
    return _with_whole(told, place, rated) if rated is not None else None


def _may_be_percent(figure: Figure) -> bool:
    """Whether a bare number can be a percentage itself: "road 91.4 percent (89.2), telephone 97.3 percent (96.0)"."""
    return not says_unit(figure) and figure.scale == 1 and figure.value <= _HUNDRED


def _with_whole(told: Told, place: int, part: Figure) -> _Pair | None:
    whole = whole_of(told, place, part)
    if whole is None or (whole.value == part.value and whole.unit == part.unit):
        return None  # the same number again
    return (part, whole) if part.role != "per_unit" or whole.unit == part.unit else None


def _this_is(told: Told, place: int) -> _Pair | None:
    """The amount that a sentence begins by pointing at, and the whole behind its share: "This is 95% of the 84,000"."""
    claim, whole = told.figures[place], told.at(place + 1)
    part = next((f for f in reversed(told.before(place)) if is_amount(f)), None)
    if part is None or whole is None or not _THIS_IS.fullmatch(before(claim)) or not alike(part, whole):
        return None
    near = (claim.locator.sentence_start or 0) - (part.locator.sentence_end or 0) <= _NEXT
    return (part, whole) if near and _SHARE_OF.fullmatch(gap(claim, whole) or "x") else None


_NEXT = 2  # code points between two sentences of a passage
_THIS_IS = regex(r"\s*(?:This|That|It|They|These) (?:is|was|are|were|makes?|made(?: up)?|equals?)\s+" + ABOUT)
_IN_BRACKETS = regex(r"[^,;:()（）\d]*[(]" + ABOUT)  # "38 out of 115 communes meet the standards or nearly do (33%)"
_IS_SHARE = regex(r"[^,;:()]{0,48}\b(?:is|was|are|were|makes?|made|equals?|took|takes?)\s+" + ABOUT)
_IS_BASE = regex(r"\bof (?:the |its |all |these )?" + SIGN + r"$", re.IGNORECASE)
# an apposition ends behind its share: "(27%)", ", 33.6% of everything", but not ", 61 percent headed by women"
_CLOSED = regex(
    r"\s*(?:$|[,.;:)），。；：、—-]|(?:of|each|respectively|in|was|were|is|had|are|the)\b|[一-鿿])", re.IGNORECASE
)


def _by_name(told: Told, place: int) -> _Pair | None:
    """A part and a whole that a clause names again: "wages make up 63.3% of expenditure"."""
    claim = told.figures[place]
    named = named_whole(claim)
    subject = _SUBJECT.search(before(claim))
    if named is None or subject is None:
        return None
    words, of_what = own_words(_OWNED.sub("", subject.group(1))), own_words(named)
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


_OWNED = regex(r"['’]s (?:own )?(?:share|part|portion|contribution|outlay|expenditure)\b")  # the Government's share
_SUBJECT = regex(
    r"(?:^|[,;，；。：:]|其中)\s*([^,;，；。：:\d]{2,24}?)(?:占[^，。；\d]{1,16}的?(?:比例|比重)?"
    r"| (?:make|makes|made|take|takes|took) up| (?:account|accounts|accounted) for| (?:is|are|was|were|equals?) )\s*$",
    re.IGNORECASE,
)
_SHARE_OF = regex(
    r"\s*(?:%|％|percent|per cent)?\s*(?:of|out of)\s+(?:all|the|its|these|those)?\s*(?:[a-z]+ ){0,4}?(?:of )?" + SIGN,
    re.IGNORECASE,
)
