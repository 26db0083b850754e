"""The catalogue of arithmetic rules."""

from __future__ import annotations

from functools import lru_cache

from pipelines.catalog.load import FOLDER, Strict, read_yaml, validated
from pipelines.errors import CatalogError


class Rule(Strict):
    """One rule: `severity` is what a failure means unless the rule's code says less; `advice_…` what to do then."""

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
    found = [validated(Rule, row, "catalog/rules.yml") for row in rows]
    return {rule.code: rule for rule in found}
