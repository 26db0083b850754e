"""Runs `sql/checks/`: each a query that must return no row, and the comparison of every indicator with its view."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import CatalogError, FupinError
from pipelines.warehouse.indicators import indicator_statements
from pipelines.warehouse.statements import statements

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
    queries = [(check.name, check.header["purpose"], check.sql) for check in statements(sql / "checks", ("purpose",))]
    for statement in indicator_statements(sql / "indicators"):
        table, view = f"indicator.{statement.name}", f"indicator.v_{statement.name}"
        queries.append(
            (
                f"{statement.name}_equals_its_view",
                "an indicator's table holds what its view says",
                # every row as often here as there; so the view, which is dear, is computed once
                f"SELECT * EXCLUDE (balance), sum(balance) AS surplus FROM (SELECT *, 1 AS balance FROM {table} "
                f"UNION ALL SELECT *, -1 AS balance FROM {view}) GROUP BY ALL HAVING sum(balance) <> 0",
            )
        )
        queries.append(
            (
                f"{statement.name}_grain",
                "an indicator has one row per region, period and basis",
                f"SELECT region_code, period_code, basis, count(*) AS row_count FROM {table} "
                "GROUP BY region_code, period_code, basis HAVING count(*) > 1 OR region_code IS NULL "
                "OR period_code IS NULL OR coalesce(basis NOT IN ('as_reported', 'adjusted'), TRUE)",
            )
        )
    violations = []
    for name, purpose, query in queries:
        try:
            rows = connection.execute(query).fetchall()
        except Exception as error:
            raise CatalogError(f"sql/checks/{name}.sql: {' '.join(str(error).split())[:300]}") from error
        if rows:
            violations.append(Violation(name, purpose, len(rows), ", ".join(map(str, rows[0]))))
    return violations


def assert_checks(connection: duckdb.DuckDBPyConnection, sql: Path) -> None:
    """Raises where a check returns rows.

    Raises:
        WarehouseCheckError: names the first check that is violated, and a row.
    """
    violations = run_checks(connection, sql)
    if violations:
        first = violations[0]
        others = f" (and {len(violations) - 1} more checks)" if len(violations) > 1 else ""
        raise WarehouseCheckError(
            f"warehouse check {first.check} is violated by {first.rows} rows, first: {first.sample}{others}"
        )
