"""How unsure the reading of a figure is: by the evidence against each of its attributes, and by its failing checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from math import log2, log10
from typing import NamedTuple

from pipelines.catalog.currencies import is_money
from pipelines.checking.verdict import FAILING, Check
from pipelines.columns import Records, column, mapped, parts_of
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning
from pipelines.meaning.periods import mentions
from pipelines.meaning.vocabulary import cues_of, heading_program
from pipelines.review.evidence import Surroundings, of_codes
from pipelines.review.files import Attribute
from pipelines.review.weights import LOOKED_AT, Evidence, chance, weighed, weights
from pipelines.versions.version import ReportVersion

# attributes of which a report that seldom tells them lacks nothing
_OFTEN_TOLD: tuple[Attribute, ...] = ("program", "region")
# no figure is so small or so unused that its doubts do not count
_LEAST = 1.0
_MOST_NAMED = 5
_DIGITS = 4


class Alternative(NamedTuple):
    """What else an attribute could be, and the words that name it."""

    code: str
    words: str


class Reason(NamedTuple):
    """Why an attribute may be wrong.

    Attributes:
        chance: that it is, from 0 to 1.
        evidence: what speaks for or against that.
    """

    chance: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Doubt:
    """How much a figure is worth a look.

    Attributes:
        figure_id: of the figure.
        unsure: chance that something of its meaning is wrong, from 0 to 1.
        weight: what rests on it, from 1 on.
        reasons: attribute → its own chance, and why; those above nothing.
        failing: checks that fail and point to it.
    """

    figure_id: int
    unsure: float
    weight: float
    reasons: Mapping[Attribute, Reason]
    failing: tuple[Check, ...]

    @property
    def rank(self) -> float:
        """What the queue is ordered by."""
        return self.unsure * self.weight


def doubts(version: ReportVersion, uses: Mapping[int, int] | None = None) -> list[Doubt]:
    """The figures of a report, those that are most worth a look first.

    Args:
        version: as read, with the decisions of people.
        uses: figure_id → how many values of indicators rest on it.
    """
    pointed = _pointed(version.checks)
    largest: dict[str, float] = defaultdict(float)
    for figure in version.reading.figures:
        largest[figure.unit] = max(largest[figure.unit], _size(figure))
    found = []
    for figure, reasons in zip(version.reading.figures, _Report(version).all(), strict=True):
        failing = tuple(pointed.get(figure.figure_id, ()))
        size = _size(figure) / largest[figure.unit] if largest[figure.unit] else 0.0
        weight = _LEAST + log2(1 + (uses or {}).get(figure.figure_id, 0)) + size
        unsure = _any_of((*(reason.chance for reason in reasons.values()), *map(_chance_of, failing)))
        found.append(Doubt(figure.figure_id, unsure, weight, reasons, failing))
    return sorted(found, key=lambda one: (-one.rank, one.figure_id))


def unsureness(version: ReportVersion) -> Sequence[float]:
    """How unsure the reading of each figure is, as `doubts` has it, in their order; of equal cells it is asked once."""
    figures, report = version.reading.figures, _Report(version)
    decisions = (column(version.meanings, name) for name in LOOKED_AT)

    def of_cell(unit: str, role: str, *decisions: Decision) -> float:
        return _any_of(reason.chance for reason in report.reasons(unit, role, decisions).values())

    found = list(mapped(of_cell, column(figures, "unit"), column(figures, "role"), *decisions))
    for place, reasons in report.of_text():
        found[place] = _any_of(reason.chance for reason in reasons.values())
    if pointed := _pointed(version.checks):
        for place, figure_id in enumerate(column(figures, "figure_id")):
            if figure_id in pointed:
                found[place] = _any_of((found[place], *map(_chance_of, pointed[figure_id])))
    return [round(one, _DIGITS) for one in found]


class _Report:
    """Weighs the evidence against the figures of one report."""

    def __init__(self, version: ReportVersion) -> None:
        self._version = version
        meanings = version.meanings
        self._known: dict[Attribute, float] = {
            name: sum(mapped(_is_known, column(meanings, name))) / max(1, len(meanings)) for name in _OFTEN_TOLD
        }
        self._is_abroad = not version.identity.region.code[:1].isdigit()

    def reasons(
        self, unit: str, role: str, decisions: Sequence[Decision], around: Mapping[Attribute, Evidence] | None = None
    ) -> dict[Attribute, Reason]:
        """Attribute → why it may be wrong, by the codes of a figure and by what stands around it."""
        found = {}
        told = of_codes(unit, role, decisions, self._known, is_abroad=self._is_abroad)
        for name, decision in zip(LOOKED_AT, decisions, strict=True):
            if name in told:
                evidence = told[name] | (around or {}).get(name, {})
                found[name] = Reason(weighed(name, decision, evidence), evidence)
        return {name: reason for name, reason in found.items() if reason.chance > 0}

    def of_text(self) -> Iterator[tuple[int, dict[Attribute, Reason]]]:
        """The place of each figure of running text, and its reasons."""
        begin = 0
        for part in parts_of(self._version.reading.figures):
            if not isinstance(part, Records):
                meanings = [self._version.meanings[place] for place in range(begin, begin + len(part))]
                around = Surroundings(self._version.document.text, part, meanings).evidence()
                for place, figure, meaning, told in zip(count(begin), part, meanings, around):
                    yield place, self.reasons(figure.unit, figure.role, _looked_at(meaning), told)
            begin += len(part)

    def all(self) -> Iterator[dict[Attribute, Reason]]:
        """Of every figure, in order."""
        of_text = dict(self.of_text())
        for place, (figure, meaning) in enumerate(
            zip(self._version.reading.figures, self._version.meanings, strict=True)
        ):
            yield of_text.get(place) or self.reasons(figure.unit, figure.role, _looked_at(meaning))


def _looked_at(meaning: Meaning) -> list[Decision]:
    return [getattr(meaning, name) for name in LOOKED_AT]


def _is_known(decision: Decision) -> bool:
    return decision.code != UNKNOWN


def _any_of(chances: Iterable[float]) -> float:
    """The chance that any of several is wrong."""
    sure = 1.0
    for one in chances:
        sure *= 1 - one
    return 1 - sure


def _chance_of(check: Check) -> float:
    points = weights().failing.get(check.severity)
    return 0.0 if points is None else chance(points)


def _pointed(checks: Iterable[Check]) -> dict[int, list[Check]]:
    """Figure_id → the failing checks that point to it."""
    found: dict[int, list[Check]] = defaultdict(list)
    for check in checks:
        if check.verdict in FAILING and not check.assumption:
            for figure_id in check.suspects or check.operands:
                found[figure_id].append(check)
    return found


def alternatives(figure: Figure, meaning: Meaning) -> dict[Attribute, tuple[Alternative, ...]]:
    """What the words around a figure name beside what was decided."""
    program, source, period = _named(figure.sentence, figure.locator.section)
    found: dict[Attribute, tuple[Alternative, ...]] = {}
    for name, named in (("program", program), ("source", source), ("period", period)):
        own: Decision = getattr(meaning, name)
        others = tuple(one for one in named if one.code != own.code)
        if others and (name != "source" or is_money(figure.unit)):
            found[name] = others  # type: ignore[index]
    return found


def _size(figure: Figure) -> float:
    """The order of magnitude of a figure."""
    return log10(1 + abs(float(figure.value)))


_Named = tuple[Alternative, ...]


@lru_cache(maxsize=4096)
def _named(sentence: str, section: str) -> tuple[_Named, _Named, _Named]:
    """The programs, givers and periods that a sentence and its heading name, each once."""
    cues = cues_of(sentence)
    programs = {hit.payload.code: sentence[hit.start : hit.end] for hit in cues.programs.hits if hit.payload.code}
    heading = heading_program(section)
    if heading is not None:
        programs.setdefault(heading, section)
    sources = {hit.payload: sentence[hit.start : hit.end] for hit in cues.sources.hits}
    periods = {one.code: sentence[one.start : one.end] for one in mentions(sentence)}
    return tuple(  # type: ignore[return-value]
        tuple(Alternative(code, words) for code, words in found.items() if code != UNKNOWN)[:_MOST_NAMED]
        for found in (programs, sources, periods)
    )
