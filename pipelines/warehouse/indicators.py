"""Refreshes the indicators of `sql/indicators/`: a view that is always true and a table that is quick to read.

A table is brought up to date for the regions that a change touches. That is sound because a row of an indicator
depends on facts of its own region only; an indicator that compares regions says so with the header `scope: all regions`
and is always computed in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalog.registry import registered_columns
from pipelines.errors import CatalogError
from pipelines.warehouse.as_of import twins
from pipelines.warehouse.lineage import create_lineage
from pipelines.warehouse.schema import comment_columns, comment_macro, schema_statements, view_queries
from pipelines.warehouse.statements import Statement, statements
from pipelines.warehouse.touched import IN_REGIONS, Extracts, extract_views, renamed

if TYPE_CHECKING:
    import duckdb

HEADER = ("grain", "unit", "formula", "purpose")


@lru_cache(maxsize=4)
def indicator_statements(folder: Path) -> tuple[Statement, ...]:
    """The indicators in an order in which each stands after those it reads.

    Raises:
        CatalogError: a statement is malformed or indicators refer to each other in a circle.
    """
    found = {statement.name: statement for statement in statements(folder, HEADER)}
    below = {name: {table.removeprefix("indicator.") for table in tables} & set(found)
             for name, tables in dependencies(folder).items()}  # fmt: skip
    try:
        return tuple(found[name] for name in TopologicalSorter(below).static_order())
    except CycleError as error:
        raise CatalogError(f"sql/indicators/: {' reads '.join(error.args[1])}") from error


@lru_cache(maxsize=4)
def dependencies(folder: Path) -> dict[str, frozenset[str]]:
    """The tables and views that each indicator reads, qualified, as its SQL says.

    Raises:
        CatalogError: a statement that is no SQL.
    """
    import sqlglot
    from sqlglot import exp

    found = {}
    for statement in statements(folder, HEADER):
        try:
            tree = sqlglot.parse_one(statement.sql, dialect="duckdb")
        except sqlglot.errors.ParseError as error:
            raise CatalogError(f"sql/indicators/{statement.name}.sql: {' '.join(str(error).split())[:200]}") from error
        own = {cte.alias for cte in tree.find_all(exp.CTE)}
        found[statement.name] = frozenset(
            f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.name not in own
        )
    return found


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did.

    Attributes:
        indicators: how many there are.
        changed: names of those whose rows are others now.
        extracts: what they were computed on; the checks of the load read it too.
    """

    indicators: int
    changed: frozenset[str]
    extracts: Extracts


def _differs(connection: duckdb.DuckDBPyConnection, statement: Statement, extracts: Extracts) -> bool:
    """Whether an indicator's table does not hold the rows that it should have."""
    if extracts.touched is None:
        return connection.execute(difference(statement, extracts)).fetchone() is not None
    # of few rows planning the comparison would take longer than the comparison
    where = "" if is_whole(statement, extracts) else f" WHERE {IN_REGIONS}"
    held = connection.execute(f"FROM indicator.{statement.name}{where}").fetchall()
    return sorted(map(repr, held)) != sorted(map(repr, connection.execute(computed(statement, extracts)).fetchall()))


def are_made_of(connection: duckdb.DuckDBPyConnection, sql: Path) -> bool:
    """Whether the indicators there are were made of the statements of now, on the dimensions of now."""
    row = connection.execute("SELECT indicator_fingerprint FROM quality.schema_version").fetchone()
    return row is not None and row[0] == _fingerprint(sql / "indicators")


def refresh_indicators(
    connection: duckdb.DuckDBPyConnection, sql: Path, facts: Extracts, *, is_anew: bool
) -> Refreshed:
    """Brings every indicator's table up to date.

    Args:
        connection: inside the transaction of the change that the indicators follow.
        sql: the folder `sql/`.
        facts: of the touched regions, or of everything.
        is_anew: whether views and tables are to be created anew; then `facts` holds everything.

    Raises:
        CatalogError: a statement fails, with its file's name.
    """
    folder = sql / "indicators"
    ordered = indicator_statements(folder)
    macros = _twins(folder)
    if is_anew:
        _drop_all(connection, folder)
        connection.execute("UPDATE quality.schema_version SET indicator_fingerprint = ?", [_fingerprint(folder)])
    read = {name for names in dependencies(folder).values() for name in names}
    extracts = extract_views(connection, sql, read, facts)
    changed = set()
    for statement in ordered:
        table, view = f"indicator.{statement.name}", f"indicator.v_{statement.name}"
        try:
            if is_anew:
                connection.execute(f"CREATE VIEW {view} AS {statement.sql}")
                connection.execute(f"CREATE TABLE {table} AS {computed(statement, extracts)}")
                if table in macros:
                    connection.execute(macros[table])
                changed.add(statement.name)
            elif _differs(connection, statement, extracts):
                where = "" if is_whole(statement, extracts) else f" WHERE {IN_REGIONS}"
                connection.execute(f"DELETE FROM {table}{where}")
                connection.execute(f"INSERT INTO {table} {computed(statement, extracts)}")
                changed.add(statement.name)
        except Exception as error:
            raise CatalogError(f"sql/indicators/{statement.name}.sql: {' '.join(str(error).split())[:300]}") from error
        if is_anew:
            _comment(connection, statement, macros)
    if is_anew:
        create_lineage(connection, [statement.name for statement in ordered])
    return Refreshed(len(ordered), frozenset(changed), extracts)


def grain_of(statement: Statement) -> tuple[str, ...]:
    """The columns that name one row: one more than region, period and basis where the header's grain says so."""
    named = ("region_code", "period_code", "basis")
    return (*named, "member_code") if statement.header["grain"].count(" x ") > 2 else named


def is_whole(statement: Statement, extracts: Extracts) -> bool:
    """Whether all rows of an indicator are computed, and not those of the touched regions only."""
    return extracts.touched is None or statement.header.get("scope") == "all regions"


def computed(statement: Statement, extracts: Extracts) -> str:
    """The query for the rows that an indicator should have, of the touched regions or of all."""
    if extracts.touched is not None and is_whole(statement, extracts):
        return statement.sql
    query = renamed(statement.sql, extracts.names)
    return query if extracts.touched is None else f"SELECT * FROM ({query}\n) WHERE {IN_REGIONS}"


def difference(statement: Statement, extracts: Extracts) -> str:
    """The query for rows that an indicator's table has and should not have, or the other way round.

    Every row must be as often here as there, so that the rows are computed once.
    """
    where = "" if is_whole(statement, extracts) else f" WHERE {IN_REGIONS}"
    return (
        "SELECT * EXCLUDE (balance), sum(balance) AS surplus FROM ("
        f"SELECT *, 1 AS balance FROM indicator.{statement.name}{where} "
        f"UNION ALL SELECT *, -1 AS balance FROM ({computed(statement, extracts)}\n)"
        ") GROUP BY ALL HAVING sum(balance) <> 0"
    )


def forget_indicators(connection: duckdb.DuckDBPyConnection) -> None:
    """Has the next refresh compute everything, because a dimension has changed."""
    connection.execute("UPDATE quality.schema_version SET indicator_fingerprint = ''")


def _fingerprint(folder: Path) -> str:
    """Of all that the tables, their views, their twins and their comments are made from."""
    described = [str(entry) for entry in registered_columns().items()]
    views = [statement.sql for statement in schema_statements(folder.parent / "schema")]
    stated = [f"{statement.header} {statement.sql}" for statement in indicator_statements(folder)]
    return hashlib.sha256("\n".join([*stated, *views, *described]).encode()).hexdigest()


def _twins(folder: Path) -> dict[str, str]:
    """Qualified name of each indicator that changes with what is loaded → the statement of its twin `…_as_of`."""
    views = view_queries(schema_statements(folder.parent / "schema"))
    indicators = {f"indicator.{statement.name}": statement.sql for statement in indicator_statements(folder)}
    return {name: macro for name, macro in twins(views | indicators).items() if name in indicators}


def _drop_all(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Clears the schema of indicators, so that one whose file is gone does not stay behind; other views stay."""
    others = {name.split(".")[1] for name in view_queries(schema_statements(folder.parent / "schema"))}
    rows = connection.execute(
        "SELECT table_type, table_name FROM information_schema.tables "
        "WHERE table_schema = 'indicator' AND table_catalog = current_database()"
    ).fetchall()
    for kind, name in rows:
        if name not in others:
            connection.execute(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} indicator.{name}")
    macros = connection.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() "
        "WHERE schema_name = 'indicator' AND function_type = 'table_macro' AND database_name = current_database()"
    ).fetchall()
    for (name,) in macros:
        if name.removesuffix("_as_of") not in others:
            connection.execute(f"DROP MACRO TABLE indicator.{name}")


def _comment(connection: duckdb.DuckDBPyConnection, statement: Statement, macros: Mapping[str, str]) -> None:
    header = statement.header
    text = f"{header['purpose']}. Formula: {header['formula']}. Unit: {header['unit']}. Grain: {header['grain']}"
    literal = text.replace("'", "''")
    for kind, prefix in (("TABLE", ""), ("VIEW", "v_")):
        connection.execute(f"COMMENT ON {kind} indicator.{prefix}{statement.name} IS '{literal}'")
        comment_columns(connection, "indicator", f"{prefix}{statement.name}")
    name = f"indicator.{statement.name}"
    if name in macros:
        comment_macro(connection, name)
