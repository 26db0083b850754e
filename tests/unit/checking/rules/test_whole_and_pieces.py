"""A whole and its pieces that no word announces: what a share or their form tells of them, and what tells nothing."""

import pytest

from tests.unit.checking.rules.test_claims import failing

TOLD_BY_A_SHARE = "受理低保申请412件，批准318件，批准率77.2%，退回94件。"
TOLD_IN_ENGLISH = "The bank lent to 640 tenants, 415 of whom, or 64.8 percent, repaid in time while 225 paid late."


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        # the whole, the piece with the share, the share
        (TOLD_BY_A_SHARE, "412", "509"),
        (TOLD_BY_A_SHARE, "318", "371"),
        (TOLD_BY_A_SHARE, "77.2", "82.6"),
        (TOLD_IN_ENGLISH, "640", "768"),
        (TOLD_IN_ENGLISH, "415", "457"),
        (TOLD_IN_ENGLISH, "64.8", "71.3"),
        # named like kinds of the whole
        ("冷库总容量86吨，村级冷库52吨，镇级冷库34吨。", "52", "61"),
        # a whole that names its pieces before it counts them
        ("发放果树苗和茶树苗共940株，果树苗610株，茶树苗330株。", "330", "402"),
        # all that gave
        ("修渠花费96.5万元，中央61.2万元，省级22.8万元，县级12.5万元。", "22.8", "31.4"),
        # the rest is the last
        ("派出医生230名，内科128名，其他102名。", "128", "151"),
        # in turn
        ("投入1380万元，分别用于水窖720万元、圈舍410万元、果园250万元。", "410", "563"),
    ],
)
def test_a_number_of_a_whole_with_pieces_that_is_moved_is_found(text, number, moved):
    assert number in text
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        # one thing after the other, each of its own
        "培训2600人，取证1900人，就业1400人。",
        "Wells were dug for 210 villages, power reached 46, roads 88 and telephone 61.",
        "新造果林7.4万亩，嫁接2.6万亩，改良草场3.1万亩，种粮1.2万亩。",
        # the first of a list is no whole of the others
        "资金来自中央资金1840万元、省级资金760万元和县级资金590万元。",
        "到位资金3.4亿元，用于道路1.3亿元、水利1.1亿元、房屋1.0亿元。",
        # what lies between two others
        "本年支出61.7亿元，为预算64.2亿元的96.1%，未支出的2.5亿元结转下年。",
        # what is left is told in words
        "全市贫困人口28.6万人。分县看，东乡、西河和南山分别为4.1万人、3.7万人和6.2万人，其余各县不到一半。",
        # a share of another whole that is printed
        "全镇5200户，贫困户460户，有劳力的310户，占67.4%，无劳力的150户。",
    ],
)
def test_amounts_beside_each_other_are_no_pieces_without_a_sign(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        ("搬迁5210户20318人，户均3.9人，年初任务5500户，完成94.7%。", "5500", "6100"),
        ("转移就业31240人，其中贫困劳力11870人，其他19370人，年初任务27000人，超额15.7%。", "27000", "31000"),
    ],
)
def test_a_completion_is_of_the_amount_that_has_the_unit_of_its_plan(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


def test_a_difference_of_rounded_amounts_explains_no_small_remainder():
    text = "培训16.4万人，就业12.9万人，未就业3.5万人。翻修房屋8120户，入住7045户，尚未入住1075户。"
    assert failing(text) == []
    assert failing(text.replace("1075", "1325")) != []


def test_what_equals_a_day_begins_no_list():
    text = "到期末的2015年，全县贫困人口尚有3.92万人，而起点即2010年底为9.87万人，五年减少5.95万人。"
    assert failing(text) == []


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        # a share whose subject calls one part of a list by a word of its own
        ("总投资84.5亿元，其中中央41.2亿元、省级26.8亿元、市县16.5亿元，中央一级就占总投资的48.8%。", "48.8", "71.3"),
        # a sentence about the two values of the sentence before it
        (
            "The grant is 318 million yuan, compared with 274 million yuan in 2015. This is a rise of 16.1 percent.",
            "16.1",
            "21.4",
        ),
        # a mean of two digits is rounded to its last one
        ("Our 214 schools taught 6,420 boys, 30 in each school on average.", "214", "235"),
        ("The town paved 46 lanes out of 58 planned, leaving 12 lanes to be paved.", "leaving 12", "leaving 17"),
        ("The budget was 61.4 million yuan. In May 20.5 million yuan (33.4% of the budget) was paid.", "33.4", "47.2"),
    ],
)
def test_claims_about_what_stands_before_them(text, number, moved):
    assert number in text
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        "Togo with 2,140, Benin with 1,870 and Ghana with 3,015 together account for 7,025 loans.",
        "The call for 50 million euros was met to 60%: 30 million came, 18 million from A and 12 million from B.",
        "抽查的120个项目中有30个存在问题，其中未按期开工的12个，超概算的18个。",
        "The mills, 40 in all, employ 1,236 women, that is 31 per mill.",
        "Support, EUR 52,000 per shop, hides a wide spread, from EUR 4,200 for a kiosk to EUR 196,000 for a mill.",
        "中央和省合计14.8亿元，援助3.1亿元，余下的是自筹和贷款，共7.2亿元。",
        "三年退出村106个，其中2018年退出45个，比2017年多6个，2016年和2017年合起来是61个。",
        "已整改问题133个，占问题总数152个的87.5%，处理47人。",
        "追回资金1.64亿元，拨付资金1.89亿元；尚未拨付的0.48亿元已要求拨付。",
    ],
)
def test_what_is_told_otherwise_raises_no_alarm(text):
    assert failing(text) == []


def test_what_is_left_is_of_the_whole_though_its_part_stands_before_it():
    [found] = failing("The town paved 46 lanes out of 58 planned, leaving 17 lanes to be paved.")
    assert found.formula == "58 - 46 = 17"
