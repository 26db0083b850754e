"""Brings up to date what stands on the versions that count: indicators, corrections, checks and failures."""

from __future__ import annotations

import datetime
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipelines.checking.verdict import ExpectationResult
from pipelines.settings import Settings
from pipelines.warehouse.across import current_regions, refresh_across
from pipelines.warehouse.broken import Broken, broken_indicators, without_failing
from pipelines.warehouse.checks import assert_checks, assert_grains
from pipelines.warehouse.connection import checkpoint, open_warehouse, transaction
from pipelines.warehouse.corrections import stale_lines, sync_corrections
from pipelines.warehouse.dimensions import load_dimensions
from pipelines.warehouse.failures import update_failures
from pipelines.warehouse.history import next_moment, track_corrections, track_reviews
from pipelines.warehouse.indicators import are_made_of, refresh_indicators
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.touched import (
    Extracts,
    Touched,
    drop_extracts,
    extract_facts,
    extract_failing,
    touched_by,
)
from pipelines.warehouse.validation import validate_tables
from pipelines.warehouse.validation_history import table_results

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows from a change.

    Attributes:
        across: how many checks between reports were made.
        indicators: how many indicators are up to date.
        stale: corrections that apply to nothing.
        drifted: indicators that did not hold what they should although nothing had changed.
        touched: what the change touched, with what corrections added; None for everything.
        broken: indicators that could not be computed, by name.
        validating_seconds: how long dimensions and indicators were validated.
    """

    across: int
    indicators: int
    stale: list[str]
    drifted: list[str]
    touched: Touched | None
    broken: Mapping[str, Broken]
    validating_seconds: float = 0.0


def settle(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    touched: Touched | None,
    moment: datetime.datetime,
    failing: Mapping[str, str],
    *,
    again: bool = False,
) -> Settled:
    """Brings up to date all that stands on the versions that count, and validates what has changed.

    Args:
        connection: inside the transaction of the change.
        settings: where statements, suites and decision files are.
        touched: what has changed; None to compute and assert everything.
        moment: of the change.
        failing: name and cause of indicators that end the transaction.
        again: also validate whole what was validated in part since.

    Raises:
        WarehouseCheckError: a check of `sql/checks/` returns rows.
        TableShapeError: a critical expectation on a dimension or indicator fails.
        IndicatorError: an indicator has ended the transaction, see `without_failing`.
        CatalogError: another statement, a suite or decision file is malformed.
    """
    settled = bring_up_to_date(connection, settings, touched, moment, failing)
    began = time.monotonic()
    validate_tables(connection, settings, settled.touched, settled.broken, again=again)
    return replace(settled, validating_seconds=time.monotonic() - began)


def bring_up_to_date(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    touched: Touched | None,
    moment: datetime.datetime,
    failing: Mapping[str, str],
) -> Settled:
    """Computes all that stands on the versions that count, and asserts that it agrees.

    What a change does not touch is left alone: it was asserted when it was loaded.

    Args:
        connection: inside the transaction of the change.
        settings: where statements and decision files are.
        touched: what has changed; None to compute and assert everything.
        moment: of the change.
        failing: name and cause of indicators that end the transaction.

    Raises:
        WarehouseCheckError: a check of `sql/checks/` returns rows.
        IndicatorError: an indicator has ended the transaction, see `without_failing`.
        CatalogError: another statement or a decision file is malformed.
    """
    is_anew = not are_made_of(connection, settings.sql)
    if is_anew:
        touched = None
    across = refresh_across(connection, current_regions(connection) if touched is None else touched.regions)
    sync_corrections(connection, settings, None if touched is None else touched.reports)
    corrected = track_corrections(connection, moment)
    track_reviews(connection, moment)
    if touched is not None and corrected:
        touched = touched | touched_by(connection, corrected, touched.reports, touched.regions)
    facts = extract_failing(connection, settings.sql, extract_facts(connection, touched))
    recovering = broken_indicators(connection).keys()
    refreshed = refresh_indicators(connection, settings.sql, facts, is_anew=is_anew, failing=failing)
    update_failures(connection, facts)
    assert_checks(connection, settings.sql, refreshed.extracts, refreshed.changed, refreshed.computed)
    drop_extracts(connection)
    undisturbed = touched is None and not is_anew and not corrected
    drifted = sorted(refreshed.changed - recovering) if undisturbed else []
    return Settled(across, refreshed.indicators, stale_lines(connection), drifted, touched, refreshed.broken)


def compute_indicators(settings: Settings, names: Collection[str]) -> dict[str, list[ExpectationResult]]:
    """Computes some indicators anew, those that they read before them, and checks them; nothing else is touched.

    Args:
        settings: where the warehouse is.
        names: of indicators.

    Returns:
        Newest results of each dimension and indicator, by suite.

    Raises:
        WarehouseLockedError: another load holds the lock.
        WarehouseCheckError: a row of one of them stands twice; nothing was changed.
    """
    with open_warehouse(settings) as connection:

        def attempt(failing: Mapping[str, str]) -> None:
            with transaction(connection):
                apply_schema(connection, settings.sql / "schema")
                if load_dimensions(connection) or not are_made_of(connection, settings.sql):
                    settle(connection, settings, None, next_moment(connection), failing)
                    return
                found = refresh_indicators(
                    connection, settings.sql, Extracts(None), is_anew=False, failing=failing, only=names
                )
                assert_grains(connection, settings.sql, found.changed)
                drop_extracts(connection)
                validate_tables(connection, settings, None, found.broken)

        without_failing(attempt)
        checkpoint(connection)
        return table_results(connection)
