"""What evidence against a reading weighs, as `evidence.yml` has it: points, the chance that they make, and words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pipelines.catalog.load import read_yaml
from pipelines.meaning.meaning import UNKNOWN, Decision
from pipelines.review.files import Attribute

LOOKED_AT: tuple[Attribute, ...] = ("program", "source", "period", "region", "measure", "stage")
# evidence → how much of it there is, from 0 to 1
Evidence = dict[str, float]

_NEAR = ("statement", "sentence")


class Weights(NamedTuple):
    """What `evidence.yml` holds.

    Attributes:
        ways: attribute → way in which it was decided → points to begin with.
        evidence: attribute → evidence → points.
        failing: severity of a failing check → points.
        words: evidence that is told → English, Chinese.
    """

    ways: Mapping[str, Mapping[str, float]]
    evidence: Mapping[str, Mapping[str, float]]
    failing: Mapping[str, float]
    words: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of evidence."""
    read: dict[str, dict[str, dict[str, float]]] = read_yaml(Path(__file__).with_name("evidence.yml"))  # type: ignore[assignment]
    told = read["evidence"]
    return Weights(
        read["ways"],
        {name: {one: about[name] for one, about in told.items() if name in about} for name in LOOKED_AT},
        read["failing"],  # type: ignore[arg-type]
        {one: tuple(about["why"]) for one, about in told.items() if "why" in about},  # type: ignore[misc, arg-type]
    )


def chance(points: float) -> float:
    """The chance that goes with points: none make it even, ten more a wrong reading ten times as likely as a right."""
    return 1 / (1 + 10 ** (-points / 10))


def weighed(name: Attribute, decision: Decision, evidence: Evidence) -> float:
    """The chance that an attribute was decided wrongly; what is stated is right."""
    if decision.how == "stated":
        return 0.0
    known = weights()
    about = known.evidence[name]
    return chance(
        known.ways[name][way_of(decision)] + sum(about[one] * much for one, much in evidence.items() if one in about)
    )


def told_against(name: Attribute, evidence: Evidence, language: str) -> list[str]:
    """What speaks against an attribute, in words, the weightiest first."""
    known = weights()
    found = {one: much * known.evidence[name].get(one, 0) for one, much in evidence.items() if one in known.words}
    most = sorted((one for one, points in found.items() if points > 0), key=lambda one: -found[one])
    return [known.words[one][language == "zh"] for one in most]


def way_of(decision: Decision) -> str:
    """How an attribute was decided; of what opens a stretch, how far that is away."""
    if decision.code == UNKNOWN:
        return "unknown"
    if decision.how != "opened":
        return decision.how
    node = decision.text.partition(":")[0]
    return "paragraph" if node == "paragraph" else "near" if node in _NEAR else "far"
