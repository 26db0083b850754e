"""Which period a figure speaks of, by where the year stands."""

import pytest

from pipelines.meaning.identify import identify
from pipelines.meaning.period_codes import printed_period
from pipelines.meaning.periods import mentions
from tests.helpers import document, meanings

ENGLISH = "Poverty work in Gansu, 2014"
CHINESE = "甘肃省2014年扶贫工作"


def _periods(text, title, section="Overview"):
    return [printed_period(meaning.period.code) for _, meaning in meanings(text, title, section)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("On 30 September 2013 the scheme", [("Y2013", "year")]),
        ("in the first half of 2014", [("Y2014", "year")]),
        ("in FY2018/19", [("Y2018_2019", "year")]),
        ("in 2018/2019", [("Y2018_2019", "year")]),
        ("in 2018- 19", [("Y2018_2019", "year")]),  # a line was broken there
        ("in 2018-2019", [("Y2018_2019", "span")]),
        ("市场2016年价值达3亿元", [("Y2016", "year")]),
        ("按2016年价格计算", []),
        ("in 2006-10", [("Y2006_2010", "span")]),
        ("by 2050", [("Y2050", "year")]),
        ("in 2009 and 2010", [("Y2009_2010", "span")]),
        ("the standard (2010 prices)", []),
        ("last year", [("unknown", "vague")]),  # nobody tells when it was said
        ("over the past five years", [("unknown", "vague")]),
        ("at the end of the 12th Five-Year Plan", [("ASOF_20151231", "as_of")]),
        ("从2011年算起，到2013年底", [("Y2011_2013", "span")]),
        ("2016年1-6月", [("Y2016", "year")]),
        ("比上年增长", [("Y2013", "base")]),
        ("2013年3月5日印发", []),
        ("近年来", [("unknown", "vague")]),
        ("十二五末", [("ASOF_20151231", "as_of")]),
    ],
)
def test_words_of_a_period(text, named):
    assert [(mention.code, mention.kind) for mention in mentions(text, report_year=2014)] == named


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # a fiscal year is where a year is
        ("It spent 7 million yuan in FY2012 and 9 million yuan in FY2013.", ["2012", "2013"]),
        ("Outlays doubled from 4 million yuan in FY2009, to 8 million yuan in FY2012.", ["2009", "2012"]),
        # a year stands with its number
        ("The poor were 5.1 million when 2005 ended and 4.2 million when 2012 ended.", ["2005", "2012"]),
        ("Spending rose from 310 million yuan in 2005 to 1.27 billion yuan.", ["2005", "2014"]),
        ("The rate was 8.2% (2010) and is 1.3% today.", ["2010", "2014"]),
        ("Income was 4,100 yuan, against 3,900 yuan in the year before.", ["2014", "2013"]),
        ("They trained 42 and 55 teachers in 2012 and 2013 respectively.", ["2012", "2013"]),
        ("They built 30 wells and 8 bridges in 2012.", ["2012", "2012"]),
        ("The first batch, 12 million yuan, came in 2012; the second, 15 million yuan, in 2013.", ["2012", "2013"]),
        ("The office plans to finish 310 villages by 2016.", ["2016"]),
        ("Next year 400 km of roads will be built.", ["2015"]),
        # an opening holds until another one
        ("In 2012 roads of 81 km were built. It dug 96 wells. In 2013, 7 followed.", ["2012", "2012", "2013"]),
        ("From 2006 to 2010 they spent 4.2 billion yuan. Another 2,400 villages were finished.", ["2006-2010"] * 2),
        ("Since 2001, 3.1 million people have left poverty, 410,000 of them in 2014.", ["2001-2014", "2014"]),
        # what dates something else holds for nothing
        ("The fund, founded in 2009, lent 31 million yuan.", ["2014"]),
        ("The outline (2011-2020) names 39 counties.", ["2014"]),
        ("Over the decade 1.9 million people left poverty.", [""]),
        ("The subsidy rose from 1,500 yuan to 2,000 yuan per household.", ["", "2014"]),
    ],
)  # fmt: skip
def test_a_year_in_english(text, periods):
    assert _periods(text, ENGLISH) == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("贫困人口由2012年的512万人减少到417万人。", ["2012", "2014"]),
        ("2012年和2013年分别脱贫120万人、123万人。", ["2012", "2013"]),
        ("2011年至2013年分别投入3亿元、4亿元和6亿元，共投13亿元。", ["2011", "2012", "2013", "2011-2013"]),
        ("2012年和2013年共投入3.8亿元。", ["2012-2013"]),
        (
            "规划期（2010—2012年）内修路90公里，三年分别修20公里、30公里和40公里。",
            ["2010-2012", "2010", "2011", "2012"],
        ),
        ("人均纯收入2940元（2010年），全省为5789元。", ["2010", "2014"]),
        ("贫困发生率4.1%，去年为5.2%。", ["2014", "2013"]),
        ("3个县将于2015年摘帽，2个县到2016年摘帽。", ["2015", "2016"]),
        ("2012年，修建公路812公里。培训劳动力3.2万人。", ["2012", "2012"]),
        ("2010年起，累计培训教师2100人。", ["2010-2014"]),
        ("2009年成立的协会发放借款3100万元。", ["2014"]),
        ("印发2013年考评文件，抽调28人。", ["2014"]),
        ("近年来投入不断加大。全年投入9.1亿元。", ["2014"]),
        ("“十一五”期间完成2100个村；“十二五”期间规划3400个村。", ["2006-2010", "2011-2015"]),
    ],
)
def test_a_year_in_chinese(text, periods):
    assert _periods(text, CHINESE) == periods


def test_the_heading_dates_what_stands_under_it():
    [(_, meaning)] = meanings("The region plans to train 40,000 people.", ENGLISH, "Goals for 2015")
    assert meaning.period[:2] == ("Y2015", "opened")


@pytest.mark.parametrize(
    ("title", "text", "period"),
    [
        ("Sichuan Yearbook 2013", "The province paid 5 million yuan.", "Y2012"),
        ("Sichuan Yearbook 2013", "In 2013 the province paid 5 million yuan.", "Y2013"),
        ("四川年鉴2013", "全省投入5亿元。", "Y2012"),
        ("Summary of 2012 and plan for 2013", "They paid 5 million yuan.", "Y2012"),
        ("2012年工作总结及2013年工作安排", "投入5亿元。", "Y2012"),
        ("扶贫工作", "与2011年相比，2012年投入5亿元。", "Y2012"),
    ],
)
def test_the_period_of_a_report(title, text, period):
    assert identify(document(text, title)).period.code == period


def test_what_stands_before_the_only_year_of_a_report_is_not_dated():
    assert _periods("It has 66,400 square kilometers. In 2012 it spent 5 million yuan.", "Land and people") == [
        "",
        "2012",
    ]
