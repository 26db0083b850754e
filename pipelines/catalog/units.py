"""Units by their codes: those of the catalogue, all currencies of ISO 4217, and what is made of them (`KES/person`)."""

from __future__ import annotations

from functools import lru_cache

from pipelines.catalog.currencies import NO_CURRENCY, currencies, is_money
from pipelines.catalog.load import Unit, catalog

YUAN = "CNY"


@lru_cache(maxsize=1024)
def unit_of(code: str) -> Unit | None:
    """The unit that a code means.

    Returns:
        Its entry of the catalogue, its currency, or a unit made of such, which is its own base; None for a code that is
        no unit. The library of currencies is asked only about those that the catalogue lacks.
    """
    known = catalog().units.get(code)
    if known is not None or not code:
        return known
    if "/" not in code:
        return currencies().get(code) if is_money(code) else None
    parts = [unit_of(part) for part in code.split("/")]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return None
    return Unit(
        code=code,
        name_en=" per ".join(part.name_en for part in found),
        name_zh="/".join(part.name_zh for part in found),
        kind=" per ".join(part.kind for part in found),
        base_unit=code,
    )


def currency_of(unit: str) -> str | None:
    """The currency of money and of money per something, by its code in ISO 4217; None for what is no money."""
    return unit[:3] if is_money(unit) and unit[:3] != NO_CURRENCY else None


def is_amount(unit: str) -> bool:
    """Whether a unit is money of a known currency, and not money per something."""
    return currency_of(unit) == unit


def is_foreign(unit: str) -> bool:
    """Whether a unit is money in another currency than yuan; nothing is converted into yuan or added up with it."""
    return currency_of(unit) not in (None, YUAN)
