"""Words on either side of a number that bound it, and open numbers of tenths and of scales alone."""

import pytest

from tests.helpers import figures, others


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("It has ca. 270 residents.", "about"),
        ("It has app. 30 wells.", "about"),
        ("过千名学生受益。", "more_than"),
        ("地块大于7亩。", "more_than"),
        ("地块小于4亩。", "below"),
        ("起码80户参加。", "at_least"),
        ("差不多60户参加。", "about"),
        ("They dug 9 wells at least.", "at_least"),
        ("They dug 9 wells or fewer.", "up_to"),
        ("覆盖率24%出头。", "more_than"),
        ("来了700许人。", "about"),
        ("来了90人不到。", "below"),
        ("投资3亿元（含）以上的项目。", "at_least"),
        ("收入4000元（不含）以下的户。", "below"),
        ("投资超亿元。", "more_than"),
    ],
)
def test_words_around_a_number_bound_it(text, qualifier):
    assert figures(text)[0].qualifier == qualifier


@pytest.mark.parametrize(
    "text",
    ["There are 10 wells at least 3 of which are dry.", "发了5个许可证。", "资金300万元不到位。"],
)
def test_words_of_what_follows_bound_nothing(text):
    assert figures(text)[0].qualifier == "exact"


def test_a_bound_that_is_told_again_is_one_figure():
    assert [figure.qualifier for figure in figures("800户（含800户）以上的村。")] == ["at_least"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("产量提高二到四成。", 20, 40), ("七八成农户参加。", 70, 80), ("3至4成农户参加。", 30, 40)],
)
def test_tenths_that_are_open(text, low, high):
    [figure] = figures(text)
    assert (figure.low, figure.high, figure.unit, figure.qualifier) == (low, high, "%", "about")


@pytest.mark.parametrize(
    ("text", "printed"), [("千百户受益。", "千百"), ("惠及百万农户和千万人。", "千万"), ("投资破百亿。", "百亿")]
)
def test_scales_alone_say_roughly_how_many(text, printed):
    assert (printed, "unread") in others(text)
