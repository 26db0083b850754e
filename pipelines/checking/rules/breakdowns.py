"""Lists that words announce against the amount before them: what claims to split it makes it up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise

from pipelines.checking.evidence import Finding, after, before, says_unit, tested
from pipelines.checking.interval import of, total
from pipelines.checking.rules.called import common_end, have_givers_apart, label_of, may_lack
from pipelines.checking.rules.ends import is_earlier
from pipelines.checking.rules.listing import (
    BASE,
    IN_ORDER,
    OF_THOSE_BEFORE,
    OPEN_LIST,
    OVERLAPS,
    Listing,
    explained,
    listings,
    rests_in_words,
)
from pipelines.checking.rules.sums import are_bare, are_traits, sum_of
from pipelines.checking.rules.told import (
    OPEN_UNITS,
    Told,
    alike,
    are_kinds_of_place,
    countable,
    depth,
    gap,
    in_ratio,
    is_amount,
    is_bare,
    is_measured,
    same_sentence,
    same_statement,
)
from pipelines.figures.figure import Figure
from pipelines.figures.text.signs import YEAR
from pipelines.figures.text.subjects import own_words
from pipelines.patterns import regex

_REST = regex(r"\brest\b|\bremain|\bothers?\b|\belsewhere\b|\bnot\b|其余|其他|其它|剩余|余下|未", re.IGNORECASE)
_SMALL = Decimal("0.3")  # of its whole: a list of less names what stands out
# 总人口15244人，其中农业人口14321人，现有劳动力6811人
_THERE_IS = regex(r"[，；](?:现有|拥有|设有|建有|另有)[^，；]*$")
_SIGN = regex(r"其中|包括|\b(?:includ\w+|(?:of|among) (?:which|whom|these|those|them))\b", re.IGNORECASE)
_WORD = regex(r"[一二三四五六七八九十两]|[A-Za-z]+")


def check_breakdowns(told: Told) -> Iterator[Finding]:
    """Every announced list whose sum is neither the amount that it is told to split nor another one near it."""
    judged: set[tuple[int, ...]] = set()
    for listing in listings(told):
        listing.members = [f for f in listing.members if not _WORD.fullmatch(f.text)] or listing.members
        head = _head(told, listing)
        if (
            head is None
            or head.value <= 0
            or len(listing.members) < 2
            or _hold_each_other(head, listing.members)
            or _are_of_other_years(told, head, listing.members)
            or _lie_apart(head, listing.members)
            or are_bare(listing.members)
            or are_kinds_of_place([f for f in listing.members if f.unit == listing.members[-1].unit])
            or any(_THERE_IS.search(told.lead(member)) for member in listing.members[1:])
            or _is_of_what_grew(told, listing, head)
            or not _is_clear(told, listing, head)
        ):
            continue
        operands = tuple(f.figure_id for f in (head, *listing.members))
        if operands in judged or explained(told, listing):
            continue
        judged.add(operands)
        finding = tested(partial(sum_of, head, listing.members))
        if finding.verdict != "fails":
            continue
        ratio = total(map(of, listing.members)).point / head.value if head.value else Decimal(0)
        if total(map(of, listing.members)).exceeds(of(head)):
            told_apart = listing.sign in ("colon", "split") or not are_traits(head, listing.members)
            twice = len({f.value for f in listing.members}) < len(listing.members)  # 788户入住、拆除旧房788户
            elsewhere = (
                _has_own_whole(told, listing, head)
                or _may_overlap(told, listing, head)
                or _is_of_its_subject(listing, head)
            )
            if told_apart and not twice and not elsewhere:
                yield finding
        elif ratio > _SMALL and _claims_all(told, listing) and _is_near(told, listing, head):
            finding.severity = "warning"
            yield finding


def _is_of_what_grew(told: Told, listing: Listing, head: Figure) -> bool:
    """Whether a list splits what its own sentence says to have grown, of which no amount is printed there.

    As in: …支出5958万元。今年所募集的款物增长3.8倍，其中捐款7085万元，捐物1520万元.
    """
    first = listing.members[0]
    ahead = [f for f in told.sentence(first) if told.place[f.figure_id] < told.place[first.figure_id]]
    return listing.sign == "of which" and not same_sentence(head, first) and any(f.role == "change_pct" for f in ahead)


def _has_own_whole(told: Told, listing: Listing, head: Figure) -> bool:
    """Whether a sentence behind that of an amount prints a larger one for its list: "2,207 of the 2,880 houses"."""
    first = listing.members[0]
    inside = [f for f in told.sentence(first) if f not in listing.members and is_amount(f) and alike(f, head)]
    return not same_sentence(head, first) and any(of(f).exceeds(of(head)) for f in inside)


def _is_of_its_subject(listing: Listing, head: Figure) -> bool:
    """Whether a list splits the subject of its own sentence, of which no amount is printed there.

    As in: Reserves are 860 million. They do not tell of duties such as 300 million for works and 800 for pensions.
    """
    first = listing.members[0]
    sign = _SIGN.search(lead := before(first))
    has_subject = sign is not None and bool(own_words(lead[: sign.start()]))
    return listing.sign == "of which" and not same_sentence(head, first) and has_subject


def _hold_each_other(head: Figure, members: list[Figure]) -> bool:
    """Whether one of several amounts holds another, or what they are told to split, so that they are no list of it."""
    ids = {figure.figure_id for figure in members}
    return any(figure.link == "part_of" and figure.parent in ids for figure in (head, *members))


def _lie_apart(head: Figure, members: list[Figure]) -> bool:
    """Whether an amount is what lies between two others: 支出93.2亿元，为预算96.4亿元的96.7%，未执行3.2亿元."""
    if len(members) != 2:
        return False
    return any((of(one) - of(other)).meets(of(head)) for one, other in (members, members[::-1]))


def _are_of_other_years(told: Told, head: Figure, members: list[Figure]) -> bool:
    """Whether an amount and one of its list are each told of a year of its own: 2017年脱贫456户，2018年脱贫393户."""
    years = [YEAR.findall(told.lead(figure)[-16:]) for figure in (head, *members)]
    return bool(years[0]) and any(one and one != years[0] for one in years[1:])


def _may_overlap(told: Told, listing: Listing, head: Figure) -> bool:
    """Whether two numbers of a whole may count the same ones, as no word says that one is the rest of the other."""
    if len(listing.members) > 2 or listing.sign != "of which" or any(of(f).exceeds(of(head)) for f in listing.members):
        return False
    if not may_lack(told, listing.members[-1], listing.members[0]):
        return True  # 贫困户195户，未脱贫的154户
    if _runs_parallel(told, listing.members) or _exclude_each_other(told, listing.members):
        return False
    last = listing.members[-1]
    return not _REST.search(told.lead(last)) and not _REST.search(after(last)[:24])


def _exclude_each_other(told: Told, members: list[Figure]) -> bool:
    """Whether no two members can count the same: each has another giver, or is another kind of one measured thing."""
    if have_givers_apart(told, members):
        return True
    kind = common_end([label_of(told, f) for f in members])
    return bool(kind) and all(is_measured(f.unit) for f in members)


def _head(told: Told, listing: Listing) -> Figure | None:
    """The amount that a list is told to split: before it in its sentence, or in the sentence before."""
    first = listing.members[0]
    heads = [f for f in listing.heads if not BASE.search(told.lead(f)) and not _WORD.fullmatch(f.text)]
    # what each got on average is no whole of amounts
    heads = [f for f in heads if "/" not in f.unit or "/" in first.unit]
    heads = [f for f in heads if not OF_THOSE_BEFORE.search(told.lead(f))]
    near = [f for f in heads if same_sentence(f, first) and f.link != "previous_of"]
    near = [f for f in near if f.role != "change" or first.role == "change"]
    if listing.sign in ("colon", "bracket"):
        near = [f for f in near if f.unit == first.unit or is_bare(f)]
    if near:
        return near[0]
    if listing.sign != "of which":
        return None
    last = next((f for f in reversed(told.before(told.place[first.figure_id])) if not same_sentence(f, first)), None)
    ahead = [
        f
        for f in heads
        if f.unit.split("/")[0] == first.unit.split("/")[0]
        and _LEVELS.get(f.role, f.role) == _LEVELS.get(first.role, first.role)
        and f.link not in ("previous_of", "part_of")
        and not is_earlier(told, f)
    ]
    ahead = [f for f in ahead if last is not None and same_sentence(f, last)]
    return ahead[0] if ahead else None


_LEVELS = {"per_unit": "level"}


def _is_clear(told: Told, listing: Listing, head: Figure) -> bool:
    """Whether a list is read in full, is of one kind, and its members can be parts of one whole."""
    members = listing.members
    if len({f.figure_id for f in members}) < len(members):
        return False
    if any(f.qualifier != "exact" for f in members) or head.qualifier != "exact" or IN_ORDER.match(after(members[-1])):
        return False
    if any(f.unit in OPEN_UNITS and f.scale > 1 for f in (*members, head)) and not same_sentence(head, members[0]):
        return False
    if any("(" in f.text or "（" in f.text for f in members) or (is_bare(head) and not same_sentence(head, members[0])):
        return False
    last = told.place[members[-1].figure_id]
    span = told.figures[told.place[members[0].figure_id] : last + 1] + told.behind(last)
    beside = [f for f in span if f not in members and f is not head and depth(f) == depth(members[0]) and is_amount(f)]
    beside = [
        f
        for f in beside
        if f.role == members[0].role
        and same_statement(f, members[-1])
        and not _WORD.fullmatch(f.text)
        and not in_ratio(f)
    ]
    bare = not all(map(says_unit, members))
    if any(is_bare(f) and (f.scale > 1 or countable(f, members[0]) or (bare and not says_unit(f))) for f in beside):
        return False  # it may be one of them, of a unit that was not understood
    return not _overlaps(told, members)


def _runs_parallel(told: Told, members: list[Figure]) -> bool:
    """Whether the same word joins each member with what it is: "742 owned by one person and 422 by groups"."""
    joins = [_JOINS.match(told.trail(member)) for member in members]
    return len({(join.group(1) or "are").lower() if join else "" for join in joins}) == 1 and all(joins)


_JOINS = regex(
    r"(?:\s*(?:[a-z]+illion|thousand|crore|lakh))?\s*(?:[(][^()]*[)]\s*)?"
    r"(?:(?:(?:are|were|is|was|came) )?(?:[a-z]+ ){0,2}?(by|in|for|on|from|to)|(?:[a-z]+ ){0,2}?(?:are|were|is|was))\b",
    re.IGNORECASE,
)


_THE_REST = regex(r"\brest\b|\bremain\w*|\bothers?\b|其余|其他|其它|剩余|余下", re.IGNORECASE)


def _overlaps(told: Told, members: list[Figure]) -> bool:
    """Whether the members print shares that are not all together, so that they are groups that may overlap."""
    if OVERLAPS.search(after(members[-1])) or any(OVERLAPS.search(gap(*two)) for two in pairwise(members)):
        return True
    shares = [told.at(told.place[f.figure_id] + 1) for f in members]
    known = [s for f, s in zip(members, shares, strict=True) if s is not None and s.unit == "%" and same_sentence(s, f)]
    return len(known) == len(members) and abs(total(map(of, known)).point - 100) > len(members)


def _is_near(told: Told, listing: Listing, head: Figure) -> bool:
    """Whether a list stands in the sentence of its whole, or right behind it, or ends with the rest."""
    if same_sentence(head, listing.members[0]) or _THE_REST.search(told.lead(listing.members[-1])[-16:]):
        return True
    between = told.figures[told.place[head.figure_id] + 1 : told.place[listing.members[0].figure_id]]
    known = (f for f in between if f.role == head.role and f.link != "previous_of" and not is_earlier(told, f))
    return not any(is_amount(f) and alike(f, head) for f in known)


def _claims_all(told: Told, listing: Listing) -> bool:
    """Whether the words say, or the form shows, that nothing is left of the whole."""
    members = listing.members
    if not listing.closed or OPEN_LIST.search(listing.intro[-40:]) or OPEN_LIST.search(after(members[-1])[:12]):
        return False
    if rests_in_words(told, members[-1]):
        return False
    if not may_lack(told, members[-1], members[0]):
        return False
    # "of which" names what stands out, and the rest may be unsaid
    return listing.sign != "of which" or _rests(told, members[-1])


def _rests(told: Told, last: Figure) -> bool:
    """Whether the last member of a list is called what is left."""
    behind = re.split("[，,;；。]", after(last)[:24])[0]
    return _REST.search(told.lead(last)) is not None or _REST.search(behind) is not None
