"""What decisions have made of a report so far: the records that they changed, beside all others as they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pipelines.columns import Picked, Records, column, fields_of
from pipelines.figures.figure import Figure, NonFigure
from pipelines.meaning.meaning import Decision, Meaning
from pipelines.meaning.resolve import assumed_measure
from pipelines.versions.version import Reviewed

T = TypeVar("T")


class Changed(dict[int, T], Generic[T]):
    """Records by figure_id: those that were changed, and all others as they are read.

    Args:
        records: as read.
    """

    def __init__(self, records: Sequence[T]) -> None:
        super().__init__()
        self.records = records
        self._places = {figure_id: place for place, figure_id in enumerate(column(records, "figure_id"))}

    def __missing__(self, figure_id: int) -> T:
        return self.as_read(figure_id)

    def __contains__(self, figure_id: object) -> bool:
        return figure_id in self._places

    def as_read(self, figure_id: int) -> T:
        """A record as it was before any decision."""
        return self.records[self._places[figure_id]]

    def rewritten(self, records: Sequence[T], removed: Mapping[int, NonFigure]) -> Sequence[T]:
        """Some of the records with the changed in their places and some left out; the others stay as they are."""
        ids = column(records, "figure_id")
        places = {figure_id: place for place, figure_id in enumerate(ids)} if self or removed else {}
        own = {places[figure_id]: one for figure_id, one in self.items() if figure_id in places}
        gone = {places[figure_id] for figure_id in removed if figure_id in places}
        if not own and not gone:
            return records
        left = [place for place in range(len(records)) if place not in gone]
        if not isinstance(records, Records):
            return tuple(own[place] if place in own else records[place] for place in left)
        picked = Picked(left, len(records))
        columns = {}
        kind: Any = records.kind
        for name in fields_of(kind):
            values = records.columns[name]
            others = {place: getattr(one, name) for place, one in own.items() if getattr(one, name) != values[place]}
            if others:
                values = [others.get(place, value) for place, value in enumerate(values)]
            columns[name] = picked(values)
        return Records(records.kind, columns)


@dataclass(slots=True)
class State:
    """A report with the decisions that were applied so far.

    Attributes:
        figures: by id.
        meanings: by the id of their figure.
        removed: figures that are none.
        reviewed: figures that somebody looked at.
        decided: figure_id → the attributes of its meaning that somebody decided.
        moved: figures that were told from their whole or given one → who decided so and when.
    """

    figures: Changed[Figure]
    meanings: Changed[Meaning]
    removed: dict[int, NonFigure] = field(default_factory=dict)
    reviewed: dict[int, Reviewed] = field(default_factory=dict)
    decided: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    moved: dict[int, str] = field(default_factory=dict)

    def mean(self, figure_id: int, name: str, decision: Decision) -> None:
        """Gives one attribute of a meaning; a measure that is a habit of unit and program follows the program."""
        given: dict[str, Any] = {name: decision}
        meaning = self.meanings[figure_id]._replace(**given)
        if name == "region":
            meaning = meaning._replace(group=None)
        if name == "program" and meaning.measure.how == "assumed":
            meaning = meaning._replace(measure=assumed_measure(self.figures[figure_id].unit, decision.code))
        self.meanings[figure_id] = meaning
