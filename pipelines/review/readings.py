"""A reading as attributes that people can look at and decide about, each as one text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import Meaning
from pipelines.review.files import MEANT, NONE, Attribute, number


def readings(figure: Figure, meaning: Meaning, figures: Mapping[int, Figure]) -> dict[Attribute, str]:
    """What is read of a figure: attribute → number, code, or link and printed text of its parent."""
    found: dict[Attribute, str] = {"value": plain(figure.value), "unit": figure.unit, "role": figure.role}
    found |= {name: getattr(meaning, name).code for name in MEANT}
    parent = figures[figure.parent] if figure.parent is not None and figure.parent in figures else None
    found["parent"] = NONE if parent is None else f"{figure.link} {' '.join(parent.text.split())}"
    return found


def plain(value: Decimal) -> str:
    """An exact decimal without padding."""
    return format(value.normalize() if value else Decimal(0), "f")


def is_same(attribute: str, one: str, other: str) -> bool:
    """Whether two readings of an attribute are the same; numbers are compared as numbers."""
    return number(one) == number(other) if attribute == "value" else " ".join(one.split()) == " ".join(other.split())
