"""The words of `catalog/words.yml` and `catalog/units.yml`, indexed once for a single pass over a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.catalog.load import FOLDER, catalog, read_yaml
from pipelines.catalog.phrases import Phrases
from pipelines.errors import CatalogError


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Numbers(_Part):
    """Number words and scales of both languages."""

    words: dict[str, int]
    parts: dict[str, int]
    zero: frozenset[str]
    digits: dict[str, int]
    scales: dict[str, Decimal]
    counters: tuple[str, ...]


class Qualifier(_Part):
    """Phrases right before or right behind a number that qualify its value."""

    code: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Per(_Part):
    """What an amount is per: nouns behind "per", and phrases before a number by the unit they name."""

    words: dict[str, str]
    person: tuple[str, ...]
    household: tuple[str, ...]
    mu: tuple[str, ...]
    km: tuple[str, ...]
    county: tuple[str, ...]
    village: tuple[str, ...]
    none: tuple[str, ...]


class Example(_Part):
    """A sentence with its number between ‹ ›, and what is to be read of it."""

    text: str
    unit: str | None = None
    role: str | None = None
    qualifier: str | None = None
    value: Decimal | None = None


class Numbered(_Part):
    """What has a number as its name, as it is written, in the plural, in small letters, and by what it is."""

    names: tuple[str, ...]
    plurals: tuple[str, ...]
    small: tuple[str, ...]
    places: frozenset[str]
    kinds: frozenset[str]
    steps: frozenset[str]


class Words(_Part):
    """The schema of `catalog/words.yml`."""

    numbers: Numbers
    qualifiers: tuple[Qualifier, ...]
    cues: dict[str, tuple[str, ...]]
    per: Per
    no_units: tuple[str, ...]
    boundaries: frozenset[str]
    verbs: tuple[str, ...]
    endings: dict[str, str]
    heads_first: dict[str, str]
    structure: frozenset[str]
    light: frozenset[str]
    months: tuple[str, ...]
    numbered: Numbered
    cut_short: tuple[str, ...]
    only_plural: frozenset[str]
    axes: dict[str, tuple[tuple[str, ...], ...]]
    examples: tuple[Example, ...]


CUE_KINDS = frozenset(
    {"rise", "fall", "share", "rate", "coverage", "completion", "plan", "excess", "intent", "intent_after", "done"}
    | {"name", "previous", "actual", "to", "from", "of_this", "part", "proportion", "annually", "respectively"}
    | {"each", "compared", "future", "complete", "remainder", "draws", "total"}
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that names a unit; `structure` ones count parts of a text or a policy, nothing in the world."""

    unit: str
    is_structure: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Words with their indexes; the patterns are made when a text needs them.

    Attributes:
        words: the catalogue file.
        phrases: `nouns` (Noun), `qualifiers` (codes of phrases that end at a number), `cues` (sets of kinds), `per`
            (the unit that an amount is per), `axes` (axis and member).
        units: English noun → unit code, for words that are glued to others.
        unit_codes: Chinese unit word → unit code.
        qualifier_codes: phrase that qualifies the number before it → code.
    """

    words: Words
    phrases: Phrases
    units: Mapping[str, str]
    unit_codes: Mapping[str, str]
    qualifier_codes: Mapping[str, str]

    def unit_after(self, text: str, position: int, limit: int) -> tuple[str, int] | None:
        """The longest Chinese unit right behind a number, and where it ends."""
        position += text[position : position + 1].isspace()
        for end in range(min(position + self._longest_unit, limit), position, -1):
            if text[position:end] in self.unit_codes and text[end - 1 : end + 1] not in _VERBS_OF_MONEY:
                return text[position:end], end
        return None

    @cached_property
    def _longest_unit(self) -> int:
        return max(map(len, self.unit_codes))

    @cached_property
    def verbs(self) -> re.Pattern[str]:
        """Chinese verbs, behind which no noun goes on."""
        return re.compile(_alternatives(self.words.verbs))

    @cached_property
    def qualifiers_after(self) -> re.Pattern[str]:
        """Phrases that qualify the number before them."""
        english = _alternatives(phrase for phrase in self.qualifier_codes if phrase.isascii())
        others = _alternatives(phrase for phrase in self.qualifier_codes if not phrase.isascii())
        return re.compile(rf"\s*[(（]?(?:({english})\b(?! than)|({others}))", re.IGNORECASE)

    @cached_property
    def light_zh(self) -> re.Pattern[str]:
        """Chinese words that only relate, of years and of what else names nothing."""
        cues = (self.words.cues[kind] for kind in ("rise", "fall", "share", "to", "compared", "annually"))
        return re.compile(_alternatives(word for word in self.words.light.union(*cues) if not word.isascii()))


_VERBS_OF_MONEY = frozenset({"支出", "支付", "支持", "支援"})  # of 100万支出 the first sign is no measure word


def _forms(word: str, only_plural: frozenset[str]) -> tuple[str, ...]:
    """A noun as it is written, and its singular."""
    if not re.fullmatch(r"[a-z]{4,}s", word) or word in only_plural or word.endswith(("ss", "us")):
        return (word,)
    return (word, f"{word[:-3]}y" if word.endswith("ies") else word[:-1])


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The indexed words.

    Raises:
        CatalogError: `catalog/words.yml` is malformed; names the entry.
    """
    try:
        words = Words.model_validate(read_yaml(FOLDER / "words.yml"))
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogError(f"catalog/words.yml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if set(words.cues) != CUE_KINDS:
        wrong = ", ".join(sorted(set(words.cues) ^ CUE_KINDS))
        raise CatalogError(f"catalog/words.yml: cues: missing or unknown: {wrong}")
    try:
        return _indexed(words)
    except ValueError as error:
        raise CatalogError(f"catalog/words.yml: {error}") from error


def _indexed(words: Words) -> Lexicon:
    nouns: list[tuple[str, Noun]] = [
        (form, Noun(unit.code))
        for unit in catalog().units.values()
        for word in unit.words
        for form in _forms(word, words.only_plural)
    ]
    animals = {word for word, noun in nouns if noun.unit == "animal" and word.isascii()}
    nouns += [(f"{word} population", Noun("animal")) for word in sorted(animals)]
    nouns += [(word, Noun("")) for word in words.no_units]
    counted = {word for word, _ in nouns}
    nouns += [(word, Noun("structure", is_structure=True)) for word in words.structure if word not in counted]
    chinese = {word: unit.code for unit in catalog().units.values() for word in unit.words if not word.isascii()}
    english = {word: unit.code for unit in catalog().units.values() for word in unit.words if word.isascii()}
    squares = {sign: unicodedata.normalize("NFKC", sign) for sign in map(chr, range(0x3300, 0x3400))}  # ㎡, ㎞, ㏊
    chinese |= {sign: english[plain.lower()] for sign, plain in squares.items() if plain.lower() in english}
    kinds: dict[str, set[str]] = {}
    for kind, phrases in words.cues.items():
        for phrase in phrases:
            kinds.setdefault(phrase, set()).add(kind)
    after = {phrase: cue.code for cue in words.qualifiers for phrase in cue.after}
    per = words.per.model_dump(exclude={"words"})
    index = Phrases(
        {
            "nouns": nouns,
            "qualifiers": [(phrase, cue.code) for cue in words.qualifiers for phrase in cue.before],
            "cues": [(phrase, frozenset(found)) for phrase, found in kinds.items()],
            "per": [(phrase, unit) for unit, phrases in per.items() for phrase in phrases],
            "axes": [
                (phrase, (axis, member))
                for axis, members in words.axes.items()
                for member, phrases in enumerate(members)
                for phrase in phrases
            ],
        }
    )
    return Lexicon(
        words=words,
        phrases=index,
        units=english,
        unit_codes=chinese,
        qualifier_codes=after,
    )
