"""Groups of places that a figure speaks of ("the 21 key counties", 罗霄山区), with declared and listed members."""

from __future__ import annotations

import re

from pipelines.catalog.phrases import Found, Hit, words_of
from pipelines.figures.text.lexicon import lexicon
from pipelines.meaning.context import Context
from pipelines.meaning.meaning import RegionGroup
from pipelines.patterns import regex

_PLACES = frozenset({"counties", "villages", "townships", "banners", "districts", "prefectures", "cities"})
_AREAS = frozenset({"mountain", "mountains", "contiguous"})
_COUNTED = regex(
    r"\b(?:in|of|for|among|from|within|throughout)\s+(?:all\s+)?(?:the\s+|its\s+)?"
    r"(?P<number>\d[\d,]*|[a-z]+(?:-[a-z]+)?)\s+(?P<noun>(?:[a-z-]+\s+){0,3}[a-z]+)$",
    re.IGNORECASE,
)
_COUNTED_ZH = regex(
    r"(?P<number>\d[\d,]*)\s?个?(?P<noun>[一-鿿]{0,8}?(?:重点县|贫困县|片区县|旗县|县|重点村|贫困村|村))"
)
_NAME = regex(r"(?:[A-Z][\w’'-]+\s+){1,3}$")
_AREA_BEHIND = regex(r"(?:mountains?(?:\s+areas?)?|contiguous\s+areas?)\b", re.IGNORECASE)
_AREA_ZH = regex(r"[一-鿿]{2,4}(?:山区|片区|边境山区)")
_NUMBER_BEFORE = regex(r"(?<![\d,])\d[\d,]*\s?$")
_WINDOW = 64
_LONGEST_NUMBER = 16


def groups_in(text: str) -> Found[RegionGroup]:
    """The groups that a text names: counted ones ("the 21 key counties") and areas by their name."""
    words = words_of(text)
    hits: list[Hit[RegionGroup]] = []
    for index in sorted(index for form in _PLACES for index in words.places.get(form, ())):
        end = words.ends[index]
        if match := _COUNTED.search(text, max(0, end - _WINDOW), end):
            hits += _counted(match)
    for index in sorted(index for form in _AREAS for index in words.places.get(form, ())):
        start = words.starts[index]
        name = _NAME.search(text, max(0, start - _WINDOW), start)
        if name and (behind := _AREA_BEHIND.match(text, start)):
            hits.append(_named(text, name.start(), behind.end()))
    if words.chinese:
        for start, end in words.chinese:
            if "县" in text[start:end] or "村" in text[start:end]:
                number = _NUMBER_BEFORE.search(text, max(start - _LONGEST_NUMBER, 0), start)
                match = _COUNTED_ZH.match(text, number.start(), end) if number else None
                hits += _counted(match) if match else []
            hits += [_named(text, *match.span()) for match in _AREA_ZH.finditer(text, start, end)]
    return Found(sorted(hits, key=lambda hit: hit.start))


def _counted(match: re.Match[str]) -> list[Hit[RegionGroup]]:
    declared = _number(match.group("number"))
    if declared is None:
        return []
    words = f"{match.group('number')} {match.group('noun')}".strip()
    return [Hit(match.start(), match.end(), RegionGroup(words, declared, 0), 0)]


def _named(text: str, start: int, end: int) -> Hit[RegionGroup]:
    return Hit(start, end, RegionGroup(text[start:end].strip(), None, 0), 1)


def group_of(context: Context, groups: Found[RegionGroup], places: Found[str]) -> RegionGroup | None:
    """The group of places that a figure's statement names before it; the figure that counts the group is none of it.

    Args:
        context: where the words around the figure are.
        groups: the groups that the text names.
        places: the places that it names.

    Returns:
        Its words, how many members it declares (None where it does not say) and how many the sentence lists.
    """
    if context.is_cell:
        return None
    hits = groups.within(context.statement[0], context.start)
    if not hits:
        return None
    chosen = next((hit for hit in reversed(hits) if hit.order == 0), hits[-1])
    named = {hit.payload or hit.start for hit in places.within(chosen.start, context.sentence[1])}
    return RegionGroup(chosen.payload.words, chosen.payload.declared, len(named) if len(named) > 1 else 0)


def _number(words: str) -> int | None:
    if words[0].isdecimal():
        return int(words.replace(",", ""))
    return lexicon().words.numbers.words.get(words.lower())
