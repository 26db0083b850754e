"""Indicators whose statement fails: a load goes on without them, and they are named until they run again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pipelines.errors import CatalogError
from pipelines.warehouse.rows import Row, insert

if TYPE_CHECKING:
    import duckdb

_CAUSE = 300
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Broken:
    """One indicator that could not be computed.

    Attributes:
        name: of the indicator.
        file: its statement's file, and the entry where that holds several.
        cause: what its statement fails with, in one line.
        waits_for: the broken indicator that it reads; empty where its own statement fails.
        is_older: whether its table is there, with the values of an earlier load.
        since: when it could first not be computed, ISO 8601, UTC; empty before it is recorded.
    """

    name: str
    file: str
    cause: str
    waits_for: str = ""
    is_older: bool = False
    since: str = ""

    @property
    def line(self) -> str:
        """File, cause and what is there instead."""
        left = "its table keeps the values of an earlier load" if self.is_older else "it has no table"
        return f"{self.file}: {self.cause}; {left}"


class IndicatorError(CatalogError):
    """A statement has ended the transaction that it ran in; what was to change is tried again without it.

    Args:
        name: of the indicator.
        cause: in one line.
        where: the statement's file, and the entry where that holds several.
    """

    def __init__(self, name: str, cause: str, where: str) -> None:
        self.name, self.cause = name, cause
        super().__init__(f"{where}: {cause}")


def in_one_line(error: Exception) -> str:
    """What DuckDB says, without its drawing of the place."""
    return " ".join(str(error).split())[:_CAUSE]


def without_failing(attempt: Callable[[Mapping[str, str]], Result]) -> Result:
    """Makes a change, again for every indicator that ends its transaction.

    DuckDB gives up a transaction in which a statement fails while it runs, so what it had done is done anew.

    Args:
        attempt: makes the whole change in a transaction of its own, without the indicators that it is given the
            causes of.
    """
    failing: dict[str, str] = {}
    while True:
        try:
            return attempt(failing)
        except IndicatorError as error:
            failing[error.name] = error.cause


def is_statements_fault(error: Exception) -> bool:
    """Whether an error lies in a statement or its data, and not in the disk or in DuckDB."""
    import duckdb

    elsewhere = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.InterruptException)
    return isinstance(error, duckdb.Error | CatalogError) and not isinstance(error, elsewhere)


def is_aborted(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the transaction can only be rolled back."""
    import duckdb

    try:
        connection.execute("SELECT 1").fetchone()
    except duckdb.Error:
        return True
    return False


def broken_indicators(connection: duckdb.DuckDBPyConnection) -> dict[str, Broken]:
    """Those of a warehouse or snapshot by name; none in one that was made before they were recorded."""
    if not connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'broken_indicator'").fetchone():
        return {}
    rows = connection.execute(
        "SELECT indicator, statement_file, cause, coalesce(waits_for, ''), is_older, epoch(broken_since) "
        "FROM quality.broken_indicator ORDER BY indicator"
    ).fetchall()
    return {
        name: Broken(
            name, file, cause, waits_for, older, datetime.datetime.fromtimestamp(since, datetime.UTC).isoformat()
        )
        for name, file, cause, waits_for, older, since in rows
    }


def record_broken(connection: duckdb.DuckDBPyConnection, broken: Mapping[str, Broken]) -> None:
    """Enters which indicators are broken now; one that was broken before keeps the time since when."""
    since = dict(connection.execute("SELECT indicator, broken_since FROM quality.broken_indicator").fetchall())
    connection.execute("DELETE FROM quality.broken_indicator")
    now = datetime.datetime.now(datetime.UTC)
    rows: list[Row] = [
        {"indicator": one.name, "statement_file": one.file, "cause": one.cause, "waits_for": one.waits_for or None}
        | {"is_older": one.is_older, "broken_since": since.get(one.name, now).isoformat()}
        for one in broken.values()
    ]
    insert(connection, "quality.broken_indicator", rows)
