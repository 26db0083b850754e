"""What sentences say about their own numbers: a claim holds where one reading does, and fails where none can."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document

CLAIMS = [
    # right, and the same with one number moved
    ("Poverty fell from 47.2 percent to 38.9 percent, 8.3 percentage points.", "47.2", "32.9"),
    ("贫困发生率由29.8%下降至23.2%，降低6.6个百分点。", "6.6", "9.6"),
    ("雨露计划培训11260人，为省定任务10800人的104.3%。", "104.3", "196.1"),
    ("深圳投入3.86亿元，占67.2%；省直0.93亿元，占16.2%；本市0.95亿元，占16.6%。", "0.93", "2.63"),
    (
        "The cost was 192.4 million yuan: 98.7 million for roads, 74.5 million for wells, 19.2 million for the rest.",
        "74.5",
        "34.5",
    ),
    ("全镇贫困户596户。分三类看：低保户212户，五保户96户，一般户288户。", "212", "512"),
    ("The fund lent 21.5 million yuan, of which 13.2 million (61.4%) to women.", "61.4", "81.4"),
    ("投入资金9.6亿元，产业3.6亿元、道路4.8亿元、教育1.2亿元，占比分别为37.5%、50.0%、12.5%。", "50.0", "30.0"),
    ("开工项目104个，完工78个，完工率75%。", "75%", "95%"),
    ("Income rose from 4,120 yuan in 2014 to 4,635 yuan, by 12.5 percent.", "12.5", "22.5"),
    ("种植茶园1.6万亩，比上年的1.1万亩增加0.5万亩。", "增加0.5", "增加0.9"),
    ("骗取538.2万元，侵占217.4万元，收受96.4万元，三项共计852.0万元。", "852.0", "452.0"),
    ("发放贷款5.4亿元，惠及1.8万户，户均3万元。", "5.4", "9.4"),
    ("登记投诉9640件，办结8194件，剩余1446件。", "1446", "846"),
]


def failing(text):
    return [check for check in checked(document(text)).checks if check.verdict in FAILING]


@pytest.mark.parametrize(("text", "number", "moved"), CLAIMS)
def test_a_claim_that_holds_is_silent_and_one_that_no_reading_saves_fails(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved)) != []


def test_a_share_that_another_whole_before_it_explains_is_silent():
    text = "各级财政拿出11.46亿元。产业4.58亿元，占40%；道路3.44亿元，占30%；房子2.06亿元，占18%；培训1.38亿元，占12%。"
    assert failing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Roads took 5 million yuan; 12,000 people were trained, 30 percent of all workers.",
        "Courses were held 213 times, of which 53 served cadres, 71 farmers and 82 teachers.",
        "Assets were 18 million yuan, mainly loans of 9 million and cash of 2 million.",
        "受益人口131.6万人，其中妇女62.5万人，少数民族78.3万人。",
        "Of 1,806 women who enrolled, 1,517 sat the final test and 1,365 passed.",
        "In September 26.58 million people were poor, 10.1 percent of the population.",
        "收入14258元，比上年的13122元增加1136元，增速较全省平均水平（7.9%）快。",
        "2019年和2020年合计7.5万人，2016年11.2万人，2017年12.6万人。",
    ],
)
def test_what_no_words_relate_is_not_compared(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "全镇目前共有建档立卡贫困户575户1654人，现有未脱贫户21户70人。",
        "区级安排各镇产业扶贫1120万元，用于整村推进，截至6月6日，第一批扶贫资金已完成支出661.8万元，支出进度50.14%。",
        "对全国31个省（自治区、直辖市）开展调查。",
        "全县人口24.92万人，其中贫困人口7.43万人，贫困发生率35.36%，较上年分别下降2.09万人和10.45个百分点。",
        "中央资金10444.85万元，省级资金406.95万元，分别占96.25%和3.75%，期末结转结余4316万元。",
        "2019年人均收入11567元，比上年名义增长11.5%，实际增长8.0%，增速比全国农村快1.8个百分点。",
        "Under one plan a total of 6,614 km of roads was approved. Under the other a total of 2,337 km was approved.",
    ],
)
def test_what_speaks_of_something_else_is_held_against_nothing(text):
    assert failing(text) == []
