"""Loads report versions: all of one version, with indicators and checks, in one transaction or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.catalog.corrections import read_decisions
from pipelines.checking.verdict import ExpectationResult
from pipelines.errors import CatalogError, ConflictError, FupinError
from pipelines.settings import Settings
from pipelines.suites.reports import has_critical
from pipelines.versions.version import ReportVersion
from pipelines.warehouse.broken import without_failing
from pipelines.warehouse.connection import checkpoint, open_warehouse, transaction
from pipelines.warehouse.dimensions import calendar_years, load_dimensions
from pipelines.warehouse.facts import version_key
from pipelines.warehouse.failures import update_failures
from pipelines.warehouse.history import (
    IS_RENAMED,
    current_versions,
    next_moment,
    withdrawn_contents,
)
from pipelines.warehouse.indicators import forget_indicators
from pipelines.warehouse.lake import assert_keys, is_lake, retried
from pipelines.warehouse.manifest import assert_not_lost, sync_manifest
from pipelines.warehouse.schema import apply_schema, schema_statements
from pipelines.warehouse.settle import settle
from pipelines.warehouse.touched import (
    Extracts,
    stock_regions,
    touched_by,
)
from pipelines.warehouse.validation import TableShapeError, record_refused
from pipelines.warehouse.validation_history import record_versions, table_results
from pipelines.warehouse.versions import insert_versions, record_quarantine

if TYPE_CHECKING:
    import duckdb


@dataclass(slots=True)
class LoadSummary:
    """What became of the versions given.

    Attributes:
        loaded: reports with a new current version.
        unchanged: reports whose content had been loaded before.
        quarantined: report → cause.
        retracted: reports whose content was withdrawn, under whatever name; it stays out until its file changes.
        indicators: how many were refreshed.
        rows: rows loaded by table.
        shape: newest results of each dimension and indicator, by suite.
        stale: corrections that apply to no figure, each with file, entry and cause.
        renamed: old name → new one of reports that were withdrawn because their file has the new one now.
        successors: reports that look like revisions of others whose file is gone, one line each.
        drifted: indicators whose table did not hold what it should although nothing had changed; made anew.
        broken: indicators that could not be computed, one line each with file and cause.
        validating_seconds: how long dimensions and indicators were validated.
    """

    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    quarantined: dict[str, str] = field(default_factory=dict)
    retracted: list[str] = field(default_factory=list)
    indicators: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    shape: dict[str, list[ExpectationResult]] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    successors: list[str] = field(default_factory=list)
    drifted: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    validating_seconds: float = 0.0


def load_versions(
    settings: Settings,
    versions: Sequence[ReportVersion],
    failures: Sequence[tuple[str, str, str]] = (),
    *,
    anew: bool = False,
    then: Callable[[duckdb.DuckDBPyConnection, LoadSummary], None] = lambda _connection, _summary: None,
) -> LoadSummary:
    """Loads versions under the warehouse's lock.

    The batch is one transaction with its indicators and checks. If that fails, its halves are tried, and the halves of
    what fails again, so that one bad report cannot keep the others out. A version with a failing critical expectation
    is never loaded.

    Args:
        settings: where the warehouse is.
        versions: at most one per report, with their shape results.
        failures: report, content hash and cause of files that could not be read; they are recorded.
        anew: whether current versions among them take the place of their earlier reading.
        then: called once all is loaded, under the same lock, outside of a transaction; may add to the summary.

    Returns:
        What was loaded, unchanged, withdrawn and quarantined; the four together are all reports given.

    Raises:
        WarehouseLockedError: another load holds the lock.
        CatalogError: a statement, catalogue or corrections file is malformed; nothing was changed.
        FupinError: the warehouse cannot be written; nothing was changed.
    """
    read_decisions(settings.corrections)
    assert_not_lost(settings)
    return retried(lambda: _load_versions(settings, versions, failures, then, anew=anew))


def _load_versions(
    settings: Settings,
    versions: Sequence[ReportVersion],
    failures: Sequence[tuple[str, str, str]],
    then: Callable[[duckdb.DuckDBPyConnection, LoadSummary], None],
    *,
    anew: bool,
) -> LoadSummary:
    with open_warehouse(settings) as connection:
        if versions:
            # threads that wait for each other cost half of a load again, and bring little to the rows of some reports
            connection.execute("SET threads = 1")
        with transaction(connection):
            apply_schema(connection, settings.sql / "schema")
            if load_dimensions(connection):
                forget_indicators(connection)
        summary = LoadSummary()
        pending = _pending(connection, versions, summary, anew=anew)
        # a call without any report asks for everything to be computed and checked anew
        whole = not versions and not failures
        try:
            _load(connection, settings, pending, summary, failures, whole=whole)
        except (CatalogError, ConflictError):
            raise
        except Exception as error:  # whatever one version does to the database, the others are still to be loaded
            if _is_disk_full(error):
                raise FupinError(f"{settings.warehouse}: {' '.join(str(error).split())[:200]}") from error
            _load(connection, settings, (), summary, failures)
            _load_halves(connection, settings, pending, summary)
        summary.shape = table_results(connection)
        sync_manifest(connection, settings.archive)
        then(connection, summary)
        checkpoint(connection)
    return summary


def _pending(
    connection: duckdb.DuckDBPyConnection, versions: Sequence[ReportVersion], summary: LoadSummary, *, anew: bool
) -> list[ReportVersion]:
    """Versions that are to be loaded; the others are entered into the summary."""
    known = {
        row[0]: row[1]
        for row in connection.execute(
            # the file of an old name is there again where its content is given
            f"SELECT report_version_key, report_status FROM core.dim_report WHERE {IS_RENAMED} IS NOT TRUE"
        ).fetchall()
    }
    withdrawn = withdrawn_contents(connection)
    pending = []
    for version in versions:
        report = version.document.report_id
        status = known.get(version_key(version))
        if status == "current" and not anew:
            summary.unchanged.append(report)
        elif status == "retracted" or (status != "current" and version.document.content_hash in withdrawn):
            summary.retracted.append(report)
        elif has_critical(version.expectations):
            first = next(r for r in version.expectations if r.severity == "critical" and not r.success)
            summary.quarantined[report] = f"{first.suite}: {first.details}"
        else:
            pending.append(version)
    rejected = [version for version in versions if version.document.report_id in summary.quarantined]
    with transaction(connection):
        documents = [version.document for version in rejected]
        record_quarantine(
            connection, [(one.report_id, one.content_hash, summary.quarantined[one.report_id]) for one in documents]
        )
        record_versions(connection, rejected, is_loaded=False)
    return pending


def _load(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    versions: Sequence[ReportVersion],
    summary: LoadSummary,
    failures: Sequence[tuple[str, str, str]],
    *,
    whole: bool = False,
) -> None:
    def attempt(failing: Mapping[str, str]) -> None:
        _load_without(connection, settings, versions, summary, failures, failing, whole=whole)

    without_failing(attempt)


def _load_without(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    versions: Sequence[ReportVersion],
    summary: LoadSummary,
    failures: Sequence[tuple[str, str, str]],
    failing: Mapping[str, str],
    *,
    whole: bool,
) -> None:
    with transaction(connection):
        moment = next_moment(connection)
        loaded: dict[str, int] = {}
        record_quarantine(connection, failures)
        known_years = calendar_years(connection)
        owners = set(current_versions(connection, [version.document.report_id for version in versions]).values())
        # a new reading of a version leaves no trace of the regions that it spoke of before
        regions = touched_by(connection, owners).regions if owners else frozenset()
        owners |= {version_key(version) for version in versions}
        loaded |= insert_versions(connection, versions, moment)
        record_versions(connection, versions, is_loaded=True)
        if whole:
            touched = None
        else:
            new_years = calendar_years(connection) - known_years
            kept_out = [report for report, _, _ in failures] + sorted(summary.quarantined)
            held = stock_regions(connection, new_years) if new_years else set()
            touched = touched_by(connection, owners, kept_out, regions | held)
        settled = settle(connection, settings, touched, moment, failing, again=whole)
        loaded["fact_check"] = loaded.get("fact_check", 0) + settled.across
        if is_lake(connection):
            assert_keys(connection, {one.name: one.sql for one in schema_statements(settings.sql / "schema")})
    summary.stale, summary.indicators, summary.drifted = settled.stale, settled.indicators, settled.drifted
    summary.broken = [one.line for one in settled.broken.values()]
    summary.validating_seconds += settled.validating_seconds
    summary.loaded += [version.document.report_id for version in versions]
    for table, count in loaded.items():
        summary.rows[table] = summary.rows.get(table, 0) + count


def _load_apart(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    versions: Sequence[ReportVersion],
    summary: LoadSummary,
) -> None:
    """Loads those of some versions that can be, in their order: halves of what fails, down to each guilty one."""
    if not versions:
        return
    try:
        _load(connection, settings, versions, summary, ())
    except (CatalogError, ConflictError):
        raise
    except Exception as error:  # recorded with its cause; the transaction has been rolled back
        if _is_disk_full(error):
            raise FupinError(f"{settings.warehouse}: {' '.join(str(error).split())[:200]}") from error
        if len(versions) > 1:
            _load_halves(connection, settings, versions, summary)
        else:
            _keep_out(connection, versions[0], summary, error)


def _load_halves(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    versions: Sequence[ReportVersion],
    summary: LoadSummary,
) -> None:
    half = len(versions) // 2
    for part in (versions[:half], versions[half:]):
        _load_apart(connection, settings, part, summary)


def _keep_out(
    connection: duckdb.DuckDBPyConnection, version: ReportVersion, summary: LoadSummary, error: Exception
) -> None:
    """Puts a version that alone cannot be loaded into the quarantine."""
    cause = " ".join(str(error).split())[:300]
    document = version.document
    summary.quarantined[document.report_id] = cause
    with transaction(connection):
        record_quarantine(connection, [(document.report_id, document.content_hash, cause)])
        update_failures(connection, Extracts(None))
        record_versions(connection, [version], is_loaded=False)
        if isinstance(error, TableShapeError):
            record_refused(connection, version, error)


def _is_disk_full(error: Exception) -> bool:
    refused = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    return getattr(error, "errno", None) in refused or any(os.strerror(code) in str(error) for code in refused)
