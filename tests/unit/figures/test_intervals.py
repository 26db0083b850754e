from decimal import Decimal

import pytest

from pipelines.figures.intervals import bounds


@pytest.mark.parametrize(
    ("stated", "scale", "qualifier", "low", "high"),
    [
        ("803", "1000000", "exact", "802500000", "803500000"),
        ("22.1", "1", "exact", "22.05", "22.15"),
        ("1.1", "1000000000", "exact", "1050000000", "1150000000"),
        ("50829", "1", "exact", "50829", "50829"),
        ("2500", "1", "more_than", "2500", "2600"),
        ("9000", "1", "nearly", "8000", "9000"),
        ("600", "1", "about", "500", "700"),
        ("0.4", "1", "exact", "0.35", "0.45"),
        ("0", "1", "exact", "0", "0"),
    ],
)
def test_bounds(stated, scale, qualifier, low, high):
    found = bounds(Decimal(stated), Decimal(scale), qualifier)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


def test_more_than_excludes_its_upper_end_and_nearly_its_lower():
    assert bounds(Decimal(7), Decimal(1), "more_than").open_high
    assert bounds(Decimal(7), Decimal(1), "nearly").open_low
