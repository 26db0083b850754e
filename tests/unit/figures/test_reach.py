"""How far words reach: aims, plans, counters, totals and units speak about the numbers of their own phrase alone."""

from decimal import Decimal

import pytest

from tests.helpers import figures, others


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("围绕“9个村出列、1240人减贫”目标，全镇扎实推进各项工作。", ["target", "target"]),
        ("紧盯实现26个村出列、1.3万人脱贫和18个已出列村巩固提升的目标。", ["target"] * 3),
        ("2014年，我县启动3.5万人避险搬迁计划，到年底累计搬迁1.1万人。", ["target", "level"]),
        ("2017年，市里下达年度改造计划6万户，其中土坯房4万户。", ["target", "target"]),
        ("完成年度改造计划6万户。", ["level"]),
        ("全乡209个村中有87个村有扶贫任务。", ["level", "level"]),
        ("现将全年工作总结及下步计划报告如下：全镇现有贫困村12个。", ["level"]),
        ("会议审议了资金拨付计划，截至6月已支出661.8万元。", ["level"]),
        ("制定29个重点村产业发展规划，审批2万人搬迁计划。", ["level", "target"]),
    ],
)
def test_an_aim_or_a_plan_holds_for_what_stands_in_it(text, roles):
    assert [figure.role for figure in figures(text)] == roles


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("先后开会8次。今年计划投入2429万用于脱贫攻坚。", ["event", "unknown"]),
        ("中央、省、市资金计划投入1429万。", ["unknown"]),
        ("累计搬迁54.17万人，启动安置点1461个，建成1189个。", ["person", "facility", "facility"]),
        ("巩固40个已出列村、9.78万已脱贫人口。", ["village", "person"]),
        ("The fund reached 7.3 million women, with banks paying out 7.2 billion in loans.", ["person", "unknown"]),
        ("No poor family is left out: the 13 exclusion criteria were revised to 10.", ["other", "other"]),
        ("It works in 691 districts of 28 States and 6 UTs.", ["county", "other", "other"]),
    ],
)
def test_a_number_without_a_unit_takes_none_that_is_not_its_own(text, units):
    assert [figure.unit or "unknown" for figure in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("预拨各镇、各职能部门扶贫资金1120万元。", "CNY"),
        ("各镇投入资金100万元。", "CNY"),
        ("向各村各补助10万元。", "CNY/village"),
        ("5个村各获得30万元。", "CNY/village"),
    ],
)
def test_each_before_a_noun_says_all_of_them(text, unit):
    assert figures(text)[-1].unit == unit


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "The budget was Rs 1 lakh 84 thousand crores, of which Rs. 1 lakh 3 thousand crores was spent.",
            [184e10, 103e10],
        ),
        ("So far 1 crore 15 lakh 274 women have joined.", [11_500_274]),
        ("The budget was Rs 2 lakh 5 thousand.", [205_000]),
        ("Canals and wells got Rs 6 thousand crore and 4 thousand crore.", [6e10, 4e10]),  # each has its own scale
    ],
)
def test_indian_scales_in_a_row_are_one_number(text, values):
    assert [float(figure.value) for figure in figures(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "四人住户和五口之家最多。",
        "It covered all districts up to January’ 2021.",
        "我代表州政府向州十三届人民代表大会报告。",
        "资金安排如下。\n1、2022年实施产业项目。\n2、2023年实施道路项目。",
        "2006─2008年实施的主要工作1.突出重点，抓好落实。",
    ],
)
def test_dates_sessions_and_marks_of_lists_count_nothing(text):
    assert not figures(text)


def test_western_marks_between_chinese_words_part_as_chinese_ones_do():
    western = figures("开始实施50万人搬迁计划,截至2015年底,累计投入95.43亿元;其中专项资金:45.09亿元。")
    chinese = figures("开始实施50万人搬迁计划，截至2015年底，累计投入95.43亿元；其中专项资金：45.09亿元。")
    read = [[(f.value, f.unit, f.role, f.parent) for f in found] for found in (western, chinese)]
    assert read[0] == read[1]
    assert "," in western[0].sentence  # what was printed is shown


@pytest.mark.parametrize(
    ("text", "place", "parent", "role"),
    [
        ("2019年人均收入11567元，比上年名义增长11.5%，实际增长8.0%，增速比全国农村快1.8个百分点。", 4, 1, "diff_pp"),
        ("贫困人口7.43万人，贫困发生率35.36%，较上年分别下降2.09万人和10.45%。", 4, 2, "change_pct"),
        ("中央资金104万元，省级资金6万元，分别占96.25%和占3.75%。", 3, 1, "share_pct"),
        ("2017年将搬迁8.7万人。2016年，实际完成搬迁13.05万人。", 1, None, "target"),
        ("Such programmes help reduce the poverty rate by 8 per cent.", 1, None, "change_pct"),
    ],
)
def test_what_a_difference_or_a_plan_speaks_about(text, place, parent, role):
    figure = figures(text)[place - 1]
    assert (figure.parent, figure.role) == (parent, role)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("审计发现86个县存在扶贫项目实施中违反规定的问题。", "county"),
        ("提出审计建议47条。", "other"),
        ("年平均气温15.4℃。", "other"),
        ("有8个人口较少民族。", "ethnic group"),
        ("11 townships kept no accounts.", "township"),
        ("A total of 4,178,985 are active household beneficiaries.", "person"),
        ("The state counted 1.493 million senior high school (SHS) students.", "person"),
        (
            "Of the beneficiaries 3,950,012 are covered by the first programme while 228,973 are covered by the other.",
            "person",
        ),
        ("抽查31个省区市的农户。", "province"),
        ("Over 119,406 needy and vulnerable households will benefit.", "household"),
        ("It works in four counties to a total of 101,800 households.", "county"),
    ],
)
def test_a_head_noun_behind_other_words(text, unit):
    assert figures(text)[0].unit == unit


def test_a_blank_inside_a_number_makes_it_unread():
    assert others("Mandera will see support in 20, 407 households.")[0][1] == "unread"
    assert [f.value for f in figures("They got bridges to the number of 714, 511 stations and 20 wells.")] == [
        714,
        511,
        20,
    ]


def test_what_looks_like_an_amount_is_no_label():
    [received] = figures("Each household may receive P1,400 every month.")
    assert (received.value, received.unit) == (1400, "unknown")  # of which country nothing tells
    assert [f.value for f in figures("LOAN: US$60 million\nTERMS: the money is for roads.")] == [60_000_000]


def test_each_is_told_by_what_stands_behind_it():
    assert figures("A subsidy worth PHP600 each for 4.4 million families.")[0].unit == "PHP/household"


def test_as_high_as_is_the_number_itself():
    assert figures("农村贫困率高达66.7%。")[0].qualifier == "exact"


def test_an_unknown_sign_of_money_takes_no_count_before_it():
    found = figures("They paid 246,000 homes Qsh 4,000 each, QSHs 8.2 billion in all.")
    assert "household" not in found[-1].unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Some 1-in-5 children were stunted.", "0.2", "fraction"),
        ("Rice cost PHP 42.50/kg.", "42.50", "PHP/kg"),
        ("The rate fell by 3.1 ppts.", "3.1", "pp"),
        ("发放生活补助新臺幣2億3,500萬元。", "235000000", "TWD"),
    ],
)
def test_forms_of_published_pages(text, value, unit):
    [figure] = figures(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_the_number_of_an_index_is_no_figure():
    assert [reason for _, reason in others("索引号 | xfgz/2021-3740 | 公开目录")] == ["document_no", "document_no"]


def test_letters_before_millions_that_name_no_currency_take_none_from_a_neighbour():
    text = "One fund spent 7 million euros, the other Bx 2.1 billion and 300 million euros."
    units = {figure.text: figure.unit for figure in figures(text)}
    assert units == {"7 million euros": "EUR", "2.1 billion": "unknown", "300 million euros": "EUR"}


def test_just_short_of_a_number_is_nearly_that_number():
    assert [figure.qualifier for figure in figures("Just short of 90 villages got a clinic.")] == ["nearly"]


def test_a_unit_in_brackets_beside_words_holds_for_its_line_alone():
    found = figures("Grants (in million yuan) East 50, West 30.\nHuts took 20 in all.")
    assert [(figure.value, figure.unit) for figure in found][:2] == [(50_000_000, "CNY"), (30_000_000, "CNY")]
    assert found[2].value == 20
