"""Creates the schemas, tables and views of `sql/schema/`, and comments them from the registry."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.catalog.registry import registered_columns
from pipelines.errors import CatalogError, FupinError
from pipelines.warehouse.statements import statements

if TYPE_CHECKING:
    import duckdb

SCHEMAS = {
    "core": "the star: dimensions and facts",
    "indicator": "indicators: each as a table and as a view v_…, which is always true",
    "quality": "shape results and what was kept out",
}


def apply_schema(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Creates what is missing; an existing warehouse must stem from the same statements.

    Args:
        connection: open for writing, inside a transaction.
        folder: `sql/schema/`.

    Raises:
        FupinError: the warehouse was made with other statements and has to be rebuilt.
        CatalogError: a statement or the registry is malformed.
    """
    found = statements(folder, ("grain", "purpose"))
    tables = [statement for statement in found if "CREATE TABLE" in statement.sql]
    fingerprint = hashlib.sha256("\n".join(statement.sql for statement in tables).encode()).hexdigest()
    for name in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
    known = _fingerprint(connection)
    if known is not None and known != fingerprint:
        raise FupinError(
            "the warehouse was made with another version of sql/schema; move it away and run again: "
            "every report is read anew from raw/"
        )
    views = [statement for statement in found if statement not in tables]
    for statement in [*tables, *sorted(views, key=lambda view: _depth(view.name, {v.name: v.sql for v in views}))]:
        try:
            connection.execute(statement.sql)
        except Exception as error:
            raise CatalogError(f"sql/schema/{statement.name}.sql: {' '.join(str(error).split())}") from error
    if known is None:
        connection.execute("INSERT INTO quality.schema_version VALUES (?, '')", [fingerprint])
        for statement in found:
            _comment(connection, statement.name, f"{statement.header['purpose']}. Grain: {statement.header['grain']}")


def _depth(name: str, views: dict[str, str]) -> int:
    """How many views a view stands on, so that it is created after them."""
    below = [other for other in views if other != name and f"core.{other}\n" in f"{views[name]}\n".replace(" ", "\n")]
    return 1 + max((_depth(other, views) for other in below), default=0)


def _fingerprint(connection: duckdb.DuckDBPyConnection) -> str | None:
    exists = connection.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = 'schema_version'"
    ).fetchone()
    if not exists or not exists[0]:
        return None
    row = connection.execute("SELECT fingerprint FROM quality.schema_version").fetchone()
    return row[0] if row else None


def _comment(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> None:
    row = connection.execute(
        "SELECT table_schema, table_type FROM information_schema.tables WHERE table_name = ?", [name]
    ).fetchone()
    if row is None:
        raise CatalogError(f"sql/schema/{name}.sql: creates no table or view of its name")
    kind = "VIEW" if row[1] == "VIEW" else "TABLE"
    connection.execute(f"COMMENT ON {kind} {row[0]}.{name} IS {_literal(text)}")
    comment_columns(connection, row[0], name)


def comment_columns(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> None:
    """Gives every column of a table or view its comment.

    Raises:
        CatalogError: a column that the registry does not know.
    """
    registry = registered_columns()
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = ? AND table_name = ?", [schema, name]
    ).fetchall()
    for (column,) in rows:
        if column not in registry:
            raise CatalogError(f"catalog/columns.yml: no entry for {column} of {schema}.{name}")
        entry = registry[column]
        text = f"{entry.description} [{entry.unit}]" if entry.unit else entry.description
        connection.execute(f"COMMENT ON COLUMN {schema}.{name}.{column} IS {_literal(text)}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
