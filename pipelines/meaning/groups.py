"""Groups of places that a figure speaks of ("the 21 key counties", 罗霄山区), with declared and listed members."""

from __future__ import annotations

import re

from pipelines.catalog.phrases import Found, Hit
from pipelines.figures.lexicon import lexicon
from pipelines.meaning.context import Context
from pipelines.meaning.meaning import RegionGroup

_COUNTED = re.compile(
    r"\b(?:in|of|for|among|from|within|throughout)\s+(?:all\s+)?(?:the\s+|its\s+)?"
    r"(?P<number>\d[\d,]*|[a-z]+(?:-[a-z]+)?)\s+"
    r"(?P<noun>(?:[a-z-]+\s+){0,3}(?:counties|villages|townships|banners|districts|prefectures|cities))\b",
    re.IGNORECASE,
)
_COUNTED_ZH = re.compile(
    r"(?P<number>\d[\d,]*)\s?个?(?P<noun>[一-鿿]{0,8}?(?:重点县|贫困县|片区县|旗县|县|重点村|贫困村|村))"
)
_AREA = re.compile(
    r"(?P<area>(?:[A-Z][\w’'-]+\s+){1,3}(?:Mountains?(?:\s+[Aa]reas?)?|[Cc]ontiguous\s+[Aa]reas?))"
    r"|(?P<zh>[一-鿿]{2,4}(?:山区|片区|边境山区))"
)


def groups_in(text: str) -> Found[RegionGroup]:
    """The groups that a text names; counted ones before areas, so that "the 17 counties of an area" count."""
    hits: list[Hit[RegionGroup]] = []
    for pattern in (_COUNTED, _COUNTED_ZH):
        for match in pattern.finditer(text):
            declared = _number(match.group("number"))
            if declared is not None:
                words = f"{match.group('number')} {match.group('noun')}".strip()
                hits.append(Hit(match.start(), match.end(), RegionGroup(words, declared, 0), 0))
    areas = _AREA.finditer(text)
    hits += [Hit(match.start(), match.end(), RegionGroup(match.group().strip(), None, 0), 1) for match in areas]
    return Found(sorted(hits, key=lambda hit: hit.start))


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
