"""Layout files: what ships is sound, and what is malformed is named with its file and entry."""

import pytest

from pipelines.catalog.layouts import layouts, read_layout
from pipelines.errors import CatalogError

GOOD = """
description: Funds by county
match: {report: "funds*.csv"}
labels: [{header: County, dimension: region}]
values: [{header: Central, source: central, unit: CNY, scale: 10000}]
"""


def written(tmp_path, text):
    path = tmp_path / "office.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_layouts_are_sound():
    assert [layout.name for layout in layouts()] == ["county_funds_en", "county_funds_zh"]


def test_a_layout_is_named_after_its_file(tmp_path):
    layout = read_layout(written(tmp_path, GOOD))
    assert layout.name == "office"
    assert layout.values[0].codes == (("source", "central"),)


@pytest.mark.parametrize("unit", ["KES", "KES/person", "km"])
def test_units_are_those_of_the_catalogue_and_all_currencies(tmp_path, unit):
    assert read_layout(written(tmp_path, GOOD.replace("unit: CNY", f"unit: {unit}"))).values[0].unit == unit


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("header: Central", "head: Central", "values.0.header: Field required"),
        ("source: central", "source: centre", "values Central: source centre is no code"),
        ("unit: CNY", "unit: yuan", "values Central: unit yuan is no code"),
        ("scale: 10000", "scale: 0", "values.0.scale: Input should be greater than 0"),
        ("dimension: region", "dimension: place", "labels.0.dimension: Input should be"),
        ("dimension: region", 'dimension: region, codes: {Xingguo: "36"}', "labels County: region 36 is no code"),
        ('{report: "funds*.csv"}', "{sheet: Data}", "match: Value error, must name a report"),
        ("description: Funds by county", "description: Funds\ncolour: red", "colour: Extra inputs are not permitted"),
        ("description: Funds by county", 'description: Funds\ndecimal: ","\nthousands: ","', "must differ"),
        (GOOD, "- a list", "must map the fields"),
        (GOOD, "a: [", "office.yml"),
    ],
)
def test_what_is_malformed_is_named(tmp_path, old, new, cause):
    assert old in GOOD
    with pytest.raises(CatalogError) as caught:
        read_layout(written(tmp_path, GOOD.replace(old, new)))
    assert "office.yml" in str(caught.value)
    assert cause in str(caught.value)
    assert "\n" not in str(caught.value)
