"""Changes and growth rates against the levels they lead from and to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.catalog.characters import simplified
from pipelines.catalog.relations import has_cue
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
    signed,
    tested,
)
from pipelines.checking.interval import Interval, exactly, growth, of, percent, quotient
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.figures.text.subjects import own_words
from pipelines.meaning.period_codes import months, years
from pipelines.patterns import regex

_NEXT = 2  # figures between which a difference is told of two values


def check_changes(evidence: Evidence) -> Iterator[Finding]:
    """Every level with a change, a growth rate or an earlier level."""
    changing = {figure_id for figure_id, role in evidence.said_about if role == "change"}
    for level in evidence.where(figure_id=changing) if changing else ():
        changes, rates = (evidence.said_about.get((level.figure_id, role), []) for role in ("change", "change_pct"))
        for change in changes:
            if change.unit != level.unit or is_yearly(change) or is_of_loss(change):
                continue
            for base, result in _ends(evidence, level, change):
                yield tested(partial(_base_plus_change, base, change, result))
            if _is_base(evidence, level, change):
                continue
            if not falls(change) and _grew(level, change) and not _is_earlier(evidence, level, change):
                yield tested(partial(_change_within, level, change))
            rate = _said_with(change, changes, rates)
            apart = level.locator.sentence_start != change.locator.sentence_start
            known = rate is not None and not apart and not is_yearly(rate) and not is_benchmark(rate)
            if known and rate is not None and not is_of_output(rate):
                yield in_any_reading([tested(partial(_rate, level, change, rate)), *_of_base(level, change, rate)])
    for earlier in evidence.where(link={"previous_of"}):
        if earlier.parent is not None:
            later = evidence.by_id[earlier.parent]
            yield from _from_previous(evidence, earlier, later)
            yield from _difference(evidence, earlier, later)
    yield from _of_tables(evidence)


_YEARLY = regex(
    r"年均|每年|逐年|年平均|\b(?:a|per|each|every) year\b(?! (?:earlier|before|ago|later|on (?:the )?year))"
    r"|\bannual(?:ly)?\b|\byearly\b|\bannualised\b|compound",
    re.IGNORECASE,
)


_MARKS = regex(r"[,;:，；：。、](?!\d)")
_CLAUSE = 48  # code points in which a clause says how often: "10 million people every year"


# "faster than the province (7.9%)": the rate in brackets is that of another
_BENCHMARK = regex(
    r"(?:[比较高低快慢][^，。；]{0,16}|平均[^，。；]{0,6})[（(]\s*$|\b(?:average|than)[^,;.]{0,24}[(]\s*$",
    re.IGNORECASE,
)


# the level is the later value: "150 million more than in 2010"
_COMPARED = regex(r"\W*(?:\w+ ){0,2}?(?:more|less|higher|lower|fewer|above|below) (?:than|the)\b", re.IGNORECASE)


def is_of_output(rate: Figure) -> bool:
    """Whether a growth rate is that of an output, which offices tell at constant prices: 生产总值…增长6.1%."""
    return _OUTPUT.search(_STATEMENT_MARKS.split(before(rate))[-1]) is not None


_OUTPUT = regex(
    r"生产总值|增加值|(?<![A-Za-z])GDP(?![A-Za-z])|\bgross domestic product\b|\bvalue added\b", re.IGNORECASE
)
_STATEMENT_MARKS = regex(r"[;；。]")


def is_benchmark(rate: Figure) -> bool:
    """Whether a rate is that of another place, which growth is held against."""
    return _BENCHMARK.search(before(rate)) is not None


def is_of_loss(figure: Figure) -> bool:
    """Whether the sentence of a number tells of a loss, which is below nothing and printed without its sign."""
    return _LOSS.search(simplified(figure.sentence)) is not None


# "up 42 million from a loss of 17 million"
_LOSS = regex(r"亏损|亏空|扭亏|\bloss(?:es)?\b(?! of (?:life|lives|land|crops?|homes?|jobs?))", re.IGNORECASE)


def is_yearly(change: Figure) -> bool:
    """Whether the clause of a change or rate says that it is a mean of several years."""
    return _YEARLY.search(_MARKS.split(before(change))[-1] + _MARKS.split(after(change)[:_CLAUSE])[0]) is not None


def _of_tables(evidence: Evidence) -> Iterator[Finding]:
    """A growth beside the amounts of two years in one table."""
    rates = evidence.where(evidence.cells, role={"change_pct"}, unit={"%"}, link={"change_of"})
    told: dict[tuple[object, ...], list[Figure]] = {}
    for figure in evidence.where(evidence.cells, role={"level", "per_unit"}) if rates else ():
        told.setdefault(_fact(evidence, figure, 0), []).append(figure)
    for rate, later in ((rate, evidence.by_id[rate.parent]) for rate in rates if rate.parent is not None):
        earlier = told.get(_fact(evidence, later, 1), [])
        if len(earlier) == 1 and earlier[0] is not later:
            yield tested(partial(_growth_from_previous, earlier[0], later, rate))


def _fact(evidence: Evidence, figure: Figure, years_before: int) -> tuple[object, ...]:
    """What a cell is about, some years before; unique where its period is not of one year."""
    meaning = evidence.meanings[figure.figure_id]
    span = years(meaning.period.code)
    year = span[0] - years_before if span is not None and span[0] == span[1] else -figure.figure_id
    codes = (meaning.program, meaning.source, meaning.stage, meaning.measure, meaning.beneficiary, meaning.region)
    about = (
        figure.locator.sheet,
        figure.role,
        figure.unit,
        meaning.scope,
        meaning.item,
        year,
        months(meaning.period.code),
    )
    return (*about, *(decision.code for decision in codes))


def _of_base(level: Figure, change: Figure, rate: Figure) -> list[Finding]:
    """The other reading of a level with a change and a rate: the level is what the change started from."""
    shown = percent(of(change), of(level))
    if shown is None or not shown.meets(of(rate)) or _COMPARED.match(after(change)):
        return []
    formula = f"{change.text} / {level.text} = {rate.text}"
    message = say("change.of_base", change=printed(change), rate=printed(rate), level=printed(level))
    return [
        Finding(
            "growth_from_change",
            agreement(shown, of(rate)),
            (change, level, rate),
            formula,
            message,
            shown,
            of(rate),
            "%",
        )
    ]


def _said_with(change: Figure, changes: list[Figure], rates: list[Figure]) -> Figure | None:
    """The growth rate that says the same as a change: the one next to it, or the only one where there is one change."""
    known = [rate for rate in rates if rate.unit == "%"]
    known = [rate for rate in known if not _HELD_ANEW.search(between(*sorted((change, rate), key=_place)) or "")]
    near = [rate for rate in known if abs(rate.figure_id - change.figure_id) == 1]
    if len(near) == 1 and near[0].figure_id > change.figure_id:
        return near[0]
    return known[0] if len(known) == len(changes) == 1 else None


# "an increase of 767 crores over the interim budget; compared with last year it is higher by 14.5 per cent"
_HELD_ANEW = regex(r"[;；][^;；]*(?:\b(?:compared|than|against|over)\b|[比较])", re.IGNORECASE)


def _place(figure: Figure) -> int:
    return figure.figure_id


def _difference(evidence: Evidence, earlier: Figure, later: Figure) -> Iterator[Finding]:
    """Two values and the difference between them: "from 906 to 736, 170 less", "from 14.2% to 11.7%, 2.5 points"."""
    if earlier.unit != later.unit:
        return
    for role in ("change", "diff_pp"):
        for change in evidence.said_about.get((later.figure_id, role), []):
            if is_yearly(change) or is_of_loss(change):
                continue
            about_both = max(abs(change.figure_id - other.figure_id) for other in (earlier, later)) <= _NEXT and (
                between(*sorted((earlier, change), key=lambda figure: figure.figure_id)) is not None
            )
            if about_both and (change.unit == later.unit or (later.unit == "%" and change.unit == "pp")):
                yield tested(partial(_base_plus_change, earlier, change, later))


def _grew(level: Figure, change: Figure) -> bool:
    """Whether a level holds its growth: not a net one, nor a level that follows in words of something else."""
    follows = change.figure_id < level.figure_id and between(change, level) is not None
    return not _NET.search(before(change)[-16:]) and (
        not follows or (_led_to(change, level) and not _of_another(change, level))
    )


def _of_another(change: Figure, level: Figure) -> bool:
    """Whether what came to something and what stands behind it have other nouns: 新增信贷2亿元，基金增至6760万元."""
    added, reached = _ADDED_ZH.search(before(change)), _REACHED_ZH.search(before(level))
    return added is not None and reached is not None and added.group(1)[-2:] != reached.group(1)[-2:]


_ADDED_ZH = regex(r"新增([一-鿿]{2,})$")
_REACHED_ZH = regex(r"[，；]([一-鿿]{2,}?)(?:已|累计)?(?:增至|达到?|增加到|扩大到)[了约近]?$")


def _is_earlier(evidence: Evidence, level: Figure, change: Figure) -> bool:
    """Whether another amount of the sentence is what a level and its change make, so that it is the earlier one."""
    others = (f for f in evidence.before_in_sentence(change) if f.unit == level.unit and f is not level)
    return any((of(level) + of(change)).meets(of(other)) for other in others)


_NET = regex(r"\bnet\b|净", re.IGNORECASE)


def _is_base(evidence: Evidence, level: Figure, change: Figure) -> bool:
    """Whether the level is what the change started from: another one follows as its result."""
    return any(base is level for base, _ in _ends(evidence, level, change))


def _ends(evidence: Evidence, level: Figure, change: Figure) -> Iterator[tuple[Figure, Figure]]:
    """The levels before and after a change, where a sentence prints all three: 300, 50 more, so that there are 350."""
    place = change.figure_id
    behind = evidence.by_id.get(place + 1)
    if behind is None or behind.role != "level" or behind.unit != change.unit or not _led_to(change, behind):
        return
    base = level if level is not behind else evidence.by_id.get(place - 1)
    if base is None or base is behind or base.role != "level" or base.unit != change.unit:
        return
    words = between(base, change)
    if words is None:
        return
    # in another statement stands what a change started from only where nothing else can be it
    others = [f for f in evidence.before_in_sentence(change) if f.unit == base.unit and f is not base]
    if not re.search("[;；]", words) or (base.value >= change.value and not others):
        yield base, behind


def _led_to(change: Figure, result: Figure) -> bool:
    stretch = between(change, result)
    return stretch is not None and len(stretch) < 90 and has_cue("result", stretch)


def _change_within(level: Figure, change: Figure, at: At) -> Finding:
    above = at(change).exceeds(at(level))
    message = say("change.above" if above else "change.inside", change=printed(change), level=printed(level))
    return Finding(
        "change_not_above_level",
        "fails" if above else "holds",
        (change, level),
        f"{change.text} ≤ {level.text}",
        message,
        at(change),
        at(level),
        level.unit,
    )


def _base_plus_change(base: Figure, change: Figure, result: Figure, at: At) -> Finding:
    computed, stated = at(base) + signed(change, at), at(result)
    verdict = agreement(computed, stated)
    sign = "-" if falls(change) else "+"
    return Finding(
        "base_plus_change",
        verdict,
        (base, change, result),
        f"{base.text} {sign} {change.text} = {result.text}",
        comparison("change.result", verdict, computed, stated),
        computed,
        stated,
        result.unit,
    )


def _rate(level: Figure, change: Figure, rate: Figure, at: At) -> Finding:
    down = falls(change)
    computed = growth(signed(change, at), at(level))
    stated = -cut_off(rate, at) if down else cut_off(rate, at)
    formula = f"{change.text} / ({level.text} {'+' if down else '-'} {change.text}) = {rate.text}"
    operands = (change, level, rate)
    if computed is None:
        impossible = at(level).high <= at(change).low
        message = say("change.impossible", change=printed(change), level=printed(level))
        if not impossible:
            message = say("change.from_zero", rate=printed(rate))
        verdict: Verdict = "fails" if impossible else "not_testable"
        return Finding("growth_from_change", verdict, operands, formula, message, None, stated, "%")
    outcome = agreement(computed, stated)
    message = comparison("change.rate", outcome, computed, stated)
    return Finding("growth_from_change", outcome, operands, formula, message, computed, stated, "%")


def is_in_another(rate: Figure, earlier: Figure) -> bool:
    """Whether a rate says what it is the growth in, and the words before the values do not: "7% in the food index"."""
    told = _IN.match(after(rate))
    return told is not None and not own_words(told.group(1)) <= own_words(before(earlier).lower())


_IN = regex(r"\s*(?:%|per ?cent)?\s+in (?:the |its |their )?((?:[a-z-]+ ){0,3}[a-z-]+)\b", re.IGNORECASE)


def _from_previous(evidence: Evidence, earlier: Figure, later: Figure) -> Iterator[Finding]:
    """Growth over one year, or without any period, from both ends: "from 1,500 to 2,000, up 33.3 %"."""
    rates = [
        rate
        for rate in evidence.said_about.get((later.figure_id, "change_pct"), [])
        if rate.unit == "%" and not is_benchmark(rate) and not is_of_output(rate)
    ]
    siblings = [f for f in evidence.said_about.get((later.figure_id, earlier.role), []) if f.link == "previous_of"]
    if not rates or len(siblings) != 1 or earlier.unit != later.unit or is_in_another(rates[0], earlier):
        return
    rate = rates[0]
    before, now = (years(evidence.meanings[f.figure_id].period.code) for f in (earlier, later))
    several = before is not None and now is not None and now[0] - before[0] > 1
    if several or has_cue("per_year", rate.sentence):
        return
    yield in_any_reading([tested(partial(_growth_from_previous, earlier, later, rate)) for rate in rates])


def _growth_from_previous(earlier: Figure, later: Figure, rate: Figure, at: At) -> Finding:
    share = quotient(at(later), at(earlier))
    stated = -cut_off(rate, at) if falls(rate) else cut_off(rate, at)
    computed: Interval | None = None if share is None else share.times(exactly(100).point) - exactly(100)
    verdict: Verdict = "not_testable" if computed is None else agreement(computed, stated)
    message = say("change.no_base", earlier=printed(earlier), rate=printed(rate))
    if computed is not None:
        message = comparison(
            "change.between", verdict, computed, stated, earlier=printed(earlier), later=printed(later)
        )
    formula = f"{later.text} / {earlier.text} - 1 = {rate.text}"
    return Finding("growth_from_previous", verdict, (earlier, later, rate), formula, message, computed, stated, "%")
