"""Rows on which engines are told apart: ties, NULLs, negative and rounded values, made from those of a warehouse.

Some reports of the warehouse are copied, and the copies print other values: negative, zero, thirds cut to two digits,
numbers whose quotients end on half a unit, amounts with more digits than a double has. Part of the copies is crowded
into a few regions and years, where many speak of the same thing with the same rank, and means other programs, sources
and measures. The others mean what their originals mean; each two of them have a region and two years of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# how many report versions are copied, whatever the size of the warehouse
_REPORTS = 12
_FACTS = ("fact_figure", "fact_fund", "fact_result", "fact_target", "fact_claim")
_KEYS = frozenset({"figure_key", "parent_figure_key", "subject_figure_key", "base_figure_key", "actual_figure_key"})
# what a copy may mean: the dimension and how many of 100 copies mean something else than the original
_DRAWN = {
    "program_key": ("drawn_program", 60),
    "source_key": ("drawn_fund_source", 60),
    "stage_key": ("drawn_flow_stage", 60),
    "measure_key": ("drawn_measure", 70),
    "region_key": ("place_region", 95),
    "period_key": ("place_period", 95),
}
# members of dimensions that indicators ask for, so that they are drawn more often than the others
_OFTEN = {
    "program": ("program_code", "'all'"),
    "fund_source": ("source_code", "'central+provincial', 'central', 'provincial'"),
    "flow_stage": ("stage_code", "'allocated', 'spent', 'carried_over'"),
    "measure": ("measure_code", "'funds'"),
}
_CODES = {
    "flow": "'level', 'level', 'change'",
    "currency": "'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'KES'",
    "rollup_role": "'total', 'standalone', 'component'",
    "target_kind": "'target', 'standard'",
    "claim_kind": "'share_pct', 'change_pct', 'diff_pp'",
    "status": "'ok', 'ok', 'ok', 'disputed', 'quarantined'",
    "sureness": "'stated', 'named', 'opened', 'inherited', 'assumed', 'unknown'",
    "verdict": "'holds', 'holds_within_rounding', 'fails', 'not_testable'",
}
# {0} is what the original prints, {1} a number that is drawn
_VALUES = (
    "{0}",
    "-{0}",
    "cast(trunc(cast({0} AS DOUBLE) / 3) AS DECIMAL(20, 2)) + cast(0.33 AS DECIMAL(3, 2))",
    "{0} + 9007199254740.25",
    "0",
    # an odd number of cents, divided by these powers of ten, ends on half of the sixth digit, which no double holds
    "cast(1 + 2 * ({1} // 100 % 50000) AS DECIMAL(28, 6)) / 100",
    "2 * power(10, {1} // 100 % 7)",
    # and odd numbers divided by these powers of two end on a half that every double holds
    "1 + 2 * ({1} // 100 % 500)",
    "power(2, {1} // 100 % 12)",
    "power(2, 7 + {1} // 100 % 3)",
)
_BOUNDS = {name.format(of): change for of, change in (("", ""), ("_low", "- {1} % 3"), ("_high", "+ {1} % 2"))
           for name in ("value{}", "amount{}", "amount{}_cny")}  # fmt: skip
# of two copies in one region the second speaks of the year before
_EARLIER = (
    "CASE WHEN copy_no % 2 = 0 THEN f.period_key ELSE coalesce((SELECT max(earlier.period_key) "
    "FROM core.dim_period AS p JOIN core.dim_period AS earlier ON p.prior_period_code = earlier.period_code "
    "WHERE p.period_key = f.period_key), f.period_key) END"
)
_MEANT = {
    # by twos the versions of one report, the second of which counts
    "report_id": "f.report_id || '/made/' || CASE WHEN is_crowded THEN copy_no // 2 ELSE copy_no END",
    "version_no": "1 + copy_no % 2",
    "is_current": "copy_no % 2 = 1 AND copy_no % 9 <> 8 OR NOT is_crowded",
    "published_on": "CASE WHEN copy_no % 3 = 0 THEN NULL ELSE DATE '2011-11-05' + cast(copy_no AS INTEGER) END",
    "series": "CASE WHEN is_crowded AND copy_no % 5 = 4 THEN 'activity_list' ELSE f.series END",
    "precedence": "copy_no % 4 // 2",
    "content_hash": "sha256(f.content_hash || copy_no)",
    # one of some places, so that every place has many reports
    "region_code": "CASE WHEN is_crowded THEN (SELECT list(region_code ORDER BY region_code) FROM place_region)"
    "[1 + copy_no % 5] ELSE own_region_code END",
    "period_code": "CASE WHEN is_crowded THEN (SELECT list(period_code ORDER BY period_code) FROM place_period)"
    "[1 + copy_no % (SELECT count(*) FROM place_period)] ELSE f.period_code END",
    "scope": "CASE WHEN is_crowded AND copy_no % 6 = 0 THEN 'other' ELSE f.scope END",
    "is_additive_leaf": "is_crowded OR f.is_additive_leaf",
}


def take_some(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], owner: str) -> None:
    """Fills empty tables with the dimensions of another warehouse, and with the rows of a few of its reports.

    Args:
        connection: inside a transaction, to a warehouse with empty tables.
        tables: their qualified names.
        owner: the name under which the other warehouse is attached.
    """
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE taken AS SELECT report_version_key FROM {owner}.core.dim_report "
        f"ORDER BY hash(report_version_key), report_version_key LIMIT {_REPORTS}"
    )
    for table in tables:
        columns = {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}
        where = "WHERE report_version_key IN (FROM taken)" if "report_version_key" in columns else ""
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM {owner}.{table} {where}")


def add_made_rows(connection: duckdb.DuckDBPyConnection, crowded: int = 40, apart: int = 60) -> None:
    """Adds copies of all reports, with accepted corrections and the log of their loads.

    Args:
        connection: inside a transaction, to a warehouse of its own with at least one report.
        crowded: copies of each report in a few regions and years.
        apart: copies of each report in regions of their own.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE place_region AS SELECT region_key, region_code FROM core.dim_region "
        "WHERE region_key <> -1 ORDER BY hash(region_code), region_key LIMIT 5"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE copies AS WITH places AS (SELECT region_key, region_code, "
        "row_number() OVER (ORDER BY hash(region_code), region_key) - 1 AS place_no FROM core.dim_region "
        "WHERE region_key <> -1 AND valid_to_year IS NULL) "
        f"SELECT copy_no, copy_no < {crowded} AS is_crowded, region_key AS own_region_key, "
        f"region_code AS own_region_code FROM range({crowded + apart}) AS n(copy_no) "
        "JOIN places ON place_no = copy_no // 2"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE place_period AS SELECT period_key, period_code FROM core.dim_period "
        "WHERE period_kind = 'calendar_year' ORDER BY period_code DESC LIMIT 4"
    )
    for name, (code, often) in _OFTEN.items():
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE drawn_{name} AS SELECT d.* FROM core.dim_{name} AS d, range(20) AS n(turn) "
            f"WHERE n.turn = 0 OR {code} IN ({often})"
        )
    for table in ("dim_report", *_FACTS, "fact_check"):
        columns = connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = ? "
            "AND database_name = current_database() ORDER BY column_index",
            [table],
        ).fetchall()
        listed = ", ".join(f"{_copied(table, column, kind)} AS {column}" for column, kind in columns)
        connection.execute(f"INSERT INTO core.{table} SELECT {listed} FROM copies, core.{table} AS f")
    connection.execute(
        "INSERT INTO core.correction BY NAME SELECT hash(figure_key) >> 1 AS correction_key, "
        "'C-' || figure_key AS correction_id, report_version_key, figure_key, value AS expected_value, "
        "value * 2 - 7 AS proposed_value, value * 2 - 8 AS proposed_low, value * 2 + 1 / 3 AS proposed_high, "
        "'made' AS reason, '' AS said, [] AS supporting_check_keys, "
        "CASE figure_key % 3 WHEN 0 THEN 'proposed' ELSE 'accepted' END AS status, 'person' AS correction_source "
        "FROM core.fact_figure WHERE figure_key % 17 = 0"
    )
    connection.execute(
        "INSERT INTO core.version_event BY NAME SELECT "
        "row_number() OVER (ORDER BY report_version_key) + 1000 AS log_no, "
        "TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(version_no) AS logged_at, 'loaded' AS log_kind, report_id, "
        "content_hash, report_version_key, CASE WHEN is_current THEN report_version_key END AS current_version_key "
        "FROM core.dim_report"
    )
    connection.execute(
        "INSERT INTO core.correction_event BY NAME SELECT row_number() OVER (ORDER BY figure_key) + 1000 AS log_no, "
        "TIMESTAMPTZ '2026-01-01 00:00:00+00' AS logged_at, 'applied' AS log_kind, report_version_key, figure_key, "
        "proposed_value, proposed_low, proposed_high FROM core.correction WHERE status = 'accepted'"
    )


def _copied(table: str, column: str, kind: str) -> str:
    """The expression for a column of a copy; the same of a figure in every table."""
    drawn = f"hash(f.{'report_version_key' if table == 'dim_report' else _own_key(table)}, copy_no, '{column}')"
    if column in _KEYS:
        return f"CASE WHEN f.{column} IS NOT NULL THEN cast(hash(f.{column}, copy_no) >> 1 AS BIGINT) END"
    if column in ("report_version_key", "check_key"):
        return f"cast(hash(f.{column}, copy_no) >> 1 AS BIGINT)"
    if column in _DRAWN:
        members, share = _DRAWN[column]
        own = {"region_key": "own_region_key", "period_key": _EARLIER}.get(column, f"f.{column}")
        return (
            f"CASE WHEN NOT is_crowded THEN {own} WHEN {drawn} % 100 < {share} "
            f"THEN (SELECT list({column} ORDER BY {column}) FROM {members})"
            f"[cast(1 + {drawn} // 100 % (SELECT count(*) FROM {members}) AS BIGINT)] ELSE f.{column} END"
        )
    if column in _BOUNDS and table != "fact_check":
        # the three of a figure are of one kind
        chosen = "hash(f.figure_key, copy_no, 'value')"
        cases = " ".join(f"WHEN {no} THEN {text}" for no, text in enumerate(_VALUES))
        text = f"CASE {chosen} % {len(_VALUES)} {cases} END {_BOUNDS[column]}"
        return f"cast({text.format(f'f.{column}', chosen)} AS {kind})"
    if column in _CODES and table != "dim_report":
        codes = _CODES[column]
        place = f"cast(1 + {drawn} % {codes.count(',') + 1} AS BIGINT)"
        return f"CASE WHEN is_crowded THEN [{codes}][{place}] ELSE f.{column} END"
    if column in _MEANT and (table == "dim_report" or column in ("scope", "is_additive_leaf")):
        return _MEANT[column]
    return f"f.{column}"


def _own_key(table: str) -> str:
    return "check_key" if table == "fact_check" else "figure_key"
