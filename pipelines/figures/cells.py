"""What one cell of a table holds: a number in some locale, a year, a missing code, or words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

Decimals = Literal["point", "comma"]
Kind = Literal["number", "year", "missing", "label"]

_PLAIN = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")  # what most cells of a long table hold
_CLEAR = re.compile(r"[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})")  # no group of thousands has so many digits
_CURRENCY = r"US\$|HK\$|\$|¥|￥|€|£|RMB|CNY|USD|EUR|GBP|HKD"
_SCALE = r"hundred|thousand|million|billion|mn|bn"
_MARKS = r"[*†‡§#①-⑳¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[[0-9a-z]{1,2}\]"
_NUMBER = re.compile(
    rf"(?P<open>[(（])?\s*(?P<before>(?P<sign>[-−–+])?\s*(?:[约近超]\s*)?(?:{_CURRENCY})?\s*(?P<inner>[-−–])?)\s*"
    r"(?P<core>\d+(?:[.,，'’ ]\d+)*)"
    r"(?P<behind>\s*(?:%|[十百千万亿]*(?:美元|元|人次|人|户|个|亩|公里|吨|头|村)?"
    rf"|(?:{_SCALE})?(?:\s*(?:yuan|rmb|us dollars|dollars|euros))?))\s*(?P<trailing>[-−])?(?P<close>[)）])?"
    rf"(?P<marks>(?:\s*(?:{_MARKS}))*)(?P<letter>\s?\(?[a-z]\)?)?",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"[-–—―…．.·/\\:]+|n\.?\s?/?\s?[ad]\.?|na|none|nil|not (?:published|available|reported|applicable)"
    r"|无|缺|缺失|不详|暂无|未公布|未报|\[[^\]\d]*\]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*年?度?|(?:FY\s?)?(?:19|20)\d\d(?:\s*[-–—/]\s*(?:19|20)?\d\d)?", re.IGNORECASE)
_POINT = re.compile(
    r"\d{1,3}([, '’])\d{3}(?:\1\d{3})*(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?"
)  # the second form groups by lakh and crore
_COMMA = re.compile(r"\d{1,3}([. '’])\d{3}(?:\1\d{3})*(?:,\d+)?|\d+(?:,\d+)?")


class Written(NamedTuple):
    """A number cell taken apart.

    Attributes:
        start: first code point of the digits in the cell.
        end: one past their last.
        number: the digits with a point as decimal sign and no other separator.
        negative: whether a sign, a trailing one, or brackets make it negative.
        before: currency and qualifier before the digits.
        behind: percent sign, scale and unit behind them.
        mark: where the footnote marks begin.
    """

    start: int
    end: int
    number: str
    negative: bool
    before: str
    behind: str
    mark: int


@lru_cache(maxsize=1 << 17)
def kind(text: str, marks: frozenset[str] = frozenset()) -> Kind:
    """What a cell holds; `marks` are the letters with which notes of the table begin."""
    if _PLAIN.fullmatch(text):
        return "year" if len(text) == 4 and text[:2] in ("19", "20") and text.isdecimal() else "number"
    if _YEAR.fullmatch(text):
        return "year"
    if text[0].isalpha() and text[-1].isalpha() and not any(sign.isdecimal() for sign in text):
        return "missing" if _MISSING.fullmatch(text) else "label"
    if written(text, "point", marks) is not None:
        return "number"
    return "missing" if _MISSING.fullmatch(text) else "label"


def written(text: str, decimals: Decimals, marks: frozenset[str] = frozenset()) -> Written | None:
    """A cell that is one number, read with a decimal sign; where only the other sign fits its digits, with that.

    Returns:
        None where the cell is anything else.
    """
    if decimals == "point" and _DIGITS.fullmatch(text):
        return Written(0, len(text), text, False, "", "", len(text))
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    letter = (match.group("letter") or "").strip(" ()").lower()
    if letter and letter not in marks:
        return None
    core = match.group("core").replace("，", ",")
    readings = readings_of(core)
    number = readings.get(decimals) or next(iter(readings.values()), None)
    if number is None or (match.group("open") is None) != (match.group("close") is None):
        return None
    bracketed = match.group("open") is not None
    minus = {match.group("sign"), match.group("inner"), match.group("trailing")} & {"-", "−", "–"}
    behind = match.group("behind").strip()
    # brackets alone are the accountant's minus; around words they are only brackets
    negative = bool(minus) or (bracketed and behind in ("", "%"))
    before = re.sub(r"[-−–+\s]", "", match.group("before"))
    return Written(match.start("core"), match.end("core"), number, negative, before, behind, match.start("marks"))


def readings_of(core: str) -> dict[Decimals, str]:
    """What digits with separators say under each decimal sign, for those under which they are a number."""
    found: dict[Decimals, str] = {}
    if _POINT.fullmatch(core):
        found["point"] = re.sub(r"[, '’]", "", core)
    if _COMMA.fullmatch(core):
        found["comma"] = re.sub(r"[. '’]", "", core).replace(",", ".")
    return found


def decimal_sign(texts: Iterable[str], marks: frozenset[str] = frozenset()) -> Decimals | None:
    """The decimal sign that the unambiguous numbers among some cells use; None where they leave it open."""
    votes: dict[Decimals, int] = {"point": 0, "comma": 0}
    for text in texts:
        if text.isdecimal():
            continue
        if _CLEAR.fullmatch(text):
            votes["point"] += 1
            continue
        match = _NUMBER.fullmatch(text)
        if match is None or ((match.group("letter") or "").strip(" ()").lower() or "") not in {"", *marks}:
            continue
        readings = readings_of(match.group("core").replace("，", ","))
        if len(readings) == 1:
            votes[next(iter(readings))] += 1
    if votes["point"] == votes["comma"]:
        return None
    return "point" if votes["point"] > votes["comma"] else "comma"
