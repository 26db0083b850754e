"""A report version as tables in natural keys: what the suites check, Parquet keeps and the warehouse loads.

Tables are kept by column, because a long table has hundreds of thousands of rows and few columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipelines.checking.verdict import Check
from pipelines.columns import Coded, Joined, column, fields_of, mapped
from pipelines.figures.figure import Figure, Locator, NonFigure
from pipelines.meaning.derive import GRADED, grade
from pipelines.meaning.facts import Claim, Composition, FundFact, ResultFact, TargetFact, in_yuan
from pipelines.meaning.meaning import Decision, Meaning, RegionGroup
from pipelines.versions.version import ReportVersion

if TYPE_CHECKING:
    import numpy as np

# column name → its values, as many in each
Columns = dict[str, Sequence[Any]]

DECISIONS = ("program", "source", "stage", "measure", "beneficiary", "region", "period")
_PLACE = ("section", "start", "end", "sheet", "cell", "row_path", "column_path")
_FIGURE = (
    *("sentence", "text", "value_stated", "scale", "value", "unit", "qualifier", "low", "high"),
    *("open_low", "open_high", "role", "subject", "parent", "link", "axis", "exhaustive", "status"),
)
_AMOUNTS = ("amount", "amount_low", "amount_high")
_NO_GROUP = RegionGroup(None, None, None)  # type: ignore[arg-type]


def tables(version: ReportVersion) -> dict[str, Columns]:
    """All tables of a version by name, by column.

    Returns:
        `figures`, `non_figures`, `funds`, `results`, `targets`, `claims`, `compositions`, `checks`: one row per
        element, columns named as the fields of the dataclasses, those of funds also with the amounts in yuan; exact
        decimals as Python objects, absent values None.
    """
    if not version.laid_out:
        version.laid_out.update(_laid_out(version))
    return {name: dict(columns) for name, columns in version.laid_out.items()}


def _laid_out(version: ReportVersion) -> dict[str, Columns]:
    facts = version.facts
    funds = by_column(facts.funds, FundFact)
    yuan = {f"{name}_cny": mapped(in_yuan, funds[name], funds["currency"]) for name in _AMOUNTS}
    return {
        "figures": figure_columns(version),
        "non_figures": non_figure_columns(version),
        "funds": funds | yuan,
        "results": by_column(facts.results, ResultFact),
        "targets": by_column(facts.targets, TargetFact),
        "claims": by_column(facts.claims, Claim),
        "compositions": by_column(facts.compositions, Composition),
        "checks": by_column(version.checks, Check),
    }


def figure_columns(version: ReportVersion) -> Columns:
    """The evidence: figures with their places and meanings, a meaning as code, how it was decided, and the words."""
    figures = by_column(version.reading.figures, Figure)
    meanings = by_column(version.meanings, Meaning)
    places = by_column(figures["locator"], Locator)
    groups = by_column(mapped(_group, meanings["group"]), RegionGroup)
    decisions = {name: by_column(meanings[name], Decision) for name in DECISIONS}
    return {
        "figure_id": figures["figure_id"],
        **{name: places[name] for name in _PLACE},
        **{name: figures[name] for name in _FIGURE},
        **{name: decision["code"] for name, decision in decisions.items()},
        **{f"{name}_how": decision["how"] for name, decision in decisions.items()},
        **{f"{name}_text": decision["text"] for name, decision in decisions.items()},
        "sureness": mapped(grade, *(meanings[name] for name in GRADED)),
        "scope": meanings["scope"],
        "item": meanings["item"],
        "region_group": groups["words"],
        "group_declared": groups["declared"],
        "group_listed": groups["listed"],
        "decided_by": mapped(_spoken, figures["decided_by"]),
    }


def _group(group: RegionGroup | None) -> RegionGroup:
    return group or _NO_GROUP


def _spoken(decided: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{attribute}: {rule}" for attribute, rule in decided)


def non_figure_columns(version: ReportVersion) -> Columns:
    """The other numbers, classified or not read, with their places."""
    numbers = by_column(version.reading.non_figures, NonFigure)
    places = by_column(numbers.pop("locator"), Locator)
    return {name: places[name] for name in _PLACE} | numbers


def by_column(records: Sequence[Any], kind: type) -> Columns:
    """The fields of some records of a class, each as a column."""
    return {name: column(records, name) for name in fields_of(kind)}


def objects(values: Sequence[Any]) -> np.ndarray[Any, Any]:
    """A column as an array of objects, without a step per value where many are the same."""
    import numpy as np

    if isinstance(values, Coded):
        distinct = np.fromiter(values.values, object, len(values.values))
        taken: np.ndarray[Any, Any] = distinct[np.asarray(values.codes, dtype=np.int64)]
        return taken
    if isinstance(values, Joined):
        return np.concatenate([objects(part) for part in values.parts])
    return np.fromiter(values, object, len(values))
