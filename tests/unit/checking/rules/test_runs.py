"""Amounts in a row that nothing but arithmetic relates: a slip in one is told, a row that chance could mend is not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.checking.slips import is_slip_of
from pipelines.checking.verdict import FAILING
from tests.helpers import checked, document, figures

ROWS = [
    "The census registered 68,730 boats, against 72,450 before. 41,260 are dugouts, 20,610 planked and 6,860 decked.",
    "Work on roads used 32,680 thousand birr; 19,865 thousand birr went to gravel, 12,815 thousand birr to bridges.",
    "Coffee brought 21,460 pesos, cane 192,635 pesos, rubber 30,515 pesos, and the three 244,610 pesos.",
    "全市登记机动渔船68730艘。木质船41260艘，钢质船20610艘，玻璃钢船6860艘。",
    "水稻播种24461亩，玉米19263亩，大豆3051亩，三项为46775亩。",
]


def failing(text):
    return [check for check in checked(document(text, section="")).checks if check.verdict in FAILING]


@pytest.mark.parametrize("text", ROWS)
def test_a_row_that_adds_up_is_right(text):
    assert failing(text) == []


@pytest.mark.parametrize(
    ("row", "number", "slip"),
    [
        (0, "20,610", "26,010"),
        (0, "6,860", "68,860"),
        (0, "41,260", "41,290"),
        (0, "68,730", "6,730"),
        (1, "12,815", "1,815"),
        (1, "32,680", "36,280"),
        (2, "30,515", "30,155"),
        (2, "244,610", "24,610"),
        (3, "20610", "26010"),
        (3, "41260", "4260"),
        (4, "19263", "19623"),
        (4, "46775", "466775"),
    ],
)
def test_one_slip_in_it_is_told(row, number, slip):
    told = failing(ROWS[row].replace(number, slip))
    assert ("sum_of_parts", "warning") in [(check.rule, check.severity) for check in told]


@pytest.mark.parametrize(
    "text",
    [
        # no slip mends it
        "The census registered 68,730 boats. 31,450 are dugouts, 12,330 planked and 6,860 decked.",
        # small numbers fit by chance
        "The block has 27 schools. 12 teach girls, 8 boys and 9 both.",
        # others are left out
        "The census registered 68,730 boats, mainly 41,260 dugouts, 26,010 planked and 6,860 decked ones.",
        # one of them is part of a row that does add up
        "登记渔船68730艘，木质船41260艘，钢质船27470艘；其中新造41260艘、26010艘和6860艘。",
        # it may be rounded
        "Gifts came to 84,120 thousand birr, 69,200 thousand birr from towns and 14,900 thousand birr from farms.",
    ],
)
def test_what_may_be_chance_rounding_or_another_row_is_not_told(text):
    assert failing(text) == []


@given(st.integers(10_000, 10_000_000), st.data())
def test_every_slip_of_one_digit_is_known(meant, data):
    text = str(meant)
    place = data.draw(st.integers(0, len(text) - 1))
    kind = data.draw(st.sampled_from(["wrong", "left out", "twice", "swapped"]))
    if kind == "wrong":
        slipped = text[:place] + data.draw(st.sampled_from("0123456789")) + text[place + 1 :]
    elif kind == "left out":
        slipped = text[:place] + text[place + 1 :]
    elif kind == "twice":
        slipped = text[: place + 1] + text[place:]
    else:
        slipped = text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
    if slipped == text or slipped.startswith("0"):
        return
    [figure] = [f for f in figures(f"全县造林{slipped}亩。") if f.value == Decimal(slipped)]
    assert is_slip_of(figure, Decimal(meant))
    assert not is_slip_of(figure, Decimal(meant) * 1234 + 7)
