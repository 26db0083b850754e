"""What there was, what came and what went since, and what there is: 8240 + 1312 - 2086 = 7466, in the order told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from pipelines.catalog.relations import has_cue
from pipelines.checking.evidence import At, Finding, after
from pipelines.checking.interval import Interval, of, total
from pipelines.checking.rules.told import (
    Candidate,
    Told,
    alike,
    depth,
    first_that_holds,
    is_amount,
    judged,
    start,
)
from pipelines.checking.slips import is_slip_of, may_be_slip
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_REACH = 8  # numbers before a closing balance
_FAR = 480  # letters from what there was to what there is
_MOVES = range(2, 6)  # amounts that came or went in between
_SAID = 2  # of them that words call so
_LONGEST = 60  # letters behind a number that still speak of it
_MARK = regex("[,;，；。]")
_WITH = regex(r"[a-z ]{0,24}\bwith\s*(?:about |some )?|[户家][、,，]?(?:共|计)?")
_CLAUSE = regex("[,;，；。]| and (?!so )")
# a day, or the end of a year, at which a stock is told
_DATED = regex(
    r"\b(?:[Oo]n|[Aa]t|[Aa]s of|[Bb]y|[Uu]ntil) "
    r"(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2}\b)"
    r"|\b(?:end|close) of (?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d|\bin [A-Z][a-z]{2,8} (?:19|20)\d\d\b"
    r"|\d{1,2}月\d{1,2}日|\d{4}年(?:[底末]|\d{1,2}月[底末])"
)
_ENDS = frozenset({"level", "target"})
_TELLING = 3  # digits of a balance that a slip would hardly meet by chance


@dataclass(frozen=True, slots=True)
class Flow(Candidate):
    """A stock, and what came to it and went from it, with a sign each."""

    signs: tuple[int, ...] = ()


def check_stocks(told: Told) -> Iterator[Finding]:
    """Every balance told with what led to it: the stock before, what came, what went."""
    for place, claim in enumerate(told.figures):
        if claim.role in _ENDS and claim.qualifier == "exact" and is_amount(claim):
            base, *moved = _behind(told, place) or _ahead(told, place) or [claim]
            flows = _flows(told, base, moved) if len(moved) in _MOVES and _are_plain([base, *moved]) else []
            if flows:
                found = first_that_holds("base_plus_change", claim, flows) or _slipped(told, claim, flows)
                yield from (found,) if found is not None else ()


def _slipped(told: Told, claim: Figure, flows: list[Flow]) -> Finding | None:
    """The failure of a balance; where words do not call its moves so, only one that is a slip of the pen."""
    if _are_called(told, flows[0].operands[1:]):
        return told_or_meant(claim, flows)
    wrong = next((flow for flow in flows if _is_one_slip(claim, flow)), None)
    found = judged("base_plus_change", claim, wrong) if wrong is not None else None
    if found is not None:
        found.severity = "warning"
    return found


def _is_one_slip(claim: Figure, flow: Flow) -> bool:
    """Whether one number of a balance is a slip of what would make it hold."""
    left = flow.reading(of)
    missing = claim.value - left.point if left is not None else 0
    if len(claim.value_stated.as_tuple().digits) < _TELLING or not missing:
        return False
    ways = zip(flow.operands, (1, *flow.signs), strict=True)
    return is_slip_of(claim, claim.value - missing) or any(is_slip_of(f, f.value + sign * missing) for f, sign in ways)


def told_or_meant(claim: Figure, flows: Sequence[Candidate]) -> Finding:
    """The first of several readings that one slip of the pen mends, else the first."""
    tried = [judged("base_plus_change", claim, flow) for flow in flows]
    return next(filter(may_be_slip, tried), tried[0])


def _ahead(told: Told, place: int) -> list[Figure]:
    """What there was and what came or went since, before a number that words call what there is."""
    claim = told.figures[place]
    if not _is_stock("stock_closing", words_beside(told, claim)):
        return []
    ahead = [f for f in told.before(place, _REACH) if is_amount(f) and alike(f, claim) and not depth(f)]
    ahead = [f for f in ahead if start(claim) - start(f) < _FAR]
    opened = [at for at, figure in enumerate(ahead) if _is_stock("stock_opening", words_beside(told, figure))]
    # "a further 41 opened" came, and are no opening stock
    opened = [at for at in opened if _way(told, ahead[at]) != {1}] or opened
    found = [f for f in ahead[opened[-1] if opened else 0 :] if f.link != "part_of"]
    if any(has_cue("stock_closing", words_beside(told, figure)) and not _way(told, figure) for figure in found[1:]):
        return []  # what there is has been told, and this is of something else
    # where nothing calls the first what there was, every move must say whether it came or went
    ways = [_way(told, figure) for figure in found[1:]]
    plain = len({*map(tuple, ways)}) > 1 and all(len(way) == 1 for way in ways)
    return found if opened or plain else []


def _behind(told: Told, place: int) -> list[Figure]:
    """The same where what there is comes first: 年末职工522人，年初486人，当年招聘97人、离职61人."""
    claim, behind = told.figures[place], told.behind(place, max(_MOVES) + 1)
    behind = [f for f in behind if is_amount(f) and alike(f, claim) and not depth(f)]
    if not behind or behind[0] is not told.at(place + 1):
        return []
    first = words_beside(told, claim)
    if not (has_cue("stock_closing", first) or _SO_FAR in first) or has_cue("stock_opening", first):
        return []
    if not has_cue("stock_opening", words_beside(told, behind[0])):
        behind = [behind[-1], *behind[:-1]]  # 累计1148间，当年新建186间，停用41间，年初为1003间
    return behind if has_cue("stock_opening", words_beside(told, behind[0])) else []


_SO_FAR = "累计"


def _are_plain(figures: list[Figure]) -> bool:
    return all(f.qualifier == "exact" and f.role != "target" for f in figures)


def _are_called(told: Told, moved: Sequence[Figure]) -> bool:
    """Whether words call at least two of some moves what came or went."""
    return sum(bool(_way(told, figure)) for figure in moved) >= _SAID


def _is_stock(cue: str, words: str) -> bool:
    """Whether words say that a number is one of a day, or of the beginning, or of the end."""
    return has_cue(cue, words) or _DATED.search(words) is not None


def _flows(told: Told, base: Figure, moved: list[Figure]) -> list[Flow]:
    """Every way to add and take off what came and went, that which the words tell first."""
    ways = [_way(told, figure) for figure in moved]
    signs = [each for each in product((1, -1), repeat=len(moved)) if len(set(each)) > 1]
    return [flow_of(base, moved, each) for each in sorted(signs, key=partial(_misread, ways))]


def _misread(ways: list[set[int]], signs: tuple[int, ...]) -> int:
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
    words, following = told.trail(figure), told.at(told.place[figure.figure_id] + 1)
    if following is not None and _WITH.fullmatch(words):
        words = after(following)  # "3,482 households with 14,921 people shook off poverty", 3482户14921人脱贫
    lead, previous = told.lead(figure), told.at(told.place[figure.figure_id] - 1)
    if previous is not None and _WITH.fullmatch(lead):
        lead = told.lead(previous)
    return _CLAUSE.split(lead)[-1] + " | " + _MARK.split(words)[0][:_LONGEST]


def flow_of(base: Figure, moved: list[Figure], signs: tuple[int, ...]) -> Flow:
    """A stock and what is added to it or taken off."""
    formula = base.text + "".join(f" {'+' if sign > 0 else '-'} {f.text}" for f, sign in zip(moved, signs, strict=True))
    return Flow((base, *moved), formula, partial(_balance, base, moved, signs), signs)


def _balance(base: Figure, moved: list[Figure], signs: tuple[int, ...], at: At) -> Interval:
    return total([at(base), *(at(f) if sign > 0 else -at(f) for f, sign in zip(moved, signs, strict=True))])
