"""What stands behind a number and changes it: 多 between scales, 半, letters, scale words of other languages, coins."""

from decimal import Decimal

import pytest

from tests.helpers import figures, others


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("投资8千多万元。", 80_000_000, "CNY", "more_than"),
        ("贷款6百余万元。", 6_000_000, "CNY", "more_than"),
        ("投资六亿半元。", 650_000_000, "CNY", "exact"),
        ("迁出七万半人。", 75_000, "person", "exact"),
        ("产值增长一倍半。", Decimal("1.5"), "times", "exact"),
        ("筹资三个半亿。", 350_000_000, "CNY", "exact"),
        ("They lent 2/5 of a million yuan.", 400_000, "CNY", "exact"),
        ("It holds 17 m residents.", 17_000_000, "person", "exact"),
        ("It holds 6 k households.", 6000, "household", "exact"),
        ("They gave 9 Millionen Euro.", 9_000_000, "EUR", "exact"),
        ("They gave 14 tys. zł.", 14_000, "PLN", "exact"),
        ("They gave 3 milhões de reais.", 3_000_000, "BRL", "exact"),
        ("赠款5万克朗。", 50_000, "unknown", "exact"),
        ("设备值7千克朗。", 7000, "unknown", "exact"),
        ("They dug a thousand and thirty wells.", 1030, "facility", "exact"),
        ("Here 2 out of 5 households farm.", Decimal("0.4"), "fraction", "exact"),
        ("They gave 3 odd million yuan.", 3_000_000, "CNY", "more_than"),
        ("They moved 5 thou people.", 5000, "person", "exact"),
        ("They gave 6 dollars 35 cents.", Decimal("6.35"), "USD", "exact"),
        ("They gave 7 yuan 20 fen.", Decimal("7.2"), "CNY", "exact"),
        ("每人发了7毛钱。", Decimal("0.7"), "CNY/person", "exact"),
        ("每吨收三块五。", Decimal("3.5"), "CNY/tonne", "exact"),
        ("It costs 2.345,60 yuan; roads take 1.875 million yuan.", 1_875_000, "CNY", "exact"),
    ],
)
def test_what_stands_behind_a_number_belongs_to_it(text, value, unit, qualifier):
    found = figures(text)[-1]
    assert (found.value, found.unit, found.qualifier) == (value, unit, qualifier)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("发放4千几百万元。", "4"),
        ("They planted 7 M trees.", "7"),
        ("They gave 6 bio. EUR.", "6"),
        ("They paid 8 grand yuan.", "8"),
        ("They paid 5 млн рублей.", "5"),
        ("They paid 2 billion de francs.", "2"),
        ("It has a 4 G network.", "4"),
        ("There were 1.234.567 people and 3.456 tonnes.", "3.456"),
        ("A sack cost 6.5 dollars 20.", "6.5 dollars 20"),
        ("They paid 6 mil. rupees.", "6"),
    ],
)
def test_what_is_not_understood_is_unread(text, printed):
    assert (printed, "unread") in others(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The wall is 12 m long.", 12, "m"),
        ("They laid 45 m of pipes.", 45, "m"),
        ("They bought 3千克种子。", 3, "kg"),
        ("They paid 5 extra yuan.", 5, "CNY"),
        ("Of 40 homes, 12 out of 40 have a roof.", 40, "household"),
    ],
)
def test_what_is_plain_stays_plain(text, value, unit):
    assert (value, unit) in [(figure.value, figure.unit) for figure in figures(text)]


@pytest.mark.parametrize(("text", "value"), [("种子打对折。", 50), ("农户占比约半成。", 5)])
def test_half_a_tenth_and_half_the_price_are_percentages(text, value):
    assert [(figure.value, figure.unit) for figure in figures(text)] == [(value, "%")]
