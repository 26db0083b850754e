"""Places of texts about the whole country, the town that opens a report, and years that stand in lines of their own."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from pipelines.reading.read import read_document


@pytest.fixture
def meanings(tmp_path):
    """What each figure of a plain text is about."""

    def of(text: str):
        path = tmp_path / "news.txt"
        path.write_text(text, encoding="utf-8")
        document = read_document(path, path.name, 10**6)
        return resolve(document, identify(document), read_figures(document))

    return of


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("全国要闻\n5月，贵州毕节市赫章县发生滑坡，造成4人受伤。", ["520527"]),
        ("全国要闻\n甘肃定西市今年搬迁3200人，青海搬迁1100人。", ["621100", "630000"]),
        ("全国要闻\n赫章县搬迁3200人。", ["unknown"]),  # without its province it may be another one
    ],
)
def test_a_county_is_known_by_the_province_before_it(meanings, text, codes):
    assert [meaning.region.code for meaning in meanings(text)] == codes


def test_a_prefecture_that_opens_a_text_is_no_county_that_follows_it(meanings):
    text = "三月的毕节春意浓，毕节今年培训4100人。在毕节市赫章县，9个村修了路。"
    assert [meaning.region.code for meaning in meanings(text)] == ["520500", "520527"]


def test_what_follows_a_line_with_a_year_is_of_that_year(meanings):
    text = "治沙三十年\n1996年\n全县造林12万亩，飞播3万亩，封山育林5万亩。\n2014年\n全县脱贫4100人，搬迁960户到新村。"
    assert [meaning.period.code for meaning in meanings(text)] == ["Y1996"] * 3 + ["Y2014"] * 2


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kenya: annual report 2017\n\nIn Turkana County 41,200 households got cash.", ["unknown"]),
        ("Kenya: annual report 2017\n\nIn all, 41,200 households got cash.", ["KE"]),
        ("Kenya: report of Turkana County, 2017\n\nIn Turkana County 41,200 households got cash.", ["KE"]),
    ],
)
def test_a_place_within_another_country_is_not_all_of_it(meanings, text, codes):
    assert [meaning.region.code for meaning in meanings(text)] == codes


def test_a_number_that_another_one_came_up_from_is_not_of_the_year_of_that(meanings):
    found = meanings("Kenya: annual report 2017\n\nBy 2016 there were 190,000 users, up from 145,000.")
    assert [meaning.period.code for meaning in found] == ["Y2016", "unknown"]


def test_a_plan_of_a_year_to_come_has_that_year_beside_what_was_done(meanings):
    found = meanings("云安县2016年总结\n\n计划2017年减贫1.5万人，目前已完成9800人，占计划的65.3%。")
    assert [meaning.period.code for meaning in found] == ["Y2017", "Y2016", "Y2016"]
