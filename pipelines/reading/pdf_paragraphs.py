"""Lines of a PDF to paragraphs, whose ends are told by gaps, indents, short lines and sizes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from statistics import median

from pipelines.patterns import regex
from pipelines.reading.pdf_lines import Line
from pipelines.reading.wrapped import HANZI, spaceless

_CHINESE = regex(rf"{HANZI.pattern}|[“”‘’…—]")
_SENTENCE_END = regex(r"[.。!！?？:：;；”\"』」）)]$")
_ORDINAL = "[一二三四五六七八九十]{1,3}"
_OPENING = regex(rf"【|{_ORDINAL}、|[（(]{_ORDINAL}[）)]|第{_ORDINAL}(?:[章节篇]|部分[、，:：\s])|[•●■◆▪·]\s")
_HYPHENATED = regex(r"([^\W\d_]+)[-\x02\xad]$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, and their text."""

    lines: list[Line]
    text: str


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Joins lines in order; a paragraph may go on over the end of a page."""
    if not lines:
        return []
    columns = _columns(lines)
    gaps = [
        after.top - before.bottom
        for before, after in pairwise(lines)
        if (before.page, before.column) == (after.page, after.column) and after.top > before.top
    ]
    # a page of headings and tables has wide gaps only, none of which joins lines
    usual_gap = min(median(gaps), median(line.size for line in lines)) if gaps else 0.0
    words = {word for line in lines for word in re.findall(r"[^\W\d_]+", line.text.lower())}
    groups = [[lines[0]]]
    for (before, one), (after, other) in pairwise(zip(lines, columns, strict=True)):
        if _begins(before, after, one, other, usual_gap):
            groups.append([])
        groups[-1].append(after)
    return [Paragraph(group, _joined(group, words)) for group in groups]


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """For each line the left and right edge of the column of text in which it stands."""
    groups: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.page, line.column].append(line)
    edges = []
    for line in lines:
        column = [
            other
            for other in groups[line.page, line.column]
            if min(line.right, other.right) - max(line.left, other.left)
            > 0.5 * min(line.right - line.left, other.right - other.left)
        ]
        lefts, rights = sorted(other.left for other in column), sorted(other.right for other in column)
        # a few lines stick out, such as headings over several columns
        edges.append((lefts[len(lefts) // 4], rights[ceil(0.9 * (len(rights) - 1))]))
    return edges


def _begins(before: Line, after: Line, one: tuple[float, float], other: tuple[float, float], usual_gap: float) -> bool:
    """Whether a line begins a paragraph behind another, given the edges of their columns."""
    height = after.size
    if abs(before.size - height) > 0.12 * max(before.size, height) or _OPENING.match(after.text):
        return True
    ended = bool(_SENTENCE_END.search(before.text))
    indented = after.left > other[0] + 0.9 * height and before.left <= one[0] + 0.9 * height
    room = one[1] - before.right
    if (before.page, before.column) != (after.page, after.column) or after.top < before.top:
        return ended and (indented or room > _first_word(after))
    if after.top - before.bottom > usual_gap + 0.35 * height or indented:
        return True
    # the next word would have had room, so the line was ended on purpose
    return room > (_first_word(after) if ended else 0.4 * (one[1] - one[0]))


def _first_word(line: Line) -> float:
    """Width that a line's first word takes up; in Chinese two characters, which may move to keep signs together."""
    width = (line.right - line.left) / max(len(line.text), 1)
    word = line.text.split(" ", 1)[0]
    return width * (2.5 if _CHINESE.match(word) else len(word) + 1.5)


def _joined(lines: list[Line], words: set[str]) -> str:
    text = lines[0].text
    whole_text = "".join(line.text for line in lines)
    chinese = len(_CHINESE.findall(whole_text)) > len(whole_text) / 2
    for line in lines[1:]:
        hyphenated = _HYPHENATED.search(text)
        following = re.match(r"[^\W\d_]+", line.text)
        if hyphenated and following:
            whole = (hyphenated.group(1) + following.group()).lower()
            # a compound keeps its hyphen; a word that the text has elsewhere was broken here
            text = f"{text[:-1]}{'' if whole in words else '-'}{line.text}"
        elif spaceless(text[-1], line.text[0], chinese=chinese):
            text += line.text
        else:
            text += f" {line.text}"
    return text.replace("\x02", "-").replace("\xad", "")
