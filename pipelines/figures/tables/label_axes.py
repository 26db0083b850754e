"""Rows or columns by their labels: which are totals, run on through the year, or were revised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pipelines.catalog.phrases import holding
from pipelines.figures.tables.label_classes import LabelClass, classes_of, cumulative_of
from pipelines.figures.tables.lines import Axis, Path, axis_of, labels_of
from pipelines.patterns import regex

Places = Sequence[tuple[int, Path]]
"""Rows or columns with their paths, in order."""

_REVISED = regex(
    r"\s*[(（\[]?\s*(?:\b(?:revised|restated|corrected|(?-i:R\.?E))\b\.?|调整后?|修订(?:后|数)?|修正后?|更正后?)\s*[)）\]]?\s*",
    re.IGNORECASE,
)
# what was before: the voted budget, the first estimate
_FIRST = regex(
    r"\s*[(（\[]?\s*(?:\b(?:original|initial|budget(?:ed)?|estimates?|(?-i:B\.?E))\b\.?|年初|初步|预算数?)\s*[)）\]]?\s*",
    re.IGNORECASE,
)
_MAY_BE_REVISED = ("re", "corrected", "r.e", "调整", "修订", "修正", "更正")


@dataclass(frozen=True, slots=True)
class Words:
    """What the labels of one axis say: classes of those that are no details, marks of cumulation, of revision."""

    classes: Mapping[str, LabelClass]
    cumulative: AbstractSet[str]
    revised: AbstractSet[str]

    @classmethod
    def of(cls, labels: AbstractSet[str]) -> Words:
        """Of some labels."""
        revised = {label for label in holding(labels, _MAY_BE_REVISED) if _REVISED.search(label)}
        return cls(classes_of(labels), cumulative_of(labels), revised)


def words_of_places(places: Places) -> Words:
    """What the labels of some places say."""
    return Words.of(labels_of(places))


def axes_of(
    places: Places,
    known: Mapping[int, LabelClass] | None,
    others: AbstractSet[int] = frozenset(),
    words: Words | None = None,
) -> tuple[Axis, Axis]:
    """Relations among places of single periods, and among cumulative ones; the two are never added up."""
    words = words or words_of_places(places)
    cumulative = set[int]()
    if words.cumulative:
        cumulative = {place for place, path in places if not words.cumulative.isdisjoint(path)}
    if len(cumulative | others) >= len(places):  # beside plans and shares alone nothing is told twice
        cumulative = set()
    classes = dict(known or {})
    if not (classes or words.classes):
        return Axis(), Axis(of_which=cumulative)
    single = axis_of([place for place in places if place[0] not in cumulative], classes, words.classes)
    several = axis_of([place for place in places if place[0] in cumulative], classes, words.classes)
    several.of_which |= cumulative
    return single, several


def revised(places: Places, words: Words) -> dict[int, int]:
    """Places whose path returns with a mark of revision, and where."""
    marked: dict[Path, int] = {}
    for place, path in places if words.revised else ():
        if not words.revised.isdisjoint(path):
            marked[_key(path)] = place
    if not marked:
        return {}
    return {place: marked[key] for place, path in places if (key := _key(path)) in marked and marked[key] != place}


def _key(path: Path) -> Path:
    told = (_FIRST.sub(" ", _REVISED.sub(" ", label)).strip().lower() for label in path)
    return tuple(stripped for stripped in told if stripped)
