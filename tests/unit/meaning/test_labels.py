"""What labels tell below headers that say what they name."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.labels import told_by
from pipelines.meaning.places import place_called
from pipelines.meaning.resolve import resolve
from tests.helpers import table


def codes(*labels, home="360000", year=2011):
    told = told_by(labels, home, year)
    return {name: decision.code for name, decision in told.decisions.items()}, " > ".join(
        label for _, label in told.unknown
    )


@pytest.mark.parametrize(
    ("label", "kind", "within", "code"),
    [
        ("Xingguo County", "county", "360000", "360732"),
        ("xingguo", "county", "360000", "360732"),
        ("Gan", "county", "360000", "360721"),
        ("兴国", "county", "360000", "360732"),
        # one name, two levels: the header tells which
        ("Ji'an", "county", "360000", "360821"),
        ("Ji’an", "prefecture", "360000", "360800"),
        # of the whole country, where only one place bears the name
        ("东城区", "county", "", "110101"),
        ("朝阳区", "county", "", ""),
        ("Chaoyang District, Beijing", "county", "", "110105"),
        ("北京市朝阳区", "county", "", "110105"),
        ("Xingguo County", "county", "430000", ""),
        # a county of the row's prefecture
        ("Chaoyang District", "county", "220100", "220104"),
        ("Jilin", "province", "", "220000"),
        ("Jilin", "prefecture", "", "220200"),
        ("Inner Mongolia", "region", "", "150000"),
        ("围场县", "county", "130000", "130828"),
        ("丰宁", "county", "130000", "130826"),
        ("延边州", "region", "", "222400"),
        ("Nowhere County", "county", "360000", ""),
        ("", "county", "360000", ""),
    ],
)
def test_a_label_is_the_name_of_a_place(label, kind, within, code):
    assert place_called(label, kind, within, 2011) == code


@pytest.mark.parametrize(
    "label",
    [
        "宁 都 县",
        "宁　都　县",
        "寧都縣",
        "宁都县*",
        "宁都县①",
        "宁都县（注2）",
        "宁都县【2】",
        "宁都县注1",
        "1、宁都县",
        "（一）宁都县",
        "赣州市宁都县",
        "江西省赣州市宁都县*",
        "Ningdu 1)",
        "Ningdu [2]",
        "Ningdu (a)",
        "Ningdu†",
        "Ningdu¹",
        "Ningdu County **",
        "1. Ningdu",
        "Ningdu, Ganzhou",
    ],
)
def test_marks_spaces_and_the_prefecture_take_nothing_away_from_a_name(label):
    assert place_called(label, "county", "360000", 2011) == "360730"


def test_the_name_is_that_of_the_year():
    assert place_called("密云县", "county", "110000", 2011) == "110228"
    assert place_called("密云区", "county", "110000", 2016) == "110118"
    assert place_called("密云县", "county", "110000", 2016) == ""


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Central", "central"),
        ("Central and provincial", "central+provincial"),
        ("City and county", "city_county"),
        ("Social", "social"),
        ("其中：中央", "central"),
        ("Central total", "central"),
        ("社会资金", "social"),
        ("Lottery public welfare fund", "lottery"),
    ],
)
def test_a_source_is_the_one_that_its_label_names(label, code):
    assert codes(("source", label)) == ({"source": code}, "")


@pytest.mark.parametrize("label", ["Central, loans", "Bonds of the company", "Unknown"])
def test_a_source_that_no_catalogue_knows_is_an_item_and_not_a_total(label):
    assert codes(("source", label)) == ({"source": "unknown"}, label)


def test_a_program_is_not_mistaken_for_the_source_beside_it():
    labels = (("county", "Xingguo County"), ("program", "Mutual funds"), ("source", "Loans"))
    assert codes(*labels) == ({"region": "360732", "program": "mutual_funds", "source": "loans"}, "")


def test_a_label_may_call_a_program_by_its_name():
    assert codes(("program", "Other")) == ({"program": "other"}, "")


def test_a_total_names_no_member():
    assert codes(("program", "Total"), ("source", "合计"), ("county", "Total")) == (
        {"program": "all", "source": "unknown"},
        "",
    )


def test_a_subtotal_names_what_it_is_of():
    assert codes(("county", "Xingguo County total"), ("program", "Relocation subtotal")) == (
        {"region": "360732", "program": "relocation"},
        "",
    )


def test_a_county_is_looked_for_in_the_province_of_its_row():
    assert codes(("county", "Yongshun"), ("province", "Hunan"), home="unknown") == ({"region": "433127"}, "")


def test_an_unknown_county_is_an_item_of_its_province():
    assert codes(("province", "Hunan"), ("county", "Nowhere"), home="unknown") == ({"region": "430000"}, "Nowhere")


def test_a_program_that_is_not_known_is_left_to_the_caption():
    assert codes(("program", "Lot 7")) == ({}, "Lot 7")


@pytest.mark.parametrize(
    ("label", "program", "item"),
    [
        ("Relocation", "relocation", ""),
        ("Relocation of 40 houses in Shangfan", "relocation", "Relocation of 40 houses in Shangfan"),
        ("茶叶", "industrial", ""),
        ("上范村茶叶基地", "industrial", "上范村茶叶基地"),
        ("Total", "all", ""),
    ],
)
def test_a_project_is_an_item_of_its_program_unless_it_is_called_like_it(label, program, item):
    assert codes(("project", label)) == ({"program": program}, item)


@pytest.mark.parametrize(
    ("headers", "source"),
    [
        (("Central", "Provincial", "County"), "city_county"),
        (("中央", "省级", "县"), "city_county"),
        (("Central", "Loans", "County (yuan)"), "city_county"),
        (("Loans", "Total", "County"), "unknown"),
    ],
)
def test_a_level_of_offices_beside_givers_is_one(headers, source):
    rows = [["Project", *headers], ["Wells", "3", "4", "5"], ["Roads", "6", "7", "8"]]
    document = table(rows, "Investment (yuan)")
    reading = read_figures(document)
    found = resolve(document, identify(document), reading)
    assert [
        one.source.code for figure, one in zip(reading.figures, found, strict=True) if figure.locator.cell[0] == "D"
    ] == [source] * 2
