"""From figures with a meaning to business facts: which table a figure belongs to, and what may be added up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, get_args

from pipelines.catalog.units import is_amount
from pipelines.columns import Picked, Records, Same, column, joined, mapped, parts_of
from pipelines.figures.by_id import ById
from pipelines.figures.figure import Figure, Reading
from pipelines.meaning.facts import Axis, Claim, Composition, Facts, FundFact, ResultFact, RollupRole, TargetFact
from pipelines.meaning.meaning import UNKNOWN, Decision, How, Meaning

_RATIO_UNITS = frozenset({"%", "pp", "times", "fraction", "ratio"})
_STANDARDS = frozenset({"per_unit", "per_unit_prev"})
_GRADES: tuple[How, ...] = get_args(How)


def sureness(meaning: Meaning) -> tuple[How, tuple[str, ...]]:
    """How sure the place of a figure in totals is, and the attributes that make it no surer.

    Returns:
        The least sure grade among those of program, source, region and period that are known, with the names of those
        that have it; `unknown` and no name where none is known.
    """
    return _sureness(meaning.program, meaning.source, meaning.region, meaning.period)


@lru_cache(maxsize=1 << 14)
def _sureness(program: Decision, source: Decision, region: Decision, period: Decision) -> tuple[How, tuple[str, ...]]:
    decisions = {"program": program, "source": source, "region": region, "period": period}
    known: dict[str, How] = {name: one.how for name, one in decisions.items() if one.code != UNKNOWN}
    least: How = max(known.values(), key=_GRADES.index, default="unknown")
    return least, tuple(name for name, how in known.items() if how == least)


def derive_facts(reading: Reading, meanings: Sequence[Meaning]) -> Facts:
    """Every figure becomes exactly one fund, result, target or claim; parts and wholes become compositions."""
    relations = _Relations(reading, meanings)
    found: dict[type, list[Sequence[Any]]] = {kind: [] for kind in _KINDS}
    for figures, of_figures in zip(parts_of(reading.figures), parts_of(meanings), strict=True):
        if not len(figures):
            continue
        columns = _Columns(figures, of_figures)
        places: dict[type, list[int]] = {}
        for place, kind in enumerate(mapped(_kind, *(columns.figure[name] for name in ("unit", "role", "is_cell")))):
            places.setdefault(kind, []).append(place)
        for kind, members in places.items():
            found[kind].append(_facts(kind, columns, Picked(members, len(figures)), members, relations))
    funds, results, targets, claims = (joined(found[kind]) for kind in _KINDS)
    return Facts(funds, results, targets, claims, relations.compositions())


_KINDS = (FundFact, ResultFact, TargetFact, Claim)


def _kind(unit: str, role: str, is_cell: bool) -> type:
    """What a figure becomes."""
    if unit in _RATIO_UNITS or role.endswith(("_pct", "_pp")) or role == "rank":
        return Claim
    if (role == "target" and not _is_planned_money(unit, role, is_cell)) or role in _STANDARDS:
        return TargetFact
    return FundFact if is_amount(unit) else ResultFact


def _is_planned_money(unit: str, role: str, is_cell: bool) -> bool:
    """Whether it is an amount below a header of plans or budgets: money that is planned, and no goal."""
    return role == "target" and is_cell and is_amount(unit)


class _Columns:
    """Figures and their meanings by column."""

    def __init__(self, figures: Sequence[Figure], meanings: Sequence[Meaning]) -> None:
        self.figure = {name: column(figures, name) for name in _USED}
        self.figure["is_cell"] = mapped(_is_there, column(column(figures, "locator"), "sheet"))
        decisions = {name: column(meanings, name) for name in _DECIDED}
        self.code: dict[str, Sequence[str]] = {name: column(found, "code") for name, found in decisions.items()}
        self.code["sureness"] = mapped(grade, *(decisions[name] for name in GRADED))
        self.code["scope"] = column(meanings, "scope")
        signed = mapped(_signed, *(self.figure[name] for name in ("role", "decided_by", "low", "high", "value")))
        self.low, self.high, self.value = (mapped(itemgetter(place), signed) for place in range(3))


_USED = (
    *("figure_id", "value", "low", "high", "unit", "qualifier", "role", "decided_by"),
    *("parent", "link", "additive"),
)
_DECIDED = ("program", "source", "stage", "measure", "beneficiary", "region", "period")
GRADED = ("program", "source", "region", "period")


def _is_there(value: object) -> bool:
    return value is not None


def grade(program: Decision, source: Decision, region: Decision, period: Decision) -> How:
    """How sure the place of a figure in totals is, as `sureness`."""
    return _sureness(program, source, region, period)[0]


def _signed(
    role: str, decided: tuple[tuple[str, str], ...], low: Decimal, high: Decimal, value: Decimal
) -> tuple[Decimal, Decimal, Decimal]:
    """Low, high and value; a decrease is negative as a fact, though printed as a positive number."""
    if role == "change" and dict(decided).get("direction") == "down":
        return -high, -low, -value
    return low, high, value


class _Part(NamedTuple):
    """A part of a whole: its figure, the classification that it belongs to, and whether this makes up the whole."""

    figure_id: int
    axis: str | None
    exhaustive: bool


class _Relations:
    """The parts and wholes of a report, and what its statements are about."""

    def __init__(self, reading: Reading, meanings: Sequence[Meaning]) -> None:
        ids = column(reading.figures, "figure_id")
        self._figures = ById(ids, reading.figures)
        self.parts: dict[int, list[_Part]] = {}
        self.plans: dict[int, int] = {}
        names = ("figure_id", "parent", "link", "role", "axis", "exhaustive")
        for part in parts_of(reading.figures):
            if isinstance(parents := column(part, "parent"), Same) and parents.value is None:
                continue
            rows = zip(*(column(part, name) for name in names), strict=True)
            for figure_id, parent, link, role, axis, exhaustive in rows:
                if parent is None:
                    continue
                if link == "part_of":
                    self.parts.setdefault(parent, []).append(_Part(figure_id, axis, exhaustive))
                elif link == "plan_of" and role == "target":
                    self.plans.setdefault(parent, figure_id)
        self._codes = [ById(ids, column(column(meanings, name), "code")) for name in _AXES] if self.parts else []
        self.axes: dict[int, Axis] = {}
        for whole, parts in self.parts.items():
            self._name_axes(whole, parts)

    def _name_axes(self, whole: int, parts: Sequence[_Part]) -> None:
        """What the parts of one whole differ in, those of each of its classifications by themselves."""
        lists: dict[str | None, list[int]] = {}
        # the whole has the axis of what makes it up, before that of what is only told of it
        for part in sorted(parts, key=lambda one: not one.exhaustive):
            lists.setdefault(part.axis, []).append(part.figure_id)
        for members in lists.values():
            found = _axis([[of[one] for one in members] for of in self._codes], [of[whole] for of in self._codes])
            self.axes.setdefault(whole, found)
            self.axes |= dict.fromkeys(members, found)

    def rollup(self, figure_id: int, link: str | None) -> RollupRole:
        """What a figure is among parts and wholes."""
        return "total" if figure_id in self.parts else "component" if link == "part_of" else "standalone"

    def axis(self, figure_id: int) -> Axis:
        """What the parts differ in that a figure is one of, or else the whole of."""
        return self.axes.get(figure_id, "none")

    def base(self, parent: int | None, link: str | None) -> int | None:
        """The figure that a statement about another one is taken against."""
        if parent is None or link not in ("share_of", "plan_of"):
            return None
        if link == "plan_of":
            return self.plans.get(parent)
        subject = self._figures[parent]
        return subject.parent if subject.link == "part_of" else None

    def compositions(self) -> tuple[Composition, ...]:
        """One row per part; from a whole's second partition on, the axis is an alternative to the first."""
        rows = []
        for whole, parts in self.parts.items():
            first_axis = next((part.axis for part in parts if part.exhaustive), None)
            for part in parts:
                kind = "subset"
                if part.exhaustive:
                    kind = "partition" if (part.axis or "1") == first_axis else "alternative_axis"
                rows.append(
                    Composition(whole, part.figure_id, part.axis or "1", kind, part.exhaustive)  # type: ignore[arg-type]
                )
        return tuple(rows)


def _facts(kind: type, columns: _Columns, pick: Picked, places: Sequence[int], relations: _Relations) -> Records[Any]:
    """The figures at some places as facts of a kind."""
    figure, code = ({name: pick(values) for name, values in found.items()} for found in (columns.figure, columns.code))
    count = len(places)
    alone = not relations.parts
    parents, links = figure["parent"], figure["link"]
    fields: dict[str, Sequence[Any]] = {
        **{name: code[name] for name in (*_DECIDED, "scope", "sureness")},
        **{name: figure[name] for name in ("figure_id", "qualifier", "unit")},
        "parent_figure_id": Same(None, count) if alone else mapped(_part_of, parents, links),
        "rollup_role": Same("standalone", count) if alone else mapped(relations.rollup, figure["figure_id"], links),
        "breakdown_axis": Same("none", count) if alone else mapped(relations.axis, figure["figure_id"]),
        "subject_figure_id": parents,
        "currency": figure["unit"],
    }
    if kind is Claim:
        fields |= {"kind": figure["role"]} | {"base_figure_id": mapped(relations.base, parents, links)}
        fields |= {"value": figure["value"], "value_low": figure["low"], "value_high": figure["high"]}
        return Records(Claim, fields)
    value, low, high = pick(columns.value), pick(columns.low), pick(columns.high)
    told = (figure["unit"], figure["role"], figure["is_cell"])
    heads = Same(False, count) if alone else mapped(relations.parts.__contains__, figure["figure_id"])
    fields |= {"value": value, "value_low": low, "value_high": high}
    fields |= {"amount": value, "amount_low": low, "amount_high": high}
    fields |= {
        "is_additive_leaf": mapped(_is_leaf, *told, figure["additive"], heads),
        "flow": mapped(_flow, figure["role"]),
        "stage": mapped(_stage, *told, code["stage"]),
        "kind": mapped(_target_kind, figure["role"]),
        "actual_figure_id": mapped(_actual, parents, links),
        "is_previous": mapped(_is_previous, figure["role"]),
    }
    return Records(kind, fields)


def _part_of(parent: int | None, link: str | None) -> int | None:
    return parent if link == "part_of" else None


def _actual(parent: int | None, link: str | None) -> int | None:
    return parent if link == "plan_of" else None


def _is_leaf(unit: str, role: str, is_cell: bool, additive: bool | None, is_whole: bool) -> bool | None:
    return (role == "level" or _is_planned_money(unit, role, is_cell)) and (additive if is_cell else not is_whole)


def _flow(role: str) -> str:
    return "change" if role == "change" else "level"


def _stage(unit: str, role: str, is_cell: bool, stage: str) -> str:
    return "planned" if stage == UNKNOWN and _is_planned_money(unit, role, is_cell) else stage


def _target_kind(role: str) -> str:
    return "target" if role == "target" else "standard"


def _is_previous(role: str) -> bool:
    return role == "per_unit_prev"


def _axis(codes: Sequence[Sequence[str]], whole: Sequence[str]) -> Axis:
    """What the parts of one list differ in most, or in what they differ from their whole.

    Args:
        codes: of the parts, for each axis that a part has a code on.
        whole: the codes of their whole.
    """
    known = [set(found) - {UNKNOWN} for found in codes]
    most = max(map(len, known))
    differing = [axis for axis, found in zip(_AXES, known, strict=True) if len(found) == most > 1]
    apart = [axis for axis, found, of in zip(_AXES, known, whole, strict=True) if found - {of}]
    return next(iter((*differing, *apart)), "use")


_AXES: tuple[Axis, ...] = ("source", "region", "program", "period")
