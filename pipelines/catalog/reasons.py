"""Fixed phrases of the warehouse and of the reader in other languages: why a value is missing, a number not read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pipelines.catalog.bilingual import bilingual
from pipelines.catalog.indicators import indicators
from pipelines.catalog.load import FOLDER
from pipelines.patterns import regex

_FILE = "reasons.yml"
_VALUE = regex(r"\\{(\w+)\\}")


class Phrases:
    """Fixed English phrases, with or without values in them, and what they are in another language.

    Args:
        english: key → phrase; what stands in braces may be any text.
        other: key → the same in the other language.
        names: what is a phrase as it stands.
    """

    def __init__(self, english: Mapping[str, str], other: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._plain = dict(names) | {text: other[key] for key, text in english.items() if "{" not in text}
        patterns = (
            (re.compile(_VALUE.sub(_any, re.escape(text)), re.DOTALL), other[key])
            for key, text in english.items()
            if "{" in text
        )
        # what says most is tried first
        self._patterns = sorted(patterns, key=lambda pair: -len(pair[0].pattern))

    def told(self, text: str) -> str:
        """A phrase in the other language; the phrase itself where it is not known."""
        if text in self._plain:
            return self._plain[text]
        for pattern, other in self._patterns:
            if found := pattern.fullmatch(text):
                return other.format(**{name: self.told(value) for name, value in found.groupdict().items()})
        return text


def reason_in(text: str, language: str) -> str:
    """A phrase in another language; the phrase itself where the catalogue does not have it."""
    if language == "en" or not text:
        return text
    told = _known().told(text)
    if told != text:
        return told
    place, _, cause = text.partition(": ")
    told = reason_in(cause, language) if cause else ""
    return text if told == cause else f"{reason_in(place, language)}：{told}"


def formula_in(formula: str, language: str) -> str:
    """The formula of an indicator, which names the amounts that it takes, in another language."""
    told = reason_in(formula, language)
    if language == "en" or told != formula:
        return told
    for name, other in sorted(_amounts().items(), key=lambda pair: -len(pair[0])):
        told = re.sub(rf"\b{re.escape(name)}\b", other, told)
    return told


@lru_cache(maxsize=1)
def _amounts() -> dict[str, str]:
    """What indicators take, by its English name."""
    amounts = (amount for one in indicators().values() for amount in (one.of, one.to) if amount is not None)
    return {amount.name: amount.name_zh for amount in amounts}


@lru_cache(maxsize=1)
def reasons() -> dict[str, dict[str, str]]:
    """Language → key → phrase.

    Raises:
        CatalogError: the file is malformed, or a phrase lacks one of the languages.
    """
    return bilingual(FOLDER / _FILE)


@lru_cache(maxsize=1)
def _known() -> Phrases:
    return Phrases(reasons()["en"], reasons()["zh"], _amounts())


def _any(value: re.Match[str]) -> str:
    """What may stand for a value: a number, a name without spaces, or any text."""
    name = value[1]
    return rf"(?P<{name}>{ {'number': '[0-9,]+', 'name': '[^ ]+'}.get(name, '.+') })"
