"""Bytes to canonical text: the encoding ladder, newlines, and one-to-one folding of full-width forms and radicals."""

from __future__ import annotations

import codecs
import re

from pipelines.errors import ReportError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("gb18030", "big5", "cp1252")
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
_FOLD: dict[int, int | str] = {**_FULL_WIDTH, **_SIGNS, **_RADICALS}
# the 3,755 most frequent simplified characters fill these rows of GB 2312
_COMMON_ROWS = range(0xB0, 0xD8)


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
        raise ReportError(report_id, "binary content in a text file")
    try:
        return canonical(_readable(data.decode("utf-8"), report_id))
    except UnicodeDecodeError:
        pass
    decoded = [(text, _score(text)) for encoding in _LEGACY if (text := _try(data, encoding)) is not None]
    if not decoded:
        raise ReportError(report_id, "text in no known encoding (tried UTF-8, GB18030, Big5, Windows-1252)")
    return canonical(_readable(max(decoded, key=lambda candidate: candidate[1])[0], report_id))


def canonical(text: str) -> str:
    """Newlines as LF and full-width forms folded; every other character keeps its place."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").translate(_FOLD)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _score(text: str) -> float:
    """Share of characters that written Chinese or English uses often, less those that no report contains."""
    if not text:
        return 0.0
    good = 0.0
    for character in text:
        if character.isascii():
            good += 1 if character.isprintable() or character in "\n\t" else -5
        elif "一" <= character <= "鿿":
            good += 1 if _is_common(character) else 0.2
        elif character in "，。；：、“”‘’（）《》【】％—…·－":
            good += 1
        elif "\x80" <= character <= "ÿ":
            good += 0.1
        else:
            good -= 1
    return good / len(text)


def _is_common(character: str) -> bool:
    """Whether a character is frequent: level one of GB 2312, or of Big5, which sorts by frequency too."""
    try:
        return character.encode("gb2312")[0] in _COMMON_ROWS
    except UnicodeEncodeError:
        pass
    try:
        return 0xA4 <= character.encode("big5")[0] <= 0xC6
    except UnicodeEncodeError:
        return False


def _readable(text: str, report_id: str) -> str:
    controls = re.findall(r"[\x00-\x08\x0e-\x1f\x7f]", text)
    if len(controls) > max(2, len(text) // 100):
        raise ReportError(report_id, "binary content in a text file")
    return text
