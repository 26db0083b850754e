"""Asks Great Expectations whether tables meet declared expectations; only this and `kinds` import it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipelines.errors import CatalogError
from pipelines.suites.files import Declared
from pipelines.suites.kinds import implementation, import_seconds
from pipelines.suites.long_frames import ROW, Part, RowsOf, Table, parts
from pipelines.suites.spared import computed_once, instead
from pipelines.suites.stacks import Stack, side_by_side, stacks, uniqueness

if TYPE_CHECKING:
    import pandas as pd


_LONG = 5_000  # rows from which several short validations take less time than one of them all


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one expectation on one frame.

    Attributes:
        success: whether all rows meet it.
        crashed: whether it could not be evaluated; it has not succeeded then.
        rows: keys of failing rows, column → value; empty where the expectation speaks of the table.
        seconds: time spent on it, an equal share of its suite's.
    """

    success: bool
    crashed: bool
    rows: tuple[Mapping[str, Any], ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A table and what is expected of it.

    Attributes:
        rows: exact decimals as Python objects.
        declared: the expectations.
        keys: columns that name a failing row; those that the rows lack are left out.
    """

    rows: pd.DataFrame | Table
    declared: Sequence[Declared]
    keys: Sequence[str]


def evaluate(asked: Mapping[str, Asked], parameters: Mapping[str, Sequence[str]]) -> dict[str, list[Outcome]]:
    """One outcome per expectation of each table, in the order given.

    An expectation takes as long for one value as for thousands. So what is expected alike of several columns, of
    whatever tables, is asked once, of the distinct values of all of them; and of a long table the others are asked of
    no more rows and columns than they need.

    Args:
        asked: tables by name.
        parameters: values of `$PARAMETER` by name.

    Raises:
        CatalogError: an expectation names an unknown parameter, or was silently left out.
    """
    started = time.perf_counter() + (0 if import_seconds.cache_info().currsize else import_seconds())
    tables: dict[str, tuple[Table, Sequence[str], Sequence[Declared]]] = {}
    for name, one in asked.items():
        table = Table.of(one.rows)
        tables[name] = table, [key for key in one.keys if key in table.names], one.declared
    found = _alike(tables, parameters)
    for name, (table, keys, declared) in tables.items():
        places = [place for place in range(len(declared)) if (name, place) not in found]
        rest = [declared[place] for place in places]
        if not rest:
            continue
        is_long = len(table) > _LONG
        for part in parts(table, rest, keys) if is_long else [Part(table.frame(), range(len(rest)))]:
            told = _asked(part.frame, [rest[place] for place in part.places], keys, parameters, part.rows_of)
            found |= {(name, places[place]): outcome for place, outcome in zip(part.places, told, strict=True)}
    share = (time.perf_counter() - started) / max(len(found), 1)
    return {
        name: [replace(found[name, place], seconds=share) for place in range(len(one.declared))]
        for name, one in asked.items()
    }


def _alike(
    tables: Mapping[str, tuple[Table, Sequence[str], Sequence[Declared]]], parameters: Mapping[str, Sequence[str]]
) -> dict[tuple[str, int], Outcome]:
    """Table and place → the outcome of what is asked of a stack; one that cannot be evaluated is left to its table."""
    found = _told(stacks(tables), parameters)
    long = {name for name, (table, _, _) in tables.items() if len(table) > _LONG}
    # the rows of long tables stand in memory one table after the other
    for names in ([name for name in tables if name not in long], *([name] for name in long)):
        unique = uniqueness({name: tables[name] for name in names})
        found |= _told([unique] if unique else [], parameters)
        del unique
    return found


def _told(stacked: Sequence[Stack], parameters: Mapping[str, Sequence[str]]) -> dict[tuple[str, int], Outcome]:
    """Table and place → the outcome of what is asked of some stacks side by side."""
    found: dict[tuple[str, int], Outcome] = {}
    frame = side_by_side(stacked) if stacked else None
    told = [] if frame is None else _asked(frame, [one.declared for one in stacked], [ROW], parameters)
    for stack, outcome in zip(stacked, told, strict=True):
        failing = {row[ROW] for row in outcome.rows}
        for owner in stack.owners if not outcome.crashed else ():
            rows = owner.rows(failing)
            found[owner.name, owner.place] = Outcome(not rows, False, rows)
    return found


def _asked(
    frame: pd.DataFrame,
    declared: Sequence[Declared],
    keys: Sequence[str],
    parameters: Mapping[str, Sequence[str]],
    rows_of: RowsOf | None = None,
) -> list[Outcome]:
    """All are asked for a verdict first, and only those that fail for their rows: that takes a good third less."""
    keys = keys if rows_of is None else [ROW]
    verdicts = _validate(frame, declared, keys, parameters, "BOOLEAN_ONLY")
    failing = [place for place, verdict in enumerate(verdicts) if not verdict["success"]]
    if failing:
        asked = [declared[place] for place in failing]
        for place, verdict in zip(failing, _validate(frame, asked, keys, parameters, "COMPLETE"), strict=True):
            verdicts[place] = verdict
    outcomes = [_outcome(verdict) for verdict in verdicts]
    if rows_of is None:
        return outcomes
    return [replace(one, rows=rows_of({row[ROW] for row in one.rows})) if one.rows else one for one in outcomes]


def _outcome(verdict: dict[str, Any]) -> Outcome:
    found = verdict["result"]
    success = bool(verdict["success"])
    # what has looked at the rows counts them or what it observed; a crash does neither
    crashed = not success and "element_count" not in found and "observed_value" not in found
    return Outcome(success, crashed, tuple(found.get("unexpected_index_list") or ()))


def _validate(
    frame: pd.DataFrame,
    declared: Sequence[Declared],
    keys: Sequence[str],
    parameters: Mapping[str, Sequence[str]],
    detail: str,
) -> list[dict[str, Any]]:
    """Great Expectations' own results in the order of the expectations; it returns them in another one."""
    import great_expectations as gx
    from great_expectations.execution_engine import pandas_execution_engine
    from great_expectations.expectations.expectation import Expectation

    asked = []
    for number, entry in enumerate(declared):
        kwargs = {name: _resolved(value, parameters) for name, value in entry.kwargs.items()}
        asked.append(implementation(entry.type)(**kwargs, meta={"number": number}))
    # all at once: to add one by one, each is compared with all before it
    runnable = gx.ExpectationSuite(name="declared", expectations=asked)
    with (
        # an expectation puts its configuration together at every look, seventy times: a good third of all the time
        computed_once(Expectation, "configuration"),
        # twice for each validation all values are hashed, for a note that nobody reads: a fifth of the time
        instead(pandas_execution_engine, "hash_pandas_dataframe", lambda _: ""),
    ):
        batch = _batches().get_batch(batch_parameters={"dataframe": frame})
        validated = batch.validate(
            runnable, result_format={"result_format": detail, "unexpected_index_column_names": list(keys)}
        )
    outcomes: dict[int, dict[str, Any]] = {}
    for result in validated.results:
        outcome: dict[str, Any] = dict(result.to_json_dict())
        outcomes[outcome["expectation_config"]["meta"]["number"]] = outcome
    if sorted(outcomes) != list(range(len(declared))):
        raise CatalogError(f"expectations/: {len(outcomes)} of {len(declared)} expectations were evaluated")
    return [outcomes[number] for number in range(len(declared))]


@lru_cache(maxsize=1)
def _batches() -> Any:  # noqa: ANN401 - a class of an untyped library
    """What makes batches of frames; setting it up anew for every frame would take half of the time."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("tables").add_dataframe_asset("frame")
    return asset.add_batch_definition_whole_dataframe("all")


def _resolved(value: Any, parameters: Mapping[str, Sequence[str]]) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        return value
    name = str(value.get("$PARAMETER"))
    if name not in parameters:
        raise CatalogError(f"expectations/: no parameter {name}")
    return list(parameters[name])
