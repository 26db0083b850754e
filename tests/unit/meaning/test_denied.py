"""What is denied, left out, or part of a name says nothing about a number."""

import pytest

from pipelines.figures.read import read_figures
from pipelines.meaning.identify import identify
from pipelines.meaning.resolve import resolve
from tests.helpers import document


def told(text, attribute, title):
    source = document(text, title=title)
    reading = read_figures(source)
    return " ".join(getattr(meaning, attribute).code for meaning in resolve(source, identify(source), reading))


@pytest.mark.parametrize(
    ("text", "attribute", "wanted"),
    [
        ("The village used 410,000 yuan for medicine rather than roads.", "program", "all"),
        ("The county spent money other than loans of 3 million yuan.", "source", "unknown"),
        ("除贷款外投入600万元。", "source", "unknown"),
        ("The county paid 3 million yuan from loans.", "source", "loans"),
        ("Funds of 4 million yuan were not yet allocated.", "stage", "unknown"),
        ("Funds of 4 million yuan were allocated.", "stage", "allocated"),
        ("安排资金600万元（不含贷款）。", "source", "unknown"),
        ("尚未拨付资金600万元，已拨付900万元。", "stage", "unknown allocated"),
        ("市水利技工学校发放助学金30万元。", "program", "all"),
    ],
)
def test_what_is_denied_or_in_a_name_is_no_attribute(text, attribute, wanted):
    title = "Poverty relief in Hunan, 2012" if text.isascii() else "湖南省2012年扶贫工作"
    assert told(text, attribute, title) == wanted


@pytest.mark.parametrize(
    ("text", "title", "wanted"),
    [
        ("In 2015 about 52,000 workers moved from Gansu to Xinjiang.", "Labour transfer from Gansu, 2015", "620000"),
        ("Tianjin helped the province with 73 million yuan in 2015.", "Poverty relief in Gansu, 2015", "620000"),
        ("2015年，工作考核列全国第5位，获奖金800万元。", "甘肃省2015年扶贫工作", "620000 620000"),
    ],
)
def test_where_people_go_who_helps_and_a_rank_are_no_region(text, title, wanted):
    assert told(text, "region", title) == wanted


def test_the_centre_gives_what_it_passes_down_to_the_province():
    title = "甘肃省2015年扶贫资金"
    assert told("中央财政下拨省扶贫资金7.2亿元，省财政安排2亿元。", "source", title) == "central provincial"


def test_a_numbered_part_is_of_the_chapter_of_its_number():
    text = (
        "\n1. Relocation\nIn 2012 12 villages moved.\n1.1 Money\nIn 2012 it took 5 million yuan."
        "\n2.1 Rain Plan\nIn 2012 it trained 900 people."
    )
    assert told(text, "program", "Poverty relief in Hunan, 2012") == "relocation relocation rain_plan"
