"""Refreshes the indicators: a view that is always true and a table that is quick to read.

A table is brought up to date for the regions that a change touches. That is sound because a row of an indicator
depends on facts of its own region only; an indicator that compares regions says so with the header `scope: all regions`
and is always computed in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.catalog.indicators import FILE, indicators
from pipelines.catalog.registry import registered_columns
from pipelines.errors import CatalogError
from pipelines.patterns import regex
from pipelines.warehouse.as_of import twins
from pipelines.warehouse.broken import (
    Broken,
    IndicatorError,
    broken_indicators,
    in_one_line,
    is_aborted,
    is_statements_fault,
    record_broken,
)
from pipelines.warehouse.lineage import VALUES, VIEW, create_views
from pipelines.warehouse.literals import quoted
from pipelines.warehouse.rendered import named, rendered
from pipelines.warehouse.schema import comment_columns, comment_macro, schema_statements, view_queries
from pipelines.warehouse.statements import Statement, statements
from pipelines.warehouse.touched import IN_REGIONS, Extracts, extract_views, renamed

if TYPE_CHECKING:
    import duckdb

HEADER = ("grain", "unit", "formula", "purpose")
_QUALIFIED = regex(r"\b(?:core|indicator|quality|work|out)\.\w+\b")
_NO_CODE = regex(r"--[^\n]*|'[^']*'")


@lru_cache(maxsize=4)
def indicator_statements(folder: Path) -> tuple[Statement, ...]:
    """The indicators in an order in which each stands after those it reads.

    Raises:
        CatalogError: a statement is malformed or indicators refer to each other in a circle.
    """
    found = {statement.name: statement for statement in _stated(folder)}
    below = {name: {table.removeprefix("indicator.") for table in tables} & set(found)
             for name, tables in dependencies(folder).items()}  # fmt: skip
    try:
        return tuple(found[name] for name in TopologicalSorter(below).static_order())
    except CycleError as error:
        raise CatalogError(f"sql/indicators/: {' reads '.join(error.args[1])}") from error


@lru_cache(maxsize=4)
def _stated(folder: Path) -> tuple[Statement, ...]:
    """All indicators by name: those that a template makes, and those with a file of their own.

    Raises:
        CatalogError: a file without an entry, an entry without its file, or both a template and a file.
    """
    files = {statement.name: statement for statement in statements(folder, HEADER)}
    declared = indicators()
    for name, statement in files.items():
        if name not in declared:
            raise CatalogError(f"{statement.where}: has no entry in {FILE}")
        if declared[name].kind != "sql":
            raise CatalogError(f"{statement.where}: {FILE} says kind {declared[name].kind}; one of the two must go")
    for one in declared.values():
        if one.kind == "sql" and one.code not in files:
            raise CatalogError(f"{FILE}: {one.code}: kind sql, but there is no sql/indicators/{one.code}.sql")
    made = {n: files[n] if n in files else rendered(one, folder.parent / "templates") for n, one in declared.items()}
    return tuple(named(made[name], declared[name].by) for name in sorted(made))


@lru_cache(maxsize=4)
def dependencies(folder: Path) -> dict[str, frozenset[str]]:
    """The tables and views that each indicator reads, qualified, as its SQL says.

    Every name in it that looks like one, outside of comments and texts: to parse all statements takes a third of a
    second in each run.

    Raises:
        CatalogError: a header is malformed.
    """
    return {one.name: frozenset(_QUALIFIED.findall(_NO_CODE.sub("", one.sql))) for one in _stated(folder)}


def forget_statements() -> None:
    """Has the files read anew, because one of them has changed."""
    for read in (_stated, indicator_statements, dependencies):
        read.cache_clear()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did.

    Attributes:
        indicators: how many are as they should be.
        changed: names of those whose rows are others now.
        extracts: what they were computed on; the checks of the load read it too.
        broken: those that could not be computed, by name.
        computed: the rows that those of `changed` should have, as `held_rows` gives them; empty where everything is
            touched.
    """

    indicators: int
    changed: frozenset[str]
    extracts: Extracts
    broken: Mapping[str, Broken]
    computed: Mapping[str, list[str]] = field(default_factory=dict)


def held_rows(
    connection: duckdb.DuckDBPyConnection, chosen: Iterable[Statement], extracts: Extracts
) -> dict[str, list[str]]:
    """What the tables of some indicators hold of the touched regions, in one statement.

    Args:
        connection: to the warehouse.
        chosen: indicators that have a table.
        extracts: what is touched.

    Returns:
        Name → its rows, written out and sorted.
    """
    parts = {one.name: f"FROM indicator.{one.name}{_where(one, extracts)}" for one in chosen}
    found: dict[str, list[str]] = {name: [] for name in parts}
    if parts:
        query = " UNION ALL BY NAME ".join(f"SELECT '{name}' AS of_indicator, * {part}" for name, part in parts.items())
        held = connection.execute(query)
        columns = [column[0] for column in held.description or ()][1:]
        for name, *row in held.fetchall():
            found[name].append(_written(columns, row))
    return {name: sorted(rows) for name, rows in found.items()}


def _written(columns: Sequence[str], row: Sequence[Any]) -> str:
    """A row, whatever columns without a value stand beside its own, and whatever digits a number could have."""
    pairs = sorted((name, value) for name, value in zip(columns, row, strict=True) if value is not None)
    return repr([(name, value.normalize() if isinstance(value, Decimal) else value) for name, value in pairs])


def _where(statement: Statement, extracts: Extracts) -> str:
    return "" if is_whole(statement, extracts) else f" WHERE {IN_REGIONS}"


def are_made_of(connection: duckdb.DuckDBPyConnection, sql: Path) -> bool:
    """Whether the indicators there are were made of the statements of now, on the dimensions of now."""
    row = connection.execute("SELECT indicator_fingerprint FROM quality.schema_version").fetchone()
    return row is not None and row[0] == _fingerprint(sql / "indicators")


def refresh_indicators(
    connection: duckdb.DuckDBPyConnection,
    sql: Path,
    facts: Extracts,
    *,
    is_anew: bool,
    failing: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> Refreshed:
    """Brings every indicator's table up to date, except those whose statement fails and those that read them.

    Such an indicator keeps the table that it has, and stands in `quality.broken_indicator` until it runs again.

    Args:
        connection: inside the transaction of the change that the indicators follow.
        sql: the folder `sql/`.
        facts: of the touched regions, or of everything.
        is_anew: whether views and tables are to be created anew; then `facts` holds everything.
        failing: name and cause of indicators that are known to end the transaction; they are not tried.
        only: names of indicators; these and those that they read are brought up to date, the others left alone.

    Raises:
        IndicatorError: a statement has ended the transaction.
        CatalogError: a header is malformed, or no statement runs at all.
    """
    folder = sql / "indicators"
    ordered = indicator_statements(folder)
    macros = _twins(folder)
    if is_anew:
        _drop_gone(connection, folder, macros)
        connection.execute("UPDATE quality.schema_version SET indicator_fingerprint = ?", [_fingerprint(folder)])
    reads = dependencies(folder)
    if only is not None:
        wanted: set[str] = set()
        pending = set(only)
        while pending:
            wanted |= pending
            below = {table.removeprefix("indicator.") for name in pending for table in reads[name]}
            pending = (below & reads.keys()) - wanted
        ordered = tuple(one for one in ordered if one.name in wanted)
        reads = {name: reads[name] for name in wanted}
    extracts = extract_views(connection, sql, {name for names in reads.values() for name in names}, facts)
    earlier, there = broken_indicators(connection), _tables(connection)
    changed: set[str] = set()
    broken = {name: one for name, one in earlier.items() if name not in reads}
    # of few rows planning a comparison takes longer than comparing, so all that is there is fetched at once
    known = [one for one in ordered if one.name in there and one.name not in earlier]
    held = {} if is_anew or extracts.touched is None else held_rows(connection, known, extracts)
    made: dict[str, list[str]] = {}
    for statement in ordered:
        name = statement.name
        below = {table.removeprefix("indicator.").removeprefix("v_") for table in reads[name]} - {name}
        cause, waits_for = (failing or {}).get(name, ""), next(iter(sorted(below & broken.keys())), "")
        if not cause and not waits_for:
            try:
                if is_anew or name in earlier:
                    _create(connection, statement, extracts, macros)
                    changed.add(name)
                elif extracts.touched is None:
                    if connection.execute(difference(statement, extracts)).fetchone() is not None:
                        connection.execute(f"DELETE FROM indicator.{name}")
                        connection.execute(f"INSERT INTO indicator.{name} {computed(statement, extracts)}")
                        changed.add(name)
                elif (rows := _update(connection, statement, extracts, held[name])) is not None:
                    changed.add(name)
                    made[name] = rows
                continue
            except Exception as error:
                if not is_statements_fault(error):
                    raise
                cause = in_one_line(error)
                if is_aborted(connection):
                    raise IndicatorError(name, cause, statement.where) from error
        told = cause or f"waits for {waits_for}, which is broken"
        broken[name] = Broken(name, statement.where, told, waits_for, name in there)
    if only is None and len(broken) == len(ordered):
        first = next(iter(broken.values()))
        raise CatalogError(f"{first.file}: {first.cause}; and no other indicator can be computed")
    if is_anew or broken.keys() != earlier.keys():
        everything = indicator_statements(folder)
        create_views(connection, [statement.name for statement in everything if statement.name not in broken])
    if broken or earlier:
        record_broken(connection, broken)
    return Refreshed(len(ordered) - len(broken), frozenset(changed), extracts, broken, made)


def _create(
    connection: duckdb.DuckDBPyConnection, statement: Statement, extracts: Extracts, macros: Mapping[str, str]
) -> None:
    """Makes table, view and twin of one indicator; one that fails leaves the earlier ones."""
    name = f"indicator.{statement.name}"
    query = computed(statement, extracts) if extracts.touched is None else statement.sql
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")
    connection.execute(f"CREATE OR REPLACE VIEW indicator.v_{statement.name} AS {statement.sql}")
    if name in macros:
        connection.execute(macros[name])
    _comment(connection, statement, macros)


def _update(
    connection: duckdb.DuckDBPyConnection, statement: Statement, extracts: Extracts, held: list[str]
) -> list[str] | None:
    """Brings the touched rows of one indicator up to date; they are computed once.

    Returns:
        The rows as they should be, as `held_rows` gives them; None where they are that already.
    """
    rows = connection.execute(computed(statement, extracts)).to_arrow_table()
    names = rows.column_names
    should = sorted(_written(names, row) for row in zip(*(column.to_pylist() for column in rows.columns), strict=True))
    if should == held:
        return None
    if held:
        connection.execute(f"DELETE FROM indicator.{statement.name}{_where(statement, extracts)}")
    connection.register("computed_rows", rows)
    connection.execute(f"INSERT INTO indicator.{statement.name} FROM computed_rows")
    connection.unregister("computed_rows")
    return should


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'indicator' AND NOT internal "
        "AND database_name = current_database()"
    ).fetchall()
    return {row[0] for row in rows}


def standing_statements(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Statement]:
    """The indicators whose tables hold what their statements say.

    Args:
        connection: to the warehouse or a snapshot.
        folder: `sql/indicators/`.
    """
    broken, there = broken_indicators(connection), _tables(connection)
    return [one for one in indicator_statements(folder) if one.name in there and one.name not in broken]


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
    where = _where(statement, extracts)
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


def _drop_gone(connection: duckdb.DuckDBPyConnection, folder: Path, macros: Mapping[str, str]) -> None:
    """Drops what is left of indicators whose file is gone; other views stay."""
    others = {name.split(".")[1] for name in view_queries(schema_statements(folder.parent / "schema"))}
    stated = {statement.name for statement in indicator_statements(folder)}
    rows = connection.execute(
        "SELECT table_type, table_name FROM information_schema.tables "
        "WHERE table_schema = 'indicator' AND table_catalog = current_database()"
    ).fetchall()
    for kind, name in rows:
        is_stated = name.removeprefix("v_") in stated if kind == "VIEW" else name in stated
        if name not in others and not is_stated and f"indicator.{name}" not in (VIEW, VALUES):
            connection.execute(f"DROP {'VIEW' if kind == 'VIEW' else 'TABLE'} indicator.{name}")
    found = connection.execute(
        "SELECT DISTINCT function_name FROM duckdb_functions() "
        "WHERE schema_name = 'indicator' AND function_type = 'table_macro' AND database_name = current_database()"
    ).fetchall()
    for (name,) in found:
        twin = name.removesuffix("_as_of")
        if twin not in others and f"indicator.{twin}" not in macros:
            connection.execute(f"DROP MACRO TABLE indicator.{name}")


def _comment(connection: duckdb.DuckDBPyConnection, statement: Statement, macros: Mapping[str, str]) -> None:
    header = statement.header
    text = f"{header['purpose']}. Formula: {header['formula']}. Unit: {header['unit']}. Grain: {header['grain']}"
    for kind, prefix in (("TABLE", ""), ("VIEW", "v_")):
        connection.execute(f"COMMENT ON {kind} indicator.{prefix}{statement.name} IS {quoted(text)}")
    comment_columns(connection, "indicator", statement.name, f"v_{statement.name}")
    name = f"indicator.{statement.name}"
    if name in macros:
        comment_macro(connection, name)
