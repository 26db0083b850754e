"""From which columns of which tables each column of an indicator is computed, read from the SQL files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CatalogError
from pipelines.warehouse.indicators import HEADER, indicator_statements
from pipelines.warehouse.models import parsed
from pipelines.warehouse.statements import statements

if TYPE_CHECKING:
    from sqlglot import exp

# a table with its schema, and one of its columns
Source = tuple[str, str]
Lineage = Mapping[str, frozenset[Source]]


@lru_cache(maxsize=4)
def column_lineage(sql: Path, without: frozenset[str] = frozenset()) -> dict[str, Lineage]:
    """The columns of each indicator with those of tables and of other indicators that they are computed from.

    Views stand for what they read, so that what is named exists as a product of the pipeline.

    Args:
        sql: the folder `sql/`.
        without: indicators to be left out, with those that read them.

    Returns:
        By indicator, in the order of `indicator_statements`; a column that is a constant has no source.

    Raises:
        CatalogError: a statement that is no SQL, or that names a column which does not exist.
    """
    tables, views = _declared(sql / "schema")
    beneath: dict[str, Lineage] = {}
    waiting = dict(views)
    while waiting:
        # a view that reads another waits for it
        ready = [name for name, query in waiting.items() if not _reads(query) & waiting.keys()]
        if not ready:
            raise CatalogError(f"sql/schema/: views read each other in a circle: {', '.join(sorted(waiting))}")
        for name in ready:
            found = _columns(f"sql/schema/{name.partition('.')[2]}.sql", waiting.pop(name), tables)
            beneath[name] = _through(found, beneath)
            tables[name] = list(found)
    lineage: dict[str, Lineage] = {}
    for statement in indicator_statements(sql / "indicators"):
        if statement.name in without:
            continue
        where = statement.where
        found = _columns(where, parsed(statement.sql, where), tables)
        lineage[statement.name] = _through(found, beneath)
        tables[f"indicator.{statement.name}"] = tables[f"indicator.v_{statement.name}"] = list(found)
    return lineage


def _declared(folder: Path) -> tuple[dict[str, list[str]], dict[str, exp.Expr]]:
    """Columns of the tables, and queries of the views, that the schema creates."""
    from sqlglot import exp

    tables: dict[str, list[str]] = {}
    views: dict[str, exp.Expr] = {}
    for statement in statements(folder, HEADER[:1]):
        tree = parsed(statement.sql, f"sql/schema/{statement.name}.sql")
        made = tree.find(exp.Table)
        if not isinstance(tree, exp.Create) or made is None:
            raise CatalogError(f"sql/schema/{statement.name}.sql: creates nothing")
        name = f"{made.db}.{made.name}"
        if tree.kind == "VIEW":
            views[name] = tree.expression
        else:
            tables[name] = [column.name for column in tree.find_all(exp.ColumnDef)]
    return tables, views


def _reads(query: exp.Expr) -> set[str]:
    from sqlglot import exp

    return {f"{table.db}.{table.name}" for table in query.find_all(exp.Table) if table.db}


def _columns(where: str, query: exp.Expr, tables: Mapping[str, list[str]]) -> dict[str, frozenset[Source]]:
    """Each column that a query returns, with the columns of tables and views that it is computed from."""
    from sqlglot import exp
    from sqlglot.errors import SqlglotError
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    reads = _reads(query)
    known: dict[str, object] = {
        schema: {
            name: dict.fromkeys(tables.get(f"{schema}.{name}", ()), "VARCHAR")
            for owner, name in (table.split(".", 1) for table in reads)
            if owner == schema
        }
        for schema in {table.split(".", 1)[0] for table in reads}
    }
    try:
        qualified = qualify(query.copy(), schema=known, dialect="duckdb", identify=False)
        if not isinstance(qualified, exp.Query):
            raise CatalogError(f"{where}: is no query")
        scope = build_scope(qualified)
        found = {}
        for name in (column.alias_or_name for column in qualified.selects):
            node = lineage(name, qualified, schema=known, dialect="duckdb", scope=scope, copy=False, trim_selects=False)
            found[name] = frozenset(
                (f"{leaf.expression.db}.{leaf.expression.name}", leaf.name.rpartition(".")[2])
                for leaf in node.walk()
                if not leaf.downstream and isinstance(leaf.expression, exp.Table) and leaf.expression.db
            )
    except SqlglotError as error:
        raise CatalogError(f"{where}: {' '.join(str(error).split())[:200]}") from error
    return found


def _through(found: Mapping[str, frozenset[Source]], beneath: Mapping[str, Lineage]) -> Lineage:
    """The same with views replaced by what they read."""
    return {
        column: frozenset(
            base
            for table, name in sources
            for base in (beneath[table].get(name, frozenset()) if table in beneath else {(table, name)})
        )
        for column, sources in found.items()
    }
