"""A report version as flat tables in natural keys: what the suites check, Parquet keeps and the warehouse loads."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from pipelines.checking.verdict import Check
from pipelines.meaning.facts import Claim, Composition, FundFact, ResultFact, TargetFact
from pipelines.report import ReportVersion

if TYPE_CHECKING:
    import pandas as pd

_DECISIONS = ("program", "source", "stage", "measure", "beneficiary", "region", "period")
_LOCATOR = ("section", "start", "end", "sheet", "cell", "row_path", "column_path")
_FIGURE = (
    *("sentence", "text", "value_stated", "scale", "value", "unit", "qualifier", "low", "high"),
    *("open_low", "open_high", "role", "subject", "parent", "link", "axis", "exhaustive", "status"),
)
FIGURE_COLUMNS = (
    "figure_id",
    *_LOCATOR,
    *_FIGURE,
    *_DECISIONS,
    *(f"{name}_how" for name in _DECISIONS),
    *(f"{name}_text" for name in _DECISIONS),
    "scope",
    *("region_group", "group_declared", "group_listed"),
    "decided_by",
)
NON_FIGURE_COLUMNS = (*_LOCATOR, "sentence", "text", "reason")


def figure_rows(version: ReportVersion) -> list[dict[str, Any]]:
    """One row per figure with the columns `FIGURE_COLUMNS`; values are exact decimals, absent ones None."""
    rows = []
    for figure, meaning in zip(version.reading.figures, version.meanings, strict=True):
        row: dict[str, Any] = {"figure_id": figure.figure_id}
        row |= {name: getattr(figure.locator, name) for name in _LOCATOR}
        row |= {name: getattr(figure, name) for name in _FIGURE}
        decisions = {name: getattr(meaning, name) for name in _DECISIONS}
        row |= {name: decision.code for name, decision in decisions.items()}
        row |= {f"{name}_how": decision.how for name, decision in decisions.items()}
        row |= {f"{name}_text": decision.text for name, decision in decisions.items()}
        row["scope"] = meaning.scope
        group = meaning.group
        row["region_group"] = group.words if group is not None else None
        row["group_declared"] = group.declared if group is not None else None
        row["group_listed"] = group.listed if group is not None else None
        row["decided_by"] = "; ".join(f"{attribute}: {rule}" for attribute, rule in figure.decided_by)
        rows.append(row)
    return rows


def non_figure_rows(version: ReportVersion) -> list[dict[str, Any]]:
    """One row per classified number with the columns `NON_FIGURE_COLUMNS`."""
    return [
        {name: getattr(number.locator, name) for name in _LOCATOR}
        | {"sentence": number.sentence, "text": number.text, "reason": number.reason}
        for number in version.reading.non_figures
    ]


def frames(version: ReportVersion) -> dict[str, pd.DataFrame]:
    """All tables of a version by name.

    Returns:
        `figures`, `non_figures`, `funds`, `results`, `targets`, `claims`, `compositions`, `checks`: one row per
        element, columns named as the fields of the dataclasses, exact decimals as Python objects, empty tables with
        their columns.
    """
    import pandas as pd

    facts = version.facts
    records: dict[str, tuple[list[dict[str, Any]], tuple[str, ...]]] = {
        "figures": (figure_rows(version), FIGURE_COLUMNS),
        "non_figures": (non_figure_rows(version), NON_FIGURE_COLUMNS),
        "funds": ([asdict(row) for row in facts.funds], _names(FundFact)),
        "results": ([asdict(row) for row in facts.results], _names(ResultFact)),
        "targets": ([asdict(row) for row in facts.targets], _names(TargetFact)),
        "claims": ([asdict(row) for row in facts.claims], _names(Claim)),
        "compositions": ([asdict(row) for row in facts.compositions], _names(Composition)),
        "checks": ([asdict(row) for row in version.checks], _names(Check)),
    }
    return {
        name: pd.DataFrame(rows, columns=pd.Index(columns), dtype=object) for name, (rows, columns) in records.items()
    }


def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))
