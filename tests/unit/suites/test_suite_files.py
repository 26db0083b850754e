"""Every table has a suite, every suite a table, and what is malformed is named."""

from __future__ import annotations

import json
import shutil

import pytest

from pipelines.settings import PROJECT
from pipelines.suites.files import GROUPS, ROW_COUNT, read_suites, tables_of, validate_suites

SUITES = PROJECT / "expectations"
SQL = PROJECT / "sql"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SUITES, tmp_path / "expectations")
    return tmp_path / "expectations"


def test_every_table_has_its_suite():
    tables = tables_of(SQL)
    assert len(tables["report"]) == 9
    assert "dim_region" in tables["dimension"]
    assert "central_share" in tables["indicator"]
    for group in GROUPS:
        assert {suite.name for suite in read_suites(SUITES, group)} == tables[group]


def test_no_expectation_of_a_kind_of_table_stands_twice():
    """What tables and columns share stands once; only how many rows there are may mean different things."""
    for group in ("report", "dimension", "indicator"):
        paths = [SUITES / "indicator.json"] if group == "indicator" else sorted((SUITES / group).glob("*.json"))
        names = {path.stem for path in paths}
        entries = json.loads((SUITES / "shared.json").read_text())["expectations"]
        declared = [entry for entry in entries if names & set(entry["meta"]["of"])]
        declared += [entry for path in paths for entry in json.loads(path.read_text())["expectations"]]
        asked = [
            json.dumps([entry["type"], entry["kwargs"]], sort_keys=True)
            for entry in declared
            if entry["type"] != ROW_COUNT
        ]
        assert len(asked) == len(set(asked)) > 20
    for suite in (one for group in GROUPS for one in read_suites(SUITES, group)):
        asked = [declared.identity for declared in suite.expectations]
        assert len(asked) == len(set(asked)), suite.name


def test_what_columns_are_expected_of_alike_is_asked_of_each():
    [figures] = [suite for suite in read_suites(SUITES, "report") if suite.name == "figures"]
    grades = [entry for entry in figures.expectations if entry.kwargs.get("value_set") == {"$PARAMETER": "grades"}]
    assert {entry.kwargs["column"] for entry in grades} > {"region_how", "period_how", "sureness"}
    assert {entry.text for entry in grades} >= {"Every region_how is a grade.", "Every sureness is a grade."}


def test_what_several_tables_share_names_tables_of_one_kind(folder):
    path = folder / "shared.json"
    shared = json.loads(path.read_text())
    shared["expectations"][0]["meta"]["of"] = ["claims", "dim_unit"]
    path.write_text(json.dumps(shared))
    assert validate_suites(folder, SQL) == [
        "expectations/shared.json: expectation 1: `of` must name several tables or columns of one folder"
    ]


def test_an_indicator_is_asked_what_it_declares():
    suites = {suite.name: suite for suite in read_suites(SUITES, "indicator")}
    texts = {name: [entry.text for entry in suite.expectations] for name, suite in suites.items()}
    assert "A value is at most 100 %." in texts["central_share"]
    assert "A value is above 0 CNY/person." in texts["funds_per_poor_person"]
    assert not any("at least" in text for text in texts["central_growth"] if "multiplier" not in text)
    assert "Every row says what it is about, by a code that has a name." in texts["share_by_program"]
    assert "Every row says what it is about, by a code that has a name." not in texts["central_share"]
    assert "Every value rests on a second figure." not in texts["data_quality_index"]
    assert suites["central_share"].columns["possible_least"] == 0


@pytest.mark.parametrize("name", ["report/claims", "dimension/dim_region", "indicator"])
def test_a_table_without_a_suite_is_named(folder, name):
    (folder / f"{name}.json").unlink()
    assert validate_suites(folder, SQL) == [f"expectations/{name}.json: missing"]


@pytest.mark.parametrize("group", ["report", "dimension"])
def test_a_suite_without_a_table_is_named(folder, group):
    [first, *_] = sorted((folder / group).glob("*.json"))
    suite = json.loads(first.read_text())
    (folder / group / "moonlight.json").write_text(json.dumps(suite | {"name": "moonlight"}))
    assert validate_suites(folder, SQL) == [f"expectations/{group}/moonlight.json: no table of that name"]


def test_a_suite_in_no_folder_of_a_kind_is_named(folder):
    shutil.copyfile(folder / "report" / "funds.json", folder / "funds.json")
    assert validate_suites(folder, SQL) == ["expectations/funds.json: belongs in report/, dimension/, review/"]


@pytest.mark.parametrize(
    ("file", "spoil", "problem"),
    [
        (
            "indicator",
            {"type": "expect_column_mean_to_be_between", "kwargs": {"column": "value", "min_value": 0}},
            "speaks of a whole table",
        ),
        (
            "report/funds",
            {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}},
            "speaks of a whole table",
        ),
        (
            "indicator",
            {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "region_code"}},
            "with indicator among them",
        ),
        (
            "report/funds",
            {"type": "expect_compound_columns_to_be_unique", "kwargs": {"column_list": ["figure_id", "region"]}},
            "with report_id among them",
        ),
    ],
)
def test_what_cannot_be_told_apart_in_a_stack_is_named(folder, file, spoil, problem):
    path = folder / f"{file}.json"
    suite = json.loads(path.read_text())
    suite["expectations"].append(spoil | {"meta": {"severity": "error", "text": "A text."}})
    path.write_text(json.dumps(suite))
    [found] = validate_suites(folder, SQL)
    assert found.startswith(f"expectations/{file}.json: expectation {len(suite['expectations'])}: ")
    assert problem in found


def test_a_suite_under_another_name_is_named(folder):
    path = folder / "dimension" / "dim_unit.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"name": "dim_units"}))
    assert validate_suites(folder, SQL) == ["expectations/dimension/dim_unit.json: its name must be dim_unit"]


def test_severities_come_gravest_first():
    [checks] = [suite for suite in read_suites(SUITES, "report") if suite.name == "checks"]
    assert checks.severities == ("critical", "error", "warning")
