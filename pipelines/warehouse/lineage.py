"""Views over all indicators: `all_values`, `lineage`, the figures that values rest on, and what of them is reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.warehouse.schema import comment_columns

if TYPE_CHECKING:
    import duckdb

VIEW, VALUES = "indicator.lineage", "indicator.all_values"
REVIEWED, REVIEWED_IN_ALL = "indicator.reviewed", "indicator.reviewed_by_indicator"
# the columns of every indicator, in the order in which people look for them
VALUE_COLUMNS = (
    *("indicator", "region_code", "region_name_en", "region_name_zh", "period_code"),
    *("member_code", "member_name_en", "member_name_zh", "basis"),
    *("value", "value_low", "value_high", "unit", "numerator", "denominator", "disputed_count", "reason"),
)
_VALUES_COMMENT = (
    "All indicators in one table; where one has no value, the reason. "
    "Grain: indicator x region x period x basis x member"
)
_COMMENT = (
    "Which figures each value of each indicator rests on; from there it is one join to the sentence or cell. "
    "Grain: indicator x region x period x basis x member x operand x figure"
)
_REVIEWED_COMMENT = (
    "How many of the figures that each value of each indicator rests on are reviewed, unsure or disputed. "
    "Grain: indicator x region x period x basis x member"
)
_REVIEWED_IN_ALL_COMMENT = (
    "How many figures all values of an indicator rest on, and how many of them are reviewed, unsure or disputed. "
    "Grain: indicator"
)
# what is known of each figure below a value; disputed is what makes a value disputed
LOOKED_AT = """
SELECT
    l.*,
    r.figure_key IS NOT NULL AS is_reviewed,
    r.figure_key IS NULL AND (f.sureness IN ('inherited', 'assumed', 'unknown') OR f.status = 'ambiguous') AS is_unsure,
    f.status <> 'ok' OR c.figure_key IS NOT NULL AS is_disputed
FROM {below} AS l
INNER JOIN core.fact_figure AS f ON l.figure_key = f.figure_key
LEFT JOIN core.fact_review AS r ON l.figure_key = r.figure_key
LEFT JOIN {contradicted} AS c ON l.figure_key = c.figure_key
"""
CONTRADICTED = "work.contradicted_figure"
# a figure that stands below a value in two places counts once
REVIEWED_OF = """
SELECT
    {named},
    count(*) AS figure_count,
    count(*) FILTER (is_reviewed) AS reviewed_count,
    count(*) FILTER (is_unsure) AS unsure_count,
    count(*) FILTER (is_disputed) AS disputed_count
FROM (SELECT DISTINCT {named}, figure_key, is_reviewed, is_unsure, is_disputed FROM {looked_at})
GROUP BY ALL
"""
_OF_VALUE = "indicator, region_code, region_name_en, region_name_zh, period_code, basis, member_code"
_GRAIN = "region_code, region_name_en, region_name_zh, period_code, basis"


def create_views(connection: duckdb.DuckDBPyConnection, indicators: Sequence[str]) -> None:
    """Replaces the views by ones over the indicators that there are.

    A column of an indicator that ends with `figure_key` holds one figure, one that ends with `figure_keys` a list.

    Args:
        connection: inside the transaction that refreshed the indicators.
        indicators: their names; at least one.
    """
    rows = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'indicator' AND (regexp_matches(column_name, 'figure_keys?$') "
        "OR column_name = 'member_code') ORDER BY table_name, ordinal_position"
    ).fetchall()
    columns: dict[str, list[str]] = {name: [] for name in sorted(indicators)}
    for table, column in rows:
        if table in columns:
            columns[table].append(column)
    members = {name: "member_code" if "member_code" in found else "'none'" for name, found in columns.items()}
    figures = [
        _part(name, column, members[name])
        for name, found in columns.items() for column in found if column != "member_code"
    ]  # fmt: skip
    values = []
    for name, member in members.items():
        made = {"indicator": f"'{name}' AS indicator", "member_code": f"{member} AS member_code"}
        if member != "member_code":
            made |= {f"member_name_{tongue}": f"NULL AS member_name_{tongue}" for tongue in ("en", "zh")}
        listed = ", ".join(made.get(column, column) for column in VALUE_COLUMNS)
        values.append(f"SELECT {listed} FROM indicator.{name}")
    looked_at = f"({LOOKED_AT.format(below=VIEW, contradicted=CONTRADICTED)})"
    made_of = (
        (VIEW, " UNION ALL ".join(figures), _COMMENT),
        (VALUES, " UNION ALL ".join(values), _VALUES_COMMENT),
        (REVIEWED, REVIEWED_OF.format(named=_OF_VALUE, looked_at=looked_at), _REVIEWED_COMMENT),
        (REVIEWED_IN_ALL, REVIEWED_OF.format(named="indicator", looked_at=looked_at), _REVIEWED_IN_ALL_COMMENT),
    )
    for view, query, comment in made_of:
        connection.execute(f"CREATE OR REPLACE VIEW {view} AS {query}")
        connection.execute(f"COMMENT ON VIEW {view} IS '{comment}'")
        comment_columns(connection, "indicator", view.partition(".")[2])


def _part(indicator: str, column: str, member: str) -> str:
    operand = column.removesuffix("s").removesuffix("figure_key").removesuffix("_") or "figure"
    figure = f"unnest({column})" if column.endswith("s") else column
    return (
        f"SELECT '{indicator}' AS indicator, {_GRAIN}, {member} AS member_code, '{operand}' AS operand, "
        f"{figure} AS figure_key "
        f"FROM indicator.{indicator} WHERE {column} IS NOT NULL"
    )
