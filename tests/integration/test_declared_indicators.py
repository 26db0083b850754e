"""One entry in catalog/indicators.yml is enough for a new ratio; `fupin indicator` shows what there is."""

from __future__ import annotations

import pytest
from dagster import AssetKey

from pipelines.catalog import indicators as module
from pipelines.catalog.indicators import indicators
from pipelines.publishing.site.build import build_site
from pipelines.publishing.site.messages import messages
from pipelines.publishing.snapshot import open_snapshot, publish
from pipelines.scaling.spark_models import models
from pipelines.settings import PROJECT
from pipelines.warehouse.indicators import forget_statements
from tests.site_home import put

ENTRY = """
- code: city_share
  title: {en: Share of cities and counties, zh: 市县资金占比}
  tells: {en: what cities and counties add, zh: 市县投入的比重}
  kind: ratio
  of: {name: funds of cities and counties, name_zh: 金额, source: city_county}
  to: {name: total funds, name_zh: 金额}
  unit: '%'
  possible: {least: 0, most: 100}
"""


@pytest.fixture
def declared(tmp_path, monkeypatch):
    """The project's declarations with one more."""
    folder = tmp_path / "catalog"
    folder.mkdir()
    text = (PROJECT / "pipelines" / "catalog" / "indicators.yml").read_text(encoding="utf-8")
    (folder / "indicators.yml").write_text(text + ENTRY, encoding="utf-8")
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
    from pipelines.definitions import build_definitions

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
    assert sql.startswith("SELECT\n    top.region_code,")
    assert "top.source_code = 'central'" in sql


def test_a_wrong_name_is_answered_with_the_nearest(fupin):
    ended = fupin("indicator", "show", "central_shares")
    assert ended.code == 1
    assert ended.err.startswith("error: central_shares: no such indicator; did you mean central_share")


def test_the_declarations_are_sound(fupin):
    assert fupin("indicator", "check").out == f"{len(indicators())} indicators are sound\n"
