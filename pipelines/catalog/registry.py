"""What every table and column of the warehouse means: the one source of comments and of the data dictionary."""

from __future__ import annotations

from functools import lru_cache

from pipelines.catalog.load import FOLDER, Strict, read_as, read_yaml, validated
from pipelines.errors import CatalogError


class Column(Strict):
    """A column name, which means the same wherever it stands; `zh` says so in Chinese."""

    description: str
    zh: str
    unit: str = ""


class Precedence(Strict):
    """Which report speaks for a fact that several reports print: the lower, the sooner."""

    series: tuple[str, ...]
    language: tuple[str, ...]

    def rank(self, series: str, language: str) -> int:
        """Rank of a report; unlisted series and languages come last."""
        place = self.series.index(series) if series in self.series else len(self.series)
        tongue = self.language.index(language) if language in self.language else len(self.language)
        return 10 * place + tongue


@lru_cache(maxsize=1)
def registered_columns() -> dict[str, Column]:
    """Every column name with its meaning.

    Raises:
        CatalogError: `catalog/columns.yml` is malformed.
    """
    rows = read_yaml(FOLDER / "columns.yml")
    if not isinstance(rows, dict):
        raise CatalogError("catalog/columns.yml: must map column names to their meaning")
    return {name: validated(Column, entry, "catalog/columns.yml", name) for name, entry in rows.items()}


@lru_cache(maxsize=1)
def precedence() -> Precedence:
    """The declared precedence between reports of one region and period.

    Raises:
        CatalogError: `catalog/precedence.yml` is malformed.
    """
    return read_as(Precedence, "precedence")
