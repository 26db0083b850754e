"""What a change touches, and extracts of the warehouse that hold that and nothing else.

A load pays for the regions that it changes, not for all that was loaded before: the facts of their reports are copied
into temporary tables once, and whatever follows from the change is computed on these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.patterns import regex
from pipelines.warehouse.as_of import view_select
from pipelines.warehouse.schema import schema_statements

if TYPE_CHECKING:
    import duckdb

# one table each, whose rows belong to one version
_OF_VERSIONS = (
    *("fact_figure", "fact_number", "fact_fund", "fact_result", "fact_target", "fact_claim", "fact_check"),
    *("bridge_composition", "fact_proposal", "fact_review", "correction", "dim_report"),
)
_NAME = regex(r"\b(?:core|indicator|quality|work|out)\.\w+\b(?!\s*\()")
REGIONS = "temp.main.touched_region"
IN_REGIONS = f"region_code IN (SELECT region_code FROM {REGIONS})"


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touches.

    Attributes:
        regions: codes of all regions of which a figure, or the report itself, has come, gone or changed.
        owners: keys of all versions that changed, and of all current ones that speak of these regions.
        reports: ids of their reports, and of those that were kept out.
    """

    regions: frozenset[str]
    owners: frozenset[int]
    reports: frozenset[str]

    def __or__(self, other: Touched) -> Touched:
        return Touched(self.regions | other.regions, self.owners | other.owners, self.reports | other.reports)


@dataclass(frozen=True, slots=True)
class Extracts:
    """Temporary tables in place of tables and views of the warehouse.

    Attributes:
        touched: what they hold; None where they hold everything.
        names: qualified name of a table or view → that of the temporary one.
    """

    touched: Touched | None
    names: Mapping[str, str] = field(default_factory=dict)


def renamed(sql: str, names: Mapping[str, str]) -> str:
    """A statement that reads other tables than those it names."""
    return _NAME.sub(lambda found: names.get(found[0], found[0]), sql)


def touched_by(
    connection: duckdb.DuckDBPyConnection,
    owners: Iterable[int],
    reports: Iterable[str] = (),
    regions: Iterable[str] = (),
) -> Touched:
    """All that a change of some versions touches.

    Args:
        connection: inside the transaction of the change; rows of the versions are there.
        owners: keys of the versions that came, or that count no more or again.
        reports: ids of reports that were kept out.
        regions: codes of regions that are touched for another reason.
    """
    changed = sorted(set(owners))
    found = {row[0] for row in connection.execute(
        "SELECT r.region_code FROM core.fact_figure AS f JOIN core.dim_region AS r USING (region_key) "
        "WHERE f.report_version_key IN (SELECT unnest($owners::BIGINT[])) "
        "UNION SELECT region_code FROM core.dim_report WHERE report_version_key IN (SELECT unnest($owners::BIGINT[]))",
        {"owners": changed},
    ).fetchall()}.union(regions)  # fmt: skip
    # of what has no known region no indicator is computed, and reports are not compared
    speaking = connection.execute(
        "WITH keys AS (SELECT region_key FROM core.dim_region "
        "WHERE region_code IN (SELECT unnest($regions::VARCHAR[]))) "
        "SELECT report_version_key FROM core.dim_report WHERE is_current AND (region_code IN "
        "(SELECT unnest($regions::VARCHAR[])) OR report_version_key IN (SELECT report_version_key "
        "FROM core.fact_figure WHERE region_key IN (SELECT region_key FROM keys)))",
        {"regions": sorted(found - {"unknown"})},
    ).fetchall()
    # of each report the version that counts, so that what it fails is not taken for resolved
    of_reports = connection.execute(
        "WITH named AS (SELECT report_id FROM core.dim_report WHERE report_version_key IN "
        "(SELECT unnest($owners::BIGINT[])) UNION SELECT unnest($reports::VARCHAR[])) "
        "SELECT n.report_id, r.report_version_key FROM named AS n "
        "LEFT JOIN core.dim_report AS r ON n.report_id = r.report_id AND r.is_current",
        {"owners": [*changed, *(row[0] for row in speaking)], "reports": sorted(set(reports))},
    ).fetchall()
    every = {*changed, *(row[0] for row in speaking), *(row[1] for row in of_reports if row[1] is not None)}
    return Touched(frozenset(found), frozenset(every), frozenset(row[0] for row in of_reports))


def stock_regions(connection: duckdb.DuckDBPyConnection, years: Iterable[str]) -> set[str]:
    """Codes of the regions with a stock that holds in some years although none of its figures names them.

    Args:
        connection: to the warehouse.
        years: codes of calendar years that the warehouse did not know before.
    """
    rows = connection.execute(
        "SELECT DISTINCT r.region_code FROM core.fact_figure AS f JOIN core.dim_region AS r USING (region_key) "
        "JOIN core.dim_measure AS m USING (measure_key) JOIN core.dim_period AS p USING (period_key) "
        "JOIN core.dim_period AS y ON p.start_date <= y.end_date AND p.end_date >= y.end_date "
        "WHERE m.aggregation = 'last' AND list_contains($years::VARCHAR[], y.period_code)",
        {"years": sorted(years)},
    ).fetchall()
    return {row[0] for row in rows}


def extract_facts(connection: duckdb.DuckDBPyConnection, touched: Touched | None) -> Extracts:
    """Copies the touched versions and regions; nothing where everything is touched.

    Args:
        connection: inside a transaction, after facts, checks between reports and corrections were brought up to date.
        touched: what to copy.
    """
    if touched is None:
        return Extracts(None)
    for name, column, kind, values in (
        ("touched_region", "region_code", "VARCHAR", sorted(touched.regions)),
        ("touched_version", "report_version_key", "BIGINT", sorted(touched.owners)),
        ("touched_report", "report_id", "VARCHAR", sorted(touched.reports)),
    ):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest($values::{kind}[]) AS {column}", {"values": values}
        )
    names = {}
    owners = "SELECT report_version_key FROM temp.main.touched_version"
    for table in _OF_VERSIONS:
        names[f"core.{table}"] = _copy(connection, "core", table, f"report_version_key IN ({owners})")
    names["core.dim_region"] = _copy(connection, "core", "dim_region", IN_REGIONS)
    return Extracts(touched, names)


def _copy(connection: duckdb.DuckDBPyConnection, schema: str, table: str, condition: str) -> str:
    # first the places of the rows, then the rows: so their texts are not read in vain
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE touched_{table} AS SELECT * FROM {schema}.{table} "
        f"WHERE rowid IN (SELECT rowid FROM {schema}.{table} WHERE {condition})"
    )
    return f"temp.main.touched_{table}"


def extract_views(connection: duckdb.DuckDBPyConnection, sql: Path, read: Iterable[str], facts: Extracts) -> Extracts:
    """Evaluates views once, so that any number of statements can read them.

    Args:
        connection: to the warehouse or a snapshot.
        sql: the folder `sql/`.
        read: qualified names of what will be read; of these, the views and all below them are evaluated.
        facts: what they are evaluated on.

    Returns:
        The facts and the views.
    """
    queries = _queries(sql / "schema")
    # of few rows planning a query takes longer than its rows, so every view is evaluated once
    inline = _read_through(sql / "schema") if facts.touched is None else frozenset()
    below = {name: set(_NAME.findall(query)) & queries.keys() for name, query in queries.items()}
    wanted: set[str] = set()
    asked = {name for name in read if name in queries}
    pending = asked
    while pending:
        wanted |= pending
        pending = {other for name in pending for other in below[name]} - wanted
    order = list(TopologicalSorter({name: below[name] for name in wanted}).static_order())
    names = dict(facts.names)
    for place, name in enumerate(order):
        query = renamed(queries[name], names)
        if name in inline:
            names[name] = f"({query})"
            continue
        names[name] = f"temp.main.touched_{name.replace('.', '_')}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {names[name]} AS {query}")
        if facts.touched is None:
            # of everything, rows that nobody reads any more would push others out of memory
            later = asked.union(*(_read_by(one, below, inline) for one in order[place + 1 :]))
            for done in [one for one in order[: place + 1] if one in names and one not in inline | later]:
                connection.execute(f"DROP TABLE {names.pop(done)}")
    return Extracts(facts.touched, names)


def _read_by(name: str, below: Mapping[str, set[str]], inline: frozenset[str]) -> set[str]:
    """The views that a view reads, also through those whose rows are not kept."""
    return below[name].union(*(_read_by(one, below, inline) for one in below[name] & inline))


def extract_failing(connection: duckdb.DuckDBPyConnection, sql: Path, facts: Extracts) -> Extracts:
    """Evaluates `quality.failing` once for the touched reports; nothing where everything is touched."""
    if facts.touched is None:
        return facts
    # whether a content that was kept out is still the newest is asked of all versions
    names = {name: facts.names[name] for name in ("core.fact_check", "core.fact_figure")}
    query = renamed(_queries(sql / "schema")["quality.failing"], names)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE touched_failing AS SELECT * FROM ({query}) "
        "WHERE report_id IN (SELECT report_id FROM temp.main.touched_report)"
    )
    return Extracts(facts.touched, {**facts.names, "quality.failing": "temp.main.touched_failing"})


def extract_for_checks(connection: duckdb.DuckDBPyConnection, sql: Path, extracts: Extracts) -> Extracts:
    """Adds what checks read besides facts: failures, the lineage of indicators, periods of figures, facts in one form.

    Args:
        connection: inside the transaction, after indicators and failures were brought up to date.
        sql: the folder `sql/`.
        extracts: what there is; with everything touched nothing is added.
    """
    if extracts.touched is None:
        return extracts
    copied = _copy(connection, "quality", "failure", "report_id IN (SELECT report_id FROM temp.main.touched_report)")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE touched_lineage AS SELECT * FROM indicator.lineage WHERE {IN_REGIONS}"
    )
    names = {**extracts.names, "quality.failure": copied, "indicator.lineage": "temp.main.touched_lineage"}
    read = [view for view in ("core.figure_period", "work.business_fact") if view not in names]
    return extract_views(connection, sql, read, Extracts(extracts.touched, names))


@lru_cache(maxsize=4)
def _queries(folder: Path) -> dict[str, str]:
    """Qualified name → query of all views of `sql/schema/`."""
    selects = (view_select(statement.sql) for statement in schema_statements(folder))
    return {one[0]: one[1] for one in selects if one is not None}


@lru_cache(maxsize=4)
def _read_through(folder: Path) -> frozenset[str]:
    """Qualified names of the views whose header says that the rows of many reports are not to be kept."""
    stated = (one for one in schema_statements(folder) if "of_many" in one.header)
    return frozenset(select[0] for one in stated if (select := view_select(one.sql)) is not None)


def drop_extracts(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives the memory of all extracts back."""
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE temporary AND starts_with(table_name, 'touched_')"
    ).fetchall()
    connection.execute("; ".join(f"DROP TABLE temp.main.{name}" for (name,) in rows))
