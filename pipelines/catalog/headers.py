"""What the headers and labels of tables say.

Headers by their head noun (`headers.yml`) and by any word (`column_words.yml`), totals by theirs (`totals.yml`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipelines.catalog.characters import without_accents
from pipelines.catalog.load import FOLDER, Strict, read_yaml, validated
from pipelines.errors import CatalogError
from pipelines.patterns import regex

HeadKind = Literal["code", "class", "contact", "person", "date", "level", "year", "note", "agency"]


WordKind = Literal[
    "statistic", "extreme", "price", "remainder", "change", "change_in_per_cent", "target", "forecast", "done", "items",
    "state", "money", "area", "length", "mass",
]  # fmt: skip


TotalKind = Literal["total", "whole", "grand", "subtotal", "of_which", "cumulative", "mean"]


class Heads(Strict):
    """The nouns of one kind: English ones end a header, Chinese ones too, those of `first` begin it."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    first: tuple[str, ...]


class Words(Strict):
    """The words of one kind: spaced ones count as whole words, Chinese ones without blanks."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    other: tuple[str, ...]


@lru_cache(maxsize=4096)
def is_abroad(header: str) -> bool:
    """Whether a header holds a word of a language that is neither English nor Chinese."""
    return _abroad().search(without_accents(header)) is not None


@lru_cache(maxsize=1)
def _abroad() -> re.Pattern[str]:
    told = (Words.model_validate(entry).other for entry in _column_words().values())
    plain = {without_accents(word) for words in told for word in words}
    words = "|".join(map(re.escape, sorted(plain, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _column_words() -> dict[WordKind, object]:
    rows = read_yaml(FOLDER / "column_words.yml")
    if not isinstance(rows, dict):
        raise CatalogError("catalog/column_words.yml: must map kinds of numbers to words")
    return rows


@lru_cache(maxsize=1)
def _words() -> dict[WordKind, re.Pattern[str]]:
    found: dict[WordKind, re.Pattern[str]] = {}
    for kind, entry in _column_words().items():
        words = validated(Words, entry, "catalog/column_words.yml", kind)
        plain = (*words.en, *map(without_accents, words.other))
        spaced = "|".join(map(re.escape, sorted(plain, key=len, reverse=True)))
        alternatives = [rf"(?<!\w)(?:{spaced})(?!\w)"] if spaced else []
        found[kind] = re.compile(
            "|".join([*alternatives, *map(re.escape, sorted(words.zh, key=len, reverse=True))]), re.IGNORECASE
        )
    return found


@lru_cache(maxsize=4096)
def says(kind: WordKind, header: str) -> bool:
    """Whether a header holds a word of a kind."""
    return _words()[kind].search(without_accents(header)) is not None


def ends_of(kind: WordKind, header: str) -> list[int]:
    """Where each word of a kind ends in a header."""
    return [found.end() for found in _words()[kind].finditer(without_accents(header))]


@lru_cache(maxsize=4096)
def is_only(kind: WordKind, label: str) -> bool:
    """Whether a label is nothing but a word of a kind, with or without brackets behind it."""
    return _words()[kind].fullmatch(re.sub(r"\s*[(（].*", "", without_accents(label)).strip()) is not None


@lru_cache(maxsize=1)
def _total_words() -> dict[TotalKind, Words]:
    rows = read_yaml(FOLDER / "totals.yml")
    if not isinstance(rows, dict):
        raise CatalogError("catalog/totals.yml: must map what a row or column is to words")
    return {kind: validated(Words, entry, "catalog/totals.yml", kind) for kind, entry in rows.items()}


def total_words(kind: TotalKind) -> Words:
    """The words by which rows and columns of tables say that they are totals, parts, running totals or means."""
    return _total_words()[kind]


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[HeadKind, re.Pattern[str]], ...]:
    rows = read_yaml(FOLDER / "headers.yml")
    if not isinstance(rows, dict):
        raise CatalogError("catalog/headers.yml: must map kinds of columns to nouns")
    found: list[tuple[HeadKind, re.Pattern[str]]] = []
    for kind, entry in rows.items():
        heads = validated(Heads, entry, "catalog/headers.yml", kind)
        english = "|".join(rf"{re.escape(noun)}\.?" for noun in sorted(heads.en, key=len, reverse=True))
        chinese = "|".join(map(re.escape, sorted(heads.zh, key=len, reverse=True)))
        leading = "|".join(map(re.escape, sorted(map(without_accents, heads.first), key=len, reverse=True)))
        found.append((kind, re.compile(rf"(?:.*[\s/.-])?(?:{english})|.*(?:{chinese})|(?:{leading})(?!\w).*", re.I)))
    return tuple(found)


_NAME = regex(r"(?:the\s+)?names?\s+of\s+(?:the\s+)?|\s+names?$|名称$", re.IGNORECASE)
# of several things: "Number of contracts", "Número de contratos"; "Número de contrato" names one
_COUNTED = regex(
    r"^(?:no\.?|nr\.?|n[°º]|#|number)\s+of\s+.*|^n(?:[uú]m(?:ero|\.)?|[°º])\s+d(?:e\s|['’])\s*\w+s\b.*", re.IGNORECASE
)
_OF = regex(r"\s+of\s+.*", re.IGNORECASE)
_WHEN = regex(r"[\s,(（]+(?:(?:19|20)\d\d|(?:this|last|previous|current) year)\s*[)）]?$", re.IGNORECASE)

_NUMBERED = regex(r"(?<=[a-z]{3})[+-]?\d{1,2}$", re.IGNORECASE)  # Phone1, Ref2


@lru_cache(maxsize=4096)
def head_kind(header: str) -> HeadKind | None:
    """What the noun that heads a header says that its column holds; None where it says nothing, or a figure.

    "Date of approval" is a date, "Name of recipient" a recipient, "Number of recipients" a number.
    """
    words = re.sub(r"(?<=[一-鿿])\s+(?=[一-鿿])", "", " ".join(header.split()))
    words = re.sub(r"(?<=[一-鿿])(?=[A-Z]+$)", " ", words)  # 数列ID
    words = without_accents(_NUMBERED.sub("", _WHEN.sub("", words)))
    named = words if words.lower().endswith("name") else ""  # a beneficiary is an office, a beneficiary's name a person
    nouns = _OF.sub("", _COUNTED.sub("", _NAME.sub("", words)))
    return next(
        (kind for told in (named, nouns) for kind, pattern in _patterns() if told and pattern.fullmatch(told)), None
    )
