"""The places of the provinces on the map of tiles."""

import pytest

from pipelines.catalog import tiles as module
from pipelines.catalog.tiles import Tile, tiles
from pipelines.errors import CatalogError


@pytest.fixture
def other_file(tmp_path, monkeypatch):
    def use(text):
        path = tmp_path / "tiles.csv"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setattr(module, "_FILE", path)
        tiles.cache_clear()

    yield use
    tiles.cache_clear()


def test_provinces_lie_about_where_people_know_them():
    found = tiles()
    assert len(found) == 34
    north, south = found["230000"], found["460000"]
    west, east = found["650000"], found["310000"]
    assert north.row < found["110000"].row < found["360000"].row < south.row
    assert west.column < found["610000"].column < east.column


def test_a_diagonal_step_is_one():
    assert Tile("", 1, 1).distance(Tile("", 2, 2)) == 1
    assert Tile("", 1, 1).distance(Tile("", 1, 4)) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("code,row,column\n110000,1,1\n120000,1,1\n", "two provinces have the same place"),
        ("code,row,column\n110000,1,1\n", "not one tile for each province: 120000"),
        ("code,row\n110000,1\n", "cannot be read"),
    ],
)
def test_a_file_that_is_wrong_is_named(other_file, text, problem):
    other_file(text)
    with pytest.raises(CatalogError, match=rf"tiles\.csv: {problem}"):
        tiles()
