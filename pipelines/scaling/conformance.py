"""Whether two relations are equal value by value: what another engine made, beside what DuckDB says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

# of two doubles, relative to the larger one; everything else is compared exactly
DOUBLE_TOLERANCE = 1e-9
_SHOWN = 3
_FRACTIONS = frozenset({"DOUBLE", "FLOAT"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison of one model found.

    Attributes:
        name: of the model.
        rows: how many DuckDB has.
        columns: how many it has.
        differences: the first differing rows, or why the two cannot be compared; empty when they are equal.
    """

    name: str
    rows: int
    columns: int
    differences: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def compare(connection: duckdb.DuckDBPyConnection, name: str, expected: str, found: str) -> Comparison:
    """Compares two queries as bags of rows: names and types of columns, how often each row occurs, every value.

    Args:
        connection: on which both queries run.
        name: of the model, for the result.
        expected: the query of DuckDB's rows.
        found: the query of the other engine's rows.
    """
    wanted, given = _columns(connection, expected), _columns(connection, found)
    [(rows,)] = connection.execute(f"SELECT count(*) FROM ({expected})").fetchall()
    if wanted != given:
        differing = [f"{one} beside {other}" for one, other in zip(wanted, given, strict=False) if one != other]
        if len(wanted) != len(given):
            differing = [f"{len(wanted)} columns beside {len(given)}", *differing]
        return Comparison(name, rows, len(wanted), tuple(differing[:_SHOWN]))
    exact = [column for column, kind in wanted if kind not in _FRACTIONS]
    if len(exact) == len(wanted):
        differences = _unequal_rows(connection, expected, found)
    else:
        differences = _unequal_pairs(connection, expected, found, exact, [c for c, _ in wanted if c not in exact])
    return Comparison(name, rows, len(wanted), differences)


def as_table(compared: Iterable[Comparison]) -> str:
    """A line for each model: name, rows, columns and `equal`, or `DIFFERS` with the first differing rows below."""
    lines = [f"{'model':<44} {'rows':>9} {'columns':>7}  DuckDB and Spark"]
    for one in compared:
        lines.append(f"{one.name:<44} {one.rows:>9,} {one.columns:>7}  {'equal' if one.is_equal else 'DIFFERS'}")
        lines += [f"    {difference}" for difference in one.differences]
    return "\n".join(lines)


def _columns(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(f"DESCRIBE {query}").fetchall()]


def _unequal_rows(connection: duckdb.DuckDBPyConnection, expected: str, found: str) -> tuple[str, ...]:
    """The first rows that occur more often on one side; NULL equals NULL."""
    lines = []
    for label, one, other in (("only DuckDB", expected, found), ("only Spark", found, expected)):
        # sorted, so that the two rows that should be one stand first on both sides
        rows = connection.execute(
            f"SELECT * FROM (SELECT * FROM ({one}) EXCEPT ALL SELECT * FROM ({other})) ORDER BY ALL LIMIT {_SHOWN}"
        ).fetchall()
        lines += [f"{label}: {', '.join(map(str, row))}" for row in rows]
    return tuple(lines)


def _unequal_pairs(
    connection: duckdb.DuckDBPyConnection, expected: str, found: str, exact: Sequence[str], fractions: Sequence[str]
) -> tuple[str, ...]:
    """The first rows that differ in an exact column or, paired in order, in a double by more than the tolerance."""
    order = ", ".join([*exact, *fractions])
    numbered = "SELECT *, row_number() OVER (ORDER BY {}) AS pair_no FROM ({})"
    unequal = [f"one.{name} IS DISTINCT FROM other.{name}" for name in exact]
    unequal += [
        f"(one.{name} IS NULL) <> (other.{name} IS NULL) OR abs(one.{name} - other.{name}) "
        f"> {DOUBLE_TOLERANCE} * greatest(abs(one.{name}), abs(other.{name}))"
        for name in fractions
    ]
    rows = connection.execute(
        f"SELECT one, other FROM ({numbered.format(order, expected)}) AS one "
        f"FULL JOIN ({numbered.format(order, found)}) AS other USING (pair_no) "
        f"WHERE one.pair_no IS NULL OR other.pair_no IS NULL OR {' OR '.join(unequal)} ORDER BY pair_no LIMIT {_SHOWN}"
    ).fetchall()
    return tuple(f"DuckDB {one}, Spark {other}" for one, other in rows)
