"""Lists in lines or statements, and several classifications of one whole: "By province: …; by purpose: …".

Each list claims to be all of the amount before the first of them. Of an item only its first amount of a kind is a
member: what else it tells ("31.2 million yuan for 45 km, with loans of 15 million") is about that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise

from pipelines.checking.evidence import Finding, after, before, tested
from pipelines.checking.interval import of, total
from pipelines.checking.rules.ends import is_earlier
from pipelines.checking.rules.listing import OPEN_LIST, OVERLAPS, STOP, rests_in_words
from pipelines.checking.rules.sums import are_traits, sum_of
from pipelines.checking.rules.told import OPEN_UNITS, RATIOS, Told, alike, countable, depth, is_amount
from pipelines.figures.figure import Figure
from pipelines.patterns import regex

_OPENS = regex(
    r"[:：]?[ \t]*\n[ \t]*(?=[-–—*•·●○◆■▪➢(（\d一二三四五六七八九十①-⑳a-z])"
    r"|(?:^|(?<=[;；。.,，\n]))\s*(?:其中)?[，,]?(?:再|又)?(?:按[^，。；：\d]{1,10}(?:分|看|划分|统计|计)|[分从][^，。；：\d]{1,6}看)[，,：:]"
    r"|(?:^|(?<=[;.,\n]))\s*(?:and )?[Bb]y (?:the )?[a-z][a-z -]{2,40}[,:]"
    r"|按[^，。；：\d]{1,6}分[：:]"
)
_ENDS = regex(r"[;；\n]")
_NO_ITEM = regex(r"\s*(?:[-–—*•·]\s*)?(?:其中|of which|including|of these|合计|共计|总计|total)", re.IGNORECASE)
_WORD = regex(r"[一二三四五六七八九十两]+|[A-Za-z-]+")
_ABOUT = frozenset({"change", "change_pct", "share_pct", "rate_pct", "diff_pp", "plan_pct", "over_plan_pct", "rank"})
_SAME = {"target": "level", "per_unit": "level"}
_FAR = 4  # times as much, or as little: a list of something else
_COUNTED = 20  # members at most that a word counts
_FEW = 3  # members of which one may be counted in another


@dataclass(frozen=True, slots=True)
class _List:
    """The figures of one list by item, with those before it among which its whole is; `split` where words split it."""

    items: list[list[Figure]]
    heads: list[Figure]
    words: str
    split: bool


def check_items(told: Told) -> Iterator[Finding]:
    """Every list whose members make neither the amount before it nor any other that it can be of."""
    listed: set[int] = set()
    for _, group in groupby(told.figures, key=lambda figure: figure.locator.sentence_start):
        figures = list(group)
        for one in _lists(told, figures, listed):
            yield from _judged(told, one)


def _lists(told: Told, figures: list[Figure], listed: set[int]) -> Iterator[_List]:
    first = figures[0]
    sentence, base = first.sentence, first.locator.sentence_start or 0
    if "\n" not in sentence and "分" not in sentence and "y " not in sentence and "看" not in sentence:
        return
    signs = [match.span() for match in _OPENS.finditer(sentence)]
    signs = [
        span
        for place, span in enumerate(signs)
        if not place or (sentence[span[0]] != "\n" and "\n" not in sentence[slice(*span)])
    ]
    if not signs:
        return
    ahead = [f for f in figures if (f.locator.start or 0) - base < signs[0][0]]
    for place, (opened, start) in enumerate(signs):
        end = signs[place + 1][0] if place + 1 < len(signs) else len(sentence)
        inside = [f for f in figures if start <= (f.locator.start or 0) - base < end]
        listed |= {f.figure_id for f in inside}
        heads = ahead or _sentence_before(told, first, listed)
        cuts = [start, *(start + match.end() for match in _ENDS.finditer(sentence[start:end])), end]
        items = [
            [f for f in inside if low <= (f.locator.start or 0) - base < high]
            for low, high in pairwise(cuts)
            if sentence[low:high].strip() and not _NO_ITEM.match(sentence[low:high])
        ]
        if heads and items:
            yield _List(
                items, heads, sentence[:start][-60:] + after(figures[-1])[:40], "\n" not in sentence[opened:start]
            )


def _sentence_before(told: Told, first: Figure, listed: set[int]) -> list[Figure]:
    """The figures of the sentence before one, without those of its lists."""
    place = told.place[first.figure_id]
    near = [f for f in told.before(place, 24) if f.figure_id not in listed]
    return [f for f in near if f.locator.sentence_start == near[-1].locator.sentence_start] if near else []


def _judged(told: Told, one: _List) -> Iterator[Finding]:
    judged: list[Figure] = []
    for head in reversed(one.heads):
        if not _can_be_member(head) or head.role in _ABOUT or any(head.unit == other.unit for other in judged):
            continue
        judged.append(head)
        members = _members(one, head)
        if len(members) < 2 or head.qualifier != "exact" or any(f.qualifier != "exact" for f in members):
            continue
        if any(_WORD.fullmatch(f.text) and len(members) < f.value <= _COUNTED for f in one.items[0]):
            continue  # 三次产业均增长：第一产业47.5亿元；第二产业730.5亿元: one is told elsewhere
        wholes = [
            f for f in one.heads if _can_be_member(f) and alike(f, head) and (f.scale == 1 or f.unit == head.unit)
        ]
        told_before = [f for f in told.wide(told.place[members[0].figure_id]) if alike(f, head) and f not in members]
        if _is_answered(one, members, [*wholes, *told_before]):
            continue
        wholes = [f for f in wholes if f.link not in ("previous_of", "part_of") and not is_earlier(told, f)]
        # what was planned is no sum of what was done, nor people of households
        wholes = [f for f in wholes if f.role == members[0].role and all(_may_be_one(f, part) for part in members)]
        if len(wholes) != 1 or depth(wholes[0]) or any(depth(f) for f in members):
            continue
        finding = tested(partial(sum_of, wholes[0], members))
        above = total(map(of, members)).exceeds(of(wholes[0]))
        ratio = total(map(of, members)).point / wholes[0].value if wholes[0].value else 0
        if finding.verdict != "fails" or not 1 / _FAR < float(ratio) < _FAR:
            continue
        if OVERLAPS.search(one.words) or (not one.split and are_traits(wholes[0], members)):
            continue
        if not above and (OPEN_LIST.search(one.words) or rests_in_words(told, members[-1])):
            continue
        if not above:
            finding.severity = "warning"
        yield finding


def _may_be_one(whole: Figure, part: Figure) -> bool:
    return whole.unit == part.unit or not OPEN_UNITS.isdisjoint((whole.unit, part.unit))


def _can_be_member(figure: Figure) -> bool:
    return is_amount(figure) and figure.unit not in RATIOS and not _WORD.fullmatch(figure.text)


def _members(one: _List, head: Figure) -> list[Figure]:
    """Of several items the first amount of a kind in each, of a single one all; none where an item lacks it."""
    found: list[Figure] = []
    items, role = one.items, _SAME.get(head.role, head.role)
    for item in items:
        some = [f for f in item if _can_be_member(f) and f.link != "previous_of" and _SAME.get(f.role, f.role) == role]
        same = [f for f in some if alike(f, head)]
        some = same or [f for f in some if countable(f, head) and not any(alike(f, other) for other in one.heads)]
        if not some and len(found) > 1 and item is items[1]:
            return found  # a list in one statement, and another about it
        if not some:
            return []
        found += some if len(items) == 1 or (item is items[0] and not _has(items[1], head)) else some[:1]
    return [] if any(STOP.search(before(f)[-16:]) for f in found) else found


def _has(item: list[Figure], head: Figure) -> bool:
    """Whether an item tells an amount of the kind of a whole."""
    return any(_can_be_member(f) and countable(f, head) for f in item)


def _is_answered(one: _List, members: list[Figure], wholes: list[Figure]) -> bool:
    """Whether some reading of a list makes one of the amounts before it."""
    some = [f for item in one.items for f in item if _can_be_member(f) and any(alike(f, member) for member in members)]
    last = [[f for f in item if f in some][-1] for item in one.items if any(f in some for f in item)]
    readings = [members, some, last]
    if len(members) >= _FEW:
        readings += [[f for f in members if f is not less] for less in members]
    sums = [total(map(of, reading)) for reading in readings]
    return any(found.meets(of(whole)) for found in sums for whole in wholes)
