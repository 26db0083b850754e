"""A plan and what was done, where a number tells how far they lie apart."""

from __future__ import annotations

import re

from pipelines.checking.evidence import after, before
from pipelines.checking.rules.told import Told, alike, is_amount, same_sentence
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_NEAR = 6  # numbers before a difference among which its two ends are


def plan_and_actual(told: Told, place: int) -> tuple[Figure, Figure] | None:
    """The plan and what was done, right before what they lie apart: "The goal was 640. 448 was a shortfall of 192"."""
    claim = told.figures[place]
    than = _THAN_PLANNED.match(after(claim)) is not None
    two = [f for f in told.before(place, _NEAR) if is_amount(f) and alike(f, claim)][-2:]
    if not _OF_PLAN.search(before(claim)) and not (than and two and same_sentence(two[-1], claim)):
        return None
    planned = [f for f in two if f.role == "target" or _PLANNED.search(told.lead(f) + after(f)[:16])]
    done = [f for f in two if f not in planned and f.role == "level"]
    near = two and (claim.locator.sentence_start or 0) - (two[0].locator.sentence_end or 0) < _A_SENTENCE
    return (planned[0], done[0]) if near and len(planned) == len(done) == 1 else None


_A_SENTENCE = 160  # code points between a sentence and the next but one
_OF_PLAN = regex(
    r"\b(?:shortfall|short|exceed\w*|surpass\w*|outstrip\w*|excess|overrun|miss(?:ed|es)|beat\w*)\b[^,;]{0,60}$",
    re.IGNORECASE,
)
_PLANNED = regex(r"\b(?:planned|plan|target|goal|budget(?:ed)?|aimed|due|committed|promised|pledged)\b", re.IGNORECASE)
_THAN_PLANNED = regex(
    r"\s*(?:[a-z]+ ){0,2}?(?:more|fewer|less|higher|lower) than (?:had been |was |were )?(?:originally )?"
    r"(?:planned|targeted|committed|foreseen|budgeted|expected|promised|pledged|approved|scheduled|agreed|intended)\b"
    r"|\s*(?:[a-z]+ ){0,2}?(?:short of|above|below|over|under|beyond) (?:the |its )?(?:goal|target|plan|budget)\b",
    re.IGNORECASE,
)
