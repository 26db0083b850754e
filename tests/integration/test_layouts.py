"""The worked example of docs/layouts.md, and the commands around layouts."""

from __future__ import annotations

import shutil

import pytest
import yaml

from pipelines.catalog.layouts import TableLayout
from pipelines.settings import PROJECT
from tests.conftest import FIXTURES
from tests.helpers import version
from tests.integration.conftest import call

TABLES = FIXTURES / "tables"
NAMES = ["county_funds_2010_en.csv", "county_funds_2010_zh.csv"]


@pytest.mark.parametrize("name", NAMES)
def test_both_tables_become_the_same_facts(name):
    read = version(TABLES / name)
    leaves = [fact for fact in read.facts.funds if fact.is_additive_leaf]
    assert sum(fact.amount_cny for fact in leaves) == 27_905_000
    assert {(fact.region, fact.source, fact.amount_cny) for fact in leaves} == {
        ("360732", "central", 10_000_000),
        ("360732", "provincial", 2_505_000),
        ("360781", "central", 7_000_000),
        ("360781", "provincial", 2_000_000),
        ("360721", "central", 5_000_000),
        ("360721", "provincial", 1_400_000),
    }
    assert {(fact.period, fact.stage) for fact in leaves} == {("Y2010", "allocated")}
    assert {check.verdict for check in read.checks if check.rule == "control_total"} == {"holds"}


def test_the_page_shows_the_shipped_files():
    page = (PROJECT / "docs" / "layouts.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert (TABLES / name).read_text(encoding="utf-8") in page
    for layout in (PROJECT / "pipelines" / "catalog" / "layouts").glob("*.yml"):
        assert layout.read_text(encoding="utf-8") in page


def test_layout_list_and_check(settings):
    listed = call(settings, "layout", "list")
    assert listed.code == 0
    assert "county_funds_en" in listed.out
    assert "county_funds_zh" in listed.out


def test_layout_test_shows_facts_and_what_has_no_layout(settings, tmp_path):
    shown = call(settings, "layout", "test", TABLES / NAMES[0])
    assert shown.code == 0
    assert "layout county_funds_en" in shown.out
    assert "10,000,000" in shown.out
    shutil.copy(TABLES / NAMES[0], tmp_path / "other.csv")
    other = call(settings, "layout", "test", tmp_path / "other.csv")
    assert other.code == 1
    assert "no layout" in other.out


def test_layout_test_names_columns_without_a_unit(settings, tmp_path):
    (tmp_path / "bare.csv").write_text("County,Score,Rank\nXingguo,5,7\nRuijin,6,8\n")
    shown = call(settings, "layout", "test", tmp_path / "bare.csv")
    assert shown.code == 1
    assert 'unmapped: column "Score" has no unit (2 figures)' in shown.out


def test_an_unknown_column_stops_the_file_with_one_line(settings, tmp_path):
    text = (TABLES / NAMES[0]).read_text(encoding="utf-8").replace("Villages", "Hamlets reached")
    (tmp_path / NAMES[0]).write_text(text, encoding="utf-8")
    shown = call(settings, "layout", "test", tmp_path / NAMES[0])
    assert shown.code == 1
    [line] = shown.err.strip().splitlines()
    assert "sheet csv, column F" in line
    assert '- {header: "Hamlets reached"}' in line


@pytest.mark.parametrize("name", NAMES)
def test_a_suggested_layout_can_be_declared_and_reads_the_table(settings, tmp_path, name):
    target = tmp_path / "draft.yml"
    written = call(settings, "layout", "suggest", TABLES / name, "--output", target)
    assert written.code == 0
    fields = yaml.safe_load(target.read_text(encoding="utf-8"))
    layout = TableLayout.model_validate(fields | {"name": "draft"})
    assert {label.dimension for label in layout.labels} == {"region"}
    assert [value.total for value in layout.values][:3] == [True, False, False]
    again = call(settings, "layout", "suggest", TABLES / name, "--output", target)
    assert again.code == 1
    assert "exists already" in again.err


def test_a_report_without_a_table_has_no_layout(settings):
    asked = call(settings, "layout", "suggest", PROJECT / "raw" / "jiangxi_2010.txt")
    assert asked.code == 1
    assert "holds no table" in asked.err
