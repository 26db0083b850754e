"""What one cell of a table holds: a number in some locale, a year, a missing code, or words; by the grammar of text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pipelines.figures.draft import Draft
from pipelines.figures.figure import Qualifier
from pipelines.figures.numbers import chinese
from pipelines.figures.numbers.digits import VULGAR
from pipelines.figures.numbers.grouped import Decimals
from pipelines.figures.numbers.scan import scan
from pipelines.figures.numbers.token import Token
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import COMPARATORS
from pipelines.figures.units.money import money_before
from pipelines.figures.units.quantity import read_quantity
from pipelines.patterns import regex

Kind = Literal["number", "year", "missing", "label", "unread"]

_PLAIN = regex(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DIGITS = regex(r"[0-9]+(?:\.[0-9]+)?")  # what most cells of a long table hold
# 12B and C1 are names, or scales and currencies that nothing confirms; 1st round is an ordinal; 30/45 so many of so
# many, or a fraction
_NAMED = regex(r"[A-Z]\d{1,2}|\d+(?:[A-Z]|(?:st|nd|rd|th)\b.*)|\d+\s?[/／]\s?\d+")
_OF_MANY = regex(r"\d+\s?[/／]\s?\d+")
_BEGINS = regex(r"(?!(?:1[89]|20|21)\d\d(?!\d))\d")
# a number with a remark beside it: 13 (2 new), 12人（含2名）, 3+2
_REMARKED = regex(r"[≈~约近]?\d[\d,.]*\s?[^\W\d_]{0,12}\s?(?:[(（\[+;；]|,\s).+")
_MISSING = regex(
    r"[-–—―…．.·/\\:*]+|n\.?\s?/?\s?[ad]\.?|na|none|nil|not (?:published|available|reported|applicable)"
    r"|无|缺|缺失|不详|暂无|未公布|未报|\[[^\]\d]*\]",
    re.IGNORECASE,
)
_ERROR = regex(
    r"#(?:REF|DIV/0|N/A|NAME\?|NULL|NUM|VALUE|SPILL|CALC|GETTING_DATA|FIELD|BLOCKED|UNKNOWN)[!?]?|Err:\d{3}",
    re.IGNORECASE,
)
_UNREAD = regex(r"[^\w]{0,3}\d[\d.,'’/:×x^ ]*\W{0,3}")  # digits with signs that no form of a number has
_TWO = regex(r"[-−]?[\d.,]+\s?[%％]?\s*[(（]\s*(?:n\s?=\s?)?\d[\d.,]*\s?[%％]?\s*[)）]", re.IGNORECASE)  # 34.5 (1,204)
_YEAR = regex(
    r"(?:1[89]|20|21)\d\d\s*年?度?|(?:FY\s?)?(?:1[89]|20|21)\d\d(?:\s*[-–—/~～至到]\s*(?:19|20)?\d\d)?年?度?"
    r"(?:\s?[(（]?(?:[epfr]|est\.?|prov\.?|prel\.?|proj\.?|prév\.?)[)）]?)?",  # estimated, provisional, projected
    re.IGNORECASE,
)
_SPAN = regex(r"(?:FY\s?)?(?:19|20)\d\d\s*[-–—/~～至到]\s*(?:19|20)?\d\d(?!\d)", re.IGNORECASE)
_MARKED_YEAR = regex(r"(?:FY\s?)?(?:19|20)\d\d(?![\d.,])", re.IGNORECASE)  # 2020*, 2018/19 [1]
# parts of a year: 1月, 1-2月, 一季度, 上半年, Q1, Jan-Mar
_PART = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_TIME = regex(
    rf"(?:\d{{1,2}}\s*[-–—~～至到]\s*)?\d{{1,2}}月份?|第?[一二三四1-4]季度|[上下]半年|前[一二三三四\d]+个?(?:季度|月)"
    rf"|[QH][1-4]|{_PART}(?:\s*(?:[-–—]|to)\s*{_PART})?",
    re.IGNORECASE,
)
_OF_YEAR = regex(r"^(?:19|20)\d\d\s*年\s*")
# a cell that may be a number: a few signs and words, digits or numerals, and a unit behind them
_MAY_BE = regex(rf"[^\d]{{0,24}}[\d{VULGAR}{chinese.NUMERAL}].{{0,48}}")
_DECIMAL = regex(r"\d")
_NUMERALS = frozenset(chinese.NUMERAL)
_MINUS = frozenset("-−–－")
_COMPARES = frozenset({*COMPARATORS, "=", "～"})
_ARABIC_SIGNS = str.maketrans("٬٫", ",.")
# a number in words and nothing else: 百余, 近百, 二十多, about a hundred
_SPOKEN = regex(rf"[上近约逾超数几]?[{chinese.NUMERAL}半]+[余多来几]?")
_ROUGHLY = regex(r"(?:(?:about|nearly|almost|some|over|around|roughly|at least|more than|up to)\s)?", re.IGNORECASE)
_WIDE_COMMA = regex(r"(?<=\d)，(?=\d{3}(?!\d))")
_SIGNS = regex(r"[\s(（+＋]+")
_BRACKETED = regex(r"[(（]\s*(.*?\d.*?)\s*[)）]\s*(.*)")
_TRAILING = regex(r"\s*([-−–])\s*$")
_BETWEEN = regex(r"\s*(?:%|[万亿]?[元人户]?)?\s*(?:[-–—~～－至到]|to\b|and\b)\s*")
_LETTER = regex(r"\s?\(?([a-z])\)?$", re.IGNORECASE)
# of a raised or plain figure that makes a length an area or a volume: km², 2.5 m3
_POWER = regex(r"(?:(?<![a-z])[kcdmh]?m|met(?:re|er)s?|[公厘毫]?米|公里)(?:\s?[²³]|[23](?!\d))", re.IGNORECASE)
_BRACKET_MARKS = regex(r"(?:\s*\[[0-9a-z]{1,2}\]|\s*[*†‡§#①-⑳]|\s*[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃ-ᶿ]+)+$", re.IGNORECASE)


def is_code(text: str) -> bool:
    """Whether digits begin with a zero, as codes, postcodes and telephone numbers do and amounts never."""
    return len(text) > 1 and text[0] == "0" and text.isdecimal() and text.strip("0") != ""


def is_part_of_year(text: str) -> bool:
    """Whether a text is a month, a quarter or half of a year, or runs from one to another."""
    return _TIME.fullmatch(text) is not None


def is_span(text: str) -> bool:
    """Whether a year runs on to another: 2021-2022, 2019/20; no amount does."""
    return _SPAN.match(text) is not None


def is_of_many(text: str) -> bool:
    """Whether a cell is so many of so many, or a fraction: 30/45."""
    return _OF_MANY.fullmatch(text) is not None


def is_remarked(text: str) -> bool:
    """Whether a cell is a number and more of it in brackets or behind a sign, or one in words: 13 (2 new), 上百."""
    return (_REMARKED.fullmatch(text) is not None and kind(text) == "label") or _is_spoken(text)


def begins_with_number(text: str) -> bool:
    """Whether a cell of words begins with a number that is no year and no ordinal, or is one: 9 lots, 上百, half."""
    is_number = _BEGINS.match(text) is not None and kind(text) == "label" and not _NAMED.fullmatch(text)
    return is_number or _is_spoken(text)


@lru_cache(maxsize=1 << 14)
def _is_spoken(text: str) -> bool:
    """Whether a cell of words is a number in words that nothing reads exactly: 上百, half, about a hundred."""
    if kind(text) != "label":
        return False
    if _SPOKEN.fullmatch(text):
        return True
    number = next(iter(scan(text)), None) if text.isascii() and not text.isupper() else None
    if number is None or number.kind != "word":
        return text.lower() == "half"
    rest = text[number.end :].strip().lower()
    return _ROUGHLY.fullmatch(text, 0, number.start) is not None and (
        not rest or rest in lexicon().words.numbers.scales
    )


class Written(NamedTuple):
    """A number cell taken apart.

    Attributes:
        start: first code point of the number in the cell.
        end: one past its last.
        value: the number with its sign, without `scale`.
        scale: exact factor that the number itself carries (1.2E+08 is 1.2 at 100,000,000).
        before: currency, qualifier and comparator before the digits.
        behind: percent sign, scale and unit behind them.
        mark: where the footnote marks begin.
        spread: smallest and largest value of a range (100–120), before `scale`; None for any other.
    """

    start: int
    end: int
    value: Decimal
    scale: Decimal
    before: str
    behind: str
    mark: int
    spread: tuple[Decimal, Decimal] | None = None


@lru_cache(maxsize=1 << 17)
def kind(text: str, marks: frozenset[str] = frozenset()) -> Kind:
    """What a cell holds; `unread` is what looks like a number and is not understood, or an error value.

    Args:
        text: the cell.
        marks: the letters with which notes of the table begin.
    """
    if text.isascii() and text.isalpha():
        return "missing" if _MISSING.fullmatch(text) else "label"
    if is_code(text):
        return "label"
    if _PLAIN.fullmatch(text):
        whole = text.removesuffix(".0")  # 2017.0, as programs print years beside gaps
        return "year" if len(whole) == 4 and whole[:2] in ("18", "19", "20") and whole.isdecimal() else "number"
    if _YEAR.fullmatch(text):
        return "year"
    if _MARKED_YEAR.match(text) and (noted := _BRACKET_MARKS.search(text)) and _YEAR.fullmatch(text[: noted.start()]):
        return "year"
    if is_part_of_year(_OF_YEAR.sub("", text)):
        return "label"
    if _ERROR.fullmatch(text) or "\n" in text or _TWO.fullmatch(text) or _OF_MANY.fullmatch(text):
        return "unread"
    if text[0].isalpha() and text[-1].isalpha() and not _DECIMAL.search(text):
        if _MISSING.fullmatch(text):
            return "missing"
        if _NUMERALS.isdisjoint(text):
            return "label"
    if written(text, "point", marks) is not None:
        return "number"
    if _MISSING.fullmatch(text):
        return "missing"
    unread = _UNREAD.fullmatch(text) and any(token.kind in ("unread", "ratio") for token in scan(text))
    return "unread" if unread else "label"


@lru_cache(maxsize=1 << 16)
def written(text: str, decimals: Decimals, marks: frozenset[str] = frozenset(), country: str = "") -> Written | None:
    """A cell that is one number and nothing else, read with a decimal sign; what only the other sign fits, with that.

    Returns:
        None where the cell is anything else, or holds anything that is not understood.
    """
    if decimals == "point" and _DIGITS.fullmatch(text):
        return Written(0, len(text), Decimal(text), Decimal(1), "", "", len(text))
    if not _MAY_BE.fullmatch(text):
        return None
    if _NAMED.fullmatch(text):
        return None
    text = _WIDE_COMMA.sub(",", text).translate(_ARABIC_SIGNS)
    tokens = scan(text, decimals, in_cell=True)
    if not tokens and _SPOKEN.fullmatch(text) and scan(f"{text}个"):
        # a scale alone counts only before what it counts
        found = written(f"{text}个", decimals, marks, country)
        return found and found._replace(behind=found.behind.removesuffix("个"), mark=len(text))
    if any(is_code(token.text) for token in tokens):
        return None
    spread = None
    first = tokens[0] if tokens else None
    if len(tokens) == 2 and first is not None and _BETWEEN.fullmatch(text, first.end, tokens[1].start):
        last = tokens[1]
        low, high = first.value * first.scale, abs(last.value) * last.scale
        if first.kind != "digits" or last.kind != "digits" or not 0 <= low < high:
            return None
        spread = (low / last.scale, high / last.scale)
        token = Token(first.start, last.end, text[first.start : last.end], spread[0], "digits", scale=last.scale)
    elif len(tokens) == 1 or (tokens and all(_is_mark(text, other) or _is_power(text, other) for other in tokens[1:])):
        assert first is not None
        token, spread = first, first.spread
    else:
        return None
    if token.kind not in ("digits", "word", "fraction"):
        return None
    return _understood(text, token, spread, marks, country)


def _is_mark(text: str, token: Token) -> bool:
    """Whether a number is that of a note: 120 [2], 120①."""
    return _BRACKET_MARKS.fullmatch(text[_outside(text, token.start) :]) is not None


def _is_power(text: str, token: Token) -> bool:
    """Whether a number is the power of the unit before it: 4 m2."""
    found = _POWER.search(text, max(token.start - 12, 0), token.end)
    return found is not None and found.end() == token.end


def _outside(text: str, position: int) -> int:
    while position and text[position - 1] in "[( ":
        position -= 1
    return position


def _understood(
    text: str, token: Token, spread: tuple[Decimal, Decimal] | None, marks: frozenset[str], country: str
) -> Written | None:
    """The number with what stands before and behind it, where all of that has a meaning."""
    end, mark = len(text), len(text)
    power = _POWER.search(text, token.end)
    if found := _BRACKET_MARKS.search(text, power.end() if power else token.end):
        end = mark = found.start()
    elif (letter := _LETTER.search(text, token.end)) and letter.group(1).lower() in marks:
        end = mark = letter.start()
    before, behind = text[: token.start], text[token.end : end]
    negative = False
    if bracketed := _BRACKETED.fullmatch(text[:end]):
        inner = bracketed.group(1)
        rest = behind.strip(" )）")
        only = _only_money(before.strip(" (（"), country) and (rest in ("", "%") or _only_money(rest, country))
        # brackets alone are the accountant's minus; around words they are only brackets
        negative, before = only and inner[-1] != "+", before.lstrip(" (（")
        behind = behind.replace(")", "").replace("）", "")
    elif any(sign in before for sign in "()（）") or not _closed(behind):
        return None
    if any(sign in _MINUS for sign in before):
        negative = True  # -$5
    if trailing := _TRAILING.search(behind):
        negative, behind = True, behind[: trailing.start()]
    before = before.strip()
    if not _known_before(before, country):
        return None
    if not _known_behind(before, behind, country, token):
        return None
    if token.unit and not behind.strip():
        behind = token.unit  # 五成, 百分之八
    value = -abs(token.value) if negative else token.value
    return Written(token.start, token.end, value, token.scale, before, behind.rstrip(), mark, spread)


def _only_money(before: str, country: str) -> bool:
    """Whether nothing stands before a number, or nothing but a currency."""
    if not before:
        return True
    mark = money_before(f"{before}1", 0, len(before), country)
    return mark is not None and not before[: mark.start].strip() and not before[mark.end :].strip()


def _closed(behind: str) -> bool:
    return behind.count("(") == behind.count(")") and behind.count("（") == behind.count("）")


@lru_cache(maxsize=4096)
def _known_before(before: str, country: str) -> bool:
    """Whether what stands before a number is signs, words that qualify it, or a currency."""
    rest = before
    if mark := money_before(f"{rest}1", 0, len(rest), country):
        rest = rest[: mark.start] + rest[mark.end :]
    rest = "".join(sign for sign in rest if sign not in _COMPARES and not _SIGNS.fullmatch(sign)).strip(" -−–")
    if not rest:
        return True
    passage = Passage(f"{rest} 1" if rest.isascii() else f"{rest}1")
    hit = next(iter(passage.qualifiers.values()), None)
    return hit is not None and not passage.text[: hit.start].strip() and passage.text[hit.end :].strip() == "1"


@lru_cache(maxsize=1 << 14)
def _known_behind(before: str, behind: str, country: str, token: Token) -> bool:
    """Whether what stands behind a number is its scale, its unit, and words that qualify it."""
    if behind.strip() in ("", "%", "+"):
        return True
    number = (
        token.text
        if token.kind == "digits" and len(token.text) < 12 and token.text.isdecimal()
        else "1.5"
        if "." in token.text
        else "2"
    )
    text = f"{before}{number}{behind}"
    start = len(before)
    draft = Draft(
        Token(start, start + len(number), number, Decimal(2), "digits"), "", (0, len(text)), start + len(number)
    )
    read_quantity(draft, Passage(text, None, country), len(text))
    if draft.why:
        return False
    rest = text[max(draft.end, draft.token.end) :]
    if after := lexicon().qualifiers_after.match(rest.lstrip(" (")):
        rest = rest.lstrip(" (")[after.end() :].lstrip(".")
    if rest.strip(" .)）+") == "":
        return True
    noun = draft.decided.get("unit", "")
    return bool(noun) and text[start + len(number) :].strip().endswith(noun)


def compares(before: str) -> Qualifier | None:
    """The qualifier of a comparator before a number (`>`, `>=`, `≥`, `~`); None where there is none."""
    if ">=" in before or "<=" in before:
        return "at_least" if ">=" in before else "up_to"
    return next((COMPARATORS[sign] for sign in before if sign in COMPARATORS), "about" if "～" in before else None)
