"""Units that are told once, before the numbers that they are of: "Harvest in thousand tonnes: maize 412, beans 38".

| told | holds for |
|---|---|
| before a colon: 各县资金（万元）：, "Expenditure, in million yuan:" | the bare numbers of the list |
| in brackets: "(Rs. in crore) Released: 412.60" | the bare numbers of the line; of a heading, those of its section |
| in a line of its own: 单位：万元 | the bare amounts up to another such line, or to the end of the section |
| in a sentence: "All amounts are in millions of pesos." | the bare amounts behind it |

A bare number prints no unit and nothing that it counts. One that a whole passage declares is an amount only where its
sentence speaks of money.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.catalog.currencies import is_money
from pipelines.figures.draft import Draft
from pipelines.figures.passage import Passage
from pipelines.figures.unitwords import TableUnit, is_measured, strict_unit
from pipelines.patterns import rarely

_LINE_ZH = rarely(
    r"(?:计量)?单\s*位\s*[:：]\s*(?P<unit>[^\s()（）:：，。；,;\d]{1,10})[)）]?(?P<list>[^\n，。；\d]{0,6}[:：])?"
)
_SENTENCE = rarely(
    r"[a-z]+\b[^.;:\n\d]{0,40}?\bin\s+"
    r"(?P<unit>[A-Za-z$€£¥₹'’ ]{3,40}?)(?=[.;:)\n]|$)",
    re.IGNORECASE,
)
_BEFORE_COLON = rarely(r"(?:[(（]([^()（）\d]{2,24})[)）]|\bin ([a-z'’$ ]{4,30}))\s*$", re.IGNORECASE)
_LONGEST = 40  # characters before a colon in which its unit stands
_BRACKET = rarely(r"[(（](?P<unit>(?:in )?[^()（）\d:：]{2,24})[)）](?=\s*\n|\s+[A-Z])")
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
_BARE = re.compile(
    r"\s*(?:[,，.。;；、)）]|$|\n|(?:in|to|from|and|or|was|were|is|are|against|compared|than|by|for|had|has)\b)"
)
_OF_MONEY = re.compile(
    r"收入|支出|资金|投资|投入|拨付|贷款|补助|补贴|经费|款|金额|结余|余额|费|成本|产值|利润"
    r"|\b(?:amount|budget|spen[dt]|spending|expen\w+|revenue|income|fund|grant|loan|cost|paid|pay|payment|allocat|disburs"
    r"|releas|receipt|transfer|invest|saving|balance|deficit|surplus|debt|tax|value|subsid|money|wage)",
    re.IGNORECASE,
)
_NO_AMOUNT = re.compile(
    r"率|指数|系数|比例|\b(?:index|coefficient|ratio|rate|score|rank|grade)\b[^,;.]{0,12}$", re.IGNORECASE
)


class _Unit(NamedTuple):
    """A unit that was told, and where it holds; `wide` of a passage that also tells of other things."""

    start: int
    end: int
    unit: TableUnit
    words: str
    wide: bool


def announce_units(drafts: Sequence[Draft], passage: Passage) -> None:
    """Gives bare numbers the unit that a list, a line or a sentence before them tells."""
    starts = [draft.start for draft in drafts]
    for told in sorted(_told(drafts, passage), key=lambda told: told.end - told.start, reverse=True):
        for draft in drafts[bisect_left(starts, told.start) : bisect_left(starts, told.end)]:
            if _is_bare(draft, passage.text) and (not told.wide or _is_amount(draft, told.unit, passage.text)):
                draft.unit, draft.scale = told.unit.within(passage.country), told.unit.scale
                draft.decided["unit"] = draft.decided["scale"] = told.words


def _told(drafts: Sequence[Draft], passage: Passage) -> Iterator[_Unit]:
    text, tree = passage.text, passage.tree
    lines = list(_LINE_ZH.finditer(text)) if "单" in text else []
    for place, line in enumerate(lines):
        alone = not text[text.rfind("\n", 0, line.start()) + 1 : line.start()].strip(" （(")
        end = lines[place + 1].start() if place + 1 < len(lines) else len(text)
        end = _section_end(drafts, line.end(), end) if alone else tree.sentences.span(line.end() - 1)[1]
        yield from _named(line.group("unit"), line.end(), end, wide=alone)
    words = passage.words
    for place in (words.starts[index] for form in _SAYS for index in words.places.get(form, ())):
        sentence = _SENTENCE.match(text, place)
        if sentence is not None:
            yield from _named(sentence.group("unit"), sentence.end(), len(text), wide=True)
    for colon in tree.colons:
        label = text[max(colon - _LONGEST, 0) : colon]
        found = _BEFORE_COLON.search(label) if label[-1:] in ")）" or " in " in label else None
        if found is not None:
            end = tree.sentences.span(min(colon + 2, len(text) - 1))[1]
            yield from _named(found.group(1) or found.group(2), colon, end, wide=False)
    for bracket in _BRACKET.finditer(text) if any(sign in passage.lower for sign in _OPENS) else ():
        end = text.find("\n", bracket.end())
        rest = text[bracket.end() : end if end >= 0 else len(text)]
        wide = not rest.strip()
        end = _section_end(drafts, bracket.end(), len(text)) if wide else bracket.end() + len(rest)
        yield from _named(bracket.group("unit"), bracket.end(), end, wide=wide, scaled=True)


def _named(words: str, start: int, end: int, *, wide: bool, scaled: bool = False) -> Iterator[_Unit]:
    """Nothing where words are no unit of measure, nothing but a scale, or without one where it must be told."""
    unit = strict_unit(words)
    if unit is not None and unit.unit and is_measured(unit) and not (scaled and unit.scale == 1):
        yield _Unit(start, end, unit, words.strip(), wide)


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
