"""What an amount is per: an amount for each one, a mean or a price is never read as an amount of all."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It works out at 2,700 yuan per pupil.", "CNY/person"),
        ("Dykes cost 640,000 yuan a kilometre.", "CNY/km"),
        ("A kilometre of dyke costs 640,000 yuan.", "CNY/km"),
        ("On average, a house cost 73,000 yuan.", "CNY/facility"),
        ("Per village, the office spent 1.3 million yuan.", "CNY/village"),
        ("Loans averaged 9,000 yuan.", "CNY/other"),
        ("The unit cost is 410 yuan.", "CNY/other"),
        ("There were 11.2 families per group.", "household/organisation"),
        ("Classes had 37 pupils on average.", "person/other"),
        ("The average plot is 2.4 mu.", "mu/other"),
        ("They hold 36 kg a household.", "kg/household"),
        ("份均4312元。", "CNY/other"),
        ("校均学生260人。", "person/facility"),
        ("每期培训36人。", "person/other"),
        ("每个村投入36万元。", "CNY/village"),
        ("均价640元。", "CNY/other"),
        ("项目平均投资73万元。", "CNY/other"),
    ],
)
def test_each_mean_and_price_is_per_unit(text, unit):
    [figure] = figures(text)
    assert (figure.unit, figure.role) == (unit, "per_unit")


@pytest.mark.parametrize(
    "text",
    [
        "A village spent 640,000 yuan.",
        "In a year 640,000 yuan came.",
        "两校均投入64万元。",
        "每年投入64万元。",
        "高于全省平均水平64万元。",
    ],
)
def test_what_one_spends_and_what_all_do_is_no_mean(text):
    assert "/" not in figures(text)[-1].unit


@pytest.mark.parametrize(
    ("words", "qualifier"), [("or so", "about"), ("or more", "more_than"), ("or less", "below"), ("plus", "more_than")]
)
def test_what_an_amount_is_per_may_stand_behind_words_of_how_exact_it_is(words, qualifier):
    [figure] = figures(f"They paid 450 yuan {words} per household.")
    assert (figure.unit, figure.qualifier) == ("CNY/household", qualifier)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("大豆亩产从2004年的96.5公斤提高到131公斤。", ["kg/mu", "kg/mu"]),
        ("全州户均用电量从640度一路下降至510度。", ["kWh/household"] * 2),
        ("The yield rose from 2.1 tonnes per hectare in 2010 to 3.4 tonnes.", ["tonne/hectare"] * 2),
        ("Use of water per household fell from 41 m3 in 2012 to 33 m3 in 2015.", ["m3/household"] * 2),
        ("Per capita output of maize was 212 kg.", ["kg/person"]),
        ("总产由3.2万吨增加到4.1万吨，人均占有粮食380公斤。", ["tonne", "tonne", "kg/person"]),
        ("Per capita spending on health stayed low and 40 km of road were paved.", ["km"]),
        ("Output per year was 31,000 tonnes.", ["tonne"]),
        ("They get a ₦31,000 minimum wage and a pension of ₦8,400.", ["NGN/person"] * 2),
        ("It cut its ₦31,000 wage bill.", ["NGN"]),
        ("县里给予4000元的一次性创业补贴。", ["CNY/other"]),
        ("对返乡创业的青年，每年给予2万元补助。", ["CNY/other"]),
        ("县里给予学校4000元补助。", ["CNY"]),
        ("Use is at 131 kilowatt-hours (kWh) per capita.", ["kWh/person"]),
        ("Output per worker of 6,400 yuan is high, compared to 3,100 yuan for older mills.", ["CNY/person"] * 2),
        ("Their annual incomes doubled from 3,100 yuan to 6,200 yuan.", ["CNY/person"] * 2),
    ],
)
def test_both_ends_of_a_change_and_a_measure_are_per_what_their_subject_says(text, units):
    assert [figure.unit for figure in figures(text)] == units
