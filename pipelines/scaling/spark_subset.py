"""The subset of SQL that DuckDB and Spark take alike, as rules over the views and indicators of `sql/`.

A statement outside of it may run on both and give other figures; `fupin check` names it. What the rules let through
is written for Spark by `spark_sql.py`, and compared value by value by `fupin spark conform`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.scaling.spark_sql import ROUNDED
from pipelines.warehouse.models import Model, models, parsed

if TYPE_CHECKING:
    from sqlglot import exp

# functions whose results are known to be equal; others join them after a conformance run
_FUNCTIONS = frozenset(
    {"ABS", "CASE", "CAST", "COALESCE", "CONCAT_WS", "COUNT", "DATEDIFF", "EXISTS", "FIRST_VALUE", "IF", "LAG", "LEAD"}
    | {"MAX", "MIN", "NULLIF", "ROW_NUMBER", "SUM", "YEAR", "AND", "OR"}
)
_TYPES = frozenset({ROUNDED, "BIGINT", "INT", "TEXT", "DATE", "BOOLEAN"})
# what a column is called that tells the rows of a table apart
_UNIQUE = ("_key", "_id", "_code", "_no")
_DATES = ("_date", "_on", "_at")


def outside_subset(sql: Path) -> list[str]:
    """One line for each breach of the rules: file and what is not portable.

    Args:
        sql: the folder `sql/`.

    Raises:
        CatalogError: a statement is no SQL.
    """
    return [f"{model.where}: {problem}" for model in models(sql) for problem in problems(model)]


def problems(model: Model) -> list[str]:
    """What in the query of a model is not portable, in the order of the rules."""
    tree = parsed(model.sql, model.where)
    found = [line for rule in (_functions, _types, _quotients, _sums, _orders, _dates, _shapes, _aliases)
             for line in rule(tree)]  # fmt: skip
    return list(dict.fromkeys(found))


def _functions(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for node in tree.find_all(exp.Func):
        name = node.name.upper() if isinstance(node, exp.Anonymous) else node.sql_name()
        if name not in _FUNCTIONS:
            yield f"the function {name.lower()} is not known to give the same on every engine"
        elif isinstance(node, exp.DateDiff) and (node.text("unit") or "").upper() != "DAY":
            yield "date_diff counts days only; engines count longer units differently"


def _types(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for cast in tree.find_all(exp.Cast):
        kind = cast.to.sql()
        if kind not in _TYPES:
            yield f"a cast to {kind}; there are {', '.join(sorted(_TYPES))}"


def _quotients(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for quotient in tree.find_all(exp.Div, exp.IntDiv, exp.Mod):
        around = quotient.find_ancestor(exp.Cast, exp.Query)
        if not isinstance(quotient, exp.Div) or not isinstance(around, exp.Cast) or around.to.sql() != ROUNDED:
            yield f"{_short(quotient)}: a quotient must be rounded by a cast to {ROUNDED} around it"
        # what a CASE leaves out, some engines compute all the same, and fail
        if not isinstance(quotient.expression, exp.Nullif | exp.Literal | exp.Count):
            yield f"{_short(quotient)}: what is divided by must be nullif(…, 0)"


def _sums(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for total in tree.find_all(exp.Sum):
        if not isinstance(total.parent, exp.Cast):
            yield f"{_short(total)}: the type of a sum must be said by a cast around it"


def _orders(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for window in tree.find_all(exp.Window):
        order = window.args.get("order")
        last = order.expressions[-1].this if order else None
        if order and not (isinstance(last, exp.Column) and last.name.endswith(_UNIQUE)):
            yield f"{_short(order)}: ties are open; the last column must tell rows apart ({', '.join(_UNIQUE)})"


def _dates(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for difference in tree.find_all(exp.Sub):
        if any(column.name.endswith(_DATES) for column in difference.find_all(exp.Column)):
            yield f"{_short(difference)}: days between dates are date_diff('day', earlier, later)"


def _shapes(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    named = {
        exp.Qualify: "QUALIFY", exp.Pivot: "PIVOT", exp.Limit: "LIMIT", exp.Bracket: "an element of a list",
        exp.Lambda: "a lambda", exp.Lateral: "LATERAL", exp.Unnest: "UNNEST", exp.Filter: "FILTER",
        exp.Columns: "COLUMNS()", exp.Subquery: "a subquery; give it a name with WITH",
    }  # fmt: skip
    for node in tree.find_all(*named):
        if not (isinstance(node, exp.Subquery) and isinstance(node.parent, exp.In)):
            yield f"{named[type(node)]} is not portable"
    for star in tree.find_all(exp.Star):
        if star.args.get("replace") or star.args.get("rename"):
            yield "* REPLACE is not portable"
    for group in tree.find_all(exp.Group):
        if group.args.get("all") or any(isinstance(one, exp.Literal) for one in group.expressions):
            yield "GROUP BY lists its columns"


def _aliases(tree: exp.Expr) -> Iterator[str]:
    from sqlglot import exp

    for select in tree.find_all(exp.Select):
        computed = {one.alias for one in select.expressions if isinstance(one, exp.Alias)}
        for clause in ("where", "group", "having"):
            part = select.args.get(clause)
            for column in part.find_all(exp.Column) if part else ():
                if not column.table and column.name in computed:
                    yield f"{column.name} in {clause.upper()} may be the column or the alias"


def _short(node: exp.Expr) -> str:
    return node.sql(dialect="duckdb")[:80]
