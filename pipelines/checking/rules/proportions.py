"""Shares of one list, each beside its part or all behind as many parts: they are taken from one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pipelines.checking.evidence import At, Finding, agreement, comparison, tested
from pipelines.checking.interval import Interval, exactly, of, quotient, total
from pipelines.checking.rules.shares import MORE_THAN, as_part, as_share
from pipelines.checking.rules.told import (
    Candidate,
    Told,
    alike,
    behind_sign,
    gap,
    is_amount,
    judged,
    listed_with,
    same_sentence,
    scaled,
    start,
)
from pipelines.checking.rules.wholes import BESIDE, named_group, named_whole
from pipelines.checking.verdict import HOLDING
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_SHARES = frozenset({"share_pct", "rate_pct"})
_LONGEST = 24  # shares of a list
_AGREEING = 3  # shares that must agree on a whole that is not printed
_NEXT_LINE = 80  # letters between the shares of two lines of one list
_TOTAL = regex(r"合计|共计|总计|一共|总额|\b(?:together|total|in all|altogether)\b", re.IGNORECASE)
_SPLIT = regex(r"占|比重|比例|份额|分别|依次|respectively|share|proportion|percent|per cent|%", re.IGNORECASE)


@dataclass(slots=True)
class _List:
    """Parts with their shares, in order.

    Attributes:
        pairs: each part with its share.
        in_order: whether the shares stand together behind as many parts.
    """

    pairs: list[tuple[Figure, Figure]]
    in_order: bool


def check_proportions(told: Told) -> Iterator[Finding]:
    """Every list of shares against the whole that most of them agree on, or that stands before the list."""
    for one in (*_beside(told), *_behind(told)):
        if 1 < len(one.pairs) <= _LONGEST:
            yield from _list(told, one)


def check_all_shares(told: Told) -> Iterator[Finding]:
    """Shares of one sentence of which the last is that of the rest: together they are all there is."""
    for place, last in enumerate(told.figures):
        rest = _is_share(last) and _THE_REST.search(told.lead(last)[-24:])
        if not rest or last.qualifier != "exact":
            continue
        shares = [f for f in told.sentence(last) if f.unit == "%" and told.place[f.figure_id] <= place]
        clear = all(_is_share(f) and f.qualifier == "exact" and not _INNER.search(told.lead(f)) for f in shares)
        wholes = {named_whole(f) or "" for f in shares}
        together = total(map(of, shares))
        if len(shares) > 1 and clear and len(wholes) == 1 and _LEAST < together.point < _MOST:
            yield tested(partial(_make_all, shares))


def _make_all(shares: list[Figure], at: At) -> Finding:
    computed, stated = total(map(at, shares)), exactly(100)
    verdict = agreement(computed, stated)
    formula = f"{' + '.join(share.text for share in shares)} = 100 %"
    message = comparison("quotient.given", verdict, computed, stated)
    return Finding("sum_of_shares", verdict, tuple(shares), formula, message, computed, stated, "%")


_THE_REST = regex(
    r"(?:其余|其他|其它|余下|剩下)(?!.*中)|\b(?:the (?:rest|remaining|remainder|other)|others?)\b", re.IGNORECASE
)
_INNER = regex(r"其中|[比较]|\b(?:of which|of whom|including|against|than)\b", re.IGNORECASE)
_LEAST, _MOST = 50, 170  # percent that shares of one whole can be with a slip in one of them


def _beside(told: Told) -> Iterator[_List]:
    found: list[tuple[Figure, Figure]] = []
    for place, share in enumerate(told.figures):
        part = told.at(place - 1)
        if part is None or not _is_share(share) or not is_amount(part) or not BESIDE.fullmatch(gap(part, share) or "x"):
            continue
        if listed_with(share, told.at(place + 1)):
            continue
        goes_on = found and _go_on(found[-1], (part, share)) and part.unit == found[-1][0].unit
        if found and (not goes_on or named_group(told, part)):
            yield _List(found, in_order=False)
            found = []
        found.append((part, share))
    if found:
        yield _List(found, in_order=False)


def _is_share(figure: Figure) -> bool:
    one = "range" not in dict(figure.decided_by)  # "between 10 and 20 percent"
    return figure.unit == "%" and figure.role in _SHARES and one and not MORE_THAN.match(behind_sign(figure))


def _go_on(last: tuple[Figure, Figure], pair: tuple[Figure, Figure]) -> bool:
    """Whether two shares are of one list: none names another whole, in one sentence or in two lines."""
    if (named_whole(last[1]) or "") != (named_whole(pair[1]) or ""):
        return named_whole(pair[1]) is None and same_sentence(last[1], pair[1])
    near = start(pair[0]) - start(last[1]) < _NEXT_LINE and last[1].locator.section == pair[0].locator.section
    return same_sentence(last[1], pair[1]) or near


def _behind(told: Told) -> Iterator[_List]:
    place = 0
    while place < len(told.figures):
        shares = [told.figures[place]]
        while listed_with(shares[-1], following := told.at(place + len(shares))):
            assert following is not None
            shares.append(following)
        if len(shares) > 1 and _is_share(shares[0]):
            parts = _as_many(told, place, len(shares))
            if parts:
                yield _List(list(zip(parts, shares, strict=True)), in_order=True)
        place += len(shares)


def _as_many(told: Told, place: int, count: int) -> list[Figure]:
    """As many amounts of one kind right before a list of shares; a total between them is none of them."""
    found: list[Figure] = []
    for figure in reversed(told.before(place, count + 6)):
        if not is_amount(figure) or (found and not alike(figure, found[0])):
            if found and figure.role in ("change", "per_unit"):
                continue
            break
        if not found and _TOTAL.search(gap(figure, told.figures[place])[:2] + _lead(told, figure)):
            continue
        found.insert(0, figure)
        if len(found) == count:
            return found
    return []


def _lead(told: Told, figure: Figure) -> str:
    previous = told.at(told.place[figure.figure_id] - 1)
    return gap(previous, figure)[-12:] if previous is not None else ""


def _list(told: Told, one: _List) -> Iterator[Finding]:
    parts = [part for part, _ in one.pairs]
    first, last = told.place[parts[0].figure_id], told.place[one.pairs[-1][1].figure_id]
    wholes = [f for f in told.wide(first) if f not in parts and alike(f, parts[0])]
    wholes += [f for f in told.figures[first : last + 4] if is_amount(f) and f not in parts and alike(f, parts[0])]
    wholes = list({f.figure_id: f for f in wholes}.values())
    if one.in_order and (each := _as_many(told, first, len(parts))) and _are_wholes(each, parts):
        # "54,600 and 41,900 came, 31,668 and 22,207 of them (58.0% and 53.0%)": each of its own
        own = [(as_share(part, whole, share), share) for (part, share), whole in zip(one.pairs, each, strict=True)]
        findings = [judged("share", share, candidate) for candidate, share in own]
        failing = [finding for finding in findings if finding.verdict not in HOLDING]
        if len(failing) < len(findings):
            yield from failing
        return
    if any(_holding(one, of(whole)) == len(one.pairs) for whole in wholes):
        return
    together = total(map(of, parts))
    if _holding(one, together) == len(one.pairs):
        head = _head(told, one, wholes)
        if head is not None:
            part, share = one.pairs[0]
            yield judged("share", share, as_share(part, head, share))
        return
    best = (
        max((_holding(one, of(whole)), -abs(start(whole) - start(parts[0])), whole.figure_id) for whole in wholes)
        if wholes
        else (0, 0, 0)
    )
    odd = len(one.pairs) - 1
    whole = told.evidence.by_id.get(best[2])
    is_told = whole is not None and start(whole) < start(parts[0]) and one.in_order
    if whole is not None and best[0] == odd and (odd > 1 or is_told):  # of two shares one fits by chance
        part, share = next(pair for pair in one.pairs if not _meets(pair, of(whole)))
        yield judged("share", share, as_share(part, whole, share))
    elif odd > 1 and _holding(one, together) == odd:
        part, share = next(pair for pair in one.pairs if not _meets(pair, together))
        yield judged("share", share, as_part(part, [part, *(p for p in parts if p is not part)], share))
    elif odd >= _AGREEING or (odd > 1 and total(of(share) for _, share in one.pairs).meets(exactly(100))):
        yield from _outlier(one)


def _are_wholes(wholes: list[Figure], parts: list[Figure]) -> bool:
    """Whether as many amounts right before those of a list can be what each of them is a part of."""
    return all(alike(whole, part) for whole, part in zip(wholes, parts, strict=True)) and same_sentence(
        wholes[0], parts[0]
    )


def _head(told: Told, one: _List, wholes: list[Figure]) -> Figure | None:
    """The amount right before a list that its parts are told to be parts of."""
    part = one.pairs[0][0]
    if part.link == "part_of" and part.parent is not None:
        return told.evidence.by_id[part.parent]
    before = [f for f in wholes if start(f) < start(part) and same_sentence(f, part)]
    return before[-1] if before else None


def _outlier(one: _List) -> Iterator[Finding]:
    """One share that implies another whole than all others agree on."""
    implied = [quotient(of(part), of(share)) for part, share in one.pairs]
    for place, own in enumerate(implied):
        others = [other for index, other in enumerate(implied) if index != place and other is not None]
        if own is None or len(others) < len(one.pairs) - 1 or any(own.meets(other) for other in others):
            continue
        if all(first.meets(second) for first in others for second in others):
            part, share = one.pairs[place]
            base, of_base = one.pairs[place - 1]
            yield judged("share", share, _in_proportion(part, base, of_base))


def _in_proportion(part: Figure, base: Figure, of_base: Figure) -> Candidate:
    formula = f"{part.text} / ({base.text} / {of_base.text})"
    return Candidate((base, of_base, part), formula, partial(_of_whole, part, base, of_base))


def _of_whole(part: Figure, base: Figure, of_base: Figure, at: At) -> Interval | None:
    whole = quotient(at(base), at(of_base))
    return None if whole is None else quotient(at(part), whole)


def _holding(one: _List, whole: Interval) -> int:
    return sum(_meets(pair, whole) for pair in one.pairs)


def _meets(pair: tuple[Figure, Figure], whole: Interval) -> bool:
    found = scaled(pair[1], quotient(of(pair[0]), whole))
    return found is not None and found.meets(of(pair[1]))
