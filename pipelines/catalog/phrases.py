"""Finds the phrases of the vocabularies in a text, all of them in one pass, whatever their number."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

WORD = re.compile(r"[a-z]+(?:[’'][a-z]+)*")
_CHINESE = re.compile(r"[〇㐀-鿿]+")
_SHORT = 80  # characters of a label
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
    distinct: frozenset[str] = frozenset()

    def index_from(self, position: int) -> int:
        """Index of the first word that begins at or after a position."""
        return bisect_left(self.starts, position)


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The English words and the Chinese stretches of a text."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters change their length; positions must stay those of the text
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    found = [(match.start(), match.end(), match.group()) for match in WORD.finditer(lower)]
    starts, ends, forms = zip(*found, strict=True) if found else ((), (), ())
    chinese = tuple(match.span() for match in _CHINESE.finditer(lower))
    return Words(lower, starts, ends, forms, chinese, frozenset(forms))


@dataclass(frozen=True, slots=True)
class Hit(Generic[PayloadT]):
    """One phrase found in a text."""

    start: int
    end: int
    payload: PayloadT
    order: int


_NOTHING: list[Any] = []  # shared by all words that begin no phrase
_Candidate = tuple[tuple[str, ...], str, Any, int]


class Phrases:
    """An index of the phrases of several vocabularies with what they stand for.

    A phrase is a sequence of English words, each of which may end in `*` for any ending, or a stretch of Chinese.
    """

    def __init__(
        self, vocabularies: Mapping[str, Iterable[tuple[str, Any]]], every: frozenset[str] = frozenset()
    ) -> None:
        """Indexes phrases with their payloads.

        Args:
            vocabularies: name of a vocabulary → its phrases with what they stand for.
            every: vocabularies of which not only the longest phrase that begins at a place is wanted, but all.

        Raises:
            ValueError: an empty phrase, or a stem that is too short.
        """
        self._names = tuple(vocabularies)
        self._every = every
        self._exact: dict[str, list[_Candidate]] = {}
        self._stems: dict[str, list[tuple[str, _Candidate]]] = {}
        self._chinese: dict[str, list[tuple[str, str, Any, int]]] = {}
        self._known: dict[str, list[_Candidate]] = {}
        for name, entries in vocabularies.items():
            for order, (phrase, payload) in enumerate(entries):
                self._add(name, phrase.replace("-", " ").strip().lower(), payload, order)
        for chinese in self._chinese.values():
            chinese.sort(key=lambda candidate: -len(candidate[0]))

    def _add(self, name: str, phrase: str, payload: Any, order: int) -> None:  # noqa: ANN401 - whatever it stands for
        if not phrase:
            raise ValueError("an empty phrase")
        if _CHINESE.match(phrase):
            self._chinese.setdefault(phrase[0], []).append((phrase, name, payload, order))
            return
        parts = tuple(part.rstrip("'’") for part in phrase.split())
        first, rest = parts[0], parts[1:]
        if first.endswith("*"):
            stem = first[:-1]
            if len(stem) < _STEM:
                raise ValueError(f"{phrase}: at least {_STEM} letters must stand before *")
            self._stems.setdefault(stem[:_STEM], []).append((stem, (rest, name, payload, order)))
        else:
            self._exact.setdefault(first, []).append((rest, name, payload, order))

    def _candidates(self, word: str) -> list[_Candidate]:
        known = list(self._exact.get(word, ()))
        known += [candidate for stem, candidate in self._stems.get(word[:_STEM], ()) if word.startswith(stem)]
        known.sort(key=lambda candidate: (-len(candidate[0]), candidate[3]))
        known = known or _NOTHING
        if len(self._known) < 50_000:
            self._known[word] = known
        return known

    def _begun_by(self, word: str) -> list[_Candidate]:
        """The phrases that begin with a word."""
        known = self._known.get(word)
        return self._candidates(word) if known is None else known

    def find(self, text: str) -> dict[str, list[Hit[Any]]]:
        """All phrases of a text in order, by vocabulary; of those that begin at one place the longest."""
        found: dict[str, list[Hit[Any]]] = {name: [] for name in self._names}
        if len(text) <= _SHORT and text.isascii() and not any(map(self._begun_by, WORD.findall(text.lower()))):
            return found  # a label, most of which are names
        words = words_of(text)
        self._english(words, found)
        if words.chinese:
            self._in_chinese(words, found)
            for hits in found.values():
                hits.sort(key=lambda hit: hit.start)
        return found

    def _english(self, words: Words, found: dict[str, list[Hit[Any]]]) -> None:
        forms, starts, ends = words.forms, words.starts, words.ends
        count = len(forms)
        telling = {form: candidates for form in words.distinct if (candidates := self._begun_by(form))}
        for index in [index for index, form in enumerate(forms) if form in telling]:
            candidates = telling[forms[index]]
            taken: set[str] = set()
            following = forms[index + 1] if index + 1 < count else ""
            for rest, name, payload, order in candidates:
                if name in taken:
                    continue
                last = index + len(rest)
                if rest:
                    second = rest[0]
                    if second != following and not (second[-1] == "*" and following.startswith(second[:-1])):
                        continue
                    if last >= count or not (_follow(forms, index + 1, rest) and _unbroken(words, index, last)):
                        continue
                found[name].append(Hit(starts[index], ends[last], payload, order))
                if name not in self._every:
                    taken.add(name)

    def _in_chinese(self, words: Words, found: dict[str, list[Hit[Any]]]) -> None:
        lower, known = words.lower, self._chinese
        for start, end in words.chinese:
            for position in range(start, end):
                candidates = known.get(lower[position])
                if candidates is None:
                    continue
                taken: set[str] = set()
                for phrase, name, payload, order in candidates:
                    if name not in taken and lower.startswith(phrase, position):
                        found[name].append(Hit(position, position + len(phrase), payload, order))
                        if name not in self._every:
                            taken.add(name)


def _follow(forms: tuple[str, ...], index: int, rest: tuple[str, ...]) -> bool:
    """Whether the words from an index on are those of a phrase."""
    for place, part in enumerate(rest, index):
        if part != forms[place] and not (part[-1] == "*" and forms[place].startswith(part[:-1])):
            return False
    return True


def _unbroken(words: Words, first: int, last: int) -> bool:
    """Whether nothing but blanks, hyphens, brackets and quotation marks stands between neighbouring words."""
    return all(
        words.starts[index + 1] - words.ends[index] == 1
        or not words.lower[words.ends[index] : words.starts[index + 1]].strip(" \n\t-–(“”\"‘’'")
        for index in range(first, last)
    )


class Found(Generic[PayloadT]):
    """The hits of one kind in one text, looked up by place."""

    __slots__ = ("_starts", "hits")

    def __init__(self, hits: list[Hit[PayloadT]]) -> None:
        self.hits = hits
        self._starts = [hit.start for hit in hits]

    def within(self, start: int, end: int) -> list[Hit[PayloadT]]:
        """Hits that lie wholly in a stretch, in order."""
        lower, upper = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [hit for hit in self.hits[lower:upper] if hit.end <= end]

    def last(self, start: int, end: int) -> Hit[PayloadT] | None:
        """The last hit that lies wholly in a stretch."""
        for index in range(bisect_right(self._starts, end) - 1, -1, -1):
            hit = self.hits[index]
            if hit.start < start:
                return None
            if hit.end <= end:
                return hit
        return None

    def first(self, start: int, end: int) -> Hit[PayloadT] | None:
        """The first hit that lies wholly in a stretch."""
        for index in range(bisect_left(self._starts, start), len(self.hits)):
            hit = self.hits[index]
            if hit.start > end:
                return None
            if hit.end <= end:
                return hit
        return None
