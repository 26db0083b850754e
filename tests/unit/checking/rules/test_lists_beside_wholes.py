"""Lists that stand right behind their whole, and numbers that are taken out of another one."""

import pytest

from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document


def failing(text):
    return [check for check in checked(document(text, section="")).checks if check.verdict in FAILING]


LISTS = [
    # text, number, slips that are told
    ("Of 83 contracts, 51 were signed within the planned period and 32 later.", "51", ["57", "5"]),
    ("Among 97 clinics, 58 are back in new buildings, 27 in repaired ones and 12 under canvas.", "58", ["52"]),
    (
        "In that year 42,155 went on to a senior school: 25,233 to ordinary, 16,922 to vocational ones.",
        "25,233",
        ["252,333"],
    ),
    ("2,040 firms have been started: 906 flour mills, 637 workshops and 497 shops.", "637", ["837", "6,637"]),
    (
        "2,480 families received kits. Kits went to Amu (820), Kata (635), Soro (610) and Kumi (415).",
        "415",
        ["45", "475"],
    ),
    ("The roll has shrunk by 2,885. 1,954 of these left, 642 waived it, and 289 were delisted.", "642", ["62", "624"]),
    (
        "13,500 women received an asset. Cows were chosen by 7,916, goats by 3,252, and 2,332 took land.",
        "3,252",
        ["32,252"],
    ),
    ("全市完成投资46.82亿元，公路18.35亿元，水利15.27亿元，学校13.20亿元。", "15.27", ["12.57", "1.27"]),
    ("救灾资金共到位1,346万元，中央643万元，省级619万元，市县84万元。", "643", ["634", "6443"]),
]


@pytest.mark.parametrize(("text", "number", "slips"), LISTS)
def test_a_list_behind_its_whole_holds_and_a_slip_in_it_is_told(text, number, slips):
    assert failing(text) == []
    for slip in slips:
        assert "sum_of_parts" in {check.rule for check in failing(text.replace(number, slip, 1))}, slip


@pytest.mark.parametrize(
    "text",
    [
        # what another number is a share of, or is taken out of
        "本年支出61.7亿元，为预算64.2亿元的96.1%，未支出的2.5亿元结转下年。",
        "The survey checked 1,640 houses. Toilets stood in 1,930 of the 2,410 houses, gas in 1,520.",
        # one of them makes up others
        "抽查的120个项目中有30个存在问题，其中未按期开工的12个，超概算的18个。",
        # they are no parts: a change, a plan
        "Reserves stood at 530 crores and dropped to 453 crores despite 95 crores from abroad.",
        "今年计划脱贫3.5万人，实际脱贫3.85万人，超额完成0.35万人。",
        # the first is told like the others
        "抽查的4200户中有273户不符合条件。有人领薪的98户，购有轿车的121户，买房的77户。",
        # "of which" lists only some
        "Courses were held 213 times, of which 53 served cadres, 71 farmers and 82 teachers.",
    ],
)
def test_what_is_no_list_of_all_parts_raises_no_alarm(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("13 of the 42 listed bridges have been repaired.", "133 of the 42 listed bridges have been repaired."),
        ("13 (31 %) of the 42 bridges stand.", "133 (31 %) of the 42 bridges stand."),
        (
            "The unit has 1,340 posts, 1,205 of which are filled.",
            "The unit has 1,340 posts, 1,505 of which are filled.",
        ),
        ("全市1101个贫困村里，已有1043个通了自来水。", "全市1101个贫困村里，已有1403个通了自来水。"),
        ("改造农田21.4万亩，其中坡改梯6.7万亩。", "改造农田21.4万亩，其中坡改梯26.7万亩。"),
    ],
)
def test_what_is_taken_out_of_a_number_is_not_more_than_it(text, wrong):
    assert failing(text) == []
    assert "parts_not_above_whole" in {check.rule for check in failing(wrong)}


@pytest.mark.parametrize(
    "text",
    [
        # two numbers that were never meant to fit
        "今年夏粮3.7亿元，其中稻谷41.2亿元。",
        # other things than those before
        "全市有22个民族，其中汉族360808人。",
        "198 groups were formed, 1,148 of whom are women.",
        # a distance in 公里 is within nothing
        "距省城30公里机场120公里。",
    ],
)
def test_what_may_be_of_something_else_is_not_compared(text):
    assert failing(text) == []


def test_a_plan_of_the_sentence_before_answers_a_completion():
    text = "It was planned to build 64 wells. Two firms finished 48, which is 75 per cent of the plan."
    assert failing(text) == []
    assert "plan_vs_actual" in {check.rule for check in failing(text.replace("75", "57"))}
    other = "It was planned to build 64 wells. Of 90 sites 70 were tested. Firms finished 48, 53 per cent of the plan."
    assert failing(other) == []
