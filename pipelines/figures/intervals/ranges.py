"""Two numbers that are the bounds of one estimate: 10-15 km, between 300 and 400 thousand people, 3000—5000元."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from pipelines.figures.draft import Draft
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex

_JOIN = regex(
    r"\s*(?:(?P<dash>[-–—~～－])|(?P<to>(?:-\s)?(?:up\s+)?to\b|至|到)|(?P<and>and\b|和|与)|(?P<or>or\b|或者?))\s*",
    re.IGNORECASE,
)
_BETWEEN = regex(r"(?:\bbetween\s+(?:some |about )?|(?:介于|处于|在|于))$", re.IGNORECASE)
# what lies between two amounts is no estimate
_APART = regex(
    r"(?:\b(?:gaps?|differences?|distances?|ratios?|splits?|divided|shared|distributed|choices?|choose|chose|balance)\b"
    r"|差距|相差|比例)[^,;.，；。]*$",
    re.IGNORECASE,
)
_AMONG = regex(r"[^，。；,;\d]{0,6}(?:之间|不等)")
_FROM = regex(r"(?:\bfrom\s+(?:about |some |only |nearly )?|(?:从|由|自)[^，。；,;\d]{0,8})$", re.IGNORECASE)
_VARIES = regex(r"\b(?:rang(?:es?|ed|ing)|var(?:y|ies|ied|ying)|anywhere)\b[^,;.]*$", re.IGNORECASE)
_BY = regex(r"\bby (?:about |some |nearly |another )?$", re.IGNORECASE)
_CHAIN, _CHAIN_BEFORE = regex(r"[-–—]\d"), regex(r"\d[-–—]$")
_MOST_APART = 2  # times the first that the second of "3 or 4" may be, and that of a change


def bound_ranges(drafts: list[Draft], passage: Passage) -> None:
    """Two numbers in a row that are the bounds of one estimate: either stands for all between them."""
    for first, second in pairwise(drafts):
        if _are_bounds(first, second, passage):
            low, high = _value(first), _value(second)
            printed = passage.text[first.token.start : second.token.end]
            for draft in (first, second):
                draft.token = draft.token._replace(spread=(low / draft.scale, high / draft.scale))
                draft.decided["range"] = printed


def begins_range(first: Draft, second: Draft, text: str) -> bool:
    """Whether a number without a unit is the lower bound of a range that ends with the one behind it."""
    if first.unit or first.sentence != second.sentence or not 0 <= second.start - first.end <= _FARTHEST:
        return False
    join = _JOIN.fullmatch(text, first.end, second.start)
    if join is None or not 0 <= _value(first) < max(second.token.value, _value(second)):
        return False
    return join.group("and") is None or _BETWEEN.search(text, max(first.start - _LEAD, 0), first.start) is not None


def _are_bounds(first: Draft, second: Draft, passage: Passage) -> bool:
    text = passage.text
    if first.sentence != second.sentence or first.unit != second.unit or second.start - first.end > _FARTHEST:
        return False
    if first.token.spread or second.token.spread or {first.token.kind, second.token.kind} - {"digits", "word"}:
        return False
    if _CHAIN.match(text, second.end) or _CHAIN_BEFORE.search(text, max(first.start - 3, 0), first.start):
        return False  # 1-2-3
    join = _JOIN.fullmatch(text, first.end, second.sign if second.sign >= first.end else second.start)
    low, high = _value(first), _value(second)
    if join is None or not 0 <= low < high:
        return False
    begin = first.sign if first.sign >= 0 else first.start
    lead = text[max(first.sentence[0], begin - _LEAD) : begin]
    if join.group("and"):
        between = _BETWEEN.search(lead)
        if between is None or _APART.search(lead[: between.start()]):
            return False
        return lead[between.start()].isascii() or _AMONG.match(text, second.end) is not None
    if join.group("or"):
        return first.elided and high <= _MOST_APART * low
    if _FROM.search(lead):
        return _VARIES.search(lead) is not None or _AMONG.match(text, second.end) is not None
    if join.group("to") and _BY.search(lead) and (high > _MOST_APART * low or _is_whole(first)):
        return False  # "was raised by 500 to 2,300", "by $43 million to $60 million": a change and what it made
    if not join.group("to") or passage.changes.last(first.sentence[0], begin) is None:
        return True
    # "fell by 120,000 to 450,000" and "rose 3% to 45%" tell a change and a level, "rose 3 to 5%" an estimate
    return high <= _MOST_APART * low and (first.elided or lead.rstrip().lower().endswith(" by"))


def _is_whole(draft: Draft) -> bool:
    """Whether an amount prints its own currency and scale, and takes none from the number behind it."""
    return draft.sign >= 0 and draft.scale > 1 and draft.end > draft.token.end


_FARTHEST, _LEAD = 12, 40


def _value(draft: Draft) -> Decimal:
    return draft.token.value * draft.scale
