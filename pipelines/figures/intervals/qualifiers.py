"""What the words around a quantity say about its value: more than, nearly, about, 多, 左右."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.figures.draft import Draft
from pipelines.figures.figure import Qualifier
from pipelines.figures.text.lexicon import lexicon
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import COMPARATORS
from pipelines.figures.units.quantity import scale_end
from pipelines.patterns import regex

_ODD = regex(r"\s?[-–]?odd\b|\s?\+|\s?plus\b", re.IGNORECASE)
_ODDS = "-–+opOP"
_ABOUT_BEHIND = regex(r"[一-鿿]{1,4}?(左右|上下)(?![一-鿿]*[侧手岸])")  # behind the noun of a counter: 160个乡左右
_ABOUT_SHARE = regex(r"约占[^，。；\d]*$")
# a comparison that is denied: "must not exceed", "cannot spend more than", 不得超过, 并未低于
_NOT_BEFORE = regex(
    r"(?:\b(?:not|never|cannot|can't|don't|didn't|doesn't|won't)\s+(?:(?!only\b|that\b|until\b)[a-z]+\s+){0,3}"
    r"|(?:不[得应能可准会曾再宜许]?|未[能曾]?|没有|严禁|禁止)(?:再|使用|发放|安排|支出)?)$",
    re.IGNORECASE,
)
_LONGEST_NOT = 40
_MORE_OF = regex(r"(?![的时])[一-鿿]{0,3}\d")
# phrases whose full stop ends no sentence
_CUT_SHORT = frozenset({"ca", "c", "approx", "app", "est"})
_BEFORE_SCALES: dict[str, Qualifier] = {"上": "at_least", "过": "more_than", "破": "more_than"}
_WITH_BOUND = regex(r"\s?[（(](不)?(?:包?含)[^（）()，。；]{0,10}[)）]\s?(以上|以下|以内)")  # 3000元（含）以上
_EITHER_SIDE = frozenset({"at least", "at most", "at the least", "at a minimum"})
_NUMBER_NEXT = regex(r"\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|half|a\b)", re.IGNORECASE)
_BEHIND = regex(r"许(?![可多诺愿昌下])|不到(?=[，。；、）)\s的]|$)")
_OPPOSITES: dict[str, Qualifier] = {
    "more_than": "up_to",
    "at_least": "below",
    "below": "at_least",
    "up_to": "more_than",
}
_BELOW_LINE = regex(
    r"(\w )?\b(?:below|under|beneath)\s+(?:the|a|its|this|that)\s+(?:[\w-]+\s+){0,3}(?:line|threshold)\s+(?:of|at)\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _after_begins() -> frozenset[str]:
    """The first signs of what qualifies the number before it; nothing, where only blanks are near."""
    return frozenset({"", *(phrase[0] for phrase in lexicon().qualifier_codes)})


def read_qualifier(draft: Draft, passage: Passage) -> None:
    """Reads what the words around a quantity say about its value; those before it win over those behind it."""
    text = passage.text
    start = draft.start
    for place in (start, draft.sign) if draft.sign >= 0 else (start,):
        while place > draft.sentence[0] and text[place - 1] in " \n了为":
            place -= 1
        hit = passage.qualifiers.get(place)
        if hit is None and text[place - 1] == ".":
            cut = passage.qualifiers.get(place - 1)  # ca. 300, approx. 40
            hit = cut if cut is not None and text[cut.start : cut.end].lower() in _CUT_SHORT else None
        if hit is not None and hit.start >= draft.before and not _is_held_against(draft, passage, hit.start, hit.end):
            denied = _NOT_BEFORE.search(text, max(draft.sentence[0], hit.start - _LONGEST_NOT), hit.start)
            opposite = _OPPOSITES.get(hit.payload) if denied else None
            draft.qualifier = opposite or hit.payload  # type: ignore[assignment]
            draft.decided["qualifier"] = text[denied.start() if denied and opposite else hit.start : hit.end]
            return
    near = max(draft.before, start - 40)
    share = draft.unit in ("%", "fraction") and "约占" in text[near:start] and _ABOUT_SHARE.search(text, near, start)
    if share:
        draft.qualifier, draft.decided["qualifier"] = "about", share.group()[:2]
        return
    line = _BELOW_LINE.search(text, max(draft.before, start - 70), start) if "/" in draft.unit else None
    if line and (line.group(1) or draft.before > draft.sentence[0]):
        # "people under the line of"; what opens a sentence, "Under a line of 2,300 yuan, …", says the line itself
        draft.qualifier, draft.decided["qualifier"] = "below", line.group().strip()
        return
    front = start if draft.sign < 0 else draft.sign
    sign = text[max(draft.before, front - 2) : front].strip()[-1:]
    if sign in COMPARATORS:
        draft.qualifier, draft.decided["qualifier"] = COMPARATORS[sign], sign
        return
    bare = draft.token.kind == "word" and draft.token.text[0] in "百千万亿"
    if bare and sign in _BEFORE_SCALES and text[front - 2 : front] not in ("通过", "经过", "不过"):
        draft.qualifier, draft.decided["qualifier"] = _BEFORE_SCALES[sign], sign
        return
    if with_bound := _WITH_BOUND.match(text, draft.end):
        inclusive, above = with_bound.group(1) is None, with_bound.group(2) == "以上"
        codes: tuple[Qualifier, Qualifier] = ("at_least", "more_than") if above else ("up_to", "below")
        draft.qualifier, draft.decided["qualifier"] = codes[not inclusive], with_bound.group()
        return
    if draft.more:
        code = lexicon().qualifier_codes.get(draft.more, "about")
        draft.qualifier, draft.decided["qualifier"] = code, draft.more  # type: ignore[assignment]
        return
    for place in dict.fromkeys((draft.end, scale_end(draft, text), draft.token.end)):
        begins = text[place : place + 4].lstrip(" \n(（")[:1].lower() in _after_begins()
        found = lexicon().qualifiers_after.match(text, place, min(place + 20, draft.sentence[1])) if begins else None
        if found:
            words = (found.group(1) or found.group(2)).lower()
            if words in _EITHER_SIDE and _NUMBER_NEXT.match(text, found.end()):
                continue  # "10 wells, at least 3 of them dry"
            if words == "多" and place > scale_end(draft, text) and _MORE_OF.match(text, found.end()):
                continue  # 比计划的560座多建55座
            if words == "来" and text[found.end() : found.end() + 1] in ("自", "源", "年", "说"):
                continue  # 收入的61%来自果业
            draft.qualifier = lexicon().qualifier_codes[words]  # type: ignore[assignment]
            draft.decided["qualifier"] = words
            return
    behind = (
        _ABOUT_BEHIND.match(text, draft.end, draft.sentence[1])
        if not text[draft.end : draft.end + 1].isascii()
        else None
    )
    if behind:
        draft.qualifier, draft.decided["qualifier"] = "about", behind.group(1)
        return
    if behind := _BEHIND.match(text, draft.end, draft.sentence[1]):
        draft.qualifier, draft.decided["qualifier"] = "below" if behind.group() == "不到" else "about", behind.group()
        return
    odd = (
        _ODD.match(text, draft.token.end) if text[draft.token.end : draft.token.end + 2].strip()[:1] in _ODDS else None
    )
    if odd:
        draft.qualifier, draft.decided["qualifier"] = "more_than", odd.group().strip()


def _is_held_against(draft: Draft, passage: Passage, start: int, end: int) -> bool:
    """Whether a number right before makes it a comparison: "15 more than 2000", "2.5 million more than 21 million"."""
    text = passage.text
    ahead = _NUMBER_AHEAD.search(text[max(draft.sentence[0], start - 40) : start])
    if ahead is None:
        return False
    unit = ahead.group(1).strip(" %")
    return text.startswith(unit, draft.token.end + 1) if unit else end == draft.start


_NUMBER_AHEAD = regex(r"\d([^\d,;.，；。]*)$")
