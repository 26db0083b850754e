"""Numbers as people read them: money in millions, Chinese scales, signs of units; the exact value stands beside."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from pipelines.catalog.units import is_amount, unit_of
from pipelines.meaning.period_codes import printed_period

# a narrow space that does not break: between number and unit, and between groups of digits it is a comma
_SPACE, _MINUS = "\u202f", "−"
_ENGLISH = ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(10**3), "k"))
_CHINESE = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
# what stands between a number and what it counts, where that is not the name of the unit
_SIGNS_ZH = {
    **{"village": "个村", "township": "个乡镇", "county": "个县", "city": "个市", "province": "个省", "area": "个片区"},
    **{"project": "个项目", "enterprise": "家企业", "organisation": "个单位", "facility": "处设施", "pp": "个百分点"},
    **{"document": "份文件", "ethnic group": "个民族", "month": "个月", "x": "倍", "%": "%"},
}
_TENS = {9: "九", 10: "十", 11: "十一", 12: "十二", 13: "十三", 14: "十四", 15: "十五"}
_PLACES = [Decimal(1).scaleb(-digits) for digits in range(3)]
_NO_SIGN = ("", "other", "unknown", "fraction")
_WHETHER, _ANSWERS = "1 = yes, 0 = no", {"en": ("no", "yes"), "zh": ("否", "是")}


def exact(value: Decimal | None) -> str:
    """A value with thousands separated and nothing rounded; empty for none."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: Decimal | None, unit: str, language: str) -> str:
    """A value in few digits with its unit: `803 M CNY`, `1.7 %`, `8.03 亿元`.

    Args:
        value: in the unit; an empty text is returned for none.
        unit: code of the catalogue.
        language: `en` or `zh`.
    """
    if value is None:
        return ""
    if unit == _WHETHER:
        return _ANSWERS[language][value != 0]
    if unit in ("%", "pp"):
        return f"{_rounded(value, 1)}{_SPACE}{_unit(unit, language)}"
    if is_amount(unit):
        return _money(value, unit, language)
    digits = 0 if value == value.to_integral_value() else 1 if abs(value) >= 100 else 2
    text = _rounded(value, digits)
    return text if unit in ("other", "unknown", "") else f"{text}{_SPACE}{_unit(unit, language)}"


def span(low: Decimal | None, high: Decimal | None, unit: str, language: str) -> str:
    """All values that a number can stand for, exactly: `802,500,000 – 803,500,000 CNY`; one value where it is one."""
    if low is None or high is None:
        return ""
    text = (exact(low) if low == high else f"{exact(low)} – {exact(high)}").replace("-", _MINUS)
    return text if unit in _NO_SIGN else f"{text}{_SPACE}{_unit(unit, language)}"


def band(low: Decimal | None, high: Decimal | None, unit: str, language: str) -> str:
    """The bounds of a computed value in as many digits as their distance asks for, rounded outwards.

    So they hold what the exact ones hold; further digits would tell nothing, fewer would hide a narrow interval.
    """
    if low is None or high is None:
        return ""
    if unit == _WHETHER:
        return "" if low == high else "/".join(_ANSWERS[language])
    digits = 2 if low == high else min(max(1 - (high - low).adjusted(), 0), 4)
    places = Decimal(1).scaleb(-digits)
    least, most = low.quantize(places, ROUND_FLOOR), high.quantize(places, ROUND_CEILING)
    text = (exact(least) if least == most else f"{least:,f} – {most:,f}").replace("-", _MINUS)
    return text if unit in _NO_SIGN else f"{text}{_SPACE}{_unit(unit, language)}"


def sign(unit: str, language: str) -> str:
    """What stands behind a number of a unit; empty where nothing does."""
    return "" if unit in (*_NO_SIGN, _WHETHER) else _unit(unit, language)


def decimal(value: float) -> Decimal:
    """A number that was only drawn, to be shown."""
    return Decimal(repr(value))


def compact(value: Decimal, language: str) -> str:
    """A value in three digits without its unit, for narrow places: `4.38M`, `438万`, `81.1`."""
    for size, sign in _CHINESE if language == "zh" else _ENGLISH:
        if abs(value) >= size:
            return f"{_three(value / size)}{sign}"
    return _three(value)


def _three(value: Decimal) -> str:
    return _significant(value, min(max(2 - value.adjusted(), 0), 2) if value else 0)


def _significant(value: Decimal, digits: int) -> str:
    """A value rounded to some digits behind the point; those that a shorter value would not have are left out."""
    text = _rounded(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4_096)
def period(code: str, language: str) -> str:
    """A period as people write it; its code where it is none of years."""
    printed = printed_period(code).replace("-", "–")
    if plan := re.fullmatch(r"FYP(\d+)", code):
        number = int(plan[1])
        if language == "zh":
            return f"“{_TENS.get(number, str(number))}五”规划"
        return f"{number}th Five-Year Plan ({printed})"
    if day := re.fullmatch(r"ASOF_(\d{4})(\d\d)(\d\d)", code):
        return f"{'截至 ' if language == 'zh' else 'as of '}{'-'.join(day.groups())}"
    return printed or code


def _money(value: Decimal, currency: str, language: str) -> str:
    for size, sign in _CHINESE if language == "zh" else _ENGLISH:
        if abs(value) >= size and not (sign == "B" and abs(value) < 10 * size):
            text = _significant(value / size, 2 if language == "zh" else 1)
            return f"{text}{_SPACE}{sign}{_unit(currency, language, sign)}"
    return f"{_rounded(value, 0 if value == value.to_integral_value() else 2)}{_SPACE}{_unit(currency, language)}"


@lru_cache(maxsize=1_024)
def _unit(code: str, language: str, after: str = "") -> str:
    if language == "zh":
        return "/".join(_SIGNS_ZH.get(part) or _name_zh(part) for part in code.split("/"))
    sign = {"km2": "km²", "x": "×", "pp": "pp"}.get(code, code)
    return f"{_SPACE}{sign}" if after else sign


def _name_zh(code: str) -> str:
    """The Chinese name of a unit or currency; any other code as it is."""
    found = unit_of(code)
    return code if found is None else found.name_zh


def _rounded(value: Decimal, digits: int) -> str:
    return f"{value.quantize(_PLACES[digits], ROUND_HALF_EVEN):,f}".replace("-", _MINUS)
