"""Traditional Chinese characters as simplified ones, for matching only: the catalogue's words are simplified."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pipelines.patterns import regex


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """A text in simplified characters and one set of marks, one to one, so that every place stays where it is.

    Traditional characters become simplified ones, marks of Western type between Chinese characters Chinese ones, and
    dashes of every make one dash.
    """
    if text.isascii():
        return text
    text = _MARK.sub(_chinese_mark, text.translate(_DASHES))
    try:
        # what is written in the characters of GB 2312 is simplified already
        "".join(sign for sign in set(text) if "㐀" <= sign <= "鿿").encode("gb2312")
    except UnicodeEncodeError:
        converted: str = _converter().convert(text)
        if len(converted) == len(text):
            return converted
        return "".join(one if len(one := _converter().convert(sign)) == 1 else sign for sign in text)
    return text


_DASHES = {ord(dash): "—" for dash in "─━‒―﹘"}
_MARK = regex(r"(?<=[一-鿿”》）%％])[,;:](?!\S*[a-z])|[,;:](?=\s?[“《（一-鿿])")
_MARKS = {",": "，", ";": "；", ":": "："}


def _chinese_mark(match: re.Match[str]) -> str:
    return _MARKS[match.group()]


@lru_cache(maxsize=1)
def _converter() -> Any:  # noqa: ANN401 - the library has no types
    import opencc

    return opencc.OpenCC("t2s")


@lru_cache(maxsize=1 << 14)
def without_accents(text: str) -> str:
    """A text of the same length whose letters have no accents: población and poblacion are one word."""
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=1 << 12)
def _plain(letter: str) -> str:
    parted = unicodedata.normalize("NFD", letter)
    return parted[0] if all(map(unicodedata.combining, parted[1:])) else letter
