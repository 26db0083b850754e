"""Numbers whose noun is left out, as the words before have said it: "500 went to pupils and 750 to teachers"."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex


def as_in_parallel(draft: Draft, earlier: list[Draft], passage: Passage) -> tuple[str, str]:
    """The unit of a number that stands where another one of its sentence stood, and the words; empty where none did.

    In this order: "the 9 of the south" beside "the 12 districts of the north"; "750 to teachers" behind "500 went to
    pupils"; "more than 3,500 in all" behind "80 people each". What the other one counts is not known where it is not.
    """
    same = [other for other in earlier if other.sentence == draft.sentence and not other.is_ratio]
    text = passage.text
    if _THE.search(text, draft.before, draft.start) and _OF_THE.match(text, draft.token.end):
        told = [o for o in same if _THE.search(text, o.before, o.start) and _OF_THE.match(text, o.end)]
        return _as(told[-1]) if told else ("unknown", "it stands for what was told before")
    place = _PLACED.match(text, draft.token.end)
    if place is not None and _JOINED.search(text, draft.before, draft.start):
        word = _PLACES[place.group(1)]
        told = [o for o in same if o.scale == draft.scale and word.match(text, o.end) and "/" not in o.unit]
        if told:
            return _as(told[-1])
    held = same[-1] if same else None
    if held is not None and held.unit == "other":
        alone = held.noun and _ALONE.search(text, draft.before, draft.start) and _DOES.match(text, draft.token.end)
        if alone or _THE_OTHER.search(text, draft.before, draft.start):
            return _as(held)
    each = next((o for o in reversed(same) if "/" in o.unit and not is_money(o.unit)), None)
    if each is not None and _IN_ALL.match(text, draft.token.end) and _EACH.match(text, each.end):
        return each.unit.partition("/")[0], f"{each.token.text} each, in all"
    return "", ""


def _as(other: Draft) -> tuple[str, str]:
    return other.unit or "unknown", f"as {other.token.text} before it"


_THE = regex(r"\bthe $", re.IGNORECASE)
_OF_THE = regex(r" (?:[a-z]+ ){0,2}?of the [a-z]")
_PLACED = regex(r" (to|for|in|on|from|by|at)\b")
_PLACES = {word: regex(rf"[^,;.\d]{{0,40}}?\b{word}\b") for word in ("to", "for", "in", "on", "from", "by", "at")}
_JOINED = regex(r"(?:\band|\bbut|\bwhile|,)\s+(?:another |a further |about |some |only |nearly )?$", re.IGNORECASE)
# "37 wards; 25 have a bus line, and of the other 12 …": wards, too
_ALONE = regex(r"[,;]\s+(?:and |but |while |only |about |some )*$", re.IGNORECASE)
_DOES = regex(r"\s*(?:had|have|were|are|did|do|could|went|got)\b", re.IGNORECASE)
_THE_OTHER = regex(r"\b(?:the|its|their) (?:other|remaining) $", re.IGNORECASE)
_IN_ALL = regex(r" (?:in all|in total|altogether)\b")
_EACH = regex(r"\s*(?:each|apiece)\b")
