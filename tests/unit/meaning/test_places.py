import pytest

from pipelines.meaning.identify import identify
from pipelines.meaning.places import places_in
from tests.helpers import document, meanings


def codes(text, title="Report of Jiangxi, 2011"):
    return [hit.payload for hit in places_in(text, identify(document("x", title))).hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In Gan County roads were built.", ["360721"]),
        ("Xingguo and Yudu tried it.", ["360732", "360731"]),
        ("Ji'an City and Ji'an County", ["360800", "360821"]),
        ("In Ji'an roads were built.", [""]),
        ("兴国县修路", ["360732"]),
        ("在兴国、于都修路", ["360732", "360731"]),
        ("新建学校", []),
        ("they gan well", []),
        ("XINGGUO, December", []),
        ("In Nanjing City", []),
    ],
)
def test_places_of_the_province(text, found):
    assert codes(text) == found


def test_the_code_is_that_of_the_year():
    assert codes("新建县", "江西 2011") == ["360122"]
    assert codes("新建区", "江西 2016") == ["360112"]


def test_a_figure_belongs_to_the_one_place_of_its_clause():
    [(_, meaning)] = meanings("In Xingguo County 30 villages joined.")
    assert (meaning.region.code, meaning.region.how) == ("360732", "phrase")


def test_figures_of_several_places_stay_with_the_province():
    [(_, meaning)] = meanings("In Xingguo and Yudu 30 villages joined.")
    assert (meaning.region.code, meaning.region.how) == ("360000", "title")


def test_a_name_that_two_places_bear_is_no_guess():
    [(_, meaning)] = meanings("In Ji'an 30 villages joined.")
    assert (meaning.region.code, meaning.region.how, meaning.region.text) == ("unknown", "several_named", "Ji'an")
