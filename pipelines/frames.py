"""A report version as tables in natural keys: what the suites check, Parquet keeps and the warehouse loads.

Tables are kept by column, because a long table has hundreds of thousands of rows and few columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipelines.checking.verdict import Check
from pipelines.figures.figure import Figure, Locator, NonFigure
from pipelines.meaning.derive import sureness
from pipelines.meaning.facts import Claim, Composition, FundFact, ResultFact, TargetFact
from pipelines.meaning.meaning import Decision, Meaning, RegionGroup
from pipelines.report import ReportVersion

if TYPE_CHECKING:
    import pandas as pd

# column name → its values, as many in each
Columns = dict[str, Sequence[Any]]

DECISIONS = ("program", "source", "stage", "measure", "beneficiary", "region", "period")
_PLACE = ("section", "start", "end", "sheet", "cell", "row_path", "column_path")
_FIGURE = (
    *("sentence", "text", "value_stated", "scale", "value", "unit", "qualifier", "low", "high"),
    *("open_low", "open_high", "role", "subject", "parent", "link", "axis", "exhaustive", "status"),
)
_YUAN = ("amount_cny", "amount_low_cny", "amount_high_cny")
_IDS = frozenset({"figure_id", "check_id"})
_NO_GROUP = RegionGroup(None, None, None)  # type: ignore[arg-type]


def tables(version: ReportVersion) -> dict[str, Columns]:
    """All tables of a version by name, by column.

    Returns:
        `figures`, `non_figures`, `funds`, `results`, `targets`, `claims`, `compositions`, `checks`: one row per
        element, columns named as the fields of the dataclasses, those of funds also with the amounts in yuan; exact
        decimals as Python objects, absent values None.
    """
    facts = version.facts
    return {
        "figures": figure_columns(version),
        "non_figures": non_figure_columns(version),
        "funds": by_column(facts.funds, (*_names(FundFact), *_YUAN)),
        "results": by_column(facts.results, _names(ResultFact)),
        "targets": by_column(facts.targets, _names(TargetFact)),
        "claims": by_column(facts.claims, _names(Claim)),
        "compositions": by_column(facts.compositions, _names(Composition)),
        "checks": by_column(version.checks, _names(Check)),
    }


def figure_columns(version: ReportVersion) -> Columns:
    """The evidence: figures with their places and meanings, a meaning as code, how it was decided, and the words."""
    figures = by_column(version.reading.figures, Figure._fields)
    meanings = by_column(version.meanings, Meaning._fields)
    places = by_column(figures["locator"], Locator._fields)
    groups = by_column([group or _NO_GROUP for group in meanings["group"]], RegionGroup._fields)
    decisions = {name: by_column(meanings[name], Decision._fields) for name in DECISIONS}
    spoken: dict[tuple[tuple[str, str], ...], str] = {}
    for decided in figures["decided_by"]:
        if decided not in spoken:
            spoken[decided] = "; ".join(f"{attribute}: {rule}" for attribute, rule in decided)
    return {
        "figure_id": figures["figure_id"],
        **{name: places[name] for name in _PLACE},
        **{name: figures[name] for name in _FIGURE},
        **{name: decision["code"] for name, decision in decisions.items()},
        **{f"{name}_how": decision["how"] for name, decision in decisions.items()},
        **{f"{name}_text": decision["text"] for name, decision in decisions.items()},
        "sureness": [sureness(meaning)[0] for meaning in version.meanings],
        "scope": meanings["scope"],
        "item": meanings["item"],
        "region_group": groups["words"],
        "group_declared": groups["declared"],
        "group_listed": groups["listed"],
        "decided_by": [spoken[decided] for decided in figures["decided_by"]],
    }


def non_figure_columns(version: ReportVersion) -> Columns:
    """The other numbers, classified or not read, with their places."""
    numbers = by_column(version.reading.non_figures, NonFigure._fields)
    places = by_column(numbers.pop("locator"), Locator._fields)
    return {name: places[name] for name in _PLACE} | numbers


def by_column(records: Sequence[Any], names: Sequence[str]) -> Columns:
    """The named attributes of some records, each as a column."""
    return {name: list(map(attrgetter(name), records)) for name in names}


def frame(parts: dict[str, list[Sequence[Any]]]) -> pd.DataFrame:
    """One of the tables as a data frame: ids as integers, all else as objects.

    Args:
        parts: column → its values in each of one or many versions; let go one by one, as a long table is large.
    """
    import pandas as pd

    series = {}
    for name in list(parts):
        taken = parts.pop(name)
        values = taken[0] if len(taken) == 1 else list(chain.from_iterable(taken))
        series[name] = pd.Series(values, dtype="int64" if name in _IDS else object)
    return pd.DataFrame(series, copy=False)


def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))
