"""What multiplies a number from behind: million, 万, lakh, bn, k; a letter that may be something else is named."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipelines.figures.text.lexicon import lexicon
from pipelines.patterns import regex

_SHORT = {
    "k": 10**3, "thou": 10**3, "thsd": 10**3, "tsd": 10**3, "thd": 10**3, "ths": 10**3,
    "m": 10**6, "mm": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "mio": 10**6, "mill": 10**6,
    "b": 10**9, "bn": 10**9, "bln": 10**9, "bil": 10**9, "mrd": 10**9, "mlrd": 10**9,
    "t": 10**12, "tn": 10**12, "trn": 10**12, "tln": 10**12, "g": 10**9,
    "ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12,
    "millones": 10**6, "milhões": 10**6, "bilhões": 10**9, "millions": 10**6, "milliards": 10**9,
    "wan": 10**4, "lac": 10**5, "lacs": 10**5, "lakh": 10**5, "lakhs": 10**5,
    "l": 10**5, "cr": 10**7, "crore": 10**7, "crores": 10**7,
}  # fmt: skip
_SHORT_CELL = 16  # characters of a text that is nothing but a cell's number
# letters that are units and names too: they multiply money, and what is counted; alone only capitals of decimals do
_LETTERS = frozenset({"l", "k", "m", "b", "t", "g", "mm", "mil", "cr"})
_SHORT_FORM = regex(
    rf"(?:\s|-(?=[A-Z]))?(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})(?![A-Za-z0-9])\.?"
    r"(?!-(?!(?:yuan|rmb|dollar|euro|\d)|$)|[’'])",
    re.IGNORECASE,
)
_MEASURES = regex(
    r"\s*(?:long|wide|high|deep|tall|thick|across|above|below|of (?:road|pipe|canal|dyke|fence|cable))", re.IGNORECASE
)
_OF_MONEY = regex(
    r"[$€£¥]|\b(?:yuan|rmb|dollars?|euros?|shillings?|rupees?|pesos?|funds?|funding|budget|costs?|grants?|gifts?|loans?"
    r"|credits?|amount\w*|paid|spen[dt]\w*|invest\w*|donat\w*|million|billion)\b",
    re.IGNORECASE,
)
_PARTED = regex(r"\s?(?P<front>mil|bil|tril|thou)-\s*\n?\s*(?P<rest>lion|sand)\b", re.IGNORECASE)


_BEGINS = frozenset("htmbkdlcgrjwHTMBKDLCGRJW\n")  # first letters of all that multiplies
_WORD = regex(r"[ \-]?\s?([a-zõ]+)", re.IGNORECASE)


# a scale that the next word runs into, as badly set pages have it: "1.24 millionhas been received"
_RUN_ON = regex(
    r"(thousand|million|billion|trillion|lakh|crore)"
    r"(?:ha[sd]|have|was|were|is|are|and|of|for|from|in|on|by|to|at|as|will|which|that|people|persons|households)",
    re.IGNORECASE,
)


class Multiplier(NamedTuple):
    """The factor, where its words end, and the character of "and more" before it (多, 余).

    `doubt` says what else the words may be; the factor is then not to be used.
    """

    factor: Decimal
    end: int
    more: str = ""
    doubt: str = ""


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """All words that multiply, or with which what multiplies begins."""
    scales = lexicon().words.numbers.scales
    return frozenset({*scales, *(f"{word}s" for word in scales), *_SHORT, "ten", "tril", "thou"})


@lru_cache(maxsize=1)
def _scale() -> re.Pattern[str]:
    scales = sorted(lexicon().words.numbers.scales, key=len, reverse=True)
    english = "|".join(word for word in scales if word.isascii())
    chinese = "|".join(word for word in scales if not word.isascii())
    return re.compile(
        rf"[ \-]?\s?(?:(?P<english>(?:{english})s?(?![a-z\d])(?:[ -](?:{english})s?(?![a-z\d]))?)"
        r"|(?P<ten>ten[ -]thousand\b)"
        rf"|(?P<more>[多余来几]?)\s?(?:个(?=亿))?(?P<chinese>{chinese})(?![瓦伏米卡焦赫帕]|克(?!朗(?!姆))|字节|比特))",
        re.IGNORECASE,
    )


def multiplier(text: str, position: int, limit: int, *, money: bool, printed: str) -> Multiplier | None:
    """The multiplier right behind a number.

    Args:
        text: the text.
        position: where the number ends.
        limit: where its words end at the latest.
        money: whether a currency stands before the number.
        printed: the number, whose decimals tell "1.2 M" from a name such as "3M".
    """
    first = text[position : position + 2].lstrip(" -")[:1]
    if not first or (first not in _BEGINS and first.isascii()):
        return None
    begun = _WORD.match(text, position) if first in _BEGINS else None
    if begun is not None and begun.group(1).lower() not in _words():
        glued = _RUN_ON.fullmatch(begun.group(1))
        if glued is None or begun.end(1) > limit:
            return None
        return Multiplier(lexicon().words.numbers.scales[glued.group(1).lower()], begun.start(1) + glued.end(1))
    match = _scale().match(text, position, limit)
    if match is None:
        parted = _PARTED.match(text, position, limit)
        if parted:
            word = (parted.group("front") + parted.group("rest")).lower()
            return Multiplier(lexicon().words.numbers.scales[word], parted.end())
        return _short(text, position, limit, money=money, printed=printed)
    scales = lexicon().words.numbers.scales
    if not match.group("chinese"):
        words = ["ten", "thousand"] if match.group("ten") else re.split("[ -]", (match.group("english") or "").lower())
        factor = Decimal(10) * scales["thousand"] if match.group("ten") else Decimal(1)
        for word in words if not match.group("ten") else ():
            factor *= scales[word.removesuffix("s")]
        return Multiplier(factor, match.end())
    factor, end, more = scales[match.group("chinese")], match.end(), match.group("more")
    last = factor
    while following := _scale().match(text, end, limit):
        if not following.group("chinese") or scales[following.group("chinese")] < last:
            break  # 百万 and 万亿 are scales; of 3万百姓 the second sign is none
        last = scales[following.group("chinese")]
        factor, end = factor * scales[following.group("chinese")], following.end()
        if between := following.group("more"):  # 3千多万, and 3千几百万 with a number of its own between
            if more or between == "几":
                return Multiplier(factor, end, doubt="an open number between its scales")
            more = between
    return Multiplier(factor, end, more)


def _short(text: str, position: int, limit: int, *, money: bool, printed: str) -> Multiplier | None:
    """Letters and abbreviations."""
    match = _SHORT_FORM.match(text, position, limit)
    if match is None:
        return None
    word = match.group("short")
    factor, found = Decimal(_SHORT[word.lower()]), match.end()
    end = found - 1 if text[found - 1] == "." and word.lower() in _LETTERS else found
    if word.lower() not in _LETTERS:
        return Multiplier(factor, end)
    glued = text[position] == word[0]
    behind = text[end : end + 24]
    if (ranged := _RANGED.match(behind)) and ranged.group("short").lower() == word.lower():
        behind = text[end + ranged.end() : end + ranged.end() + 24]  # 3m-5m yuan
    if word.lower() == "l":
        return Multiplier(factor, end) if money and word == "L" else None  # lakh, and no litres
    if word.lower() == "mil" and not glued:
        return Multiplier(factor, end, doubt="mil, which is a million or a thousand")
    if money or _money_follows(behind):
        return Multiplier(factor, end) if word.lower() not in ("g",) else Multiplier(factor, end, doubt="a letter")
    alone = limit == len(text) and len(text) < _SHORT_CELL and not text[end:].strip(" )）")
    if alone and glued and word in ("k", "K", "M", "MM", "B"):
        return Multiplier(factor, end)  # a cell
    if word in ("k", "K", "m", "M", "b", "B") and not glued and (counted := _counted(behind)):
        # nobody and no mass is measured in metres; trees and animals are, and have them
        return Multiplier(factor, end, doubt="" if counted == "certain" else _METRES)
    if word.lower() == "m" and _MEASURES.match(behind):
        return None
    if "一" <= behind[:1] <= "鿿" and word != "k":
        return None  # 4K电视, 10M宽带
    if word in ("k", "K") and (glued or "." in printed):
        return Multiplier(factor, end)
    if word in ("M", "MM", "B") and "." in printed:
        return Multiplier(factor, end)
    if glued and word in ("m", "M", "b", "B", "mil") and _counted_follows(behind):
        return Multiplier(factor, end)
    if word == "m" and not (glued and _OF_MONEY.search(text, max(position - 80, 0), position + 80)):
        return None  # metres
    if word in ("m", "M", "b", "B", "bn", "mil") and glued and _counted_follows(behind):
        return Multiplier(factor, end)
    if word == "m":
        return Multiplier(factor, end, doubt=_METRES)
    if word in ("M", "B", "G") and (glued or "." in printed):
        return Multiplier(factor, end, doubt=f"{word} that may be a scale or part of a name")
    return None


_METRES = "m that may be metres or millions"
_RANGED = regex(r"\s?(?:[-–—~]|to)\s?\d[\d.,]*\s?(?P<short>[a-z]{1,3})\b", re.IGNORECASE)
_VOLUMES = regex(r"\s(?:m[23²³]|cubic|cu\b|square|sq\b)", re.IGNORECASE)
_WORDS = regex(r"\s([a-z]+)(?:\s([a-z]+))?(?:\s([a-z]+))?", re.IGNORECASE)


def _counted(behind: str) -> str:
    """Whether the words behind a letter name people or masses (`certain`), what has a length of its own, or neither."""
    if _VOLUMES.match(behind):
        return "certain"
    words = _WORDS.match(behind)
    for word in words.groups() if words else ():
        unit = lexicon().units.get((word or "").lower(), "")
        if unit:
            return "certain" if unit in _NEVER_LONG else "doubtful" if unit in ("animal", "tree") else ""
        if word is None or word.lower() in lexicon().words.boundaries:
            return ""
    return ""


_NEVER_LONG = frozenset(
    {"person", "household", "person-time", "person-day", "tonne", "kg", "g", "jin", "lb", "litre", "village", "county"}
    | {"township", "city", "hectare", "mu", "km2", "m3", "kWh", "USD", "EUR", "CNY"}
)


def _money_follows(behind: str) -> bool:
    return (
        re.match(
            r"\s?(?:of )?(?:[€$£¥]|[A-Z]{3}\b"
            r"|(?:US |HK )?(?i:yuan|rmb|dollars?|euros?|pounds|pesos|rupees|shillings|yen)\b)",
            behind,
        )
        is not None
    )


def _counted_follows(behind: str) -> bool:
    return (
        re.match(
            r"\s?(?:more |poor |rural |new )?(?:people|persons?|households?|families|farmers|workers|children|residents"
            r"|tons?|tonnes|mu\b|trees|animals|pupils|students|villagers|users|beneficiaries|women|men)",
            behind,
        )
        is not None
    )
