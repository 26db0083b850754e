"""Takes one decision of people: writes it into the file of its report, applies it, and tells what it changed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipelines.catalog.corrections import Decision, DecisionFile, read_decisions
from pipelines.catalog.corrections_edit import write_decision
from pipelines.catalog.entry_files import restore_text
from pipelines.errors import FupinError
from pipelines.settings import Settings
from pipelines.warehouse.broken import without_failing
from pipelines.warehouse.connection import open_warehouse, transaction
from pipelines.warehouse.corrections import printed_figures, sync_corrections
from pipelines.warehouse.decisions import Printed, Stale, decided_figure, match_of
from pipelines.warehouse.history import next_moment
from pipelines.warehouse.indicators import grain_of, standing_statements
from pipelines.warehouse.manifest import sync_manifest
from pipelines.warehouse.schema import apply_schema
from pipelines.warehouse.settle import bring_up_to_date
from pipelines.warehouse.touched import touched_by

if TYPE_CHECKING:
    import duckdb

Verb = Literal["accepted", "rejected"]
Values = dict[tuple[str, str, str], tuple[Decimal | None, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """An indicator of one region and year whose value is another one now; None where there is no value.

    One with several rows for them, such as `share_by_program`, is named with the code of the row.
    """

    indicator: str
    region: str
    period: str
    before: Decimal | None
    after: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision: the file it stands in, the indicators that changed, and whether it stood before."""

    path: Path
    changes: tuple[Change, ...]
    stood_already: bool


def decide(settings: Settings, correction_id: str, status: Verb, by: str, reason: str | None) -> Decided:
    """Accepts or rejects a correction; an earlier decision about it is replaced.

    Args:
        settings: where warehouse and decision files are.
        correction_id: as `core.correction` names it.
        status: the decision.
        by: who decides.
        reason: why; without one that of the proposal counts, else that of the earlier decision.

    Returns:
        The file, and what changed in the indicators that people see.

    Raises:
        FupinError: no such correction, another accepted value, or a decision that fits no figure; nothing changed.
        WarehouseLockedError: another process is loading; nothing changed.
        CatalogError: a decision file is malformed; nothing changed.
    """
    if not settings.warehouse.exists():
        raise FupinError(f"{settings.warehouse}: nothing loaded yet; run `fupin run` first")
    read_decisions(settings.corrections)
    with open_warehouse(settings) as connection:

        def attempt(failing: Mapping[str, str]) -> Decided:
            with transaction(connection):
                return _decide(connection, settings, correction_id, status, by, reason, failing)

        decided = without_failing(attempt)
        sync_manifest(connection, settings.archive)
    return decided


def _decide(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    correction_id: str,
    status: Verb,
    by: str,
    reason: str | None,
    failing: Mapping[str, str],
) -> Decided:
    """Writes the decision and applies it; if it does not fit, the file is as it was."""
    apply_schema(connection, settings.sql / "schema")
    before = _seen(connection, settings)
    stale = sync_corrections(connection, settings)
    report, decision, number = _decision(connection, settings, stale, correction_id, status, by, reason)
    file = read_decisions(settings.corrections).of(report)
    if file is not None and number is not None and reason is None and file.decisions[number - 1].status == status:
        path, original, stands = file.path, None, True
    else:
        original = file.path.read_text(encoding="utf-8") if file is not None else None
        path, stands = write_decision(settings.corrections, file, report, decision, number), False
    try:
        touched = touched_by(connection, (), [report])
        bring_up_to_date(connection, settings, touched, next_moment(connection), failing)
    except BaseException:
        if not stands:
            restore_text(path, original)
        raise
    return Decided(path, _changes(before, _seen(connection, settings)), stands)


def _decision(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    stale: list[Stale],
    correction_id: str,
    status: Verb,
    by: str,
    reason: str | None,
) -> tuple[str, Decision, int | None]:
    """The report, the entry to be written, and the number of the entry that it replaces."""
    at = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    rows = connection.execute(
        "SELECT r.report_id, c.report_version_key, c.figure_key, c.proposed_value, c.proposed_low, c.proposed_high, "
        "coalesce(p.reason, c.reason) FROM core.correction AS c JOIN core.dim_report AS r USING (report_version_key) "
        "LEFT JOIN core.fact_proposal AS p "
        "ON c.figure_key = p.figure_key AND c.proposed_value = p.proposed_value "
        "WHERE r.is_current AND c.correction_id = ?",
        [correction_id],
    ).fetchall()
    unfit = [one for one in stale if one.correction_id == correction_id]
    if len(rows) + len(unfit) > 1:
        raise FupinError(f"{correction_id} names {len(rows) + len(unfit)} corrections; edit their entries by hand")
    if unfit:
        if status == "accepted":
            raise FupinError(f"{unfit[0].line}; edit the entry, or reject it")
        file, number = unfit[0].file, unfit[0].number
        return file.report, _again(file.decisions[number - 1], status, by, at, reason), number
    if not rows:
        raise FupinError(f"no correction {correction_id}; `fupin correct list` names them")
    report, owner, figure_key, value, low, high, said = rows[0]
    known = read_decisions(settings.corrections).of(report)
    figures = printed_figures(connection, owner)
    figure = next(figure for figure in figures if figure.figure_key == figure_key)
    if status == "accepted":
        _refuse_second(connection, figure, correction_id)
    entry_no = _entry_about(known, figure, value, figures)
    if known is not None and entry_no is not None:
        return report, _again(known.decisions[entry_no - 1], status, by, at, reason or said), entry_no
    decision = Decision(
        match=match_of(figure, figures),
        expected=figure.value,
        proposed=value,
        low=low,
        high=high,
        unit=figure.unit,
        reason=reason or said,
        status=status,
        by=by,
        at=at,
    )
    return report, decision, None


def _again(earlier: Decision, status: Verb, by: str, at: datetime.datetime, reason: str | None) -> Decision:
    """An entry decided anew."""
    return earlier.model_copy(update={"status": status, "by": by, "at": at, "reason": reason or earlier.reason})


def _entry_about(file: DecisionFile | None, figure: Printed, value: Decimal, figures: list[Printed]) -> int | None:
    for number, decision in enumerate(file.decisions if file else (), 1):
        found = decided_figure(decision, figures)
        if isinstance(found, Printed) and found.figure_key == figure.figure_key and decision.proposed == value:
            return number
    return None


def _refuse_second(connection: duckdb.DuckDBPyConnection, figure: Printed, correction_id: str) -> None:
    other = connection.execute(
        "SELECT correction_id FROM core.correction WHERE figure_key = ? AND status = 'accepted' AND correction_id <> ?",
        [figure.figure_key, correction_id],
    ).fetchone()
    if other is not None:
        raise FupinError(f'"{figure.text}" has the accepted correction {other[0]}; reject that one first')


def _seen(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Values:
    """The value and unit of every indicator by region and year: adjusted where it is, else as reported."""
    found: Values = {}
    for statement in standing_statements(connection, settings.sql / "indicators"):
        member = "member_code" if "member_code" in grain_of(statement) else "''"
        rows = connection.execute(
            f"SELECT trim('{statement.name} ' || {member}), region_name_en, period_code, value, unit "
            f"FROM indicator.{statement.name} ORDER BY CASE basis WHEN 'as_reported' THEN 0 ELSE 1 END"
        ).fetchall()
        found |= {tuple(place): (value, unit) for *place, value, unit in rows}
    return found


def _changes(before: Values, after: Values) -> tuple[Change, ...]:
    found = []
    for place in sorted({*before, *after}):
        earlier, later = before.get(place), after.get(place)
        old, new = earlier[0] if earlier else None, later[0] if later else None
        unit = next(one[1] for one in (later, earlier) if one)
        if old != new:
            found.append(Change(*place, old, new, unit))
    return tuple(found)
