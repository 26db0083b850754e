"""Blanks that set numbers off from Chinese signs, as many pages have them; they say nothing, and go."""

from __future__ import annotations

from pipelines.patterns import regex

_SET_OFF = regex(r"(?<=[一-鿿]) (?=\d)|(?<=[\d%％‰]) (?=[一-鿿])")
_CLOSE = regex(r"(?<=[一-鿿])\d|[\d%％‰](?=[一-鿿])")
_APART = regex(r"(?<=[一-鿿])[ \t\u3000]+(?=[一-鿿])")  # as in a row of a table, or in names: 张 三
_MARKS = regex(r"[，。；、]")
_NUMBERED = regex(r"\s*\d+ ")  # "3 全县概况": the number of a section


def closed_up(line: str) -> str:
    """A line of Chinese prose without the blanks around its numbers, where all of them have some."""
    if not _SET_OFF.search(line) or not _MARKS.search(line) or _APART.search(line) or _CLOSE.search(line):
        return line
    numbered = _NUMBERED.match(line)
    begin = numbered.end() if numbered is not None else 0
    return line[:begin] + _SET_OFF.sub("", line[begin:])
