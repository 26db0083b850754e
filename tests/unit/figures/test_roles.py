"""What a number is in its statement: planned, a difference, a share or a rate."""

import pytest

from tests.helpers import figures


def roles(text):
    return [figure.role for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The county plans to lift 8,000 people, build 30 clinics and train 2,000 farmers.", ["target"] * 3),
        ("It intends to help 900 villages, of which 300 lie in the west.", ["target"] * 2),
        ("计划减贫110万人，摘帽2个县，退出1200个村。", ["target"] * 3),
        ("目标任务：减贫12万人；退出85个村。", ["target"] * 2),
        ("今年将对120个村进行改造，年内准备开工12个安置点。", ["target"] * 2),
        ("The county had set itself to train 3,200 farmers.", ["target"]),
        ("By 2009 some 52,000 people should have moved.", ["target"]),
        ("The task for 2011 was 3,000 people; 3,120 people were trained.", ["target", "level"]),
        ("The county planned to train 5,000 farmers, but trained 4,100 farmers.", ["target", "level"]),
        ("It was planned to move 5,000 people, and 4,200 people actually moved.", ["target", "level"]),
        ("计划搬迁3万人，已完成2.5万人。", ["target", "level"]),
        ("计划改造危房4.2万户，户均补助2万元。", ["target", "per_unit"]),
        ("The county, which plans to leave the list by 2015, spent 30 million yuan.", ["level"]),
        ("As the plan foresaw, funds of 20 million yuan were released.", ["level"]),
        ("In 2011 some 640,000 people ceased to be poor.", ["level"]),
        ("完成3万人的搬迁任务。", ["level"]),
        ("全省将78个村纳入扶持范围。", ["level"]),
        ("为确保群众过冬，发放大米3000吨。", ["level"]),
    ],
)
def test_plans_hold_until_something_is_achieved(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The net decrease came to 360,000 people, or 12.4%.", ["change", "change_pct"]),
        ("Funds were 410 million Yuan, 85 million Yuan above 2010.", ["level", "change"]),
        ("Income per head was 4,020 Yuan, 330 Yuan or 8.9% more than in 2010.", ["per_unit", "change", "change_pct"]),
        ("Income per head was 4,020 Yuan, 330 Yuan (8.9%) more than in 2010.", ["per_unit", "change", "change_pct"]),
        ("Revenue and net income per head rose by 1.4 billion Yuan and 480 Yuan respectively.", ["change"] * 2),
        ("They spent 13 million Yuan on building up 491 villages.", ["level"] * 2),
        ("The poor were 38,000 people, or 12.4% of the population.", ["level", "share_pct"]),
    ],
)
def test_differences(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tap water reached 71% of the villages, and buses served 83% of them.", ["rate_pct"] * 2),
        ("There were clinics in 38 % of the villages.", ["rate_pct"]),
        ("66% of households were connected to the grid.", ["rate_pct"]),
        ("全县83%的村通了客车。", ["rate_pct"]),
        ("The poor came to 12% of households.", ["share_pct"]),
        ("Of all townships 17.2% are poor.", ["share_pct"]),
        ("全县17.2%的乡镇是贫困乡镇。", ["share_pct"]),
        ("贫困发生率从13.4%降到7.7%，年均下降1.9个百分点。", ["rate_pct", "rate_pct", "diff_pp"]),
        ("The share of loans rose from 14.2% to 18.1%.", ["share_pct"] * 2),
        ("Growth was 1.2 percentage points above the plan.", ["over_plan_pct"]),
        ("城乡收入比为2.87:1。", ["level"]),
    ],
)
def test_rates_and_shares(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [("农民纯收入61％来自果业。", "exact"), ("Of the income, 38 percent came from work outside.", "exact")],
)
def test_what_comes_from_somewhere_is_a_share(text, qualifier):
    (found,) = figures(text)
    assert (found.role, found.qualifier) == ("share_pct", qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "They counted 83,100 farmers, with 84 percent male.",
        "Around 9,100 people were killed, of whom approximately 57 per cent were women.",
    ],
)
def test_the_percent_of_them_are_a_share(text):
    assert [found.role for found in figures(text)] == ["level", "share_pct"]


@pytest.mark.parametrize("whose", ["household", "farm"])
def test_a_median_is_what_each_has(whose):
    assert [found.role for found in figures(f"The median {whose} income was 71,300 yuan.")] == ["per_unit"]
