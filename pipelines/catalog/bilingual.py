"""Texts that stand in a file in both languages side by side, and how values are put into them."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipelines.catalog.load import read_yaml
from pipelines.errors import CatalogError

LANGUAGES = ("en", "zh")
_LISTS = {
    "and": {"en": " and ", "zh": " 和 "},
    "or": {"en": " or ", "zh": " 或 "},
    "comma": {"en": ", ", "zh": "、"},
}


def bilingual(path: Path) -> dict[str, dict[str, str]]:
    """Language → key → text of a file that gives each key its texts in all languages.

    Raises:
        CatalogError: the file is malformed, a text lacks one of the languages, or a language leaves out a value.
    """
    read = read_yaml(path)
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for key, texts in read.items() if isinstance(read, dict) else ():
        if not isinstance(texts, list) or len(texts) != len(LANGUAGES) or not all(isinstance(t, str) for t in texts):
            raise CatalogError(f"{path.name}: {key}: needs a text in each of {', '.join(LANGUAGES)}")
        values = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        if values[0] != values[1]:
            raise CatalogError(f"{path.name}: {key}: {', '.join(sorted(values[0] ^ values[1]))} stands in one language")
        for language, text in zip(LANGUAGES, texts, strict=True):
            found[language][str(key)] = text
    return found


class Writer(string.Formatter):
    """Puts values into a text: `{count:row|rows}` is the word that goes with a number, `{codes:or}` joins a list."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - any value
        """A value, or the word that goes with it."""
        if "|" in format_spec:
            one, more = format_spec.split("|")
            return one if str(value) == "1" else more
        if format_spec in _LISTS:
            return _LISTS[format_spec][self.language].join(self.format_field(each, "") for each in value)
        return str(value)


class Texts:
    """The texts of one language.

    Attributes:
        language: `en` or `zh`.

    Args:
        texts: as `bilingual` reads them.
        language: `en` or `zh`.
    """

    def __init__(self, texts: Mapping[str, Mapping[str, str]], language: str) -> None:
        self.language = language
        self._texts = texts[language]
        self._writer = Writer(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """A text with values put in.

        Raises:
            CatalogError: there is no such text.
        """
        if key not in self._texts:
            raise CatalogError(f"no text {key}")
        text = self._texts[key]
        return self._writer.vformat(text, (), values) if values else text
