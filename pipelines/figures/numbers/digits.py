r"""Numbers that are written with digits, by a table of forms; what fits no form as a whole is unread, never split.

The forms stand in the order in which they are tried at a place. Each names an example, which the tests read; the
documentation's table is made of the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipelines.figures.numbers import chinese, dates
from pipelines.figures.numbers.grouped import Decimals, readings_of
from pipelines.figures.numbers.token import DIVISION, Token, unread
from pipelines.patterns import regex

LONGEST = 28  # characters of a number that anything can be counted with
_SUPERSCRIPTS = {sign: str(value) for value, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")} | {"⁻": "-", "⁺": ""}
_VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
VULGAR = "".join(_VULGAR)
_MOST_PARTS = 100  # that anything is divided into in a report
_MOST_POWER = 30
_DIGITS = "〇零一二两三四五六七八九十"
_ONE = f"[{_DIGITS[1:-1]}]"
_Z = f"[{chinese.NUMERAL}]"
_COUNT = rf"(?:\d{{1,9}}|{_Z}(?:\s?{_Z}){{0,12}})"
_SIDE = r"\d{1,3}(?:\.\d{1,3})?"
_N = rf"(?:\d{{1,{LONGEST}}}(?:\.\d{{1,{LONGEST}}})?)"  # digits with decimals, within reason

Read = Callable[["re.Match[str]", Decimals], Token | None]


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a number.

    Attributes:
        name: for people, and of the pattern's group.
        pattern: what it looks like.
        read: the token of a match; None where it is something else after all.
        examples: text → value, as the documentation shows them.
        signs: characters of which one stands in each of its numbers; none where digits are enough.
    """

    name: str
    pattern: str
    read: Read
    examples: tuple[tuple[str, str], ...]
    signs: str = ""


def _token(match: re.Match[str], value: Decimal, kind: str = "digits", unit: str = "", scale: int = 1) -> Token:
    start, end = match.span()
    return Token(start, end, match.group(), value, kind, unit, Decimal(scale))  # type: ignore[arg-type]


def _unread(match: re.Match[str], why: str) -> Token:
    return unread(match.string, match.start(), match.end(), why)


# ---------------------------------------------------------------------------------------------- readers of the forms


def _date(match: re.Match[str], _: Decimals) -> Token | None:
    return _token(match, Decimal(0), "date") if dates.is_date(match.group()) else None


def _time(match: re.Match[str], _: Decimals) -> Token | None:
    return None if dates.compares(match.string, *match.span()) else _token(match, Decimal(0), "date")


def _power(match: re.Match[str], _: Decimals) -> Token:
    base, exponent = re.split(r"\^", match.group(), maxsplit=1)
    found = int(exponent.strip("()+ ").replace("+", "").replace("--", ""))
    if abs(found) > _MOST_POWER or not Decimal(base):
        return _unread(match, "a power out of any use")
    return _token(match, DIVISION.power(Decimal(base), found))


def _scientific(match: re.Match[str], _: Decimals) -> Token:
    front, exponent = re.split(r"\s?[×x*·]\s?10\^?|[eE](?=[-+\d])|(?<=^10)(?=[⁰-⁹⁻⁺²³¹])", match.group(), maxsplit=1)
    power = int("".join(_SUPERSCRIPTS.get(sign, sign) for sign in exponent.strip("()")))
    if abs(power) > _MOST_POWER:
        return _unread(match, "an exponent out of any use")
    alone = front == "10" and match.group()[2] in _SUPERSCRIPTS  # 10⁶, but 10×10⁶
    number = Decimal(1) if alone else Decimal(front)
    if power < 0:
        return _token(match, number.scaleb(power))
    return _token(match, number, scale=10**power)


def _fraction(match: re.Match[str], _: Decimals) -> Token:
    """4/5, and 10 1/2 with a whole before it."""
    whole, top, bottom = re.fullmatch(r"(?:(\d+)[ -]+)?(\d+)[/／](\d+)", match.group()).groups()  # type: ignore[union-attr]
    percent = match.string.startswith("%", match.end())
    if percent or int(top) >= int(bottom) or int(bottom) > _MOST_PARTS:
        return _unread(match, "two numbers joined by a stroke")
    part = DIVISION.divide(Decimal(top), Decimal(bottom))
    return _token(match, part + int(whole)) if whole else _token(match, part, "fraction")


def _vulgar(match: re.Match[str], _: Decimals) -> Token:
    printed = match.group()
    part = DIVISION.divide(*(Decimal(side) for side in _VULGAR[printed[-1]]))
    whole = printed[:-1].strip()
    return _token(match, part + int(whole)) if whole else _token(match, part, "fraction")


def _ratio(match: re.Match[str], _: Decimals) -> Token | None:
    """A ratio; with one at either side its value is the other side, else the first side by the second."""
    first, second = (Decimal(side.strip()) for side in re.split("[:：∶]", match.group()))
    if 1 not in (first, second) and not second:
        return None
    value = first if second == 1 else second if first == 1 else DIVISION.divide(first, second)
    return _token(match, value, "ratio")


def _composite(match: re.Match[str], _: Decimals) -> Token | None:
    """8亿3千万, 1亿零500万, 1 亿 2000 万: several scales in one number, each smaller than the one before."""
    printed = re.sub(r"[\s个]|(?<=[万亿]\d),", "", match.group())
    pieces = re.findall(r"零?(\d+(?:\.\d+)?)([十百千]*)([万亿]*)", printed)
    if printed.replace("零", "") != "".join("".join(piece) for piece in pieces):
        return None
    total, section, above, step = Decimal(0), Decimal(0), Decimal(0), Decimal(1)
    for place, (number, small, large) in enumerate(pieces):
        last = place == len(pieces) - 1
        if "." in number and not last:
            return _unread(match, "decimals before a smaller scale")
        if (
            not small
            and not large
            and "零" not in printed[: -len(number)][-1:]
            and len(number) != len(str(int(above))) - 1
        ):
            return _unread(match, "a number behind a scale that says no scale of its own")
        step = _product(small)
        if section and Decimal(number) * step >= above:
            return None
        section += Decimal(number) * step
        above = step if step > 1 else above
        if large:
            step *= _product(large)
            if total and section * _product(large) >= total:
                return None
            total, section, above = total + section * _product(large), Decimal(0), step
    value = total + section
    return Token(match.start(), match.end(), match.group(), value / step, "digits", scale=step)


def _product(scales: str) -> Decimal:
    found = Decimal(1)
    for sign in scales:
        found *= chinese.SCALES[sign]
    return found


def _digits(match: re.Match[str], decimals: Decimals) -> Token | None:
    """Digits with separators."""
    printed = match.group()
    if len(printed) > LONGEST:
        return _unread(match, "more digits than anything is counted with")
    if printed.isdecimal() and not match.string.startswith("兆", match.end()):
        return _token(match, Decimal(printed))
    readings = readings_of(printed.replace("，", ",") if printed.count("，") > 1 else printed)
    if _TRILLION.match(match.string, match.end()):
        return _unread(match, "兆, which is a million or a million millions")
    if not readings:
        return _unread(match, "separators that part it in no known way")
    number = readings.get(decimals) or next(iter(readings.values()))
    return _token(match, Decimal(number))


def plain(match: re.Match[str]) -> Token:
    """Digits without anything that another form could take for its own."""
    printed = match.group()
    if len(printed) > LONGEST:
        return _unread(match, "more digits than anything is counted with")
    return _token(match, Decimal(printed.replace(",", "")))


_LIST = regex(r"\d{1,2}(?:,\d{1,2}){2,}")
_TRILLION = regex("兆(?!(?:[瓦伏克卡焦赫帕]|字节|比特))")
_MEMBER = regex(r"\d+")


def members(match: re.Match[str]) -> list[Token]:
    """The numbers of 22,24,26: a list, since no way to write one number has such groups; none of anything else."""
    if match.group().count(",") < 2 or not _LIST.fullmatch(match.group()):
        return []
    return [_token(member, Decimal(member.group())) for member in _MEMBER.finditer(match.string, *match.span())]


def _tenths(match: re.Match[str], _: Decimals) -> Token | None:
    """五成 is 50 %, 三成半 35, 七成六 76, 6.5成 65; 九折 90, 三八折 38."""
    printed = re.sub(r"\s", "", match.group())
    tens, ones = re.split("[成折]", printed, maxsplit=1)
    if len(bounds := re.split("[至到—–~～-]", tens)) == 2:
        low, high = (Decimal(bound) if bound.isdecimal() else Decimal(chinese.DIGITS[bound]) for bound in bounds)
        return _open_tenths(match, low, high)
    if len(tens) == 2 and printed.endswith("成") and not tens[0].isdecimal():
        found = chinese.numeral(tens)
        return (
            None
            if found is None or found.low is None or found.high is None
            else _open_tenths(match, found.low, found.high)
        )
    if tens[0].isdecimal():
        value = Decimal(tens)
    elif tens in ("半", "对"):
        value = Decimal("0.5" if printed.endswith("成") else 5)
    elif len(tens) == 2 and printed.endswith("折") and "十" not in tens:
        value = Decimal(chinese.DIGITS[tens[0]]) + Decimal(chinese.DIGITS[tens[1]]) / 10
    else:
        found = chinese.numeral(tens)
        if found is None or found.low is not None:
            return None
        value = found.value
    if value > 10:
        return None
    more = Decimal("0.5") if ones == "半" else Decimal(chinese.DIGITS[ones]) / 10 if ones else Decimal(0)
    return _token(match, (value + more) * 10, "word", "%")


def _open_tenths(match: re.Match[str], low: Decimal, high: Decimal) -> Token | None:
    """三到五成, 五六成: between 30 and 50, 50 and 60."""
    if not 0 < low < high <= 10:
        return None
    return _token(match, low * 10, "word", "%")._replace(spread=(low * 10, high * 10))


def _percent(match: re.Match[str], _: Decimals) -> Token | None:
    """百分之二十三点五, 百分之15, 千分之三."""
    printed = re.sub(r"\s", "", match.group())
    base, _sign, number = printed.partition("分之")
    value, bottom = _side(number.removeprefix("负")), _product(_CAPITALS.sub(lambda sign: _PLAIN[sign.group()], base))
    if value is None:
        return _unread(match, "no number behind 分之")
    if _LETTER.match(match.string, match.end()):
        return _unread(match, "a letter behind it")
    return _token(match, (-value if number[0] == "负" else value) * 100 / bottom, "word", "%")


_LETTER = regex(r"\s?[kKmMbB](?![a-zA-Z])")


_PLAIN = {"佰": "百", "仟": "千", "拾": "十"}
_CAPITALS = regex("[佰仟拾]")


def _of_parts(match: re.Match[str], _decimals: Decimals) -> Token | None:
    """三分之二, 3分之1, 一又二分之一."""
    whole, _, rest = re.sub(r"\s", "", match.group()).rpartition("又")
    bottom, top = (_side(side.removeprefix("负")) for side in rest.split("分之"))
    above = _side(whole) if whole else Decimal(0)
    if not bottom or top is None or above is None:
        return _unread(match, "no fraction")
    value = above + DIVISION.divide(-top if "分之负" in rest else top, bottom)
    return _token(match, value, "word" if whole or value > 1 else "fraction")


def _side(printed: str) -> Decimal | None:
    if printed[:1].isdecimal() and (number := readings_of(printed).get("point")):
        return Decimal(number)
    found = chinese.numeral(printed)
    return None if found is None or found.low is not None else found.value * found.scale


_FORMS_OF_DIGITS = (
    r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?!\d|,\d)"  # 48,20,000
    r"|\d{1,3}(?:(?P<gap>[ \u2009\u202f])\d{3})(?:(?P=gap)\d{3})*(?:[.,]\d+)?(?![\d]|[,.]\d| \d)"  # 1 234 567
    r"|\d{1,3}(?:，\d{3}){2,}(?![\d，])|(?<![$¥￥€£])\d{1,3}，\d{3}(?=\s?[万亿元人户个亩吨村公头株])|\d+(?:[.,'’·]\d+)*"
)
_SCALE = r"(?:[十百千万亿]{1,6})"

FORMS: tuple[Form, ...] = (
    Form("date", dates.DATE, _date, (("2011-03-04", "date"), ("31.12.2011", "date"), ("2016-17", "date"))),
    Form("time", dates.TIME, _time, (("14:30", "date"), ("09:40:05", "date")), ":："),
    Form(
        "scientific",
        rf"{_N}\s?[×x*·]\s?10(?:\^\(?[-+]?\d{{1,3}}\)?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})"
        rf"|{_N}[eE][-+]?\d{{1,3}}(?![\w.])|(?<![\d.,])10[⁴-⁹][⁰¹²³⁴-⁹]?",
        _scientific,
        (("1.2E+08", "120000000"), ("1.5×10^6", "1500000"), ("10⁶", "1000000")),
    ),
    Form("power", rf"{_N}\^[-+]{{0,2}}\d{{1,3}}(?![\d.])", _power, (("2^5", "32"),), "^"),
    Form(
        "ratio",
        rf"{_N}\s?:\s?1(?![\d:]|[.,]\d)|(?<![\d.,:])1[:：∶]{_N}(?![\d:∶年])"
        rf"|(?<![\d.,:：]){_SIDE}[:：∶]{_SIDE}(?![\d:：∶]|\.\d)|(?<![\d.,:：]){_SIDE}\s[:：∶]\s{_SIDE}(?!\s?[\d:：∶]|\.\d)",
        _ratio,
        (("2.49:1", "2.49"), ("1:2.76", "2.76"), ("7:3", "2.333333333333333333333333333")),
        ":：∶",
    ),
    Form(
        "parts",
        rf"(?:{_COUNT}\s?又\s?)?{_COUNT}\s{{0,2}}分\s{{0,2}}之\s{{0,2}}负?"
        rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|{_N}|{_Z}(?:\s?[{chinese.NUMERAL}点]){{0,24}})",
        lambda match, decimals: (
            _percent(match, decimals)
            if re.match(r"(?:[百千佰仟万亿]\s*)+分", match.group())
            else _of_parts(match, decimals)
        ),
        (("百分之二十三点五", "23.5"), ("千分之五", "0.5"), ("三分之二", "0.6666666666666666666666666667")),
        "之",
    ),
    Form(
        "tenths",
        rf"(?<![{chinese.NUMERAL}第\d.])"
        rf"(?:{_N}\s?|[{_DIGITS}陆]\s?点\s?[{_DIGITS[:-1]}]\s?|{_ONE}\s?{_ONE}\s?(?=[成折])|(?:{_ONE}|\d)\s?[至到—–~～-]\s?(?:{_ONE}|\d)\s?(?=成)|[{_DIGITS}半]\s?|对(?=折))"
        rf"(?:成|折(?=$|[，。；、,;）)\s]))\s?(?:[{_DIGITS[1:-1]}半](?![{chinese.NUMERAL}个户人]))?"
        r"(?![立功员果就本熟长为绩效份型灾品语分])",
        _tenths,
        (("五成", "50"), ("三成半", "35"), ("6.5成", "65")),
        "成折",
    ),
    Form(
        "half a scale",
        r"(?:(?<![一-鿿])半个?[百千]?[万亿]|(?<!个)半[百千]?[万亿](?=[元人户吨亩])|半个亿)",
        lambda match, _: _token(
            match, Decimal("0.5"), "word", scale=int(_product(re.sub("[半个]", "", match.group())))
        ),
        (("半个亿", "50000000"),),
        "半",
    ),
    Form("vulgar", rf"(?:\d{{1,9}}\s?)?[{VULGAR}]", _vulgar, (("2½", "2.5"), ("¾", "0.75")), VULGAR),
    Form(
        "fraction",
        r"(?<![\d/.])(?<!\d,)(?:\d{1,3}(?: {1,2}|-))?\d{1,4}[/／]\d{1,4}(?![\d/／]|[.,]\d)",
        _fraction,
        (("1/5", "0.2"), ("10 1/2", "10.5")),
        "/／",
    ),
    Form(
        "composite",
        rf"{_N}\s?个?{_SCALE}(?:\s?零?\s?(?:[1-9],\d{{3}}|{_N})\s?{_SCALE}){{0,6}}(?:零?\d{{1,4}}(?![\d.,:%年月日/]|\s?{_SCALE}))?",
        lambda match, decimals: (
            _composite(match, decimals) if len(re.findall(r"\d+(?:\.\d+|,\d{3})?", match.group())) > 1 else None
        ),
        (("8亿3千万", "830000000"), ("1亿零500万", "105000000"), ("1 亿 2000 万", "120000000")),
        "十百千万亿",
    ),
    Form(
        "digits",
        _FORMS_OF_DIGITS,
        _digits,
        (
            ("1,234,567.89", "1234567.89"),
            ("1.234.567,89", "1234567.89"),
            ("1'234'567", "1234567"),
            ("48,20,000", "4820000"),
        ),
    ),
    Form(
        "leading point",
        r"(?<![\w.,)])\.\d+",
        lambda match, _: _token(match, Decimal(f"0{match.group()}")),
        ((".4", "0.4"),),
    ),
)


@lru_cache(maxsize=16)
def pattern(text: str) -> re.Pattern[str]:
    """All forms that a text can have as one pattern, to match where a number may begin; its group names the form."""
    return _joined(
        tuple(place for place, form in enumerate(FORMS) if not form.signs or any(sign in text for sign in form.signs))
    )


@lru_cache(maxsize=64)
def _joined(places: tuple[int, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<f{place}>{FORMS[place].pattern})" for place in places))


# digits behind which no other form can go on: most numbers of a text
PLAIN = regex(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_GOES_ON = frozenset(
    ".,，·兆∶'’/／:：^×*-–—xXeE\u2009\u202f又分成折点个至到⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" + VULGAR + "".join(chinese.SCALES)
)


def is_plain(text: str, end: int) -> bool:
    """Whether nothing behind plain digits can belong to the same number."""
    sign = text[end : end + 1]
    if sign == " ":
        sign = text[end + 1 : end + 2]
        return not (sign.isdecimal() or sign in _GOES_ON or sign == " ") or sign in "-–—"
    return not (sign.isdecimal() or sign in _GOES_ON) or (sign in ",." and not text[end + 1 : end + 2].isdecimal())


# signs with which a number begins, but for a point; classes alone, since these are looked for all through a text
BEGINS = regex(rf"[\d{VULGAR}]")
BEGINS_CHINESE = regex(rf"[\d{VULGAR}{chinese.NUMERAL}半对]")
