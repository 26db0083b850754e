"""The figures of one report as rules look for them: wholes with their parts, levels with what is said about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import compress
from typing import Any, TypeVar

from pipelines.catalog.characters import simplified
from pipelines.catalog.rules import rules
from pipelines.catalog.sentences import Printed, Said, Value, say
from pipelines.checking.interval import Interval, of
from pipelines.checking.verdict import HOLDING, Severity, Verdict
from pipelines.columns import FEW, Coded, Column, Same, coded, column, mapped
from pipelines.figures.by_id import ById
from pipelines.figures.figure import Figure, Locator, Reading
from pipelines.meaning.meaning import UNKNOWN, Meaning
from pipelines.patterns import regex

T = TypeVar("T")
_KINDS = 20  # values of an attribute of which many may be the same
_NEAR = 20  # figures before another among which a relation is looked for
At = Callable[[Figure], Interval]
"""What a figure stands for: as printed (`of`), or as something else that is tried out."""


def _is_in(wanted: Collection[Any], value: Any) -> bool:  # noqa: ANN401 - any attribute
    return value in wanted


@dataclass(slots=True)
class Finding:
    """One rule applied to one set of figures, before it is numbered and grouped.

    `blamed` names the operands that the rule itself can point to; the grouping decides where it is empty. `again`
    applies the same rule to the same figures with other values; None where the rule has no use for them.
    """

    rule: str
    verdict: Verdict
    operands: tuple[Figure, ...]
    formula: str | Said
    message: Said
    computed: Interval | None = None
    stated: Interval | None = None
    unit: str = ""
    severity: Severity | None = None
    blamed: tuple[Figure, ...] = ()
    assumption: Said = Said()  # noqa: RUF009 - it never changes
    again: Callable[[At], Finding] | None = None

    @property
    def effective_severity(self) -> Severity:
        """The rule's severity, unless this instance is milder."""
        return self.severity or rules()[self.rule].severity  # type: ignore[return-value]


def tested(rule: Callable[[At], Finding]) -> Finding:
    """A rule's finding on the printed values, which can be made again with others."""
    finding = rule(of)
    finding.again = rule
    return finding


def cut_off(claim: Figure, at: At) -> Interval:
    """What a percentage stands for: one without decimals may have been cut off and not rounded, 71.7 % as 71 %."""
    said = at(claim)
    if claim.unit != "%" or claim.qualifier != "exact" or claim.value_stated != claim.value_stated.to_integral_value():
        return said
    return Interval(said.low, said.point + 2 * (said.high - said.point), said.point)


def assumed(finding: Finding, assumption: Said) -> Finding:
    """The finding as evidence about another one: what would be if an operand were read in another way."""
    finding.assumption, finding.severity = assumption, "info"
    return finding


def in_any_reading(findings: list[Finding]) -> Finding:
    """Of several readings of one relation the first that holds, else the first: what fails, fails in all of them."""
    return next((finding for finding in findings if finding.verdict in HOLDING), findings[0])


def once(records: Sequence[T]) -> Sequence[T]:
    """Records of which each is made once at most, so that rules can tell one from another."""
    return tuple(records) if len(records) <= FEW else _Kept(records)


class _Kept(Column[T]):
    """Many of them; each is made when somebody asks for it."""

    __slots__ = ("_made", "_records")

    def __init__(self, records: Sequence[T]) -> None:
        self._records = records
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[T]:
        for place, record in enumerate(self._records):
            yield self._made.setdefault(place, record)

    def at(self, place: int) -> T:
        """The record at a place."""
        found = self._made.get(place)
        if found is None:
            found = self._made[place] = self._records[place]
        return found


class Some(Column[Figure]):
    """The figures at some places of a report."""

    __slots__ = ("_figures", "places")

    def __init__(self, figures: Sequence[Figure], places: Sequence[int]) -> None:
        self._figures, self.places = figures, places

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Figure]:
        if len(self.places) == len(self._figures):
            return iter(self._figures)
        return map(self._figures.__getitem__, self.places)

    def at(self, place: int) -> Figure:
        """The figure at a place of these."""
        return self._figures[self.places[place]]


Test = Callable[[Any], bool] | Collection[Any]
"""What values of one attribute are wanted: those that it holds, or of which it is true."""


class Evidence:
    """Lookups over the figures of one report version.

    Attributes:
        figures: in reading order.
        meanings: by figure_id.
        by_id: figures by figure_id.
        told: those of running text.
        cells: those of tables.
        said_about: (figure_id, role) → figures of that role that speak about it.
        partitions: (figure_id, axis) → the parts of a whole along one breakdown.
        partitions_of: figure_id → its breakdowns.
        measured: measure code → its figures that are achieved levels or standards.
    """

    def __init__(self, reading: Reading, meanings: Sequence[Meaning]) -> None:
        ids = column(reading.figures, "figure_id")
        self._records, self._meanings = reading.figures, meanings
        self._last = ids[-1] if len(ids) else 0
        self._values: dict[str, Sequence[Any]] = {}
        self.figures: Sequence[Figure] = once(reading.figures)
        self.meanings: Mapping[int, Meaning] = ById(ids, once(meanings))
        self.by_id: Mapping[int, Figure] = ById(ids, self.figures)
        self.told = self.where(start=is_told)
        self.cells = self.where(start={None})
        self.said_about: dict[tuple[int, str], list[Figure]] = {}
        self.partitions: dict[tuple[int, str], list[Figure]] = {}
        for figure in self.where(parent=is_told):
            if figure.link == "part_of":
                self.partitions.setdefault((figure.parent or 0, figure.axis or "1"), []).append(figure)
            else:
                self.said_about.setdefault((figure.parent or 0, figure.role), []).append(figure)
        self.partitions_of: dict[int, list[list[Figure]]] = {}
        for (parent, _axis), parts in self.partitions.items():
            self.partitions_of.setdefault(parent, []).append(parts)
        measured: dict[str, list[int]] = {}
        for place, (role, measure) in enumerate(zip(self.values("role"), self.values("measure"), strict=True)):
            if role in ("level", "per_unit"):
                measured.setdefault(measure, []).append(place)
        self.measured = {measure: Some(self.figures, places) for measure, places in measured.items()}

    def values(self, name: str) -> Sequence[Any]:
        """An attribute of all figures in order: a field, one of their place, or a code of their meaning."""
        if name not in self._values:
            if name in _OF_PLACE:
                found = column(column(self._records, "locator"), name)
            elif name in Figure._fields:
                found = column(self._records, name)
            else:
                found = column(self._meanings, name)
                found = found if name in _PLAIN else column(found, "code")
            # of a table's column as many values are kept as there are kinds of cells; each is asked of once
            self._values[name] = coded(found) if isinstance(found, Coded) and len(found.values) > _KINDS else found
        return self._values[name]

    def among(self, figures: Some, name: str) -> set[Any]:
        """The distinct values of an attribute of some figures."""
        values = self.values(name)
        return set(values if len(figures) == len(values) else map(list(values).__getitem__, figures.places))

    def where(self, figures: Some | None = None, /, **tests: Test) -> Some:
        """Those figures of which some attributes are as wanted, in order.

        Args:
            figures: among which; all where None.
            tests: attribute → what is wanted of it.
        """
        places: Sequence[int] = range(len(self._records)) if figures is None else figures.places
        for name, test in tests.items():
            if not (callable(test) or test):
                return Some(self.figures, ())
            told = mapped(test if callable(test) else partial(_is_in, test), self.values(name))
            if isinstance(told, Same):
                places = places if told.value else ()
            elif len(places) == len(told):
                places = list(compress(places, told))
            else:
                passes = list(told)
                places = [place for place in places if passes[place]]
        return Some(self.figures, places)

    @classmethod
    def of(cls, reading: Reading, meanings: Sequence[Meaning]) -> Evidence:
        """The evidence of a reading."""
        return cls(reading, meanings)

    def about(self, figure: Figure, role: str) -> Figure | None:
        """The first figure of a role that speaks about another."""
        found = self.said_about.get((figure.figure_id, role))
        return found[0] if found else None

    def same_period(self, one: Figure, other: Figure) -> bool:
        """Whether two figures are about one period, as far as both tell theirs."""
        periods = {self.meanings[figure.figure_id].period.code for figure in (one, other)} - {UNKNOWN}
        return len(periods) < 2

    def before_in_sentence(self, figure: Figure) -> list[Figure]:
        """The figures of its sentence before it, the nearest first."""
        found: list[Figure] = []
        start = figure.locator.sentence_start
        for place in range(figure.figure_id - 1, max(figure.figure_id - _NEAR, 0) - 1, -1):
            other = self.by_id.get(place)
            if other is None:
                continue
            if start is None or other.locator.sentence_start != start:
                break
            found.append(other)
        return found

    def after(self, figure: Figure, until: Figure | None = None) -> Iterator[Figure]:
        """The figures after one in reading order, up to another; of some numbers people say that they are none."""
        last = self._last if until is None else until.figure_id - 1
        return filter(None, map(self.by_id.get, range(figure.figure_id + 1, last + 1)))

    def complete_partitions(self) -> Iterator[tuple[Figure, list[Figure]]]:
        """Every whole with each set of at least two parts of its unit that the report claims to be complete."""
        for (parent, _axis), parts in self.partitions.items():
            whole = self.by_id[parent]
            alike = [part for part in parts if part.unit == whole.unit and part.role == whole.role]
            if len(alike) == len(parts) > 1 and all(part.exhaustive for part in parts):
                yield whole, parts

    def in_text(self, measure: str) -> Some:
        """The levels and standards of a measure that stand in the text; the cells of tables are left out."""
        return self.where(self.of_measure(measure), start=is_told)

    def of_measure(self, measure: str) -> Some:
        """The levels and standards of a measure."""
        return self.measured.get(measure, Some(self.figures, ()))

    def program(self, figure: Figure) -> str:
        """Code of its program."""
        return self.meanings[figure.figure_id].program.code

    def source(self, figure: Figure) -> str:
        """Code of its fund source."""
        return self.meanings[figure.figure_id].source.code

    def stage(self, figure: Figure) -> str:
        """Code of the stage of its money."""
        return self.meanings[figure.figure_id].stage.code

    def measure(self, figure: Figure) -> str:
        """Code of its measure."""
        return self.meanings[figure.figure_id].measure.code

    def same_time_and_place(self, first: Figure, second: Figure) -> bool:
        """Whether two figures speak of one period, one region and one group of places."""
        one, other = self.meanings[first.figure_id], self.meanings[second.figure_id]
        same_group = (one.group and one.group.words) == (other.group and other.group.words)
        return one.period.code == other.period.code and one.region.code == other.region.code and same_group


def is_told(value: object) -> bool:
    """Whether an attribute has a value."""
    return value is not None


_OF_PLACE = frozenset(Locator._fields)
_PLAIN = frozenset({"scope", "item"})  # of a meaning no decision


def falls(figure: Figure) -> bool:
    """Whether a change is a decrease, by the words that decided it."""
    return dict(figure.decided_by).get("direction") == "down"


def signed(figure: Figure, at: At) -> Interval:
    """A change with its sign; it is printed without."""
    return -at(figure) if falls(figure) else at(figure)


def agreement(computed: Interval, stated: Interval) -> Verdict:
    """Holds exactly, holds as far as rounding explains, or fails."""
    if computed.point == stated.point:
        return "holds"
    return "holds_within_rounding" if computed.meets(stated) else "fails"


def comparison(key: str, verdict: Verdict, computed: Interval, stated: Interval, **values: Value) -> Said:
    """A sentence about what is computed and what is printed, which ends with whether rounding explains a difference."""
    return say(
        key,
        computed=number(computed.point),
        stated=number(stated.point),
        ending=ending(verdict),
        **values,
    )


def ending(verdict: Verdict) -> Said:
    """How a sentence about two numbers ends."""
    return say(_ENDINGS.get(verdict, _APART))


_ENDINGS: dict[Verdict, str] = {"holds": "ending.holds", "holds_within_rounding": "ending.rounding"}
_APART = "ending.fails"


def printed(figure: Figure) -> Printed:
    """A figure as the report has it."""
    return Printed(figure.text)


def between(first: Figure, second: Figure) -> str | None:
    """The text between two numbers of one sentence, the first standing first; None where they share no sentence."""
    start = first.locator.sentence_start
    if start is None or start != second.locator.sentence_start:
        return None
    if first.locator.end is None or second.locator.start is None or first.locator.end > second.locator.start:
        return None
    return simplified(first.sentence)[first.locator.end - start : second.locator.start - start]


def is_aside(figure: Figure, claim: Figure) -> bool:
    """Whether a number stands in brackets that are over before another one of its sentence."""
    depth = 0
    for sign in between(figure, claim) or "":
        depth += (sign in "(（") - (sign in ")）")
        if depth < 0:
            return True
    return False


def before(figure: Figure) -> str:
    """The text of a figure's sentence before it; empty for a table cell."""
    start = figure.locator.sentence_start
    if start is None or figure.locator.start is None:
        return ""
    return simplified(figure.sentence)[: figure.locator.start - start]


def after(figure: Figure) -> str:
    """The text of a figure's sentence behind it; empty for a table cell."""
    start = figure.locator.sentence_start
    if start is None or figure.locator.end is None:
        return ""
    return simplified(figure.sentence)[figure.locator.end - start :]


def number(value: Decimal) -> str:
    """A value for people: thousands separated, at most two decimals."""
    rounded = round(value, 2)
    text = f"{rounded:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def says_unit(figure: Figure) -> bool:
    """Whether the unit of a number stands right beside it, so that it is the report's and no reading of ours."""
    words = dict(figure.decided_by).get("unit", "")
    behind = _SCALE.sub("", after(figure)).lower()
    unit = words.lower().partition(",")[0]  # of "Yuan, net income" the word that stands beside it
    return bool(words) and (behind.startswith(unit) or before(figure).rstrip().endswith(words))


_SCALE = regex(
    r"^[\s-]*(?:(?:hundred|thousand|lakhs?|million|crores?|billion|trillion)\s+|[十百千万亿]+)?", re.IGNORECASE
)
