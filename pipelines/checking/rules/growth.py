"""Growth and differences of running text: two values that words call earlier and later, and what lies between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from pipelines.checking.evidence import At, Finding, after, before, falls
from pipelines.checking.interval import Interval, exactly, product, quotient
from pipelines.checking.rules.changes import is_benchmark, is_in_another, is_of_loss, is_of_output, is_yearly
from pipelines.checking.rules.ends import (
    ADDED,
    DIFFERENCES,
    RATES,
    around,
    ends_of,
    is_apart,
    is_earlier,
)
from pipelines.checking.rules.planned_ends import plan_and_actual
from pipelines.checking.rules.told import (
    Candidate,
    Told,
    alike,
    first_that_holds,
    gap,
    is_amount,
    is_listed_point,
    is_of_elsewhere,
    judged,
    listed_with,
    same_sentence,
    same_statement,
    scaled,
)
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import COUNT_WORDS
from pipelines.meaning.period_codes import years
from pipelines.patterns import SIGN, regex

_BESIDE = 2  # numbers from a rate to the level that it goes with
_OTHER_KIND = regex(
    r"实际增长|(?:剔除|扣除|去除)(?![^，。；]*前)|可比|名义|贡献|\breal\b|\bnominal\b"
    r"|\b(?:constant|comparable|current|fixed|(?:19|20)\d\d) prices\b"
    r"|\bprice (?:changes?|factors?|rises?|increases?)\b",
    re.IGNORECASE,
)
_SHARES = frozenset({"share_pct", "rate_pct"})
_GROWN = regex(r"\bby (?:about |nearly |some )?$|[增减升降涨]幅(?:度)?(?:为|达|约)?$", re.IGNORECASE)
_PER_MILLE = regex(r"千分|‰|per (?:thousand|mille|1,?000)", re.IGNORECASE)
_TOGETHER = regex(r"合计|两[项者]|三[项者]|总共|\btogether\b|\bboth\b", re.IGNORECASE)


def check_growth(told: Told) -> Iterator[Finding]:
    """Every growth rate and every difference whose two ends the words around it print."""
    for place, claim in enumerate(told.figures):
        yield from _multiple(told, place)
        grows = claim.role in RATES or (claim.role in _SHARES and _GROWN.search(told.lead(claim)[-24:]))
        if (grows and claim.unit in ("%", "times", "fraction")) or (claim.unit == "times" and claim.role in _SHARES):
            yield from _rate(told, place)
        elif claim.role in DIFFERENCES or is_apart(told, claim):
            yield from _difference(told, place)


def _multiple(told: Told, place: int) -> Iterator[Finding]:
    """An amount that is so many times the one behind it: "84 million, three times the 28 million of 2009"."""
    base, level = told.figures[place], told.at(place - 1)
    if (
        level is None
        or not is_amount(base)
        or level.role not in ("level", "per_unit")
        or not same_statement(level, base)
    ):
        return
    times = _TIMES_THE.search(gap(level, base)) if alike(level, base) else None
    if times is None or level.qualifier != "exact" or base.qualifier != "exact":
        return
    word = (times.group(1) or "twice").lower()
    factor = Decimal(COUNT_WORDS.get(word, 2) if word[0].isalpha() else word)
    half = Decimal(1).scaleb(min(int(factor.as_tuple().exponent), 0)) / 2
    many = Interval(factor - half, factor + half, factor)
    yield judged(
        "growth_from_previous", level, Candidate((base,), f"{base.text} × {factor}", partial(_as_many, base, many))
    )


def _as_many(base: Figure, many: Interval, at: At) -> Interval:
    return product(at(base), many)


_TIMES_THE = regex(
    r"(?<!than )(?<!over )(?<!nearly )(?<!almost )(?<!about )\b(?:twice|double|"
    rf"({'|'.join(word for word in COUNT_WORDS if word.isascii())}|\d{{1,2}}(?:\.\d+)?) times)"
    r" (?:the|that of the)" + SIGN + r"$",
    re.IGNORECASE,
)


def _rate(told: Told, place: int) -> Iterator[Finding]:
    claim = told.figures[place]
    if (
        is_yearly(claim)
        or _TOGETHER.search(told.lead(claim)[-16:])
        or is_real(claim)
        or is_of_output(claim)
        or is_benchmark(claim)
        or listed_with(told.at(place - 1), claim)
        or listed_with(claim, told.at(place + 1))
    ):
        return
    near = around(told, place)
    meant = _meant_rate(told, place, near)
    if meant is None or is_in_another(claim, meant.operands[0]):
        return
    readings = [meant]
    for one in near if not _are_told(told, place, meant.operands) else ():
        for other in near:
            if one is not other and alike(one, other):
                readings += _rates(one, other, claim)
    finding = first_that_holds("growth_from_previous", claim, readings)
    yield finding or judged("growth_from_previous", claim, meant)


def _are_told(told: Told, place: int, ends: Sequence[Figure]) -> bool:
    """Whether words leave no doubt which two values a change lies between, so that no others are looked for.

    One is right behind it ("12 percent more than the 19,250"), or it follows both at once: 由180人增加到216人，增长20%.
    """
    claim, last, behind = told.figures[place], told.at(place - 1), told.at(place + 1)
    if behind is not None and behind in ends and _THAN_THE.fullmatch(gap(claim, behind)):
        return True
    if claim.unit == "times" and last is not None and last in ends and _OF_IT_ZH.fullmatch(gap(last, claim)):
        return True  # 是2018年1.42亿元的2倍
    earlier, later = ends[0], ends[-1]
    linked = earlier.link == "previous_of" and earlier.parent == later.figure_id == claim.parent
    return (
        linked and last in ends and same_statement(earlier, claim) and _AT_ONCE.fullmatch(gap(later, claim)) is not None
    )


_THAN_THE = regex(
    r"[^,;.\d]{0,24}\b(?:more|less|fewer|higher|lower|larger|smaller|better|worse) than (?:the|its|their) "
    r"[^,;.\d]{0,24}",
    re.IGNORECASE,
)
_OF_IT_ZH = regex(r"[^，。；\d]{0,4}的(?:近|约)?")
_AT_ONCE = regex(r"[^，。；,;.\d]{0,8}[,，(（]\s*(?:[增减升降][一-鿿]{1,2}|(?:an? |by )?[a-z ]{0,24})", re.IGNORECASE)


def is_real(claim: Figure) -> bool:
    """Whether words around a growth rate say that prices were taken out of it, so that no printed values give it."""
    return _OTHER_KIND.search(before(claim)[-24:] + after(claim)[:24]) is not None


def _meant_rate(told: Told, place: int, near: list[Figure]) -> Candidate | None:
    claim = told.figures[place]
    ends = _former(told, place) or ends_of(told, place, near) or _of_the_change(told, place)
    if ends is not None:
        return _times(*ends, claim) if claim.unit == "times" else as_growth(*ends, claim)
    changes = [
        f for f in near if f.role == "change" and same_statement(f, claim) and abs(told.place[f.figure_id] - place) == 1
    ]
    if len(changes) != 1:
        return None
    change = changes[0]
    levels = [f for f in near if f.unit == change.unit and f.role in ("level", "per_unit") and same_statement(f, claim)]
    if len(levels) != 1 or is_earlier(told, levels[0]) or abs(told.place[levels[0].figure_id] - place) > _BESIDE:
        return None
    return _of_earlier(change, levels[0], claim)


def _of_the_change(told: Told, place: int) -> tuple[Figure, Figure] | None:
    """The values between which the change right before a rate lies: "it was 91,840; the rise of 6,906 is 7.5%"."""
    change = told.at(place - 1)
    if change is None or change.role != "change" or not same_statement(change, told.figures[place]):
        return None
    return ends_of(told, place - 1, [f for f in around(told, place - 1) if alike(f, change)])


def _former(told: Told, place: int) -> tuple[Figure, Figure] | None:
    """The base and the amount of "the latter is 8.3 times the former", which are the two amounts before it."""
    claim = told.figures[place]
    order = _FORMER.search(told.lead(claim)) if claim.unit == "times" else None
    two = [f for f in told.before(place, 3) if is_amount(f) and same_sentence(f, claim)][-2:]
    if len(two) < 2 or not alike(*two):
        return None
    if claim.unit == "times" and gap(two[1], claim).endswith("的") and _IS_OF.search(gap(*two)):
        return two[1], two[0]  # 22.04亿元，是7月底5.51亿元的4倍
    if order is None:
        return None
    return (two[0], two[1]) if any(order.groups()) else (two[1], two[0])


_IS_OF = regex(r"[，,]\s*(?:大?约|已|正好)?[是为](?!前者|后者)[^，。；\d]{0,16}(?:\d{1,4}[年月][^，。；\d]{0,8}){0,2}$")
_FORMER = regex(
    r"(?:(后者)[是为]前者的|前者[是为]后者的|\bthe (latter) (?:is|was|being)|\bthe former (?:is|was|being))"
    r"\s?(?:约|about )?$",
    re.IGNORECASE,
)


def _rates(one: Figure, other: Figure, claim: Figure) -> Iterator[Candidate]:
    yield as_growth(one, other, claim)
    yield Candidate((one, other), f"{one.text} / {other.text}", partial(_quotient, one, other, claim))
    yield _of_earlier(one, other, claim)


def as_growth(earlier: Figure, later: Figure, claim: Figure) -> Candidate:
    """What a later value is more, or less, than an earlier one; "three times" is either that or as much."""
    return Candidate((earlier, later), f"{later.text} / {earlier.text} - 1", partial(_growth, earlier, later, claim))


def _times(earlier: Figure, later: Figure, claim: Figure) -> Candidate:
    return Candidate((earlier, later), f"{later.text} / {earlier.text}", partial(_quotient, later, earlier, claim))


def _growth(earlier: Figure, later: Figure, claim: Figure, at: At) -> Interval | None:
    found = quotient(at(later), at(earlier))
    if found is None:
        return None
    told = "direction" in dict(claim.decided_by)
    fell = falls(claim) if told else found.point < 1
    return scaled(claim, exactly(1) - found if fell else found - exactly(1))


def _quotient(one: Figure, other: Figure, claim: Figure, at: At) -> Interval | None:
    return scaled(claim, quotient(at(one), at(other)))


def _of_earlier(change: Figure, level: Figure, claim: Figure) -> Candidate:
    return Candidate(
        (change, level), f"{change.text} / ({level.text} ∓ {change.text})", partial(_change, change, level, claim)
    )


def _change(change: Figure, level: Figure, claim: Figure, at: At) -> Interval | None:
    earlier = at(level) + at(change) if falls(claim) else at(level) - at(change)
    return scaled(claim, quotient(at(change), earlier)) if earlier.low > 0 else None


def _difference(told: Told, place: int) -> Iterator[Finding]:
    claim = told.figures[place]
    points = claim.unit == "pp"
    if (
        ADDED.search(told.lead(claim)[-32:])
        or _PER_MILLE.search(claim.text)
        or _TOGETHER.search(told.lead(claim)[-16:])
        or is_of_loss(claim)
    ):
        return
    following = told.at(place + 1)
    if (
        _EACH.search(told.lead(claim))
        and following is not None
        and alike(following, claim)
        and following.role == claim.role
    ):
        return  # 分别减少37880平方公里、33352平方公里: of two
    if _OF_A_LEVEL.search(told.lead(claim)[-16:]):
        return  # 高于季节性水平0.2个百分点: a level that is not printed
    if points and _PULLED.search(told.lead(claim)[-16:]):
        return  # 拉动全市投资10.7个百分点: what it adds to the growth of another
    if points and is_listed_point(told.at(place - 1), claim, told.at(place + 1)):
        return  # each of another value
    if points and (last := told.at(place - 1)) is not None and is_of_elsewhere(last, claim):
        return
    near = [f for f in around(told, place, points=points) if points or alike(f, claim)]
    ends = plan_and_actual(told, place) or ends_of(told, place, near)
    if ends is None or ends[0].value == ends[1].value:
        return  # one value that is told twice
    if any(_PER_MILLE.search(end.text) for end in ends) or _lost_scale(*ends):
        return
    if is_yearly(claim):
        yield from _mean_of_years(told, claim, *ends)
        return
    # words that say which way it went hold for two values that are linked as earlier and later
    earlier, later = ends
    directed = "direction" in dict(claim.decided_by) and earlier.parent == later.figure_id
    directed = directed and not _EITHER_WAY.search(told.lead(claim)[-24:])
    meant = _change_of(*ends, down=falls(claim)) if directed else _apart(*ends)
    readings = [meant]
    wide = near if points else [*near, *told.wide(place)[-12:]]
    wide = [] if _are_told(told, place, ends) else wide
    pairs = ((one, other) for index, one in enumerate(wide) for other in wide[index + 1 :])
    apart = [two for two in pairs if two[0] is not two[1] and alike(*two) and claim not in two]
    readings += [_apart(*two) for two in apart if not directed or set(map(id, two)) != set(map(id, ends))]
    finding = first_that_holds("base_plus_change", claim, readings)
    yield finding or judged("base_plus_change", claim, meant)


_OF_A_LEVEL = regex(
    r"[高低快慢多少好]于(?!上|去|前|同期|往年|计划|预|目标|年初)[^，。；\d]{2,12}$"
    r"|\b(?:above|below|than) the (?:[a-z]+ )*(?:average|trend|norm|mean) by $",
    re.IGNORECASE,
)
_EITHER_WAY = regex(r"\b(?:improvement|saving|change|difference) of\b[^,;.\d]*$", re.IGNORECASE)
_PULLED = regex(r"(?:拉动|带动|贡献|影响|拖累)[^，。；\d]{0,12}$|\b(?:contribut|add)[a-z]* (?:about )?$", re.IGNORECASE)
_EACH = regex(r"分别[^，。；\d]{0,8}$")


def _lost_scale(one: Figure, other: Figure) -> bool:
    """Whether one of two values lies so far from the other that its scale was left out: "at 5.8 million, below 6.0"."""
    less, more = sorted((one.value, other.value))
    return less > 0 and more / less > _FAR_APART and one.scale != other.scale


_FAR_APART = 500


def _mean_of_years(told: Told, claim: Figure, earlier: Figure, later: Figure) -> Iterator[Finding]:
    """What two values lie apart a year: 由2012年的9899万人减少到2016年的4335万人，年均减少1391万人."""
    spans = [years(told.evidence.meanings[end.figure_id].period.code) for end in (earlier, later)]
    apart = abs(spans[1][1] - spans[0][1]) if spans[0] is not None and spans[1] is not None else 0
    if apart < 1:
        return
    # of five years named there are four between them, and an office may count either
    ways = [_a_year(earlier, later, count) for count in (apart, apart + 1)]
    yield first_that_holds("average", claim, ways) or judged("average", claim, ways[0])


def _a_year(one: Figure, other: Figure, count: int) -> Candidate:
    formula = f"|{one.text} - {other.text}| / {count}"
    return Candidate((one, other), formula, lambda at: quotient(_minus(one, other, at), exactly(count)))


def _apart(one: Figure, other: Figure) -> Candidate:
    return Candidate((one, other), f"|{one.text} - {other.text}|", partial(_minus, one, other))


def _change_of(earlier: Figure, later: Figure, *, down: bool) -> Candidate:
    more, less = (earlier, later) if down else (later, earlier)
    return Candidate((earlier, later), f"{more.text} - {less.text}", lambda at: at(more) - at(less))


def _minus(one: Figure, other: Figure, at: At) -> Interval:
    found = at(one) - at(other)
    return found if found.point >= 0 else -found
