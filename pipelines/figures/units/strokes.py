"""Units behind a stroke: 5 t/ha, 4立方米/秒, 150人/平方公里; never the unit before the stroke alone."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.per_before import decide_per
from pipelines.patterns import regex

UNKNOWN_UNIT = "a unit behind a stroke that is not known"
_STROKE = regex(
    r"\s?/\s?(?:每)?(?:(?P<square>(?:sq\.?|square|cu\.?|cubic)\s?(?:km|m|kilomet(?:re|er)|met(?:re|er)))\b|(?P<latin>[A-Za-zµ]+)(?P<power>[²³]|[23](?!\d))?|(?P<base>10[,0]*0)(?!\d)|(?=[一-鿿㌀-㏿]))"
)
# of time, which the catalogue counts in days and more
_TIMES = frozenset(
    {"s", "sec", "second", "seconds", "min", "minute", "h", "hr", "hour", "hours", "week", "wk", "quarter"}
)
_TIMES_ZH = ("秒", "小时", "分钟", "时", "分", "周", "季")
_SPANS = frozenset({"day", "month", "year"})
_POWERS = {"m2": "m2", "m3": "m3", "km2": "km2"}
_PLAIN_POWERS = str.maketrans("²³", "23")


def read_stroke(draft: Draft, passage: Passage) -> None:
    """Makes the unit of a number one per another where a stroke and a unit follow; unread where that is not known."""
    text, whole = passage.text, draft.unit.removesuffix("/other")
    if draft.why or not text.startswith(("/", " /", "·", "・"), draft.end):
        if not whole and _LETTERS.match(text, draft.end):
            draft.why = UNKNOWN_UNIT  # 30 L/min
        return
    if "/" in whole and _MORE.match(text, draft.end):
        draft.why = UNKNOWN_UNIT  # 200元/吨·公里
    if not whole or "/" in whole:
        return
    found = _STROKE.match(text, draft.end)
    if found is None:
        return
    measured = is_money(whole) or whole in physical_units()
    if found.group("base"):
        draft.why = UNKNOWN_UNIT  # 3 beds/1000 people
        return
    unit, end = _unit(text, found)
    if unit and (measured or unit in physical_units() or unit in _SPANS):
        draft.unit = whole
        decide_per(draft, unit, text[found.start() : end])
        draft.end = end
    elif unit is None:  # by the second, hour, week: a measure that keeps its value, and no unit of its own
        draft.unit, draft.noun, draft.end = "other", text[draft.token.end : end].strip(), end
        draft.decided["unit"] = draft.noun
    elif measured or _is_one(found):
        draft.why = UNKNOWN_UNIT  # of two nouns the stroke says "or": 20 towns/villages


_LETTERS = regex(r"\s?(?!and/|or/)[A-Za-zµ]{1,3}/(?:[a-z]|\d)")
_PLURALS = ("s", "men", "people", "children")
_MORE = regex(r"[·・/](?!年)[一-鿿a-z]")


def _is_one(found: re.Match[str]) -> bool:
    """Whether the word behind a stroke is one of a kind that nobody knows: 2 teachers/class, but 20 men/women."""
    latin = found.group("latin") or ""
    return len(latin) > 1 and latin.islower() and (latin.endswith("ss") or not latin.endswith(_PLURALS))


def _unit(text: str, found: re.Match[str]) -> tuple[str | None, int]:
    """The code of the unit behind a stroke (empty for an unknown word, None for a time without a code), and its end."""
    lexic = lexicon()
    if square := found.group("square"):
        code = ("km" if "k" in square else "m") + ("2" if square.startswith("s") else "3")
        return _POWERS.get(code, ""), found.end()
    if latin := found.group("latin"):
        word = latin.lower() + (found.group("power") or "").translate(_PLAIN_POWERS)
        if word in _TIMES:
            return None, found.end()
        code = _POWERS.get(word) or lexic.words.per.words.get(word) or lexic.units.get(word) or ""
        return ("" if code in ("other", "structure") else code), found.end()
    known = lexic.unit_after(text, found.end(), len(text))
    if known is not None:
        code = lexic.unit_codes[known[0]]
        return ("" if code == "structure" else code), known[1]
    time = next((word for word in _TIMES_ZH if text.startswith(word, found.end())), "")
    return (None if time else ""), found.end() + len(time)
