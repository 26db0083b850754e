"""Creates the schemas, tables and views of `sql/schema/`, and comments them from the registry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalog.registry import registered_columns
from pipelines.errors import CatalogError, FupinError
from pipelines.patterns import regex
from pipelines.warehouse.as_of import twins, view_select
from pipelines.warehouse.lake import is_lake, without_keys
from pipelines.warehouse.literals import quoted
from pipelines.warehouse.statements import Statement, statements

if TYPE_CHECKING:
    import duckdb

SCHEMAS = {
    "core": "the star: facts, dimensions with their history, and one row per code of each",
    "indicator": "indicators: each as a table and as a view v_…, which is always true",
    "out": "wide tables with names, one breakdown each: rows of one stage and fund class of a region may be summed",
    "quality": "shape results and what was kept out",
    "work": "steps on the way to indicators and wide tables; for nobody else",
}
_NAME = regex(rf"\b(?:{'|'.join(SCHEMAS)})\.\w+\b(?!\s*\()")
AS_OF_TEXT = "{name} with the versions and corrections that counted at load_time, a timestamp"


class SchemaChangedError(FupinError):
    """The warehouse stems from other statements than those of the program; it has to be rebuilt."""


def apply_schema(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Creates what is missing; an existing warehouse must stem from the same statements.

    Views, their twins `…_as_of` and all comments are made anew where a statement or a description has changed.

    Args:
        connection: open for writing, inside a transaction.
        folder: `sql/schema/`.

    Raises:
        SchemaChangedError: the tables were made with other statements and have to be rebuilt.
        CatalogError: a statement or the registry is malformed.
    """
    found = schema_statements(folder)
    tables = _tables(found)
    views = [statement for statement in found if statement not in tables]
    connection.execute("; ".join(f"CREATE SCHEMA IF NOT EXISTS {name}" for name in SCHEMAS))
    known, known_views = _fingerprints(connection)
    fingerprint = _hash(statement.sql for statement in tables)
    if known is not None and known != fingerprint:
        raise SchemaChangedError(
            "the warehouse was made with another version of sql/schema; run `fupin rebuild`: "
            "it is made anew from the archive, and nothing is lost"
        )
    if known is None:
        lake = is_lake(connection)
        for statement in tables:
            _create(connection, without_keys(statement.sql) if lake else statement.sql, statement.name)
        connection.execute("INSERT INTO quality.schema_version VALUES (?, '', '')", [fingerprint])
    described = [f"{name}: {entry}" for name, entry in registered_columns().items()]
    fingerprint = _hash([*(f"{one.header} {one.sql}" for one in found), *described])
    if known_views == fingerprint:
        return
    queries = view_queries(found)
    _drop_gone(connection, views)
    for statement in _in_order(views):
        _create(connection, statement.sql, statement.name)
    for name, macro in twins(queries).items():
        _create(connection, macro, name.split(".")[1])
        comment_macro(connection, name)
    _comment(connection, found)
    connection.execute("UPDATE quality.schema_version SET view_fingerprint = ?", [fingerprint])


def is_of_other_schema(connection: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    """Whether the tables of a warehouse or snapshot were made with other statements than those of `sql/schema/`."""
    known, _ = _fingerprints(connection)
    return known is not None and known != _hash(one.sql for one in _tables(schema_statements(folder)))


def _tables(found: Iterable[Statement]) -> list[Statement]:
    return [statement for statement in found if view_select(statement.sql) is None]


def schema_statements(folder: Path) -> list[Statement]:
    """The statements of `sql/schema/`.

    Raises:
        CatalogError: one is malformed.
    """
    return statements(folder, ("grain", "purpose"))


def view_queries(found: Iterable[Statement]) -> dict[str, str]:
    """Qualified name → query of all views among some statements but those of `quality`.

    These speak of what does not hold now, and have no twin as of an earlier load.
    """
    selects = (view_select(statement.sql) for statement in found)
    return {one[0]: one[1] for one in selects if one is not None and not one[0].startswith("quality.")}


def comment_macro(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Gives the twin `…_as_of` of a view or table its comment, which a lake cannot keep."""
    if not is_lake(connection):
        text = f"As of an earlier load: {AS_OF_TEXT.format(name=name)}"
        connection.execute(f"COMMENT ON MACRO TABLE {name}_as_of IS {quoted(text)}")


def _create(connection: duckdb.DuckDBPyConnection, sql: str, name: str) -> None:
    try:
        connection.execute(sql)
    except Exception as error:
        raise CatalogError(f"sql/schema/{name}.sql: {' '.join(str(error).split())}") from error


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _in_order(views: Iterable[Statement]) -> list[Statement]:
    """Views, each after those it stands on."""
    queries = {select[0]: (view, select[1]) for view in views if (select := view_select(view.sql)) is not None}
    below = {name: set(_NAME.findall(query)) & queries.keys() - {name} for name, (_, query) in queries.items()}
    return [queries[name][0] for name in TopologicalSorter(below).static_order()]


def _drop_gone(connection: duckdb.DuckDBPyConnection, views: Iterable[Statement]) -> None:
    """Drops views whose statement is gone, with their twins; those of indicators are not made here."""
    stated = {select[0] for view in views if (select := view_select(view.sql)) is not None}
    there = connection.execute(
        "SELECT 'VIEW', schema_name || '.' || view_name, schema_name || '.' || view_name FROM duckdb_views() "
        "WHERE NOT internal AND schema_name <> 'indicator' AND database_name = current_database() "
        "UNION ALL SELECT 'MACRO TABLE', schema_name || '.' || function_name, "
        "schema_name || '.' || regexp_replace(function_name, '_as_of$', '') FROM duckdb_functions() "
        "WHERE function_type = 'table_macro' AND NOT internal AND schema_name <> 'indicator' "
        "AND database_name = current_database() AND function_name NOT IN ('dim_report_as_of', 'correction_as_of')"
    ).fetchall()
    for kind, name, view in there:
        if view not in stated:
            connection.execute(f"DROP {kind} {name}")


def _fingerprints(connection: duckdb.DuckDBPyConnection) -> tuple[str | None, str | None]:
    """Of the tables and of the views that a warehouse was made with; None where there is none, or an older one."""
    columns = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = 'schema_version' AND column_name IN "
        "('fingerprint', 'view_fingerprint') AND database_name = current_database() ORDER BY column_name"
    ).fetchall()
    if not columns:
        return None, None
    names = [row[0] for row in columns]
    row = connection.execute(f"SELECT {', '.join(names)} FROM quality.schema_version").fetchone()
    found = dict(zip(names, row or (), strict=False))
    return found.get("fingerprint"), found.get("view_fingerprint")


def _comment(connection: duckdb.DuckDBPyConnection, found: Iterable[Statement]) -> None:
    """Gives what some statements have created, and its columns, their comments."""
    there = {
        name: (schema, "VIEW" if kind == "VIEW" else "TABLE")
        for name, schema, kind in connection.execute(
            "SELECT table_name, table_schema, table_type FROM information_schema.tables "
            "WHERE table_catalog = current_database()"
        ).fetchall()
    }
    for statement in found:
        if statement.name not in there:
            raise CatalogError(f"sql/schema/{statement.name}.sql: creates no table or view of its name")
        schema, kind = there[statement.name]
        text = f"{statement.header['purpose']}. Grain: {statement.header['grain']}"
        connection.execute(f"COMMENT ON {kind} {schema}.{statement.name} IS {quoted(text)}")
        comment_columns(connection, schema, statement.name)


def comment_columns(connection: duckdb.DuckDBPyConnection, schema: str, name: str, *twins: str) -> None:
    """Gives every column of a table or view its comment; a lake keeps those of tables only.

    Args:
        connection: inside the transaction that made it.
        schema: where it is.
        name: of the table or view.
        twins: names of views with the same columns, which get the same comments; planning them anew takes long.

    Raises:
        CatalogError: a column that the registry does not know.
    """
    registry = registered_columns()
    columns = [column[0] for column in connection.execute(f"FROM {schema}.{name} LIMIT 0").description]
    for column in columns:
        if column not in registry:
            raise CatalogError(f"catalog/columns.yml: no entry for {column} of {schema}.{name}")
    named = [name, *twins]
    if is_lake(connection):
        named = [one for one in named if not _is_view(connection, schema, one)]
    connection.execute(
        ";".join(
            f"COMMENT ON COLUMN {schema}.{one}.{column} IS {quoted(column_text(column))}"
            for one in named
            for column in columns
        )
    )


def column_text(column: str) -> str:
    """The comment of a column: its meaning and, in brackets, its unit; empty where the registry does not know it."""
    entry = registered_columns().get(column)
    if entry is None:
        return ""
    return f"{entry.description} [{entry.unit}]" if entry.unit else entry.description


def _is_view(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    return (
        connection.execute(
            "SELECT 1 FROM duckdb_views() WHERE schema_name = ? AND view_name = ? "
            "AND database_name = current_database()",
            [schema, name],
        ).fetchone()
        is not None
    )
