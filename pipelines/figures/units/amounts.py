"""The currency of an amount: the mark before or behind its number, also with the scale behind that."""

from __future__ import annotations

import re

from pipelines.catalog.currencies import NO_CURRENCY, written
from pipelines.figures.draft import Draft
from pipelines.figures.numbers.multipliers import multiplier
from pipelines.figures.text.dated import is_dated
from pipelines.figures.text.nouns import noun_head
from pipelines.figures.text.passage import Passage
from pipelines.figures.units.counters import decide_unit
from pipelines.figures.units.money import BETWEEN, Money, currency_of, may_be_money, money_behind
from pipelines.figures.units.per import read_per
from pipelines.patterns import regex

_MORE = frozenset("多余来几")
_CODE_BEFORE = regex(r"(?<![A-Za-z])([A-Z]{3})\s?$")
# behind a number and before the end of its words, a code is one though it be a word too: 310,000 MAD, 7 million PEN
_CODE_BEHIND = regex(
    r"\s?([A-Z]{3})(?=\s*(?:[,.;:)]|$|(?:and|or|in|for|to|from|by|was|were|of|per|a)\b))", re.MULTILINE
)
_UNCOUNTED = frozenset({"", "other", "structure"})
_NEXT_NUMBER = regex(r" ?\d[\d,.]*")
_CENTS_LIKE = regex(
    r" \d\d?\s+(?:cents?|fen|jiao|mao)\b| \d\d(?:\s+cents?)?(?![\d,%])(?=\s*(?:[.,;]?\s*$|[.,;] |more\b))", re.MULTILINE
)


def read_money(draft: Draft, passage: Passage, before: Money | None, position: int, limit: int) -> bool:
    """The currency before or behind a number, also with its scale behind that ("75 USD million")."""
    text, country = passage.text, passage.country
    more = text[position] if text[position : position + 1] in _MORE else ""
    behind = money_behind(text, position, limit, country) if _may_be_money(passage, position) else None
    if behind is None and more:
        behind = money_behind(text, position + 1, limit, country)
    elif behind is not None:
        more = ""  # 多米尼加比索
    other = _NEXT_NUMBER.match(text, behind.end) if behind is not None else None
    if behind is not None and other is not None and is_dated(text, position):
        behind = None  # "In 2016 US$ 5 million"
    elif behind is not None and other is not None and _stands_before(text, behind, country):
        glued = other.group()[0].isdigit() and text[behind.end - 1].isascii()
        if glued or money_behind(text, other.end(), draft.sentence[1], country) is None:
            # "Yuan 20 million": the sign of the next number; "17 USD 25" may be 17.25
            if before is None and not glued and not _CENTS_LIKE.match(text, behind.end):
                draft.why = BETWEEN
                return True
            behind = None if glued or before is not None or not _CENTS_LIKE.match(text, behind.end) else behind
    if (
        before is not None
        and before.shared
        and (behind is not None or noun_head(passage, position, limit)[1] not in _UNCOUNTED)
    ):
        before = None  # "paid Ksh 12 billion to 830,000 people" is no range
    code = currency_of(before, behind, country) if before or behind else ""
    if not code:
        coded = ends_in_capital(text, draft.start)
        word = _CODE_BEFORE.search(text, max(draft.start - 5, 0), draft.start) if coded else None
        if word is None and text[position : position + 2].strip()[:1].isupper():
            told = _CODE_BEHIND.match(text, position, limit)
            if told is not None and told.group(1) in written().words_too & written().codes:
                decide_unit(draft, told.group(1), told.group(1), told.end())
                read_per(draft, passage, told.end(), limit)
                return True
        doubtful = word is not None and word.group(1) in written().words_too
        if word is None or not doubtful or noun_head(passage, position, limit)[1] not in _UNCOUNTED:
            return False
        # a code that is a word too: money if nothing is counted, of an unknown currency
        decide_unit(draft, NO_CURRENCY, word.group(1), position)
        read_per(draft, passage, position, limit)
        return True
    if behind is not None and more:
        draft.more = more
    mark = behind or before
    assert mark is not None
    end = position
    if behind is not None:
        end = behind.end
        draft.scale *= behind.factor
        scale = multiplier(text, end, limit, money=True, printed="") if draft.scale == 1 else None
        if scale is not None and not scale.doubt and not scale.more:
            draft.scale, end = scale.factor, scale.end
            draft.decided["scale"] = text[behind.end : end].strip()
    decide_unit(draft, code, text[mark.start : mark.end].strip(), end)
    read_per(draft, passage, end, limit)
    return True


def ends_in_capital(text: str, position: int) -> bool:
    """Whether a capital stands right before a place, as the last of a code does."""
    return text[max(position - 2, 0) : position].rstrip()[-1:].isupper()


def _may_be_money(passage: Passage, position: int) -> bool:
    """Whether the words behind a place can begin with a currency: they hold a word of one, or no small letters."""
    first = passage.text[position : position + 2].strip()[:1]
    if not first.islower() or first in "zkл":
        return True
    index = passage.words.index_from(position)
    return may_be_money(passage.words.forms[index : index + 7])


def _stands_before(text: str, mark: Money, country: str) -> bool:
    """Whether a mark may also stand before the number behind it, as codes, signs and "yuan" do and names do not."""
    printed = text[mark.start : mark.end]
    return (
        printed.lower() in ("yuan", "人民币")
        or (printed.isascii() and len(printed) == 3)
        or (not (printed.islower() or len(printed) > 5) and printed[-1] not in "元镑盾铢")
    )
