"""Units that are told once, before the numbers that they are of: "Harvest in thousand tonnes: maize 412, beans 38".

| told | holds for |
|---|---|
| before a colon: 各县资金（万元）：, "Expenditure, in million yuan:" | the bare numbers of the list |
| in brackets: "(Rs. in crore) Released: 412.60" | the bare numbers of the line; of a heading, those of its section |
| in a line of its own: 单位：万元, "Unit: 1,000 yuan" | the bare amounts up to another such line or its section's end |
| in a sentence: "All amounts are in millions of pesos." | the bare amounts behind it |

A bare number prints no unit and nothing that it counts. One that a whole passage declares is an amount only where its
sentence speaks of money. The number of such a unit, as that of 10,000 yuan, is none of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.unitwords import TableUnit, is_measured, strict_unit
from pipelines.patterns import regex

_FACTOR = r"(?:1(?:0{0,2}(?:[, ]0{3}){1,3}|0{1,8})(?![\d,.])\s?)"  # of a unit: 10000元, "10,000 yuan"
_LINE = regex(
    rf"(?:(?:计量|金额)?单\s*位\s*[:：]\s*(?P<zh>{_FACTOR}?[^\s()（）:：，。；,;\d]{{1,10}})"
    rf"|(?<![a-z])units?\s*:\s*(?P<en>{_FACTOR}?[a-z$€£¥₹'’ ]{{2,40}}?)(?=[.;)\n]|$))"
    r"[)）]?(?P<list>[^\n，。；\d]{0,6}[:：])?",
    re.IGNORECASE,
)
_SENTENCE = regex(
    r"[a-z]+\b[^.;:\n\d]{0,40}?\bin\s+"
    rf"(?P<unit>{_FACTOR}?[A-Za-z$€£¥₹'’ ]{{3,40}}?)(?=[.;:)\n]|$)",
    re.IGNORECASE,
)
_BEFORE_COLON = regex(
    rf"(?:[(（]({_FACTOR}?[^()（）\d]{{1,24}})[)）]|\bin ({_FACTOR}?[a-z'’$ ]{{3,30}}))\s*$", re.IGNORECASE
)
_LONGEST = 40  # characters before a colon in which its unit stands
_BRACKET = regex(rf"[(（](?P<unit>(?:in )?{_FACTOR}?[^()（）\d:：]{{2,24}})[)）](?=\s*\n|\s+[A-Z])")
_SAYS = ("amount", "amounts", "figures", "values", "sums")
_OPENS = (
    "(in ",
    "（in ",
    "(rs",
    "($",
    "(us",
    "(₹",
    "(thousand",
    "(million",
    "(billion",
    "(rmb",
    "(k",
    "(p",
    "(€",
    "(£",
)
# nothing is counted behind a bare number
_BARE = regex(
    r"\s*(?:[,，.。;；、)）]|$|\n|(?:in|to|from|and|or|was|were|is|are|against|compared|than|by|for|had|has)\b)"
)
_OF_MONEY = regex(
    r"收入|支出|资金|投资|投入|拨付|贷款|补助|补贴|经费|款|金额|结余|余额|费|成本|产值|利润"
    r"|\b(?:amount|budget|spen[dt]|spending|expen\w+|revenue|income|fund|grant|loan|cost|paid|pay|payment|allocat|disburs"
    r"|releas|receipt|transfer|invest|saving|balance|deficit|surplus|debt|tax|value|subsid|money|wage)",
    re.IGNORECASE,
)
_NO_AMOUNT = regex(
    r"率|指数|系数|比例|\b(?:index|coefficient|ratio|rate|score|rank|grade)\b[^,;.]{0,12}$", re.IGNORECASE
)


class _Unit(NamedTuple):
    """A unit that was told, where it stands and where it holds; `wide` of a passage that also tells of other things."""

    place: int
    start: int
    end: int
    unit: TableUnit
    words: str
    wide: bool


def announce_units(drafts: Sequence[Draft], passage: Passage) -> list[Draft]:
    """Gives bare numbers the unit that a list, a line or a sentence before them tells.

    Returns:
        The numbers of such units, which are no figures: 10,000 of "Unit: 10,000 yuan".
    """
    starts = [draft.start for draft in drafts]
    factors: list[Draft] = []
    for told in sorted(_told(drafts, passage), key=lambda told: told.end - told.start, reverse=True):
        given = False
        for draft in drafts[bisect_left(starts, told.start) : bisect_left(starts, told.end)]:
            if _is_bare(draft, passage.text) and (not told.wide or _is_amount(draft, told.unit, passage.text)):
                draft.unit, draft.scale = told.unit.within(passage.country), told.unit.scale
                draft.decided["unit"] = draft.decided["scale"] = told.words
                given = True
        if given or told.wide:
            factors += drafts[bisect_left(starts, told.place) : bisect_left(starts, told.place + len(told.words))]
    return factors


def _told(drafts: Sequence[Draft], passage: Passage) -> Iterator[_Unit]:
    text, tree = passage.text, passage.tree
    lines = list(_LINE.finditer(text)) if "单" in text or "unit" in passage.lower else []
    for place, line in enumerate(lines):
        alone = not text[text.rfind("\n", 0, line.start()) + 1 : line.start()].strip(" （(")
        alone = alone or not text[line.end() : text.find("\n", line.end()) + 1 or len(text)].strip()
        end = lines[place + 1].start() if place + 1 < len(lines) else len(text)
        end = _section_end(drafts, line.end(), end) if alone else tree.sentences.span(line.end() - 1)[1]
        yield from _named(line, "zh" if line.group("zh") else "en", line.end(), end, wide=alone)
    words = passage.words
    for place in (words.starts[index] for form in _SAYS for index in words.places.get(form, ())):
        sentence = _SENTENCE.match(text, place)
        if sentence is not None:
            yield from _named(sentence, "unit", sentence.end(), len(text), wide=True)
    for colon in tree.colons:
        first = max(colon - _LONGEST, 0)
        may_tell = text[colon - 1 : colon] in (")", "）") or text.find(" in ", first, colon) >= 0
        found = _BEFORE_COLON.search(text, first, colon) if may_tell else None
        if found is not None:
            end = tree.sentences.span(min(colon + 2, len(text) - 1))[1]
            yield from _named(found, 1 if found.group(1) else 2, colon, end, wide=False)
    for bracket in _BRACKET.finditer(text) if any(sign in passage.lower for sign in _OPENS) else ():
        end = text.find("\n", bracket.end())
        rest = text[bracket.end() : end if end >= 0 else len(text)]
        wide = not rest.strip()
        end = _section_end(drafts, bracket.end(), len(text)) if wide else bracket.end() + len(rest)
        yield from _named(bracket, "unit", bracket.end(), end, wide=wide, scaled=True)


def _named(
    found: re.Match[str], group: int | str, start: int, end: int, *, wide: bool, scaled: bool = False
) -> Iterator[_Unit]:
    """Nothing where words are no unit of measure, nothing but a scale, or without one where it must be told."""
    words = found.group(group).rstrip()
    unit = strict_unit(words)
    if unit is None or unit.doubt or not unit.unit or not is_measured(unit):
        return
    if not (scaled and unit.scale == 1):
        yield _Unit(found.start(group), start, end, unit, words, wide)


def _section_end(drafts: Sequence[Draft], start: int, end: int) -> int:
    """Where the section of the first number behind a place ends; at the text's end where it has no heading."""
    behind = [draft for draft in drafts if start <= draft.start < end]
    other = (draft.start for draft in behind if draft.section != behind[0].section)
    return next(other, end) if behind and behind[0].section else end


def _is_bare(draft: Draft, text: str) -> bool:
    plain = not draft.unit and not draft.noun and not draft.no_noun and draft.scale == 1 and draft.sign < 0
    return plain and draft.token.kind == "digits" and _BARE.match(text, draft.token.end) is not None


def _is_amount(draft: Draft, unit: TableUnit, text: str) -> bool:
    lead = text[draft.sentence[0] : draft.start]
    return not is_money(unit.unit) or (_OF_MONEY.search(lead) is not None and not _NO_AMOUNT.search(lead[-24:]))
