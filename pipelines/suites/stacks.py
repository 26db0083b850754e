"""Asks what several tables are expected of once, of the rows of all of them in one stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipelines.columns import Same, joined
from pipelines.suites.files import Declared, Suite

if TYPE_CHECKING:
    from pipelines.suites.evaluate import Outcome
    from pipelines.suites.long_frames import Table

_TABLE, _ROW = "table of the row", "row of the table"
_UNIQUE = "expect_compound_columns_to_be_unique"
# a stack more is a validation more, which takes as long as these many expectations
_WORTH = 4


def outcomes(
    suites: Sequence[Suite], tables: Mapping[str, Table], parameters: Mapping[str, Sequence[str]]
) -> dict[str, list[Outcome]]:
    """The outcome of each expectation of each suite, in the suite's order.

    Args:
        suites: of tables whose failing rows are told by their keys.
        tables: the rows by the suite's name.
        parameters: values of `$PARAMETER` by name.

    Raises:
        CatalogError: an expectation names an unknown parameter, or was silently left out.
    """
    from pipelines.suites.evaluate import evaluate
    from pipelines.suites.kinds import is_row_wise

    by_name = {suite.name: suite for suite in suites}
    owners: dict[str, dict[str, Declared]] = {}
    for suite in suites:
        for declared in suite.expectations:
            owners.setdefault(declared.identity, {})[suite.name] = declared
    asked: dict[tuple[str, ...], list[Declared]] = {}
    for own in owners.values():
        declared = next(iter(own.values()))
        # whether a value is unique in its own column cannot be asked of rows of several tables
        can_share = declared.type == _UNIQUE or (is_row_wise(declared.type) and "unique" not in declared.type)
        for names in [tuple(own)] if can_share else [(name,) for name in own]:
            asked.setdefault(names, []).append(declared)
    for names in [
        names for names, shared in asked.items() if len(names) > 1 and (len(names) - 1) * len(shared) < _WORTH
    ]:
        for name in names:
            asked.setdefault((name,), []).extend(asked[names])
        del asked[names]
    found: dict[tuple[str, str], Outcome] = {}
    for names, questions in asked.items():
        if len(names) == 1:
            told = evaluate(tables[names[0]], questions, by_name[names[0]].keys, parameters)
            found |= {(names[0], one.identity): outcome for one, outcome in zip(questions, told, strict=True)}
            continue
        rows = _stack({name: tables[name] for name in names}, questions)
        within = [_within(one) for one in questions]
        for one, outcome in zip(questions, evaluate(rows, within, [_TABLE, _ROW], parameters), strict=True):
            for name in names:
                found[name, one.identity] = _own(outcome, name, tables[name], by_name[name].keys)
    return {suite.name: [found[suite.name, one.identity] for one in suite.expectations] for suite in suites}


def _stack(tables: Mapping[str, Table], questions: Sequence[Declared]) -> Table:
    """The rows of several tables, with the columns that are asked about."""
    from pipelines.suites.long_frames import Table, columns_of

    names = dict.fromkeys(name for one in questions for name in columns_of(one))
    columns: dict[str, Any] = {name: joined(table.column(name) for table in tables.values()) for name in names}
    columns[_TABLE] = joined(Same(name, len(table)) for name, table in tables.items())
    columns[_ROW] = [row for table in tables.values() for row in range(len(table))]
    return Table(columns, [len(table) for table in tables.values()])


def _within(declared: Declared) -> Declared:
    """The same expectation, of which each table is judged by itself."""
    if declared.type != _UNIQUE:
        return declared
    return replace(declared, kwargs=declared.kwargs | {"column_list": [*declared.kwargs["column_list"], _TABLE]})


def _own(outcome: Outcome, name: str, table: Table, keys: Sequence[str]) -> Outcome:
    """What of an outcome is of one table, its rows told by the table's keys."""
    if outcome.success or not outcome.rows:
        return outcome
    places = [row[_ROW] for row in outcome.rows if row[_TABLE] == name]
    rows: list[Any] = table.frame([key for key in keys if key in table.names]).iloc[places].to_dict("records")
    return replace(outcome, success=not places, rows=tuple(rows))
