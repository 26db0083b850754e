"""Fixed phrases of the warehouse and of the reader in other languages: why a value is missing, a number not read."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.bilingual import bilingual
from pipelines.catalog.load import FOLDER

_FILE = "reasons.yml"
_VALUE = re.compile(r"\\{(\w+)\\}")


def reason_in(text: str, language: str) -> str:
    """A phrase in another language; the phrase itself where the catalogue does not have it."""
    if language == "en" or not text:
        return text
    plain, patterns = _known()
    if text in plain:
        return plain[text]
    for pattern, other in patterns:
        if found := pattern.fullmatch(text):
            return other.format(**{name: reason_in(value, language) for name, value in found.groupdict().items()})
    return text


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Phrases without values, and patterns of those with."""
    texts = bilingual(FOLDER / _FILE)
    plain, patterns = {}, []
    for key, text in texts["en"].items():
        other = texts["zh"][key]
        if "{" in text:
            patterns.append((re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(text)), re.DOTALL), other))
        else:
            plain[text] = other
    return plain, patterns
