"""The figures of one report as rules look for them: wholes with their parts, levels with what is said about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.catalog.rules import rules
from pipelines.checking.interval import Interval
from pipelines.checking.verdict import Severity, Verdict
from pipelines.figures.figure import Figure, Reading
from pipelines.meaning.meaning import Meaning


@dataclass(slots=True)
class Finding:
    """One rule applied to one set of figures, before it is numbered and grouped.

    `blamed` names the operands that the rule itself can point to; the grouping decides where it is empty.
    """

    rule: str
    verdict: Verdict
    operands: tuple[Figure, ...]
    formula: str
    message: str
    computed: Interval | None = None
    stated: Interval | None = None
    unit: str = ""
    severity: Severity | None = None
    blamed: tuple[Figure, ...] = ()

    @property
    def effective_severity(self) -> Severity:
        """The rule's severity, unless this instance is milder."""
        return self.severity or rules()[self.rule].severity  # type: ignore[return-value]


@dataclass(slots=True)
class Evidence:
    """Lookups over the figures of one report version."""

    figures: tuple[Figure, ...]
    meanings: dict[int, Meaning]
    by_id: dict[int, Figure] = field(init=False)
    said_about: dict[tuple[int, str], list[Figure]] = field(init=False)
    partitions: dict[tuple[int, str], list[Figure]] = field(init=False)
    partitions_of: dict[int, list[list[Figure]]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {figure.figure_id: figure for figure in self.figures}
        self.said_about, self.partitions = {}, {}
        for figure in self.figures:
            if figure.parent is None:
                continue
            if figure.link == "part_of":
                self.partitions.setdefault((figure.parent, figure.axis or "1"), []).append(figure)
            else:
                self.said_about.setdefault((figure.parent, figure.role), []).append(figure)

        self.partitions_of = {}
        for (parent, _axis), parts in self.partitions.items():
            self.partitions_of.setdefault(parent, []).append(parts)

    @classmethod
    def of(cls, reading: Reading, meanings: tuple[Meaning, ...]) -> Evidence:
        """The evidence of a reading."""
        return cls(reading.figures, {meaning.figure_id: meaning for meaning in meanings})

    def about(self, figure: Figure, role: str) -> Figure | None:
        """The first figure of a role that speaks about another."""
        return next(iter(self.said_about.get((figure.figure_id, role), [])), None)


def falls(figure: Figure) -> bool:
    """Whether a change is a decrease, by the words that decided it."""
    return dict(figure.decided_by).get("direction") == "down"


def agreement(computed: Interval, stated: Interval) -> Verdict:
    """Holds exactly, holds as far as rounding explains, or fails."""
    if computed.point == stated.point:
        return "holds"
    return "holds_within_rounding" if computed.meets(stated) else "fails"


def number(value: Decimal) -> str:
    """A value for people: thousands separated, at most two decimals."""
    rounded = round(value, 2)
    text = f"{rounded:,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
