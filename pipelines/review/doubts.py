"""How unsure the reading of a figure is: by its grades, by what else was named beside it, and by its failing checks.

Sureness is that of each attribute by itself. The chances below are rounded rates at which readings of labelled reports
were wrong; `benchmarks/review_order.py` shows on others what the order is worth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2, log10
from typing import NamedTuple

from pipelines.catalog.currencies import is_money
from pipelines.checking.verdict import FAILING, Check
from pipelines.columns import Records, column, mapped, parts_of
from pipelines.figures.figure import Figure
from pipelines.meaning.meaning import UNKNOWN, Decision, Meaning
from pipelines.meaning.periods import mentions
from pipelines.meaning.vocabulary import cues_of, heading_program
from pipelines.review.files import Attribute
from pipelines.versions.version import ReportVersion

# chance that a reading is wrong, by how it was decided
_GRADES = {"stated": 0.0, "named": 0.02, "opened": 0.02, "inherited": 0.02, "assumed": 0.3}
# what nothing says, where all other figures of the report have it: more where something stands beside it that could be
# meant, and by the square of their share less where fewer have it, for then the report seldom says it
_UNKNOWN: Mapping[Attribute, float] = {"program": 0.2, "period": 0.15, "region": 0.1}
_UNKNOWN_BESIDE = 0.5
_UNSAID = 0.03
# an amount without a giver, and one part of a whole without it where others have theirs
_NO_GIVER, _LEFT_OUT = 0.3, 0.6
# a node that holds for much more than the figure, so that the figure can be an exception to it
_FAR = {"program": ("title", "paragraph", "statement", "report"), "period": ("report",)}
_FAR_CHANCE = 0.05
# what stands at a place is counted in the year of the report only where the text says so
_STOCK_CHANCE = 0.05
_CONFLICT = 0.05
_FAILING = {"critical": 0.5, "error": 0.4, "warning": 0.1}
_LOOKED_AT: tuple[Attribute, ...] = ("program", "source", "period", "region", "measure", "stage")
# no figure is so small or so unused that its doubts do not count
_LEAST = 1.0
_MOST_NAMED = 5
_DIGITS = 4


class Alternative(NamedTuple):
    """What else an attribute could be, and the words that name it."""

    code: str
    words: str


class _Around(NamedTuple):
    """What the other figures of the report say about one.

    Attributes:
        known: attribute → share of the figures that have it.
        divided: whole and axis of which a part has its giver.
    """

    known: Mapping[Attribute, float]
    divided: frozenset[tuple[int | None, str | None]]


@dataclass(frozen=True, slots=True)
class Doubt:
    """How much a figure is worth a look.

    Attributes:
        figure_id: of the figure.
        unsure: chance that something of its meaning is wrong, from 0 to 1.
        weight: what rests on it, from 1 on.
        reasons: attribute → its own chance, those above nothing.
        failing: checks that fail and point to it.
    """

    figure_id: int
    unsure: float
    weight: float
    reasons: Mapping[Attribute, float]
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
    pointed, around = _pointed(version.checks), _around(version)
    largest: dict[str, float] = defaultdict(float)
    for figure in version.reading.figures:
        largest[figure.unit] = max(largest[figure.unit], _size(figure))
    found = []
    for figure, meaning in zip(version.reading.figures, version.meanings, strict=True):
        failing = tuple(pointed.get(figure.figure_id, ()))
        reasons = dict(_reasons(figure, meaning, around))
        size = _size(figure) / largest[figure.unit] if largest[figure.unit] else 0.0
        weight = _LEAST + log2(1 + (uses or {}).get(figure.figure_id, 0)) + size
        found.append(
            Doubt(figure.figure_id, _any_of((*reasons.values(), *map(_chance_of, failing))), weight, reasons, failing)
        )
    return sorted(found, key=lambda one: (-one.rank, one.figure_id))


def unsureness(version: ReportVersion) -> Sequence[float]:
    """How unsure the reading of each figure is, as `doubts` has it, in their order; of equal cells it is asked once."""
    figures, meanings, around = version.reading.figures, version.meanings, _around(version)
    decisions = (column(meanings, name) for name in _LOOKED_AT)

    def of_codes(unit: str, role: str, *decisions: Decision) -> float:
        return _any_of(chance for _, chance in _by_codes(unit, role, decisions, around.known))

    found = list(mapped(of_codes, column(figures, "unit"), column(figures, "role"), *decisions))
    begin = 0
    for part in parts_of(figures):
        if not isinstance(part, Records):
            for place, figure in enumerate(part, begin):
                found[place] = _any_of(chance for _, chance in _reasons(figure, meanings[place], around))
        begin += len(part)
    if pointed := _pointed(version.checks):
        for place, figure_id in enumerate(column(figures, "figure_id")):
            if figure_id in pointed:
                found[place] = _any_of((found[place], *map(_chance_of, pointed[figure_id])))
    return [round(chance, _DIGITS) for chance in found]


def _around(version: ReportVersion) -> _Around:
    figures, meanings = version.reading.figures, version.meanings
    known = {name: sum(mapped(_is_known, column(meanings, name))) / max(1, len(meanings)) for name in _UNKNOWN}
    divided = set()
    begin = 0
    for part in parts_of(figures):
        if not isinstance(part, Records):
            divided |= {
                (figure.parent, figure.axis)
                for place, figure in enumerate(part, begin)
                if figure.link == "part_of" and _is_known(meanings[place].source)
            }
        begin += len(part)
    return _Around(known, frozenset(divided))


def _is_known(decision: Decision) -> bool:
    return decision.code != UNKNOWN


def _any_of(chances: Iterable[float]) -> float:
    """The chance that any of several is wrong."""
    sure = 1.0
    for chance in chances:
        sure *= 1 - chance
    return 1 - sure


def _chance_of(check: Check) -> float:
    return _FAILING.get(check.severity, 0.0)


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


def _reasons(figure: Figure, meaning: Meaning, around: _Around) -> Iterator[tuple[Attribute, float]]:
    """The chances above nothing; what stands around counts in running text, for cells are told by their labels."""
    in_text = figure.locator.cell is None
    others = alternatives(figure, meaning) if in_text else {}
    decisions = [getattr(meaning, name) for name in _LOOKED_AT]
    found = dict(_by_codes(figure.unit, figure.role, decisions, around.known))
    if in_text and "source" in found and not _is_known(meaning.source) and figure.role == "level":
        is_left_out = figure.link == "part_of" and (figure.parent, figure.axis) in around.divided
        found["source"] = _LEFT_OUT if is_left_out else _NO_GIVER
    for name, decision in zip(_LOOKED_AT, decisions, strict=True):
        chance = found.get(name, 0.0)
        if decision.how in ("opened", "unknown", "assumed") and others.get(name):
            is_hole = decision.how == "unknown" and name == "program"
            chance = _any_of((chance, _UNKNOWN_BESIDE * around.known[name] ** 2 if is_hole else _CONFLICT))
        if chance > 0:
            yield name, chance


def _by_codes(
    unit: str, role: str, decisions: Sequence[Decision], known: Mapping[Attribute, float]
) -> Iterator[tuple[Attribute, float]]:
    money = is_money(unit)
    for name, decision in zip(_LOOKED_AT, decisions, strict=True):
        if money or name not in ("source", "stage"):
            yield name, _chance(name, decision, known, is_stock=not money and role == "level")


def _chance(name: Attribute, decision: Decision, known: Mapping[Attribute, float], *, is_stock: bool) -> float:
    if decision.how == "stated":
        return 0.0
    if decision.code == UNKNOWN:
        return max(_UNSAID, _UNKNOWN.get(name, 0.0) * known.get(name, 0.0) ** 2)
    # a measure follows from its unit, by a habit that is seldom wrong
    chance = _GRADES["named" if name == "measure" else decision.how]
    if decision.how == "opened" and decision.text.split(":")[0] in _FAR.get(name, ()):
        chance += _FAR_CHANCE
        if name == "period" and is_stock:
            chance += _STOCK_CHANCE
    return chance


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
