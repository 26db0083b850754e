"""The pass that writes DuckDB's SQL for Spark, the rules of the portable subset, and the comparison of rows.

Spark itself runs in tests/scale.
"""

from __future__ import annotations

import duckdb
import pytest

from pipelines.commands import published
from pipelines.errors import CatalogError, FupinError
from pipelines.scaling.conformance import as_table, compare
from pipelines.scaling.spark_sql import rewritten
from pipelines.scaling.spark_subset import outside_subset, problems
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.models import Model, base_tables, beneath, models, parsed, standing_on

SQL = PROJECT / "sql"


def model(sql: str, name: str = "core.made", *reads: str) -> Model:
    return Model(name, sql, frozenset(reads), "sql/schema/made.sql")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("cast(a / b AS DECIMAL(28, 6))", "ROUNDED_LIKE_DUCKDB(CAST(a AS DOUBLE) / CAST(b AS DOUBLE))"),
        (
            "cast(CASE WHEN c THEN 100 * (a / b - 1) END AS DECIMAL(28, 6))",
            "ROUNDED_LIKE_DUCKDB(CASE WHEN c THEN 100 * (CAST(a AS DOUBLE) / CAST(b AS DOUBLE) - 1) END)",
        ),
        # the inner cast is not of a quotient, the outer one is; both sides of both quotients are doubles
        (
            "cast(cast(a AS DECIMAL(28, 6)) / b / c AS DECIMAL(28, 6))",
            "ROUNDED_LIKE_DUCKDB(CAST(CAST(CAST(a AS DECIMAL(28, 6)) AS DOUBLE) / CAST(b AS DOUBLE) AS DOUBLE)"
            " / CAST(c AS DOUBLE))",
        ),
        ("cast(a * b AS DECIMAL(28, 6))", "CAST(a * b AS DECIMAL(28, 6))"),
    ],
)
def test_quotients_are_doubles_that_are_rounded_as_duckdb_rounds(written, expected):
    assert rewritten(parsed(f"SELECT {written}", "x")).sql(dialect="spark") == f"SELECT {expected}"


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELECT a / b AS c FROM core.t", "a quotient must be rounded"),
        ("SELECT cast(a / b AS BIGINT) AS c FROM core.t", "a quotient must be rounded"),
        ("SELECT cast(a % b AS DECIMAL(28, 6)) AS c FROM core.t", "a quotient must be rounded"),
        ("SELECT cast(a AS DOUBLE) AS c FROM core.t", "a cast to DOUBLE"),
        ("SELECT sum(a) AS c FROM core.t", "the type of a sum"),
        ("SELECT median(a) AS c FROM core.t", "the function median"),
        ("SELECT hash(a) AS c FROM core.t", "the function hash"),
        ("SELECT cast(CASE WHEN b > 0 THEN a / b END AS DECIMAL(28, 6)) AS c FROM core.t", "divided by must be nullif"),
        ("SELECT date_diff('month', a, b) AS c FROM core.t", "date_diff counts days only"),
        ("SELECT a.end_date - a.start_date AS c FROM core.t AS a", "days between dates"),
        ("SELECT row_number() OVER (PARTITION BY a ORDER BY b ASC) AS c FROM core.t", "ties are open"),
        ("SELECT a FROM core.t QUALIFY row_number() OVER (ORDER BY a_key ASC) = 1", "QUALIFY"),
        ("SELECT * REPLACE (1 AS a) FROM core.t", "REPLACE"),
        ("SELECT a, count(*) AS c FROM core.t GROUP BY ALL", "GROUP BY lists its columns"),
        ("SELECT a, count(*) AS c FROM core.t GROUP BY 1", "GROUP BY lists its columns"),
        ("SELECT a[1] AS c FROM core.t", "an element of a list"),
        ("SELECT b AS a FROM core.t WHERE a = 1", "may be the column or the alias"),
        ("SELECT count(*) FILTER (WHERE a) AS c FROM core.t", "FILTER"),
    ],
)
def test_what_is_not_portable_is_named(query, problem):
    assert any(problem in line for line in problems(model(query)))


def test_the_projects_statements_are_portable():
    assert outside_subset(SQL) == []


def test_models_stand_after_what_they_read_and_on_tables_of_the_star():
    found = models(SQL)
    place = {one.name: number for number, one in enumerate(found)}
    assert all(place[below] < place[one.name] for one in found for below in one.reads & place.keys())
    assert {"core.fact_fund", "core.dim_region"} <= set(base_tables(found))
    assert not set(base_tables(found)) & place.keys()


def test_what_reads_a_refused_model_is_refused():
    found = (
        model("", "core.a"),
        model("", "core.b", "core.a"),
        model("", "indicator.c", "core.b"),
        model("", "core.d"),
    )
    assert standing_on(found, {"core.a": "differs"}) == {
        "core.a": "differs",
        "core.b": "reads core.a, which is refused",
        "indicator.c": "reads core.b, which is refused",
    }
    assert beneath(found, ["indicator.c"]) == {"core.a", "core.b", "indicator.c"}
    with pytest.raises(FupinError, match=r"core\.x: is no view or indicator"):
        beneath(found, ["core.x"])


@pytest.mark.parametrize(("chosen", "builds"), [("duckdb", 0), ("spark", 1)])
def test_the_setting_decides_whether_a_published_warehouse_is_built_on_spark(monkeypatch, settings, chosen, builds):
    monkeypatch.setenv("FUPIN_WAREHOUSE", chosen)
    calls = []
    monkeypatch.setattr(published, "publish", lambda settings: None)
    monkeypatch.setattr("pipelines.publishing.site.build.refresh_site", lambda settings: "no page")
    monkeypatch.setattr("pipelines.commands.spark.build", lambda settings: calls.append(settings))
    with published.published(Settings(home=settings.home), "retract"):
        pass
    assert len(calls) == builds


def test_a_statement_that_is_no_sql_is_named():
    with pytest.raises(CatalogError, match=r"sql/schema/made\.sql"):
        parsed("SELECT FROM WHERE (", "sql/schema/made.sql")


@pytest.mark.parametrize(
    ("expected", "found", "difference"),
    [
        ("(1, 2.50, 'a'), (1, 2.50, 'a')", "(1, 2.50, 'a'), (1, 2.50, 'a')", ""),
        ("(1, NULL, 'a'), (2, 1.50, 'b')", "(2, 1.50, 'b'), (1, NULL, 'a')", ""),
        ("(1, 2.50, 'a')", "(1, 2.51, 'a')", "only DuckDB: 1, 2.50, a"),
        ("(1, NULL::DECIMAL(3, 2), 'a')", "(1, 0.00, 'a')", "only Spark: 1, 0.00, a"),
        # as often as in DuckDB, and not only somewhere
        ("(1, 2.50, 'a'), (1, 2.50, 'a')", "(1, 2.50, 'a')", "only DuckDB: 1, 2.50, a"),
        ("(1, 2.50, 'a')", "(1, 2.500, 'a')", "('v', 'DECIMAL(3,2)') beside ('v', 'DECIMAL(4,3)')"),
    ],
)
def test_rows_are_compared_exactly(expected, found, difference):
    with duckdb.connect() as connection:
        one = compare(
            connection, "core.x", *(f"SELECT * FROM (VALUES {rows}) AS t(k, v, s)" for rows in (expected, found))
        )
    assert one.is_equal == (not difference)
    assert difference in " ".join(one.differences)
    assert ("DIFFERS" in as_table([one])) == bool(difference)


@pytest.mark.parametrize(
    ("found", "is_equal"),
    [
        ("(1, 0.1::DOUBLE), (2, 1e10)", True),
        ("(1, 0.1::DOUBLE * (1 + 1e-12)), (2, 1e10 + 1)", True),
        ("(1, 0.1::DOUBLE), (2, 1e10 + 100)", False),
        ("(1, NULL::DOUBLE), (2, 1e10)", False),
        ("(1, 0.1::DOUBLE), (3, 1e10)", False),
        ("(1, 0.1::DOUBLE)", False),
    ],
)
def test_doubles_are_compared_with_a_tolerance(found, is_equal):
    expected = "SELECT * FROM (VALUES (1, 0.1::DOUBLE), (2, 1e10)) AS t(k, v)"
    with duckdb.connect() as connection:
        assert (
            compare(connection, "core.x", expected, f"SELECT * FROM (VALUES {found}) AS t(k, v)").is_equal == is_equal
        )
