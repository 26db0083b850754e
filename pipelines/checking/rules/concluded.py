"""Rates that say what the words before them come to: "9,300 took part, a turnout of 75%"."""

from __future__ import annotations

import re

from pipelines.checking.interval import of
from pipelines.checking.rules.told import Told, alike, gap, is_amount, same_sentence
from pipelines.checking.rules.wholes import ABOUT
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_NEXT = 2  # code points between two sentences of a passage
_NEAR = 3  # amounts: a whole, the one part and the other
_PLAN = regex(r"\b(?:plan|budget|target|goal|allotment|allocation|appropriation)\b", re.IGNORECASE)
_PROGRESS = regex(
    r"\b(?:progress|utili[sz]ation|execution|delivery|completion|fulfil+ment|absorption|achievement)\b", re.IGNORECASE
)
# but "450 sat it, a pass rate of 80%" is of who passed
_APPOSED = regex(
    r"[^;:()\d]{0,80},\s*(?:(?:that is|i\.e\.|or|giving|with|making|for),? )?an? (?:[a-z-]+ ){0,2}"
    r"(?:share|proportion|attendance|achievement|coverage|completion|fulfil+ment|utili[sz]ation|absorption|execution"
    r"|recovery|repayment|participation|response|survival|turnout|take-up|uptake|enrol+ment|obligation|expenditure"
    r"|spending|disbursement|delivery|collection|accomplishment|attainment|approval|vacancy|occupancy|clearance"
    r"|resolution)(?: (?:rate|level|ratio))? of " + ABOUT,
    re.IGNORECASE,
)
_ABSORBED = regex(
    r"[^;:()\d]{0,40}(?:,? (?:hence|thus|so|or|i\.e\.|that is|giving|with|making|an?|the)\b[^;:()\d]{0,24}"
    rf"|[,;] ){_PROGRESS.pattern}[^,;:()\d]{{0,24}}",
    re.IGNORECASE,
)
_DUE = regex(r"\b(?:billed|due|payable|assessed|invoiced|levied|owed)\b", re.IGNORECASE)
_GOT = regex(r"\b(?:collected|received|recovered|paid|settled)\b", re.IGNORECASE)


def concluded_pair(told: Told, place: int, last: Figure, second: Figure | None) -> tuple[Figure, Figure] | None:
    """The part and the whole of such a rate; None where words do not say that it is one.

    Args:
        told: the numbers of the text.
        place: of the rate.
        last: the amount right before it, in its sentence.
        second: the one before that, if it stands there too.
    """
    claim = told.figures[place]
    apposed = _APPOSED.fullmatch(gap(last, claim)) is not None
    if second is None:
        whole = _sentence_before(told, last) if apposed else None
        # "It had 412 million. It obligated 396 million, an obligation rate of 96 percent"
        return _planned(told, place, last) or ((last, whole) if whole is not None else None)
    if not is_amount(second) or not alike(second, last):
        return None
    if apposed and last.parent == second.figure_id and last.link in ("part_of", "plan_of"):
        # as in: of 8,640 pupils 7,776 came, an attendance of 90%; 372 were paid against a plan of 400, an …
        return (last, second) if last.link == "part_of" else (second, last)
    if apposed and (whole := _with_the_other(told, place, last)) is not None:
        return last, whole
    if _ABSORBED.fullmatch(gap(last, claim)):
        plans = [f for f in (second, last) if f.role == "target" or _PLAN.search(told.lead(f))]
        if len(plans) == 1:  # "the budget was 512 million and the expenditure 471, hence the absorption of 92%"
            return (last, second) if plans[0] is second else (second, last)
    due = _DUE.search(told.lead(second) + told.trail(second)) and _GOT.search(told.lead(last) + gap(last, claim))
    return (
        (last, second) if apposed and due else None
    )  # "billed 112 and collected 84 million, a collection rate of 75%"


def _planned(told: Told, place: int, plan: Figure) -> tuple[Figure, Figure] | None:
    """What was done, in the sentence before, and its plan: "They used 3.3 million. The budget was 4.3, hence 76%"."""
    if not _PLAN.search(told.lead(plan)) or not _PROGRESS.search(gap(plan, told.figures[place])):
        return None
    ahead = [f for f in told.before(told.place[plan.figure_id]) if is_amount(f) and alike(f, plan)]
    return (ahead[-1], plan) if ahead and ahead[-1].role == "level" else None


def _with_the_other(told: Told, place: int, last: Figure) -> Figure | None:
    """What two amounts right before a rate make together: "1,846 posts; 1,532 are filled and 314 are vacant, a …"."""
    ahead = [f for f in told.before(place, _NEAR + 1) if is_amount(f) and same_sentence(f, last) and alike(f, last)]
    if len(ahead) < _NEAR or ahead[-1] is not last:
        return None
    whole, other, _ = ahead[-_NEAR:]
    return whole if (of(whole) - of(other)).meets(of(last)) else None


def _sentence_before(told: Told, part: Figure) -> Figure | None:
    """The only amount of the kind of a part in the sentence right before its own, if it can hold it."""
    ahead = [f for f in told.before(told.place[part.figure_id]) if is_amount(f) and alike(f, part)]
    last = [f for f in ahead if same_sentence(f, ahead[-1])]
    near = last and (part.locator.sentence_start or 0) - (last[0].locator.sentence_end or 0) <= _NEXT
    return last[0] if near and len(last) == 1 and last[0].value >= part.value and last[0].unit == part.unit else None
