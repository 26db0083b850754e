"""Runs `sql/checks/`: each a query that must return no row, and the comparison of every indicator with its view."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CatalogError, FupinError
from pipelines.warehouse.indicators import (
    dependencies,
    difference,
    grain_of,
    indicator_statements,
    is_whole,
    standing_statements,
)
from pipelines.warehouse.statements import statements
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
        return _violations(connection, sql, extracts, names)
    finally:
        drop_extracts(connection)


def assert_checks(
    connection: duckdb.DuckDBPyConnection, sql: Path, extracts: Extracts, indicators: Collection[str]
) -> None:
    """Raises where a check returns rows, among those that the change touches.

    What a check declares as `at_load` is read of the touched versions, reports and regions only; the rest was asserted
    when it was loaded, and is asked again by `run_checks`.

    Args:
        connection: inside the transaction of the change.
        sql: the folder `sql/`.
        extracts: what the indicators of the change were computed on.
        indicators: those whose rows the change has written; the refresh found the others to be what they should be.

    Raises:
        WarehouseCheckError: names the first check that is violated, and a row.
        CatalogError: a check is malformed or does not run.
    """
    violations = _violations(connection, sql, extract_for_checks(connection, sql, extracts), indicators)
    if violations:
        first = violations[0]
        others = f" (and {len(violations) - 1} more checks)" if len(violations) > 1 else ""
        raise WarehouseCheckError(
            f"warehouse check {first.check} is violated by {first.rows} rows, first: {first.sample}{others}"
        )


def _violations(
    connection: duckdb.DuckDBPyConnection, sql: Path, extracts: Extracts, indicators: Collection[str]
) -> list[Violation]:
    violations = []
    for name, purpose, query in (*_declared(sql, extracts), *_of_indicators(sql, extracts, indicators)):
        try:
            rows = connection.execute(query).fetchall()
        except Exception as error:
            raise CatalogError(f"sql/checks/{name}.sql: {' '.join(str(error).split())[:300]}") from error
        if rows:
            violations.append(Violation(name, purpose, len(rows), ", ".join(map(str, rows[0]))))
    return violations


def _declared(sql: Path, extracts: Extracts) -> Iterator[tuple[str, str, str]]:
    """Name, purpose and query of the files of `sql/checks/`."""
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


def _of_indicators(sql: Path, extracts: Extracts, names: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Name, purpose and query of the two checks that every indicator has, for some of them."""
    for statement in indicator_statements(sql / "indicators"):
        if statement.name not in names:
            continue
        yield (
            f"{statement.name}_equals_its_view",
            "an indicator's table holds what its view says",
            difference(statement, extracts),
        )
        grain = grain_of(statement)
        where = "" if is_whole(statement, extracts) else f" WHERE {IN_REGIONS}"
        empty = " OR ".join(f"{name} IS NULL" for name in grain)
        yield (
            f"{statement.name}_grain",
            "an indicator has one row per member of its grain",
            f"SELECT {', '.join(grain)}, count(*) AS row_count FROM indicator.{statement.name}{where} "
            f"GROUP BY {', '.join(grain)} HAVING count(*) > 1 OR {empty} "
            "OR basis NOT IN ('as_reported', 'adjusted')",
        )
