"""The words of headers and labels as they are spoken, however a publisher joins or spaces them."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.catalog.characters import simplified
from pipelines.catalog.currencies import written
from pipelines.catalog.headers import is_abroad
from pipelines.figures.units.unitwords import headed_abroad, is_measured, strict_unit
from pipelines.patterns import regex

# 中 央 资 金: single Chinese characters apart from each other are one word
_SPACED = regex(r"(?<![一-鿿])[一-鿿](?:\s+[一-鿿])+(?![一-鿿])")
_CAPITALS = regex(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARKS = regex(r"\s*[(\[](?:[a-e]|\d{1,2})[)\]]$|(?<=[^\W\d_)）])\s*[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾①-⑳*†‡§]+$")  # of notes
# Index (2010 = 100), USD million, 2018 prices: of no year
_BASE_OF_INDEX = regex(
    r"\s*[,，(（]?\s*(?:base\s*)?(?:19|20)\d\d\s*年?\s*[=＝为]\s*100\s*[)）]?"
    r"|\s*[,，(（]?\s*(?:at |in |constant )*(?:19|20)\d\d (?:constant )?prices\s*[)）]?"
    r"|[,，(（]?\s*(?:19|20)\d\d年?不变价格?[)）]?",
    re.IGNORECASE,
)
_DOTS = regex(r"(?<=[a-z]{2})\.(?=[a-z]{2})", re.IGNORECASE)  # Margin.Error
_SQUARE = regex(r"\b(sq|cu|square|cubic)(?:\.\s*|\s+)([a-z]+)", re.IGNORECASE)  # Sq. Kms
_ENGLISH = r"[A-Za-z][\x00-\x7f]*[a-z]{3}[\x00-\x7f]*?"
_TWO_LANGUAGES = regex(rf"([一-鿿][^A-Za-z]*?)\s*({_ENGLISH})|({_ENGLISH})\s*([一-鿿][^A-Za-z]*)")
_HYPHENS = regex(r"(?=.*[a-z])[a-z\d]+(?:-[a-z\d]+){2,}", re.IGNORECASE)


def label_words(text: str) -> str:
    """A label in simplified characters, without the spaces that spread its words."""
    return text if text.isascii() else _label_words(text)


@lru_cache(maxsize=1 << 14)
def _label_words(text: str) -> str:
    text = simplified(text)
    return _SPACED.sub(lambda found: re.sub(r"\s+", "", found.group()), text)


@lru_cache(maxsize=1 << 12)
def header_words(text: str) -> str:
    """A header likewise, with spaces where other signs or capitals part it: central_funds, CentralFunds."""
    text = _MARKS.sub("", label_words(text)) or text
    if "100" in text or "price" in text or "不变价" in text:
        text = _BASE_OF_INDEX.sub(_base, text)  # Index (2010 = 100) is of no year
    if text.lower().endswith("(miles)") and (is_abroad(text) or headed_abroad(text) is not None):
        text = f"{text[:-7]}(thousand)"  # of a Spanish noun
    text = _SQUARE.sub(lambda found: f"{found.group(1)} {found.group(2)}".lower(), _DOTS.sub(" ", text))
    if "_" in text:
        text = _UNIT_BEHIND.sub(lambda found: f"（{found[1]}）" if strict_unit(found[1]) else found[0], text)
        text = _CODE_BEHIND.sub(_code, text).replace("_", " ").strip()
    if " " not in text and _HYPHENS.fullmatch(text):
        return text.replace("-", " ")
    return text if " " in text else _CAPITALS.sub(" ", text)


def header_levels(text: str) -> tuple[str, ...]:
    """The same, that in two languages as two headers one below the other: 户数 Households."""
    found = None if text.isascii() else _TWO_LANGUAGES.fullmatch(text)
    parts = [part for part in found.groups() if part] if found is not None else [text]
    whole = any(part.count("(") != part.count(")") or is_measured(strict_unit(part)) for part in parts)
    return tuple(map(header_words, [text] if whole else parts))


def _base(found: re.Match[str]) -> str:
    return "" if "100" not in found.group() else " (=100)"


_UNIT_BEHIND = regex(r"(?<=[一-鿿])_([^_]+)$")  # 人口_万人
_CODE_BEHIND = regex(r"(?<=_)[a-z]{3}$")


def _code(found: re.Match[str]) -> str:
    """The code of a currency behind a name of an export: amount_kes."""
    code = found.group().upper()
    return code if code in written().codes and code not in written().words_too else found.group()


def path_words(path: str, *, header: bool) -> str:
    """The words of a path of headers or labels, which ` > ` joins."""
    return _path_words(path, header=header) if header or not path.isascii() else path


@lru_cache(maxsize=1 << 14)
def _path_words(path: str, *, header: bool) -> str:
    speak = header_words if header else label_words
    return " > ".join(map(speak, path.split(" > ")))
