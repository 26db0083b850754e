"""Withdraws a report, or takes the withdrawal back; the version stays in the warehouse and can be queried.

Nothing takes the place of a withdrawn version: an earlier one had been replaced, and does not count again only
because the later one is wrong. A content that was withdrawn is not loaded again; an edited file is a new version.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.errors import FupinError
from pipelines.settings import Settings
from pipelines.warehouse.broken import without_failing
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.history import log_versions, next_moment
from pipelines.warehouse.manifest import assert_not_lost, sync_manifest
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.settle import settle
from pipelines.warehouse.touched import touched_by

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something is withdrawn or taken back, and who says so."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a version.

    Attributes:
        version_no: the version.
        counted: whether it counted before.
        current_no: the version that counts now, None where none does.
        others: ordinals of the other versions that are not withdrawn.
    """

    version_no: int
    counted: bool
    current_no: int | None
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Version:
    owner: int
    number: int
    status: str


def retract(settings: Settings, report_id: str, number: int | None, decision: Decision, *, undo: bool) -> Outcome:
    """Withdraws a version, so that it leaves every current view and all indicators; or takes that back.

    Args:
        settings: where the warehouse is.
        report_id: the report.
        number: ordinal of the version; None for the one that counts, or that was withdrawn last.
        decision: why, and who decides.
        undo: take an earlier withdrawal back: the version counts again, unless another one does by now.

    Returns:
        The version, and what counts now.

    Raises:
        FupinError: no such report or version, or nothing to change about it; nothing changed.
        WarehouseLockedError: another process is loading; nothing changed.
    """
    assert_not_lost(settings)
    if not settings.warehouse.exists():
        raise FupinError(f"{settings.warehouse}: nothing loaded yet; run `fupin run` first")
    with open_warehouse(settings) as connection:

        def attempt(failing: Mapping[str, str]) -> tuple[_Version, list[_Version]]:
            with transaction(connection):
                return _change(connection, settings, report_id, number, decision, failing, undo=undo)

        found, now = without_failing(attempt)
        sync_manifest(connection, settings.archive)
    return Outcome(
        found.number,
        found.status == "current",
        next((version.number for version in now if version.status == "current"), None),
        tuple(version.number for version in now if version.owner != found.owner and version.status != "retracted"),
    )


def _change(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    report_id: str,
    number: int | None,
    decision: Decision,
    failing: Mapping[str, str],
    *,
    undo: bool,
) -> tuple[_Version, list[_Version]]:
    """The version as it was, and all of its report as they are now."""
    apply_schema(connection, settings.sql / "schema")
    found = _named(report_id, _versions(connection, report_id), number, "retracted" if undo else "current")
    if (found.status == "retracted") != undo:
        state = "is not withdrawn" if undo else "is withdrawn already"
        raise FupinError(f"{report_id}: version {found.number} {state}")
    moment = next_moment(connection)
    (mark_restored if undo else mark_retracted)(connection, found.owner, decision, moment)
    settle(connection, settings, touched_by(connection, [found.owner]), moment, failing)
    return found, _versions(connection, report_id)


def mark_retracted(
    connection: duckdb.DuckDBPyConnection, owner: int, decision: Decision, moment: datetime.datetime
) -> None:
    """Enters a withdrawal; what stands on the version is to be settled afterwards."""
    connection.execute(
        "UPDATE core.dim_report SET is_current = FALSE, report_status = 'retracted', retracted_at = ?, "
        "retracted_by = ?, retraction_reason = ? WHERE report_version_key = ?",
        [moment, decision.by, decision.reason, owner],
    )
    log_versions(connection, moment, "retracted", [owner], decision.reason, decision.by)


def mark_restored(
    connection: duckdb.DuckDBPyConnection, owner: int, decision: Decision, moment: datetime.datetime
) -> None:
    """Enters that a withdrawal is taken back: the version counts if it did before and no other one does now."""
    row = connection.execute(
        # whether the report had a current version before the withdrawal, and has had none since
        "WITH of_report AS (SELECT * FROM core.version_event WHERE report_id = "
        "(SELECT report_id FROM core.dim_report WHERE report_version_key = $owner)) "
        "SELECT coalesce(arg_max(e.current_version_key = $owner, e.log_no), FALSE), "
        "EXISTS (FROM core.dim_report WHERE is_current AND report_id IN (SELECT report_id FROM of_report)) "
        "FROM of_report AS e WHERE e.log_no < "
        "(SELECT max(log_no) FROM of_report WHERE report_version_key = $owner AND log_kind = 'retracted')",
        {"owner": owner},
    ).fetchone()
    counts = row is not None and bool(row[0]) and not row[1]
    connection.execute(
        "UPDATE core.dim_report SET is_current = ?, report_status = ?, retracted_at = NULL, retracted_by = NULL, "
        "retraction_reason = NULL WHERE report_version_key = ?",
        [counts, "current" if counts else "superseded", owner],
    )
    log_versions(connection, moment, "restored", [owner], decision.reason, decision.by)


def _versions(connection: duckdb.DuckDBPyConnection, report_id: str) -> list[_Version]:
    rows = connection.execute(
        "SELECT report_version_key, version_no, report_status FROM core.dim_report WHERE report_id = ? "
        "ORDER BY retracted_at NULLS FIRST, version_no",
        [report_id],
    ).fetchall()
    return [_Version(*row) for row in rows]


def _named(report_id: str, versions: list[_Version], number: int | None, status: str) -> _Version:
    """The version that a person means: by its ordinal, else the last one of a status.

    Raises:
        FupinError: there is none.
    """
    if not versions:
        raise FupinError(f'{report_id}: no such report; `fupin query "FROM core.dim_report"` lists all')
    if number is not None:
        found = [version for version in versions if version.number == number]
        if not found:
            raise FupinError(f"{report_id}: has no version {number}, but {len(versions)} in all")
        return found[0]
    fitting = [version for version in versions if version.status == status]
    if fitting:
        return fitting[-1]
    raise FupinError(f"{report_id}: is withdrawn already" if status == "current" else f"{report_id}: is not withdrawn")
