"""Counts against what is listed behind them, and against the official list of regions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.currencies import is_money
from pipelines.catalog.load import catalog
from pipelines.catalog.regions import regions_of
from pipelines.catalog.relations import has_cue
from pipelines.catalog.sentences import Printed, say
from pipelines.checking.evidence import Evidence, Finding, after, before, printed
from pipelines.checking.interval import exactly, of
from pipelines.checking.rules.told import is_measured
from pipelines.checking.verdict import Verdict
from pipelines.figures.figure import Figure
from pipelines.meaning.period_codes import years
from pipelines.patterns import regex

_OPENING = regex(
    r"[^,.;:，。；：()（）\d]{0,40}?"
    r"(?:[(（]|,?\s*(?:namely|i\.e\.|that is|viz\.)[:,]?\s|[:：]\s*|，?即|，?分别是|，?分别为)\s*"
)
# 58户全部实现三大产业（光伏、养鸡）: the names are those of the industries
_COUNTED_ANEW = regex(
    r"[两二三四五六七八九十][大个项类种条]|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE
)
_NAME = r"(?:(?:the\s)?[A-Z][\w’'-]*(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)*|[一-鿿]{2,9})"
_AND = r"\s*(?:,\s*and\s|,|、|\sand\s|，|和|及|与)\s*"
_NAMES = regex(rf"{_NAME}(?:{_AND}{_NAME})+")
_SEPARATOR = regex(_AND)
# behind a list that has ended; a comma behind commas goes on with it
_BEHIND = regex(r"\s*(?:[)）;:；：。.]|$)")
_BEHIND_ZH = regex(r"\s*[，,]")
_LEVELS = {"city": "prefecture", "county": "county"}
_FIRST_YEAR = 1978
_DIRECT = "90"  # third and fourth digit of what a province governs itself
_LONGEST_LIST = 60
_PART = 5  # of a count: so many names may have been forgotten
_CLOSING = 12  # letters behind a list in which it may be called one of examples
_MOST = 50  # a count so far above the official one counts something else
_NEAR = 4  # a count of less than a quarter of the official one is held against nothing


def check_counts(evidence: Evidence) -> Iterator[Finding]:
    """Counts of which a list of names follows, and counts of the prefectures and counties of a province."""
    for figure in evidence.where(evidence.told, role={"level", "change", "target"}):
        if _is_whole(figure):
            yield from _listed(figure)
    for figure in evidence.where(unit=_LEVELS, role={"level"}):
        if _is_whole(figure):
            yield from _official(evidence, figure)


def _is_whole(figure: Figure) -> bool:
    return figure.value == figure.value.to_integral_value()


def _listed(figure: Figure) -> Iterator[Finding]:
    """As many names as counted, unless they are examples: "four counties (A, B, C and D)"."""
    if is_measured(figure.unit) or is_money(figure.unit) or not 2 <= figure.value <= _LONGEST_LIST:
        return
    behind = after(figure)
    opening = _OPENING.match(behind)
    match = _NAMES.match(behind, opening.end()) if opening else None
    if match is None or opening is None or _COUNTED_ANEW.search(opening.group()):
        return
    if not _BEHIND.match(behind, match.end()) and not ("、" in match.group() and _BEHIND_ZH.match(behind, match.end())):
        return
    words = match.group()
    names = [name for name in _SEPARATOR.split(words) if name]
    if all(name in _kinds_of_place() for name in names):
        return  # 31个省（自治区、直辖市） says what kinds there are
    if has_cue("not_all", behind[: match.end() + _CLOSING]):
        return
    listed, stated = exactly(len(names)), of(figure)
    same = listed.meets(stated)
    if abs(figure.value - len(names)) > max(Decimal(1), figure.value // _PART):
        return  # so many more or fewer are no slip: the names are those of something else, or not all of them
    message = say("list.agrees", text=printed(figure), names=len(names))
    if not same:
        message = say("list.differs", text=printed(figure), names=len(names), words=Printed(words))
    yield Finding(
        "list_count",
        "holds" if same else "fails",
        (figure,),
        f"{' + '.join(names[:8])}{' + …' if len(names) > 8 else ''} = {figure.text}",
        message,
        listed,
        stated,
        figure.unit,
        blamed=() if same else (figure,),
    )


@lru_cache(maxsize=1)
def _kinds_of_place() -> frozenset[str]:
    units = catalog().units
    kinds = ("province", "city", "county", "township", "village")
    return frozenset(word for kind in kinds for word in units[kind].words)


def _official(evidence: Evidence, figure: Figure) -> Iterator[Finding]:
    """Counts of prefectures and counties of a province against GB/T 2260 of the period's year."""
    meaning = evidence.meanings[figure.figure_id]
    span, code = years(meaning.period.code), meaning.region.code
    if span is None or span[0] < _FIRST_YEAR or not re.fullmatch(r"\d\d0000", code):
        return
    known = _official_count(code, span[1], _LEVELS[figure.unit])
    stated = of(figure)
    if figure.value * _NEAR < known:
        return
    # "has 11 cities and 99 counties" counts all of them; development zones and the like are counted by some
    all_of_them = figure.locator.section in ("", "Overview", "综述", "概况") and has_cue("whole_region", before(figure))
    near = abs(figure.value - known) * 10 <= known
    verdict: Verdict = "holds"
    if all_of_them and not near and figure.value > known and figure.value < known * _MOST:
        verdict = "suspect"
    elif figure.value > known:
        verdict = "not_comparable"
    key = {"holds": "official.holds", "suspect": "official.above", "not_comparable": "official.others"}[verdict]
    message = say(key, text=printed(figure), unit=figure.unit, year=span[1], known=known)
    yield Finding(
        "external_reference",
        verdict,
        (figure,),
        f"{figure.text} ≤ {known}",
        message,
        stated,
        exactly(known),
        figure.unit,
        severity="info" if verdict == "not_comparable" else None,
    )


@lru_cache(maxsize=256)
def _official_count(province: str, year: int, level: str) -> int:
    """How many there are; counties that the province governs itself are counted among the prefectures too."""
    entries = regions_of(province, year)
    direct = sum(entry.code[2:4] == _DIRECT for entry in entries) if level == "prefecture" else 0
    return direct + sum(entry.level == level for entry in entries)
