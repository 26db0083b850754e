"""The sign of a number: a minus before it or around it, and signs that leave open what it is."""

from __future__ import annotations

import re

from pipelines.figures.numbers.token import Token, unread
from pipelines.patterns import regex

_DASHES = "-−–－﹣—"
_RISES = "△▲"
_MINUS = ("minus ", "negative ")
_MINUS_WORD = regex(r"(?:\b(?:minus|negative)\s|负|零下)$", re.IGNORECASE)
_LINE = regex(r"^[ \t]*[-–−][ \t]+(?=[\d.])", re.MULTILINE)


def signed(text: str, token: Token, reach: int) -> Token:
    """A number with the sign before it: −3.2, △2.2, 负3, minus 5; a dash of a range or inside a word is none."""
    behind = text[token.end : token.end + 1]
    front = max(token.start - 4, 0)
    ahead = text[token.start - 1 : token.start]
    if ahead == "±":
        return unread(text, token.start, token.end, "a sign that is a plus or a minus")
    if ahead in "(（" and text[token.end : token.end + 1] in (")", "）") and _AMOUNT_BEHIND.match(text, token.end + 1):
        return unread(text, token.start, token.end, "brackets around it that may be a minus")
    joined = (ahead in _JOINS or text.startswith("± ", token.start - 2)) and _JOINED_BEFORE.search(
        text, front, token.start
    )
    if joined or ((behind in _JOINS or text.startswith(" ±", token.end)) and _JOINED.match(text, token.end)):
        return unread(text, token.start, token.end, "a sign that joins it to another number")
    if (behind in _SPOILS and _SPOILT.match(text, token.end)) or (token.start and text[token.start - 1] == _NO_SIGN):
        return unread(text, token.start, token.end, "a sign beside it that may belong to it")
    if token.kind in ("date", "unread", "ratio") or token.start <= reach:
        return token
    before = text[token.start - 1]
    if before in _RISES:
        return token._replace(start=token.start - 1, text=text[token.start - 1 : token.end], value=-token.value)
    if before in _DASHES:
        if token.start - 1 < reach or not _is_sign(text, token.start - 1, reach):
            return token
        return token._replace(start=token.start - 1, text=text[token.start - 1 : token.end], value=-token.value)
    spoken_sign = (
        before == "负"
        or text.endswith("零下", 0, token.start)
        or (before in " \t" and text[max(token.start - 9, 0) : token.start].lower().endswith(_MINUS))
    )
    word = _MINUS_WORD.search(text, max(reach, token.start - 10), token.start) if spoken_sign else None
    if word and not _TAKEN_OFF.search(text, max(word.start() - _OPERATION, 0), word.start()):
        return token._replace(start=word.start(), text=text[word.start() : token.end], value=-token.value)
    return _listed(text, token) if before in " \t" else token


# "592,300, plus 7,900 newly identified, minus 271,500 who left": an operation, and no sign of a number
_TAKEN_OFF = regex(r"\bplus [^.;%\n]*?(?:,|\band)? $", re.IGNORECASE)
_OPERATION = 120  # code points in which what was added stands before what is taken off


def _listed(text: str, token: Token) -> Token:
    """A number behind a dash that begins the only line of its kind is unread: a list of one, or a minus."""
    dash = token.start - 2
    if dash < 0 or text[dash] not in _DASHES:
        return token
    if dash and text[dash - 1] in " \t(（" and _WORD_BEFORE.search(text, max(dash - 12, 0), dash) and text[dash] != "—":
        return token._replace(start=dash, text=text[dash : token.end], value=-token.value)  # "fell by - 3.2%"
    line = _LINE.match(text, text.rfind("\n", 0, token.start) + 1)
    last = line is not None and line.end() == token.start and "\n" not in text[line.start() :].strip()
    if line is None or not last or len(text) - line.start() >= _SHORT_LINE or len(_LINE.findall(text)) != 1:
        return token
    return unread(text, token.start, token.end, "a dash before it that may be a minus or the mark of a list")


_AMOUNT_BEHIND = regex(
    r"\s?(?:%|per ?cent|(?:thousand|million|billion|trillion)\b|yuan\b|dollars\b|[万亿元])", re.IGNORECASE
)
_WORD_BEFORE = regex(r"(?:\b(?:by|of|was|is|were|to|at|reached|about|around)|[率为幅长度])\s*[(（]?\s*$", re.IGNORECASE)
_JOINS = frozenset("=^#±+&")
_JOINED = regex(r"[=^#+&]{1,2}\d|\s?±\s?\d")
_JOINED_BEFORE = regex(r"\d(?:[=^#+&]{1,2}|\s?±\s?)$")
_NO_SIGN = "\ufffd"  # where a character stood that nobody knows
_SPOILS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻" + _NO_SIGN)
_SPOILT = regex(r"[⁰¹²³⁴-⁹]+\s?[/⁄]\s?[\d₀-₉]|\ufffd|⁻[⁰¹²³⁴-⁹]")  # 5¹/2 is no five with a note
_SHORT_LINE = 40  # characters of a line that is nothing but a number and what it counts


def _is_sign(text: str, dash: int, reach: int) -> bool:
    """Whether a dash right before a number is its sign: nothing stands before it that it could join to the number."""
    if dash == 0:
        return True
    before = text[dash - 1]
    if before.isspace():
        # "2006 -2010" joins two numbers, "grew by -3.2" none
        return not text[max(0, dash - 3) : dash].rstrip()[-1:].isdecimal()
    if "一" <= before <= "鿿":
        near = text[max(reach, dash - 6) : dash]
        return not (dash - reach < 6 and reach and _UNITS_ONLY.fullmatch(near))
    return before in '(（[:：=,，、;；“"”/$€£¥￥₹₱'


_UNITS_ONLY = regex(r"[\s年月日号时个十百千万亿元人户村县亩吨%‰头只公里斤米倍项所处次期名户家]*")
