"""Which ratios are shares: of a whole beside them, or of the people and places that a service reaches."""

from __future__ import annotations

import re

from pipelines.figures.draft import Draft
from pipelines.figures.roles.completion import OF
from pipelines.figures.text.nouns import noun_head, nouns_told
from pipelines.figures.text.passage import Passage
from pipelines.patterns import regex

# "100% of villages had electricity": a service and whom it reaches
_SERVED = regex(
    r"\s+of\s+(?:(?:the|all|its|rural|poor|administrative|natural|farm)\s+)*"
    r"(?:villages|townships|towns|counties|households|families|homes|people|residents|farmers|schools|children|pupils)"
    r"\s+(?:now )?(?:had|have|has|got|get|enjoy(?:ed)?|(?:were|are) (?:connected|linked|covered|served|reached))\b"
    r"[^,.;]{0,24}?\b(?:electricity|power|water|roads?|telephones?|phones?|internet|broadband|television|tv|clinics?|insurance|toilets?"
    r"|gas|bus(?:es)?|signals?|grid|network)\b",
    re.IGNORECASE,
)


_PAIRED = regex(
    r"(?:\bor|\bmaking|\bi\.e\.|\bthat is|\bnamely|\bequal to|\bequivalent to)\s(?:about |nearly |some )?$",
    re.IGNORECASE,
)
# "6,825 households with a disabled member, exactly 10 percent."
_APPOSED = regex(r"[^,.;:()]{0,48},\s*(?:exactly |just |only |nearly |about |some |almost |over )?", re.IGNORECASE)
_ENDS = regex(r"\s*(?:$|[.,;)])")
_OR_AMOUNT = regex(r",?\s*or (?:about |nearly |some )?(?:[A-Za-z]{0,4}\.?\s?[^\w\s,.;]?)\d", re.IGNORECASE)
_SHARE_NOUN = regex(r"\s+(?:share|portion|stake|majority|minority)\b", re.IGNORECASE)
# "61% come from", "84 percent male": parts of all there is
_COMES_FROM = regex(
    r"\s*(?:来自|来源于|源于|出自)|\s+(?:(?:of|came|comes?|stems?|stemmed|derives?|derived) from\b"
    r"|(?:fe)?male(?:-headed)?\b(?!-))",
    re.IGNORECASE,
)
_OF_THEM = regex(
    r"\bof (?:whom|which|them),? (?:about |some |nearly |only |over |around |approximately )?$", re.IGNORECASE
)
_ARE = regex(r"\b([a-z]+) (?:are|were|make up|made up|formed?) (?:about |nearly |some |over )?$", re.IGNORECASE)


def is_share(draft: Draft, passage: Passage, earlier: list[Draft]) -> bool:
    """Whether a percentage says how much of a whole an amount is: "43, or 20.1 per cent,", "a 57.8 percent share"."""
    text = passage.text
    if (
        _SHARE_NOUN.match(text, draft.end)
        or _COMES_FROM.match(text, draft.end)
        or _OF_THEM.search(text, draft.before, draft.start)
    ):
        return True
    last = earlier[-1] if earlier else None
    if last is not None and is_amount(last) and "/" not in last.unit:
        beside = draft.start - last.end < _BESIDE
        if beside and _PAIRED.search(text, last.end, draft.start):
            return True
        if _APPOSED.fullmatch(text, last.end, draft.start) and _ENDS.match(text, draft.end):
            return True
    if _OR_AMOUNT.match(text, draft.end):
        return True
    are = _ARE.search(text, max(draft.before, draft.start - 40), draft.start)
    return are is not None and nouns_told(passage, are.start(1), are.end(1)) in (["person"], ["household"])


def is_amount(draft: Draft) -> bool:
    """Whether it is what there is, or was planned, and no change."""
    return (draft.is_level or draft.role == "target") and not draft.is_ratio


_BESIDE = 40
_PLACES = frozenset({"person", "household", "village", "township", "county", "city", "province", "area"})
# what a supply does with them: it "reached 71% of the villages", there are "clinics in 38% of them"
_REACHES = regex(
    r"\b(?:reach(?:es|ed)?|connect(?:s|ed)?|(?<!found )(?<!located )(?<!live )(?<!lived )(?<!lie )in"
    r"|(?:go|goes|went|came|comes|led|leads?|extend(?:s|ed)?|available|open|supplied|connected) to)\s+"
    r"(?:about |nearly |some |over |more than |almost |only |around )?$",
    re.IGNORECASE,
)
_ARTICLES = regex(r"\s*(?:(?:all|the|its|their|these|those|both)\s+)*", re.IGNORECASE)
_THEM = regex(r"\s*of (?:them|these|those)\b", re.IGNORECASE)
_SUPPLIED = regex(
    r"[^,.;]{0,40}?\b(?:are|is|were|was|be|been) (?:now |already )?"
    r"(?:connected|covered|reached|served|supplied|linked|insured|electrified)\b"
    r"|\s*的[^，。；\d]{1,10}?(?:通了|通上|通|用上|喝上|参加|享受)",
    re.IGNORECASE,
)


def is_supply(draft: Draft, passage: Passage, start: int) -> bool:
    """Whether a share of people or places has, or is reached by, what is no person or place itself."""
    text = passage.text
    if draft.unit not in ("%", "fraction"):
        return False
    if any(one.match(text, draft.end, draft.sentence[1]) for one in (_SERVED, _SUPPLIED)):
        return True
    of = OF.match(text, draft.end)
    if of is None or not _REACHES.search(text, max(start, draft.start - 40), draft.start):
        return False
    article = _ARTICLES.match(text, of.end())
    whole = noun_head(passage, article.end() if article else of.end(), draft.sentence[1])[1]
    if whole not in _PLACES and not _THEM.match(text, draft.end):
        return False
    clause = passage.clause(start, draft.start, ",")
    return not any(unit in _PLACES for unit in nouns_told(passage, clause, draft.start))
