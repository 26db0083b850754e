import subprocess
import sys

import pytest

from pipelines.catalog.countries import countries, country_code, country_named


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cash transfers in Kenya, 2022", "KE"),
        ("KENYA 2022", "KE"),
        ("the Kenyan Treasury released", "KE"),
        ("the Philippine government", "PH"),
        ("Mexican households", "MX"),
        ("Report on South Sudan", "SS"),
        ("Guinea-Bissau, 2012", "GW"),
        ("Guinea, 2012", "GN"),
        ("Papua New Guinea", "PG"),
        ("Nigerian farmers", "NG"),
        ("Nigerien farmers", "NE"),
        ("Cote d’Ivoire, 2012", "CI"),
        ("Bosnia and Herzegovina", "BA"),
        ("Viet Nam", "VN"),
        ("the U.S. economy", "US"),
        ("cash in Jordan", "JO"),
        ("Jordan's north", "JO"),
        ("Jordan Smith gave money", ""),
        ("South Sudan and Sudan", ""),
        ("Kenya, Uganda and Tanzania", ""),
        ("Kenya got money from the UK and Sweden", "KE"),
        ("Zambia has more poor than Malawi", "ZM"),
        ("In Kenya 30 million Swedish kronor came", "KE"),
        ("5 million Mexican pesos", ""),
        ("US$5 million", ""),
        ("poor counties of New Mexico", ""),
        ("they turned to turkey farming", ""),
        ("肯尼亚现金补贴", "KE"),
        ("南苏丹2012年", "SS"),
        ("马里2012年减贫", "ML"),
        ("加纳2012年减贫", "GH"),
        ("增加纳税", ""),
        ("沿海地区", ""),
        ("内蒙古2012年", ""),
        ("日本援助肯尼亚", "KE"),
    ],
)
def test_the_one_country_that_a_text_names(text, code):
    found = country_named(text)
    assert (found.code if found else "") == code


def test_a_title_is_about_no_person():
    assert country_code("Georgia: social assistance", "", chinese_region=False) == "GE"
    assert country_code("", "Georgia Miller said", chinese_region=False) == ""


@pytest.mark.parametrize(
    ("title", "opening", "chinese_region", "code"),
    [
        ("Cash transfers in Kenya", "Money came from Sweden.", False, "KE"),
        ("Cash transfers, 2022", "In 2022 the Kenyan fund paid $5 million.", False, "KE"),
        ("江西省2011年扶贫", "美国捐赠500万美元", True, "CN"),
        ("2019年全国农村贫困监测", "农村贫困人口551万人。", False, "CN"),
        ("China poverty alleviation yearbook", "", False, "CN"),
        ("Cash transfers, 2022", "The fund paid $5 million.", False, ""),
    ],
)
def test_the_title_says_it_before_the_opening(title, opening, chinese_region, code):
    assert country_code(title, opening, chinese_region=chinese_region) == code


def test_countries_are_those_of_iso_3166():
    assert len(countries()) == 249
    assert countries().keys().isdisjoint({"EU", "UN", "XK", "ZZ"})
    assert (countries()["KE"].name_en, countries()["KE"].name_zh) == ("Kenya", "肯尼亚")


def test_the_library_of_names_waits_until_no_region_of_china_is_known():
    asked = (
        "import sys; from pipelines.catalog.countries import country_code; "
        "country_code('江西省', '', chinese_region=True); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
