"""A unit line that lists several units: a column has the one that its header is about, or none."""

import pytest

from pipelines.figures.tables.read import read_tables
from tests.helpers import table


def read(rows, caption=""):
    return {figure.locator.cell: figure for figure in read_tables(table(rows, caption), 1).figures}


@pytest.mark.parametrize(
    ("line", "header", "unit", "value"),
    [
        ("单位：万元、公顷、万人", "奖补资金", "CNY", 70_000),
        ("单位：万元、公顷、万人", "造林面积", "hectare", 7),
        ("单位：万元、公顷、万人", "受益人口", "person", 70_000),
        ("Units: kg; CHF; households", "Weight of seed", "kg", 7),
        ("Units: kg; CHF; households", "Sum spent", "CHF", 7),
        ("Units: kg; CHF; households", "Herders", "person", 7),
        ("Units: million CHF; kg; thousand households", "Sum spent", "CHF", 7_000_000),
        ("单位：个、万元", "互助社", "organisation", 7),
        ("单位：%、万元", "贴息", "CNY", 70_000),
    ],
)
def test_the_unit_of_a_column_is_the_listed_one_that_its_header_is_about(line, header, unit, value):
    found = read([[line], ["地点", header], ["甲", "7"], ["乙", "9"]])["B3"]
    assert (found.unit, found.value) == (unit, value)


@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("单位：元、只、公顷", "防疫药品"),
        ("Units: USD, km, number", "Rural tracks"),
        ("Units: USD, km, number", "Feeder roads"),
        ("Units: USD, EUR", "Amount"),
    ],
)
def test_where_no_word_tells_which_of_the_listed_units_it_is_none_is_taken(line, header):
    found = read([[line], ["Place", header], ["A", "7"], ["B", "9"]])["B3"]
    assert (found.unit, found.value) == ("unknown", 7)
    assert "lists several" in dict(found.decided_by)["unit"]


def test_rows_pick_the_listed_unit_where_the_columns_are_years():
    found = read([["单位：万元、公里"], ["指标", "2015年", "2016年"], ["下达经费", "3", "4"], ["渠道长度", "5", "6"]])
    assert [(found[cell].unit, found[cell].value) for cell in ("B3", "C4")] == [("CNY", 30_000), ("km", 6)]


def test_the_units_that_brackets_of_a_title_list_are_those_of_the_table():
    caption = "Table 3. Relief by ward, all partners together, first round (Units: tonnes, million GNF)"
    found = read([["Ward", "Harvest", "Cash"], ["A", "7", "9"], ["B", "8", "9"]], caption)
    assert (found["B2"].unit, found["C2"].unit, found["C2"].value) == ("tonne", "GNF", 9_000_000)


def test_payers_below_a_header_of_money_have_the_money_of_the_list():
    rows = [
        ["项目", "资金来源", "", "受益户"],
        ["", "省级", "自筹", ""],
        ["甲", "7", "2", "30"],
        ["乙", "8", "1", "41"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (2, 1)}
    source = table(rows, "水利项目 单位：万元、户", spans)
    found = {figure.locator.cell: figure for figure in read_tables(source, 1).figures}
    assert [(found[cell].unit, found[cell].value) for cell in ("B3", "C3", "D3")] == [
        *(("CNY", 70_000), ("CNY", 20_000)),
        ("household", 30),
    ]


def test_columns_without_a_unit_that_make_up_one_have_its_unit():
    found = read([["Site", "Outlay (CHF)", "Canton", "Bund"], ["A", "97", "71", "26"], ["B", "88", "44", "44"]])
    assert {figure.unit for figure in found.values()} == {"CHF"}


def test_a_unit_with_a_stroke_in_a_list_is_one():
    found = read([["项目", "2015年", "升幅"], ["粮食", "310", "2.5"], ["蔬菜", "90", "3.1"]], "收成 单位：公斤/人、%")
    assert (found["B2"].unit, found["C2"].unit) == ("kg/person", "%")


def test_a_column_that_may_be_the_share_of_a_list_is_of_no_unit():
    rows = [["Region", "Poor 2015", "Incidence 2015"], ["A", "31.5", "2.5"], ["B", "9", "3.1"]]
    found = read(rows, "Number of poor (millions) and incidence (%)")
    assert (found["B2"].unit, found["B2"].value) == ("person", 31_500_000)
    assert (found["C2"].unit, found["C2"].value, found["C2"].additive) == ("unknown", 2.5, False)


def test_a_scale_of_money_that_is_not_known_scales_no_people():
    rows = [["Zone", "Ménages", "Montant"], ["A", "310", "2,5"], ["B", "90", "3,1"]]
    found = read(rows, "Appuis (en millions de livres)")
    assert (found["B2"].unit, found["B2"].value, found["C2"].value) == ("household", 310, 2_500_000)


def test_a_bare_scale_scales_people():
    found = read([["Zone", "Households", "Wells"], ["A", "310", "2"], ["B", "90", "3"]], "Served in 2016 (thousands)")
    assert found["B2"].value == 310_000


@pytest.mark.parametrize("words", ["CHF million (net; of 2010)", "en milliers de F CFA"])
def test_money_before_a_remark_or_with_a_blank_in_it(words):
    title = f"Paid out by giver, {words}" if words.startswith("CHF") else f"Dons ({words})"
    found = read([["Giver", "2015", "2016"], ["A", "310", "290"], ["B", "90", "80"]], title)
    assert found["B2"].value in (310_000_000, 310_000)
