"""The numbers of running text in order, with the words between them, as claims look for the numbers they speak of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from itertools import product
from operator import mul

from pipelines.catalog.currencies import is_money, written
from pipelines.catalog.sentences import Printed, say
from pipelines.checking.evidence import (
    At,
    Evidence,
    Finding,
    after,
    agreement,
    before,
    between,
    comparison,
    cut_off,
    says_unit,
    tested,
)
from pipelines.checking.interval import Interval, exactly
from pipelines.checking.verdict import HOLDING
from pipelines.figures.figure import Figure
from pipelines.figures.text.nouns import NOMINAL, physical_units
from pipelines.figures.text.signs import MEMBERS
from pipelines.figures.text.subjects import own_words
from pipelines.meaning.meaning import UNKNOWN
from pipelines.meaning.period_codes import years
from pipelines.patterns import CURRENCY_SIGNS, regex

OPEN_UNITS = frozenset({"other", "unknown", ""})
RATIOS = frozenset({"%", "pp", "fraction", "times", "ratio"})
_TIMES = frozenset({"year", "month", "day"})
_REACH = 14  # numbers before a claim among which its operands are looked for
_WIDE = 40  # numbers before it one of which may be its operand, named or not
_BEHIND = 4  # and behind it, in its sentence
_FAR = 600  # letters before a claim within which a passage goes on
_STATEMENT = regex("[;；]")
Reading = Callable[[At], Interval | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a claim: its operands, how they are written as a formula, and what they give."""

    operands: tuple[Figure, ...]
    formula: str
    reading: Reading


class Told:
    """The figures of running text in order."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.figures = list(evidence.told)
        self.place = {figure.figure_id: place for place, figure in enumerate(self.figures)}

    @cached_property
    def last_year(self) -> int:
        """The last year that the document tells; 0 where it tells none."""
        spans = [years(meaning.period.code) for meaning in self.evidence.meanings.values()]
        return max((span[1] for span in spans if span is not None), default=0)

    def at(self, place: int) -> Figure | None:
        """The figure at a place, None outside of the text."""
        return self.figures[place] if 0 <= place < len(self.figures) else None

    def wide(self, place: int) -> list[Figure]:
        """The amounts of a passage and of what is said before it, among which the operand of a claim may be."""
        claim = self.figures[place]
        far = [f for f in self.figures[max(0, place - _WIDE) : place] if is_amount(f)]
        return far + [f for f in self.behind(place) if f is not claim and is_amount(f)]

    def before(self, place: int, reach: int = _REACH) -> list[Figure]:
        """The figures of a passage before a place, in order."""
        claim = self.figures[place]
        return [
            f
            for f in self.figures[max(0, place - reach) : place]
            if f.locator.section == claim.locator.section and start(claim) - start(f) < _FAR
        ]

    def behind(self, place: int, reach: int = _BEHIND) -> list[Figure]:
        """The figures of its sentence behind a place, in order."""
        return [f for f in self.figures[place + 1 : place + 1 + reach] if same_sentence(f, self.figures[place])]

    def around(self, place: int) -> list[Figure]:
        """The amounts before a place in its passage and behind it in its sentence."""
        return [f for f in (*self.before(place), *self.behind(place)) if is_amount(f)]

    def lead(self, figure: Figure) -> str:
        """The words before a number, back to the number before it or to the start of its sentence."""
        previous = self.at(self.place[figure.figure_id] - 1)
        return gap(previous, figure) if previous is not None and same_sentence(previous, figure) else before(figure)

    def trail(self, figure: Figure) -> str:
        """The words behind a number, up to the number behind it or to the end of its sentence."""
        following = self.at(self.place[figure.figure_id] + 1)
        return gap(figure, following) if following is not None and same_sentence(figure, following) else after(figure)

    def sentence(self, figure: Figure) -> list[Figure]:
        """All figures of the sentence of a figure."""
        place = self.place[figure.figure_id]
        near = self.figures[max(0, place - 40) : place + 40]
        return [f for f in near if same_sentence(f, figure)]

    def elsewhere(self, part: Figure, claim: Figure) -> bool:
        """Whether words beside a claim name a place that its part is not told of: "84.5% in Xingguo"."""
        of_part, of_claim = (self.evidence.meanings[figure.figure_id].region for figure in (part, claim))
        return of_claim.how == "named" and of_claim.code not in (UNKNOWN, of_part.code)

    def label(self, figure: Figure) -> frozenset[str]:
        """The words that say what a number is: its clause before it, and what it counts behind it."""
        clause = re.split("[,;，；。:：]", _FIELD.sub(r"\1", self.lead(figure)))
        behind = re.split("[,;，；。:：(（]", self.trail(figure))
        return own_words(clause[-1]) | own_words(behind[0]) | own_words(figure.subject)


_FIELD = regex(r"([A-Za-z]+)[:：]\s*$")  # "Members of these households: 1,149,605"


# nouns of what is counted vary (units, departments, cases) and are called wrong by nobody; these are not
_FIRM = frozenset({"person", "household", "person-time", "village", "training"})


def is_firm(figure: Figure) -> bool:
    """Whether a unit says so much that another one in its place is a slip; "27,750 poor" may be households."""
    unit, words = figure.unit, dict(figure.decided_by).get("unit", "").lower()
    return (unit in _FIRM or is_money(unit) or unit in physical_units()) and words not in NOMINAL


def start(figure: Figure) -> int:
    """Where a number of running text stands."""
    return figure.locator.start or 0


def is_amount(figure: Figure) -> bool:
    """Whether a number is an amount or a count, and no ratio, and no stretch of time."""
    return figure.unit not in RATIOS and figure.unit not in _TIMES


def is_measured(unit: str) -> bool:
    """Whether a unit is a physical one, a ratio or a stretch of time, and counts nothing."""
    return unit in physical_units() or unit in _TIMES or unit in RATIOS


def gap(first: Figure, second: Figure) -> str:
    """The words between two numbers of one sentence; empty where they share none."""
    return between(first, second) or ""


def is_of_elsewhere(last: Figure, claim: Figure) -> bool:
    """Whether a difference is one to a place that nothing before it tells: 增速8%，比全国农村快1.8个百分点."""
    elsewhere = _ELSEWHERE.search(gap(last, claim))
    return elsewhere is not None and elsewhere.group(1)[:2] not in before(last)


_ELSEWHERE = regex(r"比(?!上|去|同期|年初|前|期初|\d|计划|预期|目标)([一-鿿]{2,12}?)(?:的?平均|水平)*[高低快慢]")


def behind_sign(figure: Figure) -> str:
    """The text of a sentence behind a percentage, without its sign."""
    return _PER_CENT.sub("", after(figure))


_PER_CENT = regex(r"^\s*(?:%|％|per\s?cents?\b|‰|pc\b)")


def listed_with(one: Figure | None, other: Figure | None) -> bool:
    """Whether two percentages stand in one list, with nothing but a joining word between them."""
    if one is None or other is None or one.unit != other.unit or not same_sentence(one, other):
        return False
    return MEMBERS.fullmatch(_PER_CENT.sub("", gap(one, other)) or "x") is not None


def is_listed_point(before_it: Figure | None, claim: Figure, behind: Figure | None) -> bool:
    """Whether a difference in points is one of a list: 分别为8%及15.1%，下降0.1个及0.7个百分点."""
    pairs = ((before_it, claim), (claim, behind))
    near = [(one, other) for one, other in pairs if one is not None and other is not None and one.unit == other.unit]
    return any(same_sentence(one, other) and _NEXT_POINT.fullmatch(gap(one, other)) is not None for one, other in near)


_NEXT_POINT = regex(
    r"\s*(?:个?百分点|(?:percentage )?points?)?\s*(?:,|，|、|和|及|与|and)+\s*(?:约|about )?", re.IGNORECASE
)


def are_kinds_of_place(parts: list[Figure]) -> bool:
    """Whether several places are told apart by what they are, and not by where, when or what happened to them."""
    told = (_KIND_OF_PLACE.match(after(part)) for part in parts)
    return len(parts) > 1 and all(told)


_KIND_OF_PLACE = regex(r"个[一-鿿]{2,8}?[县乡村镇州市旗](?![一-鿿])")


def countable(one: Figure, other: Figure) -> bool:
    """Whether both are counts, of whatever things, or amounts of one unit."""
    first, second = one.unit.split("/")[0], other.unit.split("/")[0]
    return first == second or not any(is_measured(unit) or is_money(unit) for unit in (first, second))


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two numbers may be of one kind, as far as they print one: one without a unit may count anything."""
    return countable(one, other) or not says_unit(one) or not says_unit(other)


def same_sentence(one: Figure, other: Figure) -> bool:
    """Whether two numbers stand in one sentence."""
    return one.locator.sentence_start == other.locator.sentence_start


def same_statement(one: Figure, other: Figure) -> bool:
    """Whether two numbers stand in one sentence with no semicolon between them."""
    first, second = sorted((one, other), key=start)
    return same_sentence(one, other) and not _STATEMENT.search(gap(first, second))


def mark_of(figure: Figure) -> str:
    """The mark of money beside a number whose currency is not known, empty where there is none: Rs, shillings."""
    place = figure.locator
    if figure.unit != UNKNOWN or place.start is None or place.end is None or place.sentence_start is None:
        return ""
    return _mark(figure.sentence, place.start - place.sentence_start, place.end - place.sentence_start)


@lru_cache(maxsize=4096)
def _mark(sentence: str, start: int, end: int) -> str:
    sign = _MARK.search(sentence[max(start - _LONGEST_MARK, 0) : start])
    if sign is not None and sign.group(1) in written().signs:
        return sign.group(1)
    name = _MARK_BEHIND.match(sentence[end : end + _LONGEST_NAME])
    return name.group(1) if name is not None and name.group(1) in written().kinds else ""


_LONGEST_MARK, _LONGEST_NAME = 8, 24  # code points before a number and behind it
_MARK = regex(rf"(?<![A-Za-z])([A-Z]?[A-Za-z]{{0,3}}(?:/?\.|/)?|[A-Z]{{0,2}}[{CURRENCY_SIGNS}])\s?$")
_MARK_BEHIND = regex(r"\s?(?:(?:thousand|lakh|million|crore|billion|trillion) )?([a-z]{4,12})\b")


def alike(one: Figure, other: Figure) -> bool:
    """Whether two numbers may be of one kind: the same unit, or counts of which one does not print what it counts."""
    if mark_of(one) != mark_of(other):
        return False
    first, second = one.unit.split("/")[0], other.unit.split("/")[0]
    same = _counter(one) == _counter(other) or "" in (_counter(one), _counter(other))
    if first == second and (same or (says_unit(one) and says_unit(other))):
        return True
    if not same or _are_people_and_bodies(one, other) or _are_people_and_bodies(other, one):
        return False
    if any(is_measured(unit) or is_money(unit) for unit in (first, second)):
        return False
    return is_bare(one) or is_bare(other)


def _are_people_and_bodies(people: Figure, bodies: Figure) -> bool:
    """Whether one number counts people and the other what no people are counted with: 56名, 12家."""
    return people.unit in ("person", "household") and _SCALED.sub("", after(bodies))[:1] in tuple("家座所个处项")


def _counter(figure: Figure) -> str:
    """The Chinese measure word behind a number, empty where it counts whatever: 56人, but 33个."""
    behind = _SCALED.sub("", after(figure))[:1]
    return behind if "一" <= behind <= "鿿" and behind not in "个项家处座中的" else ""


_SCALED = regex(r"^[十百千万亿多余]+")


def is_bare(figure: Figure) -> bool:
    """Whether a number prints no unit of its own, or a counter that counts anything."""
    words = dict(figure.decided_by).get("unit", "")
    if mark_of(figure):
        return False
    named = figure.unit in _PLACES and after(figure)[1:2] not in ("", *"，。；、")  # 117个贫困村, but 村…117个
    return figure.unit in OPEN_UNITS or not says_unit(figure) or (words[:1] in "个项家处座" and not named)


_PLACES = frozenset({"village", "township", "county", "city", "province"})


def in_ratio(figure: Figure) -> bool:
    """Whether a number is one of those of a ratio: "6：2：2"."""
    return _RATIO.match(after(figure)) is not None or _RATIO.match(before(figure)[-3:][::-1]) is not None


_RATIO = regex(r"\s?[:：]\s?\d")


def depth(figure: Figure) -> int:
    """Where the brackets around a number open in the text; 0 outside of brackets."""
    opened = _opened(before(figure))
    return (figure.locator.sentence_start or 0) + opened if opened else 0


@lru_cache(maxsize=4096)
def _opened(lead: str) -> int:
    """Behind which sign the innermost brackets open that a text leaves open; 0 for none."""
    opened: list[int] = []
    for sign in _BRACKET.finditer(lead):
        if sign.group() in "(（":
            opened.append(sign.end())
        elif opened:
            opened.pop()
    return opened[-1] if opened else 0


_BRACKET = regex(r"[()（）]")


def is_of_money(claim: Figure) -> bool:
    """Whether a share is told to be one of money, so that no counts can be meant: 产业项目资金占比52.6%."""
    return _OF_MONEY.search(before(claim)[-16:]) is not None


_OF_MONEY = regex(r"(?:资金|投资|金额|经费)的?(?:占比|比重|比例)[^，。；\d]{0,4}$")


def scaled(claim: Figure, found: Interval | None) -> Interval | None:
    """A quotient in the unit of a claim: per cent, or times."""
    if found is None or claim.unit in ("fraction", "times"):
        return found
    return found.times(exactly(100).point)


def first_that_holds(
    rule: str, claim: Figure, readings: Iterable[Candidate], stated: Callable[[Figure, At], Interval] | None = None
) -> Finding | None:
    """The first reading of a claim that holds; one that nobody means answers only where few numbers would fit it."""
    for place, candidate in enumerate(readings):
        finding = judged(rule, claim, candidate, stated)
        if finding.verdict in HOLDING and (not place or _is_telling(finding)):
            return finding
    return None


_LOOSE = Decimal("0.5")  # of what is printed: 14.7万 - 11.2万 - 3.5万 is anything up to 1,500


def _is_telling(finding: Finding) -> bool:
    computed, printed = finding.computed, finding.stated
    if computed is None or printed is None:
        return True
    return computed.high - computed.low <= _LOOSE * abs(printed.point)


def judged(
    rule: str, claim: Figure, candidate: Candidate, stated: Callable[[Figure, At], Interval] | None = None
) -> Finding:
    """A claim against one of its readings."""
    return tested(partial(_compared, rule, claim, candidate, stated or rounded))


def rounded(claim: Figure, at: At) -> Interval:
    """A factor is rounded like any measure, also where it is printed without decimals: "three times".

    Of a difference with a minus it is how far the two lie apart: "from 24.1% to 16.3% (-7.8 points)".
    """
    said = cut_off(claim, at)
    stated = -said if said.high < 0 else said
    if claim.unit != "times":
        return stated
    half = exactly(1).point.scaleb(int(claim.value_stated.as_tuple().exponent)) / 2
    return Interval(min(stated.low, stated.point - half), max(stated.high, stated.point + half), stated.point)


def _compared(
    rule: str, claim: Figure, candidate: Candidate, stated: Callable[[Figure, At], Interval], at: At
) -> Finding:
    computed, printed = candidate.reading(at), stated(claim, at)
    everything = (*candidate.operands, claim)
    written = f"{candidate.formula} = {claim.text}"
    if computed is None:
        message = say("quotient.from_zero", claim=Printed(claim.text))
        return Finding(rule, "not_testable", everything, written, message, None, printed, claim.unit, "info")
    verdict = agreement(computed, printed)
    message = comparison("quotient.given", verdict, computed, printed)
    return Finding(rule, verdict, everything, written, message, computed, printed, claim.unit)


def leave_nothing(values: Sequence[Decimal]) -> bool:
    """Whether numbers, some of them taken off, leave nothing."""
    signed = product((1, -1), repeat=len(values) - 1)
    return any(values[0] + sum(map(mul, signs, values[1:])) == 0 for signs in signed)
