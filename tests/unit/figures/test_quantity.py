from decimal import Decimal

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Funds were 803 million Yuan.", 803_000_000, "CNY"),
        ("Loans were 1.1 billion yuan in all.", 1_100_000_000, "CNY"),
        ("Loans were RMB 1.5 trillion.", 1_500_000_000_000, "CNY"),
        ("Aid of $ 71 million came in.", 71_000_000, "USD"),
        ("Aid was 60,000 XAF, 410,000 MAD.", 410_000, "MAD"),
        ("Aid was 410,000 MAD and food.", 410_000, "MAD"),
        ("It paid 20 yuan to each keeper and gave out 90 kg of wax.", 90, "kg"),
        ("There were 12,390 biogas digesters.", 12_390, "facility"),
        ("They built 30,000 km of roads.", 30_000, "km"),
        ("Trees stand on 35,000 mu.", 35_000, "mu"),
        ("It cost 4000 Yuan per person.", 4000, "CNY/person"),
        ("Income rose by 300 Yuan per household.", 300, "CNY/household"),
        ("Each county got 15 million Yuan for each county.", 15_000_000, "CNY/county"),
        ("Seven counties took part.", 7, "county"),
        ("Funds rose by 22.1 percent.", Decimal("22.1"), "%"),
        ("It was 0.7 percentage points quicker.", Decimal("0.7"), "pp"),
        ("Output rose 2.36 times.", Decimal("2.36"), "times"),
        ("Training had 46,088 person-times.", 46_088, "person-time"),
        ("Aid was 5bn Yuan.", 5_000_000_000, "CNY"),
        ("Aid was 5m Yuan.", 5_000_000, "CNY"),
        ("They built 5 m of dam.", 5, "m"),
        ("Of the counties, 3,650 km cement road was built.", 3_650, "km"),
        ("投入资金8.03亿元。", 803_000_000, "CNY"),
        ("搬迁5.0829万人。", 50_829, "person"),
        ("增长22.1%。", Decimal("22.1"), "%"),
        ("共有441期。", 441, "training"),
    ],
)
def test_value_and_unit(text, value, unit):
    [figure] = figures(text)[-1:]
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("More than 2500 reservoirs were built.", "more_than"),
        ("A grant must not exceed 8,000 yuan.", "up_to"),
        ("The cost was never above 70 million yuan.", "up_to"),
        ("贷款不得超过6万元。", "up_to"),
        ("人数未超过90人。", "up_to"),
        ("Upwards of 30,000 mu were planted.", "more_than"),
        ("Nearly 9,000 projects began.", "nearly"),
        ("About 600 people came.", "about"),
        ("At least 40 villages joined.", "at_least"),
        ("As many as 40 villages joined.", "up_to"),
        ("Fewer than 40 villages joined.", "below"),
        ("40 villages joined.", "exact"),
        ("种植面积近20万亩。", "nearly"),
        ("支持项目4000多个。", "more_than"),
    ],
)
def test_qualifier(text, qualifier):
    [figure] = figures(text)
    assert figure.qualifier == qualifier


def test_a_list_shares_its_unit_and_scale():
    values = [(figure.value, figure.unit) for figure in figures("They got 20, 30 and 50 million Yuan.")]
    assert values == [(20_000_000, "CNY"), (30_000_000, "CNY"), (50_000_000, "CNY")]


def test_an_unlisted_noun_is_still_a_figure():
    [figure] = figures("They handed out 412 beehives.")
    assert (figure.unit, figure.subject) == ("other", "beehives")


def test_fewer_than_before_counts_what_was_counted_before():
    read = figures("A total of 1,043 villages were covered by the programme, 87 fewer than in 2009.")
    assert [(figure.value, figure.unit) for figure in read] == [(1043, "village"), (87, "village")]


def test_a_number_in_brackets_counts_the_noun_before_it():
    read = figures("They reached 1,200 villages. Two thirds of the beehives (4,500) were lent.")
    assert [(figure.value, figure.unit) for figure in read if figure.unit != "fraction"] == [
        (1200, "village"),
        (4500, "other"),
    ]


def test_households_and_people_are_two_figures():
    read = figures("Aid reached 323,000 households (808,000 people).")
    assert [(figure.value, figure.unit) for figure in read] == [(323_000, "household"), (808_000, "person")]


def test_each_reaches_no_amount_of_another_act():
    assert [figure.unit for figure in figures("They gave out 90 kg of wax and paid 20 yuan to each household.")] == [
        "kg",
        "CNY/household",
    ]
