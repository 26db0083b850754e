"""Printed shares and rates against the numbers they are taken from, and against what a percentage can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.catalog.currencies import is_money
from pipelines.catalog.relations import has_cue, rate_named
from pipelines.catalog.sentences import say
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
    falls,
    in_any_reading,
    printed,
    tested,
)
from pipelines.checking.interval import Interval, exactly, percent, total
from pipelines.checking.rules.lots import may_hold
from pipelines.checking.rules.told import is_of_money
from pipelines.checking.rules.wholes import FEW, is_of_another, is_of_what_follows, named_whole
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_HUNDRED = exactly(100)
_DEEPEST = 4  # parts of parts of parts
_NEAR_BY = 30  # letters between an amount and the rate of it
_THAT_IS = regex(r".*?(?:\bor|\bi\.e\.|\bthat is|[(（]|即)\s*(?:about |some |nearly |约)?", re.IGNORECASE | re.DOTALL)
_RANGE = Interval(exactly(0).point, _HUNDRED.point, _HUNDRED.point)


def check_ratios(evidence: Evidence) -> Iterator[Finding]:
    """Every printed share, every rate whose operands the catalogue knows, and the range of each percentage."""
    for figure in evidence.where(role={"share_pct", "change_pct", "rate_pct"}):
        subject = evidence.by_id.get(figure.parent) if figure.parent is not None else None
        if _is_share(figure) or (figure.role == "change_pct" and falls(figure) and figure.unit == "%"):
            yield from _range(figure)
        if figure.role == "share_pct" and subject is not None:
            yield from _share(evidence, figure, subject)
        elif figure.role == "rate_pct" and figure.unit == "%":
            if _is_of_all(figure):
                yield from _range(figure)
            yield from _rate(evidence, figure)
    for whole, parts in evidence.complete_partitions():
        if not whole.value:
            continue  # nothing has no shares
        shares = [share for part in parts if (share := evidence.about(part, "share_pct")) is not None]
        of_one = len({named_whole(share) for share in shares}) < 2  # 占出口总额的60.9%, 占进口总额的62.7%: of two
        if of_one and len(shares) == len(parts) and all(share.unit == "%" for share in shares):
            yield tested(partial(_sum_of_shares, whole, shares))


def _is_share(figure: Figure) -> bool:
    """Whether words call a percentage a part of a whole; what "equals 120 % of" something is none, nor "as % of"."""
    words = dict(figure.decided_by).get("role", "").lower()
    place = figure.locator
    if place.cell is not None and _IN_PER_CENT.search(f"{place.row_path} {place.column_path}"):
        return False
    plain = words in ("of", "in brackets after it") or has_cue("equals", words)
    marked = _OF_A_MARK.match(after(figure)) is not None
    return figure.role == "share_pct" and not plain and not marked and not _OF_ANOTHER.search(before(figure))


# "between 200% and 499% of the poverty guidelines": held against a mark, and no part of it
_OF_A_MARK = regex(
    r"\s*(?:%|per ?cent)?(?:\s*(?:and|to|or|-|–)\s*\d+\s*(?:%|per ?cent))?\s+of (?:the |its |a |an )?(?:[a-z-]+ ){0,3}"
    r"(?:line|threshold|guidelines?|level|limit|ceiling|standard|norm|average|mean|median|minimum|wage|income)s?\b",
    re.IGNORECASE,
)


# what is held against another time or a plan is no part of it: 占去年底的105.4%, 占下达投资的110%
_OF_ANOTHER = regex(
    r"占[^，。；]{0,12}(?:去年|上年|年初|年末|年底|同期|计划|任务|目标|预算|概算|下达|批复|应)[^，。；]{0,8}$"
)


_IN_PER_CENT = regex(
    r"\b(?:as|in)(?: an?)? (?:%|per ?cent(?:age)?) of\b|(?:%|\bper ?cent(?:age)?) of (?:the )?g[dn][pi]\b",
    re.IGNORECASE,
)
_OF_ALL = regex(
    # but a gross enrolment rate also counts those of other ages
    r"(?:发生率|贫困率|覆盖率|(?<!毛)入学率|普及率|参保率|参合率|通车率|通电率|识字率|死亡率)[^，。；\d]{0,6}$"
    r"|\b(?:poverty rate|incidence|coverage|(?<!gross )enrol+ment|literacy|attendance|mortality)\b[^,;.\d]{0,12}$",
    re.IGNORECASE,
)
_NEAR_RATE = 36  # characters before a rate in which its name stands


def _is_of_all(rate: Figure) -> bool:
    """Whether a rate is one of all there are, by its name: those who are poor, covered or at school."""
    return rate.locator.cell is None and _OF_ALL.search(before(rate)[-_NEAR_RATE:]) is not None


def _stated(claim: Figure, at: At) -> Interval:
    return at(claim).times(_HUNDRED.point) if claim.unit == "fraction" else cut_off(claim, at)


def _range(claim: Figure) -> Iterator[Finding]:
    def test(at: At) -> Finding:
        above = _stated(claim, at).low > _HUNDRED.point
        what = {"change_pct": "fall", "rate_pct": "rate"}.get(claim.role, "share")
        return Finding(
            "percent_range",
            "fails" if above else "holds",
            (claim,),
            f"0 ≤ {claim.text} ≤ 100",
            say(f"percent.{what}_{'above' if above else 'inside'}", claim=printed(claim)),
            _stated(claim, at),
            _RANGE,
            "%",
        )

    yield tested(test)


_MUCH_MORE = 4
_OF_A_YEAR = regex(r"\b(?:19|20)\d\d(?:[/-]\d\d)?年?\s*[(（]$")  # "below that of 2015/16 (45.2%)"


_OF_ALL_ZH = regex(r"占总人口的?[约近为]?$")
_EACH_OF_ITS_OWN = regex(r"分别占[^，。；\d]{1,16}[、和及与][^，。；]*$")  # 分别占建议、提案总数的94.8%和95%


def _share(evidence: Evidence, claim: Figure, part: Figure) -> Iterator[Finding]:
    """The share of a part in its whole, or in what the whole is itself a part of."""
    others = evidence.after(part, claim)
    if (
        _OF_A_YEAR.search(before(claim))
        or _EACH_OF_ITS_OWN.search(before(claim))
        or _OF_ANOTHER.search(before(claim))
        or (is_of_money(claim) and not is_money(part.unit))
        or any(other.role == "level" and other.parent not in (part.figure_id, part.parent) for other in others)
    ):
        return
    if _OF_ALL_ZH.search(before(claim)) and part.link == "part_of":
        return  # 劳动人口10926人，其中乡村1031人，占总人口的28%: of what no part of it is told
    wholes: list[Figure] = []
    inner = part
    while inner.link == "part_of" and inner.parent is not None and len(wholes) < _DEEPEST:
        inner = evidence.by_id[inner.parent]
        wholes.append(inner)
    if not wholes and has_cue("whole_of", between(part, claim) or ""):
        # "571户，危房户56户，占总户数的9.8%": the total stands before the part
        larger = [f for f in evidence.before_in_sentence(part) if f.role == "level" and f.value > part.value]
        wholes = [f for f in larger if has_cue("total", before(f)[-_NEAR_BY:])]
    if wholes and part.value > wholes[0].value * _MUCH_MORE:
        return  # so much more than what it was taken for a part of, it is none
    wholes = [whole for whole in wholes if not (is_of_another(claim, whole) or _is_of_wider_place(claim, whole))]
    found = [whole for whole in wholes if whole.unit == part.unit and whole.value >= part.value]
    if found or (wholes and wholes[0].unit == part.unit and part.link == "part_of"):
        yield in_any_reading([tested(partial(_quotient, "share", part, whole, claim)) for whole in found or wholes[:1]])


def _is_of_wider_place(claim: Figure, whole: Figure) -> bool:
    """Whether a share is told to be of a place that its whole does not name: 全市总产量88万吨, 约占全国的八成."""
    of_place = _OF_PLACE.search(before(claim))
    if of_place is None:
        return False
    place = of_place.group(1)
    said = _PLACE.findall(before(whole)[-_NEAR_RATE:])
    return place not in said if said else place in _WIDE


_OF_PLACE = regex(r"占(?:到|了)?(全[国球省区市州县旗乡镇村]|世界)[^，。；\d]{0,12}$")
_PLACE = regex(r"全[国球省区市州县旗乡镇村]|世界")
_WIDE = frozenset({"全国", "全球", "世界", "全省"})


def _rate(evidence: Evidence, claim: Figure) -> Iterator[Finding]:
    subject = evidence.by_id.get(claim.parent) if claim.parent is not None else None
    stretch = between(subject, claim) if subject is not None else None
    if subject is not None and stretch is not None and subject.link == "part_of" and _THAT_IS.fullmatch(stretch[-12:]):
        yield from _share(evidence, claim, subject)
        return
    named = rate_named(before(claim)[-60:]) or rate_named(claim.subject)
    if named is None:
        if is_of_what_follows(claim):
            return
        if subject is not None and stretch is not None and len(stretch) < _NEAR_BY and subject.parent is None:
            whole = evidence.by_id.get(subject.figure_id - 1)
            near = (
                whole is not None
                and between(whole, subject) is not None
                and len(between(whole, subject) or "") < _NEAR_BY
            )
            plain = (
                near
                and whole is not None
                and whole.unit == subject.unit
                and whole.role == subject.role
                and whole.parent is None
            )
            if (
                plain
                and whole is not None
                and whole.value >= subject.value
                and whole.value >= FEW
                and claim.figure_id == subject.figure_id + 1
                and may_hold(before(whole), between(whole, subject) or "")
            ):
                finding = tested(partial(_quotient, "rate", subject, whole, claim))
                finding.severity = "warning"
                yield finding
        return
    part, whole = (_nearest(evidence, claim, measure) for measure in (named.part, named.whole))
    if part is not None and whole is not None and part.unit == whole.unit:
        yield tested(partial(_quotient, "rate", part, whole, claim))


def _nearest(evidence: Evidence, claim: Figure, measure: str) -> Figure | None:
    """The last level of a measure in the claim's section before it."""
    found = [
        figure
        for figure in evidence.of_measure(measure)
        if figure.figure_id < claim.figure_id and figure.locator.section == claim.locator.section
    ]
    return found[-1] if found else None


def _quotient(rule: str, part: Figure, whole: Figure, claim: Figure, at: At) -> Finding:
    formula = f"{part.text} / {whole.text} = {claim.text}"
    return compared(rule, (part, whole, claim), formula, percent(at(part), at(whole)), _stated(claim, at))


def compared(
    rule: str, operands: tuple[Figure, ...], formula: str, computed: Interval | None, stated: Interval
) -> Finding:
    """A percentage against what its operands give; not testable where they give nothing."""
    if computed is None:
        message = say("quotient.from_zero", claim=printed(operands[-1]))
        return Finding(rule, "not_testable", operands, formula, message, None, stated, "%", "info")
    verdict = agreement(computed, stated)
    message = comparison("quotient.percent", verdict, computed, stated)
    return Finding(rule, verdict, operands, formula, message, computed, stated, "%")


def _sum_of_shares(whole: Figure, shares: list[Figure], at: At) -> Finding:
    computed = total(at(share) for share in shares)
    verdict = agreement(computed, _HUNDRED)
    return Finding(
        "sum_of_shares",
        verdict,
        tuple(shares),
        f"{' + '.join(share.text for share in shares)} = 100 %",
        comparison("sum.shares", verdict, computed, _HUNDRED, whole=printed(whole)),
        computed,
        _HUNDRED,
        "%",
    )
