"""The words of the interface in English and Chinese, from `messages.yml`; a missing one is an error, never a blank."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipelines.catalog.bilingual import LANGUAGES, Texts, bilingual
from pipelines.catalog.currencies import is_money
from pipelines.catalog.indicators import indicators
from pipelines.catalog.sentences import sentences
from pipelines.catalog.units import unit_of

_FILE = Path(__file__).with_name("messages.yml")


@lru_cache(maxsize=1)
def messages() -> dict[str, dict[str, str]]:
    """Language → key → text.

    Raises:
        CatalogError: the file is malformed, or a text lacks one of the languages.
    """
    found = bilingual(_FILE)
    for language in LANGUAGES:
        found[language] |= {key: text for key, text in sentences()[language].items() if key.startswith("series.")}
    for code, one in indicators().items():
        for language, title, tells in (("en", one.title.en, one.tells.en), ("zh", one.title.zh, one.tells.zh)):
            found[language] |= {f"indicator.{code}": title, f"tells.{code}": tells}
    return found


class Words(Texts):
    """The texts of the interface in one language."""

    def __init__(self, language: str) -> None:
        super().__init__(messages(), language)

    def of(self, kind: str, code: str | None) -> str:
        """The word for a code of the catalogues or of the warehouse; the code itself where there is none.

        Money of all currencies has the names that the catalogue gives it.
        """
        text = self._texts.get(f"{kind}.{code}")
        if text is None and kind == "unit" and code and is_money(code) and (unit := unit_of(code)) is not None:
            return unit.name_zh if self.language == "zh" else unit.name_en
        return (code or "").replace("_", " ") if text is None else text
