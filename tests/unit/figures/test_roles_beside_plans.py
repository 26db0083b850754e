"""What words right beside a number say of it holds also where a plan is told: differences, ceilings, rates."""

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document


def roles(text):
    read = read_figures(document(text, title="India: progress report 2011", section=""))
    return {figure.text: figure.role for figure in read.figures}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deficit will be Rs. 86 crores larger than the 1998-99 provision.", {"86 crores": "change"}),
        ("Revenue from stamps will probably be $0.6 million less than anticipated.", {"0.6 million": "change"}),
        ("The block will line 240 km of canals, 30 km more than last year.", {"240": "target", "30": "change"}),
        (
            "Grants will reach $38 million, an increase of $2.4 million over 2010.",
            {"38 million": "target", "2.4 million": "change"},
        ),
        (
            "The vote will be 74 million rupees, a reduction of 5 million rupees.",
            {"74 million rupees": "target", "5 million rupees": "change"},
        ),
        ("It was decided to step up this aid by another Rs. 35 crores.", {"35 crores": "change"}),
        (
            "The state plans to raise the number of clinics by 40 to 210 in 2016.",
            {"40": "change", "210": "target"},
        ),
    ],
)
def test_a_difference_stays_one_in_a_plan(text, expected):
    found = roles(text)
    assert {printed: found.get(printed) for printed in expected} == expected


@pytest.mark.parametrize("verb", ["programmed", "targeted", "projected", "budgeted", "scheduled", "forecast"])
def test_what_is_planned_at_so_much_is_a_target(verb):
    assert roles(f"Outlays of the state are {verb} at Rs. 417 crore.") == {"417 crore": "target"}


def test_what_was_estimated_or_fixed_at_so_much_is_none():
    assert roles("Output was estimated at 3 million tonnes.") == {"3 million tonnes": "level"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The limit for such loans is being raised from Rs. 5 lakh to Rs. 10 lakh.",
            {"5 lakh": "per_unit_prev", "10 lakh": "per_unit"},
        ),
        ("The ceiling on assistance was set at $5,000.", {"5,000": "per_unit"}),
        ("Relief is for borrowers who took loans up to Rs. 8,000.", {"8,000": "per_unit"}),
        ("The bank made loans of up to $50 million to the state.", {"50 million": "level"}),
        ("Of all homes these had the highest median income at $98,400.", {"98,400": "per_unit"}),
        ("Average rainfall was 540 mm.", {"540": "level"}),
    ],
)
def test_what_one_may_get_is_a_ceiling_and_no_amount_that_was_paid(text, expected):
    assert roles(text) == expected


def test_a_plan_with_a_capital_is_a_budget_of_that_name():
    assert roles("In 2010 support to the State Plan was Rs. 812 crore.") == {"812 crore": "level"}
    assert roles("The plan for 2010 was 812 houses.") == {"812": "target"}


def test_a_rate_of_interest_is_no_aim():
    assert roles("The scheme of crop loans at 7 per cent interest will be continued.") == {"7 per cent": "rate_pct"}


def test_a_share_in_brackets_behind_two_ends_is_of_the_last():
    found = roles("The forecast was revised from Rs. 205.6 crore to Rs. 210 crore (11.2 percent of GDP).")
    assert found["11.2 percent"] == "share_pct"


def test_female_headed_households_are_a_part():
    assert set(roles("Of the farmers 86 percent are male and 14 percent female-headed households.").values()) == {
        "share_pct"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what can or will be in years to come
        (
            "It grows so that 2,000 groups with 40,000 families can be helped over the next five years.",
            ["target", "target"],
        ),
        ("The plan entails an outlay, over the next seven years, of 300 billion rand.", ["target"]),
        ("We had 40 schools, and in the next five years built 20 more.", ["level", "change"]),
        # what somebody seeks or has put into a budget
        ("The total investment of 10,400 rupees that we seek to achieve is large.", ["target"]),
        ("I budgeted last year for a net collection of 105 rupees.", ["target"]),
        ("The 450 villages that the survey covered are poor.", ["level"]),
        # a difference that is told once more in per cent
        (
            "Spending is put at $8.97 billion, about $2.58 billion or 41% higher than before.",
            ["level", "change", "change_pct"],
        ),
    ],
)
def test_years_to_come_and_what_is_sought_plan(text, expected):
    assert list(roles(text).values()) == expected
