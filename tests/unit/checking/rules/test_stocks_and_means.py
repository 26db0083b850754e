"""What there was, came, went and is; means beside what they are of; axes, conclusions: they fit, or a slip tells."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document

SAID = [
    # a stock, what came, what went, and the stock
    (
        "The Department had 10,214 piped schemes in its books. During the year 1,386 schemes were commissioned, while "
        "94 that had long been out of order were struck off, so that 11,506 schemes stood on the register.",
        [("94 that", "113 that"), ("11,506", "15,106"), ("10,214", "10,124")],
    ),
    (
        "The herd counted 6,420 head when the year began. 1,310 calves were born, 742 animals were sold and 118 died "
        "of disease; 6,870 head were counted in December.",
        [("6,870", "8,670"), ("742", "472"), ("118", "188")],
    ),
    (
        "At the start of the year 14,260 tents were in stock. 31,500 more arrived by sea and road, 39,840 were issued "
        "to families, and 5,920 were left on 30 June.",
        [("31,500", "315,000"), ("5,920", "5,290")],
    ),
    (
        "At the end of 2016 the county had 11,236 poor households with 46,518 people on file. During 2017, 3,482 "
        "households with 14,921 people shook off poverty; 215 households with 874 people were newly registered, and "
        "7,969 households with 32,471 people remained at the end of the year.",
        [("7,969", "9,769"), ("14,921", "14,291")],
    ),
    ("2017年末，员工总数522人，年初486人，当年招聘97人、离职61人。", [("97人", "977人"), ("522", "822")]),
    (
        "库存物资年初为4,260件，全年采购入库9,815件，发出10,372件，盘点报损33件，年末库存3,670件。",
        [("3,670", "3,760")],
    ),
    (
        "上年结转1240万元，本年收到3860万元，本年支出4215万元，结转下年885万元。",
        [("885", "855"), ("4215", "4125")],
    ),
    ("发电收入6.82亿元，扣除运维费等0.74亿元后，可分配收益6.08亿元。", [("6.08", "0.68"), ("0.74", "0.99")]),
    # a mean, the sum beside it and the count of that of which each has it
    (
        "Our 612 health assistants serve a population of 489,600, one for every 800 people.",
        [("612", "6112"), ("800", "80")],
    ),
    (
        "The workforce numbered 8,940 on the rolls. Wages paid amounted to P27.7 million, around P3,100 for a worker.",
        [("27.7", "72.7"), ("3,100", "31,000")],
    ),
    (
        "At the height of the emergency 19,640 persons were staying in 263 evacuation centers (about 75 in each).",
        [("263", "623"), ("75", "88")],
    ),
    (
        "The department bought 1,430 tanks of 5,000 litres for KSh 64.35 million, which is KSh 45,000 a tank.",
        [("45,000", "54,000"), ("64.35", "46.35")],
    ),
    ("9,850 tonnes of seed were given to 197,000 farmers (50 kg each).", [("197,000", "179,000")]),
    ("平均每个卫生室服务1,240人，全镇21个卫生室共服务26,040人。", [("26,040", "20,640")]),
    ("更新改造补助32640万元，补助渔船408艘，每艘平均80万元。", [("32640", "322640"), ("408", "480")]),
    # two members of one axis
    (
        "In the year 31,460 workers from poor families left for jobs elsewhere, 20,115 outside the province and "
        "11,345 inside it.",
        [("11,345", "1,345"), ("31,460", "13,460")],
    ),
    ("The Samity employed 1,187 people; men and women numbered 868 and 319 respectively.", [("868", "886")]),
    ("全市建成村级电站4812座，建在贫困村的4350座，设在非贫困村的462座。", [("462", "742"), ("4812", "4182")]),
    # what follows from the numbers before it
    (
        "The net surplus of the year rose by Tk 2.7 crore to Tk 21.6 crore (2014-15: Tk 18.9 crore).",
        [("21.6", "27.6"), ("18.9", "68.9")],
    ),
    (
        "Average delay of payment declined from 46 days to 31 days, an improvement of 15 days.",
        [("46 days", "64 days"), ("15 days", "25 days")],
    ),
]
MOVED = [(text, printed, moved) for text, moves in SAID for printed, moved in moves]


def failing(text):
    checks = checked(document(text)).checks
    return [check for check in checks if check.verdict in FAILING and check.severity != "info"]


@pytest.mark.parametrize("text", [text for text, _ in SAID])
def test_what_fits_raises_no_alarm(text):
    assert failing(text) == []


@pytest.mark.parametrize(("text", "printed", "moved"), MOVED)
def test_one_moved_number_is_told(text, printed, moved):
    assert printed in text
    assert failing(text.replace(printed, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        # none of these is what there was, came, went and is
        "There were 420 villages. In 2018, 30 built a clinic and 12 lost theirs; today 200 villages have roads.",
        "2018年末有贫困人口12.4万人，2019年减贫8.1万人，2020年计划减贫4.2万人。",
        "年初有效客户11090人，全年新加入3925人，退出2169人，年末达到12846人，增长15.8%。女性12012人，占93.5%。"
        "五个服务部年末客户数为：苍溪3120人，剑阁2874人，阆中2655人，仪陇2391人，南部1806人。",
        "一只羊卖350元，减去276元，一只羊能有70元钱的利润。",
        # nor these means
        "The increase was driven by the sale of $95.6 million and offset by debt repayment of $66.3 million a negative "
        "cash flow of $17.6 million.",
        "羔羊最大的能达到18.5公斤，最小的14.5公斤，平均每公斤按61.5元计价，一只羊羔卖到1143元。",
        "增殖放流苗种11.3亿尾，投入1,356万元，折合每万尾120元。",
        # a conclusion from numbers further off
        "The Trust received Ush 1,486 million in 2010. Foundations gave Ush 812 million, the churches Ush 243 million, "
        "the district Ush 96 million, our shop and mill Ush 158 million, and 2,354 of you, one by one, gave Ush 177 "
        "million. In 2009 it had received Ush 1,238 million; income has therefore gone up by Ush 248 million.",
        # nor is this a whole of two
        "全村1500人，参加培训的女性120人，男性80人。",
        "全年支出各类社会救助资金118.62亿元，上年支出额为107.35亿元。农村低保支出64.87亿元，城市低保21.94亿元。",
        # a ratio has no amounts, a rule no share
        "三大地区的比值为288：195：100，而后来则扩大到504：200：100。",
        "There are 1,926 members, 751 of them women (39 percent), still below the two-thirds gender rule.",
        "20.81 crore persondays were generated against an approved labour budget of 20 crore, or 104 per cent.",
        "抽查80个项目，发现问题57条，名单不实的19条、发放拖延的24条、公示缺失的14条；已改正51条，整改率89.5%。",
        "Of 1,926 members 2,751 or two-thirds are women.",
        # receipts and payments of one fund, of which three would add up with a slip
        "The fund held Rs 318.4 crore on 1 April 2018. It took in Rs 96.2 crore in contributions and Rs 24.1 crore in "
        "interest, and paid out Rs 71.5 crore in claims. On 31 March 2019 it held Rs 367.2 crore.",
    ],
)
def test_numbers_that_are_told_beside_each_other_only_raise_none(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "There are 192 members, 751 of them women, two-thirds of the members.",
        "The fund has 192 members. Women are 751, that is two-thirds of the members.",
    ],
)
def test_a_fraction_in_words_that_is_far_off_is_told(text):
    assert failing(text) != []
