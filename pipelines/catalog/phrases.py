"""Finds the phrases of the vocabularies in a text, all of them in one pass, whatever their number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

_WORD = re.compile(r"[a-z]+(?:[’'][a-z]+)*")
_CHINESE = re.compile(r"[〇㐀-鿿]+")
_STEM = 3  # letters of a stem that ends in `*` by which it is looked up
PayloadT = TypeVar("PayloadT")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in small letters, with their places; a hyphen parts words as a blank does."""

    lower: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    chinese: tuple[tuple[int, int], ...]

    def index_from(self, position: int) -> int:
        """Index of the first word that begins at or after a position."""
        return bisect_left(self.starts, position)


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The English words and the Chinese stretches of a text."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters change their length; positions must stay those of the text
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    found = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(lower)]
    starts, ends, forms = zip(*found, strict=True) if found else ((), (), ())
    chinese = tuple(match.span() for match in _CHINESE.finditer(lower))
    return Words(lower, starts, ends, forms, chinese)


@dataclass(frozen=True, slots=True)
class Hit(Generic[PayloadT]):
    """One phrase found in a text."""

    start: int
    end: int
    payload: PayloadT
    order: int


class Phrases(Generic[PayloadT]):
    """An index of phrases with what they stand for.

    A phrase is a sequence of English words, each of which may end in `*` for any ending, or a stretch of Chinese.
    """

    def __init__(self, entries: Iterable[tuple[str, PayloadT]]) -> None:
        self._exact: dict[str, list[tuple[tuple[str, ...], PayloadT, int]]] = {}
        self._stems: dict[str, list[tuple[str, tuple[str, ...], PayloadT, int]]] = {}
        self._chinese: dict[str, list[tuple[str, PayloadT, int]]] = {}
        self._known: dict[str, list[tuple[tuple[str, ...], PayloadT, int]]] = {}
        for order, (phrase, payload) in enumerate(entries):
            self._add(phrase.replace("-", " ").strip().lower(), payload, order)
        for chinese in self._chinese.values():
            chinese.sort(key=lambda candidate: -len(candidate[0]))

    def _add(self, phrase: str, payload: PayloadT, order: int) -> None:
        if not phrase:
            raise ValueError("an empty phrase")
        if _CHINESE.match(phrase):
            self._chinese.setdefault(phrase[0], []).append((phrase, payload, order))
            return
        parts = tuple(part.rstrip("'’") for part in phrase.split())
        first, rest = parts[0], parts[1:]
        if first.endswith("*"):
            stem = first[:-1]
            if len(stem) < _STEM:
                raise ValueError(f"{phrase}: at least {_STEM} letters must stand before *")
            self._stems.setdefault(stem[:_STEM], []).append((stem, rest, payload, order))
        else:
            self._exact.setdefault(first, []).append((rest, payload, order))

    def _candidates(self, word: str) -> list[tuple[tuple[str, ...], PayloadT, int]]:
        known = self._known.get(word)
        if known is None:
            known = list(self._exact.get(word, ()))
            known += [
                (rest, payload, order)
                for stem, rest, payload, order in self._stems.get(word[:_STEM], ())
                if word.startswith(stem)
            ]
            known.sort(key=lambda candidate: (-len(candidate[0]), candidate[2]))
            if len(self._known) < 50_000:
                self._known[word] = known
        return known

    def find(self, text: str, *, shorter: bool = False) -> list[Hit[PayloadT]]:
        """All phrases of a text in order; of those that begin at one place the longest, or with `shorter` all."""
        words = words_of(text)
        hits = list(self._english(words, shorter))
        if words.chinese:
            hits += self._in_chinese(words, shorter)
            hits.sort(key=lambda hit: hit.start)
        return hits

    def _english(self, words: Words, shorter: bool) -> Iterator[Hit[PayloadT]]:
        forms, count = words.forms, len(words.forms)
        for index, form in enumerate(forms):
            for rest, payload, order in self._candidates(form):
                last = index + len(rest)
                if last < count and (not rest or (_follow(forms, index + 1, rest) and _unbroken(words, index, last))):
                    yield Hit(words.starts[index], words.ends[last], payload, order)
                    if not shorter:
                        break

    def _in_chinese(self, words: Words, shorter: bool) -> Iterator[Hit[PayloadT]]:
        lower = words.lower
        for start, end in words.chinese:
            for position in range(start, end):
                for phrase, payload, order in self._chinese.get(lower[position], ()):
                    if lower.startswith(phrase, position):
                        yield Hit(position, position + len(phrase), payload, order)
                        if not shorter:
                            break


def _follow(forms: tuple[str, ...], index: int, rest: tuple[str, ...]) -> bool:
    """Whether the words from an index on are those of a phrase."""
    return all(
        forms[place].startswith(part[:-1]) if part.endswith("*") else forms[place] == part
        for place, part in enumerate(rest, index)
    )


def _unbroken(words: Words, first: int, last: int) -> bool:
    """Whether nothing but blanks, hyphens and quotation marks stands between neighbouring words."""
    return all(
        words.starts[index + 1] - words.ends[index] == 1
        or not words.lower[words.ends[index] : words.starts[index + 1]].strip(" \n\t-–“”\"‘’'")
        for index in range(first, last)
    )


class Found(Generic[PayloadT]):
    """The hits of one kind in one text, looked up by place."""

    __slots__ = ("_ends", "_starts", "hits")

    def __init__(self, hits: list[Hit[PayloadT]]) -> None:
        self.hits = hits
        self._starts = [hit.start for hit in hits]
        self._ends = sorted(hit.end for hit in hits)

    def within(self, start: int, end: int) -> list[Hit[PayloadT]]:
        """Hits that lie wholly in a stretch, in order."""
        lower, upper = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [hit for hit in self.hits[lower:upper] if hit.end <= end]

    def last(self, start: int, end: int) -> Hit[PayloadT] | None:
        """The last hit that lies wholly in a stretch."""
        found = self.within(start, end)
        return found[-1] if found else None

    def first(self, start: int, end: int) -> Hit[PayloadT] | None:
        """The first hit that lies wholly in a stretch."""
        found = self.within(start, end)
        return found[0] if found else None
