"""Values of typed cells as their sheet shows them: number formats, dates, truth values."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from pipelines.patterns import regex

# formats that every workbook knows by number alone; those of dates are left to the parser
BUILT_IN_FORMATS = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);(#,##0.00)",
}
_TOKEN = regex(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<space>_.)|(?P<fill>\*.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|(?P<condition>\[[<>=][^\]]*\])|(?P<bracket>\[[^\]]*\])|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?,*|\.[#0?]+)"
    r"|(?P<percent>%)|(?P<exponent>[Ee][+-])|(?P<general>General)|(?P<literal>.)"
)
# a format of dates outside of its quotes and brackets, and what a sheet shows of a number that is no date
_NOT_FORMAT = regex(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_FORMAT = regex(r"[^#0?]*[ymdhs][^#0?]*", re.IGNORECASE)
_NO_DATE = "########"
# enough for any binary number with any decimals
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
# beyond 15 significant digits a binary number holds noise that nobody printed
_SIGNIFICANT = ".15g"


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a number format: the words around the digits, and how the digits are shown."""

    before: str
    after: str
    places: tuple[int, int]
    whole: int
    grouped: bool
    power: int
    digits: bool


def shown(value: Any, number_format: str = "General") -> str:  # noqa: ANN401 - a cell holds anything
    """A value as its sheet shows it: decimals by the number format, dates as ISO, truth values as TRUE and FALSE."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (int, float)):
        return shown_number(value, number_format)
    return str(value)


def shown_number(value: float, number_format: str) -> str:
    """A number in a spreadsheet's number format, halves rounded away from zero as spreadsheets do.

    A format that is none of decimals (fractions, conditions, exponents) gives the plain number, one of dates the signs
    that a sheet shows where a number is no date.
    """
    if _DATE_FORMAT.fullmatch(_NOT_FORMAT.sub("", number_format)):
        return _NO_DATE
    exact = Decimal(value) if isinstance(value, int) else Decimal(format(value, _SIGNIFICANT))
    sections = _sections(number_format)
    if not sections or not exact.is_finite():
        return format(exact, "f")
    place = 1 if exact < 0 and len(sections) > 1 else 2 if exact == 0 and len(sections) > 2 else 0
    section = sections[place]
    printed = _printed(abs(exact), section) if section.digits else ""
    text = f"{section.before}{printed}{section.after}".strip()
    # a negative section may rely on colour; the sign is never lost
    return f"-{text}" if exact < 0 and not re.search(r"[-−(（]", section.before) else text


@lru_cache(maxsize=512)
def _sections(number_format: str) -> tuple[_Section, ...]:
    """The sections of a format for numbers; none where it is General or cannot be followed."""
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(number_format):
        if token["general"] or token["condition"] or token["exponent"] or token["literal"] in ("@", "/"):
            if token["literal"] == "@" and len(parts) == 4:
                continue
            return ()
        if token["literal"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    found = [_section(part) for part in parts[:3]]
    return tuple(section for section in found if section) if all(found) and any(part for part in parts) else ()


def _section(tokens: list[re.Match[str]]) -> _Section | None:
    before, after, digits, power = "", "", "", 0
    for token in tokens:
        if token["digits"]:
            if digits:
                return None
            digits = token["digits"]
            continue
        words = token["quoted"] or token["escaped"] or token["currency"] or token["literal"] or ""
        if token["percent"]:
            words, power = "%", power + 2
        if digits:
            after += words
        else:
            before += words
    scaled = len(digits) - len(digits.rstrip(","))
    if after.strip().lower() in _SCALE_LETTERS.get(scaled, ()):
        after = f" {_SCALE_WORDS[scaled]}"  # a letter alone may be a metre
    whole, _, fraction = digits.rstrip(",").partition(".")
    return _Section(
        before, after, (fraction.count("0"), len(fraction)), whole.count("0"), "," in whole, power - 3 * scaled,
        bool(digits),
    )  # fmt: skip


_SCALE_WORDS = {1: "thousand", 2: "million", 3: "billion"}
_SCALE_LETTERS = {1: ("k", "t", "th", "tsd"), 2: ("m", "mn", "mm", "mio", "mln"), 3: ("b", "bn", "mrd", "bln")}


def _printed(value: Decimal, section: _Section) -> str:
    least, most = section.places
    if section.power:
        value = value.scaleb(section.power, _EXACT)
    rounded = value.quantize(Decimal((0, (1,), -most)), context=_EXACT)
    whole, _, fraction = format(rounded, "f").partition(".")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    whole = whole.zfill(section.whole) if section.whole else whole.lstrip("0")
    if section.grouped and whole:
        whole = f"{int(whole):,}".rjust(section.whole, "0")
    return f"{whole}.{fraction}" if fraction else whole
