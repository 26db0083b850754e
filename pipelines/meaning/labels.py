"""What the labels of a table's row tell that stand below headers such as County, Program or Fund source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipelines.catalog.load import catalog
from pipelines.figures.label_columns import LabelKind
from pipelines.figures.lines import label_class
from pipelines.meaning.meaning import UNKNOWN, Decision
from pipelines.meaning.places import place_called
from pipelines.meaning.vocabulary import CONTEXT, cues_of, heading_program

Labels = tuple[tuple[LabelKind, str], ...]

# from the widest, so that a county is looked for in the province of its row
_PLACES: tuple[LabelKind, ...] = ("province", "prefecture", "region", "county")
_TOLD: frozenset[LabelKind] = frozenset({*_PLACES, "program", "source"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a row's labels tell.

    Attributes:
        decisions: attribute of meaning (`region`, `program`, `source`) → what its own column says.
        item: the labels that no catalogue knows, such as that of a village, joined by ` > `.
    """

    decisions: Mapping[str, Decision]
    item: str = ""


NOTHING = Told({})


def kept_apart(labels: Labels) -> frozenset[str]:
    """Labels that are names of regions: their words say nothing about programs or money."""
    return frozenset(label for kind, label in labels if kind in _PLACES)


def telling(labels: Labels) -> Labels:
    """The labels that a catalogue may know; those of single items are left out, which are mostly all different."""
    return tuple(label for label in labels if label[0] in _TOLD)


@lru_cache(maxsize=8192)
def told_by(labels: Labels, home: str, year: int) -> Told:
    """What labels tell; a total names no member, so it leaves region and source to the report.

    Args:
        labels: of a row, without those of single items.
        home: code of the report's region, or `unknown`.
        year: in which the regions' names hold; 0 for the first that is known.
    """
    decisions: dict[str, Decision] = {}
    unknown: list[str] = []
    within = "" if home == UNKNOWN else home
    for kind, label in sorted(labels, key=lambda one: _PLACES.index(one[0]) if one[0] in _PLACES else len(_PLACES)):
        attribute = "region" if kind in _PLACES else kind
        if label_class(label) != "detail":
            if attribute != "region":
                decisions[attribute] = Decision("all", "phrase", label) if kind == "program" else Decision()
            continue
        if attribute == "region":
            code = place_called(label, kind, within, year)
            within = code or within
        else:
            code = _program(label) if kind == "program" else _source(label)
        if code:
            decisions[attribute] = Decision(code, "phrase", label)
            continue
        unknown.append(label)
        if attribute != "region":
            decisions[attribute] = Decision(text=label)
    return Told(decisions, " > ".join(unknown))


def _program(label: str) -> str:
    """The program that a label names; empty for none."""
    code = heading_program(label)
    if code is not None and code != CONTEXT:
        return code
    hits = [hit.payload for hit in cues_of(label).programs.hits if hit.payload != CONTEXT]
    return hits[0] if hits else ""


def _source(label: str) -> str:
    """The one source that a label names, or the two that are counted together; empty for none and for several."""
    if label.lower() in catalog().sources:
        return label.lower()
    named = {hit.payload for hit in cues_of(label).sources.hits} - {UNKNOWN}
    if named == {"central", "provincial"}:
        return "central+provincial"
    return named.pop() if len(named) == 1 else ""
