"""Periods: their codes, where a text names them, and which of them a figure speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipelines.figures.figure import Figure
from pipelines.meaning.context import Context
from pipelines.meaning.meaning import Decision, Meaning, ReportIdentity
from pipelines.reading.document import Document

_Y = r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?!\d)"
_MONTH = r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:\d{1,2},?\s+)?)?"
_PATTERN = re.compile(
    rf"(?P<range>(?:\bfrom|\bbetween)\s+{_Y}\s+(?:to|and|until|till|through)\s+{_Y}|{_Y}\s*年?\s*(?:[-–—－～~]|至|到|\bto\b)\s*{_Y}年?)"
    rf"|(?P<as_of>(?:\bend of|\blate in|\bas of|\bas at|\bclose of|\bup to|\buntil the end of|\bend-)\s*(?:the year )?{_MONTH}{_Y}"
    rf"|截[至止]\s*{_Y}\s*年|{_Y}\s*年\s*(?:底|末|年底|年末))"
    rf"|(?P<since>\b(?:since|starting from|starting in|beginning in)\s+{_MONTH}{_Y}|\bfrom\s+{_MONTH}{_Y}\s+(?:on|onwards?)\b|(?:自|从)?{_Y}\s*年(?:以来|起|开始|至今))"
    rf"|(?P<base>\b(?:over|on|than in|than|against|above|below|from)\s+(?:that of |those of |the figure of |in |the level of )?{_Y}"
    rf"|\bcompared (?:with|to)\s+[^.;；。]{{0,40}}?{_Y}|\b(?:more|fewer|less|higher|lower) than (?:in )?{_Y}|[比较与同由从]\s*{_Y}\s*年(?:底|末)?|\({_Y}\)\s*$)"
    rf"|(?P<plain>{_Y}\s*年?)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"《][^”\"》\n]{0,160}[”\"》]")
_FIVE_YEAR = re.compile(
    r"(?P<number>\d{1,2}(?=th|st|nd|rd)|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth)(?:st|nd|rd|th)?[\"”’]?[ -](?:Five-Year|Five Year)(?P<after>[^.;。；]{0,24})"
    r"|[“\"]?十(?P<zh>[一二三四五])五[”\"]?(?P<zhafter>[^。；]{0,8})|[“\"](?P<ten>十五)[”\"](?P<tenafter>[^。；]{0,8})",
    re.IGNORECASE,
)
_ORDINALS = {"ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14}
_LAST_YEAR = re.compile(
    r"(?:\b(?:last|the previous|the preceding|the prior) year(?:'s|’s)?|上年|去年)\s*(?:的)?\s*$", re.IGNORECASE
)
_TO_LATER = re.compile(
    r"\s*(?:年)?(?:的)?\s*(?:to|提高到|增加到|减少到|下降到|上升到|到|至)\s*(?:RMB|¥|US\$|\$)?\s*\d", re.IGNORECASE
)
_YEAR_OF = re.compile(r"\byear of the\s+[“\"]?$", re.IGNORECASE)
_DURING = re.compile(r"\b(?:during|in|under|over|throughout)\s+the\s+[“\"]?$", re.IGNORECASE)
_FIVE_YEAR_ZH = {"一": 11, "二": 12, "三": 13, "四": 14, "五": 15}
_NEXT_YEAR = re.compile(
    r"\b(?:next year|coming year|following year|year ahead)\b|明年|来年|下一年|下年度|次年", re.IGNORECASE
)
_YEAR_IN_HEADING = re.compile(_Y)
Kind = Literal["range", "as_of", "since", "base", "plain", "plan", "plan_of"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A period that a text names; `base` ones only serve to compare with."""

    start: int
    end: int
    code: str
    kind: Kind
    words: str


def mentions(text: str, report_year: int | None = None) -> list[Mention]:
    """All periods that a text names, in order, those inside quotations left out.

    Args:
        text: canonical text.
        report_year: the last year of "since 2006"; without it such a mention is a plain year.
    """
    quotes = [match.span() for match in _QUOTED.finditer(text)]
    quote_starts = [start for start, _ in quotes]
    found: list[Mention] = []
    for match in _around_years(text):
        place = bisect_left(quote_starts, match.start() + 1) - 1
        if place >= 0 and match.end() <= quotes[place][1]:
            continue
        years_of = [group for group in match.groups() if group and re.fullmatch(r"(?:19|20)\d\d", group)]
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        kind = next(name for name in ("range", "as_of", "since", "base", "plain") if match.group(name))  # type: ignore[assignment]
        code = f"Y{years_of[0]}"
        if kind == "plain" and _TO_LATER.match(text, match.end()):
            kind = "base"  # "from 1,962 Yuan in 2009 to 2,287 Yuan"
        if kind == "range":
            code = f"Y{years_of[0]}_{years_of[1]}" if years_of[0] < years_of[1] else code
        elif kind == "as_of":
            code = f"ASOF_{years_of[0]}1231"
        elif kind == "since" and report_year is not None and int(years_of[0]) < report_year:
            code = f"Y{years_of[0]}_{report_year}"
        found.append(Mention(match.start(), match.end(), code, kind, match.group().strip()))
    for match in _FIVE_YEAR.finditer(text):
        number = match.group("number")
        after = match.group("after") or match.group("zhafter") or match.group("tenafter") or ""
        during = re.search(r"期间|时期", after) or _DURING.search(text, max(0, match.start() - 18), match.start())
        if _YEAR_OF.search(text, max(0, match.start() - 16), match.start()):
            continue
        if during or number or match.group("zh"):
            plan = (
                int(number)
                if number and number.isdecimal()
                else _ORDINALS[number.lower()]
                if number
                else 10
                if match.group("ten")
                else _FIVE_YEAR_ZH[match.group("zh")]
            )
            found.append(
                Mention(
                    match.start(), match.end(), f"FYP{plan}", "plan" if during else "plan_of", match.group().strip()
                )
            )
    return sorted(found, key=lambda mention: mention.start)


def _around_years(text: str) -> Iterator[re.Match[str]]:
    """Matches of the pattern near years; the rest of a text need not be looked at."""
    position, reach = 0, 0
    for year in _YEAR_IN_HEADING.finditer(text):
        if year.start() < reach:
            continue
        position = max(reach, year.start() - 60)
        while match := _PATTERN.search(text, position, year.end() + 60):
            yield match
            position = reach = match.end()
            if reach >= year.end():
                break


def years(code: str) -> tuple[int, int] | None:
    """First and last calendar year of a period code; None for `unknown`."""
    if plan := re.fullmatch(r"FYP(\d+)", code):
        start = 1951 + 5 * int(plan.group(1))
        return start, start + 4
    if span := re.fullmatch(r"[YD](\d{4})_(\d{4})", code):
        return int(span.group(1)), int(span.group(2))
    if single := re.fullmatch(r"Y(\d{4})|ASOF_(\d{4})\d{4}", code):
        year = int(single.group(1) or single.group(2))
        return year, year
    return None


def printed_period(code: str) -> str:
    """A period code as people write it: `2011`, `2011-2015`; empty for `unknown`."""
    span = years(code)
    if span is None:
        return ""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


class PeriodResolver:
    """Decides the period of each figure of one report."""

    def __init__(self, document: Document, identity: ReportIdentity) -> None:
        span = years(identity.period.code)
        self._year = span[1] if span else None
        self._identity = identity
        self._text = document.text
        self._mentions = mentions(document.text, self._year)
        self._starts = [mention.start for mention in self._mentions]

    def _within(self, start: int, end: int) -> list[Mention]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def period(self, figure: Figure, context: Context, about: Meaning | None) -> Decision:
        """The period that a figure speaks of.

        In this order: a year right behind the number, the last one named before it in its sentence, the period of the
        figure that it speaks about, a span that the paragraph opened with, the year of the section's heading, the
        report's. Of a span, standards and levels of income hold at its end, earlier ones at its start.
        """
        if context.is_cell:
            return self._of_cell(context)
        previous = figure.role == "per_unit_prev"
        if previous and (near := next(iter(self._within(context.end, min(context.end + 24, context.after))), None)):
            return Decision(near.code, "phrase", near.words)
        against = self._compared_with(figure, context)
        if against is not None:
            return against
        behind = self._behind(context)
        if behind is not None:
            return Decision(behind.code, "phrase", behind.words)
        before = [m for m in self._within(context.sentence[0], context.start) if self._holds(m, context)]
        if previous and not (before and before[-1].kind == "range"):
            near = before[-1] if before and context.start - before[-1].end < 8 else None
            return (
                Decision(near.code, "phrase", near.words)
                if near
                else Decision(text=context.words((context.before, context.start))[-40:].strip())
            )
        if before:
            return self._of_mention(before[-1], figure, context, "sentence")
        carried = self._carried(context)
        if (
            about is not None
            and about.period.code != "unknown"
            and not (carried and figure.role in ("change", "change_pct"))
        ):
            return Decision(about.period.code, "parent", about.period.text)
        if figure.unit == "village":
            plan = next((m for m in self._within(*context.sentence) if m.kind in ("plan", "plan_of")), None)
            if plan is not None:
                return Decision(plan.code, "sentence", plan.words)
        if (
            figure.role == "target"
            and self._year
            and _NEXT_YEAR.search(self._text, context.sentence[0], context.sentence[1])
        ):
            return Decision(f"Y{self._year + 1}", "sentence", "next year")
        if carried is not None:
            return self._of_mention(carried, figure, context, "inherited")
        heading = _YEAR_IN_HEADING.findall(context.section)
        if len(set(heading)) == 1:
            return Decision(f"Y{heading[0]}", "heading", heading[0])
        if self._year and _NEXT_YEAR.search(context.section):
            return Decision(f"Y{self._year + 1}", "heading", context.section)
        return self._identity.period

    def _compared_with(self, figure: Figure, context: Context) -> Decision | None:
        """The year of an amount that another is compared with: "由2010年底的906万", "2008 (818,000)", "上年的2.95:1"."""
        if figure.role in ("change", "change_pct", "diff_pp"):
            return None
        for mention in self._within(context.sentence[0], context.end):
            gap = self._text[mention.end : context.start]
            bracket = re.fullmatch(r"\s*[(（]\s*", gap) is not None
            if mention.kind == "base" and (
                gap.strip() in ("", "的") or bracket or mention.start <= context.start < mention.end
            ):
                return Decision(mention.code, "phrase", mention.words)
        last = _LAST_YEAR.search(self._text, max(context.before, context.start - 24), context.start)
        if last and self._year:
            return Decision(f"Y{self._year - 1}", "phrase", last.group().strip())
        return None

    def _holds(self, mention: Mention, context: Context) -> bool:
        """Whether a period named before a figure holds for it; "since 1996" does in its clause or from the start on."""
        if mention.kind in ("base", "plan_of"):
            return False
        opens = mention.start - context.sentence[0] < 4
        return mention.kind != "since" or opens or mention.start >= context.clause[0]

    def _behind(self, context: Context) -> Mention | None:
        """A period named right behind the number, before the next one: "4,730 Yuan in 2009"."""
        for mention in self._within(context.end, min(context.end + 64, context.clause[1])):
            if mention.kind == "base":
                return None
            lead = self._text[context.end : mention.start]
            if mention.start > context.after and mention.kind != "as_of":
                return None
            if mention.kind in ("as_of", "range") or re.search(r"\b(?:in|for|by|during|of)\s+(?:the year )?$", lead):
                return (
                    mention
                    if len(lead) < (60 if mention.kind == "range" else 32) and re.search(r"\bof\s+$", lead) is None
                    else None
                )
            return None
        return None

    def _of_mention(self, mention: Mention, figure: Figure, context: Context, how: str) -> Decision:
        span = years(mention.code)
        code = mention.code
        if span and span[0] != span[1] and mention.kind == "range":
            if figure.role == "per_unit_prev" or _FROM.search(self._text, context.start - 12, context.start):
                code = f"Y{span[0]}"
            elif figure.role == "per_unit" or _TO.search(self._text, context.start - 12, context.start):
                code = f"Y{span[1]}"
            elif how == "inherited" and figure.role == "level" and figure.unit in _PLACES:
                code = f"Y{span[1]}"
        return Decision(code, how, mention.words)  # type: ignore[arg-type]

    def _carried(self, context: Context) -> Mention | None:
        """A span of years with which an earlier sentence of the paragraph begins, if no other period follows it."""
        paragraph = self._text.rfind("\n", 0, context.sentence[0]) + 1
        earlier = [m for m in self._within(paragraph, context.sentence[0]) if m.kind != "base"]
        if not earlier or earlier[-1].kind != "range":
            return None
        lead = self._text[max(paragraph, earlier[-1].start - 40) : earlier[-1].start]
        opens = re.split(r"[.。!！?？】\n]", lead)[-1].strip()
        return earlier[-1] if len(opens) < 12 else None

    def _of_cell(self, context: Context) -> Decision:
        for text, how in ((context.cues.text, "phrase"), (context.section, "heading")):
            printed = set(_YEAR_IN_HEADING.findall(text))
            if len(printed) == 1:
                year = printed.pop()
                return Decision(f"Y{year}", how, year)  # type: ignore[arg-type]
        return self._identity.period


_FROM = re.compile(r"\bfrom\s+(?:about |nearly |over )?$|[由从]\s*$", re.IGNORECASE)
_TO = re.compile(r"\bto\s+(?:about |nearly |over )?$|[到至]\s*$", re.IGNORECASE)
_PLACES = frozenset({"county", "village", "township", "city", "province"})
