"""Currencies of ISO 4217 and what reports write for them: codes, names and signs, and in which countries they are used.

Codes and names come from babel; `currencies.yml` adds signs and short names. A name or sign that several currencies
bear ("$", "peso") is settled by the country of the report, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipelines.catalog.load import Strict, Unit, catalog, read_as

NO_CURRENCY = "XXX"  # ISO 4217: money of which nothing tells the currency
_NOT_MONEY = frozenset({"XXX", "XTS", "XAG", "XAU", "XPD", "XPT", "XBA", "XBB", "XBC", "XBD", "XSU", "XUA"})
_SHORT = 2  # letters of a sign that is an abbreviation in other languages too


class Written(Strict):
    """The schema of `catalog/currencies.yml`."""

    codes: frozenset[str]
    signs: dict[str, tuple[str, ...]]
    words_too: frozenset[str]
    names: dict[str, tuple[str, ...]]
    kinds: frozenset[str]
    endings: frozenset[str]


@lru_cache(maxsize=4096)
def is_money(unit: str) -> bool:
    """Whether a unit is money or money per something: no code but those of currencies is three capitals."""
    return len(unit) > 2 and unit[:3].isupper() and unit[:3].isalpha() and unit[3:4] in ("", "/")


def printed_unit(unit: str) -> str:
    """The code of a unit outside of this room: money whose currency nothing tells is of an unknown unit."""
    return "unknown" if not unit or unit.startswith(NO_CURRENCY) else unit


@lru_cache(maxsize=1)
def written() -> Written:
    """What reports write for currencies.

    Raises:
        CatalogError: `catalog/currencies.yml` is malformed; names the entry.
    """
    return read_as(Written, "currencies")


@lru_cache(maxsize=1)
def currencies() -> Mapping[str, Unit]:
    """Every currency by its code, also those that are no longer used, with names in English and Chinese."""
    from babel import Locale

    english, chinese = Locale.parse("en").currencies, Locale.parse("zh_Hans").currencies
    own = catalog().units
    return {
        code: own.get(code)
        or Unit(
            code=code,
            name_en=english[code],
            name_zh=chinese.get(code, english[code]),
            kind=f"money_{code.lower()}",
            base_unit=code,
        )
        for code in sorted(english)
        if code not in _NOT_MONEY
    }


@lru_cache(maxsize=1)
def names() -> Mapping[str, frozenset[str]]:
    """Names in small letters, English and Chinese → the currencies that bear them."""
    from babel import Locale
    from babel.numbers import get_currency_name

    english = Locale.parse("en")
    found: dict[str, set[str]] = {}
    for code, unit in currencies().items():
        several = get_currency_name(code, count=2, locale=english)
        for name in (unit.name_en, several, unit.name_zh, *written().names.get(code, ())):
            found.setdefault(name.lower(), set()).add(code)
        for name in (unit.name_en, several):
            kind = name.lower().split()[-1]
            if kind in written().kinds or kind in written().endings:
                found.setdefault(kind, set()).add(code)
        for kind in written().kinds:
            if not kind.isascii() and unit.name_zh.endswith(kind):
                found.setdefault(kind, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


@lru_cache(maxsize=512)
def currencies_of(country: str) -> frozenset[str]:
    """The currencies that a country (ISO 3166, two letters) has or had."""
    if country == "CN":
        return frozenset({"CNY"})  # by far the most frequent, and known without the library
    from babel.core import get_global

    used = get_global("territory_currencies").get(country, ())
    return frozenset(str(entry[0]) for entry in used)


def settled(codes: Iterable[str], country: str) -> str:
    """Which of the currencies that bear a sign or name a report means.

    Args:
        codes: the candidates.
        country: ISO 3166 code of the report's country, empty where nothing says it.

    Returns:
        The only candidate; of several the country's own; where the country has none of them the dollar of the United
        States and the pound of the United Kingdom, which are written without their country abroad; else `XXX`.
    """
    candidates = frozenset(codes)
    if len(candidates) == 1:
        return next(iter(candidates))
    own = candidates & currencies_of(country) if country else frozenset()
    if len(own) == 1:
        return next(iter(own))
    if country and not own:
        for abroad in ("USD", "GBP"):
            if abroad in candidates:
                return abroad
    if own:
        current = own & _current(country)
        if len(current) == 1:
            return next(iter(current))
    return NO_CURRENCY


@lru_cache(maxsize=512)
def _current(country: str) -> frozenset[str]:
    from babel.numbers import get_territory_currencies

    return frozenset(get_territory_currencies(country))


def needs_its_country(sign: str) -> bool:
    """Whether a sign is so short, or so much a word, that it means money only in a country that uses it."""
    plain = sign.strip(".")
    return (sign.isascii() and plain.isalpha() and len(plain) <= _SHORT) or sign in written().words_too
