"""Numbers that say one quantity in two pieces: 3 million and a half, 5元3角, 两米半, one in five."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.numbers.chinese import numeral
from pipelines.figures.numbers.multipliers import multiplier
from pipelines.figures.numbers.token import DIVISION, Token, unread
from pipelines.figures.text.nouns import physical_units
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import YEAR
from pipelines.figures.units.money import BETWEEN
from pipelines.figures.units.per import read_per
from pipelines.patterns import regex

_AND = regex(r"\s+(?:and\s+)?|又")
_ONLY_AND = regex(r"\s+and\s+")
_OVER = regex(r"(?:\s+|-)(?P<word>over|in|(?:(?:out )?of|in) every|out of)(?:\s+|-)")
_CENTS = regex(
    r"\s?(?:(?P<tenths>jiao|mao)|cents?|pence|p|fen|paisa|paise|centavos?|c[eé]ntimos?|centimes?|sen|[oö]re|øre|kop[ei]c?ks?"
    r"|groszy?|kobo|santims?)\b",
    re.IGNORECASE,
)
_CHINESE_MINOR = regex(
    r"[又零 ]?(?P<number>\d{1,2}|[一二两三四五六七八九])"
    r"(?:(?P<tenth>角|毛)|(?P<hundredth>(?:美|日本)?[分钱銭仙](?!之|别|布)))钱?"
)
_END = regex(r"\s*(?:[.,;。，；!?)]|$|(?:and|more)\b)")
_SECOND = regex(
    r"\s?(?P<unit>ft|feet|foot|yards?|miles?|lbs?|pounds?|stone|hours?|hrs?|h|minutes?|mins?|degrees?|小时|分钟|斤|尺|英尺)"
    r"\s*(?:and\s+|,\s*)?$",
    re.IGNORECASE,
)
_SECOND_UNIT = regex(
    r"\s?(?P<unit>in|inch(?:es)?|feet|ft|yards?|oz|ounces?|minutes?|mins?|seconds?|secs?|s|两|寸|分钟?|秒|英寸)\b",
    re.IGNORECASE,
)
_HALF = regex(r"半(?![天月年夜路数])")


def join(draft: Draft, passage: Passage, following: Sequence[Token]) -> int:
    """Adds to a number what belongs to it of those that follow; what cannot be added up makes all of it unread.

    Args:
        draft: the number, with the scale and the unit behind it.
        passage: the text.
        following: the numbers behind it, the next first.

    Returns:
        How many of those that follow belong to it.
    """
    text = passage.text
    if draft.token.kind in ("date", "unread", "ratio"):
        return 0
    half = None
    if text.startswith("半", draft.end) and (draft.unit in physical_units() or is_money(draft.unit)):
        half = _HALF.match(text, draft.end)
    if half and draft.scale == 1 and "一" <= text[draft.end - 1] <= "鿿":
        _take(draft, text, half.end(), draft.token.value + Decimal("0.5"), keep_end=True)
        return 0
    count = 0
    if draft.why == BETWEEN and following:
        return int(_refuse(draft, text, following[0], BETWEEN))
    coins = is_money(draft.unit) and _chinese_minor(draft, text)
    if coins or _coins(draft, text):
        if not coins and "/" not in draft.unit:
            read_per(draft, passage, draft.end, draft.sentence[1])
        return sum(token.start < draft.end for token in following)
    for token in following:
        if (
            token.start >= draft.sentence[1]
            or token.start - draft.end > _FARTHEST
            or not _joined(draft, passage, token)
        ):
            break
        count += 1
        if draft.why:
            break
    return count


_FARTHEST = 16  # code points between two pieces


def _joined(draft: Draft, passage: Passage, token: Token) -> bool:
    text = passage.text
    between = text[draft.end : token.start]
    bare = draft.unit in ("", "unknown") and draft.end == draft.token.end
    if bare and between == ", " and _blank_inside(draft, passage, token):
        return _refuse(draft, text, token, "two numbers, or a blank inside of one")
    signed = draft.sign >= 0 and draft.end > draft.token.end  # Rs 1 lakh 84 thousand crore
    if not draft.unit or signed:
        if draft.scale >= 100 and _AND.fullmatch(between) and _scaled(draft, text, token, between):
            return True
        if not draft.unit:
            if _TO.fullmatch(between) and _RATIO.search(text, max(draft.sentence[0], draft.start - 48), draft.start):
                return _ratio(draft, text, token)
            return _proportion(draft, text, token, between)
    if is_money(draft.unit):
        return _minor(draft, text, token, between)
    return False


def _scaled(draft: Draft, text: str, token: Token, between: str) -> bool:
    """A smaller number behind a scale: 3 hundred and 21, 4 thousand 3 hundred, 3 million and a half."""
    limit = draft.sentence[1]
    behind = multiplier(text, token.end, limit, money=False, printed=token.text)
    if token.kind == "fraction":
        if not _ONLY_AND.fullmatch(between) or text.startswith(" of", token.end):
            return False
        if behind is not None:
            return _refuse(draft, text, token, "a part of another scale behind its scale")
        _take(draft, text, token.end, draft.token.value + token.value)
        return True
    if token.kind not in ("digits", "word") or token.spread or token.value < 0:
        return False
    scale = behind.factor if behind is not None and not behind.doubt else Decimal(1)
    if behind is not None and draft.scale < scale and _CRORES.fullmatch(text, token.end, behind.end):
        draft.scale *= _CRORE  # it multiplies both
    more, whole = token.value * token.scale * scale, draft.token.value * draft.scale
    last = draft.scale
    ones = last in _BEFORE_UNITS or (
        last == _THOUSAND and "and" in between and token.kind == draft.token.kind == "word"
    )
    if not 0 < more < last or (scale == 1 and not ones) or ("." in draft.token.text):
        return False
    end = behind.end if behind is not None and scale > 1 else token.end
    step = token.scale * scale
    draft.scale = step
    _take(draft, text, end, (whole + more) / step)
    return True


def _blank_inside(draft: Draft, passage: Passage, token: Token) -> bool:
    """Whether two numbers may be one with a blank behind its comma: 20, 407 households, but no "bridges 714, 511 w"."""
    text = passage.text
    if not _BLANK_BEHIND.fullmatch(text, draft.start, token.end) or _GOES_ON.match(text, token.end):
        return False
    if _IN_LIST.search(text, max(draft.start - 8, 0), draft.start):
        return False
    nouns = passage.nouns_within(passage.clause(draft.sentence[0], draft.start, ",;，；。"), draft.start)
    return all(noun.is_structure for noun in nouns)


_BLANK_BEHIND = regex(r"[1-9]\d{0,2}, \d{3}(?:,\d{3})*")  # 20, 407 households
_IN_LIST = regex(r"\d,\s*$")
_GOES_ON = regex(r"\s*(?:,|and\b|or\b|\d)")
_TO, _RATIO = (
    regex(r"\s+to\s+(?:every\s+)?"),
    regex(r"\b(?:ratio|proportion)\b(?! from)[^,.;\d]*$", re.IGNORECASE),
)
_UNIT_BEHIND = regex(r"\s?(?:%|per|times|[:：]|to\b)")


def _ratio(draft: Draft, text: str, token: Token) -> bool:
    """A ratio of 3 to 1: as one that is printed 3:1."""
    first, second = draft.token.value, token.value
    if {draft.token.kind, token.kind} - {"digits", "word"} or not second or _UNIT_BEHIND.match(text, token.end):
        return False
    value = first if second == 1 else second if first == 1 else DIVISION.divide(first, second)
    draft.token = draft.token._replace(kind="ratio")
    _take(draft, text, token.end, value)
    draft.unit, draft.decided["unit"] = "ratio", "to"
    return True


_CRORES = regex(r"\s(?:hundred|thousand|lakh|lac)s?\s+crores?", re.IGNORECASE)
_CRORE, _THOUSAND = Decimal(10**7), 1000
_BEFORE_UNITS = (100, 10**5, 10**7)  # scales behind which a bare number goes on: 1 crore 15 lakh 274


def _proportion(draft: Draft, text: str, token: Token, between: str) -> bool:
    """One in five, 1 over 3: the first of the second."""
    over = _OVER.fullmatch(between)
    top, bottom = draft.token, token
    if over is None or draft.scale != 1 or {top.kind, bottom.kind} - {"digits", "word"} or not bottom.value:
        return False
    if YEAR.fullmatch(bottom.text):
        return False
    if over.group("word") == "out of" and not top.value < bottom.value <= _MOST_PARTS:
        return False  # rather two counts
    if (
        over.group("word") == "in"
        and top.value != 1
        and not (
            bottom.value in _BASES
            and top.value < bottom.value
            and _BEGINS.search(text[draft.sentence[0] : draft.start])
        )
    ):
        return False
    if over.group("word") == "in" and (bottom.value < 2 or bottom.value != int(bottom.value)):
        return False
    behind = multiplier(text, token.end, draft.sentence[1], money=False, printed=token.text)
    size = bottom.value * token.scale * (behind.factor if behind else 1)
    if abs(top.value) > size:
        return over.group("word") == "over" and _refuse(draft, text, token, "two numbers joined by “over”")
    draft.token = top._replace(kind="fraction")
    _take(draft, text, behind.end if behind else token.end, DIVISION.divide(top.value, size))
    draft.unit, draft.decided["unit"] = "fraction", between.strip()
    return True


_MOST_PARTS = 10
_BASES = frozenset(map(Decimal, (4, 5, 10, 20, 100, 1000)))
_BEGINS = regex(
    r"(?:^|[.;:,(])\s*(?:and |but |about |nearly |some |only |over |almost |more than |fewer than |less than )*$",
    re.IGNORECASE,
)


def _minor(draft: Draft, text: str, token: Token, between: str) -> bool:
    """Cents behind dollars, 角 and 分 behind 元; a bare number behind a currency may be cents and may be none."""
    mark_behind = draft.end > draft.token.end
    if not (
        mark_behind
        and token.value < 100
        and token.kind in ("digits", "word")
        and (not between or _AND.fullmatch(between))
    ):
        return False
    cents = _CENTS.match(text, token.end)
    if cents is None:
        if not (_END.match(text, token.end) and between and text[draft.end - 1].isascii()) or draft.scale != 1:
            return False
        if token.kind == "word" or (token.text.isdecimal() and len(token.text) != 2) or "." in draft.token.text:
            return _refuse(draft, text, token, "a second number behind its currency")
        # "15 dollars 50": nothing but cents stands so
        _take(draft, text, token.end, draft.token.value + token.value / 100, keep_end=True)
        return True
    if draft.scale != 1:
        return _refuse(draft, text, token, "parts of its currency behind it")
    part = token.value / (10 if cents.group("tenths") else 100)
    _take(draft, text, cents.end(), draft.token.value + part, keep_end=True)
    return True


def _chinese_minor(draft: Draft, text: str) -> bool:
    """五元三毛, 50元6角三分: tenths and hundredths right behind the currency."""
    found = _CHINESE_MINOR.match(text, draft.end) if "一" <= text[draft.end - 1] <= "鿿" and draft.scale == 1 else None
    if found is None:
        return False
    while found:
        number = numeral(found.group("number"))
        value = Decimal(found.group("number")) if number is None else number.value
        part = value / (10 if found.group("tenth") else 100)
        _take(draft, text, found.end(), draft.token.value + part, keep_end=True)
        found = _CHINESE_MINOR.match(text, draft.end)
    return True


_COINS = regex(r"(?:(?P<tenths>[角毛])(?:(?P<rest>\d|[一二两三四五六七八九])分?)?钱?(?![落度色逐竹巾])|分钱)")
_OF_YUAN = regex(r"(?P<rest>\d|[一二两三四五六七八九])(?=钱|[，。；、,;）)\s]|$)")
_DIGIT = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def _coins(draft: Draft, text: str) -> bool:
    """3角2分, 5毛钱, 8分钱: parts of a yuan without yuan; 两块五: a yuan's tenths without their name."""
    token = draft.token
    if token.kind not in ("digits", "word") or draft.scale != 1 or token.value >= 100 or token.spread:
        return False
    if draft.unit.split("/")[0] == "CNY":
        found = _OF_YUAN.match(text, draft.end) if text[draft.end - 1 : draft.end] == "块" else None
        if found is not None:
            _take(draft, text, found.end(), token.value + Decimal(_coin(found)) / 10, keep_end=True)
        return found is not None
    found = _COINS.match(text, token.end) if draft.unit in ("", "other", "unknown") else None
    if found is None:
        return False
    value = token.value / 10 + Decimal(_coin(found)) / 100 if found.group("tenths") else token.value / 100
    _take(draft, text, found.end(), value)
    draft.unit, draft.noun, draft.decided["unit"] = "CNY", found.group(), found.group()
    return True


def _coin(found: re.Match[str]) -> int:
    printed = found.group("rest") or "0"
    return _DIGIT.get(printed) or int(printed)


def second_unit(draft: Draft, passage: Passage, token: Token) -> bool:
    """Whether the next number goes on with a smaller unit: 5 feet 2 inches are 5.17 feet, other pairs are not read."""
    text = passage.text
    if draft.token.kind not in ("digits", "word") or token.start - draft.token.end > _FARTHEST:
        return False
    first = _SECOND.fullmatch(text, draft.token.end, token.start)
    second = _SECOND_UNIT.match(text, token.end) if first else None
    if first is None or second is None:
        return False
    parts = _PARTS.get((first.group("unit").lower()[0], second.group("unit").lower()[0]))
    if parts is None or token.kind not in ("digits", "word") or draft.scale != 1:
        return _refuse(draft, text, token, "a measure in two units")
    unit, scale = draft.unit, draft.scale
    _take(draft, text, second.end(), draft.token.value + DIVISION.divide(token.value, Decimal(parts)), keep_end=True)
    draft.unit, draft.scale = unit or "other", scale
    return True


# how many of the second unit make up one of the first, by their first letters
_PARTS = {
    ("f", "i"): 12,
    ("l", "o"): 16,
    ("p", "o"): 16,
    ("h", "m"): 60,
    ("m", "s"): 60,
    ("y", "f"): 3,
    ("斤", "两"): 10,
}


def _refuse(draft: Draft, text: str, token: Token, why: str) -> bool:
    draft.token = unread(text, draft.token.start, token.end, why)
    draft.why, draft.end = why, token.end
    return True


def _take(draft: Draft, text: str, end: int, value: Decimal, *, keep_end: bool = False) -> None:
    start = draft.token.start
    draft.token = draft.token._replace(end=end, text=text[start:end], value=value)
    draft.end = end if keep_end else max(end, draft.token.end)
