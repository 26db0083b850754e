import pytest

from pipelines.catalog.regions import regions_called
from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.places import places_in
from pipelines.meaning.resolve import resolve
from tests.helpers import document, meanings, table


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
    assert (meaning.region.code, meaning.region.how) == ("360732", "named")


def test_figures_of_several_places_stay_with_the_province():
    [(_, meaning)] = meanings("In Xingguo and Yudu 30 villages joined.")
    assert (meaning.region.code, meaning.region.how) == ("360000", "opened")


def test_a_name_that_two_places_bear_is_no_guess():
    [(_, meaning)] = meanings("In Ji'an 30 villages joined.")
    assert meaning.region == ("unknown", "unknown", "several are named: Ji'an")


@pytest.mark.parametrize(
    ("text", "title", "regions"),
    [
        ("投入资金500万元，其中上海方面对口帮扶100万元，玉溪市援助50万元。", "云南省德钦县2014年扶贫", {"533422"}),
        ("兴国县投入500万元，比宁都县多100万元。", "江西省2011年扶贫", {"360732"}),
        ("In Xingguo County 30 villages joined, more than in Ningdu County.", "Report of Jiangxi, 2011", {"360732"}),
    ],
)
def test_a_place_that_helps_or_is_compared_with_is_not_what_a_figure_is_about(text, title, regions):
    assert {meaning.region.code for _, meaning in meanings(text, title)} == regions


def test_a_province_that_helps_is_no_region_of_a_column():
    source = table([["乡镇", "江苏对口帮扶资金（元）"], ["甲镇", "500"]], "陕西省镇坪县2016年扶贫资金")
    identity = identify(source)
    [meaning] = resolve(source, identity, read_figures(source))
    assert meaning.region.code == "610927"


def test_a_county_reports_own_province_is_no_helper():
    found = meanings("云南省给予500万元。", "云南省德钦县2014年扶贫")
    assert [meaning.source.code for _, meaning in found] != ["social"]


def test_a_report_from_abroad_has_no_places_of_china():
    identity = identify(document("In Gan County roads were built.", "Cash transfers in Kenya, 2022"))
    assert identity.region.code == "KE"
    assert places_in("In Gan County roads were built.", identity).hits == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # short names that label numbers side by side are places of the report's own region; one alone may be a word
        ("兴国42个村，于都38个村。", ["360732", "360731"]),
        ("新建42个村。", []),
        ("兴国、于都、宁都三县合计118个村。", ["360732", "360731", "360730"]),
    ],
)
def test_short_names_that_label_numbers(text, found):
    assert codes(text, "江西赣州市2011年") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Xingguo, Yudu and Ningdu, which were audited in May, got 12, 14 and 19 million yuan respectively.",
            ["360732", "360731", "360730"],
        ),
        (
            "Xingguo, with 12 million yuan, stood behind Yudu, where 14 million yuan lay idle.",
            ["360732", "360731"],
        ),
    ],
)
def test_places_in_order_and_of_relative_clauses(text, found):
    assert [meaning.region.code for _, meaning in meanings(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("审计了兴国、于都、宁都三县。三县分别收到3亿元、4亿元和5亿元。", ["360732", "360731", "360730"]),
        ("三县分别收到3亿元、4亿元和5亿元。", ["unknown"] * 3),
        ("兴国县、于都县和宁都县最多，依次为61公里、70公里、55公里。", ["360732", "360731", "360730"]),
        ("兴国县虽然基数小，也有390人。", ["360732"]),
        ("于都县有5个村。兴国县和于都县一样多，而于都只有390人。", ["360731", "360731"]),
        ("兴国县规划120户、入住90户，于都县规划80户、入住60户。", ["360732", "360732", "360731", "360731"]),
    ],
)
def test_places_in_turn_and_those_that_label_a_clause(text, found):
    report = document(text, "江西赣州市2011年扶贫工作", section="")
    reading = read_figures(report)
    told = resolve(report, identify(report), reading)
    wanted = [m.region.code for f, m in zip(reading.figures, told, strict=True) if f.unit != "county"]
    assert wanted == found


def test_a_name_that_two_places_bear_is_none():
    # 东乡县 of Jiangxi, and the Dongxiang autonomous county, which is named by its people alone
    assert len(regions_called("东乡县", 2014)) == 2
