"""From figures with a meaning to business facts: which table a figure belongs to, and what may be added up."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any, get_args

from pipelines.catalog.units import is_amount
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


def derive_facts(reading: Reading, meanings: tuple[Meaning, ...]) -> Facts:
    """Every figure becomes exactly one fund, result, target or claim; parts and wholes become compositions."""
    figures = {figure.figure_id: figure for figure in reading.figures}
    by_id = {meaning.figure_id: meaning for meaning in meanings}
    parts: dict[int, list[Figure]] = {}
    for figure in reading.figures:
        if figure.link == "part_of" and figure.parent is not None:
            parts.setdefault(figure.parent, []).append(figure)
    plans: dict[int, int] = {}
    for figure in reading.figures:
        if figure.role == "target" and figure.link == "plan_of" and figure.parent is not None:
            plans.setdefault(figure.parent, figure.figure_id)
    funds, results, targets, claims = [], [], [], []
    axes = {parent: _axis([by_id[part.figure_id] for part in found]) for parent, found in parts.items()}
    for figure in reading.figures:
        meaning = by_id[figure.figure_id]
        if figure.unit in _RATIO_UNITS or figure.role.endswith(("_pct", "_pp")) or figure.role == "rank":
            claims.append(_claim(figure, meaning, figures, plans))
            continue
        shared = _shared(figure, meaning, parts, axes)
        low, high, value = _signed(figure)
        planned = _is_planned_money(figure)
        if (figure.role == "target" and not planned) or figure.role in _STANDARDS:
            targets.append(
                TargetFact(
                    **shared,
                    beneficiary=meaning.beneficiary.code,
                    source=meaning.source.code,
                    unit=figure.unit,
                    kind="target" if figure.role == "target" else "standard",
                    value=value,
                    value_low=low,
                    value_high=high,
                    actual_figure_id=figure.parent if figure.link == "plan_of" else None,
                    is_previous=figure.role == "per_unit_prev",
                )
            )
        elif is_amount(figure.unit):
            funds.append(
                FundFact(
                    **shared,
                    source=meaning.source.code,
                    stage="planned" if planned and meaning.stage.code == UNKNOWN else meaning.stage.code,
                    flow="change" if figure.role == "change" else "level",
                    amount=value,
                    amount_low=low,
                    amount_high=high,
                    currency=figure.unit,
                )
            )
        else:
            results.append(
                ResultFact(
                    **shared,
                    beneficiary=meaning.beneficiary.code,
                    unit=figure.unit,
                    flow="change" if figure.role == "change" else "level",
                    value=value,
                    value_low=low,
                    value_high=high,
                )
            )
    return Facts(tuple(funds), tuple(results), tuple(targets), tuple(claims), _compositions(parts))


def _is_planned_money(figure: Figure) -> bool:
    """Whether it is an amount below a header of plans or budgets: money that is planned, and no goal."""
    return figure.role == "target" and figure.locator.cell is not None and is_amount(figure.unit)


def _signed(figure: Figure) -> tuple[Decimal, Decimal, Decimal]:
    """Low, high and value; a decrease is negative as a fact, though printed as a positive number."""
    if figure.role == "change" and dict(figure.decided_by).get("direction") == "down":
        return -figure.high, -figure.low, -figure.value
    return figure.low, figure.high, figure.value


def _shared(figure: Figure, meaning: Meaning, parts: dict[int, list[Figure]], axes: dict[int, Axis]) -> dict[str, Any]:
    children = parts.get(figure.figure_id, [])
    is_part = figure.link == "part_of"
    rollup: RollupRole = "total" if children else "component" if is_part else "standalone"
    whole = figure.parent if is_part and figure.parent is not None else figure.figure_id
    return {
        "figure_id": figure.figure_id,
        "region": meaning.region.code,
        "period": meaning.period.code,
        "program": meaning.program.code,
        "measure": meaning.measure.code,
        "scope": meaning.scope,
        "rollup_role": rollup,
        "breakdown_axis": axes.get(whole, "none"),
        "parent_figure_id": figure.parent if is_part else None,
        "is_additive_leaf": (figure.role == "level" or _is_planned_money(figure))
        and (figure.additive if figure.locator.cell else not children),
        "qualifier": figure.qualifier,
        "sureness": sureness(meaning)[0],
    }


def _axis(siblings: list[Meaning]) -> Axis:
    """What the parts of one whole differ in."""
    if any(meaning.source.code != "unknown" for meaning in siblings):
        return "source"
    if len({meaning.region.code for meaning in siblings}) > 1:
        return "region"
    if len({meaning.program.code for meaning in siblings}) > 1:
        return "program"
    if len({meaning.period.code for meaning in siblings}) > 1:
        return "period"
    return "use"


def _claim(figure: Figure, meaning: Meaning, figures: dict[int, Figure], plans: dict[int, int]) -> Claim:
    subject = figures.get(figure.parent) if figure.parent is not None else None
    base = None
    if subject is not None and figure.link == "share_of" and subject.link == "part_of":
        base = subject.parent
    if subject is not None and figure.link == "plan_of":
        base = plans.get(subject.figure_id)
    return Claim(
        figure_id=figure.figure_id,
        kind=figure.role,
        region=meaning.region.code,
        period=meaning.period.code,
        program=meaning.program.code,
        measure=meaning.measure.code,
        source=meaning.source.code,
        unit=figure.unit,
        value=figure.value,
        value_low=figure.low,
        value_high=figure.high,
        subject_figure_id=figure.parent,
        base_figure_id=base,
        sureness=sureness(meaning)[0],
    )


def _compositions(parts: dict[int, list[Figure]]) -> tuple[Composition, ...]:
    """One row per part; from a whole's second partition on, the axis is an alternative to the first."""
    rows = []
    for parent, children in parts.items():
        first_axis = next((child.axis for child in children if child.exhaustive), None)
        for child in children:
            axis = child.axis or "1"
            kind = "subset"
            if child.exhaustive:
                kind = "partition" if axis == first_axis else "alternative_axis"
            rows.append(Composition(parent, child.figure_id, axis, kind, child.exhaustive))  # type: ignore[arg-type]
    return tuple(rows)
