"""The catalogue of what measures, programs and stages make necessary, or improbable, between figures."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pipelines.catalog.load import Strict, catalog, read_as
from pipelines.catalog.phrases import Phrases
from pipelines.errors import CatalogError


class Within(Strict):
    """A measure that is part of another; `anywhere` whatever program the two stand under."""

    part: str
    whole: str
    anywhere: bool = False


class Complete(Strict):
    """Measures of a program that together are another one."""

    whole: str
    program: str
    parts: tuple[str, ...]


class Rate(Strict):
    """A rate that reports print by name."""

    code: str
    part: str
    whole: str
    words: tuple[str, ...]


class Product(Strict):
    """A standard per head whose product with a count fits the money of a program."""

    code: str
    standard: str
    count: str
    money: str
    program: str


class Band(Strict):
    """A quotient of two measures of one program, and where it lies; its name is `band.CODE` of `sentences.yml`."""

    code: str
    kind: str
    part: str
    whole: str
    min: Decimal
    max: Decimal
    unit: str
    less: str | None = None
    program: str | None = None


class Relations(Strict):
    """The whole file."""

    within: tuple[Within, ...]
    complete: tuple[Complete, ...]
    rates: tuple[Rate, ...]
    chain: tuple[str, ...]
    products: tuple[Product, ...]
    bands: tuple[Band, ...]
    persons_per_household: tuple[Decimal, Decimal]
    outside_total: frozenset[str]
    magnitude_gap: Decimal
    yearly_gap: Decimal
    cues: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def relations() -> Relations:
    """The catalogue of relations, whose codes are known to the other catalogues.

    Raises:
        CatalogError: `catalog/relations.yml` is malformed or names an unknown code.
    """
    found = read_as(Relations, "relations")
    measures = {code for entry in found.within for code in (entry.part, entry.whole)}
    measures |= {code for entry in found.complete for code in (entry.whole, *entry.parts)}
    measures |= {code for rate in found.rates for code in (rate.part, rate.whole)}
    measures |= {code for entry in found.products for code in (entry.standard, entry.count, entry.money)}
    measures |= {code for band in found.bands for code in (band.part, band.whole, band.less or band.part)}
    codes = catalog()
    for kind, wanted, known in (
        ("measure", measures, codes.measures),
        ("stage", set(found.chain), codes.stages),
        ("source", set(found.outside_total), codes.sources),
    ):
        if unknown := sorted(wanted - set(known)):
            raise CatalogError(f"catalog/relations.yml: {unknown[0]} is no {kind}")
    return found


@lru_cache(maxsize=1)
def _cues() -> Phrases:
    found = relations()
    vocabularies = {name: [(word, name) for word in words] for name, words in found.cues.items()}
    vocabularies["rates"] = [(word, rate.code) for rate in found.rates for word in rate.words]
    try:
        return Phrases(vocabularies)
    except ValueError as error:
        raise CatalogError(f"catalog/relations.yml: cues: {error}") from error


def has_cue(name: str, text: str) -> bool:
    """Whether a text holds a phrase of a kind of cue."""
    return bool(_cues().find(text)[name])


def rate_named(text: str) -> Rate | None:
    """The rate that a text names last, None where it names none."""
    hits = _cues().find(text)["rates"]
    return next((rate for rate in relations().rates if hits and rate.code == hits[-1].payload), None)
