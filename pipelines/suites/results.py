"""Outcomes as results of a table's owner, with the keys of the failing rows up to a limit; vocabularies of suites."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from pipelines.catalog.load import catalog
from pipelines.catalog.registry import precedence
from pipelines.catalog.rules import rules
from pipelines.catalog.units import is_amount, unit_of
from pipelines.checking.verdict import ExpectationResult, Verdict
from pipelines.figures.figure import LinkKind, NonFigureClass, Qualifier, Role, Status
from pipelines.meaning.meaning import How
from pipelines.suites.columns import INDICATOR, TABLES, columns
from pipelines.suites.files import ENDS, Declared
from pipelines.suites.long_frames import Table

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.suites.evaluate import Outcome

MAX_KEYS = 200
_UNIT_COLUMNS = ("unit", "unit_code", "base_unit")


def vocabularies() -> dict[str, list[str]]:
    """What suites name by `$PARAMETER`, so that no code stands in two files."""
    codes = catalog()
    return {
        "program_codes": list(codes.programs),
        "source_codes": list(codes.sources),
        "stage_codes": list(codes.stages),
        "measure_codes": list(codes.measures),
        "beneficiary_codes": list(codes.beneficiaries),
        "unit_codes": list(codes.units),
        "rule_codes": list(rules()),
        "series": list(precedence().series),
        "languages": list(precedence().language),
        "roles": list(get_args(Role)),
        "qualifiers": list(get_args(Qualifier)),
        "statuses": list(get_args(Status)),
        "links": list(get_args(LinkKind)),
        "reasons": list(get_args(NonFigureClass)),
        "verdicts": list(get_args(Verdict)),
        "grades": list(get_args(How)),
        "indicator_columns": list(INDICATOR),
    } | {f"{name}_columns": columns(name) for name in TABLES}


def parameters_of(tables: Iterable[pd.DataFrame | Table]) -> dict[str, list[str]]:
    """The vocabularies, with those units of the tables that are currencies or made of units, and the currencies."""
    found = vocabularies()
    units = _others(tables, found["unit_codes"])
    return found | {
        "unit_codes": found["unit_codes"] + units,
        "currency_codes": [unit for unit in found["unit_codes"] + units if is_amount(unit)],
    }


def _others(tables: Iterable[pd.DataFrame | Table], units: Collection[str]) -> list[str]:
    """Only those that stand in the tables; all that are possible would be copied at every step."""
    asked = [Table.of(table) for table in tables]
    found = {
        str(code) for table in asked for name in _UNIT_COLUMNS if name in table.names for code in table.distinct(name)
    }
    return sorted(code for code in found - set(units) if unit_of(code) is not None)


def failing_rows(outcome: Outcome, keys: Sequence[str], owner: str | None) -> dict[str | None, list[str]]:
    """Owner → its failing rows, each by its key without the owner; None owns all where no column tells the owner."""
    by_owner: dict[str | None, list[str]] = {}
    for row in outcome.rows:
        name = row[owner] if owner is not None else None
        by_owner.setdefault(name, []).append(" ".join(str(row[key]) for key in keys if key != owner and key in row))
    return by_owner


def result_of(
    suite: str,
    declared: Declared,
    outcome: Outcome,
    failing: Sequence[str],
    row_count: int,
    *,
    owners: int = 1,
    elsewhere: Sequence[str] = (),
    most: int | None = MAX_KEYS,
) -> ExpectationResult:
    """The result of one owner of an outcome.

    Args:
        suite: name of the suite.
        declared: what was expected.
        outcome: of all owners together.
        failing: keys of the owner's failing rows.
        row_count: rows that the owner has.
        owners: how many share the outcome, and its time.
        elsewhere: keys of failing rows of the owner that were not asked again.
        most: how many failing rows the result names; None for all.
    """
    # an outcome without rows speaks of the whole table; a crash tells nothing and must not pass
    success = (outcome.success if not outcome.rows else not failing) and not elsewhere
    failing = [*failing, *elsewhere]
    details = declared.text
    if outcome.crashed:
        details = f"{details} It could not be evaluated."
    elif failing:
        details = f"{details} {len(failing)} row{'s do' if len(failing) > 1 else ' does'} not."
    return ExpectationResult(
        suite=suite,
        expectation=declared.type,
        column=_column(declared.kwargs),
        severity=declared.severity,
        success=success,
        unexpected_count=len(failing),
        failing_keys=tuple(failing[:most]),
        details=details,
        row_count=row_count,
        seconds=outcome.seconds / owners,
    )


def _column(kwargs: Mapping[str, object]) -> str:
    """The column that is judged, and not the limit that it is compared with."""
    named = [str(kwargs.get(name, "")) for name in ("column", "column_A", "column_B")]
    return next((name for name in named if name and name not in ENDS), "")
