"""Parts against their whole, in sentences and in the margins of tables; two breakdowns of one whole.

Cells of a table that are all full hundreds count as rounded to the hundred, and all tens of a whole table to ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import partial
from itertools import pairwise

from pipelines.catalog.currencies import is_money
from pipelines.catalog.sentences import Said, say
from pipelines.checking.evidence import (
    At,
    Evidence,
    Finding,
    agreement,
    assumed,
    before,
    between,
    comparison,
    in_any_reading,
    number,
    printed,
    tested,
)
from pipelines.checking.interval import Interval, of, quotient, total
from pipelines.checking.rules.listing import has_rest
from pipelines.checking.rules.told import alike as told_alike
from pipelines.checking.rules.told import are_kinds_of_place, is_firm, same_sentence
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_MAY_END = regex(r"[;；:：(（]|[^,，、]{40}|合计|共计|总计|\b(?:together|total|in all)\b", re.IGNORECASE)
_TIMES = frozenset({"year", "month", "day"})
_MEAN = regex(r"平均|均[^，。；\d]{0,6}$|\b(?:average|mean|median)\b", re.IGNORECASE)
_DIGITS = 40  # so that what is added and taken away again leaves no trace
_VISIBLE = 100  # a difference of more than a hundredth is seen by every reader
_WITHOUT_CENTS = 10_000  # of money that is printed without its cents
_ROUNDED = 2  # zeros that all numbers of a rounded column end with at least
_FEWEST_IN_TENS = 20  # distinct numbers of a table, some of them this large, that are all in tens and hardly by chance
_LARGE_IN_TENS = 10_000
_FEW = 2  # parts of which one is not left out
_SMALL = 10  # a list of less than a tenth of its whole is none of its parts
_SHOWN = 40  # parts of a sum that are written out


def check_sums(evidence: Evidence) -> Iterator[Finding]:
    """Every whole against the parts of each of its breakdowns, and its breakdowns against each other."""
    steps: dict[tuple[object, ...], Decimal] = {}
    for (parent, _axis), parts in evidence.partitions.items():
        whole = evidence.by_id[parent]
        alike = [part for part in parts if part.unit == whole.unit and _comparable(part, whole)]
        others = [part for part in parts if part.unit != whole.unit and part.role == whole.role]
        complete = all(part.exhaustive for part in parts) and len(parts) > 1
        if others and complete:
            yield from _units(whole, parts, others)
        told = whole.locator.cell is None
        if not alike or (told and (whole.unit in _TIMES or _MEAN.search(before(whole)[-16:]))):
            continue  # 平均期限11.6年，其中专项债券14.5年: means and times have no parts
        if are_kinds_of_place(alike) and total(map(of, alike)).exceeds(of(whole)):
            continue  # 129个县，其中29个民族自治县、25个边境县、88个贫困县: one county may be all of them
        if complete and not others and (not told or all(told_alike(p, whole) for p in parts)):
            yield from _partition(evidence, whole, parts, steps)
        elif not complete and not _overlap(evidence, alike):
            readings = _reaches(alike) if told else [alike]
            several = alike if told and len(alike) > _FEW else []
            but_one = [[part for part in alike if part is not one] for one in several]
            if any(total(map(of, some)).point == whole.value for some in but_one):
                continue  # 在校学生28894人，其中幼儿、小学、初中、高中: the pupils alone make it up to the digit
            finding = in_any_reading([tested(partial(not_above, whole, reading)) for reading in readings[:_SHOWN]])
            # a thing has many traits, money is spent once
            traits = not is_money(whole.unit) and _are_most(whole, alike) > 1
            if finding.verdict == "fails" and told and (traits or _may_be_of_another(evidence, whole, alike)):
                finding.verdict, finding.severity = "not_comparable", "info"
            yield finding
    for parent, breakdowns in evidence.partitions_of.items():
        whole = evidence.by_id[parent]
        sound = [
            parts
            for parts in breakdowns
            if len(parts) > 1 and all(p.exhaustive and p.unit == whole.unit and p.role == whole.role for p in parts)
        ]
        for first, second in pairwise(sound):
            if _breaks_down(first, second) or _breaks_down(second, first):
                continue  # a loan of 150 million and 134.7 million; of the loan 126.3 million are paid, 23.7 are not
            yield tested(partial(_axes_agree, first, second))
            for part in _superfluous(whole, first) + _superfluous(whole, second):
                one, other = ([p for p in parts if p is not part] for parts in (first, second))
                yield assumed(_axes_agree(one, other, of), say("otherwise.without", text=printed(part)))


def _may_be_of_another(evidence: Evidence, whole: Figure, parts: list[Figure]) -> bool:
    """Whether parts may as well be of what their whole is a share of, or, in a new sentence, of what led there.

    As in 贫困户4321户，占搬迁户的82.7%，其中整组搬迁1783户，零星搬迁3303户; "reached 1,235, 88 of them new. Of these".
    """
    together = total(map(of, parts))
    for share in evidence.after(whole, parts[0]):
        if share.role == "share_pct" and share.unit == "%" and (of_all := quotient(of(whole), of(share))) is not None:
            return not together.exceeds(of_all.times(Decimal(100)))
    if same_sentence(whole, parts[0]):
        return False
    led = [one for one in evidence.before_in_sentence(whole) if one.unit == whole.unit and one.role == whole.role]
    return any(not together.exceeds(of(one)) for one in led)


def _breaks_down(parts: list[Figure], one: list[Figure]) -> bool:
    """Whether one breakdown makes up a part of the other, and not the whole."""
    together = total(map(of, one))
    return any(together.meets(of(part)) for part in parts)


def _reaches(parts: list[Figure]) -> list[list[Figure]]:
    """How far a list of parts may go: all of them, or up to a semicolon, the end of a sentence, or other words."""
    ends = [
        place
        for place in range(1, len(parts))
        if (words := between(parts[place - 1], parts[place])) is None or _MAY_END.search(words)
    ]
    return [parts, *(parts[:end] for end in reversed(ends))]


def written(parts: list[Figure], whole: Figure, sign: str) -> str:
    """A sum as a formula of printed numbers."""
    shown = [part.text for part in parts]
    if len(shown) > _SHOWN:
        shown = [*shown[: _SHOWN - 1], f"… ({len(parts)})", shown[-1]]
    return f"{' + '.join(shown)} {sign} {whole.text}"


def against_whole(
    rule: str,
    verdict: Verdict,
    parts: list[Figure],
    whole: Figure,
    sign: str,
    message: Said,
    computed: Interval,
    stated: Interval,
) -> Finding:
    """A finding about parts and their whole, the whole as its last operand."""
    formula = written(parts, whole, sign)
    return Finding(rule, verdict, (*parts, whole), formula, message, computed, stated, whole.unit)


def _overlap(evidence: Evidence, parts: list[Figure]) -> bool:
    """Whether parts print shares that are more than all, so that they are groups that overlap and no parts."""
    shares = [share for part in parts if (share := evidence.about(part, "share_pct")) is not None and share.unit == "%"]
    return len(shares) == len(parts) > 1 and total(of(share) for share in shares).low > 100


def _comparable(part: Figure, whole: Figure) -> bool:
    """Whether both are achieved, both planned, or the part is what an increase was made up of."""
    return part.role == whole.role or (part.role == "level" and whole.role == "change")


def _with_left_out(evidence: Evidence, whole: Figure, parts: list[Figure]) -> list[Figure]:
    """Numbers among the parts of a sentence that were taken for something else, and with which the sum holds."""
    ids = {part.figure_id for part in (whole, *parts)}
    first, last = min(part.figure_id for part in parts), max(part.figure_id for part in parts)
    other = [f for place in range(first, last) if place not in ids and (f := evidence.by_id.get(place)) is not None]
    other = [f for f in other if f.role == parts[0].role and f.value < whole.value and same_sentence(f, parts[0])]
    for some in ([one] for one in other) if len(other) > 1 else ():
        if total(map(of, parts + some)).meets(of(whole)):
            return some
    return other if other and total(map(of, parts + other)).meets(of(whole)) else []


def _partition(
    evidence: Evidence, whole: Figure, parts: list[Figure], steps: dict[tuple[object, ...], Decimal]
) -> Iterator[Finding]:
    finding = tested(partial(sum_of, whole, parts))
    if whole.locator.cell is not None and finding.verdict == "fails":
        place = whole.locator.sheet, whole.locator.section, whole.unit, whole.scale
        step = steps[place] if place in steps else steps.setdefault(place, _step(evidence, whole))
        finding = tested(partial(sum_of, whole, parts, step=step)) if step else finding
    axis = dict(parts[0].decided_by).get("axis")
    listed, but_for_point = axis == "list", axis == "sum"  # of what adds up, and fails, a point is out of place
    gap = abs(sum((part.value for part in parts), Decimal(0)) - whole.value)
    together = total(map(of, parts))
    small = together.high * _SMALL < of(whole).low  # "43.4 billion. That is 43,945 for each": it says it once more
    told = whole.locator.cell is None and finding.verdict == "fails" and not but_for_point
    summed = len(parts) > 2 and total(map(of, parts[:-1])).meets(of(parts[-1]))  # 1.6亿，0.8亿，共计2.4亿
    if told and (summed or are_traits(whole, parts) or are_bare(parts) or _with_left_out(evidence, whole, parts)):
        finding.verdict, finding.severity, finding.again = "not_comparable", "info", None
    elif listed and finding.verdict == "fails" and (small or _superfluous(whole, parts) or has_rest(parts[-1])):
        finding.verdict, finding.severity, finding.again = "not_comparable", "info", None  # one is a part of another
    elif listed and finding.verdict == "fails" and not together.exceeds(of(whole)):
        finding.severity = "warning"  # something may have been left out
    elif listed and finding.verdict == "holds_within_rounding" and gap * _VISIBLE > whole.value:
        finding.verdict, finding.severity, finding.again = "suspect", "warning", None
        finding.message += say("sum.far_for_rounding")
    yield finding
    for part in _superfluous(whole, parts):
        yield assumed(
            sum_of(whole, [other for other in parts if other is not part], of),
            say("otherwise.without", text=printed(part)),
        )


def _step(evidence: Evidence, whole: Figure) -> Decimal:
    """What the numbers of a table in one unit are rounded to: ten, where many that differ are all in tens; else 0."""
    place = whole.locator
    cells = evidence.where(evidence.cells, sheet={place.sheet}, section={place.section}, unit={whole.unit})
    told = {figure.value_stated for figure in cells if figure.scale == whole.scale and figure.value_stated}
    in_tens = len(told) >= _FEWEST_IN_TENS and not any(value % 10 for value in told)
    return 10 * whole.scale if in_tens and max(map(abs, told)) >= _LARGE_IN_TENS else Decimal(0)


def are_bare(parts: list[Figure]) -> bool:
    """Whether nothing but marks stands between numbers, so that no word says what they are: "3,845 (648; 3,751)"."""
    gaps = [between(*two) for two in pairwise(parts)]
    return bool(gaps) and not any(gap is None or re.search(r"[^\W\d_]", gap) for gap in gaps)


def are_traits(whole: Figure, parts: list[Figure]) -> bool:
    """Whether numbers tell of most of a whole several times: 通水的198个，通公路的211个，有卫生室的187个 of 215."""
    return len(parts) > 2 and _are_most(whole, parts) > 1


def _are_most(whole: Figure, parts: list[Figure]) -> int:
    """How many of the parts are more than half of their whole each, and not more than it."""
    return sum(whole.value < part.value * 2 <= whole.value * 2 for part in parts)


def _superfluous(whole: Figure, parts: list[Figure], at: At = of) -> list[Figure]:
    """Parts of a sum that fails whose absence repairs it: each is counted in another part, or is none."""
    if len(parts) < 3 or total(at(part) for part in parts).meets(at(whole)):
        return []
    stated, intervals = at(whole), [at(part) for part in parts]
    with localcontext() as context:
        context.prec = _DIGITS
        together = total(intervals)
        low_open, high_open = (sum(one.open_low for one in intervals), sum(one.open_high for one in intervals))
        return [
            part
            for part, one in zip(parts, intervals, strict=True)
            if Interval(
                together.low - one.low,
                together.high - one.high,
                together.point - one.point,
                low_open - one.open_low > 0,
                high_open - one.open_high > 0,
            ).meets(stated)
        ]


def sum_of(whole: Figure, parts: list[Figure], at: At, *, step: Decimal = Decimal(0)) -> Finding:
    """Parts against a whole that they are claimed to make up, given what their table is rounded to, where it is."""
    computed, stated = _rounded(total(at(part) for part in parts), at(whole), whole, parts, step)
    verdict = agreement(computed, stated)
    gap = computed.point - stated.point
    sides = {"computed": number(computed.point), "stated": number(stated.point)}
    if verdict == "holds":
        message = say("sum.holds", **sides)
    elif verdict == "holds_within_rounding":
        message = say("sum.rounding", **sides, gap=number(abs(gap)))
    else:
        message = say("sum.too_much" if gap > 0 else "sum.too_little", **sides, gap=number(abs(gap)))
    blamed = tuple(_superfluous(whole, parts, at))
    if blamed:
        message += say("sum.without", parts=list(map(printed, blamed)))
    rule = "control_total" if whole.locator.cell is not None else "sum_of_parts"
    finding = against_whole(rule, verdict, parts, whole, "=", message, computed, stated)
    finding.blamed = blamed
    return finding


def _rounded(
    computed: Interval, stated: Interval, whole: Figure, parts: list[Figure], of_table: Decimal
) -> tuple[Interval, Interval]:
    """The two sides of a sum of cells that are all multiples of a hundred or more, as far as they may be rounded.

    That holds where the step is small beside the whole; 2,000 and 3,000 are no rounded numbers. Of large amounts of
    money the cents are rounded away.
    """
    numbers = [figure.value_stated for figure in (*parts, whole) if figure.value_stated]
    exponents = [int(number.normalize().as_tuple().exponent) for number in numbers]
    step = Decimal(1).scaleb(min(exponents, default=0)) * whole.scale
    is_large = is_money(whole.unit) and whole.scale == 1 and abs(stated.point) >= _WITHOUT_CENTS
    rounded = 0 if is_large else _ROUNDED
    is_rounded = min(exponents, default=0) >= rounded and step * _VISIBLE <= abs(stated.point)
    if whole.locator.cell is None or not (is_rounded or of_table):
        return computed, stated
    half = (step if is_rounded else of_table) / 2
    return (
        replace(computed, low=computed.low - half * len(parts), high=computed.high + half * len(parts)),
        replace(stated, low=stated.low - half, high=stated.high + half),
    )


def not_above(whole: Figure, parts: list[Figure], at: At) -> Finding:
    """Parts against a whole that they cannot be more than together."""
    computed, stated = total(at(part) for part in parts), at(whole)
    above = computed.exceeds(stated)
    key = "sum.above" if above else "sum.not_above"
    message = say(key, computed=number(computed.point), stated=number(stated.point))
    verdict: Verdict = "fails" if above else "holds"
    return against_whole("parts_not_above_whole", verdict, parts, whole, "≤", message, computed, stated)


def _axes_agree(first: list[Figure], second: list[Figure], at: At) -> Finding:
    computed, stated = total(at(part) for part in first), total(at(part) for part in second)
    verdict = agreement(computed, stated)
    return Finding(
        "axes_agree",
        verdict,
        (*first, *second),
        f"{' + '.join(part.text for part in first)} = {' + '.join(part.text for part in second)}",
        comparison("sum.axes", verdict, computed, stated),
        computed,
        stated,
        first[0].unit,
    )


def _units(whole: Figure, parts: list[Figure], others: list[Figure]) -> Iterator[Finding]:
    """Parts that are said to make up a whole of another unit: an error where only the unit is wrong."""
    computed, stated = total(of(part) for part in parts), of(whole)
    names = [say("sum.with_unit", part=printed(part), unit=part.unit) for part in others]
    fits = computed.meets(stated) and all(map(is_firm, (whole, *others)))
    key = "sum.wrong_unit" if fits else "sum.other_unit"
    message = say(key, parts=names, whole=printed(whole), unit=whole.unit)
    verdict: Verdict = "fails" if fits else "not_comparable"
    finding = against_whole("unit_kind_match", verdict, parts, whole, "=", message, computed, stated)
    finding.severity, finding.blamed = (None, tuple(others)) if fits else ("info", ())
    yield finding
