"""The noun that a number counts: the head of the phrase behind it, in either language."""

from __future__ import annotations

from functools import lru_cache

from pipelines.catalog.load import catalog
from pipelines.figures.lexicon import lexicon
from pipelines.figures.passage import Passage

# single characters that are nouns by themselves
_HEADS = frozenset("人户村县镇乡市省州旗桥渠窖井")
_SKIPPED = frozenset({"more", "fewer", "less", "other", "new", "additional", "further", "such"})


def chinese_noun(passage: Passage, start: int, end: int, *, last: bool = False) -> tuple[int, int, str] | None:
    """The first noun of a Chinese stretch that names a unit, or with `last` the one that ends it.

    Returns:
        Start, end and unit code; a part of a plan ("structure") only where nothing else is named.
    """
    structure: tuple[int, int, str] | None = None
    place = start
    while place < end:
        noun = passage.nouns.get(place)
        if noun is None or noun[0] > end or not "一" <= passage.text[place] <= "鿿":
            place += 1
            continue
        found = place, noun[0], "structure" if noun[1].is_structure else noun[1].unit
        place = noun[0]
        wanted = noun[1].unit and (noun[0] - found[0] > 1 or passage.text[found[0]] in _HEADS)
        if not wanted or (last and end - noun[0] > 1):
            continue
        if not noun[1].is_structure:
            return found
        structure = structure or found
    return structure


@lru_cache(maxsize=1)
def physical_units() -> frozenset[str]:
    """Codes of units that measure: "3,650 km cement road" counts kilometres, whatever noun follows."""
    kinds = ("area", "area_mu", "length", "mass", "volume", "energy", "power")
    return frozenset(unit.code for unit in catalog().units.values() if unit.kind in kinds)


def noun_head(passage: Passage, start: int, limit: int) -> tuple[str, str, int]:
    """Head noun of the noun phrase that begins at a place.

    Args:
        passage: the text.
        start: what follows a number, or where a clause begins.
        limit: where the phrase ends at the latest.

    Returns:
        Words up to the head, unit code (`other` for an unlisted plural, empty for none), end of the head.
    """
    words, text, bounds = passage.words, passage.text, lexicon().words.boundaries
    head_end, unit, unlisted_end, previous_end = 0, "", 0, start
    index = words.index_from(start)
    while index < len(words.forms) and words.ends[index] <= limit:
        place, form = words.starts[index], words.forms[index]
        gap = text[previous_end:place].strip(" -“”\"‘’'\n")
        if gap:
            break
        noun = passage.nouns.get(place)
        if noun is not None and noun[0] <= limit and noun[1].unit != "times":
            if not head_end and not unlisted_end and noun[1].unit in physical_units():
                return text[start : noun[0]].strip(), noun[1].unit, noun[0]  # "3,650 km cement road" counts kilometres
            head_end, unit = noun[0], "structure" if noun[1].is_structure else noun[1].unit
            previous_end = noun[0]
            index = words.index_from(noun[0])
            continue
        if form in _SKIPPED and not head_end and not unlisted_end:
            previous_end = words.ends[index]
            index += 1
            continue
        if form in ("and", "or") and not head_end and not unlisted_end and previous_end > start:
            previous_end = words.ends[index]  # "secondary and senior technicians"
            index += 1
            continue
        if form in bounds or (head_end and form.endswith(("ed", "ing", "wn", "lt", "ly"))):
            break
        if form.endswith("s") and len(form) > 3 and not form.endswith(("ss", "’s", "'s", "ous", "us", "is")):
            unlisted_end = words.ends[index]
        previous_end = words.ends[index]
        index += 1
    if unlisted_end > head_end:
        return text[start:unlisted_end].strip(), "other", unlisted_end
    return text[start:head_end].strip() if head_end else "", unit, head_end
