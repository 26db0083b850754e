"""Declared indicators: each kind has a template, each statement is tidy, and what is malformed is named."""

from __future__ import annotations

import pytest
import sqlfluff
import yaml

from pipelines.catalog import indicators as module
from pipelines.catalog.indicators import KINDS, indicator_problems, indicators
from pipelines.errors import CatalogError
from pipelines.settings import PROJECT
from pipelines.warehouse.indicators import forget_statements, indicator_statements

TEMPLATES = PROJECT / "sql" / "templates"
RATIO = {
    "code": "lottery_share",
    "title": {"en": "Share of the lottery", "zh": "彩票公益金占比"},
    "tells": {"en": "weight of the lottery", "zh": "彩票公益金的比重"},
    "kind": "ratio",
    "of": {"name": "lottery funds", "name_zh": "金额", "source": "lottery"},
    "to": {"name": "total funds", "name_zh": "金额"},
    "unit": "%",
}


@pytest.fixture
def declare(tmp_path, monkeypatch):
    """Replaces the file of declarations by one with other entries."""

    def declared(*entries):
        (tmp_path / "indicators.yml").write_text(yaml.safe_dump(list(entries), allow_unicode=True))
        monkeypatch.setattr(module, "FOLDER", tmp_path)
        indicators.cache_clear()
        forget_statements()

    yield declared
    monkeypatch.undo()
    indicators.cache_clear()
    forget_statements()


def test_every_kind_has_a_template_and_is_used():
    assert {path.name.partition(".")[0] for path in TEMPLATES.iterdir()} == set(KINDS) - {"sql"}
    assert {one.kind for one in indicators().values()} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"sql"}))
def test_what_a_template_makes_is_linted(kind):
    name = next(one.code for one in indicators().values() if one.kind == kind)
    statement = next(one for one in indicator_statements(PROJECT / "sql" / "indicators") if one.name == name)
    found = sqlfluff.lint(f"{statement.sql};\n", config_path=str(PROJECT / "pyproject.toml"))
    assert [(one["code"], one["start_line_no"], one["description"]) for one in found] == []


def test_all_declarations_name_codes_that_there_are():
    assert indicator_problems() == []


def test_a_code_that_no_catalogue_has_is_named(declare):
    declare(RATIO | {"of": {"name": "gold", "name_zh": "金额", "program": "road_of_gold", "source": "moon"}})
    assert indicator_problems() == [
        "catalog/indicators.yml: lottery_share: no program road_of_gold",
        "catalog/indicators.yml: lottery_share: no source moon",
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "quotient"}, "lottery_share.kind: Input should be"),
        ({"colour": "red"}, "lottery_share.colour: Extra inputs"),
        ({"to": None}, "lottery_share: Value error, of and to are needed by"),
        ({"kind": "difference", "of": None, "to": None}, "of_measure is needed by the kind difference"),
        ({"kind": "progress"}, "a progress compares two stages"),
        ({"title": {"en": "Share"}}, "lottery_share.title.zh: Field required"),
    ],
)
def test_a_malformed_declaration_is_named(declare, change, problem):
    declare(RATIO | change)
    with pytest.raises(CatalogError, match=r"catalog/indicators\.yml: ") as raised:
        indicators()
    assert problem in str(raised.value)


def test_a_code_that_stands_twice_is_named(declare):
    declare(RATIO, RATIO)
    with pytest.raises(CatalogError, match="lottery_share: stands twice"):
        indicators()


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([RATIO], "sql/indicators/data_quality_index.sql: has no entry in catalog/indicators.yml"),
        (
            [RATIO | {"code": "data_quality_index"}],
            "sql/indicators/data_quality_index.sql: catalog/indicators.yml says kind ratio",
        ),
    ],
)
def test_a_file_that_does_not_fit_its_declaration_is_named(declare, entries, problem):
    declare(*entries)
    with pytest.raises(CatalogError, match=problem):
        indicator_statements(PROJECT / "sql" / "indicators")


def test_a_declaration_without_its_file_is_named(declare):
    own = [
        one
        for one in yaml.safe_load((PROJECT / "pipelines/catalog/indicators.yml").read_text())
        if one["kind"] == "sql"
    ]
    declare(*own, {name: RATIO[name] for name in ("title", "tells", "unit")} | {"code": "moonlight", "kind": "sql"})
    with pytest.raises(CatalogError, match=r"moonlight: kind sql, but there is no sql/indicators/moonlight\.sql"):
        indicator_statements(PROJECT / "sql" / "indicators")
