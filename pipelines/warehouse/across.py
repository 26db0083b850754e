"""Keeps the checks between reports: of a region's current versions, made anew whenever one of them changes."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pipelines.catalog.sentences import Said, kept, say
from pipelines.checking.across import ACROSS_RULES, AcrossCheck, Remembered, check_across
from pipelines.checking.interval import Interval
from pipelines.checking.verdict import FAILING
from pipelines.meaning.period_codes import years
from pipelines.warehouse.keys import key
from pipelines.warehouse.rows import Row, insert

if TYPE_CHECKING:
    import duckdb

_FIGURES = """
SELECT
    f.figure_key, f.report_version_key, d.report_id, d.period_code, d.precedence, f.printed_text,
    f.value_low, f.value_high, f.value, f.is_low_open, f.is_high_open,
    f.unit_code, f.role, f.status, f.parent_figure_key, f.link, contains(f.decided_by, 'direction: down'),
    r.region_code, p.period_code, g.program_code, s.source_code, t.stage_code, m.measure_code, f.scope,
    coalesce(f.region_group, ''), f.item
{figures}
ORDER BY r.region_code, f.report_version_key, f.figure_id
"""
_SPEAKING = """
SELECT r.region_code, list(DISTINCT f.report_version_key), count(DISTINCT f.period_key)
{figures}
GROUP BY r.region_code
"""
_FROM = """
FROM core.fact_figure AS f
INNER JOIN core.dim_report AS d ON f.report_version_key = d.report_version_key
INNER JOIN core.dim_region AS r ON f.region_key = r.region_key
INNER JOIN core.dim_period AS p ON f.period_key = p.period_key
INNER JOIN core.dim_program AS g ON f.program_key = g.program_key
INNER JOIN core.dim_fund_source AS s ON f.source_key = s.source_key
INNER JOIN core.dim_flow_stage AS t ON f.stage_key = t.stage_key
INNER JOIN core.dim_measure AS m ON f.measure_key = m.measure_key
WHERE d.is_current AND NOT (s.is_retired OR t.is_retired OR m.is_retired) AND f.rowid IN (
    SELECT spoken.rowid FROM core.fact_figure AS spoken INNER JOIN core.dim_region AS named USING (region_key)
    WHERE named.region_code IN (SELECT unnest(?::VARCHAR[]))
)
"""
# the place of the region's code in a row of these, and rows that are fetched at once
_REGION, _AT_ONCE = 17, 10_000


def refresh_across(connection: duckdb.DuckDBPyConnection, regions: Collection[str]) -> int:
    """Replaces the checks between the reports of some regions; those of earlier versions stay as they were.

    Args:
        connection: inside the transaction of the load that changed the regions' reports.
        regions: codes; the unknown one is no region and is left out.

    Returns:
        How many checks there are now.
    """
    named = sorted(set(regions) - {"unknown"})
    found: dict[str, list[AcrossCheck]] = {}
    spoken = connection.execute(_SPEAKING.format(figures=_FROM), [named]).fetchall()
    owners = sorted(set().union(*(of for _, of, _ in spoken)))
    # what one report tells of one period of a region is compared with nothing
    compared = [region for region, of, periods in spoken if len(of) > 1 or periods > 1]
    told = connection.execute(_FIGURES.format(figures=_FROM), [compared])
    told_in_order = chain.from_iterable(iter(lambda: told.fetchmany(_AT_ONCE), []))
    # the figures of one region at a time: those of many reports take much memory
    for region, own in groupby(told_in_order, itemgetter(_REGION)):
        found[region] = check_across(map(_remembered, own))
    if not owners:
        return 0
    connection.execute(
        "DELETE FROM core.fact_check WHERE report_version_key IN (SELECT unnest(?::BIGINT[])) "
        "AND rule_key IN (SELECT unnest(?::BIGINT[])) AND region_code IN (SELECT unnest(?::VARCHAR[]))",
        [owners, [key("rule", rule) for rule in ACROSS_RULES], named],
    )
    last = _last_ids(connection, owners)
    rows = [row for region in sorted(found) for row in _rows(found[region], region, last)]
    insert(connection, "core.fact_check", rows)
    _number_anew(connection, owners)
    return len(rows)


def current_regions(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Codes of all regions that current versions speak of."""
    rows = connection.execute(
        "SELECT DISTINCT r.region_code FROM core.fact_figure AS f JOIN core.dim_region AS r USING (region_key) "
        "JOIN core.dim_report AS d USING (report_version_key) WHERE d.is_current"
    ).fetchall()
    return {row[0] for row in rows}


def _remembered(row: tuple[Any, ...]) -> Remembered:
    figure, owner, report, report_period, precedence, text, low, high, value, open_low, open_high, *rest = row
    span = years(str(report_period))
    return Remembered(
        figure, owner, report, span[1] if span else None, precedence, text,
        Interval(low, high, value, bool(open_low), bool(open_high)), *rest,
    )  # fmt: skip


def _last_ids(connection: duckdb.DuckDBPyConnection, owners: list[int]) -> dict[int, int]:
    rows = connection.execute(
        "SELECT report_version_key, max(check_id) FROM core.fact_check "
        "WHERE report_version_key IN (SELECT unnest(?::BIGINT[])) GROUP BY report_version_key",
        [owners],
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def _number_anew(connection: duckdb.DuckDBPyConnection, owners: list[int]) -> None:
    """Gives the checks between reports the ordinals that they have whichever region was refreshed first."""
    across = [key("rule", rule) for rule in ACROSS_RULES]
    connection.execute(
        "WITH numbered AS (SELECT check_key, rule_key IN (SELECT unnest($across::BIGINT[])) AS is_across, "
        "row_number() OVER (PARTITION BY report_version_key ORDER BY rule_key IN (SELECT unnest($across::BIGINT[])), "
        "CASE WHEN rule_key IN (SELECT unnest($across::BIGINT[])) THEN region_code ELSE '' END, check_id) AS check_no "
        "FROM core.fact_check WHERE report_version_key IN (SELECT unnest($owners::BIGINT[]))) "
        "UPDATE core.fact_check AS c SET check_id = n.check_no FROM numbered AS n "
        "WHERE c.check_key = n.check_key AND n.is_across AND c.check_id <> n.check_no",
        {"across": across, "owners": owners},
    )


def _rows(checks: list[AcrossCheck], region: str, last: dict[int, int]) -> list[Row]:
    rows: list[Row] = []
    causes: dict[int, int] = {}
    for check in checks:
        last[check.owner] = last.get(check.owner, 0) + 1
        failing = check.verdict in FAILING
        suggestion = say("advice", rule=check.rule) if failing else Said()
        causes[check.owner] = causes.get(check.owner, 0) + failing
        rows.append(
            {
                "check_key": key(check.owner, "across", region, check.identity, check.operands),
                "report_version_key": check.owner,
                "check_id": last[check.owner],
                "rule_key": key("rule", check.rule),
                "severity": check.severity,
                "verdict": check.verdict,
                "formula": check.formula,
                "unit_code": check.unit,
                "computed_low": check.computed.low,
                "computed_high": check.computed.high,
                "stated_low": check.stated.low,
                "stated_high": check.stated.high,
                "message": check.message.told(),
                "identity": check.identity,
                "assumption": "",
                "suggestion": suggestion.told(),
                "said": kept(message=check.message, suggestion=suggestion),
                "root_cause": f"XC{causes[check.owner]}" if failing else None,
                "region_code": region,
                "operand_figure_keys": list(check.operands),
                "suspect_figure_keys": [],
            }
        )
    return rows
