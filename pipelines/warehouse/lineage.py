"""The view `indicator.lineage`: which figures every indicator value rests on, whatever its formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.warehouse.schema import comment_columns

if TYPE_CHECKING:
    import duckdb

VIEW = "indicator.lineage"
_COMMENT = (
    "Which figures each value of each indicator rests on; from there it is one join to the sentence or cell. "
    "Grain: indicator x region x period x basis x member x operand x figure"
)
_GRAIN = "region_code, region_name, period_code, basis"


def create_lineage(connection: duckdb.DuckDBPyConnection, indicators: Sequence[str]) -> None:
    """Replaces the view by one over the indicators that there are.

    A column of an indicator that ends with `figure_key` holds one figure, one that ends with `figure_keys` a list.

    Args:
        connection: inside the transaction that refreshed the indicators.
        indicators: their names; at least one.
    """
    rows = connection.execute(
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = 'indicator' AND column_name = 'member_code'"
    ).fetchall()
    with_members = {row[0] for row in rows}
    columns = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'indicator' AND regexp_matches(column_name, 'figure_keys?$') "
        "ORDER BY table_name, ordinal_position"
    ).fetchall()
    parts = [
        _part(name, column, has_members=name in with_members)
        for name in sorted(indicators) for table, column in columns if table == name
    ]  # fmt: skip
    connection.execute(f"CREATE OR REPLACE VIEW {VIEW} AS {' UNION ALL '.join(parts)}")
    connection.execute(f"COMMENT ON VIEW {VIEW} IS '{_COMMENT}'")
    comment_columns(connection, "indicator", "lineage")


def _part(indicator: str, column: str, *, has_members: bool) -> str:
    operand = column.removesuffix("s").removesuffix("figure_key").removesuffix("_") or "figure"
    figure = f"unnest({column})" if column.endswith("s") else column
    member = "member_code" if has_members else "'none'"
    return (
        f"SELECT '{indicator}' AS indicator, {_GRAIN}, {member} AS member_code, '{operand}' AS operand, "
        f"{figure} AS figure_key "
        f"FROM indicator.{indicator} WHERE {column} IS NOT NULL"
    )
