"""The text of one cell: canonical, and on one line but for breaks that keep two numbers apart."""

from __future__ import annotations

import re

from pipelines.patterns import regex
from pipelines.reading.decoding import canonical

_BREAK = regex(r"[^\S\n]*[\n\v\f\x85\u2028\u2029]\s*")
# a number with its percent sign, closing brackets and marks of notes at the end of a line
_NUMBER_ENDS = regex(r"\d\s*[%‰°+]?[)\]）】*#†‡§⁰¹²³⁴-⁹⁺⁻⁽⁾ᵃ-ᶻʰʲˡʳˢʷˣʸⁱⁿ]*$")
_CURRENCY = r"[$¢-¥₠-⃀￠￡￥￦]|[A-Z]{2,3}\$?"
_NUMBER_BEGINS = regex(rf"(?:[-+−–—±~≈<>≤≥△▲(（\[]\s*)*(?:{_CURRENCY})?\s*\.?\d")


def cell_text(text: str) -> str:
    r"""The text of a cell in which line breaks stand as newlines.

    Returns:
        Canonical and stripped; a break is a blank, but a `\n` where a number ends before it and one begins behind it.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = canonical(text).strip()
    return text if text.isprintable() else _BREAK.sub(_blank, text)


class Known(dict[str, str]):
    """Text as it stands in a file → the text of its cell: one object for all cells of the same text."""

    def __missing__(self, text: str) -> str:
        found = self[text] = cell_text(text)
        return found


def _blank(found: re.Match[str]) -> str:
    before, behind = found.string[: found.start()], found.string[found.end() :]
    parted = _NUMBER_ENDS.search(before[-40:]) and _NUMBER_BEGINS.match(behind)
    return "\n" if parted else " "
