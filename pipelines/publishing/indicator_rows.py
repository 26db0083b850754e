"""All indicators as rows of one table: what the Python API hands out and statistical exports contain."""

from __future__ import annotations

from collections.abc import Sequence

COLUMNS = (
    *(
        "indicator",
        "region_code",
        "region_name",
        "period_code",
        "member_code",
        "basis",
        "value",
        "value_low",
        "value_high",
        "unit",
    ),
    *("numerator", "denominator", "disputed_count", "reason"),
)


def indicator_rows_query(names: Sequence[str]) -> str:
    """SQL of a relation with the columns `COLUMNS` and one row per indicator, region, period, basis and member.

    `member_code` is empty for indicators that have one row per region and period.

    Args:
        names: the indicators; at least one.
    """
    parts = (f"SELECT '{name}' AS indicator, * FROM indicator.{name}" for name in names)
    rows = " UNION ALL BY NAME ".join(("SELECT CAST('' AS VARCHAR) AS member_code WHERE FALSE", *parts))
    columns = ", ".join("coalesce(member_code, '') AS member_code" if c == "member_code" else c for c in COLUMNS)
    return f"SELECT {columns} FROM ({rows})"
