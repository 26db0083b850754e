"""The log of which version of a report counts, and which decisions apply: what questions `as of` are answered by.

Within one load all entries bear one moment, which is later than every earlier one even if the clock went back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from pipelines.warehouse.lake import claim_turn, is_lake
from pipelines.warehouse.rows import Row, insert

if TYPE_CHECKING:
    import duckdb

# who withdraws a report whose file got another name, and why: no decision about its content
RENAMED_BY, RENAMED = "fupin", "renamed to "
IS_RENAMED = f"(retracted_by = '{RENAMED_BY}' AND starts_with(retraction_reason, '{RENAMED}'))"
# withdrawn by somebody, and counting under no name
WITHDRAWN = (
    f"(report_status = 'retracted' AND {IS_RENAMED} IS NOT TRUE "
    "AND content_hash NOT IN (SELECT content_hash FROM core.dim_report WHERE is_current))"
)
VersionKind = Literal["loaded", "retracted", "restored", "reviewed"]


def next_moment(connection: duckdb.DuckDBPyConnection) -> datetime.datetime:
    """The time of a change that begins now, UTC: later than all that is in the log, and than what others change now."""
    if is_lake(connection):
        claim_turn(connection)
    now = datetime.datetime.now(datetime.UTC)
    row = connection.execute(
        "SELECT max(logged_at) FROM (SELECT logged_at FROM core.version_event "
        "UNION ALL SELECT logged_at FROM core.correction_event)"
    ).fetchone()
    last = row[0] if row else None
    return now if last is None else max(now, last + datetime.timedelta(microseconds=1))


def next_number(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the next entry of the log."""
    row = connection.execute(
        "SELECT coalesce(max(log_no), 0) + 1 FROM (SELECT log_no FROM core.version_event "
        "UNION ALL SELECT log_no FROM core.correction_event)"
    ).fetchone()
    return int(row[0]) if row else 1


def current_versions(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> dict[str, int]:
    """Report → the key of its version that counts; reports of which none does are left out."""
    rows = connection.execute(
        "SELECT report_id, report_version_key FROM core.dim_report "
        "WHERE is_current AND report_id IN (SELECT unnest($reports::VARCHAR[]))",
        {"reports": list(reports)},
    ).fetchall()
    return dict(rows)


def withdrawn_contents(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Hashes of the contents that somebody withdrew and that count nowhere: they stay out under any name."""
    rows = connection.execute(f"SELECT content_hash FROM core.dim_report WHERE {WITHDRAWN}").fetchall()
    return frozenset(row[0] for row in rows)


def log_versions(
    connection: duckdb.DuckDBPyConnection,
    moment: datetime.datetime,
    kind: VersionKind,
    owners: Sequence[int],
    reason: str | None = None,
    by: str | None = None,
) -> None:
    """Enters what has just become of some versions; `core.dim_report` says already which ones count now.

    Args:
        connection: inside the transaction of the change.
        moment: of the load or decision.
        kind: what happened.
        owners: keys of the versions, in the order of their entries.
        reason: of a withdrawal or its undoing; of a review the fingerprint of the decisions.
        by: who decided it.
    """
    found = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT v.report_version_key, v.report_id, v.content_hash, c.report_version_key FROM core.dim_report AS v "
            "LEFT JOIN core.dim_report AS c ON v.report_id = c.report_id AND c.is_current "
            "WHERE v.report_version_key IN (SELECT unnest($owners::BIGINT[]))",
            {"owners": list(owners)},
        ).fetchall()
    }
    if found.keys() != set(owners):
        raise AssertionError("a version is entered into the log before it is loaded")
    first = next_number(connection)
    rows: list[Row] = []
    for number, owner in enumerate(owners, first):
        report_id, content_hash, current = found[owner]
        rows.append(
            {
                "log_no": number,
                "logged_at": moment.isoformat(),
                "log_kind": kind,
                "report_id": report_id,
                "content_hash": content_hash,
                "report_version_key": owner,
                "current_version_key": current,
                "reason": reason,
                "decided_by": by,
            }
        )
    insert(connection, "core.version_event", rows)


def track_corrections(connection: duckdb.DuckDBPyConnection, moment: datetime.datetime) -> set[int]:
    """Enters which accepted values have begun or ceased to apply since the last entry.

    Args:
        connection: inside the transaction of the change, after `core.correction` was brought up to date.
        moment: of the load or decision.

    Returns:
        Keys of the versions with such a value.
    """
    value = "proposed_value, proposed_low, proposed_high"
    rows = connection.execute(
        f"WITH was AS (SELECT report_version_key, figure_key, {value} FROM core.correction_span "
        f"WHERE valid_to IS NULL), now_is AS (SELECT figure.report_version_key, figure_key, {value} "
        "FROM work.accepted_correction JOIN core.fact_figure AS figure USING (figure_key)), "
        # a value that replaces another one is one entry: it ends the span before
        "begun AS (FROM now_is EXCEPT FROM was), ended AS (FROM was WHERE figure_key NOT IN "
        "(SELECT figure_key FROM now_is)) "
        "SELECT 'applied' AS log_kind, * FROM begun UNION ALL SELECT 'lifted', * FROM ended ORDER BY figure_key, 1"
    ).fetchall()
    first = next_number(connection)
    columns = ("log_kind", "report_version_key", "figure_key", "proposed_value", "proposed_low", "proposed_high")
    insert(
        connection,
        "core.correction_event",
        [
            {"log_no": first + place, "logged_at": moment.isoformat(), **dict(zip(columns, row, strict=True))}
            for place, row in enumerate(rows)
        ],
    )
    return {row[1] for row in rows}


def track_reviews(connection: duckdb.DuckDBPyConnection, moment: datetime.datetime) -> None:
    """Enters which versions that count are read under other decisions of people than the last entry about them says.

    Args:
        connection: inside the transaction of the change, after the versions were loaded.
        moment: of the load.
    """
    rows = connection.execute(
        "WITH was AS (SELECT report_version_key, arg_max(reason, log_no) AS reason FROM core.version_event "
        "WHERE log_kind = 'reviewed' GROUP BY report_version_key), now_is AS (SELECT report_version_key, "
        "CASE WHEN contains(reader_version, '+') THEN 'decisions ' || split_part(reader_version, '+', 2) "
        "ELSE 'no decisions' END AS reason FROM quality.reading JOIN core.dim_report USING (report_version_key) "
        "WHERE is_current) "
        "SELECT report_version_key, n.reason, (SELECT string_agg(DISTINCT reviewed_by, ', ' ORDER BY reviewed_by) "
        "FROM core.fact_review AS r WHERE r.report_version_key = n.report_version_key) FROM now_is AS n "
        "LEFT JOIN was AS w USING (report_version_key) "
        "WHERE n.reason <> coalesce(w.reason, 'no decisions') ORDER BY report_version_key"
    ).fetchall()
    for owner, reason, by in rows:
        log_versions(connection, moment, "reviewed", [owner], reason, by)
