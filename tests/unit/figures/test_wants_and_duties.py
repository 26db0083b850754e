"""What is wanted, asked for, promised or to be done is planned; how much of it was passed is beyond it."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    "text",
    [
        "We wanted 3,100 pumps.",
        "The appeal needs 41.5 million yuan until May.",
        "We request 2.6 million yuan for 2012.",
        "Some 4,100 huts are proposed to be roofed.",
        "Last year I promised 85 bridges.",
        "明年出栏要达到6.4万头。",
        "每年须搬1.2万人。",
        "建议投入不低于3.7亿元。",
        "已到位资金840万元，是年度方案900万元的93.3%。",
    ],
)
def test_what_is_to_be_is_planned(text):
    assert "target" in [figure.role for figure in figures(text)]


@pytest.mark.parametrize("text", ["主要作物4.1万亩。", "首要任务是修渠，已修31公里。", "只要8户就够了。"])
def test_words_with_the_sign_of_duty_in_them_plan_nothing(text):
    assert "target" not in [figure.role for figure in figures(text)]


def test_rates_are_wanted_too():
    assert [f.role for f in figures("By 2016 we target 15% coverage.")] == ["target"]


def test_what_was_exceeded_was_planned():
    found = figures("The county moved 3,075 households against a task of 3,000. It was exceeded by 2.5%.")
    assert found[-1].role == "over_plan_pct"


def test_a_counter_before_a_verb_counts_no_noun_behind_it():
    assert figures("全县210个村中，196个建有标准化卫生室。")[1].unit == "village"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        # what a work will bring once it stands, as far as no word says that it has come
        ("厂房建成后，将形成年产值约12亿元的产业集群，带动就业2000人。", "2000"),
        ("全部达产后，可实现年销售收入3.2亿元，吸纳就业500人。", "500"),
        ("项目投产后，已吸纳就业500人，可实现年产值2亿元。", "2亿"),
        ("搬迁完成后，560户可以每年分红。", "560"),
        # the plan in brackets, what was done beside it
        ("完成目标值（6.5万亩）的90.2%。", "6.5万"),
    ],
)
def test_what_a_finished_work_may_bring_is_to_come(text, number):
    assert {figure.role for figure in figures(text) if number in figure.text} == {"target"}


@pytest.mark.parametrize(
    "text",
    [
        "项目实施后，农民人均可支配收入达到5600元。",
        "项目运营后，年产能2万吨。",
        "该厂投产后累计销售1.2亿元。",
        "It dug 19 dams, better than the year before.",
    ],
)
def test_what_a_finished_work_has_is_there(text):
    assert "target" not in [figure.role for figure in figures(text)]


def test_what_stands_before_against_a_planned_number_was_done():
    done, planned = figures("Desilting did better: 19 earth dams against a planned 16.")
    assert (done.role, planned.role) == ("level", "target")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        # a change and its object in one Chinese verb, and nothing of an earlier time
        ("支出32.93亿元，同比增支5.1亿元。", ["level", "change"]),
        ("收入8.6亿元，较上年短收0.4亿元。", ["level", "change"]),
        ("粮食减产0.4万吨。", ["change"]),
        ("群众户均增收3200元。", ["per_unit"]),
        # a change by so much to so much is no range
        ("Savings grew by $43.5 million to $60.7 million.", ["change", "level"]),
        ("The increase of 51,262 grants is equal to 2.0 per cent.", ["change", "change_pct"]),
    ],
)
def test_what_has_changed_by_so_much(text, roles):
    found = figures(text)
    assert [figure.role for figure in found] == roles
    assert {figure.qualifier for figure in found} == {"exact"}
    assert not [figure for figure in found if figure.link == "previous_of"]


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("由年初的1.2万人增加到年末的1.5万人。", "1.2万"),
        ("全年3260万元，同2015年的4075万元相比减少815万元。", "4075万"),
    ],
)
def test_an_earlier_value_is_told_from_one_of_now(text, earlier):
    assert [figure.text.rstrip("人元") for figure in figures(text) if figure.link == "previous_of"] == [earlier]
