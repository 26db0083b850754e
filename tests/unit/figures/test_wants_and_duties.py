"""What is wanted, asked for, promised or to be done is planned; how much of it was passed is beyond it."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    "text",
    [
        "We wanted 3,100 pumps.",
        "The appeal needs 41.5 million yuan until May.",
        "We request 2.6 million yuan for 2012.",
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
