"""The words of the interface in English and Chinese, from `messages.yml`; a missing one is an error, never a blank."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from pipelines.catalog.currencies import is_money
from pipelines.catalog.indicators import indicators
from pipelines.catalog.units import unit_of
from pipelines.errors import CatalogError

LANGUAGES = ("en", "zh")
_FILE = Path(__file__).with_name("messages.yml")


@lru_cache(maxsize=1)
def messages() -> dict[str, dict[str, str]]:
    """Language → key → text.

    Raises:
        CatalogError: the file is malformed, or a text lacks one of the languages.
    """
    try:
        # the loader in C is ten times quicker, and as safe
        read = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise CatalogError(f"{_FILE.name}: cannot be read: {' '.join(str(error).split())[:200]}") from error
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for key, texts in read.items():
        if not isinstance(texts, list) or len(texts) != len(LANGUAGES) or not all(isinstance(t, str) for t in texts):
            raise CatalogError(f"{_FILE.name}: {key}: needs a text in each of {', '.join(LANGUAGES)}")
        for language, text in zip(LANGUAGES, texts, strict=True):
            found[language][str(key)] = text
    for code, one in indicators().items():
        for language, title, tells in (("en", one.title.en, one.tells.en), ("zh", one.title.zh, one.tells.zh)):
            found[language] |= {f"indicator.{code}": title, f"tells.{code}": tells}
    return found


class Words:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts: Mapping[str, str] = messages()[language]

    def __call__(self, key: str, /, **values: object) -> str:
        """A text with values put in.

        Raises:
            CatalogError: there is no such text.
        """
        if key not in self._texts:
            raise CatalogError(f"{_FILE.name}: no text {key}")
        text = self._texts[key]
        return text.format(**values) if values else text

    def of(self, kind: str, code: str | None) -> str:
        """The word for a code of the catalogues or of the warehouse; the code itself where there is none.

        Money of all currencies has the names that the catalogue gives it.
        """
        text = self._texts.get(f"{kind}.{code}")
        if text is None and kind == "unit" and code and is_money(code) and (unit := unit_of(code)) is not None:
            return unit.name_zh if self.language == "zh" else unit.name_en
        return (code or "").replace("_", " ") if text is None else text
