"""Refreshes the indicators of `sql/indicators/`: a view that is always true and a table that is quick to read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalog.registry import registered_columns
from pipelines.errors import CatalogError
from pipelines.warehouse.as_of import twins
from pipelines.warehouse.lineage import create_lineage
from pipelines.warehouse.schema import AS_OF_TEXT, comment_columns, schema_statements, view_queries
from pipelines.warehouse.statements import Statement, statements

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


def refresh_indicators(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Creates every indicator's view and replaces its table.

    Args:
        connection: inside the transaction of the load that the indicators follow.
        folder: `sql/indicators/`.

    Returns:
        How many indicators there are.

    Raises:
        CatalogError: a statement fails, with its file's name.
    """
    ordered = indicator_statements(folder)
    macros = _twins(folder)
    described = [str(entry) for entry in registered_columns().items()]
    parts = [*(f"{statement.header} {statement.sql}" for statement in ordered), *macros.values(), *described]
    fingerprint = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    row = connection.execute("SELECT indicator_fingerprint FROM quality.schema_version").fetchone()
    anew = row is None or row[0] != fingerprint
    if anew:
        _drop_all(connection, folder)
        connection.execute("UPDATE quality.schema_version SET indicator_fingerprint = ?", [fingerprint])
    for statement in ordered:
        table, view = f"indicator.{statement.name}", f"indicator.v_{statement.name}"
        try:
            if anew:
                connection.execute(f"CREATE VIEW {view} AS {statement.sql}")
                connection.execute(f"CREATE TABLE {table} AS SELECT * FROM {view}")
                if table in macros:
                    connection.execute(macros[table])
            else:
                connection.execute(f"DELETE FROM {table}")
                connection.execute(f"INSERT INTO {table} SELECT * FROM {view}")
        except Exception as error:
            raise CatalogError(f"sql/indicators/{statement.name}.sql: {' '.join(str(error).split())[:300]}") from error
        if anew:
            _comment(connection, statement, macros)
    create_lineage(connection, [statement.name for statement in ordered])
    return len(ordered)


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
        described = f"As of an earlier load: {AS_OF_TEXT.format(name=name)}"
        connection.execute(f"COMMENT ON MACRO TABLE {name}_as_of IS '{described}'")
