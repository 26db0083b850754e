"""A year before a sign of money, words in brackets, changes that are no ranges, and who is no unit of what is told."""

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document, figures


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        # a year is a date, and the sign behind it is of the next number
        ("In 2016 US$ 5.2 million was paid to farmers.", "5.2", "USD"),
        ("By June 2016 GH¢ 51.7 million had been paid.", "51.7", "GHS"),
        ("In the course of 2016 KSh 51.7 million of old debt was paid.", "51.7", "KES"),
        ("For 2016 EUR 51.7 million was planned.", "51.7", "EUR"),
        # each within brackets is of what stands there
        ("19,640 persons were staying in 263 centers (about 75 in each).", "19,640", "person"),
        ("The grant (R350 for each adult) reached 4,200 adults.", "4,200", "person"),
        ("Each household (of 2,300) got 500 yuan.", "500", "CNY/household"),
        # per centre is no per cent
        ("That comes to 120 per centre.", "120", "unknown"),
        ("That comes to 12 per centum of all.", "12", "%"),
        # a bill of wages is no wage
        ("Wages were 281.04 million yuan.", "281.04", "CNY"),
        ("The minimum wage was 1,200 yuan.", "1,200", "CNY/person"),
        # who does something is not counted by what is told behind the verb
        ("Our teams found 37,860.", "37,860", "unknown"),
        ("The villages reached 37.", "37", "village"),
        ("8,000 bags went to schools, and 4,000 were kept.", "4,000", "other"),
        ("In all 8,000 went to schools, and 4,000 remained.", "4,000", "unknown"),
        # problems that were found are counted
        ("县里抽查，发现问题57条。", "57", "other"),
    ],
)
def test_units(text, number, unit):
    found = [figure for figure in figures(text) if number in figure.text]
    assert [figure.unit for figure in found] == [unit]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Spending was raised by 9,860 to 28,104 shillings.", [("change", "exact"), ("level", "exact")]),
        ("Prices rose by 3 to 5 percent.", [("change_pct", "about"), ("change_pct", "about")]),
    ],
)
def test_a_change_and_what_it_made_are_no_range(text, expected):
    found = figures(text)
    assert [figure.qualifier for figure in found] == [qualifier for _, qualifier in expected]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The delay declined from 46 days to 31 days, an improvement of 15 days.", ["46", "31", "15"]),
        ("Within 31 days the claims were paid.", []),
        ("省政府印发《纲要》，共七个部分34条。", []),
        ("The programme closed 2015 with 498,200 users.", ["498,200"]),
        ("The office closed 2015 cases with costs.", ["2015"]),
    ],
)
def test_days_and_years(text, numbers):
    assert [figure.text for figure in figures(text)] == numbers


def test_a_rule_of_two_thirds_is_no_share():
    found = read_figures(document("Women are 39 percent, still below the two-thirds gender rule."))
    assert [figure.text for figure in found.figures] == ["39 percent"]
    assert ("two-thirds", "generic") in [(number.text, number.reason) for number in found.non_figures]


def test_what_is_held_against_a_budget_is_its_completion():
    text = "20.8 crore were generated against an approved labour budget of 20 crore, or 104 per cent."
    assert [figure.role for figure in figures(text)] == ["level", "target", "plan_pct"]
