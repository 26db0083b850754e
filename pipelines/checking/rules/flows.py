"""What money and time make necessary: later stages of a flow within earlier ones, a year within the years so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from pipelines.catalog.load import catalog
from pipelines.catalog.relations import relations
from pipelines.catalog.sentences import say
from pipelines.catalog.units import is_amount
from pipelines.checking.evidence import At, Evidence, Finding, before, between, printed, tested
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.figures.text.subjects import own_words
from pipelines.meaning.meaning import UNKNOWN
from pipelines.meaning.period_codes import years
from pipelines.patterns import regex

_PAIR = 2  # stages of which one follows the other
_NEAR = 24  # letters before an amount in which it may be called the rest
_REST = regex(r"\b(?:other|others|rest|remaining|remainder|balance)\b|其余|其他|剩余|余下", re.IGNORECASE)
_NEXT = 3  # figures between two that the text holds against each other


def check_flows(evidence: Evidence) -> Iterator[Finding]:
    """Stages of one fund in one sentence or table, and single years against cumulative figures of the same measure."""
    yield from _chains(evidence)
    yield from _cumulative(evidence)


def _chains(evidence: Evidence) -> Iterator[Finding]:
    chain = relations().chain
    if len(set(evidence.values("stage")) & set(chain)) < _PAIR:
        return
    funds: dict[tuple[object, ...], dict[str, list[Figure]]] = {}
    for figure in evidence.where(unit=is_amount, role={"level"}, stage=chain):
        meaning = evidence.meanings[figure.figure_id]
        if _REST.search(before(figure)[-_NEAR:]):
            continue  # "6.15 million built a centre, the other 3.32 million paid salaries": one beside the other
        codes = (meaning.region.code, meaning.period.code, meaning.program.code, meaning.source.code)
        what = (figure.unit, meaning.measure.code, meaning.scope, meaning.item)
        place = figure.locator.sheet, figure.locator.sentence_start
        key = (*codes, *what, figure.parent, figure.locator.section, *place)
        funds.setdefault(key, {}).setdefault(meaning.stage.code, []).append(figure)
    for stages in funds.values():
        # two amounts of one stage are two funds, and which of them went on is not said
        single = [stages[stage][0] for stage in chain if len(stages.get(stage, ())) == 1]
        if len(single) == sum(map(len, stages.values())):
            for earlier, later in pairwise(single):
                if not _are_of_two(earlier, later):
                    yield tested(partial(_stage, evidence, earlier, later))


def _are_of_two(one: Figure, other: Figure) -> bool:
    """Whether two amounts stand in statements that share no word: "cash came to 74 million; food worth 38 was sent"."""
    first, second = sorted((one, other), key=lambda figure: figure.locator.start or 0)
    if not _STATEMENT.search(between(first, second) or ""):
        return False
    units = own_words(" ".join(dict(figure.decided_by).get("unit", "") for figure in (first, second)))
    words = [own_words(_STATEMENT.split(before(figure))[-1]) - units for figure in (first, second)]
    return bool(words[0]) and bool(words[1]) and words[0].isdisjoint(words[1])


_STATEMENT = regex("[;；]")


def _stage(evidence: Evidence, earlier: Figure, later: Figure, at: At) -> Finding:
    above = at(later).exceeds(at(earlier))
    stages = [evidence.meanings[f.figure_id].stage.code for f in (earlier, later)]
    verdict: Verdict = "fails" if above else "holds"
    message = say(
        "stage.above" if above else "stage.holds",
        later=printed(later),
        later_stage=stages[1],
        earlier=printed(earlier),
        earlier_stage=stages[0],
    )
    return Finding(
        "stage_chain",
        verdict,
        (later, earlier),
        f"{later.text} ≤ {earlier.text}",
        message,
        at(later),
        at(earlier),
        earlier.unit,
    )


def _cumulative(evidence: Evidence) -> Iterator[Finding]:
    for measure, figures in evidence.measured.items():
        entry = catalog().measures.get(measure)
        if entry is None or measure == UNKNOWN or entry.additivity != "additive" or len(figures) < 2:
            continue
        if not evidence.where(figures, period=_is_long):
            continue
        spans = [(figure, years(evidence.meanings[figure.figure_id].period.code)) for figure in figures]
        several = [
            (figure, span)
            for figure, span in spans
            if span is not None and span[0] != span[1] and _says_its_span(evidence, figure)
        ]
        single = [(figure, span) for figure, span in spans if span is not None and span[0] == span[1]]
        for whole, long in several:
            for part, short in single:
                if long[0] <= short[0] <= long[1] and _same_fund(evidence, part, whole) and _same_words(part, whole):
                    yield tested(partial(_within_years, part, whole))


def _is_long(period: str) -> bool:
    """Whether a period is of several years."""
    span = years(period)
    return span is not None and span[0] != span[1]


def _says_its_span(evidence: Evidence, figure: Figure) -> bool:
    """Whether a number itself is said to be of several years; in a table the column says it."""
    return figure.locator.cell is not None or evidence.meanings[figure.figure_id].period.how in ("named", "stated")


def _same_fund(evidence: Evidence, part: Figure, whole: Figure) -> bool:
    one, other = evidence.meanings[part.figure_id], evidence.meanings[whole.figure_id]
    codes = [
        (m.region.code, m.program.code, m.source.code, m.scope, m.item, m.group and m.group.words) for m in (one, other)
    ]
    return part.unit == whole.unit and codes[0] == codes[1]


def _same_words(part: Figure, whole: Figure) -> bool:
    """Whether the text calls both the same; the columns of a table say it themselves."""
    if part.locator.cell is not None and whole.locator.cell is not None:
        return True
    one, other = (own_words(figure.subject) for figure in (part, whole))
    near = part.locator.section == whole.locator.section and abs(part.figure_id - whole.figure_id) <= _NEXT
    return near and bool(one) and one == other


def _within_years(part: Figure, whole: Figure, at: At) -> Finding:
    above = at(part).exceeds(at(whole))
    message = say("years.above" if above else "years.inside", part=printed(part), whole=printed(whole))
    return Finding(
        "cumulative_monotone",
        "fails_if_nested" if above else "holds",
        (part, whole),
        f"{part.text} ≤ {whole.text}",
        message,
        at(part),
        at(whole),
        whole.unit,
    )
