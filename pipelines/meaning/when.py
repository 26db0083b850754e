"""Which of the periods that a text names a figure speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from pipelines.columns import column
from pipelines.figures.figure import Figure, Reading
from pipelines.figures.tables.label_classes import cumulative_in
from pipelines.figures.text.signs import COUNT_WORDS
from pipelines.meaning.context import Context
from pipelines.meaning.dated import NEAR, PlacedPeriods
from pipelines.meaning.meaning import UNKNOWN, Decision, How, Meaning, ReportIdentity, passed_on
from pipelines.meaning.mention import Mention
from pipelines.meaning.period_codes import printed_period, years
from pipelines.meaning.periods import FOUNDED_ZH, mentions, years_told
from pipelines.meaning.times import time_in
from pipelines.patterns import SIGN, regex
from pipelines.reading.document import Document

_FROM = regex(r"\bfrom\s+(?:about |nearly |over |some )?$|[由从][^，。；、\d]{0,10}$", re.IGNORECASE)
_UP_FROM = regex(r"\b(?:up|down) from\s+(?:about |nearly |over |some |only )?" + SIGN + r"$", re.IGNORECASE)
_TO = regex(
    r"(?:\bto\s+(?:about |nearly |over |some |only )?|[到至为])(?:每[人户])?\s*$",
    re.IGNORECASE,
)
_REACHED = regex(r"\bto (?:reach|hit|stand at) (?:about |nearly |almost |over |some )?[^\w\s]?$")
_IN_PLACES = regex(r"\s*(?:in|across|在)\s*(?:the )?", re.IGNORECASE)
# the day on which something was written, with its year
_DAY = regex(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:19|20)\d\d-\d\d-\d\d"
    r"|\b\d{1,2} [A-Z][a-z]{2,8},? (?:19|20)\d\d|\b[A-Z][a-z]{2,8} \d{1,2}, (?:19|20)\d\d"
)
# what is given early in the year of its title: what was done is of the year before, what is planned of its own
_LOOKS_BACK_FROM = regex(
    r"政府工作报告|\b(?:government work report|report on the work of the government"
    r"|budget (?:speech|statement|address)"
    r"|(?:speech|statement|address)\b.{0,100}\b(?:introducing|presenting|on) the budget)\b",
    re.IGNORECASE | re.DOTALL,
)
_TITLE_LINES, _LONGEST_TITLE = 4, 90  # lines, and code points of one, that a title may have
_OPENING = 300  # code points in which it stands
_STILL = regex(
    r"\b(?:(?<=are )active|(?<=were )active|(?<=remain )active|still|remain(?:s|ed|ing)?)\b|仍|尚", re.IGNORECASE
)
# numbers in a row that are each of one year of a span named before
_YEARS_IN_TURN = regex(
    r"([两二三四五六七八九十])年(?:间|来|里)?[^，。；\d]{0,8}(?=分别|依次)|\bin the respective years\b", re.IGNORECASE
)


class PeriodResolver:
    """Decides the period of each figure of one report."""

    def __init__(self, document: Document, identity: ReportIdentity, reading: Reading) -> None:
        span = years(identity.period.code)
        self._year = span[1] if span else None
        period = identity.period
        self._report = (
            Decision(text="no year is told")
            if period.code == UNKNOWN
            else Decision(period.code, period.how, f"report: {printed_period(period.code)}")
        )
        title = "\n".join([document.title, *_first_lines(document.text)])
        self._looks_back = _LOOKS_BACK_FROM.search(title) is not None
        self._text = document.text
        places = column(reading.figures, "locator")
        spans = zip(column(places, "start"), column(places, "end"), strict=True)
        numbers = sorted((start, end or 0) for start, end in spans if start is not None)
        self._placed = PlacedPeriods(document.text, numbers, self._year, self._spoken(document, identity))
        self._decided: dict[int, tuple[int, Decision]] = {}
        self._bases: set[int] = set()  # what others are held against: a change from one is of the time of its result
        self._start: tuple[int, Mention] | None = None  # sentence and year of the last value that another came from
        self._bound = frozenset(self._placed.bound.values())
        self._plans = [mention for mention in self._placed.told if mention.kind in ("plan", "plan_of")]
        self._since = self._behind_opening(identity)

    def _spoken(self, document: Document, identity: ReportIdentity) -> int | None:
        """The year in which a report speaks of "last year": its title's, or that of the day on which it was written."""
        titled = identity.period.how == "stated" or identity.period.text.startswith("title")
        days = _DAY.findall(document.text[:_OPENING])
        return self._year if titled or (len(days) == 1 and str(self._year) in days[0]) else None

    def _behind_opening(self, identity: ReportIdentity) -> int:
        """From where on the report's period holds: what its opening tells holds for nothing before."""
        if identity.period.how != "opened" or not identity.period.text.startswith("opening"):
            return 0
        return next((one.start for one in self._placed.told if self._year in (one.first, one.last)), 0)

    def period(self, figure: Figure, context: Context, about: Meaning | None) -> Decision:
        """The period that a figure speaks of.

        In this order: one that stands with the number, one that leads its statement or sentence behind the figure that
        it belongs to, the period of that one, what opened the paragraph, the question that the paragraph answers, the
        section's heading, the report. Of a span,
        earlier values hold at its start, standards and incomes at its end. A cell that speaks about another, and whose
        headers name no year, has the period of that one.
        """
        if context.is_cell:
            return self._of_cell(context, about)
        decision = self._of_text(figure, context)
        self._decided[figure.figure_id] = context.start, decision
        return decision

    def _of_text(self, figure: Figure, context: Context) -> Decision:
        bound = self._placed.bound.get(context.start)
        if bound is not None and not (bound.kind == "base" and figure.role in ("change", "change_pct", "diff_pp")):
            if bound.kind == "base":
                self._bases.add(figure.figure_id)
            if bound.kind == "base" or self._is_start(figure, context):
                self._start = context.sentence[0], bound
            return self._decision(bound, figure, context, "named", bound.words.strip())
        if context.rank is not None and (turn := self._in_turn(context, *context.rank)) is not None:
            return turn
        held = self._placed.held(context.start, context)
        if self._is_start(figure, context):
            if self._start is not None and self._start[0] == context.sentence[0]:
                return Decision(self._start[1].code, "opened", f"sentence: {self._start[1].words}")
            if held is not None and held.is_span:
                return Decision(f"Y{held.first}", "opened", f"sentence: {held.words}")
            return Decision(text="an earlier value without its year")
        place, whole = self._decided.get(figure.parent or -1, (0, None))
        spans = held is not None and held.is_span and figure.role in ("change", "change_pct")
        from_base = figure.parent in self._bases and figure.role in ("change", "change_pct", "diff_pp")
        if (
            whole is not None
            and whole.code != UNKNOWN
            and not (spans or from_base)
            and (held is None or (held.start < place and not context.clause[0] <= held.start < context.start < place))
        ):
            span = years(whole.code)
            if (
                span
                and span[0] < span[1]
                and _STILL.search(self._text, context.end, min(context.clause[1], context.after))
            ):
                return Decision(f"Y{span[1]}", "inherited", whole.text)
            return passed_on(whole)
        if figure.unit == "village" and (plan := self._plan(context)) is not None:
            return Decision(plan.code, "opened", f"sentence: {plan.words}")
        if held is not None:
            own = held.start >= context.clause[0]
            node = "sentence" if held.start >= context.sentence[0] else "paragraph"
            words = held.words.strip()
            return self._decision(
                held, figure, context, "named" if own else "opened", words if own else f"{node}: {words}"
            )
        for node, words in (("question", self._question(context.start)), ("heading", context.section)):
            for mention in _in_heading(words, self._year):
                return self._decision(mention, figure, context, "opened", f"{node}: {mention.words.strip()}")
        if (unclear := self._named_beside(context)) is not None:
            return Decision(text=f"{unclear.words.strip()} stands in its clause, of what is unclear")
        if self._looks_back and figure.role != "target":
            return Decision(text="it is given early in its year, and looks back")
        return self._of_report(context.start)

    def _named_beside(self, context: Context) -> Mention | None:
        """A year that the clause of a number names and that stands with no number: it may hold for this one."""
        first = bisect_left(self._placed.told, (context.clause[0],))
        for mention in self._placed.told[first:]:
            if mention.start >= context.clause[1]:
                return None
            if (
                mention.kind not in ("base", "plan_of", "plan", "vague")
                and self._year not in (mention.first, mention.last)
                and mention not in self._bound
                and not FOUNDED_ZH.match(self._text, mention.end)  # 2009年成立的协会: it dates the society
            ):
                return mention
        return None

    def _question(self, start: int) -> str:
        """The line before the paragraph of a number, where it asks what the paragraph answers; else empty."""
        end = self._placed.line(start) - 1
        line = self._text[self._placed.line(end) : end] if end > 0 else ""
        return line if line.rstrip(' ”"').endswith(("？", "?")) else ""

    def _in_turn(self, context: Context, place: int, count: int) -> Decision | None:
        """One year of the last span of as many years, where numbers in a row are told to be of them: 三年分别为."""
        told = _YEARS_IN_TURN.search(self._text, *context.statement)
        spans = [m for m in self._placed.told if m.start < context.start and m.last - m.first + 1 == count]
        if told is None or not spans or (told.group(1) and COUNT_WORDS.get(told.group(1)) != count):
            return None
        return Decision(f"Y{spans[-1].first + place}", "opened", f"{told.group()} of {spans[-1].words}")

    def _of_report(self, start: int = 0) -> Decision:
        if self._since and start < self._since and self._report.code != UNKNOWN:
            return Decision(text="years are told later only")
        return self._report

    def _is_start(self, figure: Figure, context: Context) -> bool:
        """Whether a number is what another came from: "from 1,500 to 2,000 yuan", 由497万人减至71万人."""
        if figure.role == "per_unit_prev" or figure.link == "previous_of":
            return True
        if figure.role not in ("level", "per_unit", "rate_pct", "share_pct"):
            return False
        if context.after - context.end >= NEAR:
            return False
        lead = self._text[max(context.before, context.start - 24) : context.start]
        if _UP_FROM.search(lead):
            return True
        told = "由" in lead or "从" in lead or "from" in lead.lower()
        return told and bool(_FROM.search(lead)) and _TO.search(self._text[context.end : context.after]) is not None

    def _plan(self, context: Context) -> Mention | None:
        """The Five-Year Plan that the sentence names its villages by."""
        first, place, last = (
            bisect_left(self._plans, (bound,)) for bound in (context.sentence[0], context.start, context.sentence[1])
        )
        return self._plans[place - 1] if first < place else self._plans[place] if place < last else None

    def _decision(self, mention: Mention, figure: Figure, context: Context, how: How, words: str) -> Decision:
        if mention.kind == "vague":
            return Decision(text=words)
        first, last = mention.first, mention.last
        if mention.kind == "since":
            last = self._until(mention, context)
        elif mention.kind == "as_of" and (since := self._counted_since(mention, context)) is not None:
            return (
                Decision(f"Y{since.first}_{last}", how, words)
                if figure.role != "per_unit"
                else Decision(mention.code, how, words)
            )
        if first < last and mention.kind in ("span", "since"):
            lead = self._text[max(context.before, context.start - 16) : context.start]
            ends = (
                figure.role == "per_unit"
                or (context.before > context.sentence[0] and _TO.search(lead))
                or _REACHED.search(lead)
                or _IN_PLACES.fullmatch(self._text, context.sentence[0], context.start)
                or _STILL.search(self._text, context.end, min(context.clause[1], context.after))
            )
            first = last if ends else first
        return Decision(mention._replace(first=first, last=last).code, how, words)

    def _until(self, mention: Mention, context: Context) -> int:
        """The last year of "since 2001": the one that the paragraph has opened with, the heading's or the report's."""
        index = bisect_left(self._placed.opening, mention) - 1
        paragraph = self._placed.line(mention.start)
        earlier = self._placed.opening[index] if index >= 0 and self._placed.opening[index].start >= paragraph else None
        told = (
            [earlier] if earlier is not None and earlier.kind != "since" else _in_heading(context.section, self._year)
        )
        last = told[0].last if told else mention.last
        last = min(last, self._year) if self._year else last  # nothing has been counted up to a year to come
        return last if last > mention.first else max(mention.first, mention.last)

    def _counted_since(self, mention: Mention, context: Context) -> Mention | None:
        """The start of a count up to a year: 2001年以来，截至2010年底累计."""
        index = bisect_left(self._placed.leading, mention) - 1
        since = self._placed.leading[index] if index >= 0 else None
        in_statement = since is not None and since.kind == "since" and since.start >= context.statement[0]
        return since if in_statement and since is not None and since.first < mention.last else None

    # ------------------------------------------------------------------------------------- cells

    def _of_cell(self, context: Context, about: Meaning | None) -> Decision:
        cumulative = cumulative_in(context.cues.text)
        if cumulative is not None and (period := self._since_the_start(context)) is not None:
            return Decision(period, "named", cumulative.group())
        for node, text in (("", context.cues.text), ("heading: ", context.section)):
            printed = set(years_told(text))
            if len(printed) == 1:
                year = printed.pop()
                return Decision(f"Y{year}", "opened" if node else "named", f"{node}{year}")
            if about is not None:
                return passed_on(about.period)
        return self._of_report()

    def _since_the_start(self, context: Context) -> str | None:
        """The period of a cumulative value: from its first year where the table tells it, else as of its last."""
        for text in (context.cues.text, f"{context.cues.text} {context.section}"):
            spans = [mention.code for mention in mentions(text, self._year) if mention.kind in ("span", "since")]
            if spans and "_" in spans[-1]:
                return spans[-1]
        last = years_told(context.cues.text) or years_told(context.section) or ([str(self._year)] if self._year else [])
        time = time_in(context.cues.text.rpartition(" | ")[2])
        if time is not None and (year := time.year or int(max(last, default="0"))):
            return time.until(year)
        return f"ASOF_{max(last)}1231" if last else None


@lru_cache(maxsize=256)
def _first_lines(text: str) -> Iterator[str]:
    """The lines with which a text begins as long as they are a title's: short ones that end no sentence."""
    for line in text.splitlines()[:_TITLE_LINES]:
        if not line.strip() or len(line) > _LONGEST_TITLE or line.rstrip().endswith((".", "。", "；", "，", ",")):
            return
        yield line


def _in_heading(heading: str, report_year: int | None) -> tuple[Mention, ...]:
    """The one period that a heading names, if it names one."""
    told = [one for one in mentions(heading, report_year) if one.kind not in ("plan_of", "vague")]
    return tuple(told) if len({one.code for one in told}) == 1 else ()
