"""What the desk calls things, in both languages: its own texts, those of the site, and names of the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.catalog.bilingual import Texts, bilingual
from pipelines.catalog.load import catalog
from pipelines.catalog.reasons import Phrases
from pipelines.catalog.sentences import region_names
from pipelines.catalog.units import unit_of
from pipelines.meaning.meaning import UNKNOWN
from pipelines.publishing.site import numbers
from pipelines.publishing.site.messages import Words
from pipelines.review.files import NONE, Attribute

_FILE = Path(__file__).with_name("messages.yml")
_WHY = Path(__file__).with_name("why.yml")
# behind these the reader names givers by their codes
_GIVERS = ("its parts: ", "several are named: its parts are of ")


@lru_cache(maxsize=1)
def texts() -> dict[str, dict[str, str]]:
    """Language → key → text.

    Raises:
        CatalogError: the file is malformed, or a text lacks one of the languages.
    """
    return bilingual(_FILE)


@lru_cache(maxsize=1)
def _why() -> Phrases:
    found = bilingual(_WHY)
    return Phrases(found["en"], found["zh"], {})


class DeskWords(Texts):
    """The texts of the desk in one language."""

    def __init__(self, language: str) -> None:
        super().__init__(texts(), language)
        self._site = Words(language)

    @property
    def all(self) -> Mapping[str, str]:
        """All texts, for the script of the page."""
        return self._texts

    def site(self, key: str) -> str:
        """A text of the site."""
        return self._site(key)

    def of(self, kind: str, code: str | None) -> str:
        """The word that the site has for a code."""
        return self._site.of(kind, code)

    def why(self, text: str) -> str:
        """What decided an attribute: the report's own words as they are, what the reader says of them told."""
        for before in _GIVERS:
            if text.startswith(before):
                named = (self.name("source", code) for code in text.removeprefix(before).split(", "))
                text = before + self.site("listed").join(named)
        return text if self.language == "en" else _why().told(text)

    def short(self, attribute: str, value: str, unit: str) -> str:
        """A reading of an attribute as people say it."""
        if attribute == "value":
            return numbers.short(Decimal(value), unit, self.language)
        if attribute == "parent":
            link, _, text = value.partition(" ")
            return self("none") if value == NONE else f"{self.of('link', link)} {text}"
        if attribute == "reading":
            return self._texts.get(f"class.{value}", value)
        return self.name(attribute, value)

    def exact(self, value: Decimal, unit: str) -> str:
        """A number with its unit, nothing rounded."""
        return numbers.span(value, value, unit, self.language)

    def name(self, attribute: str, code: str) -> str:
        """The name of a code of the catalogues; the code itself where it has none."""
        if code == UNKNOWN:
            return self("unknown")
        if attribute == "role":
            return self.of("role", code)
        if attribute == "period":
            return numbers.period(code, self.language)
        if attribute == "unit":
            unit = unit_of(code)
            return code if unit is None else unit.name_zh if self.language == "zh" else unit.name_en
        if attribute == "region":
            return region_names().get(code, (code, code))[self.language == "zh"]
        entry = _entries(attribute).get(code)  # type: ignore[arg-type]
        return code if entry is None else entry.name_zh if self.language == "zh" else entry.name_en


def _entries(attribute: Attribute) -> dict[str, Any]:
    known = catalog()
    return {  # type: ignore[return-value]
        "program": known.programs,
        "source": known.sources,
        "stage": known.stages,
        "measure": known.measures,
    }.get(attribute, {})
