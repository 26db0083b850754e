"""Numbers that are part of a name: 211工程, 6年级, Group of 77, Area 51, ISO 9001, DOIs, links to pages."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import is_money
from pipelines.figures.classes.dates import months
from pipelines.figures.draft import Draft
from pipelines.figures.figure import NonFigureClass
from pipelines.patterns import regex

# behind a number without a measure word, which what is counted would have
_NAMED = regex(r"(?:工程|计划|行动|高校|院校|热线|专线|攻关)")
_GRADE = regex(r"\s?(?:年级|级(?=医院|公路|地震|大?风|残疾|伤残|以上医院|的?标准|台风|响应))")
_GROUP_OF = regex(r"\b(?:Group|Committee|Council|Gang|Class|Club) of\s$")
_GRADED = regex(
    r"(?<!^)(?<![.!?:] )\b(?:Tier|Level|Grade|Class|Category|Type|Zone|Phase|Stage|Standard|Form|Key Stage)\s$"
)
_STANDARD = regex(r"\b(?:ISO|IEC|GB|GB/T|DIN|EN|ANSI|IEEE|RFC|UTF|ASTM|BS)[ -]$")
_GOAL = regex(r"\bSDGs?\s$")
_NUMBERED = regex(r"(?<![\w#])#\s?$")
_DOI = regex(r"(?:\bdoi\b|10\.\d{4,9}/)\S*\s?\S*$", re.IGNORECASE)
_RUN = regex(r"(?<![\d.,%])\d{1,3}(?:[ \t|·]+\d{1,3}){2,}(?![\d.,%]|\s?[a-z]+ed\b)")


def is_doi(before: str) -> bool:
    """Whether a number is one of the identifier of a publication."""
    return _DOI.search(before) is not None


def named(draft: Draft, before: str, after: str) -> NonFigureClass | None:
    """Why a number names something, None where it may count."""
    token = draft.token
    if token.text.isdecimal() and _GOAL.search(before) and token.value <= _GOALS:
        return "list_no"  # no pounds of Sudan
    if draft.scale != 1 or is_money(draft.unit) or draft.is_ratio:
        return None
    if _VERSION.fullmatch(token.text) and draft.unit == "" and _NAME_BEFORE.search(before):
        return None if months()[0].search(before) else "label"  # Web 2.0, but not "Apr 2.0"
    if not token.text.isdecimal():
        return None
    if after.startswith(_KEYCAP) or (len(token.text) <= _PARAGRAPHS and _ALONE.search(before) and _BEGINS.match(after)):
        return "list_no"
    if _PLUS_LETTER.match(after) or (_BORN.match(after) and token.text[-1] == "0"):
        return "label"
    if len(token.text) >= _SERIAL and draft.unit in ("", "other"):
        return "label"
    if _NAMED.match(after) and len(token.text) > _COUNTED_DIGITS:
        return "label"
    if _GRADE.match(after):
        return "list_no"
    if _NUMBERED.search(before):
        return "list_no"
    if not before.endswith((" ", "-")):
        return "label" if _is_linked(draft, before, after) else None
    if _GROUP_OF.search(before) or _STANDARD.search(before):
        return "label"
    if _GRADED.search(before) and token.value <= _FEW:
        return "list_no"
    return "label" if _is_linked(draft, before, after) else None


def _is_linked(draft: Draft, before: str, after: str) -> bool:
    """Whether a number is one of the links to the pages of a list."""
    beside = _DIGIT_BESIDE.match(after) is not None or before.rstrip(" \t|·")[-1:].isdecimal()
    return beside and draft.unit in ("", "other") and _in_run(f"{before}{draft.token.text}{after}", len(before))


_DIGIT_BESIDE = regex(r"[ \t|·]+\d")


_FEW, _GOALS, _COUNTED_DIGITS = 12, 17, 2
_SERIAL = 16  # digits that nobody counts with, but cards and passes have
_KEYCAP = ("\u20e3", "\ufe0f\u20e3")  # a digit drawn on a key
_ALONE = regex(r"(?:^|[.!?。！？][\"”’)]?\s+)\s*$")  # a paragraph's number, a sentence of its own
_BEGINS = regex(r"\.\s{0,3}[A-Z“\"]")
_PARAGRAPHS = 3  # digits of a number that they are counted with
_VERSION = regex(r"\d\.0")
_NAME_BEFORE = regex(r"[a-z,;]\s[A-Z][a-z]{2,}\s$")
_PLUS_LETTER = regex(r"[+＋][A-Z](?![A-Za-z])")  # 1+N
_BORN = regex(r"后(?![的年天月来期])")  # 80后


def _in_run(line: str, place: int) -> bool:
    """Whether a number stands in a row of three or more that count up by one: the links to the pages of a list."""
    for run in _RUN.finditer(line):
        if run.start() <= place < run.end():
            numbers = [int(number) for number in re.findall(r"\d+", run.group())]
            return all(number == numbers[0] + count for count, number in enumerate(numbers))
    return False
