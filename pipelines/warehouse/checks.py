"""Runs `sql/checks/`: each a query that must return no row; the same of all keys, and of indicators and their views."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CatalogError, FupinError
from pipelines.patterns import regex
from pipelines.warehouse.indicators import (
    dependencies,
    difference,
    grain_of,
    held_rows,
    indicator_statements,
    is_whole,
    standing_statements,
)
from pipelines.warehouse.schema import schema_statements
from pipelines.warehouse.statements import Statement, statements
from pipelines.warehouse.touched import (
    IN_REGIONS,
    Extracts,
    drop_extracts,
    extract_for_checks,
    extract_views,
    renamed,
)

if TYPE_CHECKING:
    import duckdb

_EQUAL = "an indicator's table holds what its view says"
_GRAIN = "an indicator has one row per member of its grain"
_KEYS = "every key of a fact or check has its member; a NULL key is a violation"
# the key of a dimension, in the statement that creates it and in those of the facts that refer to it
_PRIMARY, _REFERRING = regex(r"(\w+) BIGINT PRIMARY KEY"), regex(r"(\w+_key) BIGINT NOT NULL")


class WarehouseCheckError(FupinError):
    """The warehouse would contradict itself; the load that caused it is undone."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A check that returned rows.

    Attributes:
        check: its name.
        purpose: what it asserts.
        rows: how many rows it returned.
        sample: the first of them, written out.
    """

    check: str
    purpose: str
    rows: int
    sample: str


def run_checks(connection: duckdb.DuckDBPyConnection, sql: Path) -> list[Violation]:
    """All checks of the warehouse as the connection sees it, uncommitted rows included.

    Args:
        connection: any connection to the warehouse or a snapshot.
        sql: the folder `sql/`.

    Returns:
        One violation per check that returned rows.

    Raises:
        CatalogError: a check is malformed or does not run.
    """
    read = {name for names in dependencies(sql / "indicators").values() for name in names}
    try:
        extracts = extract_views(connection, sql, read, Extracts(None))
        # what an indicator that is broken holds is known to be older
        names = [one.name for one in standing_statements(connection, sql / "indicators")]
        return _violations(connection, sql, extracts, names, {})
    finally:
        drop_extracts(connection)


def assert_checks(
    connection: duckdb.DuckDBPyConnection,
    sql: Path,
    extracts: Extracts,
    indicators: Collection[str],
    computed: Mapping[str, list[str]] | None = None,
) -> None:
    """Raises where a check returns rows, among those that the change touches.

    What a check declares as `at_load` is read of the touched versions, reports and regions only; the rest was asserted
    when it was loaded, and is asked again by `run_checks`.

    Args:
        connection: inside the transaction of the change.
        sql: the folder `sql/`.
        extracts: what the indicators of the change were computed on.
        indicators: those whose rows the change has written; the refresh found the others to be what they should be.
        computed: the rows that some of these should have, so that they are not computed again.

    Raises:
        WarehouseCheckError: names the first check that is violated, and a row.
        CatalogError: a check is malformed or does not run.
    """
    violations = _violations(connection, sql, extract_for_checks(connection, sql, extracts), indicators, computed or {})
    if violations:
        first = violations[0]
        others = f" (and {len(violations) - 1} more checks)" if len(violations) > 1 else ""
        raise WarehouseCheckError(
            f"warehouse check {first.check} is violated by {first.rows} rows, first: {first.sample}{others}"
        )


def assert_grains(connection: duckdb.DuckDBPyConnection, sql: Path, names: Collection[str]) -> None:
    """Raises where a row of some indicators stands twice or lacks a part of its grain.

    Raises:
        WarehouseCheckError: names the indicator and a row.
    """
    chosen = [one for one in indicator_statements(sql / "indicators") if one.name in names]
    if chosen and (row := connection.execute(_grains(chosen, Extracts(None))).fetchone()):
        raise WarehouseCheckError(f"warehouse check {row[0]}_grain is violated by {', '.join(map(str, row[1:]))}")


def _violations(
    connection: duckdb.DuckDBPyConnection,
    sql: Path,
    extracts: Extracts,
    names: Collection[str],
    computed: Mapping[str, list[str]],
) -> list[Violation]:
    indicators = [one for one in indicator_statements(sql / "indicators") if one.name in names]
    # of rows that were computed once, the table is compared with these, and not computed again
    known = [one for one in indicators if one.name in computed]
    held = held_rows(connection, known, extracts)
    found: list[tuple[str, str, list[Any]]] = [
        (
            f"{one.name}_equals_its_view",
            _EQUAL,
            sorted({*held[one.name]} ^ {*computed[one.name]}) or ["rows stand twice"],
        )
        for one in known
        if held[one.name] != computed[one.name]
    ]
    for name, purpose, query in (*_declared(sql, extracts), *_equal(indicators, extracts, computed)):
        try:
            found.append((name, purpose, connection.execute(query).fetchall()))
        except Exception as error:
            raise CatalogError(f"sql/checks/{name}.sql: {' '.join(str(error).split())[:300]}") from error
    if indicators:
        twice = connection.execute(_grains(indicators, extracts)).fetchall()
        found += [
            (f"{name}_grain", _GRAIN, [row[1:] for row in rows])
            for name, rows in itertools.groupby(sorted(twice, key=str), key=lambda row: row[0])
        ]
        found = [(name, purpose, list(rows)) for name, purpose, rows in found]
    return [
        Violation(name, purpose, len(rows), rows[0] if isinstance(rows[0], str) else ", ".join(map(str, rows[0])))
        for name, purpose, rows in found
        if rows
    ]


def _declared(sql: Path, extracts: Extracts) -> Iterator[tuple[str, str, str]]:
    """Name, purpose and query of the files of `sql/checks/`, and of the check of all keys."""
    for check in statements(sql / "checks", ("purpose",)):
        query = check.sql
        if extracts.touched is not None:
            named = [name.strip() for name in check.header.get("at_load", "").split(",") if name.strip()]
            unknown = sorted(set(named) - extracts.names.keys())
            if unknown:
                raise CatalogError(
                    f"sql/checks/{check.name}.sql: at_load names {unknown[0]}, of which no load has a part"
                )
            query = renamed(query, {name: extracts.names[name] for name in named})
        yield check.name, check.header["purpose"], query
    yield "fact_keys", _KEYS, _keys(schema_statements(sql / "schema"), extracts)


def _keys(found: Sequence[Statement], extracts: Extracts) -> str:
    """The query for rows of facts with a key that no row of the dimension has whose primary key is called like it."""
    dimensions = {key[1]: one.name for one in found if (key := _PRIMARY.search(one.sql))}
    parts = []
    for one in found:
        keys = [key for key in _REFERRING.findall(one.sql) if key in dimensions]
        if one.name.startswith("fact_") and keys:
            table = f"core.{one.name}"
            wrong = (f"coalesce({key} NOT IN (SELECT {key} FROM core.{dimensions[key]}), TRUE)" for key in keys)
            parts.append(
                f"SELECT '{one.name}' AS fact, {', '.join(keys)} FROM {extracts.names.get(table, table)} "
                f"WHERE {' OR '.join(wrong)}"
            )
    return " UNION ALL BY NAME ".join(parts)


def _equal(
    indicators: Sequence[Statement], extracts: Extracts, computed: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Name, purpose and query of the comparison with its view, of indicators whose rows are not known."""
    for one in indicators:
        if one.name not in computed:
            yield f"{one.name}_equals_its_view", _EQUAL, difference(one, extracts)


def _grains(indicators: Sequence[Statement], extracts: Extracts) -> str:
    """The query for rows of indicators, by name, that stand twice or lack a part of their grain."""
    parts = []
    for one in indicators:
        grain = grain_of(one)
        member = "member_code" if "member_code" in grain else "''"
        where = "" if is_whole(one, extracts) else f" WHERE {IN_REGIONS}"
        parts.append(
            f"SELECT '{one.name}' AS name, region_code, period_code, basis, {member} AS member_code "
            f"FROM indicator.{one.name}{where}"
        )
    return (
        f"SELECT *, count(*) AS row_count FROM ({' UNION ALL '.join(parts)}) GROUP BY ALL HAVING count(*) > 1 "
        "OR region_code IS NULL OR period_code IS NULL OR basis IS NULL OR member_code IS NULL "
        "OR basis NOT IN ('as_reported', 'adjusted')"
    )
