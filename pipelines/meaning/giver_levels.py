"""Levels of government that give, told by one sign each: 省投380万元, 中央、省、市财政分别投入."""

from __future__ import annotations

import re

from pipelines.meaning.context import Context
from pipelines.meaning.meaning import Decision
from pipelines.patterns import regex

# 省投380万元, 县本级财政投入5600万元, 市90万元
LEVEL = regex(
    r"(?:^|[一-鿿]{0,20}?[，、；：:（(中其由和及]|[^一-鿿])\s*(?P<level>[省市县区州旗盟乡镇])(?:本级|级)?(?:财政)?(?:预算内?)?"
    r"(?:投资?入?|出资?|安排|承担|补助|配套|自筹|拿出|统筹|整合)?(?:资金|经费)?(?:了|约|近|共|为)?\s*$"
)
MUNICIPALITIES = ("11", "12", "31", "50")
_LEVEL_WORD = r"(?:中央|国家|省|自治区|[市州县区旗盟乡镇])(?:本?级)?(?:财政)?"
LEVELS_IN_ROW = regex(
    rf"(?<![一-鿿]){_LEVEL_WORD}(?:[、和及与]{_LEVEL_WORD})+|(?<=由){_LEVEL_WORD}(?:[、和及与]{_LEVEL_WORD})+"
)


def of_level(level: str, home: str, words: str) -> Decision:
    """The giver that a sign tells in a report about a place; a municipality's city is none that can be told."""
    if level == "省":
        return Decision("provincial", "named", words)
    if home[:2] in MUNICIPALITIES and level in "市区":
        return Decision(text=f"{words}: of a municipality that is a province")
    return Decision("city_county", "named", words)


def of_levels_in_order(context: Context, home: str) -> Decision | None:
    """Which of several levels in a row gave an amount that stands in a list of as many."""
    if context.rank is None:
        return None
    levels = LEVELS_IN_ROW.search(context.cues.text, context.statement[0], context.head)
    if levels is None:
        return None
    row = re.findall(r"中央|国家|省|自治区|[市州县区旗盟乡镇]", levels.group())
    place, length = context.rank
    if len(row) != length:
        return None
    if row[place] in ("中央", "国家"):
        return Decision("central", "named", row[place])
    return of_level("省" if row[place] == "自治区" else row[place], home, row[place])
