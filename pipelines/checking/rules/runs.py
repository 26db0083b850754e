"""Amounts in a row that add up to the one beside them, but for one slip of the pen; few words say it, or none.

In "6,870 boats were counted. 412 are dugout canoes, 2,061 planked ones and 687 have an engine" nothing says that these
are all. But with 4,122 in the place of 412 they add up to the digit, and hardly any other number would: it was meant.
How many others would is computed, and a row for which chance could do it claims nothing. It may do it the more easily
the more the words make a list of the numbers: "of the 83 contracts 51 were signed in time and 38 later".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import accumulate, groupby, islice, pairwise

from pipelines.checking.evidence import Finding, after, before, says_unit, tested
from pipelines.checking.rules.listing import OPEN_LIST, OVERLAPS
from pipelines.checking.rules.sums import sum_of
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Told,
    countable,
    gap,
    in_ratio,
    is_amount,
    is_bare,
    leave_nothing,
    mark_of,
    same_sentence,
    same_statement,
    start,
)
from pipelines.checking.slips import is_slip_of
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import UNKNOWN
from pipelines.patterns import SIGN, regex

_ROLES = frozenset({"level", "target"})
_OF_EACH = frozenset({"change_pct", "plan_pct", "over_plan_pct"})
_WHOLES = _ROLES | {"change"}
_MOST = 10  # parts
_PAIR = 2
_APART = 120  # times: a digit left out, be it the first before a 0
_SIGNED = (3, 4, 5)  # numbers of which some are taken off: what there was, came, went and is
_OTHERS = 2  # amounts of its statement between a whole and the statement with its parts
_FAR = 500  # letters from the first to the last number of a row
# how many numbers in place of one that is printed would do by chance, at most: for a row that nothing but its numbers
# speaks for, for a list that words announce, for one that they call parts, for one that stands in the sentence of its
# whole ("216 万亩受灾，139 成灾，57 绝收" hold each other), and for one that counts unlike things
_CHANCE, _CHANCE_OF_TWO = 0.12, 0.04
_CHANCE_ANNOUNCED, _CHANCE_LISTED, _CHANCE_BESIDE, _CHANCE_MIXED = 3.0, 1.0, 0.4, 0.3
_CALLED = 24  # letters behind a number in which it says of what it is
_OF_THEM = regex(r"\b(?:of|among) (?:these|them|those|which|whom|this|the)\b|其中|这些", re.IGNORECASE)
_OF_THE = regex(r"\b(?:of|among) th(?:e|is)\b", re.IGNORECASE)  # "spending of the scheme was 741.8"
_OF = regex(
    r"(?:^|[;:.,]\s*)(?:of|among|out of) (?:(?:the|all|these|those|its|their)\s+)?(?:total (?:of )?)?$"
    r"|^(?:of|among|out of) [^,;:.\d]{3,60}, (?:a total of |about )?" + SIGN + r"$",
    re.IGNORECASE,
)
_COLON = regex(r"[^.;。；:：]{0,80}[:：—–]\s*[^:：;；]{0,40}")
_COMPARED = regex(
    r"\b(?:than|dropped|fell|rose|grew|increased|decreased|up|down|from|compared|against|of the original)\b",
    re.IGNORECASE,
)
_IS_BASE = regex(r"\bof (?:the |all |its |their |these |those )?$", re.IGNORECASE)
_IS_BASE_ZH = regex(r"[亿万千百]?[^，。；\d]{0,2}的(?=\d)")
_LEAST = Decimal("0.3")  # of their whole: what parts are of which one lost a digit
_VERB = regex(r"\b(?:is|are|was|were|has|have|had|did|do|does|will|would|can|could|be|been)\b", re.IGNORECASE)
_DIGIT = regex(r"\d")
_SMALL = 10  # "two of them" may be any two, "thirty-four of them" are counted
_VARIANTS = 20  # per digit: numbers that are one slip away


@dataclass(frozen=True, slots=True)
class _Row:
    whole: Figure
    parts: tuple[Figure, ...]

    @property
    def all(self) -> tuple[Figure, ...]:
        return (*self.parts, self.whole)


def check_runs(told: Told) -> Iterator[Finding]:
    """Every row of amounts that one slip keeps from adding up to the amount right before or behind it."""
    plain = [f for f in told.figures if _is_plain(f)]
    answered: dict[str, set[int]] = {}
    for _, passage in groupby(plain, key=lambda figure: figure.locator.section):
        amounts = list(passage)
        for place in range(len(amounts)):
            rows = [row for row in _rows(amounts, place) if _chance(row) <= _so_likely(told, row)]
            if len(rows) != 1 or not _is_open(told, rows[0]):
                continue
            row, unit = rows[0], rows[0].whole.unit
            if unit not in answered:
                answered[unit] = _answered([f for f in plain if countable(f, row.whole)])
            alone = answered[unit].isdisjoint(f.figure_id for f in row.all)
            if alone or (_so_likely(told, row) > _CHANCE and not _is_answered_near(row, amounts)):
                yield _finding(row)


def _finding(row: _Row) -> Finding:
    finding = tested(partial(sum_of, row.whole, list(row.parts)))
    finding.severity = "warning"
    slipped = _slip(row)
    finding.blamed = (slipped,) if slipped is not None else ()
    return finding


def _is_plain(figure: Figure) -> bool:
    return (
        figure.role in _WHOLES
        and figure.link != "previous_of"
        and is_amount(figure)
        and "/" not in figure.unit
        and figure.qualifier == "exact"
        and figure.value > 0
        and (_DIGIT.search(figure.text) is not None or figure.value > _SMALL)
        and not in_ratio(figure)
    )


def _rows(amounts: Sequence[Figure], place: int) -> list[_Row]:
    """The rows that an amount is nearly the whole of: behind it or before it, from and up to where a statement ends."""
    whole = amounts[place]
    found: dict[tuple[int, ...], _Row] = {}
    behind = _like(whole, amounts[place + 1 : place + 1 + _MOST + _OTHERS])
    begins = next((at for at, figure in enumerate(behind) if not same_statement(figure, whole)), 0)
    ahead = _like(whole, amounts[max(0, place - _MOST) : place][::-1])
    for row in (behind, behind[begins:] if 0 < begins <= _OTHERS else [], ahead):
        for count, together in enumerate(accumulate(figure.value for figure in row[:_MOST]), 1):
            if count < _PAIR or not whole.value < together * _APART or not together < whole.value * _APART:
                continue
            if count < len(row) and same_statement(row[count - 1], row[count]):
                continue
            one = _Row(whole, tuple(sorted(row[:count], key=start)))
            if _slip(one) is not None:
                found[tuple(part.figure_id for part in one.parts)] = one
    return list(found.values())


def _like(whole: Figure, beside: Sequence[Figure]) -> list[Figure]:
    """The amounts beside a whole that may be of its kind, the nearest first, as far as its passage reaches."""
    near = (figure for figure in beside if abs(start(figure) - start(whole)) < _FAR and figure.role in _ROLES)
    return [figure for figure in near if countable(figure, whole) or UNKNOWN in (figure.unit, whole.unit)]


def _is_open(told: Told, row: _Row) -> bool:
    """Whether nothing between its numbers says that others are left out, that some count twice, or how each grew."""
    if not all(countable(part, row.whole) and mark_of(part) == mark_of(row.whole) for part in row.parts):
        return False
    behind = [told.at(told.place[figure.figure_id] + 1) for figure in row.all]
    if sum(one is not None and one.role in _OF_EACH for one in behind) > 1:
        return False  # "GDP 95.28, up 10.1%; revenue 7.72, up 11.2%": each is told for itself
    ordered = sorted(row.all, key=start)
    words = " ".join(map(gap, ordered, ordered[1:]))
    return not OPEN_LIST.search(words) and not OVERLAPS.search(words)


def _is_answered_near(row: _Row, amounts: Sequence[Figure]) -> bool:
    """Whether some amounts of a row make another one of its passage, or others make its whole."""
    values = [figure.value for figure in amounts]
    own = [row.whole.value, *(part.value for part in row.parts)]
    places = [at for at, figure in enumerate(amounts) if figure in row.all]
    for count in _SIGNED:
        windows = (values[first : first + count] for first in range(max(0, places[-1] - count + 1), places[0] + 1))
        if any(len(window) == count and leave_nothing(window) for window in windows):
            return True
    place = next(at for at, figure in enumerate(amounts) if figure is row.whole)
    before_it, behind_it = values[max(0, place - _MOST) : place], values[place + 1 : place + 1 + _MOST]
    return any(together in values for together in _sums(own)) or any(
        row.whole.value in _sums(beside) for beside in (before_it, behind_it)
    )


def _sums(values: Sequence[Decimal]) -> Iterator[Decimal]:
    """What two or more numbers that stand together make."""
    for first in range(len(values) - 1):
        yield from islice(accumulate(values[first:]), 1, None)


def _slip(row: _Row) -> Figure | None:
    """The number of a row which one slip of the pen keeps from adding up, where it is one."""
    missing = row.whole.value - sum(part.value for part in row.parts)
    if abs(missing) <= sum(Decimal(5).scaleb(_grain(figure) - 1) for figure in row.all):
        return None  # it may be rounded
    found = [part for part in row.parts if is_slip_of(part, part.value + missing)]
    found += [row.whole] if is_slip_of(row.whole, row.whole.value - missing) else []
    return found[0] if found else None


def _grain(figure: Figure) -> int:
    """The power of ten of which a value is a multiple."""
    return int(figure.value.normalize().as_tuple().exponent)


def _so_likely(told: Told, row: _Row) -> float:
    """The chance up to which a row is believed: a small one where nothing but its numbers speaks for it."""
    mixed = row.whole.unit != UNKNOWN and any(
        part.unit not in (row.whole.unit, UNKNOWN) and not is_bare(part) for part in row.parts
    )
    if _is_behind(told, row):
        if _is_announced(told, row):
            return _CHANCE_LISTED if mixed else _CHANCE_ANNOUNCED
        if _are_of_it(told, row):
            return _CHANCE_MIXED if mixed else _CHANCE_LISTED
        if not any(_VERB.search(gap(*two)) for two in pairwise(row.parts)):
            if all(part.unit in OPEN_UNITS or not says_unit(part) for part in row.parts):
                return _CHANCE_LISTED  # 安排项目622个。已完工597个，在建25个: they have no noun but the whole's
            if same_sentence(row.parts[0], row.whole) and not mixed:
                return _CHANCE_BESIDE
    if mixed:
        return 0.0
    return _CHANCE if len(row.parts) > _PAIR else _CHANCE_OF_TWO


def _is_behind(told: Told, row: _Row) -> bool:
    """Whether the parts are one list, right behind a whole that is no member of a list itself."""
    whole, first = row.whole, row.parts[0]
    if start(first) < start(whole) or not same_sentence(first, row.parts[-1]):
        return False
    places = told.place[whole.figure_id], told.place[first.figure_id]
    beside = [f for f in told.before(places[0]) if same_sentence(f, whole)] + told.figures[places[0] + 1 : places[1]]
    if any(is_amount(f) and countable(f, whole) and f.link != "previous_of" for f in beside):
        return False
    if all(told.lead(figure).endswith("的") for figure in (whole, first)):
        return False  # 有车的98户，买房的121户: the first of a list itself
    if any(part.role != whole.role for part in row.parts) and whole.role != "change":
        return False  # what was planned is no sum of what was done
    if any(_IS_BASE.search(told.lead(part)) or _IS_BASE_ZH.match(after(part)) for part in row.parts):
        return False  # what another number is taken out of, or a share of
    if (
        _OF_THEM.search(_OF_THE.sub("", told.lead(whole)[-_CALLED:]))
        or sum(part.value for part in row.parts) < whole.value * _LEAST
    ):
        return False  # the first of some parts
    return not any(_COMPARED.search(gap(*two)) for two in pairwise((whole, *row.parts)))


def _is_announced(told: Told, row: _Row) -> bool:
    """Whether words say that all parts follow: "Of the 83 …", a colon."""
    lead = told.lead(row.parts[0])
    return same_sentence(row.parts[0], row.whole) and (
        _COLON.fullmatch(lead) is not None or _OF.search(before(row.whole)) is not None
    )


def _are_of_it(told: Told, row: _Row) -> bool:
    """Whether the first part is said to be one: "1,954 of these", 其中."""
    first = row.parts[0]
    return _OF_THEM.search(told.lead(first) + after(first)[:_CALLED]) is not None


def _chance(row: _Row) -> float:
    """How likely numbers that were never meant to add up are one slip away from it."""
    grain = min(map(_grain, row.all))
    missing = row.whole.value - sum(part.value for part in row.parts)
    meant = [*(part.value + missing for part in row.parts), row.whole.value - missing]
    chance = 0.0
    for value in meant:
        digits = len(str(abs(int(value.scaleb(-grain)))))
        chance += min(1.0, _VARIANTS * digits / (9 * 10 ** (digits - 1)))
    return chance


def _answered(amounts: Sequence[Figure]) -> set[int]:
    """Those of some amounts that stand in a row which adds up to another one, wherever that is told, or to nothing."""
    found: set[int] = set()
    values = [figure.value for figure in amounts]
    places: dict[Decimal, list[int]] = {}
    for place, value in enumerate(values):
        places.setdefault(value, []).append(place)
    for first in range(len(amounts)):
        for count, together in enumerate(accumulate(values[first : first + _MOST]), 1):
            inside = range(first, first + count)
            wholes = [place for place in places.get(together, ()) if place not in inside] if count > 1 else []
            if wholes:
                found.update(amounts[place].figure_id for place in (*inside, *wholes))
        for count in _SIGNED:
            row = values[first : first + count]
            if len(row) == count and leave_nothing(row):
                found.update(figure.figure_id for figure in amounts[first : first + count])
    return found
