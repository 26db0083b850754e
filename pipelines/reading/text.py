"""Plain text: the first line is the title unless it is a sentence.

【…】, numbered, starred and bare lines of a few words begin sections.
"""

from __future__ import annotations

import re

from pipelines.patterns import SIGN, regex
from pipelines.reading.document import TextBlock
from pipelines.reading.sentence import is_sentence

_LINE = regex(r"[^\n]+")
_BRACKETED = regex(r"\s*【([^】\n]*)】")
# how deep a mark lies, outer ones first; the title that follows it has few words and no number but a year
_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, regex(r"\s*[一二三四五六七八九十]{1,3}、\s*")),
    (1, regex(r"\s*第[一二三四五六七八九十]{1,3}[部分章节篇]+[、，\s]*")),
    (1, regex(r"\s*(?:section|chapter|part)\s+(?:\d{1,2}|[a-z]{1,6})\b[.:,]?\s*(?:[-–—]\s*)?", re.IGNORECASE)),
    (1, regex(r"\s*(?:#{1,6}|\*{2,3}|\*(?=[^\n]*\*)|[IVX]{1,4}[.、])\s+(?=\S)")),
    (2, regex(r"\s*[（(][一二三四五六七八九十]{1,3}[）)]\s*")),
    (3, regex(r"\s*(?:\d{1,2}[.．、)）]|[（(]\d{1,2}[）)])\s*(?!\d)")),
    (3, regex(r"\s*(?:[—–-]{1,2}|[·●◆■▲•*])\s*(?=[^\W\d])")),
    (
        4,
        regex(r"\s*\d{1,2}(?:[.．]\d{1,2}){1,3}[.．]?\s+(?=[A-Z“\"]|(?![万亿千百元个户人名公亩吨里米倍])[一-鿿])"),
    ),
)
_PART, _CHAPTER = 4, regex(r"\s*\d{1,2}")  # 2.1 and the 2 that it is a part of
_TITLE = regex(r"(?:[^\d.。:：;；!！?？\n]|(?<!\d)(?:19|20)\d\d(?!\d)){2,70}")
_TITLE_END = regex(r"\s*(?:[。：]+|[.:]+(?=\s|[一-鿿“\"]|$)|\*{1,3}\s*$|#{1,6}\s*$|$)")
_LABELS = regex(r"(?<=[:：])\s*(?:[a-z]+ |约|近)?" + SIGN + r"\d")  # "- roads: 12 million" is an item with its label
_SENTENCE_MARK = regex(r"[.。,，;；:：!！?？、]\s*$|\d{3}|\d\s*%")
_WORDS, _CHARACTERS = 9, 22


def read_text(text: str, *, titled: bool = False) -> tuple[str, tuple[TextBlock, ...]]:
    """The text as it is and its blocks, one per line; text after a heading in its line is a paragraph of its own.

    Args:
        text: canonical.
        titled: the layout says that the first line is the title, whatever it reads like.

    Returns:
        Canonical text; blocks that cover every non-blank character once, in order. A block's section names the
        headings above it from the outside in, joined by ` > `.
    """
    lines = [line.span() for line in _LINE.finditer(text) if line.group().strip()]
    blocks: list[TextBlock] = []
    above: dict[int, str] = {}
    chapter = ""
    for number, (start, end) in enumerate(lines):
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        heading = _heading(text, start, end, following) if blocks or _BRACKETED.match(text, start, end) else None
        if heading is not None:
            level, name, heading_end = heading
            if level == _PART and _CHAPTER.match(text, start, end).group() != chapter:  # type: ignore[union-attr]
                above.pop(_PART - 1, None)  # 2.1 is no part of chapter 1
            elif level == _PART - 1:
                chapter = numbered.group() if (numbered := _CHAPTER.match(text, start, end)) else ""
            above = {depth: kept for depth, kept in above.items() if depth < level} | {level: name}
            section = " > ".join(above[depth] for depth in sorted(above))
            blocks.append(TextBlock(start, heading_end, "heading", section))
            start = heading_end
        elif not blocks and (titled or not is_sentence(text[start:end])):
            blocks.append(TextBlock(start, end, "title", ""))
            continue
        if text[start:end].strip():
            section = " > ".join(above[depth] for depth in sorted(above))
            blocks.append(TextBlock(start, end, "paragraph", section))
    return text, tuple(blocks)


def _heading(text: str, start: int, end: int, following: str) -> tuple[int, str, int] | None:
    """Level, name and end of the heading that a line begins with, None where it begins with none."""
    bracketed = _BRACKETED.match(text, start, end)
    if bracketed:
        return 0, bracketed.group(1).strip(), bracketed.end()
    for level, mark in _MARKS:
        marked = mark.match(text, start, end)
        if not marked:
            continue
        title = _TITLE.match(text, marked.end(), end)
        closed = _TITLE_END.match(text, title.end(), end) if title else None
        if (
            title
            and closed
            and _is_short(title.group())
            and not _OPEN.search(title.group())
            and not (
                level == 3 and (_LABELS.match(text, closed.end(), end) or _is_item(text, start, closed.end(), end))
            )
        ):
            return level, title.group().strip(" *#—-"), closed.end()
    line = text[start:end].strip()
    if _TIME_LINE.fullmatch(line) and len(following.strip()) > 2 * len(line):
        return _PART, line, end  # what follows is of that year
    if _is_short(line) and _TITLE.fullmatch(line) and _BULLET.match(following) and _begins(text, start):
        return 2, line, end  # over a list
    if _is_short(line) and not _SENTENCE_MARK.search(line) and len(following.strip()) > 2 * len(line):
        # a bare line of a few words over a paragraph; a word in small letters goes on with the line above
        return (
            (1, line, end)
            if not re.match(r"[a-z\d(（]", line) and text[max(0, start - 2) : start].strip() == ""
            else None
        )
    return None


def _begins(text: str, start: int) -> bool:
    """Whether a line goes on with nothing: a blank line stands above it, or an item of a list."""
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    return not above.strip() or _BULLET.match(above) is not None


def _is_item(text: str, start: int, closed: int, end: int) -> bool:
    """Whether a line is a sentence behind a bullet and nothing else: an item, which heads nothing."""
    return not text[closed:end].strip() and _ITEM.match(text, start, end) is not None


_ITEM = regex(r"\s*[—–·●◆■▲•*-].*[.。]\s*$")
_BULLET = regex(r"\s*(?:[—–-]{1,2}|[·●◆■▪➢▲•*])\s+(?=\S)")
_TIME_LINE = regex(
    r"(?:19|20)\d\d(?:\s?[-–—~至到/]\s?(?:19|20)?\d\d)?\s?年?(?:\d{1,2}月|上半年|下半年|[一二三四]季度|代|度)?[:：]?"
)
_OPEN = regex(r"[(（][^)）]*$")  # 其他项目（如：…）: what stands before its colon is no heading


def _is_short(title: str) -> bool:
    """Whether a title has few enough words or characters to be no sentence."""
    title = title.strip()
    chinese = len(re.findall(r"[一-鿿]", title))
    return bool(title) and chinese <= _CHARACTERS and len(title.split()) <= _WORDS and len(title) <= 70
