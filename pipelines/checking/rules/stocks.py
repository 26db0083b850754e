"""What there was, what came and what went since, and what there is: 8240 + 1312 - 2086 = 7466, in the order told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import product

from pipelines.catalog.relations import has_cue
from pipelines.checking.evidence import At, Finding, after
from pipelines.checking.interval import Interval, total
from pipelines.checking.rules.told import (
    Candidate,
    Told,
    alike,
    depth,
    first_that_holds,
    gap,
    is_amount,
    judged,
    same_sentence,
    start,
)
from pipelines.checking.slips import may_be_slip
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_REACH = 8  # numbers before a closing balance
_FAR = 480  # letters from what there was to what there is
_MOVES = range(2, 6)  # amounts that came or went in between
_SAID = 2  # of them that words call so
_LONGEST = 60  # letters behind a number that still speak of it
_MARK = regex("[,;，；。]")
_CLAUSE = regex("[,;，；。]| and (?!so )")
# a day, or the end of a year, at which a stock is told
_DATED = regex(
    r"\b(?:on|at|as of|by|until) (?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2}\b)"
    r"|\b(?:end|close) of (?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d|\d{1,2}月\d{1,2}日|\d{4}年(?:[底末]|\d{1,2}月[底末])"
)
_ENDS = frozenset({"level", "target"})


def check_stocks(told: Told) -> Iterator[Finding]:
    """Every balance told with what led to it: the stock before, what came, what went."""
    for place, claim in enumerate(told.figures):
        if claim.role in _ENDS and claim.qualifier == "exact" and is_amount(claim):
            flows = _flows(told, place) or _flows_behind(told, place)
            if flows:
                found = first_that_holds("base_plus_change", claim, flows)
                yield found or told_or_meant(claim, flows)


def told_or_meant(claim: Figure, flows: list[Candidate]) -> Finding:
    """The first of several readings that one slip of the pen mends, else the first."""
    tried = [judged("base_plus_change", claim, flow) for flow in flows]
    return next(filter(may_be_slip, tried), tried[0])


def _flows(told: Told, place: int) -> list[Candidate]:
    """What there was and what came or went since, in every way of adding and taking off, the way told first."""
    claim = told.figures[place]
    if not _is_stock("stock_closing", words_beside(told, claim)):
        return []
    ahead = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, claim) and not depth(f)]
    ahead = [f for f in ahead if start(claim) - start(f) < _FAR]
    opened = [at for at, figure in enumerate(ahead) if _is_stock("stock_opening", words_beside(told, figure))]
    if not opened:
        return _moved(told, claim, ahead, plainly=True)
    return _moved(told, claim, ahead[opened[-1] :])


def _flows_behind(told: Told, place: int) -> list[Candidate]:
    """The same where what there is comes first: 年末职工522人，年初486人，当年招聘97人、离职61人."""
    claim, behind = told.figures[place], told.behind(place, max(_MOVES) + 1)
    behind = [f for f in behind if is_amount(f) and alike(f, claim) and not depth(f)]
    if not behind or behind[0] is not told.at(place + 1):
        return []
    first, second = words_beside(told, claim), words_beside(told, behind[0])
    if not has_cue("stock_closing", first) or not has_cue("stock_opening", second):
        return []
    return [] if has_cue("stock_opening", first) else _moved(told, claim, behind)


def _is_stock(cue: str, words: str) -> bool:
    """Whether words say that a number is one of a day, or of the beginning, or of the end."""
    return has_cue(cue, words) or _DATED.search(words) is not None


def _moved(told: Told, claim: Figure, found: list[Figure], *, plainly: bool = False) -> list[Candidate]:
    """The ways from the first of some amounts to a balance; plainly: where every move says whether it came or went."""
    base, *moved = found or [claim]
    moved = [f for f in moved if f.link != "part_of"]
    if len(moved) not in _MOVES or any(f.qualifier != "exact" or f.role == "target" for f in (base, *moved)):
        return []
    ways = [_way(told, f) for f in moved]
    if sum(bool(way) for way in ways) < _SAID or sum(not way for way in ways) > len(moved) - _SAID:
        return []
    if plainly and (len({*map(tuple, ways)}) < 2 or any(len(way) != 1 for way in ways)):
        return []
    signs = sorted(product((1, -1), repeat=len(moved)), key=lambda signs: _misread(signs, ways))
    return [flow_of(base, moved, each) for each in signs if len(set(each)) > 1 and (not plainly or each is signs[0])]


def _misread(signs: Iterable[int], ways: list[set[int]]) -> int:
    """How many moves a way takes for the opposite of what words call them."""
    return sum(way == {-sign} for sign, way in zip(signs, ways, strict=True))


def _way(told: Told, figure: Figure) -> set[int]:
    """The ways that words call a move: 1 what came, -1 what went, both what may be either; none where they do not."""
    words = words_beside(told, figure)
    came, went = has_cue("inflow", words), has_cue("outflow", words)
    if has_cue("movement", words):
        return {1, -1}
    return ({1} if came else set()) | ({-1} if went else set())


def words_beside(told: Told, figure: Figure) -> str:
    """The words of the clause of a number, before it and behind it."""
    following = told.at(told.place[figure.figure_id] + 1)
    words = gap(figure, following) if following is not None and same_sentence(figure, following) else after(figure)
    return _CLAUSE.split(told.lead(figure))[-1] + " | " + _MARK.split(words)[0][:_LONGEST]


def flow_of(base: Figure, moved: list[Figure], signs: tuple[int, ...]) -> Candidate:
    """A stock and what is added to it or taken off."""
    formula = base.text + "".join(f" {'+' if sign > 0 else '-'} {f.text}" for f, sign in zip(moved, signs, strict=True))
    return Candidate((base, *moved), formula, partial(_balance, base, moved, signs))


def _balance(base: Figure, moved: list[Figure], signs: tuple[int, ...], at: At) -> Interval:
    return total([at(base), *(at(f) if sign > 0 else -at(f) for f, sign in zip(moved, signs, strict=True))])
