"""What the words of a text say about programs, sources, stages, measures and beneficiaries, found in one pass each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipelines.catalog.load import Entry, Program, catalog
from pipelines.catalog.phrases import Found, Hit, Phrases
from pipelines.errors import CatalogError


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The indexes of all vocabularies; payloads are codes."""

    programs: Phrases[str]
    headings: Phrases[str]
    sources: Phrases[str]
    stages: Phrases[str]
    beneficiaries: Phrases[str]
    measures: Phrases[tuple[tuple[str, int, int], ...]]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The indexed vocabularies.

    Raises:
        CatalogError: a phrase that cannot be indexed.
    """
    found = catalog()
    try:
        return Vocabulary(
            programs=Phrases(_program_words(found.programs)),
            headings=Phrases((word, program.code) for program in found.programs.values() for word in program.headings),
            sources=Phrases(
                (word, code)
                for source in found.sources.values()
                for words, code in ((source.words, source.code), (source.ignored, ""))
                for word in words
            ),
            stages=_phrases(found.stages),
            beneficiaries=_phrases(found.beneficiaries),
            measures=_measures(),
        )
    except ValueError as error:
        raise CatalogError(f"catalog/: {error}") from error


def _phrases(entries: Mapping[str, Entry]) -> Phrases[str]:
    return Phrases((word, entry.code) for entry in entries.values() for word in entry.words)


def _program_words(programs: Mapping[str, Program]) -> Iterator[tuple[str, str]]:
    for program in programs.values():
        yield from ((word, program.code) for word in program.words)
        yield from ((word, CONTEXT) for word in program.context)


def _measures() -> Phrases[tuple[tuple[str, int, int], ...]]:
    """Phrase → measures that it names or helps to name, as (code, alternative, parts of the alternative)."""
    named: dict[str, list[tuple[str, int, int]]] = {}
    for measure in catalog().measures.values():
        for alternative, phrase in enumerate(measure.words):
            parts = [part.strip() for part in phrase.split("+")]
            for part in parts:
                named.setdefault(part, []).append((measure.code, alternative, len(parts)))
        for phrase in measure.unless:
            named.setdefault(phrase, []).append((measure.code, -1, 0))
    return Phrases((phrase, tuple(codes)) for phrase, codes in named.items())


class Cues:
    """All phrases of one text, by vocabulary."""

    __slots__ = ("beneficiaries", "measures", "programs", "sources", "stages", "text")

    def __init__(self, text: str) -> None:
        words = vocabulary()
        self.text = text
        self.programs: Found[str] = Found(_longest(words.programs.find(text)))
        self.sources: Found[str] = Found([hit for hit in _outermost(words.sources.find(text)) if hit.payload])
        self.stages: Found[str] = Found(_outermost(words.stages.find(text)))
        self.beneficiaries: Found[str] = Found(words.beneficiaries.find(text))
        self.measures: Found[tuple[tuple[str, int, int], ...]] = Found(words.measures.find(text, shorter=True))

    def measured(self, start: int, end: int) -> frozenset[str]:
        """Codes of the measures that a stretch names, with all parts of at least one of their phrases."""
        seen: dict[tuple[str, int], set[int]] = {}
        wanted: dict[tuple[str, int], int] = {}
        for hit in self.measures.within(start, end):
            for code, alternative, parts in hit.payload:
                seen.setdefault((code, alternative), set()).add(hit.order)
                wanted[code, alternative] = parts
        barred = {code for code, alternative in seen if alternative < 0}
        return frozenset(
            code
            for (code, alternative), orders in seen.items()
            if len(orders) >= wanted[code, alternative] and code not in barred
        )


@lru_cache(maxsize=2048)
def cues_of(text: str) -> Cues:
    """The cues of a short text, such as a heading or the labels of a table cell, which return often."""
    return Cues(text)


@lru_cache(maxsize=2048)
def heading_program(heading: str) -> str | None:
    """The program that a heading names: a special one before a general one, the first of several.

    Of headings in headings (`Main work > Relocation`) the innermost that names a special program decides.
    """
    for part in reversed(heading.split(" > ")):
        code = _named_by(part)
        if code is not None and code not in GENERAL:
            return code
    return _named_by(heading)


def _named_by(heading: str) -> str | None:
    hits = _longest(vocabulary().headings.find(heading))
    special = [hit.payload for hit in hits if hit.payload not in GENERAL]
    general = [hit.payload for hit in hits if hit.payload in GENERAL]
    return next(iter((*special, *general)), None)


# words of geography and administration: they stand for the program `other`, and say nothing about money
CONTEXT = "context"
GENERAL = frozenset({"all", "other", "unknown", CONTEXT})


def _longest(hits: Iterable[Hit[str]]) -> list[Hit[str]]:
    """Hits that lie in no longer one."""
    found: list[Hit[str]] = []
    reach = -1
    for hit in hits:
        if hit.end > reach:
            found.append(hit)
            reach = hit.end
    return found


def _outermost(hits: Iterable[Hit[str]]) -> list[Hit[str]]:
    """Hits that begin in no earlier one: "discount funds for loans" speaks of no loans, 我省财政 of no 省财政."""
    found: list[Hit[str]] = []
    reach = -1
    for hit in hits:
        if hit.start >= reach:
            found.append(hit)
            reach = hit.end
    return found
