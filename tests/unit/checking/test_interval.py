from decimal import Decimal

import pytest

from pipelines.checking.interval import Interval, base_of, exactly, growth, percent, product, quotient, total


def interval(low, high, point=None, **ends):
    return Interval(Decimal(low), Decimal(high), Decimal(point if point is not None else low), **ends)


def test_sum_and_difference_take_the_right_corners():
    assert total([interval(1, 2), interval(10, 20)]) == interval(11, 22)
    difference = interval(10, 20) - interval(1, 2)
    assert (difference.low, difference.high) == (8, 19)


def test_open_ends_travel():
    assert (interval(1, 2, open_high=True) + interval(1, 2)).open_high
    assert (-interval(1, 2, open_high=True)).open_low


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        (interval(1, 2), interval(2, 3), True),
        (interval(1, 2, open_high=True), interval(2, 3), False),
        (interval(1, 2), interval("2.1", 3), False),
        (interval(1, 5), interval(2, 3), True),
    ],
)
def test_meets(first, second, meet):
    assert first.meets(second) is meet
    assert second.meets(first) is meet


def test_exceeds_needs_every_value_above():
    assert interval(3, 4).exceeds(interval(1, 2))
    assert not interval(2, 4).exceeds(interval(1, 2))
    assert interval(2, 4, open_low=True).exceeds(interval(1, 2))


def test_growth_uses_the_same_operand_twice():
    found = growth(interval("144.5", "145.5", 145), interval("802.5", "803.5", 803))
    assert round(found.low, 2) == Decimal("21.93")
    assert round(found.high, 2) == Decimal("22.15")
    assert round(found.point, 2) == Decimal("22.04")


def test_growth_of_a_decrease_is_negative():
    found = growth(interval(-170, -170), interval(736, 736))
    assert round(found.point, 2) == Decimal("-18.76")
    assert found.low == found.high == found.point


def test_growth_and_percent_are_none_where_the_base_can_be_zero():
    assert growth(interval(200, 200), interval(153, 153)) is None
    assert percent(interval(1, 1), interval(0, 2)) is None


def test_products_and_quotients_take_their_extremes_at_the_corners():
    assert product(interval(2, 3), interval(4, 5)) == interval(8, 15)
    found = quotient(interval(2, 3), interval(4, 5))
    assert (found.low, found.high) == (Decimal("0.4"), Decimal("0.75"))
    assert quotient(interval(2, 3), interval(0, 5)) is None


def test_the_earlier_amount_of_a_growth_rate():
    found = base_of(interval(110, 121), interval(10, 10))
    assert (found.low, found.high) == (100, 110)
    assert base_of(exactly(50), exactly(-50)) == exactly(100)
    assert base_of(exactly(50), exactly(-100)) is None
