"""Whose an income or a mean is: a person's, a household's, or nobody's by the head."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("二人家庭收入低于2600元，五人家庭收入低于9800元，算作困难。", ["CNY/household", "CNY/household"]),
        ("靠种菜，老周一家年收入达到3.8万元，堂姐年收入1.9万元。", ["CNY/household", "CNY/person"]),
        ("农户年收入超过2.5万元，农户人均纯收入7100元。", ["CNY/household", "CNY/person"]),
        ("Families earning less than 450 yuan a year got a cow.", ["CNY/household"]),
        ("Couples with an annual income of 900 yuan got two.", ["CNY/household"]),
        ("The household's net income per head was 420 yuan.", ["CNY/person"]),
        ("合作社年收入18万元，社员年收入1.6万元。", ["CNY", "CNY/person"]),
        ("Our annual income rose to 310,000 yuan.", ["CNY"]),
        ("The charity's annual income was 320,000 yuan.", ["CNY"]),
        ("The shop took 81,000 yuan, having earned 24,000 yuan in 2016.", ["CNY", "CNY"]),
        ("A herder earned 24,000 yuan.", ["CNY/person"]),
        # nobody earns so much
        ("For the first time the annual income was above 1,200,000 yuan.", ["CNY"]),
        # what each household gets for somebody is somebody's
        (
            "Each household gets 700 yuan for rice and 500 yuan for pupils of middle schools.",
            ["CNY/household", "CNY"],
        ),
        (
            "Each household gets 700 yuan for rice, and grants of 300 yuan per month for infants, 500 yuan for pupils.",
            ["CNY/household", "CNY/month", "CNY"],
        ),
        # of so many it is a mean over time, of few what each of others has
        ("An average of 7.4 million people drew the pension.", ["person"]),
        ("Villages averaged 45 households.", ["household/other"]),
    ],
)
def test_whose_it_is(text, units):
    assert [figure.unit for figure in figures(text)] == units
