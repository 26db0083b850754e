"""What stands around the text of a page: numbers of pages, counters of readers, who put it there and when."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.patterns import regex

_PAGE = regex(
    r"(?:阅读(?:量|次数|数)?|点击(?:量|数|率|次数)?|浏览(?:量|次数|数)?|访问(?:量|次数)?|人气|字数|下载(?:量|次数)"
    r"|\b(?:views?|clicks|hits|reads|downloads|visits|page|pp?\.|pages?))"
    r"\s*[:：]?\s*(?:\d+\s*(?:/|of|[-–—])\s*)?$"
    r"|第\s*\d+\s*(?:/|页[\s，,/|]*共)\s*$",
    re.IGNORECASE,
)
_PAGE_AFTER = regex(
    r"\s*(?:页(?!岩)|条(?:记录|评论|信息|数据)|次(?:阅读|浏览|点击|访问|下载)|(?:views|clicks|hits|reads)\b)",
    re.IGNORECASE,
)
_PAGES = regex(r"[\s|·…<>«»‹›]*(?:\d{1,3}[\s|·…<>«»‹›]+)+\d{1,3}[\s|·…<>«»‹›]*")
_PAGE_LINE = regex(r"([-–—])\s?\d{1,3}\s?\1|\d{1,3}\s?/\s?\d{1,3}")
# words of the lines above and below the text of a page: who put it there, when, how often it was seen
_FURNITURE = regex(
    r"\bmin(?:ute)?s?\.? read\b|\b(?:views?|clicks?|hits|comments?|shares?|likes?|downloads?|visit(?:or)?s|followers)\b"
    r"|\b(?:published|posted|updated|modified|printed|uploaded)\b(?=[ :]|$)|\bword count\b|\bby\s+(?:admin|editor)\b|©"
    r"|点击|浏览|阅读|访问|编辑[:：]|作者[:：]|来源[:：]|时间[:：]|日期[:：]|字[号体][:：]|字数|打印|关闭|分享|评论|人气|稿源|索引号|转发|点赞"
    r"|下载|查看|热度|编号[:：]",
    re.IGNORECASE,
)
_STOP = regex(r"[。；！？;!?]|(?<!\d)\.(?=\s|$)|[^\s|·•]{60}[，,]")


def is_furniture(line: str) -> bool:
    """Whether a line is furniture: one of contents, or no sentence and two signs of it or more."""
    if len(line) > _LONGEST_FURNITURE:
        return False
    if line.rstrip()[-1:].isdecimal() and _CONTENTS.search(line):
        return True
    if _STOP.search(line):
        return False
    return len({sign.lower() for sign in _FURNITURE.findall(line)}) > 1


_LONGEST_FURNITURE = 300
_CONTENTS = regex(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|·{4,})\s*\d{1,3}\s*$")  # a line of a table of contents


def _pages(line: str) -> bool:
    """Whether a line holds nothing but numbers that count up by one: the links to the pages of a list."""
    if not _PAGES.fullmatch(line):
        return False
    numbers = [int(number) for number in re.findall(r"\d+", line)]
    return all(number == first + place for first in numbers[:1] for place, number in enumerate(numbers))


def is_counter(draft: Draft, before: str, after: str) -> bool:
    """Whether a number counts readers, or is that of a page."""
    if is_money(draft.unit) or draft.unit not in ("", "other", "event"):
        return False
    counter = _PAGE.search(before) or _PAGE_AFTER.match(after)
    if counter and (draft.scale != 1 or draft.token.text.replace(",", "").isdecimal()):
        return True
    if draft.scale != 1:
        return False
    line = f"{before}{draft.token.text}{after}"
    return _pages(line) or (not before.strip(" -–—") and _PAGE_LINE.fullmatch(line.strip()) is not None)
