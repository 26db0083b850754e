"""What a number can count: which units are counts, and which a number may take from elsewhere."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.nouns import physical_units

_WHOLE = frozenset(
    {"person", "household", "village", "township", "county", "person-time", "project", "event", "document"}
)
_OWN_COUNTER = frozenset({"person", "household", "person-time", "animal", "mu", "hectare", "km", "m", "tonne", "kg"})
NOTHING_COUNTED = frozenset(
    {"", "%", "pp", "structure", "other", "times", "ratio", "fraction", "unknown", "year", "month", "day"}
)


def is_count(draft: Draft) -> bool:
    """Whether a number counts people or things, and measures nothing."""
    return draft.unit not in NOTHING_COUNTED and not is_money(draft.unit) and draft.unit not in physical_units()


def may_count(draft: Draft, unit: str) -> bool:
    """Whether a bare counter may count what another number does: 57个 no money, no length and no persons."""
    return draft.no_noun and bool(unit) and not (is_money(unit) or unit in physical_units() or unit in _OWN_COUNTER)


def take_unit(draft: Draft, unit: str, words: str) -> None:
    """Gives a number a unit with the words that decided it, unless its counter or its decimals forbid it."""
    if draft.noun == "个" and draft.no_noun and not may_count(draft, unit):
        return
    if draft.scale == 1 and "." in draft.token.text and unit in _WHOLE:
        return  # nobody is counted by the tenth: "the coefficient was 0.46"
    draft.unit, draft.decided["unit"] = unit, words


def ends_in_plural(words: str) -> bool:
    """Whether a clause ends in a plural right before the number ("carpet weaving points 64")."""
    last = re.search(r"\b[a-z]+\s+([a-z]{3,}s)\s*$", words, re.IGNORECASE)
    return last is not None and not last.group(1).lower().endswith(("ss", "us", "is", "was", "has"))
