"""The catalogue of arithmetic rules."""

from __future__ import annotations

from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.catalog.load import FOLDER, read_yaml
from pipelines.errors import CatalogError


class Rule(BaseModel):
    """One rule: `severity` is what a failure means unless the rule's code says less; `advice_…` what to do then."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    kind: str
    severity: str
    tolerance: str
    text_en: str
    text_zh: str
    advice_en: str
    advice_zh: str


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules by code.

    Raises:
        CatalogError: `catalog/rules.yml` is malformed.
    """
    rows = read_yaml(FOLDER / "rules.yml")
    if not isinstance(rows, list):
        raise CatalogError("catalog/rules.yml: must be a list of rules")
    try:
        found = [Rule.model_validate(row) for row in rows]
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogError(f"catalog/rules.yml: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return {rule.code: rule for rule in found}
