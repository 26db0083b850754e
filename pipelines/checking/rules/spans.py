"""Periods whose length is printed twice: as a number of years and by their first and last year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.catalog.sentences import say
from pipelines.checking.evidence import Evidence, Finding
from pipelines.checking.interval import exactly
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.figures.text.lexicon import lexicon
from pipelines.meaning.period_codes import years
from pipelines.patterns import regex

_YEAR = r"(?:19|20)\d\d"
_TO = r"\s*年?\s*(?:[-–—－～~至到]|\bto\b|\band\b)\s*"
_RANGE = regex(rf"(?P<first>{_YEAR}){_TO}(?P<last>{_YEAR})\s*年?")
_PLAN = regex(
    r"(?:\b(?P<plan>\d{1,2})th\s+Five[- ]Year[^.;()（）]{0,30}"
    r"|[“\"]?十(?P<zh>[一二三四五])五[”\"]?[^。；()（）]{0,20})[(（]\s*$",
    re.IGNORECASE,
)
_COUNT_BEFORE = regex(r"\b(?P<count>\d{1,2}|[a-z]+)\s+years?[”\"]?\s*[(（,]?\s*(?:from|between|of)?\s*$", re.IGNORECASE)
_COUNT_BEHIND = regex(r"\s*[)）,，]?\s*这?(?P<count>\d{1,2}|[一二三四五六七八九十]{1,3})年[间来]")
_REACH = 60
_PLAN_YEARS = 5
_DIGITS = "零一二三四五六七八九"


def check_spans(evidence: Evidence) -> Iterator[Finding]:
    """Every sentence with figures that names a plan or a number of years together with its first and last year."""
    seen: set[int] = set()
    for figure in evidence.told:
        start = figure.locator.sentence_start
        if start is None or start in seen:
            continue
        seen.add(start)
        for span in _RANGE.finditer(figure.sentence):
            yield from _length(figure, span)


def _length(figure: Figure, span: re.Match[str]) -> Iterator[Finding]:
    first, last = int(span["first"]), int(span["last"])
    length = last - first + 1
    lead = figure.sentence[max(span.start() - _REACH, 0) : span.start()]
    plan, count = _PLAN.search(lead), _COUNT_BEFORE.search(lead) or _COUNT_BEHIND.match(figure.sentence, span.end())
    said: int | None = None
    verdict: Verdict = "fails"
    if plan is not None:
        number = int(plan["plan"]) if plan["plan"] else 10 + _DIGITS.index(plan["zh"])
        said = _PLAN_YEARS
        verdict = "holds" if years(f"FYP{number}") == (first, last) else "fails"
    elif count is not None and (said := _number(count["count"])) is not None:
        # "eight years from 2001 to 2009" counts from one year's end to the other's
        verdict = "holds" if said == length else "holds_within_rounding" if said == length - 1 else "fails"
    if said is None:
        return
    yield Finding(
        "period_length",
        verdict,
        (figure,),
        f"{last} - {first} + 1 = {said}",
        say("period.is" if verdict != "fails" else "period.is_not", first=first, last=last, years=said),
        exactly(length),
        exactly(said),
        "year",
    )


def _number(words: str) -> int | None:
    if words.isdecimal():
        return int(words)
    if words[0] in _DIGITS or words[0] == "十":
        tens, _, ones = words.rpartition("十")
        if "十" not in words:
            return _DIGITS.index(words) if len(words) == 1 else None
        return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
    return lexicon().words.numbers.words.get(words.lower())
