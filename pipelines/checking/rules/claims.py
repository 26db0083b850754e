"""What a sentence says about its own numbers: shares, growth, differences, completions, amounts for each, sums.

Words say that two numbers are related, not always which two. So every reading that the sentence allows is computed; the
claim holds where one of them does. It fails only where the words leave no doubt that the numbers are printed here, and
not one reading holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import At, Evidence, Finding, agreement, before, comparison, falls, printed, tested
from pipelines.checking.interval import Interval, exactly, quotient
from pipelines.checking.rules.balances import check_balances
from pipelines.checking.rules.breakdowns import check_breakdowns
from pipelines.checking.rules.changes import is_benchmark, is_yearly
from pipelines.checking.rules.growth import ADDED, FLOW, PER_MILLE, check_growth, is_real, is_than_another_year
from pipelines.checking.rules.items import check_items
from pipelines.checking.rules.means import check_means
from pipelines.checking.rules.pieces import check_pieces
from pipelines.checking.rules.proportions import check_all_shares, check_proportions
from pipelines.checking.rules.remainders import check_remainders
from pipelines.checking.rules.shares import check_shares
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Told,
    gap,
    is_listed_point,
    is_of_elsewhere,
    rounded,
    same_sentence,
    scaled,
)
from pipelines.checking.rules.totals import check_totals
from pipelines.checking.rules.years import check_years
from pipelines.figures.figure import Figure

_REACH = 8  # numbers before a claim among which its operands are looked for
_BEHIND = 2  # and behind it
_NEAR = 3  # numbers so near may be related in whatever way

# words between two numbers by which one is what the other has become or is compared with
_BECAME = re.compile(
    r"\b(?:to|against|compared|from|than|above|below|having been|had been)\b"
    r"|[到至]|[增减升降]为|[较比]|上年|去年|同期",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\s*(?:%|％|percent|per cent)?\s*(?:of|out of)\s+(?:all|the|its|these|those)?\s*"
    r"(?:total(?: of)?|planned|intended)?\s*",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r"[^,;，；。()（）]{0,24}(?:[(（]\s*|,\s*(?:or|i\.e\.|that is|equal to|which is|being)?\s*"
    r"|，\s*(?:即|约|占[^，。；\d]{0,12})?|\bor\s+|占[^，。；\d]{0,12})(?:about |nearly |约|近)?$",
    re.IGNORECASE,
)
Reading = Callable[[Figure, At], Interval | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the links of figures tell: each by id, the whole of a part, the earlier value of a level."""

    by_id: Mapping[int, Figure]
    wholes: dict[int, Figure]
    earlier: dict[int, Figure]


def check_claims(evidence: Evidence) -> Iterator[Finding]:
    """Every claim of running text that other numbers of its sentence, or of the one before, can answer."""
    told = list(evidence.told)
    earlier = {f.parent: f for f in told if f.link == "previous_of" and f.parent is not None}
    wholes = {
        figure.figure_id: evidence.by_id[figure.parent]
        for figure in told
        if figure.link == "part_of" and figure.parent is not None
    }
    text = Told(evidence)
    judged: set[int] = set()
    yield from check_breakdowns(text)
    yield from check_items(text)
    yield from check_all_shares(text)
    yield from check_years(text)
    yield from check_totals(text)
    for finding in (
        *check_proportions(text),
        *check_shares(text),
        *check_growth(text),
        *check_pieces(text),
        *check_remainders(text),
        *check_balances(text),
        *check_means(text),
    ):
        if finding.operands[-1].figure_id not in judged:
            judged.add(finding.operands[-1].figure_id)
            if not _is_far_off(finding):
                yield finding
    context = _Known(evidence.by_id, wholes, earlier)
    for index, claim in enumerate(told):
        around = _around(told, index)
        if claim.figure_id in judged:
            continue
        if claim.unit in ("%", "fraction", "times") and claim.role in _RATIOS:
            yield from (one for one in _ratio(told, index, around, context) if not _is_far_off(one))
        elif is_yearly(claim) or is_than_another_year(text, claim, [f for f in around if f.link == "previous_of"]):
            continue  # no difference of two values that it stands beside
        elif claim.role == "diff_pp" or claim.unit == "pp":
            yield from _difference(told, index, [f for f in around if f.unit == "%"], points=True)
        elif claim.role == "change":
            yield from _difference(told, index, [f for f in around if _alike(f, claim)], points=False)


_QUOTIENTS = frozenset({"share", "rate", "average", "plan_vs_actual"})
_FAR = Decimal(4)
_FAR_DIFFERENCE = 1000
_POWERS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


def _is_far_off(finding: Finding) -> bool:
    """Whether a quotient misses what is printed so widely that it is no slip of a number: it is one of others.

    A multiplier that was lost or gained is a slip however far off it is.
    """
    if finding.verdict != "fails" or not finding.computed or not finding.stated:
        return False
    if finding.rule == "base_plus_change":  # so small a difference is that of others
        return abs(finding.computed.point) * _FAR_DIFFERENCE < abs(finding.stated.point)
    if finding.rule not in _QUOTIENTS:
        return False
    if finding.stated.point <= 0 or finding.computed.point <= 0:
        return False
    ratio = finding.computed.point / finding.stated.point
    lost = any(abs(ratio / power - 1) < Decimal("0.1") for power in _POWERS)
    return not lost and not 1 / _FAR <= ratio <= _FAR


def _around(told: list[Figure], index: int) -> list[Figure]:
    """Numbers that a claim can speak of: before it in its sentence and the two before that, and right behind it."""
    claim = told[index]
    sentence = claim.locator.sentence_start
    earlier = [f for f in told[max(0, index - _REACH) : index] if f.locator.section == claim.locator.section]
    near: list[Figure] = []
    sentences: list[int | None] = []
    for figure in reversed(earlier):
        if figure.locator.sentence_start not in sentences:
            sentences.append(figure.locator.sentence_start)
        if len(sentences) > 2 + (sentence in sentences):
            break
        near.insert(0, figure)
    behind = [f for f in told[index + 1 : index + 1 + _BEHIND] if f.locator.sentence_start == sentence]
    return near + behind


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two numbers may be of one kind: the same unit, or what is counted was not told."""
    first, second = one.unit.split("/")[0], other.unit.split("/")[0]
    return first == second or first in OPEN_UNITS or second in OPEN_UNITS


# ---------------------------------------------------------------------------------------------------- percentages
_RATIOS = frozenset({"share_pct", "rate_pct", "plan_pct", "over_plan_pct", "change_pct"})


def _ratio(told: list[Figure], index: int, around: list[Figure], context: _Known) -> Iterator[Finding]:
    claim = told[index]
    if claim.role == "change_pct" and (is_yearly(claim) or is_benchmark(claim) or is_real(claim)):
        return
    numbers = [f for f in around if f.unit not in ("%", "pp", "fraction", "times", "ratio", "year", "month", "day")]
    readings = list(_ratios(claim, numbers)) + _of_opening(told, index)
    if not readings:
        return
    first = _meant(told, index, context)
    yield from _decided(_rule_of(claim), claim, readings, first)


def _of_opening(told: list[Figure], index: int) -> list[_Candidate]:
    """Shares of the whole that a sentence opens with, whatever is counted: "Of 1,940 posts, 312 are vacant, 16.1%"."""
    claim, inside = told[index], []
    for figure in reversed(told[max(0, index - _REACH) : index]):
        if not same_sentence(figure, claim):
            break
        inside.append(figure)
    if len(inside) < 2 or not _OPENS.fullmatch(before(inside[-1])):
        return []
    return [_as_share(part, inside[-1]) for part in inside[:-1]]


_OPENS = re.compile(r"(?:Out )?[Oo]f (?:the |these |those |its |all |some |about )*|在?", re.IGNORECASE)
_Candidate = tuple[tuple[Figure, ...], str, Reading]


def _ratios(claim: Figure, numbers: list[Figure]) -> Iterator[_Candidate]:
    """All pairs that can give a percentage: part and whole, an amount and what it was before, a change and either."""
    near = [figure for figure in numbers if abs(figure.figure_id - claim.figure_id) <= _NEAR]
    changed = claim.role in ("change_pct", "over_plan_pct")
    for one in numbers:
        for other in numbers:
            if one is other or not _alike(one, other):
                continue
            close = one in near and other in near
            if changed and one.role != "change":
                yield (other, one), f"{one.text} / {other.text} - 1", partial(_growth, other, one)
            if close or not changed or one.role == "change":
                yield (one, other), f"{one.text} / {other.text}", partial(_of_base, one, other)
            if close or (changed and one.role == "change"):
                yield (one, other), f"{one.text} / ({other.text} ∓ {one.text})", partial(_of_earlier, one, other)
            if not changed:
                yield (other, one), f"{one.text} / {other.text} - 1", partial(_growth, other, one)


def _of_base(part: Figure, base: Figure, claim: Figure, at: At) -> Interval | None:
    return scaled(claim, quotient(at(part), at(base)))


def _of_earlier(change: Figure, level: Figure, claim: Figure, at: At) -> Interval | None:
    earlier = at(level) + at(change) if falls(claim) else at(level) - at(change)
    return scaled(claim, quotient(at(change), earlier)) if earlier.low > 0 else None


def _growth(earlier: Figure, later: Figure, claim: Figure, at: At) -> Interval | None:
    found = quotient(at(later), at(earlier))
    if found is None:
        return None
    told = "direction" in dict(claim.decided_by)
    fell = falls(claim) if told else found.point < 1
    return scaled(claim, exactly(1) - found if fell else found - exactly(1))


def _rule_of(claim: Figure) -> str:
    if claim.role in ("plan_pct", "over_plan_pct"):
        return "plan_vs_actual"
    if claim.role == "change_pct":
        return "growth_from_previous"
    return "share" if claim.role == "share_pct" else "rate"


def _meant(told: list[Figure], index: int, context: _Known) -> _Candidate | None:
    """The reading that the words leave no doubt of; None where they do not say which numbers are meant."""
    claim = told[index]
    second, last = (told[place] if place >= 0 else None for place in (index - 2, index - 1))
    following = told[index + 1] if index + 1 < len(told) else None
    if following is not None and _OF.fullmatch(gap(claim, following) or "x"):
        part = next((f for f in reversed(told[max(0, index - 3) : index]) if _alike(f, following)), None)
        return _as_share(part, following) if part is not None and same_sentence(part, claim) else None
    if last is None or not gap(last, claim):
        return _from_link(claim, context)
    if second is not None and _OF_IT_ZH.fullmatch(gap(last, claim)) and _IS_ZH.search(gap(second, last)):
        return _as_share(second, last) if _alike(second, last) else None
    if claim.role == "change_pct" or _BY.search(before(claim)[-48:]):
        return _as_change(claim, second, last, following) or _from_link(claim, context)
    if second is not None and _alike(second, last) and (order := _FORMER.search(gap(last, claim))):
        return _as_share(last, second) if order.group(1) else _as_share(second, last)
    if second is not None and _A_RATE.search(gap(last, claim)) and _alike(second, last) and gap(second, last):
        return _as_share(*sorted((second, last), key=lambda figure: figure.value))
    if second is None or not gap(second, last) or not _alike(second, last):
        return _from_link(claim, context)
    if claim.role in ("plan_pct", "over_plan_pct"):
        if second.role == "change":
            return None  # "1,440 over the target of 30,200, or 104.8% of it"
        return _as_share(second, last) if claim.role == "plan_pct" else _as_growth(last, second)
    if claim.role == "share_pct" and _OF_WHOLE.fullmatch(gap(second, last)) and _APPOSITION.fullmatch(gap(last, claim)):
        return _as_share(second, last)
    return _from_link(claim, context)


# "the latter is 8.3 times the former", and a rate told behind two amounts
_FORMER = re.compile(
    r"(?:(后者)[是为]前者的|前者[是为]后者的|\b(latter) (?:is|was|being)|\bformer (?:is|was|being))[^,;.，；。]{0,12}$"
)
_A_RATE = re.compile(
    r"^[^;.]{0,40},\s+(?:(?:or|making|being|giving|representing|thus)\s+)?(?:an?|the) (?:[a-z]+ ){0,2}?"
    r"(?:rate|ratio|level|share|proportion|achievement|coverage|completion|execution) of\s*$"
)


def _as_change(claim: Figure, second: Figure | None, last: Figure, following: Figure | None) -> _Candidate | None:
    """Growth beside a difference or between two ends: "D more, or P %", "from A to B, by P %", "P % more than A"."""
    if re.search("[;；]", gap(last, claim)):
        return None
    if second is not None and (
        not _alike(second, last) or not gap(second, last) or re.search("[;；)）]", gap(second, last))
    ):
        second = None
    if second is not None and second.role != "change" and _BY.search(before(second)[-16:]):
        return None  # "down by 62,300 to 418,700": a difference, whatever it was read as
    if last.role == "change" and second is not None and _next_to(last, claim):
        return (last, second), f"{last.text} / ({second.text} ∓ {last.text})", partial(_of_earlier, last, second)
    if second is not None and second.role == "change" and _BECAME.search(gap(second, last)):
        return (second, last), f"{second.text} / {last.text}", partial(_of_base, second, last)
    if second is not None and last.role != "change" and _BECAME.search(gap(second, last)):
        return _as_growth(second, last)
    words = gap(claim, following) if following is not None and _alike(last, following) else ""
    if following is not None and _BECAME.search(words) and not words.endswith(("高", "低", "多", "少")):
        return _as_growth(following, last)
    return None


def _from_link(claim: Figure, context: _Known) -> _Candidate | None:
    """What the links of figures say: a share of the whole of its part, the growth of a level with an earlier value."""
    about = context.by_id.get(claim.parent) if claim.parent is not None else None
    if about is None or re.search("[;；]", gap(about, claim)):
        return None
    if about.figure_id == claim.figure_id - 1 and not _APPOSITION.fullmatch(gap(about, claim) or "x"):
        return None
    if claim.link == "share_of" and (whole := context.wholes.get(about.figure_id)) is not None:
        return _as_share(about, whole)
    if claim.role == "change_pct" and (earlier := context.earlier.get(about.figure_id)) is not None:
        return _as_growth(earlier, about)
    return None


def _as_share(part: Figure, whole: Figure) -> _Candidate:
    return (part, whole), f"{part.text} / {whole.text}", partial(_of_base, part, whole)


def _as_growth(earlier: Figure, later: Figure) -> _Candidate:
    return (earlier, later), f"{later.text} / {earlier.text} - 1", partial(_growth, earlier, later)


_OF_WHOLE = re.compile(r"[^,;，；。]{0,24}\b(?:of|out of)\s+(?:the|its|these|those|all)?\s*", re.IGNORECASE)
_OF_IT_ZH = re.compile(r"[一-鿿]{0,4}的")
_IS_ZH = re.compile(r"[为是占达]|相当于")
_BY = re.compile(
    r"\bby\s+(?:about |nearly |over )?$|(?:[增降]幅|增长|下降|减少|提高)(?:了|约|近|达|为)?$", re.IGNORECASE
)


def _next_to(one: Figure, other: Figure) -> bool:
    words = gap(one, other)
    return bool(words) and len(words) < 24 and not re.search(r"[;；。]", words)


def _decided(rule: str, claim: Figure, readings: list[_Candidate], first: _Candidate | None) -> Iterator[Finding]:
    """The reading that holds, the one that the words mean before others; a failure only where they mean one."""
    ordered = ([first] if first is not None else []) + [reading for reading in readings if reading is not first]
    for operands, formula, reading in ordered:
        finding = tested(partial(_compared, rule, operands, formula, reading, claim))
        if finding.verdict in ("holds", "holds_within_rounding"):
            if first is not None:
                yield finding
            return
    if first is not None:
        operands, formula, reading = first
        yield tested(partial(_compared, rule, operands, formula, reading, claim))


def _compared(
    rule: str,
    operands: tuple[Figure, ...],
    formula: str,
    reading: Callable[[Figure, At], Interval | None],
    claim: Figure,
    at: At,
) -> Finding:
    computed, stated = reading(claim, at), rounded(claim, at)
    everything = (*operands, claim)
    written = f"{formula} = {claim.text}"
    if computed is None:
        message = say("quotient.from_zero", claim=printed(claim))
        return Finding(rule, "not_testable", everything, written, message, None, stated, claim.unit, "info")
    verdict = agreement(computed, stated)
    message = comparison("quotient.given", verdict, computed, stated)
    return Finding(rule, verdict, everything, written, message, computed, stated, claim.unit)


# ---------------------------------------------------------------------------------------------------- differences
def _difference(told: list[Figure], index: int, numbers: list[Figure], *, points: bool) -> Iterator[Finding]:
    """A change beside both of its ends, in whatever order they stand."""
    claim = told[index]
    near = (told[index - 1] if index else None, told[index + 1] if index + 1 < len(told) else None)
    if points and is_listed_point(near[0], claim, near[1]):
        return  # each of another value
    numbers = [f for f in numbers if not PER_MILLE.search(f.text)]
    ends = [
        f for f in numbers if f is not claim and f.role not in ("change", "change_pct", "diff_pp") and f.unit != "pp"
    ]
    ends = [f for f in ends if not (FLOW.search(before(f)[-16:]) or ADDED.search(before(f)[-32:]))]
    readings: list[_Candidate] = []
    for place, one in enumerate(ends):
        for other in ends[place + 1 :]:
            if points or _alike(one, other):
                readings.append(((one, other), f"|{one.text} - {other.text}|", partial(_apart, one, other)))
                readings.append(((one, other), f"{one.text} + {other.text}", partial(_added, one, other)))
    if not readings:
        return
    last = told[index - 1] if index else None
    second = told[index - 2] if index > 1 else None
    following = told[index + 1] if index + 1 < len(told) else None
    first = None
    behind = told[index + 2] if index + 2 < len(told) else None
    for left, right in ((second, last), (last, following), (following, behind)):
        if left is None or right is None or left not in ends or right not in ends or left.unit != right.unit:
            continue
        if right.parent == left.figure_id and right.link == "part_of":
            continue  # 培训1200人，比上年增加200人，其中妇女500人
        around = left is last and right is following
        if around and _THAN_LAST_YEAR.search(gap(left, claim)) and not _LAST_YEAR.search(gap(claim, right)):
            continue  # 25亿元，比上年增加5亿元，并整合15亿元: what it was is not printed
        words = gap(left, claim) + gap(claim, right) if around else gap(left, right)
        if re.search("[;；)）]", words):
            continue  # another statement, or an aside that is over
        beside = points and right is last
        if beside and is_of_elsewhere(right, claim):
            continue
        if words and (beside or _BECAME.search(words)) and same_sentence(left, claim) and same_sentence(right, claim):
            first = next((r for r in readings if set(map(id, r[0])) == {id(left), id(right)}), None)
            break
    yield from _decided("base_plus_change", claim, readings, first)


_THAN_LAST_YEAR = re.compile(r"[比较](?:上|去|前)一?年")
_LAST_YEAR = re.compile(r"(?:上|去|前)一?年|同期|年初|原来|\bto\b|[到至为]")


def _apart(one: Figure, other: Figure, _claim: Figure, at: At) -> Interval:
    found = at(one) - at(other)
    return found if found.point >= 0 else -found


def _added(one: Figure, other: Figure, _claim: Figure, at: At) -> Interval:
    return at(one) + at(other)
