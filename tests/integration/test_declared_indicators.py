"""One entry in catalog/indicators.yml is enough for a new ratio; `fupin indicator` shows what there is."""

from __future__ import annotations

import re

import duckdb
import pytest
from dagster import AssetKey

from pipelines.catalog import indicators as module
from pipelines.catalog.indicators import indicators
from pipelines.publishing.site.build import build_site
from pipelines.publishing.site.messages import messages
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.settings import PROJECT
from pipelines.warehouse.indicators import forget_statements
from pipelines.warehouse.models import models
from pipelines.warehouse.rendered import rendered
from tests.site_home import put

# the one that the documentation adds
PAGE = (PROJECT / "README.md").read_text(encoding="utf-8")
ENTRY = re.search(r"```yaml\n(- code: .+?)```", PAGE, re.DOTALL)[1]


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """The project's declarations with one more."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    text = (PROJECT / "pipelines" / "catalog" / "indicators.yml").read_text(encoding="utf-8")
    (folder / "indicators.yml").write_text(f"{text}\n{ENTRY}", encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", folder)
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget():
    """Has the declarations and what is made of them read anew."""
    for read in (indicators, messages, models):
        read.cache_clear()
    forget_statements()


@pytest.mark.usefixtures("declared")
def test_one_entry_gives_table_suite_page_and_asset(settings, sample):
    from pipelines.orchestration.definitions import build_definitions

    sample("jiangxi_2010.txt")
    put(settings, "jiangxi_2010.txt")
    publish(settings)
    build_site(settings)
    with open_snapshot(settings) as connection:
        rows = connection.execute("SELECT period_code, round(value, 2) FROM indicator.city_share").fetchall()
        [(asked, failing)] = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE NOT success) FROM quality.latest_validation_result "
            "WHERE suite = 'city_share'"
        ).fetchall()
        [(comment,)] = connection.execute(
            "SELECT comment FROM duckdb_tables() WHERE table_name = 'city_share'"
        ).fetchall()
    assert [(period, float(value)) for period, value in rows] == [("Y2010", 10.43)]
    assert (asked > 20, failing) == (True, 0)
    assert "Formula: 100 * funds of cities and counties / total funds" in comment
    english = (settings.site / "indicators" / "city_share.html").read_text(encoding="utf-8")
    chinese = (settings.site / "zh" / "indicators" / "city_share.html").read_text(encoding="utf-8")
    assert "Share of cities and counties" in english
    assert "市县资金占比" in chinese
    assert "市县投入的比重" in chinese
    graph = build_definitions(home=settings.home, raw=settings.raw).resolve_asset_graph()
    assert AssetKey(["indicator", "city_share"]) in graph.get_all_asset_keys()


def test_the_list_has_all_with_both_titles(fupin):
    ended = fupin("indicator", "list")
    assert ended.code == 0
    for one in indicators().values():
        assert one.code in ended.out
        assert one.title.zh in ended.out


def test_an_indicator_is_shown_with_formula_limits_and_statement(fupin):
    shown = fupin("indicator", "show", "central_share").out
    assert "100 * central funds / total funds" in shown
    assert "work.selected_figure, work.selected_program_fund" in shown
    assert "A value is at most 100 %." in shown
    sql = fupin("indicator", "show", "central_share", "--sql").out
    assert sql.startswith("WITH made AS (\n    SELECT\n        top.region_code,")
    assert "top.source_code = 'central'" in sql


def test_a_wrong_name_is_answered_with_the_nearest(fupin):
    ended = fupin("indicator", "show", "central_shares")
    assert ended.code == 1
    assert ended.err.startswith("error: central_shares: no such indicator; did you mean central_share")


def test_the_declarations_are_sound(fupin):
    assert fupin("indicator", "check").out == f"{len(indicators())} indicators are sound\n"


def test_a_product_that_no_decimal_holds_is_none_and_says_why():
    """An amount of twelve digits costs its own value, not the indicator."""
    made = rendered(indicators()["lottery_funds_total"], PROJECT / "sql" / "templates").sql
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA work")
        connection.execute(
            "CREATE TABLE work.selected_figure AS SELECT place::VARCHAR AS region_code, 'Y2011' AS period_code, "
            "'as_reported' AS basis, 'lottery_welfare' AS program_code, 'level' AS flow, fact_kind, measure_code, "
            "amount::DECIMAL(28, 6) AS value, value AS value_low, value AS value_high, 0 AS is_disputed, "
            "1 AS figure_key "
            "FROM (VALUES (1, 99999999999), (2, 100000000000)) AS p(place, amount), "
            "(VALUES ('standard', 'funds_per_county'), ('result', 'counties_pilot')) AS k(fact_kind, measure_code)"
        )
        found = connection.execute(f"SELECT value, reason FROM ({made}) ORDER BY region_code").fetchall()
    assert found == [(99999999999**2, None), (None, "the product is too large")]
