"""All indicators as rows of one table: what the Python API hands out and statistical exports contain."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.warehouse.lineage import VALUE_COLUMNS, VALUES

COLUMNS = VALUE_COLUMNS


def indicator_rows_query(names: Sequence[str]) -> str:
    """SQL of a relation with the columns `COLUMNS` and one row per indicator, region, period, basis and member.

    `member_code` is empty for indicators that have one row per region and period.

    Args:
        names: the indicators; at least one.
    """
    member = "coalesce(nullif(member_code, 'none'), '') AS member_code"
    columns = ", ".join(member if name == "member_code" else name for name in COLUMNS)
    listed = ", ".join(f"'{name}'" for name in names)
    return f"SELECT {columns} FROM {VALUES} WHERE indicator IN ({listed})"
