"""Lists in lines, several classifications of one whole, sums of years: each is added up by itself."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document

LISTS = [
    # right, and the same with one number moved
    (
        "Expenditure came to 72.3 million yuan, as follows:\n1. Roads: 31.2 million yuan for 45 km.\n"
        "2. Water: 17.9 million yuan for 210 wells.\n3. Schools: 23.2 million yuan.",
        "17.9",
        "37.9",
    ),
    (
        "In 2013 the fund paid for 240 projects, of which:\n* 120 in health\n* 75 in education\n* 45 in water",
        "75",
        "95",
    ),
    (
        "全年支出72318万元，投向如下：\n（一）整村推进31260万元，扶持重点村2100个；\n（二）移民搬迁17850万元；\n"
        "（三）产业化6120万元，引导银行贷款15300万元；\n（四）培训转移5940万元；\n（五）其他支出11148万元。",
        "5940",
        "15940",
    ),
    ("培训农民12000人，其中：\n1．种植技术5200人；\n2．养殖技术4300人；\n3．务工技能2500人。", "4300", "7300"),
    (
        "全县贫困人口48000人。按地区分，北部山区31000人，南部川区17000人；按原因分，因病20000人，因灾16000人，缺劳力12000人。",
        "16000",
        "46000",
    ),
    (
        "The 960 grants went to many. By province: Bihar 410, Jharkhand 330, Odisha 220; "
        "by purpose: livestock 500, shops 280, tools 180.",
        "280",
        "880",
    ),
    (
        "查出问题127个，涉及金额2.18亿元。按性质分，闲置类36个，金额1.26亿元；超标类58个，金额6450万元；"
        "违规类19个，金额2438万元；虚报类14个，金额312万元。",
        "19个",
        "49个",
    ),
    ("两年新建住房8460套，2019年6120套，2020年2340套。", "2340", "4340"),
    ("Over three years 6,000 wells were dug: 1,500 in 2011, 2,100 in 2012 and 2,400 in 2013.", "2,100", "4,100"),
]


def failing(text):
    return [check for check in checked(document(text)).checks if check.verdict in FAILING]


@pytest.mark.parametrize(("text", "number", "moved"), LISTS)
def test_a_list_is_held_against_its_whole_and_nothing_else(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        "The council spent 60 million on:\n- 45 km of roads\n- 12 schools, for 20 million\n- training 1,200 teachers",
        "重点工作如下：\n1. 修路120公里，投资3000万元。\n2. 打井45眼。\n3. 培训1200人，补助60万元。",
        "按地区分，主要是东部30个、西部20个。全省共有项目90个。",
        "按户籍分，城镇居民1.2万人；按年龄分，60岁以上0.9万人。全县3.5万人参保。",
        "五年规划搬迁8460户，2019年6120户。",
        "三年累计投入18亿元，2012年7亿元，2013年6亿元。",
    ],
)
def test_a_list_that_does_not_claim_to_be_all_is_not_added_up(text):
    assert failing(text) == []
