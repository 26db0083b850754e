"""A number before words that are not known counts nothing that was counted before it."""

import pytest

from tests.helpers import figures


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("They bought 41 tonnes of rice. Soap was bought for 9,000 schoolchildren.", ["tonne", "person"]),
        ("It reached 45 townspeople, 98 beekeepers and 3 regimens.", ["person", "person", "other"]),
        ("It feeds 7,000 (35 percent) of the schoolchildren in town.", ["person", "%"]),
        ("They laid 23 km of lines, and 54 HV/LV transformation sets stood ready.", ["km", "unknown"]),
        ("It has 30 villages and 12 were poor.", ["village", "village"]),
        # there are not so many cities in the world, whatever stands behind the number
        ("将对180万缺水干旱地区的农村人口实施搬迁。", ["unknown"]),
        ("全省完成空心村整村推进7440个。", ["village"]),
    ],
)
def test_what_is_counted(text, units):
    assert [figure.unit for figure in figures(text)] == units
