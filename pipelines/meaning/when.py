"""Which of the periods that a text names a figure speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from pipelines.columns import column
from pipelines.figures.figure import Figure, Reading
from pipelines.figures.tables.lines import CUMULATIVE
from pipelines.figures.text.signs import COUNT_WORDS
from pipelines.figures.text.tree import Stretch, tree_of
from pipelines.meaning.context import Context
from pipelines.meaning.meaning import UNKNOWN, Decision, How, Meaning, ReportIdentity, passed_on
from pipelines.meaning.mention import Mention
from pipelines.meaning.period_codes import printed_period, years
from pipelines.meaning.periods import FOUNDED, FOUNDED_ZH, mentions, years_told
from pipelines.meaning.times import time_in
from pipelines.patterns import rarely
from pipelines.reading.document import Document

# between a year and the number that it stands with, and between a number and the year behind it
_DIRECT = re.compile(r"\s*(?:['’]s|的|[:：]|为|有|是|达到?|[(（])?\s*")
_AND_IN = re.compile(r"\band (?:in |by |for |since )?$", re.IGNORECASE)  # "300 in all, and in 2011, 400"
_POSSESSIVE = re.compile(r"['’]s\b|的")
_DIRECT_START = re.compile(r"\s*的?[^\d，。；,.;：:、()（）]{0,12}")
_BEHIND = re.compile(
    r"(?:\b(?:in|for|by|during|at|when|on|as|as of|until|till|through|of)(?: the)?(?: year)?"
    r"|[^\w\s]|(?<!用)[于到在至])\s*$",
    re.IGNORECASE,
)
_THAT_OF = re.compile(r"\b(?:above|below|than|against|that|those|with|to)\b[^,;.]*$", re.IGNORECASE)
_OPENS = re.compile(r"[(（]")
_WIDEST = 36
_WHEN_IT_WAS = re.compile(
    r",? when (?:it|they|there|this|these|the [a-z]+) (?:was|were|stood at|had been|numbered|came to) "
    r"(?:about |only |some |just )?(?:[A-Za-z]{0,4}\.?\W?)?",
    re.IGNORECASE,
)
_STARTS = ("从", "由", "比", "较")
_NEAR = 60  # code points between a number and a year behind it
_MARK = re.compile(r"[,;:，；：、。]")
_AND = re.compile(r"\b(?:and|while|but|or)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
# a clause that tells when something began dates that thing only
_ASIDE = re.compile(
    r"\b(?:which|that|who|whose|where)\b|其中|(?:[印下]发|下达|开展|完成|制定|编制|实施|组织|召开|根据|按照|把|将|对)了?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:【[^】\n]*】)?[\s\d.、(（一二三四五六七八九十)）]{0,8}"
    r"|(?:\b(?:in|at|by|on|for|from|of|during|the|until|as|over|through|year|to|up)\b|[在到至于截止对从自])\s*",
    re.IGNORECASE,
)
_LONGEST_LEAD = 14
_LOOKS_BACK = re.compile(
    r"[上去前]一?年(?:[末底初]|同期)?|last year|(?:a|the) year (?:before|earlier)|the previous year", re.IGNORECASE
)  # 上年结转120万元 opens nothing
_OF_THEN = re.compile(r"(?![结转])[^，。；、：\d\x00-\x7f]{1,6}")  # 上年产量75480吨
_FROM = re.compile(r"\bfrom\s+(?:about |nearly |over |some )?$|[由从][^，。；、\d]{0,10}$", re.IGNORECASE)
_TO = rarely(r"(?:\bto\s+(?:about |nearly |over |some |only )?|[到至为])(?:每[人户])?\s*$", re.IGNORECASE)
_LIST = re.compile(r"[^\d,.;:，。；：]{0,32}(?:,|、|\band|和|及)\s*(?:and\s+)?", re.IGNORECASE)
_ACT = rarely(
    r"\b(?!need|hundred|seed)[a-z]{2,}ed\b|\b(?:built|spent|went|put|rose|fell|left|sent|given|gave|paid|made|came)\b"
    r"|累计|建成|新建|改造|完成|投入|投资|脱贫|培训|搬迁|实施|解决|发放|修建|减少|增加|帮扶|安排|减贫",
    re.IGNORECASE,
)
_IN_PLACES = re.compile(r"\s*(?:in|across|在)\s*(?:the )?", re.IGNORECASE)
_STILL = re.compile(
    r"\b(?:(?<=are )active|(?<=were )active|(?<=remain )active|still|remain(?:s|ed|ing)?)\b|仍|尚", re.IGNORECASE
)
_TOGETHER = re.compile(r"\brespectively\b|分别|依次", re.IGNORECASE)
# 2016年至2019年分别为: each year of a span has its own
_IN_TURN = re.compile(r"[^\d、，。；]{0,8}(?:分别|依次)|[ ,]{0,2}[a-z ]{0,24}\brespectively\b", re.IGNORECASE)
# numbers in a row that are each of one year of a span named before
_YEARS_IN_TURN = re.compile(
    r"([两二三四五六七八九十])年(?:间|来|里)?[^，。；\d]{0,8}(?=分别|依次)|\bin the respective years\b", re.IGNORECASE
)
_WITHIN = re.compile(r"[)）](?:内|期?间)")
_NO_LIST = re.compile(r"\b(?:from|than|against|compared|to|are|is|were|was|will|have|had)\b", re.IGNORECASE)
_COMPARED = re.compile(r"相比|比较")


class PeriodResolver:
    """Decides the period of each figure of one report.

    Each period that the text names is given its place once: it stands with a number, or it leads a clause, a statement
    or a paragraph, or it dates something else.
    """

    def __init__(self, document: Document, identity: ReportIdentity, reading: Reading) -> None:
        span = years(identity.period.code)
        self._year = span[1] if span else None
        self._identity = identity
        period = identity.period
        self._report = (
            Decision(text="no year is told")
            if period.code == UNKNOWN
            else Decision(period.code, period.how, f"report: {printed_period(period.code)}")
        )
        self._text = document.text
        self._tree = tree_of(document.text)
        places = column(reading.figures, "locator")
        spans = zip(column(places, "start"), column(places, "end"), strict=True)
        self._numbers = sorted((start, end or 0) for start, end in spans if start is not None)
        self._lines = self._tree.lines
        self._bound: dict[int, Mention] = {}  # by where the number begins
        self._leading: list[Mention] = []  # in order, and where each begins
        self._reach: list[Stretch] = []  # of each leading one: where what it holds for begins and ends
        self._opening: list[Mention] = []
        self._decided: dict[int, tuple[int, Decision]] = {}
        self._bases: set[int] = set()  # what others are held against: a change from one is of the time of its result
        self._start: tuple[int, Mention] | None = None  # sentence and year of the last value that another came from
        counted = frozenset(start for start, _ in self._numbers)
        told = mentions(document.text, self._year, counted) if self._numbers else []
        self._told = told
        for mention in told:
            self._place(mention)
        self._plans = [mention for mention in told if mention.kind in ("plan", "plan_of")]
        self._since = self._behind_opening(told)

    def _behind_opening(self, told: list[Mention]) -> int:
        """From where on the report's period holds: what its opening tells holds for nothing before."""
        if self._identity.period.how != "opened" or not self._identity.period.text.startswith("opening"):
            return 0
        return next((one.start for one in told if self._year in (one.first, one.last)), 0)

    # ------------------------------------------------------------------------------------- the place of each period

    def _place(self, mention: Mention) -> None:
        """Binds a period to the number that it stands with, or notes what it leads."""
        text, tree = self._text, self._tree
        sentence = tree.aside(mention.start) or tree.sentences.span(mention.start)
        bracket = tree.bracket(mention.start)
        if bracket is not None and _WITHIN.match(text, bracket[1]):
            bracket = None  # 评估期（2016—2018年）内脱贫81.6万人
        index = bisect_left(self._numbers, (mention.start, 0))
        following = self._numbers[index] if index < len(self._numbers) else None
        following = following if following is not None and following[0] < sentence[1] else None
        direct = following is not None and self._stands_before(mention, following[0])
        if direct and following is not None and index and _OPENS.search(text, mention.end, following[0]):
            # "was 5,210 Yuan in 2014 (4,630 Yuan in 2013)": the year of the number before the bracket
            last = self._numbers[index - 1]
            behind = last[0] >= sentence[0] and _BEHIND.search(text, last[1], mention.start)
            direct = not behind or _THAT_OF.search(text, last[1], mention.start) is not None
        if following is not None and direct:
            self._bound.setdefault(following[0], mention)
            if mention.kind == "base" or _POSSESSIVE.match(text, mention.end) or _LOOKS_BACK.fullmatch(mention.words):
                return
        if mention.kind in ("base", "plan_of"):
            return
        within = index > 0 and bracket is not None and self._numbers[index - 1][0] > bracket[0]
        if bracket is not None and not within and (following is None or following[0] > bracket[1]):
            if index and self._numbers[index - 1][0] >= sentence[0]:
                self._bind_bracket(mention, bracket, self._numbers[index - 1])
            return
        statement = tree.statement(mention.start, mention.end, sentence)
        earlier = self._before(index, statement, bracket)
        clause = tree.clause(mention.start, mention.end, sentence)
        if _COMPARED.search(text, mention.end, clause[1]):
            return
        if earlier is not None and not direct and self._stands_behind(mention, earlier, following, clause, statement):
            self._bind_list(mention, earlier[0], index)
            if mention.words.endswith(("decade", "period")):
                self._opening.append(mention)  # "in the same decade" goes on with what was told before
                self._leading.append(mention)
                self._reach.append(sentence)
            return
        lead = text[max(clause[0], earlier[1] if earlier else 0) : mention.start]
        if FOUNDED.search(lead) or FOUNDED_ZH.match(text, mention.end):
            return
        if _ASIDE.search(lead):
            if following is not None and following[0] < clause[1]:
                self._bound.setdefault(following[0], mention)
                self._leading.append(mention)
                self._reach.append(clause)
            return
        opens = text[statement[0] : mention.start]
        follows = following is not None and following[0] < clause[1]
        is_long = len(_LEAD.sub("", lead)) >= _LONGEST_LEAD
        if is_long and not follows and clause[1] - mention.end > 2:
            return  # what stands in the middle of a clause without numbers holds for none
        self._share(mention, index, statement[1])
        self._leading.append(mention)
        self._reach.append(
            (statement[0] if earlier is not None else sentence[0], bracket[1] if bracket else statement[1])
        )
        if (
            earlier is None
            and bracket is None
            and mention.kind != "vague"
            and len(_LEAD.sub("", opens)) < _LONGEST_LEAD
            and not (_LOOKS_BACK.fullmatch(mention.words) and text[mention.end] not in ",，")
        ):
            self._opening.append(mention)
        if earlier is None and bracket is None:
            self._reach[-1] = (sentence[0], sentence[1])

    def _stands_before(self, mention: Mention, start: int) -> bool:
        gap = self._text[mention.end : start] if start - mention.end < _WIDEST else "-"
        if _WHEN_IT_WAS.fullmatch(gap):
            return True
        if _DIRECT.fullmatch(gap) or (
            gap.strip() == "," and _AND_IN.search(self._text, max(mention.start - 12, 0), mention.start)
        ):
            return True
        if _LOOKS_BACK.fullmatch(mention.words) and _OF_THEN.fullmatch(gap):
            return True
        starts = mention.words[0] in _STARTS or self._text[max(mention.start - 1, 0) : mention.start] in _STARTS
        return mention.kind in ("base", "year", "as_of") and starts and _DIRECT_START.fullmatch(gap) is not None

    def _before(self, index: int, statement: Stretch, bracket: Stretch | None) -> Stretch | None:
        """The number before a place in its statement; those in brackets that have been closed do not count."""
        for start, end in reversed(self._numbers[max(0, index - 8) : index]):
            if start < statement[0]:
                return None
            if self._tree.bracket(start) == bracket:
                return start, end
        return None

    def _bind_bracket(self, mention: Mention, bracket: Stretch, number: Stretch) -> None:
        """Binds a year that stands alone in brackets behind a number: "512,000 (2008)", 2940元（2010年）."""
        inner = _LEAD.sub("", self._text[bracket[0] + 1 : mention.start]) + self._text[mention.end : bracket[1]]
        is_near = bracket[0] - number[1] < _NEAR and _MARK.search(self._text, number[1], bracket[0]) is None
        if is_near and len(inner.strip()) < 8:
            self._bound.setdefault(number[0], mention)

    def _stands_behind(
        self, mention: Mention, number: Stretch, following: Stretch | None, clause: Stretch, statement: Stretch
    ) -> bool:
        """Whether a period tells of the number before it: "4,730 yuan in 2009", "5.1 million when 2005 ended"."""
        between = _BRACKETED.sub("", self._text[number[1] : mention.start])
        follows = following is not None and following[0] < clause[1]
        if _MARK.search(between):
            # "12 million yuan, came in 2009": a clause without a number of its own goes on with the last one
            lead = self._text[clause[0] : mention.start]
            ends = following is None or following[0] >= statement[1]
            told = any(statement[0] <= other.start < number[0] for other in self._leading[-4:])
            goes_on = not told and not follows and clause[0] > number[1] and (ends or len(_LEAD.sub("", lead)) > 2)
            return (
                goes_on and number[0] not in self._bound and _ASIDE.search(lead) is None and bool(_BEHIND.search(lead))
            )
        if len(between) > _NEAR or (follows and _AND.search(between)):
            return False
        is_relative = mention.words.isascii() and not any(sign.isdecimal() for sign in mention.words)
        return is_relative or mention.kind == "since" or _BEHIND.search(between) is not None

    def _bind_list(self, mention: Mention, number: int, index: int) -> None:
        """Binds a period to the number before it and to those listed with it: "30 wells and 8 roads in 2009"."""
        if len(mention.years) > 1:
            places = [start for start, _ in self._numbers[max(0, index - len(mention.years)) : index]]
            if self._respectively(places, mention):
                return
        self._bound.setdefault(number, mention)
        place = bisect_left(self._numbers, (number, 0))
        while place > 0:
            start, end = self._numbers[place - 1]
            between = self._text[end : self._numbers[place][0]] if self._numbers[place][0] - end < _NEAR else "."
            if start in self._bound or _LIST.fullmatch(between) is None:
                return
            if _NO_LIST.search(between) or self._text[start - 3 : start].lower() == "of ":
                return
            held = self._held(start, None)
            if held is None or held.start < self._tree.sentences.span(start)[0]:
                self._bound.setdefault(start, mention)
            place -= 1

    def _share(self, mention: Mention, index: int, end: int) -> None:
        """Gives the numbers behind a list of years one each where the words say so; what follows is of all of them."""
        if len(mention.years) < 2 and (mention.first == mention.last or not _IN_TURN.match(self._text, mention.end)):
            return
        each = (
            mention if len(mention.years) > 1 else mention._replace(years=tuple(range(mention.first, mention.last + 1)))
        )
        count = len(each.years)
        places = [start for start, _ in self._numbers[index : index + count + 1] if start < end]
        if len(places) > count and not _LIST.fullmatch(self._text, self._numbers[index + count - 1][1], places[count]):
            places.pop()  # what follows is none of the list
        if len(places) == count:
            self._respectively(places, each)

    def _respectively(self, places: list[int], mention: Mention) -> bool:
        statement = self._tree.statement(mention.start, mention.end, self._tree.sentences.span(mention.start))
        if len(places) != len(mention.years) or _TOGETHER.search(self._text, *statement) is None:
            return False
        for start, year in zip(places, mention.years, strict=True):
            self._bound[start] = mention._replace(first=year, last=year, kind="year")
        return True

    # ------------------------------------------------------------------------------------- the period of each figure

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
        bound = self._bound.get(context.start)
        if bound is not None and not (bound.kind == "base" and figure.role in ("change", "change_pct", "diff_pp")):
            if bound.kind == "base":
                self._bases.add(figure.figure_id)
            if bound.kind == "base" or self._is_start(figure, context):
                self._start = context.sentence[0], bound
            return self._decision(bound, figure, context, "named", bound.words.strip())
        if context.rank is not None and (turn := self._in_turn(context, *context.rank)) is not None:
            return turn
        held = self._held(context.start, context)
        if self._is_start(figure, context):
            if self._start is not None and self._start[0] == context.sentence[0]:
                return Decision(self._start[1].code, "opened", f"sentence: {self._start[1].words}")
            if held is not None and held.first < held.last:
                return Decision(f"Y{held.first}", "opened", f"sentence: {held.words}")
            return Decision(text="an earlier value without its year")
        place, whole = self._decided.get(figure.parent or -1, (0, None))
        spans = held is not None and held.first < held.last and figure.role in ("change", "change_pct")
        from_base = figure.parent in self._bases and figure.role in ("change", "change_pct", "diff_pp")
        if (
            whole is not None
            and whole.code != UNKNOWN
            and not (spans or from_base)
            and (held is None or held.start < place)
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
        return self._of_report(context.start)

    def _question(self, start: int) -> str:
        """The line before the paragraph of a number, where it asks what the paragraph answers; else empty."""
        end = self._paragraph(start) - 1
        line = self._text[self._paragraph(end) : end] if end > 0 else ""
        return line if line.rstrip(' ”"').endswith(("？", "?")) else ""

    def _in_turn(self, context: Context, place: int, count: int) -> Decision | None:
        """One year of the last span of as many years, where numbers in a row are told to be of them: 三年分别为."""
        told = _YEARS_IN_TURN.search(self._text, *context.statement)
        spans = [m for m in self._told if m.start < context.start and m.last - m.first + 1 == count]
        if told is None or not spans or (told.group(1) and COUNT_WORDS.get(told.group(1)) != count):
            return None
        return Decision(f"Y{spans[-1].first + place}", "opened", f"{told.group()} of {spans[-1].words}")

    def _of_report(self, start: int = 0) -> Decision:
        if self._since and start < self._since and self._report.code != UNKNOWN:
            return Decision(text="years are told later only")
        return self._report

    def _held(self, start: int, context: Context | None) -> Mention | None:
        """The period that leads the statement, sentence or paragraph of a number."""
        sentence = context.sentence if context is not None else self._tree.sentences.span(start)
        place = bisect_left(self._leading, (start,))
        for index in range(place - 1, max(-1, place - 12), -1):
            mention, (first, last) = self._leading[index], self._reach[index]
            if mention.start < sentence[0]:
                break
            if first <= start < last:
                return mention
        place = bisect_left(self._opening, (sentence[0],)) - 1
        if place < 0 or self._opening[place].start < self._paragraph(start):
            return None
        opening = self._opening[place]
        latest = self._leading[bisect_left(self._leading, (sentence[0],)) - 1]
        if latest.code != opening.code and latest.kind != "vague":
            return None  # "in 2009 4,730 yuan, in 2010 5,275": the next sentence may speak of either
        if opening.kind == "since" and (context is None or not _ACT.search(self._text, *context.clause)):
            return None
        return opening._replace(kind="year") if opening.kind == "as_of" else opening

    def _paragraph(self, start: int) -> int:
        """Where the line of a place begins."""
        index = bisect_left(self._lines, start) - 1
        return self._lines[index] + 1 if index >= 0 else 0

    def _is_start(self, figure: Figure, context: Context) -> bool:
        """Whether a number is what another came from: "from 1,500 to 2,000 yuan", 由497万人减至71万人."""
        if figure.role == "per_unit_prev" or figure.link == "previous_of":
            return True
        if figure.role not in ("level", "per_unit", "rate_pct", "share_pct"):
            return False
        if context.after - context.end >= _NEAR:
            return False
        lead = self._text[max(context.before, context.start - 24) : context.start]
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
                or _IN_PLACES.fullmatch(self._text, context.sentence[0], context.start)
                or _STILL.search(self._text, context.end, min(context.clause[1], context.after))
            )
            first = last if ends else first
        return Decision(mention._replace(first=first, last=last).code, how, words)

    def _until(self, mention: Mention, context: Context) -> int:
        """The last year of "since 2001": the one that the paragraph has opened with, the heading's or the report's."""
        index = bisect_left(self._opening, mention) - 1
        paragraph = self._paragraph(mention.start)
        earlier = self._opening[index] if index >= 0 and self._opening[index].start >= paragraph else None
        told = (
            [earlier] if earlier is not None and earlier.kind != "since" else _in_heading(context.section, self._year)
        )
        last = told[0].last if told else mention.last
        last = min(last, self._year) if self._year else last  # nothing has been counted up to a year to come
        return last if last > mention.first else max(mention.first, mention.last)

    def _counted_since(self, mention: Mention, context: Context) -> Mention | None:
        """The start of a count up to a year: 2001年以来，截至2010年底累计."""
        index = bisect_left(self._leading, mention) - 1
        since = self._leading[index] if index >= 0 else None
        in_statement = since is not None and since.kind == "since" and since.start >= context.statement[0]
        return since if in_statement and since is not None and since.first < mention.last else None

    # ------------------------------------------------------------------------------------- cells

    def _of_cell(self, context: Context, about: Meaning | None) -> Decision:
        cumulative = CUMULATIVE.search(context.cues.text)
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
def _in_heading(heading: str, report_year: int | None) -> tuple[Mention, ...]:
    """The one period that a heading names, if it names one."""
    told = [one for one in mentions(heading, report_year) if one.kind not in ("plan_of", "vague")]
    return tuple(told) if len({one.code for one in told}) == 1 else ()
