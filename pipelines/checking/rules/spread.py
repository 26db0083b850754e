"""Means whose sum and count are told near them: "Wages came to 27.7 million, around 3,100 for a worker"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from itertools import product

from pipelines.catalog.currencies import is_money
from pipelines.catalog.load import catalog
from pipelines.checking.evidence import At, after, before
from pipelines.checking.interval import Interval, quotient
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Candidate,
    Told,
    depth,
    gap,
    is_amount,
    is_measured,
    same_sentence,
    same_statement,
)
from pipelines.figures.figure import Figure
from pipelines.patterns import SIGN, regex

_FAR = 10  # numbers before a mean among which its sum and its count are
_TWO_SENTENCES = 160  # code points that the last of two sentences takes
_LEAD = 96  # code points before a mean in which it is called so
_STEM = 4  # letters by which a noun is known in its plural
_PLAIN = frozenset({"level", "target", "change"})
_MOST = regex(r"最|\b(?:most|least|highest|lowest|largest|smallest|heaviest)\b", re.IGNORECASE)
# of what each has it, behind a mean: "40 in a session", "3,100 for a worker", "4.8 persons to a dwelling", "75 in each"
_TO_EACH = regex(
    r"\s*(?:[a-z-]+ ){0,2}?(?:(?:to|for|in|at) (?:an?|each|every)\b|(?:per|an?|each|every)\b|apiece\b)"
    r"(?!\s*(?:year|month|week|day|annum|cent|time)\b)\s*([a-z]{3,})?",
    re.IGNORECASE,
)
# before it: "one for every 800 people", "the mean branch serves 2,096 members", 每艘平均80万元, 村均1500册
_FOR_EVERY = regex(r"\bone (?:for|to|per) (?:every |each )?(?:about |some )?$", re.IGNORECASE)
_FOR_MANY = regex(r"每[十百千万亿]|\b(?:every|each|per) (?:hundred|thousand|million|\d)", re.IGNORECASE)
_THE_MEAN = regex(
    r"\b(?:on (?:an )?average,? (?:an?|each|every|the|one)|(?:the|an) (?:mean|average)|each|every) ([a-z]{3,})"
    r"[^,;.\d(]{0,32}(?:[(][^()]{0,24}[)][^,;.\d(]{0,32})?$",
    re.IGNORECASE,
)
_EACH_ZH = regex(
    r"(?:平均)?每([个名座家]?[一-鿿]{1,4}?)(?:平均|[补奖发获得投服帮用种养安有拥][一-鿿]{0,5}|约|为|达)?$"
    r"|([一-鿿])均[一-鿿]{0,6}$"
)
_SET_BESIDE = regex(
    r"[^.;:；：。\d]{0,60}?(?:[,，(（—–]|\band\b)\s*(?:(?:[a-z.]+ ){0,5}" + SIGN + r"|[一-鿿]{0,12})", re.IGNORECASE
)
_CLAUSE = regex("[,，;；]")


def spread_near(told: Told, place: int) -> list[Candidate]:
    """The sums beside a mean and the counts of that of which each has it, the nearest first, where words name it."""
    claim = told.figures[place]
    named = _each(told, claim)
    if named is None or claim.role not in ("per_unit", "level") or claim.link == "previous_of":
        return []
    of_what, _, per_what = claim.unit.partition("/")
    near = [f for f in told.before(place, _FAR)[::-1] if _is_plain(told, f) and is_recent(claim, f)]
    behind = [f for f in told.behind(place, 1) if _is_plain(told, f) and not _CLAUSE.search(gap(claim, f))]
    sums = [f for f in (*near, *behind) if may_be(f, of_what) and depth(f) <= depth(claim)]
    sums = [f for f in sums if f.value * _times(f, of_what) > claim.value]
    things = [f for f in (*near, *behind) if not is_money(f.unit) and f.text[:1].isdecimal()]
    counts = [f for f in things if _is_named(told, f, named, per_what)]
    counts = [f for f in counts if same_sentence(f, claim)] or counts
    if len({f.value for f in counts}) > 1 and not same_sentence(counts[0], claim):
        return []  # of several things of a kind, one may be meant that is told elsewhere
    if not counts and len(things) == 1 and things[0].unit in OPEN_UNITS:
        counts = things  # "The number of rangers is 28,104. They got 281 million yuan, 10,000 yuan per person"
    pairs = [(one, other) for one, other in product(sums, counts) if one is not other and _are_two(one, other)]
    return [spread(*pair, times=_times(pair[0], of_what)) for pair in pairs if _is_beside(told, claim, *pair)]


def _times(amount: Figure, of_what: str) -> Decimal:
    """How many units of a mean are one of its sum: 1,000 kg of a tonne."""
    one, other = catalog().units.get(amount.unit), catalog().units.get(of_what)
    return one.factor / other.factor if one is not None and other is not None else Decimal(1)


def _each(told: Told, claim: Figure) -> str | None:
    """The noun of that of which each has a mean, empty where none is named; None where no words speak of each."""
    lead = told.lead(claim)[-_LEAD:]
    if _FOR_MANY.search(lead):
        return None  # 折合每万尾120元
    if _FOR_EVERY.search(lead):
        return ""
    for pattern in (_THE_MEAN, _EACH_ZH):
        if (match := pattern.search(before(claim)[-_LEAD:])) is not None:
            return next(group for group in match.groups() if group)
    behind = _TO_EACH.match(after(claim))
    if behind is None or ("/" not in claim.unit and not _SET_BESIDE.fullmatch(lead)):
        return None  # "repayment of 66.3 million a negative cash flow"
    return behind.group(1) or ""


def _is_plain(told: Told, figure: Figure) -> bool:
    printed = figure.role in _PLAIN and figure.qualifier in ("exact", "about") and is_amount(figure)
    return printed and not _MOST.search(told.lead(figure))


def _is_named(told: Told, figure: Figure, named: str, per_what: str) -> bool:
    """Whether a number counts what is named as that of which each has a mean."""
    if per_what not in ("", *OPEN_UNITS) and figure.unit == per_what:
        return True
    if not named:
        return not per_what or may_be(figure, per_what)
    if not named.isascii():
        return after(figure).lstrip("十百千万亿余多").startswith(named[-1]) or named in before(figure)[-8:]
    return any(word.startswith(named[:_STEM].lower()) for word in told.label(figure))


def _are_two(one: Figure, other: Figure) -> bool:
    """Whether two numbers are of two kinds: a thing is not spread over itself."""
    return one.unit != other.unit or one.unit in OPEN_UNITS


def _is_beside(told: Told, claim: Figure, amount: Figure, count: Figure) -> bool:
    """Whether a mean is set beside the sum that it is of, or beside both in one statement."""
    if same_statement(amount, claim) and same_statement(count, claim):
        return True
    last = max(amount, count, key=lambda figure: told.place[figure.figure_id])
    return last is amount and same_sentence(amount, claim) and _SET_BESIDE.fullmatch(gap(amount, claim)) is not None


def is_recent(claim: Figure, figure: Figure) -> bool:
    """Whether a number stands in the sentence of a claim or in one of the two before it."""
    return (claim.locator.sentence_start or 0) - (figure.locator.sentence_end or 0) < _TWO_SENTENCES


def may_be(figure: Figure, unit: str) -> bool:
    """Whether an amount can be of a unit: money is money, acres are acres, and things may be called anything."""
    if is_money(unit) or is_money(figure.unit):
        return is_money(figure.unit) == is_money(unit) or bool({unit, figure.unit} & OPEN_UNITS)
    one, other = catalog().units.get(figure.unit), catalog().units.get(unit)
    if is_measured(unit) and is_measured(figure.unit) and one is not None and other is not None:
        return (one.kind, one.base_unit) == (other.kind, other.base_unit)
    return figure.unit == unit or not (is_measured(unit) or is_measured(figure.unit))


def spread(amount: Figure, count: Figure, *, times: Decimal = Decimal(1)) -> Candidate:
    """A sum over a count, in units of which the sum's are so many times as large."""
    return Candidate((amount, count), f"{amount.text} / {count.text}", partial(_quotient, amount, count, times))


def _quotient(amount: Figure, count: Figure, times: Decimal, at: At) -> Interval | None:
    found = quotient(at(amount), at(count))
    return found.times(times) if found is not None else None
