"""The signs of programs that speak of a number: those of its own clause, and those with which a text opens."""

from __future__ import annotations

import re

from pipelines.catalog.phrases import Hit
from pipelines.figures.figure import Figure
from pipelines.figures.text.passage import in_closed_brackets
from pipelines.meaning.context import Context
from pipelines.meaning.grammar import Sign
from pipelines.meaning.meaning import Decision
from pipelines.meaning.vocabulary import GENERAL, Cues, title_program
from pipelines.patterns import regex

# what a receiver of an act stands behind: "water for 2 million people", 惠及1.2万人
_TO_WHOM = (
    r"(?:\b(?:to|for|of|among|by|benefit(?:s|ed|ing)?|serv(?:es|ed|ing))\s+"
    r"(?:(?:about|nearly|over|more than|some|the|all)\s+)*"
    r"|(?:惠及|受益|覆盖|解决|供|给|为|向|使|让|对)(?:了|约|近|全[省市县区州])?)"
)
_RECEIVER = regex(f"{_TO_WHOM}$", re.IGNORECASE)
_RECEIVERS = regex(rf"{_TO_WHOM}\d[\d,.]*\s*(?:million|billion|[万亿])?(?:\s[a-z]+|[人户口])?$", re.IGNORECASE)
# what a purpose stands behind: "5 million for roads", 用于道路
_PURPOSE = regex(
    r"[^,;.，；。]{0,26}?\b(?:for|in|on|to|into|towards?|by|as|went|under)\b|(?:[万亿千百]*(?:多|余)?(?:元|美元))?(?:用于|投向|支持|安排|投入)",
    re.IGNORECASE,
)
# one name in the phrase of another: "mutual funds for industries", 搬迁的产业
_IN_PHRASE = regex(r"\s*(?:for|of|in|by|under|the)?\s*(?:the\s+)?(?:[a-z]+\s+)?|的", re.IGNORECASE)
# what tells a verb: the opening of an English sentence ends before it
VERB = regex(
    r"\b(?:was|were|is|are|has|have|had|been|will|would|should|can|came|went|put|took|gave|spent|built|set|stood|rose"
    r"|fell|grew|got|made|held|sent|paid|brought|drew|lay|saw|ran|dug|laid|fed|sold|bought|taught|lent|kept|cut|began|drove|[a-z]{3,}(?<!tilt)(?<!ne)ed)\b",
    re.IGNORECASE,
)
# what stands behind "where" only tells which place is meant
_RELATIVE = regex(r"\b(?:where|whose)\b", re.IGNORECASE)
# a topic before a comma, or the head of a list, holds for all statements of its sentence
_HEADS = regex(r"[,，]|[:：]\s*[^\s\d]")
_COUNTED = regex(r"\s*(?:(?!(?:for|to|in|by|from|with|on)\b)[a-z-]+\s+){0,4}|(?-i:[一-鿿]){0,6}", re.IGNORECASE)
_IS_COUNTED = regex(r"[\s百千万亿多余头只匹口]*(?:[a-z]+\s+)?", re.IGNORECASE)
_LIST_GOES_ON = regex(
    r"[^,;:.，；：。]{0,30}(?:,|，|、|\band\b|和|及|以及)\s*(?:and\s+|also\s+)?(?:some\s+|about\s+)?$"
)
_ADVERBIAL = regex(r",\s(?:under|through|within|by way of|as part of)\s[^,;.\d]{3,60},\s*$", re.IGNORECASE)
# a name in a list that ends in one noun: 实施基础设施、产业、培训等项目
_SEVERAL = regex(
    r"[^，。；、\d]{0,4}、(?:[^，。；、\d]{1,10}、){0,6}[^，。；、\d]{1,10}等[^，。；\d]{0,6}(?:项目|工程|建设|扶贫|领域|方面)"
)
_ENDS_LIST = regex(r"[^，。；、\d]{0,4}等[^，。；\d]{0,6}(?:项目|工程|建设|扶贫|领域|方面|资金)")
_OF_LIST = regex(r"、[^，。；、\d]{0,6}$")
AMOUNT = regex(r"(?<![\d.第])(?!(?:19|20)\d\d(?:\D|$))(?!\d+(?:st|nd|rd|th)\b)\d")


def own_signs(figure: Figure, context: Context, *, money: bool) -> list[Hit[Sign]]:
    """The signs of the own clause: before the number, and behind it unless they are its receivers."""
    text, signs = context.cues.text, context.cues.programs
    begin = context.own_before[0]
    if (inserted := _ADVERBIAL.search(text, context.sentence[0], begin)) is not None:
        begin = inserted.start()  # "and, under the Rain Plan, trained 22,000"
    before = [hit for hit in signs.within(begin, context.start) if not in_closed_brackets(text, hit.end, context.start)]
    behind = [hit for hit in signs.within(*context.own_behind) if not _in_aside(text, context.end, hit.start)]
    if behind and not money and _has_receiver(context):
        behind = [
            hit
            for hit in behind
            if hit.payload.kind != "thing" or not _IS_COUNTED.fullmatch(text, context.end, hit.start)
        ]
    kinds = ("name", "thing") if money else ("name",)
    if signs.first(context.end, context.sentence[1]) is not None:
        behind += [hit for hit in signs.within(*context.beyond) if hit.payload.kind in kinds]
    return [hit for hit in (*before, *behind) if not (money and hit.payload.kind == "context")]


def _has_receiver(context: Context) -> bool:
    """Whether a number counts who receives, or goes on with a list that does."""
    text, lead = context.cues.text, max(context.sentence[0], context.before - 60)
    among = goes_on_list(context) and _RECEIVERS.search(text, lead, context.before)
    return bool(among or _RECEIVER.search(text, context.own_before[0], context.start))


def _in_aside(text: str, end: int, start: int) -> bool:
    """Whether a phrase behind a number stands in brackets that open behind it."""
    between = text[end:start]
    return between.count("(") + between.count("（") > between.count(")") + between.count("）")


def name_in(own: list[Hit[Sign]], context: Context, *, money: bool) -> Hit[Sign] | None:
    """The name of a program in the own clause: the subject before those in its phrase; of money the purpose first."""
    text = context.cues.text
    relative = _RELATIVE.search(text, *context.own_before)
    names = [
        hit
        for hit in own
        if hit.payload.kind == "name" and not (relative and relative.end() <= hit.start < context.start)
    ]
    before = [hit for hit in names if hit.start < context.start]
    behind = [hit for hit in names if hit.start >= context.end]
    if behind and (not before or (money and _PURPOSE.match(context.cues.text, context.end, behind[0].start + 1))):
        return behind[0]
    if not before:
        return None
    chosen = before[-1]
    for hit in reversed(before[:-1]):
        if _IN_PHRASE.fullmatch(context.cues.text, hit.end, chosen.start):
            chosen = hit
    return chosen


def is_of_list(context: Context, name: Hit[Sign]) -> bool:
    """Whether a name is one of several that end in one noun: 危房改造、以工代赈、产业扶持等项目资金."""
    text = context.cues.text
    last = _ENDS_LIST.match(text, name.end) and _OF_LIST.search(text, context.statement[0], name.start)
    return bool(last or _SEVERAL.match(text, name.end))


def thing_in(own: list[Hit[Sign]], context: Context) -> Hit[Sign] | None:
    """The thing that is counted, else the first that the clause names."""
    things = [hit for hit in own if hit.payload.kind == "thing"]
    counted = (hit for hit in things if _COUNTED.fullmatch(context.cues.text, context.end, max(hit.start, context.end)))
    return next((hit for hit in counted if hit.start >= context.end), things[0] if things else None)


def opened_by(context: Context) -> Decision | None:
    """The name with which the statement or the sentence opens."""
    text, signs = context.cues.text, context.cues.programs
    for node, (start, end) in (
        ("statement", (context.statement[0], context.own_before[0])),
        ("sentence", context.opening),
    ):
        sign = signs.first(start, min(end, context.start))
        if sign is not None and sign.end <= _opening_end(context.cues, start, end):
            others = signs.within(max(sign.end, context.statement[0]), context.own_before[0])
            if any(other.payload.kind == "name" and other.payload.code != sign.payload.code for other in others):
                return None  # the list has gone on to another
            reaches = node == "statement" or _HEADS.search(text, sign.end, context.opening[1])
            return opens(sign, node, context) if sign.payload.kind == "name" and reaches else None
    return None


def topic_of(context: Context) -> Decision | None:
    """The name that last opened a sentence of the paragraph, or that the title tells; a general opening ends it."""
    text, begin = context.cues.text, context.paragraph[0]
    opening = context.cues.programs.within(context.sentence[0], context.opening[1])
    general = [hit for hit in opening if hit.payload.kind == "all"]
    if general and general[0].end <= _opening_end(context.cues, *context.opening):
        return None
    for hit in reversed(context.cues.programs.within(begin, context.sentence[0])):
        if hit.payload.kind not in ("name", "all"):
            continue
        start = max(begin, *(text.rfind(mark, begin, hit.start) + 1 for mark in (". ", "。", "】", "]")))
        if hit.end <= _opening_end(context.cues, start, hit.end + 1):
            beside = context.cues.programs.within(start, hit.start)
            if any(other.payload.kind == "name" and other.payload.code != hit.payload.code for other in beside):
                return None  # "the Rain Plan, relocation and mutual funds": several opened it
            if _SEVERAL.match(text, hit.end):
                return None
            return opens(hit, "paragraph", context) if hit.payload.kind == "name" else None
    code = title_program(context.title)
    return Decision(code, "opened", f"title: {context.title}") if code is not None and code not in GENERAL else None


def _opening_end(cues: Cues, start: int, end: int) -> int:
    """Where what opens a stretch ends: before the first verb or digit; figures of one sentence ask for the same."""
    if (start, end) not in cues.openings:
        verb = VERB.search(cues.text, start, end)
        until = verb.start() if verb else end
        digit = AMOUNT.search(cues.text, start, until)
        cues.openings[start, end] = digit.start() if digit else until
    return cues.openings[start, end]


def goes_on_list(context: Context) -> bool:
    """Whether a number goes on with a list: nothing but a joining word parts it from the one before it."""
    return context.before > context.sentence[0] and bool(
        _LIST_GOES_ON.fullmatch(context.cues.text, context.before, context.start)
    )


def named(hit: Hit[Sign], context: Context) -> Decision:
    """The program of a sign that stands with the number."""
    return Decision(hit.payload.code, "named", context.words((hit.start, hit.end)))


def opens(hit: Hit[Sign], node: str, context: Context) -> Decision:
    """The program of a sign with which a part of the text opens."""
    return Decision(hit.payload.code, "opened", f"{node}: {context.words((hit.start, hit.end))}")
