"""From which columns each column of an indicator is computed, as Dagster shows it."""

from __future__ import annotations

import json
import shutil

import pytest
from dagster import AssetKey

from pipelines.catalog.indicators import indicators
from pipelines.errors import CatalogError
from pipelines.orchestration import lineage as kept_lineage
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.lineage import table_column_lineage
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.column_lineage import column_lineage
from pipelines.warehouse.indicators import forget_statements

INDICATORS = sorted(indicators())


def test_every_column_leads_through_the_views_to_tables():
    found = column_lineage(PROJECT / "sql")
    assert sorted(found) == INDICATORS
    tables = {f"core.{path.stem}" for path in (PROJECT / "sql" / "schema").glob("*.sql")}
    views = {"work.selected_figure", "work.selected_claim", "work.selected_program_fund", "work.adjusted_year"}
    without_figures = {"publication_lag", "data_quality_index"}
    for name, columns in found.items():
        sources = {source for column in columns.values() for source in column}
        named = {table for table, _ in sources}
        assert named <= tables | {f"indicator.{other}" for other in INDICATORS}
        assert not named & views
        # each has values that come from facts or from another indicator, and keys that lead to figures
        below = ("core.fact_", "indicator.") if name != "publication_lag" else ("core.dim_report",)
        assert any(table.startswith(below) for table, _ in columns["value"])
        assert bool(columns["numerator_figure_key"]) == (name not in without_figures)
    share = found["central_share"]
    assert ("core.fact_fund", "amount") in share["value"]
    assert ("core.correction", "proposed_value") in share["value"]
    assert share["region_name_en"] == {("core.dim_region", "name_en")}
    assert share["unit"] == frozenset()


@pytest.fixture
def own_sql(tmp_path):
    shutil.copytree(PROJECT / "sql", tmp_path / "sql")
    return Settings(home=tmp_path / "var", raw=tmp_path, sql=tmp_path / "sql")


def test_an_indicator_over_another_leads_to_it_and_a_wrong_column_is_named(own_sql):
    found = column_lineage(own_sql.sql)["unit_cost_to_median"]
    assert ("indicator.unit_costs", "value") in found["value"]
    column_lineage.cache_clear()
    file = own_sql.sql / "indicators" / "unit_cost_to_median.sql"
    file.write_text(file.read_text().replace("top.value AS numerator", "top.nothing AS numerator"))
    forget_statements()
    with pytest.raises(CatalogError, match=r"sql/indicators/unit_cost_to_median.sql: .*nothing"):
        column_lineage(own_sql.sql)


def test_what_was_read_is_kept_until_a_file_changes(own_sql, monkeypatch):
    first = table_column_lineage(own_sql)
    calls = []
    monkeypatch.setattr(kept_lineage, "column_lineage", lambda *given: calls.append(given) or column_lineage(*given))
    assert table_column_lineage(own_sql) == first
    assert calls == []
    place = own_sql.home / "dagster" / "column_lineage.json"
    for damaged in ("{", "[]", json.dumps({"fingerprint": "other", "lineage": {}})):
        place.write_text(damaged)
        assert table_column_lineage(own_sql) == first
    assert len(calls) == 3
    path = own_sql.sql / "indicators" / "unit_costs.sql"
    path.write_text(path.read_text().rstrip().removesuffix(";") + "\n-- edited\n;\n")
    forget_statements()
    assert table_column_lineage(own_sql) == first
    assert len(calls) == 4
    # a state folder that cannot be written costs only the time
    blocked = own_sql.home / "file"
    blocked.write_text("")
    assert table_column_lineage(own_sql.model_copy(update={"home": blocked})) == first


def test_the_lineage_names_assets_that_exist(own_sql):
    assets = build_definitions(home=own_sql.home, raw=own_sql.raw).resolve_asset_graph().get_all_asset_keys()
    found = table_column_lineage(own_sql)
    named = {dep.asset_key for one in found.values() for deps in one.deps_by_column.values() for dep in deps}
    assert AssetKey(["warehouse", "fact_fund"]) in named
    assert named <= assets
