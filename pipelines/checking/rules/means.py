"""Amounts for each: a sum, a count, and what each got of it or what there is on average."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import combinations, pairwise

from pipelines.catalog.currencies import is_money
from pipelines.checking.evidence import At, Finding, after, before, between
from pipelines.checking.interval import Interval, exactly, product, quotient
from pipelines.checking.rules.spread import is_recent, may_be, spread, spread_near
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Candidate,
    Told,
    depth,
    first_that_holds,
    gap,
    is_amount,
    is_bare,
    is_measured,
    judged,
    same_sentence,
    same_statement,
)
from pipelines.checking.slips import may_be_slip
from pipelines.checking.verdict import HOLDING
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import COUNT_WORDS
from pipelines.patterns import SIGN, regex

_AS_PRINTED = ("exact", "about")
_WIDE = 60  # numbers before a mean of which one may be its count
_NEAR = 3  # numbers before a mean of which two are its sum and its count
_MEAN_LEAD = regex(
    r"(?:平均[^，。；、\d]{0,10}|(?:[户人村县店社场家座笔吨亩批名份校班台床]|人次|项目)均[^，。；、\d]{0,6}|每[一-鿿]{1,6})(?:约|为|达)?$"
    r"|\b(?:on average|an average of|averag\w+|each(?! of))[^,;.\d]{0,24}$",
    re.IGNORECASE,
)
_MEAN_BEHIND = regex(
    r"[^,;.，。；()（）\d]{0,16}?\b(?:each|apiece|on average|per|(?:to )?an? (?:household|family|person"
    r"|village|head|loan|project|mu|ton|course|group|school|class|kilo\w*|km)|for every)\b",
    re.IGNORECASE,
)
_MOST = regex(r"最|\b(?:most|least|highest|lowest|largest|smallest)\b", re.IGNORECASE)
_OF_BEFORE = regex(
    r"(?:上年|去年|前年|同期|[，。；]\d{4}年)[^，。；\d]{0,12}$"
    r"|\b(?:last year|the year before|a year earlier|previous)\b",
    re.IGNORECASE,
)
_NO_MEAN = regex(
    r"income|earn|wage|线|收入|增收|工资|标准|限额|补助标准|补贴标准|standard|rate of|monthly"
    r"|a month|每月|每年|a year|month|以上|以下|price|价"
    r"|最高|最低|每[十百千万亿]|up to|at least|maximum",
    re.IGNORECASE,
)


def check_means(told: Told) -> Iterator[Finding]:
    """Every mean of running text that stands right beside its sum and its count."""
    for place, claim in enumerate(told.figures):
        meant = _paid_out(told, place) if claim.role == "per_unit" else None
        if meant is None and _is_mean(told, claim):
            meant = _meant(told, place) or _at_a_rate(told, place)
        beside = spread_near(told, place) if meant is None else []
        meant = meant or _first_told(claim, beside) or _spread_over(told, place)
        if meant is None or _is_one_of_several(told, claim):
            continue
        near = [f for f in (*told.before(place, _FAR), *told.behind(place, 3)) if is_amount(f) and f is not claim]
        of_what, _, per_what = claim.unit.partition("/")
        sums = [f for f in near if f.role != "per_unit" and may_be(f, of_what)]
        counts = [f for f in near if f.role != "per_unit" and not is_money(f.unit) and may_be(f, per_what)]
        readings = [meant] + [spread(one, other) for one in sums for other in counts if one is not other]
        each = [f for f in near if f.role == "per_unit"]
        readings += [_times(one, other) for one in each for other in near if one is not other]
        pairs = [two for two in combinations(counts, 2) if two[0].unit == two[1].unit and same_statement(*two)]
        readings += [_spread_on_two(one, *two) for one in sums for two in pairs if one not in two]
        earlier = told.figures[max(0, place - _WIDE) : place]
        readings += [spread(meant.operands[0], f) for f in earlier if f.unit == per_what]
        finding = first_that_holds("average", claim, readings, _rounded)
        if finding is None and _is_of_the_mean_year(claim, meant):
            continue
        if finding is None:
            finding = judged("average", claim, meant, _rounded)
            finding.severity = "warning"
        yield finding
    for claim, meant in _spread_over_time(told):
        yield judged("average", claim, meant, _rounded)


def _is_one_of_several(told: Told, claim: Figure) -> bool:
    """Whether several kinds get amounts of their own, none of which is the mean: 小学生每人500元、初中生每人750元."""
    if _MEAN_LEAD.search(told.lead(claim)[-32:]) is not None and "每" not in told.lead(claim)[-8:]:
        return False
    others = [f for f in told.sentence(claim) if f is not claim and f.role == "per_unit" and f.unit == claim.unit]
    return any(f.link is None and f.value != claim.value and same_statement(f, claim) for f in others)


def _first_told(claim: Figure, readings: Sequence[Candidate]) -> Candidate | None:
    """The first of several readings that holds, or would with a slip of the pen."""
    tried = [(reading, judged("average", claim, reading, _rounded)) for reading in readings]
    held = (reading for reading, finding in tried if finding.verdict in HOLDING)
    return next(held, None) or next((reading for reading, finding in tried if may_be_slip(finding)), None)


def _is_of_the_mean_year(claim: Figure, meant: Candidate) -> bool:
    """Whether an output per head misses by no more than people come and go in a year, of whom it takes the mean."""
    if len(meant.operands) != 2 or not _OUTPUT.search(before(claim)[-_LABEL:]):
        return False
    amount, count = meant.operands
    return count.unit == "person" and abs(amount.value / count.value / claim.value - 1) <= _IN_A_YEAR


_OUTPUT = regex(r"生产总值|(?<![A-Za-z])GDP(?![A-Za-z])|(?-i:人均产值)", re.IGNORECASE)
_LABEL = 24  # characters before a number in which it is called an output
_IN_A_YEAR = Decimal("0.03")


def _spread_over_time(told: Told) -> Iterator[tuple[Figure, Candidate]]:
    """Amounts a month beside those a year, and amounts a year beside the sum of a number of years."""
    for first, second in pairwise(told.figures):
        if depth(first) > depth(second):
            continue  # "952 fewer (1,325 in 2010), 159 a year": an aside
        if not same_statement(first, second) or first.qualifier != "exact" or second.qualifier != "exact":
            continue
        unit = first.unit.split("/")[0]
        if second.unit.split("/")[0] != unit or len(between(first, second) or "") > _APART:
            continue
        if not is_money(unit) and not (first.unit == second.unit and _MEAN_YEAR.search(told.lead(second)[-12:])):
            continue
        monthly = [f for f in (first, second) if f.unit.endswith("/month")]
        yearly = [f for f in (first, second) if f not in monthly and _is_yearly(told, f)]
        if monthly and yearly and not _MONTHS.search(first.sentence) and not _EACH_ITS_OWN.search(before(first)):
            yield yearly[0], Candidate((monthly[0],), f"{monthly[0].text} × 12", partial(_twelve, monthly[0]))
        elif monthly == [first] and (months := _months_told(first, second)):
            yield second, Candidate((first,), f"{first.text} × {months}", partial(_for_months, first, months))
        elif yearly == [second] and first.role in ("level", "target") and (years := _years_told(first, second)):
            yield second, Candidate((first,), f"{first.text} / {years}", partial(_year_of, first, years))


def _months_told(monthly: Figure, together: Figure) -> int:
    """For how many months an amount a month is paid, before what they come to; 0 where nothing says so."""
    found = _FOR_MONTHS.fullmatch(between(monthly, together) or "")
    return _number_of(next(filter(None, found.groups()))) if found is not None else 0


def _for_months(monthly: Figure, months: int, at: At) -> Interval:
    return at(monthly).times(exactly(months).point)


_COUNT = "|".join(word for word in COUNT_WORDS if word.isascii())
_COUNT_ZH = "".join(word for word in COUNT_WORDS if not word.isascii())
# "18,000 a month for three months, hence 54,000 in all", 每月200元，连发6个月，共1200元
_FOR_MONTHS = regex(
    rf"[^,;.\d]{{0,16}},? (?:for|over) ({_COUNT}|\d{{1,2}}) months?,? "
    r"(?:hence|thus|so|that is|i\.e\.|or|making|a total of|in all|which makes|altogether) ?(?:a total of )?"
    + SIGN
    + rf"|元?[^，。；\d]{{0,4}}[，,][^，。；\d]{{0,6}}(\d{{1,2}}|[{_COUNT_ZH}])个月"
    r"[，,]?(?:共计?|合计|总计)[^，。；\d]{0,4}",
    re.IGNORECASE,
)


def _is_yearly(told: Told, figure: Figure) -> bool:
    return _YEARLY_LEAD.search(told.lead(figure)[-12:]) is not None or _YEARLY.match(after(figure)) is not None


def _years_told(total: Figure, yearly: Figure) -> int:
    """The one number of years that a sentence tells between a sum and what it is a year, or before; 0 for none."""
    found = {_number_of(word) for word in _YEARS.findall(between(total, yearly) or "")}
    found = found or {_number_of(word) for word in _YEARS.findall(before(total)[-_APART:])}
    return found.pop() if len(found) == 1 else 0


def _number_of(word: str) -> int:
    return int(word) if word.isdecimal() else COUNT_WORDS.get(word.lower(), 0)


def _twelve(monthly: Figure, at: At) -> Interval:
    return at(monthly).times(exactly(12).point)


def _year_of(total: Figure, years: int, at: At) -> Interval | None:
    return quotient(at(total), exactly(years))


_EACH_ITS_OWN = regex(r"分别[^，。；]*$")  # 城乡标准分别为每月577元、每年4428元
_MONTHS = regex(r"\d+个月|\b[a-z\d]+ months\b", re.IGNORECASE)  # a year of ten months
_APART = 48  # characters between an amount and what it comes to in another time
_YEARLY = regex(r"[^,;.\d]{0,24}?\b(?:(?:a|per|each|every) year|annually)\b", re.IGNORECASE)
_YEARLY_LEAD = regex(r"(?:一年|全年|每年|年均|平均每年)[一-鿿]{0,4}$")
_MEAN_YEAR = regex(r"年均[一-鿿]{0,4}$|平均每年[一-鿿]{0,4}$|\bon average\s*$|\ban average of\s*$", re.IGNORECASE)
_YEARS = regex(rf"((?<!\d)\d{{1,2}}|(?<![a-z])(?:{'|'.join(COUNT_WORDS)}))\s?(?:years\b|年)", re.IGNORECASE)


def _is_mean(told: Told, claim: Figure) -> bool:
    if claim.role not in ("per_unit", "level") or claim.link == "previous_of" or claim.qualifier not in _AS_PRINTED:
        return False
    lead, behind = told.lead(claim)[-32:], after(claim)[:28]
    if _OF_BEFORE.search(lead):
        return False  # what it was in another year has a sum of its own
    if _AT_RATE.search(lead) and "/" in claim.unit:
        return True
    if _NO_MEAN.search(lead) or _NO_MEAN.search(re.split("[,;，；。]", behind)[0]):
        return False
    return _MEAN_LEAD.search(lead) is not None or _MEAN_BEHIND.match(after(claim)) is not None


def _meant(told: Told, place: int) -> Candidate | None:
    """The sum and the count that a mean is of: the two amounts right before it, or one to each side of it."""
    claim = told.figures[place]
    before = [f for f in told.before(place, _NEAR) if same_sentence(f, claim) and is_amount(f)]
    before = [f for f in before if depth(f) <= depth(claim)]
    behind = [
        f for f in told.behind(place, 1) if is_amount(f) and same_statement(f, claim) and not _MOST.search(told.lead(f))
    ]
    pair = before if len(before) > 1 else [*before, *behind]
    pair = [
        f for f in pair if f.role in ("level", "target", "change") and f.qualifier == "exact" and not _is_mean(told, f)
    ]
    of_what, _, per_what = claim.unit.partition("/")
    sums = [f for f in pair if f.unit == of_what and f.value > claim.value]
    counts = [f for f in pair if f not in sums and not is_money(f.unit)][-1:]
    if len(sums) != 1 or len(counts) != 1 or (is_bare(sums[0]) and not is_money(sums[0].unit)):
        return None
    if same_statement(counts[0], claim) and not same_statement(sums[0], claim):
        return None  # 三是资金闲置，金额140万元；四是45户领取补贴，户均3200元
    if not is_money(of_what) and len(pair) > 2:
        return None
    if (
        per_what not in ("", *OPEN_UNITS, counts[0].unit)
        and counts[0].unit not in OPEN_UNITS
        and not is_bare(counts[0])
    ):
        return None
    if not per_what and (counts[0].unit == of_what or is_measured(counts[0].unit)):
        return None
    return spread(sums[0], counts[0])


def _at_a_rate(told: Told, place: int) -> Candidate | None:
    """The sum and the count around a rate at which it was paid: 补助17850万元，按每人3500元的标准补助51000人."""
    claim = told.figures[place]
    if _AT_RATE.search(told.lead(claim)[-32:]) is None:
        return None
    of_what, _, per_what = claim.unit.partition("/")
    near = [f for f in (*told.before(place, _NEAR), *told.behind(place, 2)) if same_statement(f, claim)]
    near = [f for f in near if f.role == "level" and f.qualifier == "exact"]
    sums, counts = [f for f in near if f.unit == of_what], [f for f in near if f.unit == per_what]
    return spread(sums[0], counts[0]) if len(sums) == len(counts) == 1 else None


def _paid_out(told: Told, place: int) -> Candidate | None:
    """The one count and the one sum beside an amount for each: 每户补助3万元，共搬迁1200户，发放补助3600万元."""
    claim = told.figures[place]
    of_what, _, per_what = claim.unit.partition("/")
    if (
        not per_what
        or (is_measured(per_what) and per_what not in _LAND)
        or "/" in per_what
        or claim.qualifier != "exact"
    ):
        return None
    near = [f for f in told.sentence(claim) if f is not claim and is_amount(f) and same_statement(f, claim)]
    if not near:  # "Each family gave 500 yuan. With 2,400 families that came to 1.2 million yuan."
        behind = told.figures[place + 1 : place + 1 + _BOTH]
        own = told.at(place + 1 + _BOTH)  # 户均2810元；另有4875户，共分得1463万元，户均3001元: they have their own
        if own is not None and behind and own.unit == claim.unit and same_sentence(own, behind[-1]):
            return None
        near = [f for f in behind if is_amount(f) and f.locator.section == claim.locator.section]
        near = near if len(near) == _BOTH and same_sentence(*near) else []
    sums = [f for f in near if f.unit == of_what]
    counts = [
        f for f in near if f not in sums and (f.unit == per_what or {f.unit, per_what} & OPEN_UNITS or is_bare(f))
    ]
    if len(near) != len(counts) + len(sums) or len(counts) != 1 or len(sums) != 1 or claim.link == "previous_of":
        return None
    count, paid = counts[0], sums[0]
    if (
        {count.role, paid.role} - {"level"}
        or {count.qualifier, paid.qualifier} - {"exact"}
        or paid.value <= claim.value
    ):
        return None
    if _OTHER.search(told.lead(paid)[-24:]):
        return None
    said = _PAID.search(told.lead(paid)[-24:]) or _PAID_BEHIND.match(after(paid))
    return spread(paid, count) if said and not _NO_SUM.search(told.lead(claim)[-12:]) else None


_BOTH = 2  # a count and a sum
_OTHER = regex(r"其他|其它|另|\bother|\balso\b|\bbesides\b", re.IGNORECASE)
_LAND = frozenset({"mu", "hectare", "km"})
_PAID = regex(
    r"(?:共计?|合计|总计|发放|兑现|支付|拨付|落实|补助|补贴|存栏|总[一-鿿]{1,3}|需要?|折合|计)[一-鿿]{0,4}$"
    r"|\b(?:or|in all|a total of|totall?ing|that is|making|costing|c[ao]mes? to|cost(?: was)?|at a (?:total )?cost of"
    r"|paid out|(?:built|bought|laid|repaired) for)\s*(?:about )?" + SIGN + r"$",
    re.IGNORECASE,
)
_PAID_BEHIND = regex(r"\s*(?:[a-z]+ ){0,2}(?:in all|in total|altogether|were paid out)\b", re.IGNORECASE)
_NO_SUM = regex(r"人均|纯收入|标准|最高|最低|上限|限额|\b(?:income|wage|up to|maximum)\b", re.IGNORECASE)


def _spread_over(told: Told, place: int) -> Candidate | None:
    """The sum told before a mean and the count right behind it: "at 1.2 million each for 12 schools"."""
    claim, behind = told.figures[place], told.at(place + 1)
    if claim.role not in ("per_unit", "level") or claim.qualifier not in _AS_PRINTED or "/" not in claim.unit:
        return None
    if behind is None or not is_amount(behind) or _SPREAD_OVER.fullmatch(gap(claim, behind)) is None:
        return None
    near = [f for f in told.before(place, _FAR) if f.role in ("level", "target") and f.qualifier == "exact"]
    sums = [f for f in near if f.unit == claim.unit.partition("/")[0] and f.value > claim.value][-1:]
    told_now = sums and is_recent(claim, sums[0]) and not is_money(behind.unit) and behind.role == "level"
    return spread(sums[0], behind) if told_now else None


_SPREAD_OVER = regex(r"\s*(?:on|for|over|across|to)\s+(?:the )?")
_FAR = 10
_AT_RATE = regex(r"按照?(?:照)?(?:每[一-鿿]{1,4}|[户人村]均)$|\bat (?:a rate of )?" + SIGN + r"$", re.IGNORECASE)


def _spread_on_two(amount: Figure, one: Figure, other: Figure) -> Candidate:
    """A sum over the two counts that its receivers are told in."""
    formula = f"{amount.text} / ({one.text} + {other.text})"
    return Candidate((amount, one, other), formula, partial(_quotient_of_two, amount, one, other))


def _quotient_of_two(amount: Figure, one: Figure, other: Figure, at: At) -> Interval | None:
    return quotient(at(amount), at(one) + at(other))


def _times(one: Figure, other: Figure) -> Candidate:
    return Candidate((one, other), f"{one.text} × {other.text}", partial(_product, one, other))


def _product(one: Figure, other: Figure, at: At) -> Interval:
    return product(at(one), at(other))


def _rounded(claim: Figure, at: At) -> Interval:
    """A mean is rounded, also where it is printed without decimals, or in round numbers of two digits at least."""
    stated, digits = at(claim), claim.value_stated.normalize().as_tuple()
    printed = int(claim.value_stated.as_tuple().exponent)
    round_to = (
        max(printed, int(digits.exponent) - max(_ROUND_DIGITS - len(digits.digits), 0)) if printed >= 0 else printed
    )
    half = exactly(1).point.scaleb(round_to) * claim.scale / 2
    return Interval(min(stated.low, stated.point - half), max(stated.high, stated.point + half), stated.point)


_ROUND_DIGITS = 2
