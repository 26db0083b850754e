"""Keeps `core.correction` in step with the proposals of the loaded versions and the decision files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pipelines.catalog.corrections import Decisions, read_decisions
from pipelines.settings import Settings
from pipelines.warehouse.decisions import Printed, Proposed, Stale, lay_over
from pipelines.warehouse.rows import Row, insert

if TYPE_CHECKING:
    import duckdb


def sync_corrections(
    connection: duckdb.DuckDBPyConnection, settings: Settings, reports: Collection[str] | None = None
) -> list[Stale]:
    """Makes corrections anew: proposals of every version, and on current ones what people decided.

    Args:
        connection: inside the transaction of the load, before the indicators are refreshed.
        settings: where the decision files are.
        reports: ids of those whose versions have changed; None for all. Where a decision file has changed since the
            last time, all are made anew.

    Returns:
        Decisions of these reports that apply to no figure; those of all are in `quality.stale_correction`.

    Raises:
        CatalogError: a decision file is malformed.
    """
    decisions = read_decisions(settings.corrections)
    if not are_applied(connection, decisions):
        reports = None
    wanted = {"reports": None if reports is None else sorted(reports)}
    of_reports = "$reports IS NULL OR list_contains($reports::VARCHAR[], report_id)"
    versions = connection.execute(
        "SELECT report_version_key, report_id, is_current FROM core.dim_report "
        f"WHERE {of_reports} ORDER BY report_id, version_no",
        wanted,
    ).fetchall()
    owners = {"owners": [row[0] for row in versions]}
    proposals = _proposals(connection, owners)
    rows: list[Row] = []
    stale: list[Stale] = []
    files = {owner: decisions.of(report) if is_current else None for owner, report, is_current in versions}
    named = [(owner, report) for owner, report, _ in versions if owner in proposals or files[owner] is not None]
    figures = _figures(connection, [owner for owner, _ in named])
    for owner, report in named:
        found, unfit = lay_over(report, owner, figures.get(owner, []), proposals.get(owner, []), files[owner])
        rows += found
        stale += unfit
    if reports is None:
        connection.execute("DELETE FROM core.correction")
    else:
        connection.execute(
            "DELETE FROM core.correction WHERE report_version_key IN (SELECT unnest($owners::BIGINT[]))", owners
        )
    connection.execute(f"DELETE FROM quality.stale_correction WHERE {of_reports}", wanted)
    connection.execute("DELETE FROM quality.correction_state")
    insert(connection, "core.correction", rows)
    insert(connection, "quality.stale_correction", [_stale_row(one) for one in stale])
    connection.execute("INSERT INTO quality.correction_state VALUES (?)", [decisions.fingerprint])
    return stale


def printed_figures(connection: duckdb.DuckDBPyConnection, owner: int) -> list[Printed]:
    """The figures of one report version in reading order."""
    return _figures(connection, [owner]).get(owner, [])


def _figures(connection: duckdb.DuckDBPyConnection, owners: Sequence[int]) -> dict[int, list[Printed]]:
    """Version → its figures in reading order."""
    found: dict[int, list[Printed]] = {}
    for owner, *row in connection.execute(
        "SELECT report_version_key, figure_key, figure_id, section, sheet, cell, sentence, printed_text, value, "
        "unit_code FROM core.fact_figure WHERE report_version_key IN (SELECT unnest($owners::BIGINT[])) "
        "ORDER BY report_version_key, figure_id",
        {"owners": list(owners)},
    ).fetchall():
        found.setdefault(owner, []).append(Printed(*row))
    return found


def stale_lines(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """One line per decision that applies to nothing: file, entry and cause."""
    if not _knows_corrections(connection):
        return []
    rows = connection.execute(
        "SELECT file_name, entry_no, correction_id, cause FROM quality.stale_correction ORDER BY ALL"
    ).fetchall()
    return [f"catalog/corrections/{name}: entry {number} ({known}): {cause}" for name, number, known, cause in rows]


def are_applied(connection: duckdb.DuckDBPyConnection, decisions: Decisions) -> bool:
    """Whether the indicators of a warehouse or snapshot stand on these decision files; one made before has none."""
    if not _knows_corrections(connection):
        return False
    row = connection.execute("SELECT correction_fingerprint FROM quality.correction_state").fetchone()
    return row is not None and row[0] == decisions.fingerprint


def _knows_corrections(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file was made by statements that have corrections; an older snapshot can still be open to readers."""
    found = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'correction_state'").fetchone()
    return found is not None


def _proposals(connection: duckdb.DuckDBPyConnection, owners: dict[str, list[int]]) -> dict[int, list[Proposed]]:
    found: dict[int, list[Proposed]] = {}
    rows = connection.execute(
        "SELECT report_version_key, figure_key, proposed_value, proposed_low, proposed_high, reason, said, "
        "supporting_check_keys FROM core.fact_proposal "
        "WHERE report_version_key IN (SELECT unnest($owners::BIGINT[])) ORDER BY ALL",
        owners,
    ).fetchall()
    for owner, figure_key, value, low, high, reason, said, supporting in rows:
        found.setdefault(owner, []).append(Proposed(figure_key, value, low, high, reason, said, tuple(supporting)))
    return found


def _stale_row(stale: Stale) -> Row:
    decision = stale.file.decisions[stale.number - 1]
    return {
        "correction_id": stale.correction_id,
        "report_id": stale.file.report,
        "file_name": stale.file.path.name,
        "entry_no": stale.number,
        "printed_text": decision.match.printed,
        "status": decision.status,
        "cause": stale.cause,
    }
