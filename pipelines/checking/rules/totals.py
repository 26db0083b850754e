"""Totals behind their list: "together", "in all", 合计, 三项共, against the amounts before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import combinations

from pipelines.checking.evidence import Finding, after, before, tested
from pipelines.checking.interval import of, total
from pipelines.checking.rules.sums import sum_of
from pipelines.checking.rules.told import Told, alike, countable, depth, is_amount, is_bare, same_sentence
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import COUNT_WORDS, THE_REST, YEAR
from pipelines.figures.text.subjects import own_words
from pipelines.patterns import SIGN, regex

_FAR = Decimal("3.2")
_REACH = 12  # amounts before a total
_SAID = 160  # letters before a total in which its members are counted
# a total of what came first and what followed
_BROUGHT = regex(
    r"\b(?:bringing|brought|brings|raising) (?:the|this|their) (?:total|number|sum)(?: [a-z]+)? to\s*$", re.IGNORECASE
)
_FIRST = regex(r"\b(?:first|initial|original)\w*\b", re.IGNORECASE)
_ABOUT = frozenset({"change_pct", "share_pct", "rate_pct", "diff_pp", "plan_pct", "over_plan_pct", "rank"})
_TOTAL = regex(
    r"(?:合计|共计|总计|总共|相加|之和|一共|[合加]起来)(?:为|是|达|有|约)?$|[，、]\s*共(?:计|有)?$"
    r"|\btogether (?:they |these |the [a-z]+ )?(?:ha(?:ve|s|d)|is|was|ma[dk]e|employ|got|h[oe]ld|gave|serve"
    r"|account(?:s|ed)? for|ma[dk]e up|c[oa]mes? to|add(?:s|ed)? up to|amount(?:s|ed)? to|total(?:s|led)?)\s*$"
    r"|(?:^|[,;]\s*|\band\s+|\bor\s+|[-–—]\s*)(?:together|in (?:all|sum|total)|altogether|totall?ing"
    r"|a total of|the total (?:of the [a-z]+ )?(?:is|was|being|comes to)|total(?: available)?:?|sum:)"
    r"\s*(?:the amount of )?" + SIGN + r"$",
    re.IGNORECASE,
)
_BEHIND = regex(
    # and no other number: "Chad with 229,700 together account for 911,300"
    r"\s*(?:[a-z]+ )?(?:[a-z]+ )?(?:together|altogether|in (?:all|sum|total)|between them)\b(?![^,;.()]{0,40}\d)",
    re.IGNORECASE,
)
_THESE = regex(
    r"([两二三四五六七八])大?(?:项|者|笔|类|块|级|市|县|地|年|种|省区?|家|个|批|部分|方面|期|村|乡|镇|季度|个月|路)[一-鿿]{0,3}?"
    r"(?:合计|共计|总计|相加|之和|累计|共)[一-鿿]{0,4}?(?:为|是|达|有)?$"
    r"|\b(?:which|that) (?:brings|brought) (?:the|these|all) (two|three|four|five|six) (?:[a-z]+ )?to\s*" + SIGN + "$"
    r"|\b(?:the|these|all) (two|three|four|five|six) (?:together |sources |items |schemes "
    r"|provinces |counties |years )?"
    r"(?:gave|make|made|had|have|come to|came to|add up to|amount to|total)\s*$"
    r"|\b(two|three|four|five|six) [a-z]+s\s*[-–—(:][^.;]*[-–—)]\s*(?:together )?"
    r"(?:account(?:ed)? for|make up|made up)\s*$",
    re.IGNORECASE,
)


_OWN_SUBJECT = regex(r"[；;][^；;]*[一-鿿]{2,}[^；;]*[，、]\s*共(?:计|有)?$")
_MOVED = regex(r"(?:增加|减少|增长|提高|上升|下降|净增|净减)了?$")


def check_totals(told: Told) -> Iterator[Finding]:
    """Every amount that is called the total of those before it."""
    for place, whole in enumerate(told.figures):
        if not is_amount(whole) or whole.role in _ABOUT or whole.qualifier != "exact":
            continue
        lead = told.lead(whole)[-40:]
        if _MOVED.search(lead) or THE_REST.search(lead):
            continue  # 两年累计增加2555元: how far the last one is from the first; 余下的是贷款和自筹，共71.1亿元
        these = _THESE.search(before(whole)[-_SAID:])
        if _PERIODS.search(before(whole)) and _PERIOD.search(lead):
            yield from _of_periods(told, place)
            continue
        brought = _BROUGHT.search(lead) and _FIRST.search(before(whole))
        if not (these or brought or _TOTAL.search(lead) or _BEHIND.match(after(whole))):
            continue
        if these and YEAR.search(re.split("[,，；;。]", before(whole))[-1]):
            continue  # 2016年、2017年两年累计3.1万户: of the years that are named here
        if not these and _OWN_SUBJECT.search(told.lead(whole)):
            continue  # 烤烟1257亩；果树类种植苹果等作物，共6807亩
        run = [f for f in _run(told, place) if f.text not in COUNT_WORDS]
        count = COUNT_WORDS[next(word for word in these.groups() if word).lower()] if these else 0
        found = _that_fits(whole, run)
        if found:
            yield tested(partial(sum_of, whole, found))
        elif count and any(
            sum_of(whole, list(some), of).verdict != "fails" for some in combinations(run[-count - 3 :], count)
        ):
            continue
        elif (
            (members := _meant(told, place, run, count))
            and (count or _is_close(whole, members))
            and not _elsewhere(told, place, members)
        ):
            yield tested(partial(sum_of, whole, members))


def _of_periods(told: Told, place: int) -> Iterator[Finding]:
    """An amount of a year or half a year behind those of its quarters or halves, two at least."""
    whole = told.figures[place]
    parts = [f for f in told.before(place, 4) if same_sentence(f, whole) and is_amount(f) and f.unit == whole.unit]
    parts = [f for f in parts if f.role == whole.role and f.qualifier == "exact"]
    named = all(
        _PERIODS.search(re.split("[,，;；:：]", told.lead(f))[-1] + re.split("[,，;；.。]", after(f))[0]) for f in parts
    )
    if len(parts) > 1 and named and _is_close(whole, parts):
        yield tested(partial(sum_of, whole, parts))


_PERIODS = regex(r"季度|半年|\b(?:quarter|half)\b", re.IGNORECASE)
_PERIOD = regex(
    r"(?:全年|上半年|下半年)[^，。；\d]{0,6}$|\b(?:the|a) (?:half[ -]?year|year|first half)\b[^,;.\d]{0,24}$",
    re.IGNORECASE,
)


def _is_close(whole: Figure, members: list[Figure]) -> bool:
    """Whether amounts come near a total; so far off, others are meant."""
    together = total(map(of, members)).point
    return whole.value < together * _FAR and together < whole.value * _FAR


def _run(told: Told, place: int) -> list[Figure]:
    """The amounts of the kind of a total before it, back to one of another kind."""
    whole = told.figures[place]
    found: list[Figure] = []
    for figure in reversed(told.before(place, 2 * _REACH)):
        if not is_amount(figure) or figure.role in _ABOUT or figure.link == "previous_of":
            continue
        if depth(figure) and depth(figure) != depth(whole):
            continue
        if not alike(figure, whole):
            if found and same_sentence(figure, found[0]):
                continue
            break
        found.insert(0, figure)
    return found[-_REACH:]


def _that_fits(whole: Figure, run: list[Figure]) -> list[Figure]:
    for start in range(len(run) - 1):
        if sum_of(whole, run[start:], of).verdict != "fails":
            return run[start:]
    return []


def _meant(told: Told, place: int, run: list[Figure], count: int) -> list[Figure]:
    """The amounts that a total is told to be of: as many as it counts, or all of its sentence before it."""
    whole = told.figures[place]
    if count:
        last = run[-count:]
        told_apart = told.sentence(whole) == [whole]  # 四类合计11149万元: a sentence of its own
        at = last[-1] if told_apart and last else whole
        printed = all(f.unit == whole.unit and same_sentence(f, at) for f in last)
        return last if len(last) == count and printed else []
    lead = told.lead(whole)
    sign = _TOTAL.search(lead)
    clause = re.split("[，,；;、：:]", lead[: sign.start()] if sign and sign.group()[0] not in ",;，、" else "")[-1]
    words = own_words(clause)
    named = words and not words & own_words(before(whole)[: -len(lead)])  # "五保户 …、…，五保对象合计"
    if (named or YEAR.search(clause)) and not _BEHIND.match(after(whole)):
        return []  # "2019年和2020年合计": the total of what is named here
    inside = [f for f in run if same_sentence(f, whole)]
    others = [f for f in told.before(place) if same_sentence(f, whole) and is_amount(f) and f not in inside]
    others = [f for f in others if f.text.lower() not in COUNT_WORDS]  # "the three districts employ 412, 388 and 300"
    clear = len(inside) > 1 and all(_is_kind(f, whole) and f.role == whole.role for f in inside)
    return inside if clear and not any(is_bare(f) or countable(f, whole) for f in others) else []


def _is_kind(figure: Figure, whole: Figure) -> bool:
    """Whether an amount has the unit of a total, or says by its scale alone that it has: "120 and 55 million, …"."""
    return figure.unit == whole.unit or (is_bare(figure) and figure.scale == whole.scale > 1)


def _elsewhere(told: Told, place: int, members: list[Figure]) -> bool:
    """Whether other amounts that stand together make the total, or all but one of those that were meant."""
    whole = told.figures[place]
    run = [f for f in told.before(place, 3 * _REACH) if is_amount(f) and countable(f, whole)] + [
        f for f in told.behind(place, 3) if is_amount(f) and countable(f, whole) and f.role == whole.role
    ]
    for start in range(len(run) - 1):
        for end in range(start + 2, len(run) + 1):
            if sum_of(whole, run[start:end], of).verdict != "fails":
                return True
    return len(members) > 2 and any(
        sum_of(whole, [f for f in members if f is not less], of).verdict != "fails" for less in members
    )
