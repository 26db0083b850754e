"""Reports whose file got another name: the content counts once, under the name that it has now.

A renamed file is a new report to the landing zone, and the report of the old name has no file any more. Its version is
withdrawn, with the new name as the reason; should the old name come back, it is loaded again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipelines.settings import Settings
from pipelines.warehouse.broken import without_failing
from pipelines.warehouse.connection import transaction
from pipelines.warehouse.history import RENAMED, RENAMED_BY, next_moment
from pipelines.warehouse.lake import retried
from pipelines.warehouse.manifest import sync_manifest
from pipelines.warehouse.retract import Decision, mark_retracted
from pipelines.warehouse.settle import settle
from pipelines.warehouse.touched import touched_by

if TYPE_CHECKING:
    import duckdb


def withdraw_renamed(connection: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, str]:
    """Withdraws what counts of reports without a file whose content counts under the name of a file that is there.

    Args:
        connection: to the warehouse, outside of a transaction.
        settings: where the landing zone is.

    Returns:
        Old report id → new one.
    """
    return retried(lambda: _withdraw(connection, settings))


def _withdraw(connection: duckdb.DuckDBPyConnection, settings: Settings) -> dict[str, str]:
    found = _renamed(connection, settings)
    if not found:
        return {}

    def attempt(failing: Mapping[str, str]) -> None:
        with transaction(connection):
            moment = next_moment(connection)
            for owner, (_, new) in found.items():
                mark_retracted(connection, owner, Decision(f"{RENAMED}{new}", RENAMED_BY), moment)
            settle(connection, settings, touched_by(connection, found), moment, failing)

    without_failing(attempt)
    sync_manifest(connection, settings.archive)
    return dict(found.values())


def _renamed(connection: duckdb.DuckDBPyConnection, settings: Settings) -> dict[int, tuple[str, str]]:
    """Version that counts of a name that is gone → that name, and the first of those under which its content is."""
    rows = connection.execute(
        "SELECT gone.report_version_key, gone.report_id, there.report_id FROM core.dim_report AS gone "
        "JOIN core.dim_report AS there USING (content_hash) "
        "WHERE gone.is_current AND there.is_current AND gone.report_id <> there.report_id ORDER BY ALL DESC"
    ).fetchall()
    has_file = {report: os.path.lexists(settings.raw / report) for row in rows for report in row[1:]}
    return {owner: (old, new) for owner, old, new in rows if has_file[new] and not has_file[old]}
