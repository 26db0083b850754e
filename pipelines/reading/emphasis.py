"""Emphasis as Markdown writes it, within a line: `_per cent_`, `**1,200 households**`. The signs say nothing."""

from __future__ import annotations

from pipelines.patterns import regex

_EMPHASIS = regex(r"(?<![A-Za-z\d*_\\])(\*{1,3}|_{1,2})(?=[^\s*_])([^\n*_]{1,200}?)(?<=\S)\1(?![A-Za-z\d*_])")

# signs that would mean something else: 40\\~49岁
_ESCAPED = regex(r"\\([~%_#&])")


def without_emphasis(text: str) -> str:
    """A text without the signs around stressed words; a line that is stressed as a whole, a heading, keeps them."""
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "*" not in text and "_" not in text:
        return text
    return _EMPHASIS.sub(lambda found: found[0] if _is_line(text, *found.span()) else found[2], text)


def _is_line(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line of a stretch."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return not (text[first:start] + text[end : last if last >= 0 else len(text)]).strip(" \t*#_")
