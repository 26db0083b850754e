"""Two numbers that are the bounds of one estimate, and those that are two amounts."""

import pytest

from tests.helpers import figures, others


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 1.2 and 1.4 million people had moved.", 1_200_000, 1_400_000, "person"),
        ("Some 20 to 30 per cent of the crop was lost.", 20, 30, "%"),
        ("A track of 10-15 km was laid.", 10, 15, "km"),
        ("Losses came to 15%–20%.", 15, 20, "%"),
        ("It costs €5–7m.", 5_000_000, 7_000_000, "EUR"),
        ("They rebuilt 3 or 4 villages.", 3, 4, "village"),
        ("Prices rose by 3% to 5%.", 3, 5, "%"),
        ("Incomes ranged from 1,000 to 2,000 yuan.", 1000, 2000, "CNY"),
        ("They own two to three hectares.", 2, 3, "hectare"),
        ("每户补助3000—5000元。", 3000, 5000, "CNY/household"),
        ("约300-400户受灾。", 300, 400, "household"),
        ("受灾人口在3至5万人之间。", 30_000, 50_000, "person"),
        ("投资8000万元至1.2亿元。", 80_000_000, 120_000_000, "CNY"),
        ("有三到五户种茶。", 3, 5, "household"),
    ],
)
def test_an_estimate_between_two_bounds_is_one_figure(text, low, high, unit):
    [figure] = figures(text)
    assert (figure.value, figure.low, figure.high, figure.unit) == (low, low, high, unit)
    assert figure.qualifier == "about"


@pytest.mark.parametrize(
    "text",
    [
        "The grant was raised from 300 to 500 yuan.",
        "The gap between 1,200 yuan and 3,400 yuan is wide.",
        "The rate rose 3% to 45%.",
        "The poor fell by 120,000 to 450,000.",
        "补助标准由3000元提高到5000元。",
        "增加100万元至500万元。",
    ],
)
def test_two_amounts_stay_two(text):
    assert len(figures(text)) == 2


@pytest.mark.parametrize("text", ["They meet within 2-3 years.", "项目在2—3年内建成。", "为16—60周岁的人培训。"])
def test_the_bounds_of_a_time_are_no_figures(text):
    assert figures(text) == ()
    assert len(others(text)) == 2
