"""Numbers as the pages print them."""

from decimal import Decimal

import pytest

from pipelines.publishing.site.numbers import band, exact, period, short, span

N = "\u202f"


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ("803000000", "CNY", f"803.0{N}M{N}CNY", f"8.03{N}亿元"),
        ("1234567", "CNY", f"1.2{N}M{N}CNY", f"123.46{N}万元"),
        ("24500000000", "CNY", f"24.5{N}B{N}CNY", f"245.00{N}亿元"),
        ("-47000000", "CNY", f"−47.0{N}M{N}CNY", f"−4,700.00{N}万元"),
        ("12400000000", "KES", f"12.4{N}B{N}KES", f"124.00{N}亿肯尼亚先令"),
        ("71000000", "USD", f"71.0{N}M{N}USD", f"7,100.00{N}万美元"),
        ("450", "KES/person", f"450{N}KES/person", f"450{N}肯尼亚先令/人"),
        ("980", "CNY", f"980{N}CNY", f"980{N}元"),
        ("1.7", "%", f"1.7{N}%", f"1.7{N}%"),
        ("50885", "household", f"50,885{N}household", f"50,885{N}户"),
        ("183.25", "CNY/person", f"183.2{N}CNY/person", f"183.2{N}元/人"),
        ("1.368", "x", f"1.37{N}×", f"1.37{N}倍"),
        ("1", "1 = yes, 0 = no", "1", "1"),
    ],
)
def test_a_value_is_short_and_has_its_unit(value, unit, english, chinese):
    assert short(Decimal(value), unit, "en") == english
    assert short(Decimal(value), unit, "zh") == chinese


def test_nothing_is_printed_for_no_value():
    assert short(None, "CNY", "en") == exact(None) == span(None, None, "%", "en") == band(None, None, "%", "en") == ""


def test_an_interval_is_exact_and_a_point_is_one_value():
    assert span(Decimal("802500000"), Decimal("803500000"), "CNY", "en") == f"802,500,000 – 803,500,000{N}CNY"
    assert span(Decimal("84.0"), Decimal("84"), "county", "en") == f"84{N}county"


def test_a_band_holds_what_the_exact_bounds_hold():
    assert band(Decimal("80.958307"), Decimal("81.183801"), "%", "en") == f"80.95 – 81.19{N}%"


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("Y2011", "2011", "2011"),
        ("ASOF_20111231", "as of 2011-12-31", "截至 2011-12-31"),
        ("unknown", "unknown", "unknown"),
        ("Y2009_2011", "2009–2011", "2009–2011"),
        ("FYP12", "12th Five-Year Plan (2011–2015)", "“十二五”规划"),
    ],
)
def test_a_period_reads_as_people_write_it(code, english, chinese):
    assert period(code, "en") == english
    assert period(code, "zh") == chinese
