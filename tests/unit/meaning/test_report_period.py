"""The year that a whole report is of, where its opening tells several."""

import pytest

from tests.helpers import version

OPENINGS = {
    "2014年春，审计组检查了某县2011年至2013年的扶贫资金，抽查4个乡镇。": "Y2011_2013",
    "Auditors inspected in 2016 what four counties had spent from 2013 to 2015.": "Y2013_2015",
    "In 2011 the county spent 31 million yuan. In 2010 it was 24 million yuan.": "Y2011",
    "The project was approved in 2003 for 60 million yuan. It reached 41 villages.": "unknown",
    "The project, which was approved in 2003, reached 41 villages in 2008.": "unknown",
    "The number of the poor fell from 1.4 million in 2013 to 0.9 million in 2016.": "unknown",
    "Food became dearer after the drought of 2013. Some 31,000 people need help.": "unknown",
    "粮价在2013年大旱之后上涨，3.1万人需要救助。": "unknown",
    "Aid went to 3 villages in 2012 and to 4 villages in 2014.": "unknown",
    "The ministry aims to reach all by 2020. In 2015 it reached 31 villages, 4 more than planned.": "Y2015",
    "2016年，县里对照2011年至2015年规划，投入扶贫资金3100万元。": "Y2016",
    "2013年第7号\n2012年全县投入扶贫资金3100万元。": "Y2012",
}


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_report_is_of_the_year_that_its_opening_tells_of(tmp_path, opening):
    path = tmp_path / "report.txt"
    path.write_text(f"{opening}\n", encoding="utf-8")
    assert version(path).identity.period.code == OPENINGS[opening]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("截至2015年6月30日，脱贫3100人。", "ASOF_20150630"),
        ("截至2016年2月，脱贫3100人。", "ASOF_20160229"),
        ("到2014年底，脱贫3100人。", "ASOF_20141231"),
        ("As of 15 March 2013 some 310 families had moved.", "ASOF_20130315"),
        ("As of June 2013 some 310 families had moved.", "ASOF_20130630"),
    ],
)
def test_what_holds_as_of_a_day_says_which(tmp_path, text, code):
    path = tmp_path / "report.txt"
    path.write_text(f"{text}\n", encoding="utf-8")
    read = version(path)
    assert {meaning.period.code for meaning in read.meanings} == {code}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # who says "last year" says it in the year of the title, or of the day on which it was written
        ("2014年全县扶贫工作\n\n去年全县脱贫3100人。", "Y2013"),
        ("全县扶贫工作\n\n2014年3月5日，记者获悉，去年全县脱贫3100人。", "Y2013"),
        ("Work in 2014\n\nLast year 310 families had moved.", "Y2013"),
        ("全县扶贫工作\n\n2014年统计公报已经发布。去年全县脱贫3100人。", "unknown"),
        ("Work of the office\n\nThe figures of 2014 are out. Last year 310 families had moved.", "unknown"),
        ("全县扶贫工作\n\n2014年全县投入扶贫资金。上年全县脱贫3100人。", "Y2013"),
    ],
)
def test_last_year_is_of_the_day_on_which_it_was_said(tmp_path, text, code):
    path = tmp_path / "report.txt"
    path.write_text(f"{text}\n", encoding="utf-8")
    read = version(path)
    assert [meaning.period.code for meaning in read.meanings][-1] == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "2019年某县政府工作报告\n\n改造危房3100户。今年计划改造危房4100户。去年修路31公里。",
            ["unknown", "Y2019", "Y2018"],
        ),
        ("Budget Speech 2019\n\nThe state built 310 schools. It plans to build 410 schools.", ["unknown", "Y2019"]),
        ("2019年全县扶贫工作\n\n改造危房3100户。", ["Y2019"]),
    ],
)
def test_what_is_given_early_in_its_year_looks_back(tmp_path, text, codes):
    path = tmp_path / "report.txt"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert [meaning.period.code for meaning in version(path).meanings] == codes


@pytest.mark.parametrize(
    "text",
    [
        "Budget 2019-20\n\nIn 2018-19 the state spent 310 crore. Relief in the current year comes to 41 crore.",
        "Budget 2019-20\n\nIn 2018-19 the state spent 310 crore. This year it will spend 41 crore.",
    ],
)
def test_which_financial_year_this_year_is_nobody_says(tmp_path, text):
    path = tmp_path / "report.txt"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert [meaning.period.code for meaning in version(path).meanings][-1] == "unknown"
