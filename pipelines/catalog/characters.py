"""Traditional Chinese characters as simplified ones, for matching only: the catalogue's words are simplified."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """A text with its traditional characters as simplified ones, one to one, so that every place stays where it is.

    What is written in the characters of GB 2312 is simplified already, and costs no more than finding that out.
    """
    if text.isascii():
        return text
    try:
        "".join(sign for sign in set(text) if "㐀" <= sign <= "鿿").encode("gb2312")
    except UnicodeEncodeError:
        converted: str = _converter().convert(text)
        if len(converted) == len(text):
            return converted
        return "".join(one if len(one := _converter().convert(sign)) == 1 else sign for sign in text)
    return text


@lru_cache(maxsize=1)
def _converter() -> Any:  # noqa: ANN401 - the library has no types
    import opencc

    return opencc.OpenCC("t2s")
