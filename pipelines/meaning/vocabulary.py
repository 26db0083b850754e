"""What the words of a text say about programs, sources, stages, measures and beneficiaries, found in one pass each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pipelines.catalog.load import Program, catalog
from pipelines.catalog.phrases import Found, Hit, Phrases
from pipelines.errors import CatalogError


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    """The vocabularies whose phrases stand in running text; payloads are codes.

    Raises:
        CatalogError: a phrase that cannot be indexed.
    """
    found = catalog()
    try:
        return Phrases(
            {
                "programs": _program_words(found.programs),
                "sources": [
                    (word, code)
                    for source in found.sources.values()
                    for words, code in ((source.words, source.code), (source.ignored, ""))
                    for word in words
                ],
                "stages": [(word, entry.code) for entry in found.stages.values() for word in entry.words],
                "beneficiaries": [(word, entry.code) for entry in found.beneficiaries.values() for word in entry.words],
                "measures": _measures(),
            },
            every=frozenset({"measures"}),
        )
    except ValueError as error:
        raise CatalogError(f"catalog/: {error}") from error


@lru_cache(maxsize=1)
def _headings() -> Phrases:
    """The phrases that name programs in headings."""
    try:
        return Phrases(
            {"headings": [(word, entry.code) for entry in catalog().programs.values() for word in entry.headings]}
        )
    except ValueError as error:
        raise CatalogError(f"catalog/programs.yml: headings: {error}") from error


def check_phrases() -> None:
    """Indexes all phrases.

    Raises:
        CatalogError: a phrase that cannot be indexed.
    """
    _phrases()
    _headings()


def _program_words(programs: Mapping[str, Program]) -> Iterator[tuple[str, str]]:
    for program in programs.values():
        yield from ((word, program.code) for word in program.words)
        yield from ((word, CONTEXT) for word in program.context)


def _measures() -> list[tuple[str, tuple[tuple[str, int, int], ...]]]:
    """Phrase → measures that it names or helps to name, as (code, alternative, parts of the alternative)."""
    named: dict[str, list[tuple[str, int, int]]] = {}
    for measure in catalog().measures.values():
        for alternative, phrase in enumerate(measure.words):
            parts = [part.strip() for part in phrase.split("+")]
            for part in parts:
                named.setdefault(part, []).append((measure.code, alternative, len(parts)))
        for phrase in measure.unless:
            named.setdefault(phrase, []).append((measure.code, -1, 0))
    return [(phrase, tuple(codes)) for phrase, codes in named.items()]


_COUNTED = re.compile(r"\d\s+(?:(?:key|poor|base|pilot|national|border|contiguous)\s+){0,2}$", re.IGNORECASE)


def _is_counted(text: str, hit: Hit[str]) -> bool:
    """Whether cities or counties are counted there ("the 62 counties") and thus get money rather than give it."""
    return hit.payload == "city_county" and _COUNTED.search(text, max(0, hit.start - 32), hit.start) is not None


class Cues:
    """All phrases of one text, by vocabulary."""

    __slots__ = ("beneficiaries", "measures", "programs", "sources", "stages", "text")

    def __init__(self, text: str) -> None:
        found = _phrases().find(text)
        self.text = text
        self.programs: Found[str] = Found(_longest(found["programs"]))
        self.sources: Found[str] = Found(
            [hit for hit in _outermost(found["sources"]) if hit.payload and not _is_counted(text, hit)]
        )
        self.stages: Found[str] = Found(_outermost(found["stages"]))
        self.beneficiaries: Found[str] = Found(found["beneficiaries"])
        self.measures: Found[tuple[tuple[str, int, int], ...]] = Found(found["measures"])

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


def headings_in(text: str) -> list[Hit[str]]:
    """The phrases of a text that name programs in headings."""
    return _headings().find(text)["headings"]


def _named_by(heading: str) -> str | None:
    hits = _longest(headings_in(heading))
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
