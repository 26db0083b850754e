"""Finds the phrases of the vocabularies in a text, all of them in one pass, whatever their number."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from pipelines.patterns import regex

_LETTER = "[a-zß-öø-ɏḀ-ỿ]"  # of Latin scripts: of "ménages" m is no word
WORD = regex(rf"{_LETTER}+(?:[’']{_LETTER}+)*")
_PARTED = regex(f"({WORD.pattern})")
_CHINESE = regex(r"[〇㐀-鿿]+")
_SHORT = 80  # characters of a label
_STEM = 3  # letters of a stem that ends in `*` by which it is looked up
PayloadT = TypeVar("PayloadT")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in small letters, with their places; a hyphen parts words as a blank does.

    Attributes:
        places: the indexes of each word.
        different: each word once.
        index_from: the index of the first word that begins at or after a position.
    """

    lower: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    forms: tuple[str, ...]
    chinese: tuple[tuple[int, int], ...]
    places: dict[str, list[int]]
    different: frozenset[str]
    index_from: Callable[[int], int]


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The English words and the Chinese stretches of a text."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters change their length; positions must stay those of the text
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    pieces = _PARTED.split(lower)  # what stands between two words, and a word, in turn
    bounds = list(accumulate(map(len, pieces)))
    forms = tuple(pieces[1::2])
    places: dict[str, list[int]] = defaultdict(list)
    for index, form in enumerate(forms):
        places[form].append(index)
    starts = tuple(bounds[:-1:2])
    chinese = () if text.isascii() else tuple(match.span() for match in _CHINESE.finditer(lower))
    return Words(
        lower,
        starts,
        tuple(bounds[1::2]),
        forms,
        chinese,
        dict(places),
        frozenset(places),
        partial(bisect_left, starts),
    )


class Hit(NamedTuple, Generic[PayloadT]):
    """One phrase found in a text."""

    start: int
    end: int
    payload: PayloadT
    order: int


_hit = tuple.__new__  # a hit of its four parts, in half the time of a call of its class
_Candidate = tuple[tuple[str, ...], str, Any, int]


class _Begun(NamedTuple):
    """The phrases that begin with one word: of nothing else, of several words by the second, or by its stem."""

    alone: tuple[tuple[str, Any, int], ...]
    longer: dict[str, list[_Candidate]]
    seconds: frozenset[str]
    stems: tuple[_Candidate, ...]


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
        self._chinese: dict[str, list[tuple[str, str, Any, int]]] = {}  # by the first two signs, or the only one
        self._known: dict[str, _Begun | None] = {}
        self._idle: set[str] = set()  # the known words that begin nothing
        for name, entries in vocabularies.items():
            for order, (phrase, payload) in enumerate(entries):
                self._add(name, phrase.replace("-", " ").strip().lower(), payload, order)
        for chinese in self._chinese.values():
            if len(chinese) > 1:
                chinese.sort(key=lambda candidate: -len(candidate[0]))

    def _add(self, name: str, phrase: str, payload: Any, order: int) -> None:  # noqa: ANN401 - whatever it stands for
        if not phrase:
            raise ValueError("an empty phrase")
        if not phrase.isascii() and _CHINESE.match(phrase):
            self._chinese.setdefault(phrase[:2], []).append((phrase, name, payload, order))
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

    def _candidates(self, word: str) -> _Begun | None:
        """What begins with a word, of one word and vocabulary the first alone; None where nothing does."""
        known = list(self._exact.get(word, ()))
        known += [candidate for stem, candidate in self._stems.get(word[:_STEM], ()) if word.startswith(stem)]
        known.sort(key=_longest_first)
        alone: list[tuple[str, Any, int]] = []
        longer: dict[str, list[_Candidate]] = {}
        stems: list[_Candidate] = []
        for candidate in known:
            rest, name = candidate[:2]
            if not rest:
                if name in self._every or all(other[0] != name for other in alone):
                    alone.append(candidate[1:])
            elif rest[0][-1] == "*":
                stems.append(candidate)
            else:
                longer.setdefault(rest[0], []).append(candidate)
        found = _Begun(tuple(alone), longer, frozenset(longer), tuple(stems)) if known else None
        if len(self._known) < 50_000:
            self._known[word] = found
            self._idle.update((word,) if found is None else ())
        return found

    def _begins(self, text: str) -> bool:
        """Whether some word of a text begins a phrase."""
        known = self._known
        return any(
            (known[word] if word in known else self._candidates(word)) is not None
            for word in WORD.findall(text.lower())
        )

    def begun(self, text: str) -> set[str]:
        """The words of a text that begin a phrase."""
        words = set(WORD.findall(text.lower()))
        stemmed = [word for word in words if word[:_STEM] in self._stems and self._candidates(word) is not None]
        return words.intersection(self._exact).union(stemmed)

    def find(self, text: str) -> dict[str, list[Hit[Any]]]:
        """All phrases of a text in order, by vocabulary; of those that begin at one place the longest."""
        found: dict[str, list[Hit[Any]]] = {name: [] for name in self._names}
        if len(text) <= _SHORT and text.isascii() and not self._begins(text):
            return found  # a label, most of which are names
        words = words_of(text)
        self._english(words, found)
        if words.chinese:
            self._in_chinese(words, found)
        for hits in found.values():
            hits.sort(key=_START)
        return found

    def _english(self, words: Words, found: dict[str, list[Hit[Any]]]) -> None:
        starts, ends, known = words.starts, words.ends, self._known
        following = (*words.forms[1:], "")
        for form in words.different - self._idle:
            begun = known[form] if form in known else self._candidates(form)
            if begun is None:
                continue
            places = words.places[form]
            alone, longer, seconds, stems = begun
            taken: dict[int, set[str]] = {}  # by the places at which a longer phrase begins
            if stems or len(places) <= len(seconds) or not seconds.isdisjoint(words.different):
                for index in places if stems else [index for index in places if following[index] in longer]:
                    candidates: Sequence[_Candidate] = longer.get(following[index], ())
                    taken[index] = self._longer(words, index, candidates, stems, found)
            for name, payload, order in alone:
                add = found[name].append
                for index in places:
                    if not (taken and index in taken and name in taken[index]):
                        add(_hit(Hit, (starts[index], ends[index], payload, order)))

    def _longer(
        self,
        words: Words,
        index: int,
        candidates: Sequence[_Candidate],
        stems: tuple[_Candidate, ...],
        found: dict[str, list[Hit[Any]]],
    ) -> set[str]:
        """Finds the phrases of several words at a place; returns the vocabularies that need no shorter one there."""
        forms = words.forms
        second = forms[index + 1] if index + 1 < len(forms) else ""
        if stemmed := [one for one in stems if second.startswith(one[0][0][:-1])]:
            candidates = sorted((*candidates, *stemmed), key=_longest_first)
        taken: set[str] = set()
        for rest, name, payload, order in candidates:
            last = index + len(rest)
            if name not in taken and last < len(forms) and _follow(words, index, rest):
                found[name].append(_hit(Hit, (words.starts[index], words.ends[last], payload, order)))
                if name not in self._every:
                    taken.add(name)
        return taken

    def _in_chinese(self, words: Words, found: dict[str, list[Hit[Any]]]) -> None:
        lower, known = f"{words.lower} ", self._chinese
        for start, end in words.chinese:
            for position in range(start, end):
                longer, alone = known.get(lower[position : position + 2], ()), known.get(lower[position], ())
                taken: set[str] = set()
                for phrase, name, payload, order in (*longer, *alone) if longer and alone else longer or alone:
                    if name not in taken and lower.startswith(phrase, position):
                        found[name].append(_hit(Hit, (position, position + len(phrase), payload, order)))
                        if name not in self._every:
                            taken.add(name)


_START = itemgetter(0)


def _longest_first(candidate: _Candidate) -> tuple[int, int]:
    return -len(candidate[0]), candidate[3]


def _follow(words: Words, index: int, rest: tuple[str, ...]) -> bool:
    """Whether the words behind one are those of a phrase, with only blanks, hyphens, brackets and quotes between."""
    forms, starts, ends = words.forms, words.starts, words.ends
    for place, part in enumerate(rest, index + 1):
        if part != forms[place] and not (part[-1] == "*" and forms[place].startswith(part[:-1])):
            return False
        begin, end = ends[place - 1], starts[place]
        if end - begin != 1 and words.lower[begin:end].strip(" \n\t-–(“”\"‘’'"):
            return False
    return True


class Found(Generic[PayloadT]):
    """The hits of one kind in one text, looked up by place."""

    __slots__ = ("_starts", "hits")

    def __init__(self, hits: list[Hit[PayloadT]]) -> None:
        self.hits = hits
        self._starts = [hit[0] for hit in hits]

    def within(self, start: int, end: int) -> list[Hit[PayloadT]]:
        """Hits that lie wholly in a stretch, in order."""
        starts = self._starts
        lower = bisect_left(starts, start)
        if lower == len(starts) or starts[lower] > end:
            return []
        return [hit for hit in self.hits[lower : bisect_right(starts, end, lower)] if hit[1] <= end]

    def last(self, start: int, end: int) -> Hit[PayloadT] | None:
        """The last hit that lies wholly in a stretch."""
        index = bisect_right(self._starts, end)
        while index:
            index -= 1
            hit = self.hits[index]
            if hit[0] < start:
                return None
            if hit[1] <= end:
                return hit
        return None

    def first(self, start: int, end: int) -> Hit[PayloadT] | None:
        """The first hit that lies wholly in a stretch."""
        starts = self._starts
        index = bisect_left(starts, start)
        while index < len(starts) and starts[index] <= end:
            hit = self.hits[index]
            if hit[1] <= end:
                return hit
            index += 1
        return None


def holding(texts: Collection[str], words: Iterable[str]) -> list[str]:
    """Those of many texts that hold one of some words, which are in small letters; asked of all texts at once first."""
    together = "\n".join(texts).lower()
    found = [word for word in words if word in together]
    if not found:
        return []
    lowered = list(map(str.lower, texts))
    places = {place for word in found for place, text in enumerate(lowered) if word in text}
    return [text for place, text in enumerate(texts) if place in places]
