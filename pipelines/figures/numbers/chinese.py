"""Chinese numerals: 三百二十, 壹仟贰佰, 二百五, 一亿零五百万, 三四十, 数千; what is none is refused, never guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pipelines.patterns import regex

DIGITS = {sign: value for value, signs in enumerate(
    ("〇零", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for sign in signs}  # fmt: skip
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
SCALES = {**_SMALL, **_LARGE}
_OPEN = "几数"
NUMERAL = "".join((*DIGITS, *_TENS, *_SMALL, *_LARGE, _OPEN))
_PARTED = regex(r"[万亿]+$")
_AMBIGUOUS = regex("兆(?!.*亿)")  # a million or a million millions; above 亿 only the latter
LONGEST = 40  # characters of a numeral


class Numeral(NamedTuple):
    """What a numeral says: `value` times `scale`; `low` and `high` of an open one, before `scale`."""

    value: Decimal
    scale: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


def numeral(text: str) -> Numeral | None:
    """The value of a Chinese numeral that is well formed; None for anything else.

    十二五, 三百二千 and 一二三 are none. The last digit may leave out its scale: 二百五 is 250, 一万三 is 13,000. Two
    neighbouring digits are an open number: 三四十 is [30, 40], 七八千万 [70,000,000, 80,000,000].
    """
    if not 0 < len(text) <= LONGEST or _AMBIGUOUS.search(text):
        return None
    whole, point, decimals = text.partition("点")
    if point:
        return _with_decimals(whole, decimals)
    if all(sign in DIGITS for sign in text):
        return _digits_alone(text)
    trailing = _PARTED.search(text)
    if trailing and (body := text[: trailing.start()]) and not set(body) & set(_LARGE):
        # 三百万 is 300 at 10,000, as it is printed
        found = numeral(body)
        scale = 1
        for sign in trailing.group():
            scale *= _LARGE[sign]
        return None if found is None else found._replace(scale=found.scale * scale)
    low, high = _closest(text, 0), _closest(text, 1)
    if low is None or high is None:
        return None
    if low != high:
        return Numeral(Decimal(low), Decimal(1), Decimal(low), Decimal(high))
    step = _last_step(text)
    return Numeral(Decimal(low) / step, Decimal(step))


def _with_decimals(whole: str, decimals: str) -> Numeral | None:
    """一点五 is 1.5, 两千万点五 is none of a report."""
    trailing = _PARTED.search(decimals)
    scale = Decimal(1)
    for sign in trailing.group() if trailing else "":
        scale *= _LARGE[sign]
    digits = decimals[: trailing.start()] if trailing else decimals
    above = numeral(whole) if whole else None
    if above is None or above.low is not None or not digits or any(sign not in DIGITS for sign in digits):
        return None
    value = Decimal(f"{above.value * above.scale:f}.{''.join(str(DIGITS[sign]) for sign in digits)}")
    return Numeral(value, scale)


def _digits_alone(text: str) -> Numeral | None:
    """二〇一一 is 2011, 三 is 3; 五六 is open, 一二三 none."""
    values = [DIGITS[sign] for sign in text]
    if len(text) == 1:
        return Numeral(Decimal(values[0]), Decimal(1))
    if len(text) == 2 and _neighbours(*values):
        return Numeral(Decimal(values[0]), Decimal(1), Decimal(values[0]), Decimal(values[1]))
    if len(text) < 4 and not set(text) & set("〇零"):
        return None
    return Numeral(Decimal("".join(map(str, values))), Decimal(1))


def _neighbours(first: int, second: int) -> bool:
    """Digits side by side that say about how many: 三四, 两三, and 三五."""
    return first > 0 and (second == first + 1 or (first, second) == (3, 5))


def _closest(text: str, side: int) -> int | None:
    """The smallest (side 0) or the largest (side 1) value of a numeral; None where it is not well formed."""
    total, above = 0, None  # type: int, int | None
    for part in re.findall(r"[^万亿兆]*(?:[万亿兆]+|$)", text):
        if not part:
            continue
        body = part.rstrip("万亿兆")
        scale = 1
        for sign in part[len(body) :]:
            scale *= _LARGE[sign]
        if not body or scale == above:
            return None
        colloquial = above if above is not None and scale == 1 and len(body) == 1 and body in DIGITS else None
        section = DIGITS[body] * colloquial // 10 if colloquial else _section(body, side)
        if section is None:
            return None
        # what stands before a larger scale is counted by it: 一万五千亿
        total = total + section * scale if above is None or scale < above else (total + section) * scale
        above = scale
    return total


def _section(text: str, side: int) -> int | None:
    """A numeral below ten thousand; 几 and 数 stand for 2 (1 behind a ten) to 9."""
    total, last, skipped, place = 0, 10**4, False, 0
    if text.startswith("零") and len(text) > 1:
        place, skipped = 1, True
    if place < len(text) and text[place] in _TENS:
        total, last, place = _TENS[text[place]], 10, place + 1
    while place < len(text):
        sign = text[place]
        if sign in "零〇":
            if place + 1 == len(text) or skipped:
                return None
            place, skipped = place + 1, True
            continue
        digit: int | None = None
        open_digit = sign in _OPEN
        if open_digit:
            digit, place = (9 if side else 0 if total else 2), place + 1
        elif sign in DIGITS:
            digit, place = DIGITS[sign], place + 1
            if place < len(text) and text[place] in DIGITS and text[place] not in "零〇":
                if not _neighbours(digit, DIGITS[text[place]]):
                    return None
                digit, place = (DIGITS[text[place]] if side else digit), place + 1
        if place < len(text) and text[place] in _SMALL:
            scale = _SMALL[text[place]]
            if digit is None and scale != 10 and place:
                return None
            if scale >= last or (digit == 0 and not open_digit):
                return None
            value = (1 if digit is None else digit) * scale
            # 几百 and 数千 reach to the next scale
            total += value + (scale - 1 if open_digit and side else 0)
            last, place, skipped = scale, place + 1, False
        elif digit is None:
            return None
        else:
            if place != len(text):
                return None
            colloquial = last in (100, 1000) and not skipped and not open_digit
            total += digit * (last // 10 if colloquial else 1)
    return total


def _last_step(text: str) -> int:
    """The scale of the last digit that is printed: ten millions of 一亿两千万, one of 二十五."""
    step = 1
    for sign in reversed(text):
        if sign in _LARGE:
            step *= _LARGE[sign]
        elif sign in _SMALL:
            return step * _SMALL[sign] if step > 1 else 1
        else:
            break
    return step
