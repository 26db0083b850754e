"""Lists that words announce: what splits an amount, "of which", colons and brackets, whatever the values are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipelines.checking.evidence import after, before
from pipelines.checking.interval import Interval, of, total
from pipelines.checking.rules.told import Told, alike, countable, depth, gap, is_amount, same_sentence
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

Sign = Literal["colon", "bracket", "split", "of which"]
_LONGEST = 24  # numbers of a list
_ABOUT = frozenset({"change_pct", "share_pct", "rate_pct", "diff_pp", "plan_pct", "over_plan_pct", "rank"})
_SPLIT = regex(
    r"(?:^|[;:.,(]\s*)[Bb]y (?:the )?[a-z][a-z -]{2,40}[,:]|\bas follows\b|\b(?:[Bb]roken|[Bb]reaking) (?:it )?down\b"
    r"|\b(?:[Dd]ivided|[Dd]istribut\w*|split|spread|classified|sorted|[Cc]omposition|[Cc]omponents)\b[^;.]{0,50}"
    r"|\bcompris\w*|\bconsist\w*|\bmade up of|\bnamely\b|\bto wit\b"
    r"|[按从][^，。；：\d]{1,12}[看分计，：]|分[^，。；：\d]{1,6}看|分为|分成|构成|组成|分布|具体|分[一-鿿]{0,4}类"
    # 收入2764万元，分门票1078万元、…; 对农商行、邮储银行和其他机构分别贴息…
    r"|[，：]分(?![别批期年户村级层步头散管布享得派发担配])[一-鿿]{1,12}$|(?:其他|其余)[^，。；\d]{0,10}分别[^，。；\d]{0,6}$",
)
_OF_WHICH = regex(
    r"\bwith (?:the )?[A-Z][^,;.\d]{1,40} (?:getting|receiving|taking|contributing|giving|providing|putting in)\b"
    r"|\b(?:of|among|out of|under) (?:which|whom|these|them|those|this|that|it)\b|\b(?:Of|Among"
    r"|Out of) (?:these|this|them|those)\b"
    r"|\binclud\w+|其中|包括|[当之]中[，,]?(?:有)?",
)
# "Of the idle money 52 million went …", "全部资金中，…", "这些钱，…": the amount stands in the sentence before
_OF_TOPIC = regex(
    r"^\s*(?:(?:Of|Among|Out of) (?:the|these|those|this|all|them)\b|These\b|The sums\b)"
    r"|^[^，。；：\d]{2,10}(?:中|(?<![公华英])里)[，,]?|^[，,]?[这那]些",
)
_AMONG = regex(
    r"(?:[^，。；、\d]{0,6}[，,])?[^，。；、\d]{0,8}(?:中|(?<![公华英])里|当中)[，,]"
)  # "4.91亿元中，…": what stands behind is part of it
_COLON = regex(r"[:：—][^:：。;；]{0,60}$")
STOP = regex(
    r"\b(?:together|total\w*|in all|altogether|compared|against|than|previous|last year"
    r"|a year earlier|average|instead|target|goal"
    r"|plan\w*|up from|down from)\b|合计|共计|总(?:计|里程|长度|面积|规模|人口|人数|户数)"
    r"|累计|带动|惠及|上年|去年|同期|平均|[户人村县]均"
    r"|[比较]|计划|目标|任务|相当于|每|(?:[一-鿿]{2}|[，,])共(?:有|计)?$",
    re.IGNORECASE,
)
_AGAIN = regex(r"[:：]|其中|包括|\b(?:of|among) (?:which|whom|these|them)\b|\bincluding\b", re.IGNORECASE)
_HEAD_OF = regex(
    r"^[\s\"“]*(?:of|among|out of)(?: (?:the|these|those|all|its|their))?(?: total)?(?: of)? ?$", re.IGNORECASE
)
_OF = regex(r"\s*(?:of|out of)(?: (?:the|these|those|all|its|their|a))?(?: total)?(?: of)? ?", re.IGNORECASE)
_STATEMENT = regex(r"[;；]")
# a list that names what stands out, and one of groups that count the same ones
# what is added up of those before it heads no list: 中央和省合计14.8亿元
OF_THOSE_BEFORE = regex(r"(?:[和与及、][^，。；\d]{1,10}合计|\band [^,;.\d]{2,24} together)[^，。；,;.\d]{0,4}$")
# what came to an amount before it, and is no part of it: "in 200 districts, extended to another 130"
BROUGHT = regex(
    r"\b(?:another|an additional|(?:a )?further|(?:extended|expanded|widened) to)\s+(?:[a-z]+ )?$"
    r"|(?:扩大|推广|扩展|延伸)到[^，。；\d]{0,6}$",
    re.IGNORECASE,
)
# an amount that another one is a share of, is held against, or stands beside
BASE = regex(
    r"占[^，。；]{0,16}$|[比较][^，。；]{0,12}$|\b(?:than|against|out of)\b[^,;.]{0,24}$"
    r"|除(?!此|了?这)[^，。；]{0,16}$"
    r"|\b(?:apart from|besides|except(?: for)?|in addition to|other than)\b[^,;.]{0,24}$",
    re.IGNORECASE,
)
OPEN_LIST = regex(
    r"\b(?:mainly|chiefly|mostly|such as|for (?:example|instance)|among others?|notably|above all"
    r"|including|the like|etc|followed by|ahead of)\b|等|主要|为主|其次|紧随",
    re.IGNORECASE,
)
IN_ORDER = regex(r".{0,24}\brespectively\b|.{0,6}分别", re.IGNORECASE)  # behind the last member
OVERLAPS = regex(r"\bmore than one\b|\boverlap|\bcounted twice\b|重复|重叠|多项|交叉|同时", re.IGNORECASE)

_REST_IN_WORDS = regex(
    r"[^，,;；。]{0,8}[，,;；]\s*(?:(?:and|while) )?(?:其余|其他|其它|余下|the (?:rest|others?|remain\w*)\b"
    r"|[^，。；]{0,12}(?:如前|见前|同前|见上|同上)|[^,;.]{0,24}\b(?:as above|see above|as told)\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Listing:
    """Amounts of one kind that stand together.

    Attributes:
        members: in order.
        sign: how they are introduced.
        intro: the words before the first member, back to the number before it.
        heads: the amounts before the list that it may break down, the nearest first.
        closed: whether the list goes to the end of its sentence, statement or bracket.
    """

    members: list[Figure]
    sign: Sign
    intro: str
    heads: list[Figure]
    closed: bool


def listings(told: Told) -> Iterator[Listing]:
    """Every list with a sign before its first member."""
    taken: set[int] = set()
    for place, first in enumerate(told.figures):
        if not _may_be_part(first) or first.figure_id in taken:
            continue
        previous = told.at(place - 1)
        inside = previous is not None and same_sentence(previous, first)
        intro = gap(previous, first) if inside and previous is not None else before(first)
        if not depth(first):
            intro = re.split("[)）]", intro)[-1]  # what brackets say that are closed again, they say of something else
        sign = _sign(told, intro, first, previous if inside else None)
        if sign is None:
            continue
        whole = previous if inside and _COMPRISES.search(intro) else None
        mixed = whole is not None and whole.unit in _WHOLES and _are_things(whole, first)
        members, closed = _members(told, place, sign, mixed=mixed)
        taken |= {f.figure_id for f in members}
        if sign == "of which" and previous is not None:
            members = _before_whole(told, previous) + members
        if len(members) > 1:
            heads = [whole] if mixed and whole is not None else []
            yield Listing(members, sign, intro, [*heads, *_heads(told, members)], closed)


def _opens_with_of(told: Told, head: Figure) -> bool:
    """Whether "of" opens a clause with an amount: "Of the 64 districts, 8 …", "312 of the 578 went …, 187 …"."""
    previous = told.at(told.place[head.figure_id] - 1)
    if previous is None or not same_sentence(previous, head):
        return _HEAD_OF.search(re.split("[,;:]", before(head))[-1]) is not None
    return (
        _OF.fullmatch(gap(previous, head)) is not None
        or _HEAD_OF.search(re.split("[,;:]", gap(previous, head))[-1]) is not None
    )


def _before_whole(told: Told, head: Figure) -> list[Figure]:
    """The part that stands before its whole: 312 in "312 of the 578 went to towns, 187 to farms and 79 abroad"."""
    previous = told.at(told.place[head.figure_id] - 1)
    if previous is None or not same_sentence(previous, head) or not _OF.fullmatch(gap(previous, head)):
        return []
    return [previous] if _may_be_part(previous) and alike(previous, head) else []


def _may_be_part(figure: Figure) -> bool:
    return is_amount(figure) and figure.role not in _ABOUT and figure.link != "previous_of"


def _sign(told: Told, intro: str, first: Figure, previous: Figure | None) -> Sign | None:
    opens = depth(first)
    if previous is not None and opens and opens != depth(previous):
        return "of which" if _OF_WHICH.search(intro[-40:]) else "bracket"  # 1.2亿元（其中省级3000万元）
    if (
        STOP.search(intro[-30:])
        or BROUGHT.search(intro)
        or (previous is not None and _OF.fullmatch(intro))
        or _HEAD_OF.search(re.split("[,;:]", intro)[-1])
    ):
        return None
    if _SPLIT.search(intro[-70:]):
        return "split"
    if _OF_WHICH.search(intro[-40:]) or (previous is not None and _AMONG.match(intro)):
        return "of which"
    if previous is not None and _COLON.search(intro):
        return "colon"
    of_it = _OF_TOPIC.search(intro) is not None if previous is None else _opens_with_of(told, previous)
    return "of which" if of_it else None


# what makes up works of unlike kinds: "1,264 works were built, comprising 538 roads, 426 bridges and 300 schools"
_COMPRISES = regex(
    r"^[^,;.\d]{0,60},? (?:comprising|consisting of|made up of|composed of|namely|that is)\s*$|^[a-z -]{0,32}:\s*$"
)
_WHOLES = frozenset({"facility", "project", "structure", "equipment", "other"})
_PEOPLE = frozenset({"person", "household", "person-time"})


def _are_things(one: Figure, other: Figure) -> bool:
    """Whether two numbers count things, of whatever kind, and no people."""
    return countable(one, other) and _PEOPLE.isdisjoint((one.unit, other.unit)) and is_amount(one) and is_amount(other)


def _members(told: Told, place: int, sign: Sign, *, mixed: bool) -> tuple[list[Figure], bool]:
    first = told.figures[place]
    level = depth(first)
    members, last = [first], first
    for figure in told.figures[place + 1 : place + _LONGEST]:
        if not same_sentence(figure, first):
            words = after(last) + "。" + before(figure)
            if not _next_line(told, last, figure, members):
                return members, True
            words = before(figure)
        else:
            words = gap(last, figure)
        now = depth(figure)
        if level and now < level:
            return members, True
        if now == level and _AGAIN.search(words):
            return members, True
        if sign == "of which" and _STATEMENT.search(words) and now == level:
            return members, True
        of_list = alike(figure, first) or (mixed and _are_things(figure, first))
        if now != level or not _may_be_part(figure) or not of_list or figure.role != first.role:
            last = figure
            continue
        if STOP.search(words) or _OF.fullmatch(words):
            return members, False
        members.append(figure)
        last = figure
    return members, True


def _next_line(told: Told, last: Figure, figure: Figure, members: list[Figure]) -> bool:
    """Whether a list goes on in the next line: short lines that begin alike."""
    return (
        figure.locator.section == last.locator.section
        and len(before(figure)) < 40
        and (last.locator.end or 0) + 40 > (figure.locator.sentence_start or 0)
        and len(told.sentence(members[-1])) <= 3
        and len(after(last)) < 30
        and not after(last).rstrip().endswith((".", "。"))
    )


def _heads(told: Told, members: list[Figure]) -> list[Figure]:
    before_it = told.before(told.place[members[0].figure_id], 24)
    return [f for f in reversed(before_it) if is_amount(f) and f.role not in _ABOUT and alike(f, members[0])]


# a last member that prints no amount: ", funding the reserve, and the shortfall of teachers."
_AND_MORE = regex(r", (?:and|as well as) [^,.;\d]{3,60}[.;]?\s*$")


def has_rest(last: Figure) -> bool:
    """Whether what stands right behind the last member of a list tells another one without its number."""
    return _REST_IN_WORDS.match(after(last)) is not None


def rests_in_words(told: Told, last: Figure) -> bool:
    """Whether the rest of a list follows its last member without a number: 其余县合计不足一半."""
    following = told.at(told.place[last.figure_id] + 1)
    goes_on = following is not None and same_sentence(last, following)
    return (not goes_on and has_rest(last)) or _AND_MORE.search(after(last)) is not None


def explained(told: Told, listing: Listing) -> bool:
    """Whether some amount near a list is the sum of numbers that stand together in it, whatever the list is."""
    first, last = (told.place[listing.members[place].figure_id] for place in (0, -1))
    run = [
        f
        for f in told.figures[max(first - 2, 0) : last + 3]
        if is_amount(f) and f.role not in _ABOUT and countable(f, listing.members[0])
    ]
    wholes = {
        f.figure_id: f for f in (*told.wide(first), *told.figures[first : last + 8]) if countable(f, listing.members[0])
    }
    limits = [of(f) for f in run]
    for start in range(len(run) - 1):
        together = limits[start]
        for end in range(start + 1, len(run)):
            together = together + limits[end]
            window = run[start : end + 1]
            for whole in wholes.values():
                if whole in window:
                    continue
                stated = of(whole)
                if together.meets(stated):
                    return True
    members = [of(f) for f in listing.members]
    everything = total(members)
    for one in members if len(members) > 2 else ():
        less = Interval(everything.low - one.low, everything.high - one.high, everything.point - one.point)
        if any(less.meets(of(whole)) for whole in wholes.values() if whole not in listing.members):
            return True
    return False
