"""Which of the periods that a text names a figure speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipelines.figures.figure import Figure, Reading
from pipelines.figures.lines import CUMULATIVE
from pipelines.figures.signs import NEXT_YEAR
from pipelines.meaning.context import Context
from pipelines.meaning.meaning import Decision, Meaning, ReportIdentity
from pipelines.meaning.periods import Mention, mentions, years, years_told
from pipelines.reading.document import Document

_LAST_YEAR = re.compile(
    r"(?:\b(?:last|the previous|the preceding|the prior) year(?:'s|’s)?|上年|去年)\s*(?:的)?\s*$", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\s+(?:about |nearly |over )?$|[由从]\s*$", re.IGNORECASE)
_TO = re.compile(r"\bto\s+(?:about |nearly |over )?$|[到至]\s*$", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|at present|currently)\b|目前|现在|如今", re.IGNORECASE)
_PLACES = frozenset({"county", "village", "township", "city", "province"})


class PeriodResolver:
    """Decides the period of each figure of one report."""

    def __init__(self, document: Document, identity: ReportIdentity, reading: Reading) -> None:
        span = years(identity.period.code)
        self._year = span[1] if span else None
        self._identity = identity
        self._text = document.text
        counted = {figure.locator.start for figure in reading.figures}
        self._mentions = [m for m in mentions(document.text, self._year) if m.kind != "plain" or m.start not in counted]
        self._starts = [mention.start for mention in self._mentions]

    def _within(self, start: int, end: int) -> list[Mention]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def period(self, figure: Figure, context: Context, about: Meaning | None) -> Decision:
        """The period that a figure speaks of.

        In this order: a year right behind the number, the last one named before it in its sentence, the period of the
        figure that it speaks about, a year or span that a sentence before it opened with, the year of the section's
        heading, the report's. Of a span, standards and levels of income hold at its end, earlier ones at its start. A
        cell that speaks about another, and whose headers name no year, has the period of that one.
        """
        if context.is_cell:
            return self._of_cell(context, about)
        previous = figure.role == "per_unit_prev"
        if previous and (near := next(iter(self._within(context.end, min(context.end + 24, context.after))), None)):
            return Decision(near.code, "named", near.words)
        against = self._compared_with(figure, context)
        if against is not None:
            return against
        behind = self._behind(context)
        if behind is not None:
            return Decision(behind.code, "named", behind.words)
        before = [m for m in self._within(context.sentence[0], context.start) if self._holds(m, context)]
        if previous and not (before and before[-1].kind == "range"):
            near = before[-1] if before and context.start - before[-1].end < 8 else None
            return (
                Decision(near.code, "named", near.words)
                if near
                else Decision(text=context.words((context.before, context.start))[-40:].strip())
            )
        if before:
            return self._of_mention(before[-1], figure, context, "opened")
        carried = self._carried(context)
        if (
            about is not None
            and about.period.code != "unknown"
            and not (carried and figure.role in ("change", "change_pct"))
        ):
            return Decision(about.period.code, "inherited", about.period.text)
        if figure.unit == "village":
            plan = next((m for m in self._within(*context.sentence) if m.kind in ("plan", "plan_of")), None)
            if plan is not None:
                return Decision(plan.code, "opened", plan.words)
        if (
            figure.role == "target"
            and self._year
            and NEXT_YEAR.search(self._text, context.sentence[0], context.sentence[1])
        ):
            return Decision(f"Y{self._year + 1}", "opened", "next year")
        if carried is not None:
            return self._of_mention(carried, figure, context, "inherited")
        heading = years_told(context.section)
        if len(set(heading)) == 1:
            return Decision(f"Y{heading[0]}", "opened", heading[0])
        if self._year and NEXT_YEAR.search(context.section):
            return Decision(f"Y{self._year + 1}", "opened", context.section)
        return self._identity.period

    def _compared_with(self, figure: Figure, context: Context) -> Decision | None:
        """The year of what another is compared with: "由2010年底的906万", "2008 (818,000)", "上年的2.95:1"."""
        if figure.role in ("change", "change_pct", "diff_pp"):
            return None
        for mention in self._within(context.sentence[0], context.end):
            gap = self._text[mention.end : context.start]
            bracket = re.fullmatch(r"\s*[(（]\s*", gap) is not None
            if mention.kind == "base" and (
                gap.strip() in ("", "的") or bracket or mention.start <= context.start < mention.end
            ):
                return Decision(mention.code, "named", mention.words)
        last = _LAST_YEAR.search(self._text, max(context.before, context.start - 24), context.start)
        if last and self._year:
            return Decision(f"Y{self._year - 1}", "named", last.group().strip())
        return None

    def _holds(self, mention: Mention, context: Context) -> bool:
        """Whether a period named before a figure holds for it; "since 1996" does in its clause or from the start on."""
        if mention.kind in ("base", "plan_of") or _NOW.search(self._text, mention.end, context.start):
            return False
        opens = mention.start - context.sentence[0] < 4
        return mention.kind != "since" or opens or mention.start >= context.clause[0]

    def _behind(self, context: Context) -> Mention | None:
        """A period named right behind the number, before the next one: "4,730 Yuan in 2009"."""
        for mention in self._within(context.end, min(context.end + 64, context.clause[1])):
            lead = self._text[context.end : mention.start]
            if mention.kind == "base":
                # "from 6.02 million in 2013 to 5.08 million": the year is that of the number before it
                near = mention.words.isdecimal() and len(lead) < 32 and re.search(r"\bin\s+$", lead)
                return mention if near and mention.start < context.after else None
            if mention.start > context.after and mention.kind != "as_of":
                return None
            if mention.kind in ("as_of", "range") or re.search(
                r"\b(?:in|for|by|during|of|when)\s+(?:the year )?$", lead
            ):
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
        if span and span[0] != span[1] and mention.kind in ("range", "since"):
            if figure.role == "per_unit_prev" or _FROM.search(self._text, context.start - 12, context.start):
                code = f"Y{span[0]}"
            elif (
                figure.role == "per_unit"
                or _TO.search(self._text, context.start - 12, context.start)
                or (how == "inherited" and figure.role == "level" and figure.unit in _PLACES)
            ):
                code = f"Y{span[1]}"
        return Decision(code, how, mention.words)  # type: ignore[arg-type]

    def _carried(self, context: Context) -> Mention | None:
        """A year or span with which an earlier sentence of the paragraph begins, if no other period follows it."""
        paragraph = self._text.rfind("\n", 0, context.sentence[0]) + 1
        earlier = [m for m in self._within(paragraph, context.sentence[0]) if m.kind != "base"]
        if not earlier or earlier[-1].kind not in ("range", "plain"):
            return None
        lead = self._text[max(paragraph, earlier[-1].start - 40) : earlier[-1].start]
        opens = re.split(r"[.。!！?？】\n]", lead)[-1].strip()
        return earlier[-1] if len(opens) < 12 else None

    def _of_cell(self, context: Context, about: Meaning | None) -> Decision:
        cumulative = CUMULATIVE.search(context.cues.text)
        if cumulative is not None and (period := self._since_the_start(context)) is not None:
            return Decision(period, "named", cumulative.group())
        for text, how in ((context.cues.text, "named"), (context.section, "opened")):
            printed = set(years_told(text))
            if len(printed) == 1:
                year = printed.pop()
                return Decision(f"Y{year}", how, year)  # type: ignore[arg-type]
            if about is not None:
                return Decision(about.period.code, "inherited", about.period.text)
        return self._identity.period

    def _since_the_start(self, context: Context) -> str | None:
        """The period of a cumulative value: from its first year where the table tells it, else as of its last."""
        for text in (context.cues.text, f"{context.cues.text} {context.section}"):
            spans = [mention.code for mention in mentions(text, self._year) if mention.kind in ("range", "since")]
            if spans and "_" in spans[-1]:
                return spans[-1]
        last = years_told(context.cues.text) or years_told(context.section) or ([str(self._year)] if self._year else [])
        return f"ASOF_{max(last)}1231" if last else None
