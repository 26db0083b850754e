"""A sum of several years against the amounts of each: 两年新建8460套，2019年6120套，2020年2340套."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from pipelines.checking.evidence import Finding, after, before, tested
from pipelines.checking.interval import of, total
from pipelines.checking.rules.sums import sum_of
from pipelines.checking.rules.told import Told, alike, is_amount
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import COUNT_WORDS, YEAR
from pipelines.patterns import regex

_YEARS = regex(
    r"(?<!\d)(\d|[两二三四五六七八])年(?:间|来|共|内|累计)?"
    rf"|\b(?:over|in|for|the|these|last|past) ({'|'.join(word for word in COUNT_WORDS if word.isascii())}) years\b",
    re.IGNORECASE,
)
_NEAR = 24  # characters between the words of years and their sum
_REACH = 14  # numbers behind a sum among which those of its years are
_FAR = 3  # times as much, or as little: a list of something else


def check_years(told: Told) -> Iterator[Finding]:
    """Every sum of a number of years that is followed by as many amounts, each told of a year of its own."""
    for place, whole in enumerate(told.figures):
        if whole.role not in ("level", "target") or whole.qualifier != "exact" or not is_amount(whole):
            continue
        said = _YEARS.findall(before(whole)[-_NEAR:])
        if len(said) != 1:
            continue
        word = (said[0][0] or said[0][1]).lower()
        count = int(word) if word.isdecimal() else COUNT_WORDS[word]
        parts = _of_years(told, place, count)
        if len(parts) != count or count < 2:
            continue
        ratio = total(map(of, parts)).point / whole.value if whole.value else 0
        if 1 < ratio * _FAR < _FAR * _FAR:
            yield tested(partial(sum_of, whole, parts))


def _of_years(told: Told, place: int, count: int) -> list[Figure]:
    """The first amounts behind a place that are each told of another year, one right behind the other."""
    whole = told.figures[place]
    found: list[Figure] = []
    years: set[str] = set()
    for figure in told.figures[place + 1 : place + _REACH]:
        if figure.locator.section != whole.locator.section or len(found) == count:
            break
        if not is_amount(figure) or not alike(figure, whole) or figure.role != whole.role:
            continue
        year = YEAR.findall(told.lead(figure)[-12:]) or YEAR.findall(re.split("[,;.，；]", after(figure)[:16])[0])
        if len(year) != 1 or year[0] in years or figure.qualifier != "exact":
            return []
        years.add(year[0])
        found.append(figure)
    return found
