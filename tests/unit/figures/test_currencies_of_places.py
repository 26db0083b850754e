"""Which money a sign or a 元 means where, with a code before it, and over a range."""

import pytest

from pipelines.figures.read import read_figures
from tests.helpers import document


def figures(text):
    """Those of a report whose title tells no place."""
    return read_figures(document(text, title="Report")).figures


SA = "South Africa pays grants. "


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("臺灣2016年農民保險的被保險人有98萬人，月投保金額為11,400元。", ["person", "TWD"]),
        ("2015年本港貧窮線訂為4,100元，政府撥款6億元。", ["HKD", "HKD"]),
        # traditional characters alone tell no place, nor does a giver from there
        ("2015年，江西省與香港企業協定投資6億元，農戶得到8萬元。", ["CNY", "CNY"]),
        ("香港某基金会2015年捐赠6亿元。", ["CNY"]),
        ("Members will each have FJD $100,000, and AUD $3,000 for fares.", ["FJD", "AUD"]),
        ("US $400 was spent.", ["USD"]),
        # a code that is a word too is a currency where it is at home
        ("Tonga's budget is TOP $992 million.", ["TOP"]),
        ("We saw it at the TOP $992 million were spent.", ["unknown"]),
        (SA + "It pays the R350 relief grant, along the R61 to the coast.", ["ZAR"]),
        (SA + "The R2 000 wage stays.", ["ZAR/person"]),
    ],
)
def test_which_money(text, units):
    assert [figure.unit for figure in figures(text)] == units


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The budget rose from Rs404 to Rs455 billion.", [404_000_000_000, 455_000_000_000]),
        ("It fell from €900 to €455 million.", [900_000_000, 455_000_000]),
        ("Takings rose from $500 to $1 million.", [500, 1_000_000]),
        ("Fares are $2 to $3.", [2, 3]),
    ],
)
def test_a_scale_behind_the_second_amount_is_that_of_the_first(text, values):
    assert [figure.value for figure in figures(text)] == values
