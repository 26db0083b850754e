"""Sentences as data: which one, with which numbers and printed words; `sentences.yml` has each in both languages.

What a rule finds is kept as such data, so that a page, a letter and a command can tell it in the language of who reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Union

from pipelines.catalog.bilingual import Writer, bilingual
from pipelines.catalog.countries import countries
from pipelines.catalog.load import FOLDER, catalog
from pipelines.catalog.reasons import reason_in
from pipelines.catalog.regions import Region, regions
from pipelines.catalog.rules import rules
from pipelines.catalog.units import unit_of
from pipelines.errors import CatalogError
from pipelines.patterns import regex

_FILE = "sentences.yml"
# printed words that stand in quotes in a Chinese sentence
_FOREIGN = regex("[A-Za-z]{2}")
_SEPARATOR = {"en": " ", "zh": ""}


class Printed(str):
    """Words of a report, which stay as they are in every language."""

    __slots__ = ()


Value = Union[str, int, "Said", Sequence[Union[str, "Said"]]]


@dataclass(frozen=True, slots=True)
class Said:
    """Some sentences one after the other: the key of each in `sentences.yml`, and the values put into it.

    A value is a number or a code as text, words of a report (`Printed`), another sentence, or a list of these.
    """

    parts: tuple[tuple[str, Mapping[str, Value]], ...] = ()

    def __add__(self, other: Said) -> Said:
        return Said((*self.parts, *other.parts))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def told(self, language: str = "en") -> str:
        """The sentences in a language.

        Raises:
            CatalogError: there is no such sentence.
        """
        return told(self.data, language)

    @property
    def data(self) -> list[Any]:
        """The same in lists, dictionaries and texts, as it is kept."""
        return [[key, {name: _kept(value) for name, value in values.items()}] for key, values in self.parts]


def say(key: str, /, **values: Value) -> Said:
    """One sentence."""
    return Said(((key, values),))


def _kept(value: Any) -> Any:  # noqa: ANN401 - one of Value
    if isinstance(value, Said):
        return {"said": value.data}
    if isinstance(value, Printed):
        return {"printed": str(value)}
    if isinstance(value, (str, int)):
        return str(value)
    return [_kept(one) for one in value]


def kept(**said: Said | str) -> str:
    """Sentences by the column that they stand in, as text to be stored; plain texts are left out, as they are there."""
    found = {name: one.data for name, one in said.items() if isinstance(one, Said) and one}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def retold(stored: str, column: str, text: str, language: str) -> str:
    """What stands in a column, in another language; the text itself where it was not kept as data.

    Args:
        stored: what `kept` made of the row.
        column: which of its columns.
        text: the column's English text.
        language: `en` or `zh`.
    """
    found = json.loads(stored) if stored else {}
    if column in found:
        return told(found[column], language)
    return reason_in(text, language)


def told(data: Sequence[Any], language: str = "en") -> str:
    """Kept sentences in a language.

    Raises:
        CatalogError: there is no such sentence.
    """
    words = _Writer(language)
    return _SEPARATOR[language].join(words.vformat(_text(key, language), (), values) for key, values in data)


class _Writer(Writer):
    """Also puts in sentences, words of a report, and names of codes: `{unit:unit}`."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - kept data
        """A kept value in words."""
        if isinstance(value, dict):
            if "said" in value:
                return told(value["said"], self.language)
            printed = str(value["printed"])
            return f"“{printed}”" if self.language == "zh" and _FOREIGN.search(printed) else printed
        if format_spec == "reason":
            other = reason_in(value, self.language)
            return f"“{value}”" if self.language == "zh" and other == value and _FOREIGN.search(value) else other
        if format_spec in _NAMED:
            return _name(format_spec, value, self.language)
        return super().format_field(value, format_spec)


_NAMED = frozenset({"region", "unit", "measure", "Measure", "stage", "source", "advice"})


def unit_name(code: str, language: str) -> str:
    """What people call a unit in the middle of a sentence."""
    return _name("unit", code, language)


def _name(kind: str, code: str, language: str) -> str:
    """What people call a code in the middle of a sentence; of a rule, what may be done where it fails."""
    if kind == "advice":
        rule = rules()[code]
        return rule.advice_zh if language == "zh" else rule.advice_en
    if kind == "region":
        return region_names().get(code, (code, code))[language == "zh"]
    known = catalog()
    found: dict[str, Mapping[str, Any]] = {"measure": known.measures, "stage": known.stages, "source": known.sources}
    entry = unit_of(code) if kind == "unit" else found[kind.lower()].get(code)
    if entry is None or code == "%":
        return code
    name: str = entry.name_zh if language == "zh" else entry.name_en if kind.istitle() else entry.name_en.lower()
    return name


@lru_cache(maxsize=1)
def region_names() -> dict[str, tuple[str, str]]:
    """Code of a region or country → its names; of regions that shared a code, of the latest."""
    found = {code: (one.name_en, one.name_zh) for code, one in countries().items()}
    latest: dict[str, Region] = {}
    for entry in regions():
        known = latest.get(entry.code)
        if known is None or entry.valid_from >= known.valid_from:
            latest[entry.code] = entry
    return found | {code: (one.name_en, one.name_zh) for code, one in latest.items()}


def _text(key: str, language: str) -> str:
    try:
        return sentences()[language][key]
    except KeyError:
        raise CatalogError(f"catalog/{_FILE}: no sentence {key}") from None


@lru_cache(maxsize=1)
def sentences() -> dict[str, dict[str, str]]:
    """Language → key → sentence.

    Raises:
        CatalogError: the file is malformed, or a sentence lacks one of the languages.
    """
    return bilingual(FOLDER / _FILE)
