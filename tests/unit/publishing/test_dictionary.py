"""The data dictionary and its picture say what the warehouse is; FUPIN_WRITE_DOCS=1 writes both anew."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ElementTree

import pytest

from pipelines.catalog.registry import registered_columns
from pipelines.publishing.dictionary import page, relations, star
from pipelines.publishing.star_picture import picture
from pipelines.settings import PROJECT, Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.load import load_versions

PAGE, PICTURE = PROJECT / "docs" / "data-dictionary.md", PROJECT / "docs" / "warehouse.svg"
UNCOMMENTED = """
SELECT schema_name, table_name FROM duckdb_tables() WHERE coalesce(comment, '') = ''
UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE coalesce(comment, '') = '' AND NOT internal
UNION ALL SELECT table_name, column_name FROM duckdb_columns() WHERE coalesce(comment, '') = '' AND NOT internal
UNION ALL SELECT schema_name, function_name FROM duckdb_functions()
WHERE coalesce(comment, '') = '' AND NOT internal AND database_name = current_database()
"""


@pytest.fixture(scope="module")
def found():
    return relations(Settings())


def test_page_and_picture_are_as_written(found):
    written = {PAGE: page(found), PICTURE: picture(star(found))}
    for path, text in written.items():
        if os.environ.get("FUPIN_WRITE_DOCS"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text


def test_the_picture_shows_every_fact_with_its_dimensions(found):
    names = {
        text.text for text in ElementTree.fromstring(picture(star(found))).iter("{http://www.w3.org/2000/svg}text")
    }
    assert {one.name for one in found if one.schema == "core" and one.name.startswith("fact_")} <= names
    assert {relation.name for relation in found if relation.name.startswith("dim_")} <= names
    assert star(found)["fact_fund"][:3] == ("fact_figure", "dim_report", "dim_region")


def test_keys_refer_to_their_dimension_by_the_part_they_play(found):
    columns = {(relation.name, column.name): column for relation in found for column in relation.columns}
    assert columns["dim_region", "region_key"].is_key
    assert columns["figure_period", "base_period_key"].refers_to == "dim_period"
    assert columns["version_event", "current_version_key"].refers_to == "dim_report"
    assert columns["fact_fund", "amount_cny"].refers_to == ""
    assert columns["fact_fund", "amount_cny"].unit == "CNY"


def test_every_described_column_exists_and_every_twin_is_marked(found):
    names = {column.name for relation in found for column in relation.columns}
    assert registered_columns().keys() - names == set()
    twins = {relation.name for relation in found if relation.has_twin}
    assert {"central_share", "selected_figure", "current_figure", "revisions"} <= twins
    assert not {"dim_region", "fact_figure", "failing"} & twins


@pytest.mark.usefixtures("begun")
def test_everything_in_a_warehouse_has_a_comment_also_after_a_second_load(settings):
    load_versions(settings, ())
    with open_warehouse(settings) as connection:
        assert connection.execute(UNCOMMENTED).fetchall() == []
        connection.execute("COMMENT ON COLUMN core.fact_fund.amount_cny IS NULL")
        connection.execute("CREATE VIEW core.unsaid AS SELECT 1 AS one")
        assert ("fact_fund", "amount_cny") in connection.execute(UNCOMMENTED).fetchall()
        assert ("core", "unsaid") in connection.execute(UNCOMMENTED).fetchall()
