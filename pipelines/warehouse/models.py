"""The models that Spark builds: every view but those of `quality`, and every indicator, from the same SQL files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CatalogError, FupinError
from pipelines.warehouse.indicators import indicator_statements
from pipelines.warehouse.schema import schema_statements, view_queries

if TYPE_CHECKING:
    from sqlglot import exp


@dataclass(frozen=True, slots=True)
class Model:
    """One view or indicator.

    Attributes:
        name: qualified, such as `work.selected_figure`.
        sql: its query, in DuckDB's SQL.
        reads: qualified names of the tables and models that it reads.
        where: its file, for messages.
    """

    name: str
    sql: str
    reads: frozenset[str]
    where: str


@lru_cache(maxsize=4)
def models(sql: Path) -> tuple[Model, ...]:
    """All models, each after those it reads.

    Views of `quality` are none: they tell how a warehouse was validated, and are read where that was done.

    Args:
        sql: the folder `sql/`.

    Raises:
        CatalogError: a statement is malformed, or models read each other in a circle.
    """
    queries = {
        name: (query, f"sql/schema/{name.partition('.')[2]}.sql")
        for name, query in view_queries(schema_statements(sql / "schema")).items()
    } | {f"indicator.{one.name}": (one.sql, one.where) for one in indicator_statements(sql / "indicators")}
    found = {
        name: Model(name, query, tables_of(parsed(query, where)), where) for name, (query, where) in queries.items()
    }
    try:
        order = TopologicalSorter({name: found[name].reads & found.keys() for name in sorted(found)}).static_order()
        return tuple(found[name] for name in order)
    except CycleError as error:
        raise CatalogError(f"sql/: {' reads '.join(error.args[1])}") from error


def base_tables(found: tuple[Model, ...]) -> tuple[str, ...]:
    """Qualified names of the tables of the star that models read and none of them makes, in order."""
    made = {model.name for model in found}
    return tuple(sorted({name for model in found for name in model.reads} - made))


def beneath(found: tuple[Model, ...], names: Iterable[str]) -> set[str]:
    """Names of some models and of all models that they stand on.

    Raises:
        FupinError: a name is of no model.
    """
    known = {model.name: model for model in found}
    pending, asked = list(names), set[str]()
    for name in pending:
        if name not in known:
            raise FupinError(f"{name}: is no view or indicator; they are named like work.selected_figure")
        if name not in asked:
            asked.add(name)
            pending += sorted(known[name].reads & known.keys())
    return asked


def standing_on(found: tuple[Model, ...], refused: Mapping[str, str]) -> dict[str, str]:
    """The models that cannot be built, with the reason: those refused, and all that read one of them."""
    reasons: dict[str, str] = {}
    for model in found:
        below = sorted(model.reads & reasons.keys())
        if model.name in refused:
            reasons[model.name] = refused[model.name]
        elif below:
            reasons[model.name] = f"reads {below[0]}, which is refused"
    return reasons


def parsed(query: str, where: str) -> exp.Expr:
    """The tree of a query of the project.

    Raises:
        CatalogError: it is no SQL; names the file.
    """
    import sqlglot

    try:
        return sqlglot.parse_one(query, dialect="duckdb")
    except sqlglot.errors.ParseError as error:
        raise CatalogError(f"{where}: {' '.join(str(error).split())[:200]}") from error


def tables_of(tree: exp.Expr) -> frozenset[str]:
    """Qualified names of all tables that a query reads."""
    from sqlglot import exp

    return frozenset(f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db)
