"""A whole and its pieces behind it in one statement, where no word announces them: a share does, or their form.

Of "312 grants, 204 (76.4%) to farms and 63 to shops" the share is right of 204 + 63 and of no number that is printed:
that it fits by chance is so rare that the whole was meant to be what its pieces are together. Pieces that are kinds of
what the whole is, as 电站总装机36.2万千瓦，村级电站21.4万千瓦，集中式电站14.8万千瓦, claim the same by their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from pipelines.checking.evidence import Finding, after, before, tested
from pipelines.checking.interval import Interval, of, quotient, total
from pipelines.checking.rules.called import are_opposite, common_end, have_givers_apart, label_of
from pipelines.checking.rules.listing import BASE, OF_THOSE_BEFORE, OPEN_LIST, OVERLAPS, STOP
from pipelines.checking.rules.rates import rated_part
from pipelines.checking.rules.shares import MORE_THAN, as_share
from pipelines.checking.rules.sums import are_traits, sum_of
from pipelines.checking.rules.told import (
    Told,
    alike,
    are_kinds_of_place,
    behind_sign,
    countable,
    depth,
    gap,
    is_amount,
    judged,
    leave_nothing,
    same_sentence,
    same_statement,
    scaled,
)
from pipelines.checking.rules.wholes import BESIDE
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import COUNT_WORDS, YEAR
from pipelines.patterns import regex

_SHARES = frozenset({"share_pct", "rate_pct"})
_ABOUT = frozenset({"change", "change_pct", "diff_pp", "plan_pct", "over_plan_pct", "rank"})
_MOST = 8  # pieces
_BALANCE = 4  # numbers of a balance
_BEHIND = 4  # numbers behind the pieces of which one may be the sum of all
_SIGN = 4  # code points of a sign of currency with which a sentence begins
_FAR = Decimal(2)  # times what its pieces are together: a whole of something else
_LEAST, _MUCH = Decimal("0.7"), Decimal("1.5")  # of a whole: what pieces are that nothing but their form announces
_ROUGH = Decimal("0.02")  # of itself: a share that is rounded so far fits by chance
_FEW = 3  # givers that are all there are
_ALL = regex(r"共|总|合计|\b(?:in all|in total|altogether|a total of|total)\b", re.IGNORECASE)
# what there was, came, went and is
_MOVES = regex(r"年末|年底|期末|新[增购]|减少|退出|出栏|\b(?:left|added|joined|closing|at the end)\b", re.IGNORECASE)
_OF_WHICH = regex(r"其中|包括|\b(?:of which|of whom|of them|of these|including|among)\b", re.IGNORECASE)
_IN_TURN = regex(r"分别|[两三]部分|\brespectively\b")
_REST = regex(r"其余|其他|其它|剩余|余下|\b(?:the rest|remain\w*|others?|elsewhere)\b", re.IGNORECASE)
_OF_WHAT = regex(r"占[^，。；\d]{0,12}$|\bof (?:the |its |all |their )?$")  # 133个，占问题总数152个的87.5%


def check_pieces(told: Told) -> Iterator[Finding]:
    """Every amount with pieces behind it, against them where their form or a share says what they are.

    Where they make it up, a share beside one of them is one of it.
    """
    for whole in told.figures:
        if not _is_plain(whole) or BASE.search(told.lead(whole)):
            continue
        run = _behind(told, whole) or _next(told, whole)
        lists = [run[:count] for count in range(2, len(run) + 1)]
        made_up = next((pieces for pieces in lists if total(map(of, pieces)).meets(of(whole))), None)
        if made_up is not None:
            if total(map(of, made_up)).point == whole.value:
                yield from _shares(told, whole, made_up)
            continue
        if any(leave_nothing([whole.value, *(f.value for f in pieces)]) for pieces in lists if len(pieces) <= _BALANCE):
            continue  # what there was, came, went and is
        for pieces in lists:
            if _share_tells(told, whole, pieces) or (pieces == run and _form_tells(told, whole, pieces)):
                yield tested(partial(sum_of, whole, pieces))
                break


def _is_plain(figure: Figure) -> bool:
    return (
        is_amount(figure)
        and figure.role not in _ABOUT
        and figure.link != "previous_of"
        and figure.qualifier == "exact"
        and figure.value > 0
    )


def _behind(told: Told, whole: Figure) -> list[Figure]:
    """The amounts like a whole behind it in its statement."""
    inside = [f for f in told.sentence(whole) if told.place[f.figure_id] > told.place[whole.figure_id]]
    inside = [f for f in inside if _is_plain(f) and alike(f, whole) and same_statement(whole, f)]
    return [f for f in inside if not _OF_WHAT.search(told.lead(f))][:_MOST]


def _next(told: Told, whole: Figure) -> list[Figure]:
    """The amounts with which the next sentence goes on at once: "It helped 142,600. 81,300 (57.0 percent) got food"."""
    place = told.place[whole.figure_id]
    following = next((f for f in told.figures[place + 1 : place + 3] if is_amount(f)), None)
    if (
        following is None
        or same_sentence(whole, following)
        or following.locator.section != whole.locator.section
        or len(before(following).strip()) > _SIGN
        or (following.locator.sentence_start or 0) - (whole.locator.sentence_end or 0) > 1
    ):
        return []
    return [f for f in (following, *_behind(told, following)) if alike(f, whole) and _is_plain(f)]


def _share(told: Told, piece: Figure) -> Figure | None:
    """The share that stands right behind a piece, printed so exactly that it fits no other number by chance."""
    share = told.at(told.place[piece.figure_id] + 1)
    if (
        share is None
        or share.unit != "%"
        or share.role not in _SHARES
        or share.qualifier != "exact"
        or not same_statement(piece, share)
        or not (rated_part(told, told.place[share.figure_id]) is piece or BESIDE.fullmatch(gap(piece, share) or "x"))
        or MORE_THAN.match(behind_sign(share))
        or of(share).high - of(share).low > _ROUGH * share.value
    ):
        return None
    return share


def _answers(told: Told, share: Figure, piece: Figure) -> bool:
    """Whether a piece is so many per cent of an amount that is printed, or one is of the piece."""
    printed = [f for f in told.wide(told.place[share.figure_id]) if f is not piece and alike(f, piece)]
    return any(_is(share, of(piece), of(f)) or _is(share, of(f), of(piece)) for f in printed)


def _shares(told: Told, whole: Figure, pieces: list[Figure]) -> Iterator[Finding]:
    """The shares that pieces print of a whole which they make up to the digit."""
    for piece in pieces:
        share = _share(told, piece)
        others = [f for f in pieces if f is not piece]
        if share is None or _answers(told, share, piece) or any(_is(share, of(f), of(whole)) for f in others):
            continue
        yield judged("share", share, as_share(piece, whole, share))


def _share_tells(told: Told, whole: Figure, pieces: list[Figure]) -> bool:
    """Whether the share of a piece is right of all pieces, or of what the others leave of the whole, only."""
    together, stated = total(map(of, pieces)), of(whole)
    if not 1 / _FAR < together.point / whole.value < _FAR:
        return False
    for piece in pieces:
        share = _share(told, piece)
        if share is None or _answers(told, share, piece):
            continue
        printed = [f for f in told.wide(told.place[share.figure_id]) if f is not piece and alike(f, piece)]
        if any(together.meets(of(f)) for f in printed):
            continue
        left = stated - total(of(f) for f in pieces if f is not piece)
        if _is(share, of(piece), together) or (left.low > 0 and _is(share, left, stated)):
            return True
    return False


def _is(share: Figure, part: Interval, whole: Interval) -> bool:
    found = scaled(share, quotient(part, whole))
    return found is not None and found.meets(of(share))


def _form_tells(told: Told, whole: Figure, pieces: list[Figure]) -> bool:
    """Whether a whole that opens its statement and all amounts behind it are told like a whole and its pieces."""
    ratio = total(map(of, pieces)).point / whole.value
    inside = [f for f in told.sentence(whole) if same_statement(whole, f) and f is not whole]
    inside = [f for f in inside if is_amount(f) and countable(f, whole) and f.text not in COUNT_WORDS]
    beside = [f for f in inside if f not in pieces]
    words = [gap(whole, pieces[0]), *(told.lead(f) for f in pieces[1:]), after(pieces[-1])[:24]]
    return (
        _LEAST < ratio < _MUCH
        and all(told.place[f.figure_id] > told.place[whole.figure_id] for f in inside)
        and not beside
        and "、" not in words[0]  # it is the first of the list
        and not OF_THOSE_BEFORE.search(told.lead(whole))
        and len({depth(f) for f in pieces}) == 1
        and all(f.role == whole.role for f in pieces)
        and not any(sign.search(said) for said in words for sign in (OPEN_LIST, OVERLAPS, STOP))
        and not any(_MOVES.search(told.lead(f)[-12:]) or _is_of_year(told, f) for f in pieces)
        and not are_kinds_of_place(pieces)
        and not are_traits(whole, pieces)
        and not _answer_otherwise(told, whole, pieces)
        and _claim_all(told, whole, pieces)
    )


def _is_of_year(told: Told, figure: Figure) -> bool:
    """Whether an amount is labelled with its year: "2016年7期", "63 in 2011"."""
    return YEAR.search(told.lead(figure)[-8:]) is not None or YEAR.search(after(figure)[:12]) is not None


def _answer_otherwise(told: Told, whole: Figure, pieces: list[Figure]) -> bool:
    """Whether an amount and two behind it are of one list of an amount before them, or differ by it."""
    together = of(whole) + total(map(of, pieces))
    place = told.place[whole.figure_id]
    near = (*told.before(place, 24), *told.behind(place, len(pieces) + _BEHIND))
    ahead = [f for f in near if is_amount(f) and countable(f, whole) and f not in pieces]
    apart = [of(one) - of(two) for one, two in (pieces, pieces[::-1])] if len(pieces) == 2 else []
    return any(together.meets(of(f)) for f in ahead) or any(found.meets(of(whole)) for found in apart)


def _claim_all(told: Told, whole: Figure, pieces: list[Figure]) -> bool:
    """Whether the words of a whole, or of its pieces, say that nothing else is in it."""
    lead = told.lead(whole)
    labels = [label_of(told, f) for f in pieces]
    kind = common_end(labels)
    words = gap(whole, pieces[0])
    if _IN_TURN.search(words) or are_opposite(told, pieces):
        return True
    own = label_of(told, whole)
    if kind and own.endswith(kind) and own != kind and not _ALL.search(own):
        return False  # 林地面积192.8万亩，草场面积202万亩，水域面积6.1万亩: all of one list
    if any(label[-2:] == own[-2:] and label != own for label in labels) and not (own.isascii() or _ALL.search(own)):
        return False  # 车购税补助6.38亿元，自治区补助2.41亿元，自筹1.87亿元
    apart = len(set(labels)) == len(labels)  # 投入70万元架电，投入18万元修田，投入64万元改校舍: one verb for each
    named = (len(kind) > 1 and kind in lead) or (apart and all(_announced(label, lead) for label in labels))
    if named and not _OF_WHICH.search(words):
        return True
    if _REST.search(labels[-1]) or _REST.search(after(pieces[-1])[:24]):
        return True
    return len(pieces) >= _FEW and (have_givers_apart(told, pieces) or _are_places(told, whole, pieces))


def _are_places(told: Told, whole: Figure, pieces: list[Figure]) -> bool:
    """Whether each piece names a place, and their whole none of these: 58家，四川27家，贵州19家，云南12家."""
    places = [told.evidence.meanings[f.figure_id].region for f in pieces]
    own = told.evidence.meanings[whole.figure_id].region
    codes = {place.code for place in places if place.how == "named"}
    return len(codes) == len(pieces) and own.code not in codes


def _announced(label: str, lead: str) -> bool:
    """Whether a whole names a piece, as 支教教师和支医医生 do 教师."""
    return len(label) > 1 and not label.isascii() and label[-2:] in lead
