"""What the words of a text say about programs, sources, stages, measures and beneficiaries, found in one pass each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from pipelines.catalog.load import Program, catalog
from pipelines.catalog.phrases import Found, Hit, Phrases
from pipelines.catalog.regions import province_names
from pipelines.errors import CatalogError
from pipelines.meaning.grammar import Kind, Sign, scope_words
from pipelines.meaning.whole_words import (
    bare,
    crosses,
    giver,
    is_counted,
    is_denied,
    is_glued,
    is_within,
    is_word,
    organisations,
)
from pipelines.patterns import regex


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    """The vocabularies whose phrases stand in running text; payloads are codes, or `Sign` for programs.

    Raises:
        CatalogError: a phrase that cannot be indexed.
    """
    found = catalog()
    try:
        return Phrases(
            {
                "programs": _program_words(found.programs),
                "acts": [(word, word) for word in scope_words().acts],
                "sources": [
                    (word, code)
                    for source in found.sources.values()
                    for words, code in ((source.words, source.code), (source.ignored, ""))
                    for word in words
                ]
                + [
                    (f"{level} {money}", "city_county")
                    for level in scope_words().levels
                    for money in scope_words().moneys
                ],
                "stages": [(word, entry.code) for entry in found.stages.values() for word in entry.words],
                "beneficiaries": [(word, entry.code) for entry in found.beneficiaries.values() for word in entry.words],
                "measures": _measures(),
                "provinces": [
                    (f"{name}{end}", entry.code) for name, entry in province_names().items() for end in ("", "'s", "’s")
                ],
                "wholes": [(word, level) for level, words in scope_words().wholes.items() for word in words],
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


def _program_words(programs: Mapping[str, Program]) -> Iterator[tuple[str, Sign]]:
    for program in programs.values():
        named: Kind = "all" if program.code == "all" else "name"
        thing: Kind = "other" if program.code == "other" else "thing"
        yield from ((word, Sign(program.code, named)) for word in program.words)
        yield from ((word, Sign(program.code, thing)) for word in program.things)
        yield from ((word, Sign(program.code, "economy")) for word in program.economy)
        yield from ((word, Sign(program.code, "context")) for word in program.context)


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


_PLACE_NAME = regex(
    r"\s+(?:park|market|street|square|station|school|hospital|hall|villages?)\b|高地|高原|山区|平原|公园|市场|广场|大街|街道|大道|路\b|小学|中学|医院|商场|村",
    re.IGNORECASE,
)


_STATE = regex(r"[- ](?:owned|run|farms?|grid|roads?|highways?|universit|schools?|forests?|bank)\b", re.IGNORECASE)


_CALLED = ("thing", "name")


class Cues:
    """All phrases of one text, by vocabulary; `openings` are where what opens its stretches ends, once asked for."""

    __slots__ = (
        *("acts", "beneficiaries", "called", "measures", "programs", "provinces", "sources", "stages"),
        *("openings", "text", "wholes"),
    )

    def __init__(self, text: str) -> None:
        found = _phrases().find(text)
        self.text = text
        self.openings: dict[tuple[int, int], int] = {}
        offices = organisations(text)
        self.programs: Found[Sign] = Found(
            [
                hit
                for hit in _longest(found["programs"])
                if is_word(text, hit)
                if hit.payload.kind not in _CALLED or not is_within(offices, hit.start)
                if not is_denied(text, hit)
            ]
        )
        self.called: Found[Sign] = Found(
            [hit for hit in self.programs.hits if hit.payload.code in CALLED_BY_NAME and hit.payload.kind == "name"]
        )
        self.acts: Found[str] = Found(found["acts"])
        self.sources: Found[str] = Found(
            [
                giver(text, hit)
                for hit in _outermost(hit for hit in found["sources"] if not crosses(text, hit))
                if hit.payload and not is_counted(text, hit) and not is_denied(text, hit)
                if not (hit.payload == "central" and (_PLACE_NAME.match(text, hit.end) or _STATE.match(text, hit.end)))
            ]
        )
        self.stages: Found[str] = Found(_outermost(found["stages"]))
        self.beneficiaries: Found[str] = Found([hit for hit in found["beneficiaries"] if not is_denied(text, hit)])
        self.measures: Found[tuple[tuple[str, int, int], ...]] = Found(found["measures"])
        named = _outermost(found["provinces"])
        self.provinces: Found[str] = Found([bare(text, hit) for hit in named if not is_glued(text, hit)])
        self.wholes: list[Hit[str]] = [hit for hit in _outermost(found["wholes"]) if hit.payload != "none"]

    def measured(self, start: int, end: int) -> frozenset[str]:
        """Codes of the measures that a stretch names, with all parts of at least one of their phrases."""
        hits = self.measures.within(start, end)
        if not hits:
            return frozenset()
        seen: dict[tuple[str, int], set[int]] = {}
        wanted: dict[tuple[str, int], int] = {}
        for hit in hits:
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


GENERAL = frozenset({"all", "other", "unknown"})
# programs that are called by their name, whatever the section is about
CALLED_BY_NAME = frozenset({"rain_plan", "mutual_funds", "lottery_welfare"})


_PayloadT = TypeVar("_PayloadT")


def _longest(hits: Iterable[Hit[_PayloadT]]) -> list[Hit[_PayloadT]]:
    """Hits that lie in no longer one."""
    found: list[Hit[_PayloadT]] = []
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


@lru_cache(maxsize=256)
def title_program(title: str) -> str | None:
    """The program that a title names; `all` where it speaks of poverty work or of its funds as a whole."""
    hits = [hit.payload for hit in cues_of(title).programs.hits if hit.payload.code not in _WAYS]
    for kind in ("name", "all"):
        if codes := [sign.code for sign in hits if sign.kind == kind]:
            return codes[0]
    return "all" if _POVERTY.search(title) else None


_WAYS = frozenset({"fund_management", "publicity", "planning"})  # what an office does about programs
_POVERTY = regex(r"poverty|扶贫|脱贫|贫困", re.IGNORECASE)
