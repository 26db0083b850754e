"""Headings below which numbers are planned: the plans of a year to come, goals and what is expected."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pipelines.figures.text.signs import NEXT_YEAR, YEAR
from pipelines.patterns import regex

_PLANS = regex(r"plan|target|goal|task|objective|outlook|arrangement|计划|目标|任务|展望|打算|安排", re.IGNORECASE)
# what a heading is about, by the noun that ends it: 主要目标, "Indicative targets", "Expected results by 2014"
_GOALS = regex(
    r"(?:目标|任务|打算|展望|工作计划|工作安排|(?:\d{4}|今)年[^，。；]{0,4}(?:重点|主要)工作|工作重点)(?:及[^，。；]{1,6})?$|预期[^，。；]{0,4}(?:成果|成效|效益|产出)"
    r"|^\W*(?:[\w-]+ ){0,3}(?:targets?|goals?|objectives?|plan of work|work ?plan)(?: (?:for|of|by|to|in|until)\b.*)?$"
    r"|\b(?:expected|anticipated|planned|projected|proposed|intended) (?:[a-z]+ ){0,2}"
    r"(?:results?|outcomes?|outputs?|impacts?|benefits?|activit(?:y|ies)|progress|works?)\b"
    r"|\b(?:progress|results?|outcomes?|outputs?|impacts?|benefits?) (?:expected|anticipated|planned|projected)\b"
    r"|^\W*(?:the )?(?:way forward|next steps)\W*$",
    re.IGNORECASE,
)
# of what became of goals, and of what they are to be paid by, it is no goal
_DONE = regex(
    r"achiev|attain|progress (?:on|in|towards?|against)|against|versus|\bvs\b|review|performance|status|met\b|完成|进展"
    r"|落实|执行|实现情况|回顾|总结|(?<!预期)成效|情况|资金|考核|千年|millennium",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def heads_plans(section: str, report_year: int | None) -> Literal["later", "goals", ""]:
    """Whether a heading announces the plans of a year after the report's (明年任务), or goals of whatever year."""
    if not _PLANS.search(section) and not _GOALS.search(section):
        return ""
    years_named = [int(year) for year in YEAR.findall(section)]
    later = report_year is not None and bool(years_named) and min(years_named) > report_year
    if report_year is not None and (later or NEXT_YEAR.search(section)):
        return "later"
    return "goals" if not _DONE.search(section) and any(map(_GOALS.search, section.split(" > "))) else ""
