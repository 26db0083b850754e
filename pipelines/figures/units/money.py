"""Which currency stands beside a number: by its code, sign or name, before or behind it; never a neighbour's."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from pipelines.catalog.currencies import (
    NO_CURRENCY,
    currencies_of,
    names,
    needs_its_country,
    settled,
    written,
)
from pipelines.figures.text.dated import is_dated
from pipelines.patterns import CURRENCY_SIGNS, regex

_CODE_BEHIND = regex(r"\s?(?:of )?([A-Z]{3})(?![A-Za-z])")
_SIGN_BEHIND = regex(
    rf"\s?([{CURRENCY_SIGNS}]|[A-Za-z]{{1,4}}[{CURRENCY_SIGNS}/]|zł|Kč|лв|[A-Z]?[A-Za-z]{{1,4}}\.?)(?![\w])"
)
_WORDS_BEHIND = regex(r"[\s-]*(?:of )?((?:[A-Za-z]\.[A-Za-z]\.|[A-Za-z’']+)(?: [A-Za-z’']+){0,4})")
_CHINESE_BEHIND = regex(r"\s?([一-鿿]{1,10})")
_NO_YUAN = regex("元(?:旦|宵|月|素|老|首|帅|年)")
_BEFORE = regex(
    rf"(?:(?P<sign>(?<![A-Za-z])[A-Za-z.]{{0,3}}[{CURRENCY_SIGNS}]+|[$]US)"
    r"|(?<![A-Za-z])(?P<word>[A-Za-z]{1,9}(?:/\.?|\.)?)"
    r"|(?P<chinese>[一-鿿]{1,6}))\s?$"
)
_NO_MARK = frozenset(",，。；;:：、()（）[]“”\"'%《》")
_RANGE_ENDS = tuple(
    f"{sign}{blank}" for sign in ("-", "–", "—", "~", "～", "－", "至", "到", " to") for blank in ("", " ")
)
_SCALED = regex(r"\d[\d,.]*[\s-]?(?:[mbk]|mn|bn|[a-z]+ion|thousand|lakh|crore)\b")
_LARGE = regex(rf"{_SCALED.pattern}|\d{{1,3}}(?:,\d{{3}})+(?!\d)")
_SIGN_OF_LARGE = regex(rf"(?<![A-Za-z])([A-Z][a-z]{{0,2}})(?={_LARGE.pattern})")
_OF_GOODS = regex(r"\s+of\s+(?!aid|funds?|funding|money|grants?|loans?|public|support|help)", re.IGNORECASE)
_GLUED = ("yuan", "rmb", "dollars", "euros")
_GLUED_NAME = regex(r"\s?(yuan|rmb|dollars|euros)(?=(?:and|of|for|in|was|were|to)\b)", re.IGNORECASE)  # "Yuanand"
_MILLIONS = regex(r"([Mk])([A-Z]{3}|[€$£])$")
_BELONGS_BEFORE = regex(
    r"(?:\d|million|billion|trillion|thousand|hundred|crore|lakh|[万亿千百]|\b(?:mn|bn|mln|bln|tn|[kKmMB]))\s*$",
    re.IGNORECASE,
)
_DIGITS = regex(r"(\d[\d,.]*)(\s?(?:[mbk]n?\b|[a-z]+illion|thousand|lakh|crore|[万亿千百]))?")
_FROM_BEFORE = regex(r"(?:\b(?:from|between)\s|[由从])\S{0,6}\s?$")
_RANGE = regex(r"(\d[\d,.]*)(?:\s?[A-Za-z]{1,8})?\s*(?:[-–—~～至到]|\bto\b)\s*$")
# names of money that are words for other things as well
_WORDS_TOO = frozenset({"won", "real", "mark", "marks", "som", "lev", "pound", "pounds", "escudo", "crown", "crowns"})
_ALWAYS = frozenset({"Rs", "Sh", "RM", "Rp", "Tk", "MK"})  # short signs that are no words
_LOWER_CODES = frozenset({"usd", "eur", "gbp", "cny", "rmb", "jpy", "hkd", "inr", "cad", "aud", "nzd", "mxn", "chf"})

BETWEEN = "a currency between two numbers"  # why a number is unread


class Money(NamedTuple):
    """The currencies that a mark may mean, where it stands, and the factor that it holds (MUSD, k€).

    `shared` is one that stands before the other number of a range.
    """

    codes: frozenset[str]
    start: int
    end: int
    factor: int = 1
    shared: bool = False


@lru_cache(maxsize=1)
def _plain_names() -> dict[str, frozenset[str]]:
    """The names of the catalogue, so that most reports need no list of all currencies of the world."""
    return {name.lower(): frozenset({code}) for code, known in written().names.items() for name in known}


@lru_cache(maxsize=2048)
def _signed(sign: str, country: str) -> frozenset[str]:
    """The currencies that a sign or code means in a report of a country; none where it is a word there."""
    codes = frozenset(written().signs.get(sign) or written().signs.get(sign.rstrip("."), ()))
    if not codes and (sign.lower() in _LOWER_CODES or sign.isupper()) and len(sign) == 3:
        code = "CNY" if sign.upper() == "RMB" else sign.upper()
        codes = frozenset({code}) if code in written().codes else frozenset()
    elif not codes and len(sign) == 4 and sign[3] == "$" and sign[:3].upper() in written().codes:
        codes = frozenset({sign[:3].upper()})
    if codes and needs_its_country(sign) and sign.strip(".") not in _ALWAYS:
        return codes & currencies_of(country) if country else frozenset()
    return codes


def _of_some_country(sign: str) -> frozenset[str]:
    """The currency of a short sign glued to thousands or millions, where no country tells it: "R84.5 million"."""
    return frozenset({NO_CURRENCY}) if written().signs.get(sign) and needs_its_country(sign) else frozenset()


@lru_cache(maxsize=8)
def _signs(text: str) -> frozenset[str]:
    """The letters that stand right before thousands or millions somewhere in a text: R of "R84.5 million"."""
    return frozenset(match.group(1) for match in _SIGN_OF_LARGE.finditer(text))


def _named(name: str) -> frozenset[str]:
    """The currencies of a name in small letters; the world's list is asked only for what ends as a currency does."""
    found = _plain_names().get(name)
    if found is not None or not (name.isascii() and name.split()[-1] in _last_words()):
        return found or frozenset()
    return names().get(name, frozenset())


def may_be_money(words: tuple[str, ...]) -> bool:
    """Whether one of some words in small letters can be of the name of a currency, or glued to one."""
    return bool(words) and (
        not _last_words().isdisjoint(words) or words[0].startswith(_GLUED) or words[0] in _LOWER_CODES
    )


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return written().kinds | written().endings | {name.split()[-1] for name in _plain_names() if name.isascii()}


_NO_CURRENCY_BEGINS = frozenset(",.;:()%，。；：、（）\"'“”’/0123456789")


def money_behind(text: str, position: int, limit: int, country: str) -> Money | None:
    """The currency that stands right behind a number and its scale."""
    following = text[position : position + 2].strip()[:1]
    if not following or following in _NO_CURRENCY_BEGINS:
        return None
    if "一" <= following <= "鿿":
        return _chinese_behind(text, position, limit, country)
    if not following.islower() or following in "zkл" or text[position : position + 4].strip()[:3] in _LOWER_CODES:
        for pattern in (_CODE_BEHIND, _SIGN_BEHIND):
            match = pattern.match(text, position, limit)
            if match and (codes := _signed(match.group(1), country)):
                return Money(codes, match.start(1), match.end())
        if (match := _MILLIONS_BEHIND.match(text, position, limit)) and (codes := _signed(match.group(2), country)):
            return Money(codes, match.start(), match.end(), 10**6 if match.group(1) == "M" else 1000)
        if following in CURRENCY_SIGNS:
            return None
    words = _WORDS_BEHIND.match(text, position, limit) if following.isalpha() or following == "-" else None
    if words is None:
        return None
    forms = words.group(1).lower().split()
    if forms[0].startswith(_GLUED) and (slip := _GLUED_NAME.match(text, position, limit)):
        return Money(_named(slip.group(1).lower()), slip.start(1), slip.end(1))
    if _last_words().isdisjoint(forms):
        return None
    start = words.start(1)
    for count in range(len(forms), 0, -1):
        name = " ".join(forms[:count])
        if codes := _named(name):
            at_home = bool(country) and bool(codes & currencies_of(country))
            if name in _WORDS_TOO and not at_home and not name.startswith("pound"):
                continue
            if name.startswith("pound") and " " not in name and _OF_GOODS.match(text, start + len(name)):
                return None  # "300 pounds of rice"
            return Money(codes, start, start + len(" ".join(words.group(1).split()[:count])))
    called = words.group(1).split()
    if called[0][0].isupper() and len(called) > 1 and (codes := _named(forms[1])):
        # "Russian roubles"; "Cuban pesos" are those of a country that the names do not know
        one = codes if len(codes) == 1 else frozenset({NO_CURRENCY})
        return Money(one, start, start + len(" ".join(called[:2])))
    return None


_MILLIONS_BEHIND = regex(r"\s?([Mk])([A-Z]{3}(?![A-Za-z])|[€$£])")


@lru_cache(maxsize=1)
def _chinese_endings() -> frozenset[str]:
    """What the Chinese names of currencies end in, so that the world's list is asked only where one stands."""
    return frozenset(ending for ending in written().endings | written().kinds if "一" <= ending[0] <= "鿿")


def _chinese_behind(text: str, position: int, limit: int, country: str) -> Money | None:
    match = _CHINESE_BEHIND.match(text, position, limit)
    if match is None:
        return None
    run, start = match.group(1), match.start(1)
    plain = _plain_names()
    for length in range(min(len(run), 6), 0, -1):
        if (codes := plain.get(run[:length])) is not None:
            if length == 1 and (_NO_YUAN.match(run) or (run[0] == "块" and run[1:2] not in _BEHIND_KUAI)):
                return None  # 由两块组成
            aside = _ASIDE.match(text, start + length, limit) if run[:length] == "元" else None
            if aside is not None and (told := plain.get(aside.group(1).lower())) is not None:
                return Money(told, start, aside.end())  # 3万元（港币）
            if country in _DOLLARS and codes == {"CNY"} and "人" not in run[:length]:
                codes = frozenset({_DOLLARS[country]})
            return Money(codes, start, start + length)
    if any(ending in run for ending in _chinese_endings()) and run[0] not in "个项处条座种批类片件组名户人次年月日":
        for length in range(len(run), 1, -1):
            if codes := names().get(run[:length]):
                return Money(codes, start, start + length)
    return None


_DOLLARS = {"HK": "HKD", "MO": "MOP", "TW": "TWD"}  # what a plain 元 is there
_BEHIND_KUAI = ("", *"钱多整一二三四五六七八九")
_ASIDE = regex(r"[(（](?:单位[:：])?([一-鿿]{2,5}|[A-Z]{3})[)）]")


def unsettled(text: str, start: int, position: int, end: int) -> bool:
    """Whether a mark stands beside a number that may be money's and is not known here: Gs 40 million, 50 kr, GH¢ 5."""
    behind = _MARK_BEHIND.match(text, end)
    if behind is not None and behind.group(1) in written().signs:
        return True
    mark = _MARK_BEFORE.search(text, max(start, position - _LONGEST_SIGN), position)
    if mark is None:
        return False
    printed = mark.group(1)
    return (
        _CAPITALS.fullmatch(printed) is not None
        or printed in written().signs
        or any(not sign.isascii() and (sign.isalpha() or category(sign) == "Sc") for sign in printed)
    )


_MARK_BEFORE = regex(r"(?<=[\s(,;])([^\s\d,;:()（），。；：、一-鿿]{1,5}) ?$")
_MARK_BEHIND = regex(r" ?([^\W\d_]{1,3})(?!\w)")
_CAPITALS = regex(r"(?:[A-Z][A-Za-z]{0,2}|[A-Z]{2,3}[a-z]{1,2})[./]{0,2}")
_LONGEST_SIGN = 7


def leading_mark(text: str) -> tuple[frozenset[str], str]:
    """The currencies of the mark with which words begin ("US$ '000", "人民币万元"), and the rest of the words."""
    if (local := _LOCAL.match(text)) is not None:
        codes = frozenset(written().signs.get(local.group(1), ())) or _signed(local.group(1), "")
        if codes:
            return codes, text[local.end() :]
    match = _LEADING.match(text)
    if match is not None:
        mark = match.group(1)
        codes = frozenset(written().signs.get(mark, ())) or (
            _signed(mark, "") if mark.isupper() or not mark.isalpha() else frozenset()
        )
        if codes and not (mark.isalpha() and needs_its_country(mark)):
            return codes, text[match.end() :]
    for length in range(min(len(text), 4), 1, -1):
        if not text[0].isascii() and (found := _plain_names().get(text[:length])) is not None:
            return found, text[length:].lstrip()
    return frozenset(), text


# letters that are a currency only here, before a scale: N'000, R million
_ROAD_BEFORE = regex(r"\b(?:the|road|route|along|via)\s+$", re.IGNORECASE)
_AMOUNT = regex(
    r"\d+[.,]\d|\d+\s?(?:thousand|million|billion|trillion|bn|mn|lakh|crore)\b|[\d ]+(?:\s[A-Za-z()-]+){0,5}?"
    r"\s(?:grant|wage|subsid|stipend|allowance|fee|fine|levy|loan|voucher|payment|pension|transfer|bursar|price)(?:s|y|ies)?\b"
)
_LOCAL = regex(
    r"([A-Z][a-z]{0,2}|[A-Z]{2,3})"
    r"(?:['’‘`]\s?(?=000|[bmk]n?\b)|\s+(?=(?:thousand|million|billion|lakh|crore)s?\b))"
)
_LEADING = regex(rf"([A-Za-z.]{{0,4}}[{CURRENCY_SIGNS}]+|[$]US|[A-Za-z]{{2,5}}\.?(?![A-Za-z]))\s*")


def money_before(text: str, start: int, position: int, country: str) -> Money | None:
    """The currency that stands right before a number, or before the number with which it makes a range."""
    near = text[max(start, position - 14) : position]
    last = near.rstrip()[-1:]
    if not last or last in _NO_MARK or last.isdecimal():
        return None
    if last.islower() and last.isascii() and _ends_in_a_word(near):
        return _of_range(text, start, position, country) if last == "o" else None  # "$5 to 7 million"
    match = _BEFORE.search(near)
    if match is None:
        return _of_range(text, start, position, country)
    found = _mark_before(match, country, counts=_COUNTS.match(text, position) is not None)
    mark = match.group("word") or match.group("sign") or ""
    told = (
        found is None and near.endswith(mark) and bool(mark) and (_LARGE.match(text, position) or mark in _signs(text))
    )
    if told and (codes := _of_some_country(mark)):
        found = codes, match.end() - len(mark), 1
    if found is None:
        return _of_range(text, start, position, country)
    codes, begin, factor = found
    if near[begin] in CURRENCY_SIGNS and (coded := _CODE_TOO.search(near, 0, begin)) is not None:
        codes, begin = _coded(coded.group(1), near[begin], country) or codes, coded.start(1)
    letter = match.end() - begin <= 1 and near[begin].isalpha()
    if letter and _ROAD_BEFORE.search(near, 0, begin) and not _AMOUNT.match(text, position):
        return None  # the R61, but the R6.1 million and the R350 relief grant
    begin += position - len(near)
    end = position - len(near) + match.end()
    glued = match.end() == len(near) and not near[-1:].isspace()
    if match.group("sign") and glued:
        return Money(codes, begin, end, factor)
    # "5 million yuan 20 villages": the word belongs to the number before it, unless that has a sign of its own
    taken = _BELONGS_BEFORE.search(text, max(start, begin - 12), begin)
    if taken and not is_dated(text, begin):
        number = re.search(r"\d[\d,.]*(?:\s?[A-Za-z]{1,8})?\s*$", text[max(start, begin - 40) : begin])
        if number is None or money_before(text, start, max(start, begin - 40) + number.start(), country) is None:
            return None
    return Money(codes, begin, end, factor)


# a code before a sign: FJD $5 million, US $400
_CODE_TOO = regex(r"(?<![A-Za-z])([A-Z]{2,3}) $")


def _coded(code: str, sign: str, country: str) -> frozenset[str]:
    """The currency of a code that stands before a sign; a code that is a word too means money at home only."""
    if code in written().words_too and code not in currencies_of(country):
        return frozenset({NO_CURRENCY})
    return frozenset({code}) if code in written().codes else _signed(code + sign, country)


# a noun behind a number and its scale
_COUNTS = regex(
    r"\d[\d.,]*(?:\s(?:thousand|million|billion|trillion|lakh|crore|mn|bn))?\s"
    r"(?!(?:and|or|to|for|in|of|per|an?|each|by|from|was|were|is|are|on|at|with|as|had|has|went|came|more|less|million"
    r"|thousand|billion)\b)[a-z]{3,}"
)


def _ends_in_a_word(near: str) -> bool:
    """Whether the word right before a number is in small letters, and neither a code nor a name of money."""
    word = near.split()[-1]
    return (
        word.isalpha()
        and word.islower()
        and word not in _LOWER_CODES
        and word not in ("yuan", "renminbi", "lei", "kr", "kn")
    )


def _of_range(text: str, start: int, position: int, country: str) -> Money | None:
    """The currency before the first number of a range, which holds for its second."""
    joined = text.endswith(_RANGE_ENDS, max(position - 4, 0), position)
    ahead = _RANGE.search(text, max(start, position - 40), position) if joined else None
    following = _DIGITS.match(text, position)
    falls = ahead and following and not following.group(2) and _value(ahead.group(1)) > _value(following.group(1))
    if ahead and falls and not _FROM_BEFORE.search(text, start, ahead.start()):
        return None  # "lent £486,000 to 720 borrowers"
    scaled = ahead is not None and _SCALED.search(ahead.group()) and not _SCALED.match(text, position)
    found = money_before(text, start, ahead.start(), country) if ahead and not scaled else None  # ₦117 million to 2,350
    return found._replace(shared=True) if found is not None else None


def _value(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "").strip(".") or 0) if printed.count(".") < 2 else Decimal(0)


def _mark_before(match: re.Match[str], country: str, *, counts: bool) -> tuple[frozenset[str], int, int] | None:
    """The longest mark that ends before the number: its currencies, where it begins, and its factor.

    A name is none before a number that counts something else: "in Lempira 1,927 hectares".
    """
    if chinese := match.group("chinese"):
        for place in range(len(chinese)):
            if (codes := _plain_names().get(chinese[place:])) is not None and chinese[place:] not in (
                "元",
                "块",
                "圆",
                "铢",
            ):
                return codes, match.start("chinese") + place, 1
        return None
    printed = match.group("sign") or match.group("word")
    begin = match.start("sign") if match.group("sign") else match.start("word")
    for place in range(len(printed)):
        if place and not (match.group("sign") and not printed[place].isalpha()):
            continue
        if codes := _signed(printed[place:], country):
            return codes, begin + place, 1
    if (millions := _MILLIONS.fullmatch(printed)) and (codes := _signed(millions.group(2), country)):
        return codes, begin, 10**6 if millions.group(1) == "M" else 1000
    name = printed.lower()
    if name in ("yuan", "renminbi") or (
        not counts and printed[0].isupper() and name in _last_words() and name not in _WORDS_TOO
    ):
        return (_named(name), begin, 1) if _named(name) else None  # Birr 300, Naira 5,000
    return None


def currency_of(before: Money | None, behind: Money | None, country: str) -> str:
    """The currency of a number by its marks: what both agree on; of two that differ none is told.

    Returns:
        Its code, `XXX` for money whose currency nothing tells, empty where there are no marks.
    """
    if before is None and behind is None:
        return ""
    marks = [mark.codes for mark in (before, behind) if mark is not None]
    if len(marks) == 1:
        return settled(marks[0], country)
    common = marks[0] & marks[1]
    if not common and marks[1] == {"CNY"}:
        common = marks[0]  # 港币300万元: the yuan behind it is any money's unit
    return settled(common, country) if common else NO_CURRENCY
