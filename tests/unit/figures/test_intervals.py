from decimal import Decimal

import pytest

from pipelines.figures.intervals.intervals import bounds


@pytest.mark.parametrize(
    ("stated", "scale", "qualifier", "unit", "low", "high"),
    [
        ("803", "1000000", "exact", "CNY", "802500000", "803500000"),
        ("22.1", "1", "exact", "%", "22.05", "22.15"),
        ("1.1", "1000000000", "exact", "CNY", "1050000000", "1150000000"),
        ("50829", "1", "exact", "person", "50829", "50829"),
        ("2500", "1", "more_than", "person", "2500", "2600"),
        ("9000", "1", "nearly", "person", "8000", "9000"),
        ("600", "1", "about", "person", "500", "700"),
        ("0.4", "1", "exact", "%", "0.35", "0.45"),
        ("0", "1", "exact", "person", "0", "0"),
        ("105", "1", "exact", "%", "104.5", "105.5"),
        ("3725", "1", "exact", "CNY/person", "3724.5", "3725.5"),
    ],
)
def test_bounds(stated, scale, qualifier, unit, low, high):
    found = bounds(Decimal(stated), Decimal(scale), qualifier, unit)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_more_than_excludes_its_upper_end_and_nearly_its_lower():
    assert bounds(Decimal(7), Decimal(1), "more_than", "animal").open_high
    assert bounds(Decimal(7), Decimal(1), "nearly", "mu").open_low
