"""Lists of a text as the sentences that they are: lines behind "in all:" or "plans to" go on with it.

    In 2015 the township received 18.6 million yuan:        In 2015 the township received 18.6 million yuan:
    - 11.2 million from the centre                     →    11.2 million from the centre; 4.4 million from the province
    - 4.4 million from the province

The text keeps its length, so that every place in it stays where it was printed.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.patterns import SIGN, regex
from pipelines.reading.document import Document

_LEADS = regex(
    r"(?P<colon>[:：]|其中|包括|如下|分别为)\s*$|[,，]\s*$|\b(?:to|by|for|with|of|from|includ(?:e|es|ed|ing)|were|was|will)\s*$"
)
_MARK = regex(
    r"(?P<indent>[ \t]*)(?:(?P<bullet>[-–—*•·●○◆■▪➢])[ \t]+|[(（]?\d{1,2}[)）.、．][ \t]*(?!\d)|[(]?[a-z][)）.][ \t]+"
    r"|[①-⑳]|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)"
)
_STOPS = regex(r"[。！？!?]|(?<!\d)\.(?=\s)|(?<=\d)\.(?=\s+[A-Z])|[:：]\s*$")
_LAST = regex(r"[.。;；,，、]?\s*$")
_NUMBER = regex(r"\d|[一二两三四五六七八九十百千]+[个户人名]")
_NO_ITEM = regex(r"电话|邮编|传真|附件|\b(?:tel|phone|fax|e-?mail)\b|@|://", re.IGNORECASE)
_LONGEST_MARKED, _LONGEST_BARE = 160, 50


def flowing(text: str, document: Document) -> str:
    """A text in which each list is one sentence with what it belongs to; of the same length.

    Args:
        text: that of the document, or the same in other characters.
        document: whose blocks tell which lines are headings.
    """
    if "\n" not in text:
        return text
    paragraphs = {block.start for block in document.blocks if block.kind == "paragraph"}
    headings = {block.start for block in document.blocks if block.kind != "paragraph" and block.end not in paragraphs}
    lines = [match.span() for match in _LINES.finditer(text)]
    signs: list[str] | None = None
    index = 0
    while index + 1 < len(lines):
        start, end = lines[index]
        lead = None if start in headings else _LEADS.search(text, max(start, end - 16), end)
        items = _items(text, lines[index + 1 :], headings, bare=bool(lead and lead.group("colon"))) if lead else 0
        if items:
            signs = signs or list(text)
            _join(signs, text, lines[index : index + 1 + items])
        index += 1 + items
    return "".join(signs) if signs else text


_LINES = regex(r"[^\n]*[^\s][^\n]*")


def _items(text: str, lines: list[tuple[int, int]], headings: set[int], *, bare: bool) -> int:
    """How many of the lines behind a lead are items of its list."""
    count, marked = 0, False
    for start, end in lines:
        mark = _MARK.match(text, start, end)
        words = text[mark.end() if mark else start : end]
        short = len(words) < (_LONGEST_MARKED if mark else _LONGEST_BARE)
        ends = _LAST.search(words)
        body = words[: ends.start()] if ends else words
        if start in headings or not short or _STOPS.search(body) or not body.strip() or _NO_ITEM.search(words):
            break
        if mark is None and (marked or not bare or not _NUMBER.search(words)):
            break
        marked = marked or mark is not None
        count += 1
    return count if marked or count > 1 else 0


def _join(signs: list[str], text: str, lines: list[tuple[int, int]]) -> None:
    """Writes the marks of a sentence in place of the ends of its lines and of the bullets."""
    depths = [_depth(text, start) for start, _ in lines[1:]]
    least = depths[0]
    for place, ((_, end), (start, stop)) in enumerate(pairwise(lines)):
        mark = _MARK.match(text, start, stop)
        if mark is not None and mark.group("bullet"):
            signs[mark.start("bullet")] = " "
        elif mark is not None and (dot := text.find(".", mark.start(), mark.end())) >= 0:
            signs[dot] = ")"  # "1. Roads": no sentence ends there
        label = _LABEL.match(text, mark.end() if mark else start, stop)
        if label is not None:
            signs[label.end("name")] = " "
        deeper = depths[place] > least
        opens = deeper and (place == 0 or depths[place - 1] <= least)
        sign = " " if place == 0 else ":" if opens else "," if deeper else ";"
        if place:
            closed = _LAST.search(text, max(lines[place][0], end - 3), end)
            if closed is not None:
                signs[closed.start() : end] = " " * (end - closed.start())
        signs[end:start] = sign + " " * (start - end - 1)


# "roads: 12 million": the label of an item is its subject, and opens no list of its own
_LABEL = regex(r"(?P<name>[^:：\d\n]{1,40})[:：]\s*(?:about |nearly |over |约|近)?" + SIGN + r"\d")


def _depth(text: str, start: int) -> int:
    mark = _MARK.match(text, start)
    return len(mark.group("indent").expandtabs(4)) if mark else 0
