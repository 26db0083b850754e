"""What must hold of every printed quantity: read, it is what was written.

Examples are drawn from fixed seeds, so that a run that passed once passes again.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.decoding import canonical
from tests.helpers import figures

FEW = settings(max_examples=60, deadline=None, derandomize=True)

# "one" is left out: it is a pronoun more often than a number, and read as one only before some nouns
_ONES = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SIGNS = "零一二三四五六七八九"


def _english(number: int, joint: str = "-", plus: str = " and ") -> str:
    """A number from 1 to 999,999,999 in words; 23 is twenty-three or, with another joint, twenty three."""
    for scale, word in ((10**6, "million"), (1000, "thousand")):
        if number >= scale:
            groups, rest = divmod(number, scale)
            behind = f"{plus if rest < 100 else ' '}{_english(rest, joint, plus)}" if rest else ""
            return f"{_english(groups, joint, plus)} {word}{behind}"
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{_english(hundreds)} hundred" + (f"{plus}{_english(rest, joint)}" if rest else "")
    if number >= 20:
        tens, rest = divmod(number, 10)
        return _TENS[tens - 2] + (f"{joint}{_english(rest)}" if rest else "")
    return "one" if number == 1 else _ONES[number - 2]


def _chinese(number: int, two: str = "二") -> str:
    """A number from 1 to 999,999,999,999 in Chinese numerals; 两 may stand for 二 before 百, 千, 万 and 亿."""
    for scale, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            gap = "零" if 0 < low < scale // 10 else ""
            return f"{two if high == 2 else _chinese(high, two)}{sign}{gap}{_chinese(low, two) if low else ''}"
    printed, gap = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            printed += "零" if gap and printed else ""
            printed += (two if digit == 2 and place >= 100 else _SIGNS[digit]) + sign
        gap = not digit
    return printed[1:] if printed.startswith("一十") else printed


# as people write numbers out: whole hundreds, thousands and millions more often than chance has them
_GROUP = st.one_of(st.integers(2, 99), st.integers(100, 999), st.integers(2, 9).map(lambda hundreds: 100 * hundreds))
_REST = st.one_of(st.just(0), st.integers(1, 99), _GROUP)
ABOVE_THOUSAND = st.one_of(
    st.tuples(st.just(0), _GROUP, _GROUP), st.tuples(_GROUP, _REST, _REST), st.tuples(_GROUP, _GROUP, st.just(0))
).map(lambda groups: groups[0] * 10**6 + groups[1] * 1000 + groups[2])
ABOVE_TEN_THOUSAND = st.one_of(
    st.integers(10_000, 9_999_999),
    st.tuples(st.sampled_from([10_000, 10**8]), st.integers(1, 9999), _REST).map(
        lambda parts: parts[0] * parts[1] + parts[2] * 10
    ),
    st.tuples(st.integers(1, 999), st.integers(1, 9999), st.sampled_from([0, 5, 3000])).map(
        lambda parts: parts[0] * 10**8 + parts[1] * 10**4 + parts[2]
    ),
)


@st.composite
def printed_digits(draw, separated=True):
    """A number in digits, with or without separators and decimals, and its value."""
    whole = draw(st.one_of(st.integers(2, 99), st.integers(100, 9999), st.integers(1000, 9_999_999)))
    separate = separated and draw(st.booleans())
    decimals = draw(st.sampled_from(["", "", ".1", ".25", ".07", ".814"]))
    return f"{whole:,}{decimals}" if separate else f"{whole}{decimals}", Decimal(f"{whole}{decimals}")


# what follows a number: scale words of both languages and their factors
ENGLISH_SCALES = {
    "": 1,
    " hundred": 100,
    " thousand": 1000,
    " million": 10**6,
    " billion": 10**9,
    " trillion": 10**12,
    " hundred million": 10**8,
    " ten thousand": 10**4,
}
CHINESE_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "百万": 10**6, "千万": 10**7}
ENGLISH_MONEY = {
    "{} Yuan": "CNY",
    "{} yuan": "CNY",
    "{} yuan RMB": "CNY",
    "{} RMB": "CNY",
    "RMB {}": "CNY",
    "RMB{}": "CNY",
    "CNY {}": "CNY",
    "¥{}": "CNY",
    "￥ {}": "CNY",
    "Yuan {}": "CNY",
    "{} Yuan of funds": "CNY",
    "${}": "USD",
    "$ {}": "USD",
    "US${}": "USD",
    "US$ {}": "USD",
    "USD {}": "USD",
    "{} US dollars": "USD",
    "€{}": "EUR",
    "{} euros": "EUR",
    "HK${}": "HKD",
}
ENGLISH_COUNTED = {
    "{} villages": "village",
    "{} poor villages": "village",
    "{} people": "person",
    "{} households": "household",
    "{} counties": "county",
    "{} townships": "township",
    "{} students": "person",
    "{} person-times": "person-time",
    "{} projects": "project",
    "{} enterprises": "enterprise",
    "{} km": "km",
    "{} km of roads": "km",
    "{} mu": "mu",
    "{} mu of forest": "mu",
    "{} square meters": "m2",
    "{} hectares": "hectare",
    "{} tons": "tonne",
    "{} pigs": "animal",
    "{} trees": "tree",
}
WHOLE = {"animal", "county", "enterprise", "facility", "household", "person", "person-time", "project", "township"}
WHOLE |= {"training", "tree", "village"}
CHINESE_MONEY = {
    "{}元": "CNY",
    "{}元人民币": "CNY",
    "人民币{}元": "CNY",
    "¥{}": "CNY",
    "￥{}元": "CNY",
    "{}元资金": "CNY",
    "{}美元": "USD",
}
CHINESE_COUNTED = {
    "{}人": "person",
    "{}名干部": "person",
    "{}贫困人口": "person",
    "{}人次": "person-time",
    "{}户": "household",
    "{}户贫困户": "household",
    "{}农户": "household",
    "{}个村": "village",
    "{}个贫困村": "village",
    "{}个乡镇": "township",
    "{}个县": "county",
    "{}家企业": "enterprise",
    "{}个项目": "project",
    "{}期": "training",
    "{}公里": "km",
    "{}亩": "mu",
    "{}平方米": "m2",
    "{}公顷": "hectare",
    "{}吨": "tonne",
    "{}头": "animal",
    "{}株": "tree",
    "{}座水库": "facility",
}


@st.composite
def quantities(draw, numbers, scales, phrases):
    """A number, scaled, in a phrase that names a unit: as printed, its value, its unit."""
    printed, value = draw(numbers)
    scale, factor = draw(st.sampled_from(sorted(scales.items())))
    phrase, unit = draw(st.sampled_from(sorted(phrases.items())))
    if printed[0].isalpha() and phrase.find("{}") and phrase[phrase.find("{}") - 1].isalpha():
        phrase = phrase.replace("{}", " {}")  # "RMB5" is printed, "RMBfive" is one word and no number
    if factor == 1 and value % 1 and unit in WHOLE:
        unit += "/other"  # a part of one that cannot be parted is a mean
    return phrase.format(printed + scale), value * factor, unit


def _written(numbers, write, styles=("",)):
    """Numbers written out by one of some styles, with their value."""
    return st.tuples(numbers, st.sampled_from(styles)).map(lambda pair: (write(*pair), Decimal(pair[0])))


def _full_width(quantity):
    printed, value, unit = quantity
    return printed.translate({code: code + 0xFEE0 for code in (*range(0x30, 0x3A), ord("%"), ord("."))}), value, unit


def _fraction(top, bottom, unit="fraction"):
    return Decimal(top) / Decimal(bottom), unit


PERCENT = {"{}%": "%", "{} %": "%", "{} percent": "%", "{} per cent": "%", "{} percentage points": "pp"}
ENGLISH_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 8: "eighth", 10: "tenth"}
_BELOW = st.integers(2, 10).flatmap(lambda bottom: st.tuples(st.integers(1, bottom - 1), st.just(bottom)))
_WORDS = _written(
    _GROUP,
    lambda number, style: _english(number, *style),
    (("-", " and "), ("-", " "), (" ", " and "), (" ", " ")),
)
_MORE = st.tuples(printed_digits(separated=False), st.sampled_from("多余")).filter(lambda pair: "." not in pair[0][0])
_THREE = {"": 1, "万": 10**4, "亿": 10**8}
# a numeral is a number only before a word that counts (统一 holds none), so a sign before it does not do
_NUMERAL_PHRASES = {phrase: unit for phrase, unit in (CHINESE_MONEY | CHINESE_COUNTED).items() if phrase != "¥{}"}

ENGLISH = {
    "money": quantities(printed_digits(), ENGLISH_SCALES, ENGLISH_MONEY),
    "counts": quantities(printed_digits(), ENGLISH_SCALES, ENGLISH_COUNTED),
    "percent": quantities(printed_digits(), {"": 1}, PERCENT),
    "full-width digits": quantities(
        printed_digits(separated=False), {"": 1}, ENGLISH_MONEY | ENGLISH_COUNTED | PERCENT
    ).map(_full_width),
    "words": quantities(_WORDS, {"": 1}, ENGLISH_COUNTED),
    "words with a scale": quantities(_WORDS, {" thousand": 1000, " million": 10**6}, ENGLISH_COUNTED | ENGLISH_MONEY),
    "words above a thousand": quantities(
        _written(ABOVE_THOUSAND, lambda number, _: _english(number)), {"": 1}, ENGLISH_COUNTED
    ),
    "words in percent": quantities(_WORDS, {"": 1}, {"{} percent": "%", "{} per cent": "%"}),
    "fractions in digits": _BELOW.map(lambda pair: (f"{pair[0]}/{pair[1]} of the villages", *_fraction(*pair))),
    "fractions in words": st.sampled_from(sorted(ENGLISH_PARTS)).flatmap(
        lambda bottom: (
            st.integers(2, 9).map(
                lambda top: (f"{_english(top)} {ENGLISH_PARTS[bottom]}s of the villages", *_fraction(top, bottom))
            )
            if bottom > 2
            else st.just(("half of the villages", *_fraction(1, 2)))
        )
    ),
    "ratios": st.tuples(st.integers(1, 99), st.sampled_from(["", ".5", ".49"])).map(
        lambda pair: (f"{pair[0]}{pair[1]}:1", Decimal(f"{pair[0]}{pair[1]}"), "ratio")
    ),
    "one part": st.sampled_from(sorted(ENGLISH_PARTS)).map(
        lambda bottom: (f"a {ENGLISH_PARTS[bottom]} of the villages", *_fraction(1, bottom))
    ),
}
CHINESE = {
    "money": quantities(printed_digits(), CHINESE_SCALES, CHINESE_MONEY),
    "counts": quantities(printed_digits(), CHINESE_SCALES, CHINESE_COUNTED),
    "percent": quantities(printed_digits(), {"": 1}, {"{}%": "%", "{}％": "%", "{}个百分点": "pp"}),
    # the full-width comma is punctuation: "１，２００" lists two numbers, so no separators here
    "full-width digits": quantities(
        printed_digits(separated=False), _THREE, {**CHINESE_MONEY, **CHINESE_COUNTED, "{}%": "%"}
    ).map(_full_width),
    "more than": quantities(
        _MORE.map(lambda pair: (pair[0][0] + pair[1], pair[0][1])), {"万": 10**4, "亿": 10**8}, CHINESE_COUNTED
    ),
    "more than, in money": quantities(
        _MORE.map(lambda pair: (pair[0][0] + pair[1], pair[0][1])), _THREE, {"{}元": "CNY", "{}元资金": "CNY"}
    ),
    "two scales": st.one_of(
        st.tuples(st.integers(1, 99), st.integers(1, 9)).map(
            lambda pair: (f"{pair[0]}万{pair[1]}千人", Decimal(pair[0] * 10_000 + pair[1] * 1000), "person")
        ),
        st.tuples(st.integers(1, 99), st.integers(1, 9999)).map(
            lambda pair: (f"{pair[0]}亿{pair[1]}万元", Decimal(pair[0] * 10**8 + pair[1] * 10**4), "CNY")
        ),
    ),
    "numerals": quantities(_written(st.integers(2, 9999), _chinese, ("二", "两")), _THREE, _NUMERAL_PHRASES),
    "numerals above 10,000": quantities(
        _written(ABOVE_TEN_THOUSAND, _chinese, ("二", "两")), {"": 1}, _NUMERAL_PHRASES
    ),
    "百分之": st.tuples(st.integers(1, 150), st.sampled_from(["", "5", "07"])).map(
        lambda pair: (
            f"百分之{_chinese(pair[0])}" + (f"点{''.join(_SIGNS[int(digit)] for digit in pair[1])}" if pair[1] else ""),
            Decimal(f"{pair[0]}.{pair[1] or 0}"),
            "%",
        )
    ),
    "分之": _BELOW.map(lambda pair: (f"{_chinese(pair[1])}分之{_chinese(pair[0])}的村", *_fraction(*pair))),
    "成": st.tuples(st.integers(1, 9), st.sampled_from(["", "半"])).map(
        lambda pair: (f"{_SIGNS[pair[0]]}成{pair[1]}", Decimal(pair[0] * 10 + (5 if pair[1] else 0)), "%")
    ),
}
ENGLISH_CARRIERS = (
    "The work came to {}.",
    "{} was what the office named.",
    "In all, {} came in.",
    "The county reported {} at the end.",
    "The office says that it had {} (so it writes).",
    "Only {} was used; nothing else.",
    "It was {}, as the bureau says.",
    "They name {} and nothing more.",
    "The sum (that is, {}) was named.",
    "For this there was {}",
    "In 2011, {} was used.",
    "By the end of 2010 it had {}.",
    "The sum: {}.",
)
CHINESE_CARRIERS = (
    "全省共有{}。",
    "工作中共有{}，成效明显。",
    "据统计（{}），工作顺利。",
    "全区共{}；",
    "截至年底，{}得到支持。",
    "全年安排{}，其他从略",
    "今年，{}受益。",
    "合计：{}。",
    "2011年，全省有{}。",
    "{}得到支持。",
)


def _assert_read_back(data, kinds, kind, carriers):
    printed, value, unit = data.draw(kinds[kind])
    text = canonical(data.draw(st.sampled_from(carriers)).format(printed))
    read = [(figure.value, figure.unit) for figure in figures(text)]
    # 2.814 dollars or townships may be 2,814, which nothing in the text settles
    assert read == [(value, unit)] or (read == [] and _THREE_DECIMALS.search(text) is not None)


_THREE_DECIMALS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?!\d)")


@pytest.mark.parametrize("kind", ENGLISH)
@FEW
@given(data=st.data())
def test_an_english_quantity_is_read_back(kind, data):
    _assert_read_back(data, ENGLISH, kind, ENGLISH_CARRIERS)


@pytest.mark.parametrize("kind", CHINESE)
@FEW
@given(data=st.data())
def test_a_chinese_quantity_is_read_back(kind, data):
    _assert_read_back(data, CHINESE, kind, CHINESE_CARRIERS)


@FEW
@given(st.integers(10**15, 10**22 - 1), st.sampled_from(["km", "Yuan", "people"]))
def test_a_long_number_keeps_all_its_digits(number, unit):
    [figure] = figures(f"The work came to {number} {unit}.")
    assert int(figure.value) == number
