"""Raised text, such as marks of notes and powers, as the raised characters of Unicode; all formats share this map.

A mark that lost its height would melt into the number before it: 120 with note 1 would become 1201. Whether a raised
character is a mark or a power is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from pipelines.patterns import regex

_SIGNS = str.maketrans("0123456789+-−–=()[]（）", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾⁽⁾⁽⁾")
_LETTERS = dict(
    zip(
        "abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
        "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
        strict=True,
    )
)
# a letter alone is a mark; letters side by side are a word or the ending of an ordinal
_LETTER_ALONE = regex(r"(?<![^\W\d_])[A-Za-z](?![^\W\d_])")
# what is longer is a text that somebody set high
_LONGEST_MARK = 20


def raised(text: str) -> str:
    """A raised text in raised characters, one for one; words stay in plain letters."""
    if len(text.strip()) > _LONGEST_MARK:
        return text
    return _LETTER_ALONE.sub(lambda letter: _LETTERS.get(letter.group(), letter.group()), text).translate(_SIGNS)


def joined(pieces: Iterable[tuple[str, bool]]) -> str:
    """Pieces of text, each with whether it is raised; raised neighbours are one mark."""
    whole = ""
    for high, group in groupby(pieces, key=lambda piece: piece[1]):
        text = "".join(piece for piece, _ in group)
        whole += raised(text) if high else text
    return whole
