"""Words that the end of a line parts (kilo-⏎metres, house-⏎holds), put together where that is a word of numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.figures.text.lexicon import lexicon
from pipelines.patterns import regex

_PARTED = regex(r"\b([A-Za-z]{2,})-[ \t]*\n[ \t]*([a-z]{2,})\b")


def rejoined(text: str) -> str:
    """The text with such words whole and blanks before them; of the same length, so that all else keeps its place."""
    return _PARTED.sub(_joined, text) if "-\n" in text or "- \n" in text else text


def _joined(match: re.Match[str]) -> str:
    word = match.group(1) + match.group(2)
    return word.rjust(len(match.group())) if word.lower() in _known() else match.group()


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Units and counted nouns of one word, and shares; scales are read in two pieces."""
    words = (*lexicon().units, *lexicon().words.structure, "percent", "percentage")
    return frozenset(form for word in words if word.isascii() and word.isalpha() for form in (word, f"{word}s"))
