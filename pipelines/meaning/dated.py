"""Which number each period of a text stands with, and which stretch of the text it leads."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from pipelines.figures.text.tree import Stretch, tree_of
from pipelines.meaning.context import Context
from pipelines.meaning.mention import Mention
from pipelines.meaning.periods import FOUNDED, FOUNDED_ZH, mentions
from pipelines.patterns import regex

# between a year and the number that it stands with, and between a number and the year behind it
_DIRECT = regex(r"\s*(?:['’]s|的|[:：]|为|有|是|达到?|[(（])?\s*")
_AND_IN = regex(r"\band (?:in |by |for |since )?$", re.IGNORECASE)  # "300 in all, and in 2011, 400"
_POSSESSIVE = regex(r"['’]s\b|的")
_DIRECT_START = regex(r"\s*的?[^\d，。；,.;：:、()（）]{0,12}")
_BEHIND = regex(
    r"(?:\b(?:in|for|by|during|at|when|on|as|as of|until|till|through|of)(?: the(?: [a-z-]+){0,2})?(?: year)?"
    r"|[^\w\s]|(?<!用)[于到在至])\s*$",
    re.IGNORECASE,
)
_THAT_OF = regex(r"\b(?:above|below|than|against|that|those|with|to)\b[^,;.]*$", re.IGNORECASE)
_OPENS = regex(r"[(（]")
_WIDEST = 48
_WHEN_IT_WAS = regex(
    r",? when (?:it|they|there|this|these|the (?:[a-z]+ )?[a-z]+)"
    r" (?:was|were|stood at|had been|numbered|came to|reached|fell to|rose to) "
    r"(?:about |only |some |just )?(?:[A-Za-z]{0,4}\.?\W?)?",
    re.IGNORECASE,
)
_STARTS = ("从", "由", "比", "较")
NEAR = 60  # code points between a number and a year behind it
_MARK = regex(r"[,;:，；：、。]")
_AND = regex(r"\b(?:and|while|but|or)\b", re.IGNORECASE)
_BRACKETED = regex(r"[(（][^()（）]*[)）]")
# a clause that tells when something began dates that thing only
_ASIDE = regex(
    r"\b(?:which|that|who|whose|where)\b|其中|(?:[印下]发|下达|开展|完成|制定|编制|实施|组织|召开|根据|按照|把|将|对)了?$",
    re.IGNORECASE,
)
_FROM = regex(r"from\b", re.IGNORECASE)
_THAT = regex(r"\bthat (?:in|by|at|during) $", re.IGNORECASE)  # "the fact that in 2009, the county had 400"
_LEAD = regex(
    r"^(?:【[^】\n]*】)?[\s\d.、(（一二三四五六七八九十)）]{0,8}"
    r"|(?:\b(?:in|at|by|on|for|from|of|during|the|until|as|over|through|year|to|up)\b|[在到至于截止对从自])\s*",
    re.IGNORECASE,
)
_LONGEST_LEAD = 14
_LOOKS_BACK = regex(
    r"[上去前]一?年(?:[末底初]|同期)?|last year|(?:a|the) year (?:before|earlier)|the previous year", re.IGNORECASE
)  # 上年结转120万元 opens nothing
_OF_THEN = regex(r"(?![结转])[^，。；、：\d\x00-\x7f]{1,6}")  # 上年产量75480吨
_LIST = regex(r"[^\d,.;:，。；：]{0,32}(?:,|、|\band|和|及)\s*(?:and\s+)?", re.IGNORECASE)
_ACT = regex(
    r"\b(?!need|hundred|seed)[a-z]{2,}ed\b|\b(?:built|spent|went|put|rose|fell|left|sent|given|gave|paid|made|came)\b"
    r"|累计|建成|新建|改造|完成|投入|投资|脱贫|培训|搬迁|实施|解决|发放|修建|减少|增加|帮扶|安排|减贫",
    re.IGNORECASE,
)
_TOGETHER = regex(r"\brespectively\b|分别|依次", re.IGNORECASE)
# 2016年至2019年分别为: each year of a span has its own
_IN_TURN = regex(r"[^\d、，。；]{0,8}(?:分别|依次)|[ ,]{0,2}[a-z ]{0,24}\brespectively\b", re.IGNORECASE)
_ROW = regex(r"[%％]?[一-鿿]{0,2}[、和及]")
_LONGEST_ROW = 8
_WITHIN = regex(r"[)）](?:内|期?间)")
_NO_LIST = regex(r"\b(?:from|than|against|compared|to|are|is|were|was|will|have|had)\b", re.IGNORECASE)
_COMPARED = regex(r"相比|比较")


class PlacedPeriods:
    """Each period that a text names, in its place: it stands with a number, or it leads what follows, or neither.

    Attributes:
        told: all of them, in order.
        bound: those that stand with a number, by where the number begins.
        leading: those that lead a clause, a statement or a sentence, in order.
        opening: of these, the ones that a sentence opens with: they hold until the line ends.
    """

    def __init__(self, text: str, numbers: list[Stretch], year: int | None, spoken: int | None = None) -> None:
        self._text = text
        self._tree = tree_of(text)
        self._numbers = numbers
        self.bound: dict[int, Mention] = {}
        self.leading: list[Mention] = []
        self._reach: list[Stretch] = []  # of each leading one: where what it holds for begins and ends
        self.opening: list[Mention] = []
        self.told = mentions(text, year, frozenset(start for start, _ in numbers), spoken) if numbers else []
        for mention in self.told:
            self._place(mention)

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
            self.bound.setdefault(following[0], mention)
            if _POSSESSIVE.match(text, mention.end):
                self._bind_row(mention, index)
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
                self.opening.append(mention)  # "in the same decade" goes on with what was told before
                self.leading.append(mention)
                self._reach.append(sentence)
            return
        lead = text[max(clause[0], earlier[1] if earlier else 0) : mention.start]
        if FOUNDED.search(lead) or FOUNDED_ZH.match(text, mention.end):
            return
        if _ASIDE.search(lead) and not (_THAT.search(lead) and text.startswith(",", mention.end)):
            if following is not None and following[0] < clause[1]:
                self.bound.setdefault(following[0], mention)
                self.leading.append(mention)
                self._reach.append(clause)
            return
        opens = text[statement[0] : mention.start]
        follows = following is not None and following[0] < clause[1]
        is_long = len(_LEAD.sub("", lead)) >= _LONGEST_LEAD
        if is_long and not follows and clause[1] - mention.end > 2:
            return  # what stands in the middle of a clause without numbers holds for none
        self._share(mention, index, statement[1])
        self.leading.append(mention)
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
            self.opening.append(mention)
        if earlier is None and bracket is None:
            self._reach[-1] = (sentence[0], sentence[1])

    def _bind_row(self, mention: Mention, index: int) -> None:
        """Binds a period to what is listed behind its number with nothing between: 2017年的52.5%、95%、67.2%."""
        for (_, end), (start, _) in pairwise(self._numbers[index : index + _LONGEST_ROW]):
            if not _ROW.fullmatch(self._text, end, start):
                break
            self.bound.setdefault(start, mention)

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
        is_near = bracket[0] - number[1] < NEAR and _MARK.search(self._text, number[1], bracket[0]) is None
        if is_near and len(inner.strip()) < 8:
            self.bound.setdefault(number[0], mention)

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
            told = any(statement[0] <= other.start < number[0] for other in self.leading[-4:])
            goes_on = not told and not follows and clause[0] > number[1] and (ends or len(_LEAD.sub("", lead)) > 2)
            return (
                goes_on and number[0] not in self.bound and _ASIDE.search(lead) is None and bool(_BEHIND.search(lead))
            )
        if len(between) > NEAR or (follows and _AND.search(between)):
            return False
        is_relative = mention.words.isascii() and not any(sign.isdecimal() for sign in mention.words)
        return (
            is_relative
            or mention.kind in ("since", "as_of")
            or bool(_FROM.match(mention.words) or _BEHIND.search(between))
        )

    def _bind_list(self, mention: Mention, number: int, index: int) -> None:
        """Binds a period to the number before it and to those listed with it: "30 wells and 8 roads in 2009"."""
        if len(mention.years) > 1:
            places = [start for start, _ in self._numbers[max(0, index - len(mention.years)) : index]]
            if self._respectively(places, mention):
                return
        self.bound.setdefault(number, mention)
        place = bisect_left(self._numbers, (number, 0))
        while place > 0:
            start, end = self._numbers[place - 1]
            between = self._text[end : self._numbers[place][0]] if self._numbers[place][0] - end < NEAR else "."
            if start in self.bound or _LIST.fullmatch(between) is None:
                return
            if _NO_LIST.search(between) or self._text[start - 3 : start].lower() == "of ":
                return
            held = self.held(start, None)
            if held is None or held.start < self._tree.sentences.span(start)[0]:
                self.bound.setdefault(start, mention)
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
            self.bound[start] = mention._replace(first=year, last=year, kind="year")
        return True

    def held(self, start: int, context: Context | None) -> Mention | None:
        """The period that leads the statement, sentence or paragraph of a number."""
        sentence = context.sentence if context is not None else self._tree.sentences.span(start)
        place = bisect_left(self.leading, (start,))
        for index in range(place - 1, max(-1, place - 12), -1):
            mention, (first, last) = self.leading[index], self._reach[index]
            if mention.start < sentence[0]:
                break
            if first <= start < last:
                return mention
        place = bisect_left(self.opening, (sentence[0],)) - 1
        if place < 0 or self.opening[place].start < self.line(start):
            return None
        opening = self.opening[place]
        latest = self.leading[bisect_left(self.leading, (sentence[0],)) - 1]
        if latest.code != opening.code and latest.kind != "vague":
            return None  # "in 2009 4,730 yuan, in 2010 5,275": the next sentence may speak of either
        if opening.kind == "since" and (context is None or not _ACT.search(self._text, *context.clause)):
            return None
        return opening._replace(kind="year") if opening.kind == "as_of" else opening

    def line(self, start: int) -> int:
        """Where the line of a place begins."""
        index = bisect_left(self._tree.lines, start) - 1
        return self._tree.lines[index] + 1 if index >= 0 else 0
