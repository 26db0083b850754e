"""The words of a command in both languages, beside those that the page has for codes."""

from __future__ import annotations

from pathlib import Path

from pipelines.catalog.bilingual import bilingual
from pipelines.catalog.sentences import unit_name
from pipelines.publishing.site.messages import Words


class CommandWords(Words):
    """What is printed around findings, figures and values, in one language.

    Args:
        language: `en` or `zh`.
        file: of the command, with its texts in both.
    """

    def __init__(self, language: str, file: Path) -> None:
        super().__init__(language)
        self._texts = {**self._texts, **bilingual(file)[language]}

    def code(self, kind: str, code: str) -> str:
        """A code of the warehouse: as queries name it in English, in words else."""
        return code if self.language == "en" else self.of(kind, code)

    def amount(self, value: str, unit: str) -> str:
        """A value with its unit."""
        if "=" in unit:
            return f"{value} ({unit})"
        name = unit if self.language == "en" else unit_name(unit, self.language)
        return f"{value}{'' if unit == '%' else ' '}{name}"
