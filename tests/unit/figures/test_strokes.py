"""Units behind a stroke, degrees, points of per cent, parted words, squared signs and ratios."""

from decimal import Decimal

import pytest

from tests.helpers import figures, others


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The yield was 7 t/ha.", 7, "tonne/hectare"),
        ("单产31吨/公顷。", 31, "tonne/hectare"),
        ("人口密度为96人/平方公里。", 96, "person/km2"),
        ("水费为4元/立方米。", 4, "CNY/m3"),
        ("There are 85 people/km2.", 85, "person/km2"),
        ("They came to 20 towns/villages.", 20, "township"),
        ("The train went 70 km/h.", 70, "other"),
        ("水渠流量9立方米/秒。", 9, "other"),
        ("夜里零下21度。", -21, "other"),
        ("It was 14 degrees below zero.", -14, "other"),
        ("坡度30度以上的地退耕。", 30, "other"),
        ("全年用电95度。", 95, "kWh"),
        ("用电95度，气温20度。", 95, "kWh"),
        ("Paving cost 20 yuan per m2.", 20, "CNY/m2"),
        ("There are 60 people/sq km.", 60, "person/km2"),
        ("It holds 8 m cubic metres.", 8_000_000, "m3"),
        ("The share rose by 9 %-points.", 9, "pp"),
        ("The share rose by 4 %pts.", 4, "pp"),
        ("They paved 16 kilo-\nmetres of road.", 16, "km"),
        ("They moved 73 hou-\nseholds.", 73, "household"),
        ("新建住房84㎡。", 84, "m2"),
        ("修路19㎞。", 19, "km"),
        ("The ratio was 5 to 1.", 5, "ratio"),
        ("The ratio was 1 : 3.5.", Decimal("3.5"), "ratio"),
    ],
)
def test_the_unit_is_read_as_a_whole(text, value, unit):
    found = figures(text)[0]
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The train burned 6 kg/passenger.", "6"),
        ("每次补贴8元/趟。", "8"),
        ("It pumps 30 L/min.", "30"),
        ("运费9元/吨·公里。", "9"),
        ("It has 3 teachers/class.", "3"),
        ("There are 4 beds/1000 people.", "4"),
        ("旋转了45度。", "45"),
        ("长度8㍍。", "8"),
    ],
)
def test_a_unit_that_is_not_known_is_not_cut_off(text, printed):
    assert (printed, "unread") in others(text)


def test_a_ratio_tells_which_side_is_divided_by_which():
    told = [dict(figure.decided_by)["direction"] for figure in figures("The ratios were 1:2.5 and 2.5:1.")]
    assert told == ["second side by first", "first side by second"]


def test_a_word_parted_elsewhere_stays_as_it_is():
    assert [figure.unit for figure in figures("They moved 12 poverty-\nstricken households.")] == ["household"]
