"""Bytes to canonical text: the encoding ladder, newlines, and one-to-one folding of full-width forms and radicals."""

from __future__ import annotations

import codecs
import re

from pipelines.errors import ReportError
from pipelines.patterns import regex
from pipelines.reading.code_pages import best_legacy, decoded, utf_16_without_mark

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SIGNS = {ord("％"): "%", ord("．"): ".", ord("　"): " ", 0xA0: " ", 0x202F: " ", 0x2009: " "}
# Radicals that PDF and OCR tools print in place of the characters they look like.
_RADICALS = {
    ord("⼀"): "一", ord("⼆"): "二", ord("⼗"): "十", ord("⼋"): "八", ord("⼈"): "人", ord("⼊"): "入",
    ord("⼒"): "力", ord("⼝"): "口", ord("⼟"): "土", ord("⼤"): "大", ord("⼥"): "女", ord("⼩"): "小",
    ord("⼭"): "山", ord("⼯"): "工", ord("⼲"): "干", ord("⼾"): "户", ord("⽅"): "方", ord("⽇"): "日",
    ord("⽉"): "月", ord("⽊"): "木", ord("⽔"): "水", ord("⽕"): "火", ord("⽜"): "牛", ord("⽣"): "生",
    ord("⽤"): "用", ord("⽥"): "田", ord("⽬"): "目", ord("⽯"): "石", ord("⽰"): "示", ord("⽴"): "立",
    ord("⽻"): "羽", ord("⽼"): "老", ord("⾏"): "行", ord("⾐"): "衣", ord("⾛"): "走", ord("⾞"): "车",
    ord("⾦"): "金", ord("⻓"): "长", ord("⻔"): "门", ord("⾯"): "面", ord("⻝"): "食", ord("⻢"): "马",
    ord("⻥"): "鱼", ord("⻦"): "鸟", ord("⿊"): "黑",
}  # fmt: skip
# a comma and a sign are folded only where they belong to a number; elsewhere they are punctuation of the text
_FULL_WIDTH_COMMA = regex("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
# the rupee sign of a font that had none: "` 436/-"; around code a second one stands behind
_RUPEE = regex(r"(?<![\w`])`(?=[ ]?\d[\d,]*(?:\.\d+)?(?![\w`.,]*`))")
_FULL_WIDTH_SIGN = regex(r"[－＋](?=[.．]?\d)")
_FOLD = {
    chr(code): chr(other) if isinstance(other, int) else other
    for code, other in ({**_FULL_WIDTH, **_SIGNS, **_RADICALS}).items()
}
_FOLDED = regex(f"[{''.join(_FOLD)}－＋\ufeff]")


def decode(data: bytes, report_id: str) -> str:
    """The text of a file, in the encoding its bytes speak for.

    A byte-order mark decides; then strict UTF-8; then the legacy encoding whose decoding looks most like language.

    Args:
        data: the whole file.
        report_id: named in errors.

    Returns:
        Canonical text: newlines as LF, full-width digits and letters folded one to one.

    Raises:
        ReportError: binary content, or bytes of no known encoding.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return canonical(data.decode(encoding))
            except UnicodeDecodeError as error:
                raise ReportError(report_id, f"not valid {encoding.upper()}", f"byte {error.start}") from error
    if b"\x00" in data:
        found = utf_16_without_mark(data)
        if found is None:
            raise ReportError(report_id, "binary content in a text file")
        return canonical(_readable(found, report_id))
    text = decoded(data, "utf-8")
    if text is None and (legacy := best_legacy(data)) is not None:
        text = decoded(data, legacy)
    if text is None:
        raise ReportError(report_id, "text in no known encoding (tried UTF-8, GB18030, Big5, Windows-1250 to 1258)")
    return canonical(_readable(text, report_id))


def canonical(text: str) -> str:
    """Newlines as LF and full-width forms folded; every other character keeps its place."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "`" in text:
        text = _RUPEE.sub("₹", text)
    present = set() if text.isascii() else set(_FOLDED.findall(text))
    if not present:
        return text
    if "，" in text and not present.isdisjoint("０１２３４５６７８９"):
        text = _FULL_WIDTH_COMMA.sub(",", text)
    if not present.isdisjoint("－＋"):
        text = _FULL_WIDTH_SIGN.sub(lambda sign: "-" if sign.group() == "－" else "+", text)
    text = text.removeprefix("\ufeff")
    for sign in present & _FOLD.keys():
        text = text.replace(sign, _FOLD[sign])
    return text


def _readable(text: str, report_id: str) -> str:
    controls = re.findall(r"[\x00-\x08\x0e-\x1f\x7f]", text)
    if len(controls) > max(2, len(text) // 100):
        raise ReportError(report_id, "binary content in a text file")
    return text
