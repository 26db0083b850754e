"""Numbers as the pages print them."""

import re
from decimal import Decimal

import pytest

from pipelines.catalog.load import catalog
from pipelines.publishing.site.numbers import band, compact, exact, period, short, sign, span

N = "\u202f"


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        ("803000000", "CNY", f"803{N}M{N}CNY", f"8.03{N}亿元"),
        ("1234567", "CNY", f"1.2{N}M{N}CNY", f"123.46{N}万元"),
        ("24500000000", "CNY", f"24.5{N}B{N}CNY", f"245{N}亿元"),
        ("-47000000", "CNY", f"−47{N}M{N}CNY", f"−4,700{N}万元"),
        ("12400000000", "KES", f"12.4{N}B{N}KES", f"124{N}亿肯尼亚先令"),
        ("71000000", "USD", f"71{N}M{N}USD", f"7,100{N}万美元"),
        ("450", "KES/person", f"450{N}KES/person", f"450{N}肯尼亚先令/人"),
        ("980", "CNY", f"980{N}CNY", f"980{N}元"),
        ("1.7", "%", f"1.7{N}%", f"1.7{N}%"),
        ("50885", "household", f"50,885{N}household", f"50,885{N}户"),
        ("183.25", "CNY/person", f"183.2{N}CNY/person", f"183.2{N}元/人"),
        ("1.368", "x", f"1.37{N}×", f"1.37{N}倍"),
        ("86", "organisation", f"86{N}organisation", f"86{N}个单位"),
        ("3", "times", f"3{N}times", f"3{N}倍"),
        ("1", "1 = yes, 0 = no", "yes", "是"),
        ("0", "1 = yes, 0 = no", "no", "否"),
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


def test_where_it_is_open_whether_something_holds_both_are_told():
    unit = "1 = yes, 0 = no"
    assert band(Decimal(0), Decimal(0), unit, "en") == ""
    assert band(Decimal(0), Decimal(1), unit, "zh") == "否/是"


def test_the_sign_of_a_unit_stands_behind_numbers_that_a_script_writes():
    assert [sign("CNY/person", language) for language in ("en", "zh")] == ["CNY/person", "元/人"]
    assert sign("1 = yes, 0 = no", "zh") == sign("other", "en") == ""


def test_a_share_has_its_sign_in_both_languages():
    for language in ("en", "zh"):
        assert span(Decimal("22.05"), Decimal("22.15"), "%", language) == f"22.05 – 22.15{N}%"
        assert band(Decimal("80.1"), Decimal("80.9"), "%", language).endswith(f"{N}%")
        assert short(Decimal("81.07"), "%", language) == f"81.1{N}%"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        ("80.958307", "81.183801", "80.95 – 81.19"),
        ("148.346636", "148.914286", "148.34 – 148.92"),
        ("38214285.71", "38261904.76", "38,214,285 – 38,261,905"),
        ("37.5269", "37.52776", "37.5269 – 37.5278"),
        ("-0.5", "0.5", "−0.5 – 0.5"),
        ("7", "7", "7"),
    ],
)
def test_a_band_has_as_many_digits_as_its_width_asks_for_and_holds_the_exact_bounds(low, high, shown):
    assert band(Decimal(low), Decimal(high), "%", "en") == f"{shown}{N}%"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [("4380000", "4.38M", "438万"), ("81.07", "81.1", "81.1"), ("0", "0", "0"), ("-0.034", "−0.03", "−0.03")],
)
def test_a_value_of_a_narrow_place_has_three_digits(value, english, chinese):
    assert (compact(Decimal(value), "en"), compact(Decimal(value), "zh")) == (english, chinese)


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


def test_no_unit_is_english_among_chinese_numbers():
    shown = {code: short(Decimal(3), code, "zh") for code in catalog().units}
    # signs that are the same in Chinese
    assert [code for code, text in shown.items() if code != "%" and re.search("[A-Za-z]", text)] == []
