"""What a clause says about itself before its number: a subject of its own, or nothing but light words."""

from __future__ import annotations

from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex

_WORD = regex(r"[a-z][a-z’'-]*")
_CHINESE = regex(r"[一-鿿]+")
_VERBS = ("rise", "fall", "share", "completion", "excess", "compared")
_RATIO = regex(r"率|比例|比重|进度")
_LONGEST = 160  # letters of a clause that are looked at


def lead(passage: Passage, start: int, end: int) -> str:
    """What a clause says before its first word of change, share or completion, or before its number."""
    start = max(start, end - _LONGEST)
    hits = (passage.first(kind, start, end) for kind in _VERBS)
    first = min((hit.start for hit in hits if hit is not None), default=end)
    return passage.text[start:first]


def own_words(stretch: str) -> frozenset[str]:
    """The words of a stretch that name something: English words, and pairs of Chinese characters.

    What only relates ("which was", "than in 2010", 比上年, 达到) names nothing.
    """
    words = lexicon()
    found = {word for word in _WORD.findall(stretch.lower()) if word not in words.words.light}
    for run in _CHINESE.findall(_RATIO.sub(" ", stretch)):
        for piece in words.light_zh.sub(" ", run).split():
            found |= {piece[place : place + 2] for place in range(max(len(piece) - 1, 1))}
    return frozenset(found)


def names_same(subject: frozenset[str], label: frozenset[str]) -> bool:
    """Whether most of what a subject names is named by a label too."""
    return bool(subject) and 2 * len(subject & label) > len(subject)
