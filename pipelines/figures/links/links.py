"""What a figure speaks about or is part of: parts of a whole, earlier values, changes, shares, rates, completions."""

from __future__ import annotations

import re

from pipelines.figures.draft import Draft
from pipelines.figures.links.parts import Parts
from pipelines.figures.links.topics import ABOUT, OF_THE, REACH, Speaker
from pipelines.figures.text.passage import Passage
from pipelines.figures.text.signs import YEAR
from pipelines.figures.text.tree import Scope
from pipelines.patterns import SIGN, regex

_ON = regex(
    r"\s*(?:more\s+)?(?:on|over|above|than|against)\s+(?:the\s+)?(?:about |nearly |some )?" + SIGN,
    re.IGNORECASE,
)
_MEASURED = ("level", "per_unit", "rate_pct", "share_pct")
_NAME = r"(?:(?![高低多少增减出超短])[^，。；\d])"  # 比上年减支, 较上年短收: so much apart, and no earlier value
_THAN_ZH = regex(rf"[比较]{_NAME}{{0,8}}(?:(?:\d{{4}}年|\d{{1,2}}月){_NAME}{{0,4}})?的?$")
_CHANGED = regex(
    r"\b(?:up|down|above|below|compared|against|year before|year earlier|previous)\b|percentage|百分点|[比较]",
    re.IGNORECASE,
)
_CHINESE_FROM = regex(r"[由从](?:[^，。；\d]{0,12}|[^，。；]{0,6}\d{4}年[^，。；\d]{0,6})$")
_ENGLISH_FROM = regex(r"\bfrom\s+(?:(?:about|nearly|some|only|over|the|an?)\s*)*" + SIGN + r"$", re.IGNORECASE)
_TO = regex(
    r"(?:\s+in\s+(?:FY\s?)?(?:19|20)\d\d)?\s*,?\s*\bto\s+"
    r"(?:(?:about|nearly|some|only|over|more than|the|an?)\s*)*"
    + SIGN
    + r"|[^，。；\d]{0,8}(?:到|至|为)(?:了|约|近)?(?:[年期月季][初末底]的?|(?:19|20)\d\d年[^，。；\d]{0,4})?",
    re.IGNORECASE,
)


def link(drafts: list[Draft], passage: Passage) -> None:
    """Points every figure that speaks about another one, or is part of one, to its parent.

    What the tree of the text does not relate is left alone: a figure without a parent costs less than a wrong one.
    """
    scopes: list[Scope] = passage.tree.scopes([(d.start, d.end) for d in drafts], [d.sentence for d in drafts])
    _previous_values(drafts, passage)
    parts = Parts(drafts, scopes, passage)
    parts.link()
    speaker = Speaker(drafts, scopes, passage, parts)
    for index, draft in enumerate(drafts):
        if draft.role in ABOUT and draft.parent is None:
            draft.parent = speaker.topic(index)
            draft.link = ABOUT[draft.role] if draft.parent is not None else None
        if draft.role == "share_pct" and draft.parent is None and index + 1 < len(drafts):
            whole = drafts[index + 1]
            if whole.is_level and not whole.is_ratio and OF_THE.fullmatch(passage.text, draft.end, whole.first):
                draft.parent, draft.link = whole, "share_of"  # 30% of the 250 million
    for index, draft in enumerate(drafts):
        if draft.role == "target" and draft.parent is None:
            draft.parent = speaker.actual(index)
            draft.link = "plan_of" if draft.parent is not None else None


def _previous_values(drafts: list[Draft], passage: Passage) -> None:
    """The earlier value of a figure: "from 906 in 2008 to 736", "736, down from 906", "比上年的6.32亿元增加"."""
    for index, draft in enumerate(drafts):
        if draft.role == "per_unit_prev":
            later = [d for d in drafts[index + 1 : index + 1 + REACH] if d.sentence == draft.sentence]
            draft.parent = next((d for d in later if d.role in ("per_unit", "target") and d.unit == draft.unit), None)
            near = [d for d in drafts[max(index - 3, 0) : index] if d.sentence == draft.sentence]
            draft.parent = draft.parent or next(
                (d for d in near[::-1] if d.role == "per_unit" and d.unit == draft.unit), None
            )
        elif draft.role in _MEASURED and draft.link is None:
            draft.parent = _later_value(index, drafts, passage)
        draft.link = "previous_of" if draft.parent else None


def _later_value(index: int, drafts: list[Draft], passage: Passage) -> Draft | None:
    draft, text = drafts[index], passage.text
    start = max(draft.sentence[0], draft.start - 40, draft.before)
    begins = _ENGLISH_FROM.search(text, start, draft.start) if "from" in passage.lower[start : draft.start] else None
    if begins is None and passage.words.chinese:
        begins = _CHINESE_FROM.search(text, start, draft.start)
    later = drafts[index + 1] if begins and index + 1 < len(drafts) else None
    if (
        later is not None
        and later.sentence == draft.sentence
        and later.role == draft.role
        and later.unit == draft.unit
        and _TO.fullmatch(text, draft.end, later.start)
    ):
        return later
    after_change = (
        index > 0 and drafts[index - 1].role == "change_pct" and _ON.fullmatch(text, drafts[index - 1].end, draft.start)
    )
    if (
        begins is None
        and not after_change
        and passage.ends_at("compared", draft.start) is None
        and not (passage.words.chinese and _is_compared(text, start, draft))
    ):
        return None
    for other in reversed(drafts[max(index - 3, 0) : index]):
        if other.sentence != draft.sentence or re.search(r"[;；]", text[other.end : draft.start]):
            return None
        if other.role in _MEASURED:
            same = other.role == draft.role and other.unit == draft.unit
            return other if same and (after_change or _is_later(other, draft, text)) else None
    return None


def _is_compared(text: str, start: int, draft: Draft) -> bool:
    """Whether Chinese words hold another value against a number: 比上年的6.32亿元, 同2022年的5160万元相比."""
    if _THAN_ZH.search(text, start, draft.start):
        return True
    return _WITH_ZH.search(text, start, draft.start) is not None and text.startswith("相比", draft.end)


_WITH_ZH = regex(r"[同与和跟][^，。；\d]{0,8}(?:\d{4}年)?[^，。；\d]{0,8}$")


def _is_later(level: Draft, earlier: Draft, text: str) -> bool:
    """Whether words of a fall or rise, or of another year, tell an earlier value from a giver ("from the centre")."""
    around = text[level.end : earlier.start] + text[earlier.end : earlier.after][:24]
    return _CHANGED.search(around) is not None or YEAR.search(around) is not None
