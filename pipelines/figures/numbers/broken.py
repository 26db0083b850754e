"""Numbers that were broken on their way into a text: by a blank, the end of a line, a raised digit that was lost.

What only one number can have been broken into is put together; of anything else all pieces are unread, as one.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipelines.figures.numbers.token import Token, unread
from pipelines.figures.text.signs import YEAR
from pipelines.patterns import regex

INSIDE = "a blank, a line's end or a stop inside of it"
_POWER = "a product, or a power whose raised digits are lost"
_NUMBER = r"\d{1,28}(?:[.,]\d{1,28})*"
# what is counted with decimals, or multiplies
_MEASURED = (
    r"(?=\s?(?:%|‰|per ?cent|points?\b|hundred|thousand|million|billion|trillion|bn\b|mn\b|yuan\b"
    r"|dollars?\b|euros?\b|times\b"
    r"|k[mg]\b|mu\b|hectares?\b|tonnes?\b|kilomet|met(?:re|er)s?\b|[千百]?[万亿]|[元倍吨亩]|个百分点|公[里斤顷]|平方|立方))"
)
_BROKEN = regex(
    r"(?P<money>(?:(?<=[$€£¥￥₹₦₱])\d{1,3}, \d{3}|(?<=[.])(?<!\d.)\d{1,3}, \d{3}(?=,\d{3}))"
    r"(?:,\d{3})*(?![\d,]))"  # Sh.55, 928,077,901
    r"|(?<![\d.,:：/-])(?:"
    r"(?P<before>\d{1,4}\s\.\s?\d+|0\.\s\d+)"  # 12 .5
    rf"|(?P<point>\d{{1,3}}\.\s\d{{1,2}}(?!\d){_MEASURED})"  # 3. 5 percent
    r"|(?P<comma>\d{1,3}(?:\s,\s?|，\s)\d{3}(?:\s?,\s?\d{3})*(?![\d,]))"  # 3 , 400
    r"|(?P<groups>\d{1,2}(?:, \d\d, 000|, \d{3}(?:, ?\d{3})+)(?![\d,])(?!,?\s+(?:and|or)\b|\.\d))"  # 1, 250, 300
    r"|(?P<stop>\d{1,4}。\d{1,4}(?![\d年月]))"  # 3。5亿元
    r"|(?P<line>\d{1,3},?\n(?P<group>\d{3})(?:[,\n]\d{3})*(?![\d年]))"  # 1,⏎250
    r"|(?P<underscore>(?<!_)\d{1,3}(?:_\d{3})+(?!\w))"
    r")"
)
_LOST = regex(
    rf"(?<![\d.,:：/-]){_NUMBER}(?:(?:\s?[×✕*]\s?(?!10(?:\^|[⁰¹²³⁴-⁹⁻⁺])){_NUMBER}(?![\^⁰¹²³⁴-⁹⁻])(?:\*\*\d+)?(?:\s(?=\d\d?\b)\d+)?)+"
    r"|\s?[xX]\s?10\d{1,2}(?![\d.,]*\d)|\sE\s?\+?\d{1,2}(?![\w.])|(?<=\.\d)\se\s\d{1,2}(?![\w.]))"
)
# where a number goes on that was broken, or a sign may have been lost; nothing else is looked at closely
_PARTED = regex(r"[0-9](?:\s[.,]|[.,，]\s[0-9]|。[0-9]|,?\n[0-9]|_[0-9]|\s?[×✕*xX]\s?[0-9]|\s[eE]\s?\+?[0-9])")
_LIST_MARK = regex(r"(?:^|[\n。；;:：)）])\s*[(（]?$")
_LABEL = regex(r"(?:\b[A-Z][a-z]+\.?|\bNo\.?|\b[Nn]umber|第)\s?$")
_WORD_IN_LINE = regex(r"[A-Za-z一-鿿]")


def broken(text: str) -> list[Token]:
    """The broken numbers of a text, in order."""
    found: list[Token] = []
    for place in _PARTED.finditer(text):
        start = place.start()
        if found and start < found[-1].end:
            continue
        while start and text[start - 1].isdecimal():
            start -= 1
        match = _BROKEN.match(text, start)
        token = _whole(match) if match is not None else None
        if token is None:
            while start and (text[start - 1].isdecimal() or (text[start - 1] in ".," and text[start - 2].isdecimal())):
                start -= 1
            lost = _LOST.match(text, start)
            token = unread(text, *lost.span(), _POWER) if lost is not None else None
        if token is not None:
            found.append(token)
    return found


def _whole(match: re.Match[str]) -> Token | None:
    """The token of pieces; None where they are rather two numbers."""
    text, start, end = match.string, *match.span()
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 24) : start]
    kind = match.lastgroup if match.lastgroup != "group" else "line"
    first = re.match(r"\d+", match.group())
    if first is None or YEAR.fullmatch(first.group()):
        return None
    if kind in ("point", "line") and (_LIST_MARK.search(before) or _LABEL.search(before)):
        return None
    if kind in ("line", "groups") and not _WORD_IN_LINE.search(text, line, start):
        return None  # the cells of a column, one a line; a list of numbers
    if kind == "line" and match.group("group").startswith("0"):
        value = Decimal(re.sub(r"[,\n]", "", match.group()))
        return Token(start, end, match.group(), value, "digits")  # no number begins with a zero
    return unread(text, start, end, INSIDE)
