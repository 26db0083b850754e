"""Nouns right behind a number that name no unit: what it counts is no noun before it."""

from __future__ import annotations

from pipelines.figures.draft import Draft
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import COUNT_WORDS
from pipelines.patterns import regex


def has_own_noun(draft: Draft, passage: Passage) -> bool:
    """Whether what stands behind a number is a noun of its own: "13 exclusion criteria have been", "2,350 traders"."""
    behind = draft.token.end
    if draft.scale == 1 and draft.token.kind == "digits" and _TWO_WORDS.match(passage.text, behind):
        pair = _words(passage, behind, 2)
        if not any(_is_no_noun(form) for form in pair):
            return True
    if draft.token.value == 1 or _PLURAL.match(passage.text, behind) is None:
        return False
    [word] = _words(passage, behind, 1)
    return word not in lexicon().words.boundaries and word not in _NO_PLURAL


def _words(passage: Passage, place: int, count: int) -> tuple[str, ...]:
    index = passage.words.index_from(place)
    return passage.words.forms[index : index + count]


def _is_no_noun(form: str) -> bool:
    """Whether a word is a verb, joins others, or counts: "3,700 two years later"."""
    joins = form in lexicon().words.boundaries or form in _NO_NOUN or form in COUNT_WORDS
    return joins or form.endswith(("ed", "ing", "ly", "ere"))


_TWO_WORDS = regex(r" ([a-z]+) ([a-z]+)\b")
# a verb behind so many would have no s
_PLURAL = regex(r" [a-z]{2,}(?<!s)s\b(?! of (?:which|these|those|them))")
_NO_PLURAL = frozenset(
    {"was", "has", "is", "does", "this", "its", "his", "thus", "plus", "less", "as", "us", "others", "times", "ones"}
    | {
        "always",
        "perhaps",
        "besides",
        "towards",
        "afterwards",
        "nevertheless",
        "minus",
        "versus",
        "thousands",
        "millions",
    }
    | {"points", "pence", "percents", "sometimes", "across", "overseas", "upwards", "downwards", "onwards"}
)
_NO_NOUN = frozenset(
    {"no", "not", "never", "still", "also", "already", "longer", "more", "fewer", "less", "such", "other", "percent"}
    | {"per", "cent", "new", "only", "now"}
)
