"""What every table and column of the warehouse means: the one source of comments and of the data dictionary."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.catalog.load import FOLDER, read_yaml
from pipelines.errors import CatalogError


class Column(BaseModel):
    """A column name, which means the same wherever it stands; `zh` says so in Chinese."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    description: str
    zh: str
    unit: str = ""


class Precedence(BaseModel):
    """Which report speaks for a fact that several reports print: the lower, the sooner."""

    model_config = ConfigDict(extra="forbid", frozen=True)
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
    columns = {}
    for name, entry in rows.items():
        try:
            columns[name] = Column.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, (name, *first["loc"])))
            raise CatalogError(f"catalog/columns.yml: {place}: {first['msg']}") from error
    return columns


@lru_cache(maxsize=1)
def precedence() -> Precedence:
    """The declared precedence between reports of one region and period.

    Raises:
        CatalogError: `catalog/precedence.yml` is malformed.
    """
    try:
        return Precedence.model_validate(read_yaml(FOLDER / "precedence.yml"))
    except ValidationError as error:
        raise CatalogError(f"catalog/precedence.yml: {error.errors()[0]['msg']}") from error
