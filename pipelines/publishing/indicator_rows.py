"""All indicators as rows of one table: what the Python API hands out and statistical exports contain."""

from __future__ import annotations

from collections.abc import Sequence

COLUMNS = (
    *("indicator", "region_code", "region_name", "period_code", "basis", "value", "value_low", "value_high", "unit"),
    *("numerator", "denominator", "disputed_count", "reason"),
)


def indicator_rows_query(names: Sequence[str]) -> str:
    """SQL of a relation with the columns `COLUMNS` and one row per indicator, region, period and basis.

    Args:
        names: the indicators; at least one.
    """
    columns = ", ".join(COLUMNS[1:])
    return " UNION ALL ".join(f"SELECT '{name}' AS indicator, {columns} FROM indicator.{name}" for name in names)
