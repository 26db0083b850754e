"""Runs the suites of `expectations/dimension/` and of `expectations/indicator.json` over tables of the warehouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipelines.suites.columns import INDICATOR
from pipelines.suites.files import ENDS, ROW_COUNT, Declared, Suite

if TYPE_CHECKING:
    import pandas as pd

    from pipelines.checking.verdict import ExpectationResult
    from pipelines.suites.evaluate import Outcome

Results = dict[str, tuple["ExpectationResult", ...]]
_SIZE = "expect_column_values_to_be_between"
_KEYS = ("indicator", "region_code", "period_code", "basis", "member_code")
# what a row is about beyond region and period; an indicator with one row for these has none of it
_MEMBER = ("member_code", "member_name_en")
# columns whose values every indicator declares, or lacks, for itself
_OF_DECLARED = frozenset({*ENDS, "declared_unit", "has_evidence", *_MEMBER})


@dataclass(frozen=True, slots=True)
class Others:
    """The rows of a table that are not asked again, because they are as they were.

    Attributes:
        rows: how many there are.
        failing: identity of an expectation → keys of those that failed it.
    """

    rows: int = 0
    failing: Mapping[str, Sequence[str]] = field(default_factory=dict)


_NONE = Others()


def run_table_suites(
    suites: Sequence[Suite], tables: Mapping[str, pd.DataFrame], others: Mapping[str, Others] | None = None
) -> Results:
    """Validates dimensions and indicators.

    What several dimensions are expected of is asked of all of them at once. Indicators have the same columns, and what
    is expected of one is expected of others, within limits of its own. So they are stacked with their limits beside
    them, and each expectation is asked once, of all indicators.

    Args:
        suites: sound suites of dimensions and indicators.
        tables: the rows of each by the suite's name; exact decimals as Python objects.
        others: rows that a table has besides, by the suite's name. Uniqueness is asked within the rows given, so these
            must be all with the values that their keys begin with.

    Returns:
        Suite → one result per declared expectation, in the file's order; it names all rows that fail.

    Raises:
        CatalogError: an expectation names an unknown parameter.
    """
    results: Results = {}
    beside = others or {}
    # a stack holds tables that have, or lack, the same columns, so that what its columns are can be asked of it
    stacks: dict[frozenset[str], list[Suite]] = {}
    for suite in suites:
        if suite.group == "indicator":
            lacking = frozenset(INDICATOR[1:]) - set(tables[suite.name].columns)
            stacks.setdefault(lacking, []).append(suite)
    results |= _dimensions([suite for suite in suites if suite.group == "dimension"], tables, beside)
    for stack in stacks.values():
        results |= _stacked(stack, tables, beside)
    return results


def _dimensions(suites: Sequence[Suite], tables: Mapping[str, pd.DataFrame], others: Mapping[str, Others]) -> Results:
    from pipelines.suites.evaluate import Asked, evaluate
    from pipelines.suites.long_frames import Table
    from pipelines.suites.results import failing_rows, parameters_of, result_of

    found = {suite.name: Table.of(tables[suite.name]) for suite in suites}
    asked = {suite.name: Asked(found[suite.name], suite.expectations, suite.keys) for suite in suites}
    told = evaluate(asked, parameters_of(found.values()))
    return {
        suite.name: tuple(
            result_of(
                suite.name,
                declared,
                outcome,
                failing_rows(outcome, suite.keys, None).get(None, ()),
                len(found[suite.name]) + others.get(suite.name, _NONE).rows,
                elsewhere=others.get(suite.name, _NONE).failing.get(declared.identity, ()),
                most=None,
            )
            for declared, outcome in zip(suite.expectations, told[suite.name], strict=True)
        )
        for suite in suites
    }


def _stacked(suites: Sequence[Suite], tables: Mapping[str, pd.DataFrame], others: Mapping[str, Others]) -> Results:
    import pandas as pd

    from pipelines.suites.results import failing_rows, result_of

    rows = _declared_beside(suites, tables)
    counts = {suite.name: len(tables[suite.name]) + others.get(suite.name, _NONE).rows for suite in suites}
    sizes = pd.DataFrame({"indicator": list(counts), "row_count": list(counts.values())})
    answers: dict[tuple[str, str], tuple[Outcome, int]] = {}
    for names, asked in _questions(suites).items():
        own_rows, own_sizes = (frame[frame["indicator"].isin(names)] for frame in (rows.astype(object), sizes))
        for declared, outcome in _ask(own_rows, own_sizes, asked, _KEYS):
            answers |= {(name, declared.identity): (outcome, len(names)) for name in names}
    results: Results = {}
    for suite in suites:
        found = []
        for declared in suite.expectations:
            outcome, owners = answers[suite.name, declared.identity]
            failing = failing_rows(outcome, suite.keys, "indicator").get(suite.name, ())
            elsewhere = others.get(suite.name, _NONE).failing.get(declared.identity, ())
            result = result_of(
                suite.name,
                declared,
                outcome,
                failing,
                counts[suite.name],
                owners=owners,
                elsewhere=elsewhere,
                most=None,
            )
            if declared.type == ROW_COUNT:
                # the row that fails is the table's size, no row of the table
                result = replace(result, unexpected_count=0, failing_keys=(), details=declared.text)
            found.append(result)
        results[suite.name] = tuple(found)
    return results


def _declared_beside(suites: Sequence[Suite], tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of indicators with their names, what each declares, and a member where one has none."""
    import pandas as pd

    found = dict.fromkeys(name for suite in suites for name in tables[suite.name].columns)
    kept = [name for name in found if name in (*INDICATOR, *_MEMBER)]
    columns: dict[str, list[Any]] = {name: [] for name in (*kept, "indicator", *_MEMBER, *suites[0].columns)}
    for suite in suites:
        table = tables[suite.name]
        count = len(table)
        member = None if "member_code" in suite.keys else "none"
        shared = {"indicator": suite.name, **dict.fromkeys(_MEMBER, member), **suite.columns}
        for name, values in columns.items():
            # decimals beside decimals: a column of missing limits only must not become one of fractions
            values += table[name].tolist() if name in table.columns else [shared.get(name)] * count
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def _questions(suites: Sequence[Suite]) -> dict[tuple[str, ...], list[Declared]]:
    """Names of suites → what exactly they declare in common; each expectation stands once."""
    declared: dict[str, tuple[Declared, list[str]]] = {}
    for suite in suites:
        for expectation in suite.expectations:
            declared.setdefault(expectation.identity, (expectation, []))[1].append(suite.name)
    found: dict[tuple[str, ...], list[Declared]] = {}
    for expectation, names in declared.values():
        # rows of indicators that declare no such limit have none beside them, and cannot fail it
        asked = [suite.name for suite in suites] if _OF_DECLARED & set(_texts(expectation)) else names
        found.setdefault(tuple(dict.fromkeys(asked)), []).append(expectation)
    return found


def _texts(expectation: Declared) -> list[str]:
    """The columns and conditions of an expectation."""
    condition = str(expectation.kwargs.get("row_condition", ""))
    return [*map(str, expectation.kwargs.values()), *condition.split()]


def _ask(
    rows: pd.DataFrame, sizes: pd.DataFrame, asked: Sequence[Declared], keys: Sequence[str]
) -> list[tuple[Declared, Outcome]]:
    """Each expectation with its outcome; how many rows a table has is asked of the table of sizes."""
    from pipelines.suites.evaluate import Asked, evaluate
    from pipelines.suites.results import parameters_of

    of_rows = [declared for declared in asked if declared.type != ROW_COUNT]
    of_size = [declared for declared in asked if declared.type == ROW_COUNT]
    sized = [replace(declared, type=_SIZE, kwargs=declared.kwargs | {"column": "row_count"}) for declared in of_size]
    asked_of = {"rows": Asked(rows, of_rows, keys), "sizes": Asked(sizes, sized, keys)}
    outcomes = evaluate(asked_of, parameters_of([rows]))
    return [*zip(of_rows, outcomes["rows"], strict=True), *zip(of_size, outcomes["sizes"], strict=True)]
