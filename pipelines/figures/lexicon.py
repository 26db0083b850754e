"""The words of `catalog/words.yml` and `catalog/units.yml`, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.catalog.load import FOLDER, catalog, read_yaml
from pipelines.errors import CatalogError


class Cue(BaseModel):
    """Words before or after a number that decide something about it; either side may decide."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    before: str | None = None
    after: str | None = None


class QualifierCue(Cue):
    """Words that qualify a value."""

    code: str


class RoleCue(Cue):
    """Words that give a number its role; `units` limits the cue to these units."""

    role: str
    units: tuple[str, ...] = ()


class Words(BaseModel):
    """The schema of `catalog/words.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    number_words: dict[str, int]
    scales: dict[str, Decimal]
    qualifiers: tuple[QualifierCue, ...]
    per_words: dict[str, str]
    per_person_context: str
    per_household_context: str
    per_county_context: str
    boundaries: frozenset[str]
    structure_nouns: frozenset[str]
    contact: str
    months: str
    year_before: str
    plan_name_after: str
    ordinal_after: str
    document_no_before: str
    roles: tuple[RoleCue, ...]
    direction_down: str
    previous_before: str
    previous_after: str
    actual: str
    part_of_before: str
    proportion: str
    part_markers: str
    axes: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words with their compiled patterns.

    Attributes:
        words: the catalogue file.
        nouns: English noun → unit code.
        number_word: pattern of number words, English and Chinese.
        scale: pattern of a scale word at the start of a text.
        chinese_unit: pattern of a Chinese unit at the start of a text; group 1 is the unit word.
        chinese_units: Chinese unit word → unit code.
        chinese_noun: pattern of Chinese nouns that name a unit within a text.
        axes: axis name → patterns of its members.
    """

    words: Words
    nouns: dict[str, str]
    number_word: re.Pattern[str]
    scale: re.Pattern[str]
    chinese_unit: re.Pattern[str]
    chinese_units: dict[str, str]
    chinese_noun: re.Pattern[str]
    axes: dict[str, tuple[re.Pattern[str], ...]]


def matches(pattern: str, text: str) -> re.Match[str] | None:
    """Searches without regard to case; patterns are cached by `re`."""
    return re.search(pattern, text, re.IGNORECASE)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The compiled words.

    Raises:
        CatalogError: `catalog/words.yml` is malformed.
    """
    try:
        words = Words.model_validate(read_yaml(FOLDER / "words.yml"))
        axes = {
            name: tuple(re.compile(member, re.IGNORECASE) for member in members) for name, members in words.axes.items()
        }
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogError(f"catalog/words.yml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except re.error as error:
        raise CatalogError(f"catalog/words.yml: axes: {error}") from error
    nouns: dict[str, str] = {}
    chinese: dict[str, str] = {}
    for unit in catalog().units.values():
        for word in unit.words:
            (nouns if word.isascii() else chinese)[word] = unit.code
    longest_first = sorted(chinese, key=len, reverse=True)
    scales = sorted(words.scales, key=len, reverse=True)
    english_scales = "|".join(word for word in scales if word.isascii())
    chinese_scales = "|".join(word for word in scales if not word.isascii())
    english_numbers = "|".join(words.number_words)
    return Lexicon(
        words=words,
        nouns=nouns,
        number_word=re.compile(
            rf"(?<![\w-])(?:{english_numbers})(?![\w])|[两二三四五六七八九十]+(?=个|名|户|项|家|种)", re.IGNORECASE
        ),
        scale=re.compile(rf"\s*(?:({english_scales})s?\b|({chinese_scales}))", re.IGNORECASE),
        chinese_unit=re.compile(rf"\s*[多余]?\s*({'|'.join(longest_first)})"),
        chinese_units=chinese,
        chinese_noun=re.compile("|".join(word for word in longest_first if word not in ("个", "处", "条"))),
        axes=axes,
    )
