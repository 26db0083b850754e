"""From DuckDB's SQL to Spark's: sqlglot, and a pass for what sqlglot writes with another result.

Both engines agree on the portable subset (`spark_subset.py`) but for two things. DuckDB divides in doubles, Spark
divides decimals as decimals; and they round a double to a decimal differently. The pass has Spark do both as DuckDB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.warehouse.models import Model, parsed

if TYPE_CHECKING:
    from sqlglot import exp

# the one type that a quotient is rounded to
ROUNDED = "DECIMAL(28, 6)"
FUNCTION = "rounded_like_duckdb"
# DuckDB scales the double and rounds it half away from zero; Spark would round its shortest decimal notation. A scaled
# double may have more digits than a BIGINT: it is taken apart at 2^52, which loses nothing, as every step is exact.
PRELUDE = f"""
CREATE TEMPORARY FUNCTION {FUNCTION}(x DOUBLE) RETURNS {ROUNDED} RETURN
SELECT cast(CASE WHEN x < 0 THEN -units ELSE units END * cast('0.000001' AS DECIMAL(6, 6)) AS {ROUNDED})
FROM (
    SELECT cast(high AS DECIMAL(19, 0)) * cast(4503599627370496 AS DECIMAL(16, 0))
        + cast(floor(low) + CASE WHEN low - floor(low) >= 0.5D THEN 1 ELSE 0 END AS DECIMAL(17, 0)) AS units
    FROM (
        SELECT high, scaled - high * 4503599627370496D AS low
        FROM (
            SELECT scaled, floor(scaled / 4503599627370496D) AS high
            FROM (SELECT abs(x * 1000000D) AS scaled)
        )
    )
)
"""


def spark_query(model: Model) -> str:
    """The query of a model in Spark's SQL.

    Raises:
        CatalogError: it is no SQL.
    """
    return rewritten(parsed(model.sql, model.where)).sql(dialect="spark", pretty=True, comments=False)


def rewritten(tree: exp.Expr) -> exp.Expr:
    """The same tree with quotients in doubles, and doubles rounded as DuckDB rounds them."""
    from sqlglot import exp

    # inner ones last, so that the cast around a quotient is found before the quotient is changed
    for cast in [*tree.find_all(exp.Cast)]:
        if has_quotient(cast.this):
            cast.replace(exp.func(FUNCTION, cast.this, dialect="spark"))
    for quotient in [*tree.find_all(exp.Div)]:
        for side in ("this", "expression"):
            quotient.set(side, exp.cast(quotient.args[side], "DOUBLE", copy=False, dialect="spark"))
    return tree


def has_quotient(tree: exp.Expr) -> bool:
    """Whether an expression is computed from a quotient, so that it is a double; what is cast below it is none."""
    from sqlglot import exp

    inner = tree.walk(prune=lambda node: isinstance(node, (exp.Cast, exp.Query)) and node is not tree)
    return any(isinstance(node, exp.Div) for node in inner)
