"""Changes that go the way that words tell, completions beside their plan, what is left of what a rate tells of."""

import pytest

from tests.unit.checking.rules.test_claims import failing


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        # a value held against that of another month, or in a bracket
        ("9月发放补贴2.74亿元，较8月的2.31亿元多0.43亿元。", "0.43", "0.68"),
        ("6月售出苗木84万株，比5月的70万株增长20.0%。", "20.0", "31.5"),
        ("Grants of 61.8 million rand were 7.4 million rand above those of 2013 (54.4 million rand).", "54.4", "66.9"),
        ("The scheme had 4,310 members, 620 more than in 2012, when there were 3,690.", "3,690", "4,120"),
        (
            "The May order was for 7.2 million. The year before, it was 6.4 million, so it is 0.8 million more.",
            "6.4",
            "7.1",
        ),
        ("Fees of 48.3 million pesos came in, 6.1 million pesos more than 42.2 million pesos in 2012.", "42.2", "47.9"),
        # from and to behind the rate, in any currency
        ("The wage of a mason rose by 25.0 percent, from MGA 4,000 to MGA 5,000 a day.", "5,000", "6,400"),
        ("Milk yields rose from 4.12 to 5.15 litres per cow, an increase of 25 percent.", "5.15", "6.75"),
        # the rise that words tell, though the numbers lie as far apart the other way
        ("果园达到9.6万亩，比2016年的8.1万亩增加1.5万亩。", "8.1", "11.1"),
        ("到年底参保率94.2%，比上年提高3.1个百分点，上年为91.1%。", "91.1", "92.6"),
        # a factor of the two amounts before it
        ("Cash grants took 3.2 million, loans 12.8 million; the latter being 4 times the former.", "12.8", "19.7"),
        # the plan beside what was done
        ("栽植任务2.5万亩，实际2.6万亩，为任务的104%。", "2.6", "3.4"),
        ("It dug 312 wells against a target of 260, thereby exceeding it by 20.0%.", "260", "341"),
        ("培训护工4180人，其中脱贫户1290人，其他2890人，年初任务4000人，超额4.5%。", "4000", "4700"),
    ],
)
def test_a_moved_end_of_a_change_is_found(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        ("已拨付8280万元，拨付率92.0%，未拨付720万元。", "720", "1150"),
        ("The board met in 184 parishes out of 200 planned, which gives 92.0% and leaves 16 parishes.", "16", "27"),
    ],
)
def test_what_is_left_is_of_what_a_rate_tells_of(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        ("经营收入1860万元，分苗木720万元、畜牧815万元和加工325万元。", "815", "963"),
        (
            "安排资金9400万元，较上年8100万元增加1300万元；按级次划分，省级5200万元，市级2600万元，县级1600万元。",
            "2600",
            "3700",
        ),
        ("发放奖补640万元，对合作社、大户和其他主体分别奖补310万元、190万元和140万元。", "190", "270"),
        ("下达资金8600万元，其中省级资金5100万元，市级资金3500万元。", "5100", "6900"),
        ("改造电网84公里，其中主线51公里，支线33公里。", "51", "68"),
        ("新装机12.6万千瓦，其中屋顶电站7.4万千瓦，地面电站5.2万千瓦。", "7.4", "9.1"),
        ("The leases bring 9.4 million, of which 6.1 million is paid by farms and 3.3 million by mills.", "6.1", "8.2"),
    ],
)
def test_parts_that_cannot_count_the_same_are_no_more_than_their_whole(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        # a bracket may hold the share of anything
        "We have paid 5.75 million (41.0%), which leaves 0.50 million.",
        # a rise of more than there was
        "合作社分红8.4万元，上年只有2.1万元，多了6.3万元。",
        "The shop took 84,000 yuan; the year before it had taken only 21,000 yuan, so that it took 63,000 yuan more.",
        "The shop earned 72,000 yuan, having earned 21,000 yuan in 2016, or 51,000 yuan more.",
        # the share of another place
        "Ganzhou in Jiangxi paid 231 million yuan; 142 million yuan and 180 million yuan respectively were spent, "
        "84.5% in Xingguo and 77.6% in Yudu.",
        # the rate of another subject, and one of two of the list together
        "未付的9800万元中，西山4100万元，南坪3400万元，北岭2300万元，西山结余率最高，为21.4%。",
        "抽检样品64个，优等的28个，良好的24个，合格的12个，优良率81.3%。",
        # the share of another year
        "The rest, 420 tonnes, came by rail, as against a rail share of 38 percent in 2015.",
        # what stands beside is no whole of what follows
        "总投入中，除社会捐赠16.2亿元以外，中央9.8亿元，省级5.1亿元，其余3.6亿元由市县筹集。",
        # another thing that was told in between
        "It vaccinated 2.1 million goats. By May a further 41,200 families are to be seen, which brings it to 310,000.",
        # a tenth that is told to be one
        "The fund paid 48,320 families. There were 4,832 families with a disabled member, exactly 10 percent.",
        # growth told in brackets behind both ends
        "The league, whose membership had grown from 3,200 to 4,000 (25 per cent), lent 510,000 to 640 tenants.",
    ],
)
def test_what_is_told_of_something_else_raises_no_alarm(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        # 6.0 is 8.4 of 1.4 too, acres of a tonne; money of money is no mean
        ("产苹果1.4万吨。果园8.4万亩。1400户农户入股8400亩，户均入股6亩。", "8400亩", "9900亩"),
        ("贴息960万元，每吨均价0.8万元。2400户农户分红288万元，户均1200元。", "288", "391"),
    ],
)
def test_a_mean_is_of_what_it_is_told_in(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []


@pytest.mark.parametrize(
    "text",
    [
        # the scale of one value was left out, growth is told respectively, what was planned did not fall
        "The cost, at 5.8 ten thousand yuan, lay 0.2 ten thousand yuan below the ceiling of 6.0.",
        "接待游客840万人次，收入31.6亿元，分别比上年增长12.4%和18.9%。",
        "年初减贫计划为7400人，年中调整为8100人，实际脱贫8505人，相当于调整后计划的105.0%。",
    ],
)
def test_values_that_are_no_ends_of_a_change_raise_no_alarm(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        ("全年总收入1584万元，其中经营收入900万元。总收入比2015年增长20.0%，2015年是1320万元。", "20.0", "31.0"),
        ("The fee, which stood at 1.20 million before the flood, had climbed to 1.47 million, by 22.5%.", "22.5", "35"),
    ],
)  # fmt: skip
def test_growth_behind_its_ends_in_other_sentences_is_found(text, number, moved):
    assert failing(text) == []
    assert failing(text.replace(number, moved, 1)) != []
